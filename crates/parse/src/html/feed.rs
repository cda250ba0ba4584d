//! Feeding html5ever: the input in pieces whose places are known, and a gate that keeps hostile pages linear.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, local_name};
use khabar_model::{Reject, RejectReason, Stage};

use super::builder::{Builder, Handle};
use super::tree::Tree;
use crate::Limits;

/// Most attributes of one tag. html5ever compares each with all before it.
const MAX_ATTRIBUTES: usize = 1_000;
/// Most formatting elements (b, font, a …) of one name that were opened and not closed: html5ever opens all of them
/// again in every new paragraph.
const MAX_FORMATTING: u32 = 64;
/// Nodes and attributes that a document may have whatever its size. Beyond that, honest markup makes fewer than one a
/// byte: `<p>x` is two nodes in four bytes.
const BASE_NODES: usize = 1 << 16;

/// Parses a page into a tree.
///
/// # Errors
/// [`RejectReason::TooLarge`] beyond the size limit, [`RejectReason::Budget`] for a tag with too many attributes or a
/// page that makes more work than its size allows.
pub(super) fn parse(html: &str, limits: &Limits) -> Result<Tree, Reject> {
    let reject = |reason, detail| Err(Reject::new(Stage::Parse, reason, detail));
    // Places are 32 bits wide.
    if html.len() > limits.max_bytes.min(u32::MAX as usize) {
        return reject(RejectReason::TooLarge, format!("{} bytes, more than {}", html.len(), limits.max_bytes));
    }
    let budget = limits.steps(html.len()).min(BASE_NODES + html.len());
    // Without scripts, `noscript` is parsed like any box: some systems keep whole articles in it.
    let options = TreeBuilderOpts { drop_doctype: true, scripting_enabled: false, ..TreeBuilderOpts::default() };
    let gate = Gate {
        builder: TreeBuilder::new(Builder::new(), options),
        max_depth: limits.max_depth,
        dropped: RefCell::default(),
        formatting: RefCell::default(),
        raw: RefCell::new(None),
        keep_raw: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let input = StrTendril::from(html);
    let queue = BufferQueue::default();
    let mut at = 0;
    while at < html.len() {
        let gate = &tokenizer.sink;
        let raw = gate.raw.take();
        let piece = match &raw {
            Some(name) => Piece { end: raw_end(html, at, name), is_text: true, attributes: 0 },
            None => next_piece(html, at),
        };
        if piece.attributes > MAX_ATTRIBUTES {
            let detail = format!("tag with more than {MAX_ATTRIBUTES} attributes at byte {at}");
            return reject(RejectReason::Budget, detail);
        }
        let skip = raw.is_some() && !gate.keep_raw.get();
        if piece.end > at && !skip {
            let (start, end) = (narrow(at), narrow(piece.end));
            gate.builder.sink.start_piece(start..end, piece.is_text);
            queue.push_back(input.subtendril(start, end - start));
            // A script or an encoding hint stops the tokenizer; both are nothing to us.
            while !matches!(tokenizer.feed(&queue), html5ever::TokenizerResult::Done) {}
            if tokenizer.sink.builder.sink.steps() > budget {
                let detail = format!("more than {budget} steps to build the tree, at byte {at}");
                return reject(RejectReason::Budget, detail);
            }
        }
        at = piece.end;
    }
    tokenizer.end();
    Ok(tokenizer.sink.builder.sink.finish())
}

/// A stretch of input that is one tag, one comment, or text.
struct Piece {
    end: usize,
    is_text: bool,
    attributes: usize,
}

/// Cuts the next piece off, by the rules of the tokenizer's data and tag states.
fn next_piece(html: &str, at: usize) -> Piece {
    let rest = html.as_bytes().get(at..).unwrap_or_default();
    match rest {
        [b'<', b'/' | b'a'..=b'z' | b'A'..=b'Z', ..] => {
            let (len, attributes) = tag_len(rest);
            Piece { end: at + len, is_text: false, attributes }
        }
        [b'<', b'!', b'-', b'-', ..] => Piece { end: at + comment_len(rest), is_text: false, attributes: 0 },
        [b'<', b'!' | b'?', ..] => {
            let len = rest.iter().position(|&byte| byte == b'>').map_or(rest.len(), |found| found + 1);
            Piece { end: at + len, is_text: false, attributes: 0 }
        }
        _ => {
            // A lone `<` is text; the search starts behind it.
            let from = at + usize::from(rest.first() == Some(&b'<'));
            let next = html.get(from..).and_then(|rest| rest.find('<'));
            Piece { end: next.map_or(html.len(), |found| from + found), is_text: true, attributes: 0 }
        }
    }
}

/// Length of the tag that `rest` starts with, and the number of its attributes.
fn tag_len(rest: &[u8]) -> (usize, usize) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Name,
        BeforeAttribute,
        Attribute,
        BeforeValue,
        Value,
        Quoted(u8),
    }
    let mut state = State::Name;
    let mut attributes = 0;
    for (offset, &byte) in rest.iter().enumerate().skip(1) {
        let space = byte.is_ascii_whitespace();
        state = match (state, byte) {
            (State::Quoted(quote), _) if byte == quote => State::BeforeAttribute,
            (State::Quoted(_), _) => state,
            (_, b'>') => return (offset + 1, attributes),
            (State::Name, b'/') if offset > 1 => State::BeforeAttribute,
            (State::Name, _) if space => State::BeforeAttribute,
            (State::Name, _) => state,
            (State::BeforeAttribute, b'/') => state,
            (State::BeforeAttribute, _) if space => state,
            // `=` right here is part of a name, as the standard has it; `=` after a name and spaces is not.
            (State::BeforeAttribute, b'=') if attributes > 0 => State::BeforeValue,
            (State::BeforeAttribute, _) => {
                attributes += 1;
                State::Attribute
            }
            (State::Attribute, b'=') => State::BeforeValue,
            (State::Attribute, b'/') => State::BeforeAttribute,
            (State::Attribute, _) if space => State::BeforeAttribute,
            (State::Attribute, _) => state,
            (State::BeforeValue, b'"' | b'\'') => State::Quoted(byte),
            (State::BeforeValue, _) if space => state,
            (State::BeforeValue, _) => State::Value,
            (State::Value, _) if space => State::BeforeAttribute,
            (State::Value, _) => state,
        };
    }
    (rest.len(), attributes)
}

/// Length of the comment that `rest` starts with.
fn comment_len(rest: &[u8]) -> usize {
    // `<!-->` and `<!--->` are whole comments.
    let mut dashes = 2;
    for (offset, &byte) in rest.iter().enumerate().skip(4) {
        match byte {
            b'>' if dashes >= 2 => return offset + 1,
            b'-' => dashes += 1,
            b'!' if dashes >= 2 && offset > 4 => {}
            _ => dashes = 0,
        }
    }
    rest.len()
}

/// Where the raw text of a script, style or title ends: at its end tag.
fn raw_end(html: &str, at: usize, name: &LocalName) -> usize {
    let end = find_end_tag(html, at, name);
    // `<!--<script>` in a script hides the next end tag.
    let hides = |body: &str| {
        body.find("<!--").and_then(|from| body.get(from..)).is_some_and(|rest| {
            !rest.contains("-->") && rest.as_bytes().windows(7).any(|window| window.eq_ignore_ascii_case(b"<script"))
        })
    };
    if *name == local_name!("script") && html.get(at..end).is_some_and(hides) {
        return find_end_tag(html, (end + 1).min(html.len()), name);
    }
    end
}

fn find_end_tag(html: &str, at: usize, name: &LocalName) -> usize {
    let mut from = at;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find('<')) {
        let tag = html.as_bytes().get(from + found..).unwrap_or_default();
        let named = tag.get(2..2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        let closed = tag.get(2 + name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
        if tag.get(1) == Some(&b'/') && named && closed {
            return from + found;
        }
        from += found + 1;
    }
    html.len()
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Stands between tokenizer and tree builder, and drops what would make the tree builder slow.
struct Gate {
    builder: TreeBuilder<Handle, Builder>,
    max_depth: usize,
    /// Start tags that were dropped and whose end tags are still to come.
    dropped: RefCell<Vec<(LocalName, u32)>>,
    /// Formatting elements by name, opened less closed.
    formatting: RefCell<Vec<(LocalName, u32)>>,
    /// Element whose raw text follows.
    raw: RefCell<Option<LocalName>>,
    /// Whether that raw text is wanted.
    keep_raw: Cell<bool>,
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let Token::TagToken(tag) = token else { return self.builder.process_token(token, line) };
        match tag.kind {
            StartTag if !self.admits(&tag) => {
                // What was a box is still a break in the text.
                if is_formatting(&tag.name) {
                    return TokenSinkResult::Continue;
                }
                let mut br = tag;
                br.name = local_name!("br");
                br.attrs.clear();
                self.builder.process_token(TagToken(br), line)
            }
            EndTag if take(&mut self.dropped.borrow_mut(), &tag.name) => TokenSinkResult::Continue,
            EndTag => {
                if is_formatting(&tag.name) {
                    take(&mut self.formatting.borrow_mut(), &tag.name);
                }
                self.builder.process_token(TagToken(tag), line)
            }
            StartTag => {
                let name = tag.name.clone();
                let keep = name == local_name!("title") || is_json_ld(&tag);
                let result = self.builder.process_token(TagToken(tag), line);
                if matches!(result, TokenSinkResult::RawData(_)) {
                    self.keep_raw.set(keep);
                    self.raw.replace(Some(name));
                }
                result
            }
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Gate {
    /// Whether a start tag may pass; if not, its end tag is swallowed later.
    fn admits(&self, tag: &Tag) -> bool {
        if is_void(&tag.name) || is_raw(&tag.name) {
            return true;
        }
        let formatting = is_formatting(&tag.name);
        if self.builder.sink.depth() < self.max_depth
            && (!formatting || count(&self.formatting.borrow(), &tag.name) < MAX_FORMATTING)
        {
            if formatting {
                put(&mut self.formatting.borrow_mut(), &tag.name);
            }
            return true;
        }
        put(&mut self.dropped.borrow_mut(), &tag.name);
        false
    }
}

fn is_json_ld(tag: &Tag) -> bool {
    tag.name == local_name!("script")
        && tag.attrs.iter().any(|attr| attr.name.local == local_name!("type") && attr.value.contains("ld+json"))
}

fn count(names: &[(LocalName, u32)], name: &LocalName) -> u32 {
    names.iter().find(|(known, _)| known == name).map_or(0, |(_, count)| *count)
}

/// Most names that are counted one by one, so that counting stays constant; the tags of all others pass.
const MAX_NAMES: usize = 64;

fn put(names: &mut Vec<(LocalName, u32)>, name: &LocalName) {
    if let Some((_, count)) = names.iter_mut().find(|(known, _)| known == name) {
        *count += 1;
    } else if names.len() < MAX_NAMES {
        names.push((name.clone(), 1));
    }
}

fn take(names: &mut [(LocalName, u32)], name: &LocalName) -> bool {
    match names.iter_mut().find(|(known, count)| known == name && *count > 0) {
        Some((_, count)) => {
            *count -= 1;
            true
        }
        None => false,
    }
}

fn is_formatting(name: &LocalName) -> bool {
    matches!(
        &**name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that switch the tokenizer: dropping their start tag would turn their content into markup.
fn is_raw(name: &LocalName) -> bool {
    matches!(
        &**name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "noscript"
            | "iframe"
            | "noframes"
            | "noembed"
            | "xmp"
            | "plaintext"
            | "html"
            | "head"
            | "body"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tree::{AttrName, Data};

    fn tree(html: &str) -> Tree {
        parse(html, &Limits::default()).unwrap()
    }

    fn outline(tree: &Tree) -> String {
        tree.ids()
            .skip(1)
            .map(|id| match &tree.node(id).data {
                Data::Element { name, .. } => format!("<{name}>"),
                Data::Text(text) => text.to_string(),
            })
            .collect()
    }

    #[test]
    fn deep_nesting_is_flattened_and_text_stays() {
        let depth = 300_000;
        let html = format!("{}نص{}", "<div>".repeat(depth), "</div>".repeat(depth));
        let tree = tree(&html);
        let divs = tree.ids().filter(|&id| tree.is(id, &local_name!("div"))).count();
        assert!(divs <= 512, "{divs}");
        assert_eq!(tree.text(0, 1_000), "نص");
    }

    #[test]
    fn misnested_tables_and_formatting_stay_linear() {
        for unit in ["<table><b>", "<table><tr><td><font color=1>", "<p><a href=x><b><i>x</p>", "<select><table>"] {
            let html = unit.repeat(8_000);
            // Either a tree or a reject, but soon.
            let _ = parse(&html, &Limits::default());
        }
        let fonts: String = (0..5_000).map(|nth| format!("<p><font size={nth}>x</p>")).collect();
        let _ = parse(&fonts, &Limits::default());
    }

    #[test]
    fn a_tag_with_endless_attributes_is_refused() {
        let attributes: String = (0..50_000).map(|nth| format!(" a{nth}")).collect();
        let reject = parse(&format!("<p{attributes}>"), &Limits::default()).err().unwrap();
        assert_eq!(reject.reason, RejectReason::Budget);
    }

    #[test]
    fn places_point_at_the_text() {
        let html = "<!-- > --><div title='a > b'><p class=x>قال &quot;نعم&quot;<b>&amp;</b> ثم مضى<script>if (a<b) '</p>'</script>.</div>";
        let tree = tree(html);
        for id in tree.ids() {
            if let Data::Text(text) = &tree.node(id).data {
                let range = tree.node(id).source.clone();
                let source = html.get(range.start as usize..range.end as usize).unwrap();
                let words = source.replace("&quot;", "\"").replace("&amp;", "&");
                assert_eq!(words, **text, "{range:?}");
            }
        }
        assert!(outline(&tree).contains("<b>&"));
        assert!(tree.ids().any(|id| tree.attr(id, AttrName::Title) == Some("a > b")));
    }

    #[test]
    fn only_json_ld_of_the_scripts_is_read() {
        let tree =
            tree("<script>var a = 1</script><script type='application/ld+json'>{\"a\":1}</script><title>خبر</title>");
        assert_eq!(outline(&tree), "<html><head><script><script>{\"a\":1}<title>خبر<body>");
    }
}

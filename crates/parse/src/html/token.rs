//! The tokeniser: a page as tags and runs of text, all of them places in the input, nothing copied.
//!
//! It follows the tokeniser of the HTML standard state by state, but jumps where the standard walks: text to the next
//! `<`, values to their quote, scripts to their end tag. Every byte is looked at a bounded number of times.

use memchr::{memchr, memchr2, memmem};

use super::attr::{self, AttrName, RawAttr};
use super::tag::Tag;

/// A place in the input, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Place {
    pub(super) fn new(start: usize, end: usize) -> Self {
        // A page of 4 GiB is refused before it comes here.
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
    }

    /// What stands there; empty if the place is not in `html`.
    pub(super) fn of(self, html: &str) -> &str {
        html.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    pub(super) fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Character references are still in it.
    Text(Place),
    Start(StartTag),
    End(EndTag),
    /// Whether it asks for the layout of old browsers.
    Doctype {
        quirks: bool,
    },
    Eof,
}

/// A start tag. Its attributes lie in [`Tokens::attrs`] until the next token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StartTag {
    pub(super) tag: Tag,
    /// The name as written.
    pub(super) name: Place,
    /// All of the tag, brackets included.
    pub(super) source: Place,
    pub(super) self_closing: bool,
}

/// An end tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EndTag {
    pub(super) tag: Tag,
    /// The name as written.
    pub(super) name: Place,
    pub(super) source: Place,
}

/// Reads tokens off a page.
pub(super) struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// Attributes of the last start tag that anything looks at, in their order, first of each name only by lookup.
    pub(super) attrs: Vec<RawAttr>,
    /// True while the tree builder is inside SVG or MathML, where CDATA sections are text.
    pub(super) foreign: bool,
}

impl<'h> Tokens<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { html, at: 0, attrs: Vec::new(), foreign: false }
    }

    /// Bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next token; [`Token::Eof`] for ever after the last.
    pub(super) fn next(&mut self) -> Token {
        let bytes = self.html.as_bytes();
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let start = self.at;
            match rest {
                [] => return Token::Eof,
                [b'<', b'a'..=b'z' | b'A'..=b'Z', ..] => match self.start_tag() {
                    Some(tag) => return Token::Start(tag),
                    None => return Token::Eof,
                },
                [b'<', b'/', b'a'..=b'z' | b'A'..=b'Z', ..] => match self.end_tag() {
                    Some(tag) => return Token::End(tag),
                    None => return Token::Eof,
                },
                [b'<', b'!', b'-', b'-', ..] => self.at += comment_len(rest),
                [b'<', b'!', ..] => {
                    let word = rest.get(2..9).unwrap_or_default();
                    if self.foreign && word.starts_with(b"[CDATA[") {
                        let len = memmem::find(rest, b"]]>").unwrap_or(rest.len());
                        self.at += (len + 3).min(rest.len());
                        if len > 9 {
                            return Token::Text(Place::new(start + 9, start + len));
                        }
                        continue;
                    }
                    self.at += bogus_len(rest);
                    if word.eq_ignore_ascii_case(b"doctype") {
                        let doctype = self.html.get(start..self.at).unwrap_or_default();
                        return Token::Doctype { quirks: is_quirky(doctype) };
                    }
                }
                [b'<', b'/', b'>', ..] => self.at += 3,
                // `</` at the very end is text, and `</` before anything else is a comment.
                [b'<', b'/', _, ..] | [b'<', b'?', ..] => self.at += bogus_len(rest),
                _ => {
                    // A lone `<` is text; the search goes on behind it.
                    let mut len = usize::from(rest[0] == b'<');
                    loop {
                        let Some(found) = memchr(b'<', rest.get(len..).unwrap_or_default()) else {
                            len = rest.len();
                            break;
                        };
                        len += found;
                        match rest.get(len + 1) {
                            Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?') => break,
                            _ => len += 1,
                        }
                    }
                    self.at += len;
                    return Token::Text(Place::new(start, start + len));
                }
            }
        }
    }

    fn start_tag(&mut self) -> Option<StartTag> {
        let start = self.at;
        let name = self.name(start + 1);
        let self_closing = self.attributes(true)?;
        let tag = Tag::of(name.of(self.html).as_bytes());
        Some(StartTag { tag, name, source: Place::new(start, self.at), self_closing })
    }

    fn end_tag(&mut self) -> Option<EndTag> {
        let start = self.at;
        let name = self.name(start + 2);
        self.attributes(false)?;
        let tag = Tag::of(name.of(self.html).as_bytes());
        Some(EndTag { tag, name, source: Place::new(start, self.at) })
    }

    /// Reads a tag's name and stops behind it.
    fn name(&mut self, from: usize) -> Place {
        let rest = self.html.as_bytes().get(from..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>'))
            .unwrap_or(rest.len());
        self.at = from + len;
        Place::new(from, from + len)
    }

    /// Reads to the end of the tag; keeps the attributes that anything looks at. `None` if the page ends before.
    fn attributes(&mut self, keep: bool) -> Option<bool> {
        if keep {
            self.attrs.clear();
        }
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        loop {
            // Before an attribute's name.
            let slash = loop {
                match bytes.get(at)? {
                    b' ' | b'\t' | b'\n' | b'\r' | 0x0c => at += 1,
                    b'>' => {
                        self.at = at + 1;
                        return Some(false);
                    }
                    b'/' => {
                        at += 1;
                        if bytes.get(at) == Some(&b'>') {
                            break true;
                        }
                    }
                    _ => break false,
                }
            };
            if slash {
                self.at = at + 1;
                return Some(true);
            }
            // The name; a `=` at its start belongs to it.
            let name_start = at;
            at += 1;
            while !matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>' | b'=') {
                at += 1;
            }
            let name = bytes.get(name_start..at)?;
            while matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\r' | 0x0c) {
                at += 1;
            }
            let mut value = Place::new(at, at);
            if bytes.get(at) == Some(&b'=') {
                at += 1;
                while matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\r' | 0x0c) {
                    at += 1;
                }
                match bytes.get(at)? {
                    quote @ (b'"' | b'\'') => {
                        let len = memchr(*quote, bytes.get(at + 1..)?)?;
                        value = Place::new(at + 1, at + 1 + len);
                        at += len + 2;
                    }
                    b'>' => {}
                    _ => {
                        let start = at;
                        while !matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'>') {
                            at += 1;
                        }
                        value = Place::new(start, at);
                    }
                }
            }
            if keep
                && self.attrs.len() < attr::MAX_KEPT
                && let Some(name) = AttrName::of(name)
            {
                self.attrs.push(RawAttr { name, value });
            }
        }
    }

    /// The text of an element whose content is no markup, up to its end tag, which the next token is.
    pub(super) fn raw_text(&mut self, tag: Tag) -> Place {
        let start = self.at;
        let len = match tag {
            Tag::Script => script_len(self.rest()),
            Tag::Plaintext => self.rest().len(),
            tag => end_tag_at(self.rest(), 0, tag.name()),
        };
        self.at = start + len;
        Place::new(start, start + len)
    }

    fn rest(&self) -> &'h [u8] {
        self.html.as_bytes().get(self.at..).unwrap_or_default()
    }
}

/// Where the end tag of that name starts, or the end of `rest`.
fn end_tag_at(rest: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = memchr(b'<', rest.get(at..).unwrap_or_default()) {
        at += found;
        if is_tag(rest, at + 1, true, name) {
            return at;
        }
        at += 1;
    }
    rest.len()
}

/// True if `name` stands at `at` (behind a `/` if `closing`) and ends there.
fn is_tag(rest: &[u8], at: usize, closing: bool, name: &str) -> bool {
    let at = if closing {
        if rest.get(at) != Some(&b'/') {
            return false;
        }
        at + 1
    } else {
        at
    };
    rest.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && matches!(rest.get(at + name.len()), Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>'))
}

/// Length of a script: to its end tag, but for end tags that a comment with a script in it hides.
fn script_len(rest: &[u8]) -> usize {
    #[derive(Clone, Copy)]
    enum State {
        Plain,
        /// Behind `<!--`.
        Escaped,
        /// Behind `<script` behind that.
        Double,
    }
    let mut state = State::Plain;
    let mut at = 0;
    loop {
        let tail = rest.get(at..).unwrap_or_default();
        let found = match state {
            State::Plain => memchr(b'<', tail),
            State::Escaped | State::Double => memchr2(b'<', b'-', tail),
        };
        let Some(found) = found else { return rest.len() };
        at += found;
        let tail = rest.get(at..).unwrap_or_default();
        match (state, tail) {
            (State::Plain, [b'<', b'!', b'-', b'-', ..]) => {
                // `<!-->` ends where it starts.
                state = State::Escaped;
                at += 2;
            }
            (State::Escaped | State::Double, [b'-', b'-', b'>', ..]) => {
                state = State::Plain;
                at += 3;
            }
            (State::Plain | State::Escaped, [b'<', b'/', ..]) if is_tag(rest, at + 1, true, "script") => return at,
            (State::Escaped, [b'<', ..]) if is_tag(rest, at + 1, false, "script") => {
                state = State::Double;
                at += 1;
            }
            (State::Double, [b'<', b'/', ..]) if is_tag(rest, at + 1, true, "script") => {
                state = State::Escaped;
                at += 2;
            }
            _ => at += 1,
        }
    }
}

/// Length of the comment that `rest` starts with.
fn comment_len(rest: &[u8]) -> usize {
    // `<!-->` and `<!--->` are whole comments.
    match rest.get(4..) {
        Some([b'>', ..]) => return 5,
        Some([b'-', b'>', ..]) => return 6,
        _ => {}
    }
    let mut at = 4;
    while let Some(found) = memmem::find(rest.get(at..).unwrap_or_default(), b"--") {
        at += found;
        match rest.get(at + 2..) {
            Some([b'>', ..]) => return at + 3,
            Some([b'!', b'>', ..]) => return at + 4,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Length of what ends at the next `>`: doctypes, processing instructions, and end tags without a name.
fn bogus_len(rest: &[u8]) -> usize {
    memchr(b'>', rest).map_or(rest.len(), |found| found + 1)
}

/// True for the doctypes of pages that were written for the browsers of the nineties.
fn is_quirky(doctype: &str) -> bool {
    let doctype = doctype.to_ascii_lowercase();
    let words = doctype.get(9..).unwrap_or_default().trim_start();
    let with_system = doctype.contains("http://") || doctype.contains("https://");
    let old = [
        "-//ietf//dtd html",
        "-//w3c//dtd html 3",
        "-//w3c//dtd html 4.0 transitional",
        "-//w3c//dtd html 4.0 frameset",
        "-//w3o//",
        "-//netscape",
        "-//microsoft",
        "-//softquad",
        "-//as//",
        "-//sun",
        "-//spyglass",
    ];
    !words.starts_with("html")
        || old.iter().any(|id| doctype.contains(id))
        || !with_system && doctype.contains("-//w3c//dtd html 4.01 ") && !doctype.contains("dtd html 4.01//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(html: &str) -> Vec<String> {
        let mut tokens = Tokens::new(html);
        let mut found = Vec::new();
        loop {
            found.push(match tokens.next() {
                Token::Eof => return found,
                Token::Text(place) => format!("{:?}", place.of(html)),
                Token::Start(tag) => {
                    let attrs: Vec<String> =
                        tokens.attrs.iter().map(|attr| format!(" {:?}={}", attr.name, attr.value.of(html))).collect();
                    let place = format!("<{}{}>", tag.name.of(html), attrs.concat());
                    if matches!(tag.tag, Tag::Script | Tag::Title) {
                        let text = tokens.raw_text(tag.tag);
                        format!("{place}{:?}", text.of(html))
                    } else {
                        place
                    }
                }
                Token::End(tag) => format!("</{}>", tag.name.of(html)),
                Token::Doctype { quirks } => format!("doctype {quirks}"),
            });
        }
    }

    #[test]
    fn text_tags_and_comments() {
        assert_eq!(
            tokens("<!doctype html>a < b<!-- > --><P id=x class='a > b'/>&amp;</p ignored></>c</"),
            ["doctype false", "\"a < b\"", "<P Id=x Class=a > b>", "\"&amp;\"", "</p>", "\"c\"", "\"</\""]
        );
        assert_eq!(tokens("<!-->a<!--->b<!--x--!>c<!x>d<?php ?>e<!--"), ["\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\""]);
    }

    #[test]
    fn attributes_as_people_write_them() {
        assert_eq!(tokens("<a href=/x/ class = \"b\" =id id='y'id=z>"), ["<a Href=/x/ Class=b Id=y Id=z>"]);
        assert_eq!(tokens("<img name=a/><br/><p class=>x"), ["<img Name=a/>", "<br>", "<p Class=>", "\"x\""]);
        assert_eq!(tokens("x<a href=\"never closed>"), ["\"x\""]);
    }

    #[test]
    fn scripts_end_where_browsers_end_them() {
        assert_eq!(
            tokens("<script>a<b'</p>'</scripty></script>x"),
            ["<script>\"a<b'</p>'</scripty>\"", "</script>", "\"x\""]
        );
        assert_eq!(
            tokens("<script><!-- <script> </script> --></script>x"),
            ["<script>\"<!-- <script> </script> -->\"", "</script>", "\"x\""]
        );
        assert_eq!(tokens("<script><!-- </script>x"), ["<script>\"<!-- \"", "</script>", "\"x\""]);
        assert_eq!(tokens("<title>a<b>&lt;</title>"), ["<title>\"a<b>&lt;\"", "</title>"]);
    }

    #[test]
    fn old_doctypes_are_told_from_new_ones() {
        assert_eq!(tokens("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\">"), ["doctype true"]);
        assert_eq!(
            tokens(
                "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">"
            ),
            ["doctype false"]
        );
    }
}

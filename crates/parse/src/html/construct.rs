//! Tree construction: tokens to a tree by the rules of the HTML standard, so that what browsers show is what is read.
//!
//! One file a group of insertion modes: `construct/head.rs`, `body.rs`, `table.rs`, `foreign.rs`; misnested formatting
//! in `adoption.rs`. Left out is what no reader sees: framesets, and the contents of templates are not kept apart.

use std::borrow::Cow;

use khabar_model::{Reject, RejectReason, Stage};
use memchr::memchr;

use super::arena::{Arena, NONE};
use super::attr::AttrName;
use super::tag::Tag;
use super::token::{Place, StartTag, Token, Tokens};
use super::tree::{Attr, Flow, Tree, Value};
use crate::Limits;
use formatting::Formatting;
use stack::{Namespace, Scope, Stack};
use stream::Streams;

mod adoption;
mod body;
mod foreign;
mod formatting;
mod head;
mod stack;
mod stream;
mod table;

/// Bytes of a page for each node, on the average of real ones: how much room is made at first.
const BYTES_PER_NODE: usize = 48;

/// The insertion modes of the standard that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    InTable,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
}

/// Whether a mode has dealt with a token, or another one has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Done,
    /// The mode was changed: look at the token again.
    Again,
}

/// Parses a page. `html` is text that is decoded already.
///
/// # Errors
/// `TooLarge` where places in the page do not fit 32 bits; `Budget` for pages whose markup moves more than it says.
pub(super) fn parse<'h>(html: &'h str, limits: &Limits) -> Result<Tree<'h>, Reject> {
    if u32::try_from(html.len()).is_err() {
        return Err(Reject::new(Stage::Parse, RejectReason::TooLarge, format!("{} bytes of HTML", html.len())));
    }
    let mut builder = Builder::new(html, limits.max_depth);
    let budget = limits.steps(html.len());
    loop {
        let token = builder.tokens.next();
        builder.take(token);
        if builder.steps > budget {
            let detail = format!("more than {budget} steps to build the tree, at byte {}", builder.tokens.at());
            return Err(Reject::new(Stage::Parse, RejectReason::Budget, detail));
        }
        if token == Token::Eof {
            builder.streams.settle(&mut builder.arena);
            return Ok(builder.arena.finish(html, builder.decoded, builder.attrs));
        }
    }
}

/// The tree while it grows.
struct Builder<'h> {
    html: &'h str,
    tokens: Tokens<'h>,
    arena: Arena,
    decoded: String,
    attrs: Vec<Attr>,
    stack: Stack,
    formatting: Formatting,
    mode: Mode,
    /// Modes of the open templates.
    templates: Vec<Mode>,
    head: u32,
    form: u32,
    /// True while what stands in a table and must not goes before it.
    foster: bool,
    quirks: bool,
    max_depth: usize,
    /// True behind a `pre`, whose first line end is not text.
    skip_newline: bool,
    streams: Streams<'h>,
    /// Start tags by name that lie too deep and whose end tags are still to come.
    dropped: Vec<u32>,
    steps: usize,
}

impl<'h> Builder<'h> {
    fn new(html: &'h str, max_depth: usize) -> Self {
        Self {
            html,
            tokens: Tokens::new(html),
            arena: Arena::new(html.len() / BYTES_PER_NODE + 16),
            decoded: String::new(),
            attrs: Vec::with_capacity(html.len() / BYTES_PER_NODE + 16),
            stack: Stack::new(),
            formatting: Formatting::default(),
            mode: Mode::BeforeHtml,
            templates: Vec::new(),
            head: NONE,
            form: NONE,
            foster: false,
            quirks: true,
            max_depth,
            skip_newline: false,
            streams: Streams::default(),
            dropped: vec![0; super::tag::COUNT],
            steps: 0,
        }
    }

    /// Deals with one token.
    fn take(&mut self, token: Token) {
        self.steps += 1;
        let skip_newline = std::mem::replace(&mut self.skip_newline, false);
        match token {
            Token::Text(place) if skip_newline => {
                let text = place.of(self.html);
                let rest = text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\n', '\r'])).unwrap_or(text);
                return self.step(Token::Text(Place::new(place.end as usize - rest.len(), place.end as usize)));
            }
            Token::Doctype { quirks } => {
                if self.mode == Mode::BeforeHtml {
                    self.quirks = quirks;
                }
                return;
            }
            Token::Start(tag) if self.stack.len() >= self.max_depth && !tag.tag.is_void() && !is_raw(tag.tag) => {
                // What lies too deep is flattened: the element stays as a break in the text, around nothing.
                let id = self.create(&tag);
                self.place(id);
                self.dropped[tag.tag as usize] += 1;
                return;
            }
            Token::End(tag) if self.dropped[tag.tag as usize] > 0 => {
                self.dropped[tag.tag as usize] -= 1;
                return;
            }
            _ => {}
        }
        self.step(token);
    }

    /// Asks the modes until one has dealt with the token.
    fn step(&mut self, token: Token) {
        // Before the body, white space and what follows it go different ways.
        if let Token::Text(place) = token
            && matches!(
                self.mode,
                Mode::BeforeHtml
                    | Mode::BeforeHead
                    | Mode::InHead
                    | Mode::InHeadNoscript
                    | Mode::AfterHead
                    | Mode::InColumnGroup
                    | Mode::AfterBody
            )
        {
            let (space, rest) = self.split_space(place);
            if !space.is_empty() && !rest.is_empty() {
                self.step_whole(Token::Text(space));
                return self.step_whole(Token::Text(rest));
            }
        }
        self.step_whole(token);
    }

    fn step_whole(&mut self, token: Token) {
        loop {
            let step = if self.is_foreign(&token) { self.in_foreign(&token) } else { self.by_mode(self.mode, &token) };
            if step == Step::Done {
                break;
            }
            self.steps += 1;
        }
        self.tokens.foreign = self.stack.top().is_some_and(|top| top.namespace != Namespace::Html);
    }

    fn by_mode(&mut self, mode: Mode, token: &Token) -> Step {
        match mode {
            Mode::BeforeHtml => self.before_html(token),
            Mode::BeforeHead => self.before_head(token),
            Mode::InHead => self.in_head(token),
            Mode::InHeadNoscript => self.in_head_noscript(token),
            Mode::AfterHead => self.after_head(token),
            Mode::InBody => self.in_body(token),
            Mode::InTable => self.in_table(token),
            Mode::InCaption => self.in_caption(token),
            Mode::InColumnGroup => self.in_column_group(token),
            Mode::InTableBody => self.in_table_body(token),
            Mode::InRow => self.in_row(token),
            Mode::InCell => self.in_cell(token),
            Mode::InTemplate => self.in_template(token),
            Mode::AfterBody => self.after_body(token),
        }
    }

    /// Changes the mode and has the token looked at again.
    fn again(&mut self, mode: Mode) -> Step {
        self.mode = mode;
        Step::Again
    }

    /// An element for a start tag, which lies nowhere yet.
    fn create(&mut self, tag: &StartTag) -> u32 {
        let attrs = self.take_attrs();
        self.steps += 1;
        let id = self.arena.element(tag.tag, self.flow(tag.tag), tag.name, attrs, tag.source);
        if let Some(name) = self.tokens.attrs.iter().find(|attr| attr.name == AttrName::Id) {
            self.streams.note(tag.tag, name.value.of(self.html), id);
        }
        id
    }

    fn flow(&self, tag: Tag) -> Flow {
        // A template with a shadow root is shown where it stands.
        let shadow = tag == Tag::Template
            && self.tokens.attrs.iter().any(|attr| attr.name == AttrName::ShadowRootMode && !attr.value.is_empty());
        if shadow { Flow::Block } else { tag.flow() }
    }

    /// Takes over the attributes of the tag that was read last, decoded.
    fn take_attrs(&mut self) -> (u32, u32) {
        let count = |attrs: &[Attr]| u32::try_from(attrs.len()).unwrap_or(u32::MAX);
        let start = count(&self.attrs);
        for nth in 0..self.tokens.attrs.len() {
            let attr = self.tokens.attrs[nth];
            let raw = attr.value.of(self.html);
            let value = self.decode(raw, attr.value, htmlize::unescape_attribute);
            self.attrs.push(Attr { name: attr.name, value });
        }
        (start, count(&self.attrs))
    }

    /// Resolves character references, if there are any.
    fn decode(&mut self, raw: &'h str, place: Place, unescape: fn(&'h str) -> Cow<'h, str>) -> Value {
        if memchr(b'&', raw.as_bytes()).is_some()
            && let Cow::Owned(text) = unescape(raw)
        {
            let start = self.decoded.len();
            self.decoded.push_str(&text);
            return Value { place: Place::new(start, self.decoded.len()), decoded: true };
        }
        Value { place, decoded: false }
    }

    /// An element that the page only implies, on the stack.
    fn imply(&mut self, tag: Tag) -> u32 {
        let at = self.tokens.at();
        self.steps += 1;
        let id = self.arena.element(tag, tag.flow(), Place::default(), (0, 0), Place::new(at, at));
        self.place(id);
        self.push(id, tag, Namespace::Html);
        id
    }

    /// Inserts the element of a start tag and opens it.
    fn insert(&mut self, tag: &StartTag) -> u32 {
        let id = self.create(tag);
        self.place(id);
        self.push(id, tag.tag, Namespace::Html);
        id
    }

    /// Inserts an element that has no content.
    fn insert_void(&mut self, tag: &StartTag) {
        let id = self.create(tag);
        self.place(id);
    }

    fn push(&mut self, id: u32, tag: Tag, namespace: Namespace) {
        self.stack.push(id, tag, namespace);
        self.arena.set_open(id, true);
    }

    fn pop(&mut self) {
        if let Some(top) = self.stack.pop() {
            self.arena.set_open(top.id, false);
        }
    }

    /// Puts a new node where the next one belongs.
    fn place(&mut self, id: u32) {
        let current = self.stack.top().map_or((0, Tag::Other), |top| (top.id, top.tag));
        self.place_in(current, id, false);
    }

    /// Puts a node into `target`, or before the table that `target` belongs to.
    fn place_in(&mut self, target: (u32, Tag), id: u32, moved: bool) {
        let (target, tag) = target;
        let in_table = matches!(tag, Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr);
        if !(self.foster && in_table) {
            if moved {
                self.arena.move_to(target, id)
            } else {
                self.arena.append(target, id)
            }
            return;
        }
        let table = self.stack.rposition(Tag::Table);
        let template = self.stack.rposition(Tag::Template).filter(|&template| Some(template) > table);
        if let Some(template) = template.and_then(|template| self.stack.get(template)) {
            self.arena.move_to(template.id, id);
            return;
        }
        let Some(table) = table else {
            let root = self.stack.get(0).map_or(0, |html| html.id);
            self.arena.move_to(root, id);
            return;
        };
        let Some(open) = self.stack.get(table) else { return };
        if self.arena.parent(open.id) == NONE {
            let above = self.stack.get(table.saturating_sub(1)).map_or(0, |above| above.id);
            self.arena.move_to(above, id);
        } else {
            self.arena.move_before(open.id, id);
        }
    }

    /// Inserts text. White space alone that stands at the start of a box or behind one is never laid out: it is what
    /// indents the source, and left out.
    fn text(&mut self, place: Place) {
        if place.is_empty() {
            return;
        }
        let raw = place.of(self.html);
        let blank = raw.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c));
        if blank && self.stack.top().is_some_and(|top| self.arena.ends_in_box(top.id)) {
            return;
        }
        let value = self.decode(raw, place, htmlize::unescape);
        let id = self.arena.text(value, place);
        self.place(id);
        self.steps += 1;
    }

    /// Inserts an element whose content is no markup. Only titles and JSON-LD are kept; nothing else is read.
    fn raw(&mut self, tag: &StartTag) {
        let is_json_ld = tag.tag == Tag::Script
            && self
                .tokens
                .attrs
                .iter()
                .any(|attr| attr.name == AttrName::Type && attr.value.of(self.html).contains("ld+json"));
        let id = self.insert(tag);
        let content = self.tokens.raw_text(tag.tag);
        if tag.tag == Tag::Title && !content.is_empty() {
            let value = self.decode(content.of(self.html), content, htmlize::unescape);
            let text = self.arena.text(value, content);
            self.arena.append(id, text);
        } else if is_json_ld && !content.is_empty() {
            let text = self.arena.text(Value { place: content, decoded: false }, content);
            self.arena.append(id, text);
        }
        // The end tag, which is all that can follow.
        self.tokens.next();
        self.pop();
    }

    /// Leading white space of a text, and the rest.
    fn split_space(&self, place: Place) -> (Place, Place) {
        let text = place.of(self.html);
        let rest = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']);
        let middle = place.end as usize - rest.len();
        (Place::new(place.start as usize, middle), Place::new(middle, place.end as usize))
    }

    /// True for white space alone.
    fn is_space(&self, place: Place) -> bool {
        self.split_space(place).1.is_empty()
    }

    /// Inserts white space alone; false, and nothing inserted, for any other text.
    fn takes_space(&mut self, place: Place) -> bool {
        let is_space = self.is_space(place);
        if is_space {
            self.text(place);
        }
        is_space
    }

    /// Closes elements that end by themselves, but not one of `except`.
    fn close_implied(&mut self, except: Option<Tag>) {
        while self
            .stack
            .top()
            .is_some_and(|top| top.namespace == Namespace::Html && top.tag.ends_by_itself() && Some(top.tag) != except)
        {
            self.pop();
        }
    }

    /// Pops up to and with the nearest element of that tag.
    fn pop_until(&mut self, tag: Tag) {
        while let Some(top) = self.stack.top() {
            self.pop();
            if top.is(tag) {
                break;
            }
        }
    }

    /// Closes an open paragraph, if one is in reach.
    fn close_p(&mut self) {
        if self.stack.in_scope(Tag::P, Scope::Button) {
            self.close_implied(Some(Tag::P));
            self.pop_until(Tag::P);
        }
    }

    fn in_template_contents(&self) -> bool {
        self.stack.count(Tag::Template) > 0
    }

    /// The mode that the open elements ask for.
    fn reset_mode(&mut self) {
        self.mode = Mode::InBody;
        for nth in (0..self.stack.len()).rev() {
            let Some(open) = self.stack.get(nth) else { continue };
            if open.namespace != Namespace::Html {
                continue;
            }
            self.mode = match open.tag {
                Tag::Td | Tag::Th if nth > 0 => Mode::InCell,
                Tag::Tr => Mode::InRow,
                Tag::Tbody | Tag::Thead | Tag::Tfoot => Mode::InTableBody,
                Tag::Caption => Mode::InCaption,
                Tag::Colgroup => Mode::InColumnGroup,
                Tag::Table => Mode::InTable,
                Tag::Template => self.templates.last().copied().unwrap_or(Mode::InTemplate),
                Tag::Head if nth > 0 => Mode::InHead,
                Tag::Body => Mode::InBody,
                Tag::Html if self.head == NONE => Mode::BeforeHead,
                Tag::Html => Mode::AfterHead,
                _ => continue,
            };
            return;
        }
    }
}

/// Elements whose content the tokeniser reads as text.
fn is_raw(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Title
            | Tag::Textarea
            | Tag::Iframe
            | Tag::Noembed
            | Tag::Noframes
            | Tag::Xmp
            | Tag::Plaintext
    )
}

#[cfg(test)]
mod tests;

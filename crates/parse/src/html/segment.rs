//! The text of a page as segments: runs of inline text in one box, with the counts that every later decision uses.

use std::ops::Range;

use super::attr::AttrName;
use super::tag::Tag;
use super::tree::{Data, Flow, NodeId, Tree, is_space, push_collapsed, trim_end_in_place};

/// A run of inline text within one block element.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// From its first text node to behind its last.
    pub(super) nodes: Range<NodeId>,
    /// The block element that it lies in.
    pub(super) block: NodeId,
    /// Letters and digits; one of a script that writes without spaces counts for [`DENSE`].
    pub(super) letters: u32,
    /// Those of them inside links.
    pub(super) linked: u32,
    /// Marks that end or divide sentences, of all scripts.
    pub(super) stops: u32,
    /// Links that start in it.
    pub(super) links: u32,
    /// Follows the one before after a single line break in the same block.
    pub(super) after_break: bool,
    /// Ends in the middle of a sentence.
    pub(super) goes_on: bool,
}

/// What a letter of Chinese, Japanese, Korean, Thai … weighs against one of an alphabet.
const DENSE: u32 = 3;
/// Lines between line breaks at least this long are paragraphs, not verse or an address.
const LONG_LINE: u32 = 60;

/// Sums over a range of segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) letters: u64,
    pub(super) linked: u64,
    pub(super) stops: u64,
    pub(super) links: u64,
}

impl Counts {
    /// Share of letters inside links, 0 to 1.
    pub(super) fn link_share(&self) -> f32 {
        if self.letters == 0 { 0.0 } else { self.linked as f32 / self.letters as f32 }
    }
}

impl Segment {
    /// Share of letters inside links, 0 to 1.
    pub(super) fn link_share(&self) -> f32 {
        if self.letters == 0 { 0.0 } else { self.linked as f32 / self.letters as f32 }
    }

    /// Its text, white space collapsed.
    pub(super) fn text(&self, tree: &Tree) -> String {
        let mut text = String::new();
        for run in self.runs(tree) {
            push_collapsed(&mut text, run.0);
        }
        trim_end_in_place(&mut text);
        text
    }

    /// Its text with white space between its elements, which the page may show apart.
    pub(super) fn spaced_text(&self, tree: &Tree) -> String {
        let mut text = String::new();
        for run in self.runs(tree) {
            push_collapsed(&mut text, run.0);
            push_collapsed(&mut text, " ");
        }
        trim_end_in_place(&mut text);
        text
    }

    /// Bytes of the input that it comes from, without white space around.
    pub(super) fn source(&self, tree: &Tree, html: &str) -> Range<usize> {
        let mut whole: Option<Range<usize>> = None;
        for (_, source) in self.runs(tree).filter(|(run, _)| !run.chars().all(is_space)) {
            let (start, end) = (source.start as usize, source.end as usize);
            whole = Some(whole.map_or(start..end, |whole| whole.start.min(start)..whole.end.max(end)));
        }
        let whole = whole.unwrap_or_default();
        let Some(slice) = html.get(whole.clone()) else { return 0..0 };
        let start = whole.end - slice.trim_start_matches(is_space).len();
        let end = whole.start + slice.trim_end_matches(is_space).len();
        start..end.max(start)
    }

    /// Its text nodes with their places.
    fn runs<'t>(&self, tree: &'t Tree<'_>) -> impl Iterator<Item = (&'t str, Range<u32>)> {
        let mut at = self.nodes.start;
        let end = self.nodes.end;
        std::iter::from_fn(move || {
            while at < end {
                let node = tree.node(at);
                match &node.data {
                    Data::Text(text) => {
                        at += 1;
                        return Some((tree.value(*text), node.source.clone()));
                    }
                    Data::Element { flow: Flow::Skip, .. } => at = node.end,
                    Data::Element { flow: Flow::Break, .. } => {
                        at += 1;
                        return Some((" ", node.source.clone()));
                    }
                    Data::Element { .. } => at += 1,
                }
            }
            None
        })
    }
}

/// The segments of a page, in document order.
pub(super) struct Segments {
    pub(super) list: Vec<Segment>,
    /// Sums of all segments before each, and of all.
    sums: Vec<Counts>,
    /// Bytes of text that were left out because the page hides them at first.
    pub(super) hidden_bytes: usize,
}

impl Segments {
    /// Cuts the page into segments.
    ///
    /// `keep_hidden` also takes what the page hides at first.
    pub(super) fn of(tree: &Tree, keep_hidden: bool) -> Self {
        let mut cutter = Cutter::default();
        // Open elements that matter here: (end, block, inside a link).
        let mut open: Vec<(NodeId, NodeId, bool)> = Vec::new();
        let mut at = 0;
        let mut hidden_bytes = 0;
        while at < tree.ids().end {
            while let Some(&(end, block, _)) = open.last()
                && end <= at
            {
                open.pop();
                // Leaving a block ends its line; leaving a link does not.
                if open.last().map(|open| open.1) != Some(block) {
                    cutter.flush();
                }
            }
            let (block, linked) = open.last().map_or((0, false), |&(_, block, linked)| (block, linked));
            let node = tree.node(at);
            match &node.data {
                Data::Text(text) => cutter.text(at, block, tree.value(*text), linked),
                Data::Element { flow: Flow::Skip, .. } => {
                    at = node.end;
                    continue;
                }
                Data::Element { .. } if !keep_hidden && is_hidden(tree, at) => {
                    hidden_bytes += tree.subtree(at).filter_map(|id| tree.run(id)).map(str::len).sum::<usize>();
                    at = node.end;
                    continue;
                }
                Data::Element { flow: Flow::Break, .. } => cutter.line_break(),
                Data::Element { flow: Flow::Block, .. } => {
                    cutter.flush();
                    open.push((node.end, at, linked));
                }
                Data::Element { tag, .. } if *tag == Tag::A => {
                    cutter.links += 1;
                    open.push((node.end, block, true));
                }
                Data::Element { .. } => {}
            }
            at += 1;
        }
        cutter.flush();
        let list = join_short_lines(cutter.done);
        let mut sums = Vec::with_capacity(list.len() + 1);
        let mut sum = Counts::default();
        sums.push(sum);
        for segment in &list {
            sum.letters += u64::from(segment.letters);
            sum.linked += u64::from(segment.linked);
            sum.stops += u64::from(segment.stops);
            sum.links += u64::from(segment.links);
            sums.push(sum);
        }
        Self { list, sums, hidden_bytes }
    }

    /// Letters of the whole page outside of links.
    pub(super) fn plain_letters(&self) -> u64 {
        self.sums.last().map_or(0, |all| all.letters - all.linked)
    }

    /// The segments that lie below an element.
    pub(super) fn below(&self, nodes: &Range<NodeId>) -> Range<usize> {
        let start = self.list.partition_point(|segment| segment.nodes.start < nodes.start);
        let end = self.list.partition_point(|segment| segment.nodes.start < nodes.end);
        start..end.max(start)
    }

    /// Sums over a range of segments.
    pub(super) fn counts(&self, range: Range<usize>) -> Counts {
        let (Some(from), Some(to)) = (self.sums.get(range.start), self.sums.get(range.end)) else {
            return Counts::default();
        };
        Counts {
            letters: to.letters - from.letters,
            linked: to.linked - from.linked,
            stops: to.stops - from.stops,
            links: to.links - from.links,
        }
    }

    /// Sums over everything below an element.
    pub(super) fn counts_below(&self, nodes: &Range<NodeId>) -> Counts {
        self.counts(self.below(nodes))
    }
}

/// True for what the page itself declares invisible, and for what it shows without scripts only.
fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    if tree.is(id, Tag::Noscript) {
        return true;
    }
    tree.attrs(id).iter().any(|attr| match attr.name {
        // What React streams in arrives hidden, in boxes named S:0, S:1 …, and is moved to its place by a script.
        AttrName::Hidden => {
            tree.value(attr.value) != "until-found"
                && !tree.attr(id, AttrName::Id).is_some_and(|id| id.starts_with("S:"))
        }
        AttrName::Style => hides(tree.value(attr.value)),
        _ => false,
    })
}

/// True for `display: none` and `visibility: hidden`.
fn hides(style: &str) -> bool {
    style.split(';').take(MAX_DECLARATIONS).any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else { return false };
        let value = value.trim();
        let is = |wanted: &str| value.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted));
        match property.trim() {
            name if name.eq_ignore_ascii_case("display") => is("none"),
            name if name.eq_ignore_ascii_case("visibility") => is("hidden"),
            _ => false,
        }
    })
}

/// Declarations of one style that are read.
const MAX_DECLARATIONS: usize = 24;

/// Collects the segment that is being read.
#[derive(Default)]
struct Cutter {
    done: Vec<Segment>,
    open: Option<Segment>,
    links: u32,
    /// Line breaks since the last text of the block.
    breaks: u32,
}

impl Cutter {
    fn text(&mut self, at: NodeId, block: NodeId, text: &str, linked: bool) {
        let (letters, stops) = count(text);
        if letters == 0 && stops == 0 && text.chars().all(is_space) {
            return;
        }
        let after_break = std::mem::take(&mut self.breaks) == 1 && self.open.is_none();
        let links = std::mem::take(&mut self.links);
        let segment = self.open.get_or_insert(Segment {
            nodes: at..at,
            block,
            letters: 0,
            linked: 0,
            stops: 0,
            links: 0,
            after_break,
            goes_on: false,
        });
        segment.nodes.end = at + 1;
        segment.goes_on = goes_on(text).unwrap_or(segment.goes_on);
        segment.letters += letters;
        segment.linked += if linked { letters } else { 0 };
        segment.stops += stops;
        segment.links += links;
    }

    fn line_break(&mut self) {
        self.close();
        self.breaks += 1;
    }

    fn flush(&mut self) {
        self.close();
        self.breaks = 0;
    }

    fn close(&mut self) {
        self.done.extend(self.open.take());
    }
}

/// Puts lines that single line breaks divide together again, unless both are long enough for paragraphs.
fn join_short_lines(lines: Vec<Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::with_capacity(lines.len());
    let mut last_line = 0;
    for line in lines {
        let letters = line.letters;
        match joined.last_mut() {
            Some(before)
                if line.after_break
                    && before.block == line.block
                    && (last_line < LONG_LINE || letters < LONG_LINE || before.goes_on) =>
            {
                before.goes_on = line.goes_on;
                before.nodes.end = line.nodes.end;
                before.letters += line.letters;
                before.linked += line.linked;
                before.stops += line.stops;
                before.links += line.links;
            }
            _ => joined.push(line),
        }
        last_line = letters;
    }
    joined
}

/// True if a text ends with a letter or a comma, false if it ends as a sentence does; `None` if it is white space.
fn goes_on(text: &str) -> Option<bool> {
    let last = text.trim_end_matches(is_space).chars().next_back()?;
    Some(khabar_text::is_alphanumeric(last) || matches!(last, ',' | '،' | '؛' | '-' | '–'))
}

/// Letters (weighted) and sentence marks of a text.
pub(super) fn count(text: &str) -> (u32, u32) {
    let (mut letters, mut stops) = (0, 0);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 {
            let class = ASCII[byte as usize];
            letters += u32::from(class & 1);
            stops += u32::from(class >> 1);
            at += 1;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        at += c.len_utf8();
        match c {
            // Letters of Arabic script, most of what is read, need no table.
            '\u{0620}'..='\u{064a}' | '\u{0660}'..='\u{0669}' | '\u{066e}'..='\u{06d3}' | '\u{06f0}'..='\u{06f9}' => {
                letters += 1;
            }
            '،' | '؛' | '؟' | '۔' | '।' | '。' | '、' | '，' | '；' | '？' | '！' | '…' => stops += 1,
            '\u{2000}'..='\u{206f}' | '\u{00a0}'..='\u{00a9}' => {}
            '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
                letters += u32::from(c.is_alphanumeric()) * DENSE / 2;
            }
            '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}' => letters += DENSE,
            c if khabar_text::is_alphanumeric(c) => letters += 1,
            _ => {}
        }
    }
    (letters, stops)
}

/// Of each ASCII byte: 1 for a letter or digit, 2 for a sentence mark.
static ASCII: [u8; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            classes[byte as usize] = 1;
        } else if matches!(byte, b'.' | b',' | b';' | b'?' | b'!') {
            classes[byte as usize] = 2;
        }
        byte += 1;
    }
    classes
};

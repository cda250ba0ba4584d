//! The document as one flat array in preorder: a subtree is a range, and every pass over it is a loop.

use std::ops::Range;

use super::attr::AttrName;
use super::tag::Tag;
use super::token::Place;

/// Position of a node in the array.
pub(super) type NodeId = u32;

/// A parsed document. Node 0 is the document itself; a node's descendants follow it directly.
pub(super) struct Tree<'h> {
    html: &'h str,
    /// Text and values that had character references in them.
    decoded: String,
    nodes: Vec<Node>,
    attrs: Vec<Attr>,
}

/// A node: an element, or a run of text.
pub(super) struct Node {
    pub(super) parent: NodeId,
    /// One past the last descendant.
    pub(super) end: NodeId,
    pub(super) data: Data,
    /// Bytes of the input that the node was made of: for an element its start tag, for a text its characters.
    pub(super) source: Range<u32>,
}

/// What a node holds.
pub(super) enum Data {
    Element { tag: Tag, flow: Flow, attrs: Range<u32> },
    Text(Value),
}

/// Characters that stand in the page, or in the buffer of what was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) place: Place,
    pub(super) decoded: bool,
}

/// An attribute of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attr {
    pub(super) name: AttrName,
    pub(super) value: Value,
}

/// How an element takes part in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Starts and ends a block.
    Block,
    /// Lies within a line.
    Inline,
    /// `br`.
    Break,
    /// Never holds readable text: scripts, styles, frames, form controls, drawings.
    Skip,
}

impl<'h> Tree<'h> {
    pub(super) fn new(html: &'h str, decoded: String, nodes: Vec<Node>, attrs: Vec<Attr>) -> Self {
        Self { html, decoded, nodes, attrs }
    }

    /// All nodes in document order.
    pub(super) fn ids(&self) -> Range<NodeId> {
        0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// The tag of an element; `None` for text.
    pub(super) fn tag(&self, id: NodeId) -> Option<Tag> {
        match &self.node(id).data {
            Data::Element { tag, .. } => Some(*tag),
            Data::Text(_) => None,
        }
    }

    /// The characters of a text node; `None` for an element.
    pub(super) fn run(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            Data::Element { .. } => None,
            Data::Text(value) => Some(self.value(*value)),
        }
    }

    /// The characters of a text or value.
    pub(super) fn value(&self, value: Value) -> &str {
        value.place.of(if value.decoded { &self.decoded } else { self.html })
    }

    /// The start tag or the characters that a node was made of.
    #[cfg(test)]
    pub(super) fn source(&self, id: NodeId) -> &'h str {
        let Range { start, end } = self.node(id).source;
        Place { start, end }.of(self.html)
    }

    /// True if the node is an element of that name.
    pub(super) fn is(&self, id: NodeId, tag: Tag) -> bool {
        self.tag(id) == Some(tag)
    }

    /// The attributes of an element, as written; of several of one name the first counts.
    pub(super) fn attrs(&self, id: NodeId) -> &[Attr] {
        match &self.node(id).data {
            Data::Element { attrs, .. } => self.attrs.get(attrs.start as usize..attrs.end as usize).unwrap_or_default(),
            Data::Text(_) => &[],
        }
    }

    /// The value of an attribute, untrimmed.
    pub(super) fn attr(&self, id: NodeId, name: AttrName) -> Option<&str> {
        self.attrs(id).iter().find(|attr| attr.name == name).map(|attr| self.value(attr.value))
    }

    /// The node and everything below it.
    pub(super) fn subtree(&self, id: NodeId) -> Range<NodeId> {
        id..self.node(id).end
    }

    /// The direct children.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).end;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.node(child).end;
                child
            })
        })
    }

    /// The ancestors, nearest first, without the node itself and without the document.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            at = self.node(at).parent;
            (at != 0).then_some(at)
        })
    }

    /// The text below a node, white space collapsed, skipped elements left out. Reading stops behind `most` bytes, so
    /// that asking every node of a deep tree stays cheap.
    pub(super) fn text(&self, id: NodeId, most: usize) -> String {
        let mut text = String::new();
        let mut at = id;
        let end = self.node(id).end;
        while at < end && text.len() <= most {
            match &self.node(at).data {
                Data::Text(value) => push_collapsed(&mut text, self.value(*value)),
                Data::Element { flow: Flow::Skip, .. } if at != id => {
                    at = self.node(at).end;
                    continue;
                }
                Data::Element { flow: Flow::Block | Flow::Break, .. } => push_collapsed(&mut text, " "),
                Data::Element { .. } => {}
            }
            at += 1;
        }
        trim_end_in_place(&mut text);
        text
    }
}

/// Appends text the way a browser lays it out: runs of white space become one space, none at the start.
pub(super) fn push_collapsed(line: &mut String, run: &str) {
    let bytes = run.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Single spaces between words, most of all white space, stay where they are.
        let width = match byte {
            b'!'..=0x7f => 0,
            b' ' if at > from && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) => 0,
            0..=b' ' => usize::from(is_space(byte as char)),
            // Of two-byte characters only U+0085 and U+00A0 are white space; four-byte ones never are.
            0xc2 => run.get(at..).and_then(|rest| rest.chars().next()).filter(|c| is_space(*c)).map_or(0, |_| 2),
            0xe1..=0xef => run.get(at..).and_then(|rest| rest.chars().next()).filter(|c| is_space(*c)).map_or(0, |_| 3),
            _ => 0,
        };
        if width > 0 {
            line.push_str(run.get(from..at).unwrap_or_default());
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
            at += width;
            from = at;
        } else {
            at += 1;
        }
    }
    line.push_str(run.get(from..).unwrap_or_default());
}

/// Cuts trailing spaces.
pub(super) fn trim_end_in_place(line: &mut String) {
    line.truncate(line.trim_end().len());
}

/// White space that collapses: everything that Unicode calls so, and the invisible line controls. ZWNJ and marks stay.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\0')
}

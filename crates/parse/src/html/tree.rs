//! The document as one flat array in preorder: a subtree is a range, and every pass over it is a loop.

use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::{LocalName, local_name};

/// Position of a node in the array.
pub(super) type NodeId = u32;

/// A parsed document. Node 0 is the document itself; a node's descendants follow it directly.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attrs: Vec<(AttrName, StrTendril)>,
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
    Element { name: LocalName, flow: Flow, attrs: Range<u32> },
    Text(StrTendril),
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

/// The attributes that anything looks at; all others are forgotten when the tree is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttrName {
    Alt,
    AriaHidden,
    Class,
    Content,
    DataSrc,
    Datetime,
    Dir,
    Hidden,
    Href,
    Id,
    ItemProp,
    ItemType,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    Src,
    Style,
    Title,
    Type,
}

impl AttrName {
    /// The attribute of that name, if it is one that is kept.
    pub(super) fn of(name: &LocalName) -> Option<Self> {
        Some(match &**name {
            "alt" => Self::Alt,
            "aria-hidden" => Self::AriaHidden,
            "class" => Self::Class,
            "content" => Self::Content,
            "data-src" => Self::DataSrc,
            "datetime" => Self::Datetime,
            "dir" => Self::Dir,
            "hidden" => Self::Hidden,
            "href" => Self::Href,
            "id" => Self::Id,
            "itemprop" => Self::ItemProp,
            "itemtype" => Self::ItemType,
            "lang" | "xml:lang" => Self::Lang,
            "name" | "http-equiv" => Self::Name,
            "property" => Self::Property,
            "rel" => Self::Rel,
            "role" => Self::Role,
            "src" => Self::Src,
            "style" => Self::Style,
            "title" => Self::Title,
            "type" => Self::Type,
            _ => return None,
        })
    }
}

impl Flow {
    /// The flow of an element by its name.
    pub(super) fn of(name: &LocalName) -> Self {
        match *name {
            local_name!("br") => Self::Break,
            local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("embed")
            | local_name!("canvas")
            | local_name!("audio")
            | local_name!("video")
            | local_name!("map")
            | local_name!("head")
            | local_name!("title")
            | local_name!("button")
            | local_name!("select")
            | local_name!("option")
            | local_name!("datalist")
            | local_name!("input")
            | local_name!("textarea")
            | local_name!("dialog")
            | local_name!("noframes")
            | local_name!("noembed")
            // Readings above ideographs repeat the words below them.
            | local_name!("rp")
            | local_name!("rt") => Self::Skip,
            local_name!("a")
            | local_name!("abbr")
            | local_name!("acronym")
            | local_name!("b")
            | local_name!("bdi")
            | local_name!("bdo")
            | local_name!("big")
            | local_name!("cite")
            | local_name!("code")
            | local_name!("data")
            | local_name!("del")
            | local_name!("dfn")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("img")
            | local_name!("ins")
            | local_name!("kbd")
            | local_name!("label")
            | local_name!("mark")
            | local_name!("nobr")
            | local_name!("picture")
            | local_name!("q")
            | local_name!("rb")
            | local_name!("ruby")
            | local_name!("s")
            | local_name!("samp")
            | local_name!("small")
            | local_name!("source")
            | local_name!("span")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("time")
            | local_name!("tt")
            | local_name!("u")
            | local_name!("var")
            | local_name!("wbr") => Self::Inline,
            // Unknown elements (`o:p`, custom elements) are inline until a style sheet says otherwise.
            ref other if other.contains(['-', ':']) => Self::Inline,
            _ => Self::Block,
        }
    }
}

impl Tree {
    /// All nodes in document order.
    pub(super) fn ids(&self) -> Range<NodeId> {
        0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// The name of an element; `None` for text.
    pub(super) fn name(&self, id: NodeId) -> Option<&LocalName> {
        match &self.node(id).data {
            Data::Element { name, .. } => Some(name),
            Data::Text(_) => None,
        }
    }

    /// The characters of a text node; `None` for an element.
    pub(super) fn run(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            Data::Element { .. } => None,
            Data::Text(text) => Some(text),
        }
    }

    /// True if the node is an element of that name.
    pub(super) fn is(&self, id: NodeId, tag: &LocalName) -> bool {
        self.name(id) == Some(tag)
    }

    /// The value of an attribute, untrimmed.
    pub(super) fn attr(&self, id: NodeId, name: AttrName) -> Option<&str> {
        let Data::Element { attrs, .. } = &self.node(id).data else { return None };
        let attrs = self.attrs.get(attrs.start as usize..attrs.end as usize)?;
        attrs.iter().find(|(key, _)| *key == name).map(|(_, value)| &**value)
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
                Data::Text(run) => push_collapsed(&mut text, run),
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
    for word in run.split_inclusive(is_space) {
        let bare = word.trim_end_matches(is_space);
        line.push_str(bare);
        if bare.len() < word.len() && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
}

/// Cuts trailing spaces.
pub(super) fn trim_end_in_place(line: &mut String) {
    line.truncate(line.trim_end().len());
}

/// White space that collapses: everything that Unicode calls so, and the invisible line controls. ZWNJ and marks stay.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\0')
}

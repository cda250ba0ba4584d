//! The tree that html5ever builds into: a flat arena with links, turned into preorder at the end.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{ExpandedName, LocalName, Namespace, QualName, ns};

use super::tree::{AttrName, Data, Flow, Node, Tree};

/// No node.
const NONE: u32 = u32::MAX;

/// Receives the tree operations of html5ever.
pub(super) struct Builder {
    arena: RefCell<Vec<Slot>>,
    /// The piece of input that is being fed, and the text piece before it.
    piece: RefCell<Piece>,
    /// Depth at which the next element would be inserted.
    depth: Cell<u32>,
    steps: Cell<usize>,
}

/// Where the tokens come from that arrive now.
#[derive(Clone, Default)]
pub(super) struct Piece {
    pub(super) range: Range<u32>,
    pub(super) is_text: bool,
    pub(super) previous: Range<u32>,
}

/// A node under construction.
struct Slot {
    parent: u32,
    first: u32,
    last: u32,
    next: u32,
    previous: u32,
    depth: u32,
    source: Range<u32>,
    data: SlotData,
}

enum SlotData {
    /// The document, or the contents of a template.
    Fragment,
    Element {
        name: LocalName,
        attrs: Vec<(AttrName, StrTendril)>,
        contents: u32,
    },
    Text(StrTendril),
    /// Comments and processing instructions: they only keep their place.
    Void,
}

/// A node together with its name, so that asking for the name borrows nothing.
#[derive(Clone)]
pub(super) struct Handle {
    id: u32,
    ns: Namespace,
    local: LocalName,
}

impl Handle {
    fn nameless(id: u32) -> Self {
        Self { id, ns: ns!(), local: LocalName::from("") }
    }
}

impl Builder {
    /// An empty document.
    pub(super) fn new() -> Self {
        let document = Slot::new(SlotData::Fragment, 0..0);
        Self {
            arena: RefCell::new(vec![document]),
            piece: RefCell::default(),
            depth: Cell::new(0),
            steps: Cell::new(0),
        }
    }

    /// Names the piece of input that the next tokens come from.
    pub(super) fn start_piece(&self, range: Range<u32>, is_text: bool) {
        let mut piece = self.piece.borrow_mut();
        piece.previous = std::mem::replace(&mut piece.range, range);
        piece.is_text = is_text;
    }

    /// How deep the next element would lie.
    pub(super) fn depth(&self) -> usize {
        self.depth.get() as usize
    }

    /// Nodes made, moved and attributes kept so far.
    pub(super) fn steps(&self) -> usize {
        self.steps.get()
    }

    fn step(&self, by: usize) {
        self.steps.set(self.steps.get().saturating_add(by));
    }

    fn add(&self, data: SlotData, source: Range<u32>) -> u32 {
        self.step(1);
        let mut arena = self.arena.borrow_mut();
        // The step budget ends a parse long before four thousand million nodes.
        let id = u32::try_from(arena.len()).unwrap_or(NONE);
        arena.push(Slot::new(data, source));
        id
    }

    /// Where a run of text comes from. A character reference at the end of a text piece is only resolved when the next
    /// piece arrives.
    fn text_source(&self) -> Range<u32> {
        let piece = self.piece.borrow();
        if piece.is_text || piece.previous.is_empty() { piece.range.clone() } else { piece.previous.clone() }
    }

    /// Appends to a text node that is there already, if there is one at that place.
    fn merge(&self, target: u32, text: &StrTendril, source: &Range<u32>) -> bool {
        let mut arena = self.arena.borrow_mut();
        let Some(slot) = arena.get_mut(target as usize) else { return false };
        let SlotData::Text(old) = &mut slot.data else { return false };
        old.push_tendril(text);
        slot.source.start = slot.source.start.min(source.start);
        slot.source.end = slot.source.end.max(source.end);
        true
    }

    fn insert(&self, parent: u32, before: u32, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                let source = self.text_source();
                let neighbour = match before {
                    NONE => self.arena.borrow()[parent as usize].last,
                    before => self.arena.borrow()[before as usize].previous,
                };
                if self.merge(neighbour, &text, &source) {
                    return;
                }
                self.add(SlotData::Text(text), source)
            }
        };
        let mut arena = self.arena.borrow_mut();
        link(&mut arena, id, parent, before);
        let depth = arena[parent as usize].depth + 1;
        arena[id as usize].depth = depth;
        let is_element = matches!(arena[id as usize].data, SlotData::Element { .. });
        self.depth.set(depth + u32::from(is_element));
    }

    fn detach(&self, id: u32) {
        unlink(&mut self.arena.borrow_mut(), id);
    }
}

impl Slot {
    fn new(data: SlotData, source: Range<u32>) -> Self {
        Self { parent: NONE, first: NONE, last: NONE, next: NONE, previous: NONE, depth: 0, source, data }
    }
}

fn link(arena: &mut [Slot], id: u32, parent: u32, before: u32) {
    let previous = match before {
        NONE => arena[parent as usize].last,
        before => arena[before as usize].previous,
    };
    arena[id as usize].parent = parent;
    arena[id as usize].previous = previous;
    arena[id as usize].next = before;
    match previous {
        NONE => arena[parent as usize].first = id,
        previous => arena[previous as usize].next = id,
    }
    match before {
        NONE => arena[parent as usize].last = id,
        before => arena[before as usize].previous = id,
    }
}

fn unlink(arena: &mut [Slot], id: u32) {
    let Slot { parent, next, previous, .. } = arena[id as usize];
    if parent == NONE {
        return;
    }
    match previous {
        NONE => arena[parent as usize].first = next,
        previous => arena[previous as usize].next = next,
    }
    match next {
        NONE => arena[parent as usize].last = previous,
        next => arena[next as usize].previous = previous,
    }
    let slot = &mut arena[id as usize];
    (slot.parent, slot.next, slot.previous) = (NONE, NONE, NONE);
}

fn kept(attrs: Vec<Attribute>) -> Vec<(AttrName, StrTendril)> {
    attrs.into_iter().filter_map(|attr| AttrName::of(&attr.name.local).map(|name| (name, attr.value))).collect()
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        flatten(self.arena.into_inner())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::nameless(0)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        ExpandedName { ns: &target.ns, local: &target.local }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let attrs = kept(attrs);
        self.step(attrs.len());
        let contents = if flags.template { self.add(SlotData::Fragment, 0..0) } else { NONE };
        let source = self.piece.borrow().range.clone();
        let id = self.add(SlotData::Element { name: name.local.clone(), attrs, contents }, source);
        Handle { id, ns: name.ns, local: name.local }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle::nameless(self.add(SlotData::Void, 0..0))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle::nameless(self.add(SlotData::Void, 0..0))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.arena.borrow()[element.id as usize].parent == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(self.arena.borrow()[node.id as usize].depth);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        match self.arena.borrow()[target.id as usize].data {
            SlotData::Element { contents, .. } if contents != NONE => Handle::nameless(contents),
            _ => target.clone(),
        }
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let parent = self.arena.borrow()[sibling.id as usize].parent;
        if parent != NONE {
            self.insert(parent, sibling.id, new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let more = kept(attrs);
        self.step(more.len());
        if let SlotData::Element { attrs, .. } = &mut self.arena.borrow_mut()[target.id as usize].data {
            for (name, value) in more {
                if attrs.iter().all(|(key, _)| *key != name) {
                    attrs.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut arena = self.arena.borrow_mut();
        let mut child = arena[node.id as usize].first;
        while child != NONE {
            self.step(1);
            let next = arena[child as usize].next;
            unlink(&mut arena, child);
            link(&mut arena, child, new_parent.id, NONE);
            child = next;
        }
    }
}

/// Lays the linked nodes out in document order. Contents of templates are left behind: they are not shown.
fn flatten(mut arena: Vec<Slot>) -> Tree {
    let mut tree = Tree { nodes: Vec::with_capacity(arena.len()), attrs: Vec::new() };
    // Open elements as (slot, place in the array).
    let mut open: Vec<(u32, u32)> = Vec::new();
    let mut at = 0;
    loop {
        let place = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
        let slot = &mut arena[at as usize];
        let source = slot.source.clone();
        let (first, next) = (slot.first, slot.next);
        let parent = open.last().map_or(0, |&(_, place)| place);
        let data = match std::mem::replace(&mut slot.data, SlotData::Void) {
            SlotData::Void => None,
            SlotData::Text(text) => Some(Data::Text(text)),
            SlotData::Fragment => Some(Data::Element { name: LocalName::from(""), flow: Flow::Block, attrs: 0..0 }),
            SlotData::Element { name, attrs, .. } => {
                let start = u32::try_from(tree.attrs.len()).unwrap_or(u32::MAX);
                tree.attrs.extend(attrs);
                let end = u32::try_from(tree.attrs.len()).unwrap_or(u32::MAX);
                let flow = Flow::of(&name);
                Some(Data::Element { name, flow, attrs: start..end })
            }
        };
        if let Some(data) = data {
            tree.nodes.push(Node { parent, end: place + 1, data, source });
            if first != NONE {
                open.push((at, place));
                at = first;
                continue;
            }
        }
        // To the next sibling, or to that of the nearest open element which has one.
        let mut next = next;
        while next == NONE {
            let Some((slot, place)) = open.pop() else { return tree };
            tree.nodes[place as usize].end = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
            next = arena[slot as usize].next;
        }
        at = next;
    }
}

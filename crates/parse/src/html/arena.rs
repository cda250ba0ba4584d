//! Nodes while the tree is being built: linked, so that they can move; laid out in document order at the end.

use super::tag::Tag;
use super::token::Place;
use super::tree::{Attr, Data, Flow, Node, Tree, Value};

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// Nodes under construction. Slot 0 is the document.
pub(super) struct Arena {
    slots: Vec<Slot>,
    /// True once a node was put anywhere but at the end: only then slots are not in document order.
    moved: bool,
}

struct Slot {
    parent: u32,
    first: u32,
    last: u32,
    next: u32,
    previous: u32,
    /// True while the element is on the stack of open elements.
    open: bool,
    source: Place,
    data: SlotData,
}

enum SlotData {
    Element {
        tag: Tag,
        flow: Flow,
        /// The name as written.
        name: Place,
        /// From and to in the attributes of the tree.
        attrs: (u32, u32),
    },
    Text(Value),
}

impl Arena {
    /// A document alone. `nodes` is an estimate.
    pub(super) fn new(nodes: usize) -> Self {
        let mut slots = Vec::with_capacity(nodes);
        let document = SlotData::Element { tag: Tag::Other, flow: Flow::Block, name: Place::default(), attrs: (0, 0) };
        slots.push(Slot::new(document, Place::default()));
        Self { slots, moved: false }
    }

    /// A new element that lies nowhere yet.
    pub(super) fn element(&mut self, tag: Tag, flow: Flow, name: Place, attrs: (u32, u32), source: Place) -> u32 {
        self.add(SlotData::Element { tag, flow, name, attrs }, source)
    }

    /// A new text that lies nowhere yet.
    pub(super) fn text(&mut self, value: Value, source: Place) -> u32 {
        self.add(SlotData::Text(value), source)
    }

    fn add(&mut self, data: SlotData, source: Place) -> u32 {
        // The step budget ends a parse long before four thousand million nodes.
        let id = u32::try_from(self.slots.len()).unwrap_or(NONE);
        self.slots.push(Slot::new(data, source));
        id
    }

    /// A copy of an element without its children.
    pub(super) fn copy(&mut self, id: u32) -> u32 {
        let slot = &self.slots[id as usize];
        match slot.data {
            SlotData::Element { tag, flow, name, attrs } => {
                let source = slot.source;
                self.element(tag, flow, name, attrs, source)
            }
            SlotData::Text(_) => NONE,
        }
    }

    pub(super) fn parent(&self, id: u32) -> u32 {
        self.slots[id as usize].parent
    }

    pub(super) fn is_open(&self, id: u32) -> bool {
        self.slots[id as usize].open
    }

    pub(super) fn set_open(&mut self, id: u32, open: bool) {
        self.slots[id as usize].open = open;
    }

    /// The name of an element as written.
    pub(super) fn name(&self, id: u32) -> Place {
        match self.slots[id as usize].data {
            SlotData::Element { name, .. } => name,
            SlotData::Text(_) => Place::default(),
        }
    }

    /// True for a box that holds nothing yet, or a box last.
    pub(super) fn ends_in_box(&self, id: u32) -> bool {
        let is_box =
            |id: u32| matches!(self.slots[id as usize].data, SlotData::Element { flow: Flow::Block | Flow::Break, .. });
        let last = self.slots[id as usize].last;
        is_box(id) && (last == NONE || is_box(last))
    }

    /// Gives attributes to an element that has none.
    pub(super) fn set_attrs_if_none(&mut self, id: u32, new: (u32, u32)) {
        if let SlotData::Element { attrs, .. } = &mut self.slots[id as usize].data
            && attrs.0 == attrs.1
        {
            *attrs = new;
        }
    }

    /// Appends a node that lies nowhere to the element that is open last: document order stays.
    pub(super) fn append(&mut self, parent: u32, child: u32) {
        let last = self.slots[parent as usize].last;
        let slot = &mut self.slots[child as usize];
        (slot.parent, slot.previous, slot.next) = (parent, last, NONE);
        match last {
            NONE => self.slots[parent as usize].first = child,
            last => self.slots[last as usize].next = child,
        }
        self.slots[parent as usize].last = child;
    }

    /// Appends a node to any element, wherever the node lay before.
    pub(super) fn move_to(&mut self, parent: u32, child: u32) {
        self.moved = true;
        self.detach(child);
        self.append(parent, child);
    }

    /// Puts a node before another one, wherever it lay before.
    pub(super) fn move_before(&mut self, sibling: u32, child: u32) {
        self.moved = true;
        self.detach(child);
        let (parent, previous) = (self.slots[sibling as usize].parent, self.slots[sibling as usize].previous);
        if parent == NONE {
            return;
        }
        let slot = &mut self.slots[child as usize];
        (slot.parent, slot.previous, slot.next) = (parent, previous, sibling);
        self.slots[sibling as usize].previous = child;
        match previous {
            NONE => self.slots[parent as usize].first = child,
            previous => self.slots[previous as usize].next = child,
        }
    }

    /// Gives all children of one element to another; returns how many.
    pub(super) fn move_children(&mut self, from: u32, to: u32) -> usize {
        let mut child = self.slots[from as usize].first;
        let mut count = 0;
        while child != NONE {
            let next = self.slots[child as usize].next;
            self.move_to(to, child);
            child = next;
            count += 1;
        }
        count
    }

    /// Puts all children of an element before a node that does not lie below it.
    pub(super) fn move_children_before(&mut self, from: u32, sibling: u32) {
        let mut child = self.slots[from as usize].first;
        while child != NONE {
            let next = self.slots[child as usize].next;
            self.move_before(sibling, child);
            child = next;
        }
    }

    /// True if a node lies below another one, or is it.
    pub(super) fn is_within(&self, id: u32, above: u32) -> bool {
        let mut at = id;
        while at != NONE && at != above {
            at = self.slots[at as usize].parent;
        }
        at == above
    }

    /// Takes a node out of its parent.
    fn detach(&mut self, id: u32) {
        let Slot { parent, next, previous, .. } = self.slots[id as usize];
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.slots[parent as usize].first = next,
            previous => self.slots[previous as usize].next = next,
        }
        match next {
            NONE => self.slots[parent as usize].last = previous,
            next => self.slots[next as usize].previous = previous,
        }
        let slot = &mut self.slots[id as usize];
        (slot.parent, slot.next, slot.previous) = (NONE, NONE, NONE);
    }

    /// Notes that nodes are appended where order is lost: into the head, once it was closed.
    pub(super) fn lose_order(&mut self) {
        self.moved = true;
    }

    /// The nodes in document order.
    pub(super) fn finish<'h>(self, html: &'h str, decoded: String, attrs: Vec<Attr>) -> Tree<'h> {
        let nodes = if self.moved { self.ordered() } else { self.in_order() };
        Tree::new(html, decoded, nodes, attrs)
    }

    /// Slots are in document order: ends follow from parents.
    fn in_order(self) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::with_capacity(self.slots.len());
        for (nth, slot) in (1..).zip(self.slots) {
            nodes.push(slot.node(nth));
        }
        for nth in (1..nodes.len()).rev() {
            let (parent, end) = (nodes[nth].parent as usize, nodes[nth].end);
            if let Some(parent) = nodes.get_mut(parent) {
                parent.end = parent.end.max(end);
            }
        }
        nodes
    }

    /// Walks the links.
    fn ordered(self) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::with_capacity(self.slots.len());
        // Open elements as (slot, place in the array).
        let mut open: Vec<(u32, u32)> = Vec::new();
        let mut at = 0;
        loop {
            let place = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            let slot = &self.slots[at as usize];
            let mut node = slot.node(place + 1);
            node.parent = open.last().map_or(0, |&(_, place)| place);
            nodes.push(node);
            if slot.first != NONE {
                open.push((at, place));
                at = slot.first;
                continue;
            }
            // To the next sibling, or to that of the nearest open element which has one.
            let mut next = slot.next;
            while next == NONE {
                let Some((slot, place)) = open.pop() else { return nodes };
                nodes[place as usize].end = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
                next = self.slots[slot as usize].next;
            }
            at = next;
        }
    }
}

impl Slot {
    fn new(data: SlotData, source: Place) -> Self {
        Self { parent: NONE, first: NONE, last: NONE, next: NONE, previous: NONE, open: false, source, data }
    }

    fn node(&self, end: u32) -> Node {
        let data = match self.data {
            SlotData::Element { tag, flow, attrs, .. } => Data::Element { tag, flow, attrs: attrs.0..attrs.1 },
            SlotData::Text(value) => Data::Text(value),
        };
        let parent = if self.parent == NONE { 0 } else { self.parent };
        Node { parent, end, data, source: self.source.start..self.source.end }
    }
}

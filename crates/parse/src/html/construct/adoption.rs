//! Misnested formatting: `<b><p>x</b>y</p>` by the adoption agency algorithm, and elements that are opened again.

use super::formatting::Entry;
use super::stack::{Namespace, Open};
use super::{Builder, Place};
use crate::html::tag::Tag;
use crate::html::token::StartTag;

/// How often the standard goes through the outer loop.
const ROUNDS: usize = 8;
/// Elements between formatting element and block that are kept as formatting.
const KEPT_BETWEEN: usize = 3;

impl Builder<'_> {
    /// Opens again the formatting elements that something closed too early.
    pub(super) fn reconstruct(&mut self) {
        let mut from = self.formatting.len();
        while let Some(Entry::Element { id, .. }) = from.checked_sub(1).and_then(|nth| self.formatting.get(nth))
            && !self.arena.is_open(id)
        {
            from -= 1;
        }
        for nth in from..self.formatting.len() {
            let Some(Entry::Element { id, tag, .. }) = self.formatting.get(nth) else { continue };
            if self.stack.len() >= self.max_depth {
                return;
            }
            self.steps += 1;
            let copy = self.arena.copy(id);
            self.place(copy);
            self.push(copy, tag, Namespace::Html);
            self.formatting.replace(nth, copy);
        }
    }

    /// Inserts a formatting element.
    pub(super) fn insert_formatting(&mut self, tag: &StartTag) {
        let id = self.insert(tag);
        self.formatting.push(id, tag.tag, tag.source, self.html);
    }

    /// Closes a formatting element by its end tag, wherever it stands. `name` is the name as written.
    pub(super) fn adopt(&mut self, tag: Tag, name: Place) {
        let current = self.stack.top();
        if current.is_some_and(|current| current.is(tag) && self.formatting.position(current.id).is_none()) {
            self.pop();
            return;
        }
        for _ in 0..ROUNDS {
            if !self.adopt_once(tag, name) {
                return;
            }
        }
    }

    /// One round; false if nothing is left to do.
    fn adopt_once(&mut self, tag: Tag, name: Place) -> bool {
        let Some((nth, element)) = self.formatting.last(tag) else {
            self.close_any(tag, name);
            return false;
        };
        let Some(place) = self.stack.position(element).filter(|_| self.arena.is_open(element)) else {
            self.formatting.remove(nth);
            return false;
        };
        self.steps += self.stack.len() - place;
        if !self.stack.has_in_scope(element) {
            return false;
        }
        let special =
            |open: Open| open.namespace == Namespace::Html && open.tag.is_special() || open.is_integration_point();
        let block = (place + 1..self.stack.len()).find(|&nth| self.stack.get(nth).is_some_and(special));
        let Some(block) = block else {
            while self.stack.len() > place {
                self.pop();
            }
            self.formatting.remove(nth);
            return false;
        };
        self.move_block(nth, place, block);
        true
    }

    /// Takes the block out of the formatting element, and gives its content a copy of that element.
    fn move_block(&mut self, nth: usize, place: usize, block: usize) {
        let (Some(formatting), Some(furthest), Some(entry)) =
            (self.stack.get(place), self.stack.get(block), self.formatting.get(nth))
        else {
            return;
        };
        let above = self.stack.get(place.saturating_sub(1)).map_or((0, Tag::Other), |above| (above.id, above.tag));
        let mut bookmark = nth;
        let mut last = furthest.id;
        let mut count = 0;
        // From the element above the block up to the formatting element; removals do not touch what lies above them.
        for at in (place + 1..block).rev() {
            count += 1;
            self.steps += 1;
            let Some(node) = self.stack.get(at) else { continue };
            let mut listed = self.formatting.position(node.id);
            if count > KEPT_BETWEEN
                && let Some(entry) = listed.take()
            {
                self.formatting.remove(entry);
                bookmark -= usize::from(entry < bookmark);
            }
            let Some(listed) = listed else {
                self.arena.set_open(node.id, false);
                self.stack.remove(at);
                continue;
            };
            let copy = self.arena.copy(node.id);
            self.arena.set_open(node.id, false);
            self.arena.set_open(copy, true);
            self.formatting.replace(listed, copy);
            self.stack.replace(at, copy);
            if last == furthest.id {
                bookmark = listed + 1;
            }
            self.arena.move_to(copy, last);
            last = copy;
        }
        let foster = std::mem::replace(&mut self.foster, true);
        self.place_in(above, last, true);
        self.foster = foster;
        let copy = self.arena.copy(formatting.id);
        self.steps += self.arena.move_children(furthest.id, copy);
        self.arena.move_to(furthest.id, copy);
        if let Some(old) = self.formatting.position(formatting.id) {
            self.formatting.remove(old);
            bookmark -= usize::from(old < bookmark);
        }
        self.formatting.insert(bookmark, entry, copy);
        if let Some(old) = self.stack.position(formatting.id) {
            self.arena.set_open(formatting.id, false);
            self.stack.remove(old);
        }
        if let Some(block) = self.stack.position(furthest.id) {
            self.arena.set_open(copy, true);
            self.stack.insert(block + 1, Open { id: copy, tag: formatting.tag, namespace: Namespace::Html });
        }
    }
}

//! The list of active formatting elements: what is opened again after it was closed too early.

use crate::html::tag::Tag;
use crate::html::token::Place;

/// Most formatting elements that one mark holds; older ones are forgotten, so that soup stays linear.
const MOST: usize = 32;
/// Most of one name with the same attributes, as the standard has it.
const ALIKE: usize = 3;

/// One entry of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A table cell, an object, a template: what was opened outside of it is not opened again inside.
    Marker,
    Element {
        id: u32,
        tag: Tag,
        source: Place,
    },
}

impl Entry {
    pub(super) fn is(self, element: u32) -> bool {
        matches!(self, Self::Element { id, .. } if id == element)
    }
}

/// The list, oldest first.
#[derive(Default)]
pub(super) struct Formatting {
    entries: Vec<Entry>,
}

impl Formatting {
    pub(super) fn get(&self, nth: usize) -> Option<Entry> {
        self.entries.get(nth).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn mark(&mut self) {
        self.entries.push(Entry::Marker);
    }

    /// Forgets everything up to the last mark, the mark as well.
    pub(super) fn clear_to_mark(&mut self) {
        while let Some(entry) = self.entries.pop()
            && entry != Entry::Marker
        {}
    }

    /// Adds an element. `html` is the page, to compare tags as written.
    pub(super) fn push(&mut self, id: u32, tag: Tag, source: Place, html: &str) {
        let since = self.since_mark();
        let text = source.of(html);
        let (mut alike, mut first_alike, mut all) = (0, None, 0);
        for nth in since..self.entries.len() {
            if let Some(Entry::Element { tag: other, source, .. }) = self.get(nth) {
                all += 1;
                if other == tag && source.of(html) == text {
                    alike += 1;
                    first_alike = first_alike.or(Some(nth));
                }
            }
        }
        if let Some(first) = first_alike.filter(|_| alike >= ALIKE) {
            self.entries.remove(first);
        } else if all >= MOST {
            self.entries.remove(since);
        }
        self.entries.push(Entry::Element { id, tag, source });
    }

    /// Position of the first entry behind the last mark.
    fn since_mark(&self) -> usize {
        self.entries.iter().rposition(|entry| *entry == Entry::Marker).map_or(0, |mark| mark + 1)
    }

    /// The last element of that tag behind the last mark: its position and id.
    pub(super) fn last(&self, wanted: Tag) -> Option<(usize, u32)> {
        let since = self.since_mark();
        self.entries.iter().enumerate().skip(since).rev().find_map(|(nth, entry)| match entry {
            Entry::Element { id, tag, .. } if *tag == wanted => Some((nth, *id)),
            _ => None,
        })
    }

    pub(super) fn position(&self, id: u32) -> Option<usize> {
        self.entries.iter().rposition(|entry| entry.is(id))
    }

    pub(super) fn remove(&mut self, nth: usize) {
        if nth < self.entries.len() {
            self.entries.remove(nth);
        }
    }

    /// Puts another element in the place of one.
    pub(super) fn replace(&mut self, nth: usize, new: u32) {
        if let Some(Entry::Element { id, .. }) = self.entries.get_mut(nth) {
            *id = new;
        }
    }

    /// Inserts an element that is like the one that `entry` was.
    pub(super) fn insert(&mut self, nth: usize, entry: Entry, new: u32) {
        if let Entry::Element { tag, source, .. } = entry {
            self.entries.insert(nth.min(self.entries.len()), Entry::Element { id: new, tag, source });
        }
    }
}

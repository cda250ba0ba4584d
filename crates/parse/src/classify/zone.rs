//! The part of the document that a line stands in: cues are believed in some and not in others.

use super::Sorter;

/// Part of the document that a line stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Head,
    Inline,
    Tail,
    /// No paragraph anywhere: position says nothing.
    Any,
}

impl Sorter<'_, '_> {
    pub(super) fn zone(&self, nth: usize) -> Zone {
        match (self.first_paragraph, self.last_paragraph) {
            (Some(first), _) if nth < first => Zone::Head,
            (_, Some(last)) if nth > last => Zone::Tail,
            (Some(_), Some(_)) => Zone::Inline,
            _ => Zone::Any,
        }
    }

    /// True if little enough of the article follows that a closing mark may be believed.
    pub(super) fn closes(&self, nth: usize) -> bool {
        let all = self.letters_from.first().copied().unwrap_or(0);
        let after = self.letters_from.get(nth).copied().unwrap_or(0);
        after * 5 <= all * 2
    }
}

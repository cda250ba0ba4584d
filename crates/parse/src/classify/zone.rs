//! The part of the document that a line stands in: cues are believed in some and not in others.

use super::Sorter;

/// Part of the document that a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Head,
    Inline,
    Tail,
    /// No paragraph anywhere: position says nothing.
    Any,
}

/// Characters before the end of the document in which the last lines stand.
const LAST_CHARS: usize = 300;

/// A tail is at most this part of the letters of all paragraphs.
const SMALL_TAIL: usize = 4;
/// Lines of boilerplate that make a tail, whatever stands between them.
const TAIL_LINES: usize = 2;

impl Sorter<'_, '_> {
    /// Finds where the running text begins and ends, among the lines that are not cut.
    pub(super) fn settle_zones(&mut self) {
        let is_paragraph = |nth: usize| {
            self.is_open(nth)
                && self.lines.get(nth).is_some_and(crate::line::Line::is_paragraph)
                && self.hits.get(nth).is_none_or(|hits| !hits.iter().any(|hit| hit.rule.cuts()))
        };
        let paragraphs: Vec<bool> = (0..self.lines.len()).map(is_paragraph).collect();
        let (mut letters, mut chars) = (0, 0);
        self.letters_from = vec![0; self.lines.len() + 1];
        self.chars_behind = vec![0; self.lines.len()];
        for (nth, line) in self.lines.iter().enumerate().rev() {
            letters += if paragraphs.get(nth) == Some(&true) { line.letters } else { 0 };
            if let (Some(from), Some(behind)) = (self.letters_from.get_mut(nth), self.chars_behind.get_mut(nth)) {
                *from = letters;
                *behind = chars;
            }
            chars += line.chars;
        }
        let tail = self.tail_start().unwrap_or(paragraphs.len());
        self.first_paragraph = paragraphs.iter().position(|is| *is);
        self.last_paragraph =
            paragraphs.get(..tail).and_then(|body| body.iter().rposition(|is| *is)).or(self.first_paragraph);
    }

    /// The line from which most lines to the end are boilerplate by their own words: a legal notice or a comment among
    /// them, however long, is no part of the article.
    fn tail_start(&self) -> Option<usize> {
        let all = self.letters_from.first().copied().unwrap_or(0);
        let said = |nth: usize| {
            !self.is_open(nth)
                || self.hits.get(nth).is_some_and(|hits| {
                    hits.iter().any(|hit| hit.rule.cuts() && hit.rule.places.tail && !hit.rule.places.inline)
                })
        };
        let (mut found, mut count) = (None, 0);
        for nth in (0..self.lines.len()).rev() {
            let small = self.letters_from.get(nth).is_some_and(|letters| letters * SMALL_TAIL <= all);
            if !small {
                break;
            }
            if said(nth) {
                count += 1;
                if count >= TAIL_LINES && count * 2 >= self.lines.len() - nth {
                    found = Some(nth);
                }
            }
        }
        found
    }

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

    /// True for the last lines of the document.
    pub(super) fn is_last(&self, nth: usize) -> bool {
        self.chars_behind.get(nth).is_some_and(|chars| *chars <= LAST_CHARS)
    }
}

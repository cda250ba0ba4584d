//! The alignment: where each byte of a rewritten text came from, and how to get the source back.

use std::{collections::BTreeMap, fmt, ops::Range};

use khabar_model::Span;

/// The rule that made an edit: the id it has in the rule list (`TW1`, `KY1`, `charset` …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(pub &'static str);

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

/// One replaced, deleted or inserted stretch. Both ranges are half-open and in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What was there, in the source.
    pub src: Range<usize>,
    /// What stands for it, in the target.
    pub dst: Range<usize>,
    /// Why.
    pub rule: Rule,
}

/// A text and how it was made from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aligned {
    /// The target text.
    pub text: String,
    /// From the source to `text`.
    pub alignment: Alignment,
}

impl Aligned {
    /// A text that is its own source.
    #[must_use]
    pub fn unchanged(text: String) -> Self {
        let alignment = Alignment::identity(text.len());
        Self { text, alignment }
    }

    /// Applies a further step, which read `self.text`.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self { text: next.text, alignment: self.alignment.then(next.alignment) }
    }
}

/// A sorted list of edits; between them source and target run in parallel, byte for byte.
///
/// An edge that lies between two edits, or at the edge of one, has an exact counterpart; an edge inside an edit has
/// none and snaps outwards. The removed bytes are kept, so that a step can be undone (not in fold keys, which only
/// map spans).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    pub(crate) src_len: usize,
    pub(crate) dst_len: usize,
    pub(crate) edits: Vec<Edit>,
    /// The source bytes of all edits, one after the other; `None` if they were not kept.
    pub(crate) removed: Option<Vec<u8>>,
}

impl Alignment {
    /// The alignment of a text of `len` bytes with itself.
    #[must_use]
    pub fn identity(len: usize) -> Self {
        Self { src_len: len, dst_len: len, edits: Vec::new(), removed: Some(Vec::new()) }
    }

    /// True if nothing was edited.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// Bytes of the source.
    #[must_use]
    pub fn src_len(&self) -> usize {
        self.src_len
    }

    /// Bytes of the target.
    #[must_use]
    pub fn dst_len(&self) -> usize {
        self.dst_len
    }

    /// The edits in text order. They do not overlap, but may touch.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The smallest source span that covers a target span (bytes; clamped to the target).
    ///
    /// An edge inside an edit snaps outwards to the edge of that edit. What was deleted just outside the span, at
    /// its edge, is not covered. An empty span stays empty unless it lies inside an edit.
    #[must_use]
    pub fn to_src(&self, span: Span) -> Span {
        map_span(&self.edits, span, (self.dst_len, self.src_len), |edit| (&edit.dst, &edit.src))
    }

    /// The smallest target span that covers a source span (bytes; clamped to the source).
    ///
    /// Snaps like [`Alignment::to_src`]. A span of deleted text maps to the empty span where it was.
    #[must_use]
    pub fn to_dst(&self, span: Span) -> Span {
        map_span(&self.edits, span, (self.src_len, self.dst_len), |edit| (&edit.src, &edit.dst))
    }

    /// The alignment of both steps together: `self` A→B, `next` B→C, the result A→C.
    ///
    /// Edits of the two steps that overlap in B become one, under the rule of the one that starts first (`self` wins
    /// a tie); edits that only touch stay apart. Where `self` deletes and `next` inserts at the same point, the
    /// deletion comes first. The order of composition does not matter as long as no step inserts out of nothing.
    /// `next` must have been made from a text of `self.dst_len()` bytes.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        debug_assert_eq!(self.dst_len, next.src_len, "the second step must start from the text of the first");
        if self.is_identity() {
            return Self { removed: next.removed.filter(|_| self.removed.is_some()), ..next };
        }
        if next.is_identity() {
            return Self { removed: self.removed.filter(|_| next.removed.is_some()), ..self };
        }
        Composition::new(&self, &next).run()
    }

    /// The source again, from the bytes of the target; `None` if `dst` has another length, or if the removed bytes
    /// were not kept (fold keys).
    #[must_use]
    pub fn undo(&self, dst: &[u8]) -> Option<Vec<u8>> {
        let mut removed = self.removed.as_deref()?;
        if dst.len() != self.dst_len {
            return None;
        }
        let mut source = Vec::with_capacity(self.src_len);
        let mut done = 0;
        for edit in &self.edits {
            source.extend_from_slice(dst.get(done..edit.dst.start)?);
            let (bytes, rest) = removed.split_at_checked(edit.src.len())?;
            source.extend_from_slice(bytes);
            removed = rest;
            done = edit.dst.end;
        }
        source.extend_from_slice(dst.get(done..)?);
        Some(source)
    }

    /// How many edits each rule made.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Rule, usize> {
        let mut counts = BTreeMap::new();
        for edit in &self.edits {
            *counts.entry(edit.rule).or_default() += 1;
        }
        counts
    }
}

/// Maps a span from one side of the edits to the other; `sides` returns an edit's range on the side of `span` and on
/// the other one, `lens` the lengths in the same order.
fn map_span(
    edits: &[Edit],
    span: Span,
    lens: (usize, usize),
    sides: impl Fn(&Edit) -> (&Range<usize>, &Range<usize>),
) -> Span {
    let (start, end) = (span.start().min(lens.0), span.end().min(lens.0));
    // Behind the last edit that lies wholly before a place, the two sides run in parallel.
    let behind = |index: usize, offset: usize| match index.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) => sides(edit).1.end + (offset - sides(edit).0.end),
        None => offset,
    };
    let after_start = edits.partition_point(|edit| sides(edit).0.end <= start);
    let mapped_start = match edits.get(after_start) {
        Some(edit) if sides(edit).0.start <= start => sides(edit).1.start,
        _ => behind(after_start, start),
    };
    let before_end = edits.partition_point(|edit| sides(edit).0.start < end);
    let mapped_end = match before_end.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) if sides(edit).0.end >= end => sides(edit).1.end,
        _ => behind(before_end, end),
    };
    // Only the ends of an empty span can cross, at a deletion: it stays empty, before what was deleted.
    let mapped_start = mapped_start.min(mapped_end);
    debug_assert!(mapped_end <= lens.1);
    // Offsets that are too large for a span come only from texts that are too large for one.
    Span::new(mapped_start, mapped_end).unwrap_or(span)
}

/// The sweep over the middle text B that joins two alignments.
struct Composition<'a> {
    first: &'a Alignment,
    second: &'a Alignment,
    /// Next edit of each.
    at: (usize, usize),
    /// Where A and B, and B and C, last left an edit: beyond it they run in parallel.
    left: (Edge, Edge),
    /// Bytes of `removed` used so far.
    used: (usize, usize),
    result: Alignment,
}

/// A pair of offsets that correspond: in the middle text, and in the outer one.
#[derive(Clone, Copy, Default)]
struct Edge {
    middle: usize,
    outer: usize,
}

impl Edge {
    fn outer_of(self, middle: usize) -> usize {
        self.outer + (middle - self.middle)
    }
}

impl<'a> Composition<'a> {
    fn new(first: &'a Alignment, second: &'a Alignment) -> Self {
        let removed = (first.removed.is_some() && second.removed.is_some()).then(Vec::new);
        let edits = Vec::with_capacity(first.edits.len() + second.edits.len());
        let result = Alignment { src_len: first.src_len, dst_len: second.dst_len, edits, removed };
        Self { first, second, at: (0, 0), left: Default::default(), used: (0, 0), result }
    }

    fn run(mut self) -> Alignment {
        while self.group() {}
        self.result
    }

    /// Joins the next edits that overlap in the middle text; false at the end.
    fn group(&mut self) -> bool {
        let from = self.at;
        let (middle, rule) = match (self.first.edits.get(self.at.0), self.second.edits.get(self.at.1)) {
            (None, None) => return false,
            (Some(edit), None) => (edit.dst.clone(), edit.rule),
            (None, Some(edit)) => (edit.src.clone(), edit.rule),
            (Some(one), Some(two)) => {
                // At one place a deletion of the first step comes before an insertion of the second, both before
                // what has a width.
                if (one.dst.start, !one.dst.is_empty()) <= (two.src.start, !two.src.is_empty()) {
                    (one.dst.clone(), one.rule)
                } else {
                    (two.src.clone(), two.rule)
                }
            }
        };
        let before = self.left;
        let end = self.extend(&middle);
        let src = before.0.outer_of(middle.start)..self.left.0.outer_of(end);
        let dst = before.1.outer_of(middle.start)..self.left.1.outer_of(end);
        self.keep_removed(from, middle.start..end);
        if !(src.is_empty() && dst.is_empty()) {
            self.result.edits.push(Edit { src, dst, rule });
        }
        true
    }

    /// Takes in all edits that overlap `middle`, which grows with them; returns its end.
    fn extend(&mut self, middle: &Range<usize>) -> usize {
        let mut end = middle.end;
        let belongs = |range: &Range<usize>, end: usize| range.start < end || (range == middle && range.is_empty());
        // Without a width only the one edit belongs, the first step's if both have one here.
        let single = middle.is_empty();
        loop {
            if let Some(edit) = self.first.edits.get(self.at.0).filter(|edit| belongs(&edit.dst, end)) {
                end = end.max(edit.dst.end);
                self.left.0 = Edge { middle: edit.dst.end, outer: edit.src.end };
                self.at.0 += 1;
            } else if let Some(edit) = self.second.edits.get(self.at.1).filter(|edit| belongs(&edit.src, end)) {
                end = end.max(edit.src.end);
                self.left.1 = Edge { middle: edit.src.end, outer: edit.dst.end };
                self.at.1 += 1;
            } else {
                return end;
            }
            if single {
                return end;
            }
        }
    }

    /// Collects the A bytes of a group: what the first step removed, and between its edits what the second did.
    fn keep_removed(&mut self, from: (usize, usize), middle: Range<usize>) {
        let Some(((result, first), second)) =
            self.result.removed.as_mut().zip(self.first.removed.as_deref()).zip(self.second.removed.as_deref())
        else {
            return;
        };
        let later = self.second.edits.get(from.1..self.at.1).unwrap_or_default();
        let mut index = 0;
        let mut base = self.used.1;
        let mut done = middle.start;
        // A stretch that the first step left alone lies within one edit of the second.
        let mut gap = |range: Range<usize>, result: &mut Vec<u8>| {
            while let Some(edit) = later.get(index) {
                if range.start < edit.src.end {
                    let from = base + range.start.saturating_sub(edit.src.start);
                    result.extend_from_slice(second.get(from..from + range.len()).unwrap_or_default());
                    return;
                }
                base += edit.src.len();
                index += 1;
            }
        };
        for edit in self.first.edits.get(from.0..self.at.0).unwrap_or_default() {
            if done < edit.dst.start {
                gap(done..edit.dst.start, result);
            }
            let bytes = first.get(self.used.0..self.used.0 + edit.src.len()).unwrap_or_default();
            result.extend_from_slice(bytes);
            self.used.0 += edit.src.len();
            done = edit.dst.end;
        }
        if done < middle.end {
            gap(done..middle.end, result);
        }
        self.used.1 += later.iter().map(|edit| edit.src.len()).sum::<usize>();
    }
}

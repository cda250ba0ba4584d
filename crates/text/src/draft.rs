//! Making alignments: edit by edit from lengths, or while a text is rewritten.

use std::ops::Range;

use crate::alignment::{Aligned, Alignment, Edit, Rule};

/// Builds an [`Alignment`] in text order; [`Alignment::builder`] starts one.
#[derive(Clone, Debug)]
pub struct AlignmentBuilder {
    alignment: Alignment,
}

impl Alignment {
    /// Starts an alignment of two texts that are still empty.
    #[must_use]
    pub fn builder() -> AlignmentBuilder {
        AlignmentBuilder { alignment: Self::identity(0) }
    }
}

impl AlignmentBuilder {
    /// The next `len` bytes are the same in both texts.
    pub fn keep(&mut self, len: usize) -> &mut Self {
        self.alignment.src_len += len;
        self.alignment.dst_len += len;
        self
    }

    /// The source bytes `removed` became `with` bytes of the target: none for a deletion. Nothing for nothing is no
    /// edit.
    pub fn replace(&mut self, removed: &[u8], with: usize, rule: Rule) -> &mut Self {
        if let Some(kept) = &mut self.alignment.removed {
            kept.extend_from_slice(removed);
        }
        self.push(removed.len(), with, rule)
    }

    /// Like [`Self::replace`], without the bytes: the alignment then maps spans, but cannot be undone.
    pub fn replace_unkept(&mut self, removed: usize, with: usize, rule: Rule) -> &mut Self {
        if removed > 0 {
            self.alignment.removed = None;
        }
        self.push(removed, with, rule)
    }

    /// Bytes of the source so far.
    #[must_use]
    pub fn src_len(&self) -> usize {
        self.alignment.src_len
    }

    /// Bytes of the target so far.
    #[must_use]
    pub fn dst_len(&self) -> usize {
        self.alignment.dst_len
    }

    /// The alignment.
    #[must_use]
    pub fn finish(self) -> Alignment {
        self.alignment
    }

    fn push(&mut self, removed: usize, with: usize, rule: Rule) -> &mut Self {
        let alignment = &mut self.alignment;
        let src = alignment.src_len..alignment.src_len + removed;
        let dst = alignment.dst_len..alignment.dst_len + with;
        (alignment.src_len, alignment.dst_len) = (src.end, dst.end);
        if removed > 0 || with > 0 {
            alignment.edits.push(Edit { src, dst, rule });
        }
        self
    }
}

/// A rewritten copy of a text in the making: name the stretches that change, in order; the rest is copied.
///
/// ```
/// use khabar_text::{Draft, Rule};
/// let mut draft = Draft::new("خبر  عاجل");
/// draft.replace(6..8, " ", Rule("demo"));
/// let aligned = draft.finish();
/// assert_eq!(aligned.text, "خبر عاجل");
/// ```
#[derive(Clone, Debug)]
pub struct Draft<'s> {
    source: &'s str,
    text: String,
    builder: AlignmentBuilder,
}

impl<'s> Draft<'s> {
    /// A copy of `source` without a change. Costs nothing until the first edit.
    #[must_use]
    pub fn new(source: &'s str) -> Self {
        Self { source, text: String::new(), builder: Alignment::builder() }
    }

    /// Writes `with` in place of the source bytes `range`. A range that does not follow the last one, or that cuts a
    /// character, changes nothing.
    pub fn replace(&mut self, range: Range<usize>, with: &str, rule: Rule) {
        let (Some(kept), Some(removed)) =
            (self.source.get(self.builder.src_len()..range.start), self.source.get(range))
        else {
            debug_assert!(false, "edits come in order and cut no character");
            return;
        };
        if self.text.capacity() == 0 {
            self.text.reserve(self.source.len() + with.len());
        }
        self.text.push_str(kept);
        self.text.push_str(with);
        self.builder.keep(kept.len()).replace(removed.as_bytes(), with.len(), rule);
    }

    /// Leaves out the source bytes `range`.
    pub fn delete(&mut self, range: Range<usize>, rule: Rule) {
        self.replace(range, "", rule);
    }

    /// The rewritten text.
    #[must_use]
    pub fn finish(mut self) -> Aligned {
        let rest = self.source.get(self.builder.src_len()..).unwrap_or_default();
        self.text.push_str(rest);
        self.builder.keep(rest.len());
        Aligned { text: self.text, alignment: self.builder.finish() }
    }

    /// The rewritten text, or `None` if nothing was edited.
    #[must_use]
    pub fn finish_if_changed(self) -> Option<Aligned> {
        if self.builder.src_len() == 0 && self.builder.dst_len() == 0 {
            return None;
        }
        Some(self.finish())
    }
}

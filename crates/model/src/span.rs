//! Half-open ranges: bytes of a text, characters of a text, bytes of a payload.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a UTF-8 text. Never serialised: see [`CharSpan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span from byte offsets; only the order of the two ends is checked.
    ///
    /// # Errors
    /// [`SpanError::Reversed`] if it would end before it starts, [`SpanError::TooLarge`] beyond 4 GiB.
    pub fn new(start: usize, end: usize) -> Result<Self, SpanError> {
        if end < start {
            return Err(SpanError::Reversed { start, end });
        }
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(start), Ok(end)) => Ok(Self { start, end }),
            _ => Err(SpanError::TooLarge { end }),
        }
    }

    /// A span that is known to lie in `text` and to cut no character.
    ///
    /// # Errors
    /// Those of [`Span::new`], and [`SpanError::Outside`] or [`SpanError::InsideCharacter`].
    pub fn in_text(text: &str, start: usize, end: usize) -> Result<Self, SpanError> {
        let span = Self::new(start, end)?;
        if end > text.len() {
            return Err(SpanError::Outside { end, len: text.len() });
        }
        for offset in [start, end] {
            if !text.is_char_boundary(offset) {
                return Err(SpanError::InsideCharacter { offset });
            }
        }
        Ok(span)
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// True if nothing is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that this span covers; `None` if it does not fit that text.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start()..self.end())
    }

    /// True if `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range, moved right by `by` bytes.
    ///
    /// # Errors
    /// [`SpanError::TooLarge`] beyond 4 GiB.
    pub fn shifted(self, by: usize) -> Result<Self, SpanError> {
        Self::new(self.start() + by, self.end() + by)
    }
}

/// A half-open range of Unicode scalar values of a text: what the record holds and what Python slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "CharRange")]
pub struct CharSpan {
    /// First character.
    start: u32,
    /// One past the last character.
    end: u32,
}

impl CharSpan {
    /// A span from character offsets.
    ///
    /// # Errors
    /// [`SpanError::Reversed`] if it would end before it starts.
    pub fn new(start: u32, end: u32) -> Result<Self, SpanError> {
        if end < start {
            return Err(SpanError::Reversed { start: start as usize, end: end as usize });
        }
        Ok(Self { start, end })
    }

    /// First character.
    #[must_use]
    pub fn start(self) -> u32 {
        self.start
    }

    /// One past the last character.
    #[must_use]
    pub fn end(self) -> u32 {
        self.end
    }
}

/// A [`CharSpan`] as it comes off the wire, before the check.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct CharRange {
    start: u32,
    end: u32,
}

impl TryFrom<CharRange> for CharSpan {
    type Error = SpanError;

    fn try_from(range: CharRange) -> Result<Self, SpanError> {
        Self::new(range.start, range.end)
    }
}

/// A half-open range of bytes of the payload, after decompression and before charset decoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceSpan {
    /// First byte.
    #[serde(rename = "source_start", default)]
    pub start: u64,
    /// One past the last byte.
    #[serde(rename = "source_end", default)]
    pub end: u64,
}

impl SourceSpan {
    /// The smallest range that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Why a span was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpanError {
    /// The end lies before the start.
    #[error("span {start}..{end} ends before it starts")]
    Reversed {
        /// Start that was given.
        start: usize,
        /// End that was given.
        end: usize,
    },
    /// The span ends behind the end of its text.
    #[error("span ends at {end}, but the text has length {len}")]
    Outside {
        /// End that was given.
        end: usize,
        /// Length of the text, in the same unit.
        len: usize,
    },
    /// An end lies inside a character.
    #[error("byte {offset} lies inside a character")]
    InsideCharacter {
        /// The offset, in bytes.
        offset: usize,
    },
    /// Offsets are 32 bits wide; documents are far smaller.
    #[error("span ends at {end}, beyond 4 GiB")]
    TooLarge {
        /// End that was given.
        end: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn construction_is_checked() {
        let text = "خبر";
        assert_eq!(Span::in_text(text, 0, 2).map(|span| span.of(text)), Ok(Some("خ")));
        assert_eq!(Span::in_text(text, 0, 1), Err(SpanError::InsideCharacter { offset: 1 }));
        assert_eq!(Span::in_text(text, 0, 8), Err(SpanError::Outside { end: 8, len: 6 }));
        assert_eq!(Span::in_text(text, 4, 2), Err(SpanError::Reversed { start: 4, end: 2 }));
    }

    #[test]
    fn the_wire_is_checked_too() {
        let span: CharSpan = serde_json::from_str(r#"{"start":1,"end":4}"#).unwrap();
        assert_eq!((span.start(), span.end()), (1, 4));
        assert!(serde_json::from_str::<CharSpan>(r#"{"start":4,"end":1}"#).is_err());
        assert!(serde_json::from_str::<CharSpan>(r#"{"start":-1,"end":1}"#).is_err());
    }
}

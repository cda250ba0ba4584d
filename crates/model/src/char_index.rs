//! Byte offsets to character offsets of one text and back, in constant time per look-up.

use crate::span::{CharSpan, Span, SpanError};

/// Bytes between two remembered character counts: small enough to count on from, large enough to cost 2% of the text.
const STRIDE: usize = 128;

/// An index over one text that converts between [`Span`] (bytes) and [`CharSpan`] (Unicode scalar values).
#[derive(Clone, Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    /// Characters that start before byte `STRIDE * i`.
    counts: Vec<u32>,
}

impl<'t> CharIndex<'t> {
    /// Counts the characters of `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            counts.push(count);
            count += count_starts(chunk);
        }
        counts.push(count);
        Self { text, counts }
    }

    /// Number of characters of the whole text.
    #[must_use]
    pub fn char_len(&self) -> u32 {
        self.counts.last().copied().unwrap_or(0)
    }

    /// A byte span as characters.
    ///
    /// # Errors
    /// [`SpanError`] if the span does not fit the text.
    pub fn to_chars(&self, span: Span) -> Result<CharSpan, SpanError> {
        Span::in_text(self.text, span.start(), span.end())?;
        CharSpan::new(self.chars_before(span.start()), self.chars_before(span.end()))
    }

    /// A character span as bytes.
    ///
    /// # Errors
    /// [`SpanError::Outside`] if the text has fewer characters.
    pub fn to_bytes(&self, span: CharSpan) -> Result<Span, SpanError> {
        Span::new(self.byte_of(span.start())?, self.byte_of(span.end())?)
    }

    fn chars_before(&self, byte: usize) -> u32 {
        let slot = byte / STRIDE;
        let base = self.counts.get(slot).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(slot * STRIDE..byte).unwrap_or_default();
        base + count_starts(rest)
    }

    fn byte_of(&self, char: u32) -> Result<usize, SpanError> {
        if char >= self.char_len() {
            return if char == self.char_len() {
                Ok(self.text.len())
            } else {
                Err(SpanError::Outside { end: char as usize, len: self.char_len() as usize })
            };
        }
        // The last slot whose count is not beyond the character holds its first byte.
        let slot = self.counts.partition_point(|&count| count <= char).saturating_sub(1);
        let mut left = char - self.counts.get(slot).copied().unwrap_or(0);
        let from = slot * STRIDE;
        for (offset, byte) in self.text.as_bytes().iter().enumerate().skip(from) {
            if is_start(*byte) {
                if left == 0 {
                    return Ok(offset);
                }
                left -= 1;
            }
        }
        Ok(self.text.len())
    }
}

/// True for the first byte of a character.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(is_start(byte))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_boundary_goes_there_and_back(text in "(\\PC|[ء-ی]|\\n){0,400}") {
            let index = CharIndex::new(&text);
            prop_assert_eq!(index.char_len() as usize, text.chars().count());
            for (nth, (byte, _)) in text.char_indices().enumerate() {
                let span = Span::new(byte, text.len()).unwrap();
                let chars = index.to_chars(span).unwrap();
                prop_assert_eq!(chars.start() as usize, nth);
                prop_assert_eq!(index.to_bytes(chars).unwrap(), span);
            }
        }
    }

    #[test]
    fn spans_that_do_not_fit_are_refused() {
        let index = CharIndex::new("خبر");
        assert!(index.to_chars(Span::new(0, 7).unwrap()).is_err());
        assert!(index.to_chars(Span::new(1, 2).unwrap()).is_err());
        assert!(index.to_bytes(CharSpan::new(0, 4).unwrap()).is_err());
    }
}

//! Byte-wise scans over text, for the loops that look at every character.
//!
//! Decoding makes each step wait for the length of the last character. A table over pairs of neighbouring bytes needs
//! no decoding: it answers at the last byte of every character of one or two bytes, which covers all of Latin,
//! Cyrillic, Hebrew and Arabic, and sends longer characters to the slow path at their first byte.

/// Answers for each pair of a byte and the one before it: at `before << 8 | byte`.
pub(crate) type PairTable = [u8; 1 << 16];

/// The bit that marks the first byte of a character of three or four bytes in every [`PairTable`].
pub(crate) const WIDE: u8 = 0x80;

/// Code points below this are answered from tables when they are decoded: all alphabets in news, and general
/// punctuation. What lies above is mostly ideographs.
pub(crate) const TABLE_LEN: usize = 0x3000;

/// Builds a table from the answer for each character below U+0800; zero where no character ends.
pub(crate) fn pair_table(answer: impl Fn(char) -> u8) -> PairTable {
    std::array::from_fn(|pair| match (pair >> 8, pair & 0xff) {
        (_, byte @ 0..0x80) => answer(char_of(byte)),
        (before @ 0xc2..0xe0, byte @ 0x80..0xc0) => answer(char_of((before & 0x1f) << 6 | byte & 0x3f)),
        (_, 0xe0..) => WIDE,
        _ => 0,
    })
}

/// The answer of a table.
#[inline]
pub(crate) fn look_up(table: &PairTable, before: u8, byte: u8) -> u8 {
    table[usize::from(before) << 8 | usize::from(byte)]
}

/// The code point that starts at byte `at` of a UTF-8 text, and its length in bytes; zeros beyond the end.
#[inline]
pub(crate) fn code_at(bytes: &[u8], at: usize) -> (usize, usize) {
    let Some(&first) = bytes.get(at) else { return (0, 0) };
    let tail = |nth: usize| usize::from(bytes.get(at + nth).copied().unwrap_or_default() & 0x3f);
    match first {
        0..0x80 => (usize::from(first), 1),
        0x80..0xe0 => (usize::from(first & 0x1f) << 6 | tail(1), 2),
        0xe0..0xf0 => (usize::from(first & 0xf) << 12 | tail(1) << 6 | tail(2), 3),
        0xf0.. => (usize::from(first & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4),
    }
}

/// The character of a code point from [`code_at`].
#[inline]
pub(crate) fn char_of(code: usize) -> char {
    u32::try_from(code).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The character that ends before byte `at`.
#[inline]
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_read() {
        let table = pair_table(|c| if u32::from(c) % 3 == 0 { 1 } else { 2 });
        for c in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(code_at(bytes, 0), (c as usize, c.len_utf8()));
            assert_eq!(char_of(c as usize), c);
            let mut before = b'x';
            let mut answers = 0;
            for &byte in bytes {
                answers |= look_up(&table, before, byte);
                before = byte;
            }
            let expected = if c >= '\u{800}' { WIDE } else { 1 + u8::from(u32::from(c) % 3 != 0) };
            assert_eq!(answers, expected, "U+{:04X}", u32::from(c));
        }
    }
}

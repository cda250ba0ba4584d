//! A cheap look for bytes that only mojibake is likely to have.

use memchr::memchr2_iter;

/// True if there is a place in UTF-8 `bytes` that could be mojibake. All readings of UTF-8 as a single-byte charset
/// put symbols of U+0080 to U+00BF (bytes C2 80 to C2 BF) behind letters, or letters of U+00C2 to U+00F4 (C3 82 to
/// C3 B4) before such symbols; windows-1256 read as windows-1252 leaves words of letters C3 xx.
pub(super) fn suspicious(bytes: &[u8]) -> bool {
    memchr2_iter(0xc2, 0xc3, bytes).any(|at| {
        let from = at.saturating_sub(3);
        let window = bytes.get(from..bytes.len().min(at + 8)).unwrap_or_default();
        let (before, here) = window.split_at_checked(at - from).unwrap_or_default();
        match here {
            [0xc2, symbol, ..] => is_control(*symbol) || is_odd(*symbol) && behind_letter(before, *symbol),
            // Four letters in a row, or a word of three.
            [_, _, 0xc3, _, 0xc3, _, 0xc3, ..] => true,
            [_, _, 0xc3, _, 0xc3, _, next, ..] if !is_letter(next) && !before.last().is_some_and(is_letter) => true,
            // A capital, the lead of two bytes, behind a small letter, or before a symbol that stands behind none.
            [_, 0x82..=0x9f, 0x80..=0xff, ..] if before.last().is_some_and(u8::is_ascii_lowercase) => true,
            [_, 0x82..=0x9f, next @ ..] => odd_symbol(next).is_some(),
            // A lead of three or four bytes.
            [_, 0xa0..=0xb4, next @ ..] => {
                odd_symbol(next).is_some_and(|rest| odd_symbol(rest).is_some() || matches!(rest, [0xc2 | 0xe2, ..]))
            }
            _ => false,
        }
    })
}

/// True if the last character of `before` is no ASCII, quote, dash, ellipsis or symbol. The dot between the parts of a
/// Chinese name is no symbol.
fn behind_letter(before: &[u8], symbol: u8) -> bool {
    match before {
        [0xe3..=0xe9, _, _] if symbol == 0xb7 => false,
        [0xe2, 0x80, 0x90..=0x9f | 0xa6 | 0xb9 | 0xba] | [.., 0xc2, _] => false,
        [.., last] => *last >= 0x80,
        [] => false,
    }
}

/// C1 controls C2 xx; the new line among them is used by some.
fn is_control(symbol: u8) -> bool {
    symbol < 0xa0 && symbol != 0x85
}

/// True for bytes of words: ASCII letters, and all beyond ASCII.
fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphabetic() || *byte >= 0x80
}

/// Symbols C2 xx that do not stand behind a letter in ordinary text; the space that does not break, the soft hyphen
/// and angle quotes do.
fn is_odd(symbol: u8) -> bool {
    !matches!(symbol, 0xa0 | 0xab | 0xad | 0xbb)
}

/// What follows if `next` starts with what windows-1252 shows for a byte of 0x80 to 0xBF, and that is no quote, dash or
/// ellipsis.
fn odd_symbol(next: &[u8]) -> Option<&[u8]> {
    match next {
        [0xc2, symbol, rest @ ..] if is_odd(*symbol) => Some(rest),
        [0xe2, 0x80, 0x9a | 0x9e | 0xa0..=0xa2 | 0xb0, rest @ ..] | [0xe2, 0x82 | 0x84, _, rest @ ..] => Some(rest),
        [0xc5, 0x92 | 0x93 | 0xa0 | 0xa1 | 0xb8 | 0xbd | 0xbe, rest @ ..] | [0xc6, 0x92, rest @ ..] => Some(rest),
        [0xcb, 0x86 | 0x9c, rest @ ..] => Some(rest),
        _ => None,
    }
}

//! UTF-16 without a byte-order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr;

use super::PREFIX_BYTES;

/// The byte order of UTF-16 without a mark, told by its zero bytes: line ends, spaces, digits and Latin letters have
/// one, always on the same side. `None` for everything else.
pub(super) fn by_zeros(payload: &[u8]) -> Option<&'static Encoding> {
    let window = payload.get(..PREFIX_BYTES).unwrap_or(payload);
    memchr(0, window)?;
    let (mut even, mut odd) = (0_usize, 0_usize);
    for unit in window.chunks_exact(2) {
        even += usize::from(matches!(unit, [0, _]));
        odd += usize::from(matches!(unit, [_, 0]));
    }
    let (encoding, zeros, wrong) = if odd > even { (UTF_16LE, odd, even) } else { (UTF_16BE, even, odd) };
    // U+0100 and the like have their zero on the other side; one stray zero in a text makes no UTF-16.
    let enough = zeros * 128 >= window.len() && wrong * 20 <= zeros;
    (window.len() >= 4 && enough && reads_well(window, encoding)).then_some(encoding)
}

/// True if nearly all of the first characters are letters, digits and signs that a page may hold.
pub(super) fn reads_well(payload: &[u8], encoding: &'static Encoding) -> bool {
    let window = payload.get(..PREFIX_BYTES).unwrap_or(payload);
    let even = window.get(..window.len() & !1).unwrap_or_default();
    let (text, _) = encoding.decode_without_bom_handling(even);
    let (mut good, mut all) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        let known = match c {
            '\n'
            | '\r'
            | '\t'
            | ' '..='~'
            | '\u{a0}'..='\u{6ff}'
            | '\u{2000}'..='\u{206f}'
            | '\u{3000}'..='\u{303f}' => true,
            '\u{e000}'..='\u{f8ff}' | char::REPLACEMENT_CHARACTER => false,
            _ => c.is_alphanumeric(),
        };
        good += usize::from(known);
    }
    all > 0 && good * 10 >= all * 9
}

/// `body` cut behind every line feed, so that a decoding edit covers one line.
pub(super) fn lines<'b>(body: &'b [u8], encoding: &'static Encoding) -> impl Iterator<Item = &'b [u8]> {
    let feed: [u8; 2] = if encoding == UTF_16LE { [b'\n', 0] } else { [0, b'\n'] };
    let mut rest = body;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.chunks_exact(2).position(|unit| *unit == feed).map_or(rest.len(), |nth| nth * 2 + 2);
        let (line, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(line)
    })
}

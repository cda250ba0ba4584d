//! What of a document is looked at: a bounded sample, without addresses, in composed letters.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Longer texts are sampled down to about this many bytes: more text no longer changes the answer.
const LIMIT: usize = 8 << 10;
/// A sample is this many pieces at even distances, so that one foreign quote does not speak for a document.
const PIECES: usize = 8;
/// Bytes of a piece of the sample that is looked at first: enough for nearly every document.
const FIRST: usize = 96;
/// Bytes of text for each piece of the first sample.
const FIRST_EVERY: usize = 160;
/// Bytes of a piece in which a word's end is looked for.
const WORD: usize = 32;

/// The part of `text` to look at; at most [`LIMIT`] bytes before folding, whatever the size of `text`.
pub(crate) fn sample(text: &str) -> Cow<'_, str> {
    cleaned(text, PIECES, LIMIT / PIECES)
}

/// A smaller sample, of texts that are long enough for one.
pub(crate) fn first_sample(text: &str) -> Option<Cow<'_, str>> {
    let pieces = (text.len() / FIRST_EVERY).min(PIECES);
    (pieces > 1).then(|| cleaned(text, pieces, FIRST))
}

/// So many pieces of so many bytes, cleaned; nothing of a text that is code.
fn cleaned(text: &str, pieces: usize, bytes: usize) -> Cow<'_, str> {
    let mut sample =
        if text.len() <= pieces * bytes { Cow::Borrowed(text) } else { Cow::Owned(cut(text, pieces, bytes)) };
    let signs = Signs::of(&sample);
    if signs.code >= CODE_MARKS && signs.code * CODE_EVERY > sample.len() {
        return Cow::Borrowed("");
    }
    if signs.any & ADDRESS != 0 && has_addresses(&sample) {
        sample = Cow::Owned(without_addresses(&sample));
    }
    if signs.any & DECOMPOSED != 0 && sample.chars().any(is_decomposed) {
        // NFKC undoes presentation forms and decomposed letters; digits and punctuation are no letters either way.
        sample = Cow::Owned(sample.nfkc().collect());
    }
    sample
}

/// Marks of programming and markup languages from which a text may be code, and bytes for each of them below which it is.
const CODE_MARKS: usize = 4;
const CODE_EVERY: usize = 12;

/// May begin or be in an address.
const ADDRESS: u8 = 1;
/// Begins one of the characters of [`is_decomposed`].
const DECOMPOSED: u8 = 2;
/// A mark of code.
const CODE: u8 = 4;

/// What the bytes of a text hint at: most texts have none of it, and one look at each byte says so.
struct Signs {
    any: u8,
    code: usize,
}

impl Signs {
    fn of(text: &str) -> Self {
        static OF_BYTE: [u8; 256] = {
            let mut table = [0; 256];
            let code = b"{}[]();=<>_$\\|#&";
            let mut at = 0;
            while at < code.len() {
                table[code[at] as usize] = CODE;
                at += 1;
            }
            (table[b'@' as usize], table[b'/' as usize], table[b'w' as usize]) = (ADDRESS, ADDRESS, ADDRESS);
            (table[0xcc], table[0xcd], table[0xef]) = (DECOMPOSED, DECOMPOSED, DECOMPOSED);
            table
        };
        let mut signs = Self { any: 0, code: 0 };
        for byte in text.bytes() {
            let sign = OF_BYTE[usize::from(byte)];
            signs.any |= sign;
            signs.code += usize::from(sign == CODE);
        }
        signs
    }
}

fn cut(text: &str, pieces: usize, bytes: usize) -> String {
    let stride = text.len() / pieces;
    let mut sample = String::with_capacity(pieces * (bytes + 1));
    for piece in 0..pieces {
        let start = text.ceil_char_boundary(piece * stride);
        let end = text.floor_char_boundary(piece * stride + bytes);
        let whole = text.get(start..end).unwrap_or_default();
        // Half a word at either end would have n-grams that no word of its language has.
        let head = if piece == 0 { None } else { whole.bytes().take(WORD).position(|byte| byte == b' ') };
        let tail = whole.bytes().rev().take(WORD).position(|byte| byte == b' ');
        let words = whole.get(head.unwrap_or(0)..whole.len() - tail.unwrap_or(0));
        sample.push_str(words.unwrap_or(whole));
        sample.push('\n');
    }
    sample
}

fn has_addresses(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.contains("www.")
}

/// Drops links, mail addresses and handles: they say nothing about the language around them.
///
/// An address is a run of visible ASCII, so that Chinese, written without spaces, keeps the rest of its sentence.
fn without_addresses(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let (run, after) = rest.split_at(ascii);
        if !has_addresses(run) {
            kept.push_str(run);
        }
        let other = after.bytes().take_while(|byte| !byte.is_ascii_graphic()).count();
        let (gap, next) = after.split_at(other);
        kept.push_str(gap);
        rest = next;
    }
    kept
}

/// Combining accents of Latin and Cyrillic, presentation forms of Arabic and Hebrew, half-width kana.
///
/// Hamza and madda as marks are not among them: Persian puts them on heh, and the alphabet skips them.
fn is_decomposed(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{ff66}'..='\u{ff9f}')
}

//! What of a document is looked at: a bounded sample, without addresses, in composed letters.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Longer texts are sampled down to about this many bytes: more text no longer changes the answer.
const LIMIT: usize = 8 << 10;
/// The sample is this many pieces at even distances, so that one foreign quote does not speak for a document.
const PIECES: usize = 8;

/// The part of `text` to look at; at most [`LIMIT`] bytes before folding, whatever the size of `text`.
pub(crate) fn sample(text: &str) -> Cow<'_, str> {
    let mut sample = if text.len() <= LIMIT { Cow::Borrowed(text) } else { Cow::Owned(pieces(text)) };
    if has_addresses(&sample) {
        sample = Cow::Owned(without_addresses(&sample));
    }
    // These bytes begin the characters of `is_decomposed`; most texts have none, and bytes are quick to look through.
    if sample.bytes().any(|byte| matches!(byte, 0xcc | 0xcd | 0xef)) && sample.chars().any(is_decomposed) {
        // NFKC undoes presentation forms and decomposed letters; digits and punctuation are no letters either way.
        sample = Cow::Owned(sample.nfkc().collect());
    }
    sample
}

fn pieces(text: &str) -> String {
    let stride = text.len() / PIECES;
    let mut sample = String::with_capacity(LIMIT + PIECES);
    for piece in 0..PIECES {
        let start = text.ceil_char_boundary(piece * stride);
        let end = text.floor_char_boundary(piece * stride + LIMIT / PIECES);
        sample.push_str(text.get(start..end).unwrap_or_default());
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

//! What the fold key makes of each character: the definition of key v1, and its table for the common ranges.

use std::sync::LazyLock;

use crate::{
    compose::{Stability, stability_of},
    letter, presentation,
    scan::{PairTable, TABLE_LEN, char_of, pair_table},
};

/// What becomes of one character of an NFC text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Stands in the key as it is.
    Same,
    /// Stands in the key as this character.
    To(char),
    /// White space: one space, none at the edges.
    Space,
    /// Leaves no trace: harakat, tatweel, direction marks, controls.
    Delete,
    /// Deleted or a space, as the caller asks.
    Zwnj,
    /// A full stop. A run of stops is one ellipsis.
    Stop,
    /// An ellipsis.
    Ellipsis,
    /// A single quote: two are one double quote.
    Apostrophe,
    /// May have to be composed with what precedes it.
    Mark,
    /// Likewise, and is deleted where it cannot be: madda and hamza.
    Hamza,
    /// Becomes several characters: [`expand`].
    Expand,
}

/// The class of the code point of a character.
pub(super) fn class_of_code(code: usize) -> Class {
    static TABLE: LazyLock<[Class; TABLE_LEN]> = LazyLock::new(|| std::array::from_fn(|code| class_of(char_of(code))));
    TABLE.get(code).copied().unwrap_or_else(|| class_of(char_of(code)))
}

/// Where a run of characters ends that stand in the key as they are; a single space between them is one of them.
pub(super) static ENDS_RUN: LazyLock<PairTable> = LazyLock::new(|| {
    let mut table = pair_table(|c| u8::from(c != ' ' && class_of(c) != Class::Same));
    table[usize::from(b' ') << 8 | usize::from(b' ')] = 1;
    table
});

/// The class of any character.
pub(super) fn class_of(c: char) -> Class {
    match c {
        // Ideographs and Hangul syllables, first because they are many.
        '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Class::Same,

        '\u{200c}' => Class::Zwnj,
        '\u{653}'..='\u{655}' => Class::Hamza,
        '\u{640}' => Class::Delete,
        _ if letter::is_mark(c) || is_invisible(c) => Class::Delete,
        _ if c.is_whitespace() && c != '\u{85}' => Class::Space,
        _ if c.is_control() => Class::Delete,

        // AH3, and HT1. Alef with madda is another letter in Persian and Urdu.
        '\u{623}' | '\u{625}' | '\u{671}' => Class::To('\u{627}'),
        '\u{629}' => Class::To('\u{647}'),
        // AH2: heh with ezafe hamza, whose other spelling loses the hamza as a mark.
        '\u{6c0}' => Class::To('\u{647}'),
        // KY7, KY8.
        '\u{649}' | '\u{6cc}' => Class::To('\u{64a}'),
        '\u{6a9}' | '\u{6aa}' => Class::To('\u{643}'),

        '\u{660}'..='\u{669}' => Class::To(digit(c, 0x660)),
        '\u{6f0}'..='\u{6f9}' => Class::To(digit(c, 0x6f0)),
        // DG4, DG5.
        '\u{66b}' => Class::Stop,
        '\u{66c}' => Class::To(','),
        '\u{66a}' => Class::To('%'),
        '\u{609}' => Class::To('\u{2030}'),
        '\u{60a}' => Class::To('\u{2031}'),

        // PU1 to PU7.
        '\u{60c}' | '\u{3001}' => Class::To(','),
        '\u{61b}' => Class::To(';'),
        '\u{61f}' | '\u{2e2e}' => Class::To('?'),
        '.' | '\u{6d4}' => Class::Stop,
        '\u{2026}' => Class::Ellipsis,
        '«' | '»' | '\u{201c}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{2033}' => Class::To('"'),
        '\'' | '\u{2018}'..='\u{201b}' => Class::Apostrophe,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Class::To('-'),

        _ if presentation::decomposes(c) => Class::Expand,
        _ if stability_of(c) != Stability::Stable => Class::Mark,
        _ => match single(case_folded(c)) {
            Some(folded) if folded == c => Class::Same,
            Some(folded) => Class::To(folded),
            None => Class::Expand,
        },
    }
}

/// The characters that a character of class [`Class::Expand`] stands for, not yet folded themselves.
pub(super) fn expand(c: char, mut each: impl FnMut(char)) {
    if presentation::decomposes(c) {
        presentation::decompose(c).for_each(each);
    } else {
        case_folded(c).for_each(&mut each);
    }
}

/// Full case folding by way of the upper case, which is where ß and ς meet ss and σ. Dotless ı is no i.
fn case_folded(c: char) -> impl Iterator<Item = char> {
    let upper = (c != 'ı').then(|| c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    let same = upper.is_none().then_some(c);
    upper.into_iter().flatten().chain(same)
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

/// Default ignorable characters and others that have no width.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200d}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fff9}'..='\u{fffb}')
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

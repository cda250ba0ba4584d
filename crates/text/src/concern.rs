//! Which repairs a text may need at all: one scan over its bytes.

use std::{iter, mem, sync::LazyLock};

use crate::{
    compose::{Stability, stability_of},
    letter::{TATWEEL, ZWJ, ZWNJ},
    scan::{PairTable, TABLE_LEN, WIDE, char_of, code_at, look_up, pair_table},
};

/// A set of reasons to look closer; the highest bit is not used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Concerns(u8);

impl Concerns {
    /// Controls, line ends, odd spaces, direction marks, zero-width characters, ¬.
    pub(crate) const INVISIBLE: Self = Self(1);
    /// An ampersand.
    pub(crate) const ENTITY: Self = Self(2);
    /// Arabic presentation forms.
    pub(crate) const FORM: Self = Self(4);
    /// Combining marks, and what else NFC may change.
    pub(crate) const MARK: Self = Self(8);
    /// ZWNJ or ZWJ.
    pub(crate) const JOINER: Self = Self(16);
    /// Tatweel.
    pub(crate) const TATWEEL: Self = Self(32);

    /// True if the two share a reason.
    pub(crate) fn contain(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The concerns of the characters of one and two bytes.
static PAIRS: LazyLock<PairTable> = LazyLock::new(|| pair_table(|c| concern_of(c).0));

/// The concerns of all characters of a text.
pub(crate) fn concerns_of(text: &str) -> Concerns {
    let pairs = &*PAIRS;
    let mut before = 0;
    let mut found = 0;
    for &byte in text.as_bytes() {
        found |= look_up(pairs, before, byte);
        before = byte;
    }
    if found & WIDE != 0 {
        found = (found & !WIDE) | concerns_of_wide(text.as_bytes());
    }
    Concerns(found)
}

fn concerns_of_wide(bytes: &[u8]) -> u8 {
    let mut found = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte < 0xe0 {
            at += 1;
            continue;
        }
        let (code, len) = code_at(bytes, at);
        found |= concern_of_code(code).0;
        at += len;
    }
    found
}

/// The characters of a text that raise a concern, with their offsets, in order.
pub(crate) fn find(text: &str, concern: Concerns) -> impl Iterator<Item = (usize, char)> {
    let pairs = &*PAIRS;
    let bytes = text.as_bytes();
    let stop = concern.0 | WIDE;
    let mut at = 0;
    let mut before = 0;
    iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let answer = look_up(pairs, mem::replace(&mut before, byte), byte) & stop;
            at += 1;
            if answer == 0 {
                continue;
            }
            // A wide character answers at its first byte, the others at their last.
            let start = if answer == WIDE || byte < 0x80 { at - 1 } else { at - 2 };
            let (code, len) = code_at(bytes, start);
            at = start + len;
            if answer != WIDE || concern_of_code(code).contain(concern) {
                return Some((start, char_of(code)));
            }
        }
        None
    })
}

fn concern_of_code(code: usize) -> Concerns {
    static TABLE: LazyLock<[u8; TABLE_LEN]> = LazyLock::new(|| std::array::from_fn(|code| concern_of(char_of(code)).0));
    TABLE.get(code).map_or_else(|| concern_of(char_of(code)), |&bits| Concerns(bits))
}

fn concern_of(c: char) -> Concerns {
    match c {
        ' '..='%' | '\''..='~' | '\n' => Concerns::default(),
        '&' => Concerns::ENTITY,
        TATWEEL => Concerns::TATWEEL,
        ZWNJ | ZWJ => Concerns::JOINER,
        '\0'..='\u{a0}'
        | '¬'
        | '\u{61c}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{3000}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => Concerns(Concerns::INVISIBLE.0 | mark(c).0),
        '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' => {
            Concerns(Concerns::INVISIBLE.0 | mark(c).0)
        }
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Concerns::FORM,
        '\u{2010}'..='\u{2027}' => Concerns::default(),
        _ => mark(c),
    }
}

fn mark(c: char) -> Concerns {
    if stability_of(c) == Stability::Stable { Concerns::default() } else { Concerns::MARK }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_has_no_concern() {
        assert_eq!(concerns_of("قال الوزير: «نعم» – في 12 مايو/أيار…\nКиев, 北京, नई"), Concerns::default());
    }

    #[test]
    fn every_kind_is_seen() {
        for (text, concern) in [
            ("الف\u{a0}باء", Concerns::INVISIBLE),
            ("\u{feff}خبر", Concerns::INVISIBLE),
            ("می&zwnj;رود", Concerns::ENTITY),
            ("ﻧﻔﺖ", Concerns::FORM),
            ("مُدرّس", Concerns::MARK),
            ("می‌رود", Concerns::JOINER),
            ("هـ", Concerns::TATWEEL),
        ] {
            assert_eq!(concerns_of(text), concern, "{text}");
        }
    }

    #[test]
    fn each_concern_is_found_where_it_is() {
        let text = "\u{feff}می\u{200c}شود…\u{a0}中\u{202f}ـ";
        let found: Vec<_> = find(text, Concerns::INVISIBLE).collect();
        assert_eq!(found, [(0, '\u{feff}'), (19, '\u{a0}'), (24, '\u{202f}')]);
        assert_eq!(find(text, Concerns::TATWEEL).collect::<Vec<_>>(), [(27, 'ـ')]);
    }
}

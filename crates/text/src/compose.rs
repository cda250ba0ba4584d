//! Letters written with combining marks: canonical composition (AH0, Unicode NFC) and the two hamza seats that it
//! forgets (AH1).

use std::{iter, sync::LazyLock};

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc, is_nfc_quick};

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
};

const AH0: Rule = Rule("AH0");
const AH1: Rule = Rule("AH1");

/// Hamza above.
const HAMZA: char = '\u{654}';
/// The combining class of marks above a letter, hamza among them: a second one of this class is not its part.
const ABOVE: u8 = 230;

/// Composes every letter with its marks: NFC of the whole text, and Farsi yeh or alef maksura with hamza above as ئ.
///
/// `None` if the text is so already.
pub(crate) fn compose(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    // A segment runs from one stable character to the next: nothing composes or moves across its edges.
    let mut start = 0;
    let mut settled = true;
    for (offset, c) in text.char_indices() {
        if is_stable(c) {
            if !settled {
                compose_segment(text, start..offset, &mut draft);
            }
            start = offset;
            settled = true;
        } else {
            settled = false;
        }
    }
    if !settled {
        compose_segment(text, start..text.len(), &mut draft);
    }
    draft.finish_if_changed()
}

/// True for a character that starts a segment of its own whatever precedes it: no mark, and already composed.
pub(crate) fn is_stable(c: char) -> bool {
    /// The answer for all of U+0000 to U+07FF, a bit each.
    static LOW: LazyLock<[u64; 32]> = LazyLock::new(|| {
        let mut bits = [0; 32];
        for (index, word) in bits.iter_mut().enumerate() {
            for bit in 0..64 {
                let c = char::from_u32(index as u32 * 64 + bit).unwrap_or_default();
                *word |= u64::from(is_stable_in_tables(c)) << bit;
            }
        }
        bits
    });
    match c {
        '\0'..='\u{2ff}' => true,
        '\u{300}'..='\u{7ff}' => {
            let index = u32::from(c);
            LOW.get((index / 64) as usize).is_none_or(|word| word >> (index % 64) & 1 == 1)
        }
        // Ideographs, Yi and Hangul syllables.
        '\u{3400}'..='\u{a62b}' | '\u{ac00}'..='\u{d7a3}' => true,
        _ => is_stable_in_tables(c),
    }
}

fn is_stable_in_tables(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick(iter::once(c)) == IsNormalized::Yes
}

fn compose_segment(text: &str, range: std::ops::Range<usize>, draft: &mut Draft<'_>) {
    let Some(segment) = text.get(range.clone()) else { return };
    let composed = (!is_nfc(segment)).then(|| segment.nfc().collect::<String>());
    let seated = seat_hamza(composed.as_deref().unwrap_or(segment));
    let rule = if seated.is_some() { AH1 } else { AH0 };
    let Some(new) = seated.or(composed) else { return };
    // Only what changed is an edit.
    let same: fn((&(usize, char), &(usize, char))) -> bool = |(one, two)| one.1 == two.1;
    let old_chars: Vec<_> = segment.char_indices().collect();
    let new_chars: Vec<_> = new.char_indices().collect();
    let prefix = old_chars.iter().zip(&new_chars).take_while(|pair| same(*pair)).count();
    let most = old_chars.len().min(new_chars.len()) - prefix;
    let suffix = old_chars.iter().rev().zip(new_chars.iter().rev()).take(most).take_while(|pair| same(*pair)).count();
    let cut = |chars: &[(usize, char)], len: usize| {
        let at = |index: usize| chars.get(index).map_or(len, |&(offset, _)| offset);
        at(prefix)..at(chars.len() - suffix)
    };
    let old_cut = cut(&old_chars, segment.len());
    let with = new.get(cut(&new_chars, new.len())).unwrap_or_default();
    draft.replace(range.start + old_cut.start..range.start + old_cut.end, with, rule);
}

/// ی and ى with hamza above as ئ, in one NFC segment.
fn seat_hamza(segment: &str) -> Option<String> {
    let rest = segment.strip_prefix(['\u{6cc}', '\u{649}'])?;
    let (hamza, _) = rest.char_indices().find(|&(_, c)| canonical_combining_class(c) == ABOVE)?;
    let after = rest.get(hamza..)?.strip_prefix(HAMZA)?;
    let between = rest.get(..hamza)?;
    Some(["\u{626}", between, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hamza_and_madda_join_their_letter() {
        let composed = |text: &str| compose(text).map(|aligned| aligned.text);
        for (apart, joined) in [
            ("ا\u{653}ب", "آب"),
            ("را\u{654}س", "رأس"),
            ("ا\u{655}يران", "إيران"),
            ("مو\u{654}تمر", "مؤتمر"),
            ("ري\u{654}يس", "رئيس"),
            ("رای\u{654}یس", "رائیس"),
            ("شى\u{654}", "شئ"),
            ("ہ\u{654}", "ۂ"),
            ("ە\u{654}", "ۀ"),
            ("ے\u{654}", "ۓ"),
            ("e\u{301}", "é"),
            ("各か\u{3099}", "各が"),
        ] {
            assert_eq!(composed(apart).as_deref(), Some(joined));
            assert_eq!(composed(joined), None);
        }
        // Persian ezafe on heh is no letter of its own.
        assert_eq!(composed("سوریه\u{654} جدید"), None);
        assert_eq!(composed("إنّ مُدرِّسًا"), None);
    }

    #[test]
    fn an_edit_is_no_larger_than_the_change() {
        let aligned = compose("را\u{654}س رای\u{64e}\u{654}").unwrap();
        let edits: Vec<_> = aligned.alignment.edits().iter().map(|edit| (edit.src.clone(), edit.rule)).collect();
        assert_eq!(edits, [(2..6, AH0), (13..19, AH1)]);
        assert_eq!(aligned.text, "رأس رائ\u{64e}");
    }
}

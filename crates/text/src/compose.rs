//! Letters written with combining marks: canonical composition (AH0, Unicode NFC) and the two hamza seats that it
//! forgets (AH1).

use std::{iter, ops::Range, sync::LazyLock};

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc, is_nfc_quick,
};

use crate::{
    alignment::{Aligned, Rule},
    concern::{Concerns, find},
    draft::Draft,
    scan::{TABLE_LEN, char_before, char_of},
};

const AH0: Rule = Rule("AH0");
const AH1: Rule = Rule("AH1");

/// Hamza above.
const HAMZA: char = '\u{654}';
/// The combining class of marks above a letter, hamza among them: a second one of this class is not its part.
const ABOVE: u8 = 230;

/// How a character takes part in composition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stability {
    /// Starts a segment of its own whatever precedes it: no mark, and already composed.
    Stable,
    /// A mark that never composes, but may have to change places with another one.
    Mark,
    /// May have to be composed or decomposed.
    Composes,
}

static TABLE: LazyLock<[Stability; TABLE_LEN]> =
    LazyLock::new(|| std::array::from_fn(|code| stability_of_data(char_of(code))));

fn stability_of_data(c: char) -> Stability {
    match (is_nfc_quick(iter::once(c)) == IsNormalized::Yes, canonical_combining_class(c)) {
        (false, _) => Stability::Composes,
        (true, 0) => Stability::Stable,
        (true, _) => Stability::Mark,
    }
}

/// How `c` takes part in composition.
pub(crate) fn stability_of(c: char) -> Stability {
    match c {
        '\0'..='\u{2ff}' => Stability::Stable,
        // Ideographs, Yi and Hangul syllables.
        '\u{3400}'..='\u{a62b}' | '\u{ac00}'..='\u{d7a3}' => Stability::Stable,
        _ => TABLE.get(c as usize).copied().unwrap_or_else(|| stability_of_data(c)),
    }
}

/// Composes every letter with its marks: NFC of the whole text, and Farsi yeh or alef maksura with hamza above as ئ.
///
/// `None` if the text is so already.
pub(crate) fn compose(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    // A segment runs from one stable character to the next: nothing composes or moves across its edges.
    let mut segment = 0..0;
    let mut unstable = Unstable::default();
    for (at, c) in find(text, Concerns::MARK) {
        if at != segment.end || unstable.marks == 0 {
            unstable.settle(text, segment, &mut draft);
            unstable = Unstable::default();
            segment = at - char_before(text, at).map_or(0, char::len_utf8)..at;
        }
        unstable.add(stability_of(c));
        segment.end += c.len_utf8();
    }
    unstable.settle(text, segment, &mut draft);
    draft.finish_if_changed()
}

/// The end of the segment of `text` that holds byte `at`, if that segment is composed; `None` if it is not.
pub(crate) fn composed_until(text: &str, at: usize) -> Option<usize> {
    let (before, after) = text.split_at_checked(at)?;
    let is_stable = |c: char| stability_of(c) == Stability::Stable;
    let start = before.char_indices().rev().find(|&(_, c)| is_stable(c)).map_or(0, |(start, _)| start);
    // The character at `at` is unstable itself.
    let end = after.find(is_stable).map_or(text.len(), |len| at + len);
    let segment = text.get(start..end)?;
    (is_nfc(segment) && seat_hamza(segment).is_none()).then_some(end)
}

/// The marks of one segment.
#[derive(Clone, Copy, Default)]
struct Unstable {
    marks: usize,
    composing: bool,
}

impl Unstable {
    fn add(&mut self, stability: Stability) {
        self.marks += 1;
        self.composing |= stability == Stability::Composes;
    }

    /// Composes their segment, unless it cannot be otherwise: one plain mark is always in place.
    fn settle(self, text: &str, segment: Range<usize>, draft: &mut Draft<'_>) {
        if self.composing || self.marks > 1 {
            compose_segment(text, segment, draft);
        }
    }
}

fn compose_segment(text: &str, range: Range<usize>, draft: &mut Draft<'_>) {
    let Some(segment) = text.get(range.clone()) else { return };
    let composed = (!is_nfc(segment)).then(|| segment.nfc().collect::<String>());
    let seated = seat_hamza(composed.as_deref().unwrap_or(segment));
    let rule = if seated.is_some() { AH1 } else { AH0 };
    let Some(new) = seated.or(composed) else { return };
    // Only what changed is an edit.
    let old_chars: Vec<_> = segment.char_indices().collect();
    let new_chars: Vec<_> = new.char_indices().collect();
    let same = |(one, two): (&(usize, char), &(usize, char))| one.1 == two.1;
    let prefix = old_chars.iter().zip(&new_chars).take_while(|&pair| same(pair)).count();
    let most = old_chars.len().min(new_chars.len()) - prefix;
    let suffix = old_chars.iter().rev().zip(new_chars.iter().rev()).take(most).take_while(|&pair| same(pair)).count();
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

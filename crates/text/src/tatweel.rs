//! Tatweel: ornament inside a word, orthography after a proclitic and in the Hijri year (TW1 to TW4).

use memchr::memmem;

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
    letter::{self, TATWEEL},
};

const TW1: Rule = Rule("TW1");
const TW2: Rule = Rule("TW2");
const TW3: Rule = Rule("TW3");

/// Deletes tatweel between two letters (العـــراق), and leaves one of a run that ends a word: after a proclitic before
/// a quote, digit or Latin word (بـ«القدس»), and in the Hijri year (1446هـ). A run without a letter before it is a dash
/// or a bullet and stays. `None` if all is well.
pub(crate) fn drop_tatweel(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    let mut done = 0;
    for start in memmem::find_iter(text.as_bytes(), "ـ") {
        if start < done {
            continue;
        }
        let (Some(before), Some(rest)) = (text.get(..start), text.get(start..)) else { continue };
        // The run, and the marks that sit on it.
        let after = rest.trim_start_matches(|c| c == TATWEEL || letter::is_mark(c));
        done = text.len() - after.len();
        let word = before.trim_end_matches(letter::is_mark);
        let Some(last) = word.chars().next_back().filter(|&c| letter::is_letter(c)) else { continue };
        let joins = after.chars().next().is_some_and(letter::is_letter);
        let (keep, rule) = match (is_hijri(word, last), joins) {
            (true, _) => (1, TW3),
            (false, true) => (0, TW1),
            (false, false) => (1, TW2),
        };
        let run = text.get(start..done).unwrap_or_default();
        for (at, _) in run.match_indices(TATWEEL).skip(keep) {
            draft.delete(start + at..start + at + TATWEEL.len_utf8(), rule);
        }
    }
    draft.finish_if_changed()
}

/// True if `word` ends in the heh that stands for the Hijri era, right after a number.
fn is_hijri(word: &str, last: char) -> bool {
    let number = word.strip_suffix('ه').filter(|_| last == 'ه').unwrap_or_default();
    number.strip_suffix(' ').unwrap_or(number).ends_with(letter::is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> String {
        drop_tatweel(text).map_or(text.to_owned(), |aligned| aligned.text)
    }

    #[test]
    fn ornament_goes_and_orthography_stays() {
        for (typed, clean) in [
            ("العـــربية الســـعودية", "العربية السعودية"),
            ("مـَـــدرسة هـٰذا", "مَدرسة هٰذا"),
            ("بــ\"القاعدة\" لـــ«الصباح»", "بـ\"القاعدة\" لـ«الصباح»"),
            ("الــ7 والـBBC", "الـ7 والـBBC"),
            ("1446هـــ و1990 هــ", "1446هـ و1990 هـ"),
            ("1446هـالموافق", "1446هـالموافق"),
        ] {
            assert_eq!(after(typed), clean);
            assert_eq!(drop_tatweel(clean), None);
        }
        for text in ["ـــ خبر ـ آخر", "ـها", "1446هـ.", "ـ", "(ـــ)"] {
            assert_eq!(after(text), text);
        }
    }
}

//! ZN7, ZWNJ restoration: where Persian spelling wants a zero-width non-joiner that was dropped or typed as a space.
//!
//! Lexicon and rules, no statistics: verbs with می, endings of nouns and participles, listed compounds. A suggestion has
//! the share of right ones among its kind as confidence, measured on sentences that the lists were not made from.

use std::ops::Range;

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
};
use lexicon::{Lexicon, ZWNJ_STR};

mod lexicon;

/// A ZWNJ behind the prefix of a verb: می‌شود.
const PREFIX: Rule = Rule("ZN7.verb");
/// Before an ending: کتاب‌ها, رفته‌اند, بزرگ‌ترین.
const ENDING: Rule = Rule("ZN7.ending");
/// Inside a listed compound: تصمیم‌گیری.
const COMPOUND: Rule = Rule("ZN7.compound");

/// A place where a ZWNJ belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct ZwnjSuggestion {
    /// Bytes that the ZWNJ stands for: a space, or none between two letters.
    pub range: Range<usize>,
    /// Which kind of place it is.
    pub rule: Rule,
    /// 0 to 1: how often a suggestion of its kind is right.
    pub confidence: f32,
}

/// Where Persian `text` lacks a ZWNJ, in text order. Words that outlets write in two ways (آن‌ها, به‌ویژه) are left alone.
/// Linear time; a word that has a ZWNJ already is not looked into.
///
/// ```
/// let found = khabar_text::suggest_zwnj("هفتههای گذشته می شود");
/// let places: Vec<_> = found.iter().map(|found| (found.range.clone(), found.rule.0)).collect();
/// assert_eq!(places, [(8..8, "ZN7.ending"), (30..31, "ZN7.verb")]);
/// ```
#[must_use]
pub fn suggest_zwnj(text: &str) -> Vec<ZwnjSuggestion> {
    let words = words_of(text);
    let lexicon = Lexicon::embedded();
    let mut found = joins(text, &words, lexicon);
    for word in &words {
        if let Some(split) = lexicon.split(&word.key) {
            found.extend(
                places(&word.key, &split)
                    .map(|(at, rule)| suggestion(word.range.start + at..word.range.start + at, rule)),
            );
        }
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// `text` with every suggested ZWNJ, or `None` where there is none to suggest. Reversible, as all of tier T1.
#[must_use]
pub fn restore_zwnj(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    for suggestion in suggest_zwnj(text) {
        draft.replace(suggestion.range, ZWNJ_STR, suggestion.rule);
    }
    draft.finish_if_changed()
}

/// A word of Arabic letters and its key: kaf and yeh as Persian writes them, letter for letter.
struct Word {
    range: Range<usize>,
    key: String,
}

fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if !(crate::letter::is_letter(c) || c == '\u{200c}' || crate::letter::is_mark(c)) {
            open = false;
            continue;
        }
        let c = match c {
            '\u{64a}' | '\u{649}' => '\u{6cc}',
            '\u{643}' => '\u{6a9}',
            c => c,
        };
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.range.end = end;
                word.key.push(c);
            }
            None => words.push(Word { range: at..end, key: c.to_string() }),
        }
        open = true;
    }
    words
}

/// Words of one compound at most.
const MAX_PARTS: usize = 4;

/// Spaces between words that should be a ZWNJ.
fn joins(text: &str, words: &[Word], lexicon: &Lexicon) -> Vec<ZwnjSuggestion> {
    let spaced = |left: &Word, right: &Word| text.get(left.range.end..right.range.start) == Some(" ");
    let mut joined: Vec<Option<Rule>> = vec![None; words.len()];
    let mut at = 0;
    while at < words.len() {
        let run = words.get(at..).unwrap_or_default();
        let reach = 1 + run.windows(2).take(MAX_PARTS - 1).take_while(|pair| spaced(&pair[0], &pair[1])).count();
        let longest = (2..=reach).rev().find(|parts| {
            let parts: Vec<&str> = run.iter().take(*parts).map(|word| word.key.as_str()).collect();
            lexicon.is_compound(&parts.join(ZWNJ_STR))
        });
        if let Some(parts) = longest {
            joined.iter_mut().skip(at).take(parts - 1).for_each(|rule| *rule = Some(COMPOUND));
        }
        at += longest.map_or(1, |parts| parts - 1);
    }
    let mut left = String::new();
    for nth in 0..words.len() {
        let (Some(word), Some(next)) = (words.get(nth), words.get(nth + 1)) else { break };
        if nth == 0 || joined.get(nth - 1).copied().flatten().is_none() {
            left.clear();
        }
        left.push_str(&word.key);
        if joined[nth].is_none() && spaced(word, next) {
            joined[nth] = lexicon.joins(&left, &next.key);
        }
        left.push_str(ZWNJ_STR);
    }
    let place = |(nth, rule): (usize, &Option<Rule>)| {
        let (word, next) = (words.get(nth)?, words.get(nth + 1)?);
        Some(suggestion(word.range.end..next.range.start, (*rule)?))
    };
    joined.iter().enumerate().filter_map(place).collect()
}

/// Where a split word has its ZWNJs, in bytes of the word without them, and what each is.
fn places(key: &str, split: &str) -> impl Iterator<Item = (usize, Rule)> {
    let mut at = 0;
    let parts: Vec<&str> = split.split(ZWNJ_STR).collect();
    let verb = Lexicon::is_prefix(parts.first().copied().unwrap_or_default());
    let whole = key.len();
    let mut found = Vec::new();
    for (nth, pair) in parts.windows(2).enumerate() {
        at += pair[0].len();
        let rule = match () {
            () if verb && nth == 0 => PREFIX,
            () if Lexicon::is_ending(pair[1]) => ENDING,
            () => COMPOUND,
        };
        if at < whole {
            found.push((at, rule));
        }
    }
    found.into_iter()
}

/// Shares of right suggestions on bench/zwnj, see `cargo xtask score zwnj`.
fn suggestion(range: Range<usize>, rule: Rule) -> ZwnjSuggestion {
    let confidence = match rule {
        PREFIX => 0.99,
        ENDING => 0.97,
        _ => 0.86,
    };
    ZwnjSuggestion { range, rule, confidence }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(text: &str) -> String {
        restore_zwnj(text).map_or(text.to_owned(), |aligned| aligned.text)
    }

    #[test]
    fn words_of_the_first_seed_come_back() {
        for word in ["رئیس‌جمهور", "بین‌المللی", "می‌تواند", "گزارش‌های", "هفته‌های", "خبرگزاری‌ها", "تصمیم‌گیری‌های"]
        {
            assert_eq!(restored(&word.replace(ZWNJ_STR, "")), word);
            assert_eq!(restored(&word.replace(ZWNJ_STR, " ")), word);
        }
    }

    #[test]
    fn words_that_are_whole_stay_whole() {
        for text in [
            "تنها دختر استاد درمان را بهتر می‌داند",
            "میهن و میدان و میوه و نمایش",
            "اطلاعات سازمان برای همه کشورها",
            "آنها گفتند که این ها را دیدند",
            "همکار و همراه و پیشنهاد و پیشرفت",
        ] {
            assert_eq!(restored(text), text);
        }
    }

    #[test]
    fn keyboards_do_not_matter_and_letters_stay() {
        assert_eq!(restored("هفتههاي گذشته مي شود"), "هفته‌هاي گذشته مي‌شود");
        let text = "گفته اند که نمی توانند";
        let aligned = restore_zwnj(text).unwrap();
        assert_eq!(aligned.text, "گفته‌اند که نمی‌توانند");
        assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()), Some(text.as_bytes().to_vec()));
        assert_eq!(restore_zwnj(&aligned.text), None);
    }

    #[test]
    fn the_lists_are_in_order() {
        assert_eq!(lexicon::faults(), Vec::<String>::new());
    }
}

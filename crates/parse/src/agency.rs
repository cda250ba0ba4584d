//! News agencies by any of their spellings, from data/cues/agencies.tsv.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/agencies.tsv"));

/// The name in the table for agencies that a text does not name: "وكالات", "Agencies".
pub(crate) const UNNAMED: &str = "Agencies";

/// The name of the agency that `text` as a whole spells, if it is one.
pub(crate) fn name_of(text: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        rows.flat_map(|(name, spellings)| spellings.split('|').map(move |spelling| (key(spelling), name))).collect()
    });
    // Longer ones are looked up by nobody but those who ask of every line.
    if text.split_whitespace().nth(MAX_WORDS).is_some() {
        return None;
    }
    NAMES.get(&key(text)).copied()
}

/// True unless no word of a fold key can begin an agency's name: of most lines nothing more is asked.
pub(crate) fn may_name(line_key: &str) -> bool {
    static FIRST: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let spellings = lines.flat_map(|line| line.split(['\t', '|']).skip(1));
        let first = |spelling: &str| words(&khabar_text::fold(spelling)).next().map(str::to_owned);
        spellings.flat_map(|spelling| [first(spelling), Some(key(spelling))]).flatten().collect()
    });
    words(line_key).any(|word| FIRST.contains(word))
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(|char| !khabar_text::is_alphanumeric(char)).filter(|word| !word.is_empty())
}

/// Words of the longest spelling, and of initials with spaces and stops between them.
const MAX_WORDS: usize = 6;

/// Agencies in a list such as "رويترز، أ ف ب".
pub(crate) fn names_in(list: &str) -> Vec<&'static str> {
    let parts = list.split(['،', ',', '/', '+', '|', '؛', ';', '-', '–']);
    parts
        .filter_map(|part| name_of(part.trim_matches(|char: char| char.is_whitespace() || "()[]*«»\"".contains(char))))
        .collect()
}

/// True if a line names agencies and nothing else but, at most, the place and the outlet beside them: "رويترز",
/// "الرياض - واس", "فرانس24/ أ ف ب".
pub(crate) fn is_byline(line: &str) -> bool {
    let bare = line.trim_matches(|char: char| char.is_whitespace() || "()[]*-–—".contains(char));
    // The stop behind an abbreviation ends no sentence. A label or a sign before the agency makes it a picture's credit.
    let barred = crate::line::stops(bare) || bare.contains([':', '©']);
    if bare.starts_with('©') || barred && name_of(bare).is_none() {
        return false;
    }
    let parts = bare.split(['،', ',', '/', '+', '|', '؛', ';', '-', '–', '—', '(', ')', '&']);
    let parts = parts.flat_map(|part| part.split(" و ")).map(str::trim);
    // A place stands before a dash; before a bar or a comma two words are a photographer.
    let words = if bare.contains(['-', '–', '—']) { 2 } else { 1 };
    let (mut agencies, mut others) = (0, 0);
    for part in parts.filter(|part| part.chars().any(khabar_text::is_alphanumeric)) {
        if name_of(part).is_some() {
            agencies += 1;
        } else if others < 2 && part.split_whitespace().nth(words).is_none() {
            others += 1;
        } else {
            return false;
        }
    }
    agencies > 0
}

fn key(spelling: &str) -> String {
    khabar_text::fold(spelling).chars().filter(|char| khabar_text::is_alphanumeric(*char)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for text in ["أ ف ب", "ا.ف.ب", "فرانس برس", "AFP", "اے ایف پی"] {
            assert_eq!(name_of(text), Some("AFP"), "{text}");
        }
        assert_eq!(name_of("وقالت"), None);
        let spellings =
            || TABLE.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(['\t', '|']).skip(1));
        for spelling in spellings() {
            assert!(name_of(spelling).is_some(), "{spelling}");
            assert!(may_name(&khabar_text::fold(spelling)), "{spelling}");
        }
        assert_eq!(names_in("رويترز، د.ب.أ"), ["Reuters", "dpa"]);
    }

    #[test]
    fn bylines_of_agencies() {
        for line in ["رويترز", "(وكالات)", "الرياض - واس", "فرانس24/ أ ف ب", "د.ب.أ.", "AFP, Reuters"]
        {
            assert!(is_byline(line), "{line}");
        }
        for line in
            ["قالت رويترز", "رويترز تعلن نتائجها", "الوزير يصل إلى موسكو اليوم، رويترز", "Noah Berger / AP", "© AFP"]
        {
            assert!(!is_byline(line), "{line}");
        }
    }
}

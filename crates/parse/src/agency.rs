//! News agencies by any of their spellings, from data/cues/agencies.tsv.

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/agencies.tsv"));

/// The name of the agency that `text` as a whole spells, if it is one.
pub(crate) fn name_of(text: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        rows.flat_map(|(name, spellings)| spellings.split('|').map(move |spelling| (key(spelling), name))).collect()
    });
    NAMES.get(&key(text)).copied()
}

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
    if name_of(bare).is_none() && (crate::line::stops(bare) || bare.contains([':', '©'])) || bare.starts_with('©') {
        return false;
    }
    let parts = || {
        let parts = bare.split(['،', ',', '/', '+', '|', '؛', ';', '-', '–', '—', '(', ')', '&']);
        parts.flat_map(|part| part.split(" و ")).map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric))
    };
    let agencies = parts().filter(|part| name_of(part).is_some()).count();
    let others: Vec<&str> = parts().filter(|part| name_of(part).is_none()).collect();
    // A place stands before a dash; before a bar or a comma two words are a photographer.
    let words = if bare.contains(['-', '–', '—']) { 2 } else { 1 };
    agencies > 0 && others.len() <= 2 && others.iter().all(|part| part.split_whitespace().count() <= words)
}

fn key(spelling: &str) -> String {
    khabar_text::fold(spelling).chars().filter(|char| char.is_alphanumeric()).collect()
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

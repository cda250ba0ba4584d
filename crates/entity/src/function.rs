//! Words that no name begins or ends with, by language: data/function-words.tsv. As they are written, since على is no علي.

use std::collections::HashSet;
use std::sync::LazyLock;

/// By code of the language.
#[derive(Debug, Default)]
struct Words {
    start: HashSet<(&'static str, &'static str)>,
    end: HashSet<(&'static str, &'static str)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| read(include_str!("../data/function-words.tsv")));

/// The rows `lang where words`, behind comments and a header.
fn read(table: &'static str) -> Words {
    let mut found = Words::default();
    for row in table.lines().filter(|row| !row.starts_with('#')).skip(1) {
        let mut columns = row.split('\t');
        let (Some(code), Some(place), Some(words)) = (columns.next(), columns.next(), columns.next()) else { continue };
        for word in words.split(' ') {
            if place != "end" {
                found.start.insert((code, word));
            }
            if place != "start" {
                found.end.insert((code, word));
            }
        }
    }
    found
}

/// True if no name of the language begins with this word.
pub(crate) fn opens_no_name(code: &str, word: &str) -> bool {
    WORDS.start.contains(&(code, word))
}

/// True if no name of the language ends with this word.
pub(crate) fn closes_no_name(code: &str, word: &str) -> bool {
    WORDS.end.contains(&(code, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_of_a_language_with_a_tagger() {
        assert!(WORDS.start.len() > 50 && WORDS.end.len() > 50);
        assert!(WORDS.end.iter().chain(&WORDS.start).all(|(code, _)| ["ar", "fa", "ur", "en"].contains(code)));
        assert!(closes_no_name("ar", "على") && !closes_no_name("ar", "علي") && !opens_no_name("fa", "على"));
    }
}

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
    fn a_row_says_where_its_words_do_not_stand() {
        let words = read("# a comment\nlang\twhere\twords\nar\tboth\tفي من\nar\tstart\tبه\nfa\tend\tبر\n");
        assert_eq!(words.start, HashSet::from([("ar", "في"), ("ar", "من"), ("ar", "به")]));
        assert_eq!(words.end, HashSet::from([("ar", "في"), ("ar", "من"), ("fa", "بر")]));
    }

    #[test]
    fn every_row_is_of_a_language_with_a_tagger_and_of_a_place() {
        let table = include_str!("../data/function-words.tsv");
        for row in table.lines().filter(|row| !row.starts_with('#')).skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [code, place, words] = columns.as_slice() else { panic!("{row}") };
            assert!(["ar", "fa", "ur", "en"].contains(code) && ["both", "start", "end"].contains(place), "{row}");
            assert!(words.split(' ').all(|word| !word.is_empty()), "{row}");
        }
        assert!(closes_no_name("ar", "على") && !closes_no_name("ar", "علي") && !opens_no_name("fa", "على"));
    }
}

//! The lexicon of news terms in many languages: words that mean the same concept meet.

use std::{
    collections::{HashMap, HashSet},
    hash::BuildHasherDefault,
    sync::LazyLock,
};

use super::words::{Piece, pieces, readings, stem};
use crate::postings::KeyHasher;

/// The lexicon of news terms that comes with khabar, as text.
pub const CONCEPT_LIST: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/stories/concepts.tsv"));

/// The lexicon, read once.
pub(super) static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| Concepts::read(CONCEPT_LIST));

/// The English label of the concept that a word of a language means, if the lexicon has it: `seat` for «مقعدا».
pub fn concept(word: &str, language: &str) -> Option<&'static str> {
    let lexicon = CONCEPTS.language(language)?;
    let mut found = None;
    pieces(word, |piece| {
        if let Piece::Word { word, .. } = piece {
            found = found.or_else(|| lexicon.word(word, language));
        }
    });
    found.map(|concept| CONCEPTS.label(concept))
}

/// Words by language, each with the concepts that it may mean.
pub(super) struct Concepts {
    /// English labels, by concept.
    labels: Vec<&'static str>,
    languages: Vec<(&'static str, Lexicon)>,
}

/// The words of one language.
#[derive(Default)]
pub(super) struct Lexicon {
    /// By word, by stem, and two words by their stems with a space between.
    words: HashMap<Box<str>, u16, BuildHasherDefault<KeyHasher>>,
    /// The stems that begin the pairs: most words begin none.
    firsts: HashSet<Box<str>, BuildHasherDefault<KeyHasher>>,
    /// Most characters of a word in a script without spaces; 0 elsewhere.
    longest: usize,
}

impl Concepts {
    /// Reads the list: tab-separated, a header with language codes, one concept a line, words separated by `|`, a line
    /// that starts with `#` is a comment. Of two concepts with one word the first keeps it.
    fn read(list: &'static str) -> Self {
        let mut lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let codes: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let mut concepts =
            Self { labels: Vec::new(), languages: codes.into_iter().map(|code| (code, Lexicon::default())).collect() };
        for line in lines {
            let Ok(concept) = u16::try_from(concepts.labels.len()) else { break };
            concepts.labels.push(line.split(['\t', '|']).next().unwrap_or_default());
            for (words, (code, lexicon)) in line.split('\t').zip(&mut concepts.languages) {
                words.split('|').filter(|word| !word.is_empty()).for_each(|word| lexicon.add(word, code, concept));
            }
        }
        concepts
    }

    /// The words of a language.
    pub(super) fn language(&self, code: &str) -> Option<&Lexicon> {
        let code = if code == "prs" { "fa" } else { code };
        self.languages.iter().find(|(known, _)| *known == code).map(|(_, lexicon)| lexicon)
    }

    /// The English label of a concept.
    pub(super) fn label(&self, concept: u16) -> &'static str {
        self.labels.get(usize::from(concept)).copied().unwrap_or_default()
    }

    /// Number of concepts.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.labels.len()
    }
}

impl Lexicon {
    fn add(&mut self, term: &str, code: &str, concept: u16) {
        let mut parts: Vec<String> = Vec::new();
        pieces(term, |piece| match piece {
            Piece::Word { word, .. } => parts.push(word.to_owned()),
            Piece::Run(run) => {
                self.longest = self.longest.max(run.chars().count());
                parts.push(run.to_owned());
            }
            Piece::Number(_) => {}
        });
        match parts.as_slice() {
            [word] => {
                self.insert(word, concept);
                let stem = stem(word, code);
                if stem.chars().nth(3).is_some() {
                    self.insert(stem, concept);
                }
            }
            [first, second] => {
                self.firsts.insert(stem(first, code).into());
                self.insert(&pair(first, second, code), concept);
            }
            _ => {}
        }
    }

    fn insert(&mut self, word: &str, concept: u16) {
        self.words.entry(word.into()).or_insert(concept);
    }

    /// The concept of a word in a text: by its letters, its stem, a longer word that it begins with, or without its
    /// proclitics.
    pub(super) fn word(&self, word: &str, language: &str) -> Option<u16> {
        if let Some(&concept) = self.words.get(word).or_else(|| self.words.get(stem(word, language))) {
            return Some(concept);
        }
        let mut found = None;
        readings(word, language, |reading| {
            let concept = self.words.get(reading).or_else(|| self.words.get(stem(reading, language)));
            found = found.or(concept.copied());
        });
        found.or_else(|| self.beginning(word))
    }

    /// The concept of two words in a row.
    pub(super) fn pair(&self, first: &str, second: &str, language: &str) -> Option<u16> {
        if !self.firsts.contains(stem(first, language)) {
            return None;
        }
        self.words.get(pair(first, second, language).as_str()).copied()
    }

    /// Inflected languages hang endings on a word: a known word of five letters and more may go on for four.
    fn beginning(&self, word: &str) -> Option<u16> {
        if matches!(word.chars().next()?, '\u{600}'..='\u{6ff}') {
            return None;
        }
        let letters = word.chars().count();
        let shortest = letters.saturating_sub(4).max(5);
        let ends = word.char_indices().rev().take(letters.saturating_sub(shortest));
        ends.filter_map(|(end, _)| self.words.get(word.get(..end)?)).next().copied()
    }

    /// Calls `each` for the concepts of a run without spaces: the longest word at each place.
    pub(super) fn run(&self, run: &str, mut each: impl FnMut(u16)) {
        let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let mut at = 0;
        while at + 1 < ends.len() {
            let longest = (at + self.longest).min(ends.len() - 1);
            let found = (at + 1..=longest).rev().find_map(|end| {
                let word = run.get(*ends.get(at)?..*ends.get(end)?)?;
                Some((end, *self.words.get(word)?))
            });
            match found {
                Some((end, concept)) => {
                    each(concept);
                    at = end;
                }
                None => at += 1,
            }
        }
    }
}

fn pair(first: &str, second: &str, language: &str) -> String {
    format!("{} {}", stem(first, language), stem(second, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_text::fold;

    fn label(word: &str, language: &str) -> Option<&'static str> {
        CONCEPTS.language(language)?.word(&fold(word), language).map(|concept| CONCEPTS.label(concept))
    }

    #[test]
    fn words_of_one_concept_meet() {
        assert!(CONCEPTS.len() > 500);
        for (word, language) in [
            ("earthquakes", "en"),
            ("والزلزال", "ar"),
            ("زلزله", "fa"),
            ("زلزلے", "ur"),
            ("землетрясения", "ru"),
            ("Erdbeben", "de"),
            ("depremde", "tr"),
        ] {
            assert_eq!(label(word, language), Some("earthquake"), "{word}");
        }
    }

    #[test]
    fn two_words_are_one_concept() {
        let arabic = CONCEPTS.language("ar").unwrap();
        let english = CONCEPTS.language("en").unwrap();
        let concept = arabic.pair("رئيس", "الوزراء", "ar");
        assert!(concept.is_some());
        assert_eq!(concept, english.pair("prime", "minister", "en"));
    }
}

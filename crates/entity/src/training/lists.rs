//! The lists of names that go into the model, from open gazetteers.

use std::collections::BTreeMap;

use khabar_text::fold;

use crate::tagger::feature::{START, roll, settle};
use crate::tagger::names::{Names, list};
use crate::tagger::token::{Kind, tokens};

/// Which letters a set of names is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Arabic letters, of all languages that are written in them.
    Arabic,
    /// Latin letters.
    Latin,
}

/// Names under way into a model.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Folded names, their words apart, and the lists that they are on.
    names: BTreeMap<String, u8>,
}

impl Lists {
    /// Adds a table of id, type, language and name.
    pub fn add(&mut self, file: &str, table: &str, letters: Letters) {
        let bit = match file {
            "person_name_parts" => list::PERSON,
            "cities" | "tz_cities" => list::CITY,
            "subdivisions" => list::REGION,
            "orgs" => list::BODY,
            _ => return,
        };
        for row in table.lines().skip(1) {
            let mut columns = row.split('\t').skip(2);
            let (Some(language), Some(name)) = (columns.next(), columns.next()) else { continue };
            let wanted = match letters {
                Letters::Arabic => name.chars().any(|letter| ('\u{620}'..='\u{6d3}').contains(&letter)),
                Letters::Latin => language == "en" || language == "latn",
            };
            let name = fold(name);
            let words = name.split(' ').count();
            // Single letters and initials are everywhere.
            if wanted && words <= 4 && name.chars().count() >= 3 && (bit != list::PERSON || words == 1) {
                *self.names.entry(name).or_insert(0) |= bit;
            }
        }
    }

    /// Adds words of a language by how common they are: `frequent` ones, and texts.
    pub fn add_words<'t>(
        &mut self,
        frequent: impl IntoIterator<Item = &'t str>,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        for word in frequent {
            self.change(&fold(word), |lists| lists | list::COMMON);
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts {
            for token in tokens(text) {
                if token.kind == Kind::Word {
                    *counts.entry(fold(text.get(token.start..token.end).unwrap_or_default())).or_default() += 1;
                }
            }
        }
        for (word, count) in counts {
            if count >= 2 {
                self.change(&word, |lists| lists | list::SEEN);
            }
        }
    }

    /// Adds or removes bits of a word.
    pub(crate) fn change(&mut self, word: &str, change: impl FnOnce(u8) -> u8) {
        let lists = change(self.names.get(word).copied().unwrap_or(0));
        if lists == 0 {
            self.names.remove(word);
        } else {
            self.names.insert(word.to_owned(), lists);
        }
    }

    /// The lists that a word is on.
    pub(crate) fn get(&self, word: &str) -> u8 {
        self.names.get(word).copied().unwrap_or(0)
    }

    /// The set of their hashes.
    pub(crate) fn names(&self) -> Names {
        let mut keys = BTreeMap::new();
        for (name, &lists) in &self.names {
            let letters: Vec<char> = name.chars().filter(|letter| *letter != ' ').collect();
            *keys.entry(settle(roll(START, &letters))).or_insert(0) |= lists;
        }
        Names::new(keys.keys().copied().collect(), keys.values().copied().collect())
    }
}

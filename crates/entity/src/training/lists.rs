//! The lists of names that go into the model, from open gazetteers.

use std::collections::BTreeMap;

use khabar_text::fold;

use crate::tagger::feature::{Habit, START, roll, settle, stem};
use crate::tagger::names::{LONGEST, Names, class, list};
use crate::tagger::token::{Kind, tokens};

/// Names of bodies in which a word stands before it is one that such names have: with one or three the tagger is no better.
const INNER_LEAST: usize = 2;

/// A folded word without what may be glued to it.
fn stemmed(word: &str, code: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    stem(&letters, Habit::of(code)).iter().collect()
}

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
    names: BTreeMap<String, u16>,
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
            if wanted && words <= LONGEST && name.chars().count() >= 3 && (bit != list::PERSON || words == 1) {
                *self.names.entry(name).or_insert(0) |= bit;
            }
        }
    }

    /// Adds a table of the project: person, city, region or body, and a name. Words that stand in several bodies' names,
    /// behind the first («للأسمدة»), are kept as such.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn add_own(&mut self, table: &str, code: &str) -> Result<(), String> {
        let mut inner: BTreeMap<String, usize> = BTreeMap::new();
        for row in table.lines() {
            let (kind, name) = row.split_once('\t').ok_or_else(|| format!("{row}: no kind and name"))?;
            let bit = match kind {
                "person" => list::PERSON,
                "city" => list::CITY,
                "region" => list::REGION,
                "body" => list::BODY,
                _ => return Err(format!("{row}: no such kind")),
            };
            let name = fold(name);
            if bit == list::BODY {
                for word in name.split(' ').skip(1).filter(|word| word.chars().count() >= 3) {
                    *inner.entry(stemmed(word, code)).or_default() += 1;
                }
            }
            if name.split(' ').count() <= LONGEST && name.chars().count() >= 3 {
                *self.names.entry(name).or_insert(0) |= bit;
            }
        }
        for (word, _) in inner.iter().filter(|(_, count)| **count >= INNER_LEAST) {
            self.change(word, |lists| lists | list::INNER);
        }
        Ok(())
    }

    /// Adds a table of classes and words, which stand without what may be glued to them.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn add_classes(&mut self, table: &str, code: &str) -> Result<(), String> {
        // The first lines are of the commonest words.
        for row in table.lines().rev() {
            let (class, word) = row.split_once('\t').ok_or_else(|| format!("{row}: no class and word"))?;
            let class =
                class::NAMES.iter().position(|known| *known == class).ok_or_else(|| format!("{row}: no such class"))?;
            let folded = fold(word);
            let stem = stemmed(&folded, code);
            let class = (class as u16 + 1) << list::CLASS;
            for word in [folded, stem] {
                self.change(&word, |lists| lists & (list::LISTS | list::INNER) | class);
            }
        }
        Ok(())
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
    pub(crate) fn change(&mut self, word: &str, change: impl FnOnce(u16) -> u16) {
        let lists = change(self.names.get(word).copied().unwrap_or(0));
        if lists == 0 {
            self.names.remove(word);
        } else {
            self.names.insert(word.to_owned(), lists);
        }
    }

    /// The lists that a word is on.
    pub(crate) fn get(&self, word: &str) -> u16 {
        self.names.get(word).copied().unwrap_or(0)
    }

    /// The set of their hashes.
    pub(crate) fn names(&self) -> Names {
        let mut keys = BTreeMap::new();
        for (name, &lists) in &self.names {
            let letters: Vec<char> = name.chars().filter(|letter| *letter != ' ').collect();
            let known: &mut u16 = keys.entry(settle(roll(START, &letters))).or_insert(0);
            // Of two words with one key the first has its class.
            let class = if *known >> list::CLASS == 0 { lists & !list::LISTS } else { 0 };
            *known |= lists & list::LISTS | class;
        }
        Names::new(keys.keys().copied().collect(), keys.values().copied().collect())
    }
}

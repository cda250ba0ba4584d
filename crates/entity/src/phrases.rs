//! Phrases of lists that are edited by hand, by the fold keys of their words: what quantities and quotes are read with.

use khabar_text::{WordFilter, fold};
use rustc_hash::FxHashMap;

/// A language that has such lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tongue {
    Arabic,
    Persian,
    Urdu,
    English,
}

impl Tongue {
    /// That of a language code.
    pub(crate) fn of(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Arabic),
            "fa" | "prs" => Some(Self::Persian),
            "ur" => Some(Self::Urdu),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The code of the language.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Persian => "fa",
            Self::Urdu => "ur",
            Self::English => "en",
        }
    }
}

/// The id of a word that no phrase has.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// Words as numbers, and the phrases that begin with each.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    ids: FxHashMap<Box<str>, u32>,
    /// The words of the ids: most words of a text are turned away by it.
    known: WordFilter,
    phrases: Vec<Vec<Entry<T>>>,
}

/// A phrase by its words behind the first.
#[derive(Debug)]
pub(crate) struct Entry<T> {
    rest: Box<[u32]>,
    pub(crate) tongue: Tongue,
    pub(crate) meaning: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { ids: FxHashMap::default(), known: WordFilter::default(), phrases: Vec::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase, unless `merge` puts its meaning into that of the same words in the same language and says so.
    pub(crate) fn add(&mut self, form: &str, tongue: Tongue, meaning: T, merge: impl Fn(&mut T, &T) -> bool) {
        let key = fold(form);
        let ids: Vec<u32> = key.split_whitespace().map(|word| self.intern(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        let Some(entries) = self.phrases.get_mut(first as usize) else { return };
        let mut same = entries.iter_mut().filter(|entry| entry.tongue == tongue && *entry.rest == *rest);
        if !same.any(|entry| merge(&mut entry.meaning, &meaning)) {
            entries.push(Entry { rest: rest.into(), tongue, meaning });
        }
    }

    /// Puts the longest phrases of each word first, once all are there.
    pub(crate) fn longest_first(mut self) -> Self {
        for entries in &mut self.phrases {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        self
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.phrases.len() as u32;
        self.ids.insert(word.into(), id);
        self.known.insert(word);
        self.phrases.push(Vec::new());
        id
    }

    /// The id of a folded word.
    pub(crate) fn id(&self, folded: &str) -> u32 {
        if self.known.may_have(folded) { self.ids.get(folded).copied().unwrap_or(UNKNOWN) } else { UNKNOWN }
    }

    /// Words that have an id.
    pub(crate) fn len(&self) -> usize {
        self.phrases.len()
    }

    /// The phrases that begin with a word.
    pub(crate) fn of(&self, id: u32) -> &[Entry<T>] {
        self.phrases.get(id as usize).map_or(&[], Vec::as_slice)
    }
}

impl<T> Entry<T> {
    /// Words of the phrase if it goes on with these.
    pub(crate) fn matches(&self, behind: impl Iterator<Item = u32>) -> Option<usize> {
        let mut words = self.rest.iter();
        let same = words.by_ref().zip(behind).take_while(|(word, id)| **word == *id).count();
        (same == self.rest.len()).then_some(1 + same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_comes_first_and_meanings_merge() {
        let mut phrases: Phrases<u32> = Phrases::default();
        let merge = |known: &mut u32, new: &u32| {
            *known |= new;
            true
        };
        phrases.add("أكثر", Tongue::Arabic, 1, merge);
        phrases.add("أكثر من", Tongue::Arabic, 2, merge);
        phrases.add("اكثر", Tongue::Arabic, 4, merge);
        let phrases = phrases.longest_first();
        let entries = phrases.of(phrases.id("اكثر"));
        assert_eq!(entries.iter().map(|entry| entry.meaning).collect::<Vec<_>>(), [2, 5]);
        let behind = [phrases.id("من")];
        assert_eq!(entries[0].matches(behind.into_iter()), Some(2));
        assert_eq!(entries[0].matches(std::iter::empty()), None);
        assert!(phrases.of(UNKNOWN).is_empty());
    }
}

//! Names that no list has: a tagger of tokens for each language, over what the gazetteer found.

use std::panic::UnwindSafe;
use std::sync::LazyLock;

use crate::error::Error;
use crate::tagger::decode::Scores;
use crate::tagger::feature::{Atoms, Habit, atoms};
use crate::tagger::hit::{Known, hits};
use crate::tagger::kept::Pool;
use crate::tagger::memory::{Bonus, Judged, Memory};
use crate::tagger::model::{Language, Model, Parts};
use crate::tagger::names::Names;
use crate::tagger::token::{Folded, Token, sentences, tokens};

pub(crate) mod border;
pub(crate) mod decode;
pub(crate) mod feature;
pub(crate) mod hit;
pub(crate) mod kept;
pub(crate) mod label;
pub(crate) mod memory;
pub(crate) mod merge;
pub(crate) mod model;
pub(crate) mod names;
pub(crate) mod table;
pub(crate) mod template;
pub(crate) mod token;
pub(crate) mod trim;

/// A text as the tagger sees it.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) tokens: Vec<Token>,
    pub(crate) folded: Folded,
    pub(crate) atoms: Vec<Atoms>,
    /// Ranges of the tokens.
    pub(crate) sentences: Vec<(usize, usize)>,
}

impl Reading {
    /// Reads a text in which the gazetteer knows these names.
    pub(crate) fn new(text: &str, known: &[Known], names: &Names, habit: Habit) -> Self {
        let tokens = tokens(text);
        let folded = Folded::new(text, &tokens);
        let atoms = atoms(text, &tokens, &folded, &hits(&tokens, known), names, habit);
        let sentences = sentences(text, &tokens);
        Self { tokens, folded, atoms, sentences }
    }
}

/// A part of a model, which may be read when it is first asked for.
type Part<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send + UnwindSafe>>;

/// The models of all languages, read from one file.
#[derive(Debug, Default)]
pub(crate) struct Tagger {
    names: Vec<Part<Names>>,
    languages: Vec<(String, Part<Language>)>,
    /// For each language.
    kept: Vec<Pool>,
}

/// The model that comes with khabar.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/ner-1.bin"));

impl Tagger {
    /// The tagger that comes with khabar. Most runs need one of its languages: each is read when its first text comes.
    pub(crate) fn embedded() -> Self {
        const READ: &str = "the file of this build is read by its tests";
        let Parts { names, languages } = Parts::of(EMBEDDED).expect(READ);
        let names = names
            .into_iter()
            .map(|part| -> Part<Names> { Part::new(Box::new(move || Parts::read_names(part).expect(READ))) });
        let language =
            |part| -> Part<Language> { Part::new(Box::new(move || Parts::read_language(part).expect(READ))) };
        let languages = languages.into_iter().map(|(code, part)| (code.to_owned(), language(part)));
        Self::new(names.collect(), languages.collect())
    }

    fn new(names: Vec<Part<Names>>, languages: Vec<(String, Part<Language>)>) -> Self {
        let kept = languages.iter().map(|_| Pool::default()).collect();
        Self { names, languages, kept }
    }

    /// A tagger over the bytes of a model file.
    pub(crate) fn load(bytes: &[u8]) -> Result<Self, Error> {
        let Model { names, languages } = Model::read(bytes)?;
        let names = names.into_iter().map(|names| -> Part<Names> { Part::new(Box::new(move || names)) });
        let languages = languages.into_iter().map(|language| -> (String, Part<Language>) {
            (language.code.clone(), Part::new(Box::new(move || language)))
        });
        Ok(Self::new(names.collect(), languages.collect()))
    }

    /// What was learned of a language and the lists that it uses; `None` for languages without a model.
    pub(crate) fn language(&self, code: &str) -> Option<(&Language, &Names)> {
        let (_, language) = self.languages.iter().find(|(known, _)| known == code)?;
        Some((language, self.names.get(language.names)?))
    }

    /// The best labels of the tokens of a reading in this language, and their scores.
    pub(crate) fn label(&self, reading: &Reading, code: &str) -> Option<(Vec<u8>, Vec<Scores>)> {
        let place = self.languages.iter().position(|(known, _)| known == code)?;
        let (_, language) = self.languages.get(place)?;
        let mut labels = Vec::with_capacity(reading.tokens.len());
        let mut all = Vec::with_capacity(reading.tokens.len());
        self.kept.get(place)?.with(|kept| {
            for &(start, end) in &reading.sentences {
                let mut scores = language.scores(reading.atoms.get(start..end).unwrap_or_default(), kept);
                labels.extend(decode::best(&scores, &language.pairs));
                all.append(&mut scores);
            }
        })?;
        Some((labels, all))
    }
}

/// Judges again the sentences in which a remembered name stands that is not seen as it.
pub(crate) fn relabel(
    reading: &Reading,
    language: &Language,
    memory: &Memory,
    habit: Habit,
    labels: &mut [u8],
    scores: &mut [Scores],
) {
    if memory.is_empty() {
        return;
    }
    for &(start, end) in &reading.sentences {
        let (Some(scores), Some(labels)) = (scores.get_mut(start..end), labels.get_mut(start..end)) else { continue };
        let mut sentence = Judged { reading, start, labels, scores };
        if memory.add(&mut sentence, habit, Bonus::JUDGED, language.unit) {
            labels.copy_from_slice(&decode::best(scores, &language.pairs));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_part_is_what_the_file_says() {
        let whole = Tagger::load(EMBEDDED).unwrap();
        let parts = Tagger::embedded();
        assert_eq!(parts.languages.len(), whole.languages.len());
        for (code, _) in &whole.languages {
            assert_eq!(parts.language(code), whole.language(code));
        }
    }
}

//! Names that no list has: a tagger of tokens for each language, over what the gazetteer found.

use crate::error::Error;
use crate::tagger::decode::Scores;
use crate::tagger::feature::{Atoms, Habit, atoms};
use crate::tagger::hit::{Known, hits};
use crate::tagger::memory::{Bonus, Memory};
use crate::tagger::model::{Language, Model};
use crate::tagger::names::Names;
use crate::tagger::token::{Folded, Token, sentences, tokens};

pub(crate) mod border;
pub(crate) mod decode;
pub(crate) mod feature;
pub(crate) mod hit;
pub(crate) mod label;
pub(crate) mod memory;
pub(crate) mod merge;
pub(crate) mod model;
pub(crate) mod names;
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

/// The models of all languages, read from one file.
#[derive(Debug, Default)]
pub(crate) struct Tagger {
    model: Model,
}

/// The model that comes with khabar.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/ner-1.bin"));

impl Tagger {
    /// The tagger that comes with khabar.
    pub(crate) fn embedded() -> Self {
        Self::load(EMBEDDED).expect("the file of this build is read by its tests")
    }

    /// A tagger over the bytes of a model file.
    pub(crate) fn load(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self { model: Model::read(bytes)? })
    }

    /// What was learned of a language and the lists that it uses; `None` for languages without a model.
    pub(crate) fn language(&self, code: &str) -> Option<(&Language, &Names)> {
        let language = self.model.languages.iter().find(|language| language.code == code)?;
        Some((language, self.model.names.get(language.names)?))
    }
}

/// The best labels of the tokens of a reading, and their scores.
pub(crate) fn label(reading: &Reading, language: &Language) -> (Vec<u8>, Vec<Scores>) {
    let mut labels = Vec::with_capacity(reading.tokens.len());
    let mut all = Vec::with_capacity(reading.tokens.len());
    let mut scores = Vec::new();
    for &(start, end) in &reading.sentences {
        language.scores(reading.atoms.get(start..end).unwrap_or_default(), &mut scores);
        labels.extend(decode::best(&scores, &language.pairs));
        all.append(&mut scores);
    }
    (labels, all)
}

/// Judges again the sentences in which a remembered name stands.
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
        if memory.add(reading, start, scores, habit, Bonus::JUDGED, language.unit) {
            labels.copy_from_slice(&decode::best(scores, &language.pairs));
        }
    }
}

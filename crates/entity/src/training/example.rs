//! Sentences as the learner sees them: features and labels of tokens.

use std::collections::HashMap;

use crate::tagger::Reading;
use crate::tagger::label::{index_of, mark};
use crate::tagger::template::{FEATURES, features};
use crate::training::corpus::Sentence;

/// Features and labels of the tokens of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Example {
    /// Ids of features, token after token.
    pub(crate) features: Vec<u32>,
    /// Where the features of each token end.
    pub(crate) ends: Vec<u32>,
    pub(crate) labels: Vec<u8>,
}

impl Example {
    /// The features of a token.
    pub(crate) fn of(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.features[start..self.ends[token] as usize]
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.labels.len()
    }
}

/// The labels that a sentence's names give the tokens of its reading.
pub(crate) fn labels(sentence: &Sentence, reading: &Reading) -> Vec<u8> {
    let mut labels = vec![0; reading.tokens.len()];
    for name in &sentence.names {
        let start = reading.tokens.partition_point(|token| token.end <= name.start);
        let end = reading.tokens.partition_point(|token| token.start < name.end);
        if let (Some(kind), true) = (index_of(name.kind), start < end) {
            mark(&mut labels, start, end, kind);
        }
    }
    labels
}

/// Numbers for the features of a training set.
#[derive(Debug, Default)]
pub(crate) struct Alphabet {
    ids: HashMap<u32, u32>,
    /// By id: hash of the feature.
    pub(crate) features: Vec<u32>,
    /// By id: times that a feature was seen.
    pub(crate) counts: Vec<u32>,
}

impl Alphabet {
    /// Counts the features of a text.
    pub(crate) fn count(&mut self, reading: &Reading) {
        for &(start, end) in &reading.sentences {
            let atoms = reading.atoms.get(start..end).unwrap_or_default();
            for at in 0..atoms.len() {
                features(atoms, at, |feature| {
                    if feature == 0 {
                        return;
                    }
                    let next = self.features.len() as u32;
                    let id = *self.ids.entry(feature).or_insert(next);
                    if id == next {
                        self.features.push(feature);
                        self.counts.push(0);
                    }
                    self.counts[id as usize] += 1;
                });
            }
        }
    }

    /// Forgets features that were seen less often.
    pub(crate) fn cut(&mut self, least: u32) {
        let kept = self.features.iter().zip(&self.counts).filter(|(_, count)| **count >= least);
        (self.features, self.counts) = kept.map(|(feature, count)| (*feature, *count)).unzip();
        self.ids = self.features.iter().copied().zip(0..).collect();
    }

    /// The sentences of a text as examples.
    pub(crate) fn examples(&self, reading: &Reading, labels: &[u8], into: &mut Vec<Example>) {
        for &(start, end) in &reading.sentences {
            let atoms = reading.atoms.get(start..end).unwrap_or_default();
            let labels = labels.get(start..end).unwrap_or_default().to_vec();
            let mut example = Example { labels, ..Example::default() };
            example.features.reserve(atoms.len() * FEATURES);
            for at in 0..atoms.len() {
                features(atoms, at, |feature| example.features.extend(self.ids.get(&feature)));
                example.ends.push(example.features.len() as u32);
            }
            into.push(example);
        }
    }
}

//! From annotated texts to a model.

use std::collections::{BTreeMap, BTreeSet};

use khabar_text::fold;

use crate::Extractor;
use crate::tagger::Reading;
use crate::tagger::feature::{Habit, arabic_stems};
use crate::tagger::label::{LABELS, OUTSIDE};
use crate::tagger::model::{Language, Model};
use crate::tagger::names::{Names, list};
use crate::tagger::table::{Row, Table};
use crate::training::corpus::Document;
use crate::training::example::{Alphabet, labels};
use crate::training::harmony::harmonised;
use crate::training::learner::{self, Settings, Weights};
use crate::training::lists::Lists;

/// Annotated texts of one origin.
#[derive(Debug)]
pub struct Source {
    /// The texts.
    pub documents: Vec<Document>,
    /// Times that it is seen beside the others.
    pub copies: usize,
    /// Whether a corpus of others, with habits of its own.
    pub foreign: bool,
}

/// How a language is learned.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Times that all sentences are seen.
    pub epochs: usize,
    /// Chance of a feature to be left out of a sentence, each time that it is seen.
    pub dropout: f64,
    /// Step of the learner.
    pub rate: f32,
    /// Times that all is learned from the start; the weights are the mean.
    pub runs: usize,
    /// Times that a feature has to be seen.
    pub least: u32,
    /// Features that are kept.
    pub features: usize,
    /// A weight below this is none, in nats.
    pub least_weight: f32,
    /// Taken off every token outside names, in nats.
    pub lean: f32,
}

/// The text as the tagger reads it.
fn reading(extractor: &Extractor, text: &str, code: &str, names: &Names) -> Reading {
    Reading::new(text, &extractor.known(text, Some(code)), names, Habit::of(code))
}

/// Lists that common words are taken off, and that first words of names are put on.
fn settled(lists: &Lists, code: &str, sources: &[Source]) -> Lists {
    let mut lists = lists.clone();
    let mut inside: BTreeMap<String, usize> = BTreeMap::new();
    let mut outside: BTreeMap<String, usize> = BTreeMap::new();
    let mut heads: BTreeSet<String> = BTreeSet::new();
    for sentence in sources.iter().flat_map(|source| &source.documents).flatten() {
        let mut at = 0;
        for name in &sentence.names {
            for word in sentence.text.get(at..name.start).unwrap_or_default().split_whitespace() {
                *outside.entry(fold(word)).or_default() += 1;
            }
            let words = sentence.text.get(name.start..name.end).unwrap_or_default();
            for word in words.split_whitespace() {
                *inside.entry(fold(word)).or_default() += 1;
            }
            heads.extend(words.split_whitespace().next().map(fold));
            at = name.end;
        }
        for word in sentence.text.get(at..).unwrap_or_default().split_whitespace() {
            *outside.entry(fold(word)).or_default() += 1;
        }
    }
    for (word, &count) in &outside {
        if count >= 4 && inside.get(word).copied().unwrap_or(0) * 4 < count {
            lists.change(word, |lists| lists & !list::FEATURES);
        }
    }
    if code == "ar" {
        for head in &heads {
            let letters: Vec<char> = head.chars().collect();
            if matches!(letters.as_slice(), ['و' | 'ف' | 'ب' | 'ك', 'ا', 'ل', _, _, _, ..] | ['ل', 'ل', _, _, _, ..])
            {
                continue;
            }
            let glued = arabic_stems(&letters).iter().take(2).any(|stem| {
                let stem: String = stem.iter().collect();
                stem.len() < head.len() && (heads.contains(&stem) || lists.get(&stem) != 0)
            });
            if !glued || lists.get(head) != 0 {
                lists.change(head, |lists| lists | list::HEAD);
            }
        }
    }
    lists
}

/// Learns one language.
pub fn learn(extractor: &Extractor, code: &str, lists: &Lists, sources: &[Source], options: Options) -> Learned {
    let names = settled(lists, code, sources).names();
    let mut alphabet = Alphabet::default();
    let mut readings = Vec::new();
    for source in sources {
        for sentence in source.documents.iter().flatten() {
            let reading = reading(extractor, &sentence.text, code, &names);
            alphabet.count(&reading);
            let labels = match code == "ar" && source.foreign {
                true => labels(&harmonised(sentence), &reading),
                false => labels(sentence, &reading),
            };
            readings.push((reading, labels, source.copies));
        }
    }
    alphabet.cut(options.least);
    let mut examples = Vec::new();
    for (reading, labels, copies) in &readings {
        for _ in 0..*copies {
            alphabet.examples(reading, labels, &mut examples);
        }
    }
    drop(readings);
    let settings =
        Settings { epochs: options.epochs, dropout: options.dropout, rate: options.rate, runs: options.runs };
    let weights = learner::field(&examples, alphabet.features.len(), settings);
    let language = quantised(code, &alphabet, &weights, options);
    Learned { names, language }
}

/// One language of a model.
#[derive(Debug)]
pub struct Learned {
    names: Names,
    language: Language,
}

/// The file of a model of these languages.
pub fn file(languages: Vec<Learned>) -> Vec<u8> {
    let mut model = Model::default();
    for Learned { names, language } in languages {
        model.languages.push(Language { names: model.names.len(), ..language });
        model.names.push(names);
    }
    model.to_bytes()
}

/// Weights as small integers: the features that weigh most, over all that they were seen in.
fn quantised(code: &str, alphabet: &Alphabet, weights: &Weights, options: Options) -> Language {
    // What is seen often counts more; on the development sets this scores as the weight alone does.
    let size =
        |row: &[f32; LABELS], count: u32| row.iter().map(|weight| weight * weight).sum::<f32>() * (count as f32).sqrt();
    let mut sized: Vec<(f32, u32, [f32; LABELS])> = alphabet
        .features
        .iter()
        .zip(&alphabet.counts)
        .zip(&weights.features)
        .map(|((&feature, &count), row)| (size(row, count), feature, *row))
        .collect();
    sized.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
    sized.truncate(options.features);
    let rows: Vec<(u32, [f32; LABELS])> = sized.into_iter().map(|(_, feature, row)| (feature, row)).collect();
    let mut largest: Vec<f32> =
        rows.iter().map(|(_, row)| row.iter().fold(0.0, |most, weight| weight.abs().max(most))).collect();
    largest.sort_by(f32::total_cmp);
    // One in a thousand is cut down to what fits.
    let top = largest.get(largest.len() * 999 / 1000).copied().unwrap_or(1.0).max(1e-6);
    let unit = top / 127.0;
    let small = |weight: f32| {
        if weight.abs() < options.least_weight { 0.0 } else { (weight / unit).round().clamp(-127.0, 127.0) }
    };
    let mut features: Vec<(u32, Row)> = rows
        .iter()
        .map(|(feature, row)| {
            let mut small_row = Row::default();
            small_row.iter_mut().zip(row).for_each(|(small_weight, weight)| *small_weight = small(*weight) as i8);
            (*feature, small_row)
        })
        .collect();
    features.retain(|(_, row)| row.iter().any(|&weight| weight != 0));
    features.sort_unstable();
    let mut pairs =
        weights.pairs.map(|row| row.map(|weight| (weight / unit).round().clamp(-30_000.0, 30_000.0) as i32));
    for row in &mut pairs {
        row[OUTSIDE] -= (options.lean / unit) as i32;
    }
    let table = Table::new(&features)
        .expect("recipes keep fewer features than a table has room for, and hashes do not fall in one place");
    Language { code: code.to_owned(), names: 0, unit, pairs, table }
}

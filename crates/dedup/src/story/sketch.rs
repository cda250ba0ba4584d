//! What is kept of a document to find its story: names, numbers, dates, concepts and words, as keys with counts.

use std::{collections::HashMap, hash::BuildHasherDefault};

use khabar_model::{QuantityKind, Record};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::concepts::CONCEPTS;
use super::day::{self, Days};
use super::skeleton::{Skeleton, skeletons};
use super::words::{Piece, pieces, readings, stem, value};
use crate::postings::KeyHasher;

/// Changes whenever equal records may give another sketch.
pub const STORY_SKETCH_VERSION: u32 = 2;

/// What a feature is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Space {
    /// A stem, in whatever language.
    Word,
    /// An id of an entity.
    Entity,
    /// The consonant skeleton of a word that may be a name.
    Skeleton,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A concept of the lexicon.
    Concept,
}

/// Number of spaces.
pub(super) const SPACES: usize = 6;

/// Features of a document at most, of each space; news articles of 2,000 words have fewer.
const MOST: [usize; SPACES] = [400, 100, 300, 60, 30, 200];
/// Classes that a skeleton has at least: two consonants are every third word.
pub(super) const LEAST_CLASSES: usize = 3;
/// A word of a headline counts as so many more.
const TITLE: u8 = 2;
/// Words at the beginning of a text that say what is new; behind them stand background, which the next story has as
/// well, and often lines about other news. Measured on half and whole parallel news, our own articles and one topic.
const LEAD: u32 = 100;
/// And each of them counts as so many more. Two would do better on whole articles, and worse on those whose beginning is lost.
const IN_LEAD: u8 = 1;

/// What stands for a document when stories are made. A pure function of its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorySketch {
    /// ISO 639 code of the language, `und` if unknown.
    pub(super) language: Box<str>,
    /// When it was published; nothing if that is unknown.
    pub(super) days: Option<Days>,
    /// Ascending by key, each once.
    pub(super) features: Box<[Feature]>,
    /// What the features are called, in the same order, with line feeds between.
    pub(super) names: Box<str>,
    pub(super) tokens: u32,
}

/// A feature and how often the document has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) key: u64,
    pub(super) space: Space,
    pub(super) count: u8,
}

impl StorySketch {
    /// Sketches a finished record. Linear in the text but for sorting.
    pub fn of<S>(record: &Record<S>) -> Self {
        let language = record.language.as_ref().map_or("und", |language| language.code.as_str());
        let mut features = Features { language, found: HashMap::default(), tokens: 0, forms: Vec::new() };
        features.text(&record.text, 1);
        if let Some(title) = &record.title {
            let tokens = features.tokens;
            features.text(title, TITLE);
            features.tokens = tokens;
        }
        for entity in &record.entities {
            let count = u8::try_from(entity.mentions.len()).unwrap_or(u8::MAX).max(1);
            features.add(Space::Entity, &entity.id, entity.canonical.as_deref().unwrap_or(&entity.name), count);
        }
        for quantity in record.quantities.iter().filter(|quantity| quantity.kind != QuantityKind::Measure) {
            quantity.value.iter().for_each(|&value| features.number(value));
        }
        for date in record.dates.iter().filter_map(|date| date.value.as_deref()) {
            if let Some(day) = date.get(..10) {
                features.add(Space::Date, day, day, 1);
            }
        }
        features.sketch(record.published.as_ref().and_then(day::of))
    }

    /// Memory that the sketch takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.features) + self.names.len() + self.language.len()
    }
}

/// How often a document has a feature, and what it is called.
type Seen = (u8, Box<str>);

struct Features<'r> {
    language: &'r str,
    found: HashMap<(Space, u64), Seen, BuildHasherDefault<KeyHasher>>,
    tokens: u32,
    forms: Vec<Skeleton>,
}

impl Features<'_> {
    fn text(&mut self, text: &str, count: u8) {
        let lexicon = CONCEPTS.language(self.language);
        let mut before = String::new();
        // The number before, which a word such as "million" multiplies.
        let mut open: Option<f64> = None;
        pieces(text, |piece| {
            self.tokens += 1;
            let count = if self.tokens <= LEAD { count + IN_LEAD } else { count };
            if let Some(number) = open.take() {
                let power = if let Piece::Word { word, .. } = piece { magnitude(word) } else { None };
                self.number(number * power.unwrap_or(1.0));
            }
            match piece {
                Piece::Number(number) => {
                    open = value(number);
                    before.clear();
                }
                Piece::Run(run) => {
                    if let Some(lexicon) = lexicon {
                        lexicon.run(run, |concept| self.concept(concept, count));
                    }
                    self.run(run, count);
                    before.clear();
                }
                Piece::Word { word, capital } => {
                    let concept = lexicon.and_then(|lexicon| {
                        let pair = if before.is_empty() { None } else { lexicon.pair(&before, word, self.language) };
                        if let Some(pair) = pair {
                            self.concept(pair, count);
                        }
                        lexicon.word(word, self.language)
                    });
                    if let Some(concept) = concept {
                        self.concept(concept, count);
                    }
                    self.word(word, count);
                    self.skeletons(word, capital, concept.is_some(), count);
                    before.clear();
                    before.push_str(word);
                }
            }
        });
        if let Some(number) = open {
            self.number(number);
        }
    }

    fn word(&mut self, word: &str, count: u8) {
        let stem = stem(word, self.language);
        if stem.chars().nth(1).is_some() {
            self.add(Space::Word, stem, word, count);
        }
    }

    /// Two characters in a row speak for a word; a run of katakana is a foreign word, often a name.
    fn run(&mut self, run: &str, count: u8) {
        let letters: Vec<(usize, char)> = run.char_indices().collect();
        for window in letters.windows(2) {
            if let [(start, _), (last, letter)] = window
                && let Some(pair) = run.get(*start..last + letter.len_utf8())
            {
                self.add(Space::Word, pair, pair, count);
            }
        }
        let is_katakana = |c: char| ('\u{30a1}'..='\u{30fc}').contains(&c);
        for name in run.split(|c| !is_katakana(c)).filter(|name| name.chars().nth(2).is_some()) {
            self.skeletons(name, true, false, count);
        }
    }

    /// Latin, Greek and Cyrillic names have a capital; in scripts without, any word that the lexicon lacks may be one.
    fn skeletons(&mut self, word: &str, capital: bool, known: bool, count: u8) {
        let cased = word.chars().next().is_some_and(|first| first.is_lowercase());
        if known || (cased && !capital) {
            return;
        }
        let mut forms = std::mem::take(&mut self.forms);
        let language = self.language;
        readings(word, language, |reading| {
            skeletons(reading, LEAST_CLASSES, &mut forms);
            for form in &forms {
                self.add(Space::Skeleton, form.as_str(), word, count);
            }
        });
        self.forms = forms;
    }

    fn concept(&mut self, concept: u16, count: u8) {
        let label = CONCEPTS.label(concept);
        self.add(Space::Concept, label, label, count);
    }

    /// Numbers meet when they agree to three digits. Those below ten are in every text.
    fn number(&mut self, number: f64) {
        if number < 10.0 || !number.is_finite() {
            return;
        }
        let label = format!("{number}");
        let rounded = format!("{number:.2e}");
        self.add(Space::Number, &rounded, &label, 1);
    }

    fn add(&mut self, space: Space, key: &str, name: &str, count: u8) {
        let key = xxh3_64_with_seed(key.as_bytes(), space as u64);
        let (known, _) = self.found.entry((space, key)).or_insert_with(|| (0, name.into()));
        *known = known.saturating_add(count);
    }

    fn sketch(self, days: Option<Days>) -> StorySketch {
        let mut left = MOST;
        let mut kept: Vec<(Feature, Box<str>)> = Vec::with_capacity(self.found.len());
        let mut found: Vec<_> = self.found.into_iter().collect();
        found.sort_unstable_by_key(|&(place, _)| place);
        for ((space, key), (count, name)) in found {
            if let Some(left) = left.get_mut(space as usize).filter(|left| **left > 0) {
                *left -= 1;
                kept.push((Feature { key, space, count }, name));
            }
        }
        kept.sort_unstable_by_key(|(feature, _)| (feature.key, feature.space));
        let mut names = String::new();
        for (_, name) in &kept {
            names.push_str(&name.replace('\n', " "));
            names.push('\n');
        }
        StorySketch {
            language: self.language.into(),
            days,
            features: kept.into_iter().map(|(feature, _)| feature).collect(),
            names: names.into(),
            tokens: self.tokens,
        }
    }
}

/// What a word multiplies the number before it with.
fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" | "thousands" | "tausend" | "mille" | "mil" | "bin" | "тысяч" | "тысячи" | "الف" | "الاف"
        | "هزار" | "ہزار" | "אלף" | "हजार" => 1e3,
        "million" | "millions" | "millionen" | "millones" | "millon" | "milyon" | "миллионов" | "миллиона"
        | "миллион" | "млн" | "مليون" | "ملايين" | "مليونا" | "ميليون" | "ملین" | "מיליון" | "m" => {
            1e6
        }
        "billion"
        | "billions"
        | "milliarden"
        | "milliards"
        | "milliard"
        | "milyar"
        | "миллиардов"
        | "миллиарда"
        | "млрд"
        | "مليار"
        | "مليارات"
        | "ميليارد"
        | "ارب"
        | "מיליארד"
        | "bn" => 1e9,
        "lakh" | "لاکھ" | "لاكھ" | "लाख" => 1e5,
        "crore" | "کروڑ" | "كروڑ" | "करोड़" => 1e7,
        _ => return None,
    })
}

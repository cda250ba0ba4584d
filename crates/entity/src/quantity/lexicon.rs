//! The words of quantities, by fold key, in four languages.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;

use khabar_model::QuantityKind;
use khabar_text::fold;

/// A language that quantities are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    Arabic,
    Persian,
    Urdu,
    English,
}

impl Tongue {
    /// That of a language code, if its quantities are read.
    pub(super) fn of(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Arabic),
            "fa" | "prs" => Some(Self::Persian),
            "ur" => Some(Self::Urdu),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}

/// What a phrase does in a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A value that adds up with others.
    Number(f64),
    /// A value that a scale may follow, and that nothing is added to before it.
    Times(f64),
    /// 100, which multiplies what stands before it and stays below the scales.
    Hundred,
    /// 1,000 and more.
    Scale(f64),
    /// A part of the scale before it, or of one.
    Plus(f64),
    /// So much less than the next number.
    Minus(f64),
    /// Before a number.
    Before(&'static str),
    /// Between the number and what is counted.
    Between(&'static str),
    /// Behind the quantity.
    Behind(&'static str),
    Percent,
    /// ISO 4217, or a mark of our own for the toman.
    Money(&'static str),
    Measure,
    /// A classifier: the noun follows.
    Counter,
    /// No noun.
    Stop,
    /// The number behind it is a name, a place in a list, or of no certain value.
    Label,
    /// Two of a thing, in one word.
    Dual(QuantityKind),
    /// The decimal sign in words.
    Point,
    /// Between the ends of a range.
    Range,
    /// Between the ends of a range behind "between".
    And,
    /// A noun of the dead, hurt or taken, whose number may stand alone.
    Toll,
    /// What such a number stands behind.
    Reach,
}

/// A phrase by its words behind the first.
#[derive(Debug)]
pub(super) struct Entry {
    rest: Box<[u32]>,
    pub(super) tongue: Tongue,
    pub(super) meaning: Meaning,
}

/// Words as numbers, and the phrases that begin with each, longest first.
pub(super) struct Lexicon {
    ids: HashMap<Box<str>, u32, BuildHasherDefault<DefaultHasher>>,
    phrases: Vec<Vec<Entry>>,
}

/// The id of a word that no phrase has.
pub(super) const UNKNOWN: u32 = u32::MAX;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../data/numbers.tsv")));

/// The lexicon that comes with khabar.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn read(tsv: &'static str) -> Self {
        let mut lexicon = Self { ids: HashMap::default(), phrases: Vec::new() };
        for row in tsv.lines().filter(|row| !row.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [meaning, value, language, forms] = columns.as_slice() else { continue };
            let (Some(tongue), Some(meaning)) = (Tongue::of(language), Meaning::of(meaning, value)) else { continue };
            for form in forms.split('|') {
                let key = fold(form);
                let ids: Vec<u32> = key.split_whitespace().map(|word| lexicon.intern(word)).collect();
                let Some((&first, rest)) = ids.split_first() else { continue };
                if let Some(entries) = lexicon.phrases.get_mut(first as usize) {
                    entries.push(Entry { rest: rest.into(), tongue, meaning });
                }
            }
        }
        for entries in &mut lexicon.phrases {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        lexicon
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.phrases.len() as u32;
        self.ids.insert(word.into(), id);
        self.phrases.push(Vec::new());
        id
    }

    /// The id of a folded word.
    pub(super) fn id(&self, folded: &str) -> u32 {
        self.ids.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// The phrases that begin with a word.
    pub(super) fn phrases(&self, id: u32) -> &[Entry] {
        self.phrases.get(id as usize).map_or(&[], Vec::as_slice)
    }
}

impl Entry {
    /// Words of the phrase if it goes on with these.
    pub(super) fn matches(&self, behind: impl Iterator<Item = u32>) -> Option<usize> {
        let mut words = self.rest.iter();
        let same = words.by_ref().zip(behind).take_while(|(word, id)| **word == *id).count();
        (same == self.rest.len()).then_some(1 + same)
    }
}

impl Meaning {
    fn of(name: &'static str, value: &'static str) -> Option<Self> {
        let number = || value.parse::<f64>().ok();
        Some(match name {
            "number" => Self::Number(number()?),
            "times" => Self::Times(number()?),
            "hundred" => Self::Hundred,
            "scale" => Self::Scale(number()?),
            "plus" => Self::Plus(number()?),
            "minus" => Self::Minus(number()?),
            "before" => Self::Before(value),
            "between" => Self::Between(value),
            "behind" => Self::Behind(value),
            "percent" => Self::Percent,
            "money" => Self::Money(value),
            "measure" => Self::Measure,
            "counter" => Self::Counter,
            "stop" => Self::Stop,
            "label" => Self::Label,
            "dual" => Self::Dual(match value {
                "measure" => QuantityKind::Measure,
                "money" => QuantityKind::Money,
                _ => QuantityKind::Count,
            }),
            "point" => Self::Point,
            "range" => Self::Range,
            "and" => Self::And,
            "toll" => Self::Toll,
            "reach" => Self::Reach,
            _ => return None,
        })
    }
}

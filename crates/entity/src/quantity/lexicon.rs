//! The words of quantities, by fold key, in four languages.

use std::sync::LazyLock;

use khabar_model::QuantityKind;

use crate::phrases::{Phrases, Tongue};

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

static LEXICON: LazyLock<Phrases<Meaning>> = LazyLock::new(|| read(include_str!("../../data/numbers.tsv")));

/// By word: whether a phrase begins with it that a quantity may begin with.
static BEGINS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let begins = |id| lexicon().of(id).iter().any(|entry| entry.meaning.begins());
    (0..lexicon().len() as u32).map(begins).collect()
});

/// True for a word that a quantity may begin with: a number, two of a thing, or what stands before a number.
pub(super) fn begins(word: u32) -> bool {
    BEGINS.get(word as usize).copied().unwrap_or(false)
}

/// The lexicon that comes with khabar.
pub(super) fn lexicon() -> &'static Phrases<Meaning> {
    &LEXICON
}

fn read(tsv: &'static str) -> Phrases<Meaning> {
    let mut phrases = Phrases::default();
    for row in tsv.lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [meaning, value, language, forms] = columns.as_slice() else { continue };
        let (Some(tongue), Some(meaning)) = (Tongue::of(language), Meaning::of(meaning, value)) else { continue };
        for form in forms.split('|') {
            phrases.add(form, tongue, meaning, |_, _| false);
        }
    }
    phrases.longest_first()
}

impl Meaning {
    fn begins(self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Times(_)
                | Self::Hundred
                | Self::Scale(_)
                | Self::Plus(_)
                | Self::Minus(_)
                | Self::Point
                | Self::Before(_)
                | Self::Dual(_)
        )
    }

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

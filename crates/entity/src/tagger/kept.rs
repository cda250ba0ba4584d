//! What features are worth that many tokens share, kept until it is met again: half of the tokens of news are a thousand words
//! and signs, and what stands side by side is of few kinds.

use std::sync::{Mutex, PoisonError};

use crate::tagger::feature::Atoms;
use crate::tagger::feature::traits::{CLASS, COMMON, GLUE, INNER, LISTS, PHRASE, SINCE};
use crate::tagger::table::{Asked, Lanes, Table};
use crate::tagger::template::{GROUPS, Of, group, near, together};

/// Tokens that are kept, as a power of two: two megabytes.
const PLACES: u32 = 13;

/// Kinds of tokens side by side that are kept, as a power of two, for each of [`BESIDE`]: a megabyte in all.
const SIDES: u32 = 12;

/// What tokens side by side are kept by.
const BESIDE: usize = 5;

/// Sums of rows of features, for tokens that were met.
#[derive(Debug)]
pub(crate) struct Kept {
    alone: Box<[Entry; 1 << PLACES]>,
    beside: [Sides; BESIDE],
}

/// What a token gives by itself.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    atoms: Atoms,
    sums: [Lanes; GROUPS],
}

/// By traits of tokens side by side, what these are worth together.
#[derive(Debug)]
struct Sides(Box<[Side; 1 << SIDES]>);

#[derive(Clone, Copy, Debug, Default)]
struct Side {
    /// With [`Self::TAKEN`] in the last.
    traits: [u64; 2],
    sums: Lanes,
}

impl Side {
    /// A bit that no traits have.
    const TAKEN: u64 = 1 << 63;
}

impl Sides {
    /// The sums of the rows of the features that `ask` takes, which depend on nothing but these traits.
    #[inline]
    fn sums(&mut self, [one, two]: [u64; 2], table: &Table, ask: impl FnOnce(&mut Asked<'_>)) -> &Lanes {
        let traits = [one, two | Side::TAKEN];
        let mixed = (one ^ two.rotate_left(u64::BITS / 2)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let side = &mut self.0[(mixed >> (u64::BITS - SIDES)) as usize];
        if side.traits != traits {
            let mut asked = table.ask();
            ask(&mut asked);
            *side = Side { traits, sums: asked.lanes() };
        }
        &side.sums
    }
}

fn empty<T: Clone + Default, const N: usize>() -> Option<Box<[T; N]>> {
    vec![T::default(); N].into_boxed_slice().try_into().ok()
}

impl Kept {
    fn new() -> Option<Self> {
        let sides = || empty().map(Sides);
        Some(Self { alone: empty()?, beside: [sides()?, sides()?, sides()?, sides()?, sides()?] })
    }

    /// What a token gives to itself and its neighbours. Equal atoms have equal sums, whatever was kept before.
    #[inline]
    pub(crate) fn sums(&mut self, table: &Table, atoms: &Atoms) -> &[Lanes; GROUPS] {
        let atoms = atoms.apart();
        let entry = &mut self.alone[(atoms.digest() >> (u32::BITS - PLACES)) as usize];
        if entry.atoms != atoms {
            let sums = std::array::from_fn(|place| {
                let mut asked = table.ask();
                group(&atoms, place, |feature| asked.take(feature));
                asked.lanes()
            });
            *entry = Entry { atoms, sums };
        }
        &entry.sums
    }

    /// What the traits of a token, of the one before it and of the one behind it are worth together.
    #[inline]
    pub(crate) fn beside(&mut self, table: &Table, sentence: &[Atoms], at: usize) -> [&Lanes; BESIDE] {
        let [before, this, behind] = [-1, 0, 1].map(|offset| near(sentence, at, offset).traits());
        // Eight bits further down are those of another trait, which is masked.
        let both = |bits| [before & bits | (behind & bits) >> 8, this & bits];
        let [of_before, of_behind, of_classes, of_lists, of_common] = &mut self.beside;
        let ask = |of| move |asked: &mut Asked<'_>| together(sentence, at, Some(of), |feature| asked.take(feature));
        let lists = before & (LISTS | CLASS) | (behind & LISTS) << u32::BITS;
        let (of_this, of_phrase) = (this & (CLASS | INNER | GLUE), this & PHRASE);
        [
            of_before.sums([before & (CLASS | INNER), of_this | this & SINCE], table, ask(Of::Before)),
            of_behind.sums([behind & (CLASS | INNER | GLUE), of_this | of_phrase], table, ask(Of::Behind)),
            of_classes.sums(both(CLASS), table, ask(Of::Classes)),
            of_lists.sums([lists, this & LISTS], table, ask(Of::Lists)),
            of_common.sums(both(COMMON), table, ask(Of::Common)),
        ]
    }
}

/// As many of them as there are threads that need one at a time.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Kept>>);

impl Pool {
    /// Lends one for a while.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> Option<T> {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut kept = free.or_else(Kept::new)?;
        let done = work(&mut kept);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        Some(done)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::tagger::Reading;
    use crate::tagger::decode::Scores;
    use crate::tagger::feature::Habit;
    use crate::tagger::label::LABELS;
    use crate::tagger::model::Language;
    use crate::tagger::names::Names;
    use crate::tagger::template::features;

    #[test]
    fn scores_are_the_sums_of_all_features_whatever_was_kept() {
        let texts = ["قال وزير الخارجية سامر الخطيب في عمان إن الأردن", "وزير الخارجية", "سامر الخطيب، قال. وزير"];
        let read = |text: &&str| Reading::new(text, &[], &Names::default(), Habit::Arabic).atoms;
        let mut sentences: Vec<_> = texts.iter().map(read).collect();
        // Whatever lists say, in all mixtures.
        for (place, atoms) in (0_u32..).zip(sentences.iter_mut().flatten()) {
            atoms.gazetteer = place * 37 % 129;
            atoms.listed = place * 997 % 2048;
            atoms.common = place % 6;
            atoms.class = place * 7 % 32;
            atoms.inner = place % 3;
            atoms.since = place % 7;
        }
        // Every third feature was never learned.
        let mut rows = BTreeMap::new();
        let mut each = |sentence: &[Atoms], at: usize| {
            features(sentence, at, |feature| {
                if feature % 3 > 0 {
                    rows.insert(feature, std::array::from_fn(|label| (feature >> label) as i8));
                }
            });
        };
        sentences.iter().for_each(|sentence| (0..sentence.len()).for_each(|at| each(sentence, at)));
        let expected = |sentence: &[Atoms], at: usize| {
            let mut sums: Scores = [0; LABELS];
            features(sentence, at, |feature| {
                let row = rows.get(&feature).copied().unwrap_or_default();
                sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(weight));
            });
            sums
        };
        let table = Table::new(&rows.clone().into_iter().collect::<Vec<_>>()).unwrap();
        let pairs = [[0; LABELS]; LABELS];
        let language = Language { code: "ar".to_owned(), names: 0, unit: 1.0, pairs, table };
        let pool = Pool::default();
        for sentence in sentences.iter().chain(&sentences) {
            let scores = pool.with(|kept| language.scores(sentence, kept)).unwrap();
            assert_eq!(scores, (0..sentence.len()).map(|at| expected(sentence, at)).collect::<Vec<_>>());
        }
    }
}

//! What the features are worth that depend on one token alone, kept until it is met again: half of the tokens of news are a
//! thousand words and signs.

use std::sync::{Mutex, PoisonError};

use crate::tagger::feature::{Atoms, GROUPS, group};
use crate::tagger::table::{Lanes, Table};

/// Tokens that are kept, as a power of two: a megabyte.
const PLACES: u32 = 12;

/// Sums of the rows of each group of features, for tokens that were met.
#[derive(Debug)]
pub(crate) struct Kept(Box<[Entry; 1 << PLACES]>);

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    atoms: Atoms,
    sums: [Lanes; GROUPS],
}

impl Kept {
    fn new() -> Option<Self> {
        vec![Entry::default(); 1 << PLACES].into_boxed_slice().try_into().ok().map(Self)
    }

    /// What a token gives to itself and its neighbours. Equal atoms have equal sums, whatever was kept before.
    #[inline]
    pub(crate) fn sums(&mut self, table: &Table, atoms: &Atoms) -> &[Lanes; GROUPS] {
        let atoms = atoms.apart();
        let entry = &mut self.0[(atoms.digest() >> (u32::BITS - PLACES)) as usize];
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
    use crate::tagger::feature::{Habit, features};
    use crate::tagger::label::LABELS;
    use crate::tagger::model::Language;
    use crate::tagger::names::Names;

    #[test]
    fn scores_are_the_sums_of_all_features_whatever_was_kept() {
        let texts = ["قال وزير الخارجية سامر الخطيب في عمان إن الأردن", "وزير الخارجية", "سامر الخطيب، قال. وزير"];
        let read = |text: &&str| Reading::new(text, &[], &Names::default(), Habit::Arabic).atoms;
        let sentences: Vec<_> = texts.iter().map(read).collect();
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

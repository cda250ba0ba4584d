//! What the features are worth that depend on one token alone, kept until it is met again: half of the tokens of news are a
//! thousand words and signs.

use std::sync::{Mutex, PoisonError};

use crate::tagger::feature::{Atoms, GROUPS, group};
use crate::tagger::table::{Lanes, Table};

/// Tokens that are kept, as a power of two: a megabyte. With a quarter of them extraction takes a fortieth longer.
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

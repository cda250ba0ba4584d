//! Small weights by hashed feature: what the features of a token are worth together.

use crate::tagger::decode::Scores;
use crate::tagger::label::LABELS;
use crate::tagger::template::{FEATURES, TOGETHER};

/// Weights of a feature by label.
pub(crate) type Row = [i8; LABELS];

/// Sums of rows, by label, and what the tags behind them sum up to: whole lanes are what a processor adds at once.
pub(crate) type Lanes = [i16; LABELS + TAG];

/// Features that are asked for at once at most: the largest group of them.
const MOST_ASKED: usize = TOGETHER as usize;

/// Slots of a table, as a power of two: known here, so that no place has to be checked.
const SLOTS: u32 = 18;

/// Features of a table at most: three of four slots.
const MOST: usize = 3 << (SLOTS - 2);

/// Bits of [`Table::seen`], as a power of two: eight a slot, so that of the features that were never learned one in fifteen
/// passes.
const BITS: u32 = SLOTS + 3;

/// Bytes of a mixed feature that a slot keeps.
const TAG: usize = 3;

/// Bits of a mixed feature that a slot does not keep; its place tells them.
const UNKEPT: u32 = u32::BITS - TAG as u32 * 8;

/// Features to rows, by open addressing.
///
/// Of a token's features a third were never learned. Bits say so of nearly all of them, and stay in the processor's cache; the
/// rows of the others are fetched side by side before the first is looked at, as each may come from far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// Bits by the top bits of a mixed feature.
    seen: Box<[u32; 1 << (BITS - u32::BITS.ilog2())]>,
    /// By the top bits of a mixed feature.
    slots: Box<[Slot; 1 << SLOTS]>,
}

/// A row and the low bits of its mixed feature, or zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(16))]
struct Slot([u8; LABELS + TAG]);

impl Slot {
    const FREE: Self = Self([0; LABELS + TAG]);

    fn new(row: &Row, mixed: u32) -> Self {
        let [one, two, three, _] = mixed.to_le_bytes();
        let mut all = row.iter().map(|&weight| weight as u8).chain([one, two, three]);
        Self(std::array::from_fn(|_| all.next().unwrap_or_default()))
    }

    #[inline]
    fn tag(&self) -> u32 {
        let [.., weight, one, two, three] = self.0;
        u32::from_le_bytes([weight, one, two, three]) >> u8::BITS
    }

    #[inline]
    fn add_to(&self, sums: &mut Lanes) {
        for (sum, &weight) in sums.iter_mut().zip(&self.0) {
            *sum += i16::from(weight as i8);
        }
    }

    /// True if this is the row of a feature, in the slots where that is looked for.
    #[inline]
    fn is_of(&self, mixed: u32) -> bool {
        self.tag() == mixed << UNKEPT >> UNKEPT
    }
}

/// A feature as the table has it, with what differs most at the top. No two become one.
#[inline]
fn mix(feature: u32) -> u32 {
    feature.wrapping_mul(0x9e37_79b1)
}

/// The way back.
#[cfg(any(test, feature = "train"))]
fn unmix(mixed: u32) -> u32 {
    mixed.wrapping_mul(0x0e8b_2f51)
}

/// The slot where a mixed feature belongs.
#[inline]
fn home(mixed: u32) -> usize {
    (mixed >> (u32::BITS - SLOTS)) as usize
}

/// The slots where it is looked for. The last bits of `home` are in the tag too: so many slots on, a tag may be that of
/// another feature.
fn places(mixed: u32) -> impl Iterator<Item = usize> {
    (0..1 << (SLOTS - UNKEPT)).map(move |step| (home(mixed) + step) % (1 << SLOTS))
}

/// The word of [`Table::seen`] that a mixed feature belongs to, and the bit.
#[inline]
fn bit(mixed: u32) -> (usize, u32) {
    let place = mixed >> (u32::BITS - BITS);
    ((place / u32::BITS) as usize, place % u32::BITS)
}

impl Table {
    /// A table of features that differ; `None` if they are more than three of four slots, or too many fall in one place.
    pub(crate) fn new(features: &[(u32, Row)]) -> Option<Self> {
        let seen = vec![0; 1 << (BITS - u32::BITS.ilog2())].into_boxed_slice().try_into().ok()?;
        let slots = vec![Slot::FREE; 1 << SLOTS].into_boxed_slice().try_into().ok()?;
        let mut table = Self { seen, slots };
        if features.len() > MOST {
            return None;
        }
        // Features that are met often have weights for many labels: they come first, and stay where they belong.
        let counts: Vec<usize> =
            features.iter().map(|(_, row)| row.iter().filter(|weight| **weight != 0).count()).collect();
        let with = |labels: usize| counts.iter().zip(features).filter(move |(count, _)| **count == labels);
        for (_, (key, row)) in (1..=LABELS).rev().flat_map(with) {
            let mixed = mix(*key);
            let free = places(mixed).find(|&place| table.slots[place] == Slot::FREE)?;
            table.slots[free] = Slot::new(row, mixed);
            let (word, bit) = bit(mixed);
            table.seen[word] |= 1 << bit;
        }
        Some(table)
    }

    /// Takes the features of a token.
    pub(crate) fn ask(&self) -> Asked<'_> {
        Asked { table: self, passed: [0; PASSED], count: 0 }
    }

    /// The slot of a feature.
    #[inline]
    fn find(&self, mixed: u32) -> Option<usize> {
        let mut taken = places(mixed).take_while(|&place| self.slots[place] != Slot::FREE);
        taken.find(|&place| self.slots[place].is_of(mixed))
    }

    /// All features and their rows, in order of the features.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn sorted(&self) -> Vec<(u32, Row)> {
        let mut all = Vec::new();
        for (place, slot) in self.slots.iter().enumerate().filter(|(_, slot)| **slot != Slot::FREE) {
            // The first slot that the tag fits, from here back.
            let of_home = home(slot.tag());
            let step = place.wrapping_sub(of_home) % (1 << (SLOTS - UNKEPT));
            let home = place.wrapping_sub(step) % (1 << SLOTS);
            let mixed = (home as u32) << (u32::BITS - SLOTS) | slot.tag();
            all.push((unmix(mixed), std::array::from_fn(|label| slot.0[label] as i8)));
        }
        all.sort_unstable();
        all
    }
}

/// As a power of two.
const PASSED: usize = MOST_ASKED.next_power_of_two();

/// The features of one token, mixed, without those that the bits of the table turn away.
pub(crate) struct Asked<'t> {
    table: &'t Table,
    passed: [u32; PASSED],
    count: usize,
}

impl Asked<'_> {
    /// One feature more.
    #[inline(always)]
    pub(crate) fn take(&mut self, feature: u32) {
        let mixed = mix(feature);
        self.passed[self.count % PASSED] = mixed;
        let (word, bit) = bit(mixed);
        self.count += (self.table.seen[word] >> bit & 1) as usize;
    }

    /// The sums of their rows.
    #[inline(never)]
    pub(crate) fn lanes(&mut self) -> Lanes {
        let Self { table, passed, count } = self;
        // All tags are looked at before the first row is added, so that rows are fetched side by side. The features whose
        // row is at home are written over those that were seen.
        let (mut at_home, mut others) = (0, 0);
        let mut elsewhere = [0; PASSED];
        for at in 0..*count {
            let mixed = passed[at % PASSED];
            let fits = table.slots[home(mixed)].is_of(mixed);
            passed[at_home % PASSED] = mixed;
            at_home += usize::from(fits);
            elsewhere[others % PASSED] = mixed;
            others += usize::from(!fits);
        }
        let mut sums = Lanes::default();
        for &mixed in passed.iter().take(at_home) {
            table.slots[home(mixed)].add_to(&mut sums);
        }
        for &mixed in elsewhere.iter().take(others) {
            if let Some(place) = table.find(mixed) {
                table.slots[place].add_to(&mut sums);
            }
        }
        sums
    }
}

/// Adds sums to others. The features of a token are so few that no sum of their weights is too large.
#[inline]
pub(crate) fn add(sums: &mut Lanes, more: &Lanes) {
    const _: () = assert!(FEATURES as i32 * u8::MAX as i32 <= i16::MAX as i32);
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// The sums by label.
pub(crate) fn scores(sums: &Lanes) -> Scores {
    std::array::from_fn(|label| i32::from(sums[label]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_are_those_of_the_rows_one_by_one(
            learned in prop::collection::btree_map(1_u32..4000, any::<Row>(), 0..300),
            crowd in 0_u32..40,
            asked in prop::collection::vec(0_u32..4000, MOST_ASKED),
        ) {
            // Features that differ little, and some that all belong to one slot.
            let crowd = (0..crowd).map(|low| (unmix(7 << (u32::BITS - SLOTS) | low), [low as i8 + 1; LABELS]));
            let mut features: Vec<(u32, Row)> = learned.into_iter().chain(crowd).collect();
            features.retain(|(_, row)| *row != Row::default());
            features.sort_unstable();
            features.dedup_by_key(|(feature, _)| *feature);
            let table = Table::new(&features).unwrap();
            prop_assert_eq!(&table.sorted(), &features);
            let mut asked: [u32; MOST_ASKED] = asked.try_into().unwrap();
            asked.iter_mut().zip(&features).step_by(2).for_each(|(asked, (feature, _))| *asked = *feature);
            let mut expected = [0; LABELS];
            for (_, row) in asked.iter().flat_map(|asked| features.iter().filter(move |(feature, _)| feature == asked)) {
                expected.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += i32::from(weight));
            }
            let mut taken = table.ask();
            asked.iter().for_each(|&feature| taken.take(feature));
            prop_assert_eq!(scores(&taken.lanes()), expected);
        }
    }

    #[test]
    fn features_that_all_belong_to_one_slot_are_refused_when_they_are_too_many() {
        let crowd: Vec<_> = (1..2000).map(|low| (unmix(low), [1; LABELS])).collect();
        assert!(Table::new(&crowd[..1000]).is_some());
        assert_eq!(Table::new(&crowd), None);
        assert_eq!(Table::new(&vec![(1, [1; LABELS]); MOST + 1]), None);
    }
}

//! The numbers of a text with their neighbours, to tell two issues of a template from two copies of a text.

use crate::{overlap::shared, tokens::Tokens};

/// Numbers by the word before and the word after them. Weather notes, exchange rates and telegrams repeat a text to
/// the word and differ in the numbers alone; 326 unrelated royal telegrams formed the largest component of raw pairs
/// in one month of Arabic news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Sorted; a number appears twice, once under each neighbour.
    slots: Box<[Slot]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    /// Hash of the neighbour and of its side.
    place: u32,
    value: u32,
}

/// How the numbers at the same places of two texts compare. Each number votes twice, once a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Votes {
    pub(crate) same: u32,
    pub(crate) conflicting: u32,
}

/// Numbers looked at: templates are short, and a table of a thousand rows is told apart by its first.
const MOST: usize = 64;
/// Stands for a neighbour that is a number itself (5/3/2018), and for the edge of the text.
const NUMBER: u64 = 1;
const EDGE: u64 = 2;

impl Numbers {
    pub(crate) fn of(tokens: &Tokens) -> Self {
        let numbers = tokens.numbers.get(..MOST).unwrap_or(&tokens.numbers);
        let neighbour = |index: Option<usize>| {
            let token = index.and_then(|index| Some((index as u32, *tokens.hashes.get(index)?)));
            token.map_or(EDGE, |(index, hash)| if tokens.numbers.binary_search(&index).is_ok() { NUMBER } else { hash })
        };
        let mut slots = Vec::with_capacity(numbers.len() * 2);
        for index in numbers.iter().map(|&index| index as usize) {
            let Some(&hash) = tokens.hashes.get(index) else { continue };
            let value = (hash >> 32) as u32;
            let before = (neighbour(index.checked_sub(1)) >> 32 << 1) as u32;
            let after = (neighbour(Some(index + 1)) >> 32 << 1) as u32 | 1;
            slots.extend([Slot { place: before, value }, Slot { place: after, value }]);
        }
        slots.sort_unstable();
        Self { slots: slots.into() }
    }

    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.slots)
    }

    /// Compares the numbers at the places that both texts have. Symmetric.
    pub(crate) fn compare(&self, other: &Self) -> Votes {
        let mut votes = Votes::default();
        let (mut left, mut right) = (&*self.slots, &*other.slots);
        while let (Some(a), Some(b)) = (left.first(), right.first()) {
            let place = a.place.min(b.place);
            let (here, left_rest) = left.split_at(left.partition_point(|slot| slot.place <= place));
            let (there, right_rest) = right.split_at(right.partition_point(|slot| slot.place <= place));
            let same = shared(here, there);
            votes.same += same as u32;
            votes.conflicting += (here.len().min(there.len()) - same) as u32;
            (left, right) = (left_rest, right_rest);
        }
        votes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(a: &str, b: &str) -> (u32, u32) {
        let votes = Numbers::of(&Tokens::of(a)).compare(&Numbers::of(&Tokens::of(b)));
        (votes.same, votes.conflicting)
    }

    #[test]
    fn places_not_sets_are_compared() {
        assert_eq!(votes("الرياض 41 درجة والدمام 38 مئوية", "الرياض 38 درجة والدمام 41 مئوية"), (0, 4));
        assert_eq!(votes("الرياض 41 درجة", "الرياض 41 درجة والدمام 38"), (2, 0));
        assert_eq!(votes("سعر الدولار 50 ريالا", "بلغ عدد القتلى 12 شخصا"), (0, 0));
        assert_eq!(votes("", "12"), (0, 0));
    }
}

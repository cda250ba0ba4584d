//! The numbers, dates and names of a text with their neighbours, to tell two issues of a template from two copies of a
//! text.

use crate::{
    overlap::shared,
    settings::Settings,
    tokens::{Tokens, mix},
};

/// Something that a text says and that another issue of a template would say otherwise, found by earlier stages. Numbers
/// in digits need not be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// First character in the text.
    pub start: u32,
    /// After the last one.
    pub end: u32,
    /// What it is.
    pub kind: FactKind,
}

/// The kinds of [`Fact`]; only those of one kind can conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A date: another one if any of its words is another.
    Date,
    /// A person: another one if the last name is another.
    Person,
    /// A place or an organisation: another one if any of its words is another.
    Place,
}

/// Facts by the word before and the word after them. Weather notes, exchange rates and telegrams repeat a text to the
/// word and differ in these alone; 326 unrelated royal telegrams formed the largest component of raw pairs in one month
/// of Arabic news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Sorted; a fact appears twice, once under each neighbour.
    pub(crate) slots: Box<[Slot]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    /// The kind in the two highest bits, then the hash of the neighbour, its side in the lowest.
    pub(crate) place: u32,
    pub(crate) value: u32,
}

/// How the facts of one kind at the same places of two texts compare. Each votes twice, once a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Votes {
    pub(crate) same: u32,
    pub(crate) conflicting: u32,
}

/// Facts of a kind that are looked at: templates are short, and a table of a thousand rows is told apart by its first.
const MOST: usize = 64;
/// Stands for a neighbour that is a number itself (5/3/2018), and for the edge of the text.
const NUMBER: u64 = 1;
const EDGE: u64 = 2;
/// Numbers, dates, persons, places.
const KINDS: usize = 4;

impl Facts {
    pub(crate) fn of(tokens: &Tokens, told: &[Fact]) -> Self {
        let numbers = tokens.numbers.get(..MOST).unwrap_or(&tokens.numbers);
        let mut slots = Vec::with_capacity((numbers.len() + told.len()) * 2);
        let mut add = |kind: u32, first: usize, last: usize, value: u32| {
            let before = neighbour(tokens, first.checked_sub(1));
            let after = neighbour(tokens, Some(last + 1));
            let place = |hash: u64, side: u32| kind << 30 | ((hash >> 33) as u32) >> 2 << 1 | side;
            slots.extend([Slot { place: place(before, 0), value }, Slot { place: place(after, 1), value }]);
        };
        for index in numbers.iter().map(|&index| index as usize) {
            let Some(&hash) = tokens.hashes.get(index) else { continue };
            add(0, index, index, (hash >> 32) as u32);
        }
        let mut counts = [0; KINDS];
        for fact in told {
            let kind = fact.kind as usize + 1;
            let first = tokens.places.partition_point(|place| place.end <= fact.start);
            let end = tokens.places.partition_point(|place| place.start < fact.end);
            let counted = counts.get_mut(kind).is_some_and(|count| {
                *count += 1;
                *count <= MOST
            });
            // By its words and not by its id: what a name is linked to depends on the rest of the text.
            let words = if fact.kind == FactKind::Person { end.saturating_sub(1)..end } else { first..end };
            let words = tokens.hashes.get(words).unwrap_or_default();
            if first < end && counted {
                let value = words.iter().fold(0, |hash, word| mix(hash ^ word));
                add(kind as u32, first, end - 1, (value >> 32) as u32);
            }
        }
        slots.sort_unstable();
        Self { slots: slots.into() }
    }

    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.slots)
    }

    /// Compares the facts at the places that both texts have, by kind. Symmetric.
    pub(crate) fn compare(&self, other: &Self) -> [Votes; KINDS] {
        let mut all = [Votes::default(); KINDS];
        let (mut left, mut right) = (&*self.slots, &*other.slots);
        while let (Some(a), Some(b)) = (left.first(), right.first()) {
            let place = a.place.min(b.place);
            let (here, left_rest) = left.split_at(left.partition_point(|slot| slot.place <= place));
            let (there, right_rest) = right.split_at(right.partition_point(|slot| slot.place <= place));
            let same = shared(here, there);
            if let Some(votes) = all.get_mut((place >> 30) as usize) {
                votes.same += same as u32;
                votes.conflicting += (here.len().min(there.len()) - same) as u32;
            }
            (left, right) = (left_rest, right_rest);
        }
        all
    }

    /// Whether the facts of two texts speak for two issues of a template. `tokens` is the length of the shorter one,
    /// `changed` the number of its pairs that the other lacks.
    ///
    /// Numbers speak for themselves. Names and dates are words that an editor may change as any other, so theirs count
    /// only where they are most of the difference.
    pub(crate) fn differ(&self, other: &Self, tokens: u32, changed: u32, settings: &Settings) -> bool {
        let [numbers, words @ ..] = self.compare(other);
        let conflicts = words.iter().chain([&numbers]).map(|votes| votes.conflicting.div_ceil(2)).sum::<u32>();
        let explained = changed <= conflicts.saturating_mul(settings.changes_a_conflict);
        numbers.differ(tokens, settings) || explained && words.iter().any(|votes| votes.differ(tokens, settings))
    }
}

impl Votes {
    fn differ(self, tokens: u32, settings: &Settings) -> bool {
        // A fact votes on both sides; a single one, with one neighbour changed too, is still a conflict.
        let conflicts = self.conflicting.div_ceil(2);
        let share = self.conflicting as f32 / (self.conflicting + self.same).max(1) as f32;
        conflicts > 0
            && share >= settings.conflict_share
            && u64::from(conflicts) * u64::from(settings.words_a_conflict) >= u64::from(tokens)
    }
}

fn neighbour(tokens: &Tokens, index: Option<usize>) -> u64 {
    let token = index.and_then(|index| Some((index as u32, *tokens.hashes.get(index)?)));
    token.map_or(EDGE, |(index, hash)| if tokens.numbers.binary_search(&index).is_ok() { NUMBER } else { hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str, told: &[Fact]) -> Facts {
        Facts::of(&Tokens::of(text, std::slice::from_ref(&(0..text.len())), |_| {}), told)
    }

    fn votes(a: &str, b: &str) -> (u32, u32) {
        let [votes, ..] = facts(a, &[]).compare(&facts(b, &[]));
        (votes.same, votes.conflicting)
    }

    #[test]
    fn places_not_sets_are_compared() {
        assert_eq!(votes("الرياض 41 درجة والدمام 38 مئوية", "الرياض 38 درجة والدمام 41 مئوية"), (0, 4));
        assert_eq!(votes("الرياض 41 درجة", "الرياض 41 درجة والدمام 38"), (2, 0));
        assert_eq!(votes("سعر الدولار 50 ريالا", "بلغ عدد القتلى 12 شخصا"), (0, 0));
        assert_eq!(votes("", "12"), (0, 0));
    }

    #[test]
    fn names_conflict_with_names_of_their_kind() {
        let told = |text: &str, name: &str, kind| {
            let start = text.chars().count() - text.split_once(name).unwrap().1.chars().count() - name.chars().count();
            Fact { start: start as u32, end: (start + name.chars().count()) as u32, kind }
        };
        let (one, two) = ("إلى رئيس جمهورية الواحات الخضراء بمناسبة العيد", "إلى رئيس جمهورية الجزر بمناسبة العيد");
        let place = |text, name| facts(text, &[told(text, name, FactKind::Place)]);
        let (a, b) = (place(one, "الواحات الخضراء"), place(two, "الجزر"));
        assert_eq!(a.compare(&b)[3], Votes { same: 0, conflicting: 2 });
        assert_eq!(a.compare(&a)[3], Votes { same: 2, conflicting: 0 });
        let person = facts(two, &[told(two, "الجزر", FactKind::Person)]);
        assert_eq!(a.compare(&person), [Votes::default(); KINDS]);
        let settings = Settings::default();
        assert!(a.differ(&b, 9, 3, &settings) && !a.differ(&a, 9, 0, &settings));
        assert!(!a.differ(&b, 9, 30, &settings), "edited all over");
    }
}

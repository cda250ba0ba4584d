//! The keys of all names, found by their first letters: which of them stand at a place of a text.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::packed::{self, Packed};

/// A set of keys, each with its index in order.
///
/// Six letters tell most keys apart. A hash table leads from the first letters of a text to the few keys that begin like
/// it, and those are compared. A name ends where a word does: shorter keys are asked for only there, so that for most
/// words of a text the table is asked once, and says no. An automaton over the same names would find every fragment
/// inside of words, only to have it refused.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    /// The keys, one behind the other, in order.
    #[serde(with = "letters")]
    letters: Vec<char>,
    /// By key: where in `letters` it ends.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    openings: Openings,
    /// Made of the others when it is first asked for.
    #[serde(skip)]
    beginnings: OnceLock<Beginnings>,
}

/// Keys that are compared one by one.
const FEW: usize = 4;

impl Lexicon {
    /// Of keys that are sorted and distinct; `None` if they have too many letters for 32-bit offsets.
    pub(crate) fn new(keys: &[&[char]]) -> Option<Self> {
        let mut letters = Vec::with_capacity(keys.iter().map(|key| key.len()).sum());
        let mut ends = Vec::with_capacity(keys.len());
        for key in keys {
            letters.extend_from_slice(key);
            ends.push(u32::try_from(letters.len()).ok()?);
        }
        Some(Self { letters, ends, openings: Openings::of(keys), beginnings: OnceLock::new() })
    }

    /// What tells most texts from those that a key begins like.
    pub(crate) fn beginnings(&self) -> &Beginnings {
        self.beginnings.get_or_init(|| {
            let firsts = self.openings.ranges.iter().filter(|(first, end)| first < end);
            Beginnings::of(firsts.map(|&(first, _)| self.key(first as usize)))
        })
    }

    /// Calls `found` with length and index of each key that `letters` begin with, of openings that [`Beginnings`] may have.
    /// Only keys of a length that `ends` holds for, which says where a word ends.
    pub(crate) fn prefixes(
        &self,
        letters: &[char],
        known: Lengths,
        ends: impl Fn(usize) -> bool,
        mut found: impl FnMut(usize, usize),
    ) {
        let mut hash = 0;
        for (place, &letter) in letters.iter().take(Openings::LETTERS).enumerate() {
            let length = place + 1;
            hash = Openings::roll(hash, letter);
            if known >> length == 0 {
                break;
            }
            if known >> length & 1 == 0 {
                continue;
            }
            let (mut slot, tag) = self.openings.place(hash);
            for _ in 0..self.openings.tags.len() {
                let Some(&known) = self.openings.tags.get(slot).filter(|known| **known != 0) else { break };
                if known == tag {
                    self.among(slot, letters, |of_key, index| {
                        // Another opening may have the same tag.
                        if of_key.min(Openings::LETTERS) == length && ends(of_key) {
                            found(of_key, index);
                        }
                    });
                }
                slot = self.openings.next(slot);
            }
        }
    }

    /// The keys of a slot that `letters` begin with, longest first.
    fn among(&self, slot: usize, mut letters: &[char], mut found: impl FnMut(usize, usize)) {
        let Some(&(first, end)) = self.openings.ranges.get(slot) else { return };
        let mut keys = first as usize..end as usize;
        // «محافظة» begins hundreds of names. A key that `letters` begin with is not behind them in order, and the last key
        // that is not has all that the other ones share with them.
        while keys.len() > FEW {
            let (mut low, mut high) = (keys.start, keys.end);
            while low < high {
                let middle = usize::midpoint(low, high);
                if self.key(middle) <= letters {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            let Some(last) = low.checked_sub(1).filter(|last| keys.contains(last)) else { return };
            let key = self.key(last);
            let common = letters.iter().zip(key).take_while(|(letter, other)| letter == other).count();
            if common == key.len() {
                found(common, last);
            }
            keys.end = last;
            letters = letters.get(..common).unwrap_or_default();
        }
        for index in keys.rev() {
            let key = self.key(index);
            if letters.starts_with(key) {
                found(key.len(), index);
            }
        }
    }

    fn key(&self, index: usize) -> &[char] {
        let end = |index: Option<usize>| index.and_then(|index| self.ends.get(index)).map_or(0, |&end| end as usize);
        self.letters.get(end(index.checked_sub(1))..end(Some(index))).unwrap_or_default()
    }
}

/// Letters as UTF-16: nearly always two bytes, which are read in bulk.
mod letters {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(letters: &[char], to: S) -> Result<S::Ok, S::Error> {
        let units = letters.iter().flat_map(|letter| letter.encode_utf16(&mut [0; 2]).to_vec());
        to.serialize_bytes(&units.flat_map(u16::to_le_bytes).collect::<Vec<_>>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<char>, D::Error> {
        let (pairs, rest) = <&[u8]>::deserialize(from)?.as_chunks();
        let mut units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
        let mut letters = Vec::with_capacity(pairs.len());
        while let Some(unit) = units.next() {
            let letter = match char::from_u32(u32::from(unit)) {
                None => char::decode_utf16([unit].into_iter().chain(units.next())).next().and_then(Result::ok),
                letter => letter,
            };
            letters.push(letter.ok_or_else(|| D::Error::custom("half a letter"))?);
        }
        if rest.is_empty() { Ok(letters) } else { Err(D::Error::custom("half a unit")) }
    }
}

/// The first letters of all keys: a hash table of the ranges of keys that share them.
#[derive(Debug, Serialize, Deserialize)]
struct Openings {
    /// By slot: a part of the hash that is never 0, or 0 if it is free. One byte each, to stay in the processor's cache.
    #[serde(with = "packed")]
    tags: Vec<u8>,
    /// By slot: the first key, and one past the last.
    #[serde(with = "packed")]
    ranges: Vec<(u32, u32)>,
}

impl Openings {
    /// Letters of an opening. A key of fewer letters is an opening itself, and of no other key.
    const LETTERS: usize = 6;

    fn of(keys: &[&[char]]) -> Self {
        let opening = |key: &&[char]| key.len().min(Self::LETTERS);
        let same = |one: &&[char], two: &&[char]| {
            opening(one) == Self::LETTERS && one.get(..Self::LETTERS) == two.get(..Self::LETTERS)
        };
        let count = keys.chunk_by(same).count();
        let slots = (count * 2 + 1).next_power_of_two();
        let mut openings = Self { tags: vec![0; slots], ranges: vec![(0, 0); slots] };
        let mut first = 0;
        for group in keys.chunk_by(same) {
            let end = first + group.len() as u32;
            let Some(key) = group.first() else { continue };
            let hash = key.iter().take(opening(key)).fold(0, |hash, &letter| Self::roll(hash, letter));
            let (mut slot, tag) = openings.place(hash);
            while openings.tags.get(slot).is_some_and(|&tag| tag != 0) {
                slot = openings.next(slot);
            }
            openings.tags.get_mut(slot).into_iter().for_each(|place| *place = tag);
            openings.ranges.get_mut(slot).into_iter().for_each(|place| *place = (first, end));
            first = end;
        }
        openings
    }

    /// The hash of some letters and one more.
    #[inline]
    fn roll(hash: u32, letter: char) -> u32 {
        (hash ^ u32::from(letter)).wrapping_mul(0x9e37_79b1).rotate_left(7)
    }

    /// The slot and the tag of a hash.
    #[inline]
    fn place(&self, hash: u32) -> (usize, u8) {
        let mixed = hash.wrapping_mul(0x85eb_ca6b);
        ((mixed >> 8) as usize & self.mask(), mixed as u8 | 1)
    }

    /// The slot that is tried after one.
    #[inline]
    fn next(&self, slot: usize) -> usize {
        (slot + 1) & self.mask()
    }

    /// The slots are a power of two.
    #[inline]
    fn mask(&self) -> usize {
        self.tags.len().saturating_sub(1)
    }
}

/// A set of lengths in letters, each a bit: those of openings, behind proclitics.
pub(crate) type Lengths = u32;

/// The lengths at which a name may end that starts with a word of so many letters: at its end or before one of the `suffixes`,
/// counted from there, and at those `behind` it.
#[inline]
pub(crate) fn ends(letters: usize, suffixes: u8, behind: Lengths) -> Lengths {
    const END: u32 = Lengths::BITS;
    let around = (u64::from(behind) | 1) << END | u64::from(suffixes.reverse_bits()) << (END + 1 - u8::BITS);
    (around << letters.min(END as usize) >> END) as Lengths
}

/// All openings by bits: where none is set, no key begins.
#[derive(Debug)]
pub(crate) struct Beginnings(Box<[u64; Self::WORDS]>);

impl Beginnings {
    /// 2^21 bits, of which a hundred thousand openings set one in twenty, and which the processor's second cache holds.
    const WORDS: usize = 1 << 15;

    fn of<'k>(keys: impl Iterator<Item = &'k [char]>) -> Self {
        let mut all = Self(Box::new([0; Self::WORDS]));
        for key in keys.filter(|key| !key.is_empty()) {
            let (word, bit) = Self::place(Self::first(key), key.len().min(Openings::LETTERS) as u32);
            all.0[word] |= bit;
        }
        all
    }

    /// The letters of an opening, each by its lowest byte, which tells those of one alphabet apart; 0 for those that are
    /// not there.
    #[inline(always)]
    fn first(letters: &[char]) -> u64 {
        let all = |letters: &[char]| letters.iter().rev().fold(0, |all, &letter| all << 8 | u64::from(letter as u8));
        letters.first_chunk::<{ Openings::LETTERS }>().map_or_else(|| all(letters), |letters| all(letters))
    }

    /// The word of so many of the first letters, at least one, and their bit in it.
    #[inline]
    fn place(first: u64, length: u32) -> (usize, u64) {
        let hash = (first << (u64::BITS - length * 8)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((hash >> 49) as usize, 1 << (hash >> 43 & 63))
    }

    /// The lengths of openings that `letters` may begin with; of those shorter than six letters only those in `ends`, where a
    /// name may end.
    #[inline(always)]
    pub(crate) fn lengths(&self, letters: &[char], ends: Lengths) -> Lengths {
        const LONGEST: Lengths = 1 << Openings::LETTERS;
        let first = Self::first(letters);
        let has = |length: u32| {
            let (word, bit) = Self::place(first, length);
            Lengths::from(self.0[word] & bit != 0) << length
        };
        let mut asked = (ends | LONGEST) & (LONGEST | (LONGEST - 2));
        // Most words are of six letters and more, or followed by one that makes them so: two are asked for without a branch.
        let mut known = has(Openings::LETTERS as u32) | has(asked.trailing_zeros());
        asked &= asked - 1;
        while asked > LONGEST {
            known |= has(asked.trailing_zeros());
            asked &= asked - 1;
        }
        known
    }
}

impl Packed for u8 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        packed::take(bytes).map(|[byte]| byte)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn prefixes(keys: &[Vec<char>], text: &[char], ends: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let keys: Vec<&[char]> = keys.iter().map(Vec::as_slice).collect();
        let mut found = Vec::new();
        let lexicon = Lexicon::new(&keys).unwrap();
        let near = (1..6).filter(|&length| ends(length)).fold(0, |lengths, length| lengths | 1 << length);
        let known = lexicon.beginnings().lengths(text, near);
        lexicon.prefixes(text, known, ends, |length, index| found.push((length, index)));
        found.sort_unstable();
        found
    }

    #[test]
    fn names_that_begin_one_another() {
        let keys: Vec<Vec<char>> = ["كوريا", "كورياالشماليه", "لبنان"].map(|key| key.chars().collect()).into();
        let text: Vec<char> = "كورياالشماليهوروسيا".chars().collect();
        assert_eq!(prefixes(&keys, &text, |_| true), [(5, 0), (13, 1)]);
        assert_eq!(prefixes(&keys, &text[1..], |_| true), []);
        assert_eq!(prefixes(&[], &text, |_| true), []);
    }

    #[test]
    fn names_end_with_words_and_before_suffixes() {
        let lengths = |lengths: &[usize]| lengths.iter().fold(0, |all, length| all | 1 << length);
        assert_eq!(ends(3, 0, 0), lengths(&[3]));
        assert_eq!(ends(3, 1 << 1 | 1 << 4, lengths(&[2, 4])), lengths(&[2, 3, 5, 7]));
        // «والروسية»: what stands behind proclitics counts from there.
        assert_eq!(ends(8, 0, lengths(&[1])) >> 3, lengths(&[5, 6]));
        assert_eq!(ends(32, 1 << 1, lengths(&[31])), lengths(&[31]));
        assert_eq!(ends(1 << 20, 0, lengths(&[1])), 0);
    }

    proptest! {
        #[test]
        fn finds_what_a_scan_finds(
            keys in prop::collection::btree_set("a{0,7}[ab!]{0,5}b", 0..20),
            text in "a{0,7}[ab!k]{0,9}",
            odd in any::<bool>(),
        ) {
            let ends = |length| !odd || length % 2 == 1;
            let keys: Vec<Vec<char>> = keys.iter().map(|key| key.chars().collect()).collect();
            let text: Vec<char> = text.chars().collect();
            let mut expected: Vec<(usize, usize)> =
                keys.iter().zip(0..).filter(|(key, _)| text.starts_with(key)).map(|(key, index)| (key.len(), index)).collect();
            expected.retain(|(length, _)| ends(*length));
            expected.sort_unstable();
            prop_assert_eq!(prefixes(&keys, &text, ends), expected);
        }
    }
}

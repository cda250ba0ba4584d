//! Names of a document that its tagger found once, so that it finds them everywhere: in full, and by family name.

use std::collections::BTreeMap;

use crate::tagger::Reading;
use crate::tagger::border;
use crate::tagger::decode::Scores;
use crate::tagger::feature::{Habit, START, arabic_stems, roll, settle};
use crate::tagger::label::{LABELS, Part, TYPES, label};
use crate::tagger::names::Names;

/// Words of the longest name that is remembered.
const LONGEST: usize = 8;

/// Letters of a single word at least.
const SHORTEST: usize = 3;

/// Index of PER among [`TYPES`].
const PERSON: usize = 0;

/// Names of one document by the hash of their letters: how often each type was found, in full and by family name.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    names: BTreeMap<u32, Counts>,
    /// A bit for the low bits of each hash: most words are turned away by it.
    seen: Seen,
    /// The same for the first letters of each name, before anything is hashed in full.
    openings: Seen,
    /// A name has fewer letters than an opening.
    short: bool,
}

/// Letters that a name is known by before it is hashed.
const OPENING: usize = 3;

/// A hash of the first [`OPENING`] letters; `None` if there are not so many.
fn opening<'l>(words: impl Iterator<Item = &'l [char]>) -> Option<u32> {
    let mut letters = words.flatten();
    let mut hash = 0_u32;
    for _ in 0..OPENING {
        hash = hash.wrapping_mul(0x01f1).wrapping_add(u32::from(*letters.next()?));
    }
    Some(hash)
}

/// A set of some low bits of hashes.
#[derive(Debug)]
struct Seen([u64; 64]);

impl Default for Seen {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Seen {
    fn place(hash: u32) -> (usize, u64) {
        ((hash >> 6 & 63) as usize, 1 << (hash & 63))
    }

    fn insert(&mut self, hash: u32) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= bit;
    }

    /// False only if no such hash was inserted.
    fn may_contain(&self, hash: u32) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] & bit != 0
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    full: [u16; TYPES.len()],
    family: u16,
}

/// How much a remembered name counts, in nats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bonus {
    /// Of several words.
    pub(crate) words: f32,
    /// Of one word.
    pub(crate) word: f32,
    /// The last word of a person's name.
    pub(crate) family: f32,
}

impl Bonus {
    /// A judgement, not a measurement: to be tuned with `cargo xtask score entity --without memory` beside it.
    pub(crate) const JUDGED: Self = Self { words: 4.0, word: 2.5, family: 3.0 };
}

/// A sentence that was judged once.
#[derive(Debug)]
pub(crate) struct Judged<'r> {
    pub(crate) reading: &'r Reading,
    /// Its first token in the reading.
    pub(crate) start: usize,
    /// Of its tokens.
    pub(crate) labels: &'r [u8],
    pub(crate) scores: &'r mut [Scores],
}

impl Memory {
    /// Remembers the names of a text.
    pub(crate) fn learn(
        &mut self,
        text: &str,
        reading: &Reading,
        found: &[(usize, usize, usize)],
        lists: &Names,
        habit: Habit,
    ) {
        for &(first, end, kind) in found {
            if end - first > LONGEST {
                continue;
            }
            let letters = core(text, reading, first, lists, habit);
            let mut hash = roll(START, letters);
            for token in first + 1..end {
                hash = roll(hash, reading.folded.get(token));
            }
            let rest = (first + 1..end).map(|token| reading.folded.get(token));
            self.opens_with(opening(std::iter::once(letters).chain(rest)));
            if end - first > 1 || letters.len() >= SHORTEST {
                let counts = self.counts(settle(hash));
                counts.full[kind] = counts.full[kind].saturating_add(1);
            }
            if kind == PERSON && end - first > 1 {
                let family = reading.folded.get(end - 1);
                if family.len() >= SHORTEST {
                    self.opens_with(opening(std::iter::once(family)));
                    let counts = self.counts(settle(roll(START, family)));
                    counts.family = counts.family.saturating_add(1);
                }
            }
        }
    }

    fn opens_with(&mut self, opening: Option<u32>) {
        match opening {
            Some(hash) => self.openings.insert(hash),
            None => self.short = true,
        }
    }

    /// False if no name that is remembered stands at a token, which has these letters behind proclitics.
    fn may_open(&self, reading: &Reading, token: usize, letters: &[char]) -> bool {
        let hash = match letters {
            [one, two, three, ..] => opening(std::iter::once([*one, *two, *three].as_slice())),
            _ => {
                let rest = (token + 1..token + LONGEST).map(|token| reading.folded.get(token));
                opening(std::iter::once(letters).chain(rest))
            }
        };
        self.short || hash.is_some_and(|hash| self.openings.may_contain(hash))
    }

    fn counts(&mut self, hash: u32) -> &mut Counts {
        self.seen.insert(hash);
        self.names.entry(hash).or_default()
    }

    /// True if nothing is remembered.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Adds what is remembered to the scores of a sentence's tokens; true if anything speaks for another label than a token
    /// has. If all speaks for the labels that a sentence has, those stay the best: nothing gains more.
    pub(crate) fn add(&self, sentence: &mut Judged<'_>, habit: Habit, bonus: Bonus, unit: f32) -> bool {
        let mut any = false;
        let Judged { reading, start, .. } = *sentence;
        for at in 0..sentence.scores.len() {
            let letters = reading.folded.get(start + at);
            let starts = match habit {
                Habit::Arabic => {
                    let [conjunction, preposition, _] = arabic_stems(letters);
                    [letters, conjunction, preposition]
                }
                _ => [letters, &[], &[]],
            };
            let mut last = usize::MAX;
            for letters in starts {
                if letters.is_empty() || letters.len() == last {
                    continue;
                }
                last = letters.len();
                if !self.may_open(reading, start + at, letters) {
                    continue;
                }
                any |= self.add_from(sentence, at, letters, bonus, unit);
            }
        }
        any
    }

    fn add_from(&self, sentence: &mut Judged<'_>, at: usize, letters: &[char], bonus: Bonus, unit: f32) -> bool {
        let Judged { reading, start, labels, scores } = sentence;
        let mut hash = roll(START, letters);
        let mut any = false;
        for length in 1..=LONGEST.min(scores.len() - at) {
            if length > 1 {
                hash = roll(hash, reading.folded.get(*start + at + length - 1));
            }
            if length == 1 && letters.len() < SHORTEST {
                continue;
            }
            let key = settle(hash);
            if !self.seen.may_contain(key) {
                continue;
            }
            let Some(counts) = self.names.get(&key) else { continue };
            let (kind, more) = counts.best();
            let Some(kind) = kind else { continue };
            let worth = match (length, more) {
                (1, true) => bonus.word,
                (1, false) => bonus.family,
                _ => bonus.words,
            };
            let worth = (worth / unit) as i32;
            for ((token, &has), place) in scores.iter_mut().zip(labels.iter()).skip(at).take(length).zip(0..) {
                let part = match (place == 0, place + 1 == length) {
                    (true, true) => Part::Unit,
                    (true, false) => Part::Begin,
                    (false, true) => Part::Last,
                    (false, false) => Part::Inside,
                };
                let label = label(kind, part);
                if label < LABELS {
                    token[label] = token[label].saturating_add(worth);
                }
                any |= label != usize::from(has);
            }
        }
        any
    }
}

impl Counts {
    /// The type that was found most, and whether in full; none of two that were found as often.
    fn best(&self) -> (Option<usize>, bool) {
        let most = self.full.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return ((self.family > 0).then_some(PERSON), false);
        }
        let mut kinds = self.full.iter().enumerate().filter(|(_, count)| **count == most).map(|(kind, _)| kind);
        let first = kinds.next();
        match kinds.next() {
            None => (first, true),
            Some(_) => (None, true),
        }
    }
}

/// The letters of a name's first token without proclitics.
fn core<'r>(text: &str, reading: &'r Reading, first: usize, lists: &Names, habit: Habit) -> &'r [char] {
    let letters = reading.folded.get(first);
    if habit != Habit::Arabic {
        return letters;
    }
    let asks =
        reading.tokens.get(first).and_then(|token| text.get(token.start..)).is_some_and(|word| word.starts_with('أ'));
    letters.get(border::proclitics(letters, lists, false, asks)..).unwrap_or(letters)
}

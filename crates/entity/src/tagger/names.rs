//! Lists of name parts and places as a set of hashes: whether a word, or some words in a row, are in one.

use crate::tagger::feature::{Habit, START, arabic_stems, roll, settle, stem};
use crate::tagger::token::{Folded, Kind, Token};

/// Words in a row that are looked up together.
pub(crate) const LONGEST: usize = 4;

/// A list that a name is on, as a bit; above them the class of a word, and whether names of bodies have it.
pub(crate) mod list {
    /// Given and family names.
    pub(crate) const PERSON: u16 = 1;
    /// Cities.
    pub(crate) const CITY: u16 = 2;
    /// Provinces and states.
    pub(crate) const REGION: u16 = 4;
    /// Companies and other bodies.
    pub(crate) const BODY: u16 = 8;
    /// First words of names in annotated text, without proclitics. No feature: the tagger has learned from the same text.
    pub(crate) const HEAD: u16 = 16;
    /// Frequent words of the language.
    pub(crate) const COMMON: u16 = 32;
    /// Words that are seen now and then.
    pub(crate) const SEEN: u16 = 64;
    /// Words within names of bodies, behind the first; above the class.
    pub(crate) const INNER: u16 = 1 << 13;
    /// The lists that are features.
    pub(crate) const FEATURES: u16 = PERSON | CITY | REGION | BODY;
    /// Bits of the lists.
    pub(crate) const LISTS: u16 = 0x7f;
    /// The word's class, 0 for none, is this many bits up.
    pub(crate) const CLASS: u32 = 8;
    /// Bits of a class, once they are down.
    pub(crate) const CLASSES: u16 = 0x1f;
}

/// What kind of word stands in or beside a name, as `data/ner/classes` has it.
pub(crate) mod class {
    /// Their names; a class is its place here, from 1.
    #[cfg(any(test, feature = "train"))]
    pub(crate) const NAMES: [&str; 16] = [
        "title", "people", "body", "place", "side", "event", "nation", "say", "move", "verb", "noun", "adj", "time",
        "number", "link", "func",
    ];
    /// «شركة».
    pub(crate) const BODY: u32 = 3;
    /// «مطار».
    pub(crate) const PLACE: u32 = 4;
    /// «قال».
    pub(crate) const SAY: u32 = 8;
    /// «غادر».
    pub(crate) const MOVE: u32 = 9;
    /// Other verbs.
    pub(crate) const VERB: u32 = 10;
    /// Conjunctions, pronouns, particles.
    pub(crate) const FUNCTION: u32 = 16;
}

/// Where in a listed name of several words a token stands: bits of what [`Names::mark`] reports, above the lists'.
const PARTS: [u32; 4] = [0, 1 << 8, 1 << 9, 1 << 10];

/// Bits of [`Names::seen`] for a part of the keys, as a power of two.
const BITS_A_PART: u32 = 3;

/// What the lists have of a word: whole, and in Arabic without its conjunction, its preposition, its article too; in
/// Persian last without its ending.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OfWord {
    pub(crate) lists: [u16; 4],
    /// The [rolled](roll) letters of each.
    pub(crate) rolled: [u64; 4],
}

/// A set of names by hash, with the lists that they are on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Names {
    /// Sorted.
    keys: Vec<u32>,
    lists: Vec<u16>,
    /// By the top bits of a key: where its part of `keys` starts.
    index: Vec<u32>,
    shift: u32,
    /// Bits by more of the top bits: most words are turned away by one, which stays in the processor's cache.
    seen: Vec<u64>,
}

impl Names {
    /// A set of sorted keys without doubles, and their lists.
    pub(crate) fn new(keys: Vec<u32>, lists: Vec<u16>) -> Self {
        let bits = keys.len().max(1).ilog2() + 1;
        let shift = 32 - bits;
        let mut index = Vec::with_capacity((1 << bits) + 1);
        let mut at = 0;
        for top in 0..=1_u64 << bits {
            while keys.get(at).is_some_and(|&key| u64::from(key) >> shift < top) {
                at += 1;
            }
            index.push(at as u32);
        }
        let mut names = Self { keys, lists, index, shift, seen: vec![0; (1 << (bits + BITS_A_PART)) / 64 + 1] };
        for at in 0..names.keys.len() {
            let (word, bit) = names.place_seen(names.keys[at]);
            names.seen[word] |= 1 << bit;
        }
        names
    }

    /// The word of `seen` and the bit in it.
    #[inline]
    fn place_seen(&self, key: u32) -> (usize, u32) {
        let place = key.checked_shr(self.shift.saturating_sub(BITS_A_PART)).unwrap_or(0);
        ((place / u64::BITS) as usize, place % u64::BITS)
    }

    /// Keys and lists, in order of the keys.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn entries(&self) -> impl ExactSizeIterator<Item = (u32, u16)> {
        self.keys.iter().copied().zip(self.lists.iter().copied())
    }

    /// The lists that a key is on and its class; 0 for none.
    pub(crate) fn get(&self, key: u32) -> u16 {
        let (word, bit) = self.place_seen(key);
        if self.seen.get(word).is_none_or(|seen| seen >> bit & 1 == 0) {
            return 0;
        }
        let top = key.checked_shr(self.shift).unwrap_or(0) as usize;
        let (Some(&start), Some(&end)) = (self.index.get(top), self.index.get(top + 1)) else { return 0 };
        let keys = self.keys.get(start as usize..end as usize).unwrap_or_default();
        match keys.iter().position(|&known| known == key) {
            Some(place) => self.lists.get(start as usize + place).copied().unwrap_or(0),
            None => 0,
        }
    }

    /// What the lists have of a word.
    pub(crate) fn of_word(&self, letters: &[char], habit: Habit) -> OfWord {
        let of = |letters: &[char]| {
            let rolled = roll(START, letters);
            (self.get(settle(rolled)), rolled)
        };
        let whole = of(letters);
        let shorter = |stem: &[char], before: &[char], of_before: (u16, u64)| {
            if stem.len() < before.len() { of(stem) } else { of_before }
        };
        let all = match habit {
            Habit::Arabic => {
                let [conjunction, preposition, rest] = arabic_stems(letters);
                let of_conjunction = shorter(conjunction, letters, whole);
                let of_preposition = shorter(preposition, conjunction, of_conjunction);
                [whole, of_conjunction, of_preposition, shorter(rest, preposition, of_preposition)]
            }
            _ => [whole, whole, whole, shorter(stem(letters, habit), letters, whole)],
        };
        OfWord { lists: all.map(|(lists, _)| lists), rolled: all.map(|(_, rolled)| rolled) }
    }

    /// Calls `found` for every token of a listed name, with bits for the lists and the place; `of_words` is what
    /// [`Self::of_word`] says of each token.
    pub(crate) fn mark(
        &self,
        tokens: &[Token],
        folded: &Folded,
        of_words: &[OfWord],
        habit: Habit,
        mut found: impl FnMut(usize, u32),
    ) {
        if self.keys.is_empty() {
            return;
        }
        for ((at, token), of_word) in tokens.iter().enumerate().zip(of_words) {
            if token.kind != Kind::Word {
                continue;
            }
            // Names begin behind what is glued to a word; nothing begins where no letter is.
            let starts = if habit == Habit::Arabic { of_word.rolled.len() } else { 1 };
            let mut last = START;
            for (glued, (&rolled, &lists)) in of_word.rolled.iter().zip(&of_word.lists).enumerate().take(starts) {
                if rolled == START || rolled == last {
                    continue;
                }
                last = rolled;
                let glued = if glued > 0 { 1 << 7 } else { 0 };
                if self.mark_from(at, (rolled, lists), tokens, folded, glued, &mut found) {
                    break;
                }
            }
        }
    }

    /// Marks the names that start with letters of the token at `at`, which are rolled and by themselves on these lists; true if
    /// there is one.
    fn mark_from(
        &self,
        at: usize,
        (rolled, lists): (u64, u16),
        tokens: &[Token],
        folded: &Folded,
        glued: u32,
        found: &mut impl FnMut(usize, u32),
    ) -> bool {
        let mut hash = rolled;
        let mut any = false;
        for length in 1..=LONGEST {
            if length > 1 {
                let next = at + length - 1;
                match tokens.get(next) {
                    Some(token) if token.kind == Kind::Word && token.spaced => hash = roll(hash, folded.get(next)),
                    _ => break,
                }
            }
            let lists = if length == 1 { lists } else { self.get(settle(hash)) };
            let lists = u32::from(lists & list::FEATURES);
            if lists == 0 {
                continue;
            }
            any = true;
            for token in at..at + length {
                let part = match (length, token == at, token + 1 == at + length) {
                    (1, ..) => PARTS[0],
                    (_, true, _) => PARTS[1],
                    (_, _, true) => PARTS[2],
                    _ => PARTS[3],
                };
                found(token, if token == at { lists | glued } else { lists } | part);
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::token::tokens;

    #[test]
    fn classes_are_where_their_names_stand() {
        let named = [
            (class::BODY, "body"),
            (class::PLACE, "place"),
            (class::SAY, "say"),
            (class::MOVE, "move"),
            (class::VERB, "verb"),
            (class::FUNCTION, "func"),
        ];
        for (class, name) in named {
            assert_eq!(class::NAMES[class as usize - 1], name);
        }
        assert!(class::NAMES.len() <= usize::from(list::CLASSES));
        assert_eq!((list::CLASSES << list::CLASS | list::LISTS) & list::INNER, 0);
    }

    #[test]
    fn names_are_found_behind_proclitics_and_over_words() {
        let key = |name: &str| {
            settle(roll(START, &khabar_text::fold(name).chars().filter(|c| *c != ' ').collect::<Vec<_>>()))
        };
        let mut entries = [(key("سمير"), list::PERSON), (key("شرم الشيخ"), list::CITY), (key("شرم"), list::REGION)];
        entries.sort();
        let names =
            Names::new(entries.iter().map(|entry| entry.0).collect(), entries.iter().map(|entry| entry.1).collect());
        assert_eq!(names.get(key("سمير")), list::PERSON);
        assert_eq!(names.get(key("سمي")), 0);
        let text = "عاد سمير لشرم الشيخ، وسمير";
        let tokens = tokens(text);
        let mut marks = vec![0; tokens.len()];
        let folded = Folded::new(text, &tokens);
        let of_words: Vec<_> = (0..tokens.len()).map(|token| names.of_word(folded.get(token), Habit::Arabic)).collect();
        names.mark(&tokens, &folded, &of_words, Habit::Arabic, |at, bits| marks[at] |= bits);
        assert_eq!(marks.iter().map(|bits| bits & 15).collect::<Vec<_>>(), [0, 1, 6, 2, 0, 1]);
        assert_eq!(Names::default().get(7), 0);
    }
}

//! Folded text to token hashes in one pass over its characters.

use std::sync::LazyLock;

/// The tokens of a text as 64-bit hashes, in order, and which of them are numbers.
pub(crate) struct Tokens {
    pub(crate) hashes: Vec<u64>,
    /// Indices into `hashes`, ascending.
    pub(crate) numbers: Vec<u32>,
}

impl Tokens {
    /// Splits a folded text. A token is a run of letters, digits and marks; in scripts without spaces one token starts
    /// at each character and takes in the next, so that two of them in a row speak for a word as elsewhere.
    pub(crate) fn of(folded: &str) -> Self {
        // Arabic-script text has about five letters and a space a word, of two bytes a letter.
        let mut tokens = Self { hashes: Vec::with_capacity(folded.len() / 9 + 4), numbers: Vec::new() };
        let classes = &*CLASSES;
        let mut word = Word::default();
        let mut solo = None;
        for c in folded.chars() {
            let class = classes.get(c as usize).copied().unwrap_or_else(|| Class::of(c));
            if class == Class::Solo {
                tokens.end(&mut word);
                if let Some(before) = solo.replace(c) {
                    tokens.hashes.push(pair_hash(before, c));
                }
                continue;
            }
            if let Some(last) = solo.take() {
                tokens.hashes.push(pair_hash(last, '\0'));
            }
            match class {
                Class::Break => tokens.end(&mut word),
                _ => word.add(c, class),
            }
        }
        tokens.end(&mut word);
        if let Some(last) = solo {
            tokens.hashes.push(pair_hash(last, '\0'));
        }
        tokens
    }

    fn end(&mut self, word: &mut Word) {
        if word.state == 0 {
            return;
        }
        if word.number {
            self.numbers.push(self.hashes.len() as u32);
        }
        self.hashes.push(mix(word.state));
        *word = Word::default();
    }
}

/// The hash of a word while its letters come in; no letters yet while `state` is 0.
struct Word {
    state: u64,
    number: bool,
}

impl Default for Word {
    fn default() -> Self {
        Self { state: 0, number: true }
    }
}

impl Word {
    #[inline]
    fn add(&mut self, c: char, class: Class) {
        self.state = step(self.state, c);
        self.number &= class == Class::Digit;
    }
}

#[inline]
fn step(state: u64, c: char) -> u64 {
    (state.rotate_left(5) ^ u64::from(c)).wrapping_mul(STEP)
}

fn pair_hash(first: char, second: char) -> u64 {
    mix(step(step(SOLO, first), second))
}

/// The multiplier of FxHash (Firefox): odd, with its bits well spread.
const STEP: u64 = 0x517c_c1b7_2722_0a95;
/// Keeps a lone ideograph apart from a word of the same two characters.
const SOLO: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of MurmurHash3 (public domain): every input bit reaches every output bit, 0 stays 0.
#[inline]
pub(crate) fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// The hash of tokens in a row.
#[inline]
pub(crate) fn shingle_hash(tokens: &[u64]) -> u64 {
    mix(tokens.iter().fold(SOLO, |h, &token| (h.rotate_left(23) ^ token).wrapping_mul(STEP)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Solo,
    Break,
}

/// The classes below U+0800 (Latin to Arabic), where nearly all text of interest lies: a lookup instead of a search.
static CLASSES: LazyLock<[Class; 0x800]> = LazyLock::new(|| {
    std::array::from_fn(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or(Class::Break, Class::of))
});

impl Class {
    fn of(c: char) -> Self {
        match c {
            // Thai to Tibetan; Myanmar; Khmer; kana and Bopomofo; ideographs with their extensions. Hangul has spaces.
            '\u{0e01}'..='\u{0e4f}' | '\u{0e80}'..='\u{0edf}' | '\u{0f40}'..='\u{0fbc}' | '\u{1000}'..='\u{1049}'
            | '\u{1780}'..='\u{17d3}' | '\u{3041}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Self::Solo,
            // Dandas end sentences; the signs beside them (virama, nukta) are inside of words though not alphabetic.
            '\u{0964}' | '\u{0965}' | '\u{0970}' => Self::Break,
            '\u{0900}'..='\u{0dff}' if !c.is_numeric() => Self::Letter,
            _ if c.is_numeric() => Self::Digit,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers() {
        let tokens = Tokens::of("مقتل 12 شخصا، في 3 مدن.");
        assert_eq!(tokens.hashes.len(), 6);
        assert_eq!(tokens.numbers, [1, 4]);
        assert_eq!(tokens.hashes, Tokens::of("«مقتل» 12 شخصا\nفي 3 مدن").hashes);
    }

    #[test]
    fn an_ideograph_starts_a_token() {
        assert_eq!(Tokens::of("新华社北京").hashes.len(), 5);
        assert_eq!(Tokens::of("新华社 2024").hashes.len(), 4);
        assert_ne!(Tokens::of("新华").hashes[0], Tokens::of("华新").hashes[0]);
    }

    #[test]
    fn indic_signs_stay_inside_words() {
        assert_eq!(Tokens::of("प्रधानमंत्री ने कहा।").hashes.len(), 3);
    }
}

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
        let table = &*TABLE;
        let bytes = folded.as_bytes();
        let mut word = Word::default();
        let mut solo = None;
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let (code, len) = match first {
                0..0x80 => (usize::from(first), 1),
                0x80..0xe0 => {
                    let second = bytes.get(at + 1).copied().unwrap_or_default();
                    (usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f), 2)
                }
                _ => {
                    let Some(c) = folded.get(at..).and_then(|rest| rest.chars().next()) else { break };
                    (c as usize, c.len_utf8())
                }
            };
            at += len;
            let class = match table.get(code) {
                Some(class) => *class,
                None => Class::of(char::from_u32(code as u32).unwrap_or_default()),
            };
            if let Class::Word(letter) = class {
                word.add(letter);
            } else {
                tokens.end(&mut word);
            }
            // A token of a run waits for the next character; what breaks the run has not ended yet, so order holds.
            let before = if let Class::Solo(c) = class { solo.replace(c) } else { solo.take() };
            if let Some(before) = before {
                tokens.hashes.push(pair_hash(before, if let Class::Solo(c) = class { c } else { 0 }));
            }
        }
        tokens.end(&mut word);
        if let Some(last) = solo {
            tokens.hashes.push(pair_hash(last, 0));
        }
        tokens
    }

    #[inline]
    fn end(&mut self, word: &mut Word) {
        if word.state == 0 {
            return;
        }
        if word.digits & DIGIT != 0 {
            self.numbers.push(self.hashes.len() as u32);
        }
        self.hashes.push(mix(word.state));
        *word = Word::default();
    }
}

/// The hash of a word while its letters come in; no letters yet while `state` is 0.
struct Word {
    state: u64,
    /// Its letters, all their bits in common: [`DIGIT`] is left where all are digits.
    digits: u32,
}

/// Marks a digit, above all characters.
const DIGIT: u32 = 1 << 31;

impl Default for Word {
    fn default() -> Self {
        Self { state: 0, digits: DIGIT }
    }
}

impl Word {
    #[inline]
    fn add(&mut self, letter: u32) {
        self.state = step(self.state, letter);
        self.digits &= letter;
    }
}

#[inline]
fn step(state: u64, letter: u32) -> u64 {
    (state.rotate_left(5) ^ u64::from(letter)).wrapping_mul(STEP)
}

fn pair_hash(first: u32, second: u32) -> u64 {
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

#[derive(Clone, Copy)]
enum Class {
    /// A letter, mark or digit of a word; digits with [`DIGIT`] set.
    Word(u32),
    /// A character of a script without spaces.
    Solo(u32),
    Break,
}

/// The classes below U+0800 (Latin to Arabic), where nearly all text of interest lies: a lookup instead of a search.
static TABLE: LazyLock<[Class; 0x800]> = LazyLock::new(|| {
    std::array::from_fn(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or(Class::Break, Class::of))
});

impl Class {
    fn of(c: char) -> Self {
        match c {
            // Looser than the fold key, where names have to stay apart: how hamza is seated and whether a madda is
            // written differs from desk to desk (مسؤول مسئول, آب اب), and no two news texts differ in that alone.
            'آ' => Self::Word('ا' as u32),
            'ؤ' => Self::Word('و' as u32),
            'ئ' => Self::Word('ي' as u32),
            'ۀ' => Self::Word('ه' as u32),
            // Thai to Tibetan; Myanmar; Khmer; kana and Bopomofo; ideographs with their extensions. Hangul has spaces.
            '\u{0e01}'..='\u{0e4f}'
            | '\u{0e80}'..='\u{0edf}'
            | '\u{0f40}'..='\u{0fbc}'
            | '\u{1000}'..='\u{1049}'
            | '\u{1780}'..='\u{17d3}'
            | '\u{3041}'..='\u{312f}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Solo(c as u32),
            // Dandas end sentences; the signs beside them (virama, nukta) are inside of words though not alphabetic.
            '\u{0964}' | '\u{0965}' | '\u{0970}' => Self::Break,
            '\u{0900}'..='\u{0dff}' if !c.is_numeric() => Self::Word(c as u32),
            _ if c.is_numeric() => Self::Word(c as u32 | DIGIT),
            _ if c.is_alphabetic() => Self::Word(c as u32),
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

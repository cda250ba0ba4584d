//! Text to hashed features: what the trainer counts and the detector sums, in one function.

use crate::{
    alphabet::{self, Alphabet, BOUNDARY, SKIP},
    script::Group,
};

/// Stands for a boundary inside an n-gram; no letter has it, and zero would make n-grams of two lengths equal.
const EDGE: u64 = 1;
/// Odd, with well mixed bits (2^64 divided by the golden ratio): multiplication by it spreads keys over the top bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
/// Keeps the hashes of whole words apart from those of short n-grams.
const WORD_SEED: u64 = 0xcbf2_9ce4_8422_2325;
const WORD_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Appends the bucket of every feature of `text` to `out`, each below `2^bits`, and returns the number of letters.
///
/// For alphabets: the n-grams that end at each letter and at the end of each word, four lengths of them, and the whole
/// word; 2- to 5-grams in Latin and Cyrillic, where many languages share the letters, 1- to 4-grams elsewhere. For Han
/// and kana: each character, and each with the one before. Letters of other scripts are boundaries. `bits` is at most
/// 16. Linear: at most five features a character.
pub(crate) fn features(group: Group, text: &str, bits: u32, out: &mut Vec<u16>) -> u32 {
    match group {
        Group::Arab | Group::Arvr => grams::<1>(&alphabet::Arabic, text, bits, out),
        Group::Latn => grams::<2>(&alphabet::Latin::new(), text, bits, out),
        Group::Cyrl => grams::<2>(&alphabet::Cyrillic, text, bits, out),
        Group::Hebr => grams::<1>(&alphabet::HEBREW, text, bits, out),
        Group::Deva => grams::<1>(&alphabet::DEVANAGARI, text, bits, out),
        Group::Beng => grams::<1>(&alphabet::BENGALI, text, bits, out),
        Group::Ethi => grams::<1>(&alphabet::ETHIOPIC, text, bits, out),
        Group::Tibt => grams::<1>(&alphabet::TIBETAN, text, bits, out),
        Group::Mymr => grams::<1>(&alphabet::MYANMAR, text, bits, out),
        Group::Hani => ideographs(text, bits, out),
    }
}

fn bucket(key: u64, bits: u32) -> u16 {
    (key.wrapping_mul(SPREAD) >> (64 - bits)) as u16
}

/// The n-grams of the lengths `SHORTEST` to `SHORTEST + 3`, and the words.
fn grams<const SHORTEST: u32>(alphabet: &impl Alphabet, text: &str, bits: u32, out: &mut Vec<u16>) -> u32 {
    // The last n symbols of a window.
    let last = |window: u64, n: u32| bucket(window & ((1 << (8 * n)) - 1), bits);
    let mut letters = 0;
    // The last symbols, newest in the low byte; a word starts at EDGE alone.
    let mut window = EDGE;
    let mut word = WORD_SEED;
    for c in text.chars().chain([' ']) {
        match alphabet.symbol(c) {
            SKIP => {}
            BOUNDARY if window == EDGE => {}
            BOUNDARY => {
                window = window << 8 | EDGE;
                out.extend_from_slice(&[last(window, 2), last(window, 3), last(window, 4), bucket(word, bits)]);
                if SHORTEST > 1 && window >= 1 << 32 {
                    out.push(last(window, 5));
                }
                window = EDGE;
                word = WORD_SEED;
            }
            symbol => {
                let symbol = u64::from(symbol);
                window = window << 8 | symbol;
                word = (word ^ symbol).wrapping_mul(WORD_PRIME);
                out.extend_from_slice(&[
                    last(window, SHORTEST),
                    last(window, SHORTEST + 1),
                    last(window, SHORTEST + 2),
                    last(window, SHORTEST + 3),
                ]);
                // Near the start of a word the longer n-grams are the shorter ones again.
                let repeats = |n: u32| usize::from(window < 1 << (8 * (SHORTEST + n)));
                out.truncate(out.len() - repeats(0) - repeats(1) - repeats(2));
                letters += 1;
            }
        }
    }
    letters
}

fn ideographs(text: &str, bits: u32, out: &mut Vec<u16>) -> u32 {
    let mut letters = 0;
    let mut before = EDGE;
    for c in text.chars() {
        if !ideographic(c) {
            before = EDGE;
            continue;
        }
        let code = u64::from(c);
        out.extend_from_slice(&[bucket(code, bits), bucket(before << 21 | code, bits)]);
        before = code;
        letters += 1;
    }
    letters
}

/// Han, kana and their iteration and length marks.
fn ideographic(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(group: Group, text: &str) -> Vec<u16> {
        let mut out = Vec::new();
        features(group, text, 14, &mut out);
        out
    }

    #[test]
    fn marks_and_case_change_nothing() {
        assert_eq!(of(Group::Arab, "كُتُبٌ"), of(Group::Arab, "كتب"));
        assert_eq!(of(Group::Arab, "می\u{200c}رود"), of(Group::Arab, "میرود"));
        assert_eq!(of(Group::Latn, "ÉCOLE İzmir Ştefan"), of(Group::Latn, "école izmir ștefan"));
        assert_eq!(of(Group::Cyrl, "ЙОД Ѓорѓи Ўладзімір"), of(Group::Cyrl, "йод ѓорѓи ўладзімір"));
        assert_ne!(of(Group::Arab, "یک"), of(Group::Arab, "يك"));
    }

    #[test]
    fn a_word_has_its_grams_and_itself() {
        // Letters: 2, 3 and 4 n-grams; end: three n-grams and the word.
        assert_eq!(of(Group::Arab, "قال").len(), 2 + 3 + 4 + 4);
        assert_eq!(of(Group::Arab, " قال،123 abc ").len(), 13);
        assert_eq!(of(Group::Hani, "東京都 abc").len(), 6);
        assert!(of(Group::Arab, "abc 123").is_empty());
    }
}

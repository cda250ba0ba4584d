//! A text to token hashes with their places, folded on the way: one pass over its characters.

use std::{ops::Range, sync::LazyLock};

use khabar_text::{Zwnj, fold_with};

/// The tokens of a text, in order.
#[derive(Default)]
pub(crate) struct Tokens {
    /// 64-bit hashes of the folded tokens.
    pub(crate) hashes: Vec<u64>,
    /// Where each stands in the text.
    pub(crate) places: Vec<Place>,
    /// Which of them are numbers: indices into `hashes`, ascending.
    pub(crate) numbers: Vec<u32>,
    /// The strongest border since the last token.
    gap: Border,
}

/// Where a token stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// First character.
    pub(crate) start: u32,
    /// After the last character.
    pub(crate) end: u32,
    /// What stands before it.
    pub(crate) border: Border,
}

/// What stands between two tokens, the weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Border {
    /// White space, a hyphen, nothing at all.
    #[default]
    Word,
    /// A comma, a colon, a bracket, a quotation mark.
    Clause,
    /// A full stop, before it is known whether white space follows: 63.1 is one number.
    Stop,
    /// The end of a sentence or of a line.
    Sentence,
}

impl Tokens {
    /// The tokens of some parts of a text: byte ranges, ascending; those that do not fit are left out. A part ends a line.
    /// `ends` is told after each part how many tokens there are.
    pub(crate) fn of(text: &str, parts: &[Range<usize>], mut ends: impl FnMut(usize)) -> Self {
        let bytes: usize = parts.iter().map(ExactSizeIterator::len).sum();
        // Arabic-script text has about five letters and a space a word, of two bytes a letter.
        let room = bytes / 9 + 4;
        let mut tokens = Self { hashes: Vec::with_capacity(room), places: Vec::with_capacity(room), ..Self::default() };
        let (mut at, mut chars) = (0, 0);
        for part in parts {
            let (Some(before), Some(part_text)) = (text.get(at..part.start), text.get(part.clone())) else {
                ends(tokens.hashes.len());
                continue;
            };
            chars += before.chars().count() as u32;
            tokens.gap = Border::Sentence;
            chars = tokens.scan(part_text, chars);
            at = part.end;
            ends(tokens.hashes.len());
        }
        tokens
    }

    /// Reads on; `chars` is the place of the first character. Returns the place after the last one.
    ///
    /// A token is a run of letters, digits and marks; in scripts without spaces one token starts at each character and
    /// takes in the next, so that two of them in a row speak for a word as elsewhere.
    fn scan(&mut self, text: &str, mut chars: u32) -> u32 {
        let (letters, table, bytes) = (&*LETTERS, &*TABLE, text.as_bytes());
        let mut word = Word::default();
        let mut solo: Option<(u32, u32)> = None;
        let mut at = 0;
        loop {
            let (first, tail) = (chars, at);
            (word.state, word.digits, at, chars) = run_of_letters(letters, bytes, word.state, word.digits, at, chars);
            if at != tail {
                if !word.open {
                    (word.start, word.at, word.open) = (first, tail, true);
                }
                if let Some(before) = solo.take() {
                    self.push_solo(before, 0);
                }
            }
            let Some((code, len)) = code_at(bytes, at) else { break };
            let class = table.get(code).copied().unwrap_or_else(|| Class::beyond_table(code));
            match class {
                Class::Break(border) => {
                    self.end(&mut word, chars);
                    if let Some(before) = solo.take() {
                        self.push_solo(before, 0);
                    }
                    self.gap = match (self.gap, border) {
                        (Border::Stop, Border::Word) if is_space(code) => Border::Sentence,
                        (gap, border) => gap.max(border),
                    };
                }
                Class::Solo(c) => {
                    self.end(&mut word, chars);
                    if let Some(before) = solo.replace((c, chars)) {
                        self.push_solo(before, c);
                    }
                }
                Class::Word(letter) => {
                    if !word.open {
                        (word.start, word.at, word.open) = (chars, at, true);
                    }
                    word.add(letter);
                    if let Some(before) = solo.take() {
                        self.push_solo(before, 0);
                    }
                }
                Class::Slow => {
                    let (start, first) = if word.open { (word.at, word.start) } else { (at, chars) };
                    word = Word::default();
                    if let Some(before) = solo.take() {
                        self.push_solo(before, 0);
                    }
                    let rest = text.get(start..).unwrap_or_default();
                    let end = rest.find(|c| matches!(Class::of_char(c), Class::Break(_))).unwrap_or(rest.len());
                    let slice = rest.get(..end).unwrap_or_default();
                    chars = first + slice.chars().count() as u32;
                    self.slow(slice, first..chars);
                    at = start + end;
                    continue;
                }
                Class::Skip => {}
            }
            at += len;
            chars += 1;
        }
        self.end(&mut word, chars);
        if let Some(last) = solo {
            self.push_solo(last, 0);
        }
        chars
    }

    /// Takes a run without breaks that only the fold as a whole gets right (ligatures, combining marks): its first token
    /// has the place of the run, further ones stand at its end.
    fn slow(&mut self, slice: &str, place: Range<u32>) {
        let mut folded = String::with_capacity(slice.len());
        fold_with(slice, Zwnj::Space, &mut folded);
        let first = self.hashes.len();
        let (mut word, mut solo) = (Word::default(), None);
        for c in folded.chars() {
            match Class::of(c) {
                Class::Word(letter) => {
                    word.open = true;
                    word.add(letter);
                    if let Some(before) = solo.take() {
                        self.push_solo(before, 0);
                    }
                }
                Class::Solo(c) => {
                    self.end(&mut word, 0);
                    if let Some(before) = solo.replace((c, 0)) {
                        self.push_solo(before, c);
                    }
                }
                Class::Break(_) | Class::Skip | Class::Slow => self.end(&mut word, 0),
            }
        }
        self.end(&mut word, 0);
        if let Some(last) = solo {
            self.push_solo(last, 0);
        }
        for (nth, own) in self.places.iter_mut().skip(first).enumerate() {
            (own.start, own.end) = (if nth == 0 { place.start } else { place.end }, place.end);
        }
    }

    #[inline]
    fn end(&mut self, word: &mut Word, end: u32) {
        if !word.open {
            return;
        }
        if word.digits & DIGIT != 0 {
            self.numbers.push(self.hashes.len() as u32);
        }
        self.push(mix(word.state), word.start, end);
        *word = Word::default();
    }

    fn push_solo(&mut self, (c, start): (u32, u32), next: u32) {
        self.push(mix(step(step(SOLO, c), next)), start, start + 1);
    }

    #[inline]
    fn push(&mut self, hash: u64, start: u32, end: u32) {
        self.hashes.push(hash);
        self.places.push(Place { start, end, border: self.gap });
        self.gap = Border::Word;
    }
}

/// White space as it stands between sentences; no-break space and its kin do not.
fn is_space(code: usize) -> bool {
    matches!(code, 0x20 | 0x09..=0x0d)
}

/// Goes on as long as letters and digits of the common alphabets come: state, digits, byte and character after them.
#[inline(always)]
fn run_of_letters(
    letters: &[u32; 0x800],
    bytes: &[u8],
    mut state: u64,
    mut digits: u32,
    mut at: usize,
    mut chars: u32,
) -> (u64, u32, usize, u32) {
    while let Some(&first) = bytes.get(at) {
        let (code, len) = if first < 0x80 {
            (usize::from(first), 1)
        } else if first < 0xe0 {
            let second = bytes.get(at + 1).copied().unwrap_or_default();
            (usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f), 2)
        } else {
            break;
        };
        let letter = letters.get(code).copied().unwrap_or_default();
        if letter == 0 {
            break;
        }
        state = step(state, letter);
        digits &= letter;
        at += len;
        chars += 1;
    }
    (state, digits, at, chars)
}

/// The code point at byte `at` of a UTF-8 text, and its length in bytes.
#[inline]
fn code_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = *bytes.get(at)?;
    let tail = |nth: usize| usize::from(bytes.get(at + nth).copied().unwrap_or_default() & 0x3f);
    Some(if first < 0x80 {
        (usize::from(first), 1)
    } else if first < 0xe0 {
        (usize::from(first & 0x1f) << 6 | tail(1), 2)
    } else if first < 0xf0 {
        (usize::from(first & 0xf) << 12 | tail(1) << 6 | tail(2), 3)
    } else {
        (usize::from(first & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    })
}

/// The hash of a word while its letters come in.
struct Word {
    /// Whether there are letters yet.
    open: bool,
    state: u64,
    /// Its letters, all their bits in common: [`DIGIT`] is left where all are digits.
    digits: u32,
    /// Character that it starts with.
    start: u32,
    /// Byte that it starts with.
    at: usize,
}

/// Marks a digit, above all characters.
const DIGIT: u32 = 1 << 31;

impl Default for Word {
    fn default() -> Self {
        Self { open: false, state: 0, digits: DIGIT, start: 0, at: 0 }
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

/// The hash of words in a row.
#[inline]
pub(crate) fn shingle_hash(words: &[u32]) -> u64 {
    mix(words.iter().fold(SOLO, |h, &word| (h.rotate_left(23) ^ u64::from(word)).wrapping_mul(STEP)))
}

/// The hash of two words in a row: one multiplication, for it is computed for each pair of each candidate.
#[inline]
pub(crate) fn pair_hash(first: u32, second: u32) -> u32 {
    ((u64::from(first) << 32 | u64::from(second)).wrapping_mul(SOLO) >> 32) as u32
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A letter, mark or digit of a word; digits with [`DIGIT`] set.
    Word(u32),
    /// Ends a word.
    Break(Border),
    /// Leaves no trace: harakat, tatweel, direction marks.
    Skip,
    /// A character of a script without spaces.
    Solo(u32),
    /// Only the fold of the whole word says what it becomes.
    Slow,
}

/// Classes below this are looked up: all alphabets in news, and general punctuation.
const TABLE_LEN: usize = 0x3000;

/// What the fold makes of each character, as classes.
static TABLE: LazyLock<[Class; TABLE_LEN]> =
    LazyLock::new(|| std::array::from_fn(|code| char_of(code).map_or(Class::Break(Border::Word), Class::of_raw)));
/// Likewise for the compatibility and presentation forms, U+F900 to U+FFFF.
static FORMS: LazyLock<[Class; 0x700]> =
    LazyLock::new(|| std::array::from_fn(|nth| char_of(0xf900 + nth).map_or(Class::Skip, Class::of_raw)));

/// The letters and digits among the characters of one and two bytes, as [`Class::Word`] holds them; 0 for all others.
static LETTERS: LazyLock<[u32; 0x800]> =
    LazyLock::new(|| std::array::from_fn(|code| if let Class::Word(letter) = TABLE[code] { letter } else { 0 }));

fn char_of(code: usize) -> Option<char> {
    u32::try_from(code).ok().and_then(char::from_u32)
}

impl Class {
    fn of_char(c: char) -> Self {
        TABLE.get(c as usize).copied().unwrap_or_else(|| Self::beyond_table(c as usize))
    }

    #[cold]
    fn beyond_table(code: usize) -> Self {
        if let Some(class) = code.checked_sub(0xf900).and_then(|nth| FORMS.get(nth)) {
            return *class;
        }
        let Some(c) = char_of(code) else { return Self::Break(Border::Word) };
        match Self::of(c) {
            solo @ Self::Solo(_) if !is_combining(c) => solo,
            word @ Self::Word(_) if ('\u{ac00}'..='\u{d7a3}').contains(&c) => word,
            Self::Break(_) if !is_combining(c) => Self::Break(border_of(c)),
            _ => Self::of_raw(c),
        }
    }

    /// The class of a character of a text that is not folded yet: what the fold makes of it between two letters.
    fn of_raw(c: char) -> Self {
        if is_combining(c) {
            return Self::Slow;
        }
        let mut folded = String::new();
        fold_with(&format!("ب{c}ب"), Zwnj::Space, &mut folded);
        let inner = folded.strip_prefix('ب').and_then(|rest| rest.strip_suffix('ب'));
        let mut classes = inner.unwrap_or_default().chars().map(Self::of);
        match (classes.next(), classes.next()) {
            (None, _) => Self::Skip,
            (Some(Self::Break(_)), None) => Self::Break(border_of(c)),
            (Some(only), None) => only,
            (Some(_), Some(_)) => Self::Slow,
        }
    }

    /// The class of a folded character.
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
            '\u{0964}' | '\u{0965}' | '\u{0970}' => Self::Break(Border::Sentence),
            '\u{0900}'..='\u{0dff}' if !c.is_numeric() => Self::Word(c as u32),
            _ if c.is_numeric() => Self::Word(c as u32 | DIGIT),
            _ if c.is_alphabetic() => Self::Word(c as u32),
            _ => Self::Break(Border::Word),
        }
    }
}

/// Marks that may have to be composed with the letter before them, outside of the scripts whose marks are letters to us.
fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

/// What a character that is no letter says of the place where it stands.
fn border_of(c: char) -> Border {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Border::Sentence,
        '!' | '?' | '؟' | '\u{6d4}' | '…' | '।' | '॥' | '。' | '！' | '？' => Border::Sentence,
        '.' => Border::Stop,
        ','
        | '،'
        | ';'
        | '؛'
        | ':'
        | '、'
        | '，'
        | '；'
        | '：'
        | '('
        | ')'
        | '['
        | ']'
        | '"'
        | '«'
        | '»'
        | '–'
        | '—'
        | '\u{201c}'..='\u{201f}'
        | '\u{2039}'
        | '\u{203a}'
        | '「'
        | '」'
        | '『'
        | '』' => Border::Clause,
        _ => Border::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Tokens {
        Tokens::of(text, std::slice::from_ref(&(0..text.len())), |_| {})
    }

    fn slices(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        tokens(text).places.iter().map(|p| chars[p.start as usize..p.end as usize].iter().collect()).collect()
    }

    #[test]
    fn words_and_numbers() {
        let found = tokens("مقتل 12 شخصا، في 3 مدن.");
        assert_eq!(found.hashes.len(), 6);
        assert_eq!(found.numbers, [1, 4]);
        assert_eq!(found.hashes, tokens("«مقتل» ١٢ شخصًا\nفي 3 مدن").hashes);
        assert_eq!(slices("«مقتل» ١٢ شخصًا"), ["مقتل", "١٢", "شخصًا"]);
    }

    #[test]
    fn borders_of_sentences() {
        let borders = |text| tokens(text).places.iter().map(|place| place.border).collect::<Vec<_>>();
        use Border::{Clause, Sentence, Stop, Word};
        assert_eq!(borders("بلغ 63.1% من. قال: «نعم» ثم"), [Sentence, Word, Stop, Word, Sentence, Clause, Clause]);
        assert_eq!(borders("أ\nب؟ ج"), [Sentence, Sentence, Sentence]);
    }

    #[test]
    fn an_ideograph_starts_a_token() {
        assert_eq!(tokens("新华社北京").hashes.len(), 5);
        assert_eq!(tokens("新华社 2024").hashes.len(), 4);
        assert_ne!(tokens("新华").hashes[0], tokens("华新").hashes[0]);
    }

    #[test]
    fn indic_signs_stay_inside_words() {
        assert_eq!(tokens("प्रधानमंत्री ने कहा।").hashes.len(), 3);
    }

    #[test]
    fn ligatures_and_combining_marks_are_folded_with_their_word() {
        assert_eq!(tokens("ﻻ إله ﺍﻟﻨﻔﻂ").hashes, tokens("لا اله النفط").hashes);
        assert_eq!(tokens("re\u{301}sume\u{301} done").hashes, tokens("résumé done").hashes);
        assert_eq!(slices("ab re\u{301}sume\u{301} x"), ["ab", "re\u{301}sume\u{301}", "x"]);
        assert_eq!(tokens("مسو\u{654}ول").hashes, tokens("مسؤول").hashes);
    }

    #[test]
    fn parts_are_read_in_their_places() {
        let text = "عنوان\nمتن الخبر\nصورة\nخاتمة";
        let part = |words: &str| text.find(words).map(|at| at..at + words.len()).unwrap();
        let found = Tokens::of(text, &[part("متن الخبر"), part("خاتمة")], |_| {});
        let chars: Vec<char> = text.chars().collect();
        let words: Vec<String> =
            found.places.iter().map(|place| chars[place.start as usize..place.end as usize].iter().collect()).collect();
        assert_eq!(words, ["متن", "الخبر", "خاتمة"]);
        assert_eq!(found.hashes, tokens("متن الخبر\nخاتمة").hashes);
    }

    proptest! {
        #[test]
        fn one_pass_says_what_the_fold_says(text in "[a-zA-ZéßÀ-ž\u{621}-\u{65f}\u{670}-\u{6ff}\u{200c}-\u{200f} .,«»0-9\n\u{fb50}-\u{fbff}\u{fe80}-\u{fefc}]{0,60}") {
            let mut folded = String::new();
            fold_with(&text, Zwnj::Space, &mut folded);
            let (one, two) = (tokens(&text), tokens(&folded));
            prop_assert_eq!(&one.hashes, &two.hashes);
            prop_assert_eq!(one.numbers, two.numbers);
        }

        #[test]
        fn places_ascend_and_fit(text in any::<String>()) {
            let found = tokens(&text);
            let chars = text.chars().count() as u32;
            prop_assert!(found.places.iter().all(|place| place.start <= place.end && place.end <= chars));
            prop_assert!(found.places.windows(2).all(|two| two[0].end <= two[1].start));
            prop_assert_eq!(found.places.len(), found.hashes.len());
        }
    }
}

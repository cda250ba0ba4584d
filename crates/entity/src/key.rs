//! The spaceless key of a text or a name, with its word edges and the way back to the text.

use std::cell::OnceCell;

use khabar_model::Span;
use khabar_text::{Alignment, Zwnj, fold_aligned};

use crate::language::Writing;

pub(crate) use self::plain::{fold_each, fold_word};

mod plain;

const ZWNJ: char = '\u{200c}';

/// Stands in the key for punctuation that no name reaches across.
const HARD_BREAK: char = ' ';

/// The fold key of a text without its spaces: «کره شمالی», «کره‌شمالی» and «کرهشمالی» have the same letters.
///
/// What stood between two letters is kept beside them, so that a name can be told from a fragment of a word. Places
/// in a key are counted in letters.
#[derive(Debug)]
pub(crate) struct Key<'t> {
    text: &'t str,
    letters: Vec<char>,
    /// By letter, and one more for the end: what stands before it.
    edges: Vec<Edge>,
    words: Vec<Word>,
    /// The way back to the text by way of the folded text, if the letters come from there.
    back: Option<Back>,
    shouts: OnceCell<bool>,
}

/// Where a word starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    /// Its first letter.
    place: u32,
    /// The first byte of that letter in the text; in the folded text where the letters come from there.
    byte: u32,
}

/// From letters to a text that had to be folded as a whole.
#[derive(Debug)]
struct Back {
    /// By letter: its first byte in the folded text.
    bytes: Vec<u32>,
    alignment: Alignment,
}

/// What stands between two letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Nothing: both belong to one word.
    None,
    /// The writing changes, or letters meet digits: often two words whose space was forgotten.
    Script,
    /// A zero-width non-joiner.
    HalfSpace,
    /// A space, hyphen, apostrophe, underscore, or the dot of an abbreviation: a name may go on behind it.
    Space,
    /// Other punctuation, or an end of the text.
    Hard,
}

impl Edge {
    /// What a full stop and a space are behind a word of so many letters: "St. Petersburg", «أ. ف. ب» have the dot of an
    /// abbreviation; behind a longer word it ends a sentence.
    fn behind_stop(word_letters: usize) -> Self {
        if word_letters <= 2 { Self::Space } else { Self::Hard }
    }
}

impl<'t> Key<'t> {
    /// The key of a text or a name.
    pub(crate) fn new(text: &'t str) -> Self {
        Self::plain(text).unwrap_or_else(|| Self::folded(text))
    }

    /// The key by way of the folded text, which is there for any text.
    fn folded(text: &'t str) -> Self {
        let aligned = fold_aligned(text, Zwnj::Delete);
        let half_spaces = half_spaces(text, &aligned.alignment);
        let letters = aligned.text.len() / 2;
        let mut key = Self {
            text,
            letters: Vec::with_capacity(letters),
            edges: Vec::with_capacity(letters + 1),
            words: Vec::new(),
            back: None,
            shouts: OnceCell::new(),
        };
        let bytes = key.read(&aligned.text, &half_spaces);
        key.back = Some(Back { bytes, alignment: aligned.alignment });
        key
    }

    /// Takes in the letters of the folded text, and says where they stand there; `half_spaces` are the places in it where a
    /// ZWNJ was dropped.
    fn read(&mut self, folded: &str, half_spaces: &[usize]) -> Vec<u32> {
        let mut half_spaces = half_spaces.iter().copied().peekable();
        let mut bytes = Vec::with_capacity(folded.len() / 2);
        let mut last: Option<char> = None;
        // Where the characters between the last letter and the next one start.
        let mut between = 0;
        let mut word_letters = 0;
        let mut push = |key: &mut Self, letter: char, edge: Edge, offset: usize| {
            key.letters.push(letter);
            key.edges.push(edge);
            // Texts beyond 4 GiB have no spans in this schema.
            bytes.push(u32::try_from(offset).unwrap_or(u32::MAX));
        };
        for (offset, letter) in folded.char_indices() {
            if !is_letter(letter) {
                continue;
            }
            let edge = match last {
                None => Edge::Hard,
                Some(_) if between < offset => edge_of(folded.get(between..offset).unwrap_or_default(), word_letters),
                Some(_) if half_spaces.peek().is_some_and(|&place| place <= offset) => Edge::HalfSpace,
                Some(last) if changes_writing(last, letter) => Edge::Script,
                Some(_) => Edge::None,
            };
            while half_spaces.next_if(|&place| place <= offset).is_some() {}
            if edge == Edge::Hard && last.is_some() {
                push(self, HARD_BREAK, Edge::Hard, between);
            }
            if edge == Edge::None {
                word_letters += 1;
            } else {
                let byte = u32::try_from(offset).unwrap_or(u32::MAX);
                self.words.push(Word { place: self.letters.len() as u32, byte });
                word_letters = 1;
            }
            push(self, letter, edge, offset);
            last = Some(letter);
            between = offset + letter.len_utf8();
        }
        self.edges.push(Edge::Hard);
        bytes
    }

    /// The letters, without what stood between them.
    pub(crate) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// The letters from one place to another.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.letters.get(start..end).unwrap_or_default()
    }

    /// The letters from a place on.
    pub(crate) fn from(&self, place: usize) -> &[char] {
        self.letters.get(place..).unwrap_or_default()
    }

    /// What stands before the letter at a place; [`Edge::Hard`] at both ends.
    pub(crate) fn edge(&self, place: usize) -> Edge {
        self.edges.get(place).copied().unwrap_or(Edge::Hard)
    }

    /// The words, in order: where each starts, and one past its last letter.
    pub(crate) fn words(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + ExactSizeIterator {
        self.words.iter().enumerate().map(|(index, word)| {
            let end = match self.words.get(index + 1).map(|next| next.place as usize) {
                None => self.letters.len(),
                Some(next) => next - usize::from(self.edge(next) == Edge::Hard),
            };
            (word.place as usize, end)
        })
    }

    /// The letters of a word from a place on, cut after `most`.
    pub(crate) fn rest_of_word(&self, place: usize, most: usize) -> &[char] {
        let ends = (place + most).min(self.letters.len());
        let mut edges = self.edges.get(place + 1..ends).unwrap_or_default().iter();
        let length = edges.position(|edge| *edge != Edge::None).map(|length| length + 1);
        self.slice(place, length.map_or(ends, |length| place + length))
    }

    /// A range of the letters as a range of the text: bytes, without what stands around it, with the vowel signs of
    /// its last letter.
    pub(crate) fn in_text(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let last = end.checked_sub(1)?;
        let (from, to) = match &self.back {
            None => self.bytes(start, last)?,
            Some(Back { bytes, alignment }) => {
                let end = *bytes.get(last)? as usize + self.letters.get(last)?.len_utf8();
                let span = alignment.to_src(Span::new(*bytes.get(start)? as usize, end).ok()?);
                (span.start(), span.end())
            }
        };
        let behind = self.text.get(to..)?;
        let signs = behind.len() - behind.trim_start_matches(is_vowel_sign).len();
        Some((from, to + signs))
    }

    /// The text that a range of the letters stands for.
    pub(crate) fn text_of(&self, start: usize, end: usize) -> Option<&'t str> {
        let (start, end) = self.in_text(start, end)?;
        self.text.get(start..end)
    }

    /// True if the text is words in capitals and nothing else ("JOIN US"), where capitals say nothing of a name. An
    /// agency's initials alone, or in Arabic text, are no shouting. Found out at most once.
    pub(crate) fn shouts(&self) -> bool {
        *self.shouts.get_or_init(|| {
            let foreign =
                || self.letters.iter().any(|&letter| Writing::of(letter).is_some_and(|of| of != Writing::Cased));
            self.words.len() > 1 && !self.text.contains(char::is_lowercase) && !foreign()
        })
    }

    /// The character of the text that a letter comes from.
    pub(crate) fn text_char(&self, place: usize) -> Option<char> {
        match self.back {
            None => self.bytes(place, place).and_then(|(start, _)| self.text.get(start..)?.chars().next()),
            Some(_) => self.text_of(place, place + 1)?.chars().next(),
        }
    }

    /// True if the text writes the word with this index with this character first.
    pub(crate) fn starts_with(&self, word: usize, character: char) -> bool {
        let Some(&Word { place, byte }) = self.words.get(word) else { return false };
        match self.back {
            None => self.text.get(byte as usize..).is_some_and(|rest| rest.starts_with(character)),
            Some(_) => self.text_char(place as usize) == Some(character),
        }
    }
}

/// The places in the folded text where a ZWNJ was dropped, in order.
fn half_spaces(text: &str, alignment: &Alignment) -> Vec<usize> {
    // Most Arabic text has none.
    if !text.contains(ZWNJ) {
        return Vec::new();
    }
    let dropped = alignment
        .edits()
        .iter()
        .filter(|edit| text.get(edit.src.clone()).is_some_and(|dropped| dropped.contains(ZWNJ)));
    dropped.map(|edit| edit.dst.end).collect()
}

/// What the characters between two letters mean; `word_letters` is the length of the word before them.
fn edge_of(characters: &str, word_letters: usize) -> Edge {
    let mut rest = characters.chars();
    match (rest.next(), rest.next()) {
        (Some(' ' | '-' | '_' | '.' | '\'' | '·'), None) => Edge::Space,
        (Some('.'), Some(' ')) if rest.as_str().is_empty() => Edge::behind_stop(word_letters),
        _ => Edge::Hard,
    }
}

/// True for what belongs to a word: letters, digits, and the vowel signs of scripts that have them as characters.
pub(crate) fn is_letter(character: char) -> bool {
    match character {
        'a'..='z' | '0'..='9' | '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => true,
        '\0'..='~' | '\u{964}' | '\u{965}' => false,
        '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5bd}' => true,
        '\u{900}'..='\u{dff}' | '\u{e30}'..='\u{e4e}' | '\u{eb0}'..='\u{ecd}' | '\u{102b}'..='\u{103e}' => true,
        _ => character.is_alphanumeric(),
    }
}

/// The character at a byte.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The letters and digits of a text as it is written, but for vowel signs and tatweel.
pub(crate) fn plain_letters(text: &str) -> impl Iterator<Item = char> {
    const TATWEEL: char = '\u{640}';
    text.chars().filter(|&letter| letter.is_alphanumeric() && letter != TATWEEL && !is_vowel_sign(letter))
}

/// True for the marks that the fold key drops behind a letter: harakat and their like, combining accents.
pub(crate) fn is_vowel_sign(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{300}'..='\u{36f}')
}

/// True if two letters that touch are of different writings, or a letter of a script without case meets a digit
/// («17دستگاه» is two words, "F16" is one).
fn changes_writing(left: char, right: char) -> bool {
    let arabic = '\u{620}'..='\u{6ff}';
    if arabic.contains(&left) && arabic.contains(&right) {
        return false;
    }
    match (Writing::of(left), Writing::of(right)) {
        (Some(left), Some(right)) => left != right,
        (Some(writing), None) | (None, Some(writing)) => {
            writing != Writing::Cased && (left.is_numeric() || right.is_numeric())
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        Key::new(text).letters().iter().collect()
    }

    #[test]
    fn spaces_and_spelling_leave_no_trace_but_edges() {
        let spaced = Key::new("کره شمالی");
        for (text, edge) in [
            ("کره شمالی", Edge::Space),
            ("کره‌شمالی", Edge::HalfSpace),
            ("كرهشمالي", Edge::None),
            ("كُره_شمالي", Edge::Space),
            ("کره-شمالی", Edge::Space),
        ] {
            let key = Key::new(text);
            assert_eq!(key.letters(), spaced.letters());
            assert_eq!((key.edge(3), key.edge(0), key.edge(8)), (edge, Edge::Hard, Edge::Hard), "{text}");
        }
    }

    #[test]
    fn punctuation_that_ends_a_sentence_stays() {
        assert_eq!(letters("St. Petersburg"), "stpetersburg");
        assert_eq!(letters("(أ. ف. ب.)"), "افب");
        assert_eq!(letters("U.S.A."), "usa");
        assert_eq!(letters("عاد إلى كوريا. الشمالية أبرد"), "عادالىكوريا الشماليهابرد".replace('ى', "ي"));
        assert_eq!(letters("روسيا، إيران"), "روسيا ايران");
    }

    #[test]
    fn a_place_in_the_key_is_a_place_in_the_text() {
        let text = "في كُورِيَا؛ 17دستگاه";
        let key = Key::new(text);
        assert_eq!(key.text_of(2, 7), Some("كُورِيَا"));
        assert_eq!((key.edge(10), key.text_char(10)), (Edge::Script, Some('د')));
        assert_eq!(key.rest_of_word(3, 9), ['و', 'ر', 'ي', 'ا']);
        assert_eq!(key.rest_of_word(3, 2), ['و', 'ر']);
        assert_eq!(key.words().collect::<Vec<_>>(), [(0, 2), (2, 7), (8, 10), (10, 16)]);
        assert_eq!(key.in_text(18, 19), None);
        assert!(Key::new("").letters().is_empty());
    }
}

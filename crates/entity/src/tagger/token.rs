//! Words, numbers and signs of a text, as the tagger reads them.

use std::sync::LazyLock;

use khabar_text::{Letters, Zwnj, fold_with};

use crate::key::{self, is_vowel_sign};

const ZWNJ: char = '\u{200c}';
const TATWEEL: char = '\u{640}';

/// Tokens of a sentence beyond which it is cut: no sentence of news is longer.
const LONGEST_SENTENCE: usize = 160;

/// Letters of a token beyond which it is cut: no word is longer.
const LONGEST_TOKEN: usize = 80;

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// White space or the text's start stands before it.
    pub(crate) spaced: bool,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Word,
    Number,
    Sign,
}

/// The tokens of a text, in order. Direction marks and other invisible characters are between them.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 8);
    let mut at = 0;
    let mut spaced = true;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        if is_plain(first) {
            at = word_end(text, start);
            found.push(Token { start, end: at, kind: Kind::Word, spaced });
            spaced = false;
            continue;
        }
        if first.is_whitespace() {
            spaced = true;
            at += first.len_utf8();
            continue;
        }
        if is_invisible(first) || is_vowel_sign(first) || first == TATWEEL {
            at += first.len_utf8();
            continue;
        }
        let (end, kind) = if first.is_numeric() {
            (number_end(text, start), Kind::Number)
        } else if is_letter(first) {
            (word_end(text, start), Kind::Word)
        } else if is_apostrophe(first) && !spaced && is_possessive(text, start + first.len_utf8()) {
            (start + first.len_utf8() + 1, Kind::Word)
        } else {
            (start + first.len_utf8(), Kind::Sign)
        };
        found.push(Token { start, end, kind, spaced });
        spaced = false;
        at = end;
    }
    found
}

/// The end of the number that starts at `start`: digits, and points between them.
fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for (offset, letter) in text.get(start..).unwrap_or_default().char_indices() {
        if letter.is_numeric() && offset < LONGEST_TOKEN {
            end = start + offset + letter.len_utf8();
        } else if !matches!(letter, '.' | ',' | '/' | '٫' | '٬') || start + offset != end {
            break;
        }
    }
    end
}

/// The end of the word that starts at `start`.
fn word_end(text: &str, start: usize) -> usize {
    // Nearly all of Arabic script.
    let most = text.as_bytes().get(start..).unwrap_or_default();
    let plain = PLAIN.run(most.get(..LONGEST_TOKEN * 2).unwrap_or(most));
    let mut letters = plain / 2;
    let mut end = start + plain;
    let mut dots = 0;
    let mut latin = letters == 0;
    let (start, rest) = (end, text.get(end..).unwrap_or_default());
    let mut chars = rest.char_indices().peekable();
    while let Some((offset, letter)) = chars.next() {
        let next = start + offset + letter.len_utf8();
        let behind = chars.peek().map(|&(_, behind)| behind);
        if !is_plain(letter) && (is_vowel_sign(letter) || letter == TATWEEL) {
            end = next;
        } else if is_plain(letter) || is_letter(letter) {
            if letters >= LONGEST_TOKEN || !latin && !is_plain(letter) && letter.is_numeric() {
                break;
            }
            latin &= letter.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&letter);
            letters += 1;
            end = next;
        } else if letter == ZWNJ && behind.is_some_and(is_letter) {
            letters += 1;
        } else if letter == '.' && letters == dots + 1 && (behind.is_some_and(is_letter) || dots > 0) {
            // Initials: «ا.ف.پ», "U.S."
            dots += 1;
            end = next;
        } else if is_apostrophe(letter)
            && latin
            && behind.is_some_and(char::is_alphabetic)
            && !is_possessive(text, next)
        {
            letters += 1;
        } else {
            break;
        }
    }
    end
}

/// True for letters of which no table has to be asked: words consist of hardly anything else.
fn is_plain(character: char) -> bool {
    matches!(character, 'a'..='z' | 'A'..='Z' | '\u{621}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

/// Those of Arabic script.
static PLAIN: LazyLock<Letters> = LazyLock::new(|| Letters::of(is_plain));

/// True for what words are made of: the letters of the keys, and capitals.
fn is_letter(character: char) -> bool {
    character.is_ascii_uppercase() || key::is_letter(character)
}

/// True if an `s` and no letter stands at a place, behind an apostrophe.
fn is_possessive(text: &str, place: usize) -> bool {
    let mut rest = text.get(place..).unwrap_or_default().chars();
    matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphanumeric)
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}')
}

/// True for characters without shape that belong to no word.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || character.is_control()
}

/// The sentences of a text as ranges of its tokens. They are for the tagger's windows: a cut too many does no harm.
pub(crate) fn sentences(text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let spaced = next.is_none_or(|next| next.spaced);
        let sign = if token.kind == Kind::Sign { text.get(token.start..token.end) } else { None };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map_or(0, |before| before.end - before.start);
        let ends = match sign {
            // «ج. ا.» and "Mr. Smith" go on.
            Some(".") => spaced && before > 3,
            Some("!" | "؟" | "?" | "۔" | "…" | "؛" | ";") => spaced,
            _ => false,
        };
        let breaks = next.is_some_and(|next| text.get(token.end..next.start).is_some_and(|gap| gap.contains('\n')));
        if ends || breaks || at + 1 - start >= LONGEST_SENTENCE {
            found.push((start, at + 1));
            start = at + 1;
        }
    }
    if start < tokens.len() {
        found.push((start, tokens.len()));
    }
    found
}

/// The folded letters of tokens, in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    letters: Vec<char>,
    ends: Vec<u32>,
}

impl Folded {
    /// Folds the tokens of a text.
    pub(crate) fn new(text: &str, tokens: &[Token]) -> Self {
        let mut folded =
            Self { letters: Vec::with_capacity(text.len() / 2), ends: Vec::with_capacity(tokens.len() + 1) };
        folded.ends.push(0);
        let mut buffer = String::new();
        for token in tokens {
            let written = text.get(token.start..token.end).unwrap_or_default();
            let before = folded.letters.len();
            if !key::fold_each(written, |letter| folded.letters.push(letter)) {
                folded.letters.truncate(before);
                fold_with(written, Zwnj::Delete, &mut buffer);
                folded.letters.extend(buffer.chars());
            }
            folded.ends.push(u32::try_from(folded.letters.len()).unwrap_or(u32::MAX));
        }
        folded
    }

    /// The letters of the token with this index.
    pub(crate) fn get(&self, token: usize) -> &[char] {
        let (Some(&start), Some(&end)) = (self.ends.get(token), self.ends.get(token + 1)) else { return &[] };
        self.letters.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Where the part of a word before its last ZWNJ ends, if what follows is a Persian ending («ایران‌ها»); bytes.
pub(crate) fn before_ending(word: &str) -> Option<usize> {
    let at = word.rfind(ZWNJ)?;
    let ending = word.get(at + ZWNJ.len_utf8()..)?;
    const ENDINGS: [&str; 18] = [
        "ها",
        "های",
        "هایی",
        "ای",
        "اش",
        "ام",
        "ات",
        "شان",
        "مان",
        "تان",
        "هایش",
        "هایشان",
        "اند",
        "است",
        "ی",
        "هاي",
        "ي",
        "یی",
    ];
    ENDINGS.contains(&ending).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text).iter().filter_map(|token| text.get(token.start..token.end)).collect()
    }

    #[test]
    fn words_numbers_and_signs() {
        assert_eq!(split("قال «جورج»، 12.5 مليون"), ["قال", "«", "جورج", "»", "،", "12.5", "مليون"]);
        assert_eq!(split("ایران‌ها 17دستگاه"), ["ایران‌ها", "17", "دستگاه"]);
        assert_eq!(
            split("Trump's F-16, O'Brien of the U.S. won."),
            ["Trump", "'s", "F", "-", "16", ",", "O'Brien", "of", "the", "U.S.", "won", "."]
        );
        assert_eq!(split("كُورِيَا\u{200f} ."), ["كُورِيَا", "."]);
        assert_eq!(split(" \u{200f}\n"), [""; 0]);
        assert_eq!(split("1.. 2,, 3./4"), ["1", ".", ".", "2", ",", ",", "3", ".", "/", "4"]);
    }

    #[test]
    fn sentences_are_cut_at_stops() {
        let text = "جاء الرئيس. ثم ذهب! قال أ. محمد\nعاد";
        let tokens = tokens(text);
        let texts: Vec<&str> = sentences(text, &tokens)
            .into_iter()
            .filter_map(|(start, end)| text.get(tokens[start].start..tokens[end - 1].end))
            .collect();
        assert_eq!(texts, ["جاء الرئيس.", "ثم ذهب!", "قال أ. محمد", "عاد"]);
    }

    #[test]
    fn plain_letters_are_letters_and_nothing_else() {
        for letter in ('\0'..=char::MAX).filter(|&letter| is_plain(letter)) {
            assert!(is_letter(letter) && !letter.is_numeric() && !is_vowel_sign(letter) && letter != TATWEEL);
            assert!(!letter.is_whitespace() && !is_invisible(letter) && !is_apostrophe(letter), "{letter}");
        }
    }

    #[test]
    fn endings_behind_a_half_space() {
        assert_eq!(before_ending("ایران‌ها"), Some("ایران".len()));
        assert_eq!(before_ending("کره‌شمالی"), None);
        assert_eq!(before_ending("ایران"), None);
    }
}

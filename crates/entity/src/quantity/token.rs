//! Words, figures and marks of a text, with the words that quantities are made of known by number.

use khabar_text::{is_alphanumeric, is_common_letter};

use super::lexicon::lexicon;
use super::numeral;
use crate::key::{behind_common, char_at, fold_word};
use crate::phrases::{Tongue, UNKNOWN};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Word,
    Digits,
    Mark(char),
}

/// A word, a number in figures, or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Of a word: its id in the lexicon; behind the conjunction or preposition that it is written with, if any.
    pub(super) word: u32,
    /// Of an Arabic word with proclitics that is in the lexicon without them.
    pub(super) bare: u32,
    /// Bytes of those proclitics.
    pub(super) clitic: usize,
    /// No white space before it.
    pub(super) glued: bool,
}

/// Arabic proclitics that a number or its modifier is written with.
const PROCLITICS: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];

/// The tokens of a text.
pub(super) fn tokens(text: &str, tongue: Tongue) -> Vec<Token> {
    let lexicon = lexicon();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 8);
    let mut folded = String::new();
    let mut glued = false;
    let mut end = 0;
    while let Some(c) = char_at(text, end) {
        let start = end;
        end += c.len_utf8();
        let is_common = is_common_letter(c);
        let kind = if !is_common && c.is_whitespace() {
            glued = false;
            continue;
        } else if numeral::digit(c).is_some() {
            let digit = |at| char_at(text, at).filter(|c| numeral::digit(*c).is_some());
            let separator = |at| char_at(text, at).filter(|c| numeral::is_separator(*c));
            let goes_on = |at| digit(at).or_else(|| separator(at).filter(|c| digit(at + c.len_utf8()).is_some()));
            while let Some(c) = goes_on(end) {
                end += c.len_utf8();
            }
            Kind::Digits
        } else if is_common || is_letter(c) {
            end = behind_common(text, end);
            while let Some(c) = char_at(text, end).filter(|c| is_letter(*c) || is_inside(*c)) {
                end += c.len_utf8();
            }
            Kind::Word
        } else {
            Kind::Mark(c)
        };
        let mut token = Token { start, end, kind, word: UNKNOWN, bare: UNKNOWN, clitic: 0, glued };
        if kind == Kind::Word {
            let word = text.get(start..end).unwrap_or_default();
            let folded = fold_word(word, &mut folded);
            token.word = lexicon.id(folded);
            let mut rest = folded;
            let mut clitic = 0;
            while tongue == Tongue::Arabic && token.word == UNKNOWN && clitic < 4 {
                let Some(behind) = rest.strip_prefix(PROCLITICS) else { break };
                clitic += 2;
                rest = behind;
                token.bare = lexicon.id(rest);
                if token.bare != UNKNOWN {
                    token.clitic = clitic;
                    break;
                }
            }
        }
        tokens.push(token);
        glued = true;
    }
    tokens
}

fn is_letter(c: char) -> bool {
    is_common_letter(c) || is_alphanumeric(c) && numeral::digit(c).is_none()
}

/// True for what stands inside of words: joiners and vowel signs.
fn is_inside(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}' | '\'' | '’')
}

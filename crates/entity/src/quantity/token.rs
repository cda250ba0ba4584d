//! Words, figures and marks of a text, with the words that quantities are made of known by number.

use khabar_text::{Cut, Piece, PieceKind, is_alphanumeric, is_common_letter};

use super::lexicon::lexicon;
use super::numeral;
use crate::key::{char_at, fold_word};
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
pub(super) fn tokens(cut: &Cut<'_>, tongue: Tongue) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(cut.pieces().len());
    let mut folded = String::new();
    for piece in cut.pieces() {
        let kind = match piece.kind {
            PieceKind::Word => Kind::Word,
            PieceKind::Mark(mark) => Kind::Mark(mark),
            PieceKind::Rough => {
                split(cut, piece, |token| {
                    let word = cut.text().get(token.start..token.end).unwrap_or_default();
                    tokens.push(if token.kind == Kind::Word {
                        token.named(fold_word(word, &mut folded), tongue)
                    } else {
                        token
                    });
                });
                continue;
            }
        };
        let token = Token::new(kind, piece.start(), piece.end(), piece.is_glued());
        tokens.push(if kind == Kind::Word { token.named(cut.key(piece), tongue) } else { token });
    }
    tokens
}

impl Token {
    fn new(kind: Kind, start: usize, end: usize, glued: bool) -> Self {
        Self { start, end, kind, word: UNKNOWN, bare: UNKNOWN, clitic: 0, glued }
    }

    /// A word by its fold key, with and without what Arabic writes before it.
    fn named(mut self, folded: &str, tongue: Tongue) -> Self {
        let lexicon = lexicon();
        self.word = lexicon.id(folded);
        let mut rest = folded;
        let mut clitic = 0;
        while tongue == Tongue::Arabic && self.word == UNKNOWN && clitic < 4 {
            let Some(behind) = rest.strip_prefix(PROCLITICS) else { break };
            clitic += 2;
            rest = behind;
            self.bare = lexicon.id(rest);
            if self.bare != UNKNOWN {
                self.clitic = clitic;
                break;
            }
        }
        self
    }
}

/// Gives the tokens of a rough piece to `take`.
fn split(cut: &Cut<'_>, piece: &Piece, mut take: impl FnMut(Token)) {
    let text = cut.text().get(..piece.end()).unwrap_or_default();
    let mut glued = piece.is_glued();
    let mut end = piece.start();
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
            while let Some(c) = char_at(text, end).filter(|c| is_letter(*c) || is_inside(*c)) {
                end += c.len_utf8();
            }
            Kind::Word
        } else {
            Kind::Mark(c)
        };
        take(Token::new(kind, start, end, glued));
        glued = true;
    }
}

fn is_letter(c: char) -> bool {
    is_common_letter(c) || is_alphanumeric(c) && numeral::digit(c).is_none()
}

/// True for what stands inside of words: joiners and vowel signs.
fn is_inside(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}' | '\'' | '’')
}

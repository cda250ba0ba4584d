//! One line as its fold key, cut into words, numbers and marks, and the way back to the bytes of the text.

use std::{cell::OnceCell, sync::LazyLock};

use khabar_model::Span;
use khabar_text::{Alignment, Letters, Zwnj, fold_aligned, fold_with};

/// The fold key of a line and where the line stands in its text.
pub(crate) struct Key<'t> {
    text: &'t str,
    line: usize,
    end: usize,
    folded: String,
    /// The way back, found when a span is first asked for: most lines have no date.
    alignment: OnceCell<Alignment>,
    arabic_script: bool,
}

/// A stretch of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawToken<'k> {
    pub(crate) kind: Kind,
    pub(crate) text: &'k str,
    /// First byte in the key.
    pub(crate) start: usize,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters with their marks.
    Word,
    /// ASCII digits: the fold key knows no others.
    Number,
    /// One other character.
    Mark,
    /// White space.
    Space,
}

impl<'t> Key<'t> {
    /// The key of the bytes `line..end` of `text`.
    pub(crate) fn new(text: &'t str, line: usize, end: usize) -> Self {
        let source = text.get(line..end).unwrap_or_default();
        let arabic_script = source.chars().any(|letter| matches!(letter, '\u{600}'..='\u{6ff}'));
        let mut folded = String::with_capacity(source.len());
        fold_with(source, Zwnj::Delete, &mut folded);
        Self { text, line, end, folded, alignment: OnceCell::new(), arabic_script }
    }

    /// True if the line has a letter, mark or digit of the Arabic block.
    pub(crate) fn is_arabic_script(&self) -> bool {
        self.arabic_script
    }

    /// The folded line.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// The span in the text of the bytes `start..end` of the key. Marks on the last letter, which the key leaves out,
    /// belong to it.
    pub(crate) fn span(&self, start: usize, end: usize) -> Option<Span> {
        let source = || self.text.get(self.line..self.end).unwrap_or_default();
        let alignment = self.alignment.get_or_init(|| fold_aligned(source(), Zwnj::Delete).alignment);
        let span = alignment.to_src(Span::new(start, end).ok()?);
        let (start, mut end) = (self.line + span.start(), self.line + span.end());
        let behind = self.text.get(end..)?;
        end += behind.find(|letter| !is_vowel_mark(letter)).unwrap_or(behind.len());
        Span::in_text(self.text, start, end).ok()
    }

    /// True if the text of these bytes of the key begins with a capital.
    pub(crate) fn is_capitalised(&self, start: usize, end: usize) -> bool {
        self.span(start, end)
            .and_then(|span| span.of(self.text))
            .and_then(|word| word.chars().next())
            .is_some_and(char::is_uppercase)
    }
}

/// Harakat, the superscript alef, and tatweel.
fn is_vowel_mark(letter: char) -> bool {
    matches!(letter, '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}')
}

/// The stretches of a folded text, in order.
pub(crate) fn tokens_of(folded: &str) -> impl Iterator<Item = RawToken<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = folded.get(start..)?;
        let first = rest.chars().next()?;
        let kind = kind_of(first);
        let mut len = first.len_utf8();
        if kind == Kind::Word {
            len += LETTERS.run(rest.as_bytes().get(len..)?);
        }
        if kind != Kind::Mark {
            let behind = rest.get(len..)?;
            len += behind.find(|letter| kind_of(letter) != kind).unwrap_or(behind.len());
        }
        let token = RawToken { kind, text: rest.get(..len)?, start };
        start += len;
        Some(token)
    })
}

/// What words are made of, in Arabic script.
static LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters::of(|letter| kind_of(letter) == Kind::Word));

fn kind_of(letter: char) -> Kind {
    match letter {
        '0'..='9' => Kind::Number,
        // Most letters of most texts, without the table of all letters.
        'a'..='z' | '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => Kind::Word,
        ' ' => Kind::Space,
        '!'..='/' => Kind::Mark,
        _ if letter.is_alphabetic() => Kind::Word,
        _ if letter.is_whitespace() => Kind::Space,
        _ => Kind::Mark,
    }
}

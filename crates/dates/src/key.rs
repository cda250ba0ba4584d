//! One line with the fold keys of its pieces, cut into words, numbers and marks, and the way back to the bytes of the text.

use std::{cell::OnceCell, sync::LazyLock};

use khabar_model::Span;
use khabar_text::{Alignment, Cut, Letters, Piece, PieceKind, Zwnj, fold_aligned, fold_with};

/// The pieces of a line with their fold keys.
pub(crate) struct Key<'t> {
    cut: &'t Cut<'t>,
    pieces: &'t [Piece],
    /// The keys of the rough pieces, one behind the other.
    folded: String,
    rough: Vec<Rough>,
    arabic_script: OnceCell<bool>,
}

/// A piece of which a cut leaves the key to its readers.
struct Rough {
    /// By its place in the line.
    piece: usize,
    /// One past its key in those of all.
    end: usize,
    /// The way back, found when a span is first asked for: most lines have no date.
    alignment: OnceCell<Alignment>,
}

/// Where a token stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) piece: usize,
    /// Bytes in the key of the piece.
    pub(crate) start: usize,
    pub(crate) end: usize,
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
    /// The key of a line by its pieces.
    pub(crate) fn new(cut: &'t Cut<'t>, pieces: &'t [Piece]) -> Self {
        let (mut folded, mut key) = (String::new(), String::new());
        let mut rough = Vec::new();
        for (piece, of_line) in pieces.iter().enumerate().filter(|(_, piece)| piece.kind == PieceKind::Rough) {
            fold_with(cut.raw(of_line), Zwnj::Delete, &mut key);
            folded.push_str(&key);
            rough.push(Rough { piece, end: folded.len(), alignment: OnceCell::new() });
        }
        Self { cut, pieces, folded, rough, arabic_script: OnceCell::new() }
    }

    /// True if the line has a letter, mark or digit of the Arabic block.
    pub(crate) fn is_arabic_script(&self) -> bool {
        let is = |letter| matches!(letter, '\u{600}'..='\u{6ff}');
        *self.arabic_script.get_or_init(|| self.pieces.iter().any(|piece| self.cut.raw(piece).chars().any(is)))
    }

    /// The pieces of the line, in order, with their keys.
    pub(crate) fn pieces(&self) -> impl ExactSizeIterator<Item = (&'t Piece, &str)> {
        let (mut rough, mut start) = (self.rough.iter(), 0);
        self.pieces.iter().map(move |piece| match piece.kind {
            PieceKind::Rough => {
                let end = rough.next().map_or(start, |rough| rough.end);
                (piece, self.folded.get(std::mem::replace(&mut start, end)..end).unwrap_or_default())
            }
            PieceKind::Word | PieceKind::Mark(_) => (piece, self.cut.key(piece)),
        })
    }

    /// The span in the text from one place to another. Marks on the last letter, which the key leaves out, belong to it.
    pub(crate) fn span(&self, first: Place, last: Place) -> Option<Span> {
        let (start, mut end) = (self.source(first)?.start(), self.source(last)?.end());
        let behind = self.cut.text().get(end..)?;
        end += behind.find(|letter| !is_vowel_mark(letter)).unwrap_or(behind.len());
        Span::in_text(self.cut.text(), start, end).ok()
    }

    /// The bytes of the text that a place comes from.
    fn source(&self, place: Place) -> Option<Span> {
        let piece = self.pieces.get(place.piece)?;
        let span = Span::new(place.start, place.end).ok()?;
        let align = || fold_aligned(self.cut.raw(piece), Zwnj::Delete).alignment;
        let rough = self.rough.binary_search_by_key(&place.piece, |rough| rough.piece);
        let span = match rough.ok().and_then(|rough| self.rough.get(rough)) {
            Some(rough) => rough.alignment.get_or_init(align).to_src(span),
            None => align().to_src(span),
        };
        span.shifted(piece.start()).ok()
    }

    /// True if the text of a place begins with a capital.
    pub(crate) fn is_capitalised(&self, place: Place) -> bool {
        self.span(place, place)
            .and_then(|span| span.of(self.cut.text()))
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

//! A text cut into words and marks once, for all who read its words.

use std::{ops::Range, sync::LazyLock};

use crate::{
    fold::{FoldedChar, fold_char},
    run::Letters,
};

/// The pieces of a text, with the fold keys of its words.
///
/// Readers of words differ in what else they take for one: with its hyphens, with digits, with an apostrophe. What all of
/// them cut alike is cut here, nearly all of news; the rest is left to them as [rough](PieceKind::Rough) pieces.
///
/// ```
/// use khabar_text::{Cut, PieceKind};
/// let cut = Cut::new("قالت الأمم، في B-52");
/// let keys: Vec<_> = cut.pieces().iter().map(|piece| (piece.kind, cut.key(piece))).collect();
/// let word = PieceKind::Word;
/// let comma = (PieceKind::Mark('،'), ",");
/// assert_eq!(keys, [(word, "قالت"), (word, "الامم"), comma, (word, "في"), (PieceKind::Rough, "B-52")]);
/// ```
#[derive(Clone, Debug)]
pub struct Cut<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    /// The keys that are not the words themselves, one behind the other.
    keys: String,
}

/// A stretch of a text without white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    start: u32,
    end: u32,
    /// What stands before it.
    pub gap: Gap,
    /// Bytes of the keys; none for a piece that is its own key.
    key: (u32, u32),
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Letters, with the joiners and vowel signs between them, that nothing goes on with but white space or a mark.
    Word,
    /// A mark that is part of no word or number, and that folds without its neighbours.
    Mark(char),
    /// Whatever else stands between white space, with the mark before it.
    Rough,
}

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The piece before it.
    None,
    /// White space.
    Space,
    /// The start of its line.
    Line,
}

impl Piece {
    /// Its first byte in the text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// One past its last byte.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// No white space stands before it.
    #[must_use]
    pub fn is_glued(&self) -> bool {
        self.gap == Gap::None
    }
}

impl<'t> Cut<'t> {
    /// Cuts a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let pieces = Vec::with_capacity(text.len() / 8);
        let mut cut = Self { text, pieces, keys: String::with_capacity(text.len() / 4) };
        let (mut at, mut gap) = (0, Gap::Line);
        loop {
            // Nearly all white space.
            if text.as_bytes().get(at) == Some(&b' ') {
                (at, gap) = (at + 1, gap.max(Gap::Space));
                continue;
            }
            let Some(c) = char_at(text, at) else { break };
            match sign_of(c) {
                Sign::Space => (at, gap) = (at + c.len_utf8(), gap.max(Gap::Space)),
                Sign::Line => (at, gap) = (at + c.len_utf8(), Gap::Line),
                sign => (at, gap) = (cut.piece(c, sign, at, gap), Gap::None),
            }
        }
        cut
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The pieces of each line that has any, in order.
    pub fn lines(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|_, next| next.gap != Gap::Line)
    }

    /// A piece as written.
    #[must_use]
    pub fn raw(&self, piece: &Piece) -> &'t str {
        self.text.get(piece.start()..piece.end()).unwrap_or_default()
    }

    /// The [fold key](crate::fold()) of a word or mark, without ZWNJ; a rough piece as written.
    #[must_use]
    #[inline]
    pub fn key(&self, piece: &Piece) -> &str {
        let (start, end) = (piece.key.0 as usize, piece.key.1 as usize);
        if start < end { self.keys.get(start..end).unwrap_or_default() } else { self.raw(piece) }
    }

    /// Takes in the piece that begins with a character, and says where it ends.
    fn piece(&mut self, c: char, sign: Sign, start: usize, gap: Gap) -> usize {
        let key = self.keys.len();
        let plain = match sign {
            Sign::Letter(_) => self.word(start).map(|end| (PieceKind::Word, end)),
            Sign::Mark(folded) => Some((PieceKind::Mark(c), self.mark(c, folded, start))),
            Sign::Stop if is_last_stop(self.text, c, start) => Some((PieceKind::Mark(c), self.mark(c, '.', start))),
            _ => None,
        };
        if let Some((kind, end)) = plain {
            self.push(kind, start..end, gap, key..self.keys.len());
            return end;
        }
        self.keys.truncate(key);
        let behind = self.text.get(start..).unwrap_or_default();
        let is_white = |c: char| matches!(sign_of(c), Sign::Space | Sign::Line);
        let end = start + behind.find(is_white).unwrap_or(behind.len());
        let before = self.pieces.pop_if(|before| gap == Gap::None && matches!(before.kind, PieceKind::Mark(_)));
        let (start, gap) = before.map_or((start, gap), |mark| (mark.start(), mark.gap));
        self.push(PieceKind::Rough, start..end, gap, 0..0);
        end
    }

    fn push(&mut self, kind: PieceKind, place: Range<usize>, gap: Gap, key: Range<usize>) {
        // Texts beyond 4 GiB have no spans in this schema.
        let [start, end] = [place.start, place.end].map(|at| at as u32);
        self.pieces.push(Piece { kind, start, end, gap, key: (key.start as u32, key.end as u32) });
    }

    /// The end of the mark at a byte. Its key is written down if it is another.
    fn mark(&mut self, c: char, folded: char, at: usize) -> usize {
        if folded != c {
            self.keys.push(folded);
        }
        at + c.len_utf8()
    }

    /// The end of the word at a byte. Its key is written down if it is not the word itself.
    fn word(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        let (mut end, mut written) = (start, start);
        let ended = loop {
            end += OWN.run(text.as_bytes().get(end..)?);
            // Nearly all words end here.
            if text.as_bytes().get(end) == Some(&b' ') {
                break true;
            }
            let Some(c) = char_at(text, end) else { break true };
            let folded = match sign_of(c) {
                Sign::Letter(folded) => Some(folded),
                Sign::Inside => None,
                Sign::Space | Sign::Line | Sign::Mark(_) => break true,
                // "U.S."
                Sign::Stop => break end > start + 1 && is_last_stop(text, c, end),
                Sign::Other => break false,
            };
            if folded != Some(c) {
                self.keys.push_str(text.get(written..end)?);
                if let Some(folded) = folded {
                    self.keys.push(folded);
                }
                written = end + c.len_utf8();
            }
            end += c.len_utf8();
        };
        if written > start {
            self.keys.push_str(text.get(written..end)?);
        }
        ended.then_some(end)
    }
}

/// What a character is to a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A letter, with that of its key.
    Letter(char),
    /// A joiner or vowel sign: in a word, and not in its key.
    Inside,
    /// White space that no number has inside, and that the key has a space for.
    Space,
    /// The same at the end of a line.
    Line,
    /// A mark that is nothing but a mark, with that of its key.
    Mark(char),
    /// A full stop: with others it is an ellipsis.
    Stop,
    Other,
}

impl Sign {
    fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => Self::Line,
            '\u{85}' | '\u{a0}' | '\u{202f}' => Self::Other,
            '\u{200c}' | '\u{200d}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' => Self::Inside,
            '.' | '۔' => Self::Stop,
            c if c.is_whitespace() => Self::Space,
            c => match fold_char(c) {
                FoldedChar::As(folded) if c.is_alphabetic() && folded.is_alphabetic() => match c.is_numeric() {
                    true => Self::Other,
                    false => Self::Letter(folded),
                },
                FoldedChar::As(folded) if MARKS.contains(&c) => Self::Mark(folded),
                _ => Self::Other,
            },
        }
    }
}

const MARKS: [char; 17] = [',', '،', ':', ';', '؛', '!', '?', '؟', '(', ')', '[', ']', '"', '«', '»', '“', '”'];

/// Code points below this are answered by a table: those of the alphabets of most news.
const TABLE_LEN: usize = 0x700;

/// The sign that a character is.
#[inline]
fn sign_of(c: char) -> Sign {
    static TABLE: LazyLock<[Sign; TABLE_LEN]> =
        LazyLock::new(|| std::array::from_fn(|code| char::from_u32(code as u32).map_or(Sign::Other, Sign::of)));
    TABLE.get(c as usize).copied().unwrap_or_else(|| Sign::of(c))
}

/// The letters of Arabic script that are their own keys.
static OWN: LazyLock<Letters> = LazyLock::new(|| Letters::of(|c| Sign::of(c) == Sign::Letter(c)));

/// True for a full stop that none of its like follows, nor anything of which a word goes on.
fn is_last_stop(text: &str, c: char, at: usize) -> bool {
    let next = char_at(text, at + c.len_utf8()).map(sign_of);
    matches!(next, None | Some(Sign::Space | Sign::Line | Sign::Mark(_)))
}

#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    fn cut(text: &str) -> Vec<(&str, PieceKind, bool)> {
        let cut = Cut::new(text);
        cut.pieces().iter().map(|piece| (cut.raw(piece), piece.kind, piece.is_glued())).collect()
    }

    #[test]
    fn words_end_where_all_readers_end_them() {
        use PieceKind::{Mark, Rough, Word};
        assert_eq!(
            cut("عاد، وقال."),
            [("عاد", Word, false), ("،", Mark('،'), true), ("وقال", Word, false), (".", Mark('.'), true)]
        );
        assert_eq!(
            cut("U.S. don’t (12 «a»"),
            [
                ("U.S.", Rough, false),
                ("don’t", Rough, false),
                ("(12", Rough, false),
                ("«", Mark('«'), false),
                ("a", Word, true),
                ("»", Mark('»'), true)
            ]
        );
        assert_eq!(
            cut("a. b... 12\u{a0}000"),
            [("a.", Rough, false), ("b...", Rough, false), ("12\u{a0}000", Rough, false)]
        );
    }

    #[test]
    fn keys_are_those_of_the_text() {
        let texts = ["قالت الأمم المتّحدة: «لن نقبل»؟", "گفت‌وگوی آن‌ها", "Der Straße, İstanbul ǅ ﷺ.", "جـــدا ٱلله ؤ أ"];
        for text in texts {
            let cut = Cut::new(text);
            for piece in cut.pieces().iter().filter(|piece| piece.kind != PieceKind::Rough) {
                assert_eq!(cut.key(piece), fold(cut.raw(piece)), "{text}");
            }
        }
    }

    #[test]
    fn lines_have_their_pieces() {
        let cut = Cut::new("\none two\r\n\n three (4");
        let lines: Vec<Vec<&str>> = cut.lines().map(|line| line.iter().map(|piece| cut.raw(piece)).collect()).collect();
        assert_eq!(lines, [vec!["one", "two"], vec!["three", "(4"]]);
    }
}

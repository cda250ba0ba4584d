//! The key of a text whose characters fold one by one, in one pass: nearly all of news.

use std::cell::OnceCell;
use std::sync::LazyLock;

use khabar_text::{FoldedChar, fold_char};

use crate::key::{Edge, HARD_BREAK, Key, changes_writing, is_letter};
use crate::language::Writing;

/// What a character is to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    ArabicLetter,
    CasedLetter,
    OtherLetter,
    /// A digit or sign of a word, which is of no writing.
    Figure,
    Nothing,
    HalfSpace,
    Space,
    Stop,
    /// A sign that a name may have between two words.
    Joiner,
    Punctuation,
    /// The text has to be folded as a whole.
    Open,
}

/// A character as a key has it.
#[derive(Clone, Copy, Debug)]
struct Folded {
    /// The letter, if it is one.
    letter: char,
    role: Role,
}

impl Folded {
    fn of(character: char) -> Self {
        let folded = fold_char(character);
        let letter = if let FoldedChar::As(letter) = folded { letter } else { character };
        let role = match folded {
            FoldedChar::As(letter) if is_letter(letter) => match Writing::of(letter) {
                Some(Writing::Arabic) => Role::ArabicLetter,
                Some(Writing::Cased) => Role::CasedLetter,
                Some(Writing::Other) => Role::OtherLetter,
                None => Role::Figure,
            },
            FoldedChar::As('.') => Role::Stop,
            FoldedChar::As('-' | '_' | '\'' | '·') => Role::Joiner,
            FoldedChar::As(_) => Role::Punctuation,
            FoldedChar::Space => Role::Space,
            FoldedChar::Zwnj => Role::HalfSpace,
            FoldedChar::Nothing => Role::Nothing,
            FoldedChar::Open => Role::Open,
        };
        Self { letter, role }
    }
}

/// The characters of one and two bytes, which are those of the alphabets in news.
static TABLE: LazyLock<[Folded; 0x800]> =
    LazyLock::new(|| std::array::from_fn(|code| Folded::of(char::from_u32(code as u32).unwrap_or_default())));

/// The character at a byte, and its length in bytes; `None` at the end of the text.
#[inline]
fn folded_at(text: &str, at: usize, table: &[Folded; 0x800]) -> Option<(Folded, usize)> {
    match *text.as_bytes().get(at..)? {
        [first @ ..0x80, ..] => Some((table[usize::from(first)], 1)),
        [first @ ..0xe0, second, ..] => Some((table[usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f)], 2)),
        _ => {
            let wide = text.get(at..)?.chars().next()?;
            Some((Folded::of(wide), wide.len_utf8()))
        }
    }
}

/// What stands between two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Nothing,
    HalfSpace,
    Space,
    Stop,
    StopAndSpace,
    Joiner,
    Punctuation,
}

impl Gap {
    /// This and one character more.
    fn and(self, role: Role) -> Self {
        match (self, role) {
            (Self::Nothing, Role::HalfSpace) => Self::HalfSpace,
            (_, Role::HalfSpace) => self,
            (Self::Nothing | Self::HalfSpace | Self::Space, Role::Space) => Self::Space,
            (Self::Stop | Self::StopAndSpace, Role::Space) => Self::StopAndSpace,
            (Self::Nothing | Self::HalfSpace, Role::Stop) => Self::Stop,
            (Self::Nothing | Self::HalfSpace, Role::Joiner) => Self::Joiner,
            _ => Self::Punctuation,
        }
    }

    /// The edge that it makes behind a word of so many letters.
    fn edge(self, word_letters: usize) -> Edge {
        match self {
            Self::Nothing => Edge::None,
            Self::HalfSpace => Edge::HalfSpace,
            Self::Space | Self::Stop | Self::Joiner => Edge::Space,
            Self::StopAndSpace => Edge::behind_stop(word_letters),
            Self::Punctuation => Edge::Hard,
        }
    }
}

/// Sets a place that is there.
#[inline]
fn put<T>(row: &mut [T], place: usize, value: T) {
    if let Some(slot) = row.get_mut(place) {
        *slot = value;
    }
}

impl<'t> Key<'t> {
    /// The key of a plain text, `None` for others. The same as [`Key::folded`], which folds first and reads then.
    pub(super) fn plain(text: &'t str) -> Option<Self> {
        // Texts beyond 4 GiB have no spans in this schema.
        u32::try_from(text.len()).ok()?;
        let table = &*TABLE;
        // By letter, with room for as many as there are characters.
        let room = text.chars().count();
        let mut letters = vec!['\0'; room];
        let mut bytes = vec![0; room];
        let mut edges = vec![Edge::None; room + 1];
        let mut words = Vec::with_capacity(room / 4);
        let mut place = 0;
        let mut gap = Gap::Punctuation;
        let mut last = Folded { letter: HARD_BREAK, role: Role::Open };
        // Where the present word starts.
        let mut word = 0;
        let mut next = 0;
        while let Some((folded, length)) = folded_at(text, next, table) {
            let offset = next;
            next += length;
            let Folded { letter, role } = folded;
            match role {
                Role::ArabicLetter | Role::CasedLetter | Role::OtherLetter | Role::Figure => {}
                Role::Nothing => continue,
                Role::Open => return None,
                _ => {
                    gap = gap.and(role);
                    continue;
                }
            }
            if gap != Gap::Nothing || role != last.role {
                let edge = if place == 0 {
                    Edge::Hard
                } else if gap == Gap::Nothing && changes_writing(last.letter, letter) {
                    Edge::Script
                } else {
                    gap.edge(place - word)
                };
                if edge == Edge::Hard && place > 0 {
                    put(&mut edges, place, Edge::Hard);
                    put(&mut letters, place, HARD_BREAK);
                    put(&mut bytes, place, offset as u32);
                    place += 1;
                }
                if edge != Edge::None {
                    put(&mut edges, place, edge);
                    words.push(place as u32);
                    word = place;
                }
                gap = Gap::Nothing;
            }
            put(&mut letters, place, letter);
            put(&mut bytes, place, offset as u32);
            place += 1;
            last = folded;
            // Most characters are letters behind another of their kind.
            while let Some((folded, length)) = folded_at(text, next, table).filter(|(next, _)| next.role == role) {
                put(&mut letters, place, folded.letter);
                put(&mut bytes, place, next as u32);
                place += 1;
                next += length;
                last = folded;
            }
        }
        letters.truncate(place);
        bytes.truncate(place);
        edges.truncate(place);
        edges.push(Edge::Hard);
        Some(Self { text, letters, edges, words, bytes, alignment: None, shouts: OnceCell::new() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compiled::{Compiled, EMBEDDED};

    /// What names, proclitics and edges are made of.
    const PIECES: [&str; 34] = [
        "كوريا",
        "الشمالية",
        "کره",
        "شمالی",
        "روسيا",
        "روسیه",
        "الكرملين",
        "لكرملين",
        "الروسي",
        "أوكرانيا",
        "مصر",
        "آمریکا",
        "ايراني",
        "ها",
        "و",
        "ف",
        "أ",
        "ب",
        "ل",
        "ال",
        " ",
        " ",
        "\u{200c}",
        "ـ",
        "ُ",
        ".",
        ". ",
        "، ",
        "-",
        "North",
        "Korea",
        "US",
        "mali",
        "ى",
    ];

    /// Everything that a key is asked, but for where its punctuation stands.
    fn told(key: &Key<'_>) -> impl PartialEq + std::fmt::Debug + use<> {
        let letters = key.letters().len();
        let places: Vec<_> = (0..letters).filter(|&place| key.letters()[place] != HARD_BREAK).collect();
        let spans = |&place: &usize| {
            let ends = [place + 1, place + 2, place + 7];
            ends.map(|end| key.in_text(place, end).filter(|_| key.slice(end - 1, end) != [HARD_BREAK]))
        };
        let edges: Vec<_> = (0..=letters).map(|place| key.edge(place)).collect();
        let spans: Vec<_> = places.iter().map(spans).collect();
        (key.letters().to_vec(), edges, key.words.clone(), spans, key.shouts())
    }

    #[test]
    fn text_that_has_to_be_composed_is_not_plain() {
        assert!(Key::plain("«كُورِيَا» ۲۰۱۸، St. Petersburg…").is_some());
        for text in ["رأ\u{654}س", "e\u{301}", "ﻻ", "straße"] {
            assert!(Key::plain(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_pass_reads_what_folding_first_reads(
            text in prop_oneof![
                "[ابكهىیۀةً\u{640}A-Cé1٣۴ \u{200c}\u{200f}\\.…'’_،·-]{0,40}",
                "(([ابيAb]{1,4}|[1٣]{1,2}|\u{c5}|ж|金|ก)([ \u{200c}.'،\u{a0}]{0,3})){0,12}",
                any::<String>(),
            ]
        ) {
            if let Some(plain) = Key::plain(&text) {
                prop_assert_eq!(told(&plain), told(&Key::folded(&text)));
            }
        }

        #[test]
        fn the_same_names_are_found_by_either_key(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..16),
            language in prop::sample::select(&[None, Some("ar"), Some("fa"), Some("ur"), Some("en")][..]),
        ) {
            static COMPILED: LazyLock<Compiled> = LazyLock::new(|| Compiled::read(EMBEDDED, "compiled.bin").unwrap());
            let text = pieces.concat();
            if let Some(plain) = Key::plain(&text) {
                let found = COMPILED.matcher.candidates(&plain, language);
                prop_assert_eq!(found, COMPILED.matcher.candidates(&Key::folded(&text), language));
            }
        }
    }
}

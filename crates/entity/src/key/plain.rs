//! The key of a text whose characters fold one by one, in one pass: nearly all of news.

use std::cell::OnceCell;
use std::sync::LazyLock;

use khabar_text::{FoldedChar, Letters, Zwnj, fold_char, fold_with};

use crate::key::{Edge, HARD_BREAK, Key, Word, changes_writing, is_letter};
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

impl Role {
    fn is_letter(self) -> bool {
        matches!(self, Self::ArabicLetter | Self::CasedLetter | Self::OtherLetter | Self::Figure)
    }
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

/// The characters that news is made of.
struct Table {
    /// Those of one byte.
    ascii: [Folded; 0x80],
    /// Those of two bytes, by the bytes: the letters of the alphabets.
    pairs: [Folded; Self::PAIRS],
    /// Signs of three bytes, from [`Self::SIGNS`] on: quotation marks, dashes, the ZWNJ.
    signs: [Folded; 0x40],
    /// Letters that are their own keys.
    own: Letters,
}

impl Table {
    const PAIRS: usize = 0x2000;
    const SIGNS: u32 = 0x2000;

    fn new() -> Self {
        let of = |code: u32| Folded::of(char::from_u32(code).unwrap_or_default());
        Self {
            ascii: std::array::from_fn(|code| of(code as u32)),
            pairs: std::array::from_fn(|pair| of((pair >> 8 << 6 | pair & 0x3f) as u32)),
            signs: std::array::from_fn(|sign| of(Self::SIGNS + sign as u32)),
            own: Letters::of(|letter| {
                let folded = Folded::of(letter);
                folded.role.is_letter() && folded.letter == letter
            }),
        }
    }

    /// The character of two bytes, if it is one of these.
    #[inline]
    fn pair(&self, pair: [u8; 2]) -> Option<Folded> {
        self.pairs.get(usize::from(u16::from_be_bytes(pair)).wrapping_sub(0xc000)).copied()
    }

    /// The character at a byte, and its length in bytes; `None` at the end of the text.
    #[inline(always)]
    fn at(&self, text: &str, at: usize) -> Option<(Folded, usize)> {
        match *text.as_bytes().get(at..)? {
            [first @ ..0x80, ..] => Some((self.ascii[usize::from(first)], 1)),
            [first @ ..0xe0, second, ..] => self.pair([first, second]).map(|folded| (folded, 2)),
            [0xe2, 0x80, third, ..] => Some((self.signs[usize::from(third & 0x3f)], 3)),
            _ => Self::wide(text, at),
        }
    }

    /// Any character, without a table.
    #[inline(never)]
    fn wide(text: &str, at: usize) -> Option<(Folded, usize)> {
        let wide = text.get(at..)?.chars().next()?;
        Some((Folded::of(wide), wide.len_utf8()))
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Gives the letters of the fold key of a word or sign to `take`, if its characters fold one by one; false, maybe half-way,
/// for others.
pub(crate) fn fold_each(word: &str, take: impl FnMut(char)) -> bool {
    fold_from(word, 0, take)
}

/// The same from a byte on.
fn fold_from(word: &str, mut at: usize, mut take: impl FnMut(char)) -> bool {
    let table = &*TABLE;
    while let Some((Folded { letter, role }, length)) = table.at(word, at) {
        at += length;
        match role {
            Role::ArabicLetter | Role::CasedLetter | Role::OtherLetter | Role::Figure => take(letter),
            Role::Nothing | Role::HalfSpace => {}
            Role::Stop | Role::Joiner | Role::Punctuation if length == word.len() => take(letter),
            // Spaces, stops and quotation marks depend on what is beside them.
            _ => return false,
        }
    }
    true
}

/// The fold key of a word, which is written into `key` if it is not the word itself.
pub(crate) fn fold_word<'w>(word: &'w str, key: &'w mut String) -> &'w str {
    let table = &*TABLE;
    // Most words of Arabic script are their own keys.
    let own = table.own.run(word.as_bytes());
    if own == word.len() {
        return word;
    }
    key.clear();
    key.push_str(word.get(..own).unwrap_or_default());
    if !fold_from(word, own, |letter| key.push(letter)) {
        fold_with(word, Zwnj::Delete, key);
    }
    key
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
        let mut edges = vec![Edge::None; room + 1];
        let mut words: Vec<Word> = Vec::with_capacity(room / 4);
        let mut place = 0_usize;
        let mut gap = Gap::Punctuation;
        let mut last = Role::Open;
        // Where the present word starts.
        let mut word = 0;
        let mut next = 0;
        while let Some((Folded { letter, role }, length)) = table.at(text, next) {
            let offset = next;
            next += length;
            match role {
                Role::ArabicLetter | Role::CasedLetter | Role::OtherLetter | Role::Figure => {}
                Role::Nothing => continue,
                Role::Open => return None,
                _ => {
                    gap = gap.and(role);
                    continue;
                }
            }
            if gap != Gap::Nothing || role != last {
                let edge = match gap {
                    _ if place == 0 => Edge::Hard,
                    Gap::Nothing => {
                        let last = letters.get(place - 1).copied().unwrap_or(letter);
                        if changes_writing(last, letter) { Edge::Script } else { Edge::None }
                    }
                    _ => gap.edge(place - word),
                };
                if edge == Edge::Hard && place > 0 {
                    put(&mut edges, place, Edge::Hard);
                    put(&mut letters, place, HARD_BREAK);
                    place += 1;
                }
                if edge != Edge::None {
                    put(&mut edges, place, edge);
                    words.push(Word { place: place as u32, byte: offset as u32 });
                    word = place;
                }
                gap = Gap::Nothing;
                last = role;
            }
            put(&mut letters, place, letter);
            place += 1;
            let rows = (letters.as_mut_slice(), edges.as_mut_slice(), &mut words);
            (place, next) = match (role, length) {
                (Role::ArabicLetter, 2) => run(text, next, place, rows, |pair| table.pair(pair), role),
                (Role::CasedLetter, 1) => {
                    run(text, next, place, rows, |[byte]| table.ascii.get(usize::from(byte)).copied(), role)
                }
                _ => continue,
            };
            word = words.last().map_or(0, |word| word.place as usize);
        }
        letters.truncate(place);
        edges.truncate(place);
        edges.push(Edge::Hard);
        Some(Self { text, letters, edges, words, back: None, shouts: OnceCell::new() })
    }

    /// The characters of a plain text that two letters come from, the first not behind the last: the bytes where the one
    /// starts and the other ends. For punctuation, the letter behind it.
    ///
    /// Only places of names are asked for, and few texts have one in every word: so the bytes of letters are counted from
    /// where their word starts, when somebody wants them.
    pub(super) fn bytes(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let word = self.words.partition_point(|word| word.place as usize <= first).checked_sub(1)?;
        let Word { place, byte } = *self.words.get(word)?;
        let (start, end) = self.behind(byte as usize, first - place as usize)?;
        if first == last {
            return Some((start, end));
        }
        // Most names end in the same word or one of the next.
        let next = self.words.get(word + 1..)?.iter().take_while(|word| word.place as usize <= last).last();
        let Word { place, byte } = next.copied().unwrap_or(Word { place, byte });
        Some((start, self.behind(byte as usize, last - place as usize)?.1))
    }

    /// The bytes of the letter that stands so many letters behind the one at a byte.
    fn behind(&self, mut at: usize, mut letters: usize) -> Option<(usize, usize)> {
        let pairs = self.text.as_bytes().get(at..)?.as_chunks().0.iter().take(letters);
        let plain = pairs.take_while(|&&pair| TABLE.pair(pair).is_some_and(|folded| folded.role.is_letter())).count();
        at += plain * 2;
        letters -= plain;
        loop {
            let (folded, length) = TABLE.at(self.text, at)?;
            if folded.role.is_letter() {
                if letters == 0 {
                    return Some((at, at + length));
                }
                letters -= 1;
            }
            at += length;
        }
    }
}

/// Reads on behind a letter as long as others of its role and so many bytes follow, with single spaces or ZWNJs between them:
/// nearly all of news. The place of the next letter, and the byte to read on from.
#[inline]
fn run<const BYTES: usize>(
    text: &str,
    mut at: usize,
    mut place: usize,
    (letters, edges, words): (&mut [char], &mut [Edge], &mut Vec<Word>),
    fold: impl Fn([u8; BYTES]) -> Option<Folded>,
    role: Role,
) -> (usize, usize) {
    let letter = |bytes| fold(bytes).filter(|folded| folded.role == role);
    loop {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let row = letters.get_mut(place..).unwrap_or_default();
        let mut count = 0;
        for (slot, &bytes) in row.iter_mut().zip(rest.as_chunks().0) {
            let Some(folded) = letter(bytes) else { break };
            *slot = folded.letter;
            count += 1;
        }
        place += count;
        at += count * BYTES;
        let (edge, next) = match rest.get(count * BYTES..) {
            Some([b' ', next @ ..]) => (Edge::Space, next),
            Some([0xe2, 0x80, 0x8c, next @ ..]) => (Edge::HalfSpace, next),
            _ => return (place, at),
        };
        if next.first_chunk().is_none_or(|&bytes| letter(bytes).is_none()) {
            return (place, at);
        }
        at = text.len() - next.len();
        put(edges, place, edge);
        words.push(Word { place: place as u32, byte: at as u32 });
    }
}

#[cfg(test)]
mod tests {
    use khabar_text::fold;
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
        (key.letters().to_vec(), edges, key.words().collect::<Vec<_>>(), spans, key.shouts())
    }

    #[test]
    fn text_that_has_to_be_composed_is_not_plain() {
        assert!(Key::plain("«كُورِيَا» ۲۰۱۸، St. Petersburg…").is_some());
        for text in ["رأ\u{654}س", "e\u{301}", "ﻻ", "straße"] {
            assert!(Key::plain(text).is_none(), "{text}");
        }
    }

    #[test]
    fn every_character_folds_by_itself_as_anywhere() {
        let mut key = String::new();
        for character in '\0'..=char::MAX {
            let character = character.to_string();
            assert_eq!(fold_word(&character, &mut key), fold(&character));
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
        fn a_word_folds_by_itself_as_anywhere(word in prop_oneof!["[ابكهىیۀةً\u{640}A-Cé1٣۴\u{200c}\u{200f}.'-]{0,9}", any::<String>()]) {
            let mut key = String::from("x");
            prop_assert_eq!(fold_word(&word, &mut key), fold(&word));
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

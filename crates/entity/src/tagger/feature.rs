//! What the tagger knows of a token: its letters, its place in lists, and what is glued to it, as hashes.
//!
//! Training and tagging share this file.

use crate::tagger::hit::Hit;
use crate::tagger::names::{Names, OfWord, class, list};
use crate::tagger::token::{Folded, Kind, Token};

/// The writing habits that features depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Proclitics and the article are glued to names.
    Arabic,
    /// Endings are glued or stand behind a ZWNJ.
    Persian,
    /// Nothing is glued.
    Plain,
}

impl Habit {
    /// The habits of a language.
    pub(crate) fn of(language: &str) -> Self {
        match language {
            "ar" => Self::Arabic,
            "fa" => Self::Persian,
            _ => Self::Plain,
        }
    }
}

/// What one token looks like, as hashes; 0 is "has none".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Atoms {
    pub(crate) word: u32,
    pub(crate) stem: u32,
    pub(crate) prefixes: [u32; 3],
    pub(crate) suffixes: [u32; 5],
    pub(crate) shape: u32,
    /// Hit of the gazetteer: class and part.
    pub(crate) gazetteer: u32,
    /// Bits of the lists of names.
    pub(crate) listed: u32,
    /// How common the word is.
    pub(crate) common: u32,
    /// What kind of word it is, from 1.
    pub(crate) class: u32,
    /// What is glued before it, from 1.
    pub(crate) glue: u32,
    /// 2 if names of bodies have the word behind their first, 1 if not, 0 for no word.
    pub(crate) inner: u32,
    /// Tokens since the generic word of a body or place in whose phrase it may stand; 0 for none.
    pub(crate) since: u32,
}

/// The bits of [`Atoms::traits`], by what they say.
pub(crate) mod traits {
    /// Gazetteer and lists.
    pub(crate) const LISTS: u64 = (1 << 24) - 1;
    pub(crate) const CLASS: u64 = 0xff << 24;
    pub(crate) const COMMON: u64 = 0xf << 32;
    /// Whether names of bodies have it.
    pub(crate) const INNER: u64 = 0xf << 36;
    /// What is glued before it.
    pub(crate) const GLUE: u64 = 0xff << 40;
    /// How far it stands in a phrase, and whether it does.
    pub(crate) const SINCE: u64 = 0xff << 48;
    pub(crate) const PHRASE: u64 = 1 << 56;
}

/// Tokens behind a generic word that may belong to its phrase.
const REACH: u32 = 6;

const PRIME: u64 = 0x0000_0100_0000_01b3;
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// A hash of letters that goes on where another ended.
pub(crate) fn roll(hash: u64, letters: &[char]) -> u64 {
    letters.iter().fold(hash, |hash, &letter| (hash ^ u64::from(letter)).wrapping_mul(PRIME))
}

/// The start of a [`roll`].
pub(crate) const START: u64 = SEED;

/// Mixes a rolled hash down to what is kept; never 0.
pub(crate) fn settle(hash: u64) -> u32 {
    let mixed = (hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed >> 32) as u32).max(1)
}

fn hash(letters: &[char]) -> u32 {
    settle(roll(START, letters))
}

/// A word without what may be glued before it: conjunction, preposition and article.
pub(crate) fn arabic_stems(letters: &[char]) -> [&[char]; 3] {
    let mut rest = letters;
    if let ['و' | 'ف', behind @ ..] = rest
        && behind.len() >= 3
    {
        rest = behind;
    }
    let conjunction = rest;
    match rest {
        ['ل', 'ل', behind @ ..] if behind.len() >= 2 => rest = behind,
        ['ب' | 'ك' | 'ل', behind @ ..] if behind.len() >= 3 => rest = behind,
        _ => {}
    }
    let preposition = rest;
    if let ['ا', 'ل', behind @ ..] = rest
        && behind.len() >= 2
    {
        rest = behind;
    }
    [conjunction, preposition, rest]
}

/// A Persian word without plural ها and its forms, or a written ezafe.
fn persian_stem(letters: &[char]) -> &[char] {
    const ENDINGS: [&[char]; 5] = [&['ه', 'ا', 'ي', 'ي'], &['ه', 'ا', 'ي'], &['ه', 'ا'], &['ا', 'ي'], &['ي']];
    for ending in ENDINGS {
        if let Some(rest) = letters.strip_suffix(ending)
            && rest.len() >= 3
        {
            // The alef of «آمریکای» belongs to the name.
            return if ending == ['ا', 'ي'] { letters.get(..rest.len() + 1).unwrap_or(rest) } else { rest };
        }
    }
    letters
}

/// A word without what may be glued to it.
pub(crate) fn stem(letters: &[char], habit: Habit) -> &[char] {
    match habit {
        Habit::Arabic => arabic_stems(letters)[2],
        Habit::Persian => persian_stem(letters),
        Habit::Plain => letters,
    }
}

/// The atoms of all tokens of a text.
pub(crate) fn atoms(
    text: &str,
    tokens: &[Token],
    folded: &Folded,
    hits: &[Hit],
    names: &Names,
    habit: Habit,
) -> Vec<Atoms> {
    let of_words = (0..).zip(tokens).map(|(at, token)| match token.kind {
        Kind::Word => names.of_word(folded.get(at), habit),
        Kind::Number | Kind::Sign => OfWord::default(),
    });
    let of_words: Vec<OfWord> = of_words.collect();
    let of = |((at, token), of_word)| of_token(text, token, folded.get(at), of_word, habit);
    let mut found: Vec<Atoms> = (0..).zip(tokens).zip(&of_words).map(of).collect();
    for hit in hits {
        for at in hit.first..hit.end {
            let part = match (at == hit.first, at + 1 == hit.end) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            if let Some(atoms) = found.get_mut(at) {
                atoms.gazetteer = 1 + u32::from(hit.class) * 4 + part;
            }
        }
    }
    names.mark(tokens, folded, &of_words, habit, |at, bits| {
        if let Some(atoms) = found.get_mut(at) {
            atoms.listed |= bits;
        }
    });
    mark_phrases(&mut found, tokens);
    found
}

/// Tells each token how far it stands from a generic word: «المؤيد» and «للمقاولات» from «شركة», up to a verb, particle or sign.
fn mark_phrases(atoms: &mut [Atoms], tokens: &[Token]) {
    let mut since = 0;
    for (atoms, token) in atoms.iter_mut().zip(tokens) {
        atoms.since = since;
        since = match atoms.class {
            class::BODY | class::PLACE => 1,
            class::SAY | class::MOVE | class::VERB | class::FUNCTION => 0,
            _ if token.kind == Kind::Sign || since == 0 || since == REACH => 0,
            _ => since + 1,
        };
    }
}

fn of_token(text: &str, token: &Token, letters: &[char], of_word: &OfWord, habit: Habit) -> Atoms {
    let [whole, .., stem] = of_word.rolled;
    let word = match token.kind {
        Kind::Word => settle(whole),
        Kind::Number => number_class(letters),
        Kind::Sign => hash(letters),
    };
    let mut atoms = Atoms { word, shape: shape(text, token, letters), ..Atoms::default() };
    if token.kind != Kind::Word {
        return atoms;
    }
    atoms.common = common(of_word, habit);
    atoms.class = class_of(of_word);
    if habit == Habit::Arabic {
        atoms.glue = glue(letters);
    }
    atoms.stem = settle(stem);
    let [.., of_stem] = of_word.lists;
    atoms.inner = 1 + u32::from(of_stem & list::INNER != 0);
    let mut rolled = roll(START, letters.get(..1).unwrap_or_default());
    for (length, prefix) in (2..).zip(&mut atoms.prefixes) {
        if letters.len() > length {
            rolled = roll(rolled, letters.get(length - 1..length).unwrap_or_default());
            *prefix = settle(rolled);
        }
    }
    for (length, suffix) in (1..).zip(&mut atoms.suffixes) {
        if letters.len() > length {
            *suffix = hash(letters.get(letters.len() - length..).unwrap_or_default());
        }
    }
    atoms
}

/// How common a word is, from 1; in Arabic, of the commonest of what it is without proclitics.
fn common(OfWord { lists: [whole, stems @ ..], .. }: &OfWord, habit: Habit) -> u32 {
    let of = |lists: &u16| match lists & (list::COMMON | list::SEEN) {
        0 => 1,
        lists if lists & list::COMMON != 0 => 3,
        _ => 2,
    };
    let whole = of(whole);
    let stem = stems.iter().map(of).max().unwrap_or(1);
    if habit == Habit::Arabic && stem > whole { stem + 2 } else { whole }
}

/// What kind of word it is, by itself or else without what is glued to it; 0 if nobody has said.
fn class_of(of_word: &OfWord) -> u32 {
    of_word
        .lists
        .iter()
        .map(|lists| u32::from(lists >> list::CLASS & list::CLASSES))
        .find(|class| *class != 0)
        .unwrap_or(0)
}

/// What may be glued before an Arabic word: conjunction, preposition, article.
fn glue(letters: &[char]) -> u32 {
    let [conjunction, preposition, rest] = arabic_stems(letters);
    let letter = if preposition.len() < conjunction.len() { conjunction.first() } else { None };
    let preposition_letter = match letter {
        Some('ل') => 1,
        Some('ب') => 2,
        Some(_) => 3,
        None => 0,
    };
    let conjunction_letter = u32::from(conjunction.len() < letters.len());
    let article = u32::from(rest.len() < preposition.len());
    1 + (conjunction_letter | article << 1 | preposition_letter << 2)
}

/// Numbers by their length: years are told from counts.
fn number_class(letters: &[char]) -> u32 {
    let plain = letters.iter().all(|letter| letter.is_ascii_digit());
    0x4e00_0000 | (letters.len().min(6) as u32) << 1 | u32::from(plain)
}

/// Script, case, length and glue of a token.
fn shape(text: &str, token: &Token, letters: &[char]) -> u32 {
    let written = text.get(token.start..token.end).unwrap_or_default();
    let kind = token.kind as u32;
    let mut chars = written.chars();
    let first = chars.next().unwrap_or(' ');
    let arabic = matches!(first, '\u{620}'..='\u{6ff}');
    let case = if arabic {
        0
    } else if first.is_uppercase() {
        let mut rest = chars.filter(|letter| letter.is_alphabetic());
        match rest.next() {
            None => 1,
            Some(second) if second.is_uppercase() && rest.all(char::is_uppercase) => 2,
            Some(_) => 3,
        }
    } else if first.is_lowercase() {
        4
    } else {
        0
    };
    let article = matches!(letters, ['ا', 'ل', _, _, ..]);
    let (mut dotted, mut wide) = (false, false);
    for &byte in written.as_bytes() {
        dotted |= byte == b'.';
        wide |= byte >= 0xe0;
    }
    let half_space = wide && written.contains('\u{200c}');
    let length = letters.len().min(7) as u32;
    let sign = if token.kind == Kind::Sign { u32::from(first) & 0xffff } else { 0 };
    1 + (kind
        | case << 2
        | u32::from(arabic) << 5
        | u32::from(article) << 6
        | u32::from(dotted) << 7
        | u32::from(half_space) << 8
        | u32::from(token.spaced) << 9
        | length << 10
        | sign << 14)
}

impl Atoms {
    /// The token by itself, wherever it stands.
    #[inline]
    pub(crate) fn apart(&self) -> Self {
        Self { since: 0, ..*self }
    }

    /// A hash in whose top bits tokens differ.
    #[inline]
    pub(crate) fn digest(&self) -> u32 {
        let parts = [self.shape, self.gazetteer, self.listed];
        let all = parts.iter().fold(self.word, |hash, part| hash.rotate_left(9) ^ part);
        all.wrapping_mul(0x9e37_79b1)
    }

    /// What many tokens have in common, in [bits](traits) that do not overlap.
    #[inline]
    pub(crate) fn traits(&self) -> u64 {
        debug_assert!(self.listed < 1 << 12 && self.common < 1 << 4 && self.class < 1 << 8, "bits overlap: {self:?}");
        debug_assert!(self.gazetteer < 1 << 12 && self.inner < 1 << 4 && self.glue < 1 << 8, "bits overlap: {self:?}");
        let low = u64::from(self.listed | self.gazetteer << 12 | self.class << 24);
        let middle = u64::from(self.common | self.inner << 4 | self.glue << 8 | self.since << 16);
        low | middle << 32 | if self.since == 0 { 0 } else { traits::PHRASE }
    }

    /// The shape without length.
    pub(crate) fn form(&self) -> u32 {
        (self.shape.wrapping_sub(1) & !(7 << 10)).wrapping_add(1)
    }
}

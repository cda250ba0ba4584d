//! What a key may stand for: an entry by one of its names, and what a text must look like to mean it.

use khabar_model::EntityType;

use crate::clitic::{self, Chain, Contraction};
use crate::gazetteer::{Entry, Name};
use crate::key::{Edge, Key, plain_letters};
use crate::language::Writing;
use crate::packed::{self, Packed};

/// Bits of [`Sense::breaks`]. A name that is longer may be spaced anywhere behind them.
const BREAK_BITS: usize = u128::BITS as usize;

/// Letters that a name of several words needs to be unmistakable without a capital.
const UNMISTAKABLE: usize = 5;

/// Letters up to which a name in capitals may be a word in a text of capitals ("US", "WHO").
const SHORT: usize = 3;

/// An entry by a name of its.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    /// Index of the entry.
    pub(crate) entry: u32,
    /// Index of the language.
    pub(crate) language: u16,
    pub(crate) writing: Writing,
    /// The name has more than one word.
    pub(crate) compound: bool,
    /// The list writes a full stop at its end ("U.S.").
    pub(crate) dotted: bool,
    /// What this form of the name has lost to the preposition ل, which it then needs before it.
    pub(crate) contracted: Contraction,
    /// Bit `i`: the name has a space, half-space, hyphen … before its letter `i`.
    breaks: u128,
    /// Every break has to be there: the words are single letters («آ ب» is an agency, «آب» is water).
    spelled: bool,
    case: Case,
    /// The letters that a text has to write, where others with the same fold key are another word.
    exact: Option<Box<str>>,
    /// An adjective that a text may give an article which the list leaves out.
    pub(crate) takes_article: bool,
    demonym: bool,
    /// Rank among the entries that share a name: see [`prior`].
    prior: u8,
}

/// What the letters of a cased script have to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    /// The first letter is a capital.
    Capital,
    /// No letter is a small one.
    Capitals,
}

/// Where letters of a key stand that spell a name, and what is glued to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'k> {
    pub(crate) key: &'k Key<'k>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The proclitics between the word's start and `start`.
    pub(crate) chain: Option<Chain>,
    /// The letters between `end` and the word's end.
    pub(crate) suffix: &'k [char],
}

impl Sense {
    /// The sense of a name whose key is `key`; `None` if the key has no letter.
    pub(crate) fn new(name: &Name<'_>, entry: &Entry, key: &Key<'_>, is_arabic: bool) -> Option<Self> {
        let writing = key.letters().iter().copied().find_map(Writing::of)?;
        let mut breaks = 0_u128;
        let mut compound = false;
        let mut spelled = writing == Writing::Arabic;
        for place in 1..key.letters().len() {
            let edge = key.edge(place);
            if edge != Edge::None && place < BREAK_BITS {
                breaks |= 1 << place;
            }
            compound |= matches!(edge, Edge::Space | Edge::Hard);
            spelled &= edge == Edge::Space;
        }
        let demonym = entry.subtype.as_deref() == Some("demonym");
        Some(Self {
            entry: name.entry,
            language: name.language,
            writing,
            compound,
            dotted: name.written.ends_with('.'),
            contracted: Contraction::None,
            breaks,
            spelled,
            case: Case::of_name(name.written, writing, compound),
            exact: name.exact.then(|| plain_letters(name.written).collect::<String>().into()),
            takes_article: is_arabic && demonym && !key.letters().starts_with(&['ا', 'ل']),
            demonym,
            prior: prior(entry),
        })
    }

    /// The order of senses that share a key: the prior, then the order of the lists, then what makes it total.
    pub(crate) fn order(&self) -> impl Ord {
        (self.prior, self.entry, self.language, self.contracted, self.breaks, self.dotted, self.exact.as_deref())
    }

    /// Other keys of an Arabic name: with a plain alef for آ, and as it stands after ل if it begins with the article.
    pub(crate) fn variants(&self, letters: &[char]) -> Vec<(Vec<char>, Self)> {
        let mut variants = Vec::new();
        if letters.contains(&'آ') {
            let plain = letters.iter().map(|&letter| if letter == 'آ' { 'ا' } else { letter }).collect();
            variants.push((plain, self.clone()));
        }
        if let Some((rest, contracted)) = Contraction::of(letters) {
            let breaks = self.breaks >> contracted.dropped().chars().count();
            variants.push((rest.to_vec(), Self { contracted, breaks, ..self.clone() }));
        }
        variants
    }

    /// True if the letters at a place may mean this, as far as the place alone can tell.
    pub(crate) fn fits(&self, place: &Place<'_>) -> bool {
        let glued = match place.chain {
            None | Some(Chain::Plain) => self.contracted == Contraction::None,
            Some(Chain::Lam) => true,
            Some(Chain::Article) => self.contracted == Contraction::None && self.takes_article,
        };
        glued && self.ends(place) && self.is_spaced(place) && self.is_cased(place) && self.is_spelled(place)
    }

    fn ends(&self, place: &Place<'_>) -> bool {
        let name = place.key.slice(place.start, place.end);
        place.suffix.is_empty()
            || self.writing == Writing::Arabic && clitic::is_persian_suffix(name, place.suffix, self.demonym)
    }

    /// True if the text has spaces only where the name has some.
    fn is_spaced(&self, place: &Place<'_>) -> bool {
        let mut solid = !self.breaks;
        (place.start + 1..place.end).all(|letter| {
            solid >>= 1;
            let has_break = solid & 1 == 0;
            match place.key.edge(letter) {
                Edge::None if !has_break => true,
                Edge::Space => has_break,
                // Words of a cased script that are run together keep their capitals (#NorthKorea).
                Edge::None if has_break && self.writing == Writing::Cased => {
                    place.key.text_char(letter).is_some_and(char::is_uppercase)
                }
                Edge::None | Edge::HalfSpace => !(has_break && self.spelled),
                Edge::Script | Edge::Hard => true,
            }
        })
    }

    fn is_spelled(&self, place: &Place<'_>) -> bool {
        let Some(exact) = &self.exact else { return true };
        let text = place.key.text_of(place.start, place.end).unwrap_or_default();
        self.contracted.dropped().chars().chain(plain_letters(text)).eq(exact.chars())
    }

    fn is_cased(&self, place: &Place<'_>) -> bool {
        let Place { key, start, end, .. } = *place;
        match self.case {
            Case::Any => true,
            Case::Capital => key.text_char(start).is_some_and(|first| !first.is_lowercase()),
            Case::Capitals if end - start <= SHORT && key.shouts() => false,
            Case::Capitals => key.text_of(start, end).is_some_and(|text| !text.contains(char::is_lowercase)),
        }
    }
}

impl Packed for Sense {
    fn pack(&self, out: &mut Vec<u8>) {
        let Self { entry, language, writing, compound, dotted, contracted, breaks, spelled, case, .. } = self;
        let flags = [*compound, *dotted, *spelled, self.takes_article, self.demonym, self.exact.is_some()];
        entry.pack(out);
        out.extend(language.to_le_bytes());
        out.push(flags.iter().rev().fold(0, |byte, &flag| byte << 1 | u8::from(flag)));
        let small = [writing.number(), *contracted as u8, *case as u8];
        out.push(small[0] | small[1] << 2 | small[2] << 4);
        out.push(self.prior);
        out.extend(breaks.to_le_bytes());
        if let Some(exact) = &self.exact {
            (exact.len() as u32).pack(out);
            out.extend(exact.as_bytes());
        }
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let entry = u32::unpack(bytes)?;
        let language = packed::take(bytes).map(u16::from_le_bytes)?;
        let [flags, small, prior] = packed::take(bytes)?;
        let breaks = packed::take(bytes).map(u128::from_le_bytes)?;
        let flag = |bit: u32| flags >> bit & 1 == 1;
        let exact = if flag(5) {
            let length = u32::unpack(bytes)? as usize;
            let (text, rest) = bytes.split_at_checked(length)?;
            *bytes = rest;
            Some(str::from_utf8(text).ok()?.into())
        } else {
            None
        };
        Some(Self {
            entry,
            language,
            writing: Writing::from_number(small & 3)?,
            compound: flag(0),
            dotted: flag(1),
            contracted: *[Contraction::None, Contraction::Alef, Contraction::Article]
                .get(usize::from(small >> 2 & 3))?,
            breaks,
            spelled: flag(2),
            case: *[Case::Any, Case::Capital, Case::Capitals].get(usize::from(small >> 4))?,
            exact,
            takes_article: flag(3),
            demonym: flag(4),
            prior,
        })
    }
}

impl Case {
    /// Names in capitals need capitals (AP, WHO). Other names that the list begins with a capital need one where they
    /// are a single word or short (Turkey, Jordan), and may go without where they are unmistakable (north korea).
    fn of_name(written: &str, writing: Writing, compound: bool) -> Self {
        let letters = || written.chars().filter(|letter| letter.is_alphabetic());
        if writing != Writing::Cased || !letters().next().is_some_and(char::is_uppercase) {
            return Self::Any;
        }
        if letters().count() > 1 && letters().all(char::is_uppercase) {
            Self::Capitals
        } else if compound && letters().count() >= UNMISTAKABLE {
            Self::Any
        } else {
            Self::Capital
        }
    }
}

/// Rank of an entry among those that share a name in a language, first is best: news that says «الكويت» or "Georgia"
/// means the state, «واشنطن» the city before a person of that name, and an adjective is the last resort.
fn prior(entry: &Entry) -> u8 {
    match (entry.kind, entry.subtype.as_deref()) {
        (EntityType::Loc, Some("country")) => 0,
        (EntityType::Loc, Some("region")) => 1,
        (EntityType::Loc, _) => 2,
        (EntityType::Org, _) => 3,
        (EntityType::Per, _) => 4,
        (EntityType::Misc, _) => 5,
    }
}

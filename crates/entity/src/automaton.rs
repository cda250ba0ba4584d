//! The automaton over all names, and what it says about a key: which name, glued to what, how surely.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use khabar_model::EntityType;

use crate::clitic::{self, Chain, Contraction};
use crate::error::{Error, ErrorKind};
use crate::gazetteer::{Entry, Gazetteer};
use crate::key::{Edge, Key};
use crate::language::Writing;

/// Bits of [`Sense::breaks`]. A name that is longer may be spaced anywhere behind them.
const BREAK_BITS: usize = u128::BITS as usize;

/// All names of a gazetteer, as one automaton over their keys.
#[derive(Debug)]
pub(crate) struct Automaton {
    search: AhoCorasick,
    /// By pattern of `search`: its part of `senses`.
    patterns: Vec<Range<u32>>,
    senses: Vec<Sense>,
    /// Sorted: the languages and writings that an entry has names in.
    spoken: BTreeSet<(u32, u16, Writing)>,
}

/// What a key stands for: an entry, by a name that has this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    /// Index of the entry.
    pub(crate) entry: u32,
    language: u16,
    writing: Writing,
    /// Bit `i`: the name has a space, half-space, hyphen … before its letter `i`.
    breaks: u128,
    /// Every break has to be there: the words are single letters («أ ب» must not match «أب»).
    spelled: bool,
    case: Case,
    /// What this form has lost to the preposition ل that it needs before it.
    pub(crate) contracted: Contraction,
    /// An adjective that the text may give an article which the list leaves out.
    takes_article: bool,
    demonym: bool,
    /// Rank among the entries that share a name: see [`prior`].
    prior: u8,
    /// The name has more than one word.
    pub(crate) compound: bool,
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

/// The language of a text, as far as the gazetteer is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Index of the language; `None` if it is unknown or the gazetteer has no names in it.
    language: Option<u16>,
    proclitics: Proclitics,
    persian: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proclitics {
    None,
    /// The language is unknown: before Arabic names only.
    BeforeArabic(Option<u16>),
    All,
}

/// A name that stands in a key by all rules, before longer names have taken its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// First byte of the proclitics, `start` if there are none.
    pub(crate) chain: usize,
    /// First byte of the name in the key.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Index of the sense that the order prefers.
    pub(crate) sense: u32,
    /// Another entry has the same name.
    pub(crate) rivals: bool,
    /// The name is of another language than the text.
    pub(crate) borrowed: bool,
}

impl Automaton {
    /// Builds the automaton.
    pub(crate) fn new(gazetteer: &Gazetteer) -> Result<Self, Error> {
        let mut forms: Vec<(String, Sense)> = Vec::with_capacity(gazetteer.names.len() * 2);
        let mut spoken = BTreeSet::new();
        let arabic = gazetteer.languages.iter().position(|code| code == "ar");
        for name in &gazetteer.names {
            let Some(entry) = gazetteer.entries.get(name.entry as usize) else { continue };
            let key = Key::new(&name.written);
            let is_arabic = arabic == Some(name.language as usize);
            let Some(sense) = Sense::new(name.entry, entry, name.language, is_arabic, &name.written, &key) else {
                continue;
            };
            spoken.insert((name.entry, name.language, sense.writing));
            if is_arabic {
                forms.extend(sense.variants(key.letters()));
            }
            forms.push((key.into_letters(), sense));
        }
        // One order for equal keys, whatever the order of the lists' lines.
        forms.sort_by(|(key, sense), (other_key, other)| key.cmp(other_key).then_with(|| sense.order().cmp(&other.order())));
        forms.dedup();

        let mut keys: Vec<&str> = Vec::with_capacity(forms.len());
        let mut patterns: Vec<Range<u32>> = Vec::with_capacity(forms.len());
        for ((key, _), index) in forms.iter().zip(0_u32..) {
            match patterns.last_mut() {
                Some(range) if keys.last() == Some(&key.as_str()) => range.end = index + 1,
                _ => {
                    keys.push(key);
                    patterns.push(index..index + 1);
                }
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&keys)
            .map_err(|error| Error::new(ErrorKind::Size, "all lists", 0, error.to_string()))?;
        let senses = forms.into_iter().map(|(_, sense)| sense).collect();
        Ok(Self { search, patterns, senses, spoken })
    }

    pub(crate) fn sense(&self, candidate: &Candidate) -> Option<&Sense> {
        self.senses.get(candidate.sense as usize)
    }

    /// Every name that stands in `key`, in order of their ends.
    pub(crate) fn candidates(&self, key: &Key<'_>, reading: Reading) -> Vec<Candidate> {
        let mut found = Vec::new();
        for hit in self.search.find_overlapping_iter(key.letters()) {
            let Some(range) = self.patterns.get(hit.pattern().as_usize()) else { continue };
            let Some(place) = Place::new(key, hit.start(), hit.end(), reading) else { continue };
            let senses = self.senses.get(range.start as usize..range.end as usize).unwrap_or_default();
            let mut best: Option<(bool, u32)> = None;
            let mut rivals = false;
            for (sense, index) in senses.iter().zip(range.start..) {
                let Some(borrowed) = self.borrowed(sense, reading) else { continue };
                if !place.fits(sense, key, reading) {
                    continue;
                }
                // Senses are sorted by prior, so the first one of a kind is the best of it.
                match best {
                    Some((best_borrowed, best_index)) => {
                        rivals |= self.senses.get(best_index as usize).is_some_and(|other| other.entry != sense.entry);
                        if best_borrowed && !borrowed {
                            best = Some((borrowed, index));
                        }
                    }
                    None => best = Some((borrowed, index)),
                }
            }
            if let Some((borrowed, sense)) = best {
                let Place { chain_start, start, end, .. } = place;
                found.push(Candidate { chain: chain_start, start, end, sense, rivals, borrowed });
            }
        }
        found
    }

    /// Whether a sense is of another language than the text, or `None` if it must not be read there at all: a name of
    /// another language counts only where its entry has no name in the text's language and the same writing. Arabic
    /// «مالي» is a country; the same letters in Persian mean "financial", and the Persian list knows a better name.
    fn borrowed(&self, sense: &Sense, reading: Reading) -> Option<bool> {
        match reading.language {
            None => Some(false),
            Some(language) if language == sense.language => Some(false),
            Some(language) => {
                (!self.spoken.contains(&(sense.entry, language, sense.writing))).then_some(true)
            }
        }
    }
}

impl Reading {
    /// How to read a text of a language, `None` if unknown.
    pub(crate) fn new(language: Option<&str>, gazetteer_languages: &[String]) -> Self {
        let index = |code: &str| {
            gazetteer_languages.iter().position(|known| known == code).and_then(|index| u16::try_from(index).ok())
        };
        let proclitics = match language {
            Some("ar") => Proclitics::All,
            Some(_) => Proclitics::None,
            None => Proclitics::BeforeArabic(index("ar")),
        };
        Self { language: language.and_then(index), proclitics, persian: language == Some("fa") }
    }
}

/// Where a hit of the automaton stands: between word edges, or glued to something that may be glued there.
struct Place<'k> {
    chain_start: usize,
    start: usize,
    end: usize,
    chain: Option<Chain>,
    /// Letters of the word behind the name.
    suffix: &'k str,
}

impl<'k> Place<'k> {
    /// `None` if the hit is a fragment of a word in every reading.
    fn new(key: &'k Key<'_>, start: usize, end: usize, reading: Reading) -> Option<Self> {
        let mut place = Self { chain_start: start, start, end, chain: None, suffix: "" };
        if key.edge(end) == Edge::None {
            if !reading.persian {
                return None;
            }
            place.suffix = key.rest_of_word(end);
        }
        if key.edge(start) == Edge::None {
            if reading.proclitics == Proclitics::None {
                return None;
            }
            place.chain_start = key.start_of_word(start, clitic::LONGEST_CHAIN)?;
            let letters = key.letters().get(place.chain_start..start)?;
            place.chain = Some(clitic::chain(letters)?);
            // The question particle is written with hamza; a bare alef is the first letter of some other word.
            if letters.starts_with('ا') && !letters.starts_with("ال") && key.text_char(place.chain_start) != Some('أ') {
                return None;
            }
        }
        Some(place)
    }

    fn fits(&self, sense: &Sense, key: &Key<'_>, reading: Reading) -> bool {
        let contracted = sense.contracted != Contraction::None;
        let glued = match self.chain {
            None => !contracted,
            Some(Chain::Plain) => !contracted,
            Some(Chain::Lam) => true,
            Some(Chain::Article) => sense.takes_article,
        };
        let proclitics = match reading.proclitics {
            Proclitics::BeforeArabic(arabic) => self.chain.is_none() || arabic == Some(sense.language),
            Proclitics::None => self.chain.is_none(),
            Proclitics::All => self.chain.is_none() || sense.writing == Writing::Arabic,
        };
        let name = key.letters().get(self.start..self.end).unwrap_or_default();
        let suffix = self.suffix.is_empty()
            || (sense.writing == Writing::Arabic && clitic::is_persian_suffix(name, self.suffix, sense.demonym));
        glued && proclitics && suffix && sense.spaced(self, key) && sense.cased(self, key)
    }
}

impl Sense {
    fn new(entry_index: u32, entry: &Entry, language: u16, is_arabic: bool, written: &str, key: &Key<'_>) -> Option<Self> {
        let writing = key.letters().chars().find_map(Writing::of)?;
        let mut breaks = 0_u128;
        let mut compound = false;
        let mut longest_word = 0;
        let mut word = 0;
        for ((offset, _), index) in key.letters().char_indices().zip(0..) {
            let edge = if index > 0 { key.edge(offset) } else { Edge::None };
            if edge != Edge::None && index < BREAK_BITS {
                breaks |= 1 << index;
            }
            if matches!(edge, Edge::Space | Edge::HalfSpace | Edge::Hard) {
                compound = true;
                word = 0;
            }
            word += 1;
            longest_word = longest_word.max(word);
        }
        let demonym = entry.subtype.as_deref() == Some("demonym");
        Some(Self {
            entry: entry_index,
            language,
            writing,
            breaks,
            spelled: writing == Writing::Arabic && compound && longest_word == 1,
            case: Case::of_name(written, writing, compound),
            contracted: Contraction::None,
            takes_article: is_arabic && demonym && !key.letters().starts_with("ال"),
            demonym,
            prior: prior(entry),
            compound,
        })
    }

    /// Other spellings of an Arabic name: without the alef of its article, as after ل, and with a plain alef for آ.
    fn variants(&self, letters: &str) -> Vec<(String, Self)> {
        let mut variants = Vec::new();
        let plain = letters.replace('آ', "ا");
        if plain != letters {
            variants.push((plain, self.clone()));
        }
        if let Some((rest, contracted)) = Contraction::of(letters) {
            let dropped = contracted.dropped().chars().count();
            let sense = Self { contracted, breaks: self.breaks >> dropped, ..self.clone() };
            variants.push((rest.to_owned(), sense));
        }
        variants
    }

    /// The order of senses that share a key: the prior, then the order of the lists.
    fn order(&self) -> (u8, u32, u16, u128, Contraction) {
        (self.prior, self.entry, self.language, self.breaks, self.contracted)
    }

    /// True if the text has spaces only where the name has some.
    fn spaced(&self, place: &Place<'_>, key: &Key<'_>) -> bool {
        let name = key.letters().get(place.start..place.end).unwrap_or_default();
        name.char_indices().zip(0..).skip(1).all(|((offset, _), index)| {
            match (key.edge(place.start + offset), self.has_break(index)) {
                (Edge::Space, has_break) => has_break,
                // Words of a cased script that are run together keep their capitals (#NorthKorea).
                (Edge::None, true) if self.writing == Writing::Cased => {
                    key.text_char(place.start + offset).is_some_and(char::is_uppercase)
                }
                (Edge::None | Edge::HalfSpace, true) => !self.spelled,
                (Edge::None | Edge::HalfSpace | Edge::Script | Edge::Hard, _) => true,
            }
        })
    }

    /// True if the name has a break before its letter `index`.
    fn has_break(&self, index: usize) -> bool {
        index >= BREAK_BITS || self.breaks >> index & 1 == 1
    }

    fn cased(&self, place: &Place<'_>, key: &Key<'_>) -> bool {
        match self.case {
            Case::Any => true,
            Case::Capital => key.text_char(place.start).is_some_and(|first| !first.is_lowercase()),
            Case::Capitals => key.text_of(place.start, place.end).is_some_and(|text| !text.contains(char::is_lowercase)),
        }
    }
}

impl Case {
    /// Names in capitals need capitals (US, WHO); other names that are listed with a capital need it where they are
    /// one word or short (Turkey, Jordan), and may go without it where they are unmistakable (north korea).
    fn of_name(written: &str, writing: Writing, compound: bool) -> Self {
        let mut letters = written.chars().filter(|letter| letter.is_alphabetic());
        if writing != Writing::Cased || !letters.next().is_some_and(char::is_uppercase) {
            return Self::Any;
        }
        let rest = letters.clone().count();
        if rest > 0 && letters.all(char::is_uppercase) {
            Self::Capitals
        } else if !compound || rest + 1 < 5 {
            Self::Capital
        } else {
            Self::Any
        }
    }
}

/// Rank of an entry among those that share a name in a language, first is best: news that says «الكويت» or "Georgia"
/// means the state, «واشنطن» the city before a person of that name, and an adjective is the last resort.
fn prior(entry: &Entry) -> u8 {
    match (entry.kind, entry.subtype.as_deref()) {
        (EntityType::Loc, Some("country")) => 0,
        (EntityType::Loc, Some("region" | "continent")) => 1,
        (EntityType::Loc, _) => 2,
        (EntityType::Org, _) => 3,
        (EntityType::Per, _) => 4,
        (EntityType::Misc, _) => 5,
    }
}

//! Which names of the gazetteer stand in a key, glued to what, and what each of them means there.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::clitic::{self, LONGEST_CHAIN, LONGEST_SUFFIX};
use crate::error::{Error, ErrorKind};
use crate::gazetteer::Gazetteer;
use crate::key::{Edge, Key};
use crate::language::Writing;
use crate::packed::{self, Packed};
use crate::sense::{Place, Sense};
use crate::trie::Trie;

/// All names of a gazetteer by their keys.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Matcher {
    trie: Trie,
    /// By key of the trie: where its part of `senses` ends, and that of the next begins.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    #[serde(with = "packed")]
    senses: Vec<Sense>,
    /// The languages and writings that an entry has names in, sorted.
    #[serde(with = "packed")]
    spoken: Vec<(u32, u16, Writing)>,
    languages: Vec<String>,
}

impl Packed for (u32, u16, Writing) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        out.extend(self.1.to_le_bytes());
        out.push(self.2.number());
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let entry = u32::unpack(bytes)?;
        let language = packed::take(bytes).map(u16::from_le_bytes)?;
        let [writing] = packed::take(bytes)?;
        Some((entry, language, Writing::from_number(writing)?))
    }
}

/// The language of a text, as far as the gazetteer is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    /// Index of the language; `None` if it is unknown or no list has names in it.
    language: Option<u16>,
    /// Index of the language whose names may have proclitics.
    proclitics: Proclitics,
    persian: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proclitics {
    None,
    /// The language of the text is unknown: before the names of the language with this index, Arabic.
    Before(u16),
    /// Before all names in Arabic letters.
    All,
}

/// A name that stands in a key by all rules, before longer names have taken its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Place of the first proclitic, `start` if there is none.
    pub(crate) chain: usize,
    /// Place of the name's first letter.
    pub(crate) start: usize,
    /// One past its last letter.
    pub(crate) end: usize,
    /// Index of the sense that the order prefers.
    sense: usize,
    /// Another entry has the same name.
    pub(crate) rivals: bool,
    /// The name is of another language than the text.
    pub(crate) borrowed: bool,
}

/// The first six letters of a key as a number that is in the order of the keys.
fn opening(key: &[char]) -> u128 {
    let letters = key.iter().map(|&letter| u128::from(u32::from(letter))).chain(std::iter::repeat(0));
    letters.take(6).fold(0, |opening, letter| opening << 21 | letter)
}

impl Matcher {
    /// A matcher for all names of a gazetteer.
    pub(crate) fn new(gazetteer: &Gazetteer) -> Result<Self, Error> {
        let arabic = gazetteer.languages.iter().position(|code| code == "ar");
        let mut forms: Vec<(Vec<char>, Sense)> = Vec::with_capacity(gazetteer.names.len() * 2);
        let mut spoken = Vec::with_capacity(gazetteer.names.len());
        for name in gazetteer.names.iter().filter(|name| !name.doubtful) {
            let is_arabic = arabic == Some(usize::from(name.language));
            let key = Key::new(&name.written);
            let entry = gazetteer.entries.get(name.entry as usize);
            let Some(sense) = entry.and_then(|entry| Sense::new(name, entry, &key, is_arabic)) else { continue };
            spoken.push((name.entry, name.language, sense.writing));
            if is_arabic {
                forms.extend(sense.variants(key.letters()));
            }
            forms.push((key.letters().to_vec(), sense));
        }
        let too_many = || Error::new(ErrorKind::Size, "all lists", 0, "more letters than an index of 32 bits holds");
        // One order for the senses of a key, whatever the order of the lists' lines. The first letters tell most apart,
        // and numbers are moved faster than forms.
        let mut order: Vec<(u128, usize)> = forms.iter().map(|(key, _)| opening(key)).zip(0..).collect();
        order.sort_by(|&(one_opening, one), &(two_opening, two)| {
            one_opening.cmp(&two_opening).then_with(|| {
                let form = |at: usize| forms.get(at).map(|(key, sense)| (key, sense.order()));
                form(one).cmp(&form(two))
            })
        });
        let mut letters: Vec<&[char]> = Vec::with_capacity(forms.len());
        let mut ends: Vec<u32> = Vec::with_capacity(forms.len());
        let mut senses: Vec<Sense> = Vec::with_capacity(forms.len());
        for (key, sense) in order.iter().filter_map(|&(_, at)| forms.get(at)) {
            let is_known = letters.last() == Some(&key.as_slice());
            if is_known && senses.last() == Some(sense) {
                continue;
            }
            senses.push(sense.clone());
            let end = u32::try_from(senses.len()).map_err(|_| too_many())?;
            match ends.last_mut() {
                Some(last) if is_known => *last = end,
                _ => {
                    letters.push(key);
                    ends.push(end);
                }
            }
        }
        drop(order);
        let trie = Trie::new(&letters).ok_or_else(too_many)?;
        spoken.sort_unstable();
        spoken.dedup();
        Ok(Self { trie, ends, senses, spoken, languages: gazetteer.languages.clone() })
    }

    /// The meaning of a candidate.
    pub(crate) fn sense(&self, candidate: &Candidate) -> Option<&Sense> {
        self.senses.get(candidate.sense)
    }

    /// Every name that stands in `key`, by word. `language` is that of the text, if known.
    pub(crate) fn candidates(&self, key: &Key<'_>, language: Option<&str>) -> Vec<Candidate> {
        let reading = self.reading(language);
        let mut found = Vec::new();
        for word in key.word_starts() {
            self.search(key, word, word, reading, &mut found);
            if reading.proclitics == Proclitics::None {
                continue;
            }
            if !key.letters().get(word).is_some_and(|&first| clitic::may_begin(first)) {
                continue;
            }
            let letters = key.rest_of_word(word, LONGEST_CHAIN + 1);
            for length in 1..letters.len() {
                let proclitics = letters.get(..length).unwrap_or_default();
                // Which alef it is, is looked up in the text only where a name follows.
                if [false, true].iter().any(|&asks| clitic::chain(proclitics, asks).is_some()) {
                    self.search(key, word, word + length, reading, &mut found);
                }
            }
        }
        found
    }

    /// The names that start at a place, behind the proclitics from `chain` to `start`.
    fn search(&self, key: &Key<'_>, chain: usize, start: usize, reading: Reading, found: &mut Vec<Candidate>) {
        let Some(rest) = key.letters().get(start..) else { return };
        let proclitics = key.slice(chain, start);
        for (length, index) in self.trie.prefixes(rest) {
            let end = start + length;
            let glued = key.edge(end) == Edge::None;
            if glued && !reading.persian {
                continue;
            }
            let asks = proclitics.first() == Some(&'ا') && key.text_char(chain) == Some('أ');
            let kind = clitic::chain(proclitics, asks);
            if kind.is_none() && chain < start {
                continue;
            }
            let suffix = if glued { key.rest_of_word(end, LONGEST_SUFFIX) } else { &[] };
            let place = Place { key, start, end, chain: kind, suffix };
            found.extend(
                self.meaning(self.senses_of(index), &place, reading).map(|(sense, borrowed, rivals)| Candidate {
                    chain,
                    start,
                    end,
                    sense,
                    rivals,
                    borrowed,
                }),
            );
        }
    }

    /// The senses of a key of the trie, by their indices.
    fn senses_of(&self, index: usize) -> Range<usize> {
        let end = |index: Option<usize>| index.and_then(|index| self.ends.get(index)).map_or(0, |&end| end as usize);
        end(index.checked_sub(1))..end(Some(index))
    }

    /// The best sense of a key at a place, whether it is borrowed, and whether another entry fits as well.
    fn meaning(&self, range: Range<usize>, place: &Place<'_>, reading: Reading) -> Option<(usize, bool, bool)> {
        let senses = self.senses.get(range.clone())?.iter().zip(range);
        let mut fitting = senses.filter_map(|(sense, index)| {
            let allowed = match reading.proclitics {
                _ if place.chain.is_none() => true,
                Proclitics::None => false,
                Proclitics::Before(language) => sense.language == language,
                Proclitics::All => sense.writing == Writing::Arabic,
            };
            let borrowed = self.is_borrowed(sense, reading)?;
            (allowed && sense.fits(place)).then_some((index, borrowed, sense.entry))
        });
        let (mut best, mut borrowed, entry) = fitting.next()?;
        let mut rivals = false;
        // Senses are in order of their prior: only the text's language comes before it.
        for (index, other_borrowed, other) in fitting {
            rivals |= other != entry;
            if borrowed && !other_borrowed {
                (best, borrowed) = (index, false);
            }
        }
        Some((best, borrowed, rivals))
    }

    /// Whether a sense is of another language than the text, or `None` if it must not be read there at all: a name of
    /// another language counts only where its entry has no name in the text's language and the same writing. Arabic
    /// «مالي» is a country, but in Persian the same letters mean "financial", and the Persian list has another name.
    fn is_borrowed(&self, sense: &Sense, reading: Reading) -> Option<bool> {
        match reading.language {
            Some(language) if language != sense.language => {
                self.spoken.binary_search(&(sense.entry, language, sense.writing)).is_err().then_some(true)
            }
            _ => Some(false),
        }
    }

    fn reading(&self, language: Option<&str>) -> Reading {
        let index = |code: &str| {
            self.languages.iter().position(|known| known == code).and_then(|index| u16::try_from(index).ok())
        };
        let proclitics = match language {
            Some("ar") => Proclitics::All,
            Some(_) => Proclitics::None,
            None => index("ar").map_or(Proclitics::None, Proclitics::Before),
        };
        Reading { language: language.and_then(index), proclitics, persian: language == Some("fa") }
    }
}

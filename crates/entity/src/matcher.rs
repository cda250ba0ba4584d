//! Which names of the gazetteer stand in a key, glued to what, and what each of them means there.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::clitic::{self, Chain, LONGEST_SUFFIX};
use crate::error::{Error, ErrorKind};
use crate::gazetteer::Gazetteer;
use crate::key::{Edge, Key};
use crate::language::Writing;
use crate::lexicon::{self, Lengths, Lexicon};
use crate::packed::{self, Packed};
use crate::sense::{Place, Sense};

/// All names of a gazetteer by their keys.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Matcher {
    lexicon: Lexicon,
    /// By key of the lexicon: where its part of `senses` ends, and that of the next begins.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    #[serde(with = "packed")]
    senses: Vec<Sense>,
    /// The languages and writings that an entry has names in, sorted.
    #[serde(with = "packed")]
    spoken: Vec<(u32, u16, Writing)>,
    languages: Vec<String>,
    articled: Articled,
}

/// The first letters of the keys that may stand behind an article, one of 4,096 bits for each pair: half the words of
/// Arabic begin with the article, and few go on as an adjective of nationality.
#[derive(Debug, Serialize, Deserialize)]
struct Articled(#[serde(with = "packed")] Vec<u64>);

impl Articled {
    fn of<'k>(keys: impl Iterator<Item = &'k [char]>) -> Self {
        let mut articled = Self(vec![0; 64]);
        for key in keys {
            let (row, bits) = Self::place(key);
            articled.0.get_mut(row).into_iter().for_each(|known| *known |= bits);
        }
        articled
    }

    /// False only if none of the keys is a prefix of `letters`.
    fn may_begin(&self, letters: &[char]) -> bool {
        let (row, bits) = Self::place(letters);
        self.0.get(row).is_some_and(|known| known & bits != 0)
    }

    /// The row of a first letter, and in it the bit of the second; all bits if there is none.
    fn place(letters: &[char]) -> (usize, u64) {
        let number = |place| letters.get(place).map(|&letter| u32::from(letter) % u64::BITS);
        (number(0).unwrap_or(0) as usize, number(1).map_or(u64::MAX, |second| 1 << second))
    }
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

/// Where a name may start. Places as in [`Key`], whose texts have fewer than 2^32 bytes.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// The word's first letter.
    word: u32,
    /// The name's first letter.
    place: u32,
    /// The proclitics between them.
    chain: Option<Chain>,
    /// Lengths of the openings that may stand there.
    known: Lengths,
}

/// A key of a gazetteer and what it stands for there.
struct Form {
    /// The first eight letters of the key as a number that is in the order of the keys.
    opening: u128,
    /// Where in the letters of all keys it starts and ends.
    start: u32,
    end: u32,
    /// Index of the sense, which is one among those of this key.
    sense: u32,
}

/// The keys of all names and their senses, before they are in order.
#[derive(Default)]
struct Forms {
    letters: Vec<char>,
    senses: Vec<Sense>,
    all: Vec<Form>,
}

impl Forms {
    /// `None` if there are too many for indices of 32 bits.
    fn add(&mut self, key: &[char], sense: Sense) -> Option<()> {
        let start = u32::try_from(self.letters.len()).ok()?;
        self.letters.extend_from_slice(key);
        let end = u32::try_from(self.letters.len()).ok()?;
        let first = key.iter().map(|&letter| u128::from(u32::from(letter).min(0xffff))).chain(std::iter::repeat(0));
        let opening = first.take(8).fold(0, |opening, letter| opening << 16 | letter);
        self.all.push(Form { opening, start, end, sense: u32::try_from(self.senses.len()).ok()? });
        self.senses.push(sense);
        Some(())
    }

    fn key(&self, form: &Form) -> &[char] {
        self.letters.get(form.start as usize..form.end as usize).unwrap_or_default()
    }

    /// One order for the senses of a key, whatever the order of the lists' lines.
    fn sort(&mut self) {
        let mut all = std::mem::take(&mut self.all);
        all.sort_unstable_by(|one, two| {
            // The first letters tell most apart.
            one.opening.cmp(&two.opening).then_with(|| self.key(one).cmp(self.key(two))).then_with(|| {
                let order = |form: &Form| self.senses.get(form.sense as usize).map(Sense::order);
                order(one).cmp(&order(two)).then(one.sense.cmp(&two.sense))
            })
        });
        self.all = all;
    }
}

impl Matcher {
    /// A matcher for all names of a gazetteer.
    pub(crate) fn new(gazetteer: &Gazetteer<'_>) -> Result<Self, Error> {
        let too_many = || Error::new(ErrorKind::Size, "all lists", 0, "more letters than an index of 32 bits holds");
        let arabic = gazetteer.languages.iter().position(|code| code == "ar");
        let mut forms = Forms::default();
        let mut spoken = Vec::with_capacity(gazetteer.names.len());
        for name in gazetteer.names.iter().filter(|name| !name.doubtful) {
            let is_arabic = arabic == Some(usize::from(name.language));
            let key = Key::new(name.written);
            let entry = gazetteer.entries.get(name.entry as usize);
            let Some(sense) = entry.and_then(|entry| Sense::new(name, entry, &key, is_arabic)) else { continue };
            spoken.push((name.entry, name.language, sense.writing));
            if is_arabic {
                for (key, sense) in sense.variants(key.letters()) {
                    forms.add(&key, sense).ok_or_else(too_many)?;
                }
            }
            forms.add(key.letters(), sense).ok_or_else(too_many)?;
        }
        spoken.sort_unstable();
        spoken.dedup();
        forms.sort();
        let mut keys: Vec<&[char]> = Vec::with_capacity(forms.all.len());
        let mut ends: Vec<u32> = Vec::with_capacity(forms.all.len());
        let mut senses: Vec<Sense> = Vec::with_capacity(forms.all.len());
        for form in &forms.all {
            let Some(sense) = forms.senses.get(form.sense as usize) else { continue };
            let key = forms.key(form);
            let is_known = keys.last() == Some(&key);
            if is_known && senses.last() == Some(sense) {
                continue;
            }
            senses.push(sense.clone());
            let end = senses.len() as u32;
            match ends.last_mut() {
                Some(last) if is_known => *last = end,
                _ => {
                    keys.push(key);
                    ends.push(end);
                }
            }
        }
        let articled = Articled::of(forms.all.iter().filter_map(|form| {
            forms.senses.get(form.sense as usize).filter(|sense| sense.takes_article).map(|_| forms.key(form))
        }));
        let lexicon = Lexicon::new(&keys).ok_or_else(too_many)?;
        Ok(Self { lexicon, ends, senses, spoken, languages: gazetteer.languages.clone(), articled })
    }

    /// The meaning of a candidate.
    pub(crate) fn sense(&self, candidate: &Candidate) -> Option<&Sense> {
        self.senses.get(candidate.sense)
    }

    /// Every name that stands in `key`, by word. `language` is that of the text, if known.
    pub(crate) fn candidates(&self, key: &Key<'_>, language: Option<&str>) -> Vec<Candidate> {
        let reading = self.reading(language);
        let mut found = Vec::new();
        for start in self.starts(key, reading).iter().rev() {
            self.search(key, start, reading, &mut found);
        }
        found
    }

    /// Where in a key names may start, the last place first: at words, and in Arabic behind their proclitics.
    ///
    /// All words are asked about before the first name is looked up, so that what the answers wait for comes at the same time.
    fn starts(&self, key: &Key<'_>, reading: Reading) -> Vec<Start> {
        let beginnings = self.lexicon.beginnings();
        let mut starts = Vec::new();
        // From the start of the word behind: the lengths at which a name may end.
        let mut ends: Lengths = 0;
        for (index, (word, end)) in key.words().enumerate().rev() {
            let letters = key.slice(word, end);
            let suffixes = if reading.persian { clitic::persian_suffixes(letters) } else { 0 };
            let behind = if key.edge(end) == Edge::Hard { 0 } else { ends };
            ends = lexicon::ends(letters.len(), suffixes, behind);
            let [first, ..] = *letters else { continue };
            if reading.proclitics != Proclitics::None && clitic::may_begin(first) {
                let asks = first == 'ا' && key.starts_with(index, 'أ');
                let but_last = letters.get(..letters.len() - 1).unwrap_or_default();
                let [conjunction, preposition, article] = clitic::chains(but_last, asks);
                let mut behind = |(length, chain)| {
                    let place = word + length;
                    let known = beginnings.lengths(key.from(place), ends >> length);
                    if known != 0 {
                        starts.push(Start { word: word as u32, place: place as u32, chain: Some(chain), known });
                    }
                };
                if let Some((length, chain)) = article
                    && self.articled.may_begin(letters.get(length..).unwrap_or_default())
                {
                    behind((length, chain));
                }
                preposition.into_iter().for_each(&mut behind);
                conjunction.into_iter().for_each(behind);
            }
            let known = beginnings.lengths(key.from(word), ends);
            if known != 0 {
                starts.push(Start { word: word as u32, place: word as u32, chain: None, known });
            }
        }
        starts
    }

    /// The names that start at a place.
    fn search(&self, key: &Key<'_>, start: &Start, reading: Reading, found: &mut Vec<Candidate>) {
        let Start { word, place, chain, known } = *start;
        let (word, start) = (word as usize, place as usize);
        let rest = key.from(start);
        let ends = |length| reading.persian || key.edge(start + length) != Edge::None;
        let first = found.len();
        self.lexicon.prefixes(rest, known, ends, |length, index| {
            let end = start + length;
            let glued = key.edge(end) == Edge::None;
            let suffix = if glued { key.rest_of_word(end, LONGEST_SUFFIX) } else { &[] };
            let place = Place { key, start, end, chain, suffix };
            let meaning = self.meaning(self.senses_of(index), &place, reading);
            found.extend(meaning.map(|(sense, borrowed, rivals)| Candidate {
                chain: word,
                start,
                end,
                sense,
                rivals,
                borrowed,
            }));
        });
        if let Some(several @ [_, _, ..]) = found.get_mut(first..) {
            several.sort_by_key(|candidate| candidate.end);
        }
    }

    /// The senses of a key of the lexicon, by their indices.
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

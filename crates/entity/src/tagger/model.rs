//! The model: per language a table of small weights by hashed feature, and the lists of names; its checked file format.
//!
//! Little endian. Header: magic, `u32` version, `u64` xxh3 of all that follows. Then `u8` number of name sets, and for
//! each `u32` number of keys, the keys in order as differences, a byte of lists for each, with the eighth bit where the word
//! has a class or names of bodies have it, and a byte for each such word: the class, and 32 for the latter. Then `u8` number
//! of languages, and for each its code behind a `u8` length, the `u8` index of its name set, `f32` worth of a step of a
//! weight in nats, an `i16` for each pair of labels, `u32` number of features, and for each the difference of its key, a
//! `u16` with a bit for each label that has a weight, and the weights, `i8`. Differences are of 7 bits a byte, low bits
//! first, the eighth says that more follow.

use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, ErrorKind};
use crate::tagger::decode::Scores;
use crate::tagger::feature::Atoms;
use crate::tagger::kept::Kept;
use crate::tagger::label::LABELS;
use crate::tagger::names::{Names, list};
use crate::tagger::table::{self, Lanes, Row, Table};
use crate::tagger::template::{FEATURE_BITS, GIVEN, Of, near, together};

const MAGIC: &[u8; 8] = b"KHABNER\0";
const VERSION: u32 = 3;
/// Bit of a byte of lists: there is another byte, of its class.
const CLASSED: u8 = 0x80;
/// Bytes before the first name set.
const HEADER: usize = MAGIC.len() + 4 + 8;

/// What was learned of one language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Language {
    pub(crate) code: String,
    /// Index of its name set.
    pub(crate) names: usize,
    /// What a step of a weight is worth, in nats.
    pub(crate) unit: f32,
    pub(crate) pairs: [Scores; LABELS],
    pub(crate) table: Table,
}

impl Language {
    /// The scores of the labels of each token of a sentence.
    pub(crate) fn scores(&self, sentence: &[Atoms], kept: &mut Kept) -> Vec<Scores> {
        let mut sums = vec![Lanes::default(); sentence.len()];
        // What stands before and behind the sentence gives features too.
        let margin = GIVEN.map(|(offset, _)| offset).into_iter().max().unwrap_or(0);
        for at in -margin..sentence.len().cast_signed() + margin {
            let given = kept.sums(&self.table, near(sentence, 0, at));
            for ((offset, _), given) in GIVEN.iter().zip(given) {
                if let Some(sums) = usize::try_from(at + offset).ok().and_then(|to| sums.get_mut(to)) {
                    table::add(sums, given);
                }
            }
        }
        for (at, sums) in sums.iter_mut().enumerate() {
            for given in kept.beside(&self.table, sentence, at) {
                table::add(sums, given);
            }
            let mut asked = self.table.ask();
            together(sentence, at, Some(Of::Words), |feature| asked.take(feature));
            table::add(sums, &asked.lanes());
        }
        sums.iter().map(table::scores).collect()
    }
}

/// All languages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    pub(crate) names: Vec<Names>,
    pub(crate) languages: Vec<Language>,
}

impl Model {
    /// Reads the bytes of a model file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let wrong = |what: &str| Error::new(ErrorKind::Model, "the model of names", 0, what);
        let mut rest = Reader(bytes);
        if rest.array::<8>() != Some(*MAGIC) {
            return Err(wrong("no model of names starts like this"));
        }
        if rest.array().map(u32::from_le_bytes) != Some(VERSION) {
            return Err(wrong("another version of the format"));
        }
        let digest = rest.array().map(u64::from_le_bytes);
        if digest != Some(xxh3_64(rest.0)) {
            return Err(wrong("the digest is of other bytes"));
        }
        rest.model().filter(|_| rest.0.is_empty()).ok_or_else(|| wrong("it ends early, late, or its parts do not fit"))
    }

    /// The bytes of the model file.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![0; HEADER];
        out.push(self.names.len() as u8);
        for names in &self.names {
            out.extend((names.entries().len() as u32).to_le_bytes());
            let mut last = 0;
            for (key, _) in names.entries() {
                varint(key - last, &mut out);
                last = key;
            }
            let class = |lists: u16| (lists >> list::CLASS) as u8;
            out.extend(
                names
                    .entries()
                    .map(|(_, lists)| (lists & list::LISTS) as u8 | if class(lists) == 0 { 0 } else { CLASSED }),
            );
            out.extend(names.entries().map(|(_, lists)| class(lists)).filter(|class| *class != 0));
        }
        out.push(self.languages.len() as u8);
        for language in &self.languages {
            out.push(language.code.len() as u8);
            out.extend(language.code.as_bytes());
            out.push(language.names as u8);
            out.extend(language.unit.to_le_bytes());
            for &pair in language.pairs.as_flattened() {
                out.extend((pair as i16).to_le_bytes());
            }
            let features = language.table.sorted();
            out.extend((features.len() as u32).to_le_bytes());
            let mut last = 0;
            for (key, row) in features {
                varint(key - last, &mut out);
                last = key;
                let mask = (0..LABELS).filter(|&label| row[label] != 0).fold(0_u16, |mask, label| mask | 1 << label);
                out.extend(mask.to_le_bytes());
                out.extend(row.iter().filter(|&&weight| weight != 0).map(|&weight| weight as u8));
            }
        }
        let digest = xxh3_64(&out[HEADER..]);
        out[..8].copy_from_slice(MAGIC);
        out[8..12].copy_from_slice(&VERSION.to_le_bytes());
        out[12..HEADER].copy_from_slice(&digest.to_le_bytes());
        out
    }
}

#[cfg(any(test, feature = "train"))]
fn varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Where the parts of a model file start, each to be read when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct Parts<'b> {
    pub(crate) names: Vec<&'b [u8]>,
    /// With their codes.
    pub(crate) languages: Vec<(&'b str, &'b [u8])>,
}

impl<'b> Parts<'b> {
    /// The parts of a file that is known to be whole.
    pub(crate) fn of(file: &'b [u8]) -> Option<Self> {
        Reader(file.get(HEADER..)?).parts()
    }

    /// The names at the start of some bytes.
    pub(crate) fn read_names(bytes: &[u8]) -> Option<Names> {
        Reader(bytes).names()
    }

    /// The language at the start of some bytes.
    pub(crate) fn read_language(bytes: &[u8]) -> Option<Language> {
        Reader(bytes).language()
    }
}

/// What is left of a file.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn count(&mut self) -> Option<usize> {
        let count = self.array().map(u32::from_le_bytes)? as usize;
        // Each of what is counted has a byte at least.
        (count <= self.0.len()).then_some(count)
    }

    fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }

    fn code(&mut self) -> Option<&'b str> {
        let length = usize::from(self.byte()?);
        str::from_utf8(self.bytes(length)?).ok()
    }

    fn varint(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn model(&mut self) -> Option<Model> {
        let mut model = Model::default();
        for _ in 0..self.byte()? {
            model.names.push(self.names()?);
        }
        for _ in 0..self.byte()? {
            let language = self.language()?;
            (language.names < model.names.len()).then_some(())?;
            model.languages.push(language);
        }
        Some(model)
    }

    fn parts(&mut self) -> Option<Parts<'b>> {
        let mut parts = Parts::default();
        for _ in 0..self.byte()? {
            let whole = self.0;
            let count = self.count()?;
            for _ in 0..count {
                self.varint()?;
            }
            let classed = self.bytes(count)?.iter().filter(|lists| **lists & CLASSED != 0).count();
            self.bytes(classed)?;
            parts.names.push(whole);
        }
        for _ in 0..self.byte()? {
            let whole = self.0;
            parts.languages.push((self.code()?, whole));
            self.bytes(1 + size_of::<f32>() + LABELS * LABELS * size_of::<i16>())?;
            for _ in 0..self.count()? {
                self.varint()?;
                let mask = self.array().map(u16::from_le_bytes)?;
                self.bytes(mask.count_ones() as usize)?;
            }
        }
        Some(parts)
    }

    fn names(&mut self) -> Option<Names> {
        let count = self.count()?;
        let mut keys = Vec::with_capacity(count);
        let mut last = 0_u32;
        for _ in 0..count {
            last = last.checked_add(self.varint()?)?;
            keys.push(last);
        }
        let mut lists: Vec<u16> = self.bytes(count)?.iter().copied().map(u16::from).collect();
        for lists in lists.iter_mut().filter(|lists| **lists & u16::from(CLASSED) != 0) {
            *lists = *lists & list::LISTS | u16::from(self.byte()?) << list::CLASS;
        }
        Some(Names::new(keys, lists))
    }

    fn language(&mut self) -> Option<Language> {
        let code = self.code()?.to_owned();
        let names = usize::from(self.byte()?);
        let unit = self.array().map(f32::from_le_bytes).filter(|unit| unit.is_finite() && *unit > 1e-6)?;
        let mut pairs = [[0; LABELS]; LABELS];
        for pair in pairs.as_flattened_mut() {
            *pair = i32::from(self.array().map(i16::from_le_bytes)?);
        }
        let count = self.count()?;
        let mut features = Vec::with_capacity(count);
        let mut last = 0_u32;
        for _ in 0..count {
            let difference = self.varint()?;
            // Keys differ, and none is 0.
            last = last.checked_add(difference).filter(|&key| difference > 0 && key >> FEATURE_BITS == 0)?;
            let mask = self.array().map(u16::from_le_bytes)?;
            if mask >> LABELS != 0 {
                return None;
            }
            let mut row = Row::default();
            // Few labels have a weight: from one to the next.
            let mut labels = mask;
            while labels != 0 {
                *row.get_mut(labels.trailing_zeros() as usize)? = self.byte()? as i8;
                labels &= labels - 1;
            }
            features.push((last, row));
        }
        Some(Language { code, names, unit, pairs, table: Table::new(&features)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        let names = Names::new(vec![3, 900, u32::MAX], vec![1, 0x202, 0x700]);
        let mut pairs = [[0; LABELS]; LABELS];
        pairs[1][2] = -300;
        let mut row = Row::default();
        row[0] = -128;
        row[LABELS - 1] = 127;
        let features: Vec<_> =
            (1..500_u32).map(|key| (key.wrapping_mul(0x9e37_79b9) >> (u32::BITS - FEATURE_BITS), row)).collect();
        let language =
            Language { code: "ar".to_owned(), names: 0, unit: 0.05, pairs, table: Table::new(&features).unwrap() };
        Model { names: vec![names], languages: vec![language] }
    }

    #[test]
    fn a_file_is_read_back() {
        let model = model();
        let bytes = model.to_bytes();
        let read = Model::read(&bytes).unwrap();
        assert_eq!(read.to_bytes(), bytes);
        assert_eq!(read.languages[0].pairs, model.languages[0].pairs);
        assert_eq!(read.names, model.names);
        assert_eq!(read.languages[0].table, model.languages[0].table);
        let parts = Parts::of(&bytes).unwrap();
        assert_eq!(Parts::read_names(parts.names[0]).as_ref(), Some(&model.names[0]));
        assert_eq!(Parts::read_language(parts.languages[0].1).as_ref(), Some(&read.languages[0]));
        assert_eq!(parts.languages[0].0, "ar");
    }

    #[test]
    fn damage_is_an_error() {
        let bytes = model().to_bytes();
        for at in (0..bytes.len()).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert!(Model::read(&damaged).is_err(), "byte {at}");
            assert!(Model::read(&bytes[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn parts_that_do_not_fit_are_an_error() {
        let bytes = model().to_bytes();
        for at in HEADER..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] = damaged[at].wrapping_add(1);
            let digest = xxh3_64(&damaged[HEADER..]);
            damaged[12..HEADER].copy_from_slice(&digest.to_le_bytes());
            // No panic; other weights are as good as these.
            let _read = Model::read(&damaged);
        }
    }
}

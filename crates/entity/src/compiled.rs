//! The gazetteer as one file that is read in milliseconds: entries, and names as matcher and linker keep them.
//!
//! Little endian: magic with the version of the format, `u64` xxh3 of the rest; the version of the fold key and the
//! digest of khabar's own lists that it was written with; then the three in postcard's format, rows of numbers as bytes.
//! The file that comes with khabar is written by the binary `khabar-gazetteer` (`cargo xtask data`) from the lists, and a
//! test compares; those of users by `khabar gazetteer compile`.

use khabar_text::FOLD_VERSION;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::error::{Error, ErrorKind};
use crate::gazetteer::Entry;
use crate::link::Linker;
use crate::lists::GAZETTEERS;
use crate::matcher::Matcher;

/// The file that comes with khabar.
pub(crate) const EMBEDDED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteers/compiled.bin"));

const MAGIC: &[u8; 5] = b"KHGAZ";
const VERSION: &[u8; 3] = b"005";
/// Bytes before the body.
const HEADER: usize = MAGIC.len() + VERSION.len() + 8;

/// What the file holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Compiled {
    stamp: Stamp,
    pub(crate) entries: Vec<Entry>,
    pub(crate) matcher: Matcher,
    pub(crate) linker: Linker,
}

/// What a file was written with. Keys of another fold, or khabar's own lists of another version, are no longer right.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stamp {
    fold: String,
    /// Digest of the lists that come with khabar.
    lists: u64,
}

impl Stamp {
    /// Of this build.
    fn current() -> Self {
        let mut digest = Xxh3Default::new();
        for (name, list) in GAZETTEERS {
            digest.update(name.as_bytes());
            digest.update(list.as_bytes());
        }
        Self { fold: FOLD_VERSION.to_owned(), lists: digest.digest() }
    }
}

/// True for a file that starts as compiled gazetteers of any version do.
pub(crate) fn is_compiled(file: &[u8]) -> bool {
    file.starts_with(MAGIC)
}

impl Compiled {
    /// What this build makes of lists.
    pub(crate) fn new(entries: Vec<Entry>, matcher: Matcher, linker: Linker) -> Self {
        Self { stamp: Stamp::current(), entries, matcher, linker }
    }

    /// Reads a file of the user, and checks that this build would write the same.
    pub(crate) fn read_current(file: &[u8], name: &str) -> Result<Self, Error> {
        let compiled = Self::read(file, name)?;
        if compiled.stamp != Stamp::current() {
            let detail = "compiled with khabar's lists of another version; compile your list again";
            return Err(Error::new(ErrorKind::Compiled, name, 0, detail));
        }
        Ok(compiled)
    }

    /// Reads a file, and checks that it is whole.
    pub(crate) fn read(file: &[u8], name: &str) -> Result<Self, Error> {
        let broken = |what: &str| Error::new(ErrorKind::Compiled, name, 0, what);
        let (header, body) = file.split_at_checked(HEADER).ok_or_else(|| broken("shorter than its header"))?;
        let versioned = header.strip_prefix(MAGIC).ok_or_else(|| broken("not a compiled gazetteer"))?;
        let checksum = versioned
            .strip_prefix(VERSION)
            .ok_or_else(|| broken("compiled by another version of khabar; compile your list again"))?;
        if checksum != xxh3_64(body).to_le_bytes() {
            return Err(broken("the checksum differs"));
        }
        postcard::from_bytes(body).map_err(|error| broken(&error.to_string()))
    }

    /// The file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.linker.blocks();
        let body = postcard::to_stdvec(self).expect("a vector has room");
        let mut file = [MAGIC.as_slice(), VERSION].concat();
        file.extend_from_slice(&xxh3_64(&body).to_le_bytes());
        file.extend(body);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    fn compiled(tsv: &str) -> Compiled {
        let mut gazetteer = Gazetteer::default();
        gazetteer.read("test.tsv", tsv).unwrap();
        let matcher = Matcher::new(&gazetteer).unwrap();
        let linker = Linker::new(&gazetteer);
        Compiled::new(gazetteer.entries, matcher, linker)
    }

    #[test]
    fn the_file_is_what_the_lists_are() {
        let mut gazetteer = Gazetteer::default();
        for (list, tsv) in crate::GAZETTEERS {
            gazetteer.read(list, tsv).unwrap();
        }
        let matcher = Matcher::new(&gazetteer).unwrap();
        let linker = Linker::new(&gazetteer);
        let fresh = Compiled::new(gazetteer.entries, matcher, linker);
        assert!(fresh.to_bytes() == EMBEDDED, "run `cargo xtask data`");
        assert!(Compiled::read_current(EMBEDDED, "compiled.bin").unwrap().to_bytes() == EMBEDDED);
    }

    #[test]
    fn a_written_gazetteer_reads_back_and_a_broken_one_does_not() {
        let whole = compiled(
            "id\ttype\tsubtype\tcanonical\tlang\tnames\nQ423\tLOC\tcountry\tNorth Korea\tar\tكوريا الشمالية\n",
        );
        let file = whole.to_bytes();
        assert_eq!(Compiled::read(&file, "own").unwrap().to_bytes(), file);
        for at in [0, 9, HEADER, file.len() - 1] {
            let mut broken = file.clone();
            broken[at] ^= 1;
            assert_eq!(Compiled::read(&broken, "own").unwrap_err().kind(), ErrorKind::Compiled);
            assert!(Compiled::read(&file[..at], "own").is_err());
        }
    }
}

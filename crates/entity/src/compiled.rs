//! The gazetteer as one file that is read in milliseconds: entries, and names as matcher and linker keep them.
//!
//! Little endian: magic, `u64` xxh3 of the rest, then the three in postcard's format. Written by the binary
//! `khabar-gazetteer` (`cargo xtask data`) from the lists; a test compares.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, ErrorKind};
use crate::gazetteer::Entry;
use crate::link::Linker;
use crate::matcher::Matcher;

/// The file that comes with khabar.
pub(crate) const EMBEDDED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteers/compiled.bin"));

const MAGIC: &[u8; 8] = b"KHGAZ004";
/// Bytes before the body.
const HEADER: usize = MAGIC.len() + 8;

/// What the file holds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Compiled {
    pub(crate) entries: Vec<Entry>,
    pub(crate) matcher: Matcher,
    pub(crate) linker: Linker,
}

impl Compiled {
    /// Reads a file, and checks that it is whole.
    pub(crate) fn read(file: &[u8]) -> Result<Self, Error> {
        let broken = |what: &str| Error::new(ErrorKind::Compiled, "compiled.bin", 0, what);
        let (header, body) = file.split_at_checked(HEADER).ok_or_else(|| broken("shorter than its header"))?;
        let checksum = header.strip_prefix(MAGIC).ok_or_else(|| broken("not a compiled gazetteer of this version"))?;
        if checksum != xxh3_64(body).to_le_bytes() {
            return Err(broken("the checksum differs"));
        }
        postcard::from_bytes(body).map_err(|error| broken(&error.to_string()))
    }

    /// The file.
    #[cfg(any(test, feature = "compile"))]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let body = postcard::to_stdvec(self).expect("a vector has room");
        let mut file = MAGIC.to_vec();
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
        Compiled { linker: Linker::new(&gazetteer), entries: gazetteer.entries, matcher }
    }

    #[test]
    fn the_file_is_what_the_lists_are() {
        let mut gazetteer = Gazetteer::default();
        for (list, tsv) in crate::GAZETTEERS {
            gazetteer.read(list, tsv).unwrap();
        }
        let matcher = Matcher::new(&gazetteer).unwrap();
        let fresh = Compiled { linker: Linker::new(&gazetteer), entries: gazetteer.entries, matcher };
        assert!(Compiled::read(EMBEDDED).unwrap() == fresh, "run `cargo xtask data`");
    }

    #[test]
    fn a_written_gazetteer_reads_back_and_a_broken_one_does_not() {
        let whole = compiled(
            "id\ttype\tsubtype\tcanonical\tlang\tnames\nQ423\tLOC\tcountry\tNorth Korea\tar\tكوريا الشمالية\n",
        );
        let file = whole.to_bytes();
        assert_eq!(Compiled::read(&file).unwrap(), whole);
        for at in [0, 9, HEADER, file.len() - 1] {
            let mut broken = file.clone();
            broken[at] ^= 1;
            assert_eq!(Compiled::read(&broken).unwrap_err().kind(), ErrorKind::Compiled);
            assert!(Compiled::read(&file[..at]).is_err());
        }
    }
}

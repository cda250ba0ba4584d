//! The file `current`: which segments are the index. Lines of text, the last one with the checksum of those before.

use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::disk::Disk;
use crate::{
    blob::Blob,
    error::{Error, ErrorKind},
    settings::Settings,
    sketch::sketch_version,
};

/// Its name, and the one that it has until it is complete.
pub(super) const NAME: &str = "current";
pub(super) const NEW: &str = "current.new";

const FORMAT: &str = "khabar-index 1";

/// What the index consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    /// What sketches depend on.
    made_with: String,
    pub(super) segments: Vec<Entry>,
}

/// A segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) file: String,
    pub(super) documents: u64,
    pub(super) bytes: u64,
    /// XXH3-128 of the file.
    pub(super) xxh3: u128,
}

/// Versions and settings that make sketches comparable.
fn made_with(settings: &Settings) -> String {
    let Settings { shingle, one_in, least_kept, max_tokens, frequency_cap, min_tokens, lead, .. } = settings;
    format!(
        "{}, shingles of {shingle}, one in {one_in}, at least {least_kept}, at most {max_tokens} tokens, common beyond \
         {frequency_cap}, searched from {min_tokens}, leads of {lead}",
        sketch_version()
    )
}

impl Listing {
    pub(super) fn new(settings: &Settings) -> Self {
        Self { made_with: made_with(settings), segments: Vec::new() }
    }

    /// Reads the listing of a folder; `None` if it has none.
    #[expect(clippy::disallowed_methods, reason = "a file of the folder that this crate was given")]
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(NAME);
        match std::fs::read_to_string(&path) {
            Ok(text) => match Self::parse(&text) {
                Some(listing) => Ok(Some(listing)),
                None => Err(Error::new(&path, ErrorKind::Damaged("the list of segments"))),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Err(Error::new(&path, ErrorKind::Damaged("the list of segments")))
            }
            Err(error) => Err(Error::new(&path, error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (body, last) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let body = format!("{body}\n");
        if last != format!("end {:032x}", xxh3_128(body.as_bytes())) {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != FORMAT {
            return None;
        }
        let made_with = lines.next()?.to_owned();
        let segments = lines.map(Entry::parse).collect::<Option<_>>()?;
        Some(Self { made_with, segments })
    }

    fn body(&self) -> String {
        let mut body = format!("{FORMAT}\n{}\n", self.made_with);
        for Entry { file, documents, bytes, xxh3 } in &self.segments {
            body.push_str(&format!("{file} {documents} {bytes} {xxh3:032x}\n"));
        }
        body
    }

    pub(super) fn digest(&self) -> String {
        format!("{:032x}", xxh3_128(self.body().as_bytes()))
    }

    /// Refuses an index whose sketches are others.
    pub(super) fn check(&self, folder: &Path, settings: &Settings) -> Result<(), Error> {
        let expected = made_with(settings);
        if self.made_with == expected {
            return Ok(());
        }
        Err(Error::new(folder, ErrorKind::Version { found: self.made_with.clone(), expected }))
    }

    /// The name of the next segment.
    pub(super) fn next_file(&self) -> String {
        let number = |entry: &Entry| entry.file.split('.').next().and_then(|number| number.parse::<u64>().ok());
        let last = self.segments.iter().filter_map(number).max().unwrap_or(0);
        format!("{:06}{}", last + 1, super::segment::SUFFIX)
    }

    /// Puts this listing in place of the folder's.
    pub(super) fn write(&self, disk: &Disk, folder: &Path) -> Result<(), Error> {
        let new = folder.join(NEW);
        let mut output = disk.create(&new)?;
        output.write(format!("{}end {}\n", self.body(), self.digest()).as_bytes())?;
        output.finish()?;
        disk.rename(&new, &folder.join(NAME))?;
        disk.sync_folder(folder)
    }
}

impl Entry {
    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let entry = Self {
            file: parts.next().filter(|file| !file.contains(['/', '\\']))?.to_owned(),
            documents: parts.next()?.parse().ok()?,
            bytes: parts.next()?.parse().ok()?,
            xxh3: u128::from_str_radix(parts.next()?, 16).ok()?,
        };
        parts.next().is_none().then_some(entry)
    }

    /// Compares the file with its checksum.
    pub(super) fn verify(&self, folder: &Path) -> Result<(), Error> {
        const PIECE: u64 = 1 << 20;
        let blob = Blob::open(&folder.join(&self.file))?;
        let mut hash = Xxh3::new();
        let mut at = 0;
        while at < self.bytes {
            let len = PIECE.min(self.bytes - at);
            hash.update(&blob.read(at, len as usize)?);
            at += len;
        }
        let same = blob.len()? == self.bytes && hash.digest128() == self.xxh3;
        if same { Ok(()) } else { Err(blob.damaged("a segment")) }
    }
}

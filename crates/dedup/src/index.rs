//! The index on disk: what earlier runs have seen, so that today's documents are compared with yesterday's.

use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use self::{
    disk::Disk,
    listing::{Entry, Listing},
    segment::Extent,
};
use crate::{
    blob::Blob,
    deduper::{Deduper, State},
    error::{Error, ErrorKind},
    settings::Settings,
    sketch::Sketch,
};

mod bytes;
mod disk;
mod listing;
mod segment;

/// An index in a folder: segments, each what one run added, and a file `current` that lists them.
///
/// A run opens it, goes on from its [`Deduper`], and commits at its end. Until the commit the index is what it was:
/// segments are written under names that `current` does not list, and then `current` is replaced in one step. Whoever
/// is killed on the way leaves the old index, with files that the next commit removes, or the new one.
#[derive(Debug)]
pub struct Index {
    folder: PathBuf,
    settings: Settings,
    listing: Listing,
    disk: Disk,
    /// Held as long as the index is open.
    _lock: Option<File>,
}

/// An index that is written, and not yet current.
#[derive(Debug)]
#[must_use = "what is prepared is not part of the index before it is committed"]
pub struct Prepared {
    index: Index,
    next: Listing,
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexStat {
    /// Documents.
    pub documents: u64,
    /// Distinct texts among them.
    pub texts: u64,
    /// Clusters, those of one document included.
    pub clusters: u64,
    /// Documents by source, as the runs named them.
    pub sources: BTreeMap<String, u64>,
    /// Segments: the runs since the last merge.
    pub segments: usize,
    /// Bytes of all segments.
    pub bytes: u64,
    /// As [`Index::digest`].
    pub digest: String,
}

/// Segments from which a commit merges them all: every look-up asks each of them.
const MOST_SEGMENTS: usize = 8;
const LOCK: &str = "lock";

impl Index {
    /// Opens the index in `folder`, or begins one if the folder is absent or empty; nobody else may use it meanwhile.
    ///
    /// # Errors
    /// [`ErrorKind::Version`] if it was made with other settings or by another version, [`ErrorKind::Locked`],
    /// [`ErrorKind::Foreign`], [`ErrorKind::Damaged`], or what the system says.
    pub fn open(folder: &Path, settings: &Settings) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|error| Error::new(folder, error))?;
        Self::with(folder, settings, Disk::default(), true)
    }

    /// Opens an index that must be there, for reading: others may read it too, and what is committed meanwhile is not
    /// seen. A commit that removes segments can make later reads fail.
    ///
    /// # Errors
    /// As [`Index::open`], and [`ErrorKind::Absent`].
    pub fn open_to_read(folder: &Path, settings: &Settings) -> Result<Self, Error> {
        if !folder.join(listing::NAME).is_file() {
            return Err(Error::new(folder, ErrorKind::Absent));
        }
        Self::with(folder, settings, Disk::default(), false)
    }

    fn with(folder: &Path, settings: &Settings, disk: Disk, lock: bool) -> Result<Self, Error> {
        let lock = lock.then(|| locked(folder)).transpose()?;
        let listing = match Listing::read(folder)? {
            Some(listing) => listing,
            None => {
                no_foreign_files(folder)?;
                Listing::new(settings)
            }
        };
        listing.check(folder, settings)?;
        Ok(Self { folder: folder.to_owned(), settings: settings.clone(), listing, disk, _lock: lock })
    }

    /// XXH3-128 of what the index holds, 32 hexadecimal digits; equal histories have equal digests.
    #[must_use]
    pub fn digest(&self) -> String {
        self.listing.digest()
    }

    /// All that earlier runs have seen. Texts and postings stay on disk; ids and what ties them together is read, some
    /// 250 bytes a document.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`], or what the system says.
    pub fn deduper(&self) -> Result<Deduper, Error> {
        let mut state = State::new(&self.settings);
        for entry in &self.listing.segments {
            let blob = Blob::open(&self.folder.join(&entry.file))?;
            if blob.len()? != entry.bytes {
                return Err(blob.damaged("a segment is not as long as it was"));
            }
            segment::read(&Arc::new(blob), &mut state)?;
        }
        state.begin_run();
        Ok(Deduper::with_state(self.settings.clone(), state))
    }

    /// Writes what a run has added beside the index.
    ///
    /// # Errors
    /// What the system says; the index is as it was.
    pub fn prepare(self, deduper: &Deduper) -> Result<Prepared, Error> {
        let state = &deduper.state;
        let merge = self.listing.segments.len() >= MOST_SEGMENTS;
        let extent = if merge { Extent::all(state) } else { Extent::of_run(state) };
        let keep = if merge { 0 } else { self.listing.segments.len() };
        self.write(state, extent, keep)
    }

    /// Writes all segments as one.
    ///
    /// # Errors
    /// As [`Index::deduper`] and [`Index::prepare`].
    pub fn merge(self) -> Result<Prepared, Error> {
        let deduper = self.deduper()?;
        let extent = Extent::all(&deduper.state);
        self.write(&deduper.state, extent, 0)
    }

    /// Forgets the documents of a source: the index is then as if the runs had never seen them. Returns how many they
    /// are.
    ///
    /// # Errors
    /// As [`Index::deduper`] and [`Index::prepare`].
    pub fn drop_source(self, source: &str) -> Result<(u64, Prepared), Error> {
        let old = self.deduper()?.state;
        let mut quick = self.settings.clone();
        // Nobody reads the passages.
        quick.max_sources = 0;
        let mut new = Deduper::new(quick);
        let identities = old.identities();
        let mut dropped = 0;
        for number in 0..old.docs.len() {
            let Some(doc) = old.docs.get(number) else { continue };
            if old.docs.source(doc) == source {
                dropped += 1;
                continue;
            }
            let body = old.bodies.get(doc.text)?.into_owned();
            let identity = identities.get(doc.text as usize).copied().flatten();
            let published = old.text(doc.text).map(|text| text.published).filter(|&published| published != i64::MAX);
            let sketch = Sketch::again(body, identity, published, &self.settings);
            new.judge_from(old.docs.id_of(number), old.docs.source(doc), sketch);
        }
        if let Some(error) = new.failure() {
            return Err(error);
        }
        let extent = Extent::all(&new.state);
        Ok((dropped, self.write(&new.state, extent, 0)?))
    }

    /// Counts what is in the index.
    ///
    /// # Errors
    /// As [`Index::deduper`].
    pub fn stat(&self) -> Result<IndexStat, Error> {
        let state = self.deduper()?.state;
        let mut sources: BTreeMap<String, u64> = BTreeMap::new();
        for doc in (0..state.docs.len()).filter_map(|number| state.docs.get(number)) {
            *sources.entry(state.docs.source(doc).to_owned()).or_default() += 1;
        }
        Ok(IndexStat {
            documents: u64::from(state.docs.len()),
            texts: state.texts.len() as u64,
            clusters: state.clusters.len() as u64,
            sources,
            segments: self.listing.segments.len(),
            bytes: self.listing.segments.iter().map(|segment| segment.bytes).sum(),
            digest: self.digest(),
        })
    }

    /// Reads every byte of the index and compares it with its checksums.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`] with the segment, or what the system says.
    pub fn verify(&self) -> Result<(), Error> {
        self.listing.segments.iter().try_for_each(|entry| entry.verify(&self.folder))
    }

    /// Writes a segment behind the first `keep`.
    fn write(self, state: &State, extent: Extent, keep: usize) -> Result<Prepared, Error> {
        let mut next = self.listing.clone();
        let file = self.listing.next_file();
        next.segments.truncate(keep);
        if extent.changes(state) || keep == 0 {
            let path = self.folder.join(&file);
            let (bytes, xxh3) = segment::write(&self.disk, &path, state, extent)?;
            self.disk.sync_folder(&self.folder)?;
            next.segments.push(Entry { file, documents: extent.documents(state), bytes, xxh3 });
        }
        Ok(Prepared { index: self, next })
    }
}

impl Prepared {
    /// The digest of the index once it is committed.
    #[must_use]
    pub fn digest(&self) -> String {
        self.next.digest()
    }

    /// Makes it the index, in one step, and removes the files that are no longer part of it.
    ///
    /// # Errors
    /// What the system says; the index is the old one or the new one.
    pub fn commit(self) -> Result<(), Error> {
        let Self { index, next } = self;
        if next == index.listing && index.folder.join(listing::NAME).is_file() {
            return Ok(());
        }
        next.write(&index.disk, &index.folder)?;
        for name in names(&index.folder)? {
            let stale = name.ends_with(segment::SUFFIX) && !next.segments.iter().any(|entry| entry.file == name);
            if stale {
                index.disk.remove(&index.folder.join(name))?;
            }
        }
        Ok(())
    }
}

/// The lock of a folder, which ends with the process at the latest.
fn locked(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let failed = |error: std::io::Error| Error::new(&path, error);
    let lock = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::new(folder, ErrorKind::Locked)),
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn no_foreign_files(folder: &Path) -> Result<(), Error> {
    let own = |name: &str| name == LOCK || name == listing::NEW || name.ends_with(segment::SUFFIX);
    match names(folder)?.into_iter().find(|name| !own(name)) {
        Some(foreign) => Err(Error::new(folder, ErrorKind::Foreign(foreign))),
        None => Ok(()),
    }
}

fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Error::new(folder, error))? {
        let entry = entry.map_err(|error| Error::new(folder, error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests;

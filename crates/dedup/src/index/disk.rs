//! Every change that an index makes to its folder goes through here, so that a test can stop it anywhere.

use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::error::{Error, ErrorKind};

/// The folder's file system. With fuel it stops when that is spent: a byte written costs one, every other step too, and
/// the bytes before the stop are written.
#[derive(Debug, Default)]
pub(super) struct Disk {
    pub(super) fuel: Option<Arc<AtomicU64>>,
}

/// A file under way.
pub(super) struct Output<'d> {
    disk: &'d Disk,
    path: &'d Path,
    file: File,
}

impl Disk {
    /// Spends fuel; returns what there was of it.
    fn spend(&self, wanted: u64) -> u64 {
        let Some(fuel) = &self.fuel else { return wanted };
        let spent = fuel.load(Ordering::Relaxed).min(wanted);
        fuel.fetch_sub(spent, Ordering::Relaxed);
        spent
    }

    fn step(&self, path: &Path, step: impl FnOnce() -> std::io::Result<()>) -> Result<(), Error> {
        if self.spend(1) == 0 {
            return Err(Error::new(path, ErrorKind::Stopped));
        }
        step().map_err(|error| Error::new(path, error))
    }

    /// Starts a file, in place of one of this name.
    #[expect(clippy::disallowed_methods, reason = "nothing refers to the file before it is complete and synced")]
    pub(super) fn create<'d>(&'d self, path: &'d Path) -> Result<Output<'d>, Error> {
        if self.spend(1) == 0 {
            return Err(Error::new(path, ErrorKind::Stopped));
        }
        let file = File::create(path).map_err(|error| Error::new(path, error))?;
        Ok(Output { disk: self, path, file })
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.step(to, || std::fs::rename(from, to))
    }

    pub(super) fn remove(&self, path: &Path) -> Result<(), Error> {
        self.step(path, || std::fs::remove_file(path))
    }

    /// Makes names that were given or taken in a folder last.
    #[expect(clippy::disallowed_methods, reason = "a folder is opened to be synced")]
    pub(super) fn sync_folder(&self, folder: &Path) -> Result<(), Error> {
        self.step(folder, || if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) })
    }
}

impl Output<'_> {
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let allowed = self.disk.spend(bytes.len() as u64) as usize;
        let written = self.file.write_all(bytes.get(..allowed).unwrap_or(bytes));
        written.map_err(|error| Error::new(self.path, error))?;
        if allowed < bytes.len() { Err(Error::new(self.path, ErrorKind::Stopped)) } else { Ok(()) }
    }

    /// Makes the bytes last.
    pub(super) fn finish(self) -> Result<(), Error> {
        self.disk.step(self.path, || self.file.sync_all())
    }
}

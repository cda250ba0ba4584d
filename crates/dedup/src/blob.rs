//! A file that is written once and read in pieces.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use crate::error::{Error, ErrorKind};

/// An open file that does not change, but for what is appended while a run lasts.
#[derive(Debug)]
pub(crate) struct Blob {
    path: PathBuf,
    file: File,
}

impl Blob {
    /// Opens a file for reading.
    #[expect(clippy::disallowed_methods, reason = "a file of the folder that this crate was given")]
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| Error::new(path, error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Makes a file of these bytes, to be read and appended to. Not synced: it does not outlive the run.
    pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let failed = |error| Error::new(path, error);
        let mut file = File::options().read(true).write(true).create(true).truncate(true).open(path).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Reads a piece.
    pub(crate) fn read(&self, start: u64, len: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; len];
        let read = (&self.file).seek(SeekFrom::Start(start)).and_then(|_| (&self.file).read_exact(&mut bytes));
        match read {
            Ok(()) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(self.damaged("the file is cut off")),
            Err(error) => Err(Error::new(&self.path, error)),
        }
    }

    /// Appends bytes at their end as the caller knows it.
    pub(crate) fn write(&self, at: u64, bytes: &[u8]) -> Result<(), Error> {
        let written = (&self.file).seek(SeekFrom::Start(at)).and_then(|_| (&self.file).write_all(bytes));
        written.map_err(|error| Error::new(&self.path, error))
    }

    /// Writes where the file stands: its end, as long as nothing is read.
    pub(crate) fn writer(&self) -> impl Write + '_ {
        &self.file
    }

    pub(crate) fn len(&self) -> Result<u64, Error> {
        self.file.metadata().map(|found| found.len()).map_err(|error| Error::new(&self.path, error))
    }

    pub(crate) fn damaged(&self, what: &'static str) -> Error {
        Error::new(&self.path, ErrorKind::Damaged(what))
    }

    pub(crate) fn failed(&self, error: std::io::Error) -> Error {
        Error::new(&self.path, error)
    }
}

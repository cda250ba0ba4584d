//! One JSONL file that is written row by row and appears when it is complete.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::error::Error;

/// A JSONL file under way: `NAME.partial` until [`Table::finish`].
pub struct Table {
    name: String,
    path: PathBuf,
    partial: PathBuf,
    file: BufWriter<File>,
    line: Vec<u8>,
    rows: u64,
    bytes: u64,
    hash: Xxh3,
}

/// What the manifest says of a finished file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Output {
    /// File name.
    pub file: String,
    /// Lines.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// xxh3-128 of the content, in hexadecimal.
    pub xxh3: String,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("path", &self.path).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Table {
    /// Starts the file `name` in `dir`.
    ///
    /// # Errors
    /// If the partial file cannot be created.
    #[expect(clippy::disallowed_methods, reason = "this is the sibling file that is renamed when complete")]
    pub fn create(dir: &Path, name: &str) -> Result<Self, Error> {
        let path = dir.join(name);
        let partial = dir.join(format!("{name}.partial"));
        let file = File::create(&partial).map_err(|error| Error::new(&partial, error))?;
        Ok(Self {
            name: name.to_owned(),
            path,
            partial,
            file: BufWriter::with_capacity(1 << 18, file),
            line: Vec::new(),
            rows: 0,
            bytes: 0,
            hash: Xxh3::new(),
        })
    }

    /// Appends one row.
    ///
    /// # Errors
    /// If it cannot be serialised or written.
    pub fn row(&mut self, row: &impl Serialize) -> Result<(), Error> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, row).map_err(|error| Error::new(&self.partial, error))?;
        self.line.push(b'\n');
        self.file.write_all(&self.line).map_err(|error| Error::new(&self.partial, error))?;
        self.hash.update(&self.line);
        self.rows += 1;
        self.bytes += self.line.len() as u64;
        Ok(())
    }

    /// Rows so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Flushes, syncs, and gives the file its name.
    ///
    /// # Errors
    /// If the last bytes do not reach the disk.
    pub fn finish(self) -> Result<Output, Error> {
        let Self { name, path, partial, file, rows, bytes, hash, .. } = self;
        let file = file.into_inner().map_err(|error| Error::new(&partial, error.into_error()))?;
        file.sync_all().map_err(|error| Error::new(&partial, error))?;
        drop(file);
        std::fs::rename(&partial, &path).map_err(|error| Error::new(&path, error))?;
        Ok(Output { file: name, rows, bytes, xxh3: format!("{:032x}", hash.digest128()) })
    }
}

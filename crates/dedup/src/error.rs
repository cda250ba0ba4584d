//! What can go wrong with an index, or with what does not fit into memory.

use std::path::{Path, PathBuf};

/// An error with the file or folder that it concerns.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct Error {
    path: PathBuf,
    #[source]
    kind: ErrorKind,
}

impl Error {
    pub(crate) fn new(path: &Path, kind: impl Into<ErrorKind>) -> Self {
        Self { path: path.to_owned(), kind: kind.into() }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The kinds of error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The bytes are not those that were written.
    #[error("damaged: {0}; restore the index from a copy, or build it again in another folder")]
    Damaged(&'static str),
    /// Written by another version, or with other settings of de-duplication.
    #[error("made with {found}, and this is {expected}: sketches do not compare; use another folder")]
    Version {
        /// What the index says.
        found: String,
        /// What it would have to say.
        expected: String,
    },
    /// Another process works with the index.
    #[error("another run is using this index")]
    Locked,
    /// The folder holds something that is no index.
    #[error("holds {0:?} but no index; give an empty or a new folder")]
    Foreign(String),
    /// There is no index where one has to be.
    #[error("no index here")]
    Absent,
    /// A stop that a test asked for.
    #[error("stopped on request")]
    Stopped,
}

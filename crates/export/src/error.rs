//! What can go wrong while writing.

use std::path::{Path, PathBuf};

/// An error with the file that it concerns.
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
    /// The folder holds something, and replacing it was not asked for.
    #[error("the folder is not empty; give another one, or --force to replace an earlier run in it")]
    NotEmpty,
    /// The folder holds files that no run writes: --force would have to delete somebody's data.
    #[error("the folder holds {0:?}, which is not a file of an earlier run; give another folder")]
    Foreign(String),
    /// The system refused.
    #[error("cannot write: {0}")]
    Io(#[from] std::io::Error),
    /// A value that JSON cannot hold.
    #[error("cannot serialise: {0}")]
    Json(#[from] serde_json::Error),
}

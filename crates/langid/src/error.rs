//! Why a model file was refused.

/// A model that cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset} of the model")]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where, in bytes from the start of the file.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

/// The ways in which a model file can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The first bytes are not those of a model.
    #[error("wrong magic number")]
    Magic,
    /// Written by another version of the trainer.
    #[error("unknown format version")]
    Version,
    /// The file ends early.
    #[error("unexpected end")]
    Truncated,
    /// Bytes are left over at the end.
    #[error("bytes after the end")]
    Trailing,
    /// The checksum does not match the content.
    #[error("checksum mismatch")]
    Checksum,
    /// A count, label or number is outside its range.
    #[error("value out of range")]
    Range,
}

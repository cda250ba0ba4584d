//! What can be wrong with a gazetteer list.

/// A gazetteer list that cannot be used, with the list and the line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{list}{}: {detail}", place(*.line))]
pub struct Error {
    kind: ErrorKind,
    list: String,
    line: usize,
    detail: String,
}

fn place(line: usize) -> String {
    if line == 0 { String::new() } else { format!(", line {line}") }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, list: &str, line: usize, detail: impl Into<String>) -> Self {
        Self { kind, list: list.to_owned(), line, detail: detail.into() }
    }

    /// The class of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Name of the list, as it was given to [`crate::Extractor::load`].
    #[must_use]
    pub fn list(&self) -> &str {
        &self.list
    }

    /// Line of the list, from 1; 0 for a file that has no lines, and for what concerns all of it.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

/// What was wrong with a gazetteer list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The first line that is no comment does not name the six columns.
    Header,
    /// A row has more or fewer than six columns.
    Columns,
    /// The id is neither `Q` and digits nor `kb:` and a name.
    Id,
    /// The type is none of `PER`, `ORG`, `LOC`, `MISC`.
    Type,
    /// The language is empty.
    Language,
    /// A name is empty, or nothing but punctuation.
    Name,
    /// More names than an index of 32 bits holds.
    Size,
    /// A compiled gazetteer is not whole, or of another version.
    Compiled,
    /// A model of names is not whole, or of another version.
    Model,
}

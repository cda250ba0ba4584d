//! A document that could not be processed, as data.

use serde::{Deserialize, Serialize};

/// Why a document did not pass a stage. Counted and written, never a crash and never a log line alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("{stage}: {reason}: {detail}")]
pub struct Reject {
    /// The stage that refused it.
    pub stage: Stage,
    /// The class of the reason, for counting.
    pub reason: RejectReason,
    /// What exactly was wrong, for a person: lower case, no full stop, with the byte offset where there is one.
    pub detail: String,
}

impl Reject {
    /// A reject with its parts.
    #[must_use]
    pub fn new(stage: Stage, reason: RejectReason, detail: impl Into<String>) -> Self {
        Self { stage, reason, detail: detail.into() }
    }
}

/// One line of `rejects.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RejectRow {
    /// Where the document came from, as [`crate::Source::uri`].
    pub uri: String,
    /// Byte offset of the document in the decompressed file.
    #[serde(default)]
    pub offset: Option<u64>,
    /// What was wrong.
    #[serde(flatten)]
    pub reject: Reject,
}

/// The stages of the pipeline, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Stage {
    Read,
    Parse,
    Langid,
    Entity,
    Sketch,
    Dedup,
    Export,
}

impl Stage {
    /// The name as it stands in records and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Langid => "langid",
            Self::Entity => "entity",
            Self::Sketch => "sketch",
            Self::Dedup => "dedup",
            Self::Export => "export",
        }
    }
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Classes of reasons. The detail says the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RejectReason {
    /// No bytes, or nothing but white space.
    Empty,
    /// Larger than the limit per document.
    TooLarge,
    /// Expands beyond the decompression limits.
    Bomb,
    /// A file or record that ends too early.
    Truncated,
    /// A container, line or header that does not follow its format.
    Malformed,
    /// Compressed data that cannot be decompressed.
    Corrupt,
    /// Bytes that are no text in any known charset.
    NotText,
    /// A kind of input that this version does not read.
    Unsupported,
    /// A page or text without an article in it.
    NoContent,
    /// More work than the budget of a document of its size.
    Budget,
    /// The stage panicked; the document is lost to this run, the run is not.
    Panic,
    /// The file could not be read.
    Io,
}

impl RejectReason {
    /// The name as it stands in records and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Bomb => "bomb",
            Self::Truncated => "truncated",
            Self::Malformed => "malformed",
            Self::Corrupt => "corrupt",
            Self::NotText => "not_text",
            Self::Unsupported => "unsupported",
            Self::NoContent => "no_content",
            Self::Budget => "budget",
            Self::Panic => "panic",
            Self::Io => "io",
        }
    }
}

impl std::fmt::Display for RejectReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

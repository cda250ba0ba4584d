//! What de-duplication says of a document against those before it.

use serde::{Deserialize, Serialize};

/// Whether a document is new, and if not, what it repeats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// How the document relates to `of`.
    pub status: DuplicateStatus,
    /// Id of the earlier document that it repeats; null for a unique one.
    #[serde(default)]
    pub of: Option<String>,
    /// Id of the first document of its cluster; a unique document's own id.
    pub cluster: String,
    /// Jaccard similarity of the folded shingle sets, 0 to 1, verified.
    #[serde(default)]
    pub jaccard: Option<f32>,
    /// Share of the smaller document's shingles that the other one holds, 0 to 1, verified.
    #[serde(default)]
    pub containment: Option<f32>,
}

/// How a document relates to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DuplicateStatus {
    /// Nothing before it is like it.
    Unique,
    /// The same text, spelling variants and punctuation aside.
    Exact,
    /// Edited lightly.
    Near,
    /// One is a shortened form of the other.
    Abridged,
}

//! Rows of the side tables that a run writes beside the documents.

use serde::{Deserialize, Serialize};

use crate::verdict::DuplicateStatus;

/// One line of `duplicates.jsonl`: a verified pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DuplicateRow {
    /// The later document.
    pub id: String,
    /// The earlier document.
    pub of: String,
    /// How they relate.
    pub relation: DuplicateStatus,
    /// Jaccard similarity of the folded shingle sets.
    pub jaccard: f32,
    /// Share of the smaller set that the other holds.
    pub containment: f32,
}

/// One line of `passages.jsonl`: a passage that two documents share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PassageRow {
    /// The later document.
    pub id: String,
    /// The earlier document.
    pub of: String,
    /// Start in the later document's text, characters.
    pub start: u32,
    /// End there.
    pub end: u32,
    /// Start in the earlier document's text, characters.
    pub of_start: u32,
    /// End there.
    pub of_end: u32,
    /// Words that are the same in both, spelling aside.
    #[serde(default)]
    pub words: u32,
}

/// One line of `stories.jsonl`: a document's membership in a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoryRow {
    /// The story.
    pub story: String,
    /// The document.
    pub id: String,
    /// What ties it to the story.
    pub why: Vec<String>,
}

/// One line of `clusters.jsonl`: documents that repeat each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClusterRow {
    /// Id of the cluster: its first document.
    pub cluster: String,
    /// The document that stands for it, by `--keep`.
    pub representative: String,
    /// All its documents, in input order.
    pub members: Vec<String>,
}

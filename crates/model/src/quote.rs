//! Who said what.

use serde::{Deserialize, Serialize};

/// Something said, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote<S> {
    /// Where in `text`.
    #[serde(flatten)]
    pub span: S,
    /// The characters there.
    pub text: String,
    /// Literal or reported.
    pub style: QuoteStyle,
    /// Who said it, if the text tells.
    pub speaker: Option<Speaker<S>>,
    /// The verb that introduces it.
    #[serde(default)]
    pub verb: Option<QuoteVerb>,
    /// Index into `entities` of the outlet that it was said to.
    #[serde(default)]
    pub outlet: Option<u32>,
}

/// Literal or reported speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum QuoteStyle {
    Direct,
    Indirect,
}

/// The speaker of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Speaker<S> {
    /// Index into `entities`, if the speaker is one of them.
    #[serde(default)]
    pub entity: Option<u32>,
    /// Where in `text` the speaker is named.
    #[serde(flatten)]
    pub span: S,
    /// The characters there.
    pub text: String,
    /// How the speaker is named.
    pub kind: SpeakerKind,
}

/// How a speaker is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// By name.
    Named,
    /// By office: "the spokesman of the ministry".
    Office,
    /// Not at all: "a source".
    Anonymous,
    /// The outlet itself.
    Outlet,
}

/// The verb that introduces a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuoteVerb {
    /// As written.
    pub text: String,
    /// What it does.
    pub class: VerbClass,
}

/// What a verb of speech does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum VerbClass {
    Say,
    Claim,
    Deny,
    Confirm,
    Warn,
    Ask,
    Announce,
}

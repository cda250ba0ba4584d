//! What parsing makes of a document: metadata, clean text, blocks, and everything that was cut.

use serde::{Deserialize, Serialize};

use crate::date::DateValue;
use crate::span::{SourceSpan, Span};

/// A parsed article. Later stages add facts beside it and leave its text alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Headline, without the site's name.
    pub title: Option<String>,
    /// People who wrote it, not desks.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Section of the site.
    pub section: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Description from the metadata.
    pub description: Option<String>,
    /// Address of the main image.
    pub image: Option<String>,
    /// Canonical address.
    pub canonical_url: Option<String>,
    /// Agencies that the text is credited to.
    pub agencies: Vec<String>,
    /// Source credits, lifted out of the text.
    pub credits: Vec<Credit>,
    /// The dateline, if the body opens with one.
    pub dateline: Option<Dateline<Span>>,
    /// When it was published.
    pub published: Option<DateValue>,
    /// When it was last changed.
    pub modified: Option<DateValue>,
    /// Language that the page or the input declares; a hint, not a finding.
    pub declared_language: Option<String>,
    /// Charset that the payload was decoded from.
    pub charset: Option<String>,
    /// Clean text: title and body blocks joined by one newline.
    pub text: String,
    /// The blocks of `text`, in order, without the newlines between them.
    pub blocks: Vec<Block<Span>>,
    /// What was cut, in source order.
    pub removed: Vec<Removed>,
}

/// A block of the clean text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Block<S> {
    /// What it is.
    pub kind: BlockKind,
    /// Where in `text`.
    #[serde(flatten)]
    pub span: S,
    /// Language of the block; null where unknown.
    #[serde(default)]
    pub language: Option<String>,
    /// Where in the payload.
    #[serde(flatten)]
    pub source: SourceSpan,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum BlockKind {
    Title,
    Lead,
    Heading,
    Paragraph,
    ListItem,
    Caption,
    Quote,
    Table,
}

impl BlockKind {
    /// True for what counts as body text: everything but title and caption.
    #[must_use]
    pub fn is_body(self) -> bool {
        !matches!(self, Self::Title | Self::Caption)
    }
}

/// A source credit: whose text this was first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Credit {
    /// Name of the source.
    pub name: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it appeared there, ISO 8601.
    pub date: Option<String>,
}

/// The opening of a wire story: the desk's place, not the place of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dateline<S> {
    /// The place, as written.
    #[serde(default)]
    pub place: Option<String>,
    /// Where in `text`.
    #[serde(flatten)]
    pub span: S,
}

/// Something that was cut, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Removed {
    /// Why.
    pub reason: RemovalReason,
    /// Id of the rule that said so.
    pub rule: String,
    /// What was cut, up to [`Removed::TEXT_CHARS`] characters of it.
    pub text: String,
    /// Length of the whole cut, in characters.
    pub length: u32,
    /// Where in the payload.
    #[serde(flatten)]
    pub source: SourceSpan,
}

impl Removed {
    /// Characters of the cut text that a record keeps.
    pub const TEXT_CHARS: usize = 200;

    /// A cut of `text`, shortened to what the record keeps.
    #[must_use]
    pub fn new(reason: RemovalReason, rule: impl Into<String>, text: &str, source: SourceSpan) -> Self {
        Self {
            reason,
            rule: rule.into(),
            text: text.chars().take(Self::TEXT_CHARS).collect(),
            length: u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
            source,
        }
    }
}

/// Why something was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RemovalReason {
    ReadAlso,
    Related,
    Share,
    Follow,
    Copyright,
    SourceCredit,
    Byline,
    Metadata,
    Disclaimer,
    Shortcode,
    Ad,
    Subscribe,
    Navigation,
    Comments,
    Tags,
    DuplicateLine,
    Other,
}

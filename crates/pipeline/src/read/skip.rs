//! A record that is no document and is not meant to be one.

/// A record that was passed over. Counted by reason, so that the records of a run add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkipRow {
    /// Where the record is, as [`khabar_model::Source::uri`].
    pub uri: String,
    /// First byte of the record in the decompressed file.
    pub offset: Option<u64>,
    /// Why it was passed over.
    pub reason: SkipReason,
}

/// Why a record was passed over. As text: the name, and what it was in brackets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// What the archive says of itself.
    WarcInfo,
    /// A request of the crawler.
    WarcRequest,
    /// Remarks on another record.
    WarcMetadata,
    /// A page that was the same as at an earlier visit; its content is in another record.
    WarcRevisit,
    /// A part of a record that was cut into several.
    WarcContinuation,
    /// A type of record that is not in the standard, which asks to ignore it.
    WarcOther,
    /// An image, a script, a feed …, by media type or by content.
    NotHtml(String),
    /// A response with a status outside of 200 to 299.
    HttpError(u16),
    /// An entry of a feed with a picture, a link, or nothing in place of a text.
    FeedNoText,
    /// A feed without any entry.
    FeedEmpty,
}

impl SkipReason {
    /// The name under which it is counted.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::WarcInfo => "warc_warcinfo",
            Self::WarcRequest => "warc_request",
            Self::WarcMetadata => "warc_metadata",
            Self::WarcRevisit => "warc_revisit",
            Self::WarcContinuation => "warc_continuation",
            Self::WarcOther => "warc_other",
            Self::NotHtml(_) => "not_html",
            Self::HttpError(_) => "http_error",
            Self::FeedNoText => "feed_entry_without_text",
            Self::FeedEmpty => "feed_without_entries",
        }
    }
}

impl std::fmt::Display for SkipReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotHtml(what) => write!(f, "{} ({what})", self.name()),
            Self::HttpError(status) => write!(f, "{} ({status})", self.name()),
            _ => f.write_str(self.name()),
        }
    }
}

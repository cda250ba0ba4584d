//! What a reader found: payload bytes and where they came from.

use serde::{Deserialize, Serialize};

/// A document before parsing.
#[derive(Clone, Debug, PartialEq)]
pub struct RawDoc {
    /// Hash of (url, else the input's own id, else the path below INPUT) and payload; see the pipeline's reader.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// What the payload is.
    pub media: Media,
    /// The bytes, after decompression and before charset decoding.
    pub payload: Vec<u8>,
    /// What the input said beside the payload.
    pub given: Given,
}

/// What a payload is, found by content first and name second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// An HTML page.
    Html,
    /// A plain-text scrape.
    Text,
}

/// Facts that the input gave beside the payload: fields of a JSONL line, headers of a WARC record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// Title of the article.
    pub title: Option<String>,
    /// Publication date, in any writing.
    pub date: Option<String>,
    /// Author or byline.
    pub author: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// Charset from the transport (HTTP header); the bytes may disagree.
    pub charset: Option<String>,
}

/// Where a document came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Source {
    /// Path as given on the command line, joined with the path below it for a folder, plus `#record` where a file
    /// holds many records.
    pub uri: String,
    /// Number of the record in its file, from 1, every record counted; null where the file is the document.
    pub record: Option<u64>,
    /// First byte of the record in the decompressed file.
    pub offset: Option<u64>,
    /// Bytes of the payload.
    pub length: Option<u64>,
    /// MIME type, as detected.
    pub media_type: Option<String>,
    /// Charset that the payload was decoded from.
    pub charset: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Host of that address.
    pub host: Option<String>,
    /// When it was fetched, as the archive says.
    pub fetched_at: Option<String>,
    /// The input's own id.
    pub record_id: Option<String>,
    /// Fields of the input that the schema has no place for.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

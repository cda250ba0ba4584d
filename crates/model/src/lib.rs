//! The inert values that every stage of khabar speaks, and record schema v1.
//!
//! In: nothing. Out: types. A stage takes some of these values and returns others; none of them does any work beyond
//! checking its own shape and turning itself into JSON.
//!
//! - [`RawDoc`] is what a reader found: payload bytes and where they came from.
//! - [`Article`] is what parsing made of it: metadata, clean text, [`Block`]s, and everything that was cut.
//! - [`Detection`], [`Annotations`] and [`Verdict`] are what the later stages say beside the article.
//! - [`Record`] is all of it in one row: schema v1, one line of `documents.jsonl`.
//! - [`Reject`] is a document that could not be processed, as data, with its reason.
//!
//! # Promises
//! - A [`Span`] counts bytes, a [`CharSpan`] Unicode scalar values (what Python slices). Only the second can be
//!   serialised, so byte offsets never reach the wire by accident. Both are half-open and checked at construction.
//! - Absent is `null` or `[]`; every field of the schema is written in every record.
//! - Reading is lenient: a record may be partial, `text` is enough, unknown fields are ignored.
//!
//! # Refuses
//! Spans that end before they start, lie outside of their text or cut a character: see [`SpanError`].
//!
//! # Example
//! ```
//! use khabar_model::{CharIndex, Span};
//!
//! let text = "کره شمالی و روسیه";
//! let span = Span::in_text(text, 0, 17)?;           // bytes, as Rust counts
//! assert_eq!(span.of(text), Some("کره شمالی"));
//! let wire = CharIndex::new(text).to_chars(span)?;  // characters, as the record counts
//! assert_eq!((wire.start(), wire.end()), (0, 9));
//! # Ok::<(), khabar_model::SpanError>(())
//! ```

pub use crate::{
    annotations::Annotations,
    article::{Article, Block, BlockKind, Credit, Dateline, RemovalReason, Removed},
    char_index::CharIndex,
    date::{Calendar, DateKind, DateMention, DateOrigin, DateValue, Precision},
    detection::{Alternative, Detection},
    entity::{Entity, EntityType, Layer, Mention},
    quantity::{Quantity, QuantityKind},
    quote::{Quote, QuoteStyle, QuoteVerb, Speaker, SpeakerKind, VerbClass},
    raw::{Given, Media, RawDoc, Source},
    record::{Record, SCHEMA_VERSION},
    reject::{Reject, RejectReason, RejectRow, Stage},
    span::{CharSpan, SourceSpan, Span, SpanError},
    table::{ClusterRow, DuplicateRow, PassageRow, StoryRow},
    verdict::{DuplicateStatus, Verdict},
};

mod annotations;
mod article;
mod char_index;
mod date;
mod detection;
mod entity;
mod quantity;
mod quote;
mod raw;
mod record;
mod reject;
mod span;
mod table;
mod verdict;

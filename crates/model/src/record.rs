//! Record schema v1: one document with everything that is known of it.

use serde::{Deserialize, Serialize};

use crate::annotations::Annotations;
use crate::article::{Article, Block, Credit, Dateline, Removed};
use crate::char_index::CharIndex;
use crate::date::{DateMention, DateValue};
use crate::detection::Detection;
use crate::entity::Entity;
use crate::quantity::Quantity;
use crate::quote::Quote;
use crate::raw::Source;
use crate::span::{CharSpan, Span, SpanError};
use crate::verdict::Verdict;

/// Version of the record schema that this crate writes.
pub const SCHEMA_VERSION: u32 = 1;

/// One line of `documents.jsonl`. In memory its spans are bytes ([`Span`]), on the wire characters ([`CharSpan`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Record", bound = "S: schemars::JsonSchema + Serialize"))]
pub struct Record<S> {
    /// Always [`SCHEMA_VERSION`].
    #[serde(default = "schema_version")]
    pub schema: u32,
    /// Hash of (url, else the input's own id, else the path below INPUT) and payload.
    #[serde(default)]
    pub id: String,
    /// Where it came from.
    #[serde(default)]
    pub source: Source,
    /// As [`Article::title`].
    #[serde(default)]
    pub title: Option<String>,
    /// As [`Article::authors`].
    #[serde(default)]
    pub authors: Vec<String>,
    /// As [`Article::publisher`].
    #[serde(default)]
    pub publisher: Option<String>,
    /// As [`Article::section`].
    #[serde(default)]
    pub section: Option<String>,
    /// As [`Article::tags`].
    #[serde(default)]
    pub tags: Vec<String>,
    /// As [`Article::description`].
    #[serde(default)]
    pub description: Option<String>,
    /// As [`Article::image`].
    #[serde(default)]
    pub image: Option<String>,
    /// As [`Article::canonical_url`].
    #[serde(default)]
    pub canonical_url: Option<String>,
    /// As [`Article::agencies`].
    #[serde(default)]
    pub agencies: Vec<String>,
    /// As [`Article::credits`].
    #[serde(default)]
    pub credits: Vec<Credit>,
    /// As [`Article::dateline`].
    pub dateline: Option<Dateline<S>>,
    /// As [`Article::published`].
    #[serde(default)]
    pub published: Option<DateValue>,
    /// As [`Article::modified`].
    #[serde(default)]
    pub modified: Option<DateValue>,
    /// What language detection says; null before that stage.
    #[serde(default)]
    pub language: Option<Detection>,
    /// Clean text: title and body blocks joined by one newline.
    #[serde(default)]
    pub text: String,
    /// The blocks of `text`, in order.
    #[serde(default)]
    pub blocks: Vec<Block<S>>,
    /// What was cut, in source order.
    #[serde(default)]
    pub removed: Vec<Removed>,
    /// As [`Annotations::entities`].
    #[serde(default)]
    pub entities: Vec<Entity<S>>,
    /// As [`Annotations::dates`].
    #[serde(default)]
    pub dates: Vec<DateMention<S>>,
    /// As [`Annotations::quantities`].
    #[serde(default)]
    pub quantities: Vec<Quantity<S>>,
    /// As [`Annotations::quotes`].
    #[serde(default)]
    pub quotes: Vec<Quote<S>>,
    /// What de-duplication says; null before that stage.
    #[serde(default)]
    pub duplicate: Option<Verdict>,
}

fn schema_version() -> u32 {
    SCHEMA_VERSION
}

impl Record<Span> {
    /// A record of a parsed article; the later stages fill in the rest.
    #[must_use]
    pub fn of_article(id: String, mut source: Source, article: Article) -> Self {
        let Article {
            title,
            authors,
            publisher,
            section,
            tags,
            description,
            image,
            canonical_url,
            agencies,
            credits,
            dateline,
            published,
            modified,
            declared_language: _,
            charset,
            text,
            blocks,
            removed,
        } = article;
        source.charset = charset.or(source.charset);
        Self {
            schema: SCHEMA_VERSION,
            id,
            source,
            title,
            authors,
            publisher,
            section,
            tags,
            description,
            image,
            canonical_url,
            agencies,
            credits,
            dateline,
            published,
            modified,
            language: None,
            text,
            blocks,
            removed,
            entities: Vec::new(),
            dates: Vec::new(),
            quantities: Vec::new(),
            quotes: Vec::new(),
            duplicate: None,
        }
    }

    /// Puts the findings of the entity stage into the record.
    pub fn set_annotations(&mut self, annotations: Annotations<Span>) {
        let Annotations { entities, dates, quantities, quotes } = annotations;
        (self.entities, self.dates, self.quantities, self.quotes) = (entities, dates, quantities, quotes);
    }

    /// The body text that scorers see: the blocks without title and caption, joined by newlines.
    #[must_use]
    pub fn body(&self) -> String {
        let lines: Vec<&str> = self
            .blocks
            .iter()
            .filter(|block| block.kind.is_body())
            .filter_map(|block| block.span.of(&self.text))
            .collect();
        lines.join("\n")
    }

    /// The record as it is written, spans in characters.
    ///
    /// # Errors
    /// [`SpanError`] if a span does not fit the text: a bug in the stage that made it.
    pub fn into_wire(self) -> Result<Record<CharSpan>, SpanError> {
        let text = self.text.clone();
        let index = CharIndex::new(&text);
        self.map_spans(&mut |span| index.to_chars(span))
    }
}

impl Record<CharSpan> {
    /// The record as stages use it, spans in bytes.
    ///
    /// # Errors
    /// [`SpanError`] if a span does not fit the text.
    pub fn into_bytes(self) -> Result<Record<Span>, SpanError> {
        let text = self.text.clone();
        let index = CharIndex::new(&text);
        self.map_spans(&mut |span| index.to_bytes(span))
    }
}

impl<S> Record<S> {
    /// The same record with every span converted by `f`; `text` is untouched.
    ///
    /// # Errors
    /// The first error of `f`.
    pub fn map_spans<T, E>(self, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<Record<T>, E> {
        let Self { entities, dates, quantities, quotes, .. } = self;
        let annotations = Annotations { entities, dates, quantities, quotes }.map_spans(f)?;
        let dateline = match self.dateline {
            Some(Dateline { place, span }) => Some(Dateline { place, span: f(span)? }),
            None => None,
        };
        let blocks = self
            .blocks
            .into_iter()
            .map(|Block { kind, span, language, source }| Ok(Block { kind, span: f(span)?, language, source }))
            .collect::<Result<_, E>>()?;
        Ok(Record {
            schema: self.schema,
            id: self.id,
            source: self.source,
            title: self.title,
            authors: self.authors,
            publisher: self.publisher,
            section: self.section,
            tags: self.tags,
            description: self.description,
            image: self.image,
            canonical_url: self.canonical_url,
            agencies: self.agencies,
            credits: self.credits,
            dateline,
            published: self.published,
            modified: self.modified,
            language: self.language,
            text: self.text,
            blocks,
            removed: self.removed,
            entities: annotations.entities,
            dates: annotations.dates,
            quantities: annotations.quantities,
            quotes: annotations.quotes,
            duplicate: self.duplicate,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::span::SourceSpan;

    fn sample() -> Record<Span> {
        let text = "خبر\nروسیه".to_owned();
        let block = |kind, start, end| Block {
            kind,
            span: Span::in_text(&text, start, end).unwrap(),
            language: None,
            source: SourceSpan { start: start as u64, end: end as u64 },
        };
        let blocks = vec![block(BlockKind::Title, 0, 6), block(BlockKind::Paragraph, 7, 17)];
        let article = Article { title: Some("خبر".to_owned()), text, blocks, ..Article::default() };
        Record::of_article("id".to_owned(), Source::default(), article)
    }

    #[test]
    fn the_wire_counts_characters_and_comes_back() {
        let record = sample();
        let line = serde_json::to_string(&record.clone().into_wire().unwrap()).unwrap();
        assert!(line.contains(r#""kind":"paragraph","start":4,"end":9,"#), "{line}");
        let back: Record<CharSpan> = serde_json::from_str(&line).unwrap();
        assert_eq!(back.into_bytes().unwrap(), record);
    }

    #[test]
    fn every_field_is_written_and_text_alone_is_enough() {
        let value = serde_json::to_value(sample().into_wire().unwrap()).unwrap();
        for field in ["dateline", "published", "language", "duplicate", "publisher"] {
            assert!(value.get(field).is_some_and(serde_json::Value::is_null), "{field}");
        }
        let partial: Record<CharSpan> = serde_json::from_str(r#"{"text":"خبر"}"#).unwrap();
        assert_eq!((partial.schema, partial.text.as_str()), (1, "خبر"));
    }

    #[test]
    fn body_is_without_title() {
        assert_eq!(sample().body(), "روسیه");
    }

    #[test]
    fn a_span_outside_of_the_text_is_an_error() {
        let mut record = sample();
        record.blocks[1].span = Span::new(7, 99).unwrap();
        assert!(record.into_wire().is_err());
    }
}

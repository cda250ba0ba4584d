//! What de-duplication compares of a record: its blocks, its names and dates, its source.

use std::ops::Range;

use jiff::{Timestamp, civil, tz::TimeZone};
use khabar_dedup::{Document, Fact, FactKind, Settings, Sketch, sketch_document};
use khabar_model::{CharIndex, DateKind, DateValue, EntityType, Record, Source, Span};

/// Sketches a record.
pub(crate) fn sketch(record: &Record<Span>, settings: &Settings) -> Sketch {
    let mut parts: Vec<Range<usize>> = Vec::with_capacity(record.blocks.len());
    let mut aside = Vec::new();
    for block in &record.blocks {
        let (start, end) = (block.span.start(), block.span.end());
        // Blocks stand in the order of the text; one that does not would be compared twice.
        if parts.last().is_none_or(|last| last.end <= start) {
            if !block.kind.is_body() {
                aside.push(parts.len());
            }
            parts.push(start..end);
        }
    }
    let document = Document {
        text: &record.text,
        parts: &parts,
        aside: &aside,
        facts: &facts(record),
        published: record.published.as_ref().and_then(seconds),
    };
    sketch_document(&document, settings)
}

/// The names and dates.
fn facts(record: &Record<Span>) -> Vec<Fact> {
    let index = CharIndex::new(&record.text);
    let mut facts = Vec::new();
    let mut add = |span: Span, kind: FactKind| {
        if let Ok(span) = index.to_chars(span) {
            facts.push(Fact { start: span.start(), end: span.end(), kind });
        }
    };
    for entity in &record.entities {
        let kind = match entity.kind {
            EntityType::Per => FactKind::Person,
            EntityType::Loc | EntityType::Org => FactKind::Place,
            EntityType::Misc => continue,
        };
        entity.mentions.iter().for_each(|mention| add(mention.span, kind));
    }
    record.dates.iter().filter(|date| date.kind == DateKind::Absolute).for_each(|date| add(date.span, FactKind::Date));
    facts
}

/// The start of a date as seconds since 1970.
fn seconds(date: &DateValue) -> Option<i64> {
    let value = date.earliest.as_deref().unwrap_or(&date.value);
    let instant = value.parse::<Timestamp>().ok();
    let day = || {
        let padded = match value.len() {
            4 => format!("{value}-01-01"),
            7 => format!("{value}-01"),
            _ => value.to_owned(),
        };
        let local = padded.parse::<civil::DateTime>().or_else(|_| padded.parse::<civil::Date>().map(Into::into));
        local.ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    };
    instant.or_else(day).map(Timestamp::as_second)
}

/// What a document came from: its host, else its file. `khabar index drop-source` takes this name.
pub(crate) fn source(source: &Source) -> &str {
    match &source.host {
        Some(host) => host,
        None => source.uri.split('#').next().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_model::{Calendar, DateOrigin, Precision};

    #[test]
    fn dates_of_any_precision_are_seconds() {
        let date = |value: &str| DateValue {
            value: value.to_owned(),
            precision: Precision::Day,
            calendar: Calendar::Gregorian,
            raw: value.to_owned(),
            origin: DateOrigin::Input,
            earliest: None,
            latest: None,
        };
        assert_eq!(seconds(&date("1970-01-02")), Some(86_400));
        assert_eq!(seconds(&date("1970-02")), Some(31 * 86_400));
        assert_eq!(seconds(&date("1971")), Some(365 * 86_400));
        assert_eq!(seconds(&date("1970-01-01T00:01:00")), Some(60));
        assert_eq!(seconds(&date("1970-01-01T03:01:00+03:00")), Some(60));
        assert_eq!(seconds(&date("yesterday")), None);
    }
}

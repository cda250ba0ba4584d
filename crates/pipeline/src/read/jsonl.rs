//! JSON lines: one document a line, our own records among them.

use khabar_model::{Given, Media, RawDoc, RejectReason, Source};
use serde_json::{Map, Value};

use super::fields::Field;
use super::json::{object, type_name};
use super::stream::{LineEnd, Stream};
use super::{Context, Found, ReadSettings, Reader, Refusal};

/// Reads a document from every line that is not blank. `record` is the number of the line, blank ones counted.
#[derive(Default)]
pub(super) struct JsonLines {
    line: Vec<u8>,
    number: u64,
    done: bool,
}

impl Reader for JsonLines {
    fn next(&mut self, stream: &mut Stream, context: &Context<'_>) -> Option<Found> {
        while !self.done {
            let offset = stream.offset();
            self.number += 1;
            let end = stream.line(&mut self.line, context.settings.max_document);
            if let (true, Some(fault)) = (end != LineEnd::Newline, stream.fault()) {
                self.done = true;
                return Some(context.reject(Some(self.number), Some(offset), fault.clone()));
            }
            self.done = end == LineEnd::End;
            if end == LineEnd::TooLong {
                let refusal = Refusal::too_large(context.settings);
                return Some(context.reject(Some(self.number), Some(offset), refusal));
            }
            let mut bytes = self.line.as_slice();
            let mut start = offset;
            if let (0, Some(rest)) = (offset, bytes.strip_prefix(b"\xef\xbb\xbf")) {
                (bytes, start) = (rest, 3);
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let found = object(bytes, self.number, start)
                .and_then(|line| document(line, self.number, offset, context))
                .map_err(|refusal| context.reject(Some(self.number), Some(offset), refusal));
            return Some(match found {
                Ok(document) => Found::Document(Box::new(document)),
                Err(reject) => reject,
            });
        }
        None
    }
}

fn document(line: Map<String, Value>, number: u64, offset: u64, context: &Context<'_>) -> Result<RawDoc, Refusal> {
    let mut read = match line.get("schema") {
        Some(Value::Number(_)) => Line::of_record(line)?,
        _ => Line::of_fields(line, context.settings, number)?,
    };
    let media = read.media;
    if read.payload.trim().is_empty() {
        return Err(Refusal::new(RejectReason::Empty, format!("line {number}: nothing but white space in the text")));
    }
    read.source.uri = context.place.uri_of(Some(number));
    read.source.record = Some(number);
    read.source.offset = Some(offset);
    read.source.media_type = Some(super::media_type(media).to_owned());
    read.given.charset = Some("utf-8".to_owned());
    Ok(RawDoc { id: String::new(), source: read.source, media, payload: read.payload.into_bytes(), given: read.given })
}

/// What a line says of its document.
struct Line {
    payload: String,
    media: Media,
    source: Source,
    given: Given,
}

impl Line {
    /// A line of anybody's: known fields by the field map, the others into `extra`, in order.
    fn of_fields(line: Map<String, Value>, settings: &ReadSettings, number: u64) -> Result<Self, Refusal> {
        let names = line.keys().take(20).cloned().collect::<Vec<_>>().join(", ");
        let (mut text, mut html, mut source, mut given) = (None, None, Source::default(), Given::default());
        let mut has_body = false;
        for (name, value) in line {
            let slot = match settings.fields.field(&name) {
                Some(Field::Text) => &mut text,
                Some(Field::Html) => &mut html,
                Some(Field::Id) => &mut source.record_id,
                Some(Field::Url) => &mut source.url,
                Some(Field::Title) => &mut given.title,
                Some(Field::Date) => &mut given.date,
                Some(Field::Author) => &mut given.author,
                Some(Field::Language) => &mut given.language,
                None => {
                    source.extra.insert(name, value);
                    continue;
                }
            };
            let is_body = matches!(settings.fields.field(&name), Some(Field::Text | Field::Html));
            has_body |= is_body;
            match (value, is_body) {
                (Value::Null, _) => {}
                (Value::String(words), _) => *slot = Some(words).filter(|words| !words.trim().is_empty()),
                (value @ (Value::Number(_) | Value::Bool(_) | Value::Object(_)), true) => {
                    let detail = format!("line {number}: field `{name}` is {}, not text", type_name(&value));
                    return Err(Refusal::new(RejectReason::Malformed, detail));
                }
                (value, _) => match words(&value, if is_body { "\n" } else { ", " }) {
                    Some(words) => *slot = Some(words).filter(|words| !words.trim().is_empty()),
                    // Too structured for the schema's field: kept as it is.
                    None => {
                        source.extra.insert(name, value);
                    }
                },
            }
        }
        let (text_name, html_name) = (settings.fields.name(Field::Text), settings.fields.name(Field::Html));
        let (payload, media) = match (html, text) {
            (Some(_), Some(text)) if settings.fields.prefers_text() => (text, Media::Text),
            (Some(html), _) => (html, Media::Html),
            (None, Some(text)) => (text, Media::Text),
            (None, None) if has_body => (String::new(), Media::Text),
            (None, None) => {
                let detail = format!(
                    "line {number}: neither `{text_name}` nor `{html_name}` among its fields ({names}); name the right \
                     one with --field text=NAME"
                );
                return Err(Refusal::new(RejectReason::Malformed, detail));
            }
        };
        Ok(Self { payload, media, source, given })
    }

    /// One of our own records: its clean text again, and where it came from.
    fn of_record(mut line: Map<String, Value>) -> Result<Self, Refusal> {
        let source: Source = match line.remove("source") {
            None | Some(Value::Null) => Source::default(),
            Some(source) => serde_json::from_value(source)
                .map_err(|error| Refusal::new(RejectReason::Malformed, format!("field `source`: {error}")))?,
        };
        let string = |value: Option<&Value>| value.and_then(|value| words(value, ", ")).filter(|text| !text.is_empty());
        let inner = |name: &str, key: &str| line.get(name).and_then(|value| value.get(key));
        let published = string(inner("published", "value"));
        Ok(Self {
            payload: string(line.get("text")).unwrap_or_default(),
            media: Media::Text,
            given: Given {
                title: string(line.get("title")),
                date: published.or_else(|| string(inner("published", "raw"))),
                author: string(line.get("authors")),
                language: string(inner("language", "code")),
                charset: None,
            },
            source: Source {
                url: source.url.or_else(|| string(line.get("url"))),
                fetched_at: source.fetched_at,
                record_id: source.record_id.or_else(|| string(line.get("id"))),
                extra: source.extra,
                ..Source::default()
            },
        })
    }
}

/// A string, a number, a person with a name, or an array of these joined; `None` for anything else.
fn words(value: &Value, joint: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(person) => person.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Array(values) => {
            let parts: Option<Vec<String>> =
                values.iter().map(|value| if value.is_array() { None } else { words(value, joint) }).collect();
            Some(parts?.join(joint))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

//! WARC and WET archives, version 0.17 to 1.1: every record is a document, a reject or a skip.

use khabar_model::{Given, Media, RawDoc, RejectReason, Source};

use super::headers::{Block, Headers};
use super::http;
use super::sniff::{self, Kind};
use super::stream::{BUFFER, Stream};
use super::{Context, Found, Reader, Refusal, SkipReason, media_type};

/// Bytes that the head of a record, or of the HTTP message in it, may take.
const MAX_HEAD: usize = 64 * 1024;

/// Reads archives record by record; holds one payload at a time.
#[derive(Default)]
pub(super) struct Warc {
    ordinal: u64,
    done: bool,
}

/// Why a record did not become a document.
enum Miss {
    Skip(SkipReason),
    Refuse(Refusal),
}

impl From<Refusal> for Miss {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

impl Reader for Warc {
    fn next(&mut self, stream: &mut Stream, context: &Context<'_>) -> Option<Found> {
        if self.done {
            return None;
        }
        skip_line_ends(stream);
        let offset = stream.offset();
        if stream.peek(1).is_empty() && stream.fault().is_none() {
            self.done = true;
            return None;
        }
        self.ordinal += 1;
        let record = Some(self.ordinal);
        let found = self.record(stream, context);
        Some(match found {
            Ok(mut document) => {
                document.source.uri = context.place.uri_of(record);
                document.source.record = record;
                document.source.offset = Some(offset);
                Found::Document(Box::new(document))
            }
            Err(Miss::Skip(reason)) => context.skip(record, Some(offset), reason),
            Err(Miss::Refuse(refusal)) => context.reject(record, Some(offset), refusal),
        })
    }
}

impl Warc {
    /// Takes the record that starts here, whole, whatever becomes of it.
    fn record(&mut self, stream: &mut Stream, context: &Context<'_>) -> Result<RawDoc, Miss> {
        let (headers, length) = match head(stream) {
            Ok(head) => head,
            Err(refusal) => {
                find_next_record(stream);
                return Err(self.broken_stream(stream).unwrap_or(refusal).into());
            }
        };
        let start = stream.offset();
        let read = block(stream, &headers, length, context);
        let missing = length - (stream.offset() - start);
        if stream.skip(missing) < missing {
            self.done = true;
            let there = stream.offset() - start;
            let detail = format!("the record says {length} bytes at byte {start} and the file has {there}");
            let refusal = Refusal::new(RejectReason::Truncated, detail);
            return Err(self.broken_stream(stream).unwrap_or(refusal).into());
        }
        read
    }

    /// The stream's own fault goes before what it made of the record that it cut.
    fn broken_stream(&mut self, stream: &Stream) -> Option<Refusal> {
        let fault = stream.fault().cloned();
        self.done |= fault.is_some();
        fault
    }
}

/// Takes the head of a record; returns its fields and the length of its block.
fn head(stream: &mut Stream) -> Result<(Headers, u64), Refusal> {
    let at = stream.offset();
    let malformed = |what: &str| Refusal::new(RejectReason::Malformed, format!("{what} at byte {at}"));
    let ahead = stream.peek(MAX_HEAD);
    if !ahead.starts_with(b"WARC/") {
        return Err(malformed("no WARC record"));
    }
    let Some(block) = Block::parse(ahead, false) else {
        return Err(match ahead.len() < MAX_HEAD {
            true => Refusal::new(RejectReason::Truncated, format!("the file ends within the record head at byte {at}")),
            false => malformed("a record head of more than 64 KiB"),
        });
    };
    if !matches!(block.first.as_str(), "WARC/0.17" | "WARC/0.18" | "WARC/1.0" | "WARC/1.1") {
        return Err(malformed(&format!("unknown version `{}`", block.first.chars().take(40).collect::<String>())));
    }
    if let Some(line) = &block.broken {
        return Err(malformed(&format!("head line `{}` is no field", line.chars().take(80).collect::<String>())));
    }
    let length = block.headers.get("content-length").ok_or_else(|| malformed("a record without Content-Length"))?;
    let length = length
        .parse::<u64>()
        .ok()
        .filter(|_| length.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| malformed(&format!("Content-Length `{}`", length.chars().take(40).collect::<String>())))?;
    if length > u64::MAX / 2 {
        return Err(malformed(&format!("Content-Length {length}")));
    }
    stream.skip(block.length as u64);
    Ok((block.headers, length))
}

/// What the block of a record is; takes at most the block.
fn block(stream: &mut Stream, headers: &Headers, length: u64, context: &Context<'_>) -> Result<RawDoc, Miss> {
    let skip = |reason| Err(Miss::Skip(reason));
    let kind = headers.get("warc-type").unwrap_or_default().to_ascii_lowercase();
    let (content_type, charset) = headers.content_type();
    match kind.as_str() {
        "response" => match content_type.as_deref() {
            Some("application/http") => response(stream, headers, length, context),
            None if stream.peek(5) == b"HTTP/" => response(stream, headers, length, context),
            _ => resource(stream, headers, length, (content_type, charset), context),
        },
        "resource" | "conversion" => resource(stream, headers, length, (content_type, charset), context),
        "warcinfo" => skip(SkipReason::WarcInfo),
        "request" => skip(SkipReason::WarcRequest),
        "metadata" => skip(SkipReason::WarcMetadata),
        "revisit" => skip(SkipReason::WarcRevisit),
        "continuation" => skip(SkipReason::WarcContinuation),
        _ => skip(SkipReason::WarcOther),
    }
}

fn resource(
    stream: &mut Stream,
    headers: &Headers,
    length: u64,
    (content_type, charset): (Option<String>, Option<String>),
    context: &Context<'_>,
) -> Result<RawDoc, Miss> {
    let declared = Declared::of(content_type, headers)?;
    let body = take_body(stream, length, context)?;
    document(body, declared, charset, headers)
}

fn response(stream: &mut Stream, headers: &Headers, length: u64, context: &Context<'_>) -> Result<RawDoc, Miss> {
    let at = stream.offset();
    let malformed = |what: &str| Refusal::new(RejectReason::Malformed, format!("{what} at byte {at}"));
    let most = usize::try_from(length).unwrap_or(MAX_HEAD).min(MAX_HEAD);
    let ahead = stream.peek(most);
    let message = Block::parse(ahead, length <= MAX_HEAD as u64).ok_or_else(|| malformed("an endless HTTP head"))?;
    let status = http::status(&message.first).ok_or_else(|| malformed("no HTTP status line"))?;
    if !(200..300).contains(&status) {
        return Err(Miss::Skip(SkipReason::HttpError(status)));
    }
    let (content_type, charset) = message.headers.content_type();
    let declared = Declared::of(content_type, headers)?;
    stream.skip(message.length as u64);
    let body = take_body(stream, length - message.length as u64, context)?;
    let cut = headers.get("warc-truncated").is_some();
    let body = http::payload(body, &message.headers, cut, context.settings)?;
    document(body, declared, charset, headers)
}

fn take_body(stream: &mut Stream, length: u64, context: &Context<'_>) -> Result<Vec<u8>, Refusal> {
    if length > context.settings.max_document {
        return Err(Refusal::too_large(context.settings));
    }
    // Not reserved at once: the length is only what the header says.
    let mut body = Vec::with_capacity(usize::try_from(length).unwrap_or(BUFFER).min(BUFFER));
    stream.take_into(&mut body, length);
    Ok(body)
}

fn document(payload: Vec<u8>, declared: Declared, charset: Option<String>, headers: &Headers) -> Result<RawDoc, Miss> {
    let media = declared.judge(&payload)?;
    let field = |name: &str| headers.get(name).filter(|value| !value.is_empty());
    let mut source = Source {
        media_type: Some(declared.0.unwrap_or_else(|| media_type(media).to_owned())),
        // Wget and the draft of version 1.0 put the address between angle brackets.
        url: field("warc-target-uri").map(|url| url.trim_start_matches('<').trim_end_matches('>').to_owned()),
        fetched_at: field("warc-date").map(str::to_owned),
        record_id: field("warc-record-id").map(str::to_owned),
        ..Source::default()
    };
    for (name, key) in
        [("warc-truncated", "warc_truncated"), ("warc-identified-content-language", "warc_identified_content_language")]
    {
        if let Some(value) = field(name) {
            source.extra.insert(key.to_owned(), value.into());
        }
    }
    Ok(RawDoc { id: String::new(), source, media, payload, given: Given { charset, ..Given::default() } })
}

/// The media type that the archive gives, where it may be that of a document.
struct Declared(Option<String>);

impl Declared {
    /// Skips what says that it is no document.
    fn of(media: Option<String>, headers: &Headers) -> Result<Self, Miss> {
        let url = headers.get("warc-target-uri").unwrap_or_default();
        if url.trim_end_matches('>').ends_with("/robots.txt") {
            return Err(Miss::Skip(SkipReason::NotHtml("robots.txt".to_owned())));
        }
        match media.as_deref() {
            None
            | Some(
                "text/html"
                | "application/xhtml+xml"
                | "text/plain"
                | "text/xml"
                | "application/xml"
                | "unknown/unknown"
                | "application/octet-stream"
                | "application/unknown",
            ) => Ok(Self(media)),
            Some(other) => Err(Miss::Skip(SkipReason::NotHtml(other.to_owned()))),
        }
    }

    /// What the payload is, by what it holds and what the archive says that it is.
    fn judge(&self, payload: &[u8]) -> Result<Media, Miss> {
        let whole = payload.len() <= sniff::WINDOW;
        let kind = sniff::sniff(payload.get(..sniff::WINDOW).unwrap_or(payload), "", whole);
        let no_page = |what: &str| Err(Miss::Skip(SkipReason::NotHtml(what.to_owned())));
        let declared = self.0.as_deref();
        match (kind, declared) {
            (Kind::Blank, _) => Err(Refusal::new(RejectReason::Empty, "a body without content").into()),
            (Kind::Unsupported(what), _) => no_page(&what),
            (Kind::Feed, _) => no_page("feed"),
            (Kind::Parquet, _) => no_page("Parquet file"),
            (Kind::Document(Media::Html), _) => Ok(Media::Html),
            (Kind::NotText, Some("text/html" | "text/plain" | "application/xhtml+xml")) => {
                Err(Refusal::new(RejectReason::NotText, "bytes that are no text").into())
            }
            (Kind::NotText, _) => no_page("binary data"),
            (_, Some("text/html" | "application/xhtml+xml")) => Ok(Media::Html),
            (Kind::Document(Media::Text), Some("text/plain")) => Ok(Media::Text),
            (Kind::JsonLines | Kind::JsonDocument, _) => no_page("JSON"),
            (_, declared) => no_page(declared.unwrap_or("no content type")),
        }
    }
}

fn skip_line_ends(stream: &mut Stream) {
    loop {
        let ahead = stream.peek(BUFFER);
        let blank = ahead.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(ahead.len());
        if stream.skip(blank as u64) == 0 {
            return;
        }
    }
}

/// After a broken head: goes to the next `WARC/` behind a blank line, or to the end. Holds one buffer.
fn find_next_record(stream: &mut Stream) {
    const SIGN: &[u8] = b"\nWARC/";
    stream.skip(1);
    loop {
        let ahead = stream.peek(BUFFER);
        let found = ahead.windows(SIGN.len()).enumerate().find(|(at, window)| {
            let before = ahead.get(..*at).unwrap_or_default();
            *window == SIGN && before.strip_suffix(b"\r").unwrap_or(before).ends_with(b"\n")
        });
        if let Some((at, _)) = found {
            stream.skip(at as u64 + 1);
            return;
        }
        // The tail may hold the beginning of the sign.
        let passed = if ahead.len() < BUFFER { ahead.len() } else { ahead.len() - SIGN.len() - 2 };
        stream.skip(passed as u64);
        if passed == 0 {
            return;
        }
    }
}

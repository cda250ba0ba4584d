//! Input readers: files, folders, globs and standard input, out of which documents come one by one.
//!
//! In: the INPUT arguments of the command line. Out: [`Found`], exactly one for every record that was read: a document,
//! a reject or a skip. The kind of a file is found by its content first and its name second; gzip and zstd are peeled
//! off, twice at most.
//!
//! - HTML and plain text: the file is the document.
//! - WARC and WET: pages and texts become documents; other records are skipped, by reason.
//! - JSON lines: one document a line, text or HTML; see [`FieldMap`] for the names of the fields.
//! - RSS and Atom: one document an entry that has text; `source.extra.feed_body` says whether it is the feed's `content`
//!   or only a `summary`.
//! - Parquet: one document a row; columns as the fields of a JSON line. It takes a file: the index is at its end.
//! - PDF, office documents, images, archives: rejected as unsupported, by name.
//!
//! # Promises
//! - Memory is bounded by one document and a few buffers, whatever the input (and eight bytes a document for the ids);
//!   for Parquet by a page of each column, eight times the largest document together.
//! - Nothing panics and nothing stops the run: a broken file ends with a reject, and the next one is read.
//! - Documents and ids depend on the bytes and the paths below the INPUTs only, in the same order every time.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use khabar_model::{Media, RawDoc, Reject, RejectReason, RejectRow, Stage};
use serde::Serialize;

pub use self::fields::FieldMap;
use self::identity::Identities;
use self::plan::{Origin, Planned};
pub use self::skip::{SkipReason, SkipRow};
use self::sniff::Kind;
use self::stream::{Stream, Tally};

mod feed;
mod fields;
mod headers;
mod http;
mod identity;
mod json;
mod jsonl;
mod plan;
mod skip;
mod sniff;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod warc;
mod whole;

/// Compressions that may lie around each other.
const MAX_LAYERS: usize = 2;

/// Limits and names for reading. The defaults are those of the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSettings {
    /// Most bytes of one document, decompressed: a file, the body of a WARC record, a JSON line. Default 32 MiB.
    pub max_document: u64,
    /// Most decompressed bytes for each compressed one, over a file from its start. Default 200.
    pub max_ratio: u64,
    /// Decompressed bytes from which the ratio counts. Default 1 MiB.
    pub ratio_floor: u64,
    /// Names of the fields in JSON lines. Default: their own.
    pub fields: FieldMap,
}

impl Default for ReadSettings {
    fn default() -> Self {
        Self { max_document: 32 << 20, max_ratio: 200, ratio_floor: 1 << 20, fields: FieldMap::default() }
    }
}

/// What became of one record of the input.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A document to parse.
    Document(Box<RawDoc>),
    /// A record or file that cannot be read, with its reason.
    Reject(RejectRow),
    /// A record that is no document and is not meant to be one.
    Skip(SkipRow),
}

/// One file of the input, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputFile {
    /// The path as in [`khabar_model::Source::uri`], without a record.
    pub uri: String,
    /// Bytes read, as they lie on the disk.
    pub bytes: u64,
    /// XXH3-128 of these bytes, 32 hex digits.
    pub digest: String,
    /// Whether these bytes are the whole file; false where it was given up (a bomb, a video).
    pub complete: bool,
    /// Records found in it: documents, rejects and skips.
    pub records: u64,
}

/// The input of a run: every file of the arguments in order, read lazily by iteration.
pub struct Input {
    settings: ReadSettings,
    plan: std::vec::IntoIter<Planned>,
    files: usize,
    total_bytes: Option<u64>,
    progress: Arc<AtomicU64>,
    open: Option<Opened>,
    identities: Identities,
    done: Vec<InputFile>,
}

impl Input {
    /// Finds every file of `paths`: files, folders (recursive, in byte order of paths, without hidden files), globs, and
    /// `-` for standard input. What is given twice is read twice.
    ///
    /// # Errors
    /// A path that does not exist, a glob without a match or that cannot be parsed; and no path at all.
    pub fn plan(paths: &[String], settings: ReadSettings) -> anyhow::Result<Self> {
        anyhow::ensure!(!paths.is_empty(), "no INPUT: give files, folders, globs, or `-` for standard input");
        let plan = plan::plan(paths)?;
        let total_bytes = plan.iter().try_fold(0, |sum: u64, planned| match planned.origin {
            Origin::Stdin => None,
            Origin::File { bytes, .. } => Some(sum.saturating_add(bytes)),
            Origin::Refused(_) => Some(sum),
        });
        Ok(Self {
            settings,
            files: plan.len(),
            plan: plan.into_iter(),
            total_bytes,
            progress: Arc::default(),
            open: None,
            identities: Identities::default(),
            done: Vec::new(),
        })
    }

    /// Bytes of all files together, compressed as they lie; `None` with standard input among them.
    #[must_use]
    pub fn total_bytes(&self) -> Option<u64> {
        self.total_bytes
    }

    /// How many files were found, standard input and unreadable ones counted.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files
    }

    /// Bytes read so far, compressed as they lie.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.progress.load(Ordering::Relaxed)
    }

    /// The counter behind [`Self::bytes_read`], to look at from another thread.
    #[must_use]
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
    }

    /// The files read so far, in order; all of them after the last [`Found`].
    #[must_use]
    pub fn finish(self) -> Vec<InputFile> {
        let mut done = self.done;
        done.extend(self.open.map(|open| open.close()));
        done
    }
}

impl Iterator for Input {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(found) = open.next(&self.settings, &mut self.identities) {
                    return Some(found);
                }
                self.done.extend(self.open.take().map(Opened::close));
            }
            let planned = self.plan.next()?;
            self.open = Some(Opened::start(planned, &self.settings, &self.progress));
        }
    }
}

/// A kind of container: gives what it finds in a stream, and at the end or after a fault nothing.
trait Reader: Send {
    fn next(&mut self, stream: &mut Stream, context: &Context<'_>) -> Option<Found>;
}

/// What a reader knows beside the bytes.
struct Context<'a> {
    place: &'a Place,
    settings: &'a ReadSettings,
}

impl Context<'_> {
    fn reject(&self, record: Option<u64>, offset: Option<u64>, refusal: Refusal) -> Found {
        let reject = Reject::new(Stage::Read, refusal.reason, refusal.detail);
        Found::Reject(RejectRow { uri: self.place.uri_of(record), offset, reject })
    }

    fn skip(&self, record: Option<u64>, offset: Option<u64>, reason: SkipReason) -> Found {
        Found::Skip(SkipRow { uri: self.place.uri_of(record), offset, reason })
    }
}

/// Where a file lies: its path as given and the part of it below the INPUT.
struct Place {
    uri: String,
    below: String,
}

impl Place {
    fn new(uri: impl Into<String>, below: impl Into<String>) -> Self {
        Self { uri: uri.into(), below: below.into() }
    }

    fn uri_of(&self, record: Option<u64>) -> String {
        with_record(&self.uri, record)
    }
}

fn with_record(path: &str, record: Option<u64>) -> String {
    record.map_or_else(|| path.to_owned(), |record| format!("{path}#{record}"))
}

/// Why bytes were refused, before it is known which record they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    reason: RejectReason,
    detail: String,
}

impl Refusal {
    fn new(reason: RejectReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    fn too_large(settings: &ReadSettings) -> Self {
        Self::new(RejectReason::TooLarge, format!("more than {} bytes in one document", settings.max_document))
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Refusal {}

fn media_type(media: Media) -> &'static str {
    match media {
        Media::Html => "text/html",
        Media::Text => "text/plain",
    }
}

/// The file that is being read.
struct Opened {
    place: Place,
    stream: Stream,
    reader: Box<dyn Reader>,
    tally: Tally,
    records: u64,
}

impl Opened {
    fn start(planned: Planned, settings: &ReadSettings, progress: &Arc<AtomicU64>) -> Self {
        let source: Result<Box<dyn Read + Send>, Refusal> = match &planned.origin {
            Origin::Stdin => Ok(Box::new(std::io::stdin())),
            Origin::File { path, .. } => match open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(Refusal::new(RejectReason::Io, format!("cannot be opened: {error}"))),
            },
            Origin::Refused(refusal) => Err(refusal.clone()),
        };
        let path = match planned.origin {
            Origin::File { path, .. } => Some(path),
            Origin::Stdin | Origin::Refused(_) => None,
        };
        Self::over(source, path.as_deref(), planned.place, settings, progress)
    }

    fn over(
        source: Result<Box<dyn Read + Send>, Refusal>,
        path: Option<&Path>,
        place: Place,
        settings: &ReadSettings,
        progress: &Arc<AtomicU64>,
    ) -> Self {
        let tally = Tally::default();
        let opened = source
            .and_then(|source| decompressed(Stream::new(tally.over(source, Arc::clone(progress))), settings))
            .and_then(|mut stream| Ok((reader(&mut stream, path, &place, settings)?, stream)));
        let (reader, stream) = opened.unwrap_or_else(|refusal| {
            let refused: Box<dyn Reader> = Box::new(whole::Refused(Some(refusal)));
            (refused, Stream::new(Box::new(std::io::empty())))
        });
        Self { place, stream, reader, tally, records: 0 }
    }

    fn next(&mut self, settings: &ReadSettings, identities: &mut Identities) -> Option<Found> {
        let context = Context { place: &self.place, settings };
        let mut found = self.reader.next(&mut self.stream, &context);
        if found.is_none() && self.records == 0 {
            found = Some(context.reject(None, None, Refusal::new(RejectReason::Empty, "no record in the file")));
        }
        if let Some(Found::Document(document)) = &mut found {
            let source = &mut document.source;
            source.length = Some(document.payload.len() as u64);
            source.url = source.url.take().map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
            source.host = source.url.as_deref().and_then(identity::host);
            document.id = identities.of(document, &with_record(&self.place.below, document.source.record));
        }
        self.records += u64::from(found.is_some());
        found
    }

    fn close(self) -> InputFile {
        let (bytes, digest, complete) = self.tally.total();
        InputFile { uri: self.place.uri, bytes, digest, complete, records: self.records }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where a run opens its input")]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

/// Peels compressions off, as many as may be.
fn decompressed(mut stream: Stream, settings: &ReadSettings) -> Result<Stream, Refusal> {
    for _ in 0..MAX_LAYERS {
        match stream.codec() {
            Some(codec) => stream = stream.peel(codec, settings)?,
            None => return Ok(stream),
        }
    }
    match stream.codec() {
        Some(codec) => {
            let detail = format!("{} data within {MAX_LAYERS} other compressions", codec.name());
            Err(Refusal::new(RejectReason::Unsupported, detail))
        }
        None => Ok(stream),
    }
}

/// The reader for what the stream holds; `path` is where it lies, if it does.
fn reader(
    stream: &mut Stream,
    path: Option<&Path>,
    place: &Place,
    settings: &ReadSettings,
) -> Result<Box<dyn Reader>, Refusal> {
    let window = stream.peek(sniff::WINDOW);
    let whole = window.len() < sniff::WINDOW;
    let kind = sniff::sniff(window, &place.below, whole);
    let is_broken = whole && window.is_empty();
    if let (true, Some(fault)) = (is_broken, stream.fault()) {
        return Err(fault.clone());
    }
    let refusal = match kind {
        Kind::Warc => return Ok(Box::new(warc::Warc::default())),
        Kind::Feed => return Ok(Box::new(feed::Feed::default())),
        Kind::Parquet => return Ok(Box::new(open_table(stream, path, settings)?)),
        Kind::JsonLines => return Ok(Box::new(jsonl::JsonLines::default())),
        Kind::Document(media) => return Ok(Box::new(whole::Whole::new(media))),
        Kind::Blank => Refusal::new(RejectReason::Empty, "no bytes, or nothing but white space"),
        Kind::Unsupported(what) => Refusal::new(RejectReason::Unsupported, what),
        Kind::NotText => Refusal::new(RejectReason::NotText, "bytes that are no text"),
        Kind::JsonDocument => Refusal::new(
            RejectReason::Malformed,
            "one JSON value over the whole file, not one object a line; turn it into lines first, for example with \
             jq -c '.[]' for an array or jq -c . for an object",
        ),
    };
    // A bomb is called a bomb, whatever it would have held.
    if stream.is_compressed() {
        stream.skip(settings.ratio_floor.saturating_add(1));
    }
    Err(stream.fault().cloned().unwrap_or(refusal))
}

/// Opens a table, which is read from its end.
fn open_table(stream: &Stream, path: Option<&Path>, settings: &ReadSettings) -> Result<table::Table, Refusal> {
    let unsupported = |detail: &str| Refusal::new(RejectReason::Unsupported, detail);
    if stream.is_compressed() {
        return Err(unsupported("a Parquet file within gzip or zstd; expand it first: its index is at its end"));
    }
    let path = path.filter(|path| path.is_file());
    let path = path.ok_or_else(|| unsupported("a Parquet file from a pipe; give its path: its index is at its end"))?;
    let file = open(path).map_err(|error| Refusal::new(RejectReason::Io, format!("cannot be opened: {error}")))?;
    table::Table::open(Box::new(file), settings)
}

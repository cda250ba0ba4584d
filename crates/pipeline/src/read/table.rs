//! Parquet tables: one document a row, from a `text` or `html` column.
//!
//! Read row group by row group and within it page by page, so that a table may be larger than memory. The index of a
//! table lies at its end: it takes a file, not a pipe.

use std::panic::{AssertUnwindSafe, catch_unwind};

use khabar_model::{Given, Media, RawDoc, RejectReason, Source};
use parquet::basic::CompressionCodec;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader};
use serde_json::Value;

use self::choice::{Choice, Role};
use self::column::{Cell, Column};
use self::page::{Chunk, Ledger, Pages, Seekable, Shared};

use super::fields::Field;
use super::stream::{Stream, bomb_detail, is_bomb};
use super::{Context, Found, ReadSettings, Reader, Refusal, media_type};

mod choice;
mod column;
mod page;
mod thrift;

/// The mark at both ends of a file.
const MARK: &[u8] = b"PAR1";

/// Rows that a table may have however small it is.
const MIN_ROWS: u64 = 1 << 20;

/// Characters of a message of the parquet crate that are passed on.
const MAX_WORDS: usize = 300;

/// Reads the rows of a table.
pub(super) struct Table {
    source: Shared,
    metadata: ParquetMetaData,
    choice: Choice,
    ledger: Ledger,
    file_bytes: u64,
    /// The row group that is being read.
    group: Option<Group>,
    next_group: usize,
    row: u64,
    /// Bytes of payload handed out.
    given: u64,
    done: bool,
}

/// A row group while it is being read.
struct Group {
    columns: Vec<Column>,
    left: u64,
}

/// Why a row is no document.
enum Miss {
    /// The row alone.
    Row(Refusal),
    /// The row group cannot be read on.
    Group(Refusal),
}

impl Table {
    /// Reads the index of a table.
    pub(super) fn open(mut source: Box<dyn Seekable>, settings: &ReadSettings) -> Result<Self, Refusal> {
        let io = |error: std::io::Error| Refusal::new(RejectReason::Io, format!("cannot be read: {error}"));
        let file_bytes = source.seek(std::io::SeekFrom::End(0)).map_err(io)?;
        let source = Shared::new(source);
        let footer = footer(&source, file_bytes, settings)?;
        let malformed =
            |words: String| Refusal::new(RejectReason::Malformed, format!("the index of the table: {words}"));
        if !thrift::is_sound_footer(&footer).unwrap_or(false) {
            return Err(malformed("damaged, or deeper than 64 levels".to_owned()));
        }
        let metadata =
            guarded(|| ParquetMetaDataReader::decode_metadata(&footer)).map_err(|error| malformed(words(&error)))?;
        let rows = metadata
            .row_groups()
            .iter()
            .try_fold(0_u64, |sum, group| sum.checked_add(u64::try_from(group.num_rows()).ok()?));
        let rows = rows.ok_or_else(|| malformed("a negative number of rows".to_owned()))?;
        if rows > MIN_ROWS.saturating_add(file_bytes.saturating_mul(settings.max_ratio)) {
            return Err(Refusal::new(RejectReason::Bomb, format!("{rows} rows out of {file_bytes} bytes")));
        }
        let choice = Choice::of(metadata.file_metadata().schema_descr(), settings)?;
        let ledger = Ledger::new(settings);
        Ok(Self {
            source,
            metadata,
            choice,
            ledger,
            file_bytes,
            group: None,
            next_group: 0,
            row: 0,
            given: 0,
            done: false,
        })
    }

    /// Opens the columns of a row group that matter.
    fn open_group(&self, number: usize) -> Result<Group, Refusal> {
        let Some(group) = self.metadata.row_groups().get(number) else {
            return Err(Refusal::new(RejectReason::Malformed, "no such row group"));
        };
        let mut columns = Vec::new();
        for wanted in &self.choice.columns {
            let Some(column) = group.columns().get(wanted.leaf) else {
                return Err(Refusal::new(
                    RejectReason::Malformed,
                    format!("no column `{}` in a row group", wanted.name),
                ));
            };
            let chunk = chunk(column, self.file_bytes)
                .map_err(|(reason, what)| Refusal::new(reason, format!("column `{}`: {what}", wanted.name)))?;
            let (pages, in_row) = Pages::new(self.source.clone(), chunk, self.ledger.clone());
            columns.push(Column::new(column.column_descr_ptr(), wanted.kind, pages, in_row));
        }
        Ok(Group { columns, left: u64::try_from(group.num_rows()).unwrap_or(0) })
    }

    /// The document of the next row of the group.
    fn document(&self, group: &mut Group, settings: &ReadSettings) -> Result<RawDoc, Miss> {
        let mut row = Row::default();
        let mut bytes = 0_u64;
        let mut too_large = false;
        for (column, wanted) in group.columns.iter_mut().zip(&self.choice.columns) {
            let broken = |what: &str| {
                let detail = format!("column `{}`, row {}: {what}", wanted.name, self.row);
                Miss::Group(Refusal::new(RejectReason::Corrupt, detail))
            };
            let cells = match guarded(|| column.row()) {
                Ok(Some(cells)) => cells,
                Ok(None) => return Err(broken("fewer rows than the index says")),
                Err(ParquetError::External(error)) if error.is::<Refusal>() => {
                    let Ok(refusal) = error.downcast::<Refusal>() else { return Err(broken("unreadable")) };
                    let detail = format!("column `{}`, row {}: {}", wanted.name, self.row, refusal.detail);
                    return Err(Miss::Group(Refusal::new(refusal.reason, detail)));
                }
                Err(error) => return Err(broken(&words(&error))),
            };
            bytes = cells.iter().fold(bytes, |sum, cell| sum.saturating_add(cell.bytes()));
            // The other columns are read all the same: they must not fall behind.
            too_large |= bytes > settings.max_document;
            if !too_large {
                row.set(wanted.role, &wanted.name, &cells, column.is_there() && wanted.is_list);
            }
        }
        if too_large {
            return Err(Miss::Row(Refusal::too_large(settings)));
        }
        row.document(self.choice.prefers_text)
            .ok_or_else(|| Miss::Row(Refusal::new(RejectReason::Empty, "nothing but white space in the text")))
    }
}

impl Reader for Table {
    fn next(&mut self, stream: &mut Stream, context: &Context<'_>) -> Option<Found> {
        while !self.done {
            let Some(mut group) = self.group.take() else {
                let number = self.next_group;
                if number >= self.metadata.num_row_groups() {
                    break;
                }
                self.next_group += 1;
                match guarded(|| Ok(self.open_group(number)))
                    .unwrap_or_else(|error| Err(Refusal::new(RejectReason::Corrupt, words(&error))))
                {
                    Ok(group) => self.group = Some(group),
                    Err(refusal) => {
                        let record = self.row + 1;
                        self.row +=
                            self.metadata.row_groups().get(number).map_or(0, |group| group.num_rows().cast_unsigned());
                        return Some(context.reject(Some(record), None, refusal));
                    }
                }
                continue;
            };
            if group.left == 0 {
                continue;
            }
            group.left -= 1;
            self.row += 1;
            let record = Some(self.row);
            let found = self.document(&mut group, context.settings);
            let mut document = match found {
                Ok(document) => document,
                Err(Miss::Row(refusal)) => {
                    self.group = Some(group);
                    return Some(context.reject(record, None, refusal));
                }
                Err(Miss::Group(refusal)) => {
                    // The next row group stands on its own.
                    self.row += group.left;
                    return Some(context.reject(record, None, refusal));
                }
            };
            self.group = Some(group);
            self.given = self.given.saturating_add(document.payload.len() as u64);
            let settings = context.settings;
            if is_bomb(self.given, self.file_bytes, settings.max_ratio, settings.ratio_floor) {
                // One cell of a dictionary, a million times.
                self.done = true;
                let detail = bomb_detail(self.given, self.file_bytes, settings.max_ratio);
                return Some(context.reject(record, None, Refusal::new(RejectReason::Bomb, detail)));
            }
            document.source.uri = context.place.uri_of(record);
            document.source.record = record;
            return Some(Found::Document(Box::new(document)));
        }
        self.done = true;
        self.group = None;
        // For the digest of the file.
        stream.skip(u64::MAX);
        None
    }
}

/// The index at the end of a file.
fn footer(source: &Shared, file_bytes: u64, settings: &ReadSettings) -> Result<Vec<u8>, Refusal> {
    let io = |error: std::io::Error| Refusal::new(RejectReason::Io, format!("cannot be read: {error}"));
    let truncated = || {
        let detail =
            format!("a Parquet file ends with its index and PAR1, and this one does not, at byte {file_bytes}");
        Refusal::new(RejectReason::Truncated, detail)
    };
    let at = file_bytes.checked_sub(8).filter(|at| *at >= 4).ok_or_else(truncated)?;
    let end = source.read(at, 8).map_err(io)?;
    let (length, mark) = end.split_at(4);
    if mark == b"PARE" {
        return Err(Refusal::new(RejectReason::Unsupported, "encrypted Parquet file"));
    }
    if mark != MARK {
        return Err(truncated());
    }
    let length = u64::from(length.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length)));
    let start = at.checked_sub(length).filter(|start| *start >= 4).ok_or_else(truncated)?;
    if length > settings.max_document {
        let detail = format!("an index of {length} bytes, more than the {} of a document", settings.max_document);
        return Err(Refusal::new(RejectReason::TooLarge, detail));
    }
    source.read(start, length).map_err(io)
}

/// Where the pages of a column lie in the file.
fn chunk(column: &ColumnChunkMetaData, file_bytes: u64) -> Result<Chunk, (RejectReason, String)> {
    let codec = column.compression_codec();
    if matches!(codec, CompressionCodec::LZ4 | CompressionCodec::LZ4_RAW | CompressionCodec::LZO) {
        let detail = format!("compression {codec:?}: write the file with Snappy, zstd or gzip");
        return Err((RejectReason::Unsupported, detail));
    }
    if let Some(other) = column.file_path() {
        return Err((RejectReason::Unsupported, format!("its data are in another file, `{other}`")));
    }
    let data = column.data_page_offset();
    // Some writers give the dictionary of a column without one the offset 0.
    let start = column.dictionary_page_offset().filter(|dictionary| (1..data).contains(dictionary)).unwrap_or(data);
    let bounds = u64::try_from(start).ok().zip(u64::try_from(column.compressed_size()).ok());
    let (start, end) = bounds
        .and_then(|(start, length)| Some((start, start.checked_add(length)?)))
        .filter(|(start, end)| *start >= 4 && *end <= file_bytes)
        .ok_or_else(|| (RejectReason::Malformed, "its data are said to lie outside of the file".to_owned()))?;
    let descriptor = column.column_descr();
    Ok(Chunk {
        start,
        end,
        codec,
        has_definitions: descriptor.max_def_level() > 0,
        has_repetitions: descriptor.max_rep_level() > 0,
    })
}

/// Calls into the parquet crate, which panics on some damage.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    // What was being read is given up after a panic, and holds nothing that others share but the file's position.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ParquetError::General("damaged".to_owned())))
}

fn words(error: &ParquetError) -> String {
    error.to_string().chars().map(|char| if char.is_control() { ' ' } else { char }).take(MAX_WORDS).collect()
}

/// The cells of a row, as far as they have been read.
#[derive(Default)]
struct Row {
    html: Option<Vec<u8>>,
    text: Option<Vec<u8>>,
    source: Source,
    given: Given,
}

impl Row {
    /// Takes over the cells of a column; `many` says that it is a list, and there.
    fn set(&mut self, role: Role, name: &str, cells: &[Cell], many: bool) {
        let field = match role {
            Role::Known(field) => field,
            Role::Extra => {
                let values = || cells.iter().filter_map(Cell::value);
                let value = if many { Some(Value::Array(values().collect())) } else { values().next() };
                if let Some(value) = value {
                    self.source.extra.insert(name.to_owned(), value);
                }
                return;
            }
        };
        let slot = match field {
            Field::Text => return body(&mut self.text, cells),
            Field::Html => return body(&mut self.html, cells),
            Field::Id => &mut self.source.record_id,
            Field::Url => &mut self.source.url,
            Field::Title => &mut self.given.title,
            Field::Date => &mut self.given.date,
            Field::Author => &mut self.given.author,
            Field::Language => &mut self.given.language,
        };
        let words: Vec<String> = cells.iter().filter_map(Cell::word).collect();
        *slot = Some(words.join(", ")).filter(|words| !words.trim().is_empty());
    }

    /// The document, if there is a word in one of its bodies.
    fn document(self, prefers_text: bool) -> Option<RawDoc> {
        let Self { html, text, mut source, mut given } = self;
        let (payload, media) = match (html, text) {
            (Some(_), Some(text)) if prefers_text => (text, Media::Text),
            (Some(html), _) => (html, Media::Html),
            (None, text) => (text?, Media::Text),
        };
        // Bytes that were written without a charset are what they are.
        given.charset = std::str::from_utf8(&payload).is_ok().then(|| "utf-8".to_owned());
        source.media_type = Some(media_type(media).to_owned());
        Some(RawDoc { id: String::new(), source, media, payload, given })
    }
}

/// The cells of a body, a list of paragraphs joined by newlines; nothing where there is nothing but white space.
fn body(slot: &mut Option<Vec<u8>>, cells: &[Cell]) {
    let mut joined = Vec::new();
    for cell in cells {
        if let Cell::Text(bytes) = cell {
            if !joined.is_empty() {
                joined.push(b'\n');
            }
            joined.extend_from_slice(bytes.data());
        }
    }
    if !joined.trim_ascii().is_empty() {
        *slot = Some(joined);
    }
}

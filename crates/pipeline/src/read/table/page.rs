//! The pages of one column, expanded within limits.
//!
//! The parquet crate's own reader believes what a page says of itself, and its codecs expand a page whole before they
//! compare; here every page is bounded before anything is reserved for it.

use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use khabar_model::RejectReason;
use parquet::basic::{CompressionCodec, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

use super::thrift::{self, Fault, PageHead};
use crate::read::stream::{bomb_detail, is_bomb};
use crate::read::{ReadSettings, Refusal};

/// Bytes that the head of a page may take; statistics may hold two whole cells.
const MAX_HEAD: u64 = 1 << 20;

/// Bytes of a head that are looked at first.
const FIRST_LOOK: u64 = 4 * 1024;

/// All pages that are held at once may take so many times the largest document.
const DOCUMENTS_HELD: u64 = 8;

/// Values in the pages of a list column that are read for one row.
const MAX_VALUES: u64 = 1 << 23;

/// What can be read from anywhere in it.
pub(in crate::read) trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// A file that the columns of a table share.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<Box<dyn Seekable>>>);

impl Shared {
    pub(super) fn new(source: Box<dyn Seekable>) -> Self {
        Self(Arc::new(Mutex::new(source)))
    }

    /// Exactly `length` bytes from `at` on; the caller knows that the file has them.
    pub(super) fn read(&self, at: u64, length: u64) -> std::io::Result<Vec<u8>> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        let read = (&mut **source).take(length).read_to_end(&mut bytes)? as u64;
        if read < length {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes)
    }
}

/// What the pages of a table may cost, and do cost.
#[derive(Clone)]
pub(super) struct Ledger {
    held: Arc<AtomicU64>,
    most_held: u64,
    max_ratio: u64,
    ratio_floor: u64,
}

impl Ledger {
    pub(super) fn new(settings: &ReadSettings) -> Self {
        Self {
            held: Arc::default(),
            most_held: settings.max_document.saturating_mul(DOCUMENTS_HELD),
            max_ratio: settings.max_ratio,
            ratio_floor: settings.ratio_floor,
        }
    }
}

/// Where the pages of a column lie, and what they are.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) codec: CompressionCodec,
    pub(super) has_definitions: bool,
    pub(super) has_repetitions: bool,
}

/// Reads the pages of a column one by one.
pub(super) struct Pages {
    source: Shared,
    chunk: Chunk,
    ledger: Ledger,
    /// Bytes of the dictionary and of the page that the column holds.
    dictionary: u64,
    data: u64,
    /// Values of list pages since a row was begun.
    in_row: Arc<AtomicU64>,
}

impl Pages {
    /// The pages of a chunk; the counter beside them is for the column to set back before each row.
    pub(super) fn new(source: Shared, chunk: Chunk, ledger: Ledger) -> (Self, Arc<AtomicU64>) {
        let in_row = Arc::<AtomicU64>::default();
        (Self { source, chunk, ledger, dictionary: 0, data: 0, in_row: Arc::clone(&in_row) }, in_row)
    }

    fn next_page(&mut self) -> Result<Option<Page>, Refusal> {
        loop {
            if self.chunk.start >= self.chunk.end {
                return Ok(None);
            }
            let at = self.chunk.start;
            let malformed =
                |what: &str| Refusal::new(RejectReason::Malformed, format!("{what} in the page at byte {at}"));
            let head = self.head()?;
            let stored = u64::try_from(head.stored).map_err(|_| malformed("a negative size"))?;
            let expanded = u64::try_from(head.expanded).map_err(|_| malformed("a negative size"))?;
            let body = self.chunk.start;
            if stored > self.chunk.end - body {
                return Err(malformed("a size that leads out of the column"));
            }
            self.chunk.start += stored;
            if !matches!(head.kind, thrift::DATA | thrift::DICTIONARY | thrift::DATA_V2) {
                continue;
            }
            if !head.is_whole {
                return Err(malformed("no head for its kind"));
            }
            self.hold(&head, stored, expanded, at)?;
            let bytes = self
                .source
                .read(body, stored)
                .map_err(|error| Refusal::new(RejectReason::Io, format!("cannot be read at byte {body}: {error}")))?;
            let levels = self.level_bytes(&head, expanded).ok_or_else(|| malformed("levels of the wrong size"))?;
            let buf = expand(&self.chunk, &head, bytes, levels, expanded)
                .map_err(|(reason, detail)| Refusal::new(reason, format!("the page at byte {at}: {detail}")))?;
            let page =
                page(&head, Bytes::from(buf)).ok_or_else(|| malformed("an unknown encoding, or a negative count"))?;
            self.check(&head, &page, levels).map_err(malformed)?;
            return Ok(Some(page));
        }
    }

    /// Reads the head that starts here, and goes behind it.
    fn head(&mut self) -> Result<PageHead, Refusal> {
        let at = self.chunk.start;
        let mut look = FIRST_LOOK;
        loop {
            let length = look.min(self.chunk.end - at);
            let bytes = self
                .source
                .read(at, length)
                .map_err(|error| Refusal::new(RejectReason::Io, format!("cannot be read at byte {at}: {error}")))?;
            match PageHead::parse(&bytes) {
                Ok((head, length)) => {
                    self.chunk.start += length as u64;
                    return Ok(head);
                }
                Err(Fault::Short) if length == look && look < MAX_HEAD => look *= 16,
                Err(_) => return Err(Refusal::new(RejectReason::Malformed, format!("no page at byte {at}"))),
            }
        }
    }

    /// Notes what is about to be held in place of what is held now, if it may be.
    fn hold(&mut self, head: &PageHead, stored: u64, expanded: u64, at: u64) -> Result<(), Refusal> {
        let Ledger { held, most_held, max_ratio, ratio_floor } = &self.ledger;
        if is_bomb(expanded, stored, *max_ratio, *ratio_floor) {
            let detail = format!("the page at byte {at}: {}", bomb_detail(expanded, stored, *max_ratio));
            return Err(Refusal::new(RejectReason::Bomb, detail));
        }
        let slot = if head.kind == thrift::DICTIONARY { &mut self.dictionary } else { &mut self.data };
        let before = std::mem::replace(slot, expanded);
        held.fetch_sub(before, Ordering::Relaxed);
        let all = held.fetch_add(expanded, Ordering::Relaxed).saturating_add(expanded);
        if all > *most_held {
            let detail = format!("pages of more than {most_held} bytes at once, with the one at byte {at}");
            return Err(Refusal::new(RejectReason::TooLarge, detail));
        }
        Ok(())
    }

    /// Bytes of levels in front of the values of a page of version 2; none in others.
    fn level_bytes(&self, head: &PageHead, expanded: u64) -> Option<u64> {
        if head.kind != thrift::DATA_V2 {
            return Some(0);
        }
        let (repetitions, definitions) =
            (u64::try_from(head.repetition_bytes).ok()?, u64::try_from(head.definition_bytes).ok()?);
        Some(repetitions + definitions).filter(|levels| *levels <= expanded)
    }

    /// Checks the counts that decoders make room for.
    fn check(&self, head: &PageHead, page: &Page, levels: u64) -> Result<(), &'static str> {
        let buf = page.buffer();
        let count = u64::from(page.num_values());
        if head.kind == thrift::DICTIONARY {
            // A value takes four bytes at least.
            return if count * 4 <= buf.len() as u64 { Ok(()) } else { Err("more entries than bytes") };
        }
        if self.chunk.has_repetitions && self.in_row.fetch_add(count, Ordering::Relaxed) + count > MAX_VALUES {
            return Err("a list of too many values");
        }
        let values = match head.kind {
            thrift::DATA_V2 => usize::try_from(levels).ok(),
            _ => self.behind_levels(head, buf),
        };
        let values = values.and_then(|at| buf.get(at..)).ok_or("levels of the wrong size")?;
        let sound = match page.encoding() {
            Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY => {
                values.is_empty() || delta(values, count).is_some()
            }
            Encoding::DELTA_BYTE_ARRAY => {
                let prefixes = if values.is_empty() { Some(0) } else { delta(values, count) };
                prefixes.is_some_and(|end| {
                    let suffixes = values.get(end..).unwrap_or_default();
                    suffixes.is_empty() || delta(suffixes, count).is_some()
                })
            }
            _ => true,
        };
        if sound { Ok(()) } else { Err("broken deltas") }
    }

    /// Where the values of a data page of version 1 start.
    fn behind_levels(&self, head: &PageHead, buf: &[u8]) -> Option<usize> {
        const RUNS: i64 = 3;
        let mut at = 0_usize;
        for (there, encoding) in [
            (self.chunk.has_repetitions, head.repetition_encoding),
            (self.chunk.has_definitions, head.definition_encoding),
        ] {
            if there {
                let length = buf.get(at..)?.first_chunk::<4>().filter(|_| encoding == RUNS)?;
                at = at.checked_add(4)?.checked_add(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
            }
        }
        Some(at)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.ledger.held.fetch_sub(self.dictionary + self.data, Ordering::Relaxed);
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next_page().map_err(|refusal| ParquetError::External(Box::new(refusal)))
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Err(ParquetError::NYI("pages are read in order".to_owned()))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        Err(ParquetError::NYI("pages are read in order".to_owned()))
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        // Rows may go on over pages; the end of the column ends the last one.
        Ok(self.chunk.start >= self.chunk.end)
    }
}

/// Expands what is stored of a page behind its levels.
fn expand(
    chunk: &Chunk,
    head: &PageHead,
    stored: Vec<u8>,
    levels: u64,
    expanded: u64,
) -> Result<Vec<u8>, (RejectReason, String)> {
    let corrupt = |detail: String| (RejectReason::Corrupt, detail);
    let size = usize::try_from(expanded).map_err(|_| corrupt("larger than memory".to_owned()))?;
    let wrong = |there: usize| corrupt(format!("expands to {there} bytes and says {expanded}"));
    if chunk.codec == CompressionCodec::UNCOMPRESSED || head.kind == thrift::DATA_V2 && !head.is_compressed {
        return if stored.len() == size { Ok(stored) } else { Err(wrong(stored.len())) };
    }
    let levels = usize::try_from(levels).ok().filter(|levels| *levels <= stored.len());
    let (before, packed) = stored.split_at(levels.ok_or_else(|| wrong(stored.len()))?);
    let mut out = before.to_vec();
    let left = size - out.len().min(size);
    if left == 0 {
        return Ok(out);
    }
    let limit = left as u64 + 1;
    let failed = |error: std::io::Error| corrupt(format!("{} data damaged: {error}", codec_name(chunk.codec)));
    match chunk.codec {
        CompressionCodec::SNAPPY => {
            let said = snap::raw::decompress_len(packed).map_err(|error| corrupt(format!("Snappy: {error}")))?;
            if said != left {
                return Err(wrong(out.len() + said));
            }
            let values = snap::raw::Decoder::new()
                .decompress_vec(packed)
                .map_err(|error| corrupt(format!("Snappy: {error}")))?;
            out.extend_from_slice(&values);
        }
        CompressionCodec::GZIP => {
            flate2::bufread::MultiGzDecoder::new(packed).take(limit).read_to_end(&mut out).map_err(failed)?;
        }
        CompressionCodec::ZSTD => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(failed)?;
            decoder.take(limit).read_to_end(&mut out).map_err(failed)?;
        }
        CompressionCodec::BROTLI => {
            let decoder = brotli_decompressor::Decompressor::new(packed, 4096);
            decoder.take(limit).read_to_end(&mut out).map_err(failed)?;
        }
        other => {
            let detail = format!("compression {}; write the file with Snappy, zstd or gzip", codec_name(other));
            return Err((RejectReason::Unsupported, detail));
        }
    }
    if out.len() == size { Ok(out) } else { Err(wrong(out.len())) }
}

fn codec_name(codec: CompressionCodec) -> String {
    format!("{codec:?}")
}

fn page(head: &PageHead, buf: Bytes) -> Option<Page> {
    let count = |number: i64| u32::try_from(number).ok();
    let (num_values, encoding) = (count(head.values)?, encoding(head.encoding)?);
    Some(match head.kind {
        thrift::DICTIONARY => Page::DictionaryPage { buf, num_values, encoding, is_sorted: head.is_sorted },
        thrift::DATA_V2 => Page::DataPageV2 {
            buf,
            num_values,
            encoding,
            num_nulls: count(head.nulls)?,
            num_rows: count(head.rows)?,
            def_levels_byte_len: count(head.definition_bytes)?,
            rep_levels_byte_len: count(head.repetition_bytes)?,
            is_compressed: head.is_compressed,
            statistics: None,
        },
        _ => Page::DataPage {
            buf,
            num_values,
            encoding,
            def_level_encoding: self::encoding(head.definition_encoding)?,
            rep_level_encoding: self::encoding(head.repetition_encoding)?,
            statistics: None,
        },
    })
}

/// The encodings of the format by their numbers.
fn encoding(number: i64) -> Option<Encoding> {
    Some(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        #[expect(deprecated, reason = "old files name it for levels that they do not have")]
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return None,
    })
}

/// Walks over delta-encoded numbers; returns where they end, if there are at most `most` of them.
fn delta(bytes: &[u8], most: u64) -> Option<usize> {
    let mut at = 0;
    let mut number = || {
        let mut value = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = *bytes.get(at)?;
            at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    };
    let (block, minis, total) = (number()?, number()?, number()?);
    number()?;
    let per_mini = block.checked_div(minis)?;
    if total > most || block > 1 << 20 || per_mini == 0 || !per_mini.is_multiple_of(8) {
        return None;
    }
    let minis = usize::try_from(minis).ok()?;
    let mut left = total.saturating_sub(1);
    while left > 0 {
        // The smallest delta of the block.
        let start = bytes.get(at..)?;
        at += start.iter().take(10).position(|byte| byte & 0x80 == 0)? + 1;
        let widths = bytes.get(at..)?.get(..minis)?;
        at += minis;
        for width in widths {
            if left == 0 {
                break;
            }
            at = at.checked_add(usize::try_from(u64::from(*width) * (per_mini / 8)).ok()?)?;
            left = left.saturating_sub(per_mini);
        }
    }
    // The last block may be cut where its values end.
    Some(at.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deltas_are_walked_before_room_is_made_for_them() {
        // Blocks of 128 in 4 parts: first 7, smallest delta 0, widths 1, 0, 0, 0, then four bytes of the first part.
        let deltas = [0x80, 0x01, 4, 10, 14, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, b'x'];
        assert_eq!(delta(&deltas, 10), Some(14));
        assert_eq!(delta(&deltas, 9), None);
        assert_eq!(delta(&[0x80, 0x01, 4, 1, 14], 1), Some(5));
        for wrong in [
            // Too many, no parts, a block of a million million, an end too early.
            &[0x80, 0x01, 4, 0xff, 0xff, 0xff, 0xff, 0x0f, 0][..],
            &[0x80, 0x01, 0, 1, 0],
            &[0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 4, 2, 0],
            &[0x80, 0x01, 4, 10, 14, 0, 1],
            &[0x80],
        ] {
            assert_eq!(delta(wrong, 1000), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_held_is_counted() {
        let settings = ReadSettings { max_document: 100, ..ReadSettings::default() };
        let ledger = Ledger::new(&settings);
        let chunk = Chunk {
            start: 0,
            end: 0,
            codec: CompressionCodec::UNCOMPRESSED,
            has_definitions: false,
            has_repetitions: false,
        };
        let source = Shared::new(Box::new(std::io::Cursor::new(Vec::new())));
        let pages = || Pages::new(source.clone(), chunk.clone(), ledger.clone()).0;
        let (data, dictionary) = (PageHead::default(), PageHead { kind: thrift::DICTIONARY, ..PageHead::default() });
        let (mut one, mut other) = (pages(), pages());
        assert!(one.hold(&dictionary, 300, 300, 0).is_ok() && one.hold(&data, 300, 300, 0).is_ok());
        assert_eq!(other.hold(&data, 300, 300, 0).unwrap_err().reason, RejectReason::TooLarge);
        drop(other);
        assert!(one.hold(&data, 500, 500, 0).is_ok(), "a page takes the place of the one before");
        drop(one);
        assert_eq!(ledger.held.load(Ordering::Relaxed), 0);
    }
}

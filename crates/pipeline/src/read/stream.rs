//! A buffered stream over the bytes of one input: it knows its offset, peels compression, and remembers why it stopped.

use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::MultiGzDecoder;
use khabar_model::RejectReason;
use xxhash_rust::xxh3::Xxh3;

use super::{ReadSettings, Refusal};

/// Bytes held per layer, and the most that [`Stream::peek`] can show.
pub(super) const BUFFER: usize = 128 * 1024;

/// A stream of decompressed bytes. A fault (damaged, too short, a bomb) ends it like the end of the file does, after
/// everything that was sound has been handed out; [`Stream::fault`] then says why.
pub(super) struct Stream {
    source: Box<dyn Read + Send>,
    layer: Layer,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    offset: u64,
    ended: bool,
    fault: Option<Refusal>,
    /// Bytes of the file, as it lies on the disk, that the innermost layer has used up.
    used: Arc<AtomicU64>,
}

/// What the bytes of a [`Stream`] come out of.
enum Layer {
    File,
    Compressed { codec: Codec, max_ratio: u64, ratio_floor: u64 },
}

/// The compressions that are peeled off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Gzip,
    Zstd,
}

/// How [`Stream::line`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A newline, which is the last byte of the line.
    Newline,
    /// The end of the stream; the line may be empty.
    End,
    /// The limit; the rest of the line has been skipped.
    TooLong,
}

impl Stream {
    /// The bytes of a file as they are.
    pub(super) fn new(source: Box<dyn Read + Send>) -> Self {
        Self::over(source, Layer::File, Arc::default())
    }

    fn over(source: Box<dyn Read + Send>, layer: Layer, used: Arc<AtomicU64>) -> Self {
        let buffer = vec![0; BUFFER].into_boxed_slice();
        Self { source, layer, buffer, start: 0, end: 0, offset: 0, ended: false, fault: None, used }
    }

    /// The compression that starts here, by its magic bytes.
    pub(super) fn codec(&mut self) -> Option<Codec> {
        match *self.peek(4) {
            [0x1f, 0x8b, 8, ..] => Some(Codec::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Some(Codec::Zstd),
            _ => None,
        }
    }

    /// The stream of what this one expands to: all members of a gzip file, all frames of a zstd file.
    pub(super) fn peel(self, codec: Codec, settings: &ReadSettings) -> Result<Self, Refusal> {
        let layer = Layer::Compressed { codec, max_ratio: settings.max_ratio, ratio_floor: settings.ratio_floor };
        let used = Arc::clone(&self.used);
        let source: Box<dyn Read + Send> = match codec {
            Codec::Gzip => Box::new(MultiGzDecoder::new(self)),
            Codec::Zstd => {
                Box::new(zstd::stream::read::Decoder::with_buffer(self).map_err(|error| fault(error, &layer, 0))?)
            }
        };
        Ok(Self::over(source, layer, used))
    }

    /// Whether the bytes come out of a compression.
    pub(super) fn is_compressed(&self) -> bool {
        matches!(self.layer, Layer::Compressed { .. })
    }

    /// Offset of the next byte in the decompressed stream.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Why the stream ended early, once everything before has been taken.
    pub(super) fn fault(&self) -> Option<&Refusal> {
        if self.start == self.end { self.fault.as_ref() } else { None }
    }

    /// Up to `wanted` bytes ahead, at most [`BUFFER`], without taking them; fewer only before the end or a fault.
    pub(super) fn peek(&mut self, wanted: usize) -> &[u8] {
        let wanted = wanted.min(BUFFER);
        while self.end - self.start < wanted && !self.ended {
            self.refill();
        }
        &self.buffer[self.start..self.end.min(self.start + wanted)]
    }

    /// Appends the next `wanted` bytes to `bytes`, fewer only before the end or a fault; returns how many.
    pub(super) fn take_into(&mut self, bytes: &mut Vec<u8>, wanted: u64) -> u64 {
        let before = bytes.len();
        // The error is kept as the stream's fault; what came before it is in `bytes`.
        let _ = self.by_ref().take(wanted).read_to_end(bytes);
        (bytes.len() - before) as u64
    }

    /// Passes over `wanted` bytes, fewer only before the end or a fault; returns how many.
    pub(super) fn skip(&mut self, wanted: u64) -> u64 {
        let mut skipped = 0;
        while skipped < wanted {
            let Ok(ahead) = self.fill_buf() else { break };
            if ahead.is_empty() {
                break;
            }
            let step = (ahead.len() as u64).min(wanted - skipped);
            self.consume(usize::try_from(step).unwrap_or(BUFFER));
            skipped += step;
        }
        skipped
    }

    /// Puts the next line into `line`, with its newline; a line of more than `limit` bytes is cut and passed over.
    pub(super) fn line(&mut self, line: &mut Vec<u8>, limit: u64) -> LineEnd {
        line.clear();
        let _ = self.by_ref().take(limit.saturating_add(1)).read_until(b'\n', line);
        if line.last() == Some(&b'\n') {
            LineEnd::Newline
        } else if line.len() as u64 > limit {
            let _ = self.skip_until(b'\n');
            LineEnd::TooLong
        } else {
            LineEnd::End
        }
    }

    fn refill(&mut self) {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        match self.source.read(&mut self.buffer[self.end..]) {
            Ok(0) => self.ended = true,
            Ok(read) => match self.bomb(read) {
                Some(fault) => self.stop(fault),
                None => self.end += read,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let fault = fault(error, &self.layer, self.offset + self.end as u64);
                self.stop(fault);
            }
        }
    }

    fn stop(&mut self, fault: Refusal) {
        self.fault = Some(fault);
        self.ended = true;
    }

    /// The running check against decompression bombs, with `read` bytes more than are in the buffer.
    fn bomb(&self, read: usize) -> Option<Refusal> {
        let Layer::Compressed { max_ratio, ratio_floor, .. } = self.layer else { return None };
        let expanded = self.offset + (self.end + read) as u64;
        let used = self.used.load(Ordering::Relaxed);
        is_bomb(expanded, used, max_ratio, ratio_floor)
            .then(|| Refusal::new(RejectReason::Bomb, bomb_detail(expanded, used, max_ratio)))
    }
}

/// Whether `expanded` bytes out of `used` ones pass the ratio, above the floor from which it counts.
pub(super) fn is_bomb(expanded: u64, used: u64, max_ratio: u64, floor: u64) -> bool {
    expanded > floor && expanded > used.saturating_mul(max_ratio)
}

/// The words for a bomb.
pub(super) fn bomb_detail(expanded: u64, used: u64, max_ratio: u64) -> String {
    format!("{expanded} bytes out of {used} compressed bytes so far, above the ratio of {max_ratio}")
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let step = ahead.len().min(into.len());
        into[..step].copy_from_slice(&ahead[..step]);
        self.consume(step);
        Ok(step)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !self.ended {
            self.refill();
        }
        if let Some(fault) = self.fault() {
            return Err(io::Error::other(fault.clone()));
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.end - self.start);
        self.start += amount;
        self.offset += amount as u64;
        if matches!(self.layer, Layer::File) {
            self.used.fetch_add(amount as u64, Ordering::Relaxed);
        }
    }
}

/// What an error means in a layer that had given `offset` bytes; the fault of a layer further in passes through.
fn fault(error: io::Error, layer: &Layer, offset: u64) -> Refusal {
    let error = match error.downcast::<Refusal>() {
        Ok(fault) => return fault,
        Err(error) => error,
    };
    let (reason, detail) = match layer {
        Layer::File => (RejectReason::Io, format!("cannot be read at byte {offset}: {error}")),
        Layer::Compressed { codec, .. } if error.kind() == io::ErrorKind::UnexpectedEof => {
            (RejectReason::Truncated, format!("{} data ends early at decompressed byte {offset}", codec.name()))
        }
        Layer::Compressed { codec, .. } => {
            (RejectReason::Corrupt, format!("{} data damaged at decompressed byte {offset}: {error}", codec.name()))
        }
    };
    Refusal::new(reason, detail)
}

impl Codec {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// What has been read of a file so far, shared between the reading end and the manifest.
#[derive(Clone, Default)]
pub(super) struct Tally(Arc<Mutex<Count>>);

#[derive(Default)]
struct Count {
    hash: Xxh3,
    bytes: u64,
    ended: bool,
}

impl Tally {
    /// Counts and hashes everything read from `source`, here and on the run's `progress`.
    pub(super) fn over(&self, source: Box<dyn Read + Send>, progress: Arc<AtomicU64>) -> Box<dyn Read + Send> {
        Box::new(Counted { source, tally: self.clone(), progress })
    }

    /// Bytes read, their XXH3-128 as 32 hex digits, and whether that was the whole file.
    pub(super) fn total(&self) -> (u64, String, bool) {
        let count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (count.bytes, format!("{:032x}", count.hash.digest128()), count.ended)
    }
}

struct Counted {
    source: Box<dyn Read + Send>,
    tally: Tally,
    progress: Arc<AtomicU64>,
}

impl Read for Counted {
    /// Fills `into` unless the file ends, so that what was read of a file given up half-way does not depend on how a
    /// pipe cut it.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        let mut ended = false;
        while filled < into.len() && !ended {
            match self.source.read(&mut into[filled..]) {
                Ok(0) => ended = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // What came before the error is handed out first; the next call meets it again.
                Err(_) if filled > 0 => break,
                Err(error) => return Err(error),
            }
        }
        let mut count = self.tally.0.lock().unwrap_or_else(PoisonError::into_inner);
        count.hash.update(&into[..filled]);
        count.bytes += filled as u64;
        count.ended |= ended;
        self.progress.fetch_add(filled as u64, Ordering::Relaxed);
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn expand(bytes: Vec<u8>) -> (Vec<u8>, Option<Refusal>) {
        let mut stream = Stream::new(Box::new(Cursor::new(bytes)));
        while let Some(codec) = stream.codec() {
            stream = stream.peel(codec, &ReadSettings::default()).unwrap();
        }
        let mut out = Vec::new();
        stream.take_into(&mut out, u64::MAX);
        (out, stream.fault().cloned())
    }

    #[test]
    fn members_frames_and_skippable_frames_are_one_stream() {
        let mut gz = gzip("موسكو ".as_bytes());
        gz.extend(gzip("وبيونغ يانغ".as_bytes()));
        assert_eq!(expand(gz), ("موسكو وبيونغ يانغ".as_bytes().to_vec(), None));

        let mut zst = vec![0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'a', b'b', b'c'];
        zst.extend(zstd::encode_all("تهران ".as_bytes(), 3).unwrap());
        zst.extend([0x5e, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
        zst.extend(zstd::encode_all("و کابل".as_bytes(), 3).unwrap());
        assert_eq!(expand(gzip(&zst)), ("تهران و کابل".as_bytes().to_vec(), None));
    }

    #[test]
    fn what_is_sound_comes_before_the_fault() {
        let plain: Vec<u8> = (0..200_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for packed in [gzip(&plain), zstd::encode_all(&plain[..], 3).unwrap()] {
            let (out, fault) = expand(packed[..packed.len() / 2].to_vec());
            assert!(out.len() > 100_000 && plain.starts_with(&out));
            assert_eq!(fault.unwrap().reason, RejectReason::Truncated);
        }
        let mut damaged = gzip(&plain);
        let end = damaged.len() - 6;
        damaged[end] ^= 0xff;
        let (out, fault) = expand(damaged);
        assert_eq!((out.len(), fault.unwrap().reason), (plain.len(), RejectReason::Corrupt));
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over() {
        let mut stream = Stream::new(Box::new(Cursor::new(b"abc\nabcdef\nab".to_vec())));
        let mut line = Vec::new();
        assert_eq!((stream.line(&mut line, 4), line.len(), stream.offset()), (LineEnd::Newline, 4, 4));
        assert_eq!((stream.line(&mut line, 4), stream.offset()), (LineEnd::TooLong, 11));
        assert_eq!((stream.line(&mut line, 4), line.as_slice()), (LineEnd::End, &b"ab"[..]));
        assert_eq!((stream.line(&mut line, 4), line.as_slice()), (LineEnd::End, &b""[..]));
    }
}

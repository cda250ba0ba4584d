//! The body of an archived HTTP response: chunks joined, content encoding undone, within limits.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use khabar_model::RejectReason;

use super::headers::Headers;
use super::sniff::{self, Kind};
use super::stream::{bomb_detail, is_bomb};
use super::{ReadSettings, Refusal};

/// Encodings that may lie on top of each other.
const MAX_ENCODINGS: usize = 2;

/// The three digits of a status line.
pub(super) fn status(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/")?;
    rest.split_ascii_whitespace().nth(1)?.parse().ok().filter(|status| (100..1000).contains(status))
}

/// The payload of a body as the archive stored it. Archives often store it decoded and keep the headers of the wire:
/// what doesn't look encoded is taken as it is. `cut` says that the archive cut the body, so that an early end is no
/// damage.
pub(super) fn payload(
    body: Vec<u8>,
    headers: &Headers,
    cut: bool,
    settings: &ReadSettings,
) -> Result<Vec<u8>, Refusal> {
    let tokens = |name: &str| {
        let value = headers.get(name).unwrap_or_default().to_ascii_lowercase();
        value.split(',').map(|token| token.trim().to_owned()).filter(|token| !token.is_empty()).collect::<Vec<_>>()
    };
    let mut body = body;
    if tokens("transfer-encoding").iter().any(|token| token == "chunked")
        && let Some(joined) = join_chunks(&body)?
    {
        body = joined;
    }
    let encodings = tokens("content-encoding");
    if encodings.len() > MAX_ENCODINGS {
        return Err(Refusal::new(RejectReason::Unsupported, format!("{} content encodings", encodings.len())));
    }
    for encoding in encodings.iter().rev() {
        body = decode(body, encoding, cut, settings)?;
    }
    Ok(body)
}

/// The data of all chunks; `None` where the body is not in chunks. An end before the last chunk is let pass.
fn join_chunks(body: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut first = true;
    while !rest.is_empty() {
        let at = body.len() - rest.len();
        let Some((size, data)) = chunk_size(rest) else {
            return match first {
                true => Ok(None),
                false => Err(Refusal::new(RejectReason::Malformed, format!("no chunk size at byte {at} of the body"))),
            };
        };
        if size == 0 {
            break;
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        match data.get(size..) {
            Some(after) if after.is_empty() || after.starts_with(b"\r\n") || after.starts_with(b"\n") => {
                joined.extend_from_slice(data.get(..size).unwrap_or_default());
                rest = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or_default();
            }
            // The first "size" was text that happens to read as one.
            _ if first => return Ok(None),
            Some(_) => {
                let detail = format!("the chunk at byte {at} of the body is longer than it says");
                return Err(Refusal::new(RejectReason::Malformed, detail));
            }
            None => {
                joined.extend_from_slice(data);
                break;
            }
        }
        first = false;
    }
    Ok(Some(joined))
}

/// A chunk's size line (hexadecimal, perhaps with extensions) and what follows it.
fn chunk_size(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let end = bytes.iter().take(256).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let digits = line.split(';').next()?.trim();
    (!digits.starts_with('+')).then_some(())?;
    Some((u64::from_str_radix(digits, 16).ok()?, bytes.get(end + 1..)?))
}

fn decode(body: Vec<u8>, encoding: &str, cut: bool, settings: &ReadSettings) -> Result<Vec<u8>, Refusal> {
    match encoding {
        "identity" | "none" | "utf-8" => Ok(body),
        "gzip" | "x-gzip" if !body.starts_with(b"\x1f\x8b") => Ok(body),
        "gzip" | "x-gzip" => expand(MultiGzDecoder::new(&body[..]), &body, encoding, cut, settings),
        "deflate" if is_zlib(&body) => expand(ZlibDecoder::new(&body[..]), &body, encoding, cut, settings),
        _ if looks_decoded(&body) => Ok(body),
        "deflate" => expand(DeflateDecoder::new(&body[..]), &body, encoding, cut, settings),
        "zstd" => {
            let decoder = zstd::stream::read::Decoder::with_buffer(&body[..])
                .map_err(|error| Refusal::new(RejectReason::Corrupt, format!("content encoding zstd: {error}")))?;
            expand(decoder, &body, encoding, cut, settings)
        }
        other => Err(Refusal::new(RejectReason::Unsupported, format!("content encoding {other}"))),
    }
}

/// Whether these are the two bytes of RFC 1950: method 8, window at most 32 KiB, a multiple of 31.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && method >> 4 <= 7
        && u16::from_be_bytes([*method, *flags]).is_multiple_of(31))
}

/// Whether a body whose header names an encoding is text already.
fn looks_decoded(body: &[u8]) -> bool {
    let start = body.get(..1024).unwrap_or(body);
    let is_utf8 = match std::str::from_utf8(start) {
        Ok(_) => true,
        // A character that the window cuts is no error.
        Err(error) => error.error_len().is_none(),
    };
    match sniff::sniff(start, "", false) {
        Kind::Document(khabar_model::Media::Html) => true,
        Kind::Document(khabar_model::Media::Text) => is_utf8,
        _ => false,
    }
}

fn expand(
    decoder: impl Read,
    body: &[u8],
    encoding: &str,
    cut: bool,
    settings: &ReadSettings,
) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let ended = decoder.take(settings.max_document.saturating_add(1)).read_to_end(&mut out);
    let (expanded, used) = (out.len() as u64, body.len() as u64);
    if is_bomb(expanded, used, settings.max_ratio, settings.ratio_floor) {
        return Err(Refusal::new(RejectReason::Bomb, bomb_detail(expanded, used, settings.max_ratio)));
    }
    match ended {
        _ if expanded > settings.max_document => Err(Refusal::too_large(settings)),
        Ok(_) => Ok(out),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && cut => Ok(out),
        Err(error) => {
            let short = error.kind() == io::ErrorKind::UnexpectedEof;
            let reason = if short { RejectReason::Truncated } else { RejectReason::Corrupt };
            Err(Refusal::new(reason, format!("content encoding {encoding}, byte {expanded} of the payload: {error}")))
        }
    }
}

//! Payload bytes to text: which charset, and which byte every line came from.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use khabar_model::{Reject, RejectReason, Stage};
use khabar_text::{Alignment, Rule};

/// A decoded payload.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without a byte-order mark.
    pub(crate) text: String,
    /// Payload bytes to bytes of `text`; exact to the line where the charset is not UTF-8.
    pub(crate) alignment: Alignment,
    /// WHATWG name of the charset.
    pub(crate) charset: &'static str,
}

/// Bytes that the last resort looks at: chardetng is accurate on a few kilobytes and slow on megabytes.
const SNIFF_BYTES: usize = 16 << 10;

/// Decodes `payload`. Order: byte-order mark, UTF-16 without one (by its NULs), valid UTF-8, what transport or page
/// declare (`declared`), statistics.
///
/// # Errors
/// `not_text` for bytes that are mostly control characters in any reading.
pub(crate) fn decode(payload: &[u8], declared: Option<&str>) -> Result<Decoded, Reject> {
    let (encoding, bom) = match Encoding::for_bom(payload) {
        Some((encoding, length)) => (encoding, length),
        None => (guess(payload, declared), 0),
    };
    let body = payload.get(bom..).unwrap_or_default();
    if let (true, Ok(text)) = (encoding == UTF_8, std::str::from_utf8(body)) {
        refuse_binary(text)?;
        let mut builder = Alignment::builder();
        if bom > 0 {
            builder.replace(payload.get(..bom).unwrap_or_default(), 0, Rule("bom"));
        }
        builder.keep(body.len());
        return Ok(Decoded { text: text.to_owned(), alignment: builder.finish(), charset: encoding.name() });
    }
    let mut text = String::with_capacity(body.len() * 2);
    let mut builder = Alignment::builder();
    if bom > 0 {
        builder.replace(payload.get(..bom).unwrap_or_default(), 0, Rule("bom"));
    }
    for line in lines(body, encoding) {
        let (decoded, _) = encoding.decode_without_bom_handling(line);
        text.push_str(&decoded);
        if decoded.as_bytes() == line {
            builder.keep(line.len());
        } else {
            builder.replace(line, decoded.len(), Rule("charset"));
        }
    }
    refuse_binary(&text)?;
    Ok(Decoded { text, alignment: builder.finish(), charset: encoding.name() })
}

/// Binary data decodes to control characters and replacement characters; text has next to none.
fn refuse_binary(text: &str) -> Result<(), Reject> {
    let (mut controls, mut lost, mut seen) = (0_usize, 0_usize, 0_usize);
    for char in text.chars().take(SNIFF_BYTES) {
        seen += 1;
        let control =
            char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{9d}' | '\u{9e}');
        controls += usize::from(control);
        lost += usize::from(char == '\u{FFFD}');
    }
    if seen >= 16 && (controls * 20 > seen || lost * 4 > seen) {
        let detail = format!("of the first {seen} characters {controls} are controls and {lost} undecodable");
        return Err(Reject::new(Stage::Parse, RejectReason::NotText, detail));
    }
    Ok(())
}

fn guess(payload: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some(encoding) = utf16_by_pattern(payload) {
        return encoding;
    }
    if std::str::from_utf8(payload).is_ok() {
        return UTF_8;
    }
    // A page that says utf-8 and has a few broken bytes is UTF-8 with damage, not another charset.
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared {
        Some(encoding) if encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE => encoding,
        Some(encoding) if encoding == UTF_8 && mostly_utf8(payload) => encoding,
        _ if mostly_utf8(payload) => UTF_8,
        _ => by_statistics(payload),
    }
}

/// True if nearly all non-ASCII bytes form UTF-8 sequences: a truncated or slightly damaged file.
fn mostly_utf8(payload: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in payload.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0x80).count();
        bad += chunk.invalid().len();
    }
    good > bad * 16
}

fn by_statistics(payload: &[u8]) -> &'static Encoding {
    // The detector learns from non-ASCII bytes only: start where they start.
    let start = payload.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
    let window = payload.get(start..).unwrap_or_default();
    let window = window.get(..SNIFF_BYTES).unwrap_or(window);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a byte-order mark shows as zero bytes in every other place (spaces, digits, Latin), and, for one
/// script, as the same high byte in the rest of them.
fn utf16_by_pattern(payload: &[u8]) -> Option<&'static Encoding> {
    let window = payload.get(..SNIFF_BYTES).unwrap_or(payload);
    if window.len() < 4 || !window.contains(&0) {
        return None;
    }
    let plausible = |encoding: &'static Encoding| {
        let even = window.len() & !1;
        let (text, broken) = encoding.decode_without_bom_handling(window.get(..even).unwrap_or_default());
        let (mut good, mut all) = (0_usize, 0_usize);
        for char in text.chars() {
            all += 1;
            let known = matches!(char, '\n' | '\r' | '\t' | ' '..='~' | '\u{a0}'..='\u{6ff}' | '\u{2000}'..='\u{206f}');
            good += usize::from(known);
        }
        // A cut surrogate pair at the end of the window may break; wrong byte order breaks everywhere.
        (all > 0 && good * 10 >= all * 9).then_some((good, !broken, encoding))
    };
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .filter_map(plausible)
        .max_by_key(|(good, whole, _)| (*good, *whole))
        .map(|best| best.2)
}

/// `body` cut behind every line feed, so that a decoding edit covers one line.
fn lines<'b>(body: &'b [u8], encoding: &'static Encoding) -> Vec<&'b [u8]> {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let feed: [u8; 2] = if encoding == UTF_16LE { [b'\n', 0] } else { [0, b'\n'] };
        let mut lines = Vec::new();
        let mut start = 0;
        for (nth, unit) in body.chunks_exact(2).enumerate() {
            if unit == feed {
                let end = nth * 2 + 2;
                lines.extend(body.get(start..end));
                start = end;
            }
        }
        lines.extend(body.get(start..).filter(|rest| !rest.is_empty()));
        return lines;
    }
    // No multi-byte charset of the web uses the line feed as a trail byte.
    body.split_inclusive(|byte| *byte == b'\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "أعلنت وزارة الخارجية أن المحادثات ستُستأنف غداً\nوقال المتحدث إن الوفدين اتفقا على جدول زمني";

    #[test]
    fn utf16_without_a_mark_is_found_in_both_orders() {
        let le: Vec<u8> = NEWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = NEWS.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [le, be] {
            let decoded = decode(&bytes, Some("utf-8")).unwrap();
            assert_eq!(decoded.text, NEWS);
            assert_eq!(decoded.alignment.undo(decoded.text.as_bytes()).unwrap(), bytes);
        }
    }

    #[test]
    fn windows_1256_is_found_without_and_despite_a_label() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(NEWS);
        assert_eq!(decode(&bytes, None).unwrap().text, NEWS);
        assert_eq!(decode(&bytes, Some("windows-1256")).unwrap().charset, "windows-1256");
        // The common lie: UTF-8 bytes under a windows-1256 label.
        assert_eq!(decode(NEWS.as_bytes(), Some("windows-1256")).unwrap().text, NEWS);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = NEWS.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.charset, "UTF-8");
        assert!(decoded.text.starts_with("أعلنت"));
        assert_eq!(decoded.alignment.undo(decoded.text.as_bytes()).unwrap(), bytes);
    }

    #[test]
    fn a_mark_is_not_text_and_comes_back() {
        let bytes = [b"\xEF\xBB\xBF".as_slice(), NEWS.as_bytes()].concat();
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.text, NEWS);
        assert_eq!(decoded.alignment.undo(NEWS.as_bytes()).unwrap(), bytes);
    }

    #[test]
    fn binary_is_refused() {
        let bytes: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&bytes, None).unwrap_err().reason, RejectReason::NotText);
        assert_eq!(decode(&[0; 4096], None).unwrap_err().reason, RejectReason::NotText);
    }
}

//! What speaks for which charset, in the order in which it counts.
//!
//! 1. A byte-order mark.
//! 2. Bytes that are valid UTF-8, whatever anybody declares: no other charset is so by accident.
//! 3. The zero bytes of UTF-16 without a mark. (They are valid UTF-8, too, so this is asked first where there are any.)
//! 4. UTF-8 that is damaged: its larger part is valid.
//! 5. What the transport declares, then what the page declares, unless it makes nonsense of the text.
//! 6. Statistics over a few kilobytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::label::Charset;
use super::oddity::Oddity;
use super::{Clues, label, prescan, sample, wide};

/// The charset of a payload.
#[derive(Debug)]
pub(super) enum Found<'p> {
    /// Valid UTF-8, and the text without the mark.
    Utf8(&'p str),
    /// Anything else, damaged UTF-8 included.
    Other(Charset),
}

/// Bytes of the byte-order mark, and the charset of what follows.
pub(super) fn weigh<'p>(payload: &'p [u8], clues: &Clues<'_>) -> (usize, Found<'p>) {
    if let Some((encoding, mark)) = Encoding::for_bom(payload) {
        let body = payload.get(mark..).unwrap_or_default();
        return match std::str::from_utf8(body) {
            Ok(text) if encoding == UTF_8 => (mark, Found::Utf8(text)),
            _ => (mark, Found::Other(Charset::Web(encoding))),
        };
    }
    if let Some(encoding) = wide::by_zeros(payload) {
        return (0, Found::Other(Charset::Web(encoding)));
    }
    match std::str::from_utf8(payload) {
        Ok(text) => (0, Found::Utf8(text)),
        Err(_) if mostly_utf8(payload) => (0, Found::Other(Charset::Web(UTF_8))),
        Err(_) => (0, Found::Other(legacy(payload, clues))),
    }
}

/// True if more letters beyond ASCII are valid UTF-8 than not: a cut or damaged file, or one that was put together from
/// two. Whatever the charset of the rest is, its letters are lost.
fn mostly_utf8(payload: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in payload.utf8_chunks() {
        // Every sequence has one byte that does not continue another.
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += chunk.invalid().len();
    }
    good > bad
}

/// The charset of bytes that are not UTF-8.
fn legacy(payload: &[u8], clues: &Clues<'_>) -> Charset {
    let sample = sample::rich(payload);
    let in_page = || prescan::declared(payload).filter(|_| clues.page).as_deref().and_then(label::in_page);
    let transport = clues.transport.and_then(label::charset);
    let declared = transport.into_iter().chain(in_page());
    let guess = by_statistics(&sample, clues.host);
    for charset in declared {
        match charset {
            // The bytes have shown that they are not.
            Charset::Web(encoding) if encoding == UTF_8 => {}
            Charset::Web(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
                if wide::reads_well(payload, encoding) {
                    return charset;
                }
            }
            _ if charset == guess || !Oddity::of(&charset.decode(&sample)).condemns(&guess.decode(&sample)) => {
                return charset;
            }
            // It would be nonsense, and the statistics have something that is not.
            _ => return guess,
        }
    }
    guess
}

fn by_statistics(sample: &[u8], host: Option<&str>) -> Charset {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let domain = host.and_then(top_level_domain);
    Charset::Web(detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny))
}

/// The last label of a host, in lower case; `None` for what is none.
fn top_level_domain(host: &str) -> Option<String> {
    let name = host.split(':').next()?.trim_end_matches('.');
    let domain = name.rsplit_once('.')?.1;
    let fits = domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (fits && !domain.is_empty()).then(|| domain.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_the_last_label() {
        assert_eq!(top_level_domain("www.example.IR"), Some("ir".to_owned()));
        assert_eq!(top_level_domain("example.com.:8080"), Some("com".to_owned()));
        assert_eq!(top_level_domain("xn--mgbaakc7dvf.xn--mgbaam7a8h"), Some("xn--mgbaam7a8h".to_owned()));
        for none in ["localhost", "", ".", "مثال.إيران", "a.b c"] {
            assert_eq!(top_level_domain(none), None, "{none}");
        }
    }
}

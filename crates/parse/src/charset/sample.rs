//! The few kilobytes of a payload that tell its charset: stretches with letters beyond ASCII, without markup.

use memchr::memchr3;

/// Bytes that statistics look at: they are accurate on a few kilobytes, and slow on megabytes.
const BYTES: usize = 8 << 10;

/// Longest stretch that is taken as a whole.
const STRETCH_BYTES: usize = 512;

/// The stretches between tags and line ends that hold bytes beyond ASCII and are not valid UTF-8, up to some
/// kilobytes; from the first such byte on if they all stand inside tags.
pub(super) fn rich(payload: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    let mut rest = payload;
    let mut in_tag = false;
    while !rest.is_empty() && sample.len() < BYTES {
        let end = memchr3(b'<', b'>', b'\n', rest).unwrap_or(rest.len());
        let (stretch, after) = rest.split_at_checked(end).unwrap_or_default();
        if !in_tag {
            take(stretch, &mut sample);
        }
        in_tag = match after {
            [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?', ..] => true,
            [b'>', ..] => false,
            _ => in_tag,
        };
        rest = after.get(1..).unwrap_or_default();
    }
    if sample.is_empty() {
        let start = payload.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
        let window = payload.get(start..).unwrap_or_default();
        sample.extend_from_slice(window.get(..BYTES).unwrap_or(window));
    }
    sample
}

/// Takes what is around the bytes beyond ASCII of a stretch.
fn take(stretch: &[u8], sample: &mut Vec<u8>) {
    let Some(first) = stretch.iter().position(|byte| *byte >= 0x80) else { return };
    // In a page that was put together from two, the part in UTF-8 says nothing about the other one.
    if std::str::from_utf8(stretch).is_ok() {
        return;
    }
    let from = first.saturating_sub(STRETCH_BYTES / 4);
    let stretch = stretch.get(from..).unwrap_or_default();
    sample.extend_from_slice(stretch.get(..BYTES / 2).unwrap_or(stretch));
    sample.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_ascii_and_utf8_are_left_out() {
        let page =
            b"<p title='\xe9\xe8'>plain</p><p>caf\xe9 \xe0 la carte</p>\n<b>d\xc3\xa9j\xc3\xa0</b>3 < 4 \xe9t\xe9";
        assert_eq!(rich(page), b"caf\xe9 \xe0 la carte\n 4 \xe9t\xe9\n");
        assert_eq!(rich(b"<p title='\xe9\xe8'>plain"), b"\xe9\xe8'>plain");
        assert!(rich(b"plain").len() <= 5);
        let long = b"\xc7\xe1 ".repeat(100_000);
        assert!(rich(&long).len() <= BYTES * 2);
    }
}

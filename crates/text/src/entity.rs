//! Invisible characters that are still spelled as HTML entities in the text (ZN5).

use memchr::memchr_iter;

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
};

const ZN5: Rule = Rule("ZN5");

/// The entities that no one writes on purpose, and what they stand for. Direction marks stand for nothing: rule PU9
/// deletes them.
const NAMED: [(&str, &str); 6] =
    [("zwnj;", "\u{200c}"), ("zwj;", "\u{200d}"), ("nbsp;", " "), ("shy;", "\u{ad}"), ("lrm;", ""), ("rlm;", "")];

/// An entity may have been escaped once more each time a system passed it on.
const MAX_ESCAPES: usize = 4;
/// Places of a number; eight hold any character with leading zeros.
const MAX_DIGITS: usize = 8;
/// Longest entity in bytes.
const MAX_LEN: usize = "&".len() + MAX_ESCAPES * "amp;".len() + "#x".len() + MAX_DIGITS + ";".len();

/// Decodes entities of invisible characters, by name or number, escaped once or several times (`&amp;zwnj;`). `None`
/// if there are none.
pub(crate) fn decode_entities(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    let mut done = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some((len, with)) = text.get(at..).and_then(entity) else { continue };
        // One that stands inside the beginning of another would have to be decoded over and over.
        if !text.get(done..at).is_some_and(ends_in_half_an_entity) {
            draft.replace(at..at + len, with, ZN5);
            done = at + len;
        }
    }
    draft.finish_if_changed()
}

/// The entity at the start of `text`: its length in bytes and what it stands for.
fn entity(text: &str) -> Option<(usize, &'static str)> {
    let body = without_escapes(text.strip_prefix('&')?);
    let (with, rest) = match body.strip_prefix('#') {
        None => NAMED.iter().find_map(|(name, with)| Some((*with, body.strip_prefix(name)?)))?,
        Some(number) => {
            let (digits, radix) = match number.strip_prefix(['x', 'X']) {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            let len = digits.bytes().take(MAX_DIGITS + 1).position(|byte| !byte.is_ascii_hexdigit())?;
            let (digits, rest) = digits.split_at_checked(len)?;
            (invisible(u32::from_str_radix(digits, radix).ok()?)?, rest.strip_prefix(';')?)
        }
    };
    Some((text.len() - rest.len(), with))
}

/// What a numeric entity stands for, if it has no shape.
fn invisible(code: u32) -> Option<&'static str> {
    match code {
        0x200c => Some("\u{200c}"),
        0x200d => Some("\u{200d}"),
        0xa0 => Some(" "),
        0xad => Some("\u{ad}"),
        0x200e | 0x200f => Some(""),
        _ => None,
    }
}

fn without_escapes(mut body: &str) -> &str {
    for _ in 0..MAX_ESCAPES {
        match body.strip_prefix("amp;") {
            Some(rest) => body = rest,
            None => break,
        }
    }
    body
}

/// True if `text` ends in the beginning of an entity, as in `&#8` before `&#8204;204;`.
fn ends_in_half_an_entity(text: &str) -> bool {
    let window = text.len().saturating_sub(MAX_LEN);
    let tail = text.as_bytes().get(window..).unwrap_or_default();
    memchr_iter(b'&', tail).any(|at| {
        let Some(begun) = text.get(window + at + 1..) else { return false };
        let body = without_escapes(begun);
        let number = body.strip_prefix('#').map(|number| number.trim_start_matches(['x', 'X']));
        number.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            || "amp;".starts_with(body)
            || NAMED.iter().any(|(name, _)| name.starts_with(body))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<String> {
        decode_entities(text).map(|aligned| aligned.text)
    }

    #[test]
    fn invisible_characters_are_decoded_however_often_they_were_escaped() {
        for zwnj in ["&zwnj;", "&#8204;", "&#x200C;", "&#x200c;", "&amp;zwnj;", "&amp;amp;#8204;"] {
            assert_eq!(decoded(&format!("می{zwnj}شود")).unwrap(), "می\u{200c}شود");
        }
        assert_eq!(decoded("قال&nbsp;&nbsp;الوزير&rlm;: AT&T&nbsp;ok").unwrap(), "قال  الوزير: AT&T ok");
    }

    #[test]
    fn visible_ones_and_halves_stay() {
        for text in ["R&D", "&lt;p&gt;", "&quot;", "&zwnj", "&#8204", "&#+8204;", "&#820400000000;", "&", "&amp;"] {
            assert_eq!(decoded(text), None);
        }
        assert_eq!(decoded("&#8&#8204;204;"), None);
        assert_eq!(decoded("&amp;&zwnj;zwnj;"), None);
    }
}

//! From a label, as transports and pages spell it, to a charset.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::mac::Mac;

/// A charset that can be decoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Charset {
    /// One of the encoding standard.
    Web(&'static Encoding),
    /// One of the old Macintosh that the standard leaves out.
    Mac(Mac),
}

impl Charset {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Mac(mac) => mac.name(),
        }
    }

    /// The text of `bytes`, without an alignment.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Mac(mac) => Cow::Owned(mac.decode(bytes)),
        }
    }
}

/// The charset that `label` names: the labels of the standard, then spellings that it does not know. `None` for a label
/// that says nothing.
pub(super) fn charset(label: &str) -> Option<Charset> {
    let label = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';'));
    let known = Encoding::for_label_no_replacement(label.as_bytes());
    known.map(Charset::Web).or_else(|| by_squashed(label))
}

/// The charset that a page declares in itself. UTF-16 cannot be declared in ASCII bytes, so whoever writes it there
/// means UTF-8, as browsers know.
pub(super) fn in_page(label: &str) -> Option<Charset> {
    charset(label).map(|charset| match charset {
        Charset::Web(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Charset::Web(UTF_8),
        charset => charset,
    })
}

/// "Windows_1256", "win1256", "CP-1256", "utf8mb4", "MacArabic".
fn by_squashed(label: &str) -> Option<Charset> {
    let squashed: String =
        label.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(32).collect();
    match squashed.as_str() {
        "macarabic" | "xmacarabic" => return Some(Charset::Mac(Mac::Arabic)),
        "macfarsi" | "xmacfarsi" => return Some(Charset::Mac(Mac::Farsi)),
        _ => {}
    }
    let numbered = |prefixes: &[&str], name: &str| {
        let number = prefixes.iter().find_map(|prefix| squashed.strip_prefix(prefix))?;
        let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        Encoding::for_label_no_replacement(format!("{name}{number}").as_bytes()).filter(|_| plain)
    };
    let found = numbered(&["windows", "win", "xwindows", "cp", "xcp", "mscp", "ms", "ansi"], "windows-")
        .or_else(|| numbered(&["iso8859", "iso", "xiso8859"], "iso-8859-"))
        .or_else(|| squashed.starts_with("utf8").then_some(UTF_8));
    found.map(Charset::Web)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_they_are_spelled() {
        for (label, name) in [
            ("windows-1256", "windows-1256"),
            (" CP1256 ", "windows-1256"),
            ("x-cp1256", "windows-1256"),
            ("Windows_1256", "windows-1256"),
            ("win1256", "windows-1256"),
            ("CP-1256", "windows-1256"),
            ("'windows-1251';", "windows-1251"),
            ("iso-8859-1", "windows-1252"),
            ("ISO_8859-6:1987", "ISO-8859-6"),
            ("iso 8859 6", "ISO-8859-6"),
            ("arabic", "ISO-8859-6"),
            ("ASMO-708", "ISO-8859-6"),
            ("utf8mb4", "UTF-8"),
            ("UTF8_general", "UTF-8"),
            ("x-mac-arabic", "x-mac-arabic"),
            ("MacFarsi", "x-mac-farsi"),
        ] {
            assert_eq!(charset(label).map(Charset::name), Some(name), "{label}");
        }
        for unknown in ["", "none", "xyz", "windows-12569", "iso-8859-99", "hz-gb-2312", "charset", "win"] {
            assert_eq!(charset(unknown), None, "{unknown}");
        }
        assert_eq!(in_page("utf-16").map(Charset::name), Some("UTF-8"));
    }
}

//! What a run of bytes is, by its content first and the name of its file second.

use khabar_model::Media;
use serde::de::IgnoredAny;

/// How many bytes the judgement may look at.
pub(super) const WINDOW: usize = 64 * 1024;

/// Bytes in which tags are counted, when nothing says HTML outright.
const TAG_WINDOW: usize = 8 * 1024;

/// That many tags near the start make a text a page.
const MANY_TAGS: usize = 5;

/// Share of control characters, one in so many bytes, from which bytes are no text.
const CONTROLS: usize = 10;

/// Share of ASCII letters, one in so many units, from which NULs at every second byte mean UTF-16. Below it a stray NUL
/// in a text of bytes would look the same.
const NUL_UNITS: usize = 50;

/// The kinds of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// WARC or WET records.
    Warc,
    /// One JSON object a line.
    JsonLines,
    /// One JSON value over many lines, or an array.
    JsonDocument,
    /// RSS or Atom.
    Feed,
    /// A Parquet table.
    Parquet,
    /// A page or a plain text.
    Document(Media),
    /// A known kind that is not read, by its name.
    Unsupported(String),
    /// Bytes that are no text.
    NotText,
    /// Nothing, or nothing but white space.
    Blank,
}

/// Judges the start of some content; `whole` says that the window is all of it, `name` is the file's, if there is one.
pub(super) fn sniff(window: &[u8], name: &str, whole: bool) -> Kind {
    let name = base_name(name);
    let start = skip_blank(window);
    if start.is_empty() && whole {
        return Kind::Blank;
    }
    if window.starts_with(b"WARC/") || start.starts_with(b"WARC/") {
        return Kind::Warc;
    }
    if window.starts_with(b"PAR1") {
        return Kind::Parquet;
    }
    if let Some(known) = magic(window, start) {
        return Kind::Unsupported(known.to_owned());
    }
    if let Some(units) = utf16(window) {
        return markup(&units).unwrap_or(Kind::Document(Media::Text));
    }
    if let Some(kind) = json(start, &name, whole) {
        return kind;
    }
    if name.ends_with(".warc") || name.ends_with(".wet") {
        return Kind::Warc;
    }
    if let Some(kind) = markup(start) {
        return kind;
    }
    if window.iter().filter(|byte| is_control(**byte)).count() * CONTROLS > window.len() {
        return Kind::NotText;
    }
    let page = [".html", ".htm", ".xhtml", ".shtml"].iter().any(|end| name.ends_with(end)) && start.contains(&b'<');
    Kind::Document(if page { Media::Html } else { Media::Text })
}

/// The name in lower case, without the endings of compressions.
fn base_name(name: &str) -> String {
    let mut name = name.to_ascii_lowercase();
    while let Some(end) = [".gz", ".zst", ".zstd"].iter().find(|end| name.ends_with(**end)) {
        name.truncate(name.len() - end.len());
    }
    name
}

fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)
}

/// Without the UTF-8 byte order mark and white space at the start.
fn skip_blank(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// Formats that are known by their first bytes and not read; `start` is `window` without blank at its start.
fn magic(window: &[u8], start: &[u8]) -> Option<&'static str> {
    const AT_START: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n", "PNG image"),
        (b"\xff\xd8\xff", "JPEG image"),
        (b"GIF87a", "GIF image"),
        (b"GIF89a", "GIF image"),
        (b"II*\0", "TIFF image"),
        (b"MM\0*", "TIFF image"),
        (b"\0\0\x01\0", "icon"),
        (b"PK\x03\x04", "ZIP archive or office document"),
        (b"PK\x05\x06", "ZIP archive"),
        (b"PARE", "encrypted Parquet file"),
        (b"ARROW1\0", "Arrow file"),
        (b"Obj\x01", "Avro file"),
        (b"Rar!\x1a\x07", "RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "7z archive"),
        (b"\xfd7zXZ\0", "xz compression"),
        (b"\x04\x22\x4d\x18", "lz4 compression"),
        (b"\x1f\x9d", "compress compression"),
        (b"SQLite format 3\0", "SQLite database"),
        (b"\x7fELF", "ELF program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office document"),
        (b"OggS\0", "Ogg media"),
        (b"ID3", "MP3 audio"),
        (b"wOFF", "font"),
        (b"wOF2", "font"),
        (b"filedesc://", "ARC archive"),
    ];
    if let Some((_, name)) = AT_START.iter().find(|(magic, _)| window.starts_with(magic)) {
        return Some(name);
    }
    match window {
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => return Some("bzip2 compression"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => return Some("BMP image"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => return Some("WebP image"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W' | b'A', b'A' | b'V', ..] => return Some("RIFF media"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => return Some("MP4 or AVIF media"),
        _ => {}
    }
    if window.get(257..262) == Some(b"ustar") {
        return Some("tar archive");
    }
    if start.starts_with(b"%PDF-") {
        return Some("PDF document");
    }
    start.starts_with(b"{\\rtf").then_some("RTF document")
}

/// The bytes of UTF-16 text, with a byte order mark or by where its NULs lie, as far as they are ASCII ('?' else).
fn utf16(window: &[u8]) -> Option<Vec<u8>> {
    let (little, body, marked) = match window {
        [0xff, 0xfe, body @ ..] => (true, body, true),
        [0xfe, 0xff, body @ ..] => (false, body, true),
        _ => {
            let at = |parity| window.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
            let (even, odd, units) = (at(0), at(1), window.len().div_ceil(2).max(1));
            match () {
                () if odd * NUL_UNITS >= units && even * 20 <= odd => (true, window, false),
                () if even * NUL_UNITS >= units && odd * 20 <= even => (false, window, false),
                () => return None,
            }
        }
    };
    let (pairs, _) = body.as_chunks::<2>();
    let units = pairs.iter().map(|pair| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) });
    let mut broken = 0;
    let ascii: Vec<u8> = char::decode_utf16(units)
        .map(|unit| match unit {
            Ok(letter) if letter.is_ascii() && !is_control(letter as u8) => letter as u8,
            Ok(letter) if !letter.is_ascii() && letter != '\u{ffff}' => b'?',
            _ => {
                broken += 1;
                b'?'
            }
        })
        .collect();
    (marked || broken * 50 <= ascii.len()).then(|| skip_blank(&ascii).to_vec())
}

/// JSON lines or one JSON value, if it is either; `start` has no blank at its start.
fn json(start: &[u8], name: &str, whole: bool) -> Option<Kind> {
    let named = name.ends_with(".jsonl") || name.ends_with(".ndjson");
    let opened = matches!(start.first(), Some(b'{' | b'['));
    if !opened {
        return named.then_some(Kind::JsonLines);
    }
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    let cut = line.len() == start.len() && !whole;
    let object = start.starts_with(b"{");
    // One object in the first line, or, where the window ends within that line, the sound beginning of one.
    if object && is_json(line, cut) {
        return Some(Kind::JsonLines);
    }
    if is_json(start, !whole) {
        return Some(Kind::JsonDocument);
    }
    let other = || start.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"{") && is_json(line, false));
    (named || (object && other())).then_some(Kind::JsonLines)
}

/// Whether these bytes are one JSON value, or with `cut` the beginning of one.
fn is_json(bytes: &[u8], cut: bool) -> bool {
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        Ok(_) => true,
        Err(error) => cut && error.is_eof(),
    }
}

/// HTML or a feed, if it is either; `start` has no blank at its start.
fn markup(start: &[u8]) -> Option<Kind> {
    const PAGE: &[&str] = &["html", "head", "body", "meta", "title", "script", "style", "link", "base"];
    let page = Some(Kind::Document(Media::Html));
    let (root, is_xml) = root(start);
    match root.as_str() {
        "rss" | "feed" | "rdf:rdf" => return Some(Kind::Feed),
        "urlset" | "sitemapindex" => return Some(Kind::Unsupported("sitemap".to_owned())),
        prefixed if prefixed.ends_with(":feed") => return Some(Kind::Feed),
        _ => {}
    }
    if root == "!doctype html" || PAGE.contains(&root.as_str()) {
        return page;
    }
    if is_xml && !root.is_empty() && !TAGS.contains(&root.as_str()) {
        return Some(Kind::Unsupported(format!("XML document <{root}>")));
    }
    let near = start.get(..TAG_WINDOW).unwrap_or(start);
    let tags =
        near.split(|byte| *byte == b'<').skip(1).filter(|after| TAGS.contains(&tag_name(after).as_str())).count();
    if tags >= MANY_TAGS { page } else { None }
}

/// Elements that only a page has, for counting tags.
const TAGS: &[&str] = &[
    "a", "article", "aside", "b", "br", "center", "div", "em", "figure", "font", "footer", "form", "h1", "h2", "h3",
    "h4", "header", "hr", "i", "iframe", "img", "input", "li", "main", "nav", "ol", "option", "p", "section", "small",
    "span", "strong", "table", "tbody", "td", "th", "tr", "u", "ul",
];

/// The name of the first tag or `!doctype html`, in lower case, past comments, prolog and other declarations; and
/// whether there was an XML prolog.
fn root(mut rest: &[u8]) -> (String, bool) {
    let mut is_xml = false;
    loop {
        rest = skip_blank(rest);
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            is_xml |= rest.get(2..5).is_some_and(|name| name.eq_ignore_ascii_case(b"xml"));
            b">"
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype")) {
            let name = tag_name(rest.get(9..).unwrap_or_default().trim_ascii_start());
            if name == "html" {
                return ("!doctype html".to_owned(), is_xml);
            }
            is_xml = true;
            // Declarations within the document have a `>` of their own.
            let inner = rest.iter().position(|byte| matches!(byte, b'[' | b'>')).and_then(|at| rest.get(at));
            if inner == Some(&b'[') { b"]>" } else { b">" }
        } else {
            return (rest.strip_prefix(b"<").map(tag_name).unwrap_or_default(), is_xml);
        };
        match rest.windows(end.len()).position(|window| window == end) {
            Some(at) => rest = rest.get(at + end.len()..).unwrap_or_default(),
            None => return (String::new(), is_xml),
        }
    }
}

/// The name at the start of a tag, after `<` or `</`, in lower case; empty where there is none.
fn tag_name(after: &[u8]) -> String {
    let name = after.strip_prefix(b"/").unwrap_or(after);
    let end = name
        .iter()
        .take(32)
        .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b':')
        .unwrap_or(name.len().min(32));
    name.get(..end).unwrap_or_default().iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Kind {
        sniff(text.as_bytes(), "x", true)
    }

    const HTML: Kind = Kind::Document(Media::Html);
    const TEXT: Kind = Kind::Document(Media::Text);

    #[test]
    fn pages_are_found_behind_prolog_and_comments() {
        assert_eq!(of("\u{feff} <!-- نسخه -->\n<?xml version=\"1.0\"?><!DOCTYPE html><p>"), HTML);
        for page in ["<HTML dir=rtl>", "<body>سلام", "<meta charset=utf-8>", "<!doctype HTML PUBLIC \"-//W3C\">"] {
            assert_eq!(of(page), HTML, "{page}");
        }
        assert_eq!(of("<div><p>یک</p><p>دو</p></div>"), HTML);
        assert_eq!(of("قال إن 3 < 5 و <b>هام</b>"), TEXT);
        assert_eq!(sniff("سلام".as_bytes(), "a.html", true), TEXT);
        assert_eq!(sniff("سلام <b>دنیا</b>".as_bytes(), "a.HTML.gz", true), HTML);
    }

    #[test]
    fn json_lines_and_one_json_value_are_told_apart() {
        assert_eq!(of("\n{\"text\":\"خبر\"}\n{\"text\":"), Kind::JsonLines);
        assert_eq!(of("{\"text\": خبر}\n{\"text\":\"خبر\"}"), Kind::JsonLines);
        assert_eq!(of("{\n  \"text\": \"خبر\"\n}\n"), Kind::JsonDocument);
        assert_eq!(of("[{\"text\":\"a\"},\n{\"text\":\"b\"}]"), Kind::JsonDocument);
        assert_eq!(of("{مسکو} خبر"), TEXT);
        assert_eq!(of("[تهران] وزارت خارجه"), TEXT);
        assert_eq!(sniff(b"oops\n", "a.jsonl.gz", true), Kind::JsonLines);
        let long = format!("{{\"html\":\"{}", "x".repeat(WINDOW));
        assert_eq!(sniff(&long.as_bytes()[..WINDOW], "x", false), Kind::JsonLines);
    }

    #[test]
    fn other_kinds_are_named() {
        let what = |bytes: &[u8]| match sniff(bytes, "x", true) {
            Kind::Unsupported(what) => what,
            other => format!("{other:?}"),
        };
        assert_eq!(what(b"%PDF-1.7\n%\xe2\xe3"), "PDF document");
        assert_eq!(what(b"PAR1\x15\x04"), "Parquet");
        assert_eq!(what(b"\x89PNG\r\n\x1a\n\0\0\0"), "PNG image");
        assert_eq!(what(b"<?xml version='1.0'?><urlset>"), "sitemap");
        assert_eq!(what(b"<?xml version='1.0'?><newsItem guid='x'>"), "XML document <newsitem>");
        assert_eq!(what(&[0, 1, 2, 0, 0, 7, 0, 0]), "NotText");
        assert_eq!(what(b" \r\n\t"), "Blank");
        assert_eq!(what(b"WARC/1.1\r\n"), "Warc");
    }

    #[test]
    fn feeds_are_found_behind_declarations() {
        for feed in [
            "<?xml version='1.0'?>\n<rss version='2.0'>",
            " \n<?xml version='1.0' encoding='windows-1256'?><?xml-stylesheet href='a.xsl'?><RSS>",
            "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'><!ENTITY a '&nbsp;'>]><rss version='0.91'>",
            "<!-- مولد --><feed xmlns='http://www.w3.org/2005/Atom'>",
            "<rdf:RDF xmlns:rdf='x'><channel>",
            "<atom:feed xmlns:atom='x'>",
        ] {
            assert_eq!(of(feed), Kind::Feed, "{feed}");
            let units: Vec<u8> = feed.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(sniff(&units, "x", true), Kind::Feed, "{feed}");
        }
    }

    #[test]
    fn utf16_with_and_without_mark_is_text() {
        let units = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let text = "قال الرئيس 12 مرة إن الأمر انتهى.";
        assert_eq!(sniff(&units(text, u16::to_le_bytes), "x", true), TEXT);
        assert_eq!(sniff(&units(text, u16::to_be_bytes), "x", true), TEXT);
        assert_eq!(sniff(&units("\u{feff}خبر", u16::to_be_bytes), "x", true), TEXT);
        assert_eq!(sniff(&units("\u{feff}<html><p>خبر", u16::to_le_bytes), "x", true), HTML);
        assert_eq!(sniff(&units("<html lang=ar><p>خبر", u16::to_le_bytes), "x", true), HTML);
        assert_eq!(of(&format!("<html><p>{}\0", "خبر ".repeat(100))), HTML);
    }
}

//! Text that was misread, encoded and mislabelled on its way parses to an article that can be undone to its bytes.
#![no_main]

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1256};
use khabar_model::{Given, Media, RawDoc, Source};
use khabar_parse::{Parser, Settings};

const LABELS: [&str; 8] =
    ["", "utf-8", "windows-1256", "iso-8859-1", "utf-16le", "macfarsi", "shift_jis", "nothing"];

fn misread(text: &str, written: &'static Encoding, read: &'static Encoding) -> String {
    read.decode_without_bom_handling(&written.encode(text).0).0.into_owned()
}

libfuzzer_sys::fuzz_target!(|input: (&str, u8, u8)| {
    let (text, way, label) = input;
    let text = match way % 6 {
        0 => text.to_owned(),
        1 => misread(text, UTF_8, WINDOWS_1252),
        2 => misread(text, UTF_8, WINDOWS_1256),
        3 => misread(text, WINDOWS_1256, WINDOWS_1252),
        4 => text.bytes().map(char::from).collect(),
        _ => misread(&misread(text, UTF_8, WINDOWS_1252), UTF_8, WINDOWS_1256),
    };
    let payload = match way / 6 % 4 {
        0 => text.into_bytes(),
        1 => WINDOWS_1256.encode(&text).0.into_owned(),
        2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => [text.as_bytes(), &WINDOWS_1252.encode(&text).0].concat(),
    };
    let label = LABELS[usize::from(label) % LABELS.len()];
    let given = Given { charset: (!label.is_empty()).then(|| label.to_owned()), ..Given::default() };
    let raw = RawDoc { id: String::new(), source: Source::default(), media: Media::Text, payload, given };
    let parser = Parser::new(Settings { boilerplate: false, ..Settings::default() });
    if let Ok((article, Some(alignment))) = parser.parse_aligned(&raw) {
        assert_eq!(alignment.undo(article.text.as_bytes()).as_deref(), Some(raw.payload.as_slice()));
    }
});

//! Payload bytes to text: which charset, and which byte every line came from.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use khabar_model::{Reject, RejectReason, Stage};
use khabar_text::{Aligned, Alignment, AlignmentBuilder, Rule};

use self::evidence::Found;
use self::label::Charset;
use crate::mojibake;

mod evidence;
mod label;
mod mac;
mod oddity;
mod prescan;
mod sample;
mod wide;

/// A decoded payload.
#[derive(Debug)]
pub(crate) struct Decoded<'p> {
    /// The text, without a byte-order mark, mojibake undone; the payload itself wherever it can be.
    pub(crate) text: Cow<'p, str>,
    /// Payload bytes to bytes of `text`: exact in UTF-8; in other charsets one edit a line, from the first byte
    /// beyond ASCII to the last.
    pub(crate) alignment: Alignment,
    /// WHATWG name of the charset; `x-mac-arabic` and `x-mac-farsi`, which have none, by the label that asks for them.
    pub(crate) charset: &'static str,
}

/// What is known of a payload beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clues<'c> {
    /// Charset from the transport.
    pub(crate) transport: Option<&'c str>,
    /// The payload is a page, and may declare its charset itself.
    pub(crate) page: bool,
    /// Host that it came from: its top-level domain is a hint.
    pub(crate) host: Option<&'c str>,
}

/// Bytes that are looked at to tell text from binary data, and for the zero bytes of UTF-16.
const PREFIX_BYTES: usize = 8 << 10;

/// Decodes `payload`; `evidence` says in which order what counts.
///
/// # Errors
/// `not_text` for bytes that are mostly control characters in any reading.
pub(crate) fn decode<'p>(payload: &'p [u8], clues: &Clues<'_>) -> Result<Decoded<'p>, Reject> {
    let (mark, found) = evidence::weigh(payload, clues);
    let (mark, body) = payload.split_at_checked(mark).unwrap_or_default();
    let mut builder = Alignment::builder();
    builder.replace(mark, 0, Rule("bom"));
    let (text, charset) = match found {
        Found::Utf8(text) => {
            builder.keep(text.len());
            (Cow::Borrowed(text), Charset::Web(UTF_8))
        }
        Found::Other(charset) => (Cow::Owned(decode_as(charset, body, &mut builder)), charset),
    };
    let mut decoded = Decoded { text, alignment: builder.finish(), charset: charset.name() };
    if let Some(Aligned { text, alignment }) = mojibake::repair(&decoded.text) {
        decoded.text = Cow::Owned(text);
        decoded.alignment = decoded.alignment.then(alignment);
    }
    refuse_binary(&decoded.text)?;
    Ok(decoded)
}

fn decode_as(charset: Charset, body: &[u8], builder: &mut AlignmentBuilder) -> String {
    let mut text = String::with_capacity(body.len() * 2);
    match charset {
        Charset::Web(encoding) if encoding == UTF_8 => {
            for chunk in body.utf8_chunks() {
                text.push_str(chunk.valid());
                builder.keep(chunk.valid().len());
                if !chunk.invalid().is_empty() {
                    text.push(char::REPLACEMENT_CHARACTER);
                    let length = char::REPLACEMENT_CHARACTER.len_utf8();
                    builder.replace(chunk.invalid(), length, Rule("charset"));
                }
            }
        }
        Charset::Web(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
            for line in wide::lines(body, encoding) {
                let (decoded, _) = encoding.decode_without_bom_handling(line);
                text.push_str(&decoded);
                builder.replace(line, decoded.len(), Rule("charset"));
            }
        }
        // No multi-byte charset of the web uses the line feed as a trail byte.
        Charset::Web(encoding) => {
            for line in body.split_inclusive(|byte| *byte == b'\n') {
                decode_line(line, |bytes| encoding.decode_without_bom_handling(bytes).0, &mut text, builder);
            }
        }
        Charset::Mac(mac) => {
            for line in body.split_inclusive(|byte| *byte == b'\n') {
                decode_line(line, |bytes| Cow::Owned(mac.decode(bytes)), &mut text, builder);
            }
        }
    }
    text
}

/// Decodes a line; what is ASCII at its two ends is the same in both texts.
fn decode_line<'b>(
    line: &'b [u8],
    decode: impl Fn(&'b [u8]) -> Cow<'b, str>,
    text: &mut String,
    builder: &mut AlignmentBuilder,
) {
    let decoded = decode(line);
    text.push_str(&decoded);
    let same = |(one, two): &(&u8, &u8)| one == two && one.is_ascii();
    let head = line.iter().zip(decoded.as_bytes()).take_while(same).count();
    let room = line.len().min(decoded.len()) - head;
    let tail = line.iter().rev().zip(decoded.as_bytes().iter().rev()).take(room).take_while(same).count();
    let changed = line.get(head..line.len() - tail).unwrap_or_default();
    builder.keep(head).replace(changed, decoded.len() - head - tail, Rule("charset")).keep(tail);
}

/// Binary data decodes to control characters and replacement characters; text has next to none.
fn refuse_binary(text: &str) -> Result<(), Reject> {
    let mut end = text.len().min(PREFIX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let low = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xb | 0xc) || byte == 0x7f;
    let low = bytes.iter().filter(|byte| low(**byte)).count();
    // Two of the C1 controls are joiners of windows-1256.
    let high = |at: &usize| matches!(bytes.get(at + 1), Some(0x80..=0x9c | 0x9f));
    let controls = low + memchr::memchr_iter(0xc2, bytes).filter(high).count();
    let lost = memchr::memmem::find_iter(bytes, "\u{fffd}").count();
    let seen = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    if seen >= 16 && (controls * 20 > seen || lost * 4 > seen) {
        let detail = format!("of the first {seen} characters {controls} are controls and {lost} undecodable");
        return Err(Reject::new(Stage::Parse, RejectReason::NotText, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! A feed's bytes as UTF-8, whatever its charset, a bounded piece at a time.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::stream::Stream;

/// Bytes of UTF-8 held at once.
const BUFFER: usize = 16 * 1024;

/// Bytes in which the XML declaration ends, if there is one.
const DECLARATION: usize = 1024;

/// How a feed is decoded, and how far it has been.
pub(super) struct Charset {
    decoder: Decoder,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Offset in the file of the next byte that is handed out; `None` once that cannot be told.
    offset: Option<u64>,
    ended: bool,
}

impl Charset {
    /// Finds the charset: byte order mark, then the NULs of UTF-16, then the XML declaration, else UTF-8.
    pub(super) fn of(stream: &mut Stream) -> Self {
        let offset = stream.offset();
        let window = stream.peek(DECLARATION);
        let marked = Encoding::for_bom(window);
        let (encoding, mark) = marked.unwrap_or_else(|| (unmarked(window), 0));
        Self {
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            offset: Some(offset + mark as u64),
            ended: false,
        }
    }

    /// The decoded text, of which `allowed` bytes may be read before [`Text::allow`] is called again.
    pub(super) fn text<'s>(&'s mut self, stream: &'s mut Stream, allowed: u64) -> Text<'s> {
        Text { charset: self, stream, allowed, spent: false }
    }

    fn refill(&mut self, stream: &mut Stream) -> io::Result<()> {
        while self.start == self.end && !self.ended {
            let raw = stream.fill_buf()?;
            let last = raw.is_empty();
            let (done, read, written, damaged) = self.decoder.decode_to_utf8(raw, &mut self.buffer, last);
            stream.consume(read);
            (self.start, self.end) = (0, written);
            self.ended = last && done == CoderResult::InputEmpty;
            // A replaced byte is another number of bytes here than in the file.
            if damaged && !self.decoder.encoding().is_single_byte() {
                self.offset = None;
            }
        }
        Ok(())
    }

    /// Bytes of the file that these bytes of UTF-8 were decoded from.
    fn width(&self, bytes: &[u8]) -> Option<u64> {
        let encoding = self.decoder.encoding();
        let starts = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64;
        if encoding == UTF_8 {
            Some(bytes.len() as u64)
        } else if encoding.is_single_byte() {
            Some(starts(bytes))
        } else if encoding == UTF_16LE || encoding == UTF_16BE {
            let pairs = bytes.iter().filter(|byte| **byte >= 0xf0).count() as u64;
            Some(2 * (starts(bytes) + pairs))
        } else {
            None
        }
    }
}

/// The charset of a feed without a byte order mark.
fn unmarked(window: &[u8]) -> &'static Encoding {
    match window {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        // What could be read up to here is no UTF-16, whatever it says.
        _ => declared(window).filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8),
    }
}

/// The charset that the XML declaration names.
fn declared(window: &[u8]) -> Option<&'static Encoding> {
    let start = window.trim_ascii_start();
    let declaration = start.get(..start.windows(2).position(|end| end == b"?>")?)?;
    let declaration = std::str::from_utf8(declaration.strip_prefix(b"<?xml")?).ok()?;
    let (_, label) = declaration.split_once("encoding")?;
    let label = label.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Encoding::for_label(label.split(quote).nth(1)?.as_bytes())
}

/// The text of a feed while it is being read.
pub(super) struct Text<'s> {
    charset: &'s mut Charset,
    stream: &'s mut Stream,
    allowed: u64,
    spent: bool,
}

impl Text<'_> {
    /// Grants another `bytes` bytes.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.allowed = bytes;
    }

    /// Whether reading stopped because all that was allowed had been read.
    pub(super) fn is_spent(&self) -> bool {
        self.spent
    }

    /// Offset in the file of the next byte.
    pub(super) fn offset(&self) -> Option<u64> {
        self.charset.offset
    }

    /// Goes behind the next `sign`, or to the end; tells whether it was found.
    pub(super) fn skip_past(&mut self, sign: &[u8]) -> bool {
        let mut tail: Vec<u8> = Vec::new();
        loop {
            self.allowed = u64::MAX;
            let Ok(ahead) = self.fill_buf() else { return false };
            if ahead.is_empty() {
                return false;
            }
            let before = tail.len();
            tail.extend_from_slice(ahead);
            let taken = tail.len() - before;
            if let Some(at) = tail.windows(sign.len()).position(|window| window == sign) {
                self.consume(at + sign.len() - before);
                return true;
            }
            self.consume(taken);
            tail.drain(..tail.len() - tail.len().min(sign.len() - 1));
        }
    }
}

impl Read for Text<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let step = ahead.len().min(into.len());
        into[..step].copy_from_slice(&ahead[..step]);
        self.consume(step);
        Ok(step)
    }
}

impl BufRead for Text<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.charset.refill(self.stream)?;
        let Charset { buffer, start, end, .. } = &*self.charset;
        if self.allowed == 0 && start < end {
            self.spent = true;
            return Err(io::Error::other("more than is allowed"));
        }
        let step = usize::try_from(self.allowed).unwrap_or(BUFFER).min(end - start);
        Ok(&buffer[*start..start + step])
    }

    fn consume(&mut self, amount: usize) {
        let charset = &mut *self.charset;
        let amount = amount.min(charset.end - charset.start);
        let taken = &charset.buffer[charset.start..charset.start + amount];
        let width = charset.width(taken);
        charset.offset = charset.offset.zip(width).map(|(offset, width)| offset + width);
        charset.start += amount;
        self.allowed = self.allowed.saturating_sub(amount as u64);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn text_of(bytes: &[u8]) -> (String, Option<u64>) {
        let mut stream = Stream::new(Box::new(Cursor::new(bytes.to_vec())));
        let mut charset = Charset::of(&mut stream);
        let mut text = charset.text(&mut stream, u64::MAX);
        let mut all = String::new();
        text.read_to_string(&mut all).unwrap();
        (all, text.offset())
    }

    #[test]
    fn the_charset_is_found_and_offsets_count_bytes_of_the_file() {
        let xml = "<?xml version='1.0' encoding='utf-8'?><rss>خبر 😀</rss>";
        let marked = [b"\xef\xbb\xbf", xml.as_bytes()].concat();
        assert_eq!(text_of(xml.as_bytes()), (xml.to_owned(), Some(xml.len() as u64)));
        assert_eq!(text_of(&marked), (xml.to_owned(), Some(marked.len() as u64)));
        let cp1256 = b" \n<?xml version=\"1.0\" encoding = \"windows-1256\"?><rss>\xce\xc8\xd1</rss>";
        let (text, offset) = text_of(cp1256);
        assert!(text.ends_with("<rss>خبر</rss>") && offset == Some(cp1256.len() as u64), "{text}");
        for mark in ["", "\u{feff}"] {
            let units: Vec<u8> = format!("{mark}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(text_of(&units), (xml.to_owned(), Some(units.len() as u64)));
        }
        let damaged = [&xml.as_bytes()[..45], b"\xff</rss>"].concat();
        let (text, offset) = text_of(&damaged);
        assert!(text.contains('\u{fffd}') && offset.is_none(), "{text}");
        // A charset that the bytes rule out.
        assert_eq!(text_of(b"<?xml encoding='utf-16'?><rss/>").0, "<?xml encoding='utf-16'?><rss/>");
    }

    #[test]
    fn long_texts_come_through_whole() {
        let long = format!("<?xml version='1.0' encoding='windows-1256'?>{}", "خبر ".repeat(20_000));
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&long);
        let (text, offset) = text_of(&bytes);
        assert!(text == long && offset == Some(bytes.len() as u64));
    }

    #[test]
    fn a_sign_is_found_across_pieces() {
        let bytes = format!("{}</item>rest", "x".repeat(BUFFER - 3)).into_bytes();
        let mut stream = Stream::new(Box::new(Cursor::new(bytes)));
        let mut charset = Charset::of(&mut stream);
        let mut text = charset.text(&mut stream, 10);
        assert!(text.skip_past(b"</item>"));
        let mut rest = String::new();
        text.allow(4);
        text.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "rest");
        assert!(!text.is_spent() && !text.skip_past(b"</item>"));
    }
}

//! Header fields as WARC records and HTTP messages write them: `name: value` lines up to a blank one.

/// The fields in order, names in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Headers(Vec<(String, String)>);

/// A header block that was found at the start of some bytes.
pub(super) struct Block {
    /// The line before the fields, without its line end.
    pub(super) first: String,
    pub(super) headers: Headers,
    /// A line that is no field, if there was one.
    pub(super) broken: Option<String>,
    /// Bytes from the start up to the end of the blank line.
    pub(super) length: usize,
}

impl Headers {
    /// The value of the first field of that name, which is given in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The media type in lower case without parameters, and its `charset`, of the field `content-type`.
    pub(super) fn content_type(&self) -> (Option<String>, Option<String>) {
        let Some(value) = self.get("content-type") else { return (None, None) };
        let mut parts = value.split(';').map(str::trim);
        let media = parts.next().map(str::to_ascii_lowercase).filter(|media| !media.is_empty());
        let charset = parts
            .filter_map(|part| part.split_once('='))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
            .filter(|charset| !charset.is_empty());
        (media, charset)
    }
}

impl Block {
    /// Reads the first line and the fields up to the first blank line, or, with `to_end`, up to the end of the bytes.
    /// `None` where the blank line is not there. A line that starts with white space continues the field above it.
    pub(super) fn parse(bytes: &[u8], to_end: bool) -> Option<Self> {
        let mut block = Self { first: String::new(), headers: Headers::default(), broken: None, length: 0 };
        let mut ended = to_end;
        for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            block.length += line.len();
            let folded = line.starts_with(b" ") || line.starts_with(b"\t");
            let line = String::from_utf8_lossy(line.trim_ascii());
            if number == 0 {
                block.first = line.into_owned();
            } else if line.is_empty() {
                ended = true;
                break;
            } else if let (true, Some((_, value))) = (folded, block.headers.0.last_mut()) {
                value.push(' ');
                value.push_str(&line);
            } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.trim().is_empty()) {
                block.headers.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            } else {
                block.broken.get_or_insert(line.into_owned());
            }
        }
        ended.then_some(block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_fold_and_their_names_have_no_case() {
        let bytes = b"HTTP/1.1 200 OK\r\nCONTENT-type: Text/HTML;\r\n  Charset=\"windows-1256\"\r\noops\r\n\r\nbody";
        let block = Block::parse(bytes, false).unwrap();
        assert_eq!(block.first, "HTTP/1.1 200 OK");
        assert_eq!(block.headers.content_type(), (Some("text/html".into()), Some("windows-1256".into())));
        assert_eq!(block.broken.as_deref(), Some("oops"));
        assert_eq!(&bytes[block.length..], b"body");
        assert!(Block::parse(b"WARC/1.0\r\na: b\r\n", false).is_none());
        assert!(Block::parse(b"HTTP/1.0 200\na: b", true).is_some());
    }
}

//! What must come out of a page, one fact a line.
//!
//! ```text
//! # comment
//! title: the headline without the site's name
//! author: a person                          no line or several
//! date: 2024-10-14                          day of publication; without the line the page has none
//! lead|heading|paragraph|list_item|quote|table|caption: the whole text of a block, in page order; a table row by row
//! removed read_also: part of what must be cut within the body's container, with this reason
//! absent: part of what must not be in the text
//! any: a block, or an end of one, that may be in the text or not
//! ```

use khabar_model::{BlockKind, RemovalReason};

use crate::gold::word;

/// What must come out of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Expect {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    /// Body and captions, in page order.
    pub(super) blocks: Vec<(BlockKind, String)>,
    pub(super) removed: Vec<(RemovalReason, String)>,
    pub(super) absent: Vec<String>,
    pub(super) any: Vec<String>,
}

impl Expect {
    /// Reads the lines.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut expect = Self::default();
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            expect.take(line).ok_or_else(|| format!("line {}: {line}", at + 1))?;
        }
        if expect.blocks.is_empty() {
            return Err("no block".to_owned());
        }
        Ok(expect)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().to_owned();
        if value.is_empty() {
            return None;
        }
        match key {
            "title" if self.title.is_none() => self.title = Some(value),
            "date" if self.date.is_none() && is_day(&value) => self.date = Some(value),
            "title" | "date" => return None,
            "author" => self.authors.push(value),
            "absent" => self.absent.push(value),
            "any" => self.any.push(value),
            _ => match key.strip_prefix("removed ") {
                Some(reason) => self.removed.push((word(reason)?, value)),
                None => self.blocks.push((word(key)?, value)),
            },
        }
        Some(())
    }
}

/// `2024-10-14`
fn is_day(text: &str) -> bool {
    let shape = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_read() {
        let text = "# trap: none\n\ntitle: عنوان: فرعي\nauthor: هدى\ndate: 2024-10-14\nparagraph: نص\ncaption: صورة\n\
                    removed read_also: اقرأ أيضاً\nabsent: الأكثر قراءة\nany: 14:35\n";
        let expect = Expect::parse(text).unwrap();
        assert_eq!(expect.title.as_deref(), Some("عنوان: فرعي"));
        assert_eq!(expect.blocks, [(BlockKind::Paragraph, "نص".to_owned()), (BlockKind::Caption, "صورة".to_owned())]);
        assert_eq!(expect.removed, [(RemovalReason::ReadAlso, "اقرأ أيضاً".to_owned())]);
        assert_eq!((expect.absent.len(), expect.any.len(), expect.authors.len()), (1, 1, 1));
    }

    #[test]
    fn mistakes_are_named() {
        for line in ["poem: x", "removed boring: x", "date: 14.10.2024", "nothing", "author:", "title: a\ntitle: b"] {
            assert!(Expect::parse(&format!("paragraph: x\n{line}\n")).unwrap_err().starts_with("line "), "{line}");
        }
        assert_eq!(Expect::parse("title: x\n"), Err("no block".to_owned()));
    }
}

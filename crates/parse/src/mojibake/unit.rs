//! The units that are judged alone: a line, a block of a page, the value of an attribute, a string inside a script.

use std::ops::Range;

use memchr::{memchr2, memchr3};

/// Longest unit, in bytes; longer ones are cut at a space, so that no unit costs much memory.
const MAX_BYTES: usize = 16 << 10;

/// Elements that stand inside a sentence: their tags do not end a unit.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the text.
    Text,
    /// In a tag, or in a script or style sheet.
    Markup,
}

/// A unit: one piece, or several with inline tags between them.
#[derive(Debug)]
pub(super) struct Unit<'p> {
    /// Bytes of the text, in order; none of them empty.
    pub(super) pieces: &'p [Range<usize>],
    pub(super) place: Place,
}

impl Unit<'_> {
    /// The text of the pieces.
    pub(super) fn parts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.pieces.iter().filter_map(|piece| text.get(piece.clone()))
    }
}

/// Bytes of a byte-order mark at the start of `text` that was read as windows-1252; no text starts with "ï»¿".
pub(super) fn misread_mark(text: &str) -> usize {
    const MARK: &str = "ï»¿";
    if text.starts_with(MARK) { MARK.len() } else { 0 }
}

/// Calls `visit` with every unit of `text`. Plain text has no tags, so that only its lines are units. Linear time.
pub(super) fn each(text: &str, visit: impl FnMut(&Unit<'_>)) {
    let mut walk =
        Walk { text, bytes: text.as_bytes(), pieces: Vec::new(), values: Vec::new(), length: 0, visit, tagless: false };
    let mut at = misread_mark(text);
    while at < text.len() {
        at = walk.text_from(at);
    }
    walk.end_unit();
}

struct Walk<'t, F> {
    text: &'t str,
    bytes: &'t [u8],
    /// Of the unit in the making.
    pieces: Vec<Range<usize>>,
    /// Attribute values of the tag that is being read.
    values: Vec<Range<usize>>,
    /// Bytes in the pieces.
    length: usize,
    visit: F,
    /// A tag that never ends: from here on there are none.
    tagless: bool,
}

impl<F: FnMut(&Unit<'_>)> Walk<'_, F> {
    /// Takes text from `start` to behind the next line end or tag; returns where to go on.
    fn text_from(&mut self, start: usize) -> usize {
        let mut from = start;
        loop {
            let found = self.bytes.get(from..).and_then(|rest| memchr2(b'\n', b'<', rest)).map(|found| from + found);
            let Some(at) = found else {
                self.piece(start..self.text.len());
                return self.text.len();
            };
            if self.bytes.get(at) == Some(&b'\n') {
                self.piece(start..at);
                self.end_unit();
                return at + 1;
            }
            let Some(tag) = self.tag(at) else {
                from = at + 1;
                continue;
            };
            self.piece(start..at);
            if !INLINE.contains(&tag.name.as_str()) {
                self.end_unit();
            }
            let raw = !tag.closes && (tag.name == "script" || tag.name == "style");
            return if raw { self.raw_from(tag.end, &tag.name) } else { tag.end };
        }
    }

    fn piece(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if self.length > 0 && self.length + range.len() > MAX_BYTES {
            self.end_unit();
        }
        let mut start = range.start;
        while range.end - start > MAX_BYTES {
            let cut = self.cut(start + MAX_BYTES);
            self.pieces.push(start..cut);
            self.end_unit();
            start = cut;
        }
        self.length += range.end - start;
        self.pieces.push(start..range.end);
    }

    /// The last space before `end`, if it is not far, else the last edge of a character.
    fn cut(&self, end: usize) -> usize {
        let near = self.bytes.get(end - MAX_BYTES / 4..end).unwrap_or_default();
        match near.iter().rposition(|byte| *byte == b' ') {
            Some(space) => end - near.len() + space + 1,
            None => (0..end).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(end),
        }
    }

    fn end_unit(&mut self) {
        if !self.pieces.is_empty() {
            (self.visit)(&Unit { pieces: &self.pieces, place: Place::Text });
            self.pieces.clear();
            self.length = 0;
        }
    }

    /// The tag, comment or declaration at `at`; its attribute values become units. `None` if there is none.
    fn tag(&mut self, at: usize) -> Option<Tag> {
        let rest = self.bytes.get(at + 1..)?;
        let closes = rest.first() == Some(&b'/');
        let name_at = at + 1 + usize::from(closes);
        match self.bytes.get(name_at)? {
            // What a comment holds is judged like text.
            b'!' if rest.starts_with(b"!--") => return Some(Tag { name: String::new(), closes, end: at + 4 }),
            b'!' | b'?' => return Some(Tag { name: String::new(), closes, end: name_at + 1 }),
            letter if letter.is_ascii_alphabetic() && !self.tagless => {}
            _ => return None,
        }
        let letters = self.bytes.get(name_at..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).take(16);
        let name: String = letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        let mut from = name_at + name.len();
        // They are values only once the tag has its end; without one they are text.
        let mut values = std::mem::take(&mut self.values);
        values.clear();
        let end = loop {
            let found = self.bytes.get(from..).and_then(|rest| memchr3(b'>', b'"', b'\'', rest));
            let Some(found) = found.map(|found| from + found) else {
                self.tagless = true;
                return None;
            };
            from = found + 1;
            let Some(&quote @ (b'"' | b'\'')) = self.bytes.get(found) else { break from };
            // Only a quote behind an equals sign opens a value.
            let before = self.bytes.get(..found).unwrap_or_default().trim_ascii_end();
            if before.last() != Some(&b'=') {
                continue;
            }
            let Some(length) = self.bytes.get(from..).and_then(|rest| memchr::memchr(quote, rest)) else {
                self.tagless = true;
                return None;
            };
            values.push(from..from + length);
            from += length + 1;
        };
        values.iter().for_each(|value| self.markup(value.clone()));
        self.values = values;
        Some(Tag { name, closes, end })
    }

    /// Takes strings and lines of a script or style sheet; returns where its end tag starts.
    fn raw_from(&mut self, start: usize, name: &str) -> usize {
        let (mut from, mut at) = (start, start);
        while let Some(found) = self.bytes.get(at..).and_then(|rest| memchr3(b'"', b'\n', b'<', rest)) {
            let found = at + found;
            at = found + 1;
            let rest = self.bytes.get(found..).unwrap_or_default();
            let ends = match rest.first() {
                Some(b'<') => {
                    let tag = rest.get(2..2 + name.len()).unwrap_or_default();
                    rest.get(1) == Some(&b'/') && tag.eq_ignore_ascii_case(name.as_bytes())
                }
                // An escaped quote does not end a string.
                Some(b'"') if self.bytes.get(found.wrapping_sub(1)) == Some(&b'\\') => continue,
                _ => false,
            };
            if ends || rest.first() != Some(&b'<') {
                self.markup(from..found);
                from = at;
            }
            if ends {
                return found;
            }
        }
        self.markup(from..self.text.len());
        self.text.len()
    }

    fn markup(&mut self, range: Range<usize>) {
        if self.bytes.get(range.clone()).is_none_or(<[u8]>::is_ascii) {
            return;
        }
        let mut start = range.start;
        while start < range.end {
            let end = if range.end - start > MAX_BYTES { self.cut(start + MAX_BYTES) } else { range.end };
            (self.visit)(&Unit { pieces: std::slice::from_ref(&(start..end)), place: Place::Markup });
            start = end;
        }
    }
}

/// A tag of which the name matters.
struct Tag {
    /// In lower case, cut at 16 letters; empty for a comment or declaration.
    name: String,
    closes: bool,
    /// Where the text goes on.
    end: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        let mut units = Vec::new();
        each(text, |unit| {
            let pieces: Vec<&str> = unit.pieces.iter().filter_map(|piece| text.get(piece.clone())).collect();
            let place = if unit.place == Place::Text { "" } else { "@" };
            units.push(format!("{place}{}", pieces.join("|")));
        });
        units
    }

    #[test]
    fn lines_blocks_values_and_strings_are_units() {
        assert_eq!(units("سطر\nسطر آخر\n\n3 < 4"), ["سطر", "سطر آخر", "3 < 4"]);
        assert_eq!(
            units("<p class=x title=\"عنوان\">نص <b>غامق</b> هنا</p><p>آخر</p>"),
            ["@عنوان", "نص |غامق| هنا", "آخر"]
        );
        assert_eq!(
            units("<script>{\"a\":\"خبر \\\"عاجل\\\" اليوم\",\n\"b\":\"ب\"}</SCRIPT>نص"),
            ["@خبر \\\"عاجل\\\" اليوم", "@ب", "نص"]
        );
        assert_eq!(units("<!-- تعليق -->نص<a title='x"), [" تعليق -->نص<a title='x"]);
        // A tag that never ends is text, and its values are no units of their own.
        assert_eq!(units("<a title='عنوان' id='x"), ["<a title='عنوان' id='x"]);
    }

    #[test]
    fn long_lines_are_cut_at_spaces() {
        let long = "كلمات ".repeat(5000);
        let units = units(&long);
        assert!(units.len() > 2 && units.iter().all(|unit| unit.len() <= MAX_BYTES));
        assert!(units.iter().all(|unit| unit.ends_with(' ')));
        assert_eq!(units.concat(), long);
        let solid = "ك".repeat(20_000);
        assert_eq!(super::tests::units(&solid).concat(), solid);
    }

    #[test]
    fn tags_without_an_end_take_linear_time() {
        let soup = "<a href=\"x ".repeat(200_000);
        assert!(units(&soup).len() > 1);
        assert!(!units(&"<b ='".repeat(200_000)).is_empty());
    }
}

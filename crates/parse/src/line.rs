//! A line of a scrape, or a block of a page, with what can be measured of it.

use std::ops::Range;

use khabar_model::BlockKind;
use khabar_text::Script;

/// One line that may be a block of the article.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Trimmed, without a newline.
    pub(crate) text: String,
    /// Where it lies in the text that it was taken from (bytes), trimmed likewise.
    pub(crate) source: Range<usize>,
    /// What the markup says that it is; plain text says nothing.
    pub(crate) marked: Option<BlockKind>,
    /// Share of its letters inside of links, 0 to 1.
    pub(crate) link_share: f32,
    /// Its fold key.
    pub(crate) key: String,
    /// Characters.
    pub(crate) chars: usize,
    /// Letters.
    pub(crate) letters: usize,
    /// Words of the key.
    pub(crate) words: usize,
    /// True if it ends as a sentence does.
    pub(crate) ends_sentence: bool,
    /// Script of most letters.
    pub(crate) script: Script,
}

impl Line {
    pub(crate) fn new(text: &str, source: Range<usize>, marked: Option<BlockKind>, link_share: f32) -> Self {
        let key = khabar_text::fold(text);
        let words = key.split(' ').filter(|word| word.chars().any(khabar_text::is_alphanumeric)).count();
        let (mut chars, mut letters, mut arabic, mut latin) = (0, 0, 0, 0);
        let mut other = None;
        for char in text.chars() {
            chars += 1;
            if is_letter(char) {
                letters += 1;
                match khabar_text::script_of(char) {
                    Script::Arabic => arabic += 1,
                    Script::Latin => latin += 1,
                    script => other = Some(script),
                }
            }
        }
        let rest = letters - arabic - latin;
        let script = match other {
            Some(script) if rest > arabic && rest > latin => script,
            _ if arabic >= latin && arabic > 0 => Script::Arabic,
            _ if latin > 0 => Script::Latin,
            _ => Script::Common,
        };
        let ends_sentence = ends_sentence(text);
        Self { text: text.to_owned(), source, marked, link_share, key, chars, letters, words, ends_sentence, script }
    }

    /// True for what can only be running text: long, or a sentence of some length.
    pub(crate) fn is_paragraph(&self) -> bool {
        self.link_share < 0.5 && (self.letters >= 160 || self.letters >= 60 && self.ends_sentence)
    }

    /// The item's text without its marker, if the line is a list item.
    pub(crate) fn is_list_item(&self) -> bool {
        let text = self.text.as_str();
        if text.starts_with(['•', '▪', '◦', '●', '■', '✓', '►']) || text.starts_with("- ") || text.starts_with("* ")
        {
            return true;
        }
        let digits = text.trim_start_matches(|char: char| char.is_numeric());
        let count = text.len() - digits.len();
        // "1. ", "۲) ", "٣- ": but not a sentence that opens with a number or a date.
        (1..=6).contains(&count) && [". ", ") ", "- ", ".\t"].iter().any(|mark| digits.starts_with(mark))
    }
}

/// As `char::is_alphabetic`, with the common ones answered without a table.
fn is_letter(char: char) -> bool {
    let digit = matches!(char, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}');
    let rare = !matches!(char, '\0'..='\u{6ff}' | '\u{3041}'..='\u{d7a3}');
    khabar_text::is_alphanumeric(char) && !digit && !(rare && char.is_numeric())
}

/// True if a line ends with a full stop, a question mark or the like, closing quotes and brackets aside.
fn ends_sentence(text: &str) -> bool {
    let closing = |char: char| char.is_whitespace() || "\"'»”’›)]}".contains(char);
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '؟', '۔', '…', ':', '؛', '。', '！', '？', '।'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::new(text, 0..text.len(), None, 0.0)
    }

    #[test]
    fn lines_are_measured_in_letters_and_script() {
        assert_eq!(line("North Korea’s leader").script, Script::Latin);
        assert_eq!(line("شبكة CNN الإخبارية").script, Script::Arabic);
        assert!(line("وقال: «سنعود غداً.»").ends_sentence);
        assert!(!line("قمة طارئة في جدة").ends_sentence);
    }

    #[test]
    fn list_items_are_told_from_dates() {
        assert!(line("1. التعاون العسكري: تستفيد").is_list_item());
        assert!(line("۲) افزایش صادرات").is_list_item());
        assert!(line("• بند أول").is_list_item());
        assert!(!line("14 أكتوبر 2024").is_list_item());
        assert!(!line("13.5 مليون دولار").is_list_item());
    }
}

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
    /// Letters; one of a script that writes without spaces counts for [`DENSE`].
    pub(crate) letters: usize,
    /// Words of the key.
    pub(crate) words: usize,
    /// True if it ends as a sentence does, a colon, a semicolon and an ellipsis among the signs.
    pub(crate) ends_sentence: bool,
    /// True if it ends as a sentence that is over: full stop, question or exclamation mark.
    pub(crate) stops: bool,
    /// True if a mark in this line closes the article.
    pub(crate) closes: bool,
    /// Script of most letters.
    pub(crate) script: Script,
}

impl Line {
    pub(crate) fn new(text: &str, source: Range<usize>, marked: Option<BlockKind>, link_share: f32) -> Self {
        let key = khabar_text::fold(text);
        let words = count_words(&key);
        let (chars, letters, script) = measure(text);
        Self {
            text: text.to_owned(),
            source,
            marked,
            link_share,
            key,
            chars,
            letters,
            words,
            ends_sentence: ends_sentence(text),
            stops: stops(text),
            closes: false,
            script,
        }
    }

    /// True for what can only be running text: long, or a sentence of some length.
    pub(crate) fn is_paragraph(&self) -> bool {
        self.link_share < 0.5 && (self.letters >= 160 || self.letters >= 60 && self.ends_sentence)
    }

    /// True for what reads as a headline of another article: some words, letters for the most part, no full stop.
    pub(crate) fn is_link_title(&self) -> bool {
        !self.is_marked_text()
            && self.words >= 3
            && (15..=180).contains(&(self.chars.max(self.letters)))
            && self.letters * 5 >= self.chars * 3
            && (!self.ends_sentence || self.text.ends_with(['؟', '?', '!', '…', '？', '！']) || self.text.ends_with(".."))
            // On a page a title of another article is a link.
            && (self.marked.is_none() || self.link_share >= 0.5)
    }

    /// True for what markup calls a quote, a table or a caption.
    pub(crate) fn is_marked_text(&self) -> bool {
        matches!(self.marked, Some(BlockKind::Quote | BlockKind::Table | BlockKind::Caption))
    }

    /// True if the line is a list item, by its marker.
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

/// What a letter of a script without spaces weighs against one of an alphabet.
const DENSE: usize = 3;

/// True for letters of scripts that write without spaces and say more with each: Chinese, Japanese, Korean.
pub(crate) fn is_dense(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters, letters (weighted) and the script of most letters.
fn measure(text: &str) -> (usize, usize, Script) {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
        return (text.len(), letters, if letters > 0 { Script::Latin } else { Script::Common });
    }
    let (mut chars, mut letters, mut arabic, mut latin) = (0, 0, 0, 0);
    let mut other = None;
    for char in text.chars() {
        chars += 1;
        if is_letter(char) {
            let weight = if is_dense(char) { DENSE } else { 1 };
            letters += weight;
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
    (chars, letters, script)
}

/// Words of a fold key, which are what stands between spaces and has a letter or a digit; two ideographs count for one.
pub(crate) fn count_words(key: &str) -> usize {
    let (mut words, mut in_word) = (0, false);
    for char in key.chars() {
        let counts = !in_word && khabar_text::is_alphanumeric(char);
        words += usize::from(counts);
        in_word = (in_word || counts) && char != ' ';
    }
    // First bytes of the planes where such scripts lie.
    let dense = key.bytes().any(|byte| (0xe3..=0xed).contains(&byte));
    if dense { words.max(key.chars().filter(|char| is_dense(*char)).count() / 2) } else { words }
}

/// As `char::is_alphabetic`, with the common ones answered without a table.
fn is_letter(char: char) -> bool {
    let digit = matches!(char, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}');
    let rare = !matches!(char, '\0'..='\u{6ff}' | '\u{3041}'..='\u{d7a3}');
    khabar_text::is_alphanumeric(char) && !digit && !(rare && char.is_numeric())
}

/// A line without the quotes and brackets that close it.
fn unclosed(text: &str) -> &str {
    text.trim_end_matches(|char: char| char.is_whitespace() || "\"'»”’›)]}」』".contains(char))
}

/// True if a line ends with a full stop, a question mark or the like, closing quotes and brackets aside.
fn ends_sentence(text: &str) -> bool {
    unclosed(text).ends_with(['.', '!', '?', '؟', '۔', '…', ':', '؛', '。', '！', '？', '।', '：'])
}

/// True if a line ends with a full stop, a question or an exclamation mark: "..." goes on elsewhere.
pub(crate) fn stops(text: &str) -> bool {
    full_stop(text) || unclosed(text).ends_with(['!', '?', '؟', '！', '？'])
}

/// True if a line ends with one full stop.
pub(crate) fn full_stop(text: &str) -> bool {
    let text = unclosed(text);
    text.ends_with(['.', '۔', '。', '।']) && !text.ends_with("..")
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

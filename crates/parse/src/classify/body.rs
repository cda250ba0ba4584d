//! The lines that stay: lead, headings, captions, list items, paragraphs.

use khabar_model::BlockKind;

use super::caption::is_caption;
use super::{DATE_LINE_REACH, Sorter};
use crate::line::Line;

impl Sorter<'_, '_> {
    /// What is left is the article: lead, headings, captions, list items, paragraphs.
    pub(super) fn name_body(&mut self) {
        let lines = self.lines;
        let mut led = self.title.is_none() && self.policy.title.is_none();
        for (nth, line) in lines.iter().enumerate() {
            if !self.is_open(nth) {
                continue;
            }
            let kind = match line.marked {
                Some(kind) => kind,
                None if self.is_labelled_caption(nth) || is_caption(line) => BlockKind::Caption,
                None if line.is_list_item() => BlockKind::ListItem,
                None if self.is_picture_text(nth, line) => BlockKind::Caption,
                None if self.is_heading(nth, line) => BlockKind::Heading,
                None => BlockKind::Paragraph,
            };
            let lead = kind == BlockKind::Paragraph && !led && line.letters >= 30;
            led |= matches!(kind, BlockKind::Lead) || lead;
            self.keep(nth, if lead && line.marked.is_none() { BlockKind::Lead } else { kind });
        }
    }

    /// A short line without a full stop above a longer paragraph.
    pub(super) fn is_heading(&self, nth: usize, line: &Line) -> bool {
        let longer = self.stands_above_text(nth, line);
        let question = line.text.ends_with(['؟', '?']);
        line.words >= 2
            && line.chars <= 120
            && (!line.ends_sentence || question && line.chars <= 80)
            && longer
            && line.letters > 6
            && !line.text.contains(['«', '"', '“'])
    }

    /// True if the next open line is a longer one, and long enough for text.
    pub(super) fn stands_above_text(&self, nth: usize, line: &Line) -> bool {
        let next =
            (nth + 1..self.lines.len()).find(|below| self.is_open(*below)).and_then(|below| self.lines.get(below));
        next.is_some_and(|next| next.letters >= 60 && next.letters > line.letters)
    }

    /// Among the first lines, what looks like a heading and has no word of the title is the text of the main picture; a
    /// second headline says the title again in other words.
    pub(super) fn is_picture_text(&self, nth: usize, line: &Line) -> bool {
        let Some(title) = self.title.and_then(|title| self.lines.get(title)) else { return false };
        let stem = |word: &str| word.trim_start_matches("ال").chars().take(5).collect::<String>();
        let content = |word: &&str| word.chars().count() >= 4;
        let of_title: Vec<String> = title.key.split(' ').filter(content).map(stem).collect();
        let shared = line.key.split(' ').filter(content).filter(|word| of_title.contains(&stem(word))).count();
        let short = line.words >= 6 && line.chars <= 140 && !line.ends_sentence;
        nth < DATE_LINE_REACH && short && shared <= 1 && self.stands_above_text(nth, line) && self.opens_picture(nth)
    }

    /// Above the text, or between a standfirst and the dateline that opens the text.
    fn opens_picture(&self, nth: usize) -> bool {
        let opens = |line: &Line| crate::dateline::opening(&line.text).is_some();
        self.first_paragraph.is_none_or(|first| nth < first)
            || self.lines.get(nth + 1).is_some_and(opens)
                && self.lines.get(..nth).is_some_and(|above| !above.iter().any(opens))
    }
}

//! What stands above and around the title: the section, the date, the title itself, a picture's text.

use khabar_model::{BlockKind, DateValue, RemovalReason};

use super::caption::ends_with_picture_note;
use super::lifted::date_line;
use super::{DATE_LINE_REACH, Sorter};

/// What stands between the parts of a breadcrumb.
const TRAIL: [char; 6] = ['»', '/', '>', '|', '›', '«'];
/// Characters of a section's name.
const MAX_SECTION: usize = 32;

/// The section that a breadcrumb names: its last part, unless that is long enough for a headline; never the first, which
/// is the home page.
pub(super) fn section_of_trail(text: &str) -> Option<&str> {
    let parts: Vec<&str> = text.split(TRAIL).map(str::trim).filter(|part| !part.is_empty()).collect();
    let named = |part: &&str| part.chars().count() <= MAX_SECTION && part.split_whitespace().count() <= 4;
    // More parts are a menu.
    let below_home = parts.get(1..).filter(|below| below.len() <= 3)?;
    below_home.iter().rev().copied().find(named)
}

impl Sorter<'_, '_> {
    /// Above and around the title: section, title, date line, captions, bylines.
    pub(super) fn name_head(&mut self) {
        let lines = self.lines;
        let end = self.first_paragraph.unwrap_or(lines.len()).min(12);
        let paged = lines.iter().any(|line| line.marked.is_some());
        if self.policy.boilerplate {
            self.cut_section(end, paged);
            // The date stands above the text or right under the lead; further down, or one of several, it is a timeline's.
            let reach = lines.iter().enumerate().take(end.max(DATE_LINE_REACH)).filter(|(nth, _)| self.is_open(*nth));
            let dates: Vec<(usize, DateValue)> =
                reach.filter_map(|(nth, line)| Some((nth, date_line(line)?))).collect();
            if let [(nth, value)] = dates.as_slice() {
                self.note_date(value.clone());
                self.cut(*nth, RemovalReason::Metadata, "date_line");
            }
        }
        match self.policy.title {
            Some(title) => {
                let key = khabar_text::fold(title);
                self.title = lines
                    .iter()
                    .enumerate()
                    .take(6)
                    .find(|(nth, line)| self.is_open(*nth) && line.key == key)
                    .map(|(nth, _)| nth);
            }
            None if !paged => self.title = self.find_title(),
            None => {}
        }
        if let Some(title) = self.title {
            self.keep(title, BlockKind::Title);
        }
        for (nth, line) in lines.iter().enumerate().take(end) {
            let foreign = line.script != self.script && line.words >= 4 && self.title.is_some_and(|title| nth < title);
            let archive = self.title.is_some_and(|title| nth > title)
                && line.marked.is_none()
                && !line.ends_sentence
                && ends_with_picture_note(line);
            if self.is_open(nth) && (foreign || archive) {
                self.keep(nth, BlockKind::Caption);
            }
        }
    }

    /// "الدفاع والأمن" above the title: a few words, no sentence, and a real title below.
    pub(super) fn cut_section(&mut self, end: usize, paged: bool) {
        let lines = self.lines;
        let open: Vec<usize> = (0..end).filter(|nth| self.is_open(*nth)).take(2).collect();
        let [first, second] = open.as_slice() else { return };
        let (Some(section), Some(below)) = (lines.get(*first), lines.get(*second)) else { return };
        let short =
            section.words <= 4 && section.chars <= MAX_SECTION && !section.ends_sentence && section.letters >= 3;
        let titled = below.words >= 5 && below.chars >= 25 && !below.is_paragraph()
            || self.policy.title.is_some_and(|title| khabar_text::fold(title) == below.key);
        if !paged
            && short
            && titled
            && date_line(section).is_none()
            && date_line(below).is_none()
            && section.script == self.script
        {
            self.lifted.section = Some(section_of_trail(&section.text).unwrap_or(&section.text).to_owned());
            let trail = section.text.contains(TRAIL);
            let reason = if trail { RemovalReason::Navigation } else { RemovalReason::Metadata };
            self.cut(*first, reason, "section_line");
        }
    }

    /// The first open line, if it reads as a headline does.
    pub(super) fn find_title(&self) -> Option<usize> {
        let lines = self.lines;
        let mut open = (0..lines.len()).filter(|nth| self.is_open(*nth));
        let first = open.next()?;
        let second = open.next();
        let reads_as_title = |nth: usize| {
            let Some(line) = lines.get(nth) else { return false };
            let stop = line.text.trim_end_matches(['"', '»', '”', ' ']).ends_with(['.', '۔', '؛', '،', ':']);
            let below = lines.get(nth + 1).map_or(0, |next| next.letters);
            let short = line.chars <= 160 || line.chars <= 240 && !line.ends_sentence && below > line.letters;
            line.letters >= 4
                && short
                && (!stop || line.chars <= 100 && below * 2 > line.letters * 3)
                && !line.is_list_item()
                && crate::dateline::opening(&line.text).is_none()
        };
        // A picture's text in another script may stand above the headline.
        let foreign = lines.get(first).is_some_and(|line| line.script != self.script);
        match second {
            Some(second)
                if foreign
                    && reads_as_title(second)
                    && lines.get(second).is_some_and(|line| line.script == self.script) =>
            {
                Some(second)
            }
            _ if second.is_some() && reads_as_title(first) => Some(first),
            _ => None,
        }
    }
}

//! What is said a second time: the title again, a template's line.

use khabar_model::RemovalReason;

use super::{DATE_LINE_REACH, Sorter};

impl Sorter<'_, '_> {
    /// A long line that stands twice is a template's, or the lead again; the title again below itself is the page's.
    pub(super) fn cut_repeated(&mut self) {
        let mut seen: std::collections::HashSet<&str> = std::collections::HashSet::new();
        if let Some(title) = self.policy.title {
            let key = khabar_text::fold(title);
            let lines = self.lines;
            let repeats = lines.iter().enumerate().take(6).filter(|(_, line)| line.key == key);
            for (nth, _) in repeats.skip(1).collect::<Vec<_>>() {
                self.cut(nth, RemovalReason::DuplicateLine, "title_again");
            }
        }
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate() {
            // A refrain, a repeated question or a score is text; a paragraph is not said twice.
            let template = line.letters >= 60 || nth < DATE_LINE_REACH && line.chars >= 25;
            if self.is_open(nth) && template && !seen.insert(line.key.as_str()) {
                self.cut(nth, RemovalReason::DuplicateLine, "line_again");
            }
        }
    }
}

//! What follows a cue or the last paragraph, and goes with it.

use khabar_model::RemovalReason;

use super::Sorter;
use super::lifted::date_line;
use crate::agency;
use crate::cue::Cues;
use crate::line::Line;

impl Sorter<'_, '_> {
    /// Everything from `from` on, each line for its own reason where it has one.
    pub(super) fn cut_rest(&mut self, from: usize, reason: RemovalReason, rule: &str, hard: bool) {
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate().skip(from) {
            if let Some(hit) = Cues::embedded().hits(&line.key, line.chars).into_iter().find(|hit| hit.rule.tail) {
                self.lift(line, &hit);
                self.cut(nth, hit.rule.reason, &hit.rule.id);
            } else if let Some(value) = date_line(line) {
                self.note_date(value);
                self.cut(nth, RemovalReason::Metadata, "date_line");
            } else if hard {
                self.cut(nth, RemovalReason::Other, rule);
            } else {
                self.cut(nth, reason, rule);
            }
        }
    }

    /// The link titles under a bare "read also": short lines that end in no full stop, at most three, and not the last
    /// words before the text goes on only if they look like a title.
    pub(super) fn cut_link_titles(&mut self, from: usize, reason: RemovalReason, rule: &str) {
        let lines = self.lines;
        let list = lines.get(from).is_some_and(Line::is_list_item);
        for (nth, line) in lines.iter().enumerate().skip(from).take(if list { 6 } else { 1 }) {
            let title = line.chars <= 160
                && (!line.ends_sentence || line.text.ends_with(['؟', '?', '!', '…']))
                && (!list || line.is_list_item());
            if !title || !self.is_open(nth) {
                break;
            }
            self.cut(nth, reason, rule);
        }
    }

    /// After the last paragraph: agencies, dates, and short lines that stand behind cut ones.
    pub(super) fn cut_tail_leftovers(&mut self) {
        let Some(last) = self.last_paragraph else { return };
        let lines = self.lines;
        let mut behind_cut = false;
        for (nth, line) in lines.iter().enumerate().skip(last + 1) {
            if !self.is_open(nth) {
                behind_cut = true;
                continue;
            }
            let bare = line.text.trim_matches(|char: char| char.is_whitespace() || "()[]*".contains(char));
            let agencies = agency::names_in(bare);
            if !agencies.is_empty() && line.words <= 8 {
                self.lifted.agencies.extend(agencies.iter().map(|name| (*name).to_owned()));
                self.cut(nth, RemovalReason::SourceCredit, "agency_line");
            } else if let Some(value) = date_line(line) {
                self.note_date(value);
                self.cut(nth, RemovalReason::Metadata, "date_line");
            } else if behind_cut && line.letters < 60 && !line.ends_sentence && line.marked.is_none() {
                let next_is_text = lines.get(nth + 1).is_some_and(|next| self.is_open(nth + 1) && next.letters >= 60);
                if !next_is_text {
                    self.cut(nth, RemovalReason::Other, "tail_leftover");
                }
            }
        }
    }
}

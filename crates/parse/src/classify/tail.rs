//! What follows a cue or the last paragraph, and goes with it.

use khabar_model::RemovalReason;

use super::Sorter;
use super::lifted::date_line;
use crate::cue::{Action, CueRule};
use crate::line::Line;

/// Most link titles below one cue.
const MAX_TITLES: usize = 8;
/// Most lines of tags below their label.
const MAX_TAGS: usize = 20;
/// Longest line, in characters, of a menu, a comment's author, a tag.
const SHORT: usize = 60;

impl Sorter<'_, '_> {
    /// First pass: marks after which there is no article, and boxes that run to the end.
    pub(super) fn cut_ends(&mut self) {
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate() {
            if !self.is_open(nth) {
                continue;
            }
            if line.closes && self.closes(nth + 1) {
                self.cut_rest(nth + 1, lines.len(), RemovalReason::Other, "B106");
            }
            let hit = self.hit(nth).filter(|hit| matches!(hit.rule.action, Action::End | Action::ToEnd));
            let Some(hit) = hit else { continue };
            self.cut_line(nth, &hit);
            if self.closes(nth) {
                let until = self.end_of(nth + 1, hit.rule);
                let reason = if hit.rule.action == Action::End { RemovalReason::Other } else { hit.rule.reason };
                self.cut_rest(nth + 1, until, reason, &hit.rule.id);
            }
        }
    }

    /// How far a cut to the end may go: as far as what follows really looks like what the cue announces.
    fn end_of(&self, from: usize, rule: &CueRule) -> usize {
        let all = self.lines.len();
        if rule.action == Action::End || rule.reason == RemovalReason::Comments && self.reads_as_comments(from) {
            return all;
        }
        let until = (from..all).find(|nth| self.is_running_text(*nth)).unwrap_or(all);
        let plain: Vec<&Line> =
            (from..until).filter(|nth| !self.is_said_boilerplate(*nth)).filter_map(|nth| self.lines.get(nth)).collect();
        let fitting = match rule.reason {
            RemovalReason::Related | RemovalReason::ReadAlso => {
                plain.iter().filter(|line| line.is_link_title()).count()
            }
            _ => plain.iter().filter(|line| line.chars <= SHORT && !line.stops || line.is_link_title()).count(),
        };
        if fitting * 2 >= plain.len() { until } else { from }
    }

    /// True for what only an article, or a comment, says.
    fn is_running_text(&self, nth: usize) -> bool {
        let Some(line) = self.lines.get(nth) else { return false };
        let sentence = line.stops && line.words > 5 && line.link_share < 0.5;
        (line.is_paragraph() || sentence || line.is_marked_text()) && !self.is_said_boilerplate(nth)
    }

    /// True for lines that are boilerplate by their own words, or a date.
    fn is_said_boilerplate(&self, nth: usize) -> bool {
        let said =
            self.hits.get(nth).is_some_and(|hits| hits.iter().any(|hit| hit.rule.cuts() && hit.rule.places.tail));
        !self.is_open(nth) || said || self.lines.get(nth).is_some_and(|line| date_line(line).is_some())
    }

    /// True if what follows alternates as comments do: a name, a date or a button for every text.
    fn reads_as_comments(&self, from: usize) -> bool {
        let rest = || self.lines.iter().skip(from);
        let texts = rest().filter(|line| line.is_paragraph()).count();
        let short = rest().filter(|line| line.chars <= SHORT && line.words <= 6 && !line.stops).count();
        texts > 0 && short >= texts
    }

    /// The link titles under a bare "read also": one, or a run of them. The last of a run may be the heading of what
    /// comes next, if it is much shorter than the others.
    pub(super) fn cut_link_titles(&mut self, from: usize, reason: RemovalReason, rule: &str) {
        let lines = self.lines;
        let run = lines.iter().enumerate().skip(from).take(MAX_TITLES);
        let mut run: Vec<usize> = run
            .take_while(|(nth, line)| self.is_open(*nth) && self.hit(*nth).is_none() && line.is_link_title())
            .map(|(nth, _)| nth)
            .collect();
        let list = lines.get(from).is_some_and(Line::is_list_item);
        if list {
            run.retain(|nth| lines.get(*nth).is_some_and(Line::is_list_item));
        } else if let Some((last, others)) = run.split_last().filter(|(_, others)| !others.is_empty()) {
            let chars = |nth: &usize| lines.get(*nth).map_or(0, |line| line.chars);
            let mean = others.iter().map(chars).sum::<usize>() / others.len();
            if chars(last) * 5 < mean * 3 && self.is_running_text(last + 1) {
                run.pop();
            }
        }
        for nth in run {
            self.cut(nth, reason, rule);
        }
    }

    /// The tags below a bare label, one a line.
    pub(super) fn cut_tags(&mut self, from: usize, rule: &str) {
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate().skip(from).take(MAX_TAGS) {
            let tag = line.chars <= SHORT && line.words <= 5 && !line.ends_sentence;
            if !tag || !self.is_open(nth) || self.hit(nth).is_some() {
                break;
            }
            self.lifted.tags.extend(crate::credit::tags(&line.text));
            self.cut(nth, RemovalReason::Tags, rule);
        }
    }

    /// The name, the people or the date below a bare label.
    pub(super) fn cut_value(&mut self, nth: usize, rule: &CueRule) {
        let Some(line) = self.lines.get(nth).filter(|line| line.chars <= SHORT && !line.stops) else { return };
        if !self.is_open(nth) || self.hit(nth).is_some() {
            return;
        }
        let fits = match rule.action {
            Action::Credit => crate::agency::is_byline(&line.text) || line.words <= 4 && self.is_last(nth),
            Action::Byline => !crate::credit::people_alone(&line.text).is_empty(),
            Action::Published | Action::Modified => date_line(line).is_some(),
            _ => false,
        };
        if fits {
            self.lift(&line.text, rule);
            self.cut(nth, rule.reason, &rule.id);
        }
    }

    /// The lines up to `until`, each for its own reason where it has one.
    pub(super) fn cut_rest(&mut self, from: usize, until: usize, reason: RemovalReason, rule: &str) {
        let lines = self.lines;
        for (nth, line) in lines.iter().enumerate().take(until).skip(from) {
            let hits = self.hits.get(nth).cloned().unwrap_or_default();
            if let Some(hit) = hits.into_iter().find(|hit| hit.rule.cuts() && hit.rule.places.tail) {
                self.cut_line(nth, &hit);
            } else if let Some(value) = date_line(line) {
                self.note_date(value);
                self.cut(nth, RemovalReason::Metadata, "date_line");
            } else {
                self.cut(nth, reason, rule);
            }
        }
    }

    /// After the last paragraph: dates, and short lines that stand behind cut ones.
    pub(super) fn cut_tail_leftovers(&mut self) {
        let Some(last) = self.last_paragraph else { return };
        let lines = self.lines;
        let mut behind_cut = false;
        for (nth, line) in lines.iter().enumerate().skip(last + 1) {
            if !self.is_open(nth) {
                behind_cut = true;
            } else if let Some(value) = date_line(line) {
                self.note_date(value);
                self.cut(nth, RemovalReason::Metadata, "date_line");
            } else if behind_cut && line.letters < SHORT && !line.ends_sentence && line.marked.is_none() {
                let next_is_text =
                    lines.get(nth + 1).is_some_and(|next| self.is_open(nth + 1) && next.letters >= SHORT);
                if !next_is_text {
                    self.cut(nth, RemovalReason::Other, "tail_leftover");
                }
            }
        }
    }
}

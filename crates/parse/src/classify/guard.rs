//! Whether a cue may be believed: its place in the document and the shape of its line.

use super::Sorter;
use super::lifted::{after_label, first_date};
use super::zone::Zone;
use crate::credit;
use crate::cue::{Action, Hit, Matching};
use crate::line::Line;

impl Sorter<'_, '_> {
    /// Position and shape: a cue in the wrong place is text.
    pub(super) fn believes(&self, nth: usize, line: &Line, hit: &Hit<'_>) -> bool {
        let rule = hit.rule;
        let place = match self.zone(nth) {
            Zone::Head => rule.head,
            Zone::Inline => {
                rule.inline || rule.tail && matches!(rule.action, Action::End | Action::ToEnd) && self.closes(nth)
            }
            Zone::Tail => rule.tail || rule.inline,
            Zone::Any => true,
        };
        // The first line is the title; it may well be "Read more: why" or a question.
        let first_long =
            nth == 0 && line.words >= 5 && rule.matching != Matching::Networks && rule.action != Action::Copyright;
        // "اقرأ أيضا" without a colon, in a sentence with its full stop, is somebody's imperative.
        let sentence = rule.matching == Matching::Start
            && rule.action == Action::DropNext
            && line.ends_sentence
            && line.letters > 80
            && !line.text.contains(':');
        let byline = rule.action != Action::Byline || hit.alone || !credit::people(after_label(line, hit)).is_empty();
        // What a label lifts must be there: a sentence is no credit, and a date line has a date.
        let shape = match rule.action {
            Action::Credit => !(line.ends_sentence && line.words > 5 && first_date(&line.text).is_none()),
            Action::Published | Action::Modified => hit.alone || first_date(&line.text).is_some(),
            Action::Copyright if rule.matching == Matching::Start && rule.id == "K020" => {
                line.text.contains('©') || line.text.chars().any(char::is_numeric)
            }
            _ => true,
        };
        place && !first_long && !sentence && byline && shape
    }
}

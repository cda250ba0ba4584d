//! Whether a cue may be believed where it stands.

use super::Sorter;
use super::zone::Zone;
use crate::cue::{Action, Hit, Matching};
use crate::line::Line;

/// Words from which a first line is a headline, whatever it begins with.
const HEADLINE_WORDS: usize = 5;

impl Sorter<'_, '_> {
    /// A cue in the wrong place is text.
    pub(super) fn believes(&self, nth: usize, line: &Line, hit: &Hit<'_>) -> bool {
        let rule = hit.rule;
        let places = rule.places;
        let ends = matches!(rule.action, Action::End | Action::ToEnd);
        let place = match self.zone(nth) {
            Zone::Head => places.head,
            Zone::Inline => places.inline || places.tail && ends && self.closes(nth),
            Zone::Tail => places.tail || places.inline || places.last && self.is_last(nth),
            Zone::Any => !places.last || self.is_last(nth),
        };
        // The first line is the title; it may well be "Read more: why" or a question.
        let certain = matches!(
            rule.matching,
            Matching::Networks | Matching::Agencies | Matching::Address | Matching::Separator | Matching::Code
        ) || rule.action == Action::Copyright;
        let headline = nth == 0 && line.words >= HEADLINE_WORDS && !certain;
        // With text behind its label it is the text of a picture, and stays.
        let captioned = rule.matching == Matching::Caption && !hit.alone;
        place && !headline && !captioned && rule.cuts()
    }
}

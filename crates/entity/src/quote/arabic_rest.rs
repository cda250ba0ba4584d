//! Arabic: quotations that no verb of their sentence reports.

use khabar_model::VerbClass;

use super::arabic::REACH;
use super::lexicon::{Frame, word};
use super::reader::{Found, Reader, Said, Subject};
use super::words;

/// Fewest words of a quotation that is no name or term.
const FEWEST: usize = 4;

impl Reader<'_> {
    /// Long quotations in the course of what somebody says: «ويضيف وهو يشير إلى الأشجار "…"».
    pub(super) fn read_arabic_rest(&mut self, before: Option<Said>) {
        if self.quotes.is_empty() {
            return;
        }
        let mut told: Vec<(usize, Said)> = self
            .found
            .iter()
            .map(|found| {
                let Found { start, subject, class, verb, carrier, .. } = *found;
                (start, Said { subject, class, verb, carrier })
            })
            .collect();
        told.sort_by_key(|(start, _)| *start);
        for (start, end) in self.sentences.clone() {
            self.arabic_echo(start, end);
            for at in start..end {
                if !self.is_untold(at) {
                    continue;
                }
                let named = at > start && self.is(at - 1, word::NAMING | word::ORG | word::OUTLET);
                // «كوريا الشمالية "تساعد في برنامج سوريا"»: a heading.
                let heading = at > start && at + 1 == self.items.len() && !self.is_ended(at);
                let short = self.words_inside(at) < FEWEST;
                if short || named || heading || self.names_somebody(at) {
                    continue;
                }
                let place = self.first_token(at);
                let verb = (start..at).rev().find_map(|at| self.verb_at(at));
                let verb = verb.filter(|verb| matches!(verb.verb.frame, Frame::Verb | Frame::Part));
                let said = verb.map(|verb| self.said(&verb, Subject::Same, None));
                let last = told.partition_point(|(start, _)| *start < place).checked_sub(1);
                let last = last.and_then(|last| told.get(last)).map(|(_, said)| *said);
                let before = before.map(|said| Said { subject: Subject::Same, ..said });
                if let Some(said) = said.or(last).or(before) {
                    self.speak(at, said);
                }
            }
        }
    }

    /// «"…". بهذه الكلمات لخص رئيس البلدية …»
    fn arabic_echo(&mut self, start: usize, end: usize) {
        if !self.is_one_of(start, &["بهذه", "بهذا"]) || !self.is_one_of(start + 1, &words::ARABIC_SPEECH) {
            return;
        }
        let quoted = (start.saturating_sub(4)..start).rfind(|&at| self.is_untold(at));
        let subject = self.arabic_subject(start + 3, end.min(start + REACH));
        if let Some((quoted, (first, behind))) = quoted.zip(subject) {
            let said = Said { subject: self.named(first, behind), class: VerbClass::Say, verb: None, carrier: None };
            self.speak(quoted, said);
        }
    }
}

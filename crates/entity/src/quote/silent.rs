//! Who is named in a sentence in which nobody speaks.

use super::body::is_particle;
use super::lexicon::word;
use super::reader::{Reader, Subject};
use crate::phrases::Tongue;

impl Reader<'_> {
    /// Somebody who is named at the start of a sentence in which nobody speaks: the pronoun of the next one means them.
    pub(super) fn silent_subject(&self, start: usize, end: usize) -> Option<Subject> {
        let from = self.skip_start(start, end);
        if self.is_topic(from) {
            return None;
        }
        if let Some(subject) = self.persian_silent(from, end) {
            return Some(subject);
        }
        let limit = end.min(from + 10);
        for at in from..limit {
            // "One of the injured women, Courtney Vale, was the first"
            if self.is_comma(at) && at > from + 4 && !self.is_person(at + 1) {
                break;
            }
            let is_name = |at: usize| {
                at < end
                    && self.is_word(at)
                    && !self.is(
                        at,
                        word::PREP
                            | word::TIME
                            | word::START
                            | word::PRONOUN
                            | word::ORG
                            | word::NAMING
                            | word::FILLER
                            | word::EVENT
                            | word::OUTLET,
                    )
                    && self.verb_at(at).is_none()
                    && !(self.tongue == Tongue::Urdu && is_particle(self.raw(at)))
                    && (self.tongue != Tongue::English || self.token(at).is_some_and(|token| token.capital))
            };
            // "President Joe Biden’s administration"
            let owner = self.tongue == Tongue::English
                && (at..limit)
                    .take_while(|&at| self.is_person(at))
                    .any(|at| self.raw(at).ends_with("’s") || self.raw(at).ends_with("'s"));
            if (self.is_person(at) || self.is_known_name(at)) && !owner {
                let behind = (at..end).find(|&place| !self.is_person(place)).unwrap_or(end).max(at + 1);
                return self.phrase(at, behind);
            }
            let role = self.is(at, word::TITLE | word::RANK | word::PERSON | word::OFFICE) && !self.is(at, word::ANON);
            if role
                && is_name(at + 1)
                && !self.is(at + 1, word::ROLE)
                && !self.token(at + 1).is_some_and(|token| token.definite)
            {
                let names = (at + 1..end).take_while(|&place| is_name(place)).take(3).count();
                if names >= 2 || self.is(at, word::TITLE) {
                    return self.phrase(at, at + 1 + names.min(if self.tongue == Tongue::English { 3 } else { 2 }));
                }
            }
            // "Skipper Dwight Amankwah refused", "Her lawyer, Susan Tallchief, leaned"
            if self.tongue == Tongue::English
                && at > start
                && is_name(at)
                && is_name(at + 1)
                && self.token(at).is_some_and(|token| token.entity.is_none())
            {
                let names = (at..end).take_while(|&place| is_name(place)).count();
                return self.phrase(at, at + names);
            }
        }
        (self.tongue == Tongue::English).then(|| self.english_role(from, end)).flatten()
    }
}

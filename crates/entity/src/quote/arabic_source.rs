//! Arabic: whose words they are behind بحسب and its like.

use super::arabic::REACH;
use super::lexicon::{Frame, word};
use super::reader::{Reader, Subject};
use super::token::VerbAt;

impl Reader<'_> {
    /// «بحسب الوزارة»: what is told stands before it, or behind a comma.
    pub(super) fn arabic_source(
        &mut self,
        verb: VerbAt,
        clause: usize,
        start: usize,
        end: usize,
        last: &mut Option<Subject>,
        carrier: &mut Option<u32>,
    ) -> Option<usize> {
        let mut from = verb.end;
        if from > end {
            return None;
        }
        // «وفقا لما قاله زيلينسكي»
        if let Some(inner) = (from..end.min(from + 3)).find_map(|at| self.verb_at(at)) {
            from = inner.end;
        }
        let stop = (from..end.min(from + 24)).find(|&at| {
            let then = at > from && self.is_one_of(at, &["فقد"]);
            self.is_comma(at) || self.is_that(at) || then || self.verb_at(at).is_some() && at > from + 1
        });
        let stop = stop.or(Some(end).filter(|_| end.saturating_sub(from) <= 24))?;
        // «وفقا لقائد الأمن، العميد فلان، فإن …»
        let then = (stop + 1..end.min(stop + 10))
            .take_while(|&at| self.verb_at(at).is_none())
            .find(|&at| self.is_comma(at) && self.is_then(at + 1));
        let stop = then.filter(|_| self.is_comma(stop) && !self.is_then(stop + 1)).unwrap_or(stop);
        from += usize::from(self.is(from, word::EVENT) && self.is(from + 1, word::ROLE | word::ORG));
        // «بحسب ما أظهرت صور …»: behind a verb that no list has.
        let which = usize::from(self.is_one_of(from, &["ما", "لما"]));
        if (which > 0 || self.is_one_of(verb.end - 1, &["حسبما"]))
            && from == verb.end
            && self.is_plain(from + which, word::VAGUE | word::PRONOUN)
            && self.is_word(from + which)
            && !self.is_known_name(from + which)
        {
            from += which + 1;
        }
        // «ووفقا لذلك، …»
        if self.is_one_of(from, &["لذلك", "لهذا", "ذلك", "لهذه"]) && from + 1 == stop {
            return Some(stop);
        }
        if from == stop && self.is_own(&verb) {
            let before = self.skip_start(clause, end);
            if before < verb.start && clause == start && self.is_free(before, verb.start) {
                let said = self.said(&verb, Subject::Same, None);
                self.report(before + usize::from(self.is_one_of(before, &["و"])), verb.start, said);
            }
            return Some(stop);
        }
        let (first, behind) = self.arabic_source_name(from, stop)?;
        // «وفق القانون», «بحسب الاتفاق»: nobody says it.
        if self.is(first, word::RULE) {
            return None;
        }
        // «وبحسب فرانس برس، أوضحت المتحدثة أن …»: the outlet carries what somebody says.
        let told = self.verb_at(stop + 1).filter(|told| {
            told.verb.frame == Frame::Verb
                && (self.is_media(first) || self.is(first, word::OUTLET))
                && self.is_comma(stop)
                && self.arabic_subject(told.end, end).is_some_and(|(name, _)| {
                    self.is_known_name(name) || self.is(name, word::ROLE | word::ORG) || self.entity(name).is_some()
                })
                && self.arabic_trigger(told, end, false).is_some()
        });
        if told.is_some() && verb.start <= self.skip_start(start, end) {
            *carrier = self.carrier(verb.end, stop);
            return Some(stop + 1);
        }
        let mut subject = self.named(first, behind);
        // «وفقا | لـروايات الشهود»
        if let Subject::Phrase(name, behind, _) = subject
            && self.raw(verb.start).ends_with(['ا', 'ً'])
            && self.raw(first).starts_with('ل')
            && !self.raw(first).starts_with("لل")
            && self.token(first).is_some_and(|token| token.entity.is_none() && token.classes == 0)
        {
            subject = Subject::Phrase(name, behind, 'ل'.len_utf8());
        }
        let before = self.skip_start(clause, end);
        let said = self.said(&verb, subject, self.carrier(verb.end, stop));
        // «… رسميا، لكن بحسب الوزارة، سيبقى …»
        let turns = verb.start > start + 1 && self.is_one_of(verb.start - 1, &["لكن", "ولكن"]);
        if before >= verb.start || turns || verb.start <= self.skip_start(start, end) {
            *last = Some(subject);
            // «طبقا للوكالة، فإن المسؤولين أكدوا أن …»: whoever says so speaks.
            let inner = (stop + 2..end.min(stop + 10)).find_map(|at| self.verb_at(at));
            let inner = inner.filter(|inner| inner.verb.frame == Frame::Verb && self.is_that(inner.end));
            if inner.is_some_and(|inner| self.is_then(stop + 1) && !self.is_that(inner.start - 1)) {
                return Some(stop + 1);
            }
            let to = self.arabic_end(stop + 1, end);
            self.report(stop + 1 + usize::from(self.is_then(stop + 1)), to, said);
            return Some(to);
        }
        // «ستدعم بيونغ يانغ موسكو، أخبر كيم لافروف، وفقا للوكالة»: who tells speaks, and the outlet carries it.
        let inner = (before + 2..verb.start.min(before + REACH))
            .find_map(|at| self.verb_at(at).filter(|inner| inner.verb.frame == Frame::Verb && self.is_comma(at - 1)));
        if let Some(inner) = inner.filter(|inner| !inner.joined && clause == start && self.is_free(before, verb.start))
            && self.arabic_trigger(&inner, verb.start, false).is_none()
            && let Some((name, end)) = self.arabic_subject(inner.end, verb.start)
        {
            let speaker = self.named(name, end);
            *last = Some(speaker);
            let carrier = self.carrier(first, behind).or(self.carrier(verb.end, stop));
            let said = self.said(&inner, speaker, carrier);
            self.report(before, inner.start - 1, said);
            return Some(stop);
        }
        // A clause that already has its speaker keeps it.
        // «وقال البيان نقلا عن الوزير: …»
        let opens = self.verb_at(before).is_some_and(|verb| verb.verb.frame == Frame::Verb && !self.is_that(verb.end));
        let bare = opens && verb.start <= before + 4;
        if clause == start && !bare && self.is_free(before, verb.start) {
            *last = Some(subject);
            self.report(before, verb.start, said);
        }
        Some(stop)
    }

    /// «فإن», «فإنه»: what is told follows.
    fn is_then(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.first == 'ف' && token.is(word::THAT))
    }

    /// «على حد قوله»: of whoever spoke before.
    fn is_own(&self, verb: &VerbAt) -> bool {
        verb.end > verb.start + 1 && self.raw(verb.end - 1).ends_with(['ه', 'ا', 'م'])
    }

    /// The name behind «وفقا»: an outlet that ل is written with («لوكالة الأنباء الحكومية») is told nothing here, it tells.
    fn arabic_source_name(&self, from: usize, stop: usize) -> Option<(usize, usize)> {
        let outlet = self.token(from).is_some_and(|token| token.first == 'ل' && !token.definite)
            && (self.is_media(from) || self.is(from, word::OUTLET | word::EVENT));
        if !outlet {
            return self.arabic_subject(from, stop);
        }
        Some((from, self.arabic_subject(from + 1, stop).map_or(from + 1, |(_, behind)| behind)))
    }

    /// True if what stands behind a source ends the sentence.
    pub(super) fn arabic_source_ends(&self, at: usize, end: usize) -> bool {
        end - at <= 12 && !(at..end.saturating_sub(1)).any(|place| self.is_comma(place))
    }
}

//! Arabic: the verb stands before its subject, and what is said behind إن, a colon, or the preposition of the verb.

use khabar_model::VerbClass;

use super::lexicon::{Frame, complement, word};
use super::reader::{Reader, Subject};
use super::speaker::Agreement;
use super::token::VerbAt;
use super::words;

/// Most items between a verb and what it reports.
pub(super) const REACH: usize = 48;

/// Most words of a name or title in marks: «صحيفة "…"».
pub(super) const SHORT_NAME: usize = 4;

/// Where a report begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trigger {
    /// Behind "that".
    Clause(usize),
    /// A quotation.
    Quoted(usize),
    /// Behind a colon that no quotation follows.
    Colon(usize),
    /// An object, from its first item.
    Object(usize),
}

impl Reader<'_> {
    pub(super) fn read_arabic(&mut self, start: usize, end: usize) {
        let mut at = start;
        // Where the clause begins in which a subject may stand before its verb.
        let mut clause = start;
        let mut last: Option<Subject> = None;
        let mut relayed: Option<u32> = None;
        while at < end {
            let Some(verb) = self.verb_at(at) else {
                at += 1;
                continue;
            };
            let next = match verb.verb.frame {
                Frame::Source => self.arabic_source(verb, clause, start, end, &mut last, &mut relayed),
                Frame::Relay => self.arabic_relay(verb, end, &mut last),
                _ => self.arabic_verb(verb, clause, end, &mut last, relayed),
            };
            match next {
                Some(next) => {
                    clause = next;
                    at = next.max(verb.end);
                }
                None => at = verb.end,
            }
        }
    }

    /// «نقلت رويترز عن مصدر قوله إن …»; returns the end of what is said.
    fn arabic_relay(&mut self, verb: VerbAt, end: usize, last: &mut Option<Subject>) -> Option<usize> {
        // «نقلت رويترز عن الوزير …», «نقلت وكالة الأناضول قول الوزير إن …»
        let from =
            (verb.end..end.min(verb.end + 30)).find(|&at| self.is_one_of(at, &["عن", "قول"]) || self.is_that(at))?;
        // «نقلت الصحيفة أن …»: in its own name.
        if self.is_that(from) {
            let (first, behind) = self.arabic_subject(verb.end, from)?;
            let aside = |at: usize| self.is_comma(at) || self.is(at, word::TIME);
            if self.is_one_of(verb.end, &words::RESUMED) || !(behind..from).all(aside) {
                return None;
            }
            let subject = self.named(first, behind);
            *last = Some(subject);
            let said = self.said(&verb, subject, None);
            return self.arabic_report(Trigger::Clause(from + 1), end, said);
        }
        let carrier = self.carrier(verb.end, from);
        let mut at = from + 1;
        let mut said = verb;
        while at < end.min(from + REACH) {
            if let Some(inner) = self.verb_at(at) {
                if inner.verb.frame != Frame::Verb && inner.verb.frame != Frame::Part {
                    return None;
                }
                said = inner;
                break;
            }
            if self.is_that(at) || self.is_colon(at) {
                break;
            }
            at += 1;
        }
        let subject = self.arabic_subject(from + 1, at).map_or(Subject::Same, |(start, end)| self.named(start, end));
        let trigger = self
            .arabic_trigger(&VerbAt { end: at.max(said.end.min(end)), ..said }, end, true)
            .or_else(|| self.is_that(at).then_some(Trigger::Clause(at + 1)))?;
        *last = Some(subject);
        let said = self.said(&said, subject, carrier);
        self.arabic_report(trigger, end, said)
    }

    /// True if nothing was found between two items.
    pub(super) fn is_free(&self, start: usize, end: usize) -> bool {
        if start >= end {
            return false;
        }
        let (first, last) = (self.first_token(start), self.last_token(end - 1));
        !self.found.iter().rev().take(16).any(|found| found.start < last && first < found.end)
    }

    /// `relayed`: the outlet that the sentence begins with, which carries what somebody says.
    fn arabic_verb(
        &mut self,
        verb: VerbAt,
        clause: usize,
        end: usize,
        last: &mut Option<Subject>,
        relayed: Option<u32>,
    ) -> Option<usize> {
        if self.is_unsaid(&verb, clause) {
            return None;
        }
        let trigger = self.arabic_trigger(&verb, end, false).or_else(|| self.arabic_quote_before(&verb, clause));
        let Some(trigger) = trigger else {
            let inverted = self.arabic_inverted(&verb, clause, end);
            // «أشاد المدير بالفريق، وقال: …»
            *last = inverted.map(|(_, subject)| subject).or_else(|| self.subject_of_verb(&verb, end)).or(*last);
            return inverted.map(|(behind, _)| behind);
        };
        let silent = self.is_no_report(&verb, trigger, clause, end);
        let trigger = if silent { self.quoted_behind(verb.end, end)? } else { trigger };
        let zone = match trigger {
            Trigger::Clause(at) | Trigger::Colon(at) => at - 1,
            Trigger::Object(at) if self.is_one_of(at - 1, &["إلى", "الى", "على", "من", "عن", "في", "فى"]) => {
                at - 1
            }
            Trigger::Quoted(at) | Trigger::Object(at) => at,
        };
        let mut said_verb = verb;
        let mut subject = None;
        if verb.verb.frame == Frame::Part {
            subject = last.or(Some(Subject::Same));
        } else {
            let zone_end = if matches!(trigger, Trigger::Quoted(at) if at < verb.start) { end } else { zone };
            // A participle in the zone carries the quotation; the verb before it has the subject and the class.
            let part = (verb.end..zone_end).find_map(|at| self.verb_at(at).filter(|inner| inner.start > verb.start));
            let zone_end = part.map_or(zone_end, |part| part.start);
            // «دعا الأمين العام | قادة الدول إلى …»: who is asked is no part of who asks.
            let asked = verb.verb.class == VerbClass::Ask || verb.verb.takes(complement::NP | complement::BI);
            let zone_end =
                if asked { self.arabic_object(&verb, zone_end).unwrap_or(zone_end).max(verb.end) } else { zone_end };
            if !self.is_plural_verb(&verb)
                && !self.has_pronoun(&verb)
                && let Some((first, behind)) = self.arabic_subject(verb.end, zone_end)
            {
                let is_asked = verb.verb.class == VerbClass::Ask && last.is_some() && self.is_asked(first, behind);
                let is_told = verb.verb.takes == 0
                    && self.is(first, word::OUTLET)
                    && self.is_one_of(verb.start, &["أبلغ", "أبلغت", "أخبر", "أخبرت"]);
                if !is_asked && !is_told && !self.is_object(&verb, first, behind) {
                    subject = Some(self.named(first, behind));
                }
            }
        }
        subject = self.subject_of_saying(&verb, clause).or(subject);
        if subject.is_none() && verb.verb.frame == Frame::Verb {
            subject = self.antecedent(&verb, clause);
        }
        let ahead = if verb.verb.frame == Frame::Verb { self.arabic_subject_ahead(&verb, clause) } else { None };
        let ahead = self.subject_before_insertion(&verb, clause).or(ahead);
        let ahead = ahead.filter(|_| !(verb.start > clause && self.is_relative(verb.start - 1) && subject.is_some()));
        // «… لقائه رئيس المجلس، صرح وزير العمل: …»: who stands behind a verb of saying is its subject.
        let behind = subject.and_then(|subject| self.items_of(subject)).is_some_and(|(first, _)| {
            first > verb.start
                && (self.is_person(first) || self.is(first, word::OFFICE | word::TITLE | word::RANK))
                && !self.raw(first).starts_with("لل")
        });
        let told = !matches!(trigger, Trigger::Object(_)) && verb.verb.class == VerbClass::Say;
        let told = told && !verb.verb.takes(complement::NP | complement::BI)
            || verb.start > clause && self.is_comma(verb.start - 1);
        if ahead.is_some() && !(behind && told) {
            subject = ahead;
        }
        if subject.is_none() && !(verb.joined && self.token(verb.start).is_some_and(|token| token.first == 'و')) {
            subject = self.arabic_subject_before(clause, verb.start);
        }
        if subject.is_none() && verb.joined && verb.verb.frame == Frame::Verb {
            subject = self.subject_of_clause(clause, verb.start);
        }
        if subject.is_none() && self.headline {
            subject = self.headline_subject(clause, verb.start);
        }
        // «يعتقد أنها …»: of nobody.
        if subject.is_none()
            && self.is_one_of(
                verb.start,
                &["يعتقد", "ويعتقد", "أعتقد", "وأعتقد", "يتوقع", "ويتوقع", "تتوقع", "يرجح", "ويرجح"],
            )
        {
            return None;
        }
        // «ثلاثة مواعيد مقترحة»: a participle behind a noun is an adjective, if no comma or conjunction sets it apart.
        if verb.verb.frame == Frame::Part
            && verb.verb.takes(complement::NP)
            && matches!(trigger, Trigger::Object(_))
            && !(verb.start > clause && self.is_comma(verb.start - 1) || verb.joined)
            && (!self.raw(verb.start).ends_with(['ا', 'ً'])
                || verb.start > clause
                    && self.raw(verb.start - 1).ends_with(['ا', 'ً'])
                    && self.verb_at(verb.start - 1).is_none())
        {
            return None;
        }
        // «مع آخرين متهمين …»: a participle shares the subject of what stands before its comma, or of a verb of speech.
        if verb.verb.frame == Frame::Part
            && last.is_none()
            && !(clause.max(verb.start.saturating_sub(6))..verb.start).any(|at| self.verb_at(at).is_some())
            && !(verb.start > clause && self.is_comma(verb.start - 1))
            && !matches!(trigger, Trigger::Clause(_) | Trigger::Quoted(_))
        {
            return None;
        }
        // «سألت القاضية المتهم …، فأجاب: …»
        let elided = subject.is_none();
        let subject = subject.or(*last).unwrap_or(Subject::Same);
        let turns = elided && verb.verb.frame == Frame::Verb && self.differs(&verb, subject);
        let subject = if turns { Subject::Same } else { subject };
        said_verb.verb = self.arabic_class(verb, trigger);
        *last = Some(subject);
        // «ذكرت نيويورك تايمز عن مصادر أن …»: the outlet relays.
        if let Some(Subject::Phrase(..)) = Some(subject)
            && let Some((first, behind)) = self.items_of(subject)
            && self.is_one_of(behind, &["عن"])
            && (first..behind).any(|at| self.is(at, word::OUTLET) || self.is_media(at))
            && let Some((source, stop)) = self.arabic_subject(behind + 1, zone)
        {
            let subject = self.named(source, stop);
            *last = Some(subject);
            let said = self.said(&said_verb, subject, self.carrier(first, behind));
            return self.arabic_report(trigger, end, said);
        }
        let carrier = if matches!(trigger, Trigger::Quoted(at) if at < verb.start) {
            self.carrier_beside(verb.end, (verb.end + 12).min(end), subject)
        } else {
            self.carrier_beside(verb.end, zone, subject)
        };
        let carrier = carrier.or(relayed);
        let said = self.said(&said_verb, subject, carrier.filter(|carrier| !self.is_subject(subject, *carrier)));
        self.arabic_report(trigger, end, said)
    }

    /// What an Arabic verb agrees with; none where the form does not say: «تابع» is he, «تقول» she, and only a list tells.
    pub(super) fn arabic_agreement(&self, verb: usize, skip: usize) -> Option<Agreement> {
        let token = self.tokens.get(verb)?;
        let word = self.text.get(token.start + skip..token.end)?.trim_end_matches(['\u{64b}', '\u{64e}', '\u{64f}']);
        // «سألته»: the object is written with it.
        let bare = ["ه", "ها", "هم", "هما", "ني", "نا"].iter().find_map(|object| word.strip_suffix(object));
        let word = bare.filter(|bare| bare.ends_with('ت') && bare.chars().count() > 3).unwrap_or(word);
        let plural = ["وا", "ون", "ين", "تا", "ان"].iter().any(|ending| word.ends_with(ending));
        match word.chars().next()? {
            _ if plural => None,
            _ if word.ends_with(['ت', 'ة']) => Some(Agreement::Feminine),
            'ت' | 'ن' => None,
            c if c.is_alphabetic() => Some(Agreement::Masculine),
            _ => None,
        }
    }

    /// True if an Arabic verb does not agree with the one that found the same subject before it in the sentence.
    fn differs(&self, verb: &VerbAt, subject: Subject) -> bool {
        let before = self.found.iter().rev().take(4).find(|found| found.subject == subject);
        let of = |place: usize, skip: usize| self.arabic_agreement(place, skip);
        let before = before.and_then(|found| found.verb).and_then(|(place, _, skip)| of(place, skip));
        let now = of(self.first_token(verb.start), verb.skip);
        before.is_some() && now.is_some() && before != now
    }

    /// «قالوا», «يؤكدون»: a verb in the plural has its subject before it.
    fn is_plural_verb(&self, verb: &VerbAt) -> bool {
        let raw = self.raw(verb.start);
        verb.verb.frame == Frame::Verb && (raw.ends_with("وا") || raw.ends_with("ون"))
    }

    fn is_subject(&self, subject: Subject, entity: u32) -> bool {
        match subject {
            Subject::Phrase(start, end, _) => {
                self.tokens.get(start..end).unwrap_or_default().iter().any(|token| token.entity == Some(entity))
            }
            Subject::Same => false,
        }
    }

    /// «ووصفها بأنها "خدعة أخرى"» of accusations is a denial.
    fn arabic_class(&self, verb: VerbAt, trigger: Trigger) -> super::lexicon::Verb {
        let mut of = verb.verb;
        if of.takes(complement::BI)
            && of.class == VerbClass::Say
            && let Trigger::Quoted(at) | Trigger::Clause(at) | Trigger::Object(at) = trigger
            && (at..(at + 6).min(self.items.len())).any(|at| self.names_lie(at))
        {
            of.class = VerbClass::Deny;
        }
        of
    }

    pub(super) fn named(&self, start: usize, end: usize) -> Subject {
        self.phrase(start, end).unwrap_or(Subject::Same)
    }

    /// Verbs of speech that begin between two items.
    pub(super) fn verb_between(&self, start: usize, end: usize) -> usize {
        let first = self.verbs.partition_point(|verb| verb.start < start);
        let behind = self.verbs.get(first..).unwrap_or_default().iter().take_while(|verb| verb.start < end);
        behind.filter(|verb| verb.verb.frame != Frame::Source).count()
    }

    /// The first item at or behind a token.
    pub(super) fn item_behind(&self, token: usize, end: usize) -> usize {
        self.items
            .partition_point(|item| match item {
                super::reader::Item::Token(place) => *place < token,
                super::reader::Item::Quoted(place) => self.quotes.get(*place).is_some_and(|quoted| quoted.open < token),
            })
            .min(end)
    }
}

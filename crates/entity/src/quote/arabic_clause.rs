//! Arabic: verbs in clauses that tell of no speech, in relative clauses, and behind what they report.

use khabar_model::{EntityType, VerbClass};

use super::arabic::Trigger;
use super::lexicon::{Frame, word};
use super::reader::{Reader, Subject};
use super::speaker::Agreement;
use super::token::VerbAt;
use super::words;

/// Most items between a relative pronoun's noun and the start of that noun's phrase.
const ANTECEDENT: usize = 14;

impl Reader<'_> {
    pub(super) fn is_relative(&self, at: usize) -> bool {
        self.is_one_of(at, &words::RELATIVE)
    }

    /// «إذا تحدثت واشنطن عن …», «دون أن يوضح …»: what is not said.
    pub(super) fn is_unsaid(&self, verb: &VerbAt, clause: usize) -> bool {
        // «أُعلن في سول عن …», «ذُكر أن …»: the vowel of a passive.
        let token = self.token(verb.start).and_then(|token| self.text.get(token.start + verb.skip..token.end));
        let mut letters = token.unwrap_or_default().chars();
        let past = letters.next().is_some_and(|first| !matches!(first, 'ي' | 'ت' | 'ن'));
        if past && letters.next() == Some('\u{64f}') && verb.verb.frame == Frame::Verb {
            return true;
        }
        if verb.start <= clause {
            return false;
        }
        // «لا يمكن لأحد أن يزعم …»
        let to = usize::from(verb.start > clause + 2 && self.raw(verb.start - 2).starts_with('ل'));
        self.is_one_of(verb.start - 1, &["إذا", "فإذا", "وإذا", "لو"])
            || verb.start > clause + 1
                && self.is_one_of(verb.start - 1, &["أن"])
                && (self.is_one_of(verb.start - 2, &["دون", "ودون", "بدون", "غير", "عدم"])
                    || self.is_one_of(verb.start - 2 - to, &words::MODAL))
            // «المواد التي يعتقد أن كوريا أنتجتها»: of nobody.
            || self.is_one_of(verb.start - 1, &["التي"])
                && self.is(verb.start, word::BELIEF)
                && self.raw(verb.start).starts_with('ي')
    }

    /// «بلدة أعلنت فيها الهدنة», «التنازلات التي تقترح القيام بها», «وهو يشير إلى مراكب»: an object that is no speech.
    pub(super) fn is_no_report(&self, verb: &VerbAt, trigger: Trigger, clause: usize, end: usize) -> bool {
        let Trigger::Object(at) = trigger else { return false };
        // «طلب المصدر عدم الكشف عن هويته»
        let withheld = |at: usize| self.is_one_of(at, &words::WITHHELD) || self.is_one_of(at, &["نشر", "كشف", "إظهار"]);
        if verb.verb.class == VerbClass::Ask
            && (self.is_one_of(at, &["عدم"]) && withheld(at + 1) || self.is_one_of(at, &["حجب", "إخفاء"]))
        {
            return true;
        }
        // «بيانا أعلنت فيه …» is one.
        let within = (clause..verb.start)
            .rev()
            .take(3)
            .any(|at| words::STATEMENT.iter().any(|told| self.raw(at).trim_start_matches("ال").starts_with(*told)));
        // «أشارت أصابع الاتهام إلى», «تعلن الحرب»: nobody speaks; what is said is done.
        if self.is_one_of(verb.end, &["فيه", "فيها"]) && !within
            || self.is_one_of(verb.end, &["أصابع"])
            || verb.verb.class == VerbClass::Announce && self.is_one_of(at, &["الحرب"])
            || verb.start > clause
                && self.is_one_of(verb.start - 1, &["وهو", "وهي"])
                && self.raw(verb.start).contains("شير")
        {
            return true;
        }
        let relative = (clause..verb.start).rev().take(2).any(|at| self.is_relative(at));
        relative && (at..end.min(at + 4)).any(|at| self.is_one_of(at, &words::RESUMED))
    }

    /// «وهو يشير إلى بيته: "…"»: the quotation behind a colon.
    pub(super) fn quoted_behind(&self, start: usize, end: usize) -> Option<Trigger> {
        (start + 1..end).find(|&at| self.is_quoted(at) && self.is_colon(at - 1)).map(Trigger::Quoted)
    }

    /// «لكنه حمّل الشركة …», «غير أنها نفت …»: the verb's subject is a pronoun before it.
    pub(super) fn has_pronoun(&self, verb: &VerbAt) -> bool {
        verb.start > 0 && verb.verb.frame == Frame::Verb && self.is_one_of(verb.start - 1, &words::PRONOUN)
    }

    /// «ووصف الترسانة بأنها …», «ودعت الملاك إلى …»: the noun behind a verb does not agree with it, and is its object.
    pub(super) fn is_object(&self, verb: &VerbAt, first: usize, behind: usize) -> bool {
        let Some(token) = self.token(first).filter(|_| first == verb.end && verb.verb.frame == Frame::Verb) else {
            return false;
        };
        let raw = self.raw(first);
        let feminine = raw.ends_with(['ة', 'ى']) || raw.ends_with("ات") || raw.ends_with("اء");
        match self.arabic_agreement(self.first_token(verb.start), verb.skip) {
            Some(Agreement::Masculine) => {
                raw.starts_with("ال")
                    && raw.ends_with('ة')
                    && !self.is_person(first)
                    && !token.is(word::TITLE)
                    && !matches!(raw, "السادة" | "الخليفة" | "العلامة")
            }
            Some(Agreement::Feminine) => {
                verb.joined
                    && verb.verb.class == VerbClass::Ask
                    && token.definite
                    && behind == first + 1
                    && !feminine
                    && token.entity.is_none()
                    && !token.is(word::ORG | word::OUTLET | word::ANON | word::VAGUE)
            }
            _ => false,
        }
    }

    /// «هاريس تهاجم ترامب وتتعهد بـ…»: who a headline begins with, before its first verb.
    pub(super) fn headline_subject(&self, clause: usize, verb: usize) -> Option<Subject> {
        let first = self.skip_start(clause, verb);
        let finite = |at: &usize| self.is_plain_word(*at) && self.raw(*at).starts_with(['ي', 'ت']);
        let end = (first + 1..verb).find(finite)?;
        let named = self.is_known_name(first) || self.entity(first).is_some() || self.is(first, word::ROLE | word::ORG);
        let (start, behind) = self.arabic_subject(first, end).filter(|_| named)?;
        (start == first).then(|| self.named(start, behind))
    }

    /// «… قائد الحرس اللواء فلان الذي قال»: the noun phrase before a relative pronoun that agrees with the verb.
    pub(super) fn antecedent(&self, verb: &VerbAt, clause: usize) -> Option<Subject> {
        let pronoun = (clause + 1..verb.start)
            .rev()
            .take(3)
            .take_while(|&at| self.is_relative(at) || self.is(at, word::START | word::TIME))
            .find(|&at| self.is_relative(at))?;
        let feminine = self.raw(pronoun).contains("لت");
        let agreement = self.arabic_agreement(self.first_token(verb.start), verb.skip);
        if agreement.is_some_and(|agreement| (agreement == Agreement::Feminine) != feminine) {
            return None;
        }
        let end = pronoun - usize::from(self.is_comma(pronoun - 1));
        let low = clause.max(end.saturating_sub(ANTECEDENT));
        let from = (low..end)
            .rfind(|&at| self.verb_at(at).is_some() || self.is_mark(at, &['.', '؟', '!', ':', '؛']))
            .map_or(low, |at| at + 1);
        let is_head = |at: usize| {
            self.is_person(at) && !(at > from && self.is_person(at - 1))
                || self.is(at, word::ROLE | word::ORG | word::OUTLET)
                || self.is_known_name(at)
                // «مع سيول التي أكدت»
                || self.entity(at).is_some_and(|(_, entity)| entity.kind == EntityType::Loc)
        };
        let starts = (from..end).filter(|&at| is_head(at));
        // The longest phrase that reaches the pronoun.
        starts.into_iter().find_map(|at| {
            let (start, behind) = self.arabic_subject(at, end)?;
            (behind == end).then(|| self.named(start, behind))
        })
    }

    /// The comma that closes an insertion which begins at a comma, if "that" follows: «أوضح عضو، تحدث إلى …، أن …».
    pub(super) fn insertion(&self, comma: usize, stop: usize) -> Option<usize> {
        let verb = self.verb_at(comma + 1);
        let opens = self.is_comma(comma) && !verb.is_some_and(|verb| verb.joined);
        if !opens || verb.is_none() && !self.is_relative(comma + 1) {
            return None;
        }
        let mut inside = (comma + 2..stop.min(comma + 32))
            .take_while(|&at| !self.is_that(at) && !self.is_colon(at) && self.words_inside(at) < 4);
        inside.find(|&at| self.is_comma(at) && self.is_that(at + 1))
    }

    /// «مسؤول في البلدية، تحدث للموقع شريطة عدم ذكر هويته، أقر …»: who is named before an insertion that has a verb.
    pub(super) fn subject_before_insertion(&self, verb: &VerbAt, clause: usize) -> Option<Subject> {
        if verb.verb.frame != Frame::Verb || verb.joined || verb.start <= clause || !self.is_comma(verb.start - 1) {
            return None;
        }
        let first = self.skip_start(clause, verb.start);
        let (start, behind) = self.arabic_subject(first, verb.start)?;
        let inserted = self.is_comma(behind)
            && behind + 1 < verb.start
            && (self.is_relative(behind + 1)
                || self.verb_at(behind + 1).is_some_and(|inner| !inner.joined)
                || self.is_one_of(behind + 1, &["وهو", "وهي"]));
        let named = start == first
            && (self.is_person(start)
                || self.is_known_name(start)
                || self.is(start, word::ROLE | word::ORG | word::OUTLET)
                || self.entity(start).is_some());
        (inserted && named).then(|| self.named(start, behind))
    }

    /// «الرسوم لم ترتفع، يقول العلوي»: a verb of the present and its subject, alone behind a comma, report what is before.
    pub(super) fn arabic_inverted(&mut self, verb: &VerbAt, clause: usize, end: usize) -> Option<(usize, Subject)> {
        let from = self.skip_start(clause, verb.start);
        // «…، كما أعلنت الوزارة»
        let as_told = verb.start > from + 3 && self.is_one_of(verb.start - 1, &["كما"]) && !self.is_that(verb.end);
        let edge = verb.start - usize::from(as_told);
        const PAST: [&str; 8] = ["تحدث", "تابع", "تساءل", "توقع", "تعهد", "توعد", "تنبأ", "تمن"];
        let raw = self.raw(verb.start);
        let present = raw.starts_with(['ي', 'ت']) && !PAST.iter().any(|past| raw.starts_with(past))
            || matches!(raw, "قال" | "قالت" | "أضاف" | "أضافت" | "أوضح" | "أوضحت")
                && !self.is(from, word::PREP | word::TIME);
        if verb.verb.frame != Frame::Verb
            || verb.joined
            || !(present || as_told)
            || edge < from + 3
            || !self.is_comma(edge - 1)
            || (from..verb.start).any(|at| self.is_quoted(at) && self.words_inside(at) > 4)
            || self.verb_between(from, verb.start) > 0
            || !self.is_free(from, verb.start)
        {
            return None;
        }
        let (first, behind) = self.arabic_subject(verb.end, end)?;
        let closes = behind >= end
            || self.is_comma(behind)
            || self.is_mark(behind, &['.', '؟', '!'])
            || self.is_one_of(behind, &["وهو", "وهي", "الذي", "التي", "في", "من", "عن"])
            || as_told && self.is(behind, word::TIME)
            || self.verb_at(behind).is_some_and(|next| next.joined || next.verb.frame == Frame::Part);
        let names = (first..behind).any(|at| {
            self.is(at, word::ROLE | word::ORG | word::OUTLET)
                || self.is_known_name(at)
                || self.token(at).is_some_and(|token| token.entity.is_some())
        });
        if !closes || !names {
            return None;
        }
        let subject = self.named(first, behind);
        let said = self.said(verb, subject, None);
        self.report(from, edge - 1, said);
        Some((behind, subject))
    }
}

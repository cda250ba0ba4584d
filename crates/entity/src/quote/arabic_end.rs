//! Arabic: where what a verb reports ends.

use super::arabic::{REACH, Trigger};
use super::lexicon::{Frame, complement, word};
use super::reader::{LONGEST, Reader, Said, Subject};
use super::words;

impl Reader<'_> {
    /// Takes in what a verb reports; returns the end of it.
    pub(super) fn arabic_report(&mut self, trigger: Trigger, end: usize, said: Said) -> Option<usize> {
        match trigger {
            Trigger::Clause(at) | Trigger::Object(at) => {
                let at = at + usize::from(self.is_one_of(at, &["بـ"]));
                if matches!(trigger, Trigger::Object(_)) && at > 0 && self.is_one_of(at - 1, &words::MARKER) {
                    self.speak(at, said);
                }
                let at = self.with_described(at, &said);
                // «…، أمس، …»
                let day =
                    |place: &usize| self.is_comma(*place) && self.is(place + 1, word::TIME) && self.is_comma(place + 2);
                let object = matches!(trigger, Trigger::Object(_));
                let end = (at + 1..end).find(day).filter(|_| object).unwrap_or(end);
                let end = self.end_of_while(at, end, &said);
                let to = self.arabic_end(at, end);
                let to = if object { self.end_of_object(at, to) } else { to };
                let aside = if object { self.before_aside(at, to) } else { to };
                self.report(at, aside, said);
                Some(to)
            }
            Trigger::Colon(at) => {
                let to = self.end_of_colon(end);
                self.report(at, to, said);
                Some(to)
            }
            Trigger::Quoted(at) if at > 1 && self.is_that(at - 1) && self.with_described(at - 1, &said) + 1 < at => {
                // «وصفت المشروع بأنه "نموذج يحتذى"»
                let first = self.with_described(at - 1, &said);
                self.speak(at, said);
                self.report(first, at + 1, said);
                Some(at + 1)
            }
            Trigger::Quoted(at) => {
                // «"…"، قال فلان، "…"»
                let verb = said.verb.map_or(0, |(start, _, _)| self.item_behind(start, end));
                if at > verb
                    && let Some(before) = verb.checked_sub(1)
                    && let Some(first) = (before.saturating_sub(1)..=before).rfind(|&place| self.is_untold(place))
                    && (first..verb).all(|place| self.is_quoted(place) || self.is_comma(place))
                    && self.words_inside(first) >= 3
                {
                    self.speak(first, said);
                }
                self.speak(at, said);
                let mut next = at + 1;
                // «"…"، قال فلان، "…"» and «"…" و"…"»
                let behind = said.verb.map_or(at, |(_, end, _)| end);
                if self.first_token(at) < behind {
                    let rest = (at + 1..end.min(at + REACH)).filter(|&place| self.is_quoted(place)).collect::<Vec<_>>();
                    for place in rest {
                        if self.is_comma(place - 1)
                            && self.words_inside(place) > 2
                            && self.verb_between(at + 1, place) <= 1
                        {
                            self.speak(place, said);
                            next = place + 1;
                        }
                    }
                    return Some(next.max(at + 1).min(end).max(self.item_behind(behind, end)));
                }
                while self.is_comma(next) && self.is_quoted(next + 1)
                    || self.is_one_of(next, &["و"]) && self.is_quoted(next + 1)
                {
                    self.speak(next + 1, said);
                    next += 2;
                }
                Some(next)
            }
        }
    }

    /// «وفيما نفى الرئيس ورود شكوى، أظهر سكان …»: the clause behind «فيما» ends where the sentence's own begins.
    fn end_of_while(&self, start: usize, end: usize, said: &Said) -> usize {
        let verb = said.verb.map_or(start, |(verb, _, _)| self.item_behind(verb, start));
        let first = verb.saturating_sub(1);
        let sentence = first == 0 || self.is_mark(first - 1, &['.', '؟', '!', '…']);
        if !sentence || !self.is_one_of(first, &["وفيما", "فيما", "بينما", "وبينما", "فبينما"])
        {
            return end;
        }
        let main = |at: &usize| {
            self.is_comma(*at)
                && self.is_plain_word(at + 1)
                && !self.raw(at + 1).starts_with(['و', 'ف'])
                && !self.is_relative(at + 1)
        };
        (start + 1..end).find(main).unwrap_or(end)
    }

    /// «وصف ترامب | الزعيم بالرجل الصاروخي»: what a verb describes stands between its subject and its preposition.
    fn with_described(&self, at: usize, said: &Said) -> usize {
        let Some((verb, behind, _)) = said.verb else { return at };
        let word = self.tokens.get(verb).and_then(|verb| self.text.get(verb.start..verb.end)).unwrap_or_default();
        let word = word.trim_start_matches(['و', 'ف']);
        if !["صف", "يصف", "تصف", "اصف"].iter().any(|form| word.starts_with(form)) {
            return at;
        }
        let first = match said.subject {
            Subject::Phrase(_, end, _) if end > behind => self.item_behind(end, at),
            _ => self.item_behind(behind, at),
        };
        let words = (1..9).contains(&at.saturating_sub(first)) && (first..at).all(|at| self.is_word(at));
        let named = self.is_one_of(first, &["ما"])
            || self.token(first).is_some_and(|first| {
                (first.definite || first.entity.is_some() || first.is(word::ROLE | word::ORG))
                    && !first.is(word::PREP | word::TIME)
                    && !matches!(first.first, 'ل' | 'ب')
            });
        if words && named { first } else { at }
    }

    /// Where a clause ends that is reported.
    pub(super) fn arabic_end(&self, start: usize, end: usize) -> usize {
        let end = end.min(start + LONGEST);
        for at in start + 1..end {
            if self.headline && self.turns(at) {
                return at;
            }
            if self.is_comma(at) {
                let more = self.says_on(at + 1, end)
                    || self.is_that(at + 1)
                    || self.is_one_of(at + 1, &["كما"]) && self.is_that(at + 2);
                if self.is(at + 1, word::BREAK) && !more && !self.adds(at + 1)
                    || self.is_one_of(at + 1, &["رغم", "برغم", "وسط"])
                    || self.is_one_of(at + 1, &["على"]) && self.is_one_of(at + 2, &["الرغم"])
                    || self.is_one_of(at + 1, &["فقد"])
                    || self.told_of(at + 1, end)
                {
                    return at;
                }
                if let Some(verb) = self.verb_at(at + 1)
                    && (verb.verb.frame == Frame::Source || self.arabic_trigger(&verb, end, false).is_some())
                {
                    return at;
                }
                // «…، ملتمسا من المحكمة …»
                if self.is_circumstance(at + 1)
                    && (self.is(at + 2, word::PREP)
                        || self.token(at + 2).is_some_and(|next| matches!(next.first, 'ل' | 'ب')))
                {
                    return at;
                }
                // «، فيما قال …» was a break; «، وأن …» goes on.
                continue;
            }
            // «… بأنها "مهمة سلام"», «… كما أعلن المسؤول»
            if self.is_relative(at) && self.verb_at(at + 1).is_some() && self.told_of(at, end)
                || self.is_one_of(at, &["كما"])
                    && at > start + 1
                    && self.verb_at(at + 1).is_some_and(|verb| {
                        verb.verb.frame == Frame::Verb && self.arabic_trigger(&verb, end, false).is_none()
                    })
            {
                return at;
            }
            // «… استخدام السم فيما ذكرت الصحيفة أن …»
            if self.is_one_of(at, &["فيما", "بينما"])
                && self.verb_at(at + 1).is_some_and(|verb| self.arabic_trigger(&verb, end, false).is_some())
            {
                return at;
            }
            // «… من غير أن يوضح …»
            if self.is_one_of(at, &["دون", "ودون", "غير", "بدون"])
                && self.is_one_of(at + 1, &["أن"])
                && self.verb_at(at + 2).is_some()
            {
                return if self.is_one_of(at - 1, &["من", "ومن"]) { at - 1 } else { at };
            }
            // «… "الحوار" (الاسم الرسمي)»
            if self.is_mark(at, &['(']) && self.is_quoted(at - 1) {
                let close = (at + 1..end.min(at + 12)).find(|&place| self.is_mark(place, &[')']));
                if close.is_some_and(|close| close + 1 >= end || self.is_mark(close + 1, &['.'])) {
                    return at;
                }
            }
            // «… دون تقديم تفاصيل»: what is not said.
            if self.is_one_of(at, &["دون", "ودون"])
                && (at + 1..at + 3).any(|next| self.is_one_of(next, &words::WITHHELD))
            {
                return if self.is_comma(at - 1) || self.is_one_of(at - 1, &["من"]) { at - 1 } else { at };
            }
            if self.is_one_of(at, &["وذلك"])
                && self.is_one_of(at + 1, &["كي", "خلال", "في", "ضمن", "على", "ردا", "رداً"])
                && at > start + 3
            {
                return at;
            }
            if let Some(verb) = self.verb_at(at) {
                let told = match verb.verb.frame {
                    Frame::Source => self.arabic_source_ends(at, end),
                    Frame::Verb => verb.joined && at > start + 1 && self.arabic_trigger(&verb, end, false).is_some(),
                    // «قدموا مقترحا جديدا»: a noun.
                    Frame::Part => self.arabic_trigger(&verb, end, false).is_some_and(|trigger| {
                        !verb.verb.takes(complement::NP) || verb.joined || !matches!(trigger, Trigger::Object(_))
                    }),
                    _ => false,
                };
                if told {
                    return at;
                }
            }
        }
        end
    }

    /// «…، لكنه لم يتلق ردا», «…، حيث كان»: more of what is said, unless somebody speaks or does something there.
    fn says_on(&self, at: usize, end: usize) -> bool {
        let he = self.is_one_of(at, &["لكنه", "لكنها", "ولكنه", "ولكنها"]);
        let is = self.is_one_of(at + 1, &["لم", "لا", "لن", "ليس", "ليست", "ما"]) || self.raw(at + 1).starts_with('م');
        (he && is || self.is_one_of(at, &["لكن", "ولكن", "حيث"]))
            && !(at + 1..end.min(at + 8)).any(|at| self.verb_at(at).is_some())
            && at + 2 < end
    }

    /// «…، وذلك منذ انسحابه», «…، مما يكفي لصنع 8 قنابل»: of what is said.
    fn adds(&self, at: usize) -> bool {
        let next = self.raw(at + 1);
        let since = matches!(next, "منذ" | "وفاء" | "وفاءً") || next.starts_with('ل') && !self.is(at + 1, word::TIME);
        let since = since || next == "بعد" && !self.is_one_of(at + 2, &["أن", "ان"]);
        self.is_one_of(at, &["وذلك"]) && since
            || self.is_one_of(at, &["مما", "ما"]) && matches!(next, "يكفي" | "يعادل" | "يعني")
    }

    /// «…، الذي كان الرئيس قد وصفه بـ…»: somebody else speaks of what is named.
    fn told_of(&self, at: usize, end: usize) -> bool {
        self.is_relative(at)
            && (at + 1..end.min(at + 8))
                .take_while(|&at| !self.is_comma(at))
                .find_map(|at| self.verb_at(at))
                .is_some_and(|verb| {
                    let named = self.raw(verb.end - 1);
                    (named.ends_with('ه') || named.ends_with("ها")) && self.arabic_trigger(&verb, end, false).is_some()
                })
    }

    /// The object of a report ends before a relative clause that says nothing of which one: behind a name in marks or «هذه».
    fn before_aside(&self, start: usize, end: usize) -> usize {
        let shown = |at: usize| self.is_one_of(at, &["هذه", "هذا", "تلك", "بهذه", "بهذا", "لهذه"]);
        let aside = (start + 2..end).find(|&at| {
            self.is_relative(at)
                && (self.is_quoted(at - 1)
                    || self.is_person(at - 1)
                    || self.is_one_of(at - 2, &["هذه", "تلك"])
                    || shown(at - 2))
        });
        aside.unwrap_or(end)
    }

    /// «… قمة بين الزعيمين، لكن كوريا لم تؤكدها»: no clause goes on behind a noun phrase and a comma.
    fn end_of_object(&self, start: usize, end: usize) -> usize {
        let clause = |at: &usize| {
            self.is_comma(*at)
                && (self.is_one_of(at + 1, &["لكن", "ولكن", "إلا", "غير", "حيث", "بعدما"]) || self.is_relative(at + 1))
        };
        (start + 1..end).find(clause).unwrap_or(end)
    }

    /// «ترامب يقول … | والصين تلتزم الصمت», «… تشكيل لجنة | وتتوجه إلى الموقع»: a headline turns to something else.
    fn turns(&self, at: usize) -> bool {
        let raw = self.raw(at);
        let present = |at: usize| {
            self.raw(at).starts_with(['ي', 'ت'])
                && self.token(at).is_some_and(|token| token.entity.is_none() && token.classes == 0)
                || self.verb_at(at).is_some()
        };
        let plain = self.token(at).is_some_and(|token| token.entity.is_none() && token.classes == 0);
        let verb = plain && (raw.starts_with("وي") || raw.starts_with("وتت")) && raw.chars().count() > 4;
        let somebody = raw.starts_with('و')
            && self.token(at).is_some_and(|token| token.entity.is_some() || token.is(word::ROLE | word::ORG));
        verb || somebody && (at + 1..at + 4).take_while(|&next| self.is_word(next)).any(present)
    }
}

//! Urdu: the speaker before نے or کا, the verb, and what is said behind کہ; or what is said first.

use khabar_model::VerbClass;

use super::lexicon::{Frame, complement, word};
use super::reader::{LONGEST, NOBODY, Reader, Said, Subject};
use super::speaker::Agreement;
use super::token::VerbAt;
use crate::phrases::Tongue;

/// Words that end an adverbial before the subject.
const POSTPOSITIONS: [&str; 15] =
    ["میں", "پر", "سے", "کو", "تک", "بعد", "دوران", "لیے", "ہوئے", "لئے", "ساتھ", "خلاف", "قبل", "پہلے", "بارے"];

impl Reader<'_> {
    pub(super) fn read_urdu(&mut self, start: usize, end: usize) {
        let mut clause = start;
        let mut at = start;
        let mut last: Option<Subject> = None;
        self.urdu_echo(start, end);
        if let Some(echo) = (start + 1..end).find(|&at| self.is_mark(at, &['،', ',', '؛'])) {
            self.urdu_echo(echo + 1, end);
        }
        while at < end {
            let Some(verb) = self.verb_at(at) else {
                at += 1;
                continue;
            };
            match self.urdu_verb(verb, clause, end, &mut last) {
                Some(next) => {
                    clause = next;
                    at = next.max(verb.end);
                }
                None => at = verb.end,
            }
        }
    }

    fn urdu_verb(&mut self, verb: VerbAt, clause: usize, end: usize, last: &mut Option<Subject>) -> Option<usize> {
        let takes = verb.verb.takes;
        // Pronoun forms and the like have their clause in the zone before the verb.
        let agent = (clause..verb.start).rfind(|&at| self.is_one_of(at, &["نے"]));
        let of = |at: usize| self.is_one_of(at, &["کا", "کی", "کے"]);
        let mut object: Option<(usize, usize)> = None;
        let subject = match verb.verb.frame {
            Frame::Noun | Frame::Source => self.urdu_subject(clause, verb.start),
            Frame::Relay => self.urdu_subject(agent.map_or(clause, |agent| agent + 1), verb.start),
            _ => match agent {
                Some(agent) => {
                    let denies = matches!(verb.verb.class, VerbClass::Deny | VerbClass::Confirm);
                    let first = if denies { agent + 1 } else { self.urdu_object(agent + 1, &verb) };
                    let called = denies && self.is_one_of(verb.start.wrapping_sub(1), &["کو"]);
                    let feels = self.is_one_of(verb.start, &["اظہار"]);
                    if (called || of(verb.start.wrapping_sub(1))) && verb.start - 1 > first && !feels {
                        object = Some((first, verb.start - 1));
                    } else if verb.start > first && self.is_one_of(verb.start, &["مانگی", "مانگا", "مانگ"])
                    {
                        object = Some((first, verb.start));
                    }
                    self.urdu_subject(clause, agent)
                }
                // «لیکن اس بات کی تردید کی کہ»: an object.
                None if of(verb.start.wrapping_sub(1)) => None,
                None => self.urdu_subject(clause, verb.start),
            },
        };
        if verb.verb.frame == Frame::Relay {
            // «… کے حوالے سے خبر دی کہ …»
            let that = (verb.end..end.min(verb.end + 8)).find(|&at| self.is(at, word::THAT))?;
            let subject = subject?;
            *last = Some(subject);
            let said = self.said(&verb, subject, self.carrier(clause, verb.start));
            let to = self.urdu_end(that + 1, end);
            self.report(that + 1, to, said);
            return Some(to);
        }
        // «یہ نہیں بتایا کہ کون»
        if self.is_one_of(verb.start.wrapping_sub(1), &["نہیں", "نہ"]) && verb.verb.class == VerbClass::Say {
            *last = subject.or(*last);
            return None;
        }
        // An inscription: «بس کے پیچھے لکھا ہے: ’…’».
        if agent.is_none() && self.is_one_of(verb.start, &["لکھا"]) {
            return None;
        }
        // «اسے ’باجیوں والا گودام‘ کہتا ہے»: a name.
        let named = verb.start.checked_sub(2).filter(|&at| self.is_one_of(at, &["اسے", "انہیں", "جسے", "جنہیں"]));
        if named.is_some_and(|at| self.is_quoted(at + 1) && self.words_inside(at + 1) <= 4) {
            return None;
        }
        let carrier = self.carrier(clause, verb.end).filter(|carrier| match subject {
            Some(Subject::Phrase(start, end, _)) => {
                !self.tokens.get(start..end).unwrap_or_default().iter().any(|token| token.entity == Some(*carrier))
            }
            _ => true,
        });
        // «ان سے پوچھا گیا کہ …»: nobody says who asks.
        let passive = verb.verb.class == VerbClass::Ask && self.is_one_of(verb.end - 1, &["گیا"]) && agent.is_none();
        let told = if passive { NOBODY } else { subject.or(*last).unwrap_or(Subject::Same) };
        let said = self.said(&verb, told, carrier);
        if verb.verb.frame == Frame::Source {
            let subject = subject?;
            let mut at = verb.end;
            while self.is_comma(at) {
                at += 1;
            }
            if self.only_carries(subject, at, end) {
                return None;
            }
            *last = Some(subject);
            if at + 1 < end {
                if self.is_quoted(at) && at + 2 >= end {
                    self.speak(at, said);
                    return Some(at + 1);
                }
                let to = self.urdu_end(at, end);
                // «ذرائع کے مطابق …، تاہم …»: the outlet's again.
                let turn = (at + 1..to).find(|&at| self.is_comma(at) && self.is_one_of(at + 1, &["تاہم", "البتہ"]));
                let to = turn.unwrap_or(to);
                self.report(at, to, said);
                return Some(to);
            }
            let before = self.urdu_before(clause, verb.start)?;
            self.urdu_told_before(before, said);
            return Some(end);
        }
        let mut at = verb.end;
        // «نے واضح کیا ہے، …»
        if self.is_comma(at) && self.is_quoted(at + 1) {
            // «’…‘، وہ کہتی ہیں، ’…‘»
            if let Some((place, next)) = self.quoted_before(clause, verb.start)
                && self.is_comma(place + 1)
            {
                let name_end = agent.filter(|&agent| agent > place).unwrap_or(verb.start);
                let subject = self.urdu_subject(next, name_end).or(*last).unwrap_or(Subject::Same);
                *last = Some(subject);
                let said = Said { subject, ..said };
                self.speak(place, said);
                self.speak(at + 1, said);
                return Some(at + 2);
            }
            at += 1;
        }
        if self.is(at, word::THAT) {
            *last = Some(told).filter(|_| !passive).or(*last);
            let next = at + 1;
            let whole = self.is_quoted(next) && (next + 1 >= end || self.is_mark(next + 1, &['۔', '،', '.']));
            if whole {
                self.speak(next, said);
                return Some(next + 1);
            }
            let to = self.urdu_end(next, end);
            self.report(next, to, said);
            return Some(to);
        }
        if self.is_colon(at) {
            *last = Some(told);
            if self.is_quoted(at + 1) && self.is_whole(at + 1) {
                self.speak(at + 1, said);
                return Some(at + 2);
            }
            let to = self.end_of_colon(end);
            self.report(at + 1, to, said);
            return Some(to);
        }
        if self.is_quoted(at) {
            *last = Some(told);
            self.speak(at, said);
            return Some(at + 1);
        }
        // «’…‘، نیازی نے جواب دیا»
        if let Some((place, next)) = self.quoted_before(clause, verb.start)
            && (self.words_inside(place) > 4
                || self.is_ended(place) && next == place + 1
                || agent.is_some_and(|agent| agent < place)
                    && verb.start == place + 1
                    && self.is_one_of(place.wrapping_sub(1), &["کو", "اسے", "انھیں", "انہیں"])
                || next > place + 1
                || agent.is_some_and(|agent| agent > place)
                || self.is_one_of(verb.start, &["قرار", "جھوٹ", "بے"]))
        {
            let agent_end = agent.filter(|&agent| agent > place).unwrap_or(verb.start);
            let agent_before = agent.is_some_and(|agent| agent < place);
            let name_end = if verb.verb.frame == Frame::Noun { verb.start } else { agent_end };
            let named = if agent_before { None } else { self.urdu_subject(next, name_end) };
            let subject = named.or(subject).or(*last).unwrap_or(Subject::Same);
            *last = Some(subject);
            let mut said = Said { subject, ..said };
            if (place..verb.end).any(|at| self.names_lie(at)) && self.is_one_of(verb.start, &["قرار"]) {
                said.class = VerbClass::Deny;
            }
            self.speak(place, said);
            return Some(verb.end);
        }
        if let Some((first, to)) = object {
            *last = Some(told);
            self.report(first, to, said);
            return Some(verb.end);
        }
        // «…، ریلوے انتظامیہ نے بتایا»
        if takes & complement::QUOTE == 0
            && let Some((first, to)) = self.urdu_before(clause, agent.unwrap_or(verb.start))
        {
            let named = self.urdu_subject(to, agent.unwrap_or(verb.start)).or(subject);
            let subject = named.or(*last).unwrap_or(Subject::Same);
            *last = Some(subject);
            self.urdu_told_before((first, to), Said { subject, ..said });
            return Some(verb.end);
        }
        let goes_on = at < end
            && !self.is_comma(at)
            && !self.is_mark(at, &['۔', '.', '!', '؟', '…'])
            && !self.is_one_of(at, &["اور", "تو", "تھا", "ہے", "مگر", "جس", "جب", "گیا", "جو", "لیکن"])
            && self.verb_at(at).is_none();
        let bare = takes & complement::BARE != 0 && agent.is_some() || verb.verb.frame == Frame::Noun;
        if goes_on && bare && end - at >= 4 {
            *last = Some(told);
            let to = self.urdu_end(at, end);
            self.report(at, to, said);
            return Some(to);
        }
        None
    }

    /// «ایسوسی ایٹڈ پریس کے مطابق، بائیڈن نے کہا ہے کہ …»: who speaks has a verb, and the outlet carries it.
    fn only_carries(&self, source: Subject, start: usize, end: usize) -> bool {
        let Some((first, behind)) = self.items_of(source) else { return false };
        let media = (first..behind).any(|at| self.is_media(at) || self.is(at, word::OUTLET));
        let pronoun = self.is(start, word::PRONOUN) && self.is_one_of(start + 1, &["نے"]);
        let verb = (start..end.min(start + 14)).find_map(|at| self.verb_at(at));
        (media || pronoun)
            && verb.is_some_and(|verb| {
                matches!(verb.verb.frame, Frame::Verb | Frame::Noun)
                    && verb.verb.class == VerbClass::Say
                    && verb.end + 3 < end
                    && (verb.verb.frame == Frame::Noun || (start..verb.start).any(|at| self.is_one_of(at, &["نے"])))
            })
    }

    /// Behind the adverbials before an object: «نے مذاکرات کے بعد | 40 بلوں کی جانچ کا اعلان کیا».
    fn urdu_object(&self, start: usize, verb: &VerbAt) -> usize {
        let end = verb.start;
        // «نے دونوں ملکوں سے | تحمل کا مظاہرہ کرنے کی اپیل کی»
        let asked = (start..end.min(start + 6)).find(|&at| self.is_one_of(at, &["سے"]));
        let start = asked.filter(|&at| verb.verb.class == VerbClass::Ask && at + 2 < end).map_or(start, |at| at + 1);
        // «بیجنگ پر مداخلت کا الزام»
        let accuses = verb.verb.class == VerbClass::Claim;
        let last = (start..end.min(start + 8)).rfind(|&at| {
            self.is_one_of(at, &["میں", "بعد", "موقع", "دوران"]) || !accuses && self.is_one_of(at, &["پر"])
        });
        last.filter(|&at| at + 2 < end).map_or(start, |at| at + 1)
    }

    /// A clause before a comma and the name of who says it.
    fn urdu_before(&self, clause: usize, name: usize) -> Option<(usize, usize)> {
        let comma = (clause..name).rfind(|&at| self.is_mark(at, &['،', ',']))?;
        let first = self.skip_start(clause, name);
        // «ایک ٹویٹ میں، …», «خطاب کرتے ہوئے، …»
        let finite =
            self.is_one_of(comma.wrapping_sub(1), &["ہوئے"]) && !self.raw(comma.wrapping_sub(2)).ends_with("تے");
        if self.is_one_of(comma.wrapping_sub(1), &POSTPOSITIONS) && !finite {
            return None;
        }
        (comma >= first + 4 && name - comma <= 14 && name > comma + 1).then_some((first, comma))
    }

    fn urdu_told_before(&mut self, (first, to): (usize, usize), said: Said) {
        // «لکی مروت (بیورو رپورٹ) …»: a dateline is not of the words.
        let bracket = (first..to.min(first + 8)).rfind(|&at| self.is_mark(at, &[')', '—']));
        self.report(bracket.map_or(first, |at| at + 1), to, said);
    }

    /// The noun phrase that ends before an item.
    pub(super) fn urdu_subject(&self, clause: usize, end: usize) -> Option<Subject> {
        let mut end = end;
        // «… نے تاہم», «وہ مسکراتے ہوئے یاد کرتی ہیں»
        while end > clause
            && (self.is(end - 1, word::FILLER | word::TIME) && !self.is(end - 1, word::PRONOUN)
                || self.is_one_of(end - 1, &["تاہم"]))
        {
            end -= 1;
        }
        if end > clause && self.is_comma(end - 1) {
            // «ان کے پوتے علی حیدر، جو اب تک خاموش تھے، بول پڑے»
            let open = (clause..end - 1).rfind(|&at| self.is_comma(at))?;
            // «ان کی استاد، رضیہ سلطانہ، کہتی ہیں»: the name stands between.
            let relative = self.is_one_of(open + 1, &["جو", "جن", "جنہوں", "جنھوں", "جس"]);
            let named = !relative && (open + 1..end - 1).any(|at| self.is_person(at));
            end = if named { end - 1 } else { open };
        }
        let low = clause.max(end.saturating_sub(22));
        let mut first = end;
        while first > low {
            let at = first - 1;
            if self.is_comma(at) || self.is_colon(at) || self.is_mark(at, &[')', '(', '۔', '|']) {
                break;
            }
            if self.is_quoted(at) {
                let name = self.words_inside(at) <= 4 && (at > low && !self.is_comma(at - 1));
                if !name {
                    break;
                }
                first = at;
                continue;
            }
            if at + 1 < end && self.is_one_of(at, &POSTPOSITIONS) && !self.is(at, word::ROLE) {
                break;
            }
            if self.is(at, word::THAT)
                || self.verb_at(at).is_some()
                    && self.verb_at(at).is_some_and(|verb| verb.verb.frame == Frame::Verb)
                    && at + 1 < end
            {
                break;
            }
            if self.is_one_of(at, &["نے", "ہے", "ہیں", "تھا", "تھے", "کہ", "تو", "گیا"]) {
                break;
            }
            first = at;
        }
        while first < end
            && (self.is(first, word::START | word::TIME) && !self.is(first, word::PRONOUN)
                || self.is_one_of(first, &["کے", "کا", "کی", "موقع"]))
        {
            let words = self.token(first).map_or(1, |token| usize::from(token.phrase.max(1)));
            first += if self.is(first, word::START) { words } else { 1 };
        }
        if first >= end {
            return None;
        }
        // «وہ پشتو میں پوچھتے ہیں», «اس بات سے انکار کیا»: what ends in a postposition is no subject.
        if self.is_one_of(end - 1, &POSTPOSITIONS) || self.is_one_of(end - 1, &["کر", "ہنس"]) {
            let named = self.is(first, word::PRONOUN) && !self.is_one_of(first, &["اس", "ان", "یہ"])
                || self.is_known_name(first)
                || self.is_person(first);
            let body = (first..end).any(|at| self.is_one_of(at, &["بیان", "اعلامیے", "رپورٹ"]));
            return if named {
                self.phrase(first, first + 1)
            } else if body {
                self.phrase(first, end - 1)
            } else {
                None
            };
        }
        self.phrase(first, end)
    }

    /// What an Urdu verb agrees with: «کہتی ہیں» with a woman; behind نے with nobody.
    pub(super) fn urdu_agreement(&self, verb: usize) -> Option<Agreement> {
        let verb = self.verb_of(verb).filter(|verb| verb.verb.frame == Frame::Verb)?;
        let tokens = self.tokens.get(verb.start..verb.end)?;
        let words = || tokens.iter().filter_map(|token| self.text.get(token.start..token.end));
        if words().any(|word| word == "ہوئے") {
            return None;
        }
        words().find_map(|word| match word {
            "بولیں" | "بولی" | "لگیں" | "اٹھیں" => Some(Agreement::Feminine),
            "بولے" | "بولا" | "لگے" => Some(Agreement::Masculine),
            _ if word.ends_with("تی") => Some(Agreement::Feminine),
            _ if word.ends_with("تے") || word.ends_with("تا") => Some(Agreement::Masculine),
            _ => None,
        })
    }

    /// True for a pronoun alone: «وہ».
    pub(super) fn is_urdu_pronoun(&self, subject: Subject) -> bool {
        let Subject::Phrase(start, end, _) = subject else { return false };
        let tokens = self.tokens.get(start..end).unwrap_or_default();
        self.tongue == Tongue::Urdu && !tokens.is_empty() && tokens.iter().all(|token| token.is(word::PRONOUN))
    }

    /// Where a clause ends that is reported.
    fn urdu_end(&self, start: usize, end: usize) -> usize {
        let end = end.min(start + LONGEST);
        for at in start + 1..end {
            let joins = self.is_one_of(at, &["اور", "مگر", "لیکن", "تاہم", "جبکہ", "تو"]) || self.is_comma(at);
            if !joins {
                continue;
            }
            let next = if self.is_comma(at) && self.is_one_of(at + 1, &["اور", "مگر", "لیکن", "تاہم", "جبکہ"])
            {
                at + 2
            } else {
                at + 1
            };
            // The next verb that opens a clause of its own, with nothing that joins before it.
            let stop = end.min(next + 14);
            let verb = (next..stop).find_map(|place| self.verb_at(place));
            // «… تاہم پولیس نے اس الزام کی تردید کی»
            let turns = (at..next).any(|at| self.is(at, word::BREAK));
            let agent = verb.is_some_and(|verb| (next..verb.start).any(|at| self.is_one_of(at, &["نے"])));
            if let Some(verb) = verb
                && turns
                && agent
                && !(next..verb.start).any(|place| self.is(place, word::THAT))
            {
                return at;
            }
            if let Some(verb) = verb
                && (self.is(verb.end, word::THAT) || self.is_colon(verb.end) || self.is_quoted(verb.end))
                && !(next..verb.start).any(|place| self.is_comma(place) || self.is_one_of(place, &["اور"]))
            {
                return at;
            }
        }
        end
    }
}

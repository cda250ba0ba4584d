//! English: "said" before or behind its subject, with "that" or without, before or behind what is said.

use khabar_model::VerbClass;

use super::english_clause::Opens;
use super::lexicon::{Frame, complement, word};
use super::reader::{Reader, Subject};
use super::token::{Kind, VerbAt};

/// Words that begin, behind "…, she said,", what the outlet says.
const BEHIND_ATTRIBUTION: [&str; 16] = [
    "but",
    "and",
    "citing",
    "adding",
    "that",
    "however",
    "with",
    "as",
    "after",
    "while",
    "although",
    "though",
    "amid",
    "following",
    "according",
    "which",
];

impl Reader<'_> {
    pub(super) fn read_english(&mut self, start: usize, end: usize) {
        let mut clause = self.english_asked(start, end).unwrap_or(start);
        let mut at = clause;
        let mut last: Option<Subject> = None;
        // "X said Y, Z testified.": all of it is what the last one tells.
        if let Some(next) =
            self.closing_attribution(start, end).and_then(|verb| self.english_verb(verb, start, start, end, &mut last))
        {
            clause = next;
            at = next;
        }
        while at < end {
            let Some(verb) = self.verb_at(at) else {
                at += 1;
                continue;
            };
            match self.english_verb(verb, start, clause, end, &mut last) {
                Some(next) => {
                    clause = next;
                    at = next.max(verb.end);
                }
                None => at = verb.end,
            }
        }
    }

    fn english_verb(
        &mut self,
        verb: VerbAt,
        start: usize,
        clause: usize,
        end: usize,
        last: &mut Option<Subject>,
    ) -> Option<usize> {
        if verb.verb.is(Frame::Source) {
            return self.english_source(verb, start, clause, end, last);
        }
        // "…, which describes itself as", "what's called ‘…’"
        let before = verb.start.wrapping_sub(1);
        // "pressed him into announcing an inquiry": nobody says it.
        if verb.verb.is(Frame::Part)
            && self.is_one_of(before, &["into", "for", "of", "from", "about", "against", "like"])
        {
            return None;
        }
        if verb.verb.takes(complement::DESCRIBE | complement::NP)
            && self.is_one_of(before, &["who", "which", "what's", "what’s"])
        {
            return None;
        }
        // "Germany's ministry, which has pressed for restraint, said"
        if let Some(close) = self.closed_relative(clause, verb.start, end) {
            let tells = matches!(self.english_opens(&verb, close), Some(Opens::That(_) | Opens::Quoted(_)));
            if !tells {
                return None;
            }
        }
        // "…," said the mayor: "Q, said S".
        let quoted = verb.start > clause
            && (self.is_quoted(verb.start - 1)
                || verb.start > clause + 1 && self.is_comma(verb.start - 1) && self.is_quoted(verb.start - 2));
        let trailing = verb.start > clause
            && (quoted
                || self.is_comma(verb.start - 1)
                    && verb.verb.takes(complement::BARE)
                    && !verb.verb.takes(complement::NP))
            && verb.verb.is(Frame::Verb)
            && !verb.verb.takes(complement::TO);
        if trailing && let Some((first, to)) = self.english_told_before(clause, verb.start) {
            let inverted = self.english_subject_behind(verb.end, end, false);
            let inverted = inverted.filter(|&(name, behind)| self.is_inverted(name, behind, end, quoted));
            if let Some((name, behind)) = inverted {
                // Of whom is known what they are, the name is enough.
                let comma =
                    (name + 1..behind).find(|&at| self.is_comma(at) && (self.is_known_name(at - 1) || at == name + 1));
                let subject = self.phrase(name, comma.unwrap_or(behind))?;
                *last = Some(subject);
                let said = self.said(&verb, subject, self.carrier(verb.end, end.min(verb.end + 14)));
                let behind = self.english_tell(first, to, behind, end, said);
                return Some(self.english_goes_on(behind, end, said, &verb));
            }
        }
        let subject = match verb.verb.frame {
            Frame::Part
                if self.is_one_of(verb.start.wrapping_sub(1), &["is", "are", "was", "were", "been"])
                    && verb.start > clause + 1 =>
            {
                self.english_subject(clause, verb.start - 1)
            }
            Frame::Part => self.absolute_subject(clause, verb.start).or(*last).or(Some(Subject::Same)),
            _ => self.english_subject(clause, verb.start),
        };
        // What "I" said is not reported by a speaker of the document, nor what somebody says that they say themselves.
        if let Some((first, behind)) = subject.and_then(|subject| self.items_of(subject))
            && (self.inside || behind == first + 1)
            && (first..behind).any(|at| {
                self.is_one_of(at, &["you", "You", "I'd", "I’d"])
                    || self.is_one_of(at, &["I", "We", "we"]) && self.is(at, word::PRONOUN)
            })
        {
            return None;
        }
        // "Nobody said it was easy."
        let named = subject.and_then(|subject| self.items_of(subject)).map(|(name, _)| name);
        if named.is_some_and(|name| self.is_nobody(name)) {
            return None;
        }
        // "The militia, however, claimed the attack, which it said had been long planned"
        let subject = match (subject.and_then(|subject| self.items_of(subject)), *last) {
            (Some((name, _)), Some(last)) if self.is_one_of(name, &["it", "they"]) => Some(last),
            _ => subject,
        };
        // "Q, she said."
        let opens = self.english_opens(&verb, end);
        if verb.verb.is(Frame::Verb)
            && let Some((name, _)) = subject.and_then(|subject| self.items_of(subject))
            && let name = self.with_owner(clause, name)
            && name > clause
            && (self.is_comma(name - 1) || self.is_quoted(name - 1))
            && !matches!(opens, Some(Opens::That(_)))
            && let Some((first, to)) = self.english_told_before(clause, name)
            && (self.is_quoted(to - 1) || !verb.verb.takes(complement::QUOTE))
            && (self.is_quoted(to - 1) || opens.is_none())
            && !self.is_beside(clause, to - 1, opens)
            && !self.hangs(clause, name, verb.end, end)
        {
            let subject = subject?;
            *last = Some(subject);
            let said = self.said(&verb, subject, self.carrier(verb.end, end.min(verb.end + 8)));
            let behind = self.english_tell(first, to, verb.end, end, said);
            return Some(self.english_goes_on(behind, end, said, &verb));
        }
        // "where, she said, two tankers had been waiting", "his men, he said, had panicked"
        if verb.verb.is(Frame::Verb)
            && let Some((name, behind)) = subject.and_then(|subject| self.items_of(subject))
            && name > clause + 1
            && self.is_comma(name - 1)
            && !self.is_quoted(name - 2)
            && behind <= verb.start
            && self.is_comma(verb.end)
            && verb.end + 3 < end
            && !self.is_quoted(verb.end + 1)
            && !self.is_one_of(verb.end + 1, &BEHIND_ATTRIBUTION)
        {
            let subject = subject?;
            *last = Some(subject);
            let said = self.said(&verb, subject, None);
            let head = self.skip_start(clause, name);
            if self.is(verb.end + 1, word::AUX)
                && (head..name - 1).all(|at| self.is_word(at))
                && !self.hangs(clause, name, verb.end, end)
            {
                self.report(head, name - 1, said);
            }
            let to = self.english_end(verb.end + 1, end, &verb);
            self.report(verb.end + 1, to, said);
            return Some(to);
        }
        let Some(opens) = opens else {
            // "nine MPs wrote to the chairman demanding …"
            let names = subject.and_then(|subject| self.items_of(subject)).is_some_and(|(first, behind)| {
                (first..behind).any(|at| {
                    self.is(at, word::ROLE | word::ORG | word::PRONOUN)
                        || self.token(at).is_some_and(|token| token.capital)
                })
            });
            if names && verb.verb.is(Frame::Verb) && !self.inside {
                *last = subject;
            }
            return None;
        };
        // "have not disclosed the names"
        if !matches!(opens, Opens::Quoted(_)) && self.is_negated(verb.start) {
            *last = subject.or(*last);
            return None;
        }
        // "the first reported fatality": no noun speaks.
        if let Some((first, behind)) = subject.and_then(|subject| self.items_of(subject))
            && (first..behind).all(|at| {
                self.is_one_of(at, &["the", "The", "a", "first", "second", "daily", "most", "as", "what", "to"])
                    || self.is(at, word::TIME) && !self.is(at, word::ROLE | word::ORG)
            })
        {
            return None;
        }
        // "flatly denied it, calling …"
        let subject = subject.or(*last).unwrap_or(Subject::Same);
        // "both sides are blaming each other"
        if let Opens::Object(at) = opens
            && (self.is(at, word::PRONOUN) && (at + 1 >= end || !self.is_word(at + 1))
                || self.is_one_of(at, &["each", "one"]) && self.is_one_of(at + 1, &["other", "another"]))
        {
            *last = Some(subject);
            return None;
        }
        let carrier_end = match opens {
            Opens::That(at) | Opens::Bare(at) | Opens::Quoted(at) | Opens::Object(at) => at,
        };
        let carrier =
            self.carrier(clause, verb.start).or(self.carrier(verb.end, carrier_end)).filter(|carrier| match subject {
                Subject::Phrase(start, end, _) => {
                    !self.tokens.get(start..end).unwrap_or_default().iter().any(|token| token.entity == Some(*carrier))
                }
                Subject::Same => true,
            });
        *last = Some(subject);
        let (subject, carrier) = self.cited(&verb, end, subject).unwrap_or((subject, carrier));
        let mut said = self.said(&verb, subject, carrier);
        match opens {
            Opens::Quoted(at) => {
                if verb.verb.takes(complement::DESCRIBE) && self.is_title(at) {
                    return None;
                }
                if verb.verb.takes(complement::DESCRIBE) && self.names_lie(at) {
                    said.class = VerbClass::Deny;
                }
                self.speak(at, said);
                // "“folly” and “attempting to rewrite history”"
                let mut at = at + 1;
                while at + 1 < end
                    && self.is_one_of(at, &["and", "or"])
                    && self.is_quoted(at + 1)
                    && self.words_inside(at + 1) > 1
                {
                    self.speak(at + 1, said);
                    at += 2;
                }
                Some(at)
            }
            Opens::That(at) | Opens::Bare(at) | Opens::Object(at) => {
                // "told him to leave"
                if matches!(opens, Opens::Object(_)) && verb.verb.takes(complement::TO) {
                    said.class = VerbClass::Ask;
                }
                let object = matches!(opens, Opens::Object(_)) && verb.verb.takes(complement::NP);
                let end = if object { self.object_end(at, end) } else { end };
                let to = self.english_end(at, end, &verb);
                self.report(at, to, said);
                // "dismissed the claim as “pure fantasy”"
                if verb.verb.class == VerbClass::Deny && self.is_one_of(to, &["as"]) {
                    self.speak(to + 1, said);
                }
                Some(to)
            }
        }
    }

    /// "Likening the suit to “extortion,” she said her husband was …": what she said is behind the verb.
    fn is_beside(&self, clause: usize, quoted: usize, opens: Option<Opens>) -> bool {
        let first = self.skip_start(clause, quoted);
        first < quoted
            && self.words_inside(quoted) < 4
            && matches!(opens, Some(Opens::Bare(_)))
            && self.raw(first).ends_with("ing")
    }

    /// "“…,” the watchdog's director, Solveig Brekkhus, told reporters": where the owner begins that the name is without.
    fn with_owner(&self, clause: usize, name: usize) -> usize {
        let owner =
            name.checked_sub(1).is_some_and(|owner| self.raw(owner).ends_with("'s") || self.raw(owner).ends_with("’s"));
        let words = (clause..name).rev().take(6).take_while(|&at| self.is_word(at)).count();
        if owner && self.is_quoted(name.wrapping_sub(words + 1)) { name - words } else { name }
    }

    /// "did not say", "has never confirmed"
    fn is_negated(&self, verb: usize) -> bool {
        (verb.saturating_sub(3)..verb).rev().take_while(|&at| self.is(at, word::FILLER | word::AUX)).any(|at| {
            self.is_one_of(at, &["not", "never"]) || self.raw(at).ends_with("n't") || self.raw(at).ends_with("n’t")
        })
    }

    /// Where a relative clause closes that holds a verb, if the sentence goes on with a verb behind it.
    fn closed_relative(&self, clause: usize, verb: usize, end: usize) -> Option<usize> {
        let comma = (clause..verb).rfind(|&at| self.is_comma(at))?;
        let relative = self.is_one_of(comma + 1, &["which", "who", "whose", "where"]);
        let ends = |at: &usize| self.is_comma(*at) || self.is_quoted(*at) && self.words_inside(*at) > 5;
        let close = (verb..end).find(ends).filter(|&at| self.is_comma(at))?;
        let goes_on = (close + 1..end.min(close + 4))
            .take_while(|&at| !self.is(at, word::PRONOUN) && self.is_word(at))
            .any(|at| self.verb_at(at).is_some_and(|verb| verb.verb.is(Frame::Verb)) || self.is(at, word::AUX));
        (relative && goes_on).then_some(close)
    }

    fn is_nobody(&self, at: usize) -> bool {
        self.is_one_of(at, &["Nobody", "nobody", "None", "none", "Neither", "neither"])
            || self.is_one_of(at, &["No", "no"]) && self.is_one_of(at + 1, &["one"])
    }

    /// "with which, he said, his council had …": what is reported follows the attribution.
    fn hangs(&self, clause: usize, name: usize, behind: usize, end: usize) -> bool {
        const HANGING: [&str; 8] = ["which", "where", "whom", "that", "who", "but", "and", "because"];
        name > clause + 1
            && self.is_comma(behind)
            && behind + 3 < end
            && self.is_comma(name - 1)
            && self.is_one_of(name - 2, &HANGING)
    }

    /// A quotation in capitals, as titles and names are.
    fn is_title(&self, at: usize) -> bool {
        self.quoted(at).is_some_and(|(_, quoted)| {
            let inside = self.tokens.get(quoted.first..quoted.end).unwrap_or_default();
            inside.iter().filter(|token| token.kind == Kind::Word).all(|token| token.capital)
        })
    }

    /// "The Times reported, citing two officials, that …": who is cited speaks, and the outlet carries it.
    fn cited(&self, verb: &VerbAt, end: usize, subject: Subject) -> Option<(Subject, Option<u32>)> {
        let (first, last) = self.items_of(subject)?;
        let outlet = (first..last).find(|&at| self.is_media(at) || self.is(at, word::OUTLET))?;
        let citing = (verb.end..end).find(|&at| self.is_one_of(at, &["citing", "quoting"]))?;
        let (name, behind) = self.english_subject_behind(citing + 1, end, true)?;
        let names = (name..behind).any(|at| {
            self.is(at, word::ROLE | word::ORG | word::OUTLET) || self.token(at).is_some_and(|token| token.capital)
        });
        let carrier = (outlet..last).find_map(|at| self.entity(at).filter(|_| self.is_media(at)));
        let cited = self.phrase(name, behind).filter(|_| names && self.is_comma(citing - 1))?;
        Some((cited, carrier.map(|(place, _)| place)))
    }

    /// "with the governor saying …": the subject of a participle.
    fn absolute_subject(&self, clause: usize, verb: usize) -> Option<Subject> {
        let with = (clause.max(verb.saturating_sub(12))..verb)
            .rfind(|&at| self.is_comma(at) || self.is_quoted(at) || self.is_one_of(at, &["with", "With"]))?;
        (self.is_one_of(with, &["with", "With"])).then(|| self.phrase(with + 1, verb)).flatten()
    }

    /// The items of a subject.
    pub(super) fn items_of(&self, subject: Subject) -> Option<(usize, usize)> {
        match subject {
            Subject::Phrase(start, end, _) => {
                let items = self.items.len();
                Some((self.item_behind(start, items), self.item_behind(end, items)))
            }
            Subject::Same => None,
        }
    }

    fn english_source(
        &mut self,
        verb: VerbAt,
        start: usize,
        clause: usize,
        end: usize,
        last: &mut Option<Subject>,
    ) -> Option<usize> {
        let (name, mut behind) = self.english_subject_behind(verb.end, end, true)?;
        let mut first = self.skip_start(clause, end);
        // "But according to the council, …"
        first += usize::from(verb.start == first + 1 && self.is_one_of(first, &["But", "And", "Yet", "Still", "So"]));
        // "According to the ministry, two people died.": its comma begins no apposition.
        if verb.start <= first && !(behind..end).any(|at| self.is_word(at) || self.is_quoted(at)) {
            behind = (name..behind).rfind(|&at| self.is_comma(at)).unwrap_or(behind);
        }
        // "According to survivors interviewed by the group's staff, …"
        if verb.start <= first {
            let comma = (behind..end.min(behind + 12)).find(|&at| !self.is_word(at));
            behind = comma.filter(|&at| self.is_comma(at)).unwrap_or(behind);
            // "According to their lawyer, Vesna Karadol, police …"
            let names = (behind + 1..end.min(behind + 6))
                .take_while(|&at| self.is_word(at) && self.token(at).is_some_and(|token| token.capital))
                .count();
            let close = behind + 1 + names;
            if self.is_comma(behind)
                && (1..5).contains(&names)
                && self.is_comma(close)
                && !self.is(behind + 1, word::TIME)
            {
                behind = close;
            }
        }
        let subject = self.phrase(name, behind)?;
        *last = Some(subject);
        let said = self.said(&verb, subject, None);
        if verb.start <= first
            || verb.start > start && self.is_one_of(verb.start - 1, &["that"])
            || self.is_comma(behind)
                && verb.start > 1
                && (self.is_one_of(verb.start - 2, &["that", "which", "who"])
                    || self.is_one_of(verb.start - 1, &["which", "who"]))
        {
            let mut at = behind;
            while self.is_comma(at) {
                at += 1;
            }
            let to = self.english_end(at, end, &verb);
            self.report(at, to, said);
            return Some(to);
        }
        let mut to = verb.start;
        while to > first && self.is_comma(to - 1) {
            to -= 1;
        }
        // A quotation alone is what they say; the words around it are the outlet's.
        if self.is_quoted(to - 1) && self.is_untold(to - 1) {
            self.speak(to - 1, said);
            return Some(behind);
        }
        let from = (first..to).rfind(|&at| self.is_mark(at, &[';'])).map_or(first, |at| at + 1);
        self.report(from, to, said);
        // "The idea, according to its director, is to bring …"
        if self.is_comma(behind)
            && self.is(behind + 1, word::AUX)
            && !self.is(behind + 1, word::PRONOUN)
            && (from..to).all(|at| self.is_word(at) && !self.is(at, word::AUX))
        {
            let to = self.english_end(behind + 1, end, &verb);
            self.report(behind + 1, to, said);
            return Some(to);
        }
        Some(behind)
    }
}

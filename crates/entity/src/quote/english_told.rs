//! English: attributions behind what is told: "…," she said, "…, says Ann Wu, a nurse.".

use khabar_model::VerbClass;

use super::lexicon::{Frame, complement, word};
use super::reader::{Reader, Said};
use super::token::VerbAt;
use super::words;

impl Reader<'_> {
    /// "Asked by the presenter if he would go, the mayor said …": what was asked, up to the comma.
    pub(super) fn english_asked(&mut self, start: usize, end: usize) -> Option<usize> {
        let verb = self.skip_start(start, end);
        if !self.is_one_of(verb, &["Asked", "Pressed", "Quizzed", "Questioned"]) {
            return None;
        }
        let comma = (verb..end.min(verb + 40)).find(|&at| self.is_mark(at, &[',']))?;
        let question = (verb + 1..comma.min(verb + 12)).find(|&at| self.is_one_of(at, &words::WH))?;
        let subject = self.phrase(verb + 2, question).filter(|_| self.is_one_of(verb + 1, &["by"]))?;
        let at = self.first_token(verb);
        let said = Said { subject, class: VerbClass::Ask, verb: Some((at, at + 1, 0)), carrier: None };
        self.report(question, comma, said);
        Some(comma + 1)
    }

    /// The verb of an attribution that ends a sentence without quotations in which a thing has another verb: "The figures suggest
    /// …, the minister said.", "It suggests …, says Ann Wu, a nurse."
    pub(super) fn closing_attribution(&self, start: usize, end: usize) -> Option<VerbAt> {
        if self.inside || self.headline || (start..end).any(|at| self.is_quoted(at)) {
            return None;
        }
        let comma = (start..end)
            .rfind(|&at| self.is_mark(at, &[',']) && (self.trails(at + 1, end) || self.trails_inverted(at + 1, end)))?;
        let verb = (comma + 1..end).find_map(|at| self.verb_at(at))?;
        // "The minister said he would go, the agency reported": that is what the minister says.
        let clause = self.skip_start(start, comma);
        let other = (clause..comma).find_map(|at| self.verb_at(at)).filter(|verb| verb.verb.is(Frame::Verb))?;
        let says = word::ROLE | word::ORG | word::OUTLET | word::VAGUE | word::PRONOUN;
        let somebody = (clause..other.start).any(|at| {
            let both = self.is_one_of(at, &["both", "Both"]);
            both || (self.is(at, says) || self.entity(at).is_some()) && !self.is_one_of(at, &["it", "It"])
        });
        let main = !(clause..other.start.saturating_sub(2)).any(|at| self.is(at, word::AUX));
        (!(somebody && main) && self.has_finite(clause, comma)).then_some(verb)
    }

    /// "says Ann Wu, a nurse."
    fn trails_inverted(&self, start: usize, end: usize) -> bool {
        let Some(verb) =
            self.verb_at(start).filter(|verb| verb.verb.is(Frame::Verb) && verb.verb.takes(complement::BARE))
        else {
            return false;
        };
        let Some((name, behind)) = self.english_subject_behind(verb.end, end, false) else { return false };
        let rest = (behind..end).find(|&at| !self.is(at, word::TIME) && !self.is_one_of(at, &["on", "in"]));
        self.is_inverted(name, behind, end, false) && rest.is_none_or(|at| at + 1 >= end)
    }

    /// True if a phrase behind a verb is its subject and no clause: "said aid workers.", and not "said she had stopped".
    pub(super) fn is_inverted(&self, name: usize, behind: usize, end: usize, quoted: bool) -> bool {
        if quoted && !self.is_one_of(name, &["it", "there"]) {
            return true;
        }
        if (name..behind).any(|at| self.is(at, word::AUX | word::BE)) {
            return false;
        }
        let ends = behind >= end
            || self.is_mark(behind, &['.', ',', ';', '!', '?'])
            || self.is(behind, word::TIME | word::PREP);
        let names = (name..behind).any(|at| {
            self.is(at, word::ROLE | word::ORG)
                || self.token(at).is_some_and(|token| token.capital) && !self.is(at, word::TIME)
        });
        ends && names && !self.is(name, word::PRONOUN)
    }

    /// What stands before an attribution: a quotation, or a clause up to a comma.
    pub(super) fn english_told_before(&self, clause: usize, name: usize) -> Option<(usize, usize)> {
        let mut to = name;
        while to > clause && self.is_comma(to - 1) {
            to -= 1;
        }
        if to > clause && self.is_quoted(to - 1) {
            // "A strike would be “a disaster”, he added"
            let from = self.skip_start(clause, to);
            let lower = self
                .quoted(to - 1)
                .and_then(|(_, quoted)| self.tokens.get(quoted.first))
                .is_some_and(|first| !first.capital);
            let whole = lower
                && from + 2 < to
                && self.is_word(to - 2)
                && (from..to - 1).any(|at| self.is(at, word::AUX))
                && (from..to - 1).all(|at| self.is_word(at) && self.verb_at(at).is_none());
            return Some((if whole { from } else { to - 1 }, to));
        }
        let part = (clause..to).rfind(|&at| self.is_mark(at, &[';']));
        let first = self.skip_start(part.map_or(clause, |at| at + 1), to);
        // "For her part, …", "In a written answer tabled that evening, …"
        let amount = self.is_one_of(first + 1, &["least", "most"]);
        if self.is(first, word::PREP) && !amount && !(first..to).any(|at| self.is_comma(at) || self.is_quoted(at)) {
            return None;
        }
        // "The province, said the critic, had lost a library"
        let article = self.is_one_of(first, &["The", "A", "An", "His", "Her", "Its", "Their"]);
        let told = to >= first + 3 - usize::from(article) || to > first + 1 && self.is_quoted(first);
        // "Settlers, who form part of his following, said": a noun phrase with its clause, and nothing that is told.
        let comma = (first..to).find(|&at| self.is_comma(at) || self.is_quoted(at));
        let noun = comma.is_some_and(|comma| {
            self.is_one_of(comma + 1, &["who", "whose", "which"]) && !self.has_finite(first, comma)
        }) && !(comma.map_or(to, |comma| comma + 1)..to).any(|at| self.is_comma(at));
        (told && !noun && to < name).then_some((first, to))
    }

    pub(super) fn english_tell(&mut self, first: usize, to: usize, behind: usize, end: usize, said: Said) -> usize {
        if self.is_quoted(first) && to == first + 1 {
            self.speak(first, said);
        } else {
            self.report(first, to, said);
        }
        // "…," he said, "…"
        let next = (behind..end.min(behind + 14)).find(|&at| self.is_quoted(at));
        if let Some(next) = next
            && (self.is_comma(next - 1) || self.is_colon(next - 1))
            && self.is_untold(next)
            && self.verb_between(behind, next) == 0
        {
            self.speak(next, said);
            return next + 1;
        }
        behind
    }

    /// "The problem, engineers said on Monday, was traced to a heater": the part behind the attribution.
    pub(super) fn english_goes_on(&mut self, behind: usize, end: usize, said: Said, verb: &VerbAt) -> usize {
        let comma = (behind..end.min(behind + 9)).find(|&at| !self.is_word(at)).filter(|&at| self.is_comma(at));
        match comma {
            Some(comma) if self.is(comma + 1, word::AUX) && !self.is(comma + 1, word::PRONOUN) => {
                let to = self.english_end(comma + 1, end, verb);
                self.report(comma + 1, to, said);
                to
            }
            _ => behind,
        }
    }
}

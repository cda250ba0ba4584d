//! English: where the words end that a verb reports.

use khabar_model::VerbClass;

use super::english_clause::Opens;
use super::lexicon::{Frame, word};
use super::reader::{LONGEST, Reader};
use super::token::VerbAt;

/// What the outlet goes on with about the news that somebody told.
const CONSEQUENCES: [&str; 14] = [
    "easing",
    "sending",
    "sparking",
    "triggering",
    "prompting",
    "dashing",
    "raising",
    "fuelling",
    "fueling",
    "ending",
    "capping",
    "underscoring",
    "stoking",
    "deepening",
];

impl Reader<'_> {
    /// Where a clause ends that a verb reports.
    pub(super) fn english_end(&self, start: usize, end: usize, main: &VerbAt) -> usize {
        let end = end.min(start + LONGEST);
        // "reported that, last year, he suggested"
        let aside = (start + 1..end.min(start + 9)).find(|&at| self.is_comma(at)).filter(|_| self.is_comma(start));
        let mut behind = aside.map_or(start, |close| close + 1);
        for at in start + 1..end {
            // "margins, which fell to 46% from 49%, would recover"
            if at < behind {
                continue;
            }
            if self.is_comma(at)
                && let Some(close) = self.inserted(start, at, end)
            {
                behind = close + 1;
                continue;
            }
            // "Parents vow to fight on | as council votes"
            if self.headline
                && self.is_one_of(at, &["as", "amid"])
                && !self.is(at - 1, word::AUX)
                && self.is_word(at + 2)
            {
                return at;
            }
            // "threatened to vote it down, in the latest sign of strain"
            if self.is_mark(at, &[','])
                && self.is_one_of(at + 1, &["in"])
                && (self.is_one_of(at + 2, &["what"])
                    || self.is_one_of(at + 2, &["the", "a"])
                        && self.is_one_of(at + 3, &["latest", "sign", "move", "blow", "boost"]))
            {
                return at;
            }
            // "said bookings are ahead of last year, easing concern that …"
            if self.is_mark(at, &[',']) && self.is_one_of(at + 1, &CONSEQUENCES) && self.has_finite(start, at) {
                return at;
            }
            // "'… from Eurosceptics' - as one of the MPs suggested"
            if self.is_mark(at, &['-', '–', '—'])
                && !self.token(at).is_some_and(|dash| dash.glued)
                && self.is_one_of(at + 1, &["as", "after", "but", "while", "despite"])
            {
                return at;
            }
            // ", days after residents reported hearing it"
            if self.is_comma(at)
                && self.is_one_of(at + 1, &["minutes", "hours", "days", "weeks", "months", "years"])
                && self.is_one_of(at + 2, &["after", "before"])
                && !(at + 3..end.min(at + 14)).any(|at| self.is_comma(at))
            {
                return at;
            }
            let comma = self.is_comma(at);
            // "rejected the reports as “staged”"
            if main.verb.class == VerbClass::Deny
                && self.is_one_of(at, &["as"])
                && (self.is_quoted(at + 1) || self.is(at + 1, word::LIE))
            {
                return at;
            }
            if !comma && !self.is_one_of(at, &["and", "but"]) {
                continue;
            }
            let mut next = at + 1;
            if comma && self.is_one_of(next, &["and", "but"]) {
                next += 1;
            }
            let joined = next;
            // "said it was looking into it and had told the operator": both are what is said.
            let believes = self
                .is_one_of(next, &["thought", "felt", "believed", "feared", "hoped", "understood", "knew", "realised"]);
            let shifted = self.is_one_of(next, &["had"]) || believes && self.is(start, word::PRONOUN);
            while self.is(next, word::FILLER | word::TIME)
                && !self.is(next, word::PRONOUN)
                && self.verb_at(next).is_none()
            {
                next += 1;
            }
            if let Some(verb) = self.verb_at(next).filter(|_| !shifted) {
                let opens = verb.verb.is(Frame::Source) && comma
                    || !verb.verb.is(Frame::Source) && self.english_opens(&verb, end).is_some();
                if opens {
                    return at;
                }
            }
            // "… but declined to say more"
            if self.is_one_of(next, &["declined", "declines", "refused", "refuses"])
                && self.is_one_of(next + 1, &["to"])
            {
                return at;
            }
            // "…, the complaint states."
            if self.is_mark(at, &[',']) && self.trails(joined, end) {
                return at;
            }
            if comma && self.is_one_of(at + 1, &["although", "though", "while"]) && self.verb_between(at, end) > 0 {
                return at;
            }
            // ", the judge remarked that …", ", and a reviewer, who asked not to be named, confirms that"
            if self.is_mark(at, &[',', ';']) && self.begins_report(joined, end) {
                return at;
            }
            // ", a rumor that …", ", due in December", ", which …": said by the outlet.
            if self.is_mark(at, &[';']) {
                return at;
            }
            // "parents warned that … and teachers described …"
            if !comma && self.is(joined, word::ANON) && self.begins_report(joined, end) {
                return at;
            }
            let where_said = self.is_one_of(at + 1, &["where"]) && self.is_comma(at + 2);
            if comma && (self.is(at + 1, word::ASIDE) || where_said || self.is_rumour(at + 1, end)) {
                return at;
            }
        }
        end
    }

    /// The comma that closes a relative clause behind the subject of a clause that has no verb before it.
    fn inserted(&self, start: usize, comma: usize, end: usize) -> Option<usize> {
        if !self.is_mark(comma, &[','])
            || self.is_one_of(comma + 1, &["and", "but", "or"])
            || (start..comma).any(|at| self.is(at, word::AUX) || self.verb_at(at).is_some() || self.is_quoted(at))
        {
            return None;
        }
        let close = (comma + 2..end.min(comma + 16)).find(|&at| self.is_comma(at))?;
        self.is(close + 1, word::AUX).then_some(close)
    }

    /// "announced the award | on the sidelines of the forum", "accused them of losing control | after his side drew": where a
    /// noun phrase ends that a verb reports, before what the outlet says of it.
    pub(super) fn object_end(&self, start: usize, end: usize) -> usize {
        let adjunct = |at: usize| {
            let span = ["minutes", "hours", "days", "weeks", "months", "years"];
            self.is_one_of(at, &["after", "amid", "following"]) && !self.is_one_of(at - 1, &span)
                || self.is_one_of(at, &["on"]) && self.is_one_of(at + 2, &["sidelines"])
                // "vowed to stay | as the country approaches the day"
                || at > start + 3
                    && self.is_one_of(at, &["as"])
                    && (self.is_one_of(at + 1, &["the"]) || self.token(at + 1).is_some_and(|next| next.capital))
                    && self.has_finite(at + 1, end)
        };
        (start + 1..end).find(|&at| adjunct(at)).unwrap_or(end)
    }

    /// An attribution at the end of a sentence: a name of few words, a verb of speech and nothing but a time.
    pub(super) fn trails(&self, start: usize, end: usize) -> bool {
        let Some(verb) = (start + 1..end.min(start + 7)).find_map(|at| self.verb_at(at)) else { return false };
        let behind = (verb.end..end).find(|&at| !self.is(at, word::TIME) && !self.is_one_of(at, &["on", "in"]));
        verb.verb.is(Frame::Verb)
            && self.token(start).is_some_and(|token| {
                token.capital || token.is(word::PRONOUN | word::ROLE) || matches!(self.raw(start), "the" | "a" | "an")
            })
            && (start..verb.start).all(|at| self.is_word(at) && !self.is(at, word::AUX) && !self.is(at, word::ASIDE))
            && !self.is_one_of(start, &["who", "which", "that"])
            && behind.is_none_or(|at| self.is_mark(at, &['.', '!', '?']) && at + 1 >= end)
    }

    /// ", a rumor that had spread"
    fn is_rumour(&self, start: usize, end: usize) -> bool {
        self.is_one_of(start, &["a", "an"])
            && (start + 1..end.min(start + 4))
                .any(|at| self.is_one_of(at, &["that", "which", "denied", "echoed", "shared"]))
    }

    /// True if somebody is named who speaks: a few words, and a verb with what it reports.
    fn begins_report(&self, start: usize, end: usize) -> bool {
        let names = self.is(start, word::PRONOUN)
            || self.token(start).is_some_and(|token| token.entity.is_some())
            || self.is(start, word::ANON)
            || self.is_one_of(start, &["the", "a", "an"]);
        if !names {
            return false;
        }
        let mut at = start;
        let mut role = !self.is_one_of(start, &["the", "a", "an"]);
        while at < end.min(start + 20) {
            if let Some(verb) = self.verb_at(at).filter(|_| at > start) {
                return role
                    && verb.verb.is(Frame::Verb)
                    && matches!(
                        self.english_opens(&verb, end),
                        Some(Opens::That(_) | Opens::Bare(_) | Opens::Quoted(_))
                    );
            }
            // A name, and a relative clause between commas.
            if self.is_comma(at) && self.is_one_of(at + 1, &["who", "which", "whose"]) {
                let Some(close) = (at + 1..end.min(at + 16)).find(|&place| self.is_comma(place)) else { return false };
                at = close + 1;
                continue;
            }
            if !self.is_word(at) || self.is_one_of(at, &["who", "which", "that"]) {
                return false;
            }
            role |= self.is(at, word::ROLE | word::ORG);
            at += 1;
        }
        false
    }
}

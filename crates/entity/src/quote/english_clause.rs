//! English: where the words begin that a verb reports.

use khabar_model::VerbClass;

use super::lexicon::{complement, word};
use super::reader::Reader;
use super::token::{Kind, VerbAt};
use super::words;

impl Reader<'_> {
    /// Where what a verb reports begins.
    pub(super) fn english_opens(&self, verb: &VerbAt, end: usize) -> Option<Opens> {
        let takes = verb.verb.takes;
        let mut at = verb.end;
        let limit = end.min(at + 26);
        // "ruled in January that"
        if takes & complement::THAT != 0 {
            let clause = (at..limit).take_while(|&at| self.is_word(at) && self.verb_at(at).is_none());
            return clause.into_iter().find(|&at| self.is_one_of(at, &["that"])).map(|that| Opens::That(that + 1));
        }
        let quoted = |at: usize| self.is_quoted(at) && self.words_inside(at) > 0;
        // "rejects “baseless” allegations"
        if quoted(at)
            && takes & complement::NP != 0
            && self.words_inside(at) <= 3
            && self.is_word(at + 1)
            && !self.is(at + 1, word::PREP | word::TIME | word::AUX)
            && !self.is_one_of(at + 1, &["and", "but", "or"])
        {
            return Some(Opens::Object(at));
        }
        if quoted(at) {
            return Some(Opens::Quoted(at));
        }
        if (self.is_colon(at) || self.is_comma(at)) && quoted(at + 1) {
            return Some(Opens::Quoted(at + 1));
        }
        // "called that account “fiction”"
        let describes = takes & complement::DESCRIBE != 0 && (at + 2..at + 5).any(quoted);
        if self.is(at, word::THAT) && self.is_one_of(at, &["that"]) && !describes {
            // "said that was not true", and not "said that it's true"
            if self.is(at + 1, word::AUX) && !self.raw(at + 1).contains(['\'', '’']) {
                let said = self.is_one_of(verb.start, &["said", "says", "say", "added"]);
                return said.then_some(Opens::Bare(at));
            }
            return Some(Opens::That(at + 1));
        }
        // "found that", which is a verb of the lexicon.
        if verb.end > verb.start + 1 && self.is_one_of(at - 1, &["that"]) {
            return Some(Opens::That(at));
        }
        if self.is_one_of(verb.start, &["put", "puts"]) && verb.end == verb.start + 1 {
            // "put the toll at 140"
            let to = (at + 1..limit.min(at + 14)).find(|&place| self.is_one_of(place, &["at"]))?;
            return (self.is_digits(to + 1) || quoted(to + 1) || self.is_mark(to + 1, &['$', '£', '€']))
                .then_some(Opens::Object(at));
        }
        if takes & complement::DESCRIBE != 0 {
            return (at..limit)
                .take_while(|&place| {
                    let noun = self.is_one_of(place, &["claims", "reports", "demands", "requests", "orders"]);
                    !self.is_mark(place, &[';']) && (noun || self.verb_at(place).is_none())
                })
                .find_map(|place| {
                    if quoted(place) && !self.is(place - 1, word::NAMING | word::ORG) {
                        return Some(Opens::Quoted(place));
                    }
                    (self.is_one_of(place, &["as"])
                        && !quoted(place + 1)
                        && !self.is_one_of(place + 1, &["“", "\"", "a"])
                        || self.is_one_of(place, &["as"])
                            && self.is_one_of(place + 1, &["a"])
                            && !quoted(place + 1)
                            && !(place..limit).any(quoted))
                    .then_some(Opens::Object(place + 1))
                })
                .or_else(|| {
                    let noun = self.is_word(at) && !self.is(at, word::PREP | word::TIME | word::PRONOUN | word::AUX);
                    (takes & complement::NP != 0 && noun).then_some(Opens::Object(at))
                });
        }
        // "in its 5.30 pm bulletin that", "reporters on Tuesday: “…”"
        let stop = (at..limit)
            .find(|&place| {
                // "in an Oct. 26 letter that"
                let ends = self.is_mark(place, &[',', ';', ':']) || self.is_mark(place, &['.']) && place + 1 >= end;
                self.verb_at(place).is_some() || ends || quoted(place)
            })
            .unwrap_or(limit);
        // "urged anyone who had a ticket to …", "asked the board to explain why" ask no question.
        let question = self.is_one_of(verb.start, &words::ASKING);
        if verb.verb.class == VerbClass::Ask
            && question
            && let Some(whether) = (at..stop.min(at + 9)).find(|&place| self.is_one_of(place, &words::WH))
            && !(at..whether).any(|place| self.is_one_of(place, &["to", "anyone", "those", "people"]))
        {
            return Some(Opens::Object(whether));
        }
        // "rejected reports that …", "says rumours that … are": a noun phrase; "admitted years afterwards that".
        let told_first = takes & complement::TO != 0 || matches!(verb.verb.class, VerbClass::Warn | VerbClass::Ask);
        let noun = !told_first
            && self.is_word(at)
            && !self.is(at, word::PREP | word::TIME | word::FILLER)
            && !self.is_one_of(at, &["only"])
            && !self.raw(at).ends_with("ly");
        let that = (at..stop).find(|&place| {
            // "said of that on-ramp"
            let led = self.is(place - 1, word::PREP) && !self.is(place - 1, word::TIME);
            self.is_one_of(place, &["that"]) && !led && !self.is_one_of(place - 1, &["and", "but", "or"])
        });
        // "told me they saw houses that were destroyed"
        let addressed = takes & complement::TO != 0;
        let told = addressed.then(|| self.behind_addressee(at, end));
        let clause = told.filter(|&at| self.is(at, word::PRONOUN));
        let that = that.filter(|&that| clause.is_none_or(|clause| clause > that));
        // "told reporters the fault was traced to a part that had failed"
        let that = that.filter(|&that| !told.is_some_and(|told| (told..that).any(|at| self.is(at, word::AUX))));
        if let Some(that) = that.filter(|&that| !noun || self.is(that - 1, word::TIME)) {
            return Some(Opens::That(that + 1));
        }
        // "said in a statement, “…”"
        if (self.is_colon(stop) || self.is_mark(stop, &[','])) && quoted(stop + 1) {
            return Some(Opens::Quoted(stop + 1));
        }
        if verb.verb.class == VerbClass::Ask
            && let Some(whether) = (at..stop).find(|&place| self.is(place, word::WHETHER))
        {
            return Some(Opens::Object(whether));
        }
        // "warned last week of heavy rain"
        let timed = at + (at..limit).take_while(|&at| self.is(at, word::TIME)).count();
        if takes & complement::OF != 0 && self.is_one_of(timed, &["of", "against"]) {
            return Some(Opens::Object(timed + 1));
        }
        // "warned motorists against travelling"
        let against = (at + 1..limit.min(at + 6))
            .take_while(|&place| self.is_word(place) && self.verb_at(place).is_none() && !self.is(place, word::AUX))
            .any(|place| {
                self.is_one_of(place, &["against"])
                    || self.is_one_of(place, &["not"]) && self.is_one_of(place + 1, &["to"])
            });
        if takes & complement::OF != 0 && against && !self.is(at, word::PREP | word::TIME) {
            return Some(Opens::Object(at));
        }
        if takes & complement::FOR != 0 && self.is_one_of(at, &["for", "on"]) {
            return Some(Opens::Object(at + 1));
        }
        while at < end
            && self.is(at, word::TIME)
            && !self.is(at, word::PREP | word::ROLE)
            && !self.is_one_of(at + 1, &["than"])
            && !self.is_one_of(at, &["further", "more", "only"])
        {
            at += 1;
        }
        // "reported on Saturday, citing a source, that"
        let day = self.is_one_of(at, &["on"]) && self.is(at + 1, word::TIME) && self.is_comma(at + 2);
        at += 2 * usize::from(day);
        if self.is_comma(at) {
            // "warned, however, that", "reported, citing a source, that"
            let close = (at + 1..end.min(at + 12)).find(|&place| self.is_comma(place));
            return close.filter(|&close| self.is_one_of(close + 1, &["that"])).map(|close| Opens::That(close + 2));
        }
        if at >= end || self.is_mark(at, &['.', ':', '!', '?', ';', ')', '(']) || self.verb_at(at).is_some() {
            return None;
        }
        if takes & complement::TO != 0 {
            let behind = self.behind_addressee(at, end);
            // "told him to leave": an order.
            let not = usize::from(self.is_one_of(behind, &["not"]));
            if self.is_one_of(behind + not, &["to"])
                && self.is_word(behind + not + 1)
                && !self.is(behind + not + 1, word::TIME)
            {
                return Some(Opens::Object(at));
            }
            let told = self.english_told_to(behind, end)?;
            return Some(if quoted(told) { Opens::Quoted(told) } else { Opens::Bare(told) });
        }
        // "expressed grief over his death" says nothing.
        let feels = |place: usize| self.is_one_of(place, &words::FEELING) && !self.is_one_of(place + 1, &["that"]);
        if self.is_one_of(verb.start, &["expressed", "expresses", "voiced", "voices"]) && (at..at + 3).any(feels) {
            return None;
        }
        // "affirmed on Tuesday the depth of the relations"
        if takes & complement::NP != 0
            && self.is_one_of(at, &["on"])
            && self.is(at + 1, word::TIME)
            && self.is_word(at + 2)
            && !self.is(at + 2, word::PREP)
        {
            return Some(Opens::Object(at + 2));
        }
        if matches!(verb.verb.class, VerbClass::Say | VerbClass::Warn)
            && takes & complement::INFINITIVE != 0
            && self.is_one_of(at, &["to"])
        {
            return Some(Opens::Object(at));
        }
        // "promised on Saturday at the plaza to stay"
        if takes & complement::INFINITIVE != 0 && self.is(at, word::TIME | word::PREP) {
            let to = (at + 1..limit.min(at + 8))
                .take_while(|&place| self.is_word(place) && self.verb_at(place).is_none())
                .find(|&place| self.is_one_of(place, &["to"]));
            if let Some(to) = to.filter(|_| matches!(verb.verb.class, VerbClass::Say | VerbClass::Warn)) {
                return Some(Opens::Object(to));
            }
        }
        // "said about 90 percent of them"
        let number = self.is_digits(at + 1);
        if self.is(at, word::PREP) && !number && !self.is(at, word::PRONOUN) && takes & complement::NP == 0 {
            // "said in an interview", "said on Monday the talks"
            let day = (at..end.min(at + 5)).find(|&place| self.is(place, word::TIME));
            let next = day.map(|day| (day..end).find(|&at| !self.is(at, word::TIME)).unwrap_or(end)).filter(|&next| {
                next < end && !self.is_mark(next, &['.', ',', ':']) && self.is_word(next) && !self.is(next, word::PREP)
            });
            let next = next.or_else(|| self.clause_behind_phrase(at, end).filter(|_| !self.is_one_of(at, &["to"])));
            return next.filter(|_| verb.verb.takes(complement::BARE)).map(Opens::Bare);
        }
        if takes & complement::QUOTE != 0 {
            return None;
        }
        if self.is(at, word::PREP)
            && !number
            && !self.is(at, word::PRONOUN | word::ROLE)
            && !self.is_one_of(at, &["as"])
        {
            return None;
        }
        if takes & (complement::NP | complement::FOR | complement::INFINITIVE) != 0 {
            // "asked the House to rise", and not "asked questions".
            let stop = (at..limit).find(|&place| self.is_mark(place, &[',', ';', '.'])).unwrap_or(limit);
            let plain = self.is(verb.start, word::ORDER) && verb.end == verb.start + 1;
            return (!plain || (at..stop).any(|place| self.is_one_of(place, &["to", "for"])))
                .then_some(Opens::Object(at));
        }
        // "recalled how", "recalls drying in the third act"
        let gerund = self.raw(at).len() > 5 && self.raw(at).ends_with("ing") && !self.raw(at).ends_with("thing");
        if takes & complement::BARE != 0
            && (self.is_one_of(at, &["how", "why", "what"])
                || gerund
                    && self.is_one_of(
                        verb.start,
                        &["recalls", "recalled", "remembers", "remembered", "recall", "remember"],
                    ))
        {
            return Some(Opens::Object(at));
        }
        let clear = self.is_one_of(verb.start, &["said", "says", "say"]) && verb.end == verb.start + 1;
        (takes & complement::BARE != 0 && self.looks_like_clause(at, end) && (clear || self.has_finite(at, end)))
            .then_some(Opens::Bare(at))
    }

    /// "in a statement | it supported the plan": where a clause begins behind a preposition and its noun.
    fn clause_behind_phrase(&self, start: usize, end: usize) -> Option<usize> {
        (start + 2..end.min(start + 11))
            .take_while(|&at| self.is_word(at) || self.is_word(at + 1) && !self.is_comma(at))
            .find(|&at| {
                let before = self.is(at - 1, word::PREP) || self.is_one_of(at - 1, &["and", "or"]);
                let pronoun = self.is(at, word::PRONOUN) || self.is_one_of(at, &["there"]);
                let article = self
                    .is_one_of(at, &["the", "a", "an", "his", "her", "its", "their", "no", "all", "both"])
                    && self.has_finite(at, end);
                // "said in a post on X refunds would be paid"
                let plain = self.is(at + 1, word::AUX)
                    && self.is_plain_word(at)
                    && !self.is(at, word::AUX | word::FILLER | word::TIME)
                    && !self.is_one_of(at, &["that", "who", "which"]);
                !before && (pronoun || article || plain) && !self.is(at, word::PREP)
            })
            .filter(|&at| at + 2 < end && !self.is_mark(at + 1, &['.', ',', ':']))
    }

    /// True if a verb is in sight: an auxiliary, or a word in -ed that no article or adjective makes an adjective of.
    pub(super) fn has_finite(&self, start: usize, end: usize) -> bool {
        let limit = end.min(start + 24);
        (start..limit).take_while(|&at| !self.is_mark(at, &[';', ':'])).any(|at| {
            let raw = self.raw(at);
            self.is(at, word::AUX)
                || self.is(at, word::PRONOUN)
                || at > start && raw.len() > 4 && raw.ends_with("ed") && !self.is_one_of(at - 1, &["a", "an", "the"])
                || at > start && self.verb_at(at).is_some()
                || at > start
                    && raw.len() > 3
                    && raw.ends_with('s')
                    && !raw.ends_with("ss")
                    && !raw.ends_with("'s")
                    && !raw.ends_with("’s")
                    && !self.token(at).is_some_and(|token| token.capital)
                    && self.is_word(at - 1)
                    && !self.raw(at - 1).ends_with('s')
                    && !self.is(at - 1, word::PREP)
                    && self
                        .is_one_of(at + 1, &["the", "a", "an", "to", "his", "her", "its", "their", "on", "not", "no"])
        })
    }

    /// Behind who is told.
    fn behind_addressee(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        if self.is_one_of(at, &["him", "her", "them", "us", "me", "you", "it"]) {
            return at + 1;
        }
        let article = self.is_one_of(at, &["the", "a", "an", "his", "her", "its", "their"]);
        at += usize::from(article);
        let first = at;
        while at < end && at < first + 6 {
            let Some(token) = self.token(at) else { break };
            let goes_on = token.capital
                || token.entity.is_some()
                || self.is_mark(at, &['&'])
                || self.is_mark(at, &['.']) && token.glued && self.token(at + 1).is_some_and(|next| next.glued)
                || at == first && !token.is(word::PREP)
                || token.is(word::OUTLET);
            if self.is_mark(at, &['&', '.']) && goes_on {
                // "told Example.org that"
                at += 1 + usize::from(self.is_mark(at, &['.']));
                continue;
            }
            // "told a news conference the level had fallen"
            if article && self.is_one_of(at, &words::GATHERING) {
                return at + 1;
            }
            if !goes_on || token.kind != Kind::Word {
                // "the Tea & Toast podcast she", "the Commons committee the bill"
                let noun = article
                    && at > first
                    && token.kind == Kind::Word
                    && !token.is(word::PREP | word::TIME | word::PRONOUN | word::AUX)
                    && self.is(at + 1, word::PRONOUN | word::THAT);
                return at + usize::from(noun);
            }
            at += 1;
            let more = self.is_one_of(at, &words::GATHERING);
            if article && !token.capital && !token.is(word::OUTLET) && !more {
                break;
            }
        }
        at
    }

    /// Behind who is told: where what they are told begins.
    fn english_told_to(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        // "told the coroner, Dr Elspeth Hague, the raft had passed"
        if self.is_comma(at) && self.token(at + 1).is_some_and(|token| token.capital) {
            let close = (at + 2..end.min(at + 7)).find(|&place| self.is_comma(place));
            at = close.map_or(at, |close| close + 1);
        }
        let time = |at: usize| self.is(at, word::TIME) && !self.is_one_of(at, &["only", "more", "further"]);
        while at < end && (time(at) || self.is_one_of(at, &["on", "here"])) {
            at += 1;
        }
        if self.is_colon(at) || self.is_comma(at) {
            at += 1;
            return self.is_quoted(at).then_some(at);
        }
        // "told reporters in London": no clause.
        (at + 2 < end && !self.is(at, word::PREP) && !self.is_mark(at, &['.', '(', ')'])).then_some(at)
    }

    /// A clause without "that": some words, and no lone noun phrase ("said goodbye").
    pub(super) fn looks_like_clause(&self, start: usize, end: usize) -> bool {
        let words = (start..end)
            .take_while(|&at| !self.is_mark(at, &['.', ';']))
            .filter(|&at| self.is_word(at) || self.is_quoted(at))
            .count();
        words >= 3
    }
}

/// Where a report begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opens {
    That(usize),
    Bare(usize),
    Quoted(usize),
    Object(usize),
}

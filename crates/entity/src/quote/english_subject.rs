//! English: the noun phrase that speaks, before its verb or behind it.

use super::lexicon::{Frame, word};
use super::reader::{Reader, Subject};
use super::token::Kind;

impl Reader<'_> {
    /// "said Martina Feld, chief strategist at Oakhurst": the subject behind its verb; `any` noun is one, or what names
    /// somebody.
    pub(super) fn english_subject_behind(&self, start: usize, end: usize, any: bool) -> Option<(usize, usize)> {
        let mut at = start;
        while at < end {
            if self.is_comma(at) {
                let role = self.is(at + 1, word::ROLE | word::ORG | word::VAGUE)
                    || self.is_one_of(at + 1, &["the", "a", "an", "his", "her", "its"])
                    || self.is_digits(at + 1);
                let close = (at + 1..end.min(at + 16)).find(|&place| self.is_comma(place)).unwrap_or(end);
                if role
                    && at > start
                    && !(at + 1..close).any(|place| {
                        self.verb_at(place).is_some() || self.is_quoted(place) || self.is(place, word::AUX)
                    })
                    && close - at <= 14
                {
                    at = close;
                    continue;
                }
                break;
            }
            let Some(token) = self.token(at) else { break };
            let relative = self.is_one_of(
                at,
                &[
                    "who", "which", "that", "whose", "from", "in", "by", "as", "before", "after", "during", "while",
                    "when", "through", "because", "on", "at", "with", "and", "amid", "to",
                ],
            );
            let inside = at > start
                && self.is_one_of(at, &["in", "at", "with", "from", "on"])
                && self.token(at + 1).is_some_and(|next| next.capital || self.is_one_of(at + 1, &["the", "a"]))
                && self.is(at - 1, word::ROLE | word::ORG)
                && !self.is(at + 1, word::TIME);
            if relative && !inside
                || matches!(token.kind, Kind::Mark(c) if c != '.' && c != '/')
                || token.is(word::THAT)
            {
                break;
            }
            if at > start && token.is(word::TIME) && !token.is(word::ROLE) {
                break;
            }
            if self.verb_at(at).is_some() && at > start {
                break;
            }
            at += 1;
        }
        let (first, last) = self.trimmed(start, at)?;
        let head = self.token(first)?;
        let named = head.capital
            || head.is(word::ROLE | word::ORG | word::PRONOUN | word::VAGUE)
            || self.is_one_of(
                first,
                &[
                    "the",
                    "a",
                    "an",
                    "his",
                    "her",
                    "their",
                    "its",
                    "one",
                    "two",
                    "three",
                    "local",
                    "another",
                    "organisers",
                    "mountain",
                    "aid",
                ],
            )
            || (first..last).any(|place| {
                self.is(place, word::ROLE | word::ORG | word::ANON) || place < first + 3 && self.is_person(place)
            });
        (named || any).then_some((first, last))
    }

    pub(super) fn is_digits(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Digits)
    }

    /// The noun phrase before a verb.
    pub(super) fn english_subject(&self, clause: usize, verb: usize) -> Option<Subject> {
        let mut end = verb;
        while end > clause
            && (self.is(end - 1, word::FILLER | word::TIME) && !self.is(end - 1, word::PRONOUN | word::ROLE)
                || self.is_adverb(end - 1)
                // "A club statement late on Sunday said"
                || self.is_one_of(end - 1, &["on", "late", "early"]) && end < verb
                // "Farmers and miners, rarely on one side, both urged"
                || self.is_one_of(end - 1, &["both", "all", "each"]) && end > clause + 2 && self.is_comma(end - 2))
        {
            end -= 1;
        }
        // "the World Food Programme (WFP) said"
        if end > clause && self.is_mark(end - 1, &[')']) {
            let open = (clause.max(end.saturating_sub(9))..end).rfind(|&at| self.is_mark(at, &['(']));
            end = open.filter(|&open| open > clause).unwrap_or(end);
        }
        // "did not like what he said"
        if end > clause && self.is(end - 1, word::PRONOUN) && !self.is_one_of(end - 1, &["him", "them"]) {
            return self.phrase(end - 1, end);
        }
        let mut chunk_end = end;
        if end > clause && self.is_comma(end - 1) {
            // "S, who …, said", "S, the minister, said"
            let close = end - 1;
            let open = (clause..close).rfind(|&at| self.is_comma(at));
            match open {
                Some(open) if open > clause && !self.is_quoted(open - 1) => {
                    let (head, open) = self.behind_asides(clause, open);
                    // "The man, identified in court as Tyler Grabowski, told"
                    let inside = (open + 1..close).any(|at| self.is_person(at)) && !self.is_person(open - 1);
                    let apart = self.is_modifier(open + 1) && !(inside && self.raw(open + 1).ends_with("ed"))
                        || self.is_person(open - 1);
                    let chunk_end = if apart { open } else { close };
                    // "Kurt Volker, the envoy, and Tim Morrison, an official, testified"
                    let joined = self.is_one_of(head, &["and", "or"]);
                    let head = match joined && head > clause && !self.has_finite(clause, head - 1) {
                        true => clause,
                        false => head + usize::from(joined),
                    };
                    let full = head;
                    let head = self.english_head(head, open);
                    // "The label that owns the songs, Big Machine, says": the name is the subject.
                    let named = (open + 1..close)
                        .all(|at| self.is_word(at) && self.token(at).is_some_and(|token| token.capital));
                    let that = (full + 1..open).find(|&at| self.is_one_of(at, &["that", "who", "which"]));
                    if named && head > full && that.is_some_and(|that| that < head) {
                        return self.phrase(open + 1, close);
                    }
                    let head = self.without_owner(head, chunk_end);
                    return (head < chunk_end).then(|| self.phrase(head, chunk_end)).flatten();
                }
                _ => {
                    // "On Tuesday, he, …" or the subject is before the only comma: "Outside, the minister told".
                    end = close;
                    chunk_end = close;
                }
            }
        }
        let low = clause.max(end.saturating_sub(28));
        let first = (low..end).rfind(|&at| {
            self.is_comma(at) && !self.is_mark(at, &['-'])
                || self.is_quoted(at) && (self.words_inside(at) > 2 || self.ends_in_comma(at))
                || self.is_colon(at)
                || self.is_mark(at, &['(', ')', '"', '“'])
        });
        let from = first.map_or(low, |at| at + 1);
        // "“…,” Dieter Kempf, head of the federation, said", the second comma left out
        if let Some(comma) = first.filter(|&at| self.is_mark(at, &[',']) && at > clause)
            && (from..end.min(from + 3)).any(|at| self.is(at, word::ROLE))
            && !self.is_person(from)
        {
            let named = (clause..comma).rev().take_while(|&at| self.is_person(at)).count();
            let begins = comma - named == clause || self.is_quoted(comma - named - 1);
            if named > 0 && begins {
                return self.phrase(comma - named, end);
            }
        }
        let mut head = self.english_head(from, chunk_end);
        while head < chunk_end
            && self.is_one_of(head, &["and", "but", "or", "And", "But", "who", "which", "that", "then"])
        {
            head += 1;
        }
        // "a doctor who treated the wounded said"
        if let Some(who) = (head + 1..chunk_end).find(|&at| self.is_one_of(at, &["who", "whose", "which", "whom"])) {
            // "a remark for which his office said"
            if self.is(who - 1, word::PREP) {
                head = who + 1;
            } else {
                chunk_end = who;
            }
        }
        let chunk_end = self.before_predicate(head, chunk_end);
        // "A spokesman for the firm, which runs the mine, | did not comment but said", "The mayor, Anna Bell, | expressed
        // concern and said"
        let verb = self.is(head, word::AUX)
            // And not "takings fell, figures have revealed".
            || chunk_end > head + 1 && self.verb_at(head).is_some_and(|verb| verb.verb.is(Frame::Verb));
        let finite = verb && !self.token(head).is_some_and(|token| token.capital);
        if finite && head > clause + 1 && self.is_mark(head - 1, &[',']) {
            // "The mayor | was asked about the fire, called it sad and said"
            let first = (clause + 1..head).take_while(|&at| !self.is_comma(at)).find(|&at| self.is(at, word::AUX));
            return self.english_subject(clause, first.unwrap_or(head));
        }
        let head = self.without_owner(head, chunk_end);
        (head < chunk_end).then(|| self.phrase(head, chunk_end)).flatten()
    }

    /// "It | did not reveal the site and said", "he | asked about the call, called her … and said": where the first of joined
    /// verbs begins, whose subject is the one of all.
    fn before_predicate(&self, head: usize, end: usize) -> usize {
        if self.is(head, word::PRONOUN) && !self.is_one_of(head + 1, &["and", "or"]) {
            return (head + 1).min(end);
        }
        // "Big Machine | have twice denied"
        let adverbs = |at: usize| {
            (at + 1..end).all(|at| {
                self.is_word(at)
                    && !self.is(at, word::ROLE | word::ORG | word::THAT | word::PREP)
                    && !self.token(at).is_some_and(|token| token.capital || token.entity.is_some())
                    && !self.is_one_of(at, &["the", "a", "an"])
            })
        };
        let auxiliary = |at: usize| self.is(at, word::AUX) && !self.token(at).is_some_and(|token| token.capital);
        if let Some(at) = (head + 1..end).find(|&at| auxiliary(at)).filter(|&at| end - at <= 4 && adverbs(at)) {
            return at;
        }
        if end <= head + 1 || !self.is_one_of(end - 1, &["and", "but", "or", "then"]) {
            return end;
        }
        let is_noun = |at: usize| {
            self.token(at).is_some_and(|token| token.capital || token.entity.is_some())
                || self.is(at, word::ROLE | word::ORG)
        };
        (head + 1..end - 1)
            .find(|&at| {
                let raw = self.raw(at);
                let lower = self.is_word(at) && !self.token(at).is_some_and(|token| token.capital);
                let finite = self.is(at, word::AUX) || self.verb_at(at).is_some();
                let inflected = raw.len() > 3 && (raw.ends_with("ed") || raw.ends_with('s')) && is_noun(at - 1);
                let day = self.is_one_of(at, &["on", "in"]) && self.is(at + 1, word::TIME) && is_noun(at - 1);
                lower && (finite || day || inflected && !is_noun(at))
            })
            .unwrap_or(end)
    }

    /// Where the noun phrase begins to which an apposition or a relative clause behind a comma belongs, and its comma: there
    /// may be more than one of them.
    fn behind_asides(&self, clause: usize, open: usize) -> (usize, usize) {
        let boundary =
            |end: usize| (clause..end).rfind(|&at| self.is_comma(at) || self.is_quoted(at)).map_or(clause, |at| at + 1);
        let mut open = open;
        let mut head = boundary(open);
        // "Janet Orme, 71, whose terrace …, said", "Hank Tollefson, Republican of Montana, who sits on …, demanded"
        while head > clause + 1 && self.is_comma(head - 1) {
            let before = boundary(head - 1);
            let digits = open == head + 1 && self.is_digits(head);
            let named = self.is_person(head - 2)
                && !self.is_person(head)
                && !self.is(before, word::PREP | word::TIME | word::START)
                && !(before..head - 1).any(|at| self.verb_at(at).is_some() || self.is(at, word::AUX));
            if !digits && !named {
                break;
            }
            open = head - 1;
            head = before;
        }
        (head, open)
    }

    /// "Her neighbour in the next bay", "Dean’s daughter": who a sentence begins with in which nobody speaks.
    pub(super) fn english_role(&self, start: usize, end: usize) -> Option<Subject> {
        if !self.token(start).is_some_and(|first| first.capital) || self.is(start, word::PREP | word::PRONOUN) {
            return None;
        }
        let limit = end.min(start + 5);
        let stops = |at: usize| !self.is_word(at) || self.is(at, word::AUX | word::PREP) || self.verb_at(at).is_some();
        let noun = (start..limit)
            .take_while(|&at| !stops(at))
            .find(|&at| self.is(at, word::PERSON | word::ANON) && !self.is(at + 1, word::ROLE | word::ORG))?;
        (noun > start && !self.raw(noun).ends_with("'s") && !self.raw(noun).ends_with("’s"))
            .then(|| self.phrase(start, noun + 1))
            .flatten()
    }

    /// "ultimately", and not "family".
    fn is_adverb(&self, at: usize) -> bool {
        let raw = self.raw(at);
        raw.len() > 5
            && raw.ends_with("ly")
            && !self.token(at).is_some_and(|token| token.capital || token.entity.is_some())
            && !matches!(raw, "family" | "assembly" | "monopoly" | "supply" | "butterfly" | "anomaly")
    }

    /// "“The dust,” she says".
    pub(super) fn ends_in_comma(&self, at: usize) -> bool {
        let last = self.quoted(at).and_then(|(_, quoted)| self.tokens.get(quoted.end.checked_sub(1)?));
        last.is_some_and(|last| last.is_mark(&[',', '?', '!', '.', '،', '؟']))
    }

    /// "SeaLine’s legal adviser, Katerina Voulgari": who somebody works for is not who speaks.
    fn without_owner(&self, start: usize, end: usize) -> usize {
        let owner = (start..end.min(start + 8)).rfind(|&at| {
            self.raw(at).ends_with("'s")
                || self.raw(at).ends_with("’s")
                || at > start && self.is_mark(at, &['\'', '’']) && self.raw(at - 1).ends_with('s')
        });
        // "Elizabeth Warren supporter Zainab Dossaji"
        let two = owner.is_none()
            && self.is_person(start)
            && (start..end)
                .all(|at| self.is_word(at) && !self.is_one_of(at, &["and", "or", "of", "for", "with", "to"]));
        if two {
            let behind = (start..end).find(|&at| !self.is_person(at)).unwrap_or(end);
            return if (behind..end).any(|at| self.is_person(at)) { behind } else { start };
        }
        let Some(owner) = owner else { return start };
        let named = (owner + 1..end).any(|at| {
            self.is_person(at)
                || self
                    .token(at)
                    .is_some_and(|token| token.capital && token.entity.is_none() && !token.is(word::ROLE | word::ORG))
        });
        if named && (start..=owner).all(|at| !self.is_comma(at)) { owner + 1 } else { start }
    }

    /// True for what says of a noun what it does or where it is, and not what it is.
    fn is_modifier(&self, at: usize) -> bool {
        let raw = self.raw(at);
        self.is_one_of(at, &["who", "which", "whose", "where", "when"])
            || self.is_digits(at)
            || self.is(at, word::PREP)
            || raw.len() > 4
                && !self.token(at).is_some_and(|token| token.capital)
                && (raw.ends_with("ing") || raw.ends_with("ed"))
    }

    /// The start of the last noun phrase of a chunk: behind conjunctions and adverbials.
    fn english_head(&self, start: usize, end: usize) -> usize {
        let mut head = start;
        let relative = (start + 1..end).find(|&at| self.is_one_of(at, &["who", "whose", "which"]));
        for at in start..relative.unwrap_or(end) {
            let breaks = self.is_one_of(
                at,
                &[
                    "but", "But", "that", "while", "While", "though", "because", "as", "As", "when", "When", "after",
                    "After", "where", "what", "what's", "what’s", "if", "whether", "And", "yet", "Yet", "so", "who",
                    "which",
                ],
            ) || self.is_one_of(at, &["and"])
                && (self.is_one_of(at + 1, &["the", "a", "he", "she", "they", "it"]))
                && at > start + 3;
            if breaks && at + 1 < end {
                head = at + 1;
            }
        }
        head = self.skip_start(head, end);
        // "On Sunday the regional health directorate": a preposition and its noun.
        while head < end && (self.is(head, word::PREP) || self.is(head, word::TIME) && !self.is(head, word::ROLE)) {
            if self.is(head, word::PREP) {
                let next = (head + 1..end)
                    .find(|&at| self.is_one_of(at, &["the", "a", "an", "he", "she", "they", "it"]) && at > head + 1);
                // "At first Blenkinsop told police"
                let named = (head + 2..end).find(|&at| {
                    let plain = self.is_word(at - 1) && !self.token(at - 1).is_some_and(|before| before.capital);
                    self.is_person(at)
                        && plain
                        && !self.is(at - 1, word::PREP | word::ROLE)
                        && !self.is_one_of(at - 1, &["the", "and"])
                });
                let skip = next.or(named).or((self.is(head + 1, word::TIME) && head + 2 < end).then_some(head + 2));
                match skip {
                    Some(skip) => head = skip,
                    None => return end,
                }
            } else {
                head += 1;
            }
        }
        // "It was past 11 when Dale Hutchins reached the microphone and asked": the noun phrase before the first verb is meant,
        // but no list of verbs tells it here.
        head
    }
}

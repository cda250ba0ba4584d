//! English: "said" before or behind its subject, with "that" or without, before or behind what is said.

use khabar_model::VerbClass;

use super::lexicon::{Frame, complement, word};
use super::reader::{LONGEST, Reader, Said, Subject};
use super::token::{Kind, VerbAt};

impl Reader<'_> {
    pub(super) fn read_english(&mut self, start: usize, end: usize) {
        let mut clause = start;
        let mut at = start;
        let mut last: Option<Subject> = None;
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
        // "…, which describes itself as", "a scheme called ‘…’"
        let before = verb.start.wrapping_sub(1);
        if verb.verb.takes(complement::DESCRIBE | complement::NP) && self.is_one_of(before, &["who", "which"]) {
            return None;
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
            let inverted = self.english_subject_behind(verb.end, end);
            let inverted = inverted.filter(|&(name, behind)| self.is_inverted(name, behind, end, quoted));
            if let Some((name, behind)) = inverted {
                let subject = self.phrase(name, behind)?;
                *last = Some(subject);
                let said = self.said(&verb, subject, self.carrier(verb.end, end.min(verb.end + 14)));
                return Some(self.english_tell(first, to, behind, end, said));
            }
        }
        let subject = match verb.verb.frame {
            Frame::Part
                if self.is_one_of(verb.start.wrapping_sub(1), &["is", "are", "was", "were", "been"])
                    && verb.start > clause + 1 =>
            {
                self.english_subject(clause, verb.start - 1)
            }
            Frame::Part => last.or(Some(Subject::Same)),
            _ => self.english_subject(clause, verb.start),
        };
        // "Q, she said."
        let opens = self.english_opens(&verb, end);
        if verb.verb.is(Frame::Verb)
            && let Some((name, _)) = subject.and_then(|subject| self.items_of(subject))
            && name > clause
            && (self.is_comma(name - 1) || self.is_quoted(name - 1))
            && !matches!(opens, Some(Opens::That(_)))
            && let Some((first, to)) = self.english_told_before(clause, name)
            && (self.is_quoted(to - 1) || !verb.verb.takes(complement::QUOTE))
            && (self.is_quoted(to - 1)
                || self.ends_behind(verb.end, end)
                || opens.is_none()
                || matches!(opens, Some(Opens::Quoted(_))))
        {
            let subject = subject?;
            *last = Some(subject);
            let said = self.said(&verb, subject, self.carrier(verb.end, end.min(verb.end + 8)));
            return Some(self.english_tell(first, to, verb.end, end, said));
        }
        let opens = opens?;
        let subject = subject.or(*last).unwrap_or(Subject::Same);
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
                Some(at + 1)
            }
            Opens::That(at) | Opens::Bare(at) | Opens::Object(at) => {
                let to = self.english_end(at, end);
                self.report(at, to, said);
                Some(to)
            }
        }
    }

    /// True if a phrase behind a verb is its subject and no clause: "said aid workers.", and not "said she had stopped".
    fn is_inverted(&self, name: usize, behind: usize, end: usize, quoted: bool) -> bool {
        const FINITE: [&str; 26] = [
            "had",
            "has",
            "have",
            "was",
            "were",
            "is",
            "are",
            "would",
            "will",
            "could",
            "should",
            "can",
            "may",
            "might",
            "did",
            "does",
            "do",
            "must",
            "respected",
            "went",
            "came",
            "got",
            "made",
            "took",
            "been",
            "be",
        ];
        if quoted && !self.is_one_of(name, &["it", "there"]) {
            return true;
        }
        if (name..behind).any(|at| self.is_one_of(at, &FINITE)) {
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

    /// True if a sentence or a quotation's frame ends soon behind a verb.
    fn ends_behind(&self, at: usize, end: usize) -> bool {
        (at..end.min(at + 9)).all(|place| self.verb_at(place).is_none()) && end <= at + 9
            || self.is_mark(at, &['.', ',', ':', '!', '?'])
            || at >= end
    }

    /// A quotation in capitals, as titles and names are.
    fn is_title(&self, at: usize) -> bool {
        self.quoted(at).is_some_and(|(_, quoted)| {
            let inside = self.tokens.get(quoted.first..quoted.end).unwrap_or_default();
            inside.iter().filter(|token| token.kind == Kind::Word).all(|token| token.capital)
        })
    }

    /// What stands before an attribution: a quotation, or a clause up to a comma.
    fn english_told_before(&self, clause: usize, name: usize) -> Option<(usize, usize)> {
        let mut to = name;
        while to > clause && self.is_comma(to - 1) {
            to -= 1;
        }
        if to > clause && self.is_quoted(to - 1) {
            return Some((to - 1, to));
        }
        let part = (clause..to).rfind(|&at| self.is_mark(at, &[';']));
        let first = self.skip_start(part.map_or(clause, |at| at + 1), to);
        // "For her part, …", "In a written answer tabled that evening, …"
        if self.is(first, word::PREP) && !(first..to).any(|at| self.is_comma(at) || self.is_quoted(at)) {
            return None;
        }
        (to >= first + 3 && to < name).then_some((first, to))
    }

    fn english_tell(&mut self, first: usize, to: usize, behind: usize, end: usize, said: Said) -> usize {
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
        let (name, behind) = self.english_subject_behind(verb.end, end)?;
        let subject = self.phrase(name, behind)?;
        *last = Some(subject);
        let said = self.said(&verb, subject, None);
        let first = self.skip_start(clause, end);
        if verb.start <= first
            || verb.start > start && self.is_one_of(verb.start - 1, &["that"])
            || self.is_comma(behind) && verb.start > 1 && self.is_one_of(verb.start - 2, &["that"])
        {
            let mut at = behind;
            while self.is_comma(at) {
                at += 1;
            }
            let to = self.english_end(at, end);
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
        Some(behind)
    }

    /// "said Martina Feld, chief strategist at Oakhurst": the subject behind its verb.
    fn english_subject_behind(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let mut at = start;
        while at < end {
            if self.is_comma(at) {
                let role = self.is(at + 1, word::ROLE | word::ORG | word::VAGUE)
                    || self.is_one_of(at + 1, &["the", "a", "an", "his", "her", "its"])
                    || self.is_digits(at + 1);
                let close = (at + 1..end.min(at + 16)).find(|&place| self.is_comma(place)).unwrap_or(end);
                if role
                    && at > start
                    && !(at + 1..close).any(|place| self.verb_at(place).is_some() || self.is_quoted(place))
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
            if relative && !inside || matches!(token.kind, Kind::Mark(c) if c != '.') || token.is(word::THAT) {
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
            || last - first >= 1 && (first..last).any(|place| self.is(place, word::ROLE | word::ORG | word::ANON));
        named.then_some((first, last))
    }

    fn is_digits(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Digits)
    }

    /// The noun phrase before a verb.
    pub(super) fn english_subject(&self, clause: usize, verb: usize) -> Option<Subject> {
        let mut end = verb;
        while end > clause
            && (self.is(end - 1, word::FILLER | word::TIME) && !self.is(end - 1, word::PRONOUN | word::ROLE))
        {
            end -= 1;
        }
        let mut chunk_end = end;
        if end > clause && self.is_comma(end - 1) {
            // "S, who …, said", "S, the minister, said"
            let close = end - 1;
            let open = (clause..close).rfind(|&at| self.is_comma(at));
            match open {
                Some(open) if open > clause && !self.is_quoted(open - 1) => {
                    let relative = self.is_one_of(open + 1, &["who", "which", "whose", "where", "when"])
                        || self.is_digits(open + 1)
                        || self.is(open + 1, word::PREP);
                    chunk_end = if relative { open } else { close };
                    let boundary = |end: usize| {
                        (clause..end).rfind(|&at| self.is_comma(at) || self.is_quoted(at)).map_or(clause, |at| at + 1)
                    };
                    let mut open = open;
                    let mut head = boundary(open);
                    // "Janet Orme, 71, whose terrace …, said"
                    if head > clause && open == head + 1 && self.is_digits(head) {
                        open = head - 1;
                        chunk_end = open;
                        head = boundary(open);
                    }
                    let head = self.english_head(head, open);
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
                || self.is_quoted(at) && self.words_inside(at) > 2
                || self.is_colon(at)
                || self.is_mark(at, &['(', ')', '"', '“'])
        });
        let mut head = self.english_head(first.map_or(low, |at| at + 1), chunk_end);
        while head < chunk_end
            && self.is_one_of(head, &["and", "but", "or", "And", "But", "who", "which", "that", "then"])
        {
            head += 1;
        }
        (head < chunk_end).then(|| self.phrase(head, chunk_end)).flatten()
    }

    /// The start of the last noun phrase of a chunk: behind conjunctions and adverbials.
    fn english_head(&self, start: usize, end: usize) -> usize {
        let mut head = start;
        for at in start..end {
            let breaks = self.is_one_of(
                at,
                &[
                    "but", "But", "that", "while", "While", "though", "because", "as", "As", "when", "When", "after",
                    "After", "where", "if", "whether", "And", "yet", "Yet", "so", "who", "which",
                ],
            ) || self.is_one_of(at, &["and"])
                && self.is_one_of(at + 1, &["the", "a", "he", "she", "they"])
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
                let skip = next.or((self.is(head + 1, word::TIME) && head + 2 < end).then_some(head + 2));
                match skip {
                    Some(skip) => head = skip,
                    None => return end,
                }
            } else {
                head += 1;
            }
        }
        // "It was past 11 when Dale Hutchins reached the microphone and asked": the noun phrase before the first verb is meant,
        // but no list of verbs tells it here; capitals do.
        head
    }

    /// Where what a verb reports begins.
    fn english_opens(&self, verb: &VerbAt, end: usize) -> Option<Opens> {
        let takes = verb.verb.takes;
        let mut at = verb.end;
        let limit = end.min(at + 26);
        let quoted = |at: usize| self.is_quoted(at) && self.words_inside(at) > 0;
        if quoted(at) {
            return Some(Opens::Quoted(at));
        }
        if (self.is_colon(at) || self.is_comma(at)) && quoted(at + 1) {
            return Some(Opens::Quoted(at + 1));
        }
        if self.is(at, word::THAT) && self.is_one_of(at, &["that"]) {
            return Some(Opens::That(at + 1));
        }
        if takes & complement::DESCRIBE != 0 {
            return (at..limit)
                .take_while(|&place| !self.is_mark(place, &[';']) && self.verb_at(place).is_none())
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
                });
        }
        // "in its 5.30 pm bulletin that", "reporters on Tuesday: “…”"
        let stop = (at..limit)
            .find(|&place| self.verb_at(place).is_some() || self.is_mark(place, &[',', ';', ':', '.']) || quoted(place))
            .unwrap_or(limit);
        if let Some(that) = (at..stop).find(|&place| self.is_one_of(place, &["that"])) {
            return Some(Opens::That(that + 1));
        }
        if self.is_colon(stop) && quoted(stop + 1) {
            return Some(Opens::Quoted(stop + 1));
        }
        if verb.verb.class == VerbClass::Ask
            && let Some(whether) = (at..stop).find(|&place| self.is(place, word::WHETHER))
        {
            return Some(Opens::Object(whether));
        }
        if takes & complement::OF != 0 && self.is_one_of(at, &["of", "against"]) {
            return Some(Opens::Object(at + 1));
        }
        if takes & complement::FOR != 0 && self.is_one_of(at, &["for", "on"]) {
            return Some(Opens::Object(at + 1));
        }
        while at < end && self.is(at, word::TIME) && !self.is(at, word::PREP | word::ROLE) {
            at += 1;
        }
        if self.is_comma(at) {
            // "warned, however, that"
            let close = (at + 1..end.min(at + 6)).find(|&place| self.is_comma(place));
            return close.filter(|&close| self.is_one_of(close + 1, &["that"])).map(|close| Opens::That(close + 2));
        }
        if at >= end || self.is_mark(at, &['.', ':', '!', '?', ';', ')', '(']) || self.verb_at(at).is_some() {
            return None;
        }
        if takes & complement::TO != 0 {
            let told = self.english_told_to(at, end)?;
            return Some(if quoted(told) { Opens::Quoted(told) } else { Opens::Bare(told) });
        }
        if self.is(at, word::PREP) && !self.is(at, word::PRONOUN) && takes & complement::NP == 0 {
            // "said in an interview", "said on Monday the talks"
            let day = (at..end.min(at + 5)).find(|&place| self.is(place, word::TIME));
            let next = day.map(|day| day + 1).filter(|&next| {
                next < end && !self.is_mark(next, &['.', ',', ':']) && self.is_word(next) && !self.is(next, word::PREP)
            });
            return next.map(Opens::Bare);
        }
        if takes & complement::QUOTE != 0 {
            return None;
        }
        if self.is(at, word::PREP) && !self.is(at, word::PRONOUN | word::ROLE) && !self.is_one_of(at, &["as"]) {
            return None;
        }
        if takes & (complement::NP | complement::FOR | complement::INFINITIVE) != 0 {
            return Some(Opens::Object(at));
        }
        (takes & complement::BARE != 0 && self.looks_like_clause(at, end)).then_some(Opens::Bare(at))
    }

    /// Behind "told": who is told, and where what they are told begins.
    fn english_told_to(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        if self.is_one_of(at, &["him", "her", "them", "us", "me", "you", "it"]) {
            at += 1;
        } else {
            let article = self.is_one_of(at, &["the", "a", "an", "his", "her", "its", "their"]);
            at += usize::from(article);
            let first = at;
            while at < end && at < first + 6 {
                let Some(token) = self.token(at) else { break };
                let goes_on = token.capital
                    || token.entity.is_some()
                    || at == first && !token.is(word::PREP)
                    || token.is(word::OUTLET);
                if !goes_on || token.kind != Kind::Word {
                    break;
                }
                at += 1;
                if article && !token.capital && !token.is(word::OUTLET) {
                    break;
                }
            }
        }
        // "told the coroner, Dr Elspeth Hague, the raft had passed"
        if self.is_comma(at) && self.token(at + 1).is_some_and(|token| token.capital) {
            let close = (at + 2..end.min(at + 7)).find(|&place| self.is_comma(place));
            at = close.map_or(at, |close| close + 1);
        }
        while at < end && (self.is(at, word::TIME) || self.is_one_of(at, &["on", "here"])) {
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
    fn looks_like_clause(&self, start: usize, end: usize) -> bool {
        let words = (start..end)
            .take_while(|&at| !self.is_mark(at, &['.', ';']))
            .filter(|&at| self.is_word(at) || self.is_quoted(at))
            .count();
        words >= 3
    }

    /// Where a clause ends that is reported.
    fn english_end(&self, start: usize, end: usize) -> usize {
        let end = end.min(start + LONGEST);
        for at in start + 1..end {
            let conjunction = self.is_one_of(at, &["and", "but"]);
            if conjunction || self.is_comma(at) {
                let mut next = at + 1;
                if self.is_comma(at) && self.is_one_of(next, &["and", "but"]) {
                    next += 1;
                }
                while self.is(next, word::FILLER | word::TIME)
                    && !self.is(next, word::PRONOUN)
                    && self.verb_at(next).is_none()
                {
                    next += 1;
                }
                if let Some(verb) = self.verb_at(next)
                    && (verb.verb.frame != Frame::Source || self.is_comma(at))
                    && (verb.verb.frame == Frame::Source || self.english_opens(&verb, end).is_some())
                {
                    return at;
                }
                if self.is_comma(at)
                    && self.is_one_of(at + 1, &["although", "though", "while"])
                    && self.verb_between(at, end) > 0
                {
                    return at;
                }
                // ", the judge remarked that …"
                if self.is_mark(at, &[',', ';']) && self.begins_report(next, end) {
                    return at;
                }
                // ", a rumor that …", ", due in December", ", which …": said by the outlet.
                if self.is_comma(at) && (self.is_one_of(at + 1, &["which", "where", "due", "amid"])) {
                    return at;
                }
            }
        }
        end
    }
}

impl Reader<'_> {
    /// True if somebody is named who speaks: a few words, and a verb with what it reports.
    fn begins_report(&self, start: usize, end: usize) -> bool {
        let Some(verb) = (start + 1..end.min(start + 7)).find_map(|at| self.verb_at(at)) else { return false };
        let names = self.is(start, word::PRONOUN)
            || self.token(start).is_some_and(|token| token.entity.is_some())
            || self.is_one_of(start, &["the", "a", "an"])
                && (start..verb.start).any(|at| self.is(at, word::ROLE | word::ORG));
        names
            && verb.verb.is(Frame::Verb)
            && (start..verb.start).all(|at| self.is_word(at) && !self.is_one_of(at, &["who", "which", "that"]))
            && matches!(self.english_opens(&verb, end), Some(Opens::That(_) | Opens::Bare(_) | Opens::Quoted(_)))
    }
}

/// Where a report begins.
#[derive(Clone, Copy, Debug)]
enum Opens {
    That(usize),
    Bare(usize),
    Quoted(usize),
    Object(usize),
}

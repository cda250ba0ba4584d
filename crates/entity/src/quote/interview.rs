//! Interviews: lines that begin with a dash, or with a name and a colon.

use std::collections::BTreeSet;

use khabar_model::{Block, BlockKind, QuoteStyle, Span, SpeakerKind, VerbClass};

use khabar_text::{fold, is_common_letter};

use super::Told;
use super::body::is_particle;
use super::describe::speaker;
use super::lexicon::{lexicon, word};
use super::reader::{Found, Reader, Subject, is_media};
use super::speaker::{Speaker, Speakers, initials};
use super::token::{Kind, Token};

/// Fewest lines of one form that make an interview.
const FEWEST: usize = 3;

/// Most words of a name before a colon.
const LONGEST_NAME: usize = 4;

/// Bytes of a date at the start of a line, at most.
const LONGEST_DATE: usize = 80;

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Dash,
    Named,
}

/// Which lines of a document are of an interview.
#[derive(Debug, Default)]
pub(super) struct Interview {
    lines: Vec<(Span, Line)>,
    /// Those with a dash, in order.
    dashes: Vec<Span>,
    /// Questions and answers take turns: the lines with a dash stand side by side.
    turns: bool,
    /// What lines begin with that ask, where others begin with another label: «س: …» and «ج: …», «سؤال: …» and «پاسخ: …».
    question: Option<String>,
    /// Lines of one name each, side by side: a question of one and the answer of another.
    pairs: Vec<Span>,
    /// The first person who is named, if none is named as the guest.
    seen: Option<Speaker>,
    /// Who is interviewed, as the lines before the first one name them.
    guest: Option<Speaker>,
    /// Who interviews: the outlet in marks beside the word for it, «گفت‌وگوی «ایوان» با …».
    host: Option<Speaker>,
    /// Whoever's lines begin with their names, by place among the speakers: initials may stand for them ("GM: …").
    parties: BTreeSet<usize>,
    /// Where answers begin, in bytes, whose speaker no line before names.
    unnamed: BTreeSet<usize>,
}

impl Interview {
    /// Reads the form of the lines alone.
    pub(super) fn of(text: &str, blocks: &[Block<Span>]) -> Self {
        let mut lines = Vec::new();
        for block in blocks.iter().filter(|block| block.kind != BlockKind::Title) {
            let Some(line) = block.span.of(text) else { continue };
            if let Some(form) = form_of(line) {
                lines.push((block.span, form));
            }
        }
        if lines.is_empty() {
            lines = turns_of(text, blocks).into_iter().map(|span| (span, Line::Dash)).collect();
        }
        // A chronology: «- سبتمبر 2010: …».
        let has_dash = |(_, line): &&(Span, Line)| *line == Line::Dash;
        let is_dated = |(span, _): &&(Span, Line)| {
            let label = span.of(text).and_then(|line| line.get(..line.find(':')?));
            label.is_some_and(|label| label.len() < LONGEST_DATE && label.contains(char::is_numeric))
        };
        let dashes = || lines.iter().filter(has_dash);
        if dashes().filter(is_dated).count() * 2 > dashes().count() {
            lines.retain(|line| !has_dash(&line));
        }
        // Who takes part speaks more than once; a list of facts («المكان: …») has each name once.
        let named = lines.iter().filter(|(_, line)| *line == Line::Named);
        let names: Vec<&str> = named
            .filter_map(|(span, _)| span.of(text)?.split_once(':'))
            .map(|(name, _)| without_office(name))
            .collect();
        let mut pairs = Vec::new();
        if names.iter().collect::<BTreeSet<_>>().len() == names.len() {
            pairs = pairs_of(&lines, text);
            lines.retain(|(_, line)| *line != Line::Named);
        }
        // An English list of things has dashes too, and no questions.
        let asks = |(span, line): &(Span, Line)| {
            let other = |line: &str| line.contains(['?', '؟']) || !line.contains(|c: char| c.is_ascii_alphabetic());
            *line == Line::Dash && span.of(text).is_some_and(other)
        };
        let talk = lines.iter().any(asks);
        for form in [Line::Dash, Line::Named] {
            let few = lines.iter().filter(|(_, line)| *line == form).count() < FEWEST;
            if few || form == Line::Dash && !talk {
                lines.retain(|(_, line)| *line != form);
            }
        }
        let dashes: Vec<Span> = lines.iter().filter(|(_, line)| *line == Line::Dash).map(|(span, _)| *span).collect();
        // One line apart: nothing but the end of the line stands between.
        let beside = dashes.windows(2).filter(|pair| pair[1].start() <= pair[0].end() + 2).count();
        let labels =
            lines.iter().filter(|(_, line)| *line == Line::Named).filter_map(|(span, _)| label(span.of(text)?));
        let labels: Vec<&str> = labels.collect();
        let two = labels.iter().collect::<BTreeSet<_>>().len() == 2;
        // An interview begins with a question.
        let question = labels.first().filter(|_| two).map(|&label| label.to_owned());
        Self { lines, turns: beside * 2 > dashes.len(), dashes, question, pairs, ..Self::default() }
    }

    /// True if a line asks: every other one, from the first.
    fn is_question(&self, span: Span) -> bool {
        self.turns && self.dashes.partition_point(|line| *line < span) % 2 == 0
    }

    /// Looks for the guest in a line before the first answer: a role or title and a name, «گفت‌وگو با …».
    pub(super) fn introduce(&mut self, reader: &Reader<'_>) {
        let has_turns = self.question.is_some() || self.lines.iter().any(|(_, line)| *line == Line::Dash);
        if !has_turns {
            return;
        }
        let first = self.lines.first().map(|(span, _)| span.start());
        let leads = reader.tokens.first().is_some_and(|token| first.is_some_and(|first| token.start < first));
        if self.host.is_none() && leads {
            self.host = host_of(reader);
        }
        if self.guest.is_some() {
            return;
        }
        let raw = |token: &Token| reader.raw_token(token);
        let is_name = |token: &Token| {
            token.kind == Kind::Word
                && !token.is(word::ROLE
                    | word::PREP
                    | word::TIME
                    | word::START
                    | word::PRONOUN
                    | word::NAMING
                    | word::EVENT
                    | word::ORG
                    | word::OUTLET
                    | word::THAT)
                && (token.capital || !raw(token).is_ascii())
                && !is_particle(raw(token))
        };
        let is_role = |token: &Token| token.is(word::TITLE | word::PERSON | word::RANK | word::OFFICE);
        let with = |token: &Token| matches!(raw(token), "با" | "مع" | "with");
        // A person whom the text is with, or says what they are.
        let person = |led: bool| {
            (0..reader.tokens.len()).find_map(|place| {
                let before = place.checked_sub(1).and_then(|before| reader.tokens.get(before));
                let is_led = before.is_some_and(|before| is_role(before) || with(before));
                let entity = reader.speaks(place)?;
                // «خبرگزاری کتاب - فلانی: …»: who reports.
                let behind = reader.tokens.get(reader.end_of_mention(place, entity));
                let reports = behind.is_some_and(|behind| behind.is_mark(&[':'])) && leads;
                Some((place, entity)).filter(|_| (is_led || !led) && !reports)
            })
        };
        let named = |(place, entity)| speaker(reader, place, reader.end_of_mention(place, entity), 0);
        self.guest = person(true).and_then(named);
        if self.guest.is_some() {
            return;
        }
        self.seen = self.seen.take().or_else(|| person(false).and_then(named));
        // Lines of the talk itself name others.
        if !leads {
            return;
        }
        for place in 1..reader.tokens.len() {
            let Some(before) = reader.tokens.get(place - 1) else { break };
            let talk = reader.tokens.get(place.saturating_sub(5)..place).unwrap_or_default();
            // «در گفت‌وگو با ایسنا»: with the outlet.
            let event = talk.iter().rposition(|token| token.is(word::EVENT));
            let event = event.filter(|&at| at.checked_sub(1).is_none_or(|at| !matches!(raw(&talk[at]), "در" | "في")));
            let led = is_role(before) || with(before) && event.is_some();
            let names = reader.tokens.iter().enumerate().skip(place);
            let names = names.take_while(|(at, token)| is_name(token) && !reader.is_verb_token(*at)).take(3).count();
            let names = names.min(if reader.tongue == super::Tongue::English { 3 } else { 2 });
            if led && names >= 2 {
                self.guest = speaker(reader, place, place + names, 0);
                return;
            }
        }
    }

    /// The form of a line of the interview; two lines alone are of one if people are named before their colons.
    pub(super) fn line(&self, reader: &Reader<'_>, span: Span) -> Option<Line> {
        if self.pairs.binary_search(&span).is_ok() {
            let colon = (0..reader.items.len().min(8)).find(|&at| reader.is_colon(at))?;
            let is_name = |at: usize| reader.is(at, word::ROLE) || reader.is_person(at) || reader.is_known_name(at);
            return (0..colon).any(is_name).then_some(Line::Named);
        }
        let place = self.lines.binary_search_by_key(&span, |(span, _)| *span).ok()?;
        self.lines.get(place).map(|(_, line)| *line)
    }

    /// Takes a line in: all of it is speech.
    pub(super) fn read(
        &mut self,
        reader: &mut Reader<'_>,
        speakers: &mut Speakers,
        line: Line,
        span: Span,
        told: &mut Vec<Told>,
    ) {
        let end = reader.items.len();
        let mut from = 0;
        while from < end && reader.is_mark(from, &['-', '–', '—', '●', '•', '*']) {
            from += 1;
        }
        let colon = (from..end.min(from + 8)).find(|&at| reader.is_colon(at));
        let question = self.question.as_deref();
        let label = question.and_then(|_| label(span.of(reader.text)?)).filter(|_| line == Line::Named);
        let named = colon.filter(|&colon| line == Line::Named || colon > from && reader.verb_between(from, colon) == 0);
        let asks = (from..end)
            .rfind(|&at| !reader.is_quoted(at))
            .is_some_and(|at| at + 1 >= end && reader.is_mark(at, &['؟', '?']));
        let asks = asks || label.is_some() && label == question;
        let class = if asks { VerbClass::Ask } else { VerbClass::Say };
        let (subject, verb, start) = match named {
            Some(colon) => {
                // "GM (laughs): …"
                let end = (from + 1..colon).find(|&at| reader.is_mark(at, &['('])).unwrap_or(colon);
                let name = if label.is_some() { None } else { reader.phrase(from, end) };
                (name, Some((reader.first_token(colon), reader.last_token(colon), 0)), colon + 1)
            }
            None => (None, None, from),
        };
        if start >= end {
            return;
        }
        let short = named.and_then(|colon| self.party(reader, speakers, from, colon));
        let party = subject.and_then(|subject| short.or_else(|| speakers.resolve(reader, subject, false)));
        self.parties.extend(party);
        let mut speaker = party;
        let is_question = label.map_or_else(|| self.is_question(span), |label| Some(label) == question);
        if subject.is_none() && !is_question {
            speaker = self.guest.clone().or_else(|| self.seen.clone()).map(|guest| speakers.add(guest));
        } else if subject.is_none() {
            speaker = self.host.clone().map(|host| speakers.add(host));
        }
        let found = Found {
            style: QuoteStyle::Direct,
            start: reader.first_token(start),
            end: reader.last_token(end - 1),
            subject: Subject::Same,
            class,
            verb,
            carrier: None,
            inner: false,
        };
        let answer = reader.told(&found, speaker, None, None);
        if speaker.is_none() && !is_question {
            self.unnamed.extend(answer.as_ref().map(|answer| answer.span.start()));
        }
        told.extend(answer);
        self.read_inside(reader, speakers, start, speaker, told);
    }

    /// Gives answers of somebody whom no line before them names to the only person who is named as a speaker beside them.
    pub(super) fn settle(&mut self, told: &mut [Told], speakers: &Speakers) {
        let unnamed = std::mem::take(&mut self.unnamed);
        let is_person = |place: &usize| {
            let speaker = speakers.get(*place);
            speaker.is_some_and(|speaker| speaker.kind == SpeakerKind::Named && !speaker.is_body)
        };
        let others = told.iter().filter(|told| !told.inner).filter_map(|told| told.speaker).filter(is_person);
        let others: BTreeSet<usize> = others.collect();
        if let (1, Some(guest)) = (others.len(), others.first()) {
            let answers = told.iter_mut().filter(|told| told.speaker.is_none() && unnamed.contains(&told.span.start()));
            answers.for_each(|answer| answer.speaker = Some(*guest));
        }
    }

    /// Whoever the initials before a colon stand for: somebody whose name begins a line before, or the guest.
    fn party(&self, reader: &Reader<'_>, speakers: &mut Speakers, from: usize, colon: usize) -> Option<usize> {
        let alone = colon == from + 1 || reader.is_mark(from + 1, &['(']);
        let name = initials(reader.raw(from)).filter(|_| alone)?;
        let is_party = |place: &&usize| speakers.get(**place).is_some_and(|party| party.initials() == name);
        let guest = || self.guest.iter().chain(&self.seen).find(|guest| guest.initials() == name);
        let party = self.parties.iter().find(is_party).copied();
        party.or_else(|| guest().map(|guest| speakers.add(guest.clone())))
    }

    /// What others say in an answer: «أمي كانت تقول: «…»».
    fn read_inside(
        &self,
        reader: &mut Reader<'_>,
        speakers: &mut Speakers,
        start: usize,
        answers: Option<usize>,
        told: &mut Vec<Told>,
    ) {
        reader.inside = true;
        for (first, end) in reader.sentences.clone() {
            if end > start {
                reader.read_sentence(first.max(start), end);
            }
        }
        reader.inside = false;
        for found in std::mem::take(&mut reader.found) {
            let known = speakers.resolve(reader, found.subject, true).filter(|_| found.subject != Subject::Same);
            // «گفتم: «…»»
            let own = |&(first, end, _): &(usize, usize, usize)| {
                let mut words = reader.tokens.get(first..end).unwrap_or_default().iter();
                words.any(|token| reader.text.get(token.start..token.end).is_some_and(|word| word.ends_with('م')))
            };
            let quoted = found.subject == Subject::Same && found.style == QuoteStyle::Direct;
            let verb = found.verb.filter(|_| quoted && reader.tongue == super::Tongue::Persian);
            let known = known.or(answers.filter(|_| verb.as_ref().is_some_and(own)));
            if known.is_some() || verb.is_some() {
                told.extend(reader.told(&found, known, found.carrier, None));
            }
        }
    }
}

/// Whoever interviews, as a line before the first question names them: the outlet in marks beside the word for the talk
/// («گفت‌وگوی «ایوان» با …», «ایوان» در گفت‌وگو با …), in Persian and Urdu any medium.
fn host_of(reader: &Reader<'_>) -> Option<Speaker> {
    // «التقتها - دينا فؤاد»
    const MEETS: [&str; 8] = ["التقتها", "التقاها", "التقته", "التقاه", "حاورها", "حاوره", "حاورته", "حاورتها"];
    let is = |place: usize, classes: u32| reader.tokens.get(place).is_some_and(|token| token.is(classes));
    let raw = |place: usize| {
        let token = reader.tokens.get(place);
        token.map(|token| reader.raw_token(token)).unwrap_or_default()
    };
    if MEETS.contains(&raw(0)) {
        let first = 1 + usize::from(reader.tokens.get(1).is_some_and(|token| matches!(token.kind, Kind::Mark(_))));
        let end = (first..reader.tokens.len())
            .take(4)
            .take_while(|&at| reader.tokens.get(at).is_some_and(|token| token.kind == Kind::Word))
            .count()
            + first;
        return speaker(reader, first, end, 0);
    }
    // «هشت صبح: داکتر صمیم بیست سال است که …»: the outlet before the colon of a line that no dash begins.
    let colon =
        (1..reader.tokens.len().min(4)).find(|&at| reader.tokens.get(at).is_some_and(|token| token.is_mark(&[':'])));
    let plain = |at: usize| {
        reader.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word
                && !token.is(word::ROLE | word::EVENT | word::PREP)
                && !reader.is_of_person(token)
                && !reader.is_verb_token(at)
        })
    };
    if let Some(colon) = colon.filter(|&colon| (0..colon).all(plain) && reader.tongue == super::Tongue::Persian) {
        return speaker(reader, 0, colon, 0);
    }
    for quoted in &reader.quotes {
        let before = quoted.open.checked_sub(1);
        let beside = before.is_some_and(|before| is(before, word::EVENT) || matches!(raw(before), "لـ" | "مع" | "به"));
        let talks = quoted.open == 0 && raw(quoted.behind) == "در" && is(quoted.behind + 1, word::EVENT);
        if (beside || talks) && quoted.end - quoted.first <= 4 {
            return speaker(reader, quoted.first, quoted.end, 0);
        }
    }
    // «گفت‌وگوی روزنامه شرق با …», «حوار مجلة الدوحة مع …»
    let named = |first: usize| (first..reader.tokens.len()).take(3).take_while(|&at| plain(at)).count();
    let event = (1..reader.tokens.len()).find(|&at| {
        let led = is(at - 1, word::EVENT) && !is(at, word::OUTLET);
        led && named(at) > 0 && matches!(raw(at + named(at)), "با" | "مع")
    });
    let outlet = (0..reader.tokens.len()).find(|&at| is(at, word::OUTLET) && plain(at) && named(at + 1) > 0);
    if let Some(first) =
        event.or(outlet).filter(|_| matches!(reader.tongue, super::Tongue::Persian | super::Tongue::Arabic))
    {
        return speaker(reader, first, first + named(first), 0);
    }
    let place = (0..reader.tokens.len()).find(|&place| {
        let entity = reader.tokens.get(place).and_then(|token| token.entity);
        entity.and_then(|entity| reader.entities.get(entity as usize)).is_some_and(is_media)
    });
    let place = place.filter(|_| matches!(reader.tongue, super::Tongue::Persian | super::Tongue::Urdu))?;
    let entity = reader.tokens.get(place)?.entity?;
    speaker(reader, place, reader.end_of_mention(place, entity), 0)
}

/// What stands before the colon of a line, if it names nobody: one letter, or the word for a question or an answer.
fn label(line: &str) -> Option<&str> {
    const LABELS: [&str; 10] =
        ["Question", "Answer", "سؤال", "سوال", "السؤال", "پرسش", "پاسخ", "جواب", "الجواب", "الإجابة"];
    let name = line.split_once(':')?.0.trim();
    (name.chars().count() == 1 || LABELS.contains(&name)).then_some(name)
}

/// Lines of different names, of which one asks and the next answers: «میزبان: …؟», «لودھی: …».
fn pairs_of(lines: &[(Span, Line)], text: &str) -> Vec<Span> {
    let asks = |span: Span| span.of(text).is_some_and(|line| line.trim_end().ends_with(['؟', '?']));
    let named = |pair: &&[(Span, Line)]| pair.iter().all(|(_, line)| *line == Line::Named);
    let beside = |pair: &&[(Span, Line)]| pair[1].0.start() <= pair[0].0.end() + 2 && asks(pair[0].0);
    let mut pairs: Vec<Span> =
        lines.windows(2).filter(named).filter(beside).flat_map(|pair| [pair[0].0, pair[1].0]).collect();
    pairs.dedup();
    pairs
}

/// The lines of a talk that no mark tells from the others, question and answer in turn: a line before names it, and a question
/// stands alone in its line.
fn turns_of(text: &str, blocks: &[Block<Span>]) -> Vec<Span> {
    const TALKS: [&str; 8] = ["گفت‌وگو", "گفتگو", "گفت و گو", "مصاحبه", "مقابلة", "حوار", "انٹرویو", "nterview"];
    let talks =
        |block: &Block<Span>| block.span.of(text).is_some_and(|line| TALKS.iter().any(|talk| line.contains(talk)));
    let asks = |block: &Block<Span>| {
        block.span.of(text).is_some_and(|line| {
            line.trim_end().ends_with(['؟', '?']) && !line.contains(['«', '“', '"', ':']) && line.chars().count() < 200
        })
    };
    let body: Vec<&Block<Span>> = blocks.iter().filter(|block| block.kind != BlockKind::Title).collect();
    let turn = |pair: &&[&Block<Span>]| asks(pair[0]) && !asks(pair[1]);
    let Some(first) = body.windows(2).position(|pair| turn(&pair)) else { return Vec::new() };
    let titles = blocks.iter().filter(|block| block.kind == BlockKind::Title);
    if !titles.chain(body.iter().copied().take(first)).any(talks) {
        return Vec::new();
    }
    let turns = body.get(first..).unwrap_or_default().chunks_exact(2);
    let spans: Vec<Span> = turns.take_while(turn).flat_map(|pair| [pair[0].span, pair[1].span]).collect();
    if spans.len() >= FEWEST { spans } else { Vec::new() }
}

/// "Mr Dalgleish (Minister for Transport)": the name alone.
fn without_office(name: &str) -> &str {
    let name = name.trim();
    name.split_once(" (").filter(|(_, office)| office.ends_with(')')).map_or(name, |(name, _)| name)
}

fn form_of(line: &str) -> Option<Line> {
    let line = line.trim();
    let dash = |c: char| matches!(c, '-' | '–' | '—');
    if line.starts_with(dash) && line.chars().nth(1).is_some_and(char::is_whitespace) {
        return Some(Line::Dash);
    }
    let (name, told) = line.split_once(':')?;
    let name = without_office(name);
    if name.split_whitespace().nth(LONGEST_NAME).is_some() {
        return None;
    }
    let quoted = told.trim_start().starts_with(['"', '«', '“', '”', '‘', '\'', '‹', '’']);
    let plain = name.chars().all(|c| {
        is_common_letter(c)
            || c.is_alphabetic()
            || c.is_whitespace()
            || matches!(c, '\u{200c}' | '.' | '-' | '’' | '\'')
            || ('\u{64b}'..='\u{655}').contains(&c)
    });
    // «متهم: …» has the first word of a verb.
    let is_told = || {
        let ids: Vec<u32> = name.split_whitespace().map(|word| lexicon().id(&fold(word))).collect();
        let verb = |(place, &id): (usize, &u32)| {
            let behind = || ids.iter().skip(place + 1).copied();
            lexicon().of(id).iter().any(|entry| entry.meaning.verb.is_some() && entry.matches(behind()).is_some())
        };
        label(line).is_none() && ids.iter().enumerate().any(verb)
    };
    (plain && !quoted && !is_told() && told.split_whitespace().count() >= 2).then_some(Line::Named)
}

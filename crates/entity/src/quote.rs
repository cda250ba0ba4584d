//! Who said what: quotations and reported clauses with their speakers and verbs, in four languages.

use std::collections::BTreeSet;

use khabar_model::{Article, Block, BlockKind, Detection, Entity, Quote, QuoteStyle, Span, VerbClass};
use khabar_text::Cut;

use self::interview::Interview;
use self::lexicon::Frame;
use self::owner::Mentions;
use self::reader::{Found, Reader, Said, Subject};
use self::speaker::{Names, Speakers};
use self::token::VerbAt;
use self::told::{Told, carry};
use crate::extractor::{blocks_of, cuts_of};
use crate::language;
use crate::phrases::Tongue;

mod arabic;
mod arabic_clause;
mod arabic_end;
mod arabic_object;
mod arabic_phrase;
mod arabic_rest;
mod arabic_source;
mod arabic_trigger;
mod body;
mod cast;
mod colon;
mod describe;
mod echo;
mod english;
mod english_clause;
mod english_end;
mod english_speaker;
mod english_subject;
mod english_told;
mod headline;
mod holder;
mod homograph;
mod interview;
mod item;
pub(crate) mod lexicon;
mod mark;
mod office;
mod owner;
mod pair;
mod persian;
mod persian_phrase;
mod reader;
mod silent;
mod speaker;
mod start;
mod subject;
pub(crate) mod token;
mod told;
mod turn;
mod urdu;
mod words;

/// What was said last, for a paragraph that goes on with it.
#[derive(Clone, Copy)]
struct Before {
    said: Said,
    verb: Option<(Span, VerbClass)>,
}

/// The quotes of an article with its entities, which [`Extractor::extract`](crate::Extractor::extract) finds too: for those
/// who have the entities from elsewhere. Spans are bytes of the text; an article without blocks is read line by line.
#[must_use]
pub fn quotes(article: &Article, language: &Detection, entities: &[Entity<Span>]) -> Vec<Quote<Span>> {
    let blocks = blocks_of(article);
    find(&article.text, &blocks, &cuts_of(&blocks, &article.text), language, entities)
}

/// The quotes of an article whose blocks are cut and whose entities are known, in the order in which they begin. Blocks in other
/// languages than Arabic, Persian, Urdu and English have none.
pub(crate) fn find(
    text: &str,
    blocks: &[Block<Span>],
    cuts: &[Cut<'_>],
    language: &Detection,
    entities: &[Entity<Span>],
) -> Vec<Quote<Span>> {
    let mut mentions: Vec<(Span, u32)> = Vec::new();
    for (entity, place) in entities.iter().zip(0..) {
        mentions.extend(entity.mentions.iter().map(|mention| (mention.span, place)));
    }
    mentions.sort_unstable();
    let mut speakers = Speakers::default();
    let mut names = Names::default();
    let mut told: Vec<Told> = Vec::new();
    let mut interview = Interview::of(text, blocks);
    // Headlines name in short who the body names in full.
    let headlines = blocks.iter().zip(cuts).filter(|(block, _)| block.kind == BlockKind::Title);
    let body = blocks.iter().zip(cuts).filter(|(block, _)| block.kind != BlockKind::Title);
    let tongue_of = |block: &Block<Span>| language::of_block(block, language).and_then(Tongue::of);
    if let Some((block, cut, tongue)) = headlines.clone().find_map(|(block, cut)| Some((block, cut, tongue_of(block)?)))
    {
        let nobody = Names::default();
        interview.introduce(&Reader::new(text, block.span, cut, tongue, entities, &mentions, &nobody));
    }
    let mut before: Option<Before> = None;
    // The block before ends with a colon, or within a quotation.
    let (mut announced, mut open) = (false, false);
    // What the block before announces stands in lines behind dashes.
    let mut listed = false;
    let mut cast = cast::Cast::default();
    let (ordered, borders) = start::with_echoes(text, body.chain(headlines));
    for (place, (block, cut)) in ordered.iter().enumerate() {
        let Some(tongue) = tongue_of(block) else { continue };
        speakers.tell(&mut names);
        let mut reader = Reader::new(text, block.span, cut, tongue, entities, &mentions, &names);
        if std::mem::take(&mut open) {
            let behind = ordered.iter().skip(place + 1).map(|(block, _)| block);
            reader.read_on(start::closes(text, behind));
        }
        interview.introduce(&reader);
        cast::gather(&reader, &mut cast);
        listed = (announced || listed) && reader.is_listed();
        // Headlines come last, and go by who says what in the body.
        if block.kind == BlockKind::Title {
            interview.settle(&mut told, &speakers);
        }
        let is_headline = block.kind == BlockKind::Title || block.kind == BlockKind::Heading || reader.is_short_line();
        if is_headline && !listed {
            let body = told.len();
            reader.read_headline(&mut speakers, &mut told);
            told.iter_mut().skip(body).for_each(|told| told.headline = block.kind == BlockKind::Title);
        } else if let Some(line) = interview.line(&reader, block.span).filter(|_| !listed) {
            interview.read(&mut reader, &mut speakers, line, block.span, &mut told);
        } else {
            open = reader.is_open();
            reader.expects = std::mem::take(&mut announced) || listed;
            reader.read(before.map(|before| before.said));
            announced = reader.announced.is_some();
            before = reader.settle(&mut speakers, &mut told, before).or(before);
        }
    }
    interview.settle(&mut told, &speakers);
    // No quote leaves its line.
    told.retain(|told| {
        let next = borders.partition_point(|&border| border <= told.span.start());
        borders.get(next).is_none_or(|&border| told.span.end() <= border)
    });
    told.sort_by_key(|told| told.span.start());
    let tongue = Tongue::of(&language.code).unwrap_or(Tongue::English);
    // Headlines were read last.
    cast.introductions.sort_by_key(|introduction| introduction.at);
    cast.people.sort_by_key(|person| person.span.start());
    // Persian agencies go on with «وی» about whom a line before the text names.
    if tongue != Tongue::Persian {
        turn::name_pronouns(&mut told, &mut speakers, &cast);
    }
    turn::settle(&mut told, &mut speakers, &cast, text);
    holder::settle(&mut told, &mut speakers, &cast, text, tongue);
    told.sort_by_key(|told| (told.span.start(), std::cmp::Reverse(told.span.end()), told.style));
    let mentions = Mentions { text, mentions: &mentions, entities };
    pair::settle(&mut told, &mut speakers, mentions);
    if tongue == Tongue::English {
        english_speaker::settle_leads(&mut told, &mut speakers, mentions);
    }
    english_speaker::settle_bodies(&mut told, &mut speakers, mentions);
    told.dedup_by_key(|told| (told.span, told.style));
    carry(&mut told, text);
    let of_speakers = mentions.of_all(&speakers, &cast, tongue);
    told.into_iter().filter_map(|told| told.quote(text, &speakers, &of_speakers)).collect()
}

impl Reader<'_> {
    /// Reads all sentences; `before` is what was said last in the block before.
    fn read(&mut self, before: Option<Said>) {
        for place in 0..self.sentences.len() {
            let Some(&(start, end)) = self.sentences.get(place) else { break };
            if place == 0 && self.read_live(end) {
                continue;
            }
            let from = if place == 0 { self.behind_dateline(start, end) } else { start };
            let found = self.found.len();
            self.read_sentence(from, end);
            self.share_subject(found, from);
            if self.tongue == Tongue::English {
                self.name_pronoun(found, from, end);
            }
            if self.found.len() == found
                && !(self.expects && self.is_listed())
                && let Some(subject) = self.silent_subject(from, end)
            {
                self.subjects.push((self.first_token(from), subject));
            }
        }
        self.read_rest(before);
        if self.tongue == Tongue::Arabic {
            self.read_arabic_rest(before);
        }
        if let Some(said) = before.filter(|_| self.expects && self.found.is_empty()) {
            self.read_announced(said);
        }
        if matches!(self.tongue, Tongue::Persian | Tongue::Urdu) {
            self.read_alone();
        }
        self.read_chains();
        self.read_inside();
    }

    fn read_sentence(&mut self, start: usize, end: usize) {
        match self.tongue {
            Tongue::Arabic => self.read_arabic(start, end),
            Tongue::Persian => self.read_persian(start, end),
            Tongue::Urdu => self.read_urdu(start, end),
            Tongue::English => self.read_english(start, end),
        }
    }

    /// Reports that begin a sentence and name nobody share the subject of its first verb, though that is none of speech: «أبدى
    /// المدرب رضاه، معتبرا أن …», «زار الوزير البلدة وقال …».
    fn share_subject(&mut self, first: usize, from: usize) {
        let items = self.items.len();
        let elided = |found: &Found| {
            let at = found.verb.and_then(|(start, _, _)| self.verb_at(self.item_behind(start, items)));
            at.filter(|verb| {
                let shares = matches!(self.tongue, Tongue::Arabic | Tongue::English);
                let is_verb = shares && verb.verb.frame == Frame::Verb;
                found.subject == Subject::Same && (is_verb || verb.verb.frame == Frame::Part)
            })
        };
        let verbs: Vec<VerbAt> = self.found.iter().skip(first).map_while(elided).collect();
        let Some(verb) = verbs.first() else { return };
        let subject = self.head_subject(from, verb.start, verb.verb.frame == Frame::Verb);
        // «وفي الوقت الذي …، رفع زوجان قضية …، زاعمين أن …»: the clause of a participle.
        let clause = (from..verb.start.saturating_sub(1)).rfind(|&at| self.is_comma(at));
        let clause = clause.filter(|_| self.tongue == Tongue::Arabic && verb.verb.frame == Frame::Part);
        let subject = subject.or_else(|| self.head_subject(clause? + 1, verb.start, true));
        let Some(subject) = subject else { return };
        for found in self.found.iter_mut().skip(first).take(verbs.len()) {
            found.subject = subject;
        }
    }

    /// Whoever a clause begins with, whatever its verb; if it has to be the verb's subject, no object of a preposition.
    fn head_subject(&self, start: usize, end: usize, is_subject: bool) -> Option<Subject> {
        use lexicon::word;
        let from = self.skip_start(start, end);
        let is_head = |at: usize| {
            self.is_person(at)
                || self.is_known_name(at)
                || self.is(at, word::ROLE | word::ORG | word::PRONOUN) && !self.is(at, word::EVENT)
                || self.tongue == Tongue::Arabic
                    && (at == from + 1 && self.is_plain_word(from) && self.entity(at).is_some()
                        || self.is(at, word::OUTLET)
                        || self.is(at, word::DOCUMENT) && self.token(at).is_some_and(|token| token.definite))
        };
        let person = (from..end.min(from + 12)).find(|&at| self.is_person(at));
        let person = person.filter(|_| self.tongue == Tongue::English);
        let head = person.or_else(|| (from..end.min(from + 8)).find(|&at| is_head(at)))?;
        let ends = |at: usize| self.is(at, word::PREP) || self.is_comma(at) || self.verb_at(at).is_some();
        let is_object = self.raw(head).starts_with("لل") || self.raw(head).starts_with("بال");
        if is_subject && (is_object || head > from + 3 || (from..head).any(ends)) {
            return None;
        }
        match self.tongue {
            Tongue::Arabic => self.arabic_subject(head, end).map(|(start, end)| self.named(start, end)),
            Tongue::Persian => self.persian_subject(head, end),
            Tongue::Urdu | Tongue::English => {
                let goes_on = |at: usize| {
                    self.token(at).is_some_and(|token| token.capital || token.entity.is_some())
                        || self.is(at, word::ROLE | word::ORG)
                        || matches!(self.raw(at), "of" | "for" | "the")
                            && self.token(at + 1).is_some_and(|next| next.capital || next.is(word::ROLE | word::ORG))
                };
                let behind = (head + 1..end).take_while(|&at| goes_on(at)).count() + head + 1;
                self.phrase(head, behind)
            }
        }
    }

    /// Quotations that no verb of their sentence reports: speech that goes on.
    fn read_rest(&mut self, before: Option<Said>) {
        if self.quotes.is_empty() {
            return;
        }
        let goes_on = |said: Said| Said { subject: Subject::Same, ..said };
        for (start, end) in self.sentences.clone() {
            for at in start..end {
                // "“…,” said Kewaquom. “Facebook!”"
                let shout = at == start && at + 1 >= end && self.tongue == Tongue::English;
                let fewest = if self.tongue == Tongue::English { 2 - usize::from(shout) } else { 3 };
                if !self.is_untold(at) || self.words_inside(at) < fewest {
                    continue;
                }
                let place = self.first_token(at);
                let last =
                    self.found.iter().rev().filter(|found| found.start < place).take(8).max_by_key(|found| found.start);
                let said = last.map(|found| Said {
                    subject: found.subject,
                    class: found.class,
                    verb: found.verb,
                    carrier: found.carrier,
                });
                let alone =
                    at == start && (at + 1 >= end || at + 2 >= end && self.is_mark(at + 1, &['.', '۔', '؛', '،', ',']));
                let colon = at > start && self.is_colon(at - 1);
                if colon {
                    let from = (start..at - 1)
                        .rfind(|&at| self.is_quoted(at) && self.words_inside(at) > 3)
                        .map_or(start, |at| at + 1);
                    let free = self.verb_between(from, at) == 0;
                    if free && self.is_topic(from) {
                        self.speak(
                            at,
                            Said { subject: Subject::Same, class: self.asks(at), verb: None, carrier: None },
                        );
                        continue;
                    }
                    let subject = if free { self.head_subject(from, at - 1, false) } else { None };
                    let subject = subject.or_else(|| {
                        let persian = free && self.tongue == Tongue::Persian;
                        if persian { self.persian_subject(from, at - 1) } else { None }
                    });
                    let said = said.or(before.map(goes_on));
                    let subject = subject.or(said.map(|said| said.subject));
                    if let Some(subject) = subject {
                        let carrier = self.carrier_beside(from, at - 1, subject).filter(|_| subject != Subject::Same);
                        self.speak(at, Said { subject, class: self.asks(at), verb: None, carrier });
                        continue;
                    }
                }
                // "…," she said. "…"
                if let Some(said) = said
                    && (at == start && (alone || self.words_inside(at) >= 5) || at > start && self.is_colon(at - 1))
                {
                    self.speak(at, said);
                } else if at == 0
                    && self.beat(0).is_none()
                    && let Some(said) = before.filter(|_| alone || self.expects || self.items.len() == 1)
                {
                    // A paragraph that is a quotation goes on with what the one before it began.
                    self.speak(at, goes_on(said));
                }
            }
        }
    }

    /// A question asks.
    fn asks(&self, at: usize) -> VerbClass {
        let last = self.quoted(at).and_then(|(_, quoted)| self.tokens.get(quoted.end.checked_sub(1)?));
        if last.is_some_and(|last| last.is_mark(&['?', '؟'])) { VerbClass::Ask } else { VerbClass::Say }
    }

    /// Speech in reported clauses: «قال مسؤول إن الوزير أبلغ واشنطن أن …».
    fn read_chains(&mut self) {
        let outer = self.found.len();
        for place in 0..outer {
            let Some(found) = self.found.get(place).copied() else { break };
            if found.style != QuoteStyle::Indirect {
                continue;
            }
            let items = self.items.len();
            let (start, end) = (self.item_behind(found.start, items), self.item_behind(found.end, items));
            let first = self.verbs.partition_point(|verb| verb.start <= start);
            if self.verbs.get(first).is_some_and(|verb| verb.start < end) {
                self.inside = true;
                self.read_sentence(start, end);
                self.inside = false;
            }
        }
        let mut place = 0;
        let told: BTreeSet<(usize, usize)> =
            self.found.iter().take(outer).map(|found| (found.start, found.end)).collect();
        let tokens = &self.tokens;
        // «الإجراءات تشير إلى أن …»: no thing speaks in what somebody says.
        let arabic = self.tongue == Tongue::Arabic;
        let speaks = |subject: Subject| match subject {
            Subject::Phrase(start, end, _) => tokens.get(start..end).unwrap_or_default().iter().any(|token| {
                use lexicon::word;
                let says = word::ROLE | word::ORG | word::OUTLET | word::VAGUE | word::CHARGE | word::PRONOUN;
                token.is(says | word::DOCUMENT | word::EVENT) || token.entity.is_some()
            }),
            Subject::Same => true,
        };
        let text = self.text;
        let points = |(start, _, _): (usize, usize, usize)| {
            let verb = tokens.get(start).and_then(|token| text.get(token.start..token.end)).unwrap_or_default();
            verb.contains("شير") || verb.contains("شار")
        };
        // «إنه يعتقد أن …»: what a speaker believes is part of what they say.
        let is_belief = |token: &token::Token| token.is(lexicon::word::BELIEF);
        self.found.retain(|found| {
            place += 1;
            place <= outer
                || found.subject != Subject::Same
                    && found.style == QuoteStyle::Indirect
                    && found
                        .start
                        .checked_sub(1)
                        .and_then(|before| tokens.get(before))
                        .is_some_and(|token| token.is(lexicon::word::THAT))
                    && found.verb.is_none_or(|(start, _, _)| !tokens.get(start).is_some_and(is_belief))
                    && (!arabic || speaks(found.subject) || !found.verb.is_some_and(points))
                    && !told.contains(&(found.start, found.end))
        });
    }

    /// Speech inside of quotations: «أمي كانت تقول: «…»».
    fn read_inside(&mut self) {
        let outer = self.found.len();
        let mut looked = false;
        self.inside = true;
        for place in 0..self.quotes.len() {
            let Some(quoted) = self.quotes.get(place).copied() else { break };
            if quoted.depth > 0 || quoted.end - quoted.first < 6 || !self.taken.get(place).copied().unwrap_or(false) {
                continue;
            }
            self.look_at(quoted.first, quoted.end, 1);
            looked = true;
            if self.verbs.is_empty() {
                continue;
            }
            for sentence in 0..self.sentences.len() {
                let Some(&(start, end)) = self.sentences.get(sentence) else { break };
                self.read_sentence(start, end);
            }
        }
        self.inside = false;
        if looked {
            self.look_at(0, self.tokens.len(), 0);
        }
        // What nobody is named for is what the outer speaker says; "one of them told me it was" too.
        let mut place = 0;
        let tokens = &self.tokens;
        let english = self.tongue == Tongue::English;
        self.found.retain(|found| {
            let before = found.start.checked_sub(1).and_then(|before| tokens.get(before));
            let pronoun = matches!(found.subject, Subject::Phrase(start, end, _)
                if tokens.get(start..end).unwrap_or_default().iter().all(|token| token.is(lexicon::word::PRONOUN)));
            let first = tokens.get(found.start);
            let whole = found.style == QuoteStyle::Direct
                || before.is_some_and(|before| before.is(lexicon::word::THAT))
                || first.is_some_and(|first| first.is(lexicon::word::WHETHER)) && !pronoun;
            place += 1;
            let belief = found.style == QuoteStyle::Indirect
                && found
                    .verb
                    .and_then(|(verb, _, _)| tokens.get(verb))
                    .is_some_and(|verb| verb.is(lexicon::word::BELIEF));
            place <= outer || found.subject != Subject::Same && (!english || whole) && !belief
        });
    }

    /// Says who speaks; returns what was said last.
    fn settle(&mut self, speakers: &mut Speakers, told: &mut Vec<Told>, before: Option<Before>) -> Option<Before> {
        let mut found = std::mem::take(&mut self.found);
        found
            .sort_by_key(|found| (found.verb.map_or(found.start, |(start, _, _)| start.min(found.start)), found.start));
        let mut subjects = std::mem::take(&mut self.subjects).into_iter().peekable();
        let mut last = None;
        // The subject of the quote before: a verb behind it that names nobody has it too.
        let mut shared: Option<Subject> = None;
        for found in found {
            let place = found.verb.map_or(found.start, |(start, _, _)| start.min(found.start));
            while let Some((_, subject)) = subjects.next_if(|(at, _)| *at < place) {
                speakers.resolve(self, subject, false);
            }
            let agreement = found.verb.and_then(|(verb, _, skip)| match self.tongue {
                Tongue::Arabic => self.arabic_agreement(verb, skip),
                Tongue::Persian => self.persian_agreement(verb),
                Tongue::Urdu => self.urdu_agreement(verb),
                Tongue::English => None,
            });
            let subject = self.before_comma(&found).unwrap_or_else(|| self.without_addressee(&found));
            let found = Found { subject, ..found };
            if self.is_urdu_pronoun(found.subject) {
                speakers.turn_person(agreement);
            }
            if found.subject == Subject::Same {
                speakers.turn_to(agreement);
            }
            let speaker = speakers.resolve(self, found.subject, found.inner);
            if let (Subject::Phrase(..), Some(place)) = (found.subject, speaker) {
                speakers.note(place, agreement);
            }
            let described = speakers.described.take();
            let Some(quote) = self.told(&found, speaker, found.carrier, before) else { continue };
            let asked = self.asked(&found);
            let same = quote.same || shared == Some(found.subject);
            shared = Some(found.subject);
            let quote = Told { described, asked, same, ..quote };
            if !found.inner {
                let said = Said { subject: Subject::Same, class: found.class, verb: None, carrier: found.carrier };
                last = Some(Before { said, verb: quote.verb });
            }
            told.push(quote);
        }
        for (_, subject) in subjects {
            speakers.resolve(self, subject, false);
        }
        if let Some(said) = self.announced {
            speakers.resolve(self, said.subject, false);
            let verb = said.verb.and_then(|verb| Some((self.verb_span(verb)?, said.class)));
            last = Some(Before { said: Said { subject: Subject::Same, verb: None, ..said }, verb });
        }
        last
    }

    fn verb_span(&self, (start, end, skip): (usize, usize, usize)) -> Option<Span> {
        let tokens = self.tokens.get(start..end)?;
        Span::in_text(self.text, tokens.first()?.start + skip, tokens.last()?.end).ok()
    }

    fn told(
        &self,
        found: &Found,
        speaker: Option<usize>,
        carrier: Option<u32>,
        before: Option<Before>,
    ) -> Option<Told> {
        // No report begins inside of a name: «تشوي سون | هوي خلال زيارتها».
        let entity = |place: usize| self.tokens.get(place).and_then(|token| token.entity);
        let cut = entity(found.start).filter(|_| found.style == QuoteStyle::Indirect);
        let cut = cut.filter(|&cut| found.start.checked_sub(1).and_then(entity) == Some(cut));
        let start = cut.map_or(found.start, |cut| self.end_of_mention(found.start, cut));
        let tokens = self.tokens.get(start..found.end)?;
        let span = Span::in_text(self.text, tokens.first()?.start, tokens.last()?.end).ok()?;
        let verb = found.verb.and_then(|verb| Some((self.verb_span(verb)?, found.class)));
        let verb = verb.or(before.filter(|_| found.subject == Subject::Same).and_then(|before| before.verb));
        let goes_on = found.verb.is_some_and(|(start, _, _)| self.is_sequel(start));
        let another = self.turns_to_another(found.subject);
        Some(Told {
            span,
            style: found.style,
            speaker,
            verb,
            carrier,
            inner: found.inner,
            goes_on,
            another,
            headline: false,
            described: None,
            same: found.subject == Subject::Same,
            pronoun: self.is_pronoun(found.subject),
            answers: found.verb.is_some_and(|(start, _, _)| self.answers(start)),
            alone: found.verb.is_none(),
            asked: None,
        })
    }
}

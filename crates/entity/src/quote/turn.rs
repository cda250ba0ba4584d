//! Question and answer: «سأله القاضي: «…؟» أجاب: «…»», a line of its own behind "“…?” asked the coroner": whoever answers is
//! the other one of the two who speak in turn.

use khabar_model::VerbClass;

use super::Told;
use super::cast::Cast;
use super::describe::speaker;
use super::lexicon::{Frame, word};
use super::reader::{Found, Reader, Subject};
use super::speaker::{Speaker, Speakers};
use super::token::Kind;
use crate::phrases::Tongue;

/// Quotes over which the other one is looked for.
const FARTHEST: usize = 8;
/// Most words of whoever is asked.
const ASKED: usize = 4;

/// Gives answers whose verb alone has the subject to the one who was asked.
pub(super) fn settle(told: &mut [Told], speakers: &mut Speakers, cast: &Cast, text: &str) {
    let mut before: Option<usize> = None;
    // Who answers whom, as long as verbs alone go on.
    let mut turn: Option<(usize, usize)> = None;
    // Who asked, and who answered by name.
    let mut questioned: Option<(usize, usize)> = None;
    for place in 0..told.len() {
        let Some(now) = told.get(place).filter(|told| !told.inner && !told.headline && told.speaker.is_some()) else {
            continue;
        };
        let last = before.and_then(|before| told.get(before));
        let between = last.and_then(|last| text.get(last.span.end()..now.span.start())).unwrap_or_default();
        let own = || between.rsplit('\n').next().is_some_and(|own| !own.contains(char::is_alphabetic));
        let behind = text.get(now.span.end()..).unwrap_or_default().chars();
        let line =
            now.alone && between.contains('\n') && own() && !behind.take_while(|&c| c != '\n').any(char::is_alphabetic);
        let question = last.is_some_and(|last| is_question(last, text));
        let asker = last.and_then(|last| last.speaker).filter(|_| question);
        let asker = asker.filter(|&asker| {
            // Both sides of one verb are one quote.
            let split = last.is_some_and(|last| last.verb.map(|(verb, _)| verb) == now.verb.map(|(verb, _)| verb));
            let answers = now.answers && !now.alone && !split && (now.same || now.pronoun);
            let asks_somebody = last.is_some_and(|last| last.asked.is_some());
            // A question of somebody who goes on asks nobody: the verb has to ask.
            let asks = last.and_then(|last| last.verb).is_some_and(|(_, class)| class == VerbClass::Ask);
            now.speaker == Some(asker) && (answers || now.same && line && asks) || answers && now.same && asks_somebody
        });
        turn = match (asker.filter(|_| !is_question(now, text)), turn) {
            (_, Some((asker, other))) if now_is_of(told, place, asker, other) => Some((asker, other)),
            (Some(asker), _) => before
                .and_then(|before| other_than(asker, before, place, told, speakers, cast))
                .map(|other| (asker, other)),
            _ => None,
        };
        // "…?" asked the chair. "…," replied X. "…?"
        if let Some((asker, answered)) = questioned
            && told
                .get(place)
                .is_some_and(|now| line && now.same && now.speaker == Some(answered) && is_question(now, text))
        {
            turn = Some((asker, answered));
        }
        let asks = told.get(place).is_some_and(|now| line && is_question(now, text));
        if let (Some((asker, other)), Some(now)) = (turn, told.get_mut(place)) {
            now.speaker = Some(if asks { asker } else { other });
        }
        if let Some(now) = told.get(place) {
            questioned = match before.and_then(|before| told.get(before)) {
                Some(last) if is_question(last, text) && last.speaker != now.speaker => last.speaker.zip(now.speaker),
                _ => None,
            };
        }
        before = Some(place);
    }
}

/// Gives what somebody says who is a pronoun and did not speak before to the person who was named last.
pub(super) fn name_pronouns(told: &mut [Told], speakers: &mut Speakers, cast: &Cast) {
    for told in told.iter_mut().filter(|told| told.speaker.is_none() && told.pronoun && !told.inner) {
        let before = cast.people.partition_point(|person| person.span.start() < told.span.start());
        let last = before.checked_sub(1).and_then(|last| cast.people.get(last));
        told.speaker = last.map(|person| speakers.add(Speaker::clone(person)));
    }
}

/// True if a verb alone, or a line of its own, goes on with one of the two.
fn now_is_of(told: &[Told], place: usize, asker: usize, other: usize) -> bool {
    told.get(place).is_some_and(|now| now.same && (now.speaker == Some(asker) || now.speaker == Some(other)))
}

fn is_question(told: &Told, text: &str) -> bool {
    let said = told.span.of(text).unwrap_or_default();
    said.ends_with(['?', '؟']) || told.verb.is_some_and(|(_, class)| class == VerbClass::Ask) && !told.alone
}

/// Whoever is asked; else who spoke last before, or was named last, and is not the one who asks.
fn other_than(
    asker: usize,
    question: usize,
    place: usize,
    told: &[Told],
    speakers: &mut Speakers,
    cast: &Cast,
) -> Option<usize> {
    if let Some(asked) = told.get(question).and_then(|told| told.asked.clone()) {
        return Some(speakers.add(asked));
    }
    let is_person = |place: usize| speakers.get(place).is_some_and(|speaker| !speaker.is_body);
    let spoke = told.get(place.saturating_sub(FARTHEST)..place)?.iter().rev().filter(|told| !told.inner);
    let spoke = spoke.filter_map(|told| told.speaker).find(|&other| other != asker && is_person(other));
    let entity = speakers.get(asker).and_then(|speaker| speaker.person);
    let start = told.get(place)?.span.start();
    let mut before = cast.people.iter().rev().filter(|person| person.span.start() < start);
    spoke.or_else(|| before.find(|person| person.person != entity).map(|person| speakers.add(Speaker::clone(person))))
}

impl Reader<'_> {
    /// «وقال للقاضي: «…»»: who is told speaks not.
    pub(super) fn without_addressee(&self, found: &Found) -> Subject {
        let Subject::Phrase(start, _, _) = found.subject else { return found.subject };
        let verb = found.verb.and_then(|(verb, _, _)| self.verb_of(verb)).filter(|verb| verb.verb.frame == Frame::Verb);
        let told = verb.is_some_and(|verb| verb.start < start)
            && self.tokens.get(start).is_some_and(|first| {
                first.is(word::ROLE)
                    && first.entity.is_none()
                    && self.text.get(first.start..first.end).is_some_and(|raw| raw.starts_with("لل"))
            });
        // «وصفه العام الماضي بأنه …»
        let time = verb.is_some()
            && self
                .tokens
                .get(start)
                .is_some_and(|first| first.is(word::TIME) && first.classes & !(word::TIME | word::PREP) == 0);
        if (told || time) && self.tongue == Tongue::Arabic { Subject::Same } else { found.subject }
    }

    /// Whom a verb of asking asks: «سألت القاضية المتهم عن …», «قاضی از متهم پرسید», «وکیل سے پوچھا».
    pub(super) fn asked(&self, found: &Found) -> Option<Speaker> {
        let (verb, behind, _) = found.verb.filter(|_| found.class == VerbClass::Ask)?;
        let raw = |place: usize| self.raw_at(place);
        let subject = match found.subject {
            Subject::Phrase(start, end, _) => (start, end),
            Subject::Same => (verb, verb),
        };
        let somebody = |at: &usize| {
            self.tokens.get(*at).is_some_and(|token| {
                token.kind == Kind::Word && (token.is(word::ROLE) || self.is_of_person(token)) && !token.is(word::PREP)
            })
        };
        let goes_on = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                token.kind == Kind::Word
                    && !token.is(word::PREP | word::THAT | word::TIME | word::WHETHER | word::START)
                    && !self.is_verb_token(at)
                    && !matches!(raw(at), "سے" | "نے" | "how" | "why" | "what" | "عما" | "عمن")
            })
        };
        let (start, stop) = match self.tongue {
            Tongue::Arabic | Tongue::English => {
                (behind.max(if subject.0 > verb { subject.1 } else { behind }), found.start)
            }
            Tongue::Persian => {
                let from = (subject.1.max(verb.saturating_sub(8))..verb).rfind(|&at| raw(at) == "از")?;
                (from + 1, verb)
            }
            Tongue::Urdu => {
                let to = (subject.1.max(verb.saturating_sub(8))..verb).rfind(|&at| raw(at) == "سے")?;
                ((subject.1..to).rfind(|&at| raw(at) == "نے").map_or(subject.1, |at| at + 1), to)
            }
        };
        // «سألت رئيسة الجلسة | المتهم عما …»: both were taken for the subject.
        let glued = |at: &usize| {
            self.tongue == Tongue::Arabic
                && self.tokens.get(*at).is_some_and(|token| token.definite && token.is(word::PERSON))
                && self.tokens.get(at - 1).is_some_and(|before| before.definite)
        };
        let first = (start..stop.min(start + 2)).find(somebody);
        let first = first.or_else(|| (subject.0 + 1..subject.1).rfind(glued))?;
        let stop = if first < start { subject.1 } else { stop };
        let count = (first..stop).take(ASKED).take_while(|&at| goes_on(at)).count();
        speaker(self, first, first + count, 0).filter(|asked| !asked.is_body && !asked.words.is_empty())
    }
}

//! English: "the forward", "the 58-year-old Scot", "the company": who is described and was named before.

use khabar_model::{Entity, EntityType, Span, SpeakerKind};
use khabar_text::fold;

use super::Told;
use super::lexicon::{self, word};
use super::owner::Mentions;
use super::reader::{Found, Reader, Subject, is_media};
use super::speaker::{Speaker, Speakers};
use super::token::{Kind, Token};
use super::words;
use crate::phrases::Tongue;

/// Lines in which a body may have no name yet: the headline, the lead and the one behind.
const LEAD: usize = 3;

/// Most words of a description.
const LONGEST: usize = 6;

/// Bytes over which "the company" looks back: more than two paragraphs of news have.
const FARTHEST: usize = 2_000;

/// True for "the" and a description of one person: no name, no body, no office (which has a holder), nobody's relative.
pub(super) fn describes_person(reader: &Reader<'_>, tokens: &[Token]) -> bool {
    let raw = |token: &Token| reader.raw_token(token);
    let described: Vec<&Token> = tokens.iter().filter(|token| token.kind == Kind::Word).collect();
    let [first, .., last] = described.as_slice() else { return false };
    let title = matches!(raw(last), "Excellency" | "Highness" | "Majesty" | "Lordship" | "Honour" | "Honor");
    if title {
        return true;
    }
    let aged = described.iter().any(|token| raw(token).ends_with("year-old"))
        || tokens.iter().any(|token| token.kind == Kind::Digits);
    let owned = described.iter().any(|token| raw(token).ends_with("'s") || raw(token).ends_with("’s"));
    // "the Sri Lankan"
    let native = described.len() <= 3 && described.iter().skip(1).all(|token| token.capital) && is_native(raw(last));
    let organisation = last.entity.and_then(|entity| reader.entities.get(entity as usize));
    let native = native && organisation.is_none_or(|entity| entity.kind != EntityType::Org);
    let native = native || words::AFFILIATE.contains(&raw(last)) && described.len() == 2;
    // "the Labour councillor": one of many.
    let member = words::MEMBER.contains(&raw(last)) && described.len() > 2;
    let common = !last.capital && last.entity.is_none() || native;
    let one = !raw(last).ends_with('s') || raw(last).ends_with("ss");
    raw(first).eq_ignore_ascii_case("the")
        && described.len() <= LONGEST
        && !owned
        && one
        && (common || aged || member)
        && !described
            .iter()
            .any(|token| !member && token.is(word::OFFICE) || token.is(word::OUTLET | word::PREP | word::VAGUE))
        && !last.is(word::ORG | word::BODY)
}

/// True for somebody by their country: "Italian", "Sri Lankan", "Briton".
fn is_native(noun: &str) -> bool {
    const ENDINGS: [&str; 5] = ["ian", "can", "ean", "ander", "man"];
    let ends = ENDINGS.iter().any(|ending| noun.ends_with(ending)) && !words::NO_NATIVE.contains(&noun);
    ends || words::NATIVE.contains(&noun)
}

/// Gives what a headline or a lead has a body without a name say to the organisation that the next line begins with: "…, power
/// utility says", "ZamGrid's director told …".
pub(super) fn settle_leads(told: &mut [Told], speakers: &mut Speakers, of: Mentions<'_>) {
    let Mentions { text, mentions, entities } = of;
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).take(LEAD).collect();
    let Some(&lead) = ends.last() else { return };
    let unnamed = |speaker: &Speaker| {
        let last = speaker.words.last().is_some_and(|last| is_body_noun(last));
        speaker.is_body && speaker.names == 0 && last
    };
    settle_chiefs(told, speakers, lead);
    let first = mentions.iter().find(|(_, entity)| is_named(entities, *entity)).map(|(span, _)| span.start());
    let mut named = None;
    for told in told.iter_mut().take_while(|told| told.span.start() < lead) {
        let Some(speaker) = told.speaker.and_then(|place| speakers.get(place)).filter(|speaker| unnamed(speaker))
        else {
            continue;
        };
        let inside = mentions.partition_point(|(span, _)| span.start() < speaker.span.start());
        let inside = mentions.iter().skip(inside).take_while(|(span, _)| span.start() < speaker.span.end());
        let own = inside.into_iter().any(|(_, entity)| is_named(entities, *entity));
        if own || first.is_some_and(|first| first < told.span.start()) {
            continue;
        }
        named = named.or_else(|| {
            let start = ends.iter().find(|&&end| end > told.span.start())?;
            let lines = ends.iter().filter(|&end| end >= start);
            let near = |line: usize| {
                let first = mentions.partition_point(|(span, _)| span.start() <= line);
                let (span, entity) = mentions.get(first)?;
                let begins =
                    text.get(line + 1..span.start()).is_some_and(|before| matches!(before, "" | "The " | "the "));
                (begins && is_named(entities, *entity)).then_some(*span)
            };
            lines.copied().find_map(near)
        });
        if let Some(span) = named {
            told.speaker = Some(speakers.add(Speaker::body(span, text)));
        }
    }
}

/// Gives what a headline or a lead has a chief without a name say to the person who speaks next: "…, UN rights chief says".
fn settle_chiefs(told: &mut [Told], speakers: &Speakers, lead: usize) {
    let unnamed = |place: usize| {
        speakers.get(place).is_some_and(|speaker| {
            let chief = speaker.words.last().is_some_and(|last| words::CHIEF.contains(&last.as_str()));
            !speaker.is_body && speaker.person.is_none() && speaker.names == 0 && chief
        })
    };
    let named = |place: usize| {
        speakers.get(place).is_some_and(|speaker| {
            !speaker.is_body && speaker.kind == SpeakerKind::Named && (speaker.person.is_some() || speaker.names > 1)
        })
    };
    let speaks = |told: &Told| told.speaker.filter(|_| !told.inner && !told.another);
    let open = told.iter().take_while(|told| told.span.start() < lead).filter_map(speaks).find(|&place| unnamed(place));
    let Some(open) = open else { return };
    let next = told.iter().filter_map(speaks).skip_while(|&place| place != open).find(|&place| place != open);
    let Some(next) = next.filter(|&next| named(next)) else { return };
    for told in told.iter_mut().filter(|told| told.speaker == Some(open)) {
        told.speaker = Some(next);
    }
}

/// An organisation that is no medium.
fn is_named(entities: &[Entity<Span>], entity: u32) -> bool {
    entities.get(entity as usize).is_some_and(|entity| entity.kind == EntityType::Org && !is_media(entity))
}

/// Gives what "the company" and "the agency" say to the organisation that was named last before, within [`FARTHEST`] bytes.
pub(super) fn settle_bodies(told: &mut [Told], speakers: &mut Speakers, of: Mentions<'_>) {
    let Mentions { text, mentions, entities } = of;
    for told in told.iter_mut() {
        let Some(place) = told.speaker else { continue };
        if !speakers.get(place).is_some_and(|speaker| is_bare_body(speaker, text)) {
            continue;
        }
        let start = told.span.start();
        let before = mentions.partition_point(|(span, _)| span.end() <= start);
        // No programme in which somebody spoke: "in an interview with Harbour Television".
        let is_body = |entity: u32| {
            is_named(entities, entity)
                && !entities.get(entity as usize).is_some_and(|entity| {
                    let last = entity.mentions.first().and_then(|mention| mention.text.split(' ').next_back());
                    last.is_some_and(|last| lexicon::is(&fold(last), word::OUTLET, Tongue::English))
                })
        };
        let near = mentions.get(..before).unwrap_or_default().iter().rev();
        let near = near.take_while(|(span, _)| start.saturating_sub(span.end()) <= FARTHEST);
        let Some(&(last, _)) = near.into_iter().find(|(_, entity)| is_body(*entity)) else { continue };
        // "owned by Karst Minerals, a unit of Pell Group. The company": the one that its paragraph names first.
        let near = last.start().saturating_sub(FARTHEST);
        let line =
            text.as_bytes().get(near..last.start()).and_then(|bytes| bytes.iter().rposition(|&byte| byte == b'\n'));
        let line = line.map_or(near, |at| near + at + 1);
        let first = mentions.partition_point(|(span, _)| span.start() < line);
        let mut same = mentions.get(first..before).unwrap_or_default().iter();
        let span = same.find(|(_, entity)| is_body(*entity)).map_or(last, |(span, _)| *span);
        let body = Speaker::body(span, text);
        told.speaker = Some(speakers.add(body));
    }
}

/// "the company"
fn is_bare_body(speaker: &Speaker, text: &str) -> bool {
    let raw = speaker.span.of(text).unwrap_or_default();
    let noun = raw.strip_prefix("the ").or(raw.strip_prefix("The ")).and_then(|rest| {
        // "the Denver-based company"
        let (says, noun) = rest.rsplit_once(' ').unwrap_or(("", rest));
        says.split_whitespace().all(|word| word.ends_with("-based")).then_some(noun)
    });
    noun.is_some_and(is_body_noun) && matches!(speaker.kind, SpeakerKind::Named | SpeakerKind::Outlet)
}

/// One of the nouns that roles.tsv has as `body`.
fn is_body_noun(noun: &str) -> bool {
    lexicon::is(&fold(noun), word::BODY, Tongue::English)
}

impl Reader<'_> {
    /// "When the mayor was asked, she said …": a pronoun means whom its own sentence names before it.
    pub(super) fn name_pronoun(&mut self, first: usize, from: usize, end: usize) {
        let place = |found: &Found| found.verb.map_or(found.start, |(start, ..)| start.min(found.start));
        let Some(found) = self.found.iter().skip(first).min_by_key(|found| place(found)).copied() else { return };
        let Subject::Phrase(pronoun, ..) = found.subject else { return };
        if !self.is_pronoun(found.subject) {
            return;
        }
        // "In a message to the prime minister, she added": another one.
        let clauses = ["When", "While", "After", "As", "Before", "Since", "Once"];
        let led = self.is(from, word::PREP) && !self.is_one_of(from, &clauses);
        let before = self.silent_subject(from, end).filter(|_| !led);
        if let Some(Subject::Phrase(start, behind, _)) = before
            && behind <= pronoun.min(place(&found))
            && let Some(subject) = before
        {
            self.subjects.push((start, subject));
        }
    }
}

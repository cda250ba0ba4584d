//! Who holds an office: what stands beside people's names, so that «المتحدث العسكري» and «این کارشناس» mean who is so named
//! elsewhere in the document, before or behind.

use std::collections::{BTreeMap, BTreeSet};

use khabar_model::{EntityType, SpeakerKind};
use khabar_text::fold;

use super::Told;
use super::describe::{content, speaker};
use super::lexicon::{lexicon, word};
use super::reader::Reader;
use super::speaker::{Speaker, Speakers, stands_in};
use super::token::{Kind, Token};
use crate::phrases::Tongue;

/// Most introductions of a document; those behind are not looked at.
const MOST: usize = 400;
/// Most words beside a name that say what the person is.
const BESIDE: usize = 10;

/// A person's name with what stands beside it.
#[derive(Debug)]
pub(super) struct Introduction {
    person: Speaker,
    entity: u32,
    /// Bytes of the text at which the name begins.
    at: usize,
    /// Folded words of what the person is.
    words: Vec<String>,
}

/// Takes in the people whom a block names together with what they are.
pub(super) fn gather(reader: &Reader<'_>, into: &mut Vec<Introduction>) {
    let mut place = 0;
    while place < reader.tokens.len() && into.len() < MOST {
        let Some(entity) = reader.tokens.get(place).and_then(|token| token.entity) else {
            place += 1;
            continue;
        };
        let behind = reader.end_of_mention(place, entity);
        match reader.entities.get(entity as usize).map(|entity| entity.kind) {
            Some(EntityType::Per) => into.extend(introduction(reader, entity, place, behind)),
            Some(EntityType::Org) => into.extend(body(reader, entity, place, behind)),
            _ => {}
        }
        place = behind.max(place + 1);
    }
}

fn introduction(reader: &Reader<'_>, entity: u32, start: usize, end: usize) -> Option<Introduction> {
    let raw = |token: &Token| reader.text.get(token.start..token.end).unwrap_or_default();
    let is_stop = |token: &Token| {
        matches!(token.kind, Kind::Mark(c) if !matches!(c, '-' | '«' | '»' | '"'))
            || token.is(word::THAT | word::TIME) && !token.is(word::ROLE)
            || token.is(word::PREP) && !token.is(word::ROLE) && !matches!(raw(token), "في" | "of" | "for" | "در")
            || matches!(raw(token), "را" | "نے" | "who" | "which" | "الذي" | "التي" | "و" | "and")
    };
    // Before: «وزير الخارجية الروسي سيرجي لافروف», at most one comma between.
    let mut first = start;
    if first > 0 && reader.tokens.get(first - 1).is_some_and(|token| token.is_mark(&['،', ','])) {
        first -= 1;
    }
    let edge = first;
    while first > 0
        && edge - first < BESIDE
        && reader.tokens.get(first - 1).is_some_and(|token| !is_stop(token) && !reader.is_verb_token(first - 1))
    {
        first -= 1;
    }
    let before = reader.tokens.get(first..edge).unwrap_or_default();
    // «به گزارش خبرنگار ایلنا، فلانی»: the reporter is no apposition of the name.
    let reported = edge < start && reader.tongue == Tongue::Persian && first > 0 && reader.is_verb_token(first - 1);
    // «پدر یزدانی» is not what یزدانی is.
    if reader.tongue == Tongue::Persian
        && start.checked_sub(1).and_then(|before| reader.tokens.get(before)).is_some_and(|before| before.is(word::OF))
    {
        return None;
    }
    // It begins with its role.
    let role = before.iter().position(|token| token.is(word::ROLE)).filter(|_| !reported);
    let before = role.map_or(&[][..], |role| before.get(role..).unwrap_or_default());
    // Behind: «…، وزير الخارجية»; Persian needs no comma.
    let mut next = end;
    let comma = reader.tokens.get(next).is_some_and(|token| token.is_mark(&['،', ',', '(']));
    next += usize::from(comma);
    while reader.tokens.get(next).is_some_and(|token| matches!(raw(token), "the" | "a" | "an" | "his" | "her")) {
        next += 1;
    }
    let mut behind = &[][..];
    if reader.tokens.get(next..next + 3).unwrap_or_default().iter().any(|token| token.is(word::ROLE))
        && (comma || reader.tongue == Tongue::Persian)
        && reader.tokens.get(next).is_some_and(|token| !is_stop(token))
    {
        let tokens = reader.tokens.get(next..).unwrap_or_default();
        let count = tokens
            .iter()
            .take(BESIDE)
            .enumerate()
            .take_while(|(place, token)| !is_stop(token) && !reader.is_verb_token(next + place))
            .count();
        behind = tokens.get(..count).unwrap_or_default();
    }
    // One side alone: what stands before a name may be of the sentence.
    let beside = if behind.iter().any(|token| token.is(word::ROLE)) && before.is_empty() { behind } else { before };
    let mut words = Vec::new();
    for token in beside {
        let rank = token.is(word::RANK) && reader.tongue == Tongue::Persian;
        if token.kind != Kind::Word || (rank || token.is(word::TITLE)) && !token.is(word::OFFICE | word::PERSON) {
            continue;
        }
        // «بيان لنائب وزير الخارجية»
        let bare = raw(token)
            .strip_prefix(['ل', 'ب', 'و'])
            .filter(|_| reader.tongue == Tongue::Arabic && token.id == crate::phrases::UNKNOWN && words.is_empty());
        let key = content(bare.unwrap_or(raw(token)), reader.tongue);
        if !key.is_empty() {
            words.push(key);
        }
    }
    if words.is_empty() && reader.tongue == Tongue::Persian {
        words.extend(activity(reader, start));
    }
    let person = speaker(reader, start, end, 0)?;
    let at = reader.tokens.get(start)?.start;
    (!words.is_empty()).then_some(Introduction { person, entity, at, words })
}

/// What a person is who is named behind what they do: «به کارگردانی فلان», «به ریاست قاضی فلان».
fn activity(reader: &Reader<'_>, start: usize) -> Option<String> {
    let raw = |place: usize| {
        reader.tokens.get(place).and_then(|token| reader.text.get(token.start..token.end)).unwrap_or_default()
    };
    let titles = (start.saturating_sub(2)..start).rev().take_while(|&place| {
        reader.tokens.get(place).is_some_and(|token| token.is(word::TITLE | word::RANK | word::OFFICE))
            && !matches!(raw(place), "ریاست")
    });
    let place = (start - titles.count()).checked_sub(1)?;
    let led = matches!(raw(place.checked_sub(1)?), "به" | "با");
    let doer = match raw(place) {
        "ریاست" => "رئیس",
        "مربیگری" => "مربی",
        "سرمربیگری" => "سرمربی",
        doing => doing.strip_suffix('ی').filter(|doer| doer.chars().count() > 3)?,
    };
    let is_role = lexicon()
        .of(lexicon().id(&fold(doer)))
        .iter()
        .any(|entry| entry.tongue == Tongue::Persian && entry.meaning.classes & (word::OFFICE | word::PERSON) != 0);
    (led && is_role).then(|| content(doer, Tongue::Persian))
}

/// A body by its full name, which begins with what it is: «نقابة محرري الصحافة», «انجمن صنفی مترجمان».
fn body(reader: &Reader<'_>, entity: u32, start: usize, end: usize) -> Option<Introduction> {
    let tokens = reader.tokens.get(start..end)?;
    let noun = |token: &Token| token.is(word::ORG | word::OUTLET);
    let head = if reader.tongue == Tongue::English { tokens.last() } else { tokens.first() };
    let words = tokens.iter().filter(|token| token.kind == Kind::Word);
    let raw = |token: &Token| reader.text.get(token.start..token.end).unwrap_or_default();
    let words: Vec<String> =
        words.map(|token| content(raw(token), reader.tongue)).filter(|key| !key.is_empty()).collect();
    let named = words.len() >= 2 && (head.is_some_and(noun) || tokens.first().is_some_and(noun));
    let person = speaker(reader, start, end, 0).filter(|_| named)?;
    Some(Introduction { person, entity, at: tokens.first()?.start, words })
}

/// Gives quotes of an office or description to the person who is introduced as that, or who is meant by where it stands.
pub(super) fn settle(told: &mut [Told], speakers: &mut Speakers, introductions: &[Introduction], tongue: Tongue) {
    for place in 0..told.len() {
        let Some((known, at)) = told.get(place).and_then(|told| Some((told.speaker?, told.span.start()))) else {
            continue;
        };
        let Some(phrase) = speakers.get(known).filter(|speaker| is_description(speaker)).cloned() else { continue };
        let Some(introduction) = introduced(&phrase, at, introductions) else { continue };
        let holder = speakers.holder(introduction.entity, &introduction.person);
        if let Some(told) = told.get_mut(place) {
            told.speaker = Some(holder);
        }
    }
    let meant = meant(told, speakers, introductions, tongue);
    for told in told.iter_mut() {
        // A description may mean one that means somebody.
        for _ in 0..3 {
            told.speaker = told.speaker.map(|place| meant.get(&place).copied().unwrap_or(place));
        }
    }
}

/// Whom descriptions without a holder mean, by place among the speakers: who spoke before, if they go on («افزود»); a name with
/// nothing beside it that says what the person is, which stands next to an office («معاون وزیر: … سیامک برزگری گفت»).
fn meant(told: &[Told], speakers: &Speakers, introductions: &[Introduction], tongue: Tongue) -> BTreeMap<usize, usize> {
    let mut meant = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut before: Option<usize> = None;
    let introduces = |place: usize| {
        let entity = speakers.get(place).and_then(|speaker| speaker.person);
        introductions.iter().filter(move |introduction| Some(introduction.entity) == entity)
    };
    let is_open = |place: usize| {
        speakers.get(place).is_some_and(|speaker| is_description(speaker) && !speaker.is_body && !speaker.is_indefinite)
    };
    let is_bare = |place: usize| {
        let bare = speakers.get(place).is_some_and(|speaker| speaker.is_bare && !speaker.is_many());
        bare && introduces(place).next().is_none()
    };
    let is_named = |place: usize| {
        speakers.get(place).is_some_and(|speaker| speaker.kind == SpeakerKind::Named && !speaker.is_body)
    };
    for told in told.iter().filter(|told| !told.inner) {
        let Some(place) = told.speaker.filter(|&place| !told.headline || is_open(place)) else { continue };
        let new = seen.insert(place);
        if let Some(before) = before.filter(|&before| before != place) {
            let before = meant.get(&before).copied().unwrap_or(before);
            if is_open(place) && !meant.contains_key(&place) && !told.another && is_named(before) && !is_open(before) {
                // Persian agencies go on with the office of whom they named, and with that of others, in the same words.
                if told.goes_on && new && tongue != Tongue::Persian {
                    meant.insert(place, before);
                }
            } else if is_open(before) && new && !told.another {
                let alone = tongue == Tongue::Persian && is_bare(place);
                let head = speakers.get(before).and_then(|speaker| speaker.words.first());
                let shares =
                    head.is_some_and(|head| introduces(place).any(|introduction| introduction.words.contains(head)));
                if alone || shares {
                    meant.insert(before, place);
                }
            }
        }
        before = Some(place);
    }
    meant
}

fn is_description(speaker: &Speaker) -> bool {
    speaker.person.is_none()
        && (!speaker.is_body && speaker.role || speaker.is_body && speaker.words.len() == 1 && speaker.names == 0)
        && !matches!(speaker.kind, SpeakerKind::Anonymous | SpeakerKind::Outlet)
}

/// The last introduction before a quote that has all words of a description, else the first behind it.
fn introduced<'i>(phrase: &Speaker, at: usize, introductions: &'i [Introduction]) -> Option<&'i Introduction> {
    let spare = usize::from(phrase.words.len() >= 4 && phrase.names == 0 && !phrase.is_indefinite);
    let needed = phrase.words.len() - spare;
    let fits = |introduction: &&Introduction| {
        let words = if phrase.is_body { introduction.words.len() } else { 2 };
        let same_kind = phrase.is_body == introduction.person.is_body;
        let head =
            phrase.words.first().is_some_and(|head| introduction.words.iter().take(words).any(|word| word == head));
        let shared = phrase.words.iter().filter(|word| introduction.words.contains(word)).count();
        same_kind && head && shared >= needed && !stands_in(&introduction.words, &phrase.words)
    };
    if phrase.words.is_empty() {
        return None;
    }
    let before = introductions.iter().rev().filter(|introduction| introduction.at < at).find(fits);
    before.or_else(|| introductions.iter().filter(|introduction| introduction.at >= at).find(fits))
}

impl Speakers {
    /// The place of a person, who is taken in if nobody of that name spoke.
    fn holder(&mut self, entity: u32, person: &Speaker) -> usize {
        self.of_entity(entity).unwrap_or_else(|| self.add(person.clone()))
    }
}

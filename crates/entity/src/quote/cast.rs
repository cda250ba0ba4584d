//! Who is in a document: people with what stands beside their names, bodies with what they are, in order.

use std::borrow::Cow;
use std::rc::Rc;

use khabar_model::EntityType;
use khabar_text::fold;

use super::body::introduced_by_noun;
use super::describe::{content, speaker};
use super::lexicon::{self, word};
use super::office::canonical;
use super::reader::Reader;
use super::speaker::Speaker;
use super::token::{Kind, Token};
use crate::phrases::Tongue;

/// Most introductions of a document; those behind are not looked at.
const MOST: usize = 400;
/// Most words beside a name that say what the person is.
const BESIDE: usize = 10;

/// A name with what stands beside it.
#[derive(Debug)]
pub(super) struct Introduction {
    pub(super) person: Rc<Speaker>,
    pub(super) entity: Option<u32>,
    /// Bytes of the text at which the name begins.
    pub(super) at: usize,
    /// Folded words of what the person is; of a body all of its name.
    pub(super) words: Vec<String>,
    /// The same with one word for each office that has several names, where any has.
    offices: Option<Vec<String>>,
    /// Forms of address among them: «المهندسة».
    pub(super) titles: Vec<String>,
    /// A name that the entities have, or that stands in marks.
    pub(super) sure: bool,
}

impl Introduction {
    /// Somebody or a body, by what they are.
    pub(super) fn new(person: Rc<Speaker>, entity: Option<u32>, at: usize, words: Vec<String>) -> Self {
        Self { person, entity, at, words, offices: None, titles: Vec::new(), sure: true }
    }

    /// The words with one for each office that has several names.
    pub(super) fn offices(&self) -> &[String] {
        self.offices.as_deref().unwrap_or(&self.words)
    }
}

/// The people and bodies of a document, in order.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) introductions: Vec<Introduction>,
    /// People by name, of more than one word.
    pub(super) people: Vec<Rc<Speaker>>,
}

/// Takes in the people and bodies that a block names, together with what they are.
pub(super) fn gather(reader: &Reader<'_>, cast: &mut Cast) {
    let known = cast.introductions.len();
    let mut place = 0;
    while cast.introductions.len() < MOST {
        let Some(token) = reader.tokens.get(place) else { break };
        let Some(entity) = token.entity else {
            if token.is(word::ORG | word::OUTLET) {
                cast.introductions.extend(introduced_by_noun(reader, place));
            }
            place += 1;
            continue;
        };
        let behind = reader.end_of_mention(place, entity);
        match reader.entities.get(entity as usize).map(|entity| entity.kind) {
            Some(EntityType::Per) => {
                let beside = beside(reader, place, behind);
                let whole = behind > place + 1 && cast.people.len() < MOST;
                if (beside.is_some() || whole)
                    && let Some(person) = speaker(reader, place, behind, 0).map(Rc::new)
                {
                    cast.introductions.extend(beside.map(|(words, titles)| {
                        let new = Introduction::new(Rc::clone(&person), Some(entity), token.start, words);
                        Introduction { titles, ..new }
                    }));
                    cast.people.extend(Some(person).filter(|_| whole));
                }
            }
            Some(EntityType::Org) => cast.introductions.extend(body(reader, entity, place, behind)),
            _ if reader.tongue == Tongue::Urdu => cast.introductions.extend(introduced_by_noun(reader, behind - 1)),
            _ => cast.introductions.extend(introduced_by_noun(reader, place)),
        }
        place = behind.max(place + 1);
    }
    for new in cast.introductions.iter_mut().skip(known) {
        new.offices = match canonical(&new.words, reader.tongue) {
            Cow::Borrowed(_) => None,
            Cow::Owned(offices) => Some(offices),
        };
    }
}

/// What stands beside the name of a person, from `start` to `end`: what the person is, and forms of address.
fn beside(reader: &Reader<'_>, start: usize, end: usize) -> Option<(Vec<String>, Vec<String>)> {
    let raw = |token: &Token| reader.raw_token(token);
    let is_stop = |token: &Token| {
        matches!(token.kind, Kind::Mark(c) if !matches!(c, '-' | '«' | '»' | '"'))
            || token.is(word::THAT | word::TIME) && !token.is(word::ROLE)
            || token.is(word::PREP) && !token.is(word::ROLE) && !matches!(raw(token), "في" | "of" | "for" | "در")
            || matches!(raw(token), "را" | "نے" | "who" | "which" | "الذي" | "التي" | "and")
            || raw(token) == "و" && reader.tongue != Tongue::Persian
    };
    // «وزیر صنعت و تجارت», and not «رئیس‌جمهور و | وزیر کشور»
    let joins = |place: usize| {
        let is = |token: &Token| token.is(word::ROLE) || reader.is_of_person(token);
        reader.raw_at(place) == "و" && reader.tokens.get(place + 1).is_some_and(is)
    };
    // Before: «وزير الخارجية الروسي سيرجي لافروف», at most one comma between.
    let mut first = start;
    if first > 0 && reader.tokens.get(first - 1).is_some_and(|token| token.is_mark(&['،', ','])) {
        first -= 1;
    }
    // «المدير الفني للفريق، البرتغالي روي تافاريس»
    let national = first > 1
        && reader.tongue == Tongue::Arabic
        && reader.tokens.get(first - 2).is_some_and(|token| token.is_mark(&['،', ',']))
        && reader.tokens.get(first - 1).is_some_and(|token| token.definite && raw(token).ends_with(['ي', 'ة']));
    first -= if national && !reader.tokens.get(first - 1).is_some_and(|token| token.is(word::ROLE)) { 2 } else { 0 };
    let edge = first;
    while first > 0
        && edge - first < BESIDE
        && reader.tokens.get(first - 1).is_some_and(|token| {
            // "Gov. Oleh Martynenko"
            let short = token.is_mark(&['.'])
                && first > 1
                && token.glued
                && reader.tokens.get(first - 2).is_some_and(|before| before.is(word::ROLE));
            (short || !is_stop(token)) && !reader.is_verb_token(first - 1) && !joins(first - 1)
        })
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
    // "lifeguard Paige Dunning": whatever is not written with a capital.
    let common = before.iter().rev().take(2).take_while(|token| token.kind == Kind::Word && !token.capital).count();
    let common =
        role.is_none().then(|| before.len() - common).filter(|_| reader.tongue == Tongue::English && edge == start);
    let before = role.or(common).map_or(&[][..], |role| before.get(role..).unwrap_or_default());
    // Behind: «…، وزير الخارجية»; Persian needs no comma.
    let mut next = end;
    let comma = reader.tokens.get(next).is_some_and(|token| token.is_mark(&['،', ',', '(']));
    next += usize::from(comma);
    while reader
        .tokens
        .get(next)
        .is_some_and(|token| matches!(raw(token), "the" | "a" | "an" | "his" | "her" | "its" | "only"))
    {
        next += 1;
    }
    let mut behind = &[][..];
    // "Paige Dunning, the only lifeguard on duty"
    let article = comma && reader.tongue == Tongue::English && next > end + 1;
    if (article || reader.tokens.iter().skip(next).take(3).any(|token| token.is(word::ROLE)))
        && (comma || reader.tongue == Tongue::Persian)
        && reader.tokens.get(next).is_some_and(|token| !is_stop(token))
    {
        let tokens = reader.tokens.get(next..).unwrap_or_default();
        let count = tokens
            .iter()
            .take(BESIDE)
            .enumerate()
            .take_while(|(place, token)| !is_stop(token) && !reader.is_verb_token(next + place) && !joins(next + place))
            .count();
        behind = tokens.get(..count).unwrap_or_default();
    }
    // One side alone: what stands before a name may be of the sentence.
    let says = article || behind.iter().any(|token| token.is(word::ROLE));
    let beside = if says && (before.is_empty() || common.is_some()) { behind } else { before };
    let mut words = Vec::new();
    let titles = beside.iter().filter(|token| token.is(word::TITLE)).map(|token| reader.content(token).into_owned());
    let titles: Vec<String> = titles.collect();
    for token in beside {
        let rank = token.is(word::RANK) && reader.tongue == Tongue::Persian;
        let title = token.is(word::TITLE) && !(token.is(word::OF) && reader.tongue == Tongue::Arabic);
        if token.kind != Kind::Word || (rank || title) && !token.is(word::OFFICE | word::PERSON) {
            continue;
        }
        // «بيان لنائب وزير الخارجية»
        let bare = raw(token)
            .strip_prefix(['ل', 'ب', 'و'])
            .filter(|_| reader.tongue == Tongue::Arabic && token.id == crate::phrases::UNKNOWN && words.is_empty());
        let key = bare.map_or_else(|| reader.content(token), |bare| content(bare, reader.tongue).into());
        if !key.is_empty() {
            words.push(key.into_owned());
        }
    }
    if words.is_empty() && reader.tongue == Tongue::Persian {
        words.extend(activity(reader, start));
    }
    (!words.is_empty()).then_some((words, titles))
}

/// What a person is who is named behind what they do: «به کارگردانی فلان», «به ریاست قاضی فلان».
fn activity(reader: &Reader<'_>, start: usize) -> Option<String> {
    let raw = |place: usize| reader.raw_at(place);
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
    let is_role = lexicon::is(&fold(doer), word::OFFICE | word::PERSON, Tongue::Persian);
    (led && is_role).then(|| content(doer, Tongue::Persian))
}

/// A body by its full name, which begins with what it is: «نقابة محرري الصحافة», «انجمن صنفی مترجمان».
fn body(reader: &Reader<'_>, entity: u32, start: usize, end: usize) -> Option<Introduction> {
    let tokens = reader.tokens.get(start..end)?;
    let noun = |token: &Token| token.is(word::ORG | word::OUTLET);
    let head = if reader.tongue == Tongue::English { tokens.last() } else { tokens.first() };
    let inside = reader.tongue == Tongue::English && tokens.iter().any(|token| token.is(word::ORG | word::BODY));
    if !inside && !head.is_some_and(noun) && !tokens.first().is_some_and(noun) {
        return None;
    }
    let words = tokens.iter().filter(|token| token.kind == Kind::Word);
    let words: Vec<String> =
        words.map(|token| reader.content(token).into_owned()).filter(|key| !key.is_empty()).collect();
    let person = if words.len() >= 2 { speaker(reader, start, end, 0)? } else { return None };
    Some(Introduction::new(Rc::new(person), Some(entity), tokens.first()?.start, words))
}

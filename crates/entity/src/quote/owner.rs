//! Whose office it is that a speaker has, where a short form stands for the body: «سخنگوی این گروه», «متحدث باسم الوزارة», "a
//! spokesman for the firm".

use khabar_model::{Entity, EntityType, Span, SpeakerKind};

use super::cast::Cast;
use super::describe::content;
use super::lexicon::{lexicon, word};
use super::speaker::Speaker;
use crate::phrases::Tongue;

/// The body of the entities that a noun within a description means: the last one before that has this noun in its name, or, if
/// the noun says no more than that it is a body («گروه», "the firm"), the last one; else the first behind.
pub(super) fn body_of(
    speaker: &Speaker,
    cast: &Cast,
    text: &str,
    tongue: Tongue,
    mentions: &[(Span, u32)],
    entities: &[Entity<Span>],
) -> Option<u32> {
    let unnamed = matches!(speaker.kind, SpeakerKind::Office | SpeakerKind::Anonymous);
    if !unnamed || speaker.is_body || speaker.person.is_some() {
        return None;
    }
    let raws: Vec<&str> = speaker.span.of(text)?.split_whitespace().collect();
    let at = speaker.span.start();
    // What the person is comes first in Arabic and Persian.
    let head = usize::from(matches!(tongue, Tongue::Arabic | Tongue::Persian));
    let is = |key: &str, classes: u32| {
        let entries = lexicon().of(lexicon().id(key));
        entries.iter().any(|entry| entry.tongue == tongue && entry.meaning.classes & classes != 0)
    };
    let noun = |(place, raw): (usize, &&str)| {
        let definite = match tongue {
            Tongue::Arabic => raw.starts_with("ال"),
            Tongue::English => raws.get(place.wrapping_sub(1)).is_some_and(|before| matches!(*before, "the" | "its")),
            Tongue::Persian | Tongue::Urdu => true,
        };
        let key = content(raw, tongue);
        let is_body =
            is(&key, word::ORG | word::BODY) || tongue == Tongue::Arabic && is(&format!("ال{key}"), word::ORG);
        let role = is(&key, word::ROLE | word::DOCUMENT | word::EVENT);
        (definite && is_body && !role).then_some(key)
    };
    let noun = raws.iter().enumerate().skip(head).find_map(noun)?;
    let bodies = cast.introductions.iter().filter(|body| body.person.is_body && body.words.contains(&noun));
    let named =
        |behind: bool| bodies.clone().filter(move |body| (body.at > at) == behind).filter_map(|body| body.entity);
    let is_org = |entity: u32| entities.get(entity as usize).is_some_and(|entity| entity.kind == EntityType::Org);
    let last = || {
        let before = mentions.partition_point(|(mention, _)| mention.start() < at);
        let mut before = mentions.iter().take(before).rev().map(|(_, entity)| *entity);
        before.find(|&entity| is_org(entity)).filter(|_| is(&noun, word::BODY))
    };
    named(false).next_back().or_else(last).or_else(|| named(true).next())
}

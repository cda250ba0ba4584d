//! The entity of a speaker: the person, the body that the words name, or whose office it is, where a short form stands for the
//! body: «سخنگوی این گروه», «متحدث باسم الوزارة», "a spokesman for the firm".

use khabar_model::{Entity, EntityType, Span, SpeakerKind};

use super::cast::Cast;
use super::describe::content;
use super::lexicon::{self, word};
use super::speaker::{Speaker, Speakers};
use crate::phrases::Tongue;

/// Most names before a description among which the last body is looked for.
const MOST: usize = 256;

/// The names of a document, in order, with the entities that they are of.
#[derive(Clone, Copy)]
pub(super) struct Mentions<'d> {
    pub(super) text: &'d str,
    pub(super) mentions: &'d [(Span, u32)],
    pub(super) entities: &'d [Entity<Span>],
}

impl Mentions<'_> {
    /// The entities of speakers, by place.
    pub(super) fn of_all(self, speakers: &Speakers, cast: &Cast, tongue: Tongue) -> Vec<Option<u32>> {
        let of = |speaker: &Speaker| {
            speaker.person.or_else(|| self.named_in(speaker.span)).or_else(|| self.meant(speaker, cast, tongue))
        };
        speakers.all().iter().map(of).collect()
    }

    fn is(self, entity: u32, kind: EntityType) -> bool {
        self.entities.get(entity as usize).is_some_and(|entity| entity.kind == kind)
    }

    /// The body that a phrase names, where it is the name, or has that of an organisation.
    fn named_in(self, span: Span) -> Option<u32> {
        let first = self.mentions.partition_point(|(mention, _)| mention.start() < span.start());
        let mut inside = self
            .mentions
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|(mention, _)| mention.end() <= span.end());
        // «وزير الخارجية الروسي» is not Russia.
        let body = inside.find(|(mention, entity)| {
            mention.start() == span.start()
                && mention.end() == span.end()
                && !self.is(*entity, EntityType::Misc)
                && !self.is(*entity, EntityType::Per)
                || self.is(*entity, EntityType::Org)
        });
        body.map(|(_, entity)| *entity)
    }

    /// The body that a noun within a description means: the last one before that has this noun in its name, or, if the noun
    /// says no more than that it is a body («گروه», "the firm"), the last one; else the first behind.
    fn meant(self, speaker: &Speaker, cast: &Cast, tongue: Tongue) -> Option<u32> {
        let unnamed = matches!(speaker.kind, SpeakerKind::Office | SpeakerKind::Anonymous);
        if !unnamed || speaker.is_body {
            return None;
        }
        let raws: Vec<&str> = speaker.span.of(self.text)?.split_whitespace().collect();
        let at = speaker.span.start();
        // What the person is comes first in Arabic and Persian.
        let head = usize::from(matches!(tongue, Tongue::Arabic | Tongue::Persian));
        let is = |key: &str, classes: u32| lexicon::is(key, classes, tongue);
        let noun = |(place, raw): (usize, &&str)| {
            let definite = match tongue {
                Tongue::Arabic => raw.starts_with("ال"),
                Tongue::English => {
                    raws.get(place.wrapping_sub(1)).is_some_and(|before| matches!(*before, "the" | "its"))
                }
                Tongue::Persian | Tongue::Urdu => true,
            };
            let key = content(raw, tongue);
            let is_body =
                is(&key, word::ORG | word::BODY) || tongue == Tongue::Arabic && is(&format!("ال{key}"), word::ORG);
            (definite && is_body && !is(&key, word::ROLE | word::DOCUMENT | word::EVENT)).then_some(key)
        };
        let noun = raws.iter().enumerate().skip(head).find_map(noun)?;
        let bodies = cast.introductions.iter().filter(|body| body.person.is_body && body.words.contains(&noun));
        let named =
            |behind: bool| bodies.clone().filter(move |body| (body.at > at) == behind).filter_map(|body| body.entity);
        let last = || {
            let before = self.mentions.partition_point(|(mention, _)| mention.start() < at);
            let mut before = self.mentions.iter().take(before).rev().take(MOST).map(|(_, entity)| *entity);
            before.find(|&entity| self.is(entity, EntityType::Org)).filter(|_| is(&noun, word::BODY))
        };
        named(false).next_back().or_else(last).or_else(|| named(true).next())
    }
}

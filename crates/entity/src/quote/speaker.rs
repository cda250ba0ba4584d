//! Who a phrase means: the named holder of an office, the person of before, somebody without a name.

use std::collections::BTreeSet;

use khabar_model::{EntityType, Span, SpeakerKind};
use khabar_text::fold;

use super::lexicon::word;
use super::reader::{Reader, Subject, is_media};
use super::token::Kind;
use crate::phrases::Tongue;

/// Most speakers of a document that are remembered; later ones still get their words, and no earlier name.
const MOST: usize = 256;

/// Somebody whom the document named as a speaker.
#[derive(Clone, Debug)]
pub(super) struct Speaker {
    /// Bytes of the text.
    pub(super) span: Span,
    /// Folded words without forms of address.
    pub(super) words: Vec<String>,
    pub(super) kind: SpeakerKind,
    /// A body, and no person.
    pub(super) is_body: bool,
    /// From a pronoun or form of address: a woman.
    woman: Option<bool>,
    /// Begins with a role, or is all of a person's mention: no words of the sentence around it.
    is_clean: bool,
    /// Words that no list has: a name, most likely.
    pub(super) names: usize,
    /// The person who is named, by place among the entities.
    pub(super) person: Option<u32>,
    /// It has a word that says what somebody is.
    pub(super) role: bool,
    /// A statement by nobody that is named with it.
    pub(super) is_document: bool,
}

/// The speakers of a document, in the order in which they first speak.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    known: Vec<Speaker>,
    /// The one who spoke last, and the last person who did.
    last: Option<usize>,
    last_person: Option<usize>,
    /// The body that spoke last, no outlet: whose statement «البيان» is.
    last_body: Option<usize>,
    /// Who was named since [`Self::tell`], and their surnames.
    changed: Vec<usize>,
    surnames: Vec<String>,
}

/// What the speakers of a document are called, for telling where a name ends.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Last words of their names.
    pub(super) surnames: BTreeSet<String>,
    /// The words of each of them.
    pub(super) words: Vec<Vec<String>>,
}

impl Speaker {
    /// A body by its name.
    pub(super) fn body(span: Span, text: &str) -> Self {
        let words = span.of(text).unwrap_or_default().split_whitespace().map(|word| content(word, Tongue::English));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        let names = words.len();
        let kind = SpeakerKind::Named;
        Self {
            span,
            words,
            kind,
            is_body: true,
            is_document: false,
            woman: None,
            is_clean: true,
            names,
            person: None,
            role: false,
        }
    }
}

impl Speakers {
    /// Who speaks, by what a sentence says of it.
    pub(super) fn resolve(&mut self, reader: &Reader<'_>, subject: Subject, inner: bool) -> Option<usize> {
        let place = match subject {
            Subject::Same => self.last?,
            Subject::Phrase(start, end, skip) => self.of_phrase(reader, start, end, skip)?,
        };
        let speaker = self.known.get(place)?;
        if !inner {
            self.last = Some(place);
            if !speaker.is_body {
                self.last_person = Some(place);
            } else if !speaker.is_document && speaker.kind != SpeakerKind::Outlet {
                self.last_body = Some(place);
            }
        }
        Some(place)
    }

    /// Remembers with which gender a verb agreed.
    pub(super) fn note(&mut self, place: usize, woman: Option<bool>) {
        if let Some(known) = self.known.get_mut(place) {
            known.woman = known.woman.or(woman);
        }
    }

    /// A verb without a subject has that of before, if the gender agrees; else the last speaker of its gender.
    pub(super) fn turn_to(&mut self, woman: Option<bool>) {
        let of = |place: usize| self.known.get(place).and_then(|known| known.woman);
        let differs = self.last.is_some_and(|last| woman.is_some() && of(last).is_some() && of(last) != woman);
        if let Some(place) = (0..self.known.len()).rev().find(|&place| of(place) == woman).filter(|_| differs) {
            self.last = Some(place);
        }
    }

    /// Adds what is new to the names.
    pub(super) fn tell(&mut self, names: &mut Names) {
        names.surnames.extend(self.surnames.drain(..));
        names.words.resize(self.known.len(), Vec::new());
        for place in self.changed.drain(..) {
            if let (Some(known), Some(words)) = (self.known.get(place), names.words.get_mut(place)) {
                words.clone_from(&known.words);
            }
        }
    }

    /// Somebody by place, as the document names them most fully.
    pub(super) fn get(&self, place: usize) -> Option<&Speaker> {
        self.known.get(place)
    }

    /// The speaker who is a person of the entities.
    pub(super) fn of_entity(&self, entity: u32) -> Option<usize> {
        self.known.iter().position(|known| known.person == Some(entity))
    }

    /// Takes somebody in whom no sentence has as its subject.
    pub(super) fn add(&mut self, speaker: Speaker) -> usize {
        if let Some(place) = self.meant_by(&speaker) {
            return place;
        }
        self.known.push(speaker);
        self.changed.push(self.known.len() - 1);
        self.known.len() - 1
    }

    fn of_phrase(&mut self, reader: &Reader<'_>, start: usize, end: usize, skip: usize) -> Option<usize> {
        let (first, end) = reader.refined(start, end);
        let (first, end) = reader.without_document(first, end);
        let (start, skip) = (first, if first == start { skip } else { 0 });
        let tokens = reader.tokens.get(start..end)?;
        let words: Vec<_> = tokens.iter().filter(|token| token.kind == Kind::Word).collect();
        let raw = |token: &super::token::Token| reader.text.get(token.start..token.end).unwrap_or_default();
        if !words.is_empty() && words.iter().all(|token| token.is(word::PRONOUN | word::FILLER)) {
            let woman = words.first().and_then(|token| match raw(token).to_lowercase().as_str() {
                "she" | "هي" => Some(true),
                "he" | "هو" => Some(false),
                _ => None,
            });
            let body = words.first().is_some_and(|token| matches!(raw(token).to_lowercase().as_str(), "it" | "they"));
            let place = if body { self.last } else { self.person(woman).or(self.last) }?;
            if let (Some(known), Some(_)) = (self.known.get_mut(place), woman)
                && known.woman.is_none()
                && !known.is_body
            {
                known.woman = woman;
            }
            return Some(place);
        }
        let speaker = speaker(reader, start, end, skip)?;
        if let Some(body) = self.last_body.filter(|_| speaker.is_document) {
            return Some(body);
        }
        // «یک مقام اوکراینی» behind «یک مقام اطلاعاتی اوکراینی» is another one.
        let other = speaker.kind == SpeakerKind::Anonymous && is_indefinite(reader, start);
        let meant = self
            .meant_by(&speaker)
            .filter(|&place| !other || self.get(place).is_some_and(|known| known.words.len() == speaker.words.len()))
            .or_else(|| self.initials(reader, start, end))
            .or_else(|| self.described(reader, start, end, &speaker))
            .or_else(|| self.named_now(reader, start, end, &speaker));
        if let Some(place) = meant {
            let known = self.known.get_mut(place)?;
            // «ترامب الشديدة» is no fuller name of ترامب.
            let fuller = speaker.names > known.names && (speaker.is_clean || !known.is_clean);
            if fuller
                && (speaker.words.len() >= known.words.len() || known.names == 0 && speaker.kind == SpeakerKind::Named)
            {
                let woman = known.woman;
                *known = Speaker { woman: speaker.woman.or(woman), ..speaker };
                self.changed.push(place);
            }
            return Some(place);
        }
        if let Some(surname) = speaker.words.last().filter(|_| speaker.names > 0) {
            self.surnames.push(surname.clone());
        }
        if self.known.len() < MOST {
            self.known.push(speaker);
        } else {
            *self.known.last_mut()? = speaker;
        }
        self.changed.push(self.known.len() - 1);
        Some(self.known.len() - 1)
    }

    /// «سخنگوی ستاد خبر داد. امیرحسین پاک‌سرشت گفت»: Persian agencies name an office first, and then who holds it.
    fn named_now(&self, reader: &Reader<'_>, start: usize, end: usize, speaker: &Speaker) -> Option<usize> {
        let place = self.last.filter(|_| reader.tongue == Tongue::Persian)?;
        let known = self.known.get(place)?;
        let tokens = reader.tokens.get(start..end)?;
        let bare = tokens
            .iter()
            .all(|token| !token.is(word::OFFICE | word::ORG | word::ANON | word::VAGUE | word::PERSON | word::OUTLET));
        (known.kind == SpeakerKind::Office && known.names == 0 && bare && (2..=3).contains(&speaker.words.len()))
            .then_some(place)
    }

    /// "ADK": a body that spoke before, by its initials.
    fn initials(&self, reader: &Reader<'_>, start: usize, end: usize) -> Option<usize> {
        let first = reader.tokens.get(start).filter(|_| end == start + 1)?;
        let raw = reader.text.get(first.start..first.end).unwrap_or_default();
        if raw.len() < 2 || !raw.chars().all(|c| c.is_ascii_uppercase()) {
            return None;
        }
        let initials = |known: &Speaker| {
            let initials: String = known.words.iter().filter_map(|word| word.chars().next()).collect();
            known.is_body && initials == raw.to_lowercase()
        };
        (0..self.known.len()).rev().find(|&place| self.known.get(place).is_some_and(initials))
    }

    /// «این مسئول», "the senior diplomat": somebody who spoke before, described and not named.
    fn described(&self, reader: &Reader<'_>, start: usize, end: usize, speaker: &Speaker) -> Option<usize> {
        let tokens = reader.tokens.get(start..end)?;
        let first = tokens.first()?;
        let raw = reader.text.get(first.start..first.end).unwrap_or_default();
        if reader.tongue != Tongue::English
            && (speaker.names > 0 || tokens.len() > 5 || !tokens.iter().any(|token| token.is(word::ROLE)))
        {
            return None;
        }
        let demonstrative = match reader.tongue {
            Tongue::Arabic => first.definite && tokens.len() <= 2 && !first.is(word::ANON),
            Tongue::Persian => matches!(raw, "این" | "همین"),
            Tongue::Urdu => matches!(raw, "اس" | "فاضل") || tokens.iter().any(|token| token.is(word::PRONOUN)),
            Tongue::English => super::english_speaker::describes_person(reader, tokens),
        };
        let place = self.last_person.filter(|_| demonstrative)?;
        let known = self.known.get(place)?;
        (known.kind == SpeakerKind::Named || known.names > 0 || raw == "این").then_some(place)
    }

    /// The last person who spoke and may be one of this sex.
    fn person(&self, woman: Option<bool>) -> Option<usize> {
        let fits = |place: &usize| {
            self.known.get(*place).is_some_and(|known| {
                // "he" is none of "friends".
                let many = woman.is_some()
                    && known.kind == SpeakerKind::Anonymous
                    && known.words.last().is_some_and(|word| word.is_ascii() && word.ends_with('s'));
                !known.is_body && !many && (woman.is_none() || known.woman.is_none() || known.woman == woman)
            })
        };
        self.last_person.filter(fits).or_else(|| (0..self.known.len()).rev().find(fits))
    }

    /// The speaker of before whom a phrase means.
    fn meant_by(&self, speaker: &Speaker) -> Option<usize> {
        if speaker.words.is_empty() {
            return None;
        }
        let holds = |known: &Speaker| speaker.words.iter().all(|word| known.words.contains(word));
        let is_held = |known: &Speaker| {
            (known.names > 0 || known.kind == SpeakerKind::Office && known.words.len() >= 2)
                && known.words.len() <= speaker.words.len()
                && known.words.iter().all(|word| speaker.words.contains(word))
        };
        (0..self.known.len()).rev().find(|&place| {
            self.known.get(place).is_some_and(|known| {
                // A name means who has it; an office who was said to hold it; «مصدر» again is another source.
                let same_kind = speaker.kind == known.kind
                    || speaker.names == 0 && speaker.kind != SpeakerKind::Anonymous
                    || speaker.names > 0;
                holds(known) && same_kind || is_held(known)
            })
        })
    }

    /// Who is named by a headline: a speaker of the body with one of its words.
    pub(super) fn of_headline(&self, reader: &Reader<'_>, start: usize, end: usize) -> Option<usize> {
        let speaker = speaker(reader, start, end, 0)?;
        let shares = |known: &&Speaker| {
            let shared = speaker.words.iter().filter(|word| known.words.contains(word)).count();
            shared > 0 && (shared == speaker.words.len() || shared * 2 >= speaker.words.len())
        };
        self.known.iter().position(|known| shares(&known))
    }
}

/// True for a phrase that names somebody for the first time: «مصدر», «یک مقام», "an official".
fn is_indefinite(reader: &Reader<'_>, first: usize) -> bool {
    let Some(token) = reader.tokens.get(first) else { return false };
    let raw = reader.text.get(token.start..token.end).unwrap_or_default();
    match reader.tongue {
        Tongue::Arabic => !token.definite,
        _ => matches!(raw, "یک" | "یکی" | "ایک" | "a" | "an" | "A" | "An" | "another" | "Another"),
    }
}

/// A phrase as a speaker.
pub(super) fn speaker(reader: &Reader<'_>, start: usize, end: usize, skip: usize) -> Option<Speaker> {
    let tokens = reader.tokens.get(start..end)?;
    let first = tokens.first()?;
    let last = tokens.last()?;
    let mut from = first.start + skip;
    // «وفقا لمكتب الصحة»: the preposition is no part of the name.
    if reader.tongue == Tongue::Arabic
        && skip == 0
        && first.first == 'ل'
        && first.id == crate::phrases::UNKNOWN
        && first.is(word::ROLE | word::ORG | word::OUTLET)
    {
        from += 'ل'.len_utf8();
    }
    let span = Span::in_text(reader.text, from, last.end.max(from)).ok()?;
    let mut words = Vec::new();
    let (mut names, mut offices, mut bodies, mut outlets, mut anonymous, mut women) = (0, 0, 0, 0, 0, None);
    let mut person = None;
    for (place, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Digits {
            words.push(reader.text.get(token.start..token.end).unwrap_or_default().to_owned());
        }
        if token.kind != Kind::Word {
            continue;
        }
        let entity = token.entity.and_then(|entity| reader.entities.get(entity as usize));
        let raw = reader.text.get(token.start..token.end).unwrap_or_default();
        offices += usize::from(token.is(word::OFFICE));
        bodies += usize::from(place < 2 && token.is(word::ORG) && !token.is(word::OFFICE | word::ANON | word::PERSON));
        outlets += usize::from(place < 2 && (token.is(word::OUTLET) || entity.is_some_and(is_media)));
        anonymous += usize::from(place < 3 && token.is(word::ANON | word::VAGUE));
        person = person.or(reader.speaks(start + place));
        bodies += usize::from(
            place == 0 && entity.is_some_and(|entity| matches!(entity.kind, EntityType::Org | EntityType::Loc)),
        );
        women = women.or(match raw {
            "خانم" | "السيدة" | "الدكتورة" | "محترمہ" | "Ms" | "Mrs" | "Miss" | "Dame" | "الوزيرة" | "النائبة" => {
                Some(true)
            }
            "آقای" | "السيد" | "Mr" | "Sir" => Some(false),
            _ => None,
        });
        // «الرئيس الأوكراني» names a country and nobody.
        let is_name = !entity.is_some_and(|entity| matches!(entity.kind, EntityType::Misc | EntityType::Loc))
            && !token.is(word::ROLE
                | word::ORG
                | word::OUTLET
                | word::VAGUE
                | word::FILLER
                | word::PREP
                | word::TIME
                | word::PRONOUN
                | word::NAMING
                | word::START)
            && !matches!(
                raw,
                "the"
                    | "The"
                    | "a"
                    | "of"
                    | "for"
                    | "and"
                    | "his"
                    | "her"
                    | "its"
                    | "کے"
                    | "کی"
                    | "کا"
                    | "این"
                    | "همین"
                    | "اس"
                    | "فاضل"
                    | "Its"
                    | "His"
                    | "Her"
                    | "A"
                    | "In"
            )
            && (reader.tongue != Tongue::English || token.capital || token.entity.is_some());
        names += usize::from(is_name);
        if token.is(word::TITLE) && !token.is(word::OFFICE) || token.is(word::PRONOUN) {
            continue;
        }
        let key = content(raw, reader.tongue);
        if !key.is_empty() {
            words.push(key);
        }
    }
    let named = person;
    let person = named.is_some();
    // Behind an office whatever no list has is of what it is of; names of people are mentions.
    let described = tokens.iter().any(|token| token.is(word::OFFICE | word::PERSON | word::ANON));
    if described && reader.tongue != Tongue::English && !tokens.iter().any(|token| reader.is_of_person(token)) {
        names = 0;
    }
    let kind = if anonymous > 0
        && !person
        && (offices == 0 || tokens.first().is_some_and(|token| token.is(word::ANON | word::VAGUE)))
    {
        SpeakerKind::Anonymous
    } else if outlets > 0 && !person {
        SpeakerKind::Outlet
    } else if names == 0 && offices > 0 {
        SpeakerKind::Office
    } else {
        SpeakerKind::Named
    };
    // "the stage workers' union" is no worker.
    let english_body = reader.tongue == Tongue::English && last.is(word::ORG) && !last.is(word::ROLE);
    bodies += usize::from(english_body);
    let is_person = !english_body && tokens.iter().any(|token| token.is(word::ROLE));
    // «نقابة المحامين», «هیئت داوران»: a body is told by its first word, whoever is in it.
    let leads =
        first.is(word::ORG) && !first.is(word::ROLE) && matches!(reader.tongue, Tongue::Arabic | Tongue::Persian);
    let is_body = !person && (leads || !is_person && (bodies > 0 || outlets > 0));
    let is_document = is_body
        && names == 0
        && tokens.iter().any(|token| token.is(word::DOCUMENT))
        && !tokens.iter().any(|token| token.entity.is_some() || token.is(word::ORG) && !token.is(word::DOCUMENT));
    let role_first = first.is(word::ROLE | word::ORG | word::OUTLET);
    let all_person = tokens.iter().all(|token| token.entity.is_some() && token.entity == first.entity);
    let is_clean = role_first || all_person || !person;
    Some(Speaker {
        span,
        words,
        kind,
        is_body,
        woman: women,
        is_clean,
        names,
        person: named,
        role: is_person,
        is_document,
    })
}

/// A word as it is compared: folded, without articles and possessives; nothing for words that say nothing.
pub(super) fn content(raw: &str, tongue: Tongue) -> String {
    let mut key = fold(raw);
    match tongue {
        Tongue::Arabic => {
            for prefix in ["وال", "ال", "لل"] {
                if let Some(rest) = key.strip_prefix(prefix).filter(|rest| rest.chars().count() > 2) {
                    key = rest.to_owned();
                    break;
                }
            }
        }
        Tongue::English => {
            if let Some(rest) = key.strip_suffix("'s").or(key.strip_suffix("’s")) {
                key = rest.to_owned();
            }
            if matches!(key.as_str(), "the" | "a" | "an" | "of" | "for" | "his" | "her" | "its" | "at" | "and" | "in") {
                key.clear();
            }
        }
        Tongue::Persian => {
            if matches!(key.as_str(), "اين" | "همين" | "همان" | "در" | "از" | "و" | "يك" | "به") {
                key.clear();
            }
        }
        Tongue::Urdu => {
            if matches!(key.as_str(), "كے" | "كي" | "كا" | "اس" | "ايك" | "نے" | "اور") {
                key.clear();
            }
        }
    }
    key
}

impl Reader<'_> {
    /// The longest part of a phrase from its start whose words are those of somebody who spoke before: its end.
    pub(super) fn known_part(&self, start: usize, end: usize) -> Option<usize> {
        let mut words: Vec<String> = Vec::new();
        let mut best = None;
        for at in start..end.min(start + 12) {
            let Some(token) = self.token(at).filter(|token| token.kind == Kind::Word) else { break };
            let key = content(self.text.get(token.start..token.end).unwrap_or_default(), self.tongue);
            if !key.is_empty() && (!token.is(word::TITLE) || token.is(word::OFFICE)) {
                words.push(key);
            }
            if !self.names.words.iter().any(|known| words.iter().all(|word| known.contains(word))) {
                break;
            }
            if !words.is_empty() {
                best = Some(at + 1);
            }
        }
        best
    }

    /// Whoever published a statement, in place of it: «بیانیه وزارت خارجه», «سفارت خانے کے ایک بیان».
    fn without_document(&self, start: usize, end: usize) -> (usize, usize) {
        let is = |at: usize, classes: u32| self.tokens.get(at).is_some_and(|token| token.is(classes));
        let is_body = |at: usize| {
            let entity = self.tokens.get(at).and_then(|token| token.entity);
            is(at, word::ORG) && !is(at, word::DOCUMENT)
                || entity
                    .and_then(|entity| self.entities.get(entity as usize))
                    .is_some_and(|entity| entity.kind == EntityType::Org)
        };
        let raw =
            |at: usize| self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default();
        if self.tongue == Tongue::Urdu {
            let of = (start + 1..end).rfind(|&at| matches!(raw(at), "کے" | "کی" | "کا"));
            return match of.filter(|_| end > start && is(end - 1, word::DOCUMENT)) {
                Some(of) if end - of <= 3 => (start, of),
                _ => (start, end),
            };
        }
        if self.tongue == Tongue::English || !is(start, word::DOCUMENT) {
            return (start, end);
        }
        ((start + 1..end.min(start + 4)).find(|&at| is_body(at)).unwrap_or(start), end)
    }

    /// True for a token of a person's name.
    fn is_of_person(&self, token: &super::token::Token) -> bool {
        let entity = token.entity.and_then(|entity| self.entities.get(entity as usize));
        entity.is_some_and(|entity| entity.kind == EntityType::Per)
    }

    /// True if the word is the last of a name that spoke before.
    pub(super) fn is_known_name(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == Kind::Word) else { return false };
        let raw = self.text.get(token.start..token.end).unwrap_or_default();
        let key = content(raw, self.tongue);
        self.names.surnames.contains(&key)
    }
}

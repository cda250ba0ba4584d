//! Who a phrase means: the named holder of an office, the person of before, somebody without a name.

use std::collections::BTreeSet;

use khabar_model::{EntityType, Span, SpeakerKind};

use super::describe::{content, is_indefinite, speaker};
use super::lexicon::word;
use super::reader::{Reader, Subject};
use super::token::Kind;
use crate::phrases::Tongue;

/// Words of offices that stand in for another.
const STANDS_IN: [&str; 10] =
    ["shadow", "deputy", "vice", "assistant", "نائب", "نايب", "نايبرييس", "وكيل", "مساعد", "معاون"];

/// Most speakers of a document that are remembered as subjects of its sentences, and half of those that are remembered at all;
/// later ones still get their words, and no earlier name.
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
    /// Of a pronoun, a form of address or a verb.
    pub(super) agreement: Option<Agreement>,
    /// Begins with a role, or is all of a person's mention: no words of the sentence around it.
    pub(super) is_clean: bool,
    /// Words that no list has: a name, most likely.
    pub(super) names: usize,
    /// The person who is named, by place among the entities.
    pub(super) person: Option<u32>,
    /// It has a word that says what somebody is.
    pub(super) role: bool,
    /// A statement by nobody that is named with it.
    pub(super) is_document: bool,
    /// A name, with nothing beside it that says what the person is.
    pub(super) is_bare: bool,
    /// «متحدث باسم الوزارة», "an official": one of several, maybe.
    pub(super) is_indefinite: bool,
    /// Two people together.
    pub(super) is_joint: bool,
    /// Words that say whose office it is.
    pub(super) modifiers: usize,
}

/// What a verb, pronoun or form of address says of whom it agrees with: the sex, or, in Persian, which has none, the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    Masculine,
    /// A woman, or a noun that is feminine.
    Feminine,
    Singular,
    Plural,
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
    /// The description by which somebody was meant, of the phrase that was resolved last.
    pub(super) described: Option<Speaker>,
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
            agreement: None,
            is_clean: true,
            names,
            person: None,
            role: false,
            is_bare: false,
            is_indefinite: false,
            is_joint: false,
            modifiers: 0,
        }
    }
}

impl Speaker {
    /// The letters that begin the words of the name.
    pub(super) fn initials(&self) -> String {
        let words = self.words.iter().flat_map(|word| word.split('-'));
        words.filter_map(|word| word.chars().next()).collect()
    }

    /// True if a verb or a pronoun says that they are more than one.
    pub(super) fn is_many(&self) -> bool {
        self.agreement == Some(Agreement::Plural)
    }
}

/// "ADK", "the JCS": capitals that may be the [initials](Speaker::initials) of a name, in small letters.
pub(super) fn initials(name: &str) -> Option<String> {
    let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
    let is = (2..=6).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase());
    is.then(|| name.to_lowercase())
}

impl Speakers {
    /// Who speaks, by what a sentence says of it.
    pub(super) fn resolve(&mut self, reader: &Reader<'_>, subject: Subject, inner: bool) -> Option<usize> {
        self.described = None;
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

    /// Remembers what a verb agreed with.
    pub(super) fn note(&mut self, place: usize, agreement: Option<Agreement>) {
        if let Some(known) = self.known.get_mut(place) {
            known.agreement = known.agreement.or(agreement);
        }
    }

    /// A verb without a subject has that of before, if it agrees; else the last speaker that it agrees with.
    pub(super) fn turn_to(&mut self, agreement: Option<Agreement>) {
        let of = |place: usize| self.known.get(place).and_then(|known| known.agreement);
        let differs = self.last.is_some_and(|last| agreement.is_some() && of(last).is_some() && of(last) != agreement);
        if let Some(place) = (0..self.known.len()).rev().find(|&place| of(place) == agreement).filter(|_| differs) {
            self.last = Some(place);
        }
    }

    /// A pronoun whose verb does not agree with the last person means the last one with whom it does.
    pub(super) fn turn_person(&mut self, agreement: Option<Agreement>) {
        let of = |place: usize| self.known.get(place).filter(|known| !known.is_body).and_then(|known| known.agreement);
        let differs = agreement.is_some() && self.last_person.and_then(of).is_some_and(|last| Some(last) != agreement);
        if let Some(place) = (0..self.known.len()).rev().find(|&place| of(place) == agreement).filter(|_| differs) {
            self.last_person = Some(place);
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

    /// All of them.
    pub(super) fn all(&self) -> &[Speaker] {
        &self.known
    }

    /// All of them, to be changed.
    pub(super) fn all_mut(&mut self) -> &mut [Speaker] {
        &mut self.known
    }

    /// Takes in somebody who is none of those before.
    pub(super) fn add_new(&mut self, speaker: Speaker) -> Option<usize> {
        if self.known.len() >= 2 * MOST {
            return None;
        }
        self.known.push(speaker);
        Some(self.known.len() - 1)
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
        let full = self.known.len() >= 2 * MOST;
        match self.known.last_mut().filter(|_| full) {
            Some(last) => *last = speaker,
            None => self.known.push(speaker),
        }
        self.changed.push(self.known.len() - 1);
        self.known.len() - 1
    }

    fn of_phrase(&mut self, reader: &Reader<'_>, start: usize, end: usize, skip: usize) -> Option<usize> {
        let (first, end) = reader.refined(start, end);
        let (first, end) = reader.without_document(first, end);
        let (start, skip) = (first, if first == start { skip } else { 0 });
        let tokens = reader.tokens.get(start..end)?;
        let words: Vec<_> = tokens.iter().filter(|token| token.kind == Kind::Word).collect();
        let raw = |token: &super::token::Token| reader.raw_token(token);
        if !words.is_empty() && words.iter().all(|token| token.is(word::PRONOUN | word::FILLER)) {
            let agreement = words.first().and_then(|token| match raw(token).to_lowercase().as_str() {
                "she" | "هي" => Some(Agreement::Feminine),
                "he" | "هو" => Some(Agreement::Masculine),
                "آنها" | "آن‌ها" | "آنان" => Some(Agreement::Plural),
                "وی" | "او" => Some(Agreement::Singular),
                _ => None,
            });
            let body = words.first().is_some_and(|token| matches!(raw(token).to_lowercase().as_str(), "it" | "they"));
            let place = if body { self.last } else { self.person(agreement).or(self.last) }?;
            if let (Some(known), Some(_)) = (self.known.get_mut(place), agreement)
                && known.agreement.is_none()
                && !known.is_body
            {
                known.agreement = agreement;
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
            .or_else(|| self.initials(reader, start, end));
        let named = meant.is_some();
        let meant = meant.or_else(|| {
            let meant = self.described(reader, start, end, &speaker)?;
            self.described = Some(speaker.clone());
            Some(meant)
        });
        if let Some(place) = meant {
            let known = self.known.get_mut(place)?;
            let is_bare = known.is_bare && (!named || speaker.is_bare || speaker.words.len() < 2);
            known.is_bare = is_bare;
            // «ترامب الشديدة» is no fuller name of ترامب.
            let fuller = speaker.names > known.names && (speaker.is_clean || !known.is_clean);
            if fuller
                && (speaker.words.len() >= known.words.len() || known.names == 0 && speaker.kind == SpeakerKind::Named)
            {
                let agreement = known.agreement;
                *known = Speaker { agreement: speaker.agreement.or(agreement), is_bare, ..speaker };
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

    /// "ADK": a body that spoke before, by its initials.
    fn initials(&self, reader: &Reader<'_>, start: usize, end: usize) -> Option<usize> {
        let (first, last) = (reader.tokens.get(start)?, reader.tokens.get(end.checked_sub(1)?)?);
        let initials = initials(reader.text.get(first.start..last.end)?)?;
        self.known.iter().rposition(|known| known.person.is_none() && known.initials() == initials)
    }

    /// «این مسئول», "the senior diplomat": somebody who spoke before, described and not named.
    fn described(&self, reader: &Reader<'_>, start: usize, end: usize, speaker: &Speaker) -> Option<usize> {
        let tokens = reader.tokens.get(start..end)?;
        let first = tokens.first()?;
        let raw = reader.text.get(first.start..first.end).unwrap_or_default();
        let arabic = reader.tongue == Tongue::Arabic && reader.describes_arabic(tokens);
        if reader.tongue != Tongue::English
            && !arabic
            && (speaker.names > 0 || tokens.len() > 5 || !tokens.iter().any(|token| token.is(word::ROLE)))
        {
            return None;
        }
        // «این وزارتخانه», «اس ادارے»: the body that spoke before.
        if speaker.is_body && matches!(raw, "این" | "همین" | "اس" | "اسی") {
            return self.last_body;
        }
        let demonstrative = match reader.tongue {
            Tongue::Arabic => {
                arabic
                    || first.definite
                        && tokens.len() <= 2
                        && (!first.is(word::ANON) || tokens.len() == 2 && raw.starts_with("المسؤول"))
            }
            Tongue::Persian => matches!(raw, "این" | "همین"),
            Tongue::Urdu => {
                let raw = |token: &super::token::Token| reader.raw_token(token);
                let of = |pair: &[super::token::Token]| {
                    pair[0].is(word::PRONOUN) && matches!(raw(&pair[1]), "کے" | "کی" | "کا")
                };
                // «ان کے شوہر» is another one.
                let meant = raw(first) == "فاضل" || tokens.iter().any(|token| token.is(word::PRONOUN));
                meant && !tokens.windows(2).any(of)
            }
            Tongue::English => super::english_speaker::describes_person(reader, tokens),
        };
        // «فاضل جج» is one of the judges.
        let judge = |place: &usize| {
            let text = self.known.get(*place).and_then(|known| known.span.of(reader.text)).unwrap_or_default();
            text.contains("جسٹس") || text.contains("جج")
        };
        let judge = (0..self.known.len()).rev().find(judge).filter(|_| raw == "فاضل");
        let mut place = judge.or(self.last_person).filter(|_| demonstrative)?;
        // «النائب» is not her who spoke last.
        if reader.tongue == Tongue::Arabic {
            let feminine = raw == "الأم" || raw.ends_with(['ة', 'ى']) && raw != "الفتى";
            let agreement = if feminine { Agreement::Feminine } else { Agreement::Masculine };
            place = self.person(Some(agreement))?;
        }
        let known = self.known.get(place)?;
        let named = known.kind == SpeakerKind::Named || known.names > 0;
        // "the source", behind "an official who asked not to be named"
        let source = reader.tongue == Tongue::English && speaker.words.iter().any(|word| word == "source");
        let unnamed = reader.tongue == Tongue::English && known.kind == SpeakerKind::Anonymous && tokens.len() == 2;
        let named = if source { unnamed } else { named || unnamed };
        (named || raw == "این").then_some(place)
    }

    /// The last person who spoke and may be one that this agrees with.
    fn person(&self, agreement: Option<Agreement>) -> Option<usize> {
        let fits = |place: &usize| {
            self.known.get(*place).is_some_and(|known| {
                // "he" is none of "friends".
                let many = agreement.is_some()
                    && known.kind == SpeakerKind::Anonymous
                    && known.words.last().is_some_and(|word| word.is_ascii() && word.ends_with('s'));
                // "she" is not "another".
                let other = agreement.is_some()
                    && known.words.first().is_some_and(|word| matches!(word.as_str(), "another" | "one" | "others"))
                    && known.words.len() == 1;
                !known.is_body
                    && !other
                    && !many
                    && (agreement.is_none() || known.agreement.is_none() || known.agreement == agreement)
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
        // "Wikileaks editor Kristinn Hrafnsson" is not Wikileaks.
        let works_for = |known: &Speaker| {
            let latin = speaker.words.last().is_some_and(|last| last.is_ascii());
            latin && speaker.person.is_some() && known.person.is_none() && known.words.last() != speaker.words.last()
        };
        let is_held = |known: &Speaker| {
            !works_for(known)
                && (known.names > 0 || known.kind == SpeakerKind::Office && known.words.len() >= 2)
                && known.words.len() <= speaker.words.len()
                && known.words.iter().all(|word| speaker.words.contains(word))
        };
        (0..self.known.len()).rev().find(|&place| {
            self.known.get(place).is_some_and(|known| {
                // A name means who has it; an office who was said to hold it; «مصدر» again is another source.
                let same_kind = speaker.kind == known.kind
                    || speaker.names == 0 && speaker.kind != SpeakerKind::Anonymous
                    || speaker.names > 0;
                let another = speaker.names == 0 && stands_in(&known.words, &speaker.words)
                    || known.names == 0 && is_deputy(&speaker.words, &known.words)
                    // «شرکت» is nobody who works for one.
                    || speaker.is_body && speaker.names == 0 && !known.is_body
                    // "JCS spokesman Lee" is not the JCS.
                    || known.is_body && !speaker.is_body && speaker.role
                    || speaker.is_body && !known.is_body && known.role
                    // "a report from Kotak" is not all that Kotak says.
                    || known.is_indefinite && known.is_body && !speaker.is_indefinite && speaker.words.len() < known.words.len();
                let alone = known.is_joint == speaker.is_joint || known.words == speaker.words;
                alone && !another && (holds(known) && same_kind || is_held(known))
            })
        })
    }

    /// Who is named by a headline: a speaker of the body with one of its words.
    pub(super) fn of_headline(&self, reader: &Reader<'_>, start: usize, end: usize) -> Option<usize> {
        let speaker = speaker(reader, start, end, 0)?;
        // «معدنچی», «معدنچیان»
        let alike = |word: &String, other: &String| {
            let ending = other.strip_prefix(word.as_str());
            ending == Some("") || ending == Some("ان") && word.chars().nth(3).is_some()
        };
        let shared = |known: &Speaker| {
            speaker.words.iter().filter(|word| known.words.iter().any(|other| alike(word, other))).count()
        };
        let head = speaker.words.first().filter(|_| speaker.role && speaker.person.is_none());
        let fits = |known: &Speaker, shared: usize| {
            // «مدرب الرمثا» is not «رئيس نادي الرمثا».
            let own = known.person.is_none() || known.modifiers > 0;
            let other = known.role
                && shared < 2
                && head.is_some_and(|head| !known.words.contains(head) || speaker.words.len() > 1 && own);
            shared > 0 && shared * 2 >= speaker.words.len() && !other
        };
        let shared = self.known.iter().map(|known| (known, shared(known))).enumerate().rev();
        let fitting = shared.filter(|(_, (known, shared))| fits(known, *shared));
        fitting.max_by_key(|(_, (_, shared))| *shared).map(|(place, _)| place)
    }
}

/// True if an office is that of a deputy or the like of another: "shadow chancellor" is no chancellor, «نائب الرئيس» no
/// «رئيس».
pub(super) fn is_deputy(office: &[String], other: &[String]) -> bool {
    office.iter().any(|word| STANDS_IN.contains(&word.as_str()) && !other.contains(word))
}

/// The same of the first words of an office.
pub(super) fn stands_in(office: &[String], other: &[String]) -> bool {
    let is = |word: &&String| STANDS_IN.contains(&word.as_str());
    office.iter().take(2).find(is).is_some_and(|word| !other.contains(word))
}

impl Reader<'_> {
    /// The longest part of a phrase from its start whose words are those of somebody who spoke before: its end.
    pub(super) fn known_part(&self, start: usize, end: usize) -> Option<usize> {
        let mut words = Vec::new();
        let mut best = None;
        for at in start..end.min(start + 12) {
            let Some(token) = self.token(at).filter(|token| token.kind == Kind::Word) else { break };
            let key = self.content(token);
            if !key.is_empty() && (!token.is(word::TITLE) || token.is(word::OFFICE)) {
                words.push(key);
            }
            if !self.names.words.iter().any(|known| words.iter().all(|word| known.iter().any(|known| known == word))) {
                break;
            }
            // «المتحدث | باسم الخارجية» is no part of «المتحدث باسمها».
            let goes_on = at + 1 < end && self.is(at + 1, word::OF) && self.is(at, word::OFFICE);
            if !words.is_empty() && !goes_on {
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
        let raw = |place: usize| self.raw_at(place);
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
    pub(super) fn is_of_person(&self, token: &super::token::Token) -> bool {
        let entity = token.entity.and_then(|entity| self.entities.get(entity as usize));
        entity.is_some_and(|entity| entity.kind == EntityType::Per)
    }

    /// True if the word is the last of a name that spoke before.
    pub(super) fn is_known_name(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == Kind::Word) else { return false };
        self.names.surnames.contains(&*self.content(token))
    }
}

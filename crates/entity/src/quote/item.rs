//! What stands at a place of a sentence: a word, a mark, a verb of speech, a name, a whole quotation.

use khabar_model::{Entity, EntityType, Span};

use super::lexicon::{complement, word};
use super::mark::Quoted;
use super::reader::{Item, Reader, Subject, is_media};
use super::token::{Kind, Token, VerbAt};

impl<'d> Reader<'d> {
    /// The token of an item; none for a quotation.
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        match self.items.get(at)? {
            Item::Token(place) => self.tokens.get(*place),
            Item::Quoted(_) => None,
        }
    }

    pub(super) fn quoted(&self, at: usize) -> Option<(usize, Quoted)> {
        match self.items.get(at)? {
            Item::Token(_) => None,
            Item::Quoted(place) => Some((*place, *self.quotes.get(*place)?)),
        }
    }

    pub(super) fn is_quoted(&self, at: usize) -> bool {
        matches!(self.items.get(at), Some(Item::Quoted(_)))
    }

    /// The verb of speech that begins at an item.
    pub(super) fn verb_at(&self, at: usize) -> Option<VerbAt> {
        let first = self.verbs.partition_point(|verb| verb.start < at);
        self.verbs.get(first).filter(|verb| verb.start == at).copied()
    }

    /// True for a token of a verb of speech.
    pub(super) fn is_verb_token(&self, place: usize) -> bool {
        let behind = self.all_verbs.partition_point(|verb| verb.end <= place);
        self.all_verbs.get(behind).is_some_and(|verb| verb.start <= place)
    }

    /// True if the verb that begins at a token says that its subject goes on speaking.
    pub(super) fn is_sequel(&self, place: usize) -> bool {
        self.verb_of(place).is_some_and(|verb| verb.verb.takes(complement::ON))
    }

    /// True for a verb of answering: أجاب، پاسخ داد, replied.
    pub(super) fn answers(&self, place: usize) -> bool {
        self.verb_of(place).is_some_and(|verb| verb.verb.takes(complement::ANSWER))
    }

    /// True for a subject that is a pronoun alone.
    pub(super) fn is_pronoun(&self, subject: Subject) -> bool {
        let Subject::Phrase(start, end, _) = subject else { return false };
        let tokens = self.tokens.get(start..end).unwrap_or_default();
        !tokens.is_empty() && tokens.iter().all(|token| token.is(word::PRONOUN | word::FILLER))
    }

    /// The verb that begins at a token.
    pub(super) fn verb_of(&self, place: usize) -> Option<&VerbAt> {
        let first = self.all_verbs.partition_point(|verb| verb.start < place);
        self.all_verbs.get(first).filter(|verb| verb.start == place)
    }

    /// True if the words beside a subject turn to somebody who did not speak before.
    pub(super) fn turns_to_another(&self, subject: Subject) -> bool {
        let Subject::Phrase(start, end, _) = subject else { return false };
        let beside = self.tokens.get(start.saturating_sub(5)..start).unwrap_or_default().iter();
        let beside = beside.chain(self.tokens.iter().skip(end).take(2));
        beside.rev().take_while(|token| !token.is_mark(&['.', '؟', '!'])).any(|token| token.is(word::ANOTHER))
    }

    pub(super) fn is(&self, at: usize, classes: u32) -> bool {
        self.token(at).is_some_and(|token| token.is(classes))
    }

    pub(super) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.token(at).is_some_and(|token| token.is_mark(marks))
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        // "U.S.-Canada trade"
        let inner = |at: usize| {
            let glued = |at: usize| self.token(at).is_some_and(|token| token.glued);
            self.is_mark(at, &['-']) && glued(at) && glued(at + 1)
        };
        // "the Department for Culture, Media and Sport"
        let of = |at: usize| self.token(at).and_then(|token| token.entity);
        let named = |at: usize| of(at).is_some() && of(at) == of(at + 1) && at.checked_sub(1).and_then(of) == of(at);
        self.is_mark(at, &['،', ',', '؛', ';', '–', '—', '-']) && !inner(at) && !named(at)
    }

    pub(super) fn is_colon(&self, at: usize) -> bool {
        self.is_mark(at, &[':'])
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// A word of no class and no name.
    pub(super) fn is_plain_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Word && token.classes == 0 && token.entity.is_none())
    }

    /// A token as written.
    pub(super) fn raw_token(&self, token: &Token) -> &'d str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    /// The token at a place as written.
    pub(super) fn raw_at(&self, place: usize) -> &'d str {
        self.tokens.get(place).map(|token| self.raw_token(token)).unwrap_or_default()
    }

    /// An item as written.
    pub(super) fn raw(&self, at: usize) -> &'d str {
        self.token(at).map(|token| self.raw_token(token)).unwrap_or_default()
    }

    /// True if the item is one of these words, as written (after folding by the lexicon's key where it knows them).
    pub(super) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let raw = self.raw(at);
        words.contains(&raw)
    }

    /// First token of an item.
    pub(super) fn first_token(&self, at: usize) -> usize {
        match self.items.get(at) {
            Some(Item::Token(place)) => *place,
            Some(Item::Quoted(place)) => self.quotes.get(*place).map_or(self.tokens.len(), |quoted| quoted.open),
            None => self.items.last().map_or(0, |_| self.last_token(self.items.len() - 1)),
        }
    }

    /// One past the last token of an item.
    pub(super) fn last_token(&self, at: usize) -> usize {
        match self.items.get(at) {
            Some(Item::Token(place)) => place + 1,
            Some(Item::Quoted(place)) => self.quotes.get(*place).map_or(self.tokens.len(), |quoted| quoted.behind),
            None => self.tokens.len(),
        }
    }

    /// The entity of an item, if it is one of a type.
    pub(super) fn entity(&self, at: usize) -> Option<(u32, &'d Entity<Span>)> {
        let place = self.token(at)?.entity?;
        Some((place, self.entities.get(place as usize)?))
    }

    pub(super) fn is_media(&self, at: usize) -> bool {
        self.entity(at).is_some_and(|(_, entity)| is_media(entity))
    }

    pub(super) fn is_person(&self, at: usize) -> bool {
        self.entity(at).is_some_and(|(_, entity)| entity.kind == EntityType::Per)
    }

    /// The first medium between two items that is no part of the subject.
    pub(super) fn carrier_beside(&self, start: usize, end: usize, subject: Subject) -> Option<u32> {
        let Some((first, last)) = self.items_of(subject).filter(|&(first, last)| first < end && start < last) else {
            return self.carrier(start, end);
        };
        self.carrier(start, first).or_else(|| self.carrier(last, end))
    }

    /// The first medium that is named between two items, quotations looked into.
    pub(super) fn carrier(&self, start: usize, end: usize) -> Option<u32> {
        if start >= end {
            return None;
        }
        let tokens = self.tokens.get(self.first_token(start)..self.last_token(end - 1))?;
        tokens.iter().find_map(|token| {
            let place = token.entity?;
            is_media(self.entities.get(place as usize)?).then_some(place)
        })
    }
}

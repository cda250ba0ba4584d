//! Where the words that name a speaker end: what a grammar took for a subject, without the words of the sentence around it.

use khabar_model::EntityType;

use super::lexicon::word;
use super::reader::{Found, Reader, Subject};
use super::token::{Kind, Token};
use crate::function;
use crate::phrases::Tongue;

/// Tokens of a mention at most: a name that is repeated without end, with nothing between, is not gone through once a token.
const LONGEST_MENTION: usize = 64;

impl<'d> Reader<'d> {
    /// The person whose mention has a token and who is no other than the speaker: not of «محامي فلان», «فلاں کے وکیل».
    pub(super) fn speaks(&self, place: usize) -> Option<u32> {
        let entity = self.tokens.get(place)?.entity?;
        let is_person = self.entities.get(entity as usize).is_some_and(|entity| entity.kind == EntityType::Per);
        let raw = |place: usize| self.raw_at(place);
        let mut first = place;
        while first > 0
            && place - first < LONGEST_MENTION
            && self.tokens.get(first - 1).is_some_and(|before| before.entity == Some(entity))
        {
            first -= 1;
        }
        let behind = self.end_of_mention(place, entity);
        let other = first > 0 && self.tokens.get(first - 1).is_some_and(|before| before.is(word::OF))
            || self.is_governed(first, behind)
            || self.tongue == Tongue::Urdu && matches!(raw(behind), "کے" | "کی" | "کا")
            || self.tongue == Tongue::English
                && raw(behind - 1).ends_with(['s', '’'])
                && raw(behind - 1).contains(['\'', '’']);
        (is_person && !other).then_some(entity)
    }

    /// «ستاد کروبی», «حكومة نتنياهو»: a body by its head. Not «رئیس دانشگاه | علی احمدی», where a whole name stands beside an office.
    fn is_governed(&self, first: usize, behind: usize) -> bool {
        let Some(before) = first.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return false };
        let is_body = before.entity.is_none() && before.is(word::ORG) && !before.is(word::ROLE | word::DOCUMENT);
        is_body
            && match self.tongue {
                Tongue::Arabic => !before.definite,
                Tongue::Persian => behind == first + 1 || first < 2 || !self.is(first - 2, word::OFFICE),
                Tongue::English | Tongue::Urdu => false,
            }
    }

    /// One past the last token of the mention that has a token.
    pub(super) fn end_of_mention(&self, place: usize, entity: u32) -> usize {
        let tokens = self.tokens.get(place..).unwrap_or_default();
        place + tokens.iter().take(LONGEST_MENTION).take_while(|token| token.entity == Some(entity)).count()
    }

    /// True for a quotation that is a name in marks: one mention of an entity, or a word or two behind the word for what it
    /// names («شبكة التلفزة اليابانية "ان.تي.في"»); a Persian term with a dash.
    pub(super) fn names_somebody(&self, at: usize) -> bool {
        let Some((_, quoted)) = self.quoted(at) else { return false };
        let tokens = self.tokens.get(quoted.first..quoted.end).unwrap_or_default();
        let Some(first) = tokens.first() else { return true };
        let is_name = first
            .entity
            .and_then(|entity| self.entities.get(entity as usize))
            .is_some_and(|entity| matches!(entity.kind, EntityType::Per | EntityType::Loc));
        let is_mention = is_name && tokens.iter().all(|token| token.entity == first.entity);
        let words = self.words_inside(at);
        let naming = |place: usize| self.is(place, word::NAMING | word::ORG | word::OUTLET);
        let dotted =
            words >= 2 && tokens.iter().filter(|token| token.is_mark(&['.']) && token.glued).count() + 1 >= words;
        let behind_noun = words <= 4 && at > 2 && (naming(at - 2) || naming(at - 3)) && dotted;
        let term =
            self.tongue == Tongue::Persian && words <= 4 && tokens.iter().any(|token| token.is_mark(&['-', '–']));
        is_mention || behind_noun || term && !self.names_lie(at)
    }

    /// The tokens from `start` to `end` that name a speaker: a person's mention is whole, and has beside it only what the
    /// person is; no preposition or mark of an object ends it.
    pub(super) fn refined(&self, start: usize, end: usize) -> (usize, usize) {
        let mut start = start;
        // «استشهدت به وكالة الأنباء»
        while self.tongue == Tongue::Arabic
            && start + 1 < end
            && self.tokens.get(start).is_some_and(|first| {
                first.classes == 0 && function::opens_no_name(self.tongue.code(), self.raw_token(first))
            })
        {
            start += 1;
        }
        // «یک همکار او که نخواست …»
        let clause = (start + 1..end).find(|&place| self.tokens.get(place).is_some_and(|token| token.is(word::THAT)));
        let clause = clause.filter(|_| matches!(self.tongue, Tongue::Persian | Tongue::Urdu));
        let end = clause.unwrap_or(end);
        let first = (start..end).find_map(|place| self.speaks(place).map(|entity| (place, entity)));
        let (start, mut end) = match first {
            Some((place, entity))
                if !self.tokens.get(start).is_some_and(|token| token.is(word::ANON | word::VAGUE)) =>
            {
                let behind = self.end_of_mention(place, entity);
                (start, self.end_of_name(start, place, behind, end))
            }
            _ => (start, end),
        };
        end = self.behind_surname(start, end).unwrap_or(end);
        while end > start + 1
            && self.tokens.get(end - 1).is_some_and(|token| {
                matches!(token.kind, Kind::Mark(c) if !matches!(c, ')' | '»' | '"' | '”' | '’' | '›'))
                    || token.entity.is_none() && !token.is(word::ROLE) && self.closes_no_name(token)
            })
        {
            end -= 1;
        }
        // A name is whole: «وكالة الأنباء الرسمية | في كوريا الشمالية».
        let body = |entity: u32| {
            self.entities.get(entity as usize).is_some_and(|entity| matches!(entity.kind, EntityType::Org))
        };
        if let Some(entity) = self.tokens.get(end.wrapping_sub(1)).and_then(|last| last.entity).filter(|at| body(*at)) {
            end = self.end_of_mention(end, entity);
        }
        (start, end)
    }

    /// «رئيس البعثة، الإيطالي باولو سانتي، وصف | الاقتراع بأنه …»: whoever begins the sentence, behind whose apposition the verb
    /// stands; a plain noun behind it is its object.
    pub(super) fn before_comma(&self, found: &Found) -> Option<Subject> {
        let Subject::Phrase(start, end, _) = found.subject else { return None };
        let (verb, _, _) = found.verb.filter(|(verb, _, _)| self.tongue == Tongue::Arabic && start > *verb)?;
        let noun = self.tokens.get(start).filter(|_| end == start + 1)?;
        let comma = verb.checked_sub(1).and_then(|before| self.tokens.get(before));
        if noun.classes & !word::EVENT != 0
            || noun.entity.is_some()
            || !noun.definite
            || !comma.is_some_and(|comma| comma.is_mark(&['،', ',']))
        {
            return None;
        }
        let items = self.items.len();
        let at = self.item_behind(verb, items);
        let behind = self.sentences.partition_point(|(first, _)| *first <= at);
        let (first, _) = self.sentences.get(behind.checked_sub(1)?)?;
        let from = self.skip_start(*first, at);
        let somebody = self.is(from, word::OFFICE | word::PERSON | word::ORG) || self.is_person(from);
        let (first, behind) = self.arabic_subject(from, at).filter(|_| somebody)?;
        Some(self.named(first, behind))
    }

    /// «نفت العزب | التدوينة»: behind the surname of somebody who spoke before, a definite noun that is no part of the name is
    /// of the sentence.
    fn behind_surname(&self, start: usize, end: usize) -> Option<usize> {
        let key = |place: usize| self.tokens.get(place).filter(|_| place < end).map(|token| self.content(token));
        let next = self.tokens.get(start + 1).filter(|_| start + 1 < end && self.tongue == Tongue::Arabic)?;
        // «حثت الوزارة | المواطنين»
        let body = self.tokens.get(start).is_some_and(|first| first.definite && first.is(word::ORG));
        if body && next.definite && next.entity.is_none() && next.classes == 0 && self.raw_token(next).ends_with("ين")
        {
            return Some(start + 1);
        }
        let surname = key(start).filter(|key| self.names.surnames.contains(&**key))?;
        let plain = next.kind == Kind::Word && next.definite && next.entity.is_none() && !next.is(word::ROLE);
        let behind = key(start + 1)?;
        let has = |words: &[String], word: &str| words.iter().any(|other| other == word);
        let of_name = self.names.words.iter().filter(|words| has(words, &surname)).any(|words| has(words, &behind));
        (plain && !of_name).then_some(start + 1)
    }

    /// A preposition, a conjunction, the mark of an object, or a proclitic that stands alone.
    fn closes_no_name(&self, token: &Token) -> bool {
        let raw = self.raw_token(token);
        function::closes_no_name(self.tongue.code(), raw)
            || self.tongue == Tongue::Arabic && matches!(raw, "ب" | "ل" | "بـ" | "لـ")
    }

    /// Where a phrase ends of which a person's mention is the name: behind the mention, or behind what the person is.
    fn end_of_name(&self, start: usize, place: usize, behind: usize, end: usize) -> usize {
        if behind >= end {
            // The mention goes on where the phrase was cut.
            let glued = self.tokens.get(behind).is_some_and(|token| token.glued && token.kind == Kind::Word);
            return if glued { end.max(behind) } else { behind };
        }
        let token = |at: usize| self.tokens.get(at).filter(|_| at < end);
        let mut next = behind;
        let mut apart = false;
        while let Some(mark) = token(next).filter(|token| matches!(token.kind, Kind::Mark(_))) {
            if mark.is_mark(&['-', '–', '_', '#', '.']) && mark.glued {
                return end;
            }
            apart |= mark.is_mark(&['،', ',', '(', '–', '-', '—']);
            next += 1;
        }
        let Some(what) = token(next) else { return end };
        // «الناطق باسم الحراك، عبد السلام الزنتوتي»: the name is to come.
        if apart && behind == place + 1 && self.tokens.get(start).is_some_and(|token| token.is(word::ROLE)) {
            return end;
        }
        let is = what.is(word::ROLE | word::ORG | word::OUTLET | word::VAGUE)
            || what.kind == Kind::Digits
            || what.entity.is_some() && !apart
            || apart && token(next + 1).is_some_and(|next| next.is(word::ROLE))
            || matches!(
                self.raw_token(what),
                "و" | "and" | "اور" | "the" | "a" | "an" | "his" | "her" | "of" | "بن" | "آل"
            );
        let joined = self.tongue == Tongue::Arabic && what.first == 'و' && self.speaks(next).is_some();
        // A name of which the tagger has the first part alone: «محمد باقر | نوبخت».
        let rest = !apart
            && next == behind
            && what.kind == Kind::Word
            && what.classes == 0
            && (self.tongue == Tongue::English && what.capital
                || next + 1 == end && what.entity.is_none() && !what.definite);
        if is || joined {
            end
        } else if rest {
            behind + 1
        } else {
            behind
        }
    }
}

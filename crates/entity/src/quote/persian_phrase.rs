//! Persian: the subject of a clause, and the object that stands before its verb.

use khabar_model::{EntityType, VerbClass};
use khabar_text::fold;

use super::lexicon::{self, Frame, word};
use super::reader::{Reader, Subject};
use super::speaker::Agreement;
use super::token::{Kind, VerbAt};
use crate::phrases::Tongue;

impl Reader<'_> {
    /// The object that stands before a verb: up to را, or all of it.
    pub(super) fn persian_object(&self, clause: usize, verb: VerbAt) -> Option<(usize, usize)> {
        let mark = (clause..verb.start).rfind(|&at| self.is_one_of(at, &["را"]));
        // «بازرسان را به تغییر مسیر متهم می‌کند»
        if verb.verb.class == VerbClass::Claim {
            let mark = mark?;
            let to = (mark..verb.start).find(|&at| self.is_one_of(at, &["به"]))?;
            return Some((to + 1, verb.start));
        }
        let is_view = verb.verb.class == VerbClass::Say;
        let before = mark.unwrap_or(verb.start);
        let mut first = self.persian_object_start(clause, before)?;
        // «در نشست کابینه | این سخن را …», «در اطلاعیه‌ای | محرومیت …»
        let within = |at: usize| (at + 1..before.min(at + 5)).filter(|&at| mark.is_some() && at + 1 < before);
        if self.is_one_of(first.wrapping_sub(2), &["در"]) {
            first = within(first).find(|&at| self.is_one_of(at, &["این", "هرگونه"])).unwrap_or(first);
        } else if self.is_one_of(first, &["در"]) {
            first = within(first).find(|&at| self.raw(at).ends_with("ای")).map_or(first, |at| at + 1);
        }
        let to = match mark {
            Some(_) if is_view || self.is(verb.start, 0) => verb.start,
            Some(mark) => mark,
            None => verb.start,
        };
        (first < to).then_some((first, to))
    }

    /// «شایعه | توافقش با باشگاهی قطری», «ادعای فلانی مبنی بر | پنهان‌کاری»: what is denied is what the rumour says.
    pub(super) fn behind_charge(&self, first: usize, end: usize) -> usize {
        let founded =
            (first..end.min(first + 12)).find(|&at| self.is_one_of(at, &["مبنی"]) && self.is_one_of(at + 1, &["بر"]));
        if let Some(founded) = founded.filter(|&at| at + 3 < end) {
            return founded + 2;
        }
        let rumour = self.is_one_of(first, &["شایعه", "شایعهٔ", "شایعات", "خبر", "اخبار"]) && first + 2 < end;
        first + usize::from(rumour)
    }

    /// Where the object begins behind the subject.
    fn persian_object_start(&self, clause: usize, end: usize) -> Option<usize> {
        if let Some(any) = (clause..end).rfind(|&at| self.is_one_of(at, &["هرگونه"])) {
            // «امضای هرگونه پیمان»
            let of =
                |at: usize| self.raw(at).ends_with('ی') && self.token(at).is_some_and(|token| token.entity.is_none());
            return Some(any - usize::from(any > clause && of(any - 1)));
        }
        let first = self.skip_start(clause, end);
        if self.is(first, word::PRONOUN) {
            let mut at = first;
            while at < end && self.is(at, word::PRONOUN | word::FILLER | word::TIME | word::ROLE) {
                at += 1;
            }
            let at = self.skip_start(at, end);
            // «وی خطاب به خانواده‌ها، | دیدار با آنان را …»
            let comma = (at..end.min(at + 12)).find(|&place| self.is_comma(place));
            let at = comma.filter(|_| self.is(at, word::PREP)).map_or(at, |comma| comma + 1);
            return (at < end).then_some(at);
        }
        // Behind the last comma, a filler or an adverbial.
        if let Some(comma) = (first..end).rfind(|&at| self.is_comma(at)) {
            let mut at = comma + 1;
            while at < end && (self.is(at, word::FILLER | word::TIME) || self.is_one_of(at, &["در"])) {
                if self.is_one_of(at, &["در"]) {
                    at += 1;
                }
                at += 1;
            }
            return (at < end).then_some(at);
        }
        let filler =
            (first + 1..end).rfind(|&at| self.is(at, word::FILLER) && !self.is_one_of(at, &["و", "هم", "فقط", "تنها"]));
        if let Some(filler) = filler {
            return (filler + 1 < end).then_some(filler + 1);
        }
        if self.is_known_name(first) {
            return (first + 1 < end).then_some(first + 1);
        }
        // A title and a name, or the words of a body that the entities name.
        let mut at = first;
        while at < end && self.is(at, word::TITLE | word::RANK | word::OFFICE) {
            at += 1;
        }
        if at > first && self.is(at - 1, word::TITLE | word::RANK) {
            return (at + 1 < end).then_some(at + 1);
        }
        let mut entity = at;
        while entity < end && self.token(entity).is_some_and(|token| token.entity.is_some()) {
            entity += 1;
        }
        if entity > at && entity < end {
            return Some(entity);
        }
        let demonstrative = (first + 1..end).find(|&at| self.is_one_of(at, &["این", "آن", "هرگونه", "وجود", "هر"]));
        demonstrative.or_else(|| (first + 2 < end).then_some(first + 2))
    }

    /// The subject of a clause, whatever stands around it.
    pub(super) fn persian_subject(&self, clause: usize, verb: usize) -> Option<Subject> {
        // A headline's first part: «سیلاب در دره؛ مقام‌ها می‌گویند …»
        let part = (clause..verb).rfind(|&at| self.is_mark(at, &['؛', ';', '/', '|']) && at + 1 < verb);
        let mut first = self.skip_start(part.map_or(clause, |at| at + 1), verb);
        let limit = verb;
        loop {
            let before = first;
            while first < limit
                && (self.is(first, word::TIME | word::FILLER) && !self.is(first, word::PRONOUN)
                    || self.is_comma(first)
                    || self.is_quoted(first) && !self.is_untold(first))
            {
                first += 1;
            }
            let preposition = first < limit && self.is(first, word::PREP) && !self.is(first, word::VAGUE);
            if preposition {
                // An adverbial: up to its comma, or to the first word that can be somebody.
                let comma = (first..limit.min(first + 26)).find(|&at| self.is_comma(at));
                let somebody = (first + 2..limit.min(first + 14)).find(|&at| {
                    (self.is(at, word::ROLE | word::PRONOUN) || self.is_person(at))
                        && !self.is_one_of(at - 1, &["با", "به", "از", "و", "برای"])
                        && (!self.is(at - 1, word::EVENT | word::NAMING)
                            || self.is_one_of(at - 2, &["این", "همین", "آن"]))
                });
                first = match (comma, somebody) {
                    (Some(comma), Some(somebody)) => (comma + 1).min(somebody),
                    (Some(comma), None) => comma + 1,
                    (None, Some(somebody)) => somebody,
                    (None, None) => {
                        // «در بیانیه آمده است»
                        let document = |at: &usize| self.is(*at, word::DOCUMENT);
                        (first + 1..limit).find(document)?
                    }
                };
            }
            if first == before {
                break;
            }
        }
        // A pronoun is all of its phrase.
        if first < limit && self.is(first, word::PRONOUN) {
            let mut behind = first;
            while behind < limit && self.is(behind, word::PRONOUN) {
                behind += 1;
            }
            return self.phrase(first, behind);
        }
        // «کشته شدن افسران … و یک مقام اوکراینی اعلام کرد»: another clause stands before.
        let other = (first + 3..limit).rfind(|&at| {
            self.is_one_of(at, &["و"]) && (self.is(at + 1, word::VAGUE | word::PRONOUN) || self.is_person(at + 1))
        });
        if let Some(other) = other.filter(|&at| !self.is(at - 1, word::ROLE) && !self.is_person(at - 1)) {
            first = other + 1;
        }
        let mut at = first;
        while at < limit {
            if self.is_quoted(at) {
                if at > first
                    && !self.is(at - 1, word::NAMING | word::ORG | word::OUTLET | word::ROLE)
                    && self.words_inside(at) > 4
                {
                    break;
                }
                at += 1;
                continue;
            }
            if self.is_comma(at) {
                let next = at + 1;
                let close = (next..limit.min(next + 16)).find(|&place| self.is_comma(place));
                let role = self.is(next, word::ROLE | word::ORG) || self.is_person(next);
                match close {
                    Some(close) if role && at > first => {
                        at = close;
                        continue;
                    }
                    None if role && at > first => {
                        at = next;
                        continue;
                    }
                    _ => break,
                }
            }
            let Some(token) = self.token(at) else { break };
            if matches!(token.kind, Kind::Mark(c) if !matches!(c, '.' | '@' | '_' | '#')) {
                break;
            }
            if token.is(word::THAT) || self.verb_at(at).is_some() {
                break;
            }
            if at > first
                && (token.is(word::TIME) && !token.is(word::ROLE) && !self.is_grade(at)
                    || self.is(at + 1, word::TIME)
                        && self
                            .is_one_of(at, &["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "چند"]))
            {
                break;
            }
            // «یک عضو دیگر شورا»
            let another = self.is_one_of(at, &["دیگر"]) && self.is_one_of(first, &["یک"]);
            if at > first && token.is(word::FILLER) && !self.is_one_of(at, &["و"]) && !another {
                break;
            }
            // «مادرش | بیرون دادگاه می‌گوید»: what has a possessive has no other word of its phrase behind it.
            if at > first && self.is_possessed(at - 1) && !self.is_person(at) && !self.is_one_of(at, &["و"]) {
                break;
            }
            // «یکی از شاکیان به نام مریم افشار»
            if self.is_one_of(at, &["به"]) && self.is_one_of(at + 1, &["نام", "اسم"]) && at > first {
                at += 2;
                continue;
            }
            // «وزارت امر به معروف»
            if token.is(word::PREP) && !token.is(word::VAGUE | word::ORG) {
                let nominal = self.is(first, word::ANON | word::PERSON | word::VAGUE)
                    && at - first <= 3
                    && (self.is_one_of(at, &["در"])
                        && (self.is(at + 1, word::ORG) || (at + 1..at + 3).any(|place| self.is_place(place)))
                        || self.is_one_of(at, &["از", "به"])
                            && !self.is(at + 1, word::EVENT | word::TIME)
                            && at > first
                            && self.is(at - 1, word::ANON | word::VAGUE)
                        || self.is_one_of(at, &["به"]) && self.is_one_of(at - 1, &["نزدیک"]));
                if !nominal {
                    break;
                }
            }
            at += 1;
        }
        // «… طراحی شده»: a clause.
        let clause = self.is_one_of(at.wrapping_sub(1), &["شده", "است", "شد", "بود", "شدند", "بوده"]);
        if at == first || clause && !(first..at).any(|place| self.is_comma(place)) {
            return None;
        }
        let Subject::Phrase(start, end, skip) = self.phrase(first, at)? else { return None };
        (end - start <= 24).then_some(Subject::Phrase(start, end, skip))
    }

    /// Whoever has a role and begins a sentence in which nobody speaks: «رئیس فدراسیون در پیامی تبریک گفت», «زنی رد می‌شود».
    pub(super) fn persian_silent(&self, first: usize, end: usize) -> Option<Subject> {
        let role = word::OFFICE | word::PERSON | word::ANON;
        if self.tongue != Tongue::Persian || !self.is(first, role) || self.is(first, word::PRONOUN | word::TITLE) {
            return None;
        }
        // The verb ends the sentence, and its object stands before «را».
        let marked = self.is_mark(end.checked_sub(1)?, &['.', '!', '؟', '…', ':']);
        let verb = end.checked_sub(1 + usize::from(marked)).filter(|&verb| verb > first)?;
        let object = (first + 2..verb).find(|&at| self.is_one_of(at, &["را"])).map_or(verb, |at| at - 1);
        let subject = self.persian_subject(first, object)?;
        let Subject::Phrase(start, behind, _) = subject else { return None };
        (behind - start <= 6).then_some(subject)
    }

    /// What a Persian verb agrees with: «گفتند», «معتقدند» with more than one.
    pub(super) fn persian_agreement(&self, verb: usize) -> Option<Agreement> {
        let verb = self.verb_of(verb).filter(|verb| verb.verb.frame == Frame::Verb)?;
        let last = self.tokens.get(verb.end - 1)?;
        let word = self.text.get(last.start..last.end)?;
        // «می‌کند», «می‌داند», «خواند»: one.
        let one = ["کند", "داند", "خواند", "ماند", "رساند"].iter().any(|form| word.ends_with(form));
        Some(if word.ends_with("ند") && !one { Agreement::Plural } else { Agreement::Singular })
    }

    /// «دانشجوی سال سوم»: a time that is part of a name's phrase.
    fn is_grade(&self, at: usize) -> bool {
        let year = if self.is_one_of(at, &["سال"]) { at } else { at.wrapping_sub(1) };
        self.is_one_of(year, &["سال", "ترم", "پایه"])
            && self.is_one_of(year + 1, &["اول", "دوم", "سوم", "چهارم", "پنجم", "آخر"])
    }

    /// «مادرش», «سخنگویشان»: somebody of whoever was named before.
    fn is_possessed(&self, at: usize) -> bool {
        let raw = self.raw(at);
        let stem = ["شان", "ش"].iter().find_map(|suffix| raw.strip_suffix(suffix));
        let stem = stem.map(|stem| stem.strip_suffix("\u{200c}ا").unwrap_or(stem));
        stem.is_some_and(|stem| lexicon::is(&fold(stem), word::PERSON | word::OFFICE, Tongue::Persian))
    }

    fn is_place(&self, at: usize) -> bool {
        self.entity(at).is_some_and(|(_, entity)| entity.kind == EntityType::Loc)
    }
}

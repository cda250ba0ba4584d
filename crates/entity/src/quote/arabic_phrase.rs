//! Arabic: where a subject begins and ends, which no mark tells.

use khabar_model::EntityType;

use super::arabic::SHORT_NAME;
use super::lexicon::{Frame, complement, word};
use super::reader::{Reader, Subject};
use super::token::{Kind, Token, VerbAt};
use super::words;
use crate::phrases::UNKNOWN;

impl Reader<'_> {
    /// A name or role right before a verb, of which it is the subject.
    pub(super) fn arabic_subject_ahead(&self, verb: &VerbAt, clause: usize) -> Option<Subject> {
        // «جنيف – أعلن …»
        let dateline = verb.start > clause && self.is_mark(verb.start - 1, &['–', '—', '-', '/', ')']);
        if verb.joined && self.token(verb.start).is_some_and(|token| token.first == 'و')
            || verb.start == clause
            || dateline
        {
            return None;
        }
        let from = (clause..verb.start)
            .rev()
            .take(16)
            .find(|&at| self.is_mark(at, &['.', ':', '|', '؟', '!']) || self.verb_at(at).is_some())
            .map_or(clause.max(verb.start.saturating_sub(16)), |at| at + 1);
        let Subject::Phrase(start, end, skip) = self.arabic_subject_before(from, verb.start)? else { return None };
        let (first, behind) = self.items_of(Subject::Phrase(start, end, skip))?;
        let ends_at_verb = (behind..verb.start)
            .all(|at| self.is_comma(at) || self.is(at, word::START | word::TIME | word::PREP) || at > behind);
        let names = (first..behind).any(|at| {
            self.is(at, word::ROLE | word::ORG | word::OUTLET)
                || self.is_known_name(at)
                || self.token(at).is_some_and(|token| token.entity.is_some())
        });
        let names = names || self.is_one_of(verb.start - 1, &["قد"]);
        (names && ends_at_verb && behind + 6 >= verb.start).then_some(Subject::Phrase(start, end, skip))
    }

    /// «ترفضه الكاتبة بقولها: …», «علق الوزير قائلا: …»: the subject of a verb that no list has, right before the saying.
    pub(super) fn subject_of_saying(&self, verb: &VerbAt, clause: usize) -> Option<Subject> {
        const SAYING: [&str; 7] = ["بالقول", "بقوله", "بقولها", "بقولهم", "قائلا", "قائلاً", "قائلة"];
        if !self.is_one_of(verb.start, &SAYING) {
            return None;
        }
        let low = clause.max(verb.start.saturating_sub(12));
        let from = (low..verb.start)
            .rfind(|&at| self.is_comma(at) || self.is_quoted(at) || self.verb_at(at).is_some())
            .map_or(low, |at| at + 1);
        self.subject_behind_verb(from, verb.start, 3)
    }

    /// «أهدت المعمري الفوز إلى جدتها، وقالت …»: the person behind a verb that no list has, at the start of a clause.
    pub(super) fn subject_of_clause(&self, clause: usize, end: usize) -> Option<Subject> {
        let low = clause.max(end.saturating_sub(24));
        let starts = (low..end).rev().filter(|&at| at == low || self.is_comma(at - 1));
        starts
            .filter(|&at| (at + 1..end.min(at + 3)).any(|at| self.is_person(at)))
            .find_map(|at| self.subject_behind_verb(at, end, 2))
    }

    /// True for what is neither definite nor of a name nor of a class that says who, when or where, nor of these classes.
    pub(super) fn is_plain(&self, at: usize, classes: u32) -> bool {
        let other = word::ROLE | word::ORG | word::OUTLET | word::PREP | word::TIME | classes;
        self.token(at).is_some_and(|token| !token.definite && token.entity.is_none() && !token.is(other))
    }

    /// Who stands behind the word that begins a clause, which may be a verb.
    fn subject_behind_verb(&self, from: usize, end: usize, reach: usize) -> Option<Subject> {
        let head = (from + 1..end.min(from + 1 + reach)).find(|&at| {
            self.is_person(at) || self.is_known_name(at) || self.is(at, word::ROLE | word::ORG | word::OUTLET)
        })?;
        let object = self.is(head - 1, word::PREP) && head > from + 1 || self.raw(head).starts_with("لل");
        if !self.is_word(from) || !self.is_plain(from, word::NAMING | word::EVENT) || object {
            return None;
        }
        self.arabic_subject(head, end).map(|(start, end)| self.named(start, end))
    }

    /// Somebody named right behind a verb that reports nothing.
    pub(super) fn subject_of_verb(&self, verb: &VerbAt, end: usize) -> Option<Subject> {
        let named = |at: usize| {
            self.is_person(at) || self.is_known_name(at) || self.is(at, word::ROLE | word::ORG | word::OUTLET)
        };
        let (first, behind) = self.arabic_subject(verb.end, end).filter(|_| verb.verb.frame == Frame::Verb)?;
        // «الذي اتهم التقرير بالكذب»: an object.
        let ahead = verb.start > 0 && self.is_relative(verb.start - 1) && verb.verb.takes(complement::NP);
        (named(first) && !ahead && !self.is_object(verb, first, behind)).then(|| self.named(first, behind))
    }

    /// «المدرب البالغ 52 عاما», «معالي الوزير الضيف», «ضيف البرنامج»: a person without a name, with adjectives alone, none
    /// of which says of what country.
    pub(super) fn describes_arabic(&self, tokens: &[Token]) -> bool {
        let titles = tokens.iter().take_while(|token| token.is(word::TITLE) && !token.definite).count();
        let Some([noun, rest @ ..]) = tokens.get(titles..) else { return false };
        let raw = |token: &Token| self.raw_token(token);
        if rest.len() == 1 && rest.iter().all(|event| words::PROGRAMME.contains(&raw(event))) {
            return noun.is(word::PERSON) && !noun.definite;
        }
        let plain = |token: &Token| {
            token.kind == Kind::Digits
                || matches!(raw(token).trim_end_matches(['\u{64b}', 'ا']), "عام" | "سنة" | "ربيع")
                || token.definite && token.entity.is_none() && is_adjective(raw(token)) && !is_nisba(raw(token))
        };
        let person = noun.is(word::OFFICE | word::PERSON) && (titles > 0 || rest.len() > 1)
            || noun.is(word::PERSON) && rest.len() == 1
            || words::HUMAN.contains(&raw(noun));
        person && noun.definite && rest.iter().all(plain)
    }

    /// A noun with somebody's pronoun: «حيثيات حكمها».
    fn is_owned(&self, at: usize) -> bool {
        let raw = self.raw(at);
        let owned = raw.ends_with("ها") || raw.ends_with("هم") || raw.ends_with('ه') && !raw.ends_with("لله");
        owned
            && raw.chars().count() > 3
            && self.token(at).is_some_and(|token| !token.definite && token.entity.is_none() && !token.is(word::ROLE))
    }

    /// The noun phrase at the start of a zone that names who speaks.
    pub(super) fn arabic_subject(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let mut first = start;
        while first < end && (self.is_comma(first) || self.is(first, word::TIME) || self.is(first, word::START)) {
            first += 1;
        }
        // «يقول للجزيرة نت عمر حاج قدور»
        if let Some((entity, _)) = self.entity(first)
            && self.is_media(first)
            && self.token(first).is_some_and(|token| token.first == 'ل' && token.entity == Some(entity))
        {
            first += (first..end).take_while(|&at| self.entity(at).is_some_and(|(other, _)| other == entity)).count();
        }
        // «وقال لـ«النهار» | حسن العلي إن …»
        if self.is_one_of(first, &["لـ", "ل"]) && self.is_quoted(first + 1) {
            first += 2;
        }
        if self.is_circumstance(first) || self.is_one_of(first, &["بـ", "لـ", "ب"]) {
            return None;
        }
        let first = self.behind_manner(first).min(end);
        let mut at = first;
        while at < end {
            if self.is_quoted(at) {
                let name = at == first && self.words_inside(at) <= SHORT_NAME
                    || at > 0 && self.is(at - 1, word::NAMING | word::ORG | word::OUTLET | word::ROLE)
                    || self.words_inside(at) <= 3;
                if !name {
                    break;
                }
                at += 1;
                continue;
            }
            if self.is_comma(at) {
                match self.apposition(at, end) {
                    Some(close) if at > first => {
                        at = close;
                        continue;
                    }
                    _ => break,
                }
            }
            let Some(token) = self.token(at) else { break };
            if matches!(token.kind, Kind::Mark(c) if c != '.' && c != '@' && c != '_' && c != '#') {
                break;
            }
            if self.is_that(at) || self.verb_at(at).is_some() || at > first && token.is(word::START) && token.phrase < 2
            {
                break;
            }
            // A name ends with its mention: «اتهمت الصين | ترامب», «قال ترامب | أمس».
            let ended = at > first
                && self.token(at - 1).is_some_and(|before| before.entity.is_some() && before.entity != token.entity);
            let named = ended && !(first..at).any(|place| self.is(place, word::ROLE | word::ORG | word::OUTLET));
            // «الإسباني | خوان مانويل»
            let national = at > first && self.is_person(at) && is_nisba(self.raw(at - 1)) && !self.is_person(at - 1);
            if ended && self.is_person(at - 1) && !token.is(word::ROLE)
                || !national
                    && named
                    && !self.is_joined(at)
                    && (token.entity.is_some() || !goes_with_name(self.raw(at)))
            {
                break;
            }
            // «أخبر زعيم البلاد كيم | وزير الخارجية لافروف»: another person follows.
            let another = ended
                && self.is_person(at - 1)
                && token.is(word::ROLE)
                && (at + 1..end.min(at + 8)).take_while(|&next| self.is_word(next)).any(|next| self.is_person(next));
            if another || at > first && self.ends_phrase(first, at) {
                break;
            }
            // «وزراء الخارجية | تحالف …»: no noun without the article goes on behind one with it.
            let goes_on = at == first
                || !self.token(at - 1).is_some_and(|before| before.definite)
                || self.is_person(at - 1)
                || token.definite
                || token.entity.is_some()
                || token.is(word::ROLE)
                || matches!(token.first, 'ل' | 'ب')
                || token.first == 'و' && token.id == UNKNOWN;
            // «وزير التربية | اقفال المدارس»
            let verbal = at > first && self.looks_verbal(at) && self.is_word(at - 1) && !self.is(at - 1, word::ROLE);
            if !goes_on && (token.is(word::ORG | word::EVENT) || verbal) {
                break;
            }
            let glued_outlet = token.first == 'ل'
                && (!token.definite || self.raw(at).starts_with("لل") && at > first)
                && (self.is_media(at) || token.is(word::OUTLET | word::EVENT) || self.is_one_of(at, &["لـ", "ل"]));
            // «نفت هايلي | الشائعات»
            let rumour =
                at > first && token.definite && token.is(word::CHARGE) && !self.is_one_of(at, &["الادعاء", "الاتهام"]);
            if glued_outlet || rumour || token.is(word::TIME) && at > first {
                break;
            }
            if token.is(word::PREP) && !token.is(word::ROLE) {
                let nominal = at > first
                    && (first..at).any(|place| self.is(place, word::ROLE | word::ORG | word::VAGUE))
                    && !(first..at).any(|place| self.is_person(place))
                    && self.is_one_of(at, &["في", "فى", "من", "على", "لدى", "إلى"])
                    && !self.is(at + 1, word::EVENT | word::TIME)
                    && !self.is_owned(at + 1)
                    && !(self.is_plain_word(at + 1) && self.verb_at(at + 2).is_none() && self.is_owned(at + 2))
                    && !self.is_one_of(at + 1, &["رد", "رده", "ردها", "ردهم"])
                    && !(self.is_one_of(at, &["من"]) && self.is_asked(at + 1, at + 2))
                    && at - first <= 4;
                if !nominal {
                    break;
                }
            }
            at += 1;
        }
        self.trimmed(first, at)
            .filter(|&(start, end)| !(self.is(start, word::PREP) || end == start + 1 && self.is(start, word::TIME)))
    }

    /// Written with «و», which is no letter of the word.
    fn is_joined(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.first == 'و' && !token.is(word::ROLE | word::ORG | word::OUTLET))
            || self.raw(at).starts_with("وو")
            || self.raw(at).starts_with("وال")
    }

    /// Behind «بشكل قاطع», «بطريقة غير مباشرة».
    pub(super) fn behind_manner(&self, at: usize) -> usize {
        if !self.is_one_of(at, &words::MANNER) {
            return at;
        }
        at + 2 + usize::from(self.is_one_of(at + 1, &["غير"]))
    }

    /// «مخاطبا القاضية», «ملتمسا من المحكمة»: a participle that says in what state somebody speaks.
    pub(super) fn is_circumstance(&self, at: usize) -> bool {
        let raw = self.raw(at).trim_end_matches('\u{64b}');
        let letters = raw.chars().count();
        letters > 4
            && raw.starts_with('م')
            && raw.ends_with('ا')
            && !raw.ends_with("ها")
            && self.token(at).is_some_and(|token| token.entity.is_none() && !token.is(word::ROLE))
    }

    /// True for a noun that cannot be of the phrase before it: «المسؤول الأممي | الأطراف», «وزارة الأمن العام | بيانا»,
    /// «المتهم | مخاطبا القاضية».
    pub(super) fn ends_phrase(&self, first: usize, at: usize) -> bool {
        let (Some(token), Some(before)) = (self.token(at), self.token(at - 1)) else { return false };
        let raw = self.raw(at);
        if token.entity.is_some()
            || token.is(word::ROLE | word::NAMING)
            || self.is_known_name(at)
            || before.glued && before.kind != Kind::Word
        {
            return false;
        }
        // «المحافظ | أهمية», «لفت البديوي | النظر إلى»
        let said = (before.definite || before.entity.is_some()) && words::SAID.contains(&raw);
        if said || matches!(raw, "النظر" | "الانتباه") {
            return true;
        }
        // «متحدث عسكري إسرائيلي | الرد»: no adjective without the article has a noun with it.
        let adjective = self.raw(at - 1);
        let indefinite = !before.definite && before.entity.is_none() && at > first + 1 && self.is(first, word::ROLE);
        let agrees = adjective.ends_with(if self.raw(first).ends_with('ة') { "ية" } else { "ي" });
        if indefinite
            && agrees
            && adjective.chars().count() > 3
            && !self.is(first, word::VAGUE)
            && token.definite
            && raw.starts_with("ال")
        {
            return true;
        }
        // «الكوريتان | التزامهما»
        let owned = ["هم", "هما", "ها", "ه"].iter().any(|ending| raw.ends_with(ending));
        let owned = owned && (before.definite || before.entity.is_some());
        if owned && self.looks_verbal(at) && raw.starts_with(['ا', 'ت', 'إ']) && !raw.starts_with("ابن") {
            return true;
        }
        let letters = raw.chars().count();
        let accusative = letters > 3 && (raw.ends_with('ا') || raw.ends_with('ً')) && !token.definite;
        // «مخاطبا», «طالبا»
        let participle = raw.starts_with('م') || letters > 4 && raw.chars().nth(1) == Some('ا');
        let circumstance = accusative && participle && !self.is_person(at - 1);
        // «الوالي | المتضررين», «النقابة | بالتعازي»
        let acting = words::ACTING.contains(&raw);
        let object =
            token.definite && raw.ends_with("ين") && before.is(word::ROLE) && !self.raw(at - 1).ends_with("ين");
        if before.definite && at == first + 1 && (object || raw.starts_with("بال") && !acting) {
            return true;
        }
        if circumstance || accusative && before.definite && !self.is_person(at - 1) && at > first + 1 {
            return true;
        }
        // «جيش تحرير الجبال | التوصل إلى»: a noun that takes its own preposition, and no adjective.
        if token.definite
            && raw.starts_with("ال")
            && before.definite
            && at > first + 1
            && !is_adjective(raw)
            && !is_nisba(raw)
            && !self.is(at, word::TIME | word::ORG | word::OUTLET)
            && self.is_one_of(at + 1, &["إلى", "على", "عن"])
        {
            return true;
        }
        // Behind a definite adjective no other definite noun is of the phrase.
        token.definite
            && raw.starts_with("ال")
            && before.definite
            && before.entity.is_none()
            && !before.is(word::ROLE)
            && at > first + 1
            && is_adjective(self.raw(at - 1))
            && !is_adjective(raw)
            && !self.is(at, word::TIME)
    }

    /// The end of a phrase between commas that belongs to the name before it.
    pub(super) fn apposition(&self, comma: usize, end: usize) -> Option<usize> {
        let first = comma + 1;
        if first >= end
            || self.is(first, word::PREP | word::TIME | word::THAT | word::EVENT | word::BREAK)
            || self.verb_at(first).is_some()
        {
            return None;
        }
        let close = (first..end.min(first + 16)).find(|&at| self.is_comma(at)).unwrap_or(end);
        if close - first > 15 || (first..close).any(|at| self.verb_at(at).is_some()) {
            return None;
        }
        (close <= end).then_some(close)
    }

    /// A subject that stands before its verb.
    pub(super) fn arabic_subject_before(&self, clause: usize, verb: usize) -> Option<Subject> {
        // «…، حيث أكد»: nobody is named.
        if verb > clause
            && self.is(verb - 1, word::START | word::BREAK)
            && !self.is_one_of(verb - 1, &["قد", "وقد", "فقد"])
        {
            return None;
        }
        // «بعد تقارير تفيد أن …»
        if verb > clause && self.is(verb - 1, word::CHARGE) && self.raw(verb - 1).len() > 6 && self.is_word(verb - 1) {
            let definite = self.token(verb - 1).is_some_and(|token| token.definite);
            if !definite {
                return Some(self.named(verb - 1, verb));
            }
        }
        // «لم تعلق الوزارة، لكن مصدرا نفى …»
        let clause = (clause + 1..verb.saturating_sub(1))
            .rfind(|&at| self.is_comma(at - 1) && self.is(at, word::BREAK) && !self.is(at, word::ANOTHER))
            .unwrap_or(clause);
        let mut first = self.skip_start(clause, verb);
        // «في حين أن الأوروبيين يعبرون …»
        first += usize::from(self.is_that(first));
        // «وفي طرابلس، قال …», «بعد ساعات، …»: the subject is behind the comma.
        if self.is(first, word::PREP | word::TIME) {
            let comma = (first..verb).find(|&at| self.is_comma(at))?;
            first = self.skip_start(comma + 1, verb);
        }
        // «شكر لافروف مضيفه …، وقال»: a verb that no list has stands before the name.
        let head = (first..verb).find(|&at| {
            self.is(at, word::ROLE | word::ORG | word::OUTLET | word::VAGUE)
                || self.is_known_name(at)
                || self.token(at).is_some_and(|token| token.entity.is_some())
                || self.is_quoted(at)
        });
        let first = head.filter(|&at| at <= first + 3).unwrap_or(first);
        let (start, end) = self.arabic_subject(first, verb)?;
        // «… تتعثر | والصليب الأحمر يدعو»: the name right before the verb.
        if end < verb
            && let Some((entity, named)) = self.entity(verb - 1)
        {
            let words =
                (end..verb).rev().take_while(|&at| self.token(at).is_some_and(|token| token.entity == Some(entity)));
            let name = verb - words.count();
            // «… وسائل الإعلام أن | كوريا الجنوبية طالبت»
            let speaks = match named.kind {
                EntityType::Org | EntityType::Per => true,
                EntityType::Loc => name > clause && self.is_that(name - 1),
                EntityType::Misc => false,
            };
            if speaks {
                return Some(self.named(name, verb));
            }
        }
        // A whole clause before the verb is no subject.
        (end - start <= 16).then(|| self.named(start, end))
    }
}

/// True for an adjective that a name may have: «الشمالية», no noun and no plural.
fn goes_with_name(raw: &str) -> bool {
    is_adjective(raw) && !raw.ends_with("ات") && !raw.ends_with("ين")
}

/// True for «الإسباني», «الإسبانية».
fn is_nisba(raw: &str) -> bool {
    raw.starts_with("ال") && raw.len() > 10 && (raw.ends_with('ي') || raw.ends_with("ية"))
}

/// True for the forms of definite adjectives: nisba, participles, فاعل, فعيل, أفعل and their feminines.
fn is_adjective(raw: &str) -> bool {
    let Some(stem) = raw.strip_prefix("ال") else { return false };
    let stem = stem.strip_suffix('ة').unwrap_or(stem);
    let letters: Vec<char> = stem.chars().collect();
    let nisba = letters.len() > 3 && stem.ends_with('ي');
    let participle = letters.len() > 3 && stem.starts_with('م');
    let pattern = matches!(
        letters.as_slice(),
        [_, 'ا', _, _] | [_, _, 'ي' | 'و', _] | ['أ', _, _, _] | ['أ', _, 'ى'] | ['ع', 'ا', 'م'] | ['خ', 'ا', 'ص']
    );
    nisba || participle || pattern
}

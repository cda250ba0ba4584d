//! What a phrase says of a speaker: a name, an office, a body, somebody without a name.

use std::borrow::Cow;

use khabar_model::{EntityType, Span, SpeakerKind};
use khabar_text::PieceKind;

use super::lexicon::word;
use super::reader::{Reader, is_media};
use super::speaker::{Agreement, Speaker};
use super::token::{Kind, Token};
use crate::key::fold_word;
use crate::phrases::{Tongue, UNKNOWN};

/// True for a phrase that names somebody for the first time: «مصدر», «یک مقام», "an official".
pub(super) fn is_indefinite(reader: &Reader<'_>, first: usize) -> bool {
    let Some(token) = reader.tokens.get(first) else { return false };
    let raw = reader.raw_token(token);
    match reader.tongue {
        Tongue::Arabic => !token.definite,
        _ => matches!(raw, "یک" | "یکی" | "ایک" | "a" | "an" | "A" | "An" | "another" | "Another"),
    }
}

/// True for a token of a person's name, of whom the phrase names another.
fn is_owner(reader: &Reader<'_>, place: usize, start: usize, end: usize) -> bool {
    let Some(token) = reader.tokens.get(place).filter(|token| reader.is_of_person(token)) else { return false };
    let Some(entity) = token.entity.filter(|_| reader.speaks(place).is_none()) else { return false };
    match reader.tongue {
        Tongue::Urdu => reader.end_of_mention(place, entity) + 1 < end,
        Tongue::Persian => {
            let first = (start..place)
                .rev()
                .take_while(|&at| reader.tokens.get(at).is_some_and(|before| before.entity == Some(entity)));
            place - first.count() > start
        }
        Tongue::English => reader.end_of_mention(place, entity) < end,
        Tongue::Arabic => false,
    }
}

fn is_demonstrative(reader: &Reader<'_>, place: usize) -> bool {
    let token = reader.tokens.get(place);
    token
        .and_then(|token| reader.text.get(token.start..token.end))
        .is_some_and(|raw| matches!(raw, "این" | "همین" | "آن"))
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
        && first.id == UNKNOWN
        && first.is(word::ROLE | word::ORG | word::OUTLET)
    {
        from +=
            'ل'.len_utf8() * if reader.text.get(from..).is_some_and(|rest| rest.starts_with("لل")) { 2 } else { 1 };
    }
    // «والصليب الأحمر»
    let conjunction = reader.text.get(from..).is_some_and(|rest| rest.starts_with("وال"));
    if reader.tongue == Tongue::Arabic && skip == 0 && conjunction && first.id == UNKNOWN {
        from += if reader.is_of_person(first) { 0 } else { 'و'.len_utf8() };
    }
    // «ومديرية التجارة»
    let joined = first.first == 'و'
        && first.id == UNKNOWN
        && first.bare != UNKNOWN
        && first.is(word::ROLE | word::ORG | word::OUTLET);
    if reader.tongue == Tongue::Arabic && skip == 0 && !conjunction && joined && first.entity.is_none() {
        from += 'و'.len_utf8();
    }
    let span = Span::in_text(reader.text, from, last.end.max(from)).ok()?;
    let mut words = Vec::new();
    let (mut names, mut offices, mut bodies, mut outlets, mut anonymous, mut agreement) = (0, 0, 0, 0, 0, None);
    let (mut person, mut modifiers) = (None, 0);
    for (place, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Digits {
            words.push(reader.raw_token(token).to_owned());
        }
        if token.kind != Kind::Word {
            continue;
        }
        let entity = token.entity.and_then(|entity| reader.entities.get(entity as usize));
        let raw = reader.raw_token(token);
        offices += usize::from(token.is(word::OFFICE));
        bodies += usize::from(place < 2 && token.is(word::ORG) && !token.is(word::OFFICE | word::ANON | word::PERSON));
        outlets += usize::from(place < 2 && (token.is(word::OUTLET) || entity.is_some_and(is_media)));
        anonymous += usize::from(place < 3 && token.is(word::ANON | word::VAGUE));
        person = person.or(reader.speaks(start + place));
        // "according to Keatley", whom the tagger takes for a place
        let surname = reader.tongue == Tongue::English
            && token.capital
            && reader.names.surnames.contains(&*reader.content(token));
        bodies += usize::from(
            place == 0
                && !surname
                && entity.is_some_and(|entity| matches!(entity.kind, EntityType::Org | EntityType::Loc)),
        );
        agreement = agreement.or(match raw {
            _ if reader.tongue == Tongue::Persian => None,
            "والدہ" | "اہلیہ" | "بیوی" | "بہن" | "بیٹی" | "خاتون" | "بیوہ" if reader.tongue == Tongue::Urdu => {
                Some(Agreement::Feminine)
            }
            "والد" | "شوہر" | "بھائی" | "بیٹا" | "بیٹے" if reader.tongue == Tongue::Urdu => {
                Some(Agreement::Masculine)
            }
            "خانم" | "السيدة" | "الدكتورة" | "محترمہ" | "Ms" | "Mrs" | "Miss" | "Dame" | "الوزيرة" | "النائبة" => {
                Some(Agreement::Feminine)
            }
            "آقای" | "السيد" | "Mr" | "Sir" => Some(Agreement::Masculine),
            _ => None,
        });
        // «الرئيس الأوكراني» names a country and nobody.
        let is_name = (surname
            || !entity.is_some_and(|entity| matches!(entity.kind, EntityType::Misc | EntityType::Loc)))
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
        // «ایمن کے والد», «پدر یزدانی»: whose they are is no name of theirs.
        if is_owner(reader, start + place, start, end) {
            words.push(format!("\u{1}{}", reader.content(token)));
            continue;
        }
        names += usize::from(is_name);
        // «سیدمحمد مولوی»
        let surname = place > 0
            && reader.is_of_person(token)
            && tokens.get(place - 1).is_some_and(|before| before.entity == token.entity && !before.is(word::TITLE));
        if token.is(word::TITLE) && !token.is(word::OFFICE) && !surname || token.is(word::PRONOUN) {
            continue;
        }
        // «سخنگوی این گروه», «کارگردان این فیلم»: of what was named before.
        let of_that = reader.tongue == Tongue::Persian
            && place > 1
            && is_demonstrative(reader, start + place - 1)
            && tokens.first().is_some_and(|first| first.is(word::OFFICE | word::PERSON));
        let key = reader.content(token);
        if !key.is_empty() && !of_that {
            modifiers += usize::from(!token.is(word::ROLE) && !reader.is_of_person(token));
            words.push(key.into_owned());
        }
    }
    // «المحامية»: a title that stands alone is what somebody is.
    if words.is_empty() && tokens.iter().any(|token| token.is(word::TITLE)) {
        let titles = tokens.iter().filter(|token| token.is(word::TITLE));
        words.extend(titles.filter_map(|token| Some(reader.content(token).into_owned()).filter(|key| !key.is_empty())));
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
    let noun_last = matches!(reader.tongue, Tongue::English | Tongue::Urdu);
    // "a report from a committee of the Department" is no person.
    let head =
        tokens.iter().skip(1).position(|token| token.is(word::PREP)).filter(|_| reader.tongue == Tongue::English);
    let head = head.and_then(|place| tokens.get(place)).unwrap_or(last);
    let english_body = noun_last && head.is(word::ORG) && !head.is(word::ROLE);
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
    // «نویسندگان این بیانیه» are those who published it.
    let signed = matches!(reader.raw_token(first), "نویسندگان" | "امضاکنندگان" | "امضا‌کنندگان")
        && (tokens.len() == 1 || tokens.iter().any(|token| token.is(word::DOCUMENT)));
    let is_document = is_document || signed && names == 0;
    let role_first = first.is(word::ROLE | word::ORG | word::OUTLET);
    let all_person = tokens.iter().all(|token| token.entity.is_some() && token.entity == first.entity);
    let is_clean = role_first || all_person || !person;
    // «سیامک برزگری … گفت», and no «فلانی که …», «فلانی، …».
    let says_what = word::OFFICE | word::PERSON | word::ANON | word::ORG | word::OUTLET | word::VAGUE;
    let is_bare = names > 0
        && !is_body
        && (2..=3).contains(&words.len())
        && !tokens.iter().any(|token| token.is(says_what) || matches!(token.kind, Kind::Mark(_)))
        && !reader.tokens.get(end).is_some_and(|next| next.is(word::THAT | says_what));
    // «ترامب وكيم», "both Vindman and Williams"
    let joins = |token: &Token| match reader.tongue {
        Tongue::Arabic => token.first == 'و' && reader.is_of_person(token),
        Tongue::English => token.entity.is_none() && reader.raw_token(token) == "and",
        Tongue::Persian | Tongue::Urdu => false,
    };
    let parts = tokens.iter().skip(1).position(joins).map(|place| tokens.split_at(place + 1));
    let is_joint = parts.is_some_and(|(first, second)| {
        let other = second.iter().find(|token| reader.is_of_person(token));
        other.is_some_and(|other| first.iter().any(|one| reader.is_of_person(one) && one.entity != other.entity))
    });
    let second = tokens.get(1);
    let is_indefinite = is_indefinite(reader, start)
        && (reader.tongue != Tongue::Arabic
            || second.is_none_or(|second| !second.definite && !second.is(word::ROLE | word::ORG)));
    Some(Speaker {
        span,
        words,
        kind,
        is_body,
        agreement,
        is_clean,
        names,
        person: named,
        role: is_person,
        is_document,
        is_bare,
        is_indefinite,
        is_joint,
        modifiers,
    })
}

/// A word as it is compared: folded, without articles and possessives; nothing for words that say nothing.
pub(super) fn content(raw: &str, tongue: Tongue) -> String {
    content_of(fold_word(raw, &mut String::new()), tongue).to_owned()
}

/// The same of its fold key.
fn content_of(key: &str, tongue: Tongue) -> &str {
    match tongue {
        Tongue::Arabic => {
            let long = |rest: &&str| rest.chars().nth(2).is_some();
            let bare = ["وال", "ال", "لل"].iter().find_map(|prefix| key.strip_prefix(prefix).filter(long));
            let key = bare.unwrap_or(key);
            // «رئيس كوريا الجنوبية» is «الرئيس الكوري الجنوبي».
            let stem = key.strip_suffix('ا').filter(|stem| stem.ends_with('ي'));
            let stem = stem.or_else(|| key.strip_suffix('ه').filter(|stem| stem.ends_with('ي')));
            stem.filter(|_| key.chars().nth(4).is_some()).unwrap_or(key)
        }
        Tongue::English => {
            let key = key.strip_suffix("'s").or(key.strip_suffix("’s")).unwrap_or(key);
            match key {
                "the" | "a" | "an" | "of" | "for" | "his" | "her" | "its" | "at" | "and" | "in" => "",
                key => key,
            }
        }
        Tongue::Persian => match key {
            "اين" | "همين" | "همان" | "در" | "از" | "و" | "يك" | "به" => "",
            key => key,
        },
        Tongue::Urdu => match key {
            "كے" | "كي" | "كا" | "اس" | "ايك" | "نے" | "اور" => "",
            key => key,
        },
    }
}

impl<'d> Reader<'d> {
    /// A word of the block as it is compared.
    pub(super) fn content(&self, token: &Token) -> Cow<'d, str> {
        match self.cut.pieces().get(token.piece as usize).filter(|piece| piece.kind == PieceKind::Word) {
            Some(piece) => content_of(self.cut.key(piece), self.tongue).into(),
            None => content(self.raw_token(token), self.tongue).into(),
        }
    }
}

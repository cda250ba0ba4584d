//! Bodies by what they are: «الشبكة العربية لرصد السجون», «شرکت هواپیمایی «نیلگون»», «پنجاب فوڈ اتھارٹی»: who is meant by
//! «الشبكة», «این شرکت» and «ادارے» elsewhere in the document.

use std::rc::Rc;

use khabar_model::Span;

use super::cast::Introduction;
use super::describe::{content, speaker};
use super::lexicon::word;
use super::reader::Reader;
use super::speaker::Speaker;
use super::token::{Kind, Token};
use crate::phrases::{Tongue, UNKNOWN};

/// Most words of a body's name behind the noun for what it is.
const MOST_WORDS: usize = 5;

/// The body that the noun at a token begins, in Urdu and English ends, with its name.
pub(super) fn introduced_by_noun(reader: &Reader<'_>, at: usize) -> Option<Introduction> {
    let noun = reader.tokens.get(at)?;
    let other = word::DOCUMENT | word::ROLE | word::EVENT | word::TIME;
    if !noun.is(word::ORG | word::OUTLET) || noun.is(other) || reader.is_verb_token(at) {
        return None;
    }
    let (start, end) = match reader.tongue {
        Tongue::Arabic => (at, arabic_end(reader, at)),
        Tongue::Persian => (at, persian_end(reader, at)),
        Tongue::Urdu => match quoted_end(reader, at) {
            Some(end) => (at, end),
            None => (urdu_start(reader, at), at + 1),
        },
        Tongue::English => return english(reader, at),
    };
    let tokens = reader.tokens.get(start..end)?;
    // «لشركة», «بوزارة»
    let joined = reader.tongue == Tongue::Arabic && noun.id == UNKNOWN && !noun.definite;
    let skip = if joined { reader.raw_token(noun).chars().next().map_or(0, char::len_utf8) } else { 0 };
    let words = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word);
    let word = |(place, token): (usize, &Token)| {
        let raw = reader.raw_token(token);
        content(raw.get(if place == 0 { skip } else { 0 }..).unwrap_or(raw), reader.tongue)
    };
    let words: Vec<String> = words.map(word).filter(|key| !key.is_empty()).collect();
    if words.len() < 2 {
        return None;
    }
    let person = speaker(reader, start, end, skip).filter(|body| body.is_body)?;
    let sure = tokens.iter().any(|token| token.entity.is_some() || matches!(token.kind, Kind::Mark(_)));
    let mut body = Introduction::new(Rc::new(person), None, tokens.first()?.start, words);
    body.sure = sure;
    Some(body)
}

/// "indie studio Papercrane", "Lumen, the battery startup".
fn english(reader: &Reader<'_>, at: usize) -> Option<Introduction> {
    let noun = reader.tokens.get(at).filter(|noun| !noun.capital && noun.is(word::ORG | word::BODY))?;
    let is_capital = |at: usize| {
        is_of_name(reader, at) && reader.tokens.get(at).is_some_and(|token| token.capital && !token.is(word::ROLE))
    };
    let behind = (at + 1..at + 1 + MOST_WORDS).take_while(|&at| is_capital(at)).count();
    let (start, end) = if behind > 0 {
        (at + 1, at + 1 + behind)
    } else {
        let is = |at: usize, raws: &[&str]| {
            reader.tokens.get(at).is_some_and(|token| raws.contains(&reader.raw_token(token)))
        };
        let comma = (at.saturating_sub(5)..at).rfind(|&at| is(at, &[","]))?;
        if !is(comma + 1, &["a", "an", "the"]) || reader.is_verb_token(at + 1) {
            return None;
        }
        (comma - (0..comma).rev().take(MOST_WORDS).take_while(|&at| is_capital(at)).count(), comma)
    };
    let named = reader.tokens.get(start..end)?.iter().filter(|token| reader.is_of_person(token)).count();
    if named > usize::from(behind > 0) {
        return None;
    }
    let (first, last) = (reader.tokens.get(start..end)?.first()?, reader.tokens.get(end - 1)?);
    let person = Speaker::body(Span::in_text(reader.text, first.start, last.end).ok()?, reader.text);
    let mut words = vec![reader.content(noun).into_owned()];
    words.extend(person.words.iter().cloned());
    Some(Introduction::new(Rc::new(person), None, first.start, words))
}

/// A word that a name may have: no verb, nothing that begins another phrase.
fn is_of_name(reader: &Reader<'_>, at: usize) -> bool {
    let other = word::PREP | word::THAT | word::TIME | word::START | word::PRONOUN | word::FILLER | word::OFFICE;
    reader
        .tokens
        .get(at)
        .is_some_and(|token| token.kind == Kind::Word && !reader.is_verb_token(at) && !token.is(other | word::ANOTHER))
}

/// Behind the name in marks that follows a noun: «شركة «طيران الواحة»».
fn quoted_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let place = reader.quotes.partition_point(|quoted| quoted.open <= at);
    let quoted = reader.quotes.get(place).filter(|quoted| quoted.open == at + 1)?;
    (quoted.end - quoted.first <= 5).then_some(quoted.behind)
}

/// A genitive goes on to its first definite noun, and to what agrees with it; «لـ» goes on.
fn arabic_end(reader: &Reader<'_>, at: usize) -> usize {
    if let Some(end) = quoted_end(reader, at) {
        return end;
    }
    let is_definite = |token: &Token| token.definite || token.entity.is_some();
    let mut closed = reader.tokens.get(at).is_some_and(is_definite);
    let mut end = at + 1;
    while end <= at + MOST_WORDS && is_of_name(reader, end) {
        let Some(token) = reader.tokens.get(end) else { break };
        let led = token.first == 'ل' && (token.definite || reader.raw_token(token).chars().count() > 3);
        if closed && !is_definite(token) && !led || token.first == 'و' && !token.is(word::ORG) {
            break;
        }
        closed = is_definite(token);
        end += 1;
    }
    if let Some(entity) = reader.tokens.get(end - 1).and_then(|token| token.entity) {
        end = reader.end_of_mention(end - 1, entity);
    }
    end
}

/// Nothing tells where an ezafe ends: at what is no noun.
fn persian_end(reader: &Reader<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while end < at + MOST_WORDS {
        if let Some(quoted) = quoted_end(reader, end - 1) {
            return quoted;
        }
        let Some(token) = reader.tokens.get(end).filter(|_| is_of_name(reader, end)) else { break };
        if is_particle(reader.raw_token(token)) {
            break;
        }
        end += 1;
    }
    end
}

/// Urdu has the noun last: «پنجاب فوڈ اتھارٹی».
fn urdu_start(reader: &Reader<'_>, at: usize) -> usize {
    let mut start = at;
    while start > 0 && at - start < MOST_WORDS && is_of_name(reader, start - 1) {
        let Some(token) = reader.tokens.get(start - 1) else { break };
        if is_particle(reader.raw_token(token)) {
            break;
        }
        start -= 1;
    }
    start
}

/// Persian and Urdu words that no name has.
pub(super) fn is_particle(raw: &str) -> bool {
    const PERSIAN: [&str; 9] = ["را", "و", "هم", "نیز", "خود", "این", "آن", "برای", "تا"];
    const URDU: [&str; 15] =
        ["نے", "کے", "کی", "کا", "کو", "سے", "میں", "پر", "اور", "اس", "یہ", "ہے", "ہیں", "تھا", "کہ"];
    PERSIAN.contains(&raw) || URDU.contains(&raw)
}

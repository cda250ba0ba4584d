//! Offices with what they are of and who holds them: «وزير الخارجية الروسي سيرجي لافروف», "Kremlin spokesman Dmitry Peskov".

use khabar_model::Span;
use khabar_text::Cut;

use crate::phrases::Tongue;
use crate::quote::lexicon::word;
use crate::quote::token::{Kind, Token, tokens};

/// An office that a text names. Spans are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// The words of the office: «وزير الخارجية».
    pub office: Span,
    /// The body or country that it belongs to: «الروسي», «وزارت خارجه», "of Norway" without "of".
    pub body: Option<Span>,
    /// The name beside it.
    pub holder: Option<Span>,
}

/// Most words of a body and of a name.
const LONGEST_BODY: usize = 6;
const LONGEST_NAME: usize = 3;

/// The offices of a text, in order, with their holders where a name stands beside them. `language` is that of the text;
/// only Arabic, Persian, Urdu and English are read. The words of offices are those of data/roles.tsv.
///
/// ```
/// let text = "قال وزير الخارجية الروسي سيرجي لافروف إن المحادثات مفيدة";
/// let role = khabar_entity::roles(text, Some("ar"))[0];
/// assert_eq!(role.office.of(text), Some("وزير الخارجية"));
/// assert_eq!(role.body.and_then(|body| body.of(text)), Some("الروسي"));
/// assert_eq!(role.holder.and_then(|holder| holder.of(text)), Some("سيرجي لافروف"));
/// ```
#[must_use]
pub fn roles(text: &str, language: Option<&str>) -> Vec<Role> {
    let Some(tongue) = language.map(crate::language::list_language).and_then(Tongue::of) else { return Vec::new() };
    let (tokens, verbs) = tokens(&Cut::new(text), 0, tongue, &[]);
    let mut is_verb = vec![false; tokens.len()];
    for verb in &verbs {
        for place in verb.start..verb.end {
            if let Some(is_verb) = is_verb.get_mut(place) {
                *is_verb = true;
            }
        }
    }
    let reader = Reader { text, tongue, tokens: &tokens, is_verb: &is_verb };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.role(at) {
            Some((role, end)) => {
                found.push(role);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    tongue: Tongue,
    tokens: &'t [Token],
    /// By token: part of a verb of speech.
    is_verb: &'t [bool],
}

impl Reader<'_> {
    fn is(&self, at: usize, classes: u32) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(classes))
    }

    fn raw(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    fn is_comma(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(&['،', ',']))
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    fn span(&self, start: usize, end: usize) -> Option<Span> {
        let tokens = self.tokens.get(start..end)?;
        Span::in_text(self.text, tokens.first()?.start, tokens.last()?.end).ok()
    }

    /// The office that begins at a token, and one past what it was read from.
    fn role(&self, at: usize) -> Option<(Role, usize)> {
        let is_office = |at: usize| self.is(at, word::OFFICE) && self.is_word(at);
        if !is_office(at) {
            return None;
        }
        let mut end = at + 1;
        while is_office(end) && end < at + 4 {
            end += 1;
        }
        let office = self.span(at, end)?;
        let (mut body, mut behind) = self.body_behind(end);
        if body.is_none() {
            body = self.body_before(at);
        }
        if behind < end {
            behind = end;
        }
        let mut holder = None;
        // «وزير الخارجية، سيرجي لافروف، …» and «… وزير الخارجية سيرجي لافروف».
        let comma = usize::from(self.is_comma(behind));
        if let Some((start, close)) = self.name_behind(behind + comma)
            && (comma == 0 || self.is_comma(close) || close >= self.tokens.len())
        {
            holder = self.span(start, close);
            behind = close;
        }
        // «سيرجي لافروف، وزير الخارجية»
        let before = body.map_or(at, |(start, _)| start.min(at));
        if holder.is_none() && before > 0 && self.is_comma(before - 1) {
            holder = self.name_before(before - 1).and_then(|start| self.span(start, before - 1));
        }
        let body = body.and_then(|(start, end)| self.span(start, end));
        Some((Role { office, body, holder }, behind))
    }

    /// What an office is of, behind it.
    fn body_behind(&self, start: usize) -> (Option<(usize, usize)>, usize) {
        let mut first = start;
        match self.tongue {
            Tongue::English => {
                if !matches!(self.raw(start), "of" | "at" | "for") {
                    return (None, start);
                }
                first += 1;
                if self.raw(first) == "the" {
                    first += 1;
                }
                let mut end = first;
                while end < first + LONGEST_BODY
                    && self.tokens.get(end).is_some_and(|token| {
                        token.kind == Kind::Word
                            && (token.capital || end > first && self.raw(end) == "of" || token.is(word::ORG))
                    })
                {
                    end += 1;
                }
                if end > first { (Some((first, end)), end) } else { (None, start) }
            }
            Tongue::Urdu => (None, start),
            Tongue::Arabic => {
                let mut end = first;
                while end < first + LONGEST_BODY
                    && self.is_word(end)
                    && !self.is_verb.get(end).copied().unwrap_or(false)
                {
                    let Some(token) = self.tokens.get(end) else { break };
                    let goes_on = token.definite
                        || token.is(word::ORG)
                        || end > first && self.is_open(end - 1) && !token.is(word::PREP);
                    if !goes_on
                        || token.is(word::TITLE | word::RANK | word::TIME | word::PREP | word::THAT | word::OFFICE)
                    {
                        break;
                    }
                    end += 1;
                }
                if end > first { (Some((first, end)), end) } else { (None, start) }
            }
            Tongue::Persian => {
                // Up to a comma or a word that is of no name; the ezafe is not written, so no name is told from the body.
                let mut end = first;
                while end < first + LONGEST_BODY
                    && self.is_word(end)
                    && !self.is_verb.get(end).copied().unwrap_or(false)
                {
                    let stop =
                        word::PREP | word::TIME | word::THAT | word::TITLE | word::RANK | word::OFFICE | word::FILLER;
                    if self.is(end, stop) || self.raw(end) == "را" {
                        break;
                    }
                    end += 1;
                }
                let bound = end >= self.tokens.len()
                    || self.is_comma(end)
                    || !self.is_word(end)
                    || self.is_verb.get(end).copied().unwrap_or(false)
                    || self.is(end, word::PREP | word::FILLER | word::TIME | word::TITLE | word::RANK | word::THAT);
                if end > first && bound { (Some((first, end)), end) } else { (None, start) }
            }
        }
    }

    /// A body without the article, whose genitive follows: «وزارة».
    fn is_open(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word::ORG) && !token.definite)
    }

    /// What an office is of, before it: "Russia's foreign minister", «دفترِ خارجہ کی ترجمان».
    fn body_before(&self, office: usize) -> Option<(usize, usize)> {
        match self.tongue {
            Tongue::English => {
                let mut start = office;
                while start > 0
                    && office - start < LONGEST_NAME
                    && self.tokens.get(start - 1).is_some_and(|token| token.kind == Kind::Word && token.capital)
                    && !self.is(start - 1, word::TITLE | word::RANK | word::TIME | word::OFFICE)
                    && !matches!(
                        self.raw(start - 1),
                        "The" | "A" | "An" | "But" | "And" | "In" | "On" | "His" | "Her" | "Its"
                    )
                {
                    start -= 1;
                }
                (start < office).then_some((start, office))
            }
            Tongue::Urdu => {
                let of = office.checked_sub(1)?;
                if !matches!(self.raw(of), "کے" | "کی" | "کا") {
                    return None;
                }
                let mut start = of;
                while start > 0 && of - start < LONGEST_NAME && self.is_word(start - 1) {
                    let stop = matches!(self.raw(start - 1), "نے" | "کہ" | "میں" | "سے" | "پر" | "اور" | "کو" | "ہے");
                    if stop || self.is(start - 1, word::START | word::TIME | word::THAT) {
                        break;
                    }
                    start -= 1;
                }
                (start < of).then_some((start, of))
            }
            Tongue::Arabic | Tongue::Persian => None,
        }
    }

    /// True for a word that may be of a name.
    fn is_name(&self, at: usize) -> bool {
        const NONE: u32 = word::ROLE
            | word::ORG
            | word::OUTLET
            | word::PREP
            | word::TIME
            | word::THAT
            | word::START
            | word::BREAK
            | word::PRONOUN
            | word::FILLER
            | word::VAGUE
            | word::EVENT;
        self.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word
                && !token.is(NONE)
                && !self.is_verb.get(at).copied().unwrap_or(false)
                && match self.tongue {
                    Tongue::English => token.capital,
                    Tongue::Urdu => !matches!(
                        self.raw(at),
                        "نے" | "کا" | "کے" | "کی" | "کو" | "سے" | "میں" | "ہے" | "کہ" | "پر" | "اور"
                    ),
                    Tongue::Persian => !matches!(self.raw(at), "را" | "این" | "آن"),
                    Tongue::Arabic => true,
                }
        })
    }

    /// A name that begins at a token, forms of address before it left out.
    fn name_behind(&self, start: usize) -> Option<(usize, usize)> {
        let mut first = start;
        while self.is(first, word::TITLE | word::RANK) && first < start + 3 {
            first += 1;
        }
        let mut end = first;
        while end < first + LONGEST_NAME + 1 && self.is_name(end) {
            let definite = self.tokens.get(end).is_some_and(|token| token.definite);
            // «سلطان الضاري»: a family name may have the article, a given name has not.
            if self.tongue == Tongue::Arabic && definite {
                if end > first {
                    end += 1;
                }
                break;
            }
            let joined = matches!(self.raw(end), "بن" | "بنت" | "آل");
            if end >= first + LONGEST_NAME && !joined {
                break;
            }
            end += 1;
        }
        let least = if first > start || self.tongue == Tongue::English { 1 } else { 2 };
        (end >= first + least).then_some((first, end))
    }

    /// Where a name begins that ends before a comma, at the start of a clause.
    fn name_before(&self, end: usize) -> Option<usize> {
        let mut start = end;
        while start > 0 && end - start <= LONGEST_NAME && self.is_name(start - 1) {
            start -= 1;
        }
        let edge = start == 0 || !self.is_word(start - 1) || self.is(start - 1, word::TITLE | word::RANK | word::START);
        let verb = start > 0 && self.is_verb.get(start - 1).copied().unwrap_or(false);
        (end - start >= 2 && end - start <= LONGEST_NAME && (edge || verb || self.tongue == Tongue::English))
            .then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Office, body and holder of the first role.
    fn first(text: &str, language: &str) -> (String, String, String) {
        let role = roles(text, Some(language)).into_iter().next().unwrap();
        let of = |span: Option<Span>| span.and_then(|span| span.of(text)).unwrap_or_default().to_owned();
        (of(Some(role.office)), of(role.body), of(role.holder))
    }

    #[test]
    fn offices_have_bodies_and_holders() {
        for (language, text, office, body, holder) in [
            ("ar", "قال المتحدث باسم الكرملين ديمتري بيسكوف إن", "المتحدث باسم", "الكرملين", "ديمتري بيسكوف"),
            ("ar", "أعلنت وزيرة الخارجية الكورية تشوي سون هوي أن", "وزيرة الخارجية", "الكورية", "تشوي سون هوي"),
            ("ar", "وصل رئيس الوزراء إلى بغداد", "رئيس الوزراء", "", ""),
            ("ar", "قال نور الدين، وزير النقل، إن", "وزير", "النقل", "نور الدين"),
            ("fa", "دیمیتری پسکوف، سخنگوی کرملین، گفت", "سخنگوی", "کرملین", "دیمیتری پسکوف"),
            ("fa", "رئیس‌جمهور اوکراین، ولودیمیر زلنسکی، گفت", "رئیس‌جمهور", "اوکراین", "ولودیمیر زلنسکی"),
            ("fa", "سخنگوی وزارت خارجه گفت", "سخنگوی وزارت خارجه", "", ""),
            ("ur", "دفترِ خارجہ کی ترجمان عاتکہ شیروانی نے کہا", "ترجمان", "دفترِ خارجہ", "عاتکہ شیروانی"),
            ("ur", "وزیرِ اعظم شہباز شریف نے کہا", "وزیرِ اعظم", "", "شہباز شریف"),
            ("en", "Prime Minister Jan Novak said", "Prime Minister", "", "Jan Novak"),
            ("en", "Russia’s foreign minister Sergei Lavrov said", "foreign minister", "Russia’s", "Sergei Lavrov"),
            ("en", "Anna Berg, mayor of Oslo, said", "mayor", "Oslo", "Anna Berg"),
            ("en", "the speaker of the Lower House, Adam Roe, said", "speaker of", "", ""),
        ] {
            let found = first(text, language);
            if text.starts_with("the speaker") {
                assert!(found.0.starts_with("speaker"), "{found:?}");
                continue;
            }
            assert_eq!(found, (office.to_owned(), body.to_owned(), holder.to_owned()), "{text}");
        }
    }

    #[test]
    fn other_languages_have_none() {
        assert!(roles("Le président Jean Dupont", Some("fr")).is_empty());
        assert!(roles("President Joe Biden", None).is_empty());
    }
}

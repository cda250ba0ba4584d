//! Quantities: counts with what they count, money, percentages and measures, in figures and words of four languages.

use khabar_model::{DateKind, Quantity, QuantityKind, Span};
use khabar_text::Cut;

use self::lexicon::{Meaning, begins, lexicon};
use self::number::Number;
use self::token::{Kind, Token, tokens};
use crate::phrases::{Tongue, UNKNOWN};

mod lexicon;
mod number;
mod numeral;
mod token;

/// Quantities of a text, in order. `language` is that of the text; those of other languages than Arabic, Persian, Urdu and
/// English are not read.
///
/// A quantity has a number and a unit: what is counted, a currency, `percent`, a measure. A range has its lower end as
/// value and its upper end as the alternative, with the modifier `between`. Numbers that are dates, clocks, scores, names
/// (`B-52`, «مجموعة العشرين») or that stand alone are none.
#[must_use]
pub fn quantities(text: &str, language: Option<&str>) -> Vec<Quantity<Span>> {
    let cut = Cut::new(text);
    let dates: Vec<(Span, bool)> = khabar_dates::find_in(&cut, language, None)
        .into_iter()
        .map(|date| (date.span, date.kind == DateKind::Absolute))
        .collect();
    find(&cut, language, &dates)
}

/// Those of a text that is cut already, and that are no part of a date.
///
/// A count that overlaps with any of `dates` is part of it; anything else only with one that is absolute (true beside its
/// span): "3 days" of "3 days ago" is a measure as well.
pub(crate) fn find(cut: &Cut<'_>, language: Option<&str>, dates: &[(Span, bool)]) -> Vec<Quantity<Span>> {
    let Some(tongue) = language.and_then(Tongue::of) else { return Vec::new() };
    let reader = Reader { text: cut.text(), tongue, tokens: tokens(cut, tongue) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        match reader.begins(at).then(|| reader.quantity(at)).flatten() {
            Some((quantity, end)) => {
                let is_date = |&(date, absolute): &(Span, bool)| {
                    date.overlaps(quantity.span) && (absolute || quantity.kind == QuantityKind::Count)
                };
                // Dates are in order and apart.
                let first = dates.partition_point(|(date, _)| date.end() <= quantity.span.start());
                let mut near = dates.iter().skip(first).take_while(|(date, _)| date.start() < quantity.span.end());
                if !near.any(is_date) {
                    found.push(quantity);
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    tongue: Tongue,
    tokens: Vec<Token>,
}

/// What is counted.
struct Unit {
    kind: QuantityKind,
    name: Option<String>,
    end: usize,
}

impl Reader<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The longest phrase at a place whose meaning `pick` takes, with the place behind it. Words behind the first have to be
    /// whole; the first may have proclitics where `bare` says so.
    fn phrase<T>(&self, at: usize, bare: bool, pick: impl Fn(Meaning) -> Option<T>) -> Option<(T, usize)> {
        let token = self.token(at)?;
        let ids = [Some(token.word), bare.then_some(token.bare)];
        ids.into_iter().flatten().filter(|id| *id != UNKNOWN).find_map(|id| {
            lexicon().of(id).iter().filter(|entry| entry.tongue == self.tongue).find_map(|entry| {
                let meaning = pick(entry.meaning)?;
                let words = entry.matches(self.tokens.get(at + 1..)?.iter().map(|token| token.word))?;
                Some((meaning, at + words))
            })
        })
    }

    fn is(&self, at: usize, wanted: Meaning) -> Option<usize> {
        self.phrase(at, false, |meaning| (meaning == wanted).then_some(())).map(|((), end)| end)
    }

    fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.token(at).is_some_and(|token| matches!(token.kind, Kind::Mark(c) if marks.contains(&c)))
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// False if no quantity begins at a place: few words have to be read any further.
    fn begins(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        match token.kind {
            Kind::Digits => true,
            Kind::Mark(c) => matches!(c, '%' | '٪' | '$' | '€' | '£' | '¥' | '₹' | '₺'),
            Kind::Word => {
                let known = |word: u32| word != UNKNOWN && begins(word);
                // "US$", "between"
                let word = self.text.as_bytes().get(token.start + token.clitic..token.end).unwrap_or_default();
                let others = || ["ما", "بين", "بین", "between"].iter().any(|other| other.as_bytes() == word);
                known(token.word) || known(token.bare) || matches!(word, [b'A'..=b'Z', ..]) || others()
            }
        }
    }

    /// The quantity that begins at a place, and the place behind it.
    fn quantity(&self, at: usize) -> Option<(Quantity<Span>, usize)> {
        let token = self.token(at)?;
        if let Kind::Mark('%' | '٪') = token.kind
            && let Some(number) =
                self.number(at + 1, false).filter(|_| self.token(at + 1).is_some_and(|next| next.glued))
        {
            let unit = Unit { kind: QuantityKind::Percent, name: Some("percent".to_owned()), end: number.end };
            return self.built(token.start, number.value, Vec::new(), unit, None);
        }
        let modifier = self.phrase(at, true, |meaning| match meaning {
            Meaning::Before(modifier) => Some(modifier),
            _ => None,
        });
        if let Some((unit, value)) = self.dual(modifier.map_or(at, |(_, end)| end)) {
            let start = token.start + if modifier.is_some() { token.clitic } else { 0 };
            return self.built(start, value, Vec::new(), unit, modifier.map(|(modifier, _)| modifier));
        }
        let (between, from) = self.between(at);
        let from = modifier.map_or(from, |(_, end)| end);
        let (currency, from) = self.currency_sign(from);
        let mut low = self.number(from, false)?;
        // «بين ألف وألفي دولار» is no sum.
        if between && self.upper_end(low.end, &low, true).is_none() {
            low = self.number(from, true)?;
        }
        if self.is_name(at, from) {
            return None;
        }
        let start = token.start + if from == at || modifier.is_some() || between { token.clitic } else { 0 };
        // A proclitic of two letters before digits («بـ12») is a token of its own and stays outside.
        let (mut value, mut alternatives, mut end) = (low.value, low.alternatives.clone(), low.end);
        let mut named = modifier.map(|(modifier, _)| modifier);
        if let Some(high) = self.upper_end(low.end, &low, between) {
            // "8 to 10 million": the scale counts for both.
            let scale = if low.is_scaled() { 1.0 } else { high.scale };
            value = if low.value * scale < high.value { low.value * scale } else { low.value };
            if value >= high.value {
                return None;
            }
            (alternatives, end, named) = (vec![high.value], high.end, Some("between"));
        } else if between {
            return None;
        }
        if let Some((modifier, behind)) = self.between_modifier(end) {
            (named, end) = (Some(modifier), behind);
        }
        let unit = match currency {
            Some(code) => Unit { kind: QuantityKind::Money, name: Some(code.to_owned()), end },
            None => self.unit(end, &low).or_else(|| self.toll(from, end))?,
        };
        if low.is_one && unit.kind == QuantityKind::Count {
            return None;
        }
        if unit.kind == QuantityKind::Count && named.is_none() && self.is_year(from) {
            return None;
        }
        let mut unit = unit;
        if unit.kind == QuantityKind::Measure
            && let Some((part, end)) = self.part_behind(unit.end)
        {
            (value, unit.end) = (value + part, end);
        }
        let named = named.or_else(|| {
            self.phrase(unit.end, false, |meaning| match meaning {
                Meaning::Behind(modifier) => Some(modifier),
                _ => None,
            })
            .map(|(modifier, _)| modifier)
        });
        self.built(start, value, alternatives, unit, named)
    }

    /// Two of a thing in one word, with half of it more behind a measure: «عقدين», «ساعتين ونصف الساعة».
    fn dual(&self, at: usize) -> Option<(Unit, f64)> {
        let token = self.token(at)?;
        let (kind, end) = self.phrase(at, false, |meaning| match meaning {
            Meaning::Dual(kind) => Some(kind),
            _ => None,
        })?;
        let word = self.slice(token.start, token.end);
        let name = if kind == QuantityKind::Money { "USD" } else { word };
        let more = self.part_behind(end).filter(|_| kind == QuantityKind::Measure);
        let (part, end) = more.unwrap_or((0.0, end));
        Some((Unit { kind, name: Some(name.to_owned()), end }, 2.0 + part))
    }

    fn built(
        &self,
        start: usize,
        value: f64,
        alternatives: Vec<f64>,
        unit: Unit,
        modifier: Option<&str>,
    ) -> Option<(Quantity<Span>, usize)> {
        let last = self.token(unit.end.checked_sub(1)?)?;
        let span = Span::in_text(self.text, start, last.end).ok()?;
        let quantity = Quantity {
            span,
            text: span.of(self.text)?.to_owned(),
            value: Some(value),
            unit: unit.name,
            kind: unit.kind,
            modifier: modifier.map(str::to_owned),
            alternatives,
        };
        Some((quantity, unit.end))
    }

    /// "between", and the place behind it.
    fn between(&self, at: usize) -> (bool, usize) {
        let Some(token) = self.token(at) else { return (false, at) };
        let word = |at: usize| self.token(at).map_or("", |token| self.slice(token.start, token.end));
        match (self.tongue, self.slice(token.start + token.clitic, token.end)) {
            (Tongue::Arabic, "ما") if word(at + 1) == "بين" => (true, at + 2),
            (Tongue::Arabic, "بين") | (Tongue::Persian, "بین") | (Tongue::English, "between" | "Between") => {
                (true, at + 1)
            }
            _ => (false, at),
        }
    }

    /// The upper end of a range, if one follows.
    fn upper_end(&self, at: usize, low: &Number, between: bool) -> Option<Number> {
        let token = self.token(at)?;
        let dash = matches!(token.kind, Kind::Mark('-' | '–' | '—'));
        let word = self.is(at, Meaning::Range).is_some() || between && self.is(at, Meaning::And).is_some();
        if dash || word {
            // "£40-50 million", "$5m to $7m".
            let (_, from) = self.currency_sign(at + 1);
            return self.number(from, false);
        }
        // "30% to 40%"
        if self.is_mark(at, &['%', '٪']) {
            return self.upper_end(at + 1, low, between);
        }
        // «بين 800 و1000»: the conjunction is written with the number; a word for one has it inside.
        let glued = between && self.tongue == Tongue::Arabic && token.clitic > 0;
        // «دو سه روز», «آٹھ دس»: about so many, as two numbers side by side.
        let beside =
            matches!(self.tongue, Tongue::Persian | Tongue::Urdu) && !low.is_scaled() && token.kind == Kind::Word;
        let high = (glued || beside).then(|| self.number(at, false)).flatten()?;
        (glued || high.value > low.value && high.value <= low.value + 2.0).then_some(high)
    }

    /// «سه ساعت و نیم», «متر ونصف المتر»: a part behind a unit.
    fn part_behind(&self, at: usize) -> Option<(f64, usize)> {
        let joined = self.behind_and(at);
        let place = joined.unwrap_or(at);
        let clitic = self.token(place)?.clitic > 0;
        let (part, end) = self.phrase(place, true, |meaning| match meaning {
            Meaning::Plus(part) => Some(part),
            _ => None,
        })?;
        let again = self.token(end).is_some_and(|token| self.slice(token.start, token.end).starts_with("ال"));
        (joined.is_some() || clitic).then_some((part, end + usize::from(again)))
    }

    fn between_modifier(&self, at: usize) -> Option<(&'static str, usize)> {
        let at = at + usize::from(self.is_mark(at, &['-']) && self.token(at).is_some_and(|token| token.glued));
        self.phrase(at, false, |meaning| match meaning {
            Meaning::Between(modifier) => Some(modifier),
            _ => None,
        })
    }

    fn currency_sign(&self, at: usize) -> (Option<&'static str>, usize) {
        let Some(token) = self.token(at) else { return (None, at) };
        let code = match token.kind {
            Kind::Mark('$') => "USD",
            Kind::Mark('€') => "EUR",
            Kind::Mark('£') => "GBP",
            Kind::Mark('¥') => "JPY",
            Kind::Mark('₹') => "INR",
            Kind::Mark('₺') => "TRY",
            Kind::Word if self.token(at + 1).is_some_and(|next| next.glued && next.kind == Kind::Mark('$')) => {
                let code = match self.slice(token.start, token.end) {
                    "US" => "USD",
                    "A" | "AU" => "AUD",
                    "C" | "CA" => "CAD",
                    "HK" => "HKD",
                    _ => return (None, at),
                };
                return (Some(code), at + 2);
            }
            Kind::Word => match (self.slice(token.start, token.end), self.token(at + 1).map(|next| next.kind)) {
                ("Rs", Some(Kind::Digits)) => "INR",
                ("USD", Some(Kind::Digits)) => "USD",
                ("EUR", Some(Kind::Digits)) => "EUR",
                _ => return (None, at),
            },
            _ => return (None, at),
        };
        (Some(code), at + 1)
    }

    /// True if the number is part of a name: behind a label, glued to letters, in a score or a clock.
    fn is_name(&self, at: usize, number: usize) -> bool {
        let label =
            (1..=2).any(|back| at.checked_sub(back).is_some_and(|before| self.is(before, Meaning::Label) == Some(at)));
        let Some(token) = self.token(number) else { return true };
        let before = number.checked_sub(1).and_then(|before| self.token(before));
        let glued = token.kind == Kind::Digits
            && token.glued
            && before.is_some_and(|before| match before.kind {
                // «بـ12»
                Kind::Word => !matches!(
                    self.slice(before.start, before.end).trim_end_matches('ـ'),
                    "ب" | "ل" | "و" | "ك" | "ف" | "وب" | "US" | "Rs"
                ),
                Kind::Mark('-' | '–') => before.glued,
                Kind::Mark(':' | '/' | '#' | '.') => before.glued,
                _ => false,
            });
        // «دول الاتحاد الـ27»
        let definite = token.glued
            && before.is_some_and(|before| self.slice(before.start, before.end).trim_end_matches('ـ') == "ال");
        let clock = self.is_mark(number + 1, &[':'])
            && self.token(number + 2).is_some_and(|next| next.glued && next.kind == Kind::Digits);
        label || glued || definite || clock
    }

    /// True for four plain figures that are a year of these times: a verb behind them is no noun.
    fn is_year(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == Kind::Digits) else { return false };
        let figures: Option<Vec<u32>> = self.slice(token.start, token.end).chars().map(numeral::digit).collect();
        let Some([one, two, three, four]) = figures.as_deref() else { return false };
        let year = one * 1000 + two * 100 + three * 10 + four;
        let gregorian = (1900..=2035).contains(&year);
        let solar = self.tongue == Tongue::Persian && (1300..=1420).contains(&year);
        (gregorian || solar) && year % 100 != 0
    }

    /// The dead and hurt, whose number stands alone: "the toll rose to 61", «ارتفع عدد الضحايا إلى 214».
    fn toll(&self, number: usize, end: usize) -> Option<Unit> {
        /// Words between the noun and its number.
        const NEAR: usize = 8;
        let reach =
            |back: usize| number.checked_sub(back).is_some_and(|at| self.is(at, Meaning::Reach) == Some(number));
        let mut before = (number.saturating_sub(NEAR)..number).rev();
        let told = (reach(1) || reach(2))
            && before.any(|at| self.phrase(at, true, |meaning| (meaning == Meaning::Toll).then_some(())).is_some());
        told.then_some(Unit { kind: QuantityKind::Count, name: None, end })
    }

    fn is_arabic(&self, token: &Token) -> bool {
        self.slice(token.start, token.end).starts_with(|c| matches!(c, '\u{600}'..='\u{6ff}'))
    }

    /// What stands behind a number as its unit.
    fn unit(&self, at: usize, number: &Number) -> Option<Unit> {
        let token = self.token(at)?;
        if let Kind::Mark('%' | '٪' | '﹪') = token.kind {
            return Some(Unit { kind: QuantityKind::Percent, name: Some("percent".to_owned()), end: at + 1 });
        }
        if let Kind::Mark('°') = token.kind {
            let letter =
                self.token(at + 1).filter(|next| next.glued && matches!(self.slice(next.start, next.end), "C" | "F"));
            let end = at + 1 + usize::from(letter.is_some());
            let last = self.token(end - 1)?;
            return Some(Unit {
                kind: QuantityKind::Measure,
                name: Some(self.slice(last.start, last.end).to_owned()),
                end,
            });
        }
        if let Kind::Mark('€' | '$' | '£') = token.kind {
            let (code, end) = self.currency_sign(at);
            return Some(Unit { kind: QuantityKind::Money, name: code.map(str::to_owned), end });
        }
        if self.is_mark(at, &['-'])
            && self.token(at + 1).is_some_and(|next| next.glued && next.kind == Kind::Word)
            && self.tongue == Tongue::English
        {
            // "a 12-day tour"
            let end = self.is(at + 1, Meaning::Measure)?;
            let name = self.token(at + 1).map(|unit| self.slice(unit.start, unit.end).to_owned());
            return Some(Unit { kind: QuantityKind::Measure, name, end });
        }
        if token.kind != Kind::Word {
            return None;
        }
        let classified = self.is(at, Meaning::Counter).filter(|end| *end > at + 1);
        let known = self.phrase(at, false, |meaning| match meaning {
            _ if classified.is_some() => None,
            Meaning::Percent => Some((QuantityKind::Percent, Some("percent"))),
            Meaning::Money("-") => Some((QuantityKind::Money, None)),
            Meaning::Money(code) => Some((QuantityKind::Money, Some(code))),
            Meaning::Measure => Some((QuantityKind::Measure, None)),
            _ => None,
        });
        if let Some(((kind, name), end)) = known {
            let last = self.token(end - 1)?;
            let name = name.map_or_else(|| self.slice(token.start, last.end).to_owned(), str::to_owned);
            return Some(Unit { kind, name: Some(name), end });
        }
        let noun_at = self.is(at, Meaning::Counter).unwrap_or(at);
        let noun = self.token(noun_at).filter(|noun| noun.kind == Kind::Word);
        let stops = |noun: &Token| {
            let named =
                self.tongue == Tongue::English && self.slice(noun.start, noun.end).starts_with(char::is_uppercase);
            let verb = self.tongue == Tongue::English && self.slice(noun.start, noun.end).ends_with("ed");
            named
                || verb
                || self.is(noun_at, Meaning::Stop).is_some()
                || noun.glued && noun_at == at && noun.start == token.start && self.tongue == Tongue::English
        };
        // «997 للإسعاف» counts nothing either.
        let is_definite = |noun: &Token| {
            let word = self.slice(noun.start, noun.end);
            self.tongue == Tongue::Arabic && noun_at == at && (word.starts_with("ال") || word.starts_with("لل"))
        };
        match noun.filter(|noun| !stops(noun) && !is_definite(noun)) {
            Some(noun) if noun_at > at || !token.glued || self.is_arabic(token) => Some(Unit {
                kind: QuantityKind::Count,
                name: Some(self.slice(noun.start, noun.end).to_owned()),
                end: noun_at + 1,
            }),
            // The classifier itself is what is counted.
            _ if noun_at > at && self.tongue != Tongue::Arabic && self.tongue != Tongue::English => Some(Unit {
                kind: QuantityKind::Count,
                name: Some(self.slice(token.start, token.end).to_owned()),
                end: at + 1,
            }),
            _ if number.is_scaled() && !number.is_one => Some(Unit { kind: QuantityKind::Count, name: None, end: at }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(language: &str, text: &str) -> Option<(f64, Option<String>, Option<String>)> {
        let mut found = quantities(text, Some(language));
        assert!(found.len() < 2, "{text}: {found:?}");
        found.pop().map(|found| (found.value.unwrap(), found.unit, found.modifier))
    }

    #[test]
    fn numbers_with_what_they_count() {
        let some = |value: f64, unit: &str| Some((value, Some(unit.to_owned()), None));
        assert_eq!(one("ar", "أرسلت 13000 جندي إلى الجبهة"), some(13_000.0, "جندي"));
        assert_eq!(one("ar", "قدمت ١٢ مليون قذيفة"), some(12e6, "قذيفة"));
        assert_eq!(one("fa", "شش افسر کشته شدند"), some(6.0, "افسر"));
        let more = Some("more_than".to_owned());
        assert_eq!(one("ar", "منذ أكثر من عقدين من الزمن"), Some((2.0, Some("عقدين".to_owned()), more)));
        assert_eq!(quantities("۱/۵ میلیون نفر", Some("fa"))[0].alternatives, [200_000.0]);
        assert_eq!(one("ur", "ڈیڑھ ارب روپے کا منصوبہ"), some(1.5e9, "PKR"));
        assert_eq!(one("en", "It cost £3m to build"), some(3e6, "GBP"));
        assert_eq!(
            one("en", "about two dozen ships left"),
            Some((24.0, Some("ships".to_owned()), Some("about".to_owned())))
        );
    }

    #[test]
    fn numbers_that_count_nothing() {
        for (language, text) in [
            ("ar", "منذ أحداث 7 أكتوبر 2023 في المنطقة"),
            ("ar", "القناة 12 الإسرائيلية"),
            ("en", "a B-52 took off at 17:30"),
            ("en", "won 3-1 at home"),
            ("fa", "گروه ۲۰ در ریو"),
            ("fa", "چندین هزار سرباز در حال آموزش هستند"),
            ("ar", "بضعة آلاف جندي"),
            ("en", "several thousand troops"),
            ("de", "12 Soldaten"),
        ] {
            assert_eq!(one(language, text), None, "{text}");
        }
    }
}

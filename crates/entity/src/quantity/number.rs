//! Numbers in figures, words and both: the grammar of four languages.

use super::Reader;
use super::lexicon::Meaning;
use super::numeral::{self, Numeral};
use super::token::{Kind, Token};
use crate::phrases::Tongue;

/// A number as it is written.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) alternatives: Vec<f64>,
    /// The place behind it.
    pub(super) end: usize,
    /// It is the word for one, or begins like an article.
    pub(super) is_one: bool,
    /// The last scale in it, or one.
    pub(super) scale: f64,
}

impl Number {
    pub(super) fn is_scaled(&self) -> bool {
        self.scale > 1.0
    }
}

impl Reader<'_> {
    /// The number at a place: figures with their scales, words, or both; a `single` one has no conjunction inside.
    pub(super) fn number(&self, at: usize, single: bool) -> Option<Number> {
        let mut number = Number { value: 0.0, alternatives: Vec::new(), end: at, is_one: false, scale: 1.0 };
        let (mut total, mut current, mut last_scale) = (0.0, None::<f64>, f64::INFINITY);
        let mut less = 0.0;
        let mut words = 0;
        loop {
            let place = number.end;
            let place = if words > 0 { self.behind_and(place).unwrap_or(place) } else { place };
            let joined = place > number.end;
            let Some(token) = self.token(place) else { break };
            if token.kind == Kind::Digits {
                if current.is_some() || words > 0 && !((joined || self.tongue == Tongue::Urdu) && number.is_scaled()) {
                    break;
                }
                let (numeral, end) = self.figures(place)?;
                current = Some(numeral.value);
                // Behind another part («۲ میلیون و ۵/۳ هزار») a second reading would be one of the whole.
                number.alternatives = if total == 0.0 { numeral.alternatives } else { Vec::new() };
                number.end = end;
                words += 1;
                continue;
            }
            let clitic = token.clitic > 0;
            let Some((meaning, end)) = self.phrase(place, true, |meaning| match meaning {
                Meaning::Number(_)
                | Meaning::Times(_)
                | Meaning::Hundred
                | Meaning::Scale(_)
                | Meaning::Plus(_)
                | Meaning::Point
                | Meaning::Minus(_) => Some(meaning),
                _ => None,
            }) else {
                break;
            };
            // Arabic numbers go on with و, Persian and English ones with a word; without either only a scale may follow,
            // or what the language writes without.
            let is_joined = joined || clitic;
            if single && is_joined && words > 0 {
                break;
            }
            match meaning {
                Meaning::Number(value) => match current {
                    None => {
                        if words > 0
                            && number.is_scaled()
                            && !is_joined
                            && self.tongue != Tongue::Urdu
                            && self.tongue != Tongue::English
                        {
                            break;
                        }
                        current = Some(value);
                    }
                    Some(before) if adds(before, value, is_joined, self.tongue) => current = Some(before + value),
                    Some(_) => break,
                },
                Meaning::Times(value) => {
                    if current.is_some() {
                        break;
                    }
                    if value >= 1e6 {
                        (total, last_scale, number.scale) = (total + value, value / 2.0, value / 2.0);
                    } else {
                        current = Some(value);
                    }
                }
                Meaning::Hundred => {
                    let before = current.unwrap_or(1.0);
                    if before >= 100.0 {
                        break;
                    }
                    // «پونے چار سو»: a quarter of a hundred less.
                    current = Some((before - less) * 100.0);
                    less = 0.0;
                }
                Meaning::Scale(scale) => {
                    // «آلاف» alone is no number.
                    if words == 0 && self.is_plural(token) {
                        break;
                    }
                    if current.is_none() && words > 0 && !is_joined && total == 0.0 {
                        break;
                    }
                    // «مليون ونصف المليون»: the scale is named again.
                    if current.is_none() && scale == last_scale {
                        number.end = end;
                        continue;
                    }
                    if scale > last_scale && current.is_none() {
                        total *= scale;
                    } else {
                        total += (current.take().unwrap_or(1.0) - less) * scale;
                        number.alternatives.iter_mut().for_each(|value| *value *= scale);
                        less = 0.0;
                    }
                    (last_scale, number.scale) = (scale, scale);
                }
                Meaning::Plus(part) => match current {
                    // «یک و نیم», "three and a half"; then a scale may follow.
                    Some(before) if is_joined => current = Some(before + part),
                    Some(_) => break,
                    None if words > 0 && number.is_scaled() && is_joined => total += part * last_scale,
                    None if words > 0 => break,
                    // «نصف مليون», «سوا تین», «ساڑھے تین».
                    None => {
                        let (next, behind) = self.plus(end, part)?;
                        (current, words) = (Some(next), words + 1);
                        number.end = behind;
                        continue;
                    }
                },
                Meaning::Point => {
                    let (Some(before), Some(tenths)) = (current, self.number(end, true)) else { break };
                    let digits = if tenths.value >= 10.0 { 100.0 } else { 10.0 };
                    (current, number.end) = (Some(before + tenths.value / digits), tenths.end);
                    words += 1;
                    continue;
                }
                Meaning::Minus(part) => {
                    if words > 0 {
                        break;
                    }
                    less = part;
                }
                _ => break,
            }
            number.is_one = words == 0 && meaning == Meaning::Number(1.0);
            words += 1;
            number.end = end;
        }
        if words == 0 || number.end == at {
            return None;
        }
        number.is_one &= words == 1;
        number.value = total + current.unwrap_or(0.0) - less;
        (number.value > 0.0).then_some(number)
    }

    /// A part before a scale or a number: half a million, «سوا لاکھ» (1.25 lakh), «ساڑھے تین» (3.5).
    fn plus(&self, at: usize, part: f64) -> Option<(f64, usize)> {
        let is_scale = self
            .phrase(at, false, |meaning| matches!(meaning, Meaning::Scale(_) | Meaning::Hundred).then_some(()))
            .is_some();
        if is_scale {
            return Some((part_alone(part, self.tongue), at));
        }
        // «نصف ساعة», «نیم قرن», "half an hour"
        let article = usize::from(self.token(at).is_some_and(|token| {
            self.tongue == Tongue::English && matches!(self.slice(token.start, token.end), "a" | "an")
        }));
        if self.is(at + article, Meaning::Measure).is_some() {
            return Some((part_alone(part, self.tongue), at + article));
        }
        match self.tongue {
            Tongue::Urdu => {
                let (value, end) = self.phrase(at, false, |meaning| match meaning {
                    Meaning::Number(value) => Some(value),
                    _ => None,
                })?;
                Some((value + part, end))
            }
            Tongue::English => {
                // "half a million"
                let article = self.token(at).is_some_and(|token| self.slice(token.start, token.end) == "a");
                let scale = self.phrase(at + 1, false, |meaning| matches!(meaning, Meaning::Scale(_)).then_some(()));
                (article && scale.is_some()).then_some((part, at + 1))
            }
            _ => None,
        }
    }

    /// Figures, with groups of thousands that a space parts in Arabic, and the place behind them.
    fn figures(&self, at: usize) -> Option<(Numeral, usize)> {
        let token = self.token(at)?;
        let raw = self.slice(token.start, token.end);
        if self.tongue == Tongue::Arabic && (1..=3).contains(&raw.chars().count()) {
            let next = self.token(at + 1).filter(|next| next.kind == Kind::Digits && !next.glued);
            let group = next.map(|next| self.slice(next.start, next.end)).filter(|group| group.chars().count() == 3);
            if let Some(group) = group.filter(|group| group.chars().all(|c| numeral::digit(c).is_some())) {
                return Some((numeral::read(&format!("{raw}{group}"), self.tongue)?, at + 2));
            }
        }
        Some((numeral::read(raw, self.tongue)?, at + 1))
    }

    fn is_plural(&self, token: &Token) -> bool {
        let word = self.slice(token.start + token.clitic, token.end);
        self.tongue == Tongue::Arabic && matches!(word, "آلاف" | "الاف" | "ملايين" | "مليارات" | "بلايين" | "تريليونات")
    }

    /// The place behind a conjunction inside of a number.
    pub(super) fn behind_and(&self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        let text = self.slice(token.start, token.end);
        let joins = match self.tongue {
            Tongue::Arabic | Tongue::Persian => text == "و",
            Tongue::English => text == "and" || token.kind == Kind::Mark('-') && token.glued,
            Tongue::Urdu => false,
        };
        joins.then_some(at + 1)
    }
}

/// A part that stands before a unit or a scale: Urdu «سوا» is a quarter more than one.
fn part_alone(part: f64, tongue: Tongue) -> f64 {
    if tongue == Tongue::Urdu && part < 0.3 { 1.0 + part } else { part }
}

/// True if a number goes on: twenty-five, «خمسة وعشرون», «ثلاث عشرة», a hundred and five.
fn adds(before: f64, value: f64, joined: bool, tongue: Tongue) -> bool {
    let fits = value < 10.0 && before >= 20.0 && before % 10.0 == 0.0
        || value < 100.0 && before >= 100.0 && before % 100.0 == 0.0
        || (20.0..100.0).contains(&value) && before < 10.0 && tongue == Tongue::Arabic
        || (20.0..100.0).contains(&value) && before > 100.0 && before % 100.0 < 10.0 && tongue == Tongue::Arabic;
    let teen = tongue == Tongue::Arabic && value == 10.0 && (before % 100.0) < 10.0 && before % 100.0 >= 1.0;
    teen && !joined || fits && (joined || tongue == Tongue::Urdu || tongue == Tongue::English)
}

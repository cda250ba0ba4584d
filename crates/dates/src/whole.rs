//! A string that as a whole is a date.

use khabar_model::Calendar;
use khabar_text::Cut;

use crate::{
    clock::{Clock, clock_at},
    expression::{Stated, Year},
    key::Key,
    language::Language,
    lexicon::Meaning,
    machine::machine,
    reader::Reader,
    resolved::Resolved,
    running::dated_at,
};

/// No date is longer, with its label, weekday, time and its like in a second calendar (bytes).
const LONGEST: usize = 512;

/// The date that `raw` is as a whole: a `meta` content, a date line, the tail of a byline. Machine forms are tried
/// first, then prose.
///
/// A label (`تاریخ انتشار:`, `Published:`), a weekday, a time and the same day in a second calendar may stand around
/// it; any other word makes it `None`, and so does a date without its year, an impossible day, or two different days.
/// `language` is a tag such as `fa` or `ar-EG`; it decides what `1403/08/08` and `3/4/2024` mean.
#[must_use]
pub fn parse(raw: &str, language: Option<&str>) -> Option<Resolved> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > LONGEST {
        return None;
    }
    machine(raw).or_else(|| prose(raw, Language::from_tag(language)))
}

fn prose(raw: &str, language: Language) -> Option<Resolved> {
    let cut = Cut::new(raw);
    let key = Key::new(&cut, cut.pieces());
    let reader = Reader::new(&key, language, true);
    let mut dates: Vec<Stated> = Vec::new();
    let mut clock: Option<Clock> = None;
    let mut at = 0;
    while at < reader.len() {
        if let Some((stated, end)) = dated_at(&reader, at) {
            dates.push(stated);
            at = end;
        } else if let Some((time, end)) = clock_at(&reader, at) {
            // Two times are two dates, or something else.
            if clock.replace(time).is_some() {
                return None;
            }
            at = end;
        } else {
            at = around(&reader, at)?;
        }
    }
    one_day(dates, clock)
}

/// The position behind what may stand around a date.
fn around(reader: &Reader, at: usize) -> Option<usize> {
    let known = reader.phrase(at, |entry| {
        matches!(
            entry.meaning,
            Meaning::Label
                | Meaning::DayWord
                | Meaning::DayPart
                | Meaning::Weekday { .. }
                | Meaning::Clock
                | Meaning::Corresponds
                | Meaning::Utc
        )
        .then_some(())
    });
    match known {
        Some(((), end)) => Some(end),
        None if reader.is_word(at) || reader.is_number(at) => None,
        None => Some(at + 1),
    }
}

/// The one day that all dates are, from the most exact calendar.
fn one_day(mut dates: Vec<Stated>, clock: Option<Clock>) -> Option<Resolved> {
    let stated_clock = dates.iter().find_map(|date| date.clock.clone());
    if clock.is_some() && stated_clock.is_some() {
        return None;
    }
    let clock = stated_clock.or(clock);
    // The moon may have been seen a day earlier or later: a Hijri date yields to any other.
    dates.sort_by_key(|date| date.calendar == Calendar::Hijri);
    let mut resolved = dates.into_iter().map(|date| {
        let clock = if date.day.is_some() { clock.clone() } else { None };
        if matches!(date.year, Year::Number(_)) { Stated { clock, ..date }.resolve(None) } else { None }
    });
    let first = resolved.next()??;
    for other in resolved {
        let other = other?;
        let (day, other_day) = (first.day()?, other.day()?);
        let near = |from: &Option<String>, to: &Option<String>| {
            from.as_deref().is_some_and(|from| from <= day) && to.as_deref().is_some_and(|to| day <= to)
        };
        if day != other_day && !near(&other.earliest, &other.latest) {
            return None;
        }
    }
    Some(first)
}

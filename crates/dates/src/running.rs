//! Date expressions of a running text.

use jiff::civil::Date;
use khabar_model::{DateKind, DateMention, Span};
use khabar_text::Cut;

use crate::{
    clock::{clock_at, clock_behind},
    deixis::{Deixis, behind_day_parts, deixis_at, weekday_name},
    expression::{Stated, Year},
    key::Key,
    language::Language,
    lexicon::Meaning,
    numeric::{numeric_at, with_units_at},
    reader::Reader,
    resolved::Resolved,
    written::written_at,
};

/// All date expressions of a text, in text order; they do not overlap.
///
/// `language` is the tag of the text (`fa`, `prs`, `ar-EG`), `published` an ISO value of at least day precision. What
/// needs the publication date (`أمس`, and `13 أكتوبر`, whose year is the one that brings it nearest to it) has a value
/// only with it; what contradicts itself (`31 فبراير`, `أمس الأحد` on a Wednesday, a double name of two months) has
/// none at all. Spans are bytes of `text`; no expression runs over the end of a line.
#[must_use]
pub fn find(text: &str, language: Option<&str>, published: Option<&str>) -> Vec<DateMention<Span>> {
    find_in(&Cut::new(text), language, published)
}

/// The same of a text that is cut already.
#[must_use]
pub fn find_in(cut: &Cut<'_>, language: Option<&str>, published: Option<&str>) -> Vec<DateMention<Span>> {
    let text = cut.text();
    let language = Language::from_tag(language);
    let published = published.and_then(|value| value.get(..10)?.parse::<Date>().ok());
    let mut mentions = Vec::new();
    for line in cut.lines() {
        let key = Key::new(cut, line);
        let reader = Reader::new(&key, language, false);
        let mut at = 0;
        while at < reader.len() {
            let Some(found) = expression_at(&reader, at) else {
                at += 1;
                continue;
            };
            at = found.end;
            mentions.extend(found.mention(text, &reader, published));
        }
    }
    mentions
}

/// The first date of a text that is whole by itself, with year, month and day (and the time beside it), and its span
/// in bytes: for date lines, datelines and credits (`بتاريخ:2024-10-13 22:46:00`).
#[must_use]
pub fn first_absolute(text: &str, language: Option<&str>) -> Option<(Span, Resolved)> {
    let language = Language::from_tag(language);
    let cut = Cut::new(text);
    cut.lines().find_map(|line| {
        let key = Key::new(&cut, line);
        let reader = Reader::new(&key, language, false);
        let mut at = 0;
        while at < reader.len() {
            match dated_at(&reader, at) {
                Some((stated, end)) => {
                    let whole = stated.day.is_some() && matches!(stated.year, Year::Number(_));
                    if let Some(resolved) = stated.resolve(None).filter(|_| whole) {
                        return Some((reader.span(at, end)?, resolved));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        None
    })
}

/// An expression and the tokens that it covers.
struct Found {
    what: What,
    start: usize,
    end: usize,
}

enum What {
    Stated(Stated),
    Deixis(Deixis),
}

impl Found {
    fn mention(self, text: &str, reader: &Reader, published: Option<Date>) -> Option<DateMention<Span>> {
        let span = reader.span(self.start, self.end)?;
        let (resolved, precision, kind, calendar) = match &self.what {
            What::Stated(stated) => (stated.resolve(published), stated.precision(), stated.kind(), stated.calendar),
            What::Deixis(deixis) => {
                let resolved = published.and_then(|published| deixis.resolve(published));
                (resolved, deixis.precision(), DateKind::Relative, deixis.calendar())
            }
        };
        let (value, earliest, latest) = match resolved {
            Some(resolved) => (Some(resolved.value), resolved.earliest, resolved.latest),
            None => (None, None, None),
        };
        let text = span.of(text)?.to_owned();
        Some(DateMention { span, text, value, precision, kind, calendar, earliest, latest })
    }
}

fn expression_at(reader: &Reader, at: usize) -> Option<Found> {
    if !reader.may_begin(at) {
        return None;
    }
    if let Some((stated, end)) = dated_at(reader, at) {
        return Some(Found { what: What::Stated(stated), start: at, end });
    }
    let (deixis, end) = deixis_at(reader, at)?;
    Some(Found { what: What::Deixis(deixis), start: at, end })
}

/// The date at `at` with the weekday before it and the time beside it, and the position behind all of them.
pub(crate) fn dated_at(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    if let Some((clock, next)) = clock_at(reader, at) {
        let next = next + usize::from(reader.is_mark(next, "-,|"));
        let (stated, end) = date_at(reader, next)?;
        return Some((Stated { clock: Some(clock), ..stated }, end)).filter(|(stated, _)| stated.day.is_some());
    }
    let (mut stated, mut end) = date_at(reader, at)?;
    if stated.day.is_some()
        && let Some((clock, behind)) = clock_behind(reader, end)
    {
        (stated.clock, end) = (Some(clock), behind);
    }
    Some((stated, end))
}

/// The date at `at` with the weekday before it.
fn date_at(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let plain = |at| numeric_at(reader, at).or_else(|| with_units_at(reader, at)).or_else(|| written_at(reader, at));
    let Some((weekday, _, end)) = weekday_name(reader, behind_day_parts(reader, at)) else { return plain(at) };
    let mut next = end + usize::from(reader.is_mark(end, ",-."));
    next = reader.skip(next, Meaning::Corresponds);
    let opened = reader.is_mark(next, "(");
    let (stated, end) = plain(next + usize::from(opened)).filter(|(stated, _)| stated.day.is_some())?;
    if opened && !reader.is_mark(end, ")") {
        return None;
    }
    Some((Stated { weekday: Some(weekday), ..stated }, end + usize::from(opened)))
}

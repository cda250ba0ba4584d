//! Dates in numbers: `2024-10-14`, `14/10/2024`, `۱۴۰۳/۰۸/۰۸`, `26/4/1446هـ`.

use khabar_model::Calendar;

use crate::{
    calendar::to_gregorian,
    clock::clock_at,
    expression::{Stated, Year},
    language::Language,
    lexicon::Meaning,
    reader::Reader,
};

/// The date in numbers at `at`, and the position behind it. Days that do not exist are no date: any three numbers may
/// stand like this.
pub(crate) fn numeric_at(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let first = reader.number(at, 1..=4)?;
    let mark = reader.get(at + 1).filter(|_| reader.is_mark(at + 1, "/-."))?.text;
    let same_mark = reader.is_mark(at + 3, mark);
    let glued = (at + 1..at + 5).filter(|part| reader.is_glued(*part)).count();
    // Alone on a line, the parts may stand apart.
    if !same_mark || !(glued == 4 || (reader.alone && glued == 0)) || is_part_of_more(reader, at) {
        return None;
    }
    let (second, third) = (reader.number(at + 2, 1..=2)?, reader.number(at + 4, 1..=4)?);
    let digits = |part: usize| reader.get(part).map_or(0, |token| token.text.len());
    let lengths = (digits(at), digits(at + 2), digits(at + 4));
    let mut conflict = false;
    let (year, month, day) = match lengths {
        (4, _, 1..=2) => (first, second, third),
        (1..=2, _, 4) => {
            let day_first = mark == "." || reader.language.day_first() || reader.is_arabic_script() || first == second;
            let month_first = reader.language == Language::American && mark != "." && first <= 12;
            conflict = !day_first && !month_first && first <= 12 && second <= 12;
            if second > 12 || month_first { (third, first, second) } else { (third, second, first) }
        }
        (1..=2, _, 1..=2) if reader.language == Language::Persian && mark == "/" => {
            // A year beyond any day is clear; 1400 to 1410 only with all zeros written, and nothing else on the line.
            match (first, third) {
                (32.., ..=31) => (1300 + first, second, third),
                (..=31, 32..) => (1300 + third, second, first),
                (..=10, ..=31) if reader.alone && lengths == (2, 2, 2) => (1400 + first, second, third),
                _ => return None,
            }
        }
        // "31.10.23" of German, Russian and others; versions and scores have no zeros in front.
        (2, 2, 2) if mark == "." && reader.language != Language::Persian && !reader.is_arabic_script() => {
            (if third < 70 { 2000 } else { 1900 } + third, second, first)
        }
        _ => return None,
    };
    let end = at + 5;
    let (calendar, end) = match era_at(reader, end) {
        Some((calendar, behind)) => (calendar, behind),
        None => (calendar_of_year(year, reader.language)?, end),
    };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    to_gregorian(calendar, year, month, day)?;
    let year = Year::Number(year);
    Some((Stated { calendar, year, month: Some(month), day: Some(day), weekday: None, clock: None, conflict }, end))
}

/// `2024年10月14日`, `2024년 10월 14일`: every number has its unit behind it.
pub(crate) fn with_units_at(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let unit = |at: usize, units: &[&str]| {
        let token = reader.get(at).filter(|_| reader.is_word(at))?;
        units.iter().any(|unit| token.text.starts_with(unit)).then_some(at + 1)
    };
    let year = reader.number(at, 4..=4)?;
    let next = unit(at + 1, &["年", "년"])?;
    let month = reader.number(next, 1..=2)?;
    let next = unit(next + 1, &["月", "월"])?;
    let day = reader.number(next, 1..=2)?;
    let end = unit(next + 1, &["日", "일"])?;
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    to_gregorian(Calendar::Gregorian, year, month, day)?;
    let (year, month, day) = (Year::Number(year), Some(month), Some(day));
    Some((Stated { calendar: Calendar::Gregorian, year, month, day, weekday: None, clock: None, conflict: false }, end))
}

/// The calendar that is named behind a year: `هـ`, `(ش)`, `م`.
pub(crate) fn era_at(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    let opened = reader.is_mark(at, "([");
    let (calendar, end) = reader.phrase(at + usize::from(opened), |entry| match entry.meaning {
        Meaning::Era(calendar) => Some(calendar),
        _ => None,
    })?;
    match (opened, reader.is_mark(end, ")]")) {
        (true, true) => Some((calendar, end + 1)),
        (true, false) => None,
        (false, _) => Some((calendar, end)),
    }
}

/// The calendar of a bare year. 1300-1410 is solar in Persian and Pashto, lunar in Arabic and Urdu; up to 1460 it is
/// lunar everywhere, as the solar year is still to come. Where the language is unknown, news is solar from 1380 on:
/// the lunar years up to 1410 are before the web.
pub(crate) fn calendar_of_year(year: i32, language: Language) -> Option<Calendar> {
    match (year, language) {
        (1800..=2150, _) => Some(Calendar::Gregorian),
        (_, Language::English | Language::American | Language::British | Language::Other) => None,
        (1300..=1410, Language::Persian | Language::Pashto) | (1380..=1410, Language::Unknown) => {
            Some(Calendar::Jalali)
        }
        (1300..=1410, Language::Arabic | Language::Urdu) | (1411..=1460, _) => Some(Calendar::Hijri),
        _ => None,
    }
}

/// True if the five tokens at `at` are a part of something longer: of a path, a number, an identifier.
fn is_part_of_more(reader: &Reader, at: usize) -> bool {
    let latin = |part: usize| {
        reader.get(part).is_some_and(|token| token.text.starts_with(|letter: char| letter.is_ascii_alphabetic()))
    };
    if reader.is_glued(at)
        && let Some(before) = at.checked_sub(1)
        && (reader.is_tail_of_number(at) || latin(before) || reader.is_mark(before, "/-._=\\+&?%#@~"))
    {
        return true;
    }
    let end = at + 5;
    if !reader.is_glued(end) {
        return false;
    }
    if latin(end) {
        let joins_time = reader.get(end).is_some_and(|token| token.text == "t") && clock_at(reader, end + 1).is_some();
        return !joins_time;
    }
    let goes_on = reader.is_mark(end, "/-._=\\&@:,") && reader.is_glued(end + 1);
    goes_on && (reader.is_number(end + 1) || latin(end + 1)) && clock_at(reader, end + 1).is_none()
}

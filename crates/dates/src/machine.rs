//! Dates that machines write: ISO 8601 and its kin, RFC 2822.

use jiff::{
    civil::Date,
    fmt::{
        rfc2822,
        temporal::{Pieces, PiecesOffset},
    },
    tz::Offset,
};
use khabar_model::{Calendar, Precision};

use crate::resolved::Resolved;

/// A machine's date that is the whole of `raw`; `None` for every other string, and for years that are not those of a
/// web page in the Gregorian calendar (`1403-08-08`, `0001-01-01`).
pub(crate) fn machine(raw: &str) -> Option<Resolved> {
    if !raw.is_ascii() {
        return None;
    }
    let resolved = iso(raw).or_else(|| rfc_2822(raw)).or_else(|| reduced(raw)).or_else(|| day_of(raw))?;
    let year: i32 = resolved.value.get(..4)?.parse().ok()?;
    (1800..=2150).contains(&year).then_some(resolved)
}

fn iso(raw: &str) -> Option<Resolved> {
    let pieces = Pieces::parse(raw).ok()?;
    let Some(time) = pieces.time() else {
        return Some(gregorian(pieces.date().to_string(), Precision::Day));
    };
    let behind_date = raw.split_once(['T', 't', ' ']).map_or("", |(_, time)| time);
    let clock = behind_date.split(['Z', 'z', '+', '-', '[']).next().unwrap_or_default();
    let seconds = clock.bytes().filter(u8::is_ascii_digit).count() >= 6;
    let offset = match pieces.offset() {
        None => String::new(),
        Some(PiecesOffset::Zulu) => "Z".to_owned(),
        Some(PiecesOffset::Numeric(numeric)) => minutes(numeric.offset()),
        Some(_) => return None,
    };
    Some(moment(pieces.date(), time, seconds, &offset))
}

/// The day of a time that is no time: `2022-01-10T22:06:08:684Z`, `2022-01-10T24:61`.
fn day_of(raw: &str) -> Option<Resolved> {
    let (day, time) = raw.split_once('T')?;
    let is_time = time.len() >= 4 && time.bytes().all(|byte| byte.is_ascii_digit() || b":.+-Zz".contains(&byte));
    let pieces = Pieces::parse(day).ok().filter(|pieces| is_time && pieces.time().is_none())?;
    Some(gregorian(pieces.date().to_string(), Precision::Day))
}

/// `Mon, 14 Oct 2024 14:23:00 +0300`. The weekday is not checked: the numbers are what the program meant.
fn rfc_2822(raw: &str) -> Option<Resolved> {
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(raw).ok()?;
    let seconds = raw.bytes().filter(|byte| *byte == b':').count() >= 2;
    let numeric = raw.contains(['+', '-']);
    let offset = if zoned.offset() == Offset::UTC && !numeric { "Z".to_owned() } else { minutes(zoned.offset()) };
    Some(moment(zoned.date(), zoned.time(), seconds, &offset))
}

/// A year or a year and month: `2024`, `2024-10`, `2024/10`.
fn reduced(raw: &str) -> Option<Resolved> {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    match raw.split_once(['-', '/']) {
        None if digits(raw, 4) => Some(gregorian(raw.to_owned(), Precision::Year)),
        Some((year, month)) if digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month) => {
            Some(gregorian(format!("{year}-{month}"), Precision::Month))
        }
        _ => None,
    }
}

fn moment(date: Date, time: jiff::civil::Time, seconds: bool, offset: &str) -> Resolved {
    let (hour, minute) = (time.hour(), time.minute());
    if seconds {
        gregorian(format!("{date}T{hour:02}:{minute:02}:{:02}{offset}", time.second()), Precision::Second)
    } else {
        gregorian(format!("{date}T{hour:02}:{minute:02}{offset}"), Precision::Minute)
    }
}

fn minutes(offset: Offset) -> String {
    let total = offset.seconds() / 60;
    let sign = if total < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", total.abs() / 60, total.abs() % 60)
}

fn gregorian(value: String, precision: Precision) -> Resolved {
    Resolved { value, precision, calendar: Calendar::Gregorian, earliest: None, latest: None }
}

//! The time of day beside a date.

use std::fmt;

use crate::{lexicon::Meaning, reader::Reader};

/// A time of day, as far as it is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    hour: i32,
    minute: i32,
    pub(crate) second: Option<i32>,
    /// Minutes east of Greenwich, where stated.
    offset: Option<Offset>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offset {
    Zulu,
    Minutes(i32),
}

/// What follows the day in an ISO value: `T14:23`, `T14:23:05+03:00`.
impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "T{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(out, ":{second:02}")?;
        }
        match self.offset {
            None => Ok(()),
            Some(Offset::Zulu) => out.write_str("Z"),
            Some(Offset::Minutes(minutes)) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(out, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

/// The time at `at`, with what says morning, afternoon or zone behind it.
pub(crate) fn clock_at(reader: &Reader, at: usize) -> Option<(Clock, usize)> {
    read(reader, at, false, ":")
}

/// The time behind a date that ends at `at`: `T14:23`, `14:23`, `- ساعت ۱۴:۲۳`, `(14:23)`.
pub(crate) fn clock_behind(reader: &Reader, at: usize) -> Option<(Clock, usize)> {
    let joined = reader.get(at).is_some_and(|token| token.text == "t" && token.glued) && reader.is_glued(at + 1);
    if joined {
        return read(reader, at + 1, true, ":");
    }
    let mut start = at;
    while start < at + 2 && reader.is_mark(start, "-,|@·•/") {
        start += 1;
    }
    let opened = reader.is_mark(start, "([");
    start += usize::from(opened);
    let told = reader.word(start, Meaning::Clock);
    // Behind a date, a dot or an "h" between two numbers is a time where a word or the whole line says so: "kl. 10.20".
    let marks = if told.is_some() || reader.alone || start > at { ":.h" } else { ":h" };
    let (clock, end) = read(reader, told.unwrap_or(start), false, marks)?;
    match (opened, reader.is_mark(end, ")]")) {
        (true, true) => Some((clock, end + 1)),
        (true, false) => None,
        (false, _) => Some((clock, end)),
    }
}

fn read(reader: &Reader, at: usize, joined: bool, marks: &str) -> Option<(Clock, usize)> {
    let mut hour = reader.number(at, 1..=2)?;
    if reader.is_tail_of_number(at) {
        return None;
    }
    let minute = part(reader, at + 1, marks).filter(|minute| *minute < 60)?;
    let mut end = at + 3;
    let second = part(reader, end, ":");
    if second.is_some() {
        end += 2;
        if reader.is_mark(end, ".") && reader.is_glued(end) && reader.is_glued(end + 1) && reader.is_number(end + 1) {
            end += 2;
        }
    }
    let goes_on =
        reader.is_mark(end, ":/.") && reader.is_glued(end) && reader.is_glued(end + 1) && reader.is_number(end + 1);
    if hour > 23 || second.is_some_and(|second| second > 59) || goes_on {
        return None;
    }
    if let Some(behind) = reader.word(end, Meaning::Pm).filter(|_| hour <= 12) {
        hour = if hour == 12 { 12 } else { hour + 12 };
        end = behind;
    } else if let Some(behind) = reader.word(end, Meaning::Am).filter(|_| hour <= 12) {
        hour %= 12;
        end = behind;
    }
    let offset = offset(reader, end, joined || second.is_some());
    let end = offset.map_or(end, |(_, behind)| behind);
    Some((Clock { hour, minute, second, offset: offset.map(|(offset, _)| offset) }, end))
}

/// The two digits behind a mark at `at`, all of it without a space.
fn part(reader: &Reader, at: usize, mark: &str) -> Option<i32> {
    let parted =
        reader.is_mark(at, mark) || mark.contains('h') && reader.get(at).is_some_and(|token| token.text == "h");
    if parted && reader.is_glued(at) && reader.is_glued(at + 1) { reader.number(at + 1, 2..=2) } else { None }
}

/// `Z`, `GMT`, `GMT+3`, `+0300`; `+03:00` only where `sure`, as `10:00-12:00` is a range.
fn offset(reader: &Reader, at: usize, sure: bool) -> Option<(Offset, usize)> {
    if reader.is_mark(at, "(") {
        let (found, end) = named_offset(reader, at + 1)?;
        return reader.is_mark(end, ")").then_some((found, end + 1));
    }
    if let Some(found) = named_offset(reader, at) {
        return Some(found);
    }
    let sign = sign(reader, at)?;
    if !reader.is_glued(at + 1) {
        return None;
    }
    let (hours, minutes, end) = match reader.number(at + 1, 4..=4) {
        Some(digits) => (digits / 100, digits % 100, at + 2),
        None if sure => (reader.number(at + 1, 2..=2)?, part(reader, at + 2, ":")?, at + 4),
        None => return None,
    };
    if hours <= 14 && minutes < 60 { Some((Offset::Minutes(sign * (hours * 60 + minutes)), end)) } else { None }
}

/// `GMT`, `GMT+3`, `بتوقيت مكة`.
fn named_offset(reader: &Reader, at: usize) -> Option<(Offset, usize)> {
    if let Some(end) = reader.word(at, Meaning::Utc) {
        let sign = sign(reader, end);
        return Some(match (sign, reader.number(end + 1, 1..=2).filter(|hours| *hours <= 14)) {
            (Some(sign), Some(hours)) => (Offset::Minutes(sign * hours * 60), end + 2),
            _ => (Offset::Zulu, end),
        });
    }
    reader.phrase(at, |entry| match entry.meaning {
        Meaning::Zone(minutes) => Some(Offset::Minutes(minutes)),
        _ => None,
    })
}

fn sign(reader: &Reader, at: usize) -> Option<i32> {
    if reader.is_mark(at, "+") {
        Some(1)
    } else if reader.is_mark(at, "-") {
        Some(-1)
    } else {
        None
    }
}

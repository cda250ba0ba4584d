//! Expressions that point from the publication day: `أمس`, `روز یکشنبه`, `last month`, `دو روز پیش`.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use khabar_model::{Calendar, Precision};

use crate::{
    calendar::from_gregorian,
    expression::period_resolved,
    lexicon::{Guarded, Meaning, Turn},
    reader::Reader,
    resolved::Resolved,
    written::{turn_before, turn_behind},
};

/// What is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deixis {
    /// A day so many days after the publication's, which must be this ISO weekday where one is named.
    Day {
        offset: i32,
        weekday: Option<i8>,
    },
    /// The last such weekday up to the publication day; with a turn the one strictly before or after it.
    Weekday {
        weekday: i8,
        turn: Option<Turn>,
    },
    /// The weekday in the last, this or the next week, of a week that begins on Saturday.
    WeekdayOfWeek {
        weekday: i8,
        turn: Turn,
    },
    /// A weekday of a week that does not begin everywhere on the same day.
    Unclear,
    Month {
        calendar: Calendar,
        offset: i32,
    },
    Year {
        calendar: Calendar,
        offset: i32,
    },
}

impl Deixis {
    pub(crate) fn precision(self) -> Precision {
        match self {
            Self::Month { .. } => Precision::Month,
            Self::Year { .. } => Precision::Year,
            _ => Precision::Day,
        }
    }

    pub(crate) fn calendar(self) -> Calendar {
        match self {
            Self::Month { calendar, .. } | Self::Year { calendar, .. } => calendar,
            _ => Calendar::Gregorian,
        }
    }

    pub(crate) fn resolve(self, published: Date) -> Option<Resolved> {
        match self {
            Self::Day { offset, weekday } => {
                let date = published.checked_add(offset.days()).ok()?;
                let agrees = |date: &Date| weekday.is_none_or(|day| date.weekday().to_monday_one_offset() == day);
                // A publication past midnight, or in another time zone: the weekday is sure, and both days are possible.
                let near = |by: i32| date.checked_add(by.days()).ok().filter(agrees).map(|date| (date, by));
                let (date, by) = near(0).or_else(|| near(-1)).or_else(|| near(1))?;
                day(date, (-by).min(0), (-by).max(0))
            }
            Self::Weekday { weekday, turn } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                match turn {
                    // "Last Sunday" said on a Friday may skip a week, and so may "next Sunday".
                    Some(Turn::Past) => day(published.nth_weekday(-1, weekday).ok()?, -7, 0),
                    Some(Turn::Future) => day(published.nth_weekday(1, weekday).ok()?, 0, 7),
                    Some(Turn::Current) | None if published.weekday() == weekday => day(published, 0, 0),
                    Some(Turn::Current) | None => day(published.nth_weekday(-1, weekday).ok()?, 0, 0),
                }
            }
            Self::WeekdayOfWeek { weekday, turn } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                let saturday = published.tomorrow().ok()?.nth_weekday(-1, Weekday::Saturday).ok()?;
                let weeks = match turn {
                    Turn::Past => -1,
                    Turn::Current => 0,
                    Turn::Future => 1,
                };
                let into = i32::from(weekday.since(Weekday::Saturday));
                day(saturday.checked_add((weeks * 7 + into).days()).ok()?, 0, 0)
            }
            Self::Unclear => None,
            Self::Month { calendar, offset } => {
                let (year, month, _) = from_gregorian(calendar, published)?;
                let months = year * 12 + i32::from(month) - 1 + offset;
                let month = u8::try_from(months.rem_euclid(12)).ok()? + 1;
                period_resolved(calendar, months.div_euclid(12), Some(month))
            }
            Self::Year { calendar, offset } => {
                period_resolved(calendar, from_gregorian(calendar, published)?.0 + offset, None)
            }
        }
    }
}

/// A day that may also be one so many days earlier or later.
fn day(date: Date, earlier: i32, later: i32) -> Option<Resolved> {
    let interval = earlier != 0 || later != 0;
    let at = |by: i32| -> Option<Option<String>> {
        if interval { Some(Some(date.checked_add(by.days()).ok()?.to_string())) } else { Some(None) }
    };
    Some(Resolved {
        value: date.to_string(),
        precision: Precision::Day,
        calendar: Calendar::Gregorian,
        earliest: at(earlier)?,
        latest: at(later)?,
    })
}

/// The expression at `at`: what it points at, and the position behind it.
pub(crate) fn deixis_at(reader: &Reader, at: usize) -> Option<(Deixis, usize)> {
    days_ago(reader, at).or_else(|| period(reader, at)).or_else(|| day_word(reader, at)).or_else(|| weekday(reader, at))
}

/// `قبل 3 أيام`, `دو روز پیش`, `3 days ago`; not "3 days before the vote".
fn days_ago(reader: &Reader, at: usize) -> Option<(Deixis, usize)> {
    let days_at = |at: usize| {
        let (number, next) = count_at(reader, at)?;
        Some((number, reader.word(next, Meaning::Days)?))
    };
    let (number, end) = if let Some(next) = reader.word(at, Meaning::AgoFirst) {
        match reader.word(next, Meaning::TwoDays) {
            Some(end) => (2, end),
            None => days_at(next)?,
        }
    } else {
        let (number, next) = days_at(at)?;
        (number, reader.word(next, Meaning::Ago)?)
    };
    let before_an_event = reader.get(end).is_some_and(|token| matches!(token.text, "من" | "از"));
    if before_an_event { None } else { Some((Deixis::Day { offset: -number, weekday: None }, end)) }
}

fn count_at(reader: &Reader, at: usize) -> Option<(i32, usize)> {
    let digits = reader.number(at, 1..=3).filter(|_| !reader.is_tail_of_number(at)).map(|number| (number, at + 1));
    digits.or_else(|| {
        reader.phrase(at, |entry| match entry.meaning {
            Meaning::Cardinal(number) => Some(i32::from(number)),
            _ => None,
        })
    })
}

/// `الشهر الماضي`, `سال جاری`; not "ten years past".
fn period(reader: &Reader, at: usize) -> Option<(Deixis, usize)> {
    let ((meaning, persian), end) = reader.phrase(at, |entry| match entry.meaning {
        Meaning::Year(_) | Meaning::MonthOffset(_) => Some((entry.meaning, entry.languages.are_persian())),
        _ => None,
    })?;
    if is_counted(reader, at)
        || reader.guarded_before(at, Guarded::Period)
        || reader.guarded_behind(end, Guarded::Period)
    {
        return None;
    }
    let era = crate::numeric::era_at(reader, end);
    let calendar = match era {
        Some((calendar, _)) => calendar,
        None if persian => Calendar::Jalali,
        None => Calendar::Gregorian,
    };
    let deixis = match meaning {
        Meaning::Year(offset) => Deixis::Year { calendar, offset },
        Meaning::MonthOffset(offset) => Deixis::Month { calendar, offset },
        _ => return None,
    };
    Some((deixis, era.map_or(end, |(_, behind)| behind)))
}

/// `أمس`, `صباح اليوم`, `دیروز (شنبه)`.
fn day_word(reader: &Reader, at: usize) -> Option<(Deixis, usize)> {
    // «روز گذشته» is a day word that begins like «روز یکشنبه».
    let (start, (offset, mut end)) = match day_offset(reader, at) {
        Some(found) => (at, found),
        None => {
            let start = behind_day_parts(reader, at);
            (start, day_offset(reader, start)?)
        }
    };
    let opened = reader.is_mark(end, "(");
    let mut weekday = weekday_name(reader, end + usize::from(opened || reader.is_mark(end, ",")));
    if opened {
        weekday =
            weekday.filter(|(.., behind)| reader.is_mark(*behind, ")")).map(|(day, _, behind)| (day, true, behind + 1));
    }
    if let Some((.., behind)) = weekday {
        end = behind;
    }
    let today = reader.word(start, Meaning::Today).is_some();
    let sure = start > at || weekday.is_some();
    let another = if today {
        !sure && is_nowadays(reader, at, end)
    } else {
        is_counted(reader, at) || reader.guarded_before(at, Guarded::Day)
    };
    if another { None } else { Some((Deixis::Day { offset, weekday: weekday.map(|(day, ..)| day) }, end)) }
}

fn day_offset(reader: &Reader, at: usize) -> Option<(i32, usize)> {
    reader.phrase(at, |entry| match entry.meaning {
        Meaning::Day(offset) => Some(offset),
        Meaning::Today => Some(0),
        _ => None,
    })
}

/// "Today" as a noun, as "nowadays", or as the name of a newspaper.
fn is_nowadays(reader: &Reader, at: usize, end: usize) -> bool {
    let definite = |at: usize| reader.get(at).is_some_and(|token| token.text.starts_with("ال") && token.text.len() > 6);
    let before = at.checked_sub(1);
    reader.guarded_before(at, Guarded::Today)
        || reader.guarded_behind(end, Guarded::Today)
        || (reader.get(at).is_some_and(|token| token.text.starts_with("ال"))
            && (before.is_some_and(definite) || definite(end)))
        || (reader.is_capitalised(at) && before.is_some_and(|before| reader.is_word(before)))
}

/// `يوم الأحد`, `الأحد الماضي`, `یکشنبه هفته گذشته`, `اتوار کے روز`, `on Sunday`.
fn weekday(reader: &Reader, at: usize) -> Option<(Deixis, usize)> {
    let turn = turn_before(reader, at);
    let name_at = match turn {
        Some((_, end)) => end,
        None => behind_day_parts(reader, at),
    };
    let (weekday, bare, mut end) = weekday_name(reader, name_at)?;
    let on = at.checked_sub(1).is_some_and(|before| reader.word(before, Meaning::On).is_some());
    let introduced = name_at > at || on;
    let tail = reader.word(end, Meaning::DayTail);
    if !(bare || introduced || tail.is_some())
        || reader.guarded_behind(end, Guarded::Weekday)
        || reader.guarded_before(name_at, Guarded::Weekday)
        || reader.guarded_before(list_head(reader, name_at), Guarded::Weekday)
        || is_habit(reader, at)
        || is_counted(reader, name_at)
        || (!introduced && is_english_name(reader, name_at, end))
    {
        return None;
    }
    end = tail.unwrap_or(end);
    if let Some((turn, _)) = turn {
        return Some((Deixis::Weekday { weekday, turn: Some(turn) }, end));
    }
    let until = at.checked_sub(1).is_some_and(|before| reader.word(before, Meaning::Until).is_some());
    match which_at(reader, end) {
        Some((which, end)) => Some((which.of(weekday), end)),
        // «یکشنبه، دوشنبه و سه‌شنبه هفته جاری»: the week is that of all of them.
        None => {
            let shared = which_at(reader, behind_list(reader, end)).map(|(which, _)| which.of(weekday));
            let last = if until { Deixis::Unclear } else { Deixis::Weekday { weekday, turn: None } };
            Some((shared.unwrap_or(last), end))
        }
    }
}

/// Which of the days of one name.
enum Which {
    Turn(Turn),
    Week(Turn),
    Unclear,
}

impl Which {
    fn of(self, weekday: i8) -> Deixis {
        match self {
            Self::Turn(turn) => Deixis::Weekday { weekday, turn: Some(turn) },
            Self::Week(turn) => Deixis::WeekdayOfWeek { weekday, turn },
            Self::Unclear => Deixis::Unclear,
        }
    }
}

fn which_at(reader: &Reader, at: usize) -> Option<(Which, usize)> {
    let week = reader.phrase(at, |entry| match entry.meaning {
        Meaning::Week(turn) => Some(Which::Week(turn)),
        Meaning::WeekUnclear => Some(Which::Unclear),
        _ => None,
    });
    week.or_else(|| turn_behind(reader, at).map(|(turn, end)| (Which::Turn(turn), end)))
}

/// The position behind the weekdays that follow in a list, at most six.
fn behind_list(reader: &Reader, mut at: usize) -> usize {
    for _ in 0..6 {
        let next = if reader.joins_list(at) { at + 1 } else { at };
        if next == at && !reader.has_conjunction(at) {
            break;
        }
        match weekday_name(reader, behind_day_parts(reader, next)) {
            Some((.., end)) => at = end,
            None => break,
        }
    }
    at
}

/// The first token of the list of weekdays that `at` stands in: «روزهای یکشنبه و سه‌شنبه».
fn list_head(reader: &Reader, at: usize) -> usize {
    let mut head = at;
    for start in (at.saturating_sub(20)..at).rev() {
        match weekday_name(reader, start) {
            Some((.., end)) if end == head || (end + 1 == head && reader.joins_list(end)) => head = start,
            _ if head - start > 3 => break,
            _ => {}
        }
    }
    head
}

/// A weekday's name: ISO number, whether it is one without more words, and the position behind it.
pub(crate) fn weekday_name(reader: &Reader, at: usize) -> Option<(i8, bool, usize)> {
    let ((weekday, bare, languages), end) = reader.phrase(at, |entry| match entry.meaning {
        Meaning::Weekday { weekday, bare } => Some((weekday, bare, entry.languages)),
        _ => None,
    })?;
    // «شنبه» of «سه شنبه» is no name.
    let is_tail = at.checked_sub(1).is_some_and(|before| {
        let longer = reader.phrase(before, |entry| matches!(entry.meaning, Meaning::Weekday { .. }).then_some(()));
        longer.is_some_and(|((), behind)| behind == end)
    });
    let in_sentence = || at.checked_sub(1).is_some_and(|before| reader.is_word(before));
    let miscased = languages.are_capitalised() && !reader.is_capitalised(at)
        || languages.are_small() && in_sentence() && reader.is_capitalised(at);
    if is_tail || !reader.alone && miscased { None } else { Some((weekday, bare, end)) }
}

/// "Every Sunday", «كل يوم أحد».
fn is_habit(reader: &Reader, at: usize) -> bool {
    let every = |at: usize| reader.word(at, Meaning::Every).is_some();
    let day = |at: usize| reader.word(at, Meaning::DayWord).is_some();
    match (at.checked_sub(1), at.checked_sub(2)) {
        (Some(before), Some(first)) => every(before) || (day(before) && every(first)),
        (Some(before), None) => every(before),
        (None, _) => false,
    }
}

/// An English weekday without "on", abbreviated or in a name.
fn is_english_name(reader: &Reader, at: usize, end: usize) -> bool {
    reader.is_capitalised(at)
        && (reader.get(at).is_some_and(|token| token.text.len() < 6)
            || reader.is_capitalised(end)
            || at.checked_sub(1).is_some_and(|before| reader.is_capitalised(before)))
}

/// The position behind up to two words such as "day" or "evening of".
pub(crate) fn behind_day_parts(reader: &Reader, at: usize) -> usize {
    let step = |at: usize| reader.word(at, Meaning::DayPart).or_else(|| reader.word(at, Meaning::DayWord));
    match step(at) {
        Some(next) => step(next).unwrap_or(next),
        None => at,
    }
}

fn is_counted(reader: &Reader, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| reader.is_number(before))
}

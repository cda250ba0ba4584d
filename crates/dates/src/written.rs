//! Dates with a month name: `14 تشرين الأول/أكتوبر 2024`, `هشتم آبان‌ماه سال جاری`, `October 14, 2024`.

use khabar_model::Calendar;

use crate::{
    calendar::plausible_year,
    expression::{Stated, Year},
    language::Language,
    lexicon::{Guarded, Meaning, MonthName, Turn},
    numeric::{calendar_of_year, era_at},
    reader::Reader,
};

/// The date with a month name, or the year with its word, at `at`, and the position behind it.
pub(crate) fn written_at(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let (stated, end) = day_first(reader, at)
        .or_else(|| year_first(reader, at))
        .or_else(|| month_first(reader, at))
        .or_else(|| month_and_year(reader, at))
        .or_else(|| year_alone(reader, at))?;
    Some((stated, end))
}

/// A month as it is written: one name, or two for the same month.
struct Month {
    name: MonthName,
    /// Read in every language, so that a text of unknown language is enough.
    shared: bool,
    english: bool,
    /// Of a language whose short names mean many other things.
    likely: bool,
    /// The word "month" stands beside it, or a second name.
    sure: bool,
    conflict: bool,
    end: usize,
}

/// The year behind day and month.
struct YearPart {
    year: Year,
    conflict: bool,
    end: usize,
}

/// `14 أكتوبر 2024`, `14-Oct-2024`, `العاشر من أكتوبر`, `هشتم آبان`.
fn day_first(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let (day, mut next) = day_at(reader, at)?;
    if reader.is_mark(next, "-/.") && reader.is_glued(next) {
        next += 1;
    }
    let behind_of = reader.skip(next, Meaning::Of);
    // «الثاني» alone is also "the second one" and the tail of a month's name.
    if reader.get(at)?.text.starts_with("ال") && behind_of == next {
        return None;
    }
    let month = month_at(reader, behind_of)?;
    let part = year_behind(reader, month.end, month.name.calendar);
    finish(reader, at, &month, Some(day), part)
}

/// `October 14, 2024`, `أكتوبر 14, 2024`; without a year in English only.
fn month_first(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let month = month_at(reader, at)?;
    let start = if reader.language == Language::Pashto { reader.skip(month.end, Meaning::Of) } else { month.end };
    let (day, next) = day_at(reader, start).filter(|_| reader.is_number(start))?;
    if reader.is_head_of_number(start) && !(reader.is_mark(start + 1, ",") && reader.number(start + 2, 4..=4).is_some())
    {
        return None;
    }
    let part = year_behind(reader, next, month.name.calendar);
    let without_year = month.english || reader.language == Language::Pashto;
    if !matches!(part.year, Year::Number(_)) && !without_year {
        return None;
    }
    finish(reader, at, &month, Some(day), part)
}

/// Pashto: `د ۲۰۲۴ کال د اکتوبر ۱۴مه`.
fn year_first(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let start = reader.skip(at, Meaning::Of);
    let number = reader.number(start, 4..=4)?;
    let era = era_at(reader, start + 1);
    let behind = era.map_or(start + 1, |(_, end)| end);
    let next = reader.word(behind, Meaning::YearWord).or((reader.language == Language::Pashto).then_some(behind))?;
    let month = month_at(reader, reader.word(next, Meaning::Of)?)?;
    let (day, end) = day_at(reader, reader.skip(month.end, Meaning::Of))?;
    let conflict = era.is_some_and(|(calendar, _)| calendar != month.name.calendar)
        || !plausible_year(month.name.calendar, number);
    finish(reader, at, &month, Some(day), YearPart { year: Year::Number(number), conflict, end })
}

/// `أكتوبر 2024`, `مهرماه ۱۴۰۳`, `شهر أكتوبر الماضي`.
fn month_and_year(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let month = month_at(reader, at)?;
    let part = year_behind(reader, month.end, month.name.calendar);
    let with_year = !month.likely && matches!(part.year, Year::Number(_));
    if month.name.needs_day && !month.sure && !with_year || matches!(part.year, Year::Missing | Year::Open) {
        return None;
    }
    finish(reader, at, &month, None, part)
}

/// `عام 2024`, `سال ۱۴۰۳`.
fn year_alone(reader: &Reader, at: usize) -> Option<(Stated, usize)> {
    let next = reader.word(at, Meaning::YearWord)?;
    if reader.language == Language::Persian
        && let Some(year) = short_year(reader, next, false)
    {
        return Some((year_stated(Calendar::Jalali, year), next + 1));
    }
    let number = reader.number(next, 4..=4).filter(|_| !reader.is_head_of_number(next))?;
    let era = era_at(reader, next + 1);
    let calendar = match era {
        Some((calendar, _)) => calendar,
        None => calendar_of_year(number, reader.language)?,
    };
    if !plausible_year(calendar, number) {
        return None;
    }
    Some((year_stated(calendar, number), era.map_or(next + 1, |(_, end)| end)))
}

fn year_stated(calendar: Calendar, year: i32) -> Stated {
    let year = Year::Number(year);
    Stated { calendar, year, month: None, day: None, weekday: None, clock: None, conflict: false }
}

/// Checks what the month's name needs, and puts the parts together.
fn finish(reader: &Reader, at: usize, month: &Month, day: Option<u8>, part: YearPart) -> Option<(Stated, usize)> {
    let YearPart { mut year, conflict, end } = part;
    let has_year = !matches!(year, Year::Missing | Year::Open);
    let at_end = !reader.is_word(end) && !reader.is_number(end);
    let name = month.name;
    if (name.needs_year && !has_year && !month.sure)
        || (name.needs_end && !has_year && !month.sure && !at_end)
        || (reader.language == Language::Unknown && !month.shared && !month.english && !matches!(year, Year::Number(_)))
    {
        return None;
    }
    if year == Year::Missing && is_name_of_event(reader, at) {
        year = Year::Open;
    }
    let conflict = conflict || month.conflict;
    Some((
        Stated { calendar: name.calendar, year, month: Some(name.month), day, weekday: None, clock: None, conflict },
        end,
    ))
}

fn is_name_of_event(reader: &Reader, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| reader.word(before, Meaning::Event).is_some())
}

/// A day of the month in digits or words.
fn day_at(reader: &Reader, at: usize) -> Option<(u8, usize)> {
    let ordinal = reader.phrase(at, |entry| match entry.meaning {
        Meaning::Ordinal(day) => Some(day),
        _ => None,
    });
    if ordinal.is_some() {
        // «نیمه اول مهر» is half a month.
        return ordinal.filter(|_| !reader.guarded_before(at, Guarded::Ordinal));
    }
    let day = u8::try_from(reader.number(at, 1..=2)?).ok().filter(|day| (1..=31).contains(day))?;
    if reader.is_tail_of_number(at) {
        return None;
    }
    let suffixed = reader.is_glued(at + 1);
    Some((day, if suffixed { reader.skip(at + 1, Meaning::DaySuffix) } else { at + 1 }))
}

/// A month with the word "month" and a second name, where they are.
fn month_at(reader: &Reader, at: usize) -> Option<Month> {
    let start = reader.skip(at, Meaning::MonthWord);
    let mut month = month_name_at(reader, start)?;
    month.sure |= start > at;
    if let Some(end) = reader.word(month.end, Meaning::MonthWord) {
        (month.sure, month.end) = (true, end);
    }
    // «12 يونيو حزيران» has no mark between the names.
    if let Some(second) = month_name_at(reader, month.end)
        && (second.name.calendar, second.name.month) == (month.name.calendar, month.name.month)
    {
        (month.sure, month.end) = (true, second.end);
        return Some(month);
    }
    let slash = reader.is_mark(month.end, "/");
    if !slash && !reader.is_mark(month.end, "-([") {
        return Some(month);
    }
    let opened = reader.is_mark(month.end, "([");
    let Some(second) = month_name_at(reader, month.end + 1) else { return Some(month) };
    if second.name.calendar != month.name.calendar || (opened && !reader.is_mark(second.end, ")]")) {
        return Some(month);
    }
    let agree = second.name.month == month.name.month;
    if agree || slash {
        month.conflict = !agree;
        month.sure = true;
        month.end = second.end + usize::from(opened);
    }
    Some(month)
}

fn month_name_at(reader: &Reader, at: usize) -> Option<Month> {
    let ((name, languages), end) = reader.phrase(at, |entry| match entry.meaning {
        Meaning::Month(name) => Some((name, entry.languages)),
        _ => None,
    })?;
    let english = languages.are_english();
    if languages.are_capitalised() && !reader.alone && !reader.is_capitalised(at) {
        return None;
    }
    // An abbreviation has its full stop: "Oct. 14", "14 oct. 2024".
    let stop = reader.is_mark(end, ".") && reader.is_glued(end) && reader.is_number(end + 1);
    let end = end + usize::from(stop);
    let sure = !(name.needs_day || name.needs_year || name.needs_end);
    let likely = languages.are_likely();
    Some(Month { name, shared: languages.are_all(), english, likely, sure, conflict: false, end })
}

/// What follows day and month: a year in digits, "of this year", "last".
fn year_behind(reader: &Reader, at: usize, calendar: Calendar) -> YearPart {
    let missing = YearPart { year: Year::Missing, conflict: false, end: at };
    let of = reader.skip(at, Meaning::Of);
    let offset = reader.phrase(of, |entry| match entry.meaning {
        Meaning::Year(by) => Some(Year::Offset(by)),
        _ => None,
    });
    let turn = turn_behind(reader, at).map(|(turn, end)| (Year::Turn(turn), end));
    if let Some((year, end)) = offset.or(turn) {
        return YearPart { year, conflict: false, end };
    }
    let mut next = at;
    if reader.is_mark(at, ",") || (reader.is_mark(at, "-/.") && reader.is_glued(at) && reader.is_glued(at + 1)) {
        next += 1;
    }
    let before_word = reader.skip(next, Meaning::Of);
    let digits = reader.skip(before_word, Meaning::YearWord);
    if let Some(number) = reader.number(digits, 4..=4) {
        // "14 أكتوبر، 5000 شخص" has no year; "10 رمضان 2024" has one that is not its calendar's.
        if !(1300..=2150).contains(&number) || reader.is_head_of_number(digits) {
            return missing;
        }
        let era = era_at(reader, digits + 1);
        let conflict = !plausible_year(calendar, number) || era.is_some_and(|(named, _)| named != calendar);
        let end = reader.skip(era.map_or(digits + 1, |(_, end)| end), Meaning::YearTail);
        return YearPart { year: Year::Number(number), conflict, end };
    }
    if calendar == Calendar::Gregorian {
        return missing;
    }
    if let Some(year) = short_year(reader, digits, digits > before_word).filter(|_| calendar == Calendar::Jalali) {
        return YearPart { year: Year::Number(year), conflict: false, end: digits + 1 };
    }
    match reader.number(digits, 2..=3) {
        // A year or a count: not to be guessed.
        Some(_) => YearPart { year: Year::Open, ..missing },
        None => missing,
    }
}

/// The solar year of two digits at `at`, from 1360 to 1399, if it is known to be one or no counted word follows.
fn short_year(reader: &Reader, at: usize, known: bool) -> Option<i32> {
    let number = reader.number(at, 2..=2).filter(|number| *number >= 60 && !reader.is_head_of_number(at))?;
    let closed = !reader.is_word(at + 1) && !reader.is_number(at + 1) && !reader.is_mark(at + 1, "%٪:");
    let clear = known || closed || reader.alone || reader.word(at + 1, Meaning::Function).is_some();
    clear.then_some(1300 + number)
}

/// Last, this or next, behind what they turn, and the position behind them.
pub(crate) fn turn_behind(reader: &Reader, at: usize) -> Option<(Turn, usize)> {
    reader.phrase(at, |entry| match entry.meaning {
        Meaning::Turn(turn) => Some(turn),
        _ => None,
    })
}

/// The same before what they turn.
pub(crate) fn turn_before(reader: &Reader, at: usize) -> Option<(Turn, usize)> {
    reader.phrase(at, |entry| match entry.meaning {
        Meaning::TurnFirst(turn) => Some(turn),
        _ => None,
    })
}

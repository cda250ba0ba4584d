//! The words of date expressions: the tables of `data/`, keyed by the fold key of their first word.

use std::{collections::BTreeMap, sync::LazyLock};

use khabar_model::Calendar;
use khabar_text::{WordFilter, fold};
use rustc_hash::FxHashMap;

use crate::{
    key::{Kind, tokens_of},
    language::Languages,
};

/// What a word or phrase means to a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A month, by its name.
    Month(MonthName),
    /// ISO weekday, 1 = Monday; `bare` if the word is enough without "day" beside it.
    Weekday { weekday: i8, bare: bool },
    /// A day this many days after the publication day.
    Day(i32),
    /// "Today", which also means "nowadays".
    Today,
    /// "Day" before a weekday.
    DayWord,
    /// "Morning" … before a weekday or a day word.
    DayPart,
    /// "Day" behind a weekday.
    DayTail,
    /// "On" before an English weekday.
    On,
    /// Last, this or next, behind the noun.
    Turn(Turn),
    /// The same before it.
    TurnFirst(Turn),
    /// Last, this or next week, behind a weekday.
    Week(Turn),
    /// A week that is named but not bounded the same way everywhere.
    WeekUnclear,
    /// A year this many years after the publication's.
    Year(i32),
    /// A month this many months after the publication's.
    MonthOffset(i32),
    /// "Year" before a number.
    YearWord,
    /// "Year" behind the number of one.
    YearTail,
    /// "Month" beside a name.
    MonthWord,
    /// "Of" between day, month and year.
    Of,
    /// What a day number ends in: `th`, `ام`.
    DaySuffix,
    /// "Corresponding to", between two calendars.
    Corresponds,
    /// A calendar, behind the year.
    Era(Calendar),
    /// "O'clock", before the time.
    Clock,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Greenwich.
    Utc,
    /// A zone without summer time, by its name: minutes east of Greenwich.
    Zone(i32),
    /// "Ago" behind a number of days.
    Ago,
    /// "Ago" before a number of days.
    AgoFirst,
    /// "Days" behind a number.
    Days,
    /// "Two days" in one word.
    TwoDays,
    /// A small number in words.
    Cardinal(u8),
    /// A day of the month in words.
    Ordinal(u8),
    /// What may stand around a date that is the whole of a line.
    Label,
    /// Before it, the word of the guarded kind is something else.
    NotAfter(Guarded),
    /// Behind it, the word of the guarded kind is something else.
    NotBefore(Guarded),
    /// "Every" before a weekday, with or without "day" between them.
    Every,
    /// "Until" before a weekday: it may lie ahead.
    Until,
    /// A word that follows a year, and does not follow a count.
    Function,
    /// Before a date without a year: the name of an event or place.
    Event,
}

impl Meaning {
    /// True for words that a date expression may begin with.
    pub(crate) fn begins(self) -> bool {
        matches!(
            self,
            Self::Month(_)
                | Self::Weekday { .. }
                | Self::Day(_)
                | Self::Today
                | Self::DayWord
                | Self::DayPart
                | Self::TurnFirst(_)
                | Self::Year(_)
                | Self::MonthOffset(_)
                | Self::YearWord
                | Self::MonthWord
                | Self::AgoFirst
                | Self::Cardinal(_)
                | Self::Ordinal(_)
        )
    }

    /// True for what stands in dates that are stated, as against words that point from the day of publication.
    pub(crate) fn is_part_of_date(self) -> bool {
        matches!(
            self,
            Self::Month(_)
                | Self::Of
                | Self::DaySuffix
                | Self::YearWord
                | Self::YearTail
                | Self::MonthWord
                | Self::Label
                | Self::Clock
                | Self::Zone(_)
        )
    }
}

/// A month name and what it needs beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MonthName {
    pub(crate) calendar: Calendar,
    pub(crate) month: u8,
    /// A day number, or the word "month".
    pub(crate) needs_day: bool,
    /// A year.
    pub(crate) needs_year: bool,
    /// A year, or nothing but punctuation behind it.
    pub(crate) needs_end: bool,
}

/// Which of the periods around the publication day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Past,
    Current,
    Future,
}

/// What a guard word guards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guarded {
    Weekday,
    Today,
    Day,
    Period,
    /// A day of the month in words.
    Ordinal,
}

/// A phrase: its words behind the first, where it is read, and what it means.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) rest: Vec<Box<str>>,
    pub(crate) languages: Languages,
    pub(crate) meaning: Meaning,
}

/// The phrases that begin with a folded word (or mark), longest first.
pub(crate) fn entries(word: &str) -> &'static [Entry] {
    type Table = FxHashMap<Box<str>, Vec<Entry>>;
    static TABLE: LazyLock<(WordFilter, Table)> = LazyLock::new(|| {
        let sorted = table();
        let mut filter = WordFilter::default();
        sorted.keys().for_each(|word| filter.insert(word));
        (filter, sorted.into_iter().collect())
    });
    let (filter, table) = &*TABLE;
    // Most words of a text are in no table, and are told so without its hash.
    if filter.may_have(word) { table.get(word).map_or(&[], Vec::as_slice) } else { &[] }
}

fn table() -> BTreeMap<Box<str>, Vec<Entry>> {
    let mut table = BTreeMap::new();
    for [calendar, month, languages, needs, names] in rows(include_str!("../data/months.tsv")) {
        let Some(calendar) = calendar_of(calendar) else { continue };
        let needs = |what| needs.split(',').any(|need| need == what);
        let name = MonthName {
            calendar,
            month: month.parse().unwrap_or(0),
            needs_day: needs("day"),
            needs_year: needs("year"),
            needs_end: needs("end"),
        };
        let languages = Languages::from_column(languages);
        add(&mut table, names, languages, Meaning::Month(name));
        if calendar != Calendar::Hijri && languages.are_persian_like() {
            let sure = MonthName { needs_day: false, needs_year: false, needs_end: false, ..name };
            let joined: Vec<String> = names.split('|').map(|name| format!("{name}ماه")).collect();
            add(&mut table, &joined.join("|"), languages, Meaning::Month(sure));
        }
    }
    for [weekday, languages, sure, names] in rows(include_str!("../data/weekdays.tsv")) {
        let meaning = Meaning::Weekday { weekday: weekday.parse().unwrap_or(0), bare: sure == "name" };
        add(&mut table, names, Languages::from_column(languages), meaning);
    }
    for [meaning, value, languages, words] in rows(include_str!("../data/words.tsv")) {
        if let Some(meaning) = meaning_of(meaning, value) {
            add(&mut table, words, Languages::from_column(languages), meaning);
        }
    }
    for phrases in table.values_mut() {
        phrases.sort_by_key(|entry: &Entry| std::cmp::Reverse(entry.rest.len()));
    }
    table
}

/// The rows of a table: no comments, no empty lines, every row with `N` columns.
fn rows<const N: usize>(file: &str) -> impl Iterator<Item = [&str; N]> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).filter_map(|line| {
        let mut columns = line.split('\t');
        let mut row = [""; N];
        for column in &mut row {
            *column = columns.next()?.trim();
        }
        Some(row)
    })
}

fn add(table: &mut BTreeMap<Box<str>, Vec<Entry>>, phrases: &str, languages: Languages, meaning: Meaning) {
    for phrase in phrases.split('|') {
        let key = fold(phrase);
        let mut words = tokens_of(&key).filter(|token| token.kind != Kind::Space).map(|token| token.text);
        let Some(first) = words.next() else { continue };
        let rest = words.map(Box::from).collect();
        table.entry(first.into()).or_default().push(Entry { rest, languages, meaning });
    }
}

fn calendar_of(name: &str) -> Option<Calendar> {
    match name {
        "gregorian" => Some(Calendar::Gregorian),
        "jalali" => Some(Calendar::Jalali),
        "hijri" => Some(Calendar::Hijri),
        _ => None,
    }
}

fn meaning_of(name: &str, value: &str) -> Option<Meaning> {
    let guarded = match value {
        "weekday" => Some(Guarded::Weekday),
        "today" => Some(Guarded::Today),
        "day" => Some(Guarded::Day),
        "period" => Some(Guarded::Period),
        "ordinal" => Some(Guarded::Ordinal),
        _ => None,
    };
    let turn = match value {
        "past" => Some(Turn::Past),
        "current" => Some(Turn::Current),
        "future" => Some(Turn::Future),
        _ => None,
    };
    Some(match name {
        "day" => Meaning::Day(value.parse().ok()?),
        "today" => Meaning::Today,
        "day-word" => Meaning::DayWord,
        "day-part" => Meaning::DayPart,
        "day-tail" => Meaning::DayTail,
        "on" => Meaning::On,
        "past" => Meaning::Turn(Turn::Past),
        "current" => Meaning::Turn(Turn::Current),
        "future" => Meaning::Turn(Turn::Future),
        "turn-first" => Meaning::TurnFirst(turn?),
        "week-past" => Meaning::Week(Turn::Past),
        "week-current" => Meaning::Week(Turn::Current),
        "week-future" => Meaning::Week(Turn::Future),
        "week-unclear" => Meaning::WeekUnclear,
        "year" => Meaning::Year(value.parse().ok()?),
        "month" => Meaning::MonthOffset(value.parse().ok()?),
        "year-word" => Meaning::YearWord,
        "year-tail" => Meaning::YearTail,
        "month-word" => Meaning::MonthWord,
        "of" => Meaning::Of,
        "day-suffix" => Meaning::DaySuffix,
        "corresponds" => Meaning::Corresponds,
        "era" => Meaning::Era(calendar_of(value)?),
        "clock" => Meaning::Clock,
        "am" => Meaning::Am,
        "pm" => Meaning::Pm,
        "utc" => Meaning::Utc,
        "zone" => Meaning::Zone(value.parse().ok()?),
        "ago" => Meaning::Ago,
        "ago-first" => Meaning::AgoFirst,
        "days" => Meaning::Days,
        "two-days" => Meaning::TwoDays,
        "cardinal" => Meaning::Cardinal(value.parse().ok()?),
        "ordinal" => Meaning::Ordinal(value.parse().ok()?),
        "label" => Meaning::Label,
        "not-after" => Meaning::NotAfter(guarded?),
        "not-before" => Meaning::NotBefore(guarded?),
        "every" => Meaning::Every,
        "until" => Meaning::Until,
        "function" => Meaning::Function,
        "event" => Meaning::Event,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row that the reader would skip is a mistake in a table.
    #[test]
    fn every_row_is_read() {
        for (file, columns) in [
            (include_str!("../data/months.tsv"), 5),
            (include_str!("../data/weekdays.tsv"), 4),
            (include_str!("../data/words.tsv"), 4),
        ] {
            for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
                let row: Vec<_> = line.split('\t').collect();
                assert_eq!(row.len(), columns, "{line}");
                assert!(row.iter().all(|column| !column.trim().is_empty()), "{line}");
                if file == include_str!("../data/words.tsv") {
                    assert!(meaning_of(row[0], row[1]).is_some(), "{line}");
                }
            }
        }
    }

    #[test]
    fn spelling_does_not_matter() {
        for word in ["أكتوبر", "اكتوبر", "اکتوبر"] {
            assert!(
                matches!(entries(&fold(word)), [Entry { meaning: Meaning::Month(name), .. }, ..] if name.month == 10)
            );
        }
    }
}

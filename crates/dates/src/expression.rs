//! What a date expression states, and what that makes together with the publication date.

use jiff::{ToSpan, civil::Date};
use khabar_model::{Calendar, DateKind, Precision};

use crate::{
    calendar::{from_gregorian, period, to_gregorian},
    clock::Clock,
    lexicon::Turn,
    resolved::Resolved,
};

/// A date as it is stated, in its own calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) calendar: Calendar,
    pub(crate) year: Year,
    pub(crate) month: Option<u8>,
    /// Only where there is a month.
    pub(crate) day: Option<u8>,
    /// ISO weekday beside it.
    pub(crate) weekday: Option<i8>,
    pub(crate) clock: Option<Clock>,
    /// The parts contradict each other, or can be read in two ways.
    pub(crate) conflict: bool,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    Number(i32),
    /// This many years after the publication's.
    Offset(i32),
    /// The last such day before the publication, one of its month, or the next one.
    Turn(Turn),
    /// Left out: the one that brings the day nearest to the publication.
    Missing,
    /// Left out, and the date is a name («أحداث 11 سبتمبر»).
    Open,
}

impl Stated {
    pub(crate) fn precision(&self) -> Precision {
        match (self.month, self.day, &self.clock) {
            (None, ..) => Precision::Year,
            (_, None, _) => Precision::Month,
            (.., None) => Precision::Day,
            (.., Some(clock)) if clock.second.is_none() => Precision::Minute,
            _ => Precision::Second,
        }
    }

    pub(crate) fn kind(&self) -> DateKind {
        match self.year {
            Year::Offset(_) | Year::Turn(_) => DateKind::Relative,
            Year::Number(_) | Year::Missing | Year::Open => DateKind::Absolute,
        }
    }

    /// The value, or `None` if the parts contradict each other, the day does not exist, or the year cannot be known.
    pub(crate) fn resolve(&self, published: Option<Date>) -> Option<Resolved> {
        if self.conflict {
            return None;
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => {
                let date = self.resolve_day(month, day, published)?;
                Some(self.day_resolved(date))
            }
            (Some(month), None) => {
                let year = self.resolve_month(month, published)?;
                period_resolved(self.calendar, year, Some(month))
            }
            (None, _) => {
                let year = match self.year {
                    Year::Number(year) => year,
                    Year::Offset(offset) => from_gregorian(self.calendar, published?)?.0 + offset,
                    Year::Turn(_) | Year::Missing | Year::Open => return None,
                };
                period_resolved(self.calendar, year, None)
            }
        }
    }

    fn resolve_day(&self, month: u8, day: u8, published: Option<Date>) -> Option<Date> {
        if let Year::Number(year) = self.year {
            return to_gregorian(self.calendar, year, month, day);
        }
        let published = published?;
        let (this_year, this_month, _) = from_gregorian(self.calendar, published)?;
        let around = [-1, 0, 1].into_iter().filter_map(|by| to_gregorian(self.calendar, this_year + by, month, day));
        match self.year {
            Year::Offset(by) => to_gregorian(self.calendar, this_year + by, month, day),
            Year::Turn(Turn::Past) => around.filter(|date| *date < published).max(),
            Year::Turn(Turn::Future) => around.filter(|date| *date > published).min(),
            Year::Turn(Turn::Current) if month != this_month => None,
            Year::Turn(Turn::Current) => to_gregorian(self.calendar, this_year, month, day),
            Year::Missing => {
                // A weekday beside it decides between the years; one that fits none is a contradiction.
                let fits = |date: &Date| self.weekday.is_none_or(|day| date.weekday().to_monday_one_offset() == day);
                around.filter(fits).min_by_key(|date| (days_between(*date, published).abs(), *date))
            }
            Year::Number(_) | Year::Open => None,
        }
    }

    fn resolve_month(&self, month: u8, published: Option<Date>) -> Option<i32> {
        if let Year::Number(year) = self.year {
            return Some(year);
        }
        let (this_year, this_month, _) = from_gregorian(self.calendar, published?)?;
        match self.year {
            Year::Offset(by) => Some(this_year + by),
            Year::Turn(Turn::Past) => Some(if month < this_month { this_year } else { this_year - 1 }),
            Year::Turn(Turn::Future) => Some(if month > this_month { this_year } else { this_year + 1 }),
            Year::Turn(Turn::Current) => (month == this_month).then_some(this_year),
            Year::Number(_) | Year::Missing | Year::Open => None,
        }
    }

    fn day_resolved(&self, date: Date) -> Resolved {
        let clock = self.clock.as_ref().map(ToString::to_string).unwrap_or_default();
        let neighbour = |by: i64| match self.calendar {
            Calendar::Hijri => date.checked_add(by.days()).ok().map(|date| date.to_string()),
            Calendar::Gregorian | Calendar::Jalali => None,
        };
        Resolved {
            value: format!("{date}{clock}"),
            precision: self.precision(),
            calendar: self.calendar,
            earliest: neighbour(-1),
            latest: neighbour(1),
        }
    }
}

/// A whole month or year. See [`Resolved::value`] for what the value is in calendars other than the Gregorian.
pub(crate) fn period_resolved(calendar: Calendar, year: i32, month: Option<u8>) -> Option<Resolved> {
    let (first, last) = period(calendar, year, month)?;
    let middle = first.checked_add((days_between(last, first) / 2).days()).ok()?;
    let (value, precision) = match month {
        Some(_) => (format!("{:04}-{:02}", middle.year(), middle.month()), Precision::Month),
        None => (format!("{:04}", middle.year()), Precision::Year),
    };
    let exact = |date: Date| if calendar == Calendar::Gregorian { None } else { Some(date.to_string()) };
    Some(Resolved { value, precision, calendar, earliest: exact(first), latest: exact(last) })
}

/// Days from `other` to `date`.
pub(crate) fn days_between(date: Date, other: Date) -> i64 {
    date.duration_since(other).as_hours() / 24
}

//! A date that is known, before it is said where it was found.

use khabar_model::{Calendar, DateOrigin, DateValue, Precision};

/// A date that was read and resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// ISO 8601 in the Gregorian calendar, as long as `precision` says: `2024`, `2024-10`, `2024-10-14`,
    /// `2024-10-14T14:23`, `2024-10-14T14:23:05+03:00`. The offset (`Z` or `±hh:mm`) is there where the source gave one.
    ///
    /// A Jalali or Hijri month or year lies in two Gregorian ones; the value is then the one that holds its middle day,
    /// and `earliest` and `latest` its exact first and last day.
    pub value: String,
    /// How much of `value` the source states.
    pub precision: Precision,
    /// The calendar that the source was written in.
    pub calendar: Calendar,
    /// First possible day, where the source leaves more than one.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
}

impl Resolved {
    /// The date with its evidence: `raw` is what was read, `origin` where.
    #[must_use]
    pub fn with_evidence(self, raw: &str, origin: DateOrigin) -> DateValue {
        let Self { value, precision, calendar, earliest, latest } = self;
        DateValue { value, precision, calendar, raw: raw.to_owned(), origin, earliest, latest }
    }

    /// The day, `2024-10-14`; `None` if only a month or a year is known.
    #[must_use]
    pub fn day(&self) -> Option<&str> {
        if self.precision >= Precision::Day { self.value.get(..10) } else { None }
    }
}

/// Days from one ISO value to another, negative if the other is earlier; `None` for a value without a day.
#[must_use]
pub fn days_between(from: &str, to: &str) -> Option<i32> {
    let day = |value: &str| value.get(..10)?.parse::<jiff::civil::Date>().ok();
    Some(day(from)?.until(day(to)?).ok()?.get_days())
}

//! Days as numbers: when a document was published, as far as that is known.

use khabar_model::{DateValue, Precision};

/// The first and the last day on which a document may have been published, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Days {
    pub(super) first: i32,
    pub(super) last: i32,
}

impl Days {
    /// Days between two spans of days; 0 if they meet.
    pub(super) fn distance(self, other: Self) -> i32 {
        (self.first - other.last).max(other.first - self.last).max(0)
    }
}

/// The days of a date; nothing for a date of a year, which says too little.
pub(super) fn of(date: &DateValue) -> Option<Days> {
    let at = |value: &str| Some((value.get(..4)?.parse().ok()?, value.get(5..7)?.parse().ok()?));
    let day = |value: &str| {
        let (year, month) = at(value)?;
        Some(days_from_civil(year, month, value.get(8..10)?.parse().ok()?))
    };
    let bounds = || Some(Days { first: day(date.earliest.as_deref()?)?, last: day(date.latest.as_deref()?)? });
    match date.precision {
        Precision::Year => None,
        Precision::Month => bounds().or_else(|| {
            let (year, month) = at(&date.value)?;
            let first = days_from_civil(year, month, 1);
            Some(Days { first, last: first + 30 })
        }),
        _ => bounds().or_else(|| day(&date.value).map(|day| Days { first: day, last: day })),
    }
}

/// `1970-01-01` as a number of days, by the algorithm of Howard Hinnant (chrono-compatible low-level date algorithms).
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_model::{Calendar, DateOrigin};
    use proptest::prelude::*;

    fn date(value: &str, precision: Precision) -> DateValue {
        DateValue {
            value: value.to_owned(),
            precision,
            calendar: Calendar::Gregorian,
            raw: String::new(),
            origin: DateOrigin::Input,
            earliest: None,
            latest: None,
        }
    }

    #[test]
    fn days_of_dates() {
        let day = of(&date("1970-01-02T10:00+03:00", Precision::Minute)).unwrap();
        assert_eq!((day.first, day.last), (1, 1));
        let month = of(&date("2024-10", Precision::Month)).unwrap();
        assert_eq!((month.first, month.last), (20_000 - 3, 20_000 + 27));
        assert_eq!(of(&date("2024", Precision::Year)), None);
        assert_eq!(of(&date("خبر", Precision::Day)), None);
        assert_eq!(month.distance(day), month.first - 1);
    }

    proptest! {
        #[test]
        fn the_next_day_is_one_more(year in 1_i32..3000, month in 1_i32..13, day in 1_i32..28) {
            prop_assert_eq!(days_from_civil(year, month, day) + 1, days_from_civil(year, month, day + 1));
        }

        #[test]
        fn months_follow_each_other(year in 1_i32..3000, month in 1_i32..12) {
            let length = days_from_civil(year, month + 1, 1) - days_from_civil(year, month, 1);
            prop_assert!((28..=31).contains(&length));
        }
    }
}

//! Days of three calendars: between them through `icu_calendar`, on the Gregorian side as `jiff` dates.

use icu_calendar::{
    AsCalendar, Date as IcuDate, Iso,
    cal::{Hijri, Persian, hijri::UmmAlQura},
};
use jiff::{ToSpan, civil::Date};
use khabar_model::Calendar;

/// The years that a date of news may be written in, by calendar. Umm al-Qura is tabulated from 1300 on; before, the
/// moon was sighted and a conversion would claim what nobody knows.
pub(crate) fn plausible_year(calendar: Calendar, year: i32) -> bool {
    match calendar {
        Calendar::Gregorian => (1500..=2150).contains(&year),
        Calendar::Jalali => (1200..=1500).contains(&year),
        Calendar::Hijri => (1300..=1500).contains(&year),
    }
}

/// The Gregorian day of a day of `calendar`; `None` for a day that does not exist or lies outside of
/// [`plausible_year`].
pub(crate) fn to_gregorian(calendar: Calendar, year: i32, month: u8, day: u8) -> Option<Date> {
    if !plausible_year(calendar, year) {
        return None;
    }
    match calendar {
        Calendar::Gregorian => {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        Calendar::Jalali => from_icu(&IcuDate::try_new_persian(year, month, day).ok()?),
        Calendar::Hijri => from_icu(
            &IcuDate::try_new_hijri_with_calendar(year, month, day, Hijri::<UmmAlQura>::new_umm_al_qura()).ok()?,
        ),
    }
}

/// Year, month and day of a Gregorian day in `calendar`.
pub(crate) fn from_gregorian(calendar: Calendar, date: Date) -> Option<(i32, u8, u8)> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    let iso = IcuDate::try_new_iso(i32::from(date.year()), month, day).ok()?;
    Some(match calendar {
        Calendar::Gregorian => (i32::from(date.year()), month, day),
        Calendar::Jalali => fields(&iso.to_calendar(Persian)),
        Calendar::Hijri => fields(&iso.to_calendar(Hijri::<UmmAlQura>::new_umm_al_qura())),
    })
}

/// First and last Gregorian day of a month of `calendar`, or of a year where `month` is `None`.
pub(crate) fn period(calendar: Calendar, year: i32, month: Option<u8>) -> Option<(Date, Date)> {
    let first = to_gregorian(calendar, year, month.unwrap_or(1), 1)?;
    let next = match month {
        Some(month) if month < 12 => to_gregorian(calendar, year, month + 1, 1)?,
        _ => to_gregorian(calendar, year + 1, 1, 1)?,
    };
    Some((first, next.checked_sub(1.day()).ok()?))
}

fn from_icu<A: AsCalendar>(date: &IcuDate<A>) -> Option<Date> {
    let (year, month, day) = fields(&date.to_calendar(Iso));
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn fields<A: AsCalendar>(date: &IcuDate<A>) -> (i32, u8, u8) {
    (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn anchors_of_both_calendars() {
        for (calendar, (year, month, day), gregorian) in [
            (Calendar::Jalali, (1403, 1, 1), date(2024, 3, 20)),
            (Calendar::Jalali, (1404, 1, 1), date(2025, 3, 21)),
            (Calendar::Jalali, (1405, 1, 1), date(2026, 3, 21)),
            (Calendar::Jalali, (1403, 8, 8), date(2024, 10, 29)),
            (Calendar::Jalali, (1404, 4, 5), date(2025, 6, 26)),
            (Calendar::Jalali, (1404, 5, 9), date(2025, 7, 31)),
            (Calendar::Hijri, (1446, 4, 26), date(2024, 10, 29)),
            (Calendar::Hijri, (1447, 1, 1), date(2025, 6, 26)),
            (Calendar::Hijri, (1447, 2, 6), date(2025, 7, 31)),
        ] {
            assert_eq!(to_gregorian(calendar, year, month, day), Some(gregorian));
            assert_eq!(from_gregorian(calendar, gregorian), Some((year, month, day)));
        }
    }

    #[test]
    fn every_day_of_two_decades_comes_back() {
        for (calendar, years) in [(Calendar::Jalali, 1390..=1410), (Calendar::Hijri, 1430..=1450)] {
            let mut expected = None;
            for year in years {
                for month in 1..=12 {
                    let (first, last) = period(calendar, year, Some(month)).unwrap();
                    assert!(expected.is_none_or(|day| day == first), "{calendar:?} {year}-{month} has a gap");
                    expected = last.tomorrow().ok();
                    for (day, gregorian) in (1..).zip(first.series(1.day()).take_while(|day| *day <= last)) {
                        assert_eq!(to_gregorian(calendar, year, month, day), Some(gregorian));
                        assert_eq!(from_gregorian(calendar, gregorian), Some((year, month, day)));
                    }
                }
            }
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        assert_eq!(to_gregorian(Calendar::Gregorian, 2024, 2, 31), None);
        assert_eq!(to_gregorian(Calendar::Gregorian, 2024, 13, 1), None);
        assert_eq!(to_gregorian(Calendar::Jalali, 1404, 12, 30), None);
        assert_eq!(to_gregorian(Calendar::Hijri, 1446, 4, 31), None);
        assert_eq!(to_gregorian(Calendar::Hijri, 1200, 4, 1), None);
    }
}

//! Date expressions in many languages and three calendars, resolved to values.
//!
//! - [`parse`]: a string that as a whole is a date (a `meta` content, a date line) -> [`Resolved`].
//! - [`find`]: a running text -> its date expressions, in text order, relative ones resolved against the publication
//!   date.
//! - [`first_absolute`]: a date line with other words in it -> the first full date and where it stands.
//!
//! Read are ISO 8601, RFC 2822 and numeric dates; dates with month names in Arabic (all Gregorian namings, double names
//! such as `تشرين الأول/أكتوبر` included), Persian, Dari, Urdu, Pashto, Kurdish (Sorani, Kurmanji), Turkish, Azerbaijani,
//! Hebrew, English, German, French, Spanish, Italian, Portuguese, Russian, Ukrainian, Polish, Dutch, Swedish, Greek and
//! Indonesian; Chinese, Japanese and Korean dates in numbers with their units; the Gregorian, the Jalali and the
//! Hijri calendar (Umm al-Qura); three sets of digits; weekdays and common relative expressions. Words are data: see
//! the TSV files in `data/`.
//!
//! # Promises
//! - Values are ISO 8601 in the Gregorian calendar and exactly as long as [`Precision`] says.
//! - Nothing is invented: without a stated year there is no value but with a publication date; a day that its month
//!   does not have has no value; a double name whose halves disagree has no value; a Hijri day, which depends on the
//!   country's sighting of the moon, has its neighbours as `earliest` and `latest`.
//! - Spans lie on character boundaries, do not overlap and cover exactly the mention's text.
//! - No input panics; the time is linear in its length; the same input gives the same result.
//!
//! # Refuses
//! Two-digit years but in clear Persian forms and with dots (`31.10.23`); `3/4/2024` in English of no country (day or month
//! first?); a year without a word for it ("signed in 1988"); `5/69` (a decimal); `کل`
//! of Urdu (yesterday or tomorrow); words that are a month only beside a day number (`مهر`, `آب`) without one. Weeks
//! and hours ("last week", "three hours ago") and ranges of days are not read yet; a bare weekday is taken for the
//! last one, although a text may mean the next.
//!
//! # Example
//! ```
//! use khabar_dates::{find, parse};
//! let date = parse("تاریخ انتشار: سه‌شنبه ۸ آبان ۱۴۰۳ - ۱۴:۲۳", Some("fa")).ok_or("no date")?;
//! assert_eq!(date.value, "2024-10-29T14:23");
//!
//! let text = "أعلن المتحدث أمس أن الوفد يصل في 14 تشرين الأول/أكتوبر 2024.";
//! let dates = find(text, Some("ar"), Some("2024-10-13"));
//! let values: Vec<_> = dates.iter().map(|date| (date.text.as_str(), date.value.as_deref())).collect();
//! assert_eq!(values, [("أمس", Some("2024-10-12")), ("14 تشرين الأول/أكتوبر 2024", Some("2024-10-14"))]);
//! # Ok::<(), &str>(())
//! ```
//!
//! [`Precision`]: khabar_model::Precision

pub use crate::{
    resolved::{Resolved, days_between},
    running::{find, find_in, first_absolute},
    whole::parse,
};

mod calendar;
mod clock;
mod deixis;
mod expression;
mod key;
mod language;
mod lexicon;
mod machine;
mod numeric;
mod reader;
mod resolved;
mod running;
mod whole;
mod written;

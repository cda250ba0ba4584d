//! The expressions of `expressions.tsv`, and the promises of the crate on any string.

use khabar_dates::{find, first_absolute, parse};
use khabar_model::{Calendar, DateMention, Precision, Span};
use proptest::prelude::*;

/// What a row says of one date: value, precision, calendar.
type Fact = (String, String, String);

#[test]
fn expressions_have_their_values() {
    let mut failures = Vec::new();
    for line in include_str!("expressions.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [reading, language, published, expression, values, precisions, calendars] = row[..] else {
            panic!("a row has seven columns: {line}");
        };
        let given = |column: &'static str, value: &str| (value != column).then(|| value.to_owned());
        let (language, published) = (given("-", language), given("-", published));
        let expected: Vec<Fact> = match values {
            "none" => Vec::new(),
            _ => values
                .split(' ')
                .zip(precisions.split(',').zip(calendars.split(',')))
                .map(|(value, (precision, calendar))| (value.into(), precision.into(), calendar.into()))
                .collect(),
        };
        let (found, expected_texts, texts) = match reading {
            "parse" => {
                let found = parse(expression, language.as_deref());
                let facts = found.map(|date| fact(Some(&date.value), date.precision, date.calendar));
                (facts.into_iter().collect::<Vec<_>>(), Vec::new(), Vec::new())
            }
            "find" => {
                let text = expression.replace(['⟦', '⟧'], "");
                let found = find(&text, language.as_deref(), published.as_deref());
                let facts = found.iter().map(|date| fact(date.value.as_deref(), date.precision, date.calendar));
                (facts.collect(), marked(expression), found.iter().map(|date| date.text.clone()).collect())
            }
            _ => panic!("unknown reading: {line}"),
        };
        if found != expected || texts != expected_texts {
            failures.push(format!("{line}\n    found {found:?} {texts:?}"));
        }
    }
    assert!(failures.is_empty(), "{} rows:\n{}", failures.len(), failures.join("\n"));
}

/// Rows of the list that was written apart from the code, of which so many may be wrong: fewer is better, more is not.
const WRONG_OF_OTHERS: usize = 15;

#[test]
fn the_other_list_gets_no_worse() {
    let mut wrong = Vec::new();
    let rows = include_str!("expressions-held-out.tsv").lines();
    for line in rows.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [reading, language, published, expression, values, ..] = row[..] else { panic!("too few columns: {line}") };
        let given = |value: &'static str| (value != "-").then_some(value);
        let (language, published) = (given(language), given(published));
        let found: Vec<String> = if reading == "parse" && published.is_none() {
            parse(expression, language).into_iter().map(|date| date.value).collect()
        } else {
            let text = expression.replace(['⟦', '⟧'], "");
            let value = |date: DateMention<Span>| date.value.unwrap_or_else(|| "unknown".to_owned());
            find(&text, language, published).into_iter().map(value).collect()
        };
        let wanted: Vec<&str> = if values == "none" { Vec::new() } else { values.split(' ').collect() };
        if found != wanted {
            wrong.push(format!("{line}\n    found {found:?}"));
        }
    }
    assert!(wrong.len() <= WRONG_OF_OTHERS, "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

fn fact(value: Option<&str>, precision: Precision, calendar: Calendar) -> Fact {
    let lower = |name: String| name.to_lowercase();
    (value.unwrap_or("unknown").to_owned(), lower(format!("{precision:?}")), lower(format!("{calendar:?}")))
}

fn marked(expression: &str) -> Vec<String> {
    expression.split('⟦').skip(1).filter_map(|part| part.split_once('⟧')).map(|(text, _)| text.to_owned()).collect()
}

#[test]
fn a_hijri_day_has_its_neighbours() {
    let date = parse("26 ربيع الآخر 1446هـ", Some("ar")).unwrap();
    assert_eq!((date.earliest.as_deref(), date.latest.as_deref()), (Some("2024-10-28"), Some("2024-10-30")));
    assert_eq!(date.day(), Some("2024-10-29"));
}

#[test]
fn last_sunday_may_skip_a_week() {
    let dates = find("زار الأحد الماضي المدينة", Some("ar"), Some("2024-10-16T09:00:00Z"));
    let [date] = &dates[..] else { panic!("{dates:?}") };
    assert_eq!((date.earliest.as_deref(), date.latest.as_deref()), (Some("2024-10-06"), Some("2024-10-13")));
}

#[test]
fn the_first_date_of_a_credit() {
    let text = "المصدر: وكالات بتاريخ:2024-10-13 22:46:00 الأحد";
    let (span, date) = first_absolute(text, Some("ar")).unwrap();
    assert_eq!((span.of(text), date.value.as_str()), (Some("2024-10-13 22:46:00"), "2024-10-13T22:46:00"));
    assert_eq!(first_absolute("قال في 13 أكتوبر، وفي أكتوبر 2024", Some("ar")), None);
    let lines = "خبر\nکد خبر: 1234567 | تاریخ انتشار: ۸ آبان ۱۴۰۳ - ۱۴:۲۳ | سرویس: جهان";
    assert_eq!(first_absolute(lines, Some("fa")).unwrap().1.value, "2024-10-29T14:23");
}

#[test]
fn no_date_runs_over_a_line() {
    assert!(find("14\nأكتوبر 2024", Some("ar"), None).iter().all(|date| date.precision == Precision::Month));
}

const LANGUAGES: [Option<&str>; 7] = [None, Some("ar"), Some("fa"), Some("ur"), Some("ps"), Some("en"), Some("tr")];

fn any_language() -> impl Strategy<Value = Option<&'static str>> {
    proptest::sample::select(LANGUAGES.to_vec())
}

/// Pieces of dates, in any order, with anything between them.
fn date_like() -> impl Strategy<Value = String> {
    let pieces = [
        "14",
        "31",
        "2024",
        "1403",
        "1446",
        "87",
        "٢٩",
        "۰۸",
        "أكتوبر",
        "تشرين",
        "الأول",
        "آبان‌ماه",
        "مهر",
        "می",
        "صفر",
        "ربيع الآخر",
        "May",
        "Oct.",
        "الأحد",
        "یکشنبه",
        "Sunday",
        "يوم",
        "روز",
        "أمس",
        "اليوم",
        "دیروز",
        "الماضي",
        "گذشته",
        "سال جاری",
        "قبل",
        "3 أيام",
        "الساعة",
        "14:23",
        ":05",
        "T",
        "Z",
        "+03:00",
        "GMT",
        "هـ",
        "م",
        "ه‍.ش",
        "من",
        "عام",
        "/",
        "-",
        ".",
        ",",
        "،",
        "(",
        ")",
        " ",
        "\n",
        "\u{200c}",
        "\u{64b}",
        "\0",
    ];
    proptest::collection::vec(
        prop_oneof![5 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,3}"],
        0..24,
    )
    .prop_map(|pieces| pieces.concat())
}

fn check(text: &str, language: Option<&str>) -> Vec<DateMention<Span>> {
    let found = find(text, language, Some("2024-10-16T12:00+03:00"));
    let mut end = 0;
    for date in &found {
        assert_eq!(date.span.of(text), Some(date.text.as_str()));
        assert!(date.span.start() >= end && !date.span.is_empty());
        end = date.span.end();
        for day in [&date.earliest, &date.latest].into_iter().flatten() {
            assert!(day.parse::<jiff::civil::Date>().is_ok(), "{date:?}");
        }
        let len = date.value.as_ref().map(String::len);
        let right = match date.precision {
            Precision::Year => len.is_none_or(|len| len == 4),
            Precision::Month => len.is_none_or(|len| len == 7),
            Precision::Day => len.is_none_or(|len| len == 10),
            Precision::Minute => len.is_none_or(|len| [16, 17, 22].contains(&len)),
            Precision::Second => len.is_none_or(|len| [19, 20, 25].contains(&len)),
        };
        assert!(right, "{date:?}");
    }
    found
}

proptest! {
    #[test]
    fn any_string_is_read_without_panic(text in "\\PC{0,80}|(?s).{0,80}", language in any_language()) {
        check(&text, language);
        let _ = parse(&text, language);
        if let Some((span, date)) = first_absolute(&text, language) {
            prop_assert!(span.of(&text).is_some() && date.day().is_some());
        }
    }

    #[test]
    fn spans_and_values_fit(text in date_like(), language in any_language()) {
        prop_assert_eq!(check(&text, language), check(&text, language));
        if let Some(date) = parse(&text, language) {
            prop_assert!(date.value.get(..4).is_some_and(|year| year.parse::<u16>().is_ok()));
        }
        let _ = first_absolute(&text, language);
    }

    #[test]
    fn a_written_day_comes_back(days in 0..7670_i64, digits in 0..3_usize) {
        // From 1 Farvardin 1390 on, in all three calendars.
        use icu_calendar::{Date, Iso, cal::{Hijri, Persian, hijri::UmmAlQura}};
        use jiff::ToSpan;
        let day = jiff::civil::date(2011, 3, 21).checked_add(days.days()).unwrap();
        let iso: Date<Iso> = Date::try_new_iso(i32::from(day.year()), day.month() as u8, day.day() as u8).unwrap();
        let (solar, lunar) = (iso.to_calendar(Persian), iso.to_calendar(Hijri::<UmmAlQura>::new_umm_al_qura()));
        let solar = (solar.year().extended_year(), solar.month().ordinal, solar.day_of_month().0);
        let lunar = (lunar.year().extended_year(), lunar.month().ordinal, lunar.day_of_month().0);
        let solar_name = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];
        let lunar_name = ["محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان",
            "شوال", "ذو القعدة", "ذو الحجة"];
        let name = |names: [&'static str; 12], month: u8| names[usize::from(month) - 1];
        for (language, written) in [
            ("fa", format!("{} {} {}", solar.2, name(solar_name, solar.1), solar.0)),
            ("fa", format!("{}/{:02}/{:02}", solar.0, solar.1, solar.2)),
            ("ar", format!("{} {} {}هـ", lunar.2, name(lunar_name, lunar.1), lunar.0)),
            ("ar", format!("{}/{}/{}", lunar.2, lunar.1, lunar.0)),
        ] {
            let zero = ['0', '٠', '۰'][digits];
            let written: String = written
                .chars()
                .map(|letter| match letter.to_digit(10) {
                    Some(digit) => char::from_u32(zero as u32 + digit).unwrap_or(letter),
                    None => letter,
                })
                .collect();
            prop_assert_eq!(parse(&written, Some(language)).map(|date| date.value), Some(day.to_string()), "{}", written);
        }
    }
}

//! Promises of parsing that hold for any input: nothing panics, spans fit, a scrape can be undone to its bytes.

use khabar_model::{Given, Media, RawDoc, Record, Source};
use khabar_parse::{Parser, Settings};
use khabar_testkit::check_record;
use proptest::prelude::*;

fn raw(media: Media, payload: Vec<u8>, title: Option<String>) -> RawDoc {
    let given = Given { title, ..Given::default() };
    RawDoc { id: "1".to_owned(), source: source(), media, payload, given }
}

fn source() -> Source {
    Source { uri: "scrape".to_owned(), ..Source::default() }
}

/// Lines as scrapes have them: text, cues, shortcodes, dates, marks, damage.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "اقرأ أيضاً: حريق في الميناء",
        "[ad_1]",
        "[ad_2] المصدر",
        "© 2024 صحيفة الضفة. جميع الحقوق محفوظة",
        "Exit mobile version",
        "انتهای پیام/",
        "14 تشرين الأول/أكتوبر 2024",
        "  1. البند الأول",
        "Telegram | Facebook",
        "بيروت (رويترز) - قال متحدث باسم الوزارة إن المحادثات ستستأنف يوم الأحد المقبل في العاصمة بعد توقف دام شهرين.",
        "به گزارش خبرگزاری، رئیس‌جمهور در نشست خبری گفت که این طرح تا پایان سال آینده به مجلس فرستاده خواهد شد.",
        "العـــربية\u{a0}\u{200f}و\u{fefc}",
        "",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 2 => "\\PC{0,60}", 1 => "[ء-ی \u{200c}\u{640}\u{64b}.،؟]{0,80}"]
}

fn check(raw: &RawDoc, settings: &Settings) -> Result<(), TestCaseError> {
    let Ok((article, alignment)) = Parser::new(settings.clone()).parse_aligned(raw) else { return Ok(()) };
    if let Some(alignment) = alignment {
        let undone = alignment.undo(article.text.as_bytes());
        prop_assert_eq!(undone.as_deref(), Some(raw.payload.as_slice()), "the payload does not come back");
    }
    let record = Record::of_article("1".to_owned(), source(), article).into_wire();
    let faults = check_record(&record.expect("spans fit the text"), Some(&raw.payload));
    prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

proptest! {
    #[test]
    fn any_scrape_keeps_the_promises(
        lines in prop::collection::vec(line(), 0..24),
        newline in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        title in prop::option::of("\\PC{0,30}"),
        boilerplate: bool,
    ) {
        let settings = Settings { boilerplate, ..Settings::default() };
        check(&raw(Media::Text, lines.join(newline).into_bytes(), title), &settings)?;
    }

    #[test]
    fn any_bytes_keep_the_promises(bytes in prop::collection::vec(any::<u8>(), 0..600), html: bool) {
        let media = if html { Media::Html } else { Media::Text };
        check(&raw(media, bytes, None), &Settings::default())?;
    }

    #[test]
    fn any_tag_soup_keeps_the_promises(parts in prop::collection::vec(prop_oneof![
        "</?(div|p|article|table|tr|td|b|i|a|ul|li|h1|script|style|figure|figcaption|template|svg)( class=\"[a-z-]{0,12}\")?>?",
        line(),
    ], 0..60)) {
        check(&raw(Media::Html, parts.concat().into_bytes(), None), &Settings::default())?;
    }

    #[test]
    fn every_line_of_a_scrape_is_kept_or_listed(lines in prop::collection::vec(line(), 1..16)) {
        let payload = lines.join("\n").into_bytes();
        let document = raw(Media::Text, payload, None);
        let Ok(article) = Parser::default().parse(&document) else { return Ok(()) };
        let covered = |at: u64| {
            let kept = article.blocks.iter().any(|block| (block.source.start..block.source.end).contains(&at));
            kept || article.removed.iter().any(|cut| (cut.source.start..cut.source.end).contains(&at))
        };
        let text = String::from_utf8_lossy(&document.payload).into_owned();
        for (at, char) in text.char_indices().filter(|(_, char)| char.is_alphanumeric()) {
            prop_assert!(covered(at as u64), "byte {at} ({char}) is neither in a block nor in a cut");
        }
    }
}

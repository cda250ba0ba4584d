//! The file, and whole documents with the repeated lines of their host.

use std::sync::Arc;

use khabar_model::{Given, Media, RawDoc, RemovalReason, Source};
use proptest::prelude::*;

use super::{HostLines, HostsErrorKind, Verdict};
use crate::line::Line;
use crate::{Parser, Settings};

const FILE: &str = "{\"version\": 1, \"hosts\": {\n  \
    \"akhbar.example\": {\"documents\": 120, \"lines\": [\n    \
    {\"documents\": 95, \"line\": \"رابط الخبر \\\"هنا\\\"\"},\n    \
    {\"documents\": 7, \"line\": \"تابعنا\"},\n    \
    {\"line\": \"أخبار، كل يوم\"}\n  ]},\n  \
    \"b.example\": {\"documents\": 9, \"undercount\": 2, \"lines\": [\n    {\"documents\": 6, \"line\": \"x y\"}\n  ]}\n}}\n";

#[test]
fn a_file_is_read_and_written_alike() {
    let lines = HostLines::from_json(FILE.as_bytes()).unwrap();
    assert_eq!((lines.to_json().as_str(), lines.hosts(), lines.lines()), (FILE, 2, 4));
    assert_eq!(HostLines::from_json(HostLines::default().to_json().as_bytes()).unwrap(), HostLines::default());
    let upper = FILE.replace("akhbar.example", "WWW.Akhbar.example");
    assert_eq!(HostLines::from_json(upper.as_bytes()).unwrap(), lines);
}

#[test]
fn a_wrong_file_says_where() {
    let wrong = |file: &str| {
        let error = HostLines::from_json(file.as_bytes()).unwrap_err();
        (error.kind(), error.to_string())
    };
    let (kind, text) = wrong(&FILE.replace("\"lines\"", "\"line\""));
    assert_eq!(kind, HostsErrorKind::Format);
    assert!(text.contains("line 2 column"), "{text}");
    assert_eq!(wrong("").0, HostsErrorKind::Format);
    assert_eq!(wrong("{\"version\": 2, \"sites\": []}").0, HostsErrorKind::Version);
    let (kind, text) = wrong(&FILE.replace("تابعنا", " – "));
    assert_eq!(kind, HostsErrorKind::EmptyLine);
    assert!(text.contains("akhbar.example"), "{text}");
}

#[test]
fn long_lines_need_a_large_share() {
    let text = "وكانت المفاوضات بين الجانبين قد توقفت في الربيع الماضي بعد خلاف على جدول الأعمال ومكان اللقاء.";
    let verdict = |count: &str, text: &str| {
        let file = format!(
            "{{\"version\":1,\"hosts\":{{\"a\":{{\"documents\":100,\"lines\":[{{{count}\"line\":\"{text}\"}}]}}}}}}"
        );
        let lines = HostLines::from_json(file.as_bytes()).unwrap();
        lines.hosts["a"].verdict(&Line::new(text, 0..text.len(), None, 0.0))
    };
    assert_eq!(verdict("\"documents\":20,", text), Verdict::Text);
    assert_eq!(verdict("\"documents\":30,", text), Verdict::Everywhere);
    assert_eq!(verdict("", text), Verdict::Repeated);
    assert_eq!(verdict("\"documents\":20,", "تابعنا"), Verdict::Repeated);
}

const LINES: [&str; 9] = [
    "رابط الخبر في صحيفة أخبار",
    "تابعنا كل صباح",
    "كل ما في الأمر هنا",
    "قال المتحدث إن الجولة المقبلة من المفاوضات تبدأ في الربيع من العام المقبل في العاصمة.",
    "وكانت المفاوضات قد توقفت في الربيع الماضي بعد خلاف بين الجانبين على جدول الأعمال ومكان اللقاء.",
    "توقف المفاوضات بين الجانبين في العاصمة",
    "14 أكتوبر 2024",
    "اقرأ أيضا: لماذا توقفت المفاوضات؟",
    "خلفيات",
];

fn raw(media: Media, payload: &str, title: Option<&str>) -> RawDoc {
    RawDoc {
        id: String::new(),
        source: Source { host: Some("www.akhbar.example".to_owned()), ..Source::default() },
        media,
        payload: payload.as_bytes().to_vec(),
        given: Given { title: title.map(str::to_owned), ..Given::default() },
    }
}

fn parsers(lines: &HostLines) -> (Parser, Parser) {
    let settings = Settings { hosts: Some(Arc::new(lines.clone())), ..Settings::default() };
    (Parser::default(), Parser::new(settings))
}

fn file(lines: &[(usize, u64)]) -> HostLines {
    let rows: Vec<String> =
        lines.iter().map(|(nth, count)| format!("{{\"line\":\"{}\",\"documents\":{count}}}", LINES[*nth])).collect();
    let json = format!(
        "{{\"version\":1,\"hosts\":{{\"akhbar.example\":{{\"documents\":100,\"lines\":[{}]}}}}}}",
        rows.join(",")
    );
    HostLines::from_json(json.as_bytes()).unwrap()
}

#[test]
fn pages_and_scrapes_lose_the_lines_of_their_host() {
    let (plain, cutting) = parsers(&file(&[(0, 90), (2, 8), (8, 6)]));
    let text = format!("{}\n{}\n{}\n{}\n{}\n{}", LINES[5], LINES[2], LINES[3], LINES[8], LINES[4], LINES[0]);
    let page = format!(
        "<html><head><title>{}</title></head><body><article><h1>{}</h1><p>{}</p><p>{}</p><h2>{}</h2><p>{}</p><p>{}</p></article></body></html>",
        LINES[5], LINES[5], LINES[2], LINES[3], LINES[8], LINES[4], LINES[0]
    );
    for (media, payload) in [(Media::Text, text), (Media::Html, page)] {
        let raw = raw(media, &payload, None);
        let whole = plain.parse(&raw).unwrap();
        let article = cutting.parse(&raw).unwrap();
        assert_eq!(article.title.as_deref(), Some(LINES[5]));
        assert_eq!(article.text, [LINES[5], LINES[3], LINES[4]].join("\n"), "{media:?}");
        let cut: Vec<&str> = article
            .removed
            .iter()
            .filter(|removed| removed.reason == RemovalReason::DuplicateLine && removed.rule == "host_line")
            .map(|removed| removed.text.as_str())
            .collect();
        assert_eq!(cut, [LINES[2], LINES[8], LINES[0]], "{media:?}");
        assert!(whole.text.contains(LINES[0]));
        // Another host, and no cuts at all.
        let mut other = raw.clone();
        other.source.host = Some("b.example".to_owned());
        assert_eq!(cutting.parse(&other).unwrap(), whole);
        let settings = Settings { boilerplate: false, hosts: Some(Arc::new(file(&[(0, 90)]))), ..Settings::default() };
        let kept = Parser::new(settings).parse(&raw).unwrap();
        assert!(kept.text.contains(LINES[0]));
        // By its address.
        let mut by_url = raw.clone();
        (by_url.source.host, by_url.source.url) = (None, Some("https://akhbar.example/1".to_owned()));
        assert_eq!(cutting.parse(&by_url).unwrap().text, article.text);
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_but_repeated_lines(
        document in proptest::collection::vec(0..LINES.len(), 1..8),
        learned in proptest::collection::vec((0..LINES.len(), 5_u64..100), 0..8),
        titled in proptest::option::of(0..LINES.len()),
        html in any::<bool>(),
    ) {
        let (plain, cutting) = parsers(&file(&learned));
        let lines: Vec<String> = document
            .iter()
            .map(|nth| if html { format!("<p>{}</p>", LINES[*nth]) } else { LINES[*nth].to_owned() })
            .collect();
        let media = if html { Media::Html } else { Media::Text };
        let raw = raw(media, &lines.join("\n"), titled.map(|nth| LINES[nth]));
        match (plain.parse(&raw), cutting.parse(&raw)) {
            (Ok(whole), Ok(article)) => {
                prop_assert_eq!(&whole.title, &article.title);
                let bodies = |article: &khabar_model::Article| article.blocks.iter().filter(|block| block.kind.is_body()).count();
                prop_assert!(bodies(&article) > 0 || bodies(&whole) == 0);
                let cut: Vec<&str> = article.removed.iter().filter(|cut| cut.rule == "host_line").map(|cut| cut.text.as_str()).collect();
                for line in &cut {
                    prop_assert!(learned.iter().any(|(nth, _)| khabar_text::fold(LINES[*nth]) == khabar_text::fold(line)));
                }
                prop_assert_eq!(whole.blocks.len(), article.blocks.len() + cut.len());
                prop_assert_eq!(cutting.parse(&raw).unwrap(), article);
            }
            (whole, article) => prop_assert_eq!(whole.is_err(), article.is_err()),
        }
    }
}

//! Kinds of input beside files and archives: feeds, and HTML without a page around it.

use std::ffi::OsStr;
use std::path::Path;

use khabar_tests::{Khabar, Records};
use serde_json::{Value, json};

const FIRST: &str = "افتتح رئيس الوزراء صباح اليوم الجسر الذي يربط ضفتي النهر بعد ثلاث سنوات من العمل المتواصل.";
const SECOND: &str = "وقال إن المشروع سيختصر زمن الرحلة إلى النصف، وإن مرحلته الثانية تبدأ في الربيع المقبل.";
const TITLE: &str = "رئيس الوزراء يفتتح الجسر الجديد";

fn khabar() -> Khabar {
    Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"))
}

#[expect(clippy::disallowed_methods, reason = "a file for a test")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::write(path, bytes).expect("a temporary folder takes a file");
}

fn rows(out: &Path) -> Vec<Value> {
    let records = Records::read(out).expect("the run wrote records");
    records.documents.iter().map(|row| serde_json::from_str(&row.line).expect("a record is JSON")).collect()
}

fn blocks(row: &Value) -> Vec<(&str, String)> {
    let text: Vec<char> = row["text"].as_str().expect("a record has a text").chars().collect();
    let at = |value: &Value| usize::try_from(value.as_u64().expect("an offset")).expect("an offset fits");
    let blocks = row["blocks"].as_array().expect("a record has blocks");
    blocks
        .iter()
        .map(|block| {
            let span = text[at(&block["start"])..at(&block["end"])].iter().collect();
            (block["kind"].as_str().expect("a block has a kind"), span)
        })
        .collect()
}

#[test]
fn entries_of_feeds_become_records() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("in")).unwrap();
    let rss = format!(
        "<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss version=\"2.0\"><channel><title>الضفة</title>\
         <item><title>{TITLE}</title><link>https://diffa.example/1</link><pubDate>Mon, 14 Oct 2024 10:20:00 +0300</pubDate>\
         <dc:creator>سلمى حداد</dc:creator><content:encoded><![CDATA[<p>{FIRST}</p>\n<p>{SECOND}</p><p>شاركها</p>]]></content:encoded></item>\
         <item><title>صورة</title><description>&lt;img src=\"a.jpg\"&gt;</description></item></channel></rss>"
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&rss);
    write(&at("in/1.rss"), bytes);
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>{TITLE}</title><link href=\"https://diffa.example/2\"/>\
         <updated>2024-10-14T07:20:00Z</updated><summary>{FIRST}\n{SECOND}</summary></entry><entry><title>نص بلا"
    );
    write(&at("in/2.xml"), atom);
    let ended = khabar().run(&[&at("in")], &at("out"), &["--until", "langid"]);
    assert!(ended.status.success(), "{}", ended.stderr);
    let rows = rows(&at("out"));
    for row in &rows {
        let texts: Vec<String> = blocks(row).into_iter().map(|(_, text)| text).collect();
        assert_eq!((row["title"].as_str(), texts), (Some(TITLE), [TITLE, FIRST, SECOND].map(str::to_owned).to_vec()));
        assert_eq!(row["language"]["code"], "ar");
        assert_eq!(row["published"]["origin"], "input");
        assert_eq!(row["source"]["host"], "diffa.example");
    }
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0]["authors"], &rows[0]["source"]["media_type"]), (&json!(["سلمى حداد"]), &json!("text/html")));
    assert_eq!(
        (&rows[0]["removed"][0]["reason"], &rows[1]["source"]["media_type"]),
        (&json!("share"), &json!("text/plain"))
    );
    assert_eq!(rows[0]["published"]["value"], "2024-10-14T10:20:00+03:00");
    let records = Records::read(&at("out")).unwrap();
    let counts = &records.manifest["counts"];
    assert_eq!((&counts["read"], &counts["skips"]), (&json!(4), &json!({"feed_entry_without_text": 1})));
    assert_eq!(counts["rejects"], json!({"read.truncated": 1}));
}

/// Bare paragraphs are a page; the title that came beside them is the title.
#[test]
fn html_without_a_page_around_it_is_an_article() {
    for html in [
        format!("<p>{FIRST}</p><p>{SECOND}</p>"),
        format!("{FIRST}<br><br>{SECOND}"),
        format!("<div>{FIRST}</div>\n<div>{SECOND}</div><img src=a.jpg>"),
        format!("<p>{FIRST}</p>{SECOND}"),
        format!("<h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p>"),
    ] {
        let line = json!({"html": html, "title": TITLE, "text": "لا شيء"}).to_string();
        let out = khabar().stage(&[OsStr::new("parse"), OsStr::new("-")], line.as_bytes());
        let row: Value = serde_json::from_str(&out[0]).unwrap();
        assert_eq!(row["title"].as_str(), Some(TITLE), "{html}: {row}");
        let body: Vec<String> =
            blocks(&row).into_iter().filter(|(kind, _)| *kind != "title").map(|(_, text)| text).collect();
        assert_eq!(body, [FIRST, SECOND], "{html}");
        // The text, where it was asked for.
        let args = [OsStr::new("parse"), OsStr::new("--field"), OsStr::new("text=text"), OsStr::new("-")];
        let out = khabar().stage(&args, line.as_bytes());
        assert!(out[0].contains("لا شيء"), "{}", out[0]);
    }
}

//! Labels and records of our own: right ones, and every way to be wrong.

use serde_json::{Value, json};

use super::*;

const SOURCE: &str =
    "خبرها\nرئیس مجلس استعفا داد\nرئیس مجلس استعفا داد\nرئیس مجلس امروز رفت.\nاو نامه‌ای نوشت.\nبیشتر بخوانید: تهران\n";

fn label() -> Value {
    json!({"uri": "sepehr/1.txt", "language": "fa", "title": "رئیس مجلس استعفا داد", "authors": ["نیوشا"],
        "publisher": null, "published": "2024-10-14", "calendar": "jalali", "body_first": "رئیس مجلس امروز",
        "body_last": "نامه‌ای نوشت.", "body_lines": 2, "captions": [],
        "removed": [{"starts": "خبرها", "reason": "navigation"}, {"starts": "رئیس مجلس اس", "reason": "duplicate_line"},
            {"starts": "بیشتر", "reason": "read_also"}],
        "duplicate_of": "karaneh/1.html", "relation": "near", "entities": ["Tehran"]})
}

/// A record of the label above, and the one that it copies.
fn records() -> [Value; 2] {
    let lines = source_lines(SOURCE.as_bytes());
    let mut text = String::new();
    let (mut blocks, mut removed) = (Vec::new(), Vec::new());
    for (line, fate) in
        lines.iter().zip(["navigation", "title", "duplicate_line", "paragraph", "paragraph", "read_also"])
    {
        let (start, end) = (line.range.start, line.range.end);
        if matches!(fate, "title" | "paragraph") {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            let first = text.chars().count();
            text.push_str(&line.text);
            blocks.push(json!({"kind": fate, "start": first, "end": text.chars().count(),
                "source_start": start, "source_end": end}));
        } else {
            removed.push(json!({"reason": fate, "rule": "x", "text": line.text, "length": line.text.chars().count(),
                "source_start": start, "source_end": end}));
        }
    }
    let copy = json!({"id": "2", "source": {"uri": "data/sample/sepehr/1.txt"}, "title": "رئیس مجلس استعفا داد",
        "authors": ["نيوشا"], "dateline": null, "language": {"code": "fa"}, "text": text, "blocks": blocks, "removed": removed,
        "published": {"value": "2024-10-14T10:00", "precision": "minute", "calendar": "jalali", "raw": "۲۳ مهر", "origin": "input"},
        "entities": [{"id": "Q3616", "type": "LOC", "name": "تهران", "mentions": []}],
        "duplicate": {"status": "near", "of": "1", "cluster": "1"}});
    [json!({"id": "1", "source": {"uri": "data/sample/karaneh/1.html"}}), copy]
}

fn scored(by_lines: bool, change: impl FnOnce(&mut Value)) -> DocumentScore {
    let [original, mut copy] = records();
    change(&mut copy);
    let documents = [original, copy].map(|value| Row::of_line(&value.to_string()).unwrap()).to_vec();
    let records = Records { documents, ..Records::default() };
    let label: Label = serde_json::from_value(label()).unwrap();
    let lines = source_lines(SOURCE.as_bytes());
    let mut gazetteer = Gazetteer::default();
    gazetteer.row("Q3616\tLOC\tcity\tTehran\tfa\tتهران");
    score_document(&records, &label, by_lines.then_some(lines.as_slice()), &gazetteer).unwrap()
}

#[test]
fn a_right_record_scores_everything() {
    for by_lines in [true, false] {
        let score = scored(by_lines, |_| {});
        assert_eq!(score.faults, Vec::<String>::new(), "by lines: {by_lines}");
        assert_eq!((score.body.right, score.body.of, score.duplicates.right, score.entities.right), (2, 2, 1, 1));
        // By lines, the second title may be either of the two.
        let boilerplate = if by_lines { 2 } else { 3 };
        assert_eq!((score.boilerplate.right, score.boilerplate.of()), (boilerplate, boilerplate));
    }
}

#[test]
fn every_mistake_is_caught() {
    type Break = fn(&mut Value);
    let both: &[(&str, Break)] = &[
        ("language is ar", |r| r["language"]["code"] = "ar".into()),
        ("the title is not", |r| r["title"] = Value::Null),
        ("published is", |r| r["published"]["value"] = "2024-10-15".into()),
        ("the date is Some(Gregorian)", |r| r["published"]["calendar"] = "gregorian".into()),
        ("authors are []", |r| r["authors"] = json!([])),
        ("publisher is", |r| r["publisher"] = "سپهر".into()),
        ("duplicate is Some(Exact)", |r| r["duplicate"]["status"] = "exact".into()),
        ("of None, not", |r| r["duplicate"]["of"] = "9".into()),
        ("duplicate is None", |r| r["duplicate"] = Value::Null),
        ("Tehran was not found", |r| r["entities"] = json!([])),
        ("there is no record", |r| r["source"]["uri"] = "data/sample/sepehr/11.txt".into()),
    ];
    let lines: &[(&str, Break)] = &[
        ("line 6 was removed as Related", |r| r["removed"][2]["reason"] = "related".into()),
        ("line 5 is", |r| drop(r["blocks"].as_array_mut().unwrap().pop())),
    ];
    let blocks: &[(&str, Break)] = &[
        ("removed as Related, not as ReadAlso", |r| r["removed"][2]["reason"] = "related".into()),
        ("gone without a trace", |r| drop(r["removed"].as_array_mut().unwrap().pop())),
        // A cut that is only claimed does not count.
        ("still in the text", |r| {
            let text = format!("{} بیشتر", r["text"].as_str().unwrap());
            r["blocks"][2]["end"] = text.chars().count().into();
            r["text"] = text.into();
        }),
        ("the body has 1 blocks, not 2", |r| drop(r["blocks"].as_array_mut().unwrap().pop())),
        ("last is right: false", |r| r["blocks"][2]["end"] = 45.into()),
        ("the body has 3 blocks", |r| r["blocks"][0]["kind"] = "heading".into()),
    ];
    for (by_lines, cases) in [(true, both), (false, both), (true, lines), (false, blocks)] {
        for (said, change) in cases {
            let faults = scored(by_lines, change).faults;
            assert!(faults.iter().any(|fault| fault.contains(said)), "{said}: {faults:?}");
        }
    }
}

#[test]
fn what_is_to_be_skipped_must_have_no_record() {
    let label: Label = serde_json::from_value(json!({"uri": "archive.warc#2", "skip": "request"})).unwrap();
    let with = |uri: &str| {
        let row = Row::of_line(&json!({"source": {"uri": uri}}).to_string()).unwrap();
        let records = Records { documents: vec![row], ..Records::default() };
        score_document(&records, &label, None, &Gazetteer::default()).unwrap().present.right
    };
    assert_eq!((with("archive.warc#2"), with("archive.warc#12")), (0, 1));
}

#[test]
fn labels_must_fit_their_source() {
    let mut label = label();
    label["body_lines"] = 3.into();
    let label: Label = serde_json::from_value(label).unwrap();
    let error = line_fates(&label, &source_lines(SOURCE.as_bytes())).unwrap_err();
    assert_eq!(error, "2 lines are left for the body, not 3");
}

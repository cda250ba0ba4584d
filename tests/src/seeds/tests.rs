//! A scrape of our own, a record that is right, and every way to be wrong.

use serde_json::{Value, json};

use super::*;

const SOURCE: &str = "سياسة\n\nالكرملين ينفي\n10 أكتوبر 2024\nنفت موسكو الخبر. وقال الكرملين إن كوريا الشمالية لم ترسل أحدا.\n\
                      شاهد أيضاً: صور من موسكو\nصورة من موسكو © أ ب\nشاركها.\n";

/// Gold, source and a record that is right in everything.
fn sound() -> (Gold, Value) {
    let lines: Vec<SourceLine> = source_lines(SOURCE.as_bytes());
    let title = lines.iter().find(|line| line.number == 3).unwrap();
    let gold = format!(
        "source: fnv1a64 {:016x}\nlanguage: ar\ntitle: line 3 fnv1a64 {:016x}\npublished: 2024-10-10 day gregorian\n\
         authors: none\npublisher: none\nsection: line 1\ncredit: url=www.x.example date=2024-10-09\n\
         line 1: removed metadata\nline 3: title\nline 4: removed metadata\nline 5: paragraph|lead\n\
         line 6: removed read_also\nline 7: caption\nline 8: removed share\n\
         entity: Q423 LOC min 1 as كوريا الشمالية\nno entity: Q90\n\
         quote: line 5 34-61 direct say|announce named الكرملين\n",
        fnv1a64(SOURCE.as_bytes()),
        fnv1a64(title.text.as_bytes()),
    );
    let mut text = String::new();
    let (mut blocks, mut removed) = (Vec::new(), Vec::new());
    let mut body = 0;
    for line in &lines {
        let (start, end) = (line.range.start, line.range.end);
        let fate = match line.number {
            3 => Err("title"),
            5 => Err("paragraph"),
            7 => Err("caption"),
            6 => Ok("read_also"),
            8 => Ok("share"),
            _ => Ok("metadata"),
        };
        match fate {
            Ok(reason) => removed.push(json!({"reason": reason, "rule": "x", "text": line.text,
                "length": line.text.chars().count(), "source_start": start, "source_end": end})),
            Err(kind) => {
                text.push_str(if text.is_empty() { "" } else { "\n" });
                let first = text.chars().count();
                body = if line.number == 5 { first } else { body };
                text.push_str(&line.text);
                let last = text.chars().count();
                blocks
                    .push(json!({"kind": kind, "start": first, "end": last, "source_start": start, "source_end": end}));
            }
        }
    }
    let record = json!({
        "schema": 1, "id": "1", "source": {"uri": "in/x.txt"}, "title": title.text, "section": "سياسة", "dateline": null,
        "published": {"value": "2024-10-10", "precision": "day", "calendar": "gregorian", "raw": "10", "origin": "dateline"},
        "credits": [{"name": null, "url": "https://x.example/1", "date": "2024-10-09T10:00"}],
        "language": {"code": "ar"}, "text": text, "blocks": blocks, "removed": removed,
        "entities": [{"id": "Q423", "type": "LOC", "name": "كوريا الشمالية",
            "mentions": [{"start": 0, "end": 1, "text": "كوريا الشمالية", "layer": "gazetteer"}]}],
        "quotes": [{"start": body + 34, "end": body + 61, "text": "كوريا الشمالية لم ترسل أحدا", "style": "direct",
            "speaker": {"entity": null, "start": body + 22, "end": body + 30, "text": "الكرملين", "kind": "named"},
            "verb": {"text": "قال", "class": "say"}, "outlet": null}],
    });
    (Gold::parse(&gold).unwrap(), record)
}

fn scored(change: impl FnOnce(&mut Value)) -> DocumentScore {
    let (gold, mut record) = sound();
    change(&mut record);
    let row = Row::of_line(&record.to_string()).unwrap();
    let records = Records { documents: vec![row], ..Records::default() };
    let lines = fitting_lines(&gold, SOURCE.as_bytes()).unwrap();
    score_document("x.txt", records.document("x.txt"), &gold, &lines).unwrap()
}

#[test]
fn a_right_record_scores_everything() {
    let score = scored(|_| {});
    assert_eq!(score.faults, Vec::<String>::new());
    assert_eq!((score.boilerplate.right, score.boilerplate.of()), (4, 4));
    assert_eq!((score.body.right, score.captions.right, score.metadata.right, score.entities.right), (1, 1, 2, 1));
}

/// Every mistake is a fault, and only its own figure falls.
#[test]
fn every_mistake_is_caught() {
    type Break = fn(&mut Value);
    let cases: &[(&str, Break)] = &[
        ("language is fa", |r| r["language"]["code"] = "fa".into()),
        ("the title is not the line", |r| r["title"] = "سياسة".into()),
        ("the title is not the line", |r| r["title"] = Value::Null),
        ("published is Some(\"2024-10-09\")", |r| r["published"]["value"] = "2024-10-09".into()),
        ("published is None", |r| r["published"] = Value::Null),
        ("the date is Some(Jalali)", |r| r["published"]["calendar"] = "jalali".into()),
        ("the date is exact to Month", |r| r["published"]["precision"] = "month".into()),
        ("authors are [\"أ ب\"]", |r| r["authors"] = json!(["أ ب"])),
        ("publisher is Some(\"موسكو\")", |r| r["publisher"] = "موسكو".into()),
        ("the section is not the line", |r| r["section"] = Value::Null),
        ("no credit is", |r| r["credits"][0]["url"] = "https://y.example".into()),
        ("no credit is", |r| r["credits"] = json!([])),
        ("line 5 is Kept(Paragraph)", |r| r["blocks"][1]["kind"] = "heading".into()),
        ("line 5 is Kept(Paragraph) or Kept(Lead), but the record has Lost", |r| {
            drop(r["blocks"].as_array_mut().unwrap().remove(1))
        }),
        ("line 5 is Kept(Paragraph) or Kept(Lead), but the record has Garbled", |r| {
            r["blocks"][1]["start"] = r["blocks"][0]["start"].clone();
            r["blocks"][1]["end"] = r["blocks"][0]["end"].clone();
        }),
        ("line 5 is Kept(Paragraph) or Kept(Lead), but the record has Removed(Ad)", |r| {
            let block = r["blocks"].as_array_mut().unwrap().remove(1);
            r["removed"].as_array_mut().unwrap().push(json!({"reason": "ad", "rule": "x", "text": "", "length": 0,
                "source_start": block["source_start"], "source_end": block["source_end"]}));
        }),
        ("line 7 is Kept(Caption)", |r| r["blocks"][2]["kind"] = "paragraph".into()),
        ("line 6 was removed as Related", |r| r["removed"][2]["reason"] = "related".into()),
        ("line 6 is gone without a trace", |r| drop(r["removed"].as_array_mut().unwrap().remove(2))),
        ("line 6 is still in the text", |r| {
            let cut = r["removed"].as_array_mut().unwrap().remove(2);
            r["blocks"][1]["source_end"] = cut["source_end"].clone();
        }),
        ("Q423 has 0 mentions", |r| r["entities"] = json!([])),
        ("none of them [\"كوريا الشمالية\"]", |r| {
            r["entities"][0]["mentions"][0]["text"] = "كوريا".into()
        }),
        ("the direct quote at 34 of line 5 is not found", |r| r["quotes"] = json!([])),
        ("the direct quote at 34 of line 5 is not found", |r| r["quotes"][0]["style"] = "indirect".into()),
        ("is of class Deny", |r| r["quotes"][0]["verb"]["class"] = "deny".into()),
        ("0 of 1 speakers are right", |r| r["quotes"][0]["speaker"]["text"] = "موسكو".into()),
        ("0 of 1 speakers are right", |r| r["quotes"][0]["speaker"]["kind"] = "anonymous".into()),
        ("that the gold does not have", |r| {
            let mut extra = r["quotes"][0].clone();
            extra["text"] = "الكرملين".into();
            r["quotes"].as_array_mut().unwrap().push(extra);
        }),
        ("Q90 is an entity", |r| r["entities"][0]["id"] = "Q90".into()),
        ("there is no record", |r| r["source"]["uri"] = "in/xx.txt".into()),
    ];
    for (said, change) in cases {
        let score = scored(change);
        let mut faults = quotes::faults(std::slice::from_ref(&score));
        faults.extend(score.faults);
        assert!(faults.iter().any(|fault| fault.contains(said)), "{said}: {faults:?}");
    }
}

#[test]
fn a_missing_record_is_right_about_nothing() {
    let score = scored(|r| r["source"]["uri"] = "in/xx.txt".into());
    assert_eq!((score.present.right, score.title.right, score.authors.right, score.publisher.right), (0, 0, 0, 0));
    assert_eq!((score.body.of, score.boilerplate.lost), (1, 4));
    assert_eq!(score.faults, ["there is no record"]);
}

#[test]
fn the_gold_must_fit_its_source() {
    let (mut gold, _) = sound();
    assert!(fitting_lines(&gold, b"other").unwrap_err().contains("another file"));
    gold.lines.remove(&7);
    assert!(fitting_lines(&gold, SOURCE.as_bytes()).unwrap_err().contains("exactly one verdict"));
}

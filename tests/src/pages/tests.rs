//! The comparison of pages, on records that are made up.

use serde_json::{Value, json};

use super::*;

const EXPECT: &str = "title: عنوان الخبر\nauthor: هدى النجار\ndate: 2024-10-14\nlead: مقدمة الخبر كاملة\n\
                      paragraph: قال الوزير إن المصدر معروف للجميع منذ زمن\nheading: ماذا بعد؟\n\
                      paragraph: وأضاف أن القرار سيصدر غداً بعد الظهر\ncaption: صورة أرشيفية للوزير\n\
                      removed read_also: اقرأ أيضاً: القرار المنتظر\nremoved share: فيسبوكواتساب\nabsent: الأكثر قراءة اليوم\n\
                      any: 14:35\n";

/// A record of blocks and cuts, with everything right but what the test says.
fn record(blocks: &[(&str, &str)], removed: &[(&str, &str)]) -> Row {
    let (mut text, mut rows) = (String::new(), Vec::new());
    for (kind, block) in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.chars().count();
        text.push_str(block);
        rows.push(
            json!({"kind": kind, "start": start, "end": text.chars().count(), "source_start": 0, "source_end": 0}),
        );
    }
    let removed: Vec<Value> = removed
        .iter()
        .map(|(reason, text)| {
            json!({"reason": reason, "rule": "x", "text": text, "length": text.chars().count(), "source_start": 0, "source_end": 0})
        })
        .collect();
    let title = blocks.iter().find(|(kind, _)| *kind == "title").map(|(_, text)| *text);
    let published = json!({"value": "2024-10-14T10:20:00", "precision": "second", "calendar": "gregorian", "raw": "", "origin": "meta"});
    let record = json!({
        "text": text, "blocks": rows, "removed": removed, "title": title, "authors": ["هدى النجار"], "published": published
    });
    Row::of_line(&record.to_string()).unwrap()
}

const RIGHT: [(&str, &str); 6] = [
    ("title", "عنوان الخبر"),
    ("lead", "مقدمة الخبر كاملة"),
    ("paragraph", "قال الوزير إن المصدر معروف للجميع منذ زمن"),
    ("heading", "ماذا بعد؟"),
    ("paragraph", "وأضاف أن القرار سيصدر غداً بعد الظهر"),
    ("caption", "صورة أرشيفية للوزير"),
];
const CUT: [(&str, &str); 3] =
    [("read_also", "اقرأ أيضاً: القرار المنتظر قريباً"), ("share", "فيسبوك"), ("share", "واتساب")];

fn scored(blocks: &[(&str, &str)], removed: &[(&str, &str)]) -> PageScore {
    let mut score = PageScore::of("pages", "ar", "case");
    compare(&Expect::parse(EXPECT).unwrap(), &record(blocks, removed), &mut score);
    score
}

fn all(of: u32) -> crate::Tally {
    crate::Tally { right: of, of }
}

#[test]
fn what_is_right_has_no_fault() {
    let score = scored(&RIGHT, &CUT);
    assert_eq!(score.faults, Vec::<String>::new());
    assert_eq!((score.blocks, score.texts, score.captions), (all(4), all(4), all(1)));
    assert_eq!((score.removed, score.removed_any, score.absent, score.order), (all(2), all(2), all(1), all(1)));
}

#[test]
fn writing_that_repair_settles_does_not_tell_and_marks_do() {
    let mut blocks = RIGHT;
    blocks[0].1 = "عنـــوان\u{a0}الخبر\u{200f}";
    blocks[4].1 = "14:35 وأضاف\u{200c}  أن القرار سيصدر غداً بعد الظهر";
    assert_eq!(scored(&blocks, &CUT).faults, Vec::<String>::new());
    for other in ["وأضاف أن القرار سيصدر غدا بعد الظهر", "وأضاف أن القرار سيصدر غد\u{200c}اً بعد الظهر"]
    {
        blocks[4].1 = other;
        let score = scored(&blocks, &CUT);
        assert_eq!(score.faults.len(), 1, "{:?}", score.faults);
        assert_eq!((score.texts.right, score.spurious), (3, 0));
    }
}

#[test]
fn kinds_order_and_strangers_are_told_apart() {
    let mut blocks = RIGHT.to_vec();
    blocks[1].0 = "paragraph";
    blocks.swap(2, 4);
    blocks.push(("paragraph", "14:35"));
    blocks.push(("paragraph", "الأكثر قراءة اليوم"));
    blocks.push(("list_item", "غريب"));
    blocks.retain(|(kind, _)| *kind != "heading");
    let score = scored(&blocks, &CUT);
    assert_eq!((score.blocks.right, score.texts.right, score.spurious), (2, 3, 1));
    assert_eq!((score.order.right, score.absent.right), (0, 0));
    let faults = [
        "lead comes as paragraph: «مقدمة الخبر كاملة»",
        "missing heading: «ماذا بعد؟»",
        "spurious list_item: «غريب»",
        "blocks are not in page order",
        "not absent: «الأكثر قراءة اليوم»",
    ];
    assert_eq!(score.faults, faults);
}

#[test]
fn junk_is_cut_with_its_reason_or_not() {
    let score = scored(&RIGHT, &[("related", "اقرأ أيضاً: القرار المنتظر")]);
    assert_eq!((score.removed.right, score.removed_any.right), (0, 1));
    assert_eq!(
        score.faults,
        [
            "removed as related, not as read_also: «اقرأ أيضاً: القرار المنتظر»",
            "gone without a trace (share): «فيسبوكواتساب»"
        ]
    );
    let mut blocks = RIGHT.to_vec();
    blocks.push(("paragraph", "اقرأ أيضاً: القرار المنتظر"));
    let score = scored(&blocks, &CUT);
    assert_eq!((score.removed.right, score.spurious), (1, 0));
    assert_eq!(score.faults.last().unwrap(), "left in the text (read_also): «اقرأ أيضاً: القرار المنتظر»");
}

#[test]
fn a_folder_is_scored_by_language() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    file::replace(&pages.join("ar/case.expect.txt"), EXPECT).unwrap();
    let empty = Records::default();
    assert!(score(&pages, &empty).unwrap_err().contains("there is no case.in.html"));
    file::replace(&pages.join("ar/case.in.html"), "<p>").unwrap();
    file::replace(&pages.join("faults.txt"), "").unwrap();
    let report = score(&pages, &empty).unwrap();
    assert_eq!(report.faults(), ["ar/case: no record: none was written"]);
    let [sum, total] = report.sums().try_into().unwrap();
    assert_eq!((sum.language.as_str(), total.language.as_str(), total.absent.right), ("ar", "total", 0));
    assert!(report.to_string().contains("pages/ar"));
    file::replace(&pages.join("ar/other.in.html"), "<p>").unwrap();
    assert!(score(&pages, &empty).unwrap_err().contains("other.in.html has no"));
}

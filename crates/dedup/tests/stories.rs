//! Stories of a few documents: what copies are, and that the order of the input is no matter.

use khabar_dedup::{Clusterer, StorySettings, StorySketch};
use khabar_model::{CharSpan, DuplicateStatus, Record, StoryRow, Verdict};

const QUAKE: &str = "ضرب زلزال بقوة 5.9 درجات مدينة راور في كرمان وأسفر عن مقتل 12 شخصا وإصابة 86";
const QUAKE_EN: &str = "A 5.9 magnitude earthquake hit Ravar in Kerman; 12 people were killed and 86 injured";
const FERRY: &str = "غرقت عبارة في نهر ميغنا في بنغلادش بعد اصطدامها بسفينة رمال وفقد 19 راكبا";

fn rows(documents: &[(&str, &str, &str, DuplicateStatus, Option<&str>)]) -> Vec<StoryRow> {
    let mut clusterer = Clusterer::new(StorySettings::default());
    for &(id, language, text, status, of) in documents {
        let record: Record<CharSpan> = serde_json::from_value(serde_json::json!({
            "text": text,
            "language": { "code": language, "script": "Zyyy", "confidence": 1.0, "reliable": true, "alternatives": [] },
        }))
        .expect("a record");
        let verdict = Verdict {
            status,
            of: of.map(str::to_owned),
            cluster: of.unwrap_or(id).to_owned(),
            jaccard: None,
            containment: None,
        };
        clusterer.add(id, &StorySketch::of(&record), &verdict);
    }
    clusterer.stories(2)
}

fn story<'r>(rows: &'r [StoryRow], id: &str) -> &'r str {
    &rows.iter().find(|row| row.id == id).expect("every document has a row").story
}

#[test]
fn a_copy_goes_with_its_original_and_says_so() {
    use DuplicateStatus::{Exact, Unique};
    let documents =
        [("a", "ar", QUAKE, Unique, None), ("b", "ar", FERRY, Unique, None), ("c", "ar", QUAKE, Exact, Some("a"))];
    let rows = rows(&documents);
    assert_eq!(story(&rows, "a"), story(&rows, "c"));
    assert_ne!(story(&rows, "a"), story(&rows, "b"));
    assert!(rows.iter().any(|row| row.why.iter().any(|why| why.starts_with("duplicate: "))));
}

/// Which of three documents is called near depends on which came first.
#[test]
fn a_verdict_of_near_binds_nothing() {
    use DuplicateStatus::{Near, Unique};
    let one = rows(&[("a", "ar", QUAKE, Unique, None), ("b", "ar", FERRY, Near, Some("a"))]);
    assert_ne!(story(&one, "a"), story(&one, "b"));
}

#[test]
fn the_order_of_documents_is_no_matter() {
    use DuplicateStatus::Unique;
    let mut documents =
        [("a", "ar", QUAKE, Unique, None), ("b", "ar", FERRY, Unique, None), ("c", "en", QUAKE_EN, Unique, None)];
    let one = rows(&documents);
    documents.reverse();
    assert_eq!(one, rows(&documents));
}

/// Documents of a few words and perhaps a day, in any order, by any number of workers.
mod any {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 12] =
        ["زلزال", "كرمان", "قتيل", "عبارة", "نهر", "بنغلادش", "قمة", "مسقط", "earthquake", "Kerman", "summit", "Muscat"];

    fn record(words: &[usize], day: Option<u8>) -> Record<CharSpan> {
        let text: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let language = if words[0] < 8 { "ar" } else { "en" };
        let mut record = serde_json::json!({
            "text": text.join(" "),
            "language": { "code": language, "script": "Zyyy", "confidence": 1.0, "reliable": true, "alternatives": [] },
        });
        if let Some(day) = day {
            let value = format!("2024-10-{day:02}");
            record["published"] = serde_json::json!({
                "value": value, "precision": "day", "calendar": "gregorian", "raw": value, "origin": "input",
            });
        }
        serde_json::from_value(record).expect("a record")
    }

    proptest! {
        #[test]
        fn order_and_workers_are_no_matter(
            documents in proptest::collection::vec(
                (proptest::collection::vec(0_usize..12, 1..9), proptest::option::of(1_u8..31)), 1..25),
            turn in 0_usize..25,
            workers in 1_usize..4,
        ) {
            let unique = |id: &str| Verdict {
                status: DuplicateStatus::Unique, of: None, cluster: id.to_owned(), jaccard: None, containment: None,
            };
            let rows = |order: &[usize], workers| {
                let mut clusterer = Clusterer::new(StorySettings::default());
                for &at in order {
                    let (words, day) = &documents[at];
                    let id = format!("{:04x}", at * 7919 % 65_536);
                    clusterer.add(&id, &StorySketch::of(&record(words, *day)), &unique(&id));
                }
                clusterer.stories(workers)
            };
            let mut order: Vec<usize> = (0..documents.len()).collect();
            let one = rows(&order, 1);
            let ids: std::collections::BTreeSet<&str> = one.iter().map(|row| row.id.as_str()).collect();
            prop_assert_eq!(ids.len(), documents.len());
            order.rotate_left(turn % documents.len());
            order.reverse();
            prop_assert_eq!(one, rows(&order, workers));
        }
    }
}

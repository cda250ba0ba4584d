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

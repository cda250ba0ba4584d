//! Gold files of the parse stage: scrapes and pages as outlets leave them, and what has to come out.

use khabar_model::{Given, Media, RawDoc, Record, Source};
use khabar_parse::Parser;
use khabar_testkit::{check_record, gold_stage, render_record};

#[test]
fn parse_is_as_the_gold_files_say() {
    gold_stage("parse", |case| {
        let media = if case.extension == "html" { Media::Html } else { Media::Text };
        let payload = case.text().as_bytes().to_vec();
        let source = Source { uri: case.name.clone(), ..Source::default() };
        let raw = RawDoc { id: case.name.clone(), source, media, payload, given: Given::default() };
        match Parser::default().parse(&raw) {
            Ok(article) => {
                let record = Record::of_article(raw.id, raw.source, article).into_wire().expect("spans fit the text");
                let faults = check_record(&record, Some(&raw.payload));
                assert!(faults.is_empty(), "{}: {}", case.name, faults.join("\n"));
                render_record(&record)
            }
            Err(reject) => format!("reject: {reject}\n"),
        }
    });
}

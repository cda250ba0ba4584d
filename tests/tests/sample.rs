//! The sample input, from files to records: contract, counts, and how much of the labels is met.

use khabar_testkit::check_line;
use khabar_tests::{Gazetteer, Khabar, Records, Report, place, sample};

/// What must be met, as shares of what there is to meet. Raise them when the figures rise; never lower them to pass.
const MINIMA: &[(&str, Share, f64)] = &[
    ("documents present, others skipped", |report| report.total.present.share(), 1.0),
    ("language", |report| report.total.language.share(), 1.0),
    ("title", |report| report.total.title.share(), 1.0),
    ("published", |report| report.total.published.share(), 1.0),
    ("calendar", |report| report.total.calendar.share(), 1.0),
    ("authors", |report| report.total.authors.share(), 0.97),
    ("publisher", |report| report.total.publisher.share(), 0.94),
    ("body lines kept", |report| report.total.body.share(), 0.98),
    ("captions", |report| report.total.captions.share(), 0.9),
    ("boilerplate not in the text", out_of_text, 0.99),
    ("boilerplate with its reason", with_reason, 0.9),
    ("duplicates", |report| report.total.duplicates.share(), 1.0),
    ("entities", |report| report.total.entities.share(), 0.9),
];

type Share = fn(&Report) -> f64;

fn out_of_text(report: &Report) -> f64 {
    let boilerplate = report.total.boilerplate;
    1.0 - f64::from(boilerplate.left_in_text) / f64::from(boilerplate.of())
}

fn with_reason(report: &Report) -> f64 {
    let boilerplate = report.total.boilerplate;
    f64::from(boilerplate.right) / f64::from(boilerplate.of())
}

#[test]
fn the_sample_is_what_its_labels_say() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let ended = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e")).run(&[&place::sample()], &out, &[]);
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    let records = Records::read(&out).unwrap();
    every_record_keeps_the_contract(&records);
    counts_add_up(&records);
    labels_are_met(&records);
}

fn every_record_keeps_the_contract(records: &Records) {
    let mut faults = Vec::new();
    for row in &records.documents {
        let uri = &row.record.source.uri;
        let payload = row.payload().expect("the payload of a sample document is readable");
        faults.extend(check_line(&row.line, payload.as_deref()).into_iter().map(|fault| format!("{uri}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut ids: Vec<&str> = records.documents.iter().map(|row| row.record.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), records.documents.len(), "two documents have one id");
}

/// Law of counts: every record that was read was exported, rejected or skipped.
fn counts_add_up(records: &Records) {
    let count = |name: &str| records.manifest["counts"][name].as_u64().unwrap_or_else(|| panic!("no count of {name}"));
    assert_eq!(count("read"), count("exported") + count("rejected") + count("skipped"));
    assert_eq!(count("exported"), records.documents.len() as u64);
    assert_eq!(count("rejected"), records.rejects.len() as u64);
    assert_eq!(records.rejects, [], "nothing in the sample is broken");
}

fn labels_are_met(records: &Records) {
    let gazetteer = Gazetteer::read(&place::gazetteers()).expect("the gazetteers are readable");
    let report = sample::score(records, &place::sample_labels(), &place::sample(), &gazetteer)
        .expect("the labels fit the sample");
    let missed = MINIMA.iter().filter(|(_, share, minimum)| share(&report) < *minimum);
    let missed: Vec<String> =
        missed.map(|(name, share, minimum)| format!("{name}: {:.3}, not {minimum}", share(&report))).collect();
    assert!(missed.is_empty(), "\n{report}\n{}", missed.join("\n"));
}

//! The five scrapes that the project began with: what a person said of every line of them must hold.

use khabar_testkit::check_line;
use khabar_tests::{Khabar, Records, place, seeds};

#[test]
fn the_seeds_are_what_their_gold_says() {
    let Some(source) = place::shared("seeds") else {
        eprintln!("skipped: no shared data here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let ended = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e")).run(&[&source], &out, &[]);
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    let records = Records::read(&out).unwrap();
    for row in &records.documents {
        let payload = row.payload().unwrap();
        assert_eq!(check_line(&row.line, payload.as_deref()), Vec::<String>::new(), "{}", row.record.source.uri);
    }
    let report = seeds::score(&records, &place::seed_gold(), &source).unwrap();
    assert!(report.faults().is_empty(), "\n{report}");
}

//! Runs that remember: `--index`, `--drop-seen`, `khabar index`, and runs that are killed.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use khabar_tests::{Khabar, Records};
use serde_json::{Value, json};

fn khabar() -> Khabar {
    Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"))
}

/// Words that no two seeds share.
fn story(seed: usize, words: usize) -> String {
    (0..words).map(|nth| format!("كلمة{}", seed * 1000 + nth)).collect::<Vec<_>>().join(" ")
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own input")]
fn input(path: &Path, documents: &[(String, String)]) {
    let lines = documents.iter().map(|(id, text)| {
        json!({ "id": id, "url": format!("https://www.example.org/{id}"), "title": "عنوان الخبر", "text": text })
            .to_string()
            + "\n"
    });
    std::fs::write(path, lines.collect::<String>()).expect("the folder is ours");
}

fn documents(range: std::ops::Range<usize>) -> Vec<(String, String)> {
    range.map(|nth| (format!("d{nth}"), format!("{}.\n{}.", story(nth, 40), story(nth + 5000, 40)))).collect()
}

fn run(input: &Path, out: &Path, options: &[&str]) -> Records {
    let ended = khabar().run(&[input], out, options);
    assert!(ended.status.success(), "{}", ended.stderr);
    Records::read(out).expect("a run leaves records")
}

fn statuses(records: &Records) -> Vec<String> {
    let status = |row: &khabar_tests::Row| serde_json::json!(row.record.duplicate)["status"].to_string();
    records.documents.iter().map(status).collect()
}

fn stat(index: &Path) -> Value {
    let args = ["index", "stat", "--verify"].map(OsStr::new);
    let ended = khabar().call(&[&args[..], &[index.as_os_str()]].concat(), b"");
    assert!(ended.status.success(), "{}", ended.stderr);
    serde_json::from_slice(&ended.stdout).expect("the counts are JSON")
}

#[test]
fn a_second_day_is_compared_with_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let place = |name: &str| dir.path().join(name);
    let index = place("index");
    let with = ["--index", index.to_str().unwrap()];
    input(&place("monday.jsonl"), &documents(0..20));
    let mut tuesday = documents(20..30);
    tuesday.extend(documents(3..5).into_iter().map(|(id, text)| (format!("again-{id}"), text)));
    input(&place("tuesday.jsonl"), &tuesday);

    let monday = run(&place("monday.jsonl"), &place("1"), &with);
    let tuesday = run(&place("tuesday.jsonl"), &place("2"), &with);
    assert_eq!(monday.manifest["index"]["after"], tuesday.manifest["index"]["before"]);
    assert_eq!(stat(&index)["digest"], tuesday.manifest["index"]["after"]);
    assert_eq!(statuses(&tuesday)[9..], ["\"unique\"", "\"exact\"", "\"exact\""]);
    let of = tuesday.documents[11].record.duplicate.as_ref().and_then(|verdict| verdict.of.clone());
    assert_eq!(of.as_deref(), Some(monday.documents[4].record.id.as_str()));

    // The same run again: the same records, and nothing new in the index.
    let again = run(&place("tuesday.jsonl"), &place("3"), &with);
    let lines = |records: &Records| records.documents.iter().map(|row| row.line.clone()).collect::<Vec<_>>();
    assert_eq!(lines(&again), lines(&tuesday));
    assert_eq!(stat(&index)["documents"], 32);

    // What Monday has is dropped from Tuesday.
    let only_monday = place("monday-index");
    run(&place("monday.jsonl"), &place("4"), &["--index", only_monday.to_str().unwrap()]);
    let options = ["--index", only_monday.to_str().unwrap(), "--index-read-only", "--drop-seen"];
    let rest = run(&place("tuesday.jsonl"), &place("5"), &options);
    assert_eq!((rest.documents.len(), &rest.manifest["counts"]["skips"]["seen"]), (10, &json!(2)));
    assert_eq!(stat(&only_monday)["documents"], 20);

    let call = |args: &[&str]| {
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        let ended = khabar().call(&args, b"");
        assert!(ended.status.success(), "{}", ended.stderr);
    };
    call(&["index", "merge", index.to_str().unwrap()]);
    assert_eq!((&stat(&index)["segments"], &stat(&index)["documents"]), (&json!(1), &json!(32)));
    call(&["index", "drop-source", index.to_str().unwrap(), "www.example.org"]);
    assert_eq!(stat(&index)["documents"], 0);
}

#[test]
fn a_run_with_little_memory_says_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let place = |name: &str| dir.path().join(name);
    let mut all = documents(0..40);
    all.extend(documents(10..20).into_iter().map(|(id, text)| (format!("{id}x"), format!("{text} خاتمة"))));
    input(&place("all.jsonl"), &all);
    let [much, little] = ["4096", "1"].map(|memory| run(&place("all.jsonl"), &place(memory), &["--memory", memory]));
    assert_eq!(much.manifest["outputs"], little.manifest["outputs"]);
    assert_eq!(statuses(&little).iter().filter(|status| *status == "\"near\"").count(), 10);
    assert!(!place("1").join("spill.partial").exists());
}

#[test]
fn a_killed_run_leaves_the_index_as_it_was_or_whole() {
    let dir = tempfile::tempdir().unwrap();
    let place = |name: &str| dir.path().join(name);
    let index = place("index");
    input(&place("first.jsonl"), &documents(0..30));
    input(&place("second.jsonl"), &documents(30..330));
    run(&place("first.jsonl"), &place("out"), &["--index", index.to_str().unwrap()]);
    let mut kept = stat(&index);
    let mut killed = 0;
    for round in 0..8 {
        let out = place(&format!("out-{round}"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_khabar-e2e"))
            .args([OsStr::new("run"), place("second.jsonl").as_os_str(), OsStr::new("--out"), out.as_os_str()])
            .args([OsStr::new("--index"), index.as_os_str(), OsStr::new("--quiet")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(40 + round * 70));
        killed += u32::from(child.try_wait().unwrap().is_none());
        // On Unix this is SIGKILL: nothing of the program runs after it.
        let _ended = child.kill();
        child.wait().unwrap();
        let found = stat(&index);
        if found != kept {
            assert_eq!(found["documents"], 330, "neither old nor new: {found}");
            kept = found;
        }
    }
    assert!(killed > 0, "every run had ended before it was killed");
    run(&place("second.jsonl"), &place("last"), &["--index", index.to_str().unwrap()]);
    assert_eq!(stat(&index)["documents"], 330);
}

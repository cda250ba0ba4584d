//! The same input gives the same bytes, whatever the number of workers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use khabar_tests::{Khabar, place};

/// What differs between equal runs by design: timings and the number of workers itself.
const REPORT: &str = "report.json";

#[test]
fn the_sample_gives_the_same_bytes() {
    same_bytes(&[place::sample()]);
}

#[test]
fn seeds_and_an_archive_give_the_same_bytes() {
    let inputs = ["seeds", "samples/voa_dari.warc.gz"].map(place::shared);
    let [Some(seeds), Some(archive)] = inputs else {
        eprintln!("skipped: no shared data here");
        return;
    };
    same_bytes(&[seeds, archive]);
}

fn same_bytes(inputs: &[PathBuf]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let khabar = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"));
    let runs = ["1", "2", "8"].map(|workers| {
        let out = folder.path().join(workers);
        let ended = khabar.run(&inputs, &out, &["--workers", workers]);
        assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
        files(&out)
    });
    let [first, others @ ..] = &runs;
    for name in ["documents.jsonl", "manifest.json"] {
        assert!(first.get(name).is_some_and(|bytes| !bytes.is_empty()), "{name} is missing or empty");
    }
    for other in others {
        assert!(first.keys().eq(other.keys()), "{:?} and {:?}", first.keys(), other.keys());
        for (name, bytes) in first {
            let same = bytes == &other[name];
            assert!(same, "{name} differs:\n{}", first_difference(bytes, &other[name]));
        }
    }
}

/// The files of a run that two equal runs share, by name.
#[expect(clippy::disallowed_methods, reason = "a test reads what the run wrote")]
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("the run wrote a folder");
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let named = paths.map(|path| {
        let bytes = std::fs::read(&path).expect("the run wrote files that can be read");
        (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes)
    });
    named.filter(|(name, _)| name != REPORT).collect()
}

fn first_difference(one: &[u8], other: &[u8]) -> String {
    let (one, other) = (String::from_utf8_lossy(one), String::from_utf8_lossy(other));
    let mut pairs = one.lines().zip(other.lines()).enumerate();
    match pairs.find(|(_, (one, other))| one != other) {
        Some((at, (one, other))) => format!("line {}\n{one}\n{other}", at + 1),
        None => "one is the beginning of the other".to_owned(),
    }
}

//! Runs that follow each other, and runs that are killed.

use std::{
    fs,
    sync::atomic::{AtomicU64, Ordering},
};

use khabar_model::DuplicateStatus::{Exact, Near, Unique};
use proptest::prelude::*;

use super::*;
use crate::{Judgement, sketch};

/// Texts that differ in all words but those that are asked for.
fn text(seed: usize, words: usize) -> String {
    (0..words).map(|nth| format!("كلمة{}", seed * 1000 + nth)).collect::<Vec<_>>().join(" ")
}

fn edited(text: &str) -> String {
    text.split(' ')
        .enumerate()
        .map(|(nth, word)| if nth % 9 == 4 { "بديل" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

fn run(folder: &Path, documents: &[(String, String)]) -> Vec<Judgement> {
    let settings = Settings::default();
    let index = Index::open(folder, &settings).unwrap();
    let mut deduper = index.deduper().unwrap();
    let judge = |(id, text): &(String, String)| deduper.judge_from(id, "host", sketch(text, &settings));
    let judgements = documents.iter().map(judge).collect();
    index.prepare(&deduper).unwrap().commit().unwrap();
    Index::open(folder, &settings).unwrap().verify().unwrap();
    judgements
}

fn documents(range: std::ops::Range<usize>) -> Vec<(String, String)> {
    range.map(|nth| (format!("d{nth}"), text(nth, 60))).collect()
}

fn statuses(judgements: &[Judgement]) -> Vec<khabar_model::DuplicateStatus> {
    judgements.iter().map(|judgement| judgement.verdict.status).collect()
}

#[test]
fn tomorrow_is_compared_with_yesterday() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &documents(0..3));
    let mut second = documents(3..5);
    second.push(("again".to_owned(), text(1, 60)));
    second.push(("light".to_owned(), edited(&text(2, 60))));
    let judgements = run(dir.path(), &second);
    assert_eq!(statuses(&judgements), [Unique, Unique, Exact, Near]);
    assert_eq!(judgements[2].verdict.of.as_deref(), Some("d1"));
    assert_eq!(judgements[3].verdict.cluster, "d2");
    assert_eq!([2, 3, 0].map(|nth| judgements[nth].seen), [true, true, false]);
    // The third run meets what both left.
    let third = [("x".to_owned(), edited(&text(4, 60))), ("y".to_owned(), text(0, 60))];
    assert_eq!(statuses(&run(dir.path(), &third)), [Near, Exact]);
    let stat = Index::open(dir.path(), &Settings::default()).unwrap().stat().unwrap();
    assert_eq!((stat.documents, stat.segments, stat.texts, stat.clusters), (9, 3, 7, 5));
    assert_eq!(stat.sources.into_iter().collect::<Vec<_>>(), [("host".to_owned(), 9)]);
}

#[test]
fn a_run_that_is_repeated_says_the_same_and_adds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut all = documents(0..4);
    all.push(("copy".to_owned(), text(1, 60)));
    all.push(("light".to_owned(), edited(&text(1, 60))));
    all.push(("quote".to_owned(), format!("{}\n{}.\n{}", text(50, 80), text(2, 40), text(51, 80))));
    all.push(("empty".to_owned(), String::new()));
    let first = run(dir.path(), &all);
    assert!(!first[6].passages.is_empty());
    let digest = Index::open(dir.path(), &Settings::default()).unwrap().digest();
    let again = run(dir.path(), &all);
    let plain = |judgements: &[Judgement]| -> Vec<Judgement> {
        judgements.iter().map(|judgement| Judgement { seen: false, ..judgement.clone() }).collect()
    };
    assert_eq!(plain(&again), plain(&first));
    assert!(again.iter().all(|judgement| judgement.seen));
    assert_eq!(Index::open(dir.path(), &Settings::default()).unwrap().digest(), digest);
}

#[test]
fn a_document_that_changed_is_no_duplicate_of_itself() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &documents(0..1));
    let judgements = run(dir.path(), &[("d0".to_owned(), edited(&text(0, 60)))]);
    assert_eq!(statuses(&judgements), [Unique]);
    assert!(judgements[0].pairs.is_empty());
}

#[test]
fn merging_changes_no_answer_and_dropping_forgets() {
    let dir = tempfile::tempdir().unwrap();
    for part in 0..4 {
        run(dir.path(), &documents(part * 3..part * 3 + 3));
    }
    let settings = Settings::default();
    Index::open(dir.path(), &settings).unwrap().merge().unwrap().commit().unwrap();
    let stat = Index::open(dir.path(), &settings).unwrap().stat().unwrap();
    assert_eq!((stat.documents, stat.segments), (12, 1));
    let segments = names(dir.path()).unwrap().into_iter().filter(|name| name.ends_with(segment::SUFFIX));
    assert_eq!(segments.count(), 1, "files that are no longer part of the index are removed");
    let probes = [("p".to_owned(), edited(&text(7, 60)))];
    assert_eq!(statuses(&run(dir.path(), &probes)), [Near]);
    let (dropped, prepared) = Index::open(dir.path(), &settings).unwrap().drop_source("host").unwrap();
    prepared.commit().unwrap();
    assert_eq!(dropped, 13);
    assert_eq!(statuses(&run(dir.path(), &probes)), [Unique]);
}

#[test]
fn many_runs_are_merged_on_the_way() {
    let dir = tempfile::tempdir().unwrap();
    for nth in 0..20 {
        run(dir.path(), &documents(nth..nth + 1));
    }
    let stat = Index::open(dir.path(), &Settings::default()).unwrap().stat().unwrap();
    assert_eq!(stat.documents, 20);
    assert!(stat.segments <= MOST_SEGMENTS);
    let judgements =
        run(dir.path(), &(0..20).map(|nth| (format!("e{nth}"), edited(&text(nth, 60)))).collect::<Vec<_>>());
    assert!(judgements.iter().all(|judgement| judgement.verdict.status == Near));
}

#[test]
fn one_at_a_time_and_only_what_fits() {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings::default();
    let open = Index::open(dir.path(), &settings).unwrap();
    assert!(matches!(Index::open(dir.path(), &settings).unwrap_err().kind(), ErrorKind::Locked));
    drop(open);
    run(dir.path(), &documents(0..1));
    let mut other = settings.clone();
    other.one_in = 4;
    assert!(matches!(Index::open(dir.path(), &other).unwrap_err().kind(), ErrorKind::Version { .. }));
    let foreign = tempfile::tempdir().unwrap();
    fs::create_dir(foreign.path().join("photos")).unwrap();
    assert!(matches!(Index::open(foreign.path(), &settings).unwrap_err().kind(), ErrorKind::Foreign(_)));
    assert!(matches!(Index::open_to_read(foreign.path(), &settings).unwrap_err().kind(), ErrorKind::Absent));
}

fn copy(from: &Path, to: &Path) {
    for name in names(from).unwrap() {
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

/// Adds a run and is stopped when the fuel is spent; returns what is left of it.
fn stopped(folder: &Path, fuel: u64, merge: bool) -> Result<u64, Error> {
    let settings = Settings::default();
    let fuel = Arc::new(AtomicU64::new(fuel));
    let index = Index::with(folder, &settings, Disk { fuel: Some(Arc::clone(&fuel)) }, true).unwrap();
    if merge {
        index.merge()?.commit()?;
    } else {
        let mut deduper = index.deduper().unwrap();
        for (id, text) in documents(10..13) {
            deduper.judge(&id, sketch(&text, &settings));
        }
        index.prepare(&deduper)?.commit()?;
    }
    Ok(fuel.load(Ordering::Relaxed))
}

#[test]
fn a_run_killed_at_any_byte_leaves_the_old_index_or_the_new() {
    const PLENTY: u64 = 1 << 40;
    for merge in [false, true] {
        let old = tempfile::tempdir().unwrap();
        run(old.path(), &documents(0..3));
        run(old.path(), &documents(3..6));
        let settings = Settings::default();
        let digest = |folder: &Path| Index::open(folder, &settings).unwrap().digest();
        let new = tempfile::tempdir().unwrap();
        copy(old.path(), new.path());
        let needed = PLENTY - stopped(new.path(), PLENTY, merge).unwrap();
        let digests = [digest(old.path()), digest(new.path())];
        assert_ne!(digests[0], digests[1]);
        // Many places while the segment is written, more where the listing is, and every step of the end.
        let last = needed.saturating_sub(700);
        let end = needed.saturating_sub(30);
        let early = (0..last).step_by((last / 80).max(1) as usize);
        let places = early.chain((last..end).step_by(11)).chain(end..needed);
        let mut seen = [0, 0];
        for fuel in places {
            let folder = tempfile::tempdir().unwrap();
            copy(old.path(), folder.path());
            assert!(stopped(folder.path(), fuel, merge).is_err(), "{fuel} of {needed} were enough");
            let index = Index::open(folder.path(), &settings).unwrap();
            index.verify().unwrap();
            let found = digests.iter().position(|digest| *digest == index.digest()).expect("the old or the new");
            seen[found] += 1;
            assert_eq!(index.stat().unwrap().documents, if merge { 6 } else { [6, 9][found] });
            drop(index);
            // And the next run goes through, whether it has anything left to add or not.
            stopped(folder.path(), PLENTY, merge).unwrap();
            assert!(merge || digest(folder.path()) == digests[1]);
        }
        assert!(seen[0] > 100 && seen[1] > 0, "{seen:?}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test damages files")]
fn a_damaged_index_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &documents(0..3));
    let settings = Settings::default();
    let names: Vec<String> = names(dir.path()).unwrap().into_iter().filter(|name| name != LOCK).collect();
    for name in names {
        let path = dir.path().join(&name);
        let whole = fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(97) {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            for bytes in [&flipped[..], &whole[..at]] {
                fs::write(&path, bytes).unwrap();
                let found = Index::open(dir.path(), &settings).and_then(|index| index.verify());
                assert!(found.is_err(), "{name}, byte {at}");
                // Nothing that is read of it makes the program panic.
                let read = Index::open(dir.path(), &settings).and_then(|index| index.deduper());
                if let Ok(mut deduper) = read {
                    deduper.judge("x", sketch(&edited(&text(1, 60)), &settings));
                }
            }
        }
        fs::write(&path, whole).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn runs_in_parts_say_what_one_run_says(
        picks in proptest::collection::vec((0_usize..6, any::<bool>()), 1..20),
        cuts in proptest::collection::vec(any::<bool>(), 20),
    ) {
        let settings = Settings::default();
        let all: Vec<(String, String)> = picks.iter().enumerate().map(|(nth, &(seed, edit))| {
            (format!("n{nth}"), if edit { edited(&text(seed, 60)) } else { text(seed, 60) })
        }).collect();
        let mut whole = Deduper::new(settings.clone());
        let expected: Vec<Judgement> =
            all.iter().map(|(id, text)| whole.judge(id, sketch(text, &settings))).collect();
        let dir = tempfile::tempdir().unwrap();
        let mut found = Vec::new();
        let mut part = Vec::new();
        for (document, cut) in all.into_iter().zip(cuts) {
            part.push(document);
            if cut {
                found.extend(run(dir.path(), &std::mem::take(&mut part)));
            }
        }
        found.extend(run(dir.path(), &part));
        for (found, expected) in found.iter().zip(&expected) {
            prop_assert_eq!(&found.verdict, &expected.verdict);
            prop_assert_eq!(&found.pairs, &expected.pairs);
        }
    }
}

//! Scores the de-duplication of JSON lines from stdin against gold clusters, and measures its speed on one thread.
//!
//! A line has `id` and `text`; with gold also `cluster`, `kind` and `rate` (how the text was edited; `base` for the
//! originals). With the argument `pairs`, the verified pairs go to stdout as JSON lines instead of the table.
//!
//! ```text
//! zstd -dc gold.jsonl.zst | cargo run --release -p khabar-dedup --example score_dedup
//! ```
#![expect(clippy::print_stdout, reason = "an example talks to its user")]
#![expect(clippy::disallowed_methods, reason = "an example may measure time")]

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::{BufRead, stdin},
    time::{Duration, Instant},
};

use khabar_dedup::{Deduper, Settings, Sketch, sketch};
use khabar_model::{DuplicateRow, DuplicateStatus, Verdict};
use serde_json::{Value, json};

/// Documents timed together: a few milliseconds of work.
const BATCH: usize = 64;

struct Document {
    id: String,
    text: String,
    gold: Option<u64>,
    /// `rand 20`, and so on.
    kind: String,
}

#[derive(Default)]
struct Run {
    verdicts: Vec<Verdict>,
    pairs: Vec<DuplicateRow>,
    sketching: Duration,
    judging: Duration,
    sketch_bytes: usize,
    index_bytes: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let documents = stdin().lock().lines().map(|line| read(&line?)).collect::<Result<Vec<_>, _>>()?;
    let run = run(&documents);
    if std::env::args().nth(1).as_deref() == Some("pairs") {
        for pair in &run.pairs {
            println!("{}", serde_json::to_string(pair)?);
        }
        return Ok(());
    }
    quality(&documents, &run);
    speed(&documents, &run);
    Ok(())
}

fn read(line: &str) -> Result<Document, Box<dyn Error>> {
    let row: Value = serde_json::from_str(line)?;
    let text_of = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Document {
        id: text_of("id"),
        text: text_of("text"),
        gold: row.get("cluster").and_then(Value::as_u64),
        kind: format!("{:<8}{:>3}", text_of("kind"), row.get("rate").unwrap_or(&json!(0))),
    })
}

/// Runs five times and takes the shortest time of each batch, so that other processes' turns don't count.
fn run(documents: &[Document]) -> Run {
    let settings = Settings::default();
    let mut run = Run::default();
    let mut took = vec![(Duration::MAX, Duration::MAX); documents.len().div_ceil(BATCH)];
    for _ in 0..5 {
        run = Run::default();
        let mut deduper = Deduper::new(settings.clone());
        for (batch, took) in documents.chunks(BATCH).zip(&mut took) {
            let start = Instant::now();
            let sketches: Vec<Sketch> = batch.iter().map(|document| sketch(&document.text, &settings)).collect();
            took.0 = took.0.min(start.elapsed());
            run.sketch_bytes += sketches.iter().map(Sketch::bytes).sum::<usize>();
            let start = Instant::now();
            for (document, sketch) in batch.iter().zip(sketches) {
                let judgement = deduper.judge(&document.id, sketch);
                run.verdicts.push(judgement.verdict);
                run.pairs.extend(judgement.pairs);
            }
            took.1 = took.1.min(start.elapsed());
        }
        run.index_bytes = deduper.memory_bytes();
    }
    run.sketching = took.iter().map(|took| took.0).sum();
    run.judging = took.iter().map(|took| took.1).sum();
    run
}

/// Recall a kind of edit, by pairs and by clusters, and the precision of both.
fn quality(documents: &[Document], run: &Run) {
    let count = |status| run.verdicts.iter().filter(|verdict| verdict.status == status).count();
    println!(
        "{} documents: {} unique, {} exact, {} near, {} abridged; {} pairs",
        documents.len(),
        count(DuplicateStatus::Unique),
        count(DuplicateStatus::Exact),
        count(DuplicateStatus::Near),
        count(DuplicateStatus::Abridged),
        run.pairs.len(),
    );
    let by_id: BTreeMap<&str, usize> = documents.iter().enumerate().map(|(at, d)| (d.id.as_str(), at)).collect();
    let found: BTreeSet<(usize, usize)> = run
        .pairs
        .iter()
        .filter_map(|pair| Some((*by_id.get(pair.of.as_str())?, *by_id.get(pair.id.as_str())?)))
        .collect();
    let mut clusters: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        document.gold.into_iter().for_each(|gold| clusters.entry(gold).or_default().push(at));
    }
    if clusters.is_empty() {
        return;
    }
    let mut table: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for members in clusters.values() {
        for (nth, &later) in members.iter().enumerate() {
            for &earlier in members.iter().take(nth) {
                let edited = [later, earlier].map(|at| documents[at].kind.as_str());
                let kind = edited.into_iter().find(|kind| !kind.starts_with("base")).unwrap_or("base");
                let [pairs, by_pair, by_cluster] = table.entry(kind).or_default();
                *pairs += 1;
                *by_pair += usize::from(found.contains(&(earlier, later)));
                *by_cluster += usize::from(run.verdicts[earlier].cluster == run.verdicts[later].cluster);
            }
        }
    }
    println!("kind          pairs  recall  in one cluster");
    for (kind, [pairs, by_pair, by_cluster]) in table {
        println!("{kind:<12} {pairs:>6}  {:.3}   {:.3}", share(by_pair, pairs), share(by_cluster, pairs));
    }
    let same = |a: usize, b: usize| documents[a].gold == documents[b].gold;
    let right = found.iter().filter(|&&(a, b)| same(a, b)).count();
    println!("pair precision {:.4} ({} wrong of {})", share(right, found.len()), found.len() - right, found.len());
    let joins: Vec<_> = run
        .verdicts
        .iter()
        .enumerate()
        .filter_map(|(at, verdict)| Some((at, *by_id.get(verdict.of.as_deref()?)?)))
        .collect();
    let right = joins.iter().filter(|&&(a, b)| same(a, b)).count();
    println!("verdict precision {:.4} ({} wrong of {})", share(right, joins.len()), joins.len() - right, joins.len());
}

fn speed(documents: &[Document], run: &Run) {
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let rate = |took: Duration| bytes as f64 / 1e6 / took.as_secs_f64();
    println!(
        "sketch {:.0} MB/s, to verified pairs {:.0} MB/s (one thread)",
        rate(run.sketching),
        rate(run.sketching + run.judging)
    );
    let each = |total: usize| total / documents.len().max(1);
    println!(
        "bytes a document: text {}, sketch {}, in the index {}",
        each(bytes),
        each(run.sketch_bytes),
        each(run.index_bytes)
    );
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

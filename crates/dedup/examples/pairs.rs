//! Verified pairs among the texts of a JSONL file, on one thread, with the processor time that they took.
//!
//! ```text
//! cargo run --release -p khabar-dedup --example pairs -- gold.jsonl
//! ```
//!
//! A line has `id` and `text`. One JSON line a pair goes to stdout (a, b); at the end one with megabytes, sketch_seconds,
//! seconds, and what the documents take in memory. `cargo xtask score dedup --peers` runs it beside others.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]
#![expect(clippy::disallowed_methods, reason = "an example may read a file")]

use std::error::Error;

use khabar_dedup::{Deduper, Settings, Sketch, sketch};
use measure::seconds;
use rustix::time::ClockId;
use serde_json::{Value, json};

#[path = "common/measure.rs"]
mod measure;

/// Documents that are timed together.
const BATCH: usize = 256;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: pairs FILE.jsonl")?;
    let mut documents = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let field = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        documents.push((field("id"), field("text")));
    }
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    let (mut sketching, mut judging, mut passages, mut sketch_bytes) = (0.0, 0.0, 0, 0);
    let mut rows = Vec::new();
    for batch in documents.chunks(BATCH) {
        let start = seconds(ClockId::ThreadCPUTime);
        let sketches: Vec<Sketch> = batch.iter().map(|(_, text)| sketch(text, &settings)).collect();
        let between = seconds(ClockId::ThreadCPUTime);
        sketch_bytes += sketches.iter().map(Sketch::bytes).sum::<usize>();
        let middle = seconds(ClockId::ThreadCPUTime);
        for ((id, _), sketch) in batch.iter().zip(sketches) {
            let judgement = deduper.judge(id, sketch);
            passages += judgement.passages.len();
            rows.extend(judgement.pairs);
        }
        sketching += between - start;
        judging += seconds(ClockId::ThreadCPUTime) - middle;
    }
    for row in rows {
        println!("{}", json!({ "a": row.of, "b": row.id }));
    }
    let bytes: usize = documents.iter().map(|(_, text)| text.len()).sum();
    let each = |total: usize| total / documents.len().max(1);
    println!(
        "{}",
        json!({
            "megabytes": bytes as f64 / 1e6, "sketch_seconds": sketching, "seconds": sketching + judging,
            "documents": documents.len(), "passages": passages, "sketch_bytes_a_document": each(sketch_bytes),
            "memory_bytes_a_document": each(deduper.memory_bytes()),
        })
    );
    Ok(())
}

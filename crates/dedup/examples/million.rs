//! De-duplicates synthetic news, a million documents of it unless told otherwise, and tells speed and memory on the way.
//!
//! ```text
//! cargo run --release -p khabar-dedup --example million -- [DOCUMENTS] [MEMORY_MIB] [FOLDER]
//! ```
//!
//! Words are drawn from 300,000 by Zipf's law with a fixed seed, 60 to 560 a document. One document in five is an edit
//! of one of the last 50,000: an exact copy, a tenth of its words replaced, or its first half; one in ten carries a
//! passage of another. With a folder (empty), what exceeds the memory goes there.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;

use khabar_dedup::{Deduper, Settings, sketch};
use khabar_model::DuplicateStatus;
use measure::{Random, resident, seconds};
use rustix::time::ClockId;

#[path = "common/measure.rs"]
mod measure;

const LETTERS: [char; 20] =
    ['ا', 'ب', 'ت', 'ج', 'ح', 'د', 'ر', 'س', 'ش', 'ص', 'ع', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ي'];
const VOCABULARY: u64 = 300_000;
/// Documents that an edit may be of.
const WINDOW: usize = 50_000;

fn drawn(random: &mut Random) -> u32 {
    random.rank(VOCABULARY) as u32
}

fn words_of(random: &mut Random, count: usize) -> Vec<u32> {
    (0..count).map(|_| drawn(random)).collect()
}

fn spelled(words: &[u32], text: &mut String) {
    text.clear();
    for (nth, &word) in words.iter().enumerate() {
        let mut hash = Random(u64::from(word)).next();
        for _ in 0..3 + word.clamp(1, 1000).ilog2().saturating_sub(6) as usize + (hash >> 60) as usize % 3 {
            text.push(LETTERS[(hash % 20) as usize]);
            hash = hash / 20 + 7;
        }
        text.push_str(if nth % 17 == 16 { ". " } else { " " });
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |nth: usize, default: usize| args.get(nth).map_or(Ok(default), |arg| arg.parse());
    let (documents, memory) = (number(0, 1_000_000)?, number(1, 4096)?);
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    if let Some(folder) = args.get(2) {
        std::fs::create_dir_all(folder)?;
        deduper = deduper.spilling(folder.as_ref(), memory << 20);
    }
    let mut random = Random(1);
    let mut recent: Vec<Vec<u32>> = Vec::new();
    let (mut text, mut bytes, mut sketching, mut judging) = (String::new(), 0, 0.0, 0.0);
    let (mut edits, mut found, mut passages, mut next) = (0, 0, 0, 10_000);
    println!("documents  text GB  sketch MB/s  all MB/s  documents/s  state GB  resident GB  edits found  passages");
    for nth in 1..=documents {
        let length = 60 + random.below(500) as usize;
        let dice = random.below(20);
        let other = (!recent.is_empty()).then(|| random.below(recent.len() as u64) as usize);
        let words = match (other.and_then(|other| recent.get(other)), dice) {
            (Some(other), 0) => other.clone(),
            (Some(other), 1 | 2) => {
                let edit = |word: &u32| if random.below(10) == 0 { drawn(&mut random) } else { *word };
                other.iter().map(edit).collect()
            }
            (Some(other), 3) => other.iter().copied().take(other.len().div_ceil(2)).collect(),
            (Some(other), 4 | 5) => {
                let passage = other.iter().skip(other.len() / 3).take(60).copied();
                words_of(&mut random, length).into_iter().chain(passage).collect()
            }
            _ => words_of(&mut random, length),
        };
        let edited = nth > 1 && dice < 4;
        spelled(&words, &mut text);
        bytes += text.len();
        let start = seconds(ClockId::ThreadCPUTime);
        let sketch = sketch(&text, &settings);
        let middle = seconds(ClockId::ThreadCPUTime);
        let judgement = deduper.judge(&format!("{nth:032x}"), sketch);
        (sketching, judging) = (sketching + middle - start, judging + seconds(ClockId::ThreadCPUTime) - middle);
        edits += usize::from(edited);
        found += usize::from(edited && judgement.verdict.status != DuplicateStatus::Unique);
        passages += judgement.passages.len();
        if recent.len() < WINDOW {
            recent.push(words);
        } else if let Some(slot) = recent.get_mut(nth % WINDOW) {
            *slot = words;
        }
        if nth == next || nth == documents {
            let (megabytes, all) = (bytes as f64 / 1e6, sketching + judging);
            println!(
                "{nth:>9}  {:>7.3}  {:>11.0}  {:>8.0}  {:>11.0}  {:>8.3}  {:>11}  {:>11.4}  {passages:>8}",
                megabytes / 1e3,
                megabytes / sketching,
                megabytes / all,
                nth as f64 / all,
                deduper.memory_bytes() as f64 / 1e9,
                resident().map_or("?".to_owned(), |bytes| format!("{:.3}", bytes / 1e9)),
                found as f64 / f64::from(edits as u32).max(1.0),
            );
            // 10, 30, 100, 300 thousand …
            next = if next.to_string().starts_with('1') { next * 3 } else { next / 3 * 10 };
        }
    }
    match deduper.failure() {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

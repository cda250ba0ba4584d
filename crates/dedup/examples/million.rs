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
#![expect(clippy::disallowed_methods, reason = "an example may read what Linux says of its memory")]

use std::error::Error;

use khabar_dedup::{Deduper, Settings, sketch};
use khabar_model::DuplicateStatus;
use rustix::time::{ClockId, clock_gettime};

const LETTERS: [char; 20] =
    ['ا', 'ب', 'ت', 'ج', 'ح', 'د', 'ر', 'س', 'ش', 'ص', 'ع', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ي'];
const VOCABULARY: u64 = 300_000;
/// Documents that an edit may be of.
const WINDOW: usize = 50_000;

/// SplitMix64 (public domain).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A rank by Zipf's law with exponent 1: uniform on a logarithmic scale.
    fn word(&mut self) -> u32 {
        let share = self.next() as f64 / u64::MAX as f64;
        ((VOCABULARY as f64).powf(share) - 1.0) as u32
    }

    fn words(&mut self, count: usize) -> Vec<u32> {
        (0..count).map(|_| self.word()).collect()
    }
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
                let edit = |word: &u32| if random.below(10) == 0 { random.word() } else { *word };
                other.iter().map(edit).collect()
            }
            (Some(other), 3) => other.iter().copied().take(other.len().div_ceil(2)).collect(),
            (Some(other), 4 | 5) => {
                let passage = other.iter().skip(other.len() / 3).take(60).copied();
                random.words(length).into_iter().chain(passage).collect()
            }
            _ => random.words(length),
        };
        let edited = nth > 1 && dice < 4;
        spelled(&words, &mut text);
        bytes += text.len();
        let start = seconds();
        let sketch = sketch(&text, &settings);
        let middle = seconds();
        let judgement = deduper.judge(&format!("{nth:032x}"), sketch);
        (sketching, judging) = (sketching + middle - start, judging + seconds() - middle);
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

/// Processor time of this thread.
fn seconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// Peak of the resident memory, as Linux counts it.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib * 1024.0)
}

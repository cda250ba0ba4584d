//! Names the language of each line of standard input: code, script, confidence, reliable, runners-up, the line.

use std::io::{self, BufRead, Write};

use khabar_langid::Detector;

fn main() -> io::Result<()> {
    let detector = Detector::embedded();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let detection = detector.detect(&line);
        let others: Vec<String> =
            detection.alternatives.iter().map(|other| format!("{} {:.3}", other.code, other.confidence)).collect();
        let script = detection.script.as_deref().unwrap_or("-");
        let trust = if detection.reliable { "reliable" } else { "unsure" };
        let start: String = line.chars().take(100).collect();
        writeln!(
            out,
            "{}\t{script}\t{:.3}\t{trust}\t{}\t{start}",
            detection.code,
            detection.confidence,
            others.join(", ")
        )?;
    }
    Ok(())
}

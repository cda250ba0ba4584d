//! How much memory lists take: `cargo run --release -p khabar-entity --example memory [LIST.tsv | FILE.bin]`.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement")]

use std::error::Error;

use khabar_entity::{Extractor, GAZETTEERS};

/// Lines of a process's memory: what it holds, and the most that it ever held.
const LINES: [&str; 2] = ["VmRSS", "VmHWM"];

/// MB of memory by [`LINES`]; zeros where the system does not say.
fn memory() -> [f64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    LINES.map(|name| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        let kibibytes = line.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok());
        kibibytes.unwrap_or(0.0) * 1024.0 / 1e6
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).map(std::fs::read).transpose()?;
    let [before, _] = memory();
    let extractor = match &file {
        None => Extractor::embedded_lists(),
        Some(file) if Extractor::is_compiled(file) => Extractor::load_compiled("list", file)?,
        Some(file) => Extractor::load(std::iter::once(("list", std::str::from_utf8(file)?)).chain(GAZETTEERS))?,
    };
    // What is made when the first text comes belongs to the lists.
    let names = extractor.listed("عاد من موسكو", Some("ar")).count();
    let [held, peak] = memory();
    println!(
        "{} entries, {names} name: {:.0} MB held, {:.0} MB at most",
        extractor.entries(),
        held - before,
        peak - before
    );
    Ok(())
}

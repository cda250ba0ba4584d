//! Extracts the text of every page of a folder on one thread, with this crate or with a peer, and measures the time.
//!
//! One JSON line a page on stdout: `file`, `text` (the blocks of the body, joined by newlines) and `seconds`. All files
//! are in memory before the first is timed; only extraction is, from bytes to text, in processor time, so that a busy
//! machine changes little. The smallest page is read once before, untimed. On stderr: the speed, and the pages that were
//! slowest for their size.
//!
//! ```text
//! cargo run --release -p khabar-parse --example extract -- khabar FOLDER > pages.jsonl
//! cargo run --release -p khabar-parse --example extract -- dom_smoothie FOLDER > pages.jsonl
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to its user")]
#![expect(clippy::disallowed_methods, reason = "an example may read files")]

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use dom_smoothie::{Config, Readability, TextMode};
use khabar_model::{Given, Media, RawDoc, Source};
use khabar_parse::Parser;
use serde_json::json;

/// Pages that the summary names.
const SLOWEST: usize = 5;

/// Stack of the thread that extracts: a peer that recurses on deep pages must not end the comparison.
const STACK: usize = 256 << 20;

/// From the bytes of a page, which it may keep, to the text of its body.
type Extract = fn(&Parser, Vec<u8>) -> String;

/// Name and bytes of a file.
type Page = (String, Vec<u8>);

struct Timed {
    file: String,
    bytes: usize,
    took: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [engine, folder] = args.as_slice() else { return Err("usage: extract khabar|dom_smoothie FOLDER".into()) };
    let extract: Extract = match engine.as_str() {
        "khabar" => khabar,
        "dom_smoothie" => dom_smoothie,
        other => return Err(format!("khabar or dom_smoothie, not {other}").into()),
    };
    let pages = read(Path::new(folder))?;
    let work = move || run(pages, extract);
    let timed = std::thread::Builder::new().stack_size(STACK).spawn(work)?.join().map_err(|_| "extraction panicked")?;
    summary(engine, timed);
    Ok(())
}

/// Every file of a folder, by name.
fn read(folder: &Path) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        pages.push((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?));
    }
    pages.sort();
    Ok(pages)
}

fn run(pages: Vec<Page>, extract: Extract) -> Vec<Timed> {
    let parser = Parser::default();
    // What an engine sets up at its first page is no extraction.
    if let Some((_, page)) = pages.iter().min_by_key(|(_, page)| page.len()) {
        let _text = std::panic::catch_unwind(|| extract(&parser, page.clone()));
    }
    let mut timed = Vec::new();
    for (file, page) in pages {
        let bytes = page.len();
        let start = processor_time();
        // A peer that panics on a page scores as an empty text.
        let text = std::panic::catch_unwind(|| extract(&parser, page)).unwrap_or_default();
        let took = processor_time().saturating_sub(start);
        println!("{}", json!({"file": file, "text": text, "seconds": took.as_secs_f64()}));
        timed.push(Timed { file, bytes, took });
    }
    timed
}

/// What this thread has used of a processor.
#[cfg(unix)]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Time as it goes by, where there is no clock for threads.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

fn khabar(parser: &Parser, page: Vec<u8>) -> String {
    let raw = RawDoc {
        id: String::new(),
        source: Source::default(),
        media: Media::Html,
        payload: page,
        given: Given::default(),
    };
    let Ok(article) = parser.parse(&raw) else { return String::new() };
    let blocks = article.blocks.iter().filter(|block| block.kind.is_body());
    blocks.filter_map(|block| block.span.of(&article.text)).collect::<Vec<_>>().join("\n")
}

/// A Rust port of Firefox's reader view, with its default settings but one: text with line breaks between blocks, since
/// without them the last word of a paragraph and the first of the next are one.
fn dom_smoothie(_: &Parser, page: Vec<u8>) -> String {
    let html = decode(&page);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(html.as_ref(), None, Some(config)).and_then(|mut reader| reader.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

/// UTF-8 where it is, else what the first kilobyte declares, else Windows-1252; a byte order mark outranks all.
fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.into();
    }
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes));
    let declared = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = declared.and_then(|rest| rest.split(['"', '\'', '>', ' ', '/', ';']).next()).unwrap_or_default();
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode(bytes).0
}

fn summary(engine: &str, mut timed: Vec<Timed>) {
    let megabytes = |bytes: usize| u32::try_from(bytes).map_or(f64::INFINITY, f64::from) / 1e6;
    let bytes: usize = timed.iter().map(|page| page.bytes).sum();
    let took: Duration = timed.iter().map(|page| page.took).sum();
    let seconds = took.as_secs_f64();
    let pages = u32::try_from(timed.len()).map_or(f64::INFINITY, f64::from);
    eprintln!(
        "{engine}: {pages} pages, {:.1} MB in {seconds:.2} s: {:.0} pages/s, {:.1} MB/s",
        megabytes(bytes),
        pages / seconds,
        megabytes(bytes) / seconds
    );
    let pace = |page: &Timed| page.took.as_secs_f64() * 1e3 / megabytes(page.bytes.max(1));
    timed.sort_by(|one, other| pace(other).total_cmp(&pace(one)));
    for page in timed.iter().take(SLOWEST) {
        let (ms, size) = (page.took.as_secs_f64() * 1e3, page.bytes);
        eprintln!("  {:>8.1} ms per MB  {ms:>8.2} ms  {size:>9} bytes  {}", pace(page), page.file);
    }
}

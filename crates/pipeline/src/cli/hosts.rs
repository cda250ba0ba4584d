//! `khabar hosts`: an earlier pass over the input that learns which lines repeat over the documents of a host.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::Context;
use clap::Args;
use khabar_model::{Article, RawDoc, Stage};
use khabar_parse::{HostLearner, HostLines, Parser};

use super::Reading;
use super::run::{Documents, rate, stop_on_signal};
use crate::exit::{Ended, Exit};
use crate::progress::Progress;
use crate::read::Input;
use crate::stages::Settings;
use crate::wire::{self, Credits, Origin, Traced, Why};

/// Arguments of `khabar hosts`.
#[derive(Debug, Args)]
#[command(after_help = "\
A line is learned if it stands in --min-docs documents of its host and in --min-share of them. A line of 60 letters and \
more must stand in 30 % of them: outlets repeat a sentence of background for weeks. A document is counted once, however \
often it was captured (the same address, or the same running text), and its longest line does not count. Documents \
without a host (a folder of text files without addresses) are left out.

The file is JSON, a line of it for each repeated line, made to be read and corrected: take out what is text, add \
{\"line\": \"…\"} for what is not. A line matches in any spelling with the same letters. With --hosts it is cut, with \
reason duplicate_line and rule host_line; never a title, and never all there is of an article.

Examples:
  khabar hosts crawl/ --out hosts.json
  khabar hosts 'crawl/*.warc.gz' --out hosts.json --min-docs 20 --min-share 0.02
  khabar run crawl/ --hosts hosts.json --out records")]
pub(crate) struct HostsArgs {
    /// Files, folders (recursive), globs, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,

    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Fewest documents of a host that a line must stand in.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..))]
    min_docs: u64,

    /// Smallest share of a host's documents that a line must stand in (0 to 1).
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = rate)]
    min_share: f64,

    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,

    /// Threads. Default: all cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    workers: Option<u16>,

    /// No progress and no summary.
    #[arg(long)]
    quiet: bool,

    #[command(flatten)]
    reading: Reading,
}

/// A parsed document whose payload is gone.
struct Parsed {
    raw: RawDoc,
    article: Article,
}

impl Traced for Parsed {
    fn origin(&self) -> Origin {
        self.raw.origin()
    }
    fn weight(&self) -> usize {
        self.article.text.len()
    }
}

/// What became of the records of the input.
#[derive(Default)]
struct Counts {
    parsed: u64,
    rejected: u64,
    skipped: u64,
}

/// Learns the repeated lines and writes them.
pub(crate) fn hosts(args: &HostsArgs) -> anyhow::Result<Exit> {
    if args.out.exists() && !args.force {
        let detail = format!("{} is there already: give another name, or --force to replace it", args.out.display());
        return Err(Ended(Exit::Output, detail).into());
    }
    let mut settings = Settings::default();
    settings.parse.limits.max_bytes = args.reading.max_bytes();
    if let Some(workers) = args.workers {
        settings.workers = usize::from(workers);
    }
    let mut input = Input::plan(&args.inputs, args.reading.settings()?)
        .map_err(|error| Ended(Exit::Input, format!("{error:#}")))?;
    let stop = stop_on_signal();
    let mut progress = Progress::new(!args.quiet, input.total_bytes(), input.progress());
    let reader = Documents { input: &mut input, stop: Arc::clone(&stop) };
    let mut learner = HostLearner::default();
    let counts = learn(&settings, reader, &mut learner, || progress.tick())?;
    progress.finish();
    if stop.load(Ordering::SeqCst) {
        // Half an input makes other shares than the whole.
        return Err(Ended(Exit::Interrupted, format!("interrupted: {} was not written", args.out.display())).into());
    }
    let learned = learner.learned();
    let lines = learner.finish(args.min_docs, args.min_share);
    write(&args.out, &lines)
        .map_err(|error| Ended(Exit::Output, format!("cannot write {}: {error}", args.out.display())))?;
    if !args.quiet {
        let mut err = std::io::stderr().lock();
        writeln!(
            err,
            "{} documents parsed, {} rejected, {} skipped\n  {} hosts: {} different documents, {} captured again\n  \
             {} without a host\n{} repeated lines of {} hosts: {}",
            counts.parsed,
            counts.rejected,
            counts.skipped,
            learned.hosts,
            learned.documents,
            learned.again,
            learned.homeless,
            lines.lines(),
            lines.hosts(),
            args.out.display()
        )
        .context("cannot write the summary")?;
    }
    Ok(Exit::Done)
}

/// Reads and parses everything and shows it to the learner in input order, whatever the number of workers.
fn learn(
    settings: &Settings,
    reader: Documents<'_>,
    learner: &mut HostLearner,
    mut tick: impl FnMut(),
) -> anyhow::Result<Counts> {
    let parser = Parser::new(settings.parse.clone());
    let credits = Credits::new(settings.credit_documents, settings.credit_bytes);
    let mut counts = Counts::default();
    std::thread::scope(|scope| {
        let raw = wire::source(scope, credits, reader);
        let parsed = wire::parallel(scope, Stage::Parse, settings.workers, raw, |mut raw: RawDoc| {
            let article = parser.parse(&raw)?;
            raw.payload = Vec::new();
            Ok(Parsed { raw, article })
        });
        let seen = wire::ordered(scope, Stage::Parse, parsed, |parsed| {
            learner.see(&parsed.raw, &parsed.article);
            Ok(())
        });
        wire::sink(seen, |item| {
            tick();
            match item.map_err(|dropped| dropped.why) {
                Ok(()) => counts.parsed += 1,
                Err(Why::Reject(_)) => counts.rejected += 1,
                Err(Why::Skip(_)) => counts.skipped += 1,
            }
            Ok::<(), anyhow::Error>(())
        })
    })?;
    Ok(counts)
}

/// Writes the file beside its place and moves it there when it is whole.
fn write(path: &Path, lines: &HostLines) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    #[expect(clippy::disallowed_methods, reason = "a sibling of the file, which is renamed below")]
    let written = std::fs::write(&partial, lines.to_json());
    written.and_then(|()| std::fs::rename(&partial, path)).inspect_err(|_| {
        // Half a file is of no use; that it may not be there at all is no second error.
        let _gone = std::fs::remove_file(&partial);
    })
}

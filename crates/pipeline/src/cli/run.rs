//! `khabar run`: the whole pipeline into a folder.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use anyhow::Context;
use clap::{Args, ValueEnum};
use khabar_export::{Existing, RunFolder};
use khabar_model::{RawDoc, RejectRow, Stage};

use super::Common;
use super::memory::MemoryArgs;
use crate::exit::{Ended, Exit};
use crate::progress::Progress;
use crate::read::{Found, Input};
use crate::report::{self, Counts, LargeCluster, Manifest, Report};
use crate::stages::Stages;
use crate::topology;
use crate::wire::{Dropped, Origin, Why};

/// Arguments of `khabar run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar run scrapes/ --out records            a folder of text, HTML, JSONL, WARC, feeds, Parquet
  khabar run 'crawl/*.warc.gz' --out records   a glob (quoted, so that the shell leaves it alone)
  zstd -dc news.jsonl.zst | khabar run - --out records --field text=paragraphs,date=time
  khabar run news.parquet --out records --field html=body,id=key
  khabar run scrapes/ --out records --until langid --workers 4
  khabar run today/ --out records --index seen          compared with what earlier runs with --index seen read
  khabar hosts crawl/ --out hosts.json && khabar run crawl/ --hosts hosts.json --out records")]
pub(crate) struct RunArgs {
    /// Files, folders (recursive), globs, or - for standard input.
    ///
    /// What a file is, is found by its content: HTML, plain text, WARC, WET, JSON lines, RSS, Atom, Parquet; gzip and zstd
    /// are peeled off (but for Parquet, whose index is at its end: it takes a plain file).
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,

    /// Folder for documents.jsonl, the side tables and manifest.json; created, or empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// The last stage to run; the fields of later ones stay empty.
    #[arg(long, value_enum, default_value_t = Until::Dedup)]
    until: Until,

    /// Which document stands for a cluster.
    #[arg(long, value_enum, default_value_t = Keep::First)]
    keep: Keep,

    /// Documents that are published more days apart are not compared for stories.
    #[arg(long, value_name = "DAYS", default_value_t = khabar_dedup::StorySettings::default().window)]
    window: u16,

    /// Replace an earlier run in the folder.
    #[arg(long)]
    force: bool,

    /// Exit with code 5 if a larger share of the documents is rejected (0 to 1).
    #[arg(long, value_name = "RATE", value_parser = rate)]
    max_reject_rate: Option<f64>,

    /// No progress and no summary.
    #[arg(long, conflicts_with = "progress")]
    quiet: bool,

    /// Show progress (the default).
    #[arg(long)]
    progress: bool,

    #[command(flatten)]
    memory: MemoryArgs,

    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Until {
    Parse,
    Langid,
    Entity,
    Dedup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Keep {
    First,
    Longest,
    /// The one with the earliest date of publication.
    Earliest,
}

pub(super) fn rate(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|rate| (0.0..=1.0).contains(rate)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// Runs the pipeline.
///
/// # Errors
/// What is wrong with input or output; the exit code is in the error.
pub(crate) fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let mut settings = args.common.stage_settings()?;
    settings.until = match args.until {
        Until::Parse => Stage::Parse,
        Until::Langid => Stage::Langid,
        Until::Entity => Stage::Entity,
        Until::Dedup => Stage::Dedup,
    };
    settings.dedup.keep = match args.keep {
        Keep::First => khabar_dedup::Keep::First,
        Keep::Longest => khabar_dedup::Keep::Longest,
        Keep::Earliest => khabar_dedup::Keep::Earliest,
    };
    settings.stories.window = args.window;
    settings.drop_seen = args.memory.drop_seen;
    let mut input = Input::plan(&args.inputs, args.common.reading.settings()?)
        .map_err(|error| Ended(Exit::Input, format!("{error:#}")))?;
    let existing = if args.force { Existing::Replace } else { Existing::Refuse };
    let output_failed = |error: khabar_export::Error| Ended(Exit::Output, error.to_string());
    let mut folder = RunFolder::create(&args.out, existing).map_err(output_failed)?;
    let mut remembered = args.memory.open(&settings.dedup, &args.out)?;
    let stop = stop_on_signal();
    let read = input.progress();
    let mut progress = Progress::new(!args.quiet, input.total_bytes(), Arc::clone(&read));
    let stages = Stages::new(settings);
    let mut counts = Counts::default();

    let reader = Documents { input: &mut input, stop: Arc::clone(&stop) };
    let drop_seen = args.memory.drop_seen;
    let stories = topology::run(&stages, &mut remembered.deduper, reader, |document| {
        progress.tick();
        match document {
            Ok(judged) if drop_seen && judged.seen => {
                judged.pairs.iter().try_for_each(|pair| folder.duplicate(pair))?;
                counts.seen();
            }
            Ok(judged) => {
                folder.document(&judged.record)?;
                judged.pairs.iter().try_for_each(|pair| folder.duplicate(pair))?;
                judged.passages.iter().try_for_each(|passage| folder.passage(passage))?;
                counts.exported(&judged);
            }
            Err(dropped) => {
                counts.dropped(&dropped);
                if let Why::Reject(reject) = dropped.why {
                    let Origin { uri, offset } = dropped.origin;
                    folder.reject(&RejectRow { uri, offset, reject })?;
                }
            }
        }
        Ok(())
    })
    .map_err(output_failed)?;
    let clusters = remembered.deduper.clusters();
    clusters.iter().try_for_each(|cluster| folder.cluster(cluster)).map_err(output_failed)?;
    stories.iter().try_for_each(|story| folder.story(story)).map_err(output_failed)?;
    let largest = report::largest(&clusters);
    drop(clusters);
    let (index, commit) = remembered.prepare()?;

    let inputs = input.finish();
    let found: u64 = inputs.iter().map(|file| file.records).sum();
    let interrupted = stop.load(Ordering::SeqCst);
    anyhow::ensure!(
        counts.read == found && counts.read == counts.exported + counts.rejected + counts.skipped,
        "the counts do not add up: {found} records found, {counts:?}"
    );
    folder
        .finish(|outputs| serde_json::to_value(Manifest::new(&stages.settings, &inputs, &counts, index, outputs)).ok())
        .map_err(output_failed)?;
    commit()?;
    let seconds = progress.finish();
    let report = report(&stages, &counts, &read, seconds, interrupted, largest);
    RunFolder::report(&args.out, &report).map_err(output_failed)?;
    if !args.quiet {
        summary(args, &counts, &report).context("cannot write the summary")?;
    }
    Ok(match args.max_reject_rate {
        _ if interrupted => Exit::Interrupted,
        Some(limit) if counts.reject_rate() > limit => Exit::TooManyRejects,
        _ => Exit::Done,
    })
}

fn report(
    stages: &Stages,
    counts: &Counts,
    read: &AtomicU64,
    seconds: f64,
    interrupted: bool,
    largest_clusters: Vec<LargeCluster>,
) -> Report {
    let input_bytes = read.load(Ordering::SeqCst);
    Report {
        interrupted,
        workers: stages.settings.workers,
        seconds,
        input_bytes,
        documents_per_second: counts.exported as f64 / seconds.max(1e-9),
        megabytes_per_second: input_bytes as f64 / 1e6 / seconds.max(1e-9),
        deduplication: counts.deduplication(largest_clusters),
    }
}

/// The last lines: what came out, and where it is.
fn summary(args: &RunArgs, counts: &Counts, report: &Report) -> std::io::Result<()> {
    use std::io::Write;
    let mut err = std::io::stderr().lock();
    let list = |counts: &std::collections::BTreeMap<String, u64>| {
        let mut rows: Vec<(&String, &u64)> = counts.iter().collect();
        rows.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), (*name).clone()));
        rows.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    writeln!(
        err,
        "{} records read in {:.2} s: {} exported, {} rejected, {} skipped",
        counts.read, report.seconds, counts.exported, counts.rejected, counts.skipped
    )?;
    for (label, counts) in [
        ("languages", &counts.languages),
        ("duplicates", &counts.duplicates),
        ("rejects", &counts.rejects),
        ("skips", &counts.skips),
    ] {
        if !counts.is_empty() {
            writeln!(err, "  {label}: {}", list(counts))?;
        }
    }
    report.deduplication.summary(&mut err)?;
    if report.interrupted {
        writeln!(err, "interrupted: the input was not read to its end")?;
    }
    writeln!(err, "records: {}", args.out.join("documents.jsonl").display())
}

/// The first Ctrl-C stops the source: what was read is finished and written. The second one aborts.
pub(super) fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let handler = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
        tracing::warn!("stopping: finishing what was read; press again to abort");
    });
    if let Err(error) = handler {
        tracing::debug!("no handler for Ctrl-C: {error}");
    }
    stop
}

/// The input as the pipeline reads it, until somebody stops it.
pub(super) struct Documents<'i> {
    pub(super) input: &'i mut Input,
    pub(super) stop: Arc<AtomicBool>,
}

impl Iterator for Documents<'_> {
    type Item = Result<RawDoc, Dropped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.stop.load(Ordering::SeqCst) {
            return None;
        }
        self.input.next().map(into_document)
    }
}

/// What the reader found, as the wiring carries it.
pub(super) fn into_document(found: Found) -> Result<RawDoc, Dropped> {
    match found {
        Found::Document(raw) => Ok(*raw),
        Found::Reject(RejectRow { uri, offset, reject }) => {
            Err(Dropped { origin: Origin { uri, offset }, why: Why::Reject(reject) })
        }
        Found::Skip(skip) => {
            Err(Dropped { origin: Origin { uri: skip.uri, offset: skip.offset }, why: Why::Skip(skip.reason.name()) })
        }
    }
}

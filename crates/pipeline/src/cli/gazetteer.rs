//! `khabar gazetteer build`: a large list of names for `--gazetteer`, out of a public dump on the user's side.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use clap::{Args, Subcommand};
use flate2::bufread::MultiGzDecoder;

use super::run::stop_on_signal;
use crate::dump::{Kind, Passed, Wanted};
use crate::exit::{Ended, Exit};
use crate::progress::Progress;

/// Longest line of a dump, in bytes: the largest items of Wikidata have some megabytes.
const LONGEST: u64 = 64 << 20;

/// Malformed lines that are shown; all are counted.
const SHOWN: u64 = 5;

/// Arguments of `khabar gazetteer`.
#[derive(Debug, Args)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build a list from a Wikidata JSON dump or a ParaNames TSV, read once, line by line.
    Build(BuildArgs),
    /// Compile lists of your own into one file that --gazetteer loads in milliseconds.
    Compile(super::compile::CompileArgs),
}

/// Arguments of `khabar gazetteer build`.
#[derive(Debug, Args)]
#[command(after_help = "\
The kind of the dump is found by its first line; gzip and zstd are peeled off. For a dump in bzip2: bzcat FILE | khabar \
gazetteer build --from - …

A person is an instance of human (Q5), an organisation an instance of one of some thirty classes (company, party, club, \
ministry …), a place has coordinates; other items are left out. Labels and aliases are taken, but no alias of a person \
that is a single word.

Examples:
  khabar gazetteer build --from latest-all.json.gz --out names.tsv --min-sitelinks 10
  khabar gazetteer build --from paranames.tsv.gz --out names.tsv --languages ar,fa,ur --types PER
  khabar run crawl/ --gazetteer names.tsv --out records")]
struct BuildArgs {
    /// The dump, or - for standard input.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,

    /// The list to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Languages to take, by the codes of the dump.
    #[arg(long, value_name = "CODES", value_delimiter = ',', default_value = "ar,fa,ur,en")]
    languages: Vec<String>,

    /// Types to take.
    #[arg(long, value_name = "TYPES", value_delimiter = ',', default_value = "PER,ORG,LOC", value_parser = ["PER", "ORG", "LOC"])]
    types: Vec<String>,

    /// Wikidata: fewest wikis that have a page on an item. Rare names cost memory, and stand for others more often.
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_sitelinks: usize,

    /// Replace the list if it is there.
    #[arg(long)]
    force: bool,

    /// No progress and no summary.
    #[arg(long)]
    quiet: bool,
}

/// Runs the verb.
pub(crate) fn gazetteer(args: &GazetteerArgs) -> anyhow::Result<Exit> {
    match &args.verb {
        Verb::Build(args) => build(args),
        Verb::Compile(args) => super::compile::compile(args),
    }
}

#[derive(Default)]
struct Counts {
    lines: u64,
    rows: u64,
    unwanted: u64,
    malformed: u64,
}

fn build(args: &BuildArgs) -> anyhow::Result<Exit> {
    if args.out.exists() && !args.force {
        let detail = format!("{} is there already: give another name, or --force to replace it", args.out.display());
        return Err(Ended(Exit::Output, detail).into());
    }
    let read = Arc::new(AtomicU64::new(0));
    let (dump, total) = open(&args.from, &read)
        .map_err(|error| Ended(Exit::Input, format!("--from: cannot read {}: {error}", args.from.display())))?;
    let partial = partial(&args.out);
    let failed = |error: io::Error| Ended(Exit::Output, format!("cannot write {}: {error}", args.out.display()));
    #[expect(clippy::disallowed_methods, reason = "a sibling of the list, which is renamed below")]
    let list = File::create(&partial).map_err(failed)?;
    let progress = Progress::new(!args.quiet, total, read);
    let done = convert(args, dump, BufWriter::new(list), progress);
    let counts = match done {
        Ok(counts) => counts,
        Err(error) => {
            // Half a list is of no use; that it may not be there at all is no second error.
            let _gone = std::fs::remove_file(&partial);
            return Err(error);
        }
    };
    std::fs::rename(&partial, &args.out).map_err(failed)?;
    if !args.quiet {
        let mut err = io::stderr().lock();
        writeln!(
            err,
            "{} lines read, {} unwanted, {} malformed\n{} rows: {}",
            counts.lines,
            counts.unwanted,
            counts.malformed,
            counts.rows,
            args.out.display()
        )
        .context("cannot write the summary")?;
    }
    Ok(Exit::Done)
}

/// Reads the dump line by line and writes its rows.
fn convert(
    args: &BuildArgs,
    mut dump: Box<dyn BufRead>,
    mut list: impl Write,
    mut progress: Progress,
) -> anyhow::Result<Counts> {
    let wanted =
        Wanted { languages: args.languages.clone(), types: args.types.clone(), min_sitelinks: args.min_sitelinks };
    let stop = stop_on_signal();
    let from = args.from.display();
    let output = |error: io::Error| Ended(Exit::Output, format!("cannot write {}: {error}", args.out.display()));
    writeln!(list, "id\ttype\tsubtype\tcanonical\tlang\tnames").map_err(output)?;
    let mut counts = Counts::default();
    let (mut kind, mut line, mut rows) = (None, Vec::new(), String::new());
    loop {
        if stop.load(Ordering::SeqCst) {
            return Err(Ended(Exit::Interrupted, format!("interrupted: {} was not written", args.out.display())).into());
        }
        line.clear();
        let at = counts.lines + 1;
        let failed = |error: io::Error| Ended(Exit::Input, format!("--from: {from}, line {at}: {error}"));
        if dump.by_ref().take(LONGEST).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        counts.lines += 1;
        if line.len() as u64 == LONGEST {
            dump.skip_until(b'\n').map_err(failed)?;
            counts.malformed += 1;
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        let kind = match kind {
            Some(kind) => kind,
            None => *kind.insert(Kind::of(&text).ok_or_else(|| {
                let detail = "expected a Wikidata JSON dump (an item a line) or a ParaNames TSV with its header";
                Ended(Exit::Input, format!("--from: {from}, line {at}: {detail}"))
            })?),
        };
        rows.clear();
        match wanted.rows(kind, &text, &mut rows) {
            Ok(written) => {
                counts.rows += written as u64;
                list.write_all(rows.as_bytes()).map_err(output)?;
            }
            Err(Passed::Frame) => {}
            Err(Passed::Unwanted) => counts.unwanted += 1,
            Err(Passed::Malformed(detail)) => {
                counts.malformed += 1;
                if counts.malformed <= SHOWN {
                    tracing::warn!("{from}, line {at}: {detail}");
                }
            }
        }
        progress.tick();
    }
    progress.finish();
    if counts.rows == 0 {
        return Err(Ended(Exit::Input, format!("--from: {from}: no item of these types and languages")).into());
    }
    list.flush().map_err(output)?;
    Ok(counts)
}

/// Lines of a file or of standard input, decompressed, and the bytes of the file.
#[expect(clippy::disallowed_methods, reason = "the one place that reads a dump")]
fn open(path: &Path, read: &Arc<AtomicU64>) -> io::Result<(Box<dyn BufRead>, Option<u64>)> {
    let (source, total): (Box<dyn Read>, _) = if path == Path::new("-") {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        (Box::new(file), Some(length))
    };
    let mut source = BufReader::with_capacity(1 << 20, Counted { source, read: Arc::clone(read) });
    let lines: Box<dyn BufRead> = match source.fill_buf()? {
        [0x1f, 0x8b, ..] => Box::new(BufReader::new(MultiGzDecoder::new(source))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(BufReader::new(zstd::Decoder::with_buffer(source)?)),
        [b'B', b'Z', b'h', ..] => {
            let detail = "bzip2: use `bzcat FILE | khabar gazetteer build --from - …`";
            return Err(io::Error::new(io::ErrorKind::InvalidData, detail));
        }
        _ => Box::new(source),
    };
    Ok((lines, total))
}

/// Counts the bytes that are read.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// The name that the list has until it is whole.
fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

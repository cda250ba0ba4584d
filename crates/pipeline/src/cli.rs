//! The command line: arguments, logging, exit codes.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use khabar_parse::HostLines;
use khabar_text::HouseRule;
use tracing_subscriber::EnvFilter;
use xxhash_rust::xxh3::xxh3_128;

use crate::exit::{self, Ended, Exit};

mod claims;
mod compile;
mod gazetteer;
mod hosts;
mod inspect;
mod memory;
mod run;
mod stage;
mod stories;

/// Turns raw news in any language into clean, dated, language-tagged, entity-linked, de-duplicated records.
#[derive(Debug, Parser)]
#[command(name = "khabar", version, after_help = exit::TABLE, subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Say more: -v for progress of each file, -vv for details. RUST_LOG overrides.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole pipeline over files, folders, globs or stdin into a folder.
    Run(run::RunArgs),
    /// Parse raw files or JSONL lines into records on standard output.
    Parse(stage::StageArgs),
    /// Detect the language of records: JSONL in, JSONL out.
    Langid(stage::StageArgs),
    /// Find entities and dates in records: JSONL in, JSONL out.
    Entity(stage::StageArgs),
    /// Mark duplicates among records, in input order: JSONL in, JSONL out.
    Dedup(stage::StageArgs),
    /// Learn which lines repeat over the documents of a host, for --hosts of later runs.
    Hosts(hosts::HostsArgs),
    /// Build a large list of names for --gazetteer out of a public dump, or compile lists.
    Gazetteer(gazetteer::GazetteerArgs),
    /// Look at, merge or thin out the index of documents that earlier runs have seen.
    Index(memory::IndexArgs),
    /// Print who said what in the documents of a run, by speaker and time.
    Claims(claims::ClaimsArgs),
    /// Show what every stage says of the documents in a file, for a person.
    Inspect(inspect::InspectArgs),
    /// List the stories of an earlier run, or show one in full.
    Stories(stories::StoriesArgs),
}

/// Options that all commands share.
#[derive(Clone, Debug, Args)]
pub(crate) struct Common {
    /// Threads for the parallel stages, all together; each stage gets at least one. Default: all cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    workers: Option<u16>,

    /// Keep every line: no boilerplate cuts.
    #[arg(long)]
    no_boilerplate: bool,

    /// Leave kaf and yeh as typed: no house spelling.
    #[arg(long)]
    no_house_spelling: bool,

    /// Rules of house spelling to add, by id, with commas between: KY4 (kaf) and KY5 (yeh) respell Arabic typed on a
    /// Persian keyboard; KY6 swash kaf; AH2 ۀ as هٔ in Persian; HT3 goal heh in Urdu; HT5 final heh in Sorani; PF5 the
    /// rial sign; PU11 spaces around punctuation.
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with = "no_house_spelling")]
    house_rules: Vec<HouseRule>,

    /// Write the zero-width non-joiners that Persian text lacks: می شود and میشود become می‌شود.
    #[arg(long)]
    restore_zwnj: bool,

    /// Name the variety of Arabic and Persian texts where it is clear: arz, ary, apc, acm, prs.
    #[arg(long)]
    varieties: bool,

    /// Names of your own beside those that come with khabar: a list as described in data/gazetteers/README.md (columns id,
    /// type, subtype, canonical, lang, names; tabs between). May be given several times. Or one file of `khabar gazetteer
    /// compile`.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,

    /// Cut the lines that repeat over the documents of a host: the file that `khabar hosts` wrote.
    #[arg(long, value_name = "FILE", conflicts_with = "no_boilerplate")]
    hosts: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
}

/// How input is read.
#[derive(Clone, Debug, Args)]
pub(crate) struct Reading {
    /// Other names for the fields of JSONL input and the columns of Parquet: OURS=THEIRS, several with commas
    /// (text=paragraphs,date=time).
    ///
    /// OURS is one of text, html, id, url, title, date, author, language; other fields are kept under source.extra. Where a
    /// document has both bodies, html is taken, which says more; --field text=text takes the text.
    #[arg(long, value_name = "OURS=THEIRS")]
    field: Vec<String>,

    /// Largest document, decompressed, in MiB; larger ones are rejected.
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=1024))]
    max_document: u32,
}

/// Runs the command line; what `main` does.
pub fn main_with_args(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // clap chooses the stream: help goes to stdout, errors to stderr. A closed pipe is nobody's concern.
            let _closed = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    start_logging(cli.verbose);
    let done = match &cli.command {
        Command::Run(args) => run::run(args),
        Command::Parse(args) => stage::parse(args),
        Command::Langid(args) => stage::langid(args),
        Command::Entity(args) => stage::entity(args),
        Command::Dedup(args) => stage::dedup(args),
        Command::Hosts(args) => hosts::hosts(args),
        Command::Gazetteer(args) => gazetteer::gazetteer(args),
        Command::Index(args) => memory::index(args),
        Command::Claims(args) => claims::claims(args),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Stories(args) => stories::stories(args),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = error.downcast_ref::<Ended>().map_or(Exit::Failed, |ended| ended.0);
            // A reader that went away (`| head`) is an end, not an error.
            let closed = error.chain().any(|cause| {
                cause
                    .downcast_ref::<std::io::Error>()
                    .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
            });
            if closed {
                return Exit::Done.into();
            }
            let _closed = writeln!(std::io::stderr(), "khabar: {error:#}");
            exit.into()
        }
    }
}

fn start_logging(verbose: u8) {
    let level = match verbose {
        0 => "info",
        1 => "debug",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new(format!("khabar={level},khabar_pipeline={level}")));
    // A second call in one process (tests) keeps the first logger.
    let _kept = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(verbose > 0)
        .without_time()
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}

impl Reading {
    fn settings(&self) -> anyhow::Result<crate::read::ReadSettings> {
        let fields = self.field.join(",").parse().map_err(|error| Ended(Exit::Usage, format!("--field: {error:#}")))?;
        Ok(crate::read::ReadSettings {
            max_document: u64::from(self.max_document) << 20,
            fields,
            ..crate::read::ReadSettings::default()
        })
    }

    fn max_bytes(&self) -> usize {
        (self.max_document as usize) << 20
    }
}

impl Common {
    fn stage_settings(&self) -> anyhow::Result<crate::stages::Settings> {
        let mut settings = crate::stages::Settings::default();
        if let Some(workers) = self.workers {
            settings.workers = usize::from(workers);
        }
        settings.parse.boilerplate = !self.no_boilerplate;
        settings.parse.limits.max_bytes = self.reading.max_bytes();
        if let Some(path) = &self.hosts {
            let (lines, digest) = host_lines(path)?;
            settings.parse.hosts = Some(Arc::new(lines));
            settings.hosts = Some(digest);
        }
        settings.respell = !self.no_house_spelling;
        settings.house_rules.clone_from(&self.house_rules);
        settings.restore_zwnj = self.restore_zwnj;
        settings.varieties = self.varieties;
        if !self.gazetteer.is_empty() {
            let (extractor, digests) = compile::with_gazetteers(&self.gazetteer)?;
            settings.extractor = Some(Arc::new(extractor));
            settings.gazetteers = digests;
        }
        Ok(settings)
    }
}

/// Reads a file of `khabar hosts`; returns its digest beside it.
#[expect(clippy::disallowed_methods, reason = "the one place that reads this file, whole and once")]
fn host_lines(path: &Path) -> anyhow::Result<(HostLines, String)> {
    let bytes = std::fs::read(path)
        .map_err(|error| Ended(Exit::Input, format!("--hosts: cannot read {}: {error}", path.display())))?;
    let lines = HostLines::from_json(&bytes)
        .map_err(|error| Ended(Exit::Input, format!("--hosts: {}: {error}", path.display())))?;
    Ok((lines, format!("{:032x}", xxh3_128(&bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}

//! What de-duplication remembers between runs and beyond memory: `--index`, `--memory`, and `khabar index`.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use khabar_dedup::{Deduper, Error, ErrorKind, Index, Settings};

use crate::exit::{Ended, Exit};
use crate::report::IndexState;

/// Options of runs that de-duplicate.
#[derive(Clone, Debug, Args)]
pub(crate) struct MemoryArgs {
    /// Compare with what earlier runs have seen, and add to it: a folder, made by the first run. It is committed when the
    /// run has ended; a run that is killed leaves it as it was.
    ///
    /// A document that the index knows already is compared with what came before it then, so a run that is repeated says
    /// the same and adds nothing.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,

    /// Compare with the index, and add nothing to it.
    #[arg(long, requires = "index")]
    index_read_only: bool,

    /// Leave out documents that the index has seen, or that repeat one of it (exact, near, abridged): "drop from A what is
    /// in B". They are counted as skipped; their pairs are written.
    #[arg(long, requires = "index")]
    pub(crate) drop_seen: bool,

    /// Memory in MiB for de-duplication; beyond it texts and postings go to files in the output folder until the run ends.
    /// Some 200 bytes a document stay in memory.
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..))]
    memory: u32,
}

/// The de-duplication of one run.
#[derive(Debug)]
pub(crate) struct Remembered {
    pub(crate) deduper: Deduper,
    index: Option<Index>,
    read_only: bool,
    before: Option<String>,
    spill: PathBuf,
}

/// Name of the folder, inside of the output, for what does not fit into memory.
const SPILL: &str = "spill.partial";

impl MemoryArgs {
    /// Opens the index, if there is one; `out` is the output folder, which exists.
    pub(crate) fn open(&self, settings: &Settings, out: &Path) -> anyhow::Result<Remembered> {
        let index = match &self.index {
            Some(folder) if self.index_read_only => Some(Index::open_to_read(folder, settings)),
            Some(folder) => Some(Index::open(folder, settings)),
            None => None,
        };
        let index = index.transpose().map_err(|error| failed(&error))?;
        let deduper = match &index {
            Some(index) => index.deduper().map_err(|error| failed(&error))?,
            None => Deduper::new(settings.clone()),
        };
        let spill = out.join(SPILL);
        std::fs::create_dir_all(&spill)
            .map_err(|error| Ended(Exit::Output, format!("cannot make {}: {error}", spill.display())))?;
        Ok(Remembered {
            deduper: deduper.spilling(&spill, (self.memory as usize) << 20),

            before: index.as_ref().map(Index::digest),
            index,
            read_only: self.index_read_only,
            spill,
        })
    }
}

impl Remembered {
    /// Writes what the run adds to the index, without making it part of it: what the manifest says of it, and the step
    /// that commits, for when the output is complete.
    pub(crate) fn prepare(mut self) -> anyhow::Result<(Option<IndexState>, impl FnOnce() -> anyhow::Result<()>)> {
        if let Some(error) = self.deduper.failure() {
            return Err(failed(&error));
        }
        let prepared = match self.index.take() {
            Some(index) if !self.read_only => Some(index.prepare(&self.deduper).map_err(|error| failed(&error))?),
            _ => None,
        };
        let state = self.before.take().map(|before| {
            let after = prepared.as_ref().map_or_else(|| before.clone(), |prepared| prepared.digest());
            IndexState { before, after }
        });
        drop(self.deduper);
        // Nothing in it outlives the run, and an empty folder that stays is no harm.
        let _gone = std::fs::remove_dir_all(&self.spill);
        let commit = move || match prepared {
            Some(prepared) => prepared.commit().map_err(|error| failed(&error)),
            None => Ok(()),
        };
        Ok((state, commit))
    }
}

/// An index that is not there or does not fit is the caller's mistake; a disk that is full is the output's.
fn failed(error: &Error) -> anyhow::Error {
    let exit = match error.kind() {
        ErrorKind::Io(_) => Exit::Output,
        _ => Exit::Input,
    };
    Ended(exit, format!("--index: {error}")).into()
}

/// Arguments of `khabar index`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar run monday.warc.gz --out monday --index seen
  khabar run tuesday.warc.gz --out tuesday --index seen     compared with Monday's, too
  khabar run a.jsonl --out rest --index b-seen --index-read-only --drop-seen
  khabar index stat seen
  khabar index drop-source seen www.example.org")]
pub(crate) struct IndexArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Count what is in an index: documents, texts, clusters, sources; JSON on standard output.
    Stat {
        /// The folder.
        index: PathBuf,
        /// Read every byte, and compare it with its checksum.
        #[arg(long)]
        verify: bool,
    },
    /// Write all segments as one; runs do so themselves from time to time.
    Merge {
        /// The folder.
        index: PathBuf,
    },
    /// Forget the documents of a source: a host as `stat` lists it, or an input file where documents have no address.
    DropSource {
        /// The folder.
        index: PathBuf,
        /// The host or file.
        source: String,
    },
}

/// `khabar index`.
pub(crate) fn index(args: &IndexArgs) -> anyhow::Result<Exit> {
    let settings = Settings::default();
    let told = |error: Error| failed(&error);
    let line = match &args.verb {
        Verb::Stat { index, verify } => {
            let index = Index::open_to_read(index, &settings).map_err(told)?;
            if *verify {
                index.verify().map_err(told)?;
            }
            let stat = index.stat().map_err(told)?;
            let shown = serde_json::json!({
                "documents": stat.documents, "texts": stat.texts, "clusters": stat.clusters, "segments": stat.segments,
                "bytes": stat.bytes, "digest": stat.digest, "sources": stat.sources,
            });
            serde_json::to_string_pretty(&shown)?
        }
        Verb::Merge { index } => {
            let prepared = existing(index, &settings).and_then(Index::merge).map_err(told)?;
            let digest = prepared.digest();
            prepared.commit().map_err(told)?;
            format!("merged; digest {digest}")
        }
        Verb::DropSource { index, source } => {
            let opened = existing(index, &settings).map_err(told)?;
            let (dropped, prepared) = opened.drop_source(source).map_err(told)?;
            prepared.commit().map_err(told)?;
            format!("{dropped} documents of {source} forgotten")
        }
    };
    writeln!(std::io::stdout(), "{line}").context("cannot write to standard output")?;
    Ok(Exit::Done)
}

/// An index that must be there, to be changed.
fn existing(folder: &Path, settings: &Settings) -> Result<Index, Error> {
    Index::open_to_read(folder, settings)?;
    Index::open(folder, settings)
}

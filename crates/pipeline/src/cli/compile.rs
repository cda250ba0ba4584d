//! `khabar gazetteer compile`: lists of the user in the form that loads in milliseconds; and loading both forms.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use khabar_entity::{Extractor, GAZETTEERS};
use xxhash_rust::xxh3::xxh3_128;

use crate::exit::{Ended, Exit};

/// Arguments of `khabar gazetteer compile`.
#[derive(Debug, Args)]
#[command(after_help = "\
The file holds khabar's own lists as well, as --gazetteer reads them beside a list of yours. It is for the version of \
khabar that wrote it: another one says so, and the lists have to be compiled again.

Example:
  khabar gazetteer compile names.tsv --out names.bin
  khabar run crawl/ --gazetteer names.bin --out records")]
pub(crate) struct CompileArgs {
    /// The lists, as --gazetteer takes them.
    #[arg(required = true, value_name = "LIST")]
    lists: Vec<PathBuf>,

    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,

    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,

    /// No summary.
    #[arg(long)]
    quiet: bool,
}

/// Runs the verb.
pub(crate) fn compile(args: &CompileArgs) -> anyhow::Result<Exit> {
    if args.out.exists() && !args.force {
        let detail = format!("{} is there already: give another name, or --force to replace it", args.out.display());
        return Err(Ended(Exit::Output, detail).into());
    }
    let mut lists = Vec::with_capacity(args.lists.len());
    for path in &args.lists {
        let list = read(path, "gazetteer compile")?;
        if Extractor::is_compiled(&list) {
            let detail = format!("gazetteer compile: {} is compiled already: give the lists", path.display());
            return Err(Ended(Exit::Input, detail).into());
        }
        lists.push((path.display().to_string(), list));
    }
    let extractor = from_lists(&lists, "gazetteer compile")?;
    let entries = extractor.entries();
    let file = extractor.compile();
    let failed = |error: std::io::Error| Ended(Exit::Output, format!("cannot write {}: {error}", args.out.display()));
    let mut partial = args.out.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    #[expect(clippy::disallowed_methods, reason = "a sibling of the file, which is renamed at once")]
    let written = std::fs::write(&partial, &file).and_then(|()| std::fs::rename(&partial, &args.out));
    if let Err(error) = written {
        // Half a file is of no use; that it may not be there at all is no second error.
        let _gone = std::fs::remove_file(&partial);
        return Err(failed(error).into());
    }
    if !args.quiet {
        let mut err = std::io::stderr().lock();
        writeln!(err, "{entries} entries with khabar's own, {} bytes: {}", file.len(), args.out.display())
            .context("cannot write the summary")?;
    }
    Ok(Exit::Done)
}

/// An extractor over the lists of the user and those of khabar, or over one compiled file of both, with the tagger;
/// returns name and digest of each file.
pub(crate) fn with_gazetteers(paths: &[PathBuf]) -> anyhow::Result<(Extractor, Vec<(String, String)>)> {
    const OPTION: &str = "--gazetteer";
    let mut lists = Vec::with_capacity(paths.len());
    let mut digests = Vec::with_capacity(paths.len());
    for path in paths {
        let bytes = read(path, OPTION)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        digests.push((name, format!("{:032x}", xxh3_128(&bytes))));
        lists.push((path.display().to_string(), bytes));
    }
    let extractor = match lists.as_slice() {
        [(name, file)] if Extractor::is_compiled(file) => {
            Extractor::load_compiled(name, file).map_err(|error| Ended(Exit::Input, format!("{OPTION}: {error}")))?
        }
        lists => from_lists(lists, OPTION)?,
    };
    Ok((extractor.with_embedded_tagger(), digests))
}

/// An extractor over lists and those of khabar; `whose` is for messages.
fn from_lists(lists: &[(String, Vec<u8>)], whose: &str) -> anyhow::Result<Extractor> {
    let mut own = Vec::with_capacity(lists.len());
    for (name, bytes) in lists {
        if Extractor::is_compiled(bytes) {
            let detail = format!("{whose}: {name} is compiled and stands alone: compile all lists into one file");
            return Err(Ended(Exit::Input, detail).into());
        }
        let text = str::from_utf8(bytes)
            .map_err(|error| Ended(Exit::Input, format!("{whose}: cannot read {name}: {error}")))?;
        own.push((name.as_str(), text));
    }
    let extractor = Extractor::load(own.into_iter().chain(GAZETTEERS))
        .map_err(|error| Ended(Exit::Input, format!("{whose}: {error}")))?;
    Ok(extractor)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads these files, whole and once")]
fn read(path: &Path, whose: &str) -> Result<Vec<u8>, Ended> {
    std::fs::read(path).map_err(|error| Ended(Exit::Input, format!("{whose}: cannot read {}: {error}", path.display())))
}

//! Trains the language model, checks the committed one, and measures detectors: the only part of the crate with I/O.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a trainer reads folders, writes a file and talks to its user; the library does none of it"
)]

use std::{
    error::Error,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use khabar_langid::{
    Detector,
    training::{Corpus, evaluate, train},
};
use xxhash_rust::xxh3::xxh3_64;

const USAGE: &str = "usage:
  khabar-langid-train [train] --data DIR --own DIR --out FILE
      train on *.tsv.zst and *.tsv of both folders, write the model
  khabar-langid-train [train] --data DIR --own DIR --check FILE
      train and compare with FILE; passes where --data is absent
  khabar-langid-train eval --data DIR [--model FILE]     measure the embedded model, or FILE";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    let value = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1).map(PathBuf::from)
    };
    let Some(data) = value("--data") else { return Err(USAGE.into()) };
    if args.first().is_some_and(|verb| verb == "eval") {
        let detector = match value("--model") {
            Some(path) => Detector::load(&fs::read(path)?)?,
            None => Detector::embedded(),
        };
        return eval(&detector, &data);
    }
    let own = value("--own").ok_or(USAGE);
    match (value("--out"), value("--check")) {
        (Some(out), None) => {
            let model = trained(&[data, own?])?;
            let partial = out.with_extension("partial");
            fs::write(&partial, &model)?;
            fs::rename(&partial, &out)?;
            println!("{} bytes, xxh3 {:016x} -> {}", model.len(), xxh3_64(&model), out.display());
            Ok(ExitCode::SUCCESS)
        }
        (None, Some(committed)) if !data.is_dir() => {
            println!("{} is absent: {} was not checked", data.display(), committed.display());
            Ok(ExitCode::SUCCESS)
        }
        (None, Some(committed)) => {
            let same = trained(&[data, own?])? == fs::read(&committed)?;
            println!("{}: {}", committed.display(), if same { "same bytes" } else { "DIFFERS from a fresh training" });
            Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        _ => Err(USAGE.into()),
    }
}

fn trained(folders: &[PathBuf]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut corpus = Corpus::default();
    for folder in folders {
        for (name, bytes) in files(folder)? {
            println!("{name}: xxh3 {:016x}", xxh3_64(bytes.as_bytes()));
            corpus.add(&name, &bytes)?;
        }
    }
    for (script, code, rows) in corpus.census() {
        print!("{script}-{code} {rows}; ");
    }
    println!();
    Ok(train(&corpus))
}

fn eval(detector: &Detector, data: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let files = files(data)?;
    let rows = files.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.split_once('\t'));
    print!("{}", evaluate(detector, rows));
    Ok(ExitCode::SUCCESS)
}

/// Name without suffix and text of every `*.tsv.zst` and `*.tsv` in a folder, in byte order of the names.
fn files(data: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(data).map_err(|error| format!("{}: {error}", data.display()))? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let (name, text) = match (name.strip_suffix(".tsv.zst"), name.strip_suffix(".tsv")) {
            (Some(name), _) => (name, zstd::decode_all(io::Cursor::new(fs::read(&path)?))?),
            (None, Some(name)) => (name, fs::read(&path)?),
            _ => continue,
        };
        files.push((name.to_owned(), String::from_utf8(text).map_err(|error| format!("{name}: {error}"))?));
    }
    if files.is_empty() { Err(format!("no *.tsv or *.tsv.zst in {}", data.display()).into()) } else { Ok(files) }
}

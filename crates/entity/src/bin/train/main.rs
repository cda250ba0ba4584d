//! Trains the tagger, checks the committed model, and measures extraction: the only part of the crate with I/O.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a trainer reads folders, writes a file and talks to its user; the library does none of it"
)]

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use khabar_entity::{
    Extractor,
    training::{self, Document, Letters, Lists, RECIPES, Recipe, Score, Source},
};
use xxhash_rust::xxh3::xxh3_64;

const USAGE: &str = "usage:
  khabar-entity-train train --shared DIR --own DIR --out FILE      train on what the recipes name, write the model
  khabar-entity-train train --shared DIR --own DIR --check FILE    train and compare with FILE
  khabar-entity-train eval --shared DIR --gold DIR [--model FILE] [--lang CODE] [--faults]
      measure the embedded model, or FILE, on the development sets and the files of --gold
  khabar-entity-train eval --shared DIR --gold DIR --own DIR --without gazetteer|memory|own
      the same without a part; what was learned with that part is learned again without it
  khabar-entity-train show --shared DIR FILE.tsv
      print marks that stand apart from their texts as sentences with brackets, to read and correct
  khabar-entity-train mark --shared DIR FILE.tsv BRACKETED
      print FILE.tsv with the marks of such sentences";

fn main() -> ExitCode {
    let args = Args(std::env::args().skip(1).collect());
    let done = match args.0.first().map(String::as_str) {
        Some("train") => train(&args),
        Some("eval") => eval(&args),
        Some("show") => show_marks(&args),
        Some("mark") => mark(&args),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Args(Vec<String>);

impl Args {
    fn value(&self, name: &str) -> Option<&str> {
        let at = self.0.iter().position(|arg| arg == name)?;
        self.0.get(at + 1).map(String::as_str)
    }

    fn path(&self, name: &str) -> Result<PathBuf, String> {
        self.value(name).map(PathBuf::from).ok_or_else(|| format!("{name} is missing\n{USAGE}"))
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|arg| arg == name)
    }
}

fn train(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let own = args.path("--own")?;
    let lists = Extractor::embedded_lists();
    let model = learned(&args.path("--shared")?, Some(&own), &lists, args.value("--lang"))?;
    if let Some(committed) = args.value("--check") {
        let same = model == fs::read(committed)?;
        println!("{committed}: {}", if same { "same bytes" } else { "DIFFERS from a fresh training" });
        return Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let out = args.path("--out")?;
    let partial = out.with_extension("partial");
    fs::write(&partial, &model)?;
    fs::rename(&partial, &out)?;
    println!("{} bytes, xxh3 {:016x} -> {}", model.len(), xxh3_64(&model), out.display());
    Ok(ExitCode::SUCCESS)
}

/// The bytes of a model of all languages, or of one.
fn learned(
    shared: &Path,
    own: Option<&Path>,
    extractor: &Extractor,
    only: Option<&str>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut languages = Vec::new();
    for recipe in RECIPES.iter().filter(|recipe| only.is_none_or(|only| only == recipe.code)) {
        let mut sources = Vec::new();
        for &(path, copies) in recipe.corpora {
            let path = shared.join("bench/ner").join(path);
            sources.push(Source { documents: documents(&path, shared)?, copies, foreign: true });
        }
        if let Some(own) = own {
            for path in own_files(own, recipe.code, &[".tsv", ".txt"])? {
                sources.push(Source { documents: documents(&path, shared)?, copies: recipe.own, foreign: false });
            }
        }
        if sources.is_empty() {
            continue;
        }
        let sentences: usize = sources.iter().flat_map(|source| &source.documents).map(Vec::len).sum();
        let lists = lists(shared, own, recipe)?;
        let language = training::learn(extractor, recipe.code, &lists, &sources, recipe.options);
        println!("{}: {sentences} sentences", recipe.code);
        languages.push(language);
    }
    Ok(training::file(languages))
}

/// The annotated texts of a file, whose name says how it is written.
fn documents(path: &Path, shared: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let file = read(path)?;
    println!("{}: xxh3 {:016x}", path.file_name().unwrap_or_default().display(), xxh3_64(file.as_bytes()));
    annotated(path, &file, shared)
}

fn annotated(path: &Path, file: &str, shared: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    if path.extension().is_some_and(|extension| extension == "tsv") {
        let texts = texts_beside(path, file, shared)?;
        return Ok(training::read_beside(file, &texts).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    Ok(training::read(&path.to_string_lossy(), file)?)
}

/// The texts that a file has marks for.
fn texts_beside(path: &Path, file: &str, shared: &Path) -> Result<Vec<training::Text>, Box<dyn Error>> {
    let (table, label) = training::texts_of(file).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(match label {
        Some(label) => training::rows_of_table(&unpacked(&shared.join("bench/langid/train").join(table))?, label),
        None => training::rows_of_articles(&unpacked(&shared.join(table))?)?,
    })
}

fn show_marks(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let path = args.0.last().map(PathBuf::from).unwrap_or_default();
    let file = read(&path)?;
    let texts = texts_beside(&path, &file, &args.path("--shared")?)?;
    print!("{}", training::bracketed(&file, &texts)?);
    Ok(ExitCode::SUCCESS)
}

fn mark(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let [.., path, bracketed] = args.0.as_slice() else { return Err(USAGE.into()) };
    let file = read(Path::new(path))?;
    let texts = texts_beside(Path::new(path), &file, &args.path("--shared")?)?;
    let head = file.lines().next().unwrap_or_default();
    print!("{}", training::places(&read(Path::new(bracketed))?, head, &texts)?);
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    Ok(fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// The project's own files of a language with these endings, in order of their names.
fn own_files(folder: &Path, code: &str, endings: &[&str]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&format!("{code}-")) && endings.iter().any(|ending| name.ends_with(ending)) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The lists of names and words for a language, open ones and the project's.
fn lists(shared: &Path, own: Option<&Path>, recipe: &Recipe) -> Result<Lists, Box<dyn Error>> {
    let letters = if recipe.code == "en" { Letters::Latin } else { Letters::Arabic };
    let mut lists = Lists::default();
    for file in
        ["rigour_names/person_name_parts", "geonames15000/cities", "cldr/tz_cities", "cldr/subdivisions", "nsi/orgs"]
    {
        let table = unpacked(&shared.join("gazetteers").join(format!("{file}.tsv.zst")))?;
        lists.add(file.rsplit('/').next().unwrap_or_default(), &table, letters);
    }
    if let Some(own) = own {
        for path in own_files(&own.join("names"), recipe.code, &[".tsv"])? {
            lists.add_own(&read(&path)?, recipe.code).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        for path in own_files(&own.join("classes"), recipe.code, &[".tsv"])? {
            let added = lists.add_classes(&read(&path)?, recipe.code);
            added.map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    let (mut frequent, mut texts) = (Vec::new(), Vec::new());
    for file in ["frequency_words", "ntrex", "sib200", "tatoeba", "commonvoice_cc0"] {
        let table = unpacked(&shared.join("bench/langid/train").join(format!("{file}.tsv.zst")))?;
        let rows = table.lines().filter_map(|row| row.split_once('\t'));
        let rows = rows.filter(|(label, _)| recipe.labels.contains(label)).map(|(_, text)| text.to_owned());
        if file == "frequency_words" { frequent.extend(rows) } else { texts.extend(rows) }
    }
    lists.add_words(frequent.iter().map(String::as_str), texts.iter().map(String::as_str));
    Ok(lists)
}

fn unpacked(path: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(String::from_utf8(zstd::decode_all(io::Cursor::new(bytes))?)?)
}

fn eval(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let shared = args.path("--shared")?;
    let only = args.value("--lang");
    let without = args.value("--without");
    let lists = match without {
        Some("gazetteer") => Extractor::load([])?,
        _ => Extractor::embedded_lists(),
    };
    let extractor = match without {
        None => match args.value("--model") {
            Some(path) => lists.with_tagger(Some(&fs::read(path)?))?,
            None => lists.with_embedded_tagger(),
        },
        Some("memory") => lists.with_embedded_tagger().without_memory(),
        Some(part @ ("gazetteer" | "own")) => {
            let own = args.path("--own")?;
            let own = Some(own.as_path()).filter(|_| part != "own");
            let model = learned(&shared, own, &lists, only)?;
            lists.with_tagger(Some(&model))?
        }
        Some(other) => return Err(format!("gazetteer, memory or own, not {other}").into()),
    };
    println!(
        "F1 over PER, LOC, ORG: strict spans, micro{}",
        without.map(|part| format!(", without {part}")).unwrap_or_default()
    );
    let gold = args.path("--gold")?;
    for recipe in RECIPES.iter().filter(|recipe| only.is_none_or(|only| only == recipe.code)) {
        let corpora: &[&str] = match recipe.code {
            "ar" => &["anercorp", "aqmar", "wojood_sample"],
            "fa" => &["parstwiner"],
            _ => &[],
        };
        for corpus in corpora {
            let path = shared.join("bench/ner").join(corpus).join("dev.conll");
            show(&extractor, recipe.code, corpus, &[path], args)?;
        }
        for (name, ending) in [("news", "-news.tsv"), ("own, real text", "-test.tsv"), ("own", "-test.txt")] {
            let files = own_files(&gold, recipe.code, &[ending])?;
            if files.is_empty() {
                continue;
            }
            show(&extractor, recipe.code, name, &files, args)?;
            for file in files.iter().filter(|_| files.len() > 1) {
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                show(&extractor, recipe.code, &name, std::slice::from_ref(file), args)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Scores files as one set.
fn show(extractor: &Extractor, code: &str, name: &str, files: &[PathBuf], args: &Args) -> Result<(), Box<dyn Error>> {
    let mut score = Score::default();
    for path in files {
        for document in annotated(path, &read(path)?, &args.path("--shared")?)? {
            training::score_document(extractor, code, &document, &mut score);
        }
    }
    println!("{code} {name:14} {score}");
    if args.has("--faults") {
        score.faults.iter().for_each(|fault| println!("{fault}"));
    }
    Ok(())
}

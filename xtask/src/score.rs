//! `cargo xtask score`: quality against gold, measured on what the release binary writes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::{run, shell, train};

mod dedup;
mod parse;
mod peers;
mod stories;
mod told;

/// Arguments of `cargo xtask score`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to score; without any, everything.
    #[arg(value_enum)]
    what: Vec<What>,

    /// Print the scores as JSON.
    #[arg(long)]
    json: bool,

    /// pages, meta, dates, zwnj, numbers, dedup, stories, entity: list every fault.
    #[arg(long)]
    faults: bool,

    /// parse: only this set (aeb, trafilatura, wcxb_dev_article, ar_fa_dev); may be given several times.
    #[arg(long, value_name = "NAME")]
    set: Vec<String>,

    /// parse, meta, dates: run the other tools too, and rewrite tests/gold/peers.tsv (Python 3, network on the first run).
    /// langid: run whatlang and lingua beside it (network on the first run, some gigabytes of memory).
    /// dedup: run datasketch and rensa beside it, and time all (Python 3, network on the first run).
    #[arg(long)]
    peers: bool,

    /// entity: without a part, to see what it is worth; what was learned with it is learned again.
    #[arg(long, value_name = "PART", value_parser = ["gazetteer", "memory", "own"])]
    without: Option<String>,

    /// parse: compare the speed of all extractors, three rounds one after the other.
    #[arg(long)]
    speed: bool,

    /// parse: list the N pages of each set that cost most.
    #[arg(long, value_name = "N")]
    worst: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The five scrapes of ../shared/seeds against tests/gold/seeds.
    Seeds,
    /// data/sample against tests/gold/sample/labels.jsonl.
    Sample,
    /// The pages of tests/gold/pages, and of pages-held-out where it is there, against what they expect.
    Pages,
    /// Main content of the pages of ../shared/bench/parse, as their benchmarks score it, beside other extractors.
    Parse,
    /// Titles, authors and dates that pages of ../shared/bench/parse say of themselves, beside trafilatura.
    Meta,
    /// Languages of ../shared/bench/langid/dev by length, calibration, foreign and mixed texts; whatlang and lingua beside
    /// them with --peers.
    Langid,
    /// Our lists of quantities.
    Numbers,
    /// Names across Arabic script and Latin: the likest of 10,000, "the same name", shared skeletons.
    Names,
    /// Quotes with speakers: our articles in data/quotes, and those of tests/gold/quotes, which no rule was written with.
    Quotes,
    /// Stories of ../shared/bench/stories, whole and in halves, of data/sample, of labelled Arabic news, and after shuffles.
    Stories,
    /// Names of people, places and organisations in ../shared/bench/ner and tests/gold/ner.
    Entity,
    /// ZWNJ restoration on ../shared/bench/zwnj.
    Zwnj,
    /// Dates of pages beside htmldate, and our lists of date expressions beside dateparser.
    Dates,
    /// Duplicates and passages among the edited texts of ../shared/bench/dedup; datasketch and rensa beside them with
    /// --peers.
    Dedup,
}

/// The two binaries, built.
struct Tools {
    khabar: PathBuf,
    scorer: PathBuf,
    /// Where runs go.
    out: PathBuf,
}

/// Runs the pipeline, then the scorer over its records.
pub(crate) fn score(args: &Args) -> anyhow::Result<()> {
    let khabar = run::release_binary()?;
    shell::run(&mut shell::cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "khabar-tests",
        "--bin",
        "khabar-score",
    ]))?;
    let target = run::target()?;
    let tools = Tools { khabar, scorer: target.join("release/khabar-score"), out: target.join("khabar-score") };
    let what = match args.what.as_slice() {
        [] => {
            vec![
                What::Seeds,
                What::Sample,
                What::Pages,
                What::Parse,
                What::Meta,
                What::Dates,
                What::Zwnj,
                What::Langid,
                What::Numbers,
                What::Names,
                What::Quotes,
                What::Stories,
                What::Dedup,
                What::Entity,
            ]
        }
        what => what.to_vec(),
    };
    for what in what {
        match what {
            What::Seeds => seeds(args, &tools)?,
            What::Sample => sample(args, &tools)?,
            What::Pages => pages(args, &tools)?,
            What::Parse => parse::parse(args, &tools)?,
            What::Meta => told::meta(args, &tools)?,
            What::Dates => told::dates(args, &tools)?,
            What::Zwnj => told::zwnj(args, &tools)?,
            What::Langid => langid(args)?,
            What::Numbers => told::numbers(args)?,
            What::Names => told::names()?,
            What::Quotes => told::quotes(args, &tools)?,
            What::Stories => stories::stories(args, &tools)?,
            What::Dedup => dedup::dedup(args, &tools)?,
            What::Entity => entity(args)?,
        }
    }
    Ok(())
}

fn seeds(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let Some(shared) = shared("seeds")? else { return Ok(()) };
    let source = shared.join("seeds");
    let records = tools.run("seeds", &[&source], &[])?;
    let gold = shell::root().join("tests/gold");
    let mut command = tools.score("seeds", args);
    command.arg("--records").arg(&records).arg("--source").arg(source).arg("--gold").arg(gold.join("seeds"));
    shell::run(&mut command).context("seeds do not come out right")?;
    shell::say("stories of the seeds:");
    let mut command = tools.score("stories", args);
    command.args(["--exact", "--faults", "--records"]).arg(records).arg("--gold").arg(gold.join("stories/seeds.tsv"));
    shell::run(&mut command).context("seeds tell other stories")
}

fn sample(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let source = shell::root().join("data/sample");
    let records = tools.run("sample", &[&source], &[])?;
    let labels = shell::root().join("tests/gold/sample/labels.jsonl");
    let mut command = tools.score("sample", args);
    command.arg("--records").arg(records).arg("--source").arg(source).arg("--labels").arg(labels);
    shell::run(&mut command)
}

fn pages(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let gold = shell::root().join("tests/gold");
    let splits = ["pages", "pages-held-out"].map(|name| gold.join(name));
    let splits: Vec<&PathBuf> = splits.iter().filter(|split| split.is_dir()).collect();
    let globs: Vec<PathBuf> = splits.iter().map(|split| split.join("*/*.in.html")).collect();
    let globs: Vec<&Path> = globs.iter().map(PathBuf::as_path).collect();
    let records = tools.run("pages", &globs, &["--until", "parse"])?;
    let mut command = tools.score("pages", args);
    command.arg("--records").arg(records);
    for split in splits {
        command.arg("--gold").arg(split);
    }
    if args.faults {
        command.arg("--faults");
    }
    shell::run(&mut command)
}

/// What the language detector gets right on rows that it never saw.
fn langid(args: &Args) -> anyhow::Result<()> {
    let Some(shared) = shared("langid")? else { return Ok(()) };
    let data = shared.join("bench/langid/dev");
    shell::run(train::langid_tool().arg("eval").arg("--data").arg(&data))?;
    if args.peers {
        let manifest = shell::root().join("xtask/peers/langid/Cargo.toml");
        let mut command = shell::cargo(&["run", "--quiet", "--release", "--manifest-path"]);
        shell::run(command.arg(manifest).arg("--").arg(data))?;
    }
    Ok(())
}

/// Names that extraction finds in the development sets and in our own test files, by strict spans.
fn entity(args: &Args) -> anyhow::Result<()> {
    let Some(shared) = shared("entity")? else { return Ok(()) };
    let root = shell::root();
    let mut command = train::entity_tool();
    command.arg("eval").arg("--shared").arg(shared).arg("--gold").arg(root.join("tests/gold/ner"));
    if let Some(part) = &args.without {
        command.arg("--own").arg(root.join("data/ner")).arg("--without").arg(part);
    }
    if args.faults {
        command.arg("--faults");
    }
    shell::run(&mut command)
}

/// The shared data, or `None` after saying that `name` is skipped.
fn shared(name: &str) -> anyhow::Result<Option<PathBuf>> {
    let shared = shell::shared();
    if shared.is_none() {
        anyhow::ensure!(!shell::in_ci(), "../shared is absent, and CI may not skip");
        shell::say(&format!("{name}: skipped, ../shared is absent"));
    }
    Ok(shared)
}

impl Tools {
    /// Runs the pipeline into the folder of this name, and returns it.
    fn run(&self, name: &str, inputs: &[&Path], options: &[&str]) -> anyhow::Result<PathBuf> {
        let records = self.out.join(name);
        let mut command = Command::new(&self.khabar);
        command.arg("run").args(inputs).arg("--out").arg(&records).args(["--force", "--quiet"]).args(options);
        shell::run(&mut command)?;
        Ok(records)
    }

    /// The scorer, ready for its arguments.
    fn score(&self, what: &str, args: &Args) -> Command {
        let mut command = Command::new(&self.scorer);
        command.arg(what);
        if args.json {
            command.arg("--json");
        }
        command
    }
}

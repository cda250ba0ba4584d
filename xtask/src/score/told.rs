//! `cargo xtask score meta`, `dates` and `zwnj`: what pages say of themselves, what date expressions mean, which ZWNJs a
//! text lacks.

use std::fs::File;
use std::process::Command;

use super::parse::{today, unpack};
use super::{Args, Tools, peers, shared};
use crate::shell;

/// Sets with titles, authors and dates.
const META: [&str; 2] = ["wcxb_dev_article", "trafilatura"];
/// The set with dates only.
const DATES: [&str; 1] = ["htmldate_dev"];

/// Titles, authors and dates of pages.
pub(super) fn meta(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    if !pages(args, tools, "meta", &META)? {
        return Ok(());
    }
    scored(args, tools, "meta")
}

/// Dates of pages, and expressions.
pub(super) fn dates(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    if !pages(args, tools, "dates", &DATES)? {
        return Ok(());
    }
    scored(args, tools, "dates")?;
    expressions(args, tools)
}

/// Our lists of date expressions, beside dateparser.
fn expressions(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let lists = ["expressions", "expressions-held-out"]
        .map(|name| shell::root().join(format!("crates/dates/tests/{name}.tsv")));
    let peer = tools.out.join(format!("parse/dateparser@{}.jsonl", peers::version_of("dateparser")?));
    if args.peers {
        let mut command = Command::new(peers::python()?);
        command.arg(shell::root().join("xtask/peers/told.py")).arg("dateparser").args(&lists);
        shell::run(command.stdout(create(&peer)?))?;
    }
    let mut command = example("khabar-dates", "score_expressions");
    command.args(&lists);
    if peer.exists() {
        command.arg("--peer").arg(&peer);
    }
    shell::run(with_faults(args, &mut command))
}

/// Our lists of quantities: what the rules were written with, and what was written apart.
pub(super) fn numbers(args: &Args) -> anyhow::Result<()> {
    let lists =
        ["numbers", "numbers-held-out"].map(|name| shell::root().join(format!("crates/entity/tests/{name}.tsv")));
    shell::run(with_faults(args, example("khabar-entity", "score_numbers").args(&lists)))
}

/// Our triples of names, among words of ../shared/bench/ner/transliteration where they are there.
pub(super) fn names() -> anyhow::Result<()> {
    let mut command = example("khabar-text", "score_names");
    command.arg(shell::root().join("crates/text/tests/names.tsv"));
    if let Some(shared) = shared("names: top-1")? {
        command.arg(shared.join("bench/ner/transliteration"));
    }
    shell::run(&mut command)
}

/// Our articles with their quotes. The faults of the second part are nobody's to read.
pub(super) fn quotes(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let texts = |folder: &str| {
        let entries = std::fs::read_dir(shell::root().join(folder))?;
        let mut texts = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
        texts.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        texts.sort();
        anyhow::Ok(texts)
    };
    shell::run(with_faults(args, example("khabar-entity", "score_quotes").args(texts("data/quotes")?)))?;
    shell::run(example("khabar-entity", "score_quotes").args(texts("tests/gold/quotes")?))?;
    // Real articles: documents of even number are for developing, those of odd number for testing; their faults are shown to nobody.
    let Some(shared) = shared("quotes: real articles")? else { return Ok(()) };
    let sample = |language: &str, sample: &str, options: &[&str]| {
        let records = tools.run(&format!("quotes/{language}"), &[&shared.join("samples").join(sample)], options)?;
        anyhow::Ok(records.join("documents.jsonl"))
    };
    let ar = sample("ar", "ant_north_korea_2018.jsonl.zst", &["--until", "langid"])?;
    let mapping = "text=paragraphs,date=time";
    let fa = sample("fa", "farsnews_400.jsonl.zst", &["--until", "langid", "--field", mapping])?;
    let ntrex = shared.join("bench/langid/train/ntrex.tsv.zst");
    let sets = [
        (["ar", "ar-2", "ar-3"].as_slice(), &ar),
        (["fa", "fa-2", "fa-3"].as_slice(), &fa),
        (["en", "en-2", "ur"].as_slice(), &ntrex),
    ];
    for (gold, records) in sets.into_iter().flat_map(|(sets, records)| sets.iter().map(move |set| (set, records))) {
        for half in ["even", "odd"] {
            let mut command = example("khabar-entity", "score_real_quotes");
            command.args(["--half", half]).arg(shell::root().join(format!("tests/gold/quotes/real-{gold}.tsv")));
            command.arg(records);
            shell::run(if half == "even" { with_faults(args, &mut command) } else { &mut command })?;
        }
    }
    Ok(())
}

fn example(package: &str, name: &str) -> Command {
    shell::cargo(&["run", "--quiet", "--release", "--package", package, "--example", name, "--"])
}

fn with_faults<'c>(args: &Args, command: &'c mut Command) -> &'c mut Command {
    if args.faults { command.arg("--faults") } else { command }
}

/// ZWNJs of sentences that have theirs, lost and restored.
pub(super) fn zwnj(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let Some(shared) = shared("zwnj")? else { return Ok(()) };
    let out = tools.out.join("zwnj.txt");
    let mut unpacked = Command::new("zstd");
    unpacked.arg("-dc").arg(shared.join("bench/zwnj/perdt_dev.txt.zst")).stdout(create(&out)?);
    shell::run(&mut unpacked)?;
    shell::run(with_faults(args, example("khabar-text", "score_zwnj").arg(out)))
}

/// Unpacks and runs the sets; false where the shared data is absent.
fn pages(args: &Args, tools: &Tools, what: &str, sets: &[&str]) -> anyhow::Result<bool> {
    let Some(shared) = shared(what)? else { return Ok(false) };
    let work = tools.out.join("parse");
    for set in sets {
        unpack(&shared.join(format!("bench/parse/{set}.tar.zst")), &work, set)?;
        let html = work.join(set).join("html");
        tools.run(&format!("parse/{set}/records"), &[&html], &["--until", "parse"])?;
        if args.peers {
            let folder = peers::emptied(work.join(set).join("told"))?;
            let tools: &[&str] = if *set == "htmldate_dev" { &["htmldate", "trafilatura"] } else { &["trafilatura"] };
            for tool in tools {
                let out = folder.join(format!("{tool}@{}.jsonl", peers::version_of(tool)?));
                let mut command = Command::new(peers::python()?);
                command.arg(shell::root().join("xtask/peers/told.py")).arg(tool).arg(&html);
                shell::run(command.stdout(create(&out)?))?;
            }
        }
    }
    Ok(true)
}

fn scored(args: &Args, tools: &Tools, what: &str) -> anyhow::Result<()> {
    let mut command = tools.score(what, args);
    command.arg("--work").arg(tools.out.join("parse"));
    command.arg("--peers").arg(shell::root().join("tests/gold/peers.tsv"));
    if args.peers {
        command.arg("--measured").arg(today()?);
    }
    shell::run(with_faults(args, &mut command))
}

#[expect(clippy::disallowed_methods, reason = "a maintainer's tool, in the target folder")]
fn create(path: &std::path::Path) -> anyhow::Result<File> {
    Ok(File::create(path)?)
}

//! `cargo xtask score stories`: B-cubed on parallel news, whole and in halves, on our own articles, on one topic in one
//! language, and what another order of the input changes.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::{Args, Tools, shared};
use crate::shell;

/// Shuffles whose runs are compared with the one in order.
const SHUFFLES: u64 = 10;

/// Runs and scores all sets.
#[expect(clippy::disallowed_methods, reason = "the one place that reads this file")]
pub(super) fn stories(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let gold = shell::root().join("tests/gold/stories");
    let work = tools.out.join("stories");
    fs::create_dir_all(&work)?;
    if let Some(shared) = shared("stories of parallel news")? {
        let documents = parallel(&shared)?;
        let three = |document: &&Value| matches!(text(document, "lang"), "en" | "ar" | "fa");
        let set = Set { args, tools, work: &work };
        set.score(
            "halves",
            documents.iter().filter(three).map(halved),
            "English whole, Arabic first half, Persian rest",
        )?;
        set.score("whole", documents.iter().filter(three).cloned(), "English, Arabic, Persian")?;
        set.score("all", documents.iter().cloned(), "all languages")?;
        let topic = lines(&shared.join("samples/ant_north_korea_2018.jsonl.zst"))?;
        let records = set.run_and_shuffle("ant", &topic, &gold.join("ant.tsv"), &["--field", "date=time"])?;
        shell::say("stories, ant, another reader's documents, which nothing was tuned on:");
        shell::run(&mut set.scorer(&records, &gold.join("ant-held-out.tsv")))?;
    }
    let mut own: Vec<String> = Vec::new();
    for language in ["ar", "en", "fa", "ur"] {
        let feed = File::open(shell::root().join(format!("data/sample/stories/{language}.jsonl")))?;
        own.extend(BufReader::new(feed).lines().collect::<Result<Vec<_>, _>>()?);
    }
    Set { args, tools, work: &work }.run_and_shuffle("own", &own, &gold.join("articles.tsv"), &[]).map(|_| ())
}

struct Set<'a> {
    args: &'a Args,
    tools: &'a Tools,
    work: &'a Path,
}

impl Set<'_> {
    /// Writes documents and their gold, runs them and scores the run.
    fn score(&self, name: &str, documents: impl Iterator<Item = Value>, what: &str) -> anyhow::Result<()> {
        let (mut input, mut gold) = (String::new(), String::new());
        for document in documents {
            let (id, body) = (text(&document, "id"), text(&document, "text"));
            writeln!(input, "{}", serde_json::json!({ "id": id, "text": body }))?;
            writeln!(gold, "{id}\t{}\t{}", text(&document, "cluster"), text(&document, "lang"))?;
        }
        let path = self.write(&format!("{name}.tsv"), &gold)?;
        let records = self.run(name, &input, &[])?;
        shell::say(&format!("stories, {name} ({what}):"));
        shell::run(&mut self.scorer(&records, &path))
    }

    /// Runs lines in their order and in ten others; scores the first, and the last against it.
    fn run_and_shuffle(&self, name: &str, lines: &[String], gold: &Path, options: &[&str]) -> anyhow::Result<PathBuf> {
        let records = self.run(name, &lines.join("\n"), options)?;
        shell::say(&format!("stories, {name}:"));
        shell::run(&mut self.scorer(&records, gold))?;
        for seed in 1..=SHUFFLES {
            let shuffled = self.run(&format!("{name}-shuffled"), &shuffled(lines, seed).join("\n"), options)?;
            shell::say(&format!("stories, {name}, shuffle {seed}:"));
            shell::run(self.scorer(&shuffled, gold).arg("--against").arg(&records))?;
        }
        Ok(records)
    }

    fn write(&self, name: &str, content: &str) -> anyhow::Result<PathBuf> {
        let path = self.work.join(name);
        #[expect(clippy::disallowed_methods, reason = "a maintainer's tool, in the target folder")]
        fs::write(&path, content)?;
        Ok(path)
    }

    fn run(&self, name: &str, input: &str, options: &[&str]) -> anyhow::Result<PathBuf> {
        let input = self.write(&format!("{name}.jsonl"), input)?;
        self.tools.run(&format!("stories/{name}"), &[&input], options)
    }

    fn scorer(&self, records: &Path, gold: &Path) -> Command {
        let mut command = self.tools.score("stories", self.args);
        command.arg("--records").arg(records).arg("--gold").arg(gold);
        if self.args.faults {
            command.arg("--faults");
        }
        command
    }
}

fn parallel(shared: &Path) -> anyhow::Result<Vec<Value>> {
    let lines = lines(&shared.join("bench/stories/ntrex_dev.jsonl.zst"))?;
    lines.iter().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn lines(path: &Path) -> anyhow::Result<Vec<String>> {
    let bytes = shell::output(Command::new("zstd").arg("-dc").arg(path))?;
    Ok(String::from_utf8(bytes).context("not UTF-8")?.lines().map(str::to_owned).collect())
}

fn text<'v>(document: &'v Value, field: &str) -> &'v str {
    document.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// What each language is left with, so that no two hold the same sentences but English all: Arabic the first half of its
/// lines, Persian all but the first third.
fn halved(document: &Value) -> Value {
    let mut document = document.clone();
    let lines: Vec<&str> = text(&document, "text").split('\n').collect();
    let kept = match text(&document, "lang") {
        "ar" => lines.get(..lines.len() / 2),
        "fa" => lines.get(lines.len() / 3..),
        _ => None,
    };
    if let Some(kept) = kept.map(|kept| kept.join("\n")) {
        document["text"] = kept.into();
    }
    document
}

/// The lines in another order: Fisher and Yates, by the linear congruences of Knuth's MMIX.
fn shuffled(lines: &[String], seed: u64) -> Vec<String> {
    let mut lines = lines.to_vec();
    let mut state = seed;
    for at in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(at, (state >> 33) as usize % (at + 1));
    }
    lines
}

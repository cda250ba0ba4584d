//! `cargo xtask score`: quality against gold, measured on what the release binary writes.

use std::process::Command;

use anyhow::Context;

use crate::{run, shell};

/// Arguments of `cargo xtask score`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to score; without any, everything.
    #[arg(value_enum)]
    what: Vec<What>,

    /// Print the scores as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The five scrapes of ../shared/seeds against tests/gold/seeds.
    Seeds,
    /// data/sample against tests/gold/sample/labels.jsonl.
    Sample,
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
    let scorer = run::target()?.join("release").join("khabar-score");
    let what = if args.what.is_empty() { vec![What::Seeds, What::Sample] } else { args.what.clone() };
    for what in what {
        let root = shell::root();
        let (name, source, gold) = match what {
            What::Seeds => {
                let Some(shared) = shell::shared() else {
                    anyhow::ensure!(!shell::in_ci(), "../shared is absent, and CI may not skip");
                    shell::say("seeds: skipped, ../shared is absent");
                    continue;
                };
                ("seeds", shared.join("seeds"), root.join("tests/gold/seeds"))
            }
            What::Sample => ("sample", root.join("data/sample"), root.join("tests/gold/sample/labels.jsonl")),
        };
        let records = run::target()?.join(format!("khabar-score/{name}"));
        shell::run(
            Command::new(&khabar).arg("run").arg(&source).arg("--out").arg(&records).args(["--force", "--quiet"]),
        )?;
        let mut command = Command::new(&scorer);
        command.arg(name).arg("--records").arg(&records).arg("--source").arg(&source);
        command.arg(if what == What::Seeds { "--gold" } else { "--labels" }).arg(&gold);
        if args.json {
            command.arg("--json");
        }
        shell::run(&mut command).with_context(|| format!("{name} does not come out right"))?;
    }
    Ok(())
}

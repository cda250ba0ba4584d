//! `cargo xtask train`: models from training data beside the repository, by the binary of the crate that owns them.

use crate::shell;

/// Arguments of `cargo xtask train`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which model.
    #[arg(value_enum)]
    what: What,

    /// Train again and compare with what is committed.
    #[arg(long)]
    check: bool,

    /// langid: folder of the training sets; by default ../shared/bench/langid/train.
    #[arg(long)]
    data: Option<std::path::PathBuf>,
}

impl Args {
    /// `langid --check`.
    pub(crate) fn checking_langid() -> Self {
        Self { what: What::Langid, check: true, data: None }
    }

    /// `entity --check`.
    pub(crate) fn checking_entity() -> Self {
        Self { what: What::Entity, check: true, data: None }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The language detector: data/models/langid-1.bin.
    Langid,
    /// The tagger of names: data/models/ner-1.bin.
    Entity,
}

/// Trains, or checks that what is committed comes from these inputs.
pub(crate) fn train(args: &Args) -> anyhow::Result<()> {
    match args.what {
        What::Langid => langid(args),
        What::Entity => entity(args.check),
    }
}

fn langid(args: &Args) -> anyhow::Result<()> {
    let Some(data) = args.data.clone().or_else(|| shell::shared().map(|shared| shared.join("bench/langid/train")))
    else {
        anyhow::ensure!(!shell::in_ci(), "../shared is absent, and CI may not skip");
        shell::say("langid: skipped, the training data (../shared) is absent");
        return Ok(());
    };
    let model = shell::root().join("data/models/langid-1.bin");
    let mut command = langid_tool();
    command.arg("train").arg("--data").arg(data).arg("--own").arg(shell::root().join("data/langid"));
    command.arg(if args.check { "--check" } else { "--out" }).arg(model);
    shell::run(&mut command)
}

fn entity(check: bool) -> anyhow::Result<()> {
    let Some(shared) = shell::shared() else {
        anyhow::ensure!(!shell::in_ci(), "../shared is absent, and CI may not skip");
        shell::say("entity: skipped, the training data (../shared) is absent");
        return Ok(());
    };
    let model = shell::root().join("data/models/ner-1.bin");
    let mut command = entity_tool();
    command.arg("train").arg("--shared").arg(shared).arg("--own").arg(shell::root().join("data/ner"));
    command.arg(if check { "--check" } else { "--out" }).arg(model);
    shell::run(&mut command)
}

/// The trainer and evaluator of the tagger, ready for its arguments.
pub(crate) fn entity_tool() -> std::process::Command {
    shell::cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "khabar-entity",
        "--features",
        "train",
        "--bin",
        "khabar-entity-train",
        "--",
    ])
}

/// The trainer and evaluator of the language model, ready for its arguments.
pub(crate) fn langid_tool() -> std::process::Command {
    shell::cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "khabar-langid",
        "--features",
        "train",
        "--bin",
        "khabar-langid-train",
        "--",
    ])
}

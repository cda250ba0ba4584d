//! `cargo xtask data`: files that a generator writes, and the check that they are what it writes.

use anyhow::Context;

use crate::shell;

/// Arguments of `cargo xtask data`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Compare instead of writing; fails where a file is not what its generator writes.
    #[arg(long)]
    check: bool,
}

impl Args {
    /// `--check`.
    pub(crate) fn checking() -> Self {
        Self { check: true }
    }
}

/// A generated file and the binary that prints it.
struct Generated {
    path: &'static str,
    package: &'static str,
    features: &'static str,
    binary: &'static str,
}

const FILES: [Generated; 2] = [
    Generated {
        path: "data/schema/record-v1.json",
        package: "khabar-model",
        features: "schema",
        binary: "khabar-schema",
    },
    Generated {
        path: "data/gazetteers/compiled.bin",
        package: "khabar-entity",
        features: "compile",
        binary: "khabar-gazetteer",
    },
];

/// Writes or checks every generated file, and the digests in data/SOURCES.toml.
pub(crate) fn data(args: &Args) -> anyhow::Result<()> {
    for file in FILES {
        let made = shell::output(&mut shell::cargo(&[
            "run",
            "--quiet",
            "--package",
            file.package,
            "--features",
            file.features,
            "--bin",
            file.binary,
        ]))?;
        settle(file.path, &made, args.check)?;
    }
    crate::sources::settle(args.check)
}

/// Writes `made` to `path`, or compares.
#[expect(clippy::disallowed_methods, reason = "a generator reads and writes its own file in the working tree")]
pub(crate) fn settle(path: &str, made: &[u8], check: bool) -> anyhow::Result<()> {
    let full = shell::root().join(path);
    if check {
        let kept =
            std::fs::read(&full).with_context(|| format!("{path} is missing; write it with `cargo xtask data`"))?;
        anyhow::ensure!(
            kept == made,
            "{path} is not what its generator writes; run `cargo xtask data` and read the diff"
        );
        shell::say(&format!("{path}: current"));
    } else {
        std::fs::create_dir_all(full.parent().context("a file without a folder")?)?;
        std::fs::write(&full, made)?;
        shell::say(&format!("{path}: written"));
    }
    Ok(())
}

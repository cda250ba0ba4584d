//! `cargo xtask ci`: exactly what .ci/run runs, in order.

use crate::{data, shell, tidy, train};

/// Runs every check; stops at the first that fails.
pub(crate) fn ci() -> anyhow::Result<()> {
    shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))?;
    tidy::tidy()?;
    shell::run(&mut shell::cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "--deny",
        "warnings",
    ]))?;
    let mut doc = shell::cargo(&["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"]);
    shell::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    data::data(&data::Args::checking())?;
    train::train(&train::Args::checking_langid())?;
    train::train(&train::Args::checking_entity())?;
    shell::run(&mut shell::cargo(&["test", "--workspace"]))
}

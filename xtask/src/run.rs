//! `cargo xtask run`: build in release, run the pipeline.

use std::path::PathBuf;

use crate::shell;

/// Arguments of `cargo xtask run`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// INPUT and options of `khabar run`; without any, data/sample into target/khabar-run.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Builds in release and calls `khabar run`.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let binary = release_binary()?;
    let mut command = std::process::Command::new(binary);
    command.arg("run");
    if args.args.is_empty() {
        command.current_dir(shell::root()).args(["data/sample", "--out", "target/khabar-run", "--force"]);
    } else {
        command.args(&args.args);
    }
    shell::run(&mut command)
}

/// Builds the release binary and returns where it is.
pub(crate) fn release_binary() -> anyhow::Result<PathBuf> {
    shell::run(&mut shell::cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "khabar-pipeline",
        "--bin",
        "khabar",
    ]))?;
    Ok(target()?.join("release").join("khabar"))
}

/// The target folder, as cargo knows it.
pub(crate) fn target() -> anyhow::Result<PathBuf> {
    let metadata = shell::output(&mut shell::cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata)?;
    let target = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    target.map(PathBuf::from).ok_or_else(|| anyhow::anyhow!("cargo metadata names no target directory"))
}

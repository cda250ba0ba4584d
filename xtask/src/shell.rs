//! Running programs and finding the workspace.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// A program that ended with another code than 0.
#[derive(Debug)]
pub(crate) struct Failed {
    /// What was run.
    line: String,
    /// Its exit code.
    pub(crate) code: u8,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` ended with code {}", self.line, self.code)
    }
}

impl std::error::Error for Failed {}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// The data beside the repository (`../shared`, or `KHABAR_SHARED`), if it is there.
#[expect(clippy::disallowed_methods, reason = "a maintainer's tool may be told where the data is")]
pub(crate) fn shared() -> Option<PathBuf> {
    let shared = std::env::var("KHABAR_SHARED").map_or_else(|_| root().join("../shared"), PathBuf::from);
    shared.is_dir().then_some(shared)
}

/// True in CI, where nothing may be skipped.
#[expect(clippy::disallowed_methods, reason = "CI says so by this variable")]
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok()
}

/// `cargo` with arguments, in the root of the workspace.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(args).current_dir(root());
    command
}

/// Shows a command and runs it.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let line = describe(command);
    say(&format!("$ {line}"));
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if status.success() {
        return Ok(());
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Err(Failed { line, code }.into())
}

/// Runs a command and returns what it printed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let line = describe(command);
    let done =
        command.stderr(std::process::Stdio::inherit()).output().with_context(|| format!("cannot start `{line}`"))?;
    if !done.status.success() {
        return Err(Failed { line, code: 1 }.into());
    }
    Ok(done.stdout)
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let args: Vec<String> = command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
    format!("{program} {}", args.join(" "))
}

/// A line for the person at the terminal.
pub(crate) fn say(line: &str) {
    // Nobody to tell if stderr is gone.
    let _gone = writeln!(std::io::stderr(), "{line}");
}

//! `cargo xtask bench`: the criterion benchmarks of the workspace.

use crate::shell;

/// Arguments of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only this package (text, pipeline, langid …); without one, all that have benchmarks.
    package: Option<String>,

    /// Only benchmarks whose name contains this.
    #[arg(long)]
    filter: Option<String>,
}

/// Runs `cargo bench`.
pub(crate) fn bench(args: &Args) -> anyhow::Result<()> {
    let packages: Vec<String> = match &args.package {
        Some(name) => vec![format!("khabar-{name}")],
        None => with_benches()?,
    };
    for package in packages {
        let mut command = shell::cargo(&["bench", "--quiet", "--package", &package, "--bench", "*", "--"]);
        command.args(["--noplot"]).args(&args.filter);
        shell::run(&mut command)?;
    }
    Ok(())
}

/// Packages with a `benches` folder, in order.
fn with_benches() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(shell::root().join("crates"))? {
        let entry = entry?;
        if entry.path().join("benches").is_dir() {
            names.push(format!("khabar-{}", entry.file_name().to_string_lossy()));
        }
    }
    names.sort();
    Ok(names)
}

//! `cargo xtask tidy`: what no compiler checks: arrows between crates, file headers, file sizes, SOURCES.toml.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{shell, sources};

/// The arrows of the design, and no others: crate → crates that it may depend on.
const ARROWS: [(&str, &[&str]); 12] = [
    ("khabar-model", &[]),
    ("khabar-text", &["khabar-model"]),
    ("khabar-dates", &["khabar-model", "khabar-text"]),
    ("khabar-parse", &["khabar-model", "khabar-text", "khabar-dates"]),
    ("khabar-langid", &["khabar-model", "khabar-text"]),
    ("khabar-entity", &["khabar-model", "khabar-text", "khabar-dates"]),
    ("khabar-dedup", &["khabar-model", "khabar-text"]),
    ("khabar-export", &["khabar-model", "khabar-text"]),
    ("khabar-testkit", &["khabar-model"]),
    (
        "khabar-pipeline",
        &[
            "khabar-model",
            "khabar-text",
            "khabar-dates",
            "khabar-parse",
            "khabar-langid",
            "khabar-entity",
            "khabar-dedup",
            "khabar-export",
        ],
    ),
    ("khabar-tests", &["khabar-model", "khabar-pipeline", "khabar-testkit"]),
    ("xtask", &[]),
];

/// Crates that belong to the binary alone.
const ONLY_AT_THE_EDGE: [&str; 5] = ["anyhow", "clap", "crossbeam-channel", "indicatif", "ctrlc"];
const EDGE: [&str; 3] = ["khabar-pipeline", "khabar-tests", "xtask"];

/// A file of more lines than this no longer holds one noun.
const MAX_LINES: usize = 700;

/// Checks everything and reports all that is wrong.
pub(crate) fn tidy() -> anyhow::Result<()> {
    let mut wrong = arrows()?;
    for file in rust_files()? {
        wrong.extend(file_faults(&file)?);
    }
    wrong.extend(sources::gaps()?);
    for fault in &wrong {
        shell::say(fault);
    }
    anyhow::ensure!(wrong.is_empty(), "tidy: {} faults", wrong.len());
    shell::say("tidy: arrows, headers, sizes and sources are as they should be");
    Ok(())
}

/// Compares the dependencies of every crate with the arrows.
fn arrows() -> anyhow::Result<Vec<String>> {
    let metadata = shell::output(&mut shell::cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_slice(&metadata)?;
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut wrong = Vec::new();
    for package in metadata.get("packages").and_then(Value::as_array).into_iter().flatten() {
        let name = package.get("name").and_then(Value::as_str).unwrap_or_default();
        let Some(targets) = allowed.get(name) else {
            wrong.push(format!(
                "{name}: a crate that the design does not know; add it to the arrows in xtask/src/tidy.rs"
            ));
            continue;
        };
        for dependency in package.get("dependencies").and_then(Value::as_array).into_iter().flatten() {
            let target = dependency.get("name").and_then(Value::as_str).unwrap_or_default();
            let dev = dependency.get("kind").and_then(Value::as_str) == Some("dev");
            let own = target.starts_with("khabar-");
            if own && !targets.contains(&target) && !(dev && target == "khabar-testkit") {
                wrong.push(format!("{name} → {target}: no such arrow in the design"));
            }
            if !dev && ONLY_AT_THE_EDGE.contains(&target) && !EDGE.contains(&name) {
                wrong.push(format!("{name} → {target}: belongs to the binary, not to a stage"));
            }
        }
    }
    Ok(wrong)
}

#[expect(clippy::disallowed_methods, reason = "a maintainer's tool reads the working tree")]
fn file_faults(path: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(path)?;
    let shown = path.strip_prefix(shell::root()).unwrap_or(path).display().to_string();
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push(format!("{shown}: does not open with //! and a sentence"));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        faults.push(format!("{shown}: {lines} lines; more than {MAX_LINES} is more than one noun"));
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if ["utils", "util", "common", "helpers", "helper", "manager", "misc"].contains(&stem) {
        faults.push(format!("{shown}: name the file after the noun that it holds"));
    }
    // Put together here, so that this file needs no exception.
    if text.contains(concat!("#[", "ignore")) {
        faults.push(format!("{shown}: an ignored test tests nothing"));
    }
    Ok(faults)
}

/// Every Rust file of the workspace.
fn rust_files() -> anyhow::Result<Vec<PathBuf>> {
    let root = shell::root();
    let mut folders: Vec<PathBuf> = ["crates", "xtask", "tests", "fuzz"].iter().map(|name| root.join(name)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_tidy() {
        tidy().unwrap();
    }
}

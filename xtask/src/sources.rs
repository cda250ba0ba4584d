//! data/SOURCES.toml: every file under data/ has an origin, a licence and a digest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::shell;

const PATH: &str = "data/SOURCES.toml";

/// The whole file.
#[derive(Debug, Deserialize, Serialize)]
struct Sources {
    source: Vec<Source>,
}

/// Where the files of one pattern come from; a model has an entry for each of its training sets.
#[derive(Debug, Deserialize, Serialize)]
struct Source {
    /// A file, or a folder whose files all come from one place, below data/.
    path: String,
    /// Who made it, from what.
    origin: String,
    /// SPDX expression of what is in the repository.
    licence: String,
    /// What else there is to know: attribution, how it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// SHA-256 of every file.
    #[serde(default)]
    sha256: BTreeMap<String, String>,
}

/// Writes the digests into data/SOURCES.toml, or checks them.
pub(crate) fn settle(check: bool) -> anyhow::Result<()> {
    let made = with_digests()?;
    crate::data::settle(PATH, made.as_bytes(), check)
}

/// Files under data/ that no entry covers, and entries that cover nothing.
pub(crate) fn gaps() -> anyhow::Result<Vec<String>> {
    let sources = read()?;
    let mut gaps = Vec::new();
    for file in files()? {
        if !sources.source.iter().any(|source| covers(&source.path, &file)) {
            gaps.push(format!("data/{file}: no entry in {PATH}"));
        }
    }
    for source in &sources.source {
        for (name, text) in [("origin", &source.origin), ("licence", &source.licence)] {
            if text.trim().is_empty() {
                gaps.push(format!("{PATH}: {} has no {name}", source.path));
            }
        }
        if !shell::root().join("data").join(&source.path).exists() {
            gaps.push(format!("{PATH}: {} does not exist", source.path));
        }
    }
    Ok(gaps)
}

#[expect(clippy::disallowed_methods, reason = "a maintainer's tool reads the working tree")]
fn read() -> anyhow::Result<Sources> {
    let text = std::fs::read_to_string(shell::root().join(PATH)).with_context(|| format!("cannot read {PATH}"))?;
    toml::from_str(&text).with_context(|| format!("{PATH} is not as it should be"))
}

#[expect(clippy::disallowed_methods, reason = "a maintainer's tool reads the working tree")]
fn with_digests() -> anyhow::Result<String> {
    let mut sources = read()?;
    let files = files()?;
    for source in &mut sources.source {
        source.sha256.clear();
        for file in files.iter().filter(|file| covers(&source.path, file)) {
            let bytes = std::fs::read(shell::root().join("data").join(file))?;
            let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            source.sha256.insert(file.clone(), digest);
        }
    }
    sources.source.sort_by(|one, other| one.path.cmp(&other.path));
    let head = "# Where every file under data/ comes from. `cargo xtask data` fills in the digests; the rest is written by hand.\n\n";
    Ok(format!("{head}{}", toml::to_string_pretty(&sources)?))
}

fn covers(path: &str, file: &str) -> bool {
    file == path || file.strip_prefix(path).is_some_and(|rest| path.ends_with('/') || rest.starts_with('/'))
}

/// Files below data/, with forward slashes, in order.
fn files() -> anyhow::Result<Vec<String>> {
    let data = shell::root().join("data");
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![data.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(relative(&data, &path)?);
            }
        }
    }
    found.retain(|file| file != "SOURCES.toml");
    found.sort();
    Ok(found)
}

fn relative(base: &Path, path: &Path) -> anyhow::Result<String> {
    let parts: Vec<String> =
        path.strip_prefix(base)?.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(parts.join("/"))
}

//! Reading whole files, with the path in the message.

use std::path::{Path, PathBuf};

/// The bytes of a file.
#[expect(clippy::disallowed_methods, reason = "scorers read gold, sources and records; they are no stage")]
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// A file of UTF-8.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    String::from_utf8(bytes(path)?).map_err(|error| format!("{} is not UTF-8: {error}", path.display()))
}

/// The values on the lines of a JSONL file that are not blank.
pub(crate) fn json_lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, String> {
    let text = text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parse = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| format!("{}, line {}: {error}", path.display(), at + 1))
    };
    lines.map(parse).collect()
}

/// The entries of a folder, by name.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error| format!("cannot read {}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

/// The length of a file in bytes.
pub(crate) fn length(path: &Path) -> Result<u64, String> {
    let failed = |error| format!("cannot read {}: {error}", path.display());
    std::fs::metadata(path).map(|metadata| metadata.len()).map_err(failed)
}

/// Writes a file whole, by way of a sibling, and the folders above it.
#[expect(clippy::disallowed_methods, reason = "what is written here is a sibling")]
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let sibling = path.with_extension("partial");
    std::fs::write(&sibling, text).map_err(failed)?;
    std::fs::rename(&sibling, path).map_err(failed)
}

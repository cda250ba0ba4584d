//! Reading whole files, with the path in the message.

use std::path::Path;

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

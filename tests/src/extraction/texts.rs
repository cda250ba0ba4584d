//! Texts of pages, by the name of their file: from a run of khabar, or from the lines that an extractor wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::file;
use crate::records::Records;

/// A line of an extractor.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Line {
    pub(super) file: String,
    pub(super) text: String,
    pub(super) seconds: f64,
}

/// The body of every document. A page that was rejected is not among them.
pub(super) fn of_records(records: &Records) -> BTreeMap<String, String> {
    let name = |uri: &str| uri.rsplit('/').next().unwrap_or(uri).to_owned();
    records.documents.iter().map(|row| (name(&row.record.source.uri), row.body())).collect()
}

/// What an extractor wrote.
pub(super) fn of_lines(path: &Path) -> Result<Vec<Line>, String> {
    file::json_lines(path)
}

/// The `.jsonl` files of a folder by their names without the ending; none where there is no folder.
pub(super) fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, String> {
    if !folder.exists() {
        return Ok(BTreeMap::new());
    }
    let named = file::entries(folder)?.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".jsonl")?.to_owned();
        Some((name, path))
    });
    Ok(named.collect())
}

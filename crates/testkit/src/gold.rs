//! Gold files: inputs beside the plain text that a stage must make of them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diff::diff;
use crate::visible::show_invisible;

/// The environment variable that makes [`gold_stage`] write gold files instead of comparing them.
const BLESS: &str = "KHABAR_BLESS";

/// One input of a gold test.
#[derive(Clone, Debug)]
pub struct GoldCase {
    /// Language folder: `ar`, `fa` …
    pub language: String,
    /// File name up to `.in.`.
    pub name: String,
    /// What follows `.in.`: `txt`, `html`, `json` …
    pub extension: String,
    /// The bytes of the input.
    pub input: Vec<u8>,
    gold: PathBuf,
}

impl GoldCase {
    /// The input as text.
    ///
    /// # Panics
    /// If it is not UTF-8: take `input` where other charsets are tested.
    #[must_use]
    pub fn text(&self) -> &str {
        match std::str::from_utf8(&self.input) {
            Ok(text) => text,
            Err(error) => panic!("{}/{} is not UTF-8: {error}", self.language, self.name),
        }
    }
}

/// Runs `render` over every case of `tests/gold/<stage>` of this workspace and compares with the gold beside it.
///
/// `KHABAR_BLESS=1 cargo test -p <crate>` writes the gold files instead; read the diff before you commit it.
///
/// # Panics
/// With a readable diff of every case that differs; also when a gold file or every case is missing.
pub fn gold_stage(stage: &str, render: impl Fn(&GoldCase) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/gold").join(stage);
    #[expect(clippy::disallowed_methods, reason = "a test's own switch; no stage reads it")]
    let bless = std::env::var(BLESS).is_ok_and(|value| value == "1");
    if let Err(report) = gold_folder(&folder, bless, render) {
        panic!("{report}\nIf the new output is right: {BLESS}=1 cargo test, then read the diff.");
    }
}

/// As [`gold_stage`], for any folder of `<lang>/<case>.in.*`; writes the gold files if `bless`.
///
/// # Errors
/// The report: a diff of every case that differs, or what could not be read.
pub fn gold_folder(folder: &Path, bless: bool, render: impl Fn(&GoldCase) -> String) -> Result<(), String> {
    let cases = cases(folder)?;
    if cases.is_empty() {
        return Err(format!("no case <lang>/<name>.in.* below {}", folder.display()));
    }
    let mut report = String::new();
    for case in cases {
        let mut actual = show_invisible(render(&case).trim_end_matches('\n'));
        actual.push('\n');
        let expected = read(&case.gold).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if expected.as_ref() == Some(&actual) {
            continue;
        }
        if bless {
            write(&case.gold, &actual)?;
            continue;
        }
        let difference = match expected {
            Some(expected) => diff(&expected, &actual),
            None => format!("no gold file; the output is:\n{actual}"),
        };
        report.push_str(&format!("{}: - gold, + output\n{difference}\n", case.gold.display()));
    }
    if report.is_empty() { Ok(()) } else { Err(report) }
}

/// Every case below `folder`, by language and name.
fn cases(folder: &Path) -> Result<Vec<GoldCase>, String> {
    let mut found = Vec::new();
    for language in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        for path in entries(&language)? {
            let Some((name, extension)) = file_name(&path).split_once(".in.") else { continue };
            found.push(GoldCase {
                language: file_name(&language).to_owned(),
                name: name.to_owned(),
                extension: extension.to_owned(),
                input: read(&path)?,
                gold: path.with_file_name(format!("{name}.gold.txt")),
            });
        }
    }
    Ok(found)
}

/// The paths in a folder, in byte order, so that reports do not depend on the file system.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = read.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own fixtures")]
fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

#[expect(clippy::disallowed_methods, reason = "blessing is run by hand, and git keeps the old file")]
fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("fa")).unwrap();
        write(&folder.path().join("fa/zwnj.in.txt"), "می\u{200c}رود").unwrap();
        folder
    }

    #[test]
    fn blessed_output_is_accepted_and_other_output_shown() {
        let folder = folder();
        let path = folder.path();
        assert!(gold_folder(path, false, |case| case.text().to_owned()).unwrap_err().contains("no gold file"));
        gold_folder(path, true, |case| case.text().to_owned()).unwrap();
        assert_eq!(read(&path.join("fa/zwnj.gold.txt")).unwrap(), "می‹ZWNJ›رود\n".as_bytes());
        gold_folder(path, false, |case| case.text().to_owned()).unwrap();
        let report = gold_folder(path, false, |_| "می رود".to_owned()).unwrap_err();
        assert!(report.contains("- می‹ZWNJ›رود\n+ می رود\n"), "{report}");
    }

    #[test]
    fn a_folder_without_cases_does_not_pass() {
        let folder = tempfile::tempdir().unwrap();
        assert!(gold_folder(folder.path(), true, |_| String::new()).is_err());
        assert!(gold_folder(&folder.path().join("missing"), false, |_| String::new()).is_err());
    }
}

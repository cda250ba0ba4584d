//! Where gold, sample input and shared data lie.

use std::path::{Path, PathBuf};

/// The environment variable that names the folder of shared data.
const SHARED: &str = "KHABAR_SHARED";

/// The root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// The sample input, and below it what the labels call `uri`.
#[must_use]
pub fn sample() -> PathBuf {
    workspace().join("data/sample")
}

/// The labels of the sample input.
#[must_use]
pub fn sample_labels() -> PathBuf {
    workspace().join("tests/gold/sample/labels.jsonl")
}

/// The gold files of the seeds.
#[must_use]
pub fn seed_gold() -> PathBuf {
    workspace().join("tests/gold/seeds")
}

/// Our own gold pages, by language.
#[must_use]
pub fn pages() -> PathBuf {
    workspace().join("tests/gold/pages")
}

/// Gold pages of the same form that nobody looks at while tuning.
#[must_use]
pub fn held_out_pages() -> PathBuf {
    workspace().join("tests/gold/pages-held-out")
}

/// What other extractors reach on the public sets.
#[must_use]
pub fn peers() -> PathBuf {
    workspace().join("tests/gold/peers.tsv")
}

/// The gazetteers, as a person edits them.
#[must_use]
pub fn gazetteers() -> PathBuf {
    workspace().join("data/gazetteers")
}

/// A file or folder of the shared data, which is no part of the repository: below `KHABAR_SHARED`, else below
/// `../shared` of the workspace. `None` where it is absent.
///
/// # Panics
/// If it is absent and the variable `CI` is set: what CI skips nobody tests.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = variable(SHARED).map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let found = folder.join(path);
    if found.exists() {
        return Some(found);
    }
    assert!(variable("CI").is_none(), "{} is absent; set {SHARED}", found.display());
    None
}

#[expect(clippy::disallowed_methods, reason = "tests ask where their data lies; stages read no environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

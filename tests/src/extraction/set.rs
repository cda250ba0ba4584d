//! The sets of pages that people have marked.

use std::path::Path;

use serde_json::{Map, Value};

use super::{Measure, Truth};
use crate::file;

/// A set of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set {
    /// Its name, which is that of its archive and of its folder.
    pub name: &'static str,
    /// How it is scored.
    pub measure: Measure,
}

/// Every set whose text is scored.
pub const SETS: [Set; 4] = [
    Set { name: "aeb", measure: Measure::Shingles },
    Set { name: "trafilatura", measure: Measure::Snippets },
    Set { name: "wcxb_dev_article", measure: Measure::Words },
    Set { name: "ar_fa_dev", measure: Measure::Words },
];

/// A page of a set.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Name of its file below `html/`.
    pub(crate) file: String,
    pub(crate) url: Option<String>,
    pub(crate) truth: Truth,
}

impl Set {
    /// The set with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SETS.iter().find(|set| set.name == name)
    }

    /// The pages in the order of their names.
    pub(crate) fn pages(&self, folder: &Path) -> Result<Vec<Page>, String> {
        let path = folder.join("truth.json");
        let truth: Map<String, Value> = serde_json::from_str(&file::text(&path)?)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let page = |(key, value): (&String, &Value)| {
            let word = |name: &str| value.get(name).and_then(Value::as_str);
            let file = word("file").and_then(|file| file.strip_prefix("html/"));
            let url = word("url").or_else(|| key.starts_with("http").then_some(key.as_str()));
            let page = file.zip(self.measure.truth(value)).map(|(file, truth)| Page {
                file: file.to_owned(),
                url: url.map(str::to_owned),
                truth,
            });
            page.ok_or_else(|| format!("{}: {key} has no file or no truth", path.display()))
        };
        let mut pages = truth.iter().map(page).collect::<Result<Vec<_>, String>>()?;
        pages.sort_by(|one, other| one.file.cmp(&other.file));
        Ok(pages)
    }
}

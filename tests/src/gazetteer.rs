//! English names to ids: labels name entities in English, records by id.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::file;

/// The gazetteers, by English name and label.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    ids: BTreeMap<String, BTreeSet<String>>,
}

impl Gazetteer {
    /// Reads every `.tsv` of a folder.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let entries =
            std::fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
        let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
        paths.sort();
        let mut gazetteer = Self::default();
        for path in paths {
            file::text(&path)?.lines().skip(1).for_each(|line| gazetteer.row(line));
        }
        Ok(gazetteer)
    }

    /// One row: id, type, subtype, canonical, language, names joined by `|`.
    pub(crate) fn row(&mut self, line: &str) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[id, _, subtype, canonical, language, names] = cells.as_slice() else { return };
        // A nationality carries its country's label, but is another thing.
        if subtype == "demonym" {
            return;
        }
        let names = names.split('|').filter(|_| language == "en");
        for name in names.chain([canonical]) {
            self.ids.entry(name.to_lowercase()).or_default().insert(id.to_owned());
        }
    }

    /// The ids that an English name has; none if the gazetteers do not know it.
    pub(crate) fn ids(&self, name: &str) -> impl Iterator<Item = &str> {
        self.ids.get(&name.to_lowercase()).into_iter().flatten().map(String::as_str)
    }
}

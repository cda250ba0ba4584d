//! The folder of a run: documents, side tables, manifest and report.

use std::io::Write;
use std::path::{Path, PathBuf};

use khabar_model::{CharSpan, ClusterRow, DuplicateRow, PassageRow, Record, RejectRow, StoryRow};
use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::table::{Output, Table};

/// What to do with a folder that holds something already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone and say so.
    Refuse,
    /// Replace the files of an earlier run; anything else in it is still refused.
    Replace,
}

/// Names of the tables, in the order of the manifest.
const TABLES: [&str; 6] =
    ["documents.jsonl", "duplicates.jsonl", "passages.jsonl", "stories.jsonl", "clusters.jsonl", "rejects.jsonl"];
const MANIFEST: &str = "manifest.json";
const REPORT: &str = "report.json";
/// A folder for what a run cannot hold in memory; one that is there was left by a run that was killed.
const SPILL: &str = "spill.partial";

/// A run's folder while it is being filled.
#[derive(Debug)]
pub struct RunFolder {
    dir: PathBuf,
    documents: Table,
    duplicates: Table,
    passages: Table,
    stories: Table,
    clusters: Table,
    rejects: Table,
}

impl RunFolder {
    /// Creates `dir` (and what leads to it) and starts its tables.
    ///
    /// # Errors
    /// [`ErrorKind::NotEmpty`] or [`ErrorKind::Foreign`] if there is something in it, or what the system says.
    pub fn create(dir: &Path, existing: Existing) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(|error| Error::new(dir, error))?;
        make_room(dir, existing)?;
        let [documents, duplicates, passages, stories, clusters, rejects] = TABLES;
        Ok(Self {
            dir: dir.to_owned(),
            documents: Table::create(dir, documents)?,
            duplicates: Table::create(dir, duplicates)?,
            passages: Table::create(dir, passages)?,
            stories: Table::create(dir, stories)?,
            clusters: Table::create(dir, clusters)?,
            rejects: Table::create(dir, rejects)?,
        })
    }

    /// Writes a document.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn document(&mut self, record: &Record<CharSpan>) -> Result<(), Error> {
        self.documents.row(record)
    }

    /// Writes a verified pair.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn duplicate(&mut self, row: &DuplicateRow) -> Result<(), Error> {
        self.duplicates.row(row)
    }

    /// Writes a shared passage.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn passage(&mut self, row: &PassageRow) -> Result<(), Error> {
        self.passages.row(row)
    }

    /// Writes a cluster.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn cluster(&mut self, row: &ClusterRow) -> Result<(), Error> {
        self.clusters.row(row)
    }

    /// Writes a membership in a story.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn story(&mut self, row: &StoryRow) -> Result<(), Error> {
        self.stories.row(row)
    }

    /// Writes a reject.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn reject(&mut self, row: &RejectRow) -> Result<(), Error> {
        self.rejects.row(row)
    }

    /// Completes the tables, then writes the manifest that `manifest` makes of them.
    ///
    /// # Errors
    /// If anything does not reach the disk; what was complete by then keeps its final name.
    pub fn finish<M: Serialize>(self, manifest: impl FnOnce(&[Output]) -> M) -> Result<Vec<Output>, Error> {
        let Self { dir, documents, duplicates, passages, stories, clusters, rejects } = self;
        let tables = [documents, duplicates, passages, stories, clusters, rejects];
        let outputs = tables.into_iter().map(Table::finish).collect::<Result<Vec<_>, _>>()?;
        write_whole(&dir.join(MANIFEST), &manifest(&outputs))?;
        Ok(outputs)
    }

    /// Writes the report of a run into `dir`: what differs from run to run (timings, host, rates).
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn report(dir: &Path, report: &impl Serialize) -> Result<(), Error> {
        write_whole(&dir.join(REPORT), report)
    }
}

/// Empties the folder of an earlier run's files, or refuses.
fn make_room(dir: &Path, existing: Existing) -> Result<(), Error> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(|error| Error::new(dir, error))? {
        names.push(entry.map_err(|error| Error::new(dir, error))?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let own = |name: &str| {
        let table = name.strip_suffix(".partial").unwrap_or(name);
        TABLES.contains(&table) || table == MANIFEST || table == REPORT || name == SPILL
    };
    if existing == Existing::Refuse && !names.is_empty() {
        return Err(Error::new(dir, ErrorKind::NotEmpty));
    }
    if let Some(foreign) = names.iter().find(|name| !own(name)) {
        return Err(Error::new(dir, ErrorKind::Foreign(foreign.clone())));
    }
    // The manifest goes first: a folder with a manifest is a complete run.
    names.sort_by_key(|name| name != MANIFEST);
    for name in names {
        let path = dir.join(&name);
        let removed = if name == SPILL { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        removed.map_err(|error| Error::new(&path, error))?;
    }
    Ok(())
}

/// Writes a JSON file beside itself and renames it.
#[expect(clippy::disallowed_methods, reason = "this is the sibling file that is renamed when complete")]
fn write_whole(path: &Path, value: &impl Serialize) -> Result<(), Error> {
    let partial = path.with_extension("json.partial");
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| Error::new(path, error))?;
    bytes.push(b'\n');
    let written = std::fs::File::create(&partial).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.map_err(|error| Error::new(&partial, error))?;
    std::fs::rename(&partial, path).map_err(|error| Error::new(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_model::{Article, Source};

    fn record(text: &str) -> Record<CharSpan> {
        let article = Article { text: text.to_owned(), ..Article::default() };
        Record::of_article("id".to_owned(), Source::default(), article).into_wire().unwrap()
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn names_are_final_only_at_the_end() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = RunFolder::create(dir.path(), Existing::Refuse).unwrap();
        folder.document(&record("خبر")).unwrap();
        assert!(names(dir.path()).iter().all(|name| name.ends_with(".partial")));
        let outputs = folder.finish(|outputs| outputs.to_vec()).unwrap();
        assert_eq!(outputs.len(), 6);
        assert!(names(dir.path()).iter().all(|name| !name.ends_with(".partial")));
        assert_eq!(names(dir.path()).len(), 7);
    }

    #[test]
    fn a_full_folder_is_refused_and_a_foreign_one_even_by_force() {
        let dir = tempfile::tempdir().unwrap();
        RunFolder::create(dir.path(), Existing::Refuse).unwrap().finish(|_| ()).unwrap();
        let error = RunFolder::create(dir.path(), Existing::Refuse).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::NotEmpty), "{error}");
        RunFolder::create(dir.path(), Existing::Replace).unwrap().finish(|_| ()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test makes its own file")]
        std::fs::write(dir.path().join("thesis.docx"), b"x").unwrap();
        let error = RunFolder::create(dir.path(), Existing::Replace).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Foreign(name) if name == "thesis.docx"), "{error}");
        assert!(names(dir.path()).contains(&"documents.jsonl".to_owned()), "nothing was deleted");
    }

    #[test]
    fn equal_runs_write_equal_files() {
        let run = || {
            let dir = tempfile::tempdir().unwrap();
            let mut folder = RunFolder::create(dir.path(), Existing::Refuse).unwrap();
            folder.document(&record("الأول")).unwrap();
            folder.document(&record("الثاني")).unwrap();
            folder.finish(|outputs| outputs.to_vec()).unwrap()
        };
        assert_eq!(run(), run());
    }
}

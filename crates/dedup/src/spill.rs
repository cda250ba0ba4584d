//! Files for what no longer fits into memory.

use std::{
    io::BufWriter,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    blob::Blob,
    deduper::State,
    error::Error,
    run::{Posting, Run, merged, write_run},
};

/// Texts go to one file, postings to sorted runs, eight of which are merged into one.
#[derive(Debug)]
pub(crate) struct Spill {
    folder: PathBuf,
    most: usize,
    /// A spill smaller than this would cost more than it frees.
    least: usize,
    /// The file of the texts: its number and length.
    texts: Option<(u32, u64)>,
    /// Runs that earlier runs of the program left: they stay as they are.
    earlier: usize,
    /// How often what is in each run was merged.
    levels: Vec<u32>,
    files: u32,
}

/// For [`Spill::new`].
pub(crate) const LEAST: usize = 16 << 20;
/// Runs of one level that become one of the next.
const FAN: usize = 8;

impl Spill {
    pub(crate) fn new(folder: &Path, most: usize, least: usize, earlier: usize) -> Self {
        Self { folder: folder.to_owned(), most, least, texts: None, earlier, levels: Vec::new(), files: 0 }
    }

    /// Moves what can be moved, if memory is full.
    pub(crate) fn run(&mut self, state: &mut State) -> Result<(), Error> {
        let movable = state.bodies.heap_bytes() + state.postings.heap_bytes();
        // What must stay leaves less and less room; a share of it keeps the number of runs in bounds.
        let room = self.most.saturating_sub(state.fixed_bytes()).max(self.least).max(state.fixed_bytes() / 8);
        if movable <= room {
            return Ok(());
        }
        self.spill_texts(state)?;
        let postings = state.postings.in_memory();
        let most = postings.len() as u64;
        let run = self.write(postings.into_iter().map(Ok), most)?;
        state.postings.forget();
        state.postings.add_run(run);
        self.levels.push(0);
        while let Some(&[level, ..]) = self.levels.get(self.levels.len().saturating_sub(FAN)..)
            && self.levels.len() >= FAN
            && self.levels.last() == Some(&level)
        {
            let first = self.levels.len() - FAN;
            let runs = state.postings.runs().get(self.earlier + first..).unwrap_or_default();
            let most = runs.iter().map(|run| run.index.len).sum();
            let sources = runs.iter().map(|run| Box::new(run.postings()) as Box<dyn Iterator<Item = _>>).collect();
            let run = self.write(merged(sources, state.postings.cap()), most)?;
            state.postings.replace_runs(self.earlier + first, run);
            self.levels.truncate(first);
            self.levels.push(level + 1);
        }
        Ok(())
    }

    fn spill_texts(&mut self, state: &mut State) -> Result<(), Error> {
        let (number, start) = match self.texts {
            Some(texts) => texts,
            None => {
                let blob = Blob::create(&self.folder.join("texts"), &[])?;
                (state.bodies.add_blob(Arc::new(blob)), 0)
            }
        };
        self.texts = Some((number, state.bodies.spill(number, start)?));
        Ok(())
    }

    fn write(&mut self, postings: impl Iterator<Item = Result<Posting, Error>>, most: u64) -> Result<Run, Error> {
        let path = self.folder.join(format!("postings-{}", self.files));
        self.files += 1;
        let blob = Blob::create(&path, &[])?;
        let mut out = BufWriter::with_capacity(1 << 18, blob.writer());
        let index = write_run(postings, most, &mut out, |error| blob.failed(error))?;
        out.into_inner().map_err(|error| blob.failed(error.into_error()))?;
        Ok(Run::new(Arc::new(blob), 0, index))
    }
}

#[cfg(test)]
mod tests {
    use khabar_model::DuplicateStatus::Unique;

    use crate::{Deduper, Settings, sketch};

    fn story(seed: u32, words: u32) -> String {
        (0..words).map(|nth| format!("كلمة{}", seed * 1000 + nth)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_does_not_fit_into_memory_changes_no_answer() {
        let settings = Settings::default();
        let dir = tempfile::tempdir().unwrap();
        let mut here = Deduper::new(settings.clone());
        let mut there = Deduper::new(settings.clone()).spilling_from(dir.path(), 0, 50_000);
        let (mut alike, mut shared) = (0, 0);
        for nth in 0..2000_u32 {
            let text = match nth % 7 {
                _ if nth < 500 => story(nth, 70),
                0 => story(nth - 500, 70),
                1 => format!("{} خاتمة", story(nth - 450, 70)),
                2 => format!("{} {} {}", story(nth, 70), story(nth - 451, 30), story(nth + 50_000, 70)),
                _ => story(nth, 70),
            };
            let sketch = sketch(&text, &settings);
            let (one, two) = (here.judge(&nth.to_string(), sketch.clone()), there.judge(&nth.to_string(), sketch));
            assert_eq!(one, two, "document {nth}");
            alike += usize::from(one.verdict.status != Unique);
            shared += one.passages.len();
        }
        assert_eq!(there.failure().map(|error| error.to_string()), None);
        assert_eq!(here.clusters(), there.clusters());
        assert!(alike > 250 && shared > 50, "{alike} {shared}");
        let runs = there.state.postings.runs().len();
        assert!(std::fs::read_dir(dir.path()).unwrap().count() > 20 && runs < 16, "{runs} runs");
        assert!(there.memory_bytes() * 2 < here.memory_bytes(), "{} of {}", there.memory_bytes(), here.memory_bytes());
    }
}

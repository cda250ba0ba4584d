//! Stories of a run against gold: B-cubed, by group of documents, and how far two runs agree.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use khabar_model::StoryRow;
use serde::Serialize;

use crate::file;
use crate::records::Records;

/// B-cubed of some documents: for each of them, which share of its story belongs there (precision), which share of its
/// gold story is there (recall); means over the documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BCubed {
    /// What the documents have in common.
    pub group: String,
    /// Documents.
    pub documents: usize,
    /// 0 to 1.
    pub precision: f64,
    /// 0 to 1.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The scores of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// All documents first, then each group of the gold file.
    pub scores: Vec<BCubed>,
    /// Share of the documents that have other fellows in the other run; none if there is no other.
    pub moved: Option<f64>,
    /// Stories that hold documents of several gold stories, and gold stories that were split.
    pub faults: Vec<String>,
}

/// The story of each document of a run, by the id that the input gave it, its path, the name of its file or its address.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    by_key: BTreeMap<String, String>,
}

impl Stories {
    /// Reads `documents.jsonl` and `stories.jsonl` of a run.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let records = Records::read(folder)?;
        let rows: Vec<StoryRow> = file::json_lines(&folder.join("stories.jsonl"))?;
        let stories: BTreeMap<&str, &str> = rows.iter().map(|row| (row.id.as_str(), row.story.as_str())).collect();
        let mut by_key = BTreeMap::new();
        for row in &records.documents {
            let source = &row.record.source;
            let story = stories.get(row.record.id.as_str()).ok_or_else(|| format!("{} has no story", row.record.id))?;
            let file = Path::new(&source.uri).file_name().and_then(|name| name.to_str());
            let keys = [file, Some(source.uri.as_str()), source.url.as_deref(), source.record_id.as_deref()];
            for key in keys.into_iter().flatten() {
                by_key.insert(key.to_owned(), (*story).to_owned());
            }
        }
        Ok(Self { by_key })
    }
}

/// Scores a run against a gold file: lines of key, story and perhaps a group, tabs between; a key is an id, path,
/// name of a file or address of the input. Documents without gold are left out.
///
/// # Errors
/// A gold file that cannot be read, or names a document that the run lacks.
pub fn score(stories: &Stories, gold: &Path, against: Option<&Stories>) -> Result<Report, String> {
    let text = file::text(gold)?;
    let mut labels: Vec<(&str, &str, &str)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut fields = line.split('\t');
        if let (Some(key), Some(story)) = (fields.next(), fields.next()) {
            labels.push((key, story, fields.next().unwrap_or_default()));
        }
    }
    let mut found = Vec::with_capacity(labels.len());
    for (key, _, _) in &labels {
        found.push(stories.by_key.get(*key).ok_or_else(|| format!("{}: no document {key}", gold.display()))?.as_str());
    }
    let gold_of = |at: usize| labels.get(at).map_or("", |&(_, story, _)| story);
    let found_of = |at: usize| found.get(at).copied().unwrap_or_default();
    let by_gold = sets(labels.len(), gold_of);
    let by_found = sets(labels.len(), found_of);
    let groups: BTreeSet<&str> = labels.iter().map(|&(_, _, group)| group).filter(|group| !group.is_empty()).collect();
    let of_group = |group: &str| {
        let members = labels.iter().enumerate().filter(|(_, (_, _, own))| group.is_empty() || *own == group);
        let pairs = members.filter_map(|(at, _)| Some((by_found.get(found_of(at))?, by_gold.get(gold_of(at))?)));
        b_cubed(group, pairs)
    };
    let scores = std::iter::once("").chain(groups).map(of_group).collect();
    let moved = against.map(|against| moved(&stories.by_key, &against.by_key, labels.iter().map(|&(key, _, _)| key)));
    Ok(Report { scores, moved, faults: faults(&by_found, &by_gold, gold_of, found_of) })
}

type Sets<'k> = BTreeMap<&'k str, BTreeSet<usize>>;

fn sets<'k>(count: usize, of: impl Fn(usize) -> &'k str) -> Sets<'k> {
    let mut sets: Sets<'k> = BTreeMap::new();
    for at in 0..count {
        sets.entry(of(at)).or_default().insert(at);
    }
    sets
}

fn b_cubed<'s>(group: &str, pairs: impl Iterator<Item = (&'s BTreeSet<usize>, &'s BTreeSet<usize>)>) -> BCubed {
    let (mut documents, mut precision, mut recall) = (0_usize, 0.0, 0.0);
    for (found, gold) in pairs {
        let common = found.intersection(gold).count() as f64;
        documents += 1;
        precision += common / found.len() as f64;
        recall += common / gold.len() as f64;
    }
    let all = documents.max(1) as f64;
    let (precision, recall) = (precision / all, recall / all);
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    BCubed { group: group.to_owned(), documents, precision, recall, f1 }
}

fn faults<'k>(
    by_found: &Sets<'k>,
    by_gold: &Sets<'k>,
    gold_of: impl Fn(usize) -> &'k str,
    found_of: impl Fn(usize) -> &'k str,
) -> Vec<String> {
    let mut faults = Vec::new();
    for members in by_found.values() {
        let mixed: BTreeSet<&str> = members.iter().map(|&at| gold_of(at)).collect();
        if mixed.len() > 1 {
            faults.push(format!("one story of {}", mixed.into_iter().collect::<Vec<_>>().join(", ")));
        }
    }
    for (gold, members) in by_gold {
        let parts: BTreeSet<&str> = members.iter().map(|&at| found_of(at)).collect();
        if parts.len() > 1 {
            faults.push(format!("{gold}: {} documents in {} stories", members.len(), parts.len()));
        }
    }
    faults
}

/// Share of the keys whose fellows differ.
fn moved<'k>(
    one: &BTreeMap<String, String>,
    other: &BTreeMap<String, String>,
    keys: impl Iterator<Item = &'k str>,
) -> f64 {
    let keys: Vec<&str> = keys.collect();
    let story = |of: &BTreeMap<String, String>, at: usize| {
        keys.get(at).and_then(|key| of.get(*key)).cloned().unwrap_or_default()
    };
    let sets_of = |of: &BTreeMap<String, String>| {
        let mut sets: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for at in 0..keys.len() {
            sets.entry(story(of, at)).or_default().insert(at);
        }
        sets
    };
    let (sets, others) = (sets_of(one), sets_of(other));
    let moved = (0..keys.len()).filter(|&at| sets.get(&story(one, at)) != others.get(&story(other, at))).count();
    moved as f64 / keys.len().max(1) as f64
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for BCubed { group, documents, precision, recall, f1 } in &self.scores {
            let group = if group.is_empty() { "all" } else { group };
            writeln!(f, "  {group:6} {documents:5} documents  P {precision:.3}  R {recall:.3}  F1 {f1:.3}")?;
        }
        if let Some(moved) = self.moved {
            writeln!(f, "  moved by another order of the input: {:.1} %", moved * 100.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_of_a_split_and_a_mixture() {
        let gold = ["a", "a", "a", "b"];
        let found = ["1", "1", "2", "2"];
        let (by_gold, by_found) = (sets(4, |at| gold[at]), sets(4, |at| found[at]));
        let score = b_cubed("", (0..4).map(|at| (&by_found[found[at]], &by_gold[gold[at]])));
        assert!((score.precision - 0.75).abs() < 1e-9, "{score:?}");
        assert!((score.recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9, "{score:?}");
    }

    #[test]
    fn who_has_other_fellows_has_moved() {
        let run = |stories: [&str; 3]| -> BTreeMap<String, String> {
            ["x", "y", "z"].map(str::to_owned).into_iter().zip(stories.map(str::to_owned)).collect()
        };
        let keys = || ["x", "y", "z"].into_iter();
        assert!(moved(&run(["1", "1", "2"]), &run(["7", "7", "8"]), keys()) < 1e-9);
        assert!((moved(&run(["1", "1", "2"]), &run(["1", "2", "2"]), keys()) - 1.0).abs() < 1e-9);
    }
}

//! What a run says of duplicates and passages, held against texts with gold edits, beside other tools.
//!
//! Gold lines have `id`, `text`, `cluster`, `kind` (`base`, `rand`, `block`, `abridge`, `ortho`, `para`), `rate` and, for
//! a pasted passage, the cluster that it is from (`reuse_of`). What a peer found lies beside it as lines of `a`, `b`, with a
//! last line of `megabytes`, `sketch_seconds`, `seconds`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use khabar_model::{DuplicateRow, PassageRow};
use serde::{Deserialize, Serialize};

use crate::file;
use crate::records::Records;
use crate::table::align;

/// A line of gold.
#[derive(Clone, Debug, Deserialize)]
struct Gold {
    id: String,
    text: String,
    cluster: u64,
    kind: String,
    rate: u32,
    reuse_of: Option<u64>,
}

/// A line of a peer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Found {
    a: Option<String>,
    b: Option<String>,
    megabytes: f64,
    sketch_seconds: f64,
    seconds: f64,
}

/// Pairs of one kind of edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recall {
    /// Pairs of gold.
    pub pairs: usize,
    /// Those that were found.
    pub found: usize,
    /// Those whose documents are in one cluster; 0 for tools without clusters.
    pub in_one_cluster: usize,
}

/// What one tool found in one set.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// The set.
    pub set: String,
    /// The tool.
    pub tool: String,
    /// By kind and rate of the edit.
    pub recall: BTreeMap<String, Recall>,
    /// Pairs that were found.
    pub pairs: usize,
    /// Those whose documents are of different clusters of gold.
    pub false_pairs: Vec<FalsePair>,
    /// Pasted passages whose source is in the set, and those that were found; khabar only.
    pub passages: Option<Recall>,
    /// Megabytes a second of sketching alone, and from text to pairs, on one thread; 0 where they were not measured.
    pub speed: [f64; 2],
}

/// A pair that gold does not know, with enough text to judge it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FalsePair {
    /// Ids.
    pub ids: [String; 2],
    /// The start of both texts.
    pub texts: [String; 2],
}

/// All scores.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// By set and tool.
    pub scores: Vec<Score>,
    /// Whether the false pairs are shown.
    #[serde(skip)]
    pub faults: bool,
}

/// A pair of ids, the lesser first.
type Pair = (String, String);

fn pair(a: &str, b: &str) -> Pair {
    let (a, b) = (a.min(b), a.max(b));
    (a.to_owned(), b.to_owned())
}

/// Scores the folder of a set: `gold.jsonl`, `records/`, and `peers/*.jsonl` where they are.
///
/// # Errors
/// The file that cannot be read.
pub fn score(set: &str, folder: &Path) -> Result<Vec<Score>, String> {
    let gold: Vec<Gold> = file::json_lines(&folder.join("gold.jsonl"))?;
    let records = folder.join("records");
    let mut names = BTreeMap::new();
    let mut clusters = BTreeMap::new();
    for row in Records::read(&records)?.documents {
        let own = row.record.source.record_id.unwrap_or_default();
        clusters.insert(own.clone(), row.record.duplicate.map(|verdict| verdict.cluster).unwrap_or_default());
        names.insert(row.record.id, own);
    }
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let duplicates: Vec<DuplicateRow> = file::json_lines(&records.join("duplicates.jsonl"))?;
    let passages: Vec<PassageRow> = file::json_lines(&records.join("passages.jsonl"))?;
    let pairs = duplicates.iter().map(|row| pair(&name(&row.id), &name(&row.of))).collect();
    let passages: BTreeSet<Pair> = passages.iter().map(|row| pair(&name(&row.id), &name(&row.of))).collect();
    let mut own = of_pairs(set, "khabar", &gold, &pairs, &clusters);
    own.passages = Some(pasted(&gold, &passages));
    let mut scores = vec![own];
    let peers = folder.join("peers");
    if peers.is_dir() {
        for path in file::entries(&peers)? {
            let tool = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let found: Vec<Found> = file::json_lines(&path)?;
            let both = |found: &Found| Some(pair(found.a.as_deref()?, found.b.as_deref()?));
            let mut score = of_pairs(set, &tool, &gold, &found.iter().filter_map(both).collect(), &BTreeMap::new());
            if let Some(last) = found.last().filter(|last| last.seconds > 0.0) {
                score.speed = [last.megabytes / last.sketch_seconds.max(1e-9), last.megabytes / last.seconds];
            }
            scores.push(score);
        }
    }
    Ok(scores)
}

fn of_pairs(
    set: &str,
    tool: &str,
    gold: &[Gold],
    pairs: &BTreeSet<Pair>,
    clusters: &BTreeMap<String, String>,
) -> Score {
    let mut members: BTreeMap<u64, Vec<&Gold>> = BTreeMap::new();
    for row in gold {
        members.entry(row.cluster).or_default().push(row);
    }
    let mut recall: BTreeMap<String, Recall> = BTreeMap::new();
    for rows in members.values() {
        for (nth, one) in rows.iter().enumerate() {
            for other in rows.iter().take(nth) {
                let edited = if one.kind == "base" { other } else { one };
                let counts = recall.entry(format!("{} {:>2}", edited.kind, edited.rate)).or_default();
                counts.pairs += 1;
                counts.found += usize::from(pairs.contains(&pair(&one.id, &other.id)));
                let cluster = |row: &Gold| clusters.get(&row.id);
                counts.in_one_cluster += usize::from(cluster(one).is_some() && cluster(one) == cluster(other));
            }
        }
    }
    let by_id: BTreeMap<&str, &Gold> = gold.iter().map(|row| (row.id.as_str(), row)).collect();
    let wrong = |(a, b): &&Pair| by_id.get(a.as_str()).map(|a| a.cluster) != by_id.get(b.as_str()).map(|b| b.cluster);
    let start = |id: &str| by_id.get(id).map(|row| row.text.chars().take(300).collect()).unwrap_or_default();
    let shown = |(a, b): &Pair| FalsePair { ids: [a.clone(), b.clone()], texts: [start(a), start(b)] };
    Score {
        set: set.to_owned(),
        tool: tool.to_owned(),
        recall,
        pairs: pairs.len(),
        false_pairs: pairs.iter().filter(wrong).map(shown).collect(),
        passages: None,
        speed: [0.0; 2],
    }
}

/// Pasted passages whose source, unedited, is in the set.
fn pasted(gold: &[Gold], passages: &BTreeSet<Pair>) -> Recall {
    let mut counts = Recall::default();
    for row in gold {
        let sources = gold.iter().filter(|other| Some(other.cluster) == row.reuse_of && other.kind == "base");
        for source in sources {
            counts.pairs += 1;
            counts.found += usize::from(passages.contains(&pair(&row.id, &source.id)));
        }
    }
    counts
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Score {
    /// Share of the pairs that are of one cluster of gold.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.pairs - self.false_pairs.len(), self.pairs)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sets: Vec<&str> = self.scores.iter().map(|score| score.set.as_str()).collect();
        sets.dedup();
        for set in sets {
            let scores: Vec<&Score> = self.scores.iter().filter(|score| score.set == set).collect();
            let kinds: BTreeSet<&String> = scores.iter().flat_map(|score| score.recall.keys()).collect();
            let mut head = vec![set.to_owned(), "pairs".to_owned()];
            for score in &scores {
                head.push(score.tool.clone());
                if score.tool == "khabar" {
                    head.push("in one cluster".to_owned());
                }
            }
            let mut rows = vec![head];
            for kind in kinds {
                let counts = |score: &Score| score.recall.get(kind).copied().unwrap_or_default();
                let pairs = scores.first().map_or(0, |score| counts(score).pairs);
                let mut row = vec![kind.clone(), pairs.to_string()];
                for score in &scores {
                    let counts = counts(score);
                    row.push(format!("{:.3}", share(counts.found, counts.pairs)));
                    if score.tool == "khabar" {
                        row.push(format!("{:.3}", share(counts.in_one_cluster, counts.pairs)));
                    }
                }
                rows.push(row);
            }
            f.write_str(&align(&rows))?;
            for score in scores {
                let (wrong, all) = (score.false_pairs.len(), score.pairs);
                writeln!(
                    f,
                    "{set}: {}: precision {:.4} ({wrong} false of {all} pairs)",
                    score.tool,
                    score.precision()
                )?;
                if let Some(Recall { pairs, found, .. }) = score.passages {
                    writeln!(f, "{set}: pasted passages found: {found} of {pairs} ({:.3})", share(found, pairs))?;
                }
                if score.speed[1] > 0.0 {
                    let [sketch, all] = score.speed;
                    writeln!(f, "{set}: {}: sketch {sketch:.1} MB/s, text to pairs {all:.1} MB/s", score.tool)?;
                }
                for FalsePair { ids, texts } in
                    score.false_pairs.iter().filter(|_| self.faults && score.tool == "khabar")
                {
                    writeln!(
                        f,
                        "- {} and {}\n  {}\n  {}",
                        ids[0],
                        ids[1],
                        texts[0].replace('\n', " ⏎ "),
                        texts[1].replace('\n', " ⏎ ")
                    )?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(id: &str, cluster: u64, kind: &str) -> Gold {
        let reuse_of = (kind == "para").then_some(1);
        Gold { id: id.to_owned(), text: format!("نص {id}"), cluster, kind: kind.to_owned(), rate: 10, reuse_of }
    }

    #[test]
    fn pairs_are_counted_by_kind() {
        let gold = [gold("a", 1, "base"), gold("b", 1, "rand"), gold("c", 1, "block"), gold("d", 2, "para")];
        let pairs = [pair("b", "a"), pair("d", "a")].into();
        let clusters = [("a", "a"), ("b", "a"), ("c", "c")].map(|(id, of)| (id.to_owned(), of.to_owned())).into();
        let score = of_pairs("ar", "khabar", &gold, &pairs, &clusters);
        assert_eq!(score.recall["rand 10"], Recall { pairs: 1, found: 1, in_one_cluster: 1 });
        assert_eq!(score.recall["block 10"], Recall { pairs: 2, found: 0, in_one_cluster: 0 });
        assert_eq!(score.false_pairs.len(), 1);
        assert_eq!(score.false_pairs[0].texts, ["نص a", "نص d"]);
        assert_eq!(pasted(&gold, &pairs), Recall { pairs: 1, found: 1, in_one_cluster: 0 });
        let shown = Report { scores: vec![score], faults: true }.to_string();
        assert!(shown.contains("precision 0.5000") && shown.contains("- a and d"), "{shown}");
    }
}

//! What pages say of themselves (title, authors, date), held against gold, beside other tools.
//!
//! A working folder holds a folder for each set, with `truth.json` and `records/` (what `khabar run --until parse` wrote
//! of the pages); what peers say lies in `told/NAME@VERSION.jsonl` as lines of `file`, `title`, `authors` and `date`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::extraction::Peer;
use crate::file;
use crate::records::Records;
use crate::table::align;

/// The sets that carry titles, authors or dates, and the one whose dates [`score`] is asked for alone.
pub const SETS: [&str; 3] = ["wcxb_dev_article", "trafilatura", "htmldate_dev"];

/// What is compared.
const FACTS: [&str; 3] = ["title", "authors", "date"];

/// What a tool says of a page.
#[derive(Clone, Debug, Default, Deserialize)]
struct Told {
    file: String,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    date: Option<String>,
    /// The date of the last change, which only khabar keeps apart.
    #[serde(default)]
    modified: Option<String>,
}

/// Right, said and wanted: of one fact over a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Said and wanted.
    pub right: usize,
    /// Said.
    pub said: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Counts {
    /// Share of what is said that is right.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.said)
    }

    /// Share of what is wanted that is found.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.right, self.wanted)
    }

    /// Their harmonic mean.
    #[must_use]
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.said + self.wanted)
    }

    fn add(&mut self, right: usize, said: usize, wanted: usize) {
        self.right += right;
        self.said += said;
        self.wanted += wanted;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of pages")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The figures of one tool on one set.
#[derive(Clone, Debug, Serialize)]
pub struct ToolScore {
    /// Name of the set.
    pub set: String,
    /// Name of the tool, with its version where it is not ours.
    pub tool: String,
    /// By fact.
    pub facts: BTreeMap<&'static str, Counts>,
    /// Dates that are the day of publication or that of the last change, where the tool tells both.
    pub either: Option<Counts>,
    /// What is wrong, one line each, in the order of the pages.
    #[serde(skip)]
    pub faults: Vec<String>,
}

/// All tools on all sets.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Ours first, then peers, set by set.
    pub rows: Vec<ToolScore>,
}

/// Scores the records of a set and every peer that ran on it.
///
/// # Errors
/// A file that cannot be read, or a record that is none.
pub fn score(set: &str, work: &Path) -> Result<Vec<ToolScore>, String> {
    let folder = work.join(set);
    let truth = truth(&folder.join("truth.json"))?;
    let records = Records::read(&folder.join("records"))?;
    let ours = records.documents.iter().map(|row| {
        let record = &row.record;
        Told {
            file: name(&record.source.uri),
            title: record.title.clone(),
            authors: record.authors.clone(),
            date: record.published.as_ref().map(|date| date.value.clone()),
            modified: record.modified.as_ref().map(|date| date.value.clone()),
        }
    });
    let mut rows = vec![judge(set, "khabar", &truth, ours.collect())];
    for path in peers(&folder.join("told"))? {
        let tool = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let lines: Vec<Told> = file::json_lines(&path)?;
        rows.push(judge(set, &tool, &truth, lines));
    }
    Ok(rows)
}

/// The rows of a table of peers, to keep beside the gold.
#[must_use]
pub fn kept(rows: &[ToolScore], measured: &str) -> Vec<Peer> {
    let mut kept = Vec::new();
    for row in rows {
        let Some((peer, version)) = row.tool.split_once('@') else { continue };
        for (fact, counts) in &row.facts {
            kept.push(Peer {
                set: format!("{}/{fact}", row.set),
                peer: peer.to_owned(),
                version: version.to_owned(),
                f1: counts.f1(),
                precision: counts.precision(),
                recall: counts.recall(),
                date: measured.to_owned(),
                command: "cargo xtask score meta dates --peers".to_owned(),
            });
        }
    }
    kept
}

/// What `kept` kept of a set, as rows beside ours.
#[must_use]
pub fn remembered<'p>(set: &str, peers: impl Iterator<Item = &'p Peer>) -> Vec<(String, &'static str, f64)> {
    let mut found = Vec::new();
    for peer in peers {
        if let Some(fact) = FACTS.iter().find(|fact| peer.set == format!("{set}/{fact}")) {
            found.push((format!("{}@{}", peer.peer, peer.version), *fact, peer.f1));
        }
    }
    found
}

fn judge(set: &str, tool: &str, truth: &[Page], told: Vec<Told>) -> ToolScore {
    let told: BTreeMap<String, Told> = told.into_iter().map(|told| (name(&told.file), told)).collect();
    let nothing = Told::default();
    let mut facts: BTreeMap<&'static str, Counts> = BTreeMap::new();
    let mut either = Counts::default();
    let mut faults = Vec::new();
    for (file, gold) in truth {
        let told = told.get(file).unwrap_or(&nothing);
        if let Some(title) = gold.get("title").and_then(Value::as_str).filter(|title| !title.is_empty()) {
            let said = told.title.as_deref().unwrap_or_default();
            let right = words(said) == words(title);
            facts.entry("title").or_default().add(usize::from(right), usize::from(!said.is_empty()), 1);
            if !right {
                faults.push(format!("{file}\ttitle\t{title}\t{said}"));
            }
        }
        if let Some(wanted) = gold.get("author").map(names) {
            let said: BTreeSet<String> = told.authors.iter().map(|name| words(name)).collect();
            let right = wanted.intersection(&said).count();
            facts.entry("authors").or_default().add(right, said.len(), wanted.len());
            if said != wanted {
                faults.push(format!("{file}\tauthors\t{wanted:?}\t{said:?}"));
            }
        }
        if let Some(day) = gold.get("date").and_then(Value::as_str).filter(|day| day.len() >= 10) {
            let is = |date: &Option<String>| date.as_deref().is_some_and(|date| date.get(..10) == day.get(..10));
            let said = usize::from(told.date.is_some());
            facts.entry("date").or_default().add(usize::from(is(&told.date)), said, 1);
            let any = usize::from(told.date.is_some() || told.modified.is_some());
            either.add(usize::from(is(&told.date) || is(&told.modified)), any, 1);
            if !is(&told.date) {
                let [date, modified] = [&told.date, &told.modified].map(|date| date.as_deref().unwrap_or("none"));
                faults.push(format!("{file}\tdate\t{day}\t{date}\tmodified {modified}"));
            }
        }
    }
    let either = (tool == "khabar").then_some(either);
    ToolScore { set: set.to_owned(), tool: tool.to_owned(), facts, either, faults }
}

/// The letters and digits of a text as lower-case words.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The people of a gold field: a list, or one string with several names in it.
fn names(field: &Value) -> BTreeSet<String> {
    let one = |text: &str| -> Vec<String> {
        let mut text = text.to_owned();
        for joint in [" and ", " und ", " et ", " & ", ";"] {
            text = text.replace(joint, ",");
        }
        text.split(',').map(words).filter(|name| !name.is_empty()).collect()
    };
    match field {
        Value::String(text) => one(text).into_iter().collect(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).flat_map(one).collect(),
        _ => BTreeSet::new(),
    }
}

fn name(uri: &str) -> String {
    uri.rsplit('/').next().unwrap_or(uri).to_owned()
}

/// A page's file and what the gold says of it.
type Page = (String, Map<String, Value>);

/// Pages by the name of their file, in that order.
fn truth(path: &Path) -> Result<Vec<Page>, String> {
    // One set says NaN where there is no date.
    let text = file::text(path)?.replace(": NaN", ": null");
    let pages: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let mut pages: Vec<Page> = pages
        .into_iter()
        .filter_map(|(_, page)| {
            let Value::Object(page) = page else { return None };
            Some((name(page.get("file")?.as_str()?), page))
        })
        .collect();
    pages.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(pages)
}

fn peers(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files: Vec<_> = file::entries(folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    Ok(files)
}

/// Under the table.
const LEGEND: &str = "\
Shares x100. titles: the same words; authors: names, F1 over the set; dates: the same day, of the pages that have one. or changed: the \
gold's day is that of publication or of the last change.";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let head = ["set", "tool", "titles", "authors", "P", "R", "dates", "P", "or changed"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for row in &self.rows {
            let fact = |name: &str, share: fn(Counts) -> f64| {
                row.facts
                    .get(name)
                    .filter(|counts| counts.wanted > 0)
                    .map_or("·".to_owned(), |counts| percent(share(*counts)))
            };
            rows.push(vec![
                row.set.clone(),
                row.tool.clone(),
                fact("title", Counts::recall),
                fact("authors", Counts::f1),
                fact("authors", Counts::precision),
                fact("authors", Counts::recall),
                fact("date", Counts::recall),
                fact("date", Counts::precision),
                row.either.map_or("·".to_owned(), |counts| percent(counts.recall())),
            ]);
        }
        writeln!(f, "{}{LEGEND}", align(&rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_however_they_are_joined() {
        let one = names(&Value::from("Ann Lee and Bo Chen"));
        assert_eq!(one, names(&serde_json::json!(["Bo Chen", "Ann Lee"])));
        assert_eq!(one, names(&Value::from("ann lee; Bo  Chen")));
        assert!(names(&Value::Null).is_empty());
    }

    #[test]
    fn a_page_that_says_nothing_costs_recall_and_a_wrong_word_costs_precision() {
        let page = |json: Value| json.as_object().cloned().unwrap();
        let truth = vec![
            ("a.html".to_owned(), page(serde_json::json!({"title": "A b", "author": "Ann Lee", "date": "2024-10-14"}))),
            ("b.html".to_owned(), page(serde_json::json!({"title": "C", "date": "2024-10-15"}))),
        ];
        let told = vec![Told {
            file: "x/a.html".to_owned(),
            title: Some("a - B".to_owned()),
            authors: vec!["Ann Lee".to_owned(), "Desk".to_owned()],
            date: Some("2024-10-13T10:00".to_owned()),
            modified: Some("2024-10-14".to_owned()),
        }];
        let score = judge("set", "khabar", &truth, told);
        assert_eq!(score.facts["title"], Counts { right: 1, said: 1, wanted: 2 });
        assert_eq!(score.facts["authors"], Counts { right: 1, said: 2, wanted: 1 });
        assert_eq!(score.facts["date"], Counts { right: 0, said: 1, wanted: 2 });
        assert_eq!(score.either, Some(Counts { right: 1, said: 1, wanted: 2 }));
        assert_eq!(score.faults.len(), 4);
    }
}

//! Main-content extraction, held against public benchmarks, beside what other extractors reach on the same pages.
//!
//! A working folder holds a folder for each set, with `html/`, `truth.json` and `records/` (what `khabar run --until
//! parse` wrote of the pages); texts of peers lie in `peers/NAME@VERSION.jsonl` as lines of `file`, `text` and `seconds`,
//! timed runs in `speed/ROUND/NAME.jsonl`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

pub use overlap::{Figures, Measure, Overlap, Truth};
pub use peers::{Peer, Peers};
pub use report::Report;
pub use set::{SETS, Set};
pub use speed::Speed;

use crate::records::Records;
use set::Page;

pub mod overlap;
mod peers;
mod report;
mod set;
mod speed;
mod texts;

/// What one set comes to.
#[derive(Clone, Debug, Serialize)]
pub struct SetScore {
    /// Name of the set.
    pub set: &'static str,
    /// How many pages it has.
    pub pages: usize,
    /// Pages without any text, of which rejected ones.
    pub empty: usize,
    /// Share of the text that is right.
    pub precision: f64,
    /// Share of what is right that is in the text.
    pub recall: f64,
    /// Their F1, as the set defines it.
    pub f1: f64,
    /// What the peers reach on the same pages.
    pub peers: Vec<Peer>,
    /// The pages that cost most, the worst first.
    pub worst: Vec<Worst>,
}

/// A page and what is wrong with its text.
#[derive(Clone, Debug, Serialize)]
pub struct Worst {
    /// Name of its file below `html/`.
    pub file: String,
    /// Its address, where the set has it.
    pub url: Option<String>,
    /// What it costs, as [`Overlap::loss`].
    pub loss: f64,
    /// Words, shares of shingles or snippets too much.
    pub extra: f64,
    /// The same, too little.
    pub missed: f64,
}

/// Scores the records of one set, and names the `worst` pages.
///
/// # Errors
/// A file that cannot be read, or a record that is none.
pub fn score(set: &'static Set, work: &Path, peers: &Peers, worst: usize) -> Result<SetScore, String> {
    let folder = work.join(set.name);
    let pages = set.pages(&folder)?;
    let texts = texts::of_records(&Records::read(&folder.join("records"))?);
    let empty = pages.iter().filter(|page| texts.get(&page.file).is_none_or(|text| text.trim().is_empty())).count();
    let overlaps = overlaps(set, &pages, &texts);
    let Figures { precision, recall, f1 } = set.measure.set(&overlaps);
    let mut costs: Vec<(f64, &Page, Overlap)> =
        pages.iter().zip(&overlaps).map(|(page, overlap)| (overlap.loss(set.measure), page, *overlap)).collect();
    costs.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    let worst = costs.into_iter().take(worst).filter(|(loss, ..)| *loss > 0.0).map(|(loss, page, overlap)| Worst {
        file: page.file.clone(),
        url: page.url.clone(),
        loss,
        extra: overlap.extra,
        missed: overlap.missed,
    });
    Ok(SetScore {
        set: set.name,
        pages: pages.len(),
        empty,
        precision,
        recall,
        f1,
        peers: peers.of(set.name).cloned().collect(),
        worst: worst.collect(),
    })
}

/// Scores the texts of every peer that ran on the set; `measured` is the day, for the table that keeps them.
///
/// # Errors
/// A file that cannot be read, or that lacks a page.
pub fn score_peers(set: &Set, work: &Path, measured: &str) -> Result<Vec<Peer>, String> {
    let folder = work.join(set.name);
    let pages = set.pages(&folder)?;
    let mut found = Vec::new();
    for (name, path) in texts::files(&folder.join("peers"))? {
        let (peer, version) = name.split_once('@').ok_or_else(|| format!("{} has no version", path.display()))?;
        let lines = texts::of_lines(&path)?;
        let texts: BTreeMap<String, String> = lines.into_iter().map(|line| (line.file, line.text)).collect();
        if let Some(page) = pages.iter().find(|page| !texts.contains_key(&page.file)) {
            return Err(format!("{} lacks {}", path.display(), page.file));
        }
        let figures = set.measure.set(&overlaps(set, &pages, &texts));
        found.push(Peer {
            set: set.name.to_owned(),
            peer: peer.to_owned(),
            version: version.to_owned(),
            f1: figures.f1,
            precision: figures.precision,
            recall: figures.recall,
            date: measured.to_owned(),
            command: format!("cargo xtask score parse --set {} --peers", set.name),
        });
    }
    Ok(found)
}

/// A page without a text scores as an empty one.
fn overlaps(set: &Set, pages: &[Page], texts: &BTreeMap<String, String>) -> Vec<Overlap> {
    let text = |page: &Page| texts.get(&page.file).map_or("", String::as_str);
    pages.iter().map(|page| set.measure.page(&page.truth, text(page))).collect()
}

//! What a run counted and how long it took: the manifest, which equal runs share, and the report, which they don't.

use std::collections::BTreeMap;
use std::io::Write;

use khabar_export::Output;
use khabar_model::{ClusterRow, DuplicateStatus, SCHEMA_VERSION};
use serde::Serialize;

use crate::inventory::Inventory;
use crate::read::InputFile;
use crate::stages::{Judged, Settings};
use crate::wire::{Dropped, Why};

/// Counts of a run; they add up: read = exported + rejected + skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Records found in the input.
    pub read: u64,
    /// Documents written.
    pub exported: u64,
    /// Records that could not be processed.
    pub rejected: u64,
    /// Records that are not meant to be: requests, images, error pages.
    pub skipped: u64,
    /// Rejects by stage and reason.
    pub rejects: BTreeMap<String, u64>,
    /// Skips by reason.
    pub skips: BTreeMap<String, u64>,
    /// Documents by language.
    pub languages: BTreeMap<String, u64>,
    /// Documents by verdict.
    pub duplicates: BTreeMap<String, u64>,
    /// Rows of `passages.jsonl`.
    pub passages: u64,
    /// Bytes of text of all documents.
    pub text_bytes: u64,
    /// Bytes of text of those that are not unique: what leaving them out would save.
    pub duplicate_bytes: u64,
}

impl Counts {
    /// Counts a finished document.
    pub fn exported(&mut self, judged: &Judged) {
        self.read += 1;
        self.exported += 1;
        if let Some(language) = &judged.record.language {
            *self.languages.entry(language.code.clone()).or_default() += 1;
        }
        let bytes = judged.record.text.len() as u64;
        self.text_bytes += bytes;
        self.passages += judged.passages.len() as u64;
        if let Some(verdict) = &judged.record.duplicate {
            if verdict.status != DuplicateStatus::Unique {
                self.duplicate_bytes += bytes;
            }
            let status = match verdict.status {
                DuplicateStatus::Unique => "unique",
                DuplicateStatus::Exact => "exact",
                DuplicateStatus::Near => "near",
                DuplicateStatus::Abridged => "abridged",
            };
            *self.duplicates.entry(status.to_owned()).or_default() += 1;
        }
    }

    /// Counts a document that is left out because the index has seen it.
    pub fn seen(&mut self) {
        self.read += 1;
        self.skipped += 1;
        *self.skips.entry("seen".to_owned()).or_default() += 1;
    }

    /// What de-duplication found.
    #[must_use]
    pub fn deduplication(&self, largest_clusters: Vec<LargeCluster>) -> Deduplication {
        let Self { duplicates, passages, text_bytes, duplicate_bytes, .. } = self;
        Deduplication {
            documents: duplicates.clone(),
            passages: *passages,
            text_bytes: *text_bytes,
            duplicate_bytes: *duplicate_bytes,
            largest_clusters,
        }
    }

    /// Counts a record that left early.
    pub fn dropped(&mut self, dropped: &Dropped) {
        self.read += 1;
        match &dropped.why {
            Why::Reject(reject) => {
                self.rejected += 1;
                *self.rejects.entry(format!("{}.{}", reject.stage, reject.reason)).or_default() += 1;
            }
            Why::Skip(reason) => {
                self.skipped += 1;
                *self.skips.entry((*reason).to_owned()).or_default() += 1;
            }
        }
    }

    /// Share of the documents that were rejected: rejected / (exported + rejected).
    #[must_use]
    pub fn reject_rate(&self) -> f64 {
        let all = self.exported + self.rejected;
        if all == 0 { 0.0 } else { self.rejected as f64 / all as f64 }
    }
}

/// `manifest.json`: nothing in it differs between two equal runs.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    /// Version of khabar.
    pub khabar: &'static str,
    /// Version of the record schema.
    pub schema: u32,
    /// Versions and hashes of rules, lists and models.
    pub rules: Inventory,
    /// Settings that change records.
    pub configuration: Configuration,
    /// Every input file, in order.
    pub inputs: &'a [InputFile],
    /// What became of their records.
    pub counts: &'a Counts,
    /// The index of documents that earlier runs have seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<IndexState>,
    /// The files of this run.
    pub outputs: &'a [Output],
}

/// The settings that change records; the number of workers does not.
#[derive(Clone, Debug, Serialize)]
pub struct Configuration {
    until: &'static str,
    boilerplate: bool,
    /// Digest of the file of repeated lines.
    hosts: Option<String>,
    /// Name and digest of the lists of names that were added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gazetteers: Vec<(String, String)>,
    house_spelling: bool,
    /// Ids of the optional rules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    house_rules: Vec<&'static str>,
    restore_zwnj: bool,
    varieties: bool,
    dedup: String,
    stories: String,
    limits: String,
}

impl Configuration {
    /// The settings that matter.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            until: settings.until.name(),
            boilerplate: settings.parse.boilerplate,
            hosts: settings.hosts.clone(),
            gazetteers: settings.gazetteers.clone(),
            house_spelling: settings.respell,
            house_rules: settings.house_rules.iter().map(|rule| rule.id()).collect(),
            restore_zwnj: settings.restore_zwnj,
            varieties: settings.varieties,
            dedup: format!("{:?}", settings.dedup),
            stories: format!("{:?}", settings.stories),
            limits: format!("{:?}", settings.parse.limits),
        }
    }
}

impl<'a> Manifest<'a> {
    /// The manifest of a run.
    #[must_use]
    pub fn new(
        settings: &Settings,
        inputs: &'a [InputFile],
        counts: &'a Counts,
        index: Option<IndexState>,
        outputs: &'a [Output],
    ) -> Self {
        Self {
            khabar: env!("CARGO_PKG_VERSION"),
            schema: SCHEMA_VERSION,
            rules: Inventory::take(),
            configuration: Configuration::of(settings),
            inputs,
            counts,
            index,
            outputs,
        }
    }
}

/// `report.json`: what differs from run to run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// True if Ctrl-C ended the run early.
    pub interrupted: bool,
    /// Threads of the parallel stages.
    pub workers: usize,
    /// Seconds from the first byte to the last file.
    pub seconds: f64,
    /// Bytes read from the input, compressed ones as they lie on disk.
    pub input_bytes: u64,
    /// Documents per second.
    pub documents_per_second: f64,
    /// Input megabytes (10^6) per second.
    pub megabytes_per_second: f64,
    /// What de-duplication found.
    pub deduplication: Deduplication,
}

/// Digests of an index, 32 hexadecimal digits each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexState {
    /// As the run found it.
    pub before: String,
    /// As the run left it.
    pub after: String,
}

/// What de-duplication found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deduplication {
    /// Documents by verdict.
    pub documents: BTreeMap<String, u64>,
    /// Rows of `passages.jsonl`.
    pub passages: u64,
    /// Bytes of text of all documents.
    pub text_bytes: u64,
    /// Bytes of text of those that are not unique.
    pub duplicate_bytes: u64,
    /// Clusters with the most documents, at most ten.
    pub largest_clusters: Vec<LargeCluster>,
}

/// A cluster, for the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LargeCluster {
    /// Its id.
    pub cluster: String,
    /// The document that stands for it.
    pub representative: String,
    /// How many documents it has.
    pub documents: u64,
}

/// The ten clusters with the most documents, the larger first, of equals the earlier.
#[must_use]
pub fn largest(clusters: &[ClusterRow]) -> Vec<LargeCluster> {
    let mut order: Vec<&ClusterRow> = clusters.iter().collect();
    order.sort_by_key(|cluster| std::cmp::Reverse(cluster.members.len()));
    let row = |row: &ClusterRow| LargeCluster {
        cluster: row.cluster.clone(),
        representative: row.representative.clone(),
        documents: row.members.len() as u64,
    };
    order.into_iter().take(10).map(row).collect()
}

impl Deduplication {
    /// Writes the lines of the run's summary.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn summary(&self, out: &mut impl Write) -> std::io::Result<()> {
        if self.duplicate_bytes > 0 {
            let share = 100.0 * self.duplicate_bytes as f64 / self.text_bytes.max(1) as f64;
            let megabytes = |bytes: u64| bytes as f64 / 1e6;
            writeln!(
                out,
                "  repeated text: {:.2} of {:.2} MB ({share:.1} %)",
                megabytes(self.duplicate_bytes),
                megabytes(self.text_bytes)
            )?;
        }
        if let [first, ..] = self.largest_clusters.as_slice() {
            let sizes: Vec<String> =
                self.largest_clusters.iter().take(5).map(|cluster| cluster.documents.to_string()).collect();
            writeln!(out, "  largest clusters: {} documents (the first: {})", sizes.join(", "), first.cluster)?;
        }
        if self.passages > 0 {
            writeln!(out, "  shared passages: {}", self.passages)?;
        }
        Ok(())
    }
}

//! What a run counted and how long it took: the manifest, which equal runs share, and the report, which they don't.

use std::collections::BTreeMap;

use khabar_export::Output;
use khabar_model::{DuplicateStatus, SCHEMA_VERSION};
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
}

impl Counts {
    /// Counts a finished document.
    pub fn exported(&mut self, judged: &Judged) {
        self.read += 1;
        self.exported += 1;
        if let Some(language) = &judged.record.language {
            *self.languages.entry(language.code.clone()).or_default() += 1;
        }
        if let Some(verdict) = &judged.record.duplicate {
            let status = match verdict.status {
                DuplicateStatus::Unique => "unique",
                DuplicateStatus::Exact => "exact",
                DuplicateStatus::Near => "near",
                DuplicateStatus::Abridged => "abridged",
            };
            *self.duplicates.entry(status.to_owned()).or_default() += 1;
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
    pub fn new(settings: &Settings, inputs: &'a [InputFile], counts: &'a Counts, outputs: &'a [Output]) -> Self {
        Self {
            khabar: env!("CARGO_PKG_VERSION"),
            schema: SCHEMA_VERSION,
            rules: Inventory::take(),
            configuration: Configuration::of(settings),
            inputs,
            counts,
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
}

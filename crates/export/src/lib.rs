//! Records to files: JSONL, side tables and the manifest.
//!
//! In: records and table rows, in the order in which they are to stand. Out: a folder with `documents.jsonl`,
//! `duplicates.jsonl`, `passages.jsonl`, `stories.jsonl`, `clusters.jsonl`, `rejects.jsonl`, `manifest.json` and
//! `report.json`.
//!
//! # Promises
//! - A file has its final name only when it is complete: it is written beside itself as `NAME.partial`, synced, renamed.
//! - The manifest is written last and holds rows, bytes and hash of every table; two equal runs write equal manifests.
//! - All tables exist, if empty, after a run that ended.
//! - An error names the file; nothing is swallowed, a full disk least of all.
//!
//! # Refuses
//! A folder that is not empty, unless told to replace an earlier run in it: [`ErrorKind::NotEmpty`].
//!
//! # Example
//! ```
//! use khabar_export::{Existing, RunFolder};
//! use khabar_model::{Article, Record, Source};
//!
//! let dir = tempfile::tempdir()?;
//! let mut folder = RunFolder::create(&dir.path().join("out"), Existing::Refuse)?;
//! let article = Article { text: "قمة طارئة في جدة".to_owned(), ..Article::default() };
//! folder.document(&Record::of_article("1".to_owned(), Source::default(), article).into_wire()?)?;
//! let outputs = folder.finish(|outputs| serde_json::json!({ "outputs": outputs }))?;
//! assert_eq!(outputs[0].rows, 1);
//! assert!(dir.path().join("out/documents.jsonl").exists());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use crate::{
    error::{Error, ErrorKind},
    folder::{Existing, RunFolder},
    table::{Output, Table},
};

mod error;
mod folder;
mod table;

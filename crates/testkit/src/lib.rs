//! Gold-file runner and contract checks for khabar's stages; a dev-dependency, never part of the product.
//!
//! In: records, or a stage's own reading of a file. Out: broken promises as sentences, or a readable difference.
//!
//! - [`check_line`] and [`check_record`] hold a record against what the design promises of every record: spans,
//!   blocks, mentions, prefixes, ids, quotes, duplicates, source ranges.
//! - [`gold_stage`] runs a stage over `tests/gold/<stage>/<lang>/<case>.in.*` and compares with `<case>.gold.txt`.
//! - [`render_record`] and [`render_lines`] write what a stage found in the plain form that gold files have;
//!   [`show_invisible`] spells out ZWNJ, direction marks and no-break spaces, so that a diff can be read.
//! - [`shuffled`] makes text of any size for benchmarks out of a paragraph.
//!
//! # Promises
//! - A check never panics on a record, however broken; it returns one sentence for each fault.
//! - A gold file is written only when `KHABAR_BLESS=1` is set; `git diff` then shows what changed.
//!
//! # Refuses
//! A stage folder without a single case: a test that compares nothing must not pass.
//!
//! # Example
//! ```
//! use khabar_testkit::{check_line, show_invisible};
//!
//! // The block ends behind the text, and nearly every field of the schema is missing.
//! let faults = check_line(r#"{"schema":1,"text":"کره شمالی","blocks":[{"kind":"title","start":0,"end":99}]}"#, None);
//! assert!(faults.iter().any(|fault| fault.contains("0..99")), "{faults:?}");
//! assert!(faults.iter().any(|fault| fault == "field entities is missing"), "{faults:?}");
//!
//! assert_eq!(show_invisible("پیونگ\u{200c}یانگ"), "پیونگ‹ZWNJ›یانگ");
//! ```

pub use crate::{
    bench::shuffled,
    contract::{check_line, check_record},
    gold::{GoldCase, gold_folder, gold_stage},
    render::{render_lines, render_record},
    visible::show_invisible,
};

mod bench;
mod contract;
mod diff;
mod gold;
mod render;
mod visible;

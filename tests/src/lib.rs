//! End-to-end tests of khabar: gold files, scorers, and a child process to run.
//!
//! In: the folder that a run wrote, and what a person says that it should hold. Out: a [`Report`], one row a document,
//! one sentence for each fault.
//!
//! - [`seeds::score`] holds a run against `tests/gold/seeds`: five real scrapes, marked line by line. What the gold
//!   says of them must hold, all of it.
//! - [`sample::score`] holds a run against `tests/gold/sample/labels.jsonl`: the sample input, in many formats.
//! - [`pages::score`] holds a run against `tests/gold/pages`: our own pages, marked block by block.
//! - [`extraction::score`] holds a run against public benchmarks of main-content extraction, beside other extractors.
//! - [`told::score`] holds titles, authors and dates against public gold, beside other tools.
//! - [`dedup::score`] holds duplicates and passages against texts with gold edits, beside other tools.
//! - [`Records`] reads what a run wrote; [`Khabar`] runs the binary and watches its memory; [`place`] knows where
//!   gold, sample and shared data lie.
//!
//! The binary `khabar-score` prints each report as a table.
//!
//! # Promises
//! - A scorer never panics on a record, however wrong: a document without a record scores nothing and is a fault.
//! - Texts are compared by [`skeleton()`], so that repair and house spelling are free to do their work.
//!
//! # Refuses
//! A gold file that does not fit its source (other hash, a line without a verdict): then the gold is wrong, not the run.
//!
//! # Example
//! ```
//! use khabar_tests::skeleton;
//!
//! assert_eq!(skeleton("كره شمالي"), skeleton("کره\u{200c}شمالی"));
//! assert_ne!(skeleton("كوريا الشمالية"), skeleton("كوريا الجنوبية"));
//! ```

pub use crate::{
    child::{Ended, Khabar},
    gazetteer::Gazetteer,
    records::{Records, Row},
    report::{Boilerplate, DocumentScore, Report, Tally},
    skeleton::skeleton,
};

mod check;
mod child;
pub mod dedup;
pub mod extraction;
mod file;
mod gazetteer;
mod gold;
mod line;
pub mod pages;
pub mod place;
mod records;
mod report;
pub mod sample;
pub mod seeds;
mod skeleton;
pub mod stories;
mod table;
pub mod told;

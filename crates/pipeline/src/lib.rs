//! The binary `khabar` as a library: input readers, topology, wiring, report.
//!
//! In: files of news in any of the formats that [`read`] knows. Out: a folder of records and side tables, or records on
//! standard output. The stages are plain functions of their own crates; this one connects them with channels.
//!
//! - [`topology`] is the pipeline on one page; [`wire`] are its joints.
//! - [`stages`] are the functions that the joints call, with their settings.
//! - [`main_with_args`] is the command line.
//!
//! # Promises
//! - The same input, configuration and version give byte-identical records, whatever the number of workers.
//! - Every record read is exported, rejected or skipped; the counts are checked at the end of every run.
//! - At most [`stages::Settings::credit_documents`] documents of [`stages::Settings::credit_bytes`] bytes are under way.
//! - A document that panics is a reject; the run goes on.
//!
//! # Refuses
//! An output folder that holds something, an input that does not exist: see [`exit`] for the codes.

pub use cli::main_with_args;

mod cli;
mod compare;
mod dump;
pub mod exit;
pub mod inventory;
mod progress;
pub mod read;
pub mod report;
mod spelling;
pub mod stages;
pub mod topology;
pub mod wire;

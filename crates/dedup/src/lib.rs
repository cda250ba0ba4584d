//! Duplicates among news: exact, near and abridged copies, found through any spelling and verified.
//!
//! In: the text of each document, in input order. Out: a [`Judgement`] for each, its [`Verdict`] against what came
//! before and the pairs that verify; at the end the clusters.
//!
//! 1. [`sketch()`] folds a text (keyboards, hamza, teh marbuta, harakat, tatweel, ZWNJ, punctuation, digits) and keeps
//!    hashes. A pure function, to run on many threads.
//! 2. [`Deduper::judge`] finds the clusters that share rare word 3-grams with a sketch (FracMinHash in an inverted
//!    index), compares their documents by all their 2-grams, and says what the document is. In input order, on one
//!    thread.
//!
//! What the statuses mean, with the thresholds and their sources in [`Settings`]:
//! - **exact**: the same words in the same order, spelling and punctuation aside;
//! - **near**: about as long and with much in common, from one edited word in three downwards;
//! - **abridged**: one is mostly contained in the other, which is longer; either may be the earlier one;
//! - **unique**: none of these, or two issues of a template whose numbers differ, or another story that shares a
//!   quote or its background under a lead of its own.
//!
//! # Promises
//! - The same documents in the same order give the same answers, on every machine; no map is iterated into output.
//! - Nothing is a duplicate unseen: every pair is verified on the 2-grams of both, and a document joins a cluster
//!   only if it is a duplicate of its representative, never through a chain.
//! - A thousand copies of a text cost what one costs but for their ids: they share its entry in the index.
//! - Work a document is bounded by its length and the caps in [`Settings`]; hostile text is slow in no other way.
//!
//! # Refuses
//! Nothing: every text has a sketch. Documents of fewer than [`Settings::min_tokens`] words can only be exact
//! duplicates, empty ones are always unique.
//!
//! # Example
//! ```
//! use khabar_dedup::{Deduper, Settings, sketch};
//! use khabar_model::DuplicateStatus;
//!
//! let settings = Settings::default();
//! let mut deduper = Deduper::new(settings.clone());
//! let first = "أعلنت وزارة الصحة اليوم افتتاح ثلاثة مستشفيات جديدة في المدينة الساحلية قبل نهاية السنة.";
//! let other_keyboard = "اعلنت وزاره الصحه اليوم افتتاح ثلاثه مستشفیات جدیده في المدینه الساحلیه قبل نهایه السنه";
//! deduper.judge("a", sketch(first, &settings));
//! let judgement = deduper.judge("b", sketch(other_keyboard, &settings));
//! assert_eq!(judgement.verdict.status, DuplicateStatus::Exact);
//! assert_eq!(judgement.verdict.of.as_deref(), Some("a"));
//! assert_eq!(deduper.clusters()[0].members, ["a", "b"]);
//! ```
//!
//! [`Verdict`]: khabar_model::Verdict

pub use crate::{
    deduper::{Deduper, Judgement},
    overlap::Overlap,
    settings::{Keep, Settings},
    sketch::{SKETCH_VERSION, Sketch, sketch},
    story::{CONCEPT_LIST, Clusterer, STORY_SKETCH_VERSION, StorySettings, StorySketch},
};

mod deduper;
mod numbers;
mod overlap;
mod postings;
mod settings;
mod sketch;
mod story;
mod tokens;

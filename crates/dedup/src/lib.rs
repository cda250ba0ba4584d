//! Duplicates among news: exact, near and abridged copies, found through any spelling and verified.
//!
//! In: the text of each document, in input order. Out: a [`Judgement`] for each, its [`Verdict`] against what came
//! before, the pairs that verify, and the passages that it shares with texts that it is no duplicate of; at the end the
//! clusters.
//!
//! 1. [`sketch_document`] reads a text once, folding it on the way (keyboards, hamza, teh marbuta, harakat, tatweel, ZWNJ,
//!    punctuation, digits), and keeps hashes of its words with their places. A pure function, to run on many threads.
//! 2. [`Deduper::judge_from`] finds the clusters that share rare word 3-grams with a sketch (FracMinHash in an inverted
//!    index), compares their documents by all their 2-grams, says what the document is, and extends what else is shared
//!    to passages. In input order, on one thread.
//! 3. An [`Index`] keeps all of it in a folder, for the next run; [`Deduper::spilling`] moves what exceeds memory to
//!    files.
//!
//! What the statuses mean, with the thresholds and their sources in [`Settings`]:
//! - **exact**: the same words in the same order, spelling, punctuation and titles aside;
//! - **near**: about as long and with much in common, from one edited word in three downwards;
//! - **abridged**: one is mostly contained in the other, which is longer; either may be the earlier one;
//! - **unique**: none of these, or two issues of a template whose numbers, names or dates differ, or another story that
//!   shares a quote or its background under a lead of its own: that is a passage.
//!
//! # Promises
//! - The same documents in the same order give the same answers, on every machine, in one run or in several with an
//!   index; no map is iterated into output, and memory that is short changes no answer.
//! - Nothing is a duplicate unseen: every pair is verified on the 2-grams of both, and a document is in a cluster
//!   only if it is a duplicate of its representative, of each that it ever had, never through a chain.
//! - A passage is cut on borders of sentences, else of clauses, where these are within a few words of what is shared, and
//!   never inside of a word.
//! - A thousand copies of a text cost what one costs but for their ids: they share its entry in the index.
//! - Work a document is bounded by its length and the caps in [`Settings`]; hostile text is slow in no other way.
//! - An index is what it was until [`Prepared::commit`], which replaces it in one step; what is damaged is an error.
//!
//! Memory: about 2.3 KB a news article of 3 KB for its words, 0.9 KB for its shingles, which both can be spilled, and 0.2
//! KB that stay. On disk an index takes about 2.7 KB a document.
//!
//! # Refuses
//! No text: every one has a sketch. Documents of fewer than [`Settings::min_tokens`] words can only be exact
//! duplicates, empty ones are always unique. An index of other versions or settings: [`ErrorKind::Version`].
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
    error::{Error, ErrorKind},
    facts::{Fact, FactKind},
    index::{Index, IndexStat, Prepared},
    overlap::Overlap,
    settings::{Keep, Settings},
    sketch::{Document, SKETCH_VERSION, Sketch, sketch, sketch_document, sketch_version},
    story::{CONCEPT_LIST, Clusterer, STORY_SKETCH_VERSION, StorySettings, StorySketch, concept},
};

mod settings;
mod tokens;

mod body;
mod facts;
mod overlap;
mod sketch;

mod passage;
mod probe;

mod bodies;
mod deduper;
mod postings;

mod blob;
mod error;
mod index;
mod run;
mod spill;

mod story;

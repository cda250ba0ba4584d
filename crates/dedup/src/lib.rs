//! Duplicates among news: exact, near and abridged copies, found through Arabic and Persian spelling and verified.
pub use crate::{
    deduper::{Deduper, Judgement},
    overlap::Overlap,
    settings::{Keep, Settings},
    sketch::{SKETCH_VERSION, Sketch, sketch},
};

mod deduper;
mod numbers;
mod overlap;
mod postings;
mod settings;
mod sketch;
mod tokens;

//! Stories: documents that report one event, in one language or several, and why each belongs.
//!
//! [`StorySketch::of`] keeps of a record what crosses languages: ids of entities, consonant skeletons of names, numbers,
//! days, and concepts of a lexicon of news terms; and the stems of its words. [`Clusterer`] gathers the sketches of a
//! run and makes stories of them at its end:
//!
//! 1. exact copies are taken for one document;
//! 2. an inverted index finds the neighbours of each document within the window, by the cosine of weighted features
//!    (inverse document frequency in each language), faded by the days between;
//! 3. a likeness is divided by what both documents have in common with their neighbours in general (hubness), which
//!    brings all pairs of languages to one scale;
//! 4. groups join, the most alike first, by the mean over all pairs, unless both are more like themselves.

pub use self::{
    clusterer::Clusterer,
    concepts::{CONCEPT_LIST, concept},
    settings::StorySettings,
    sketch::{STORY_SKETCH_VERSION, StorySketch},
};

mod agglomerate;
mod clusterer;
mod concepts;
mod corpus;
mod day;
mod neighbours;
mod settings;
mod skeleton;
mod sketch;
mod vectors;
mod why;
mod words;

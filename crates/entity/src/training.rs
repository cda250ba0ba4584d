//! The trainer and the evaluator of the tagger, behind the feature `train`: annotated sentences in, model and figures out.

mod corpus;
mod evaluate;
mod example;
mod harmony;
mod learner;
mod lists;
mod random;
mod recipe;
mod set;
mod standoff;

pub use crate::training::{
    corpus::{Document, Name, Sentence, read},
    evaluate::{Count, Score, score_document},
    lists::{Letters, Lists},
    recipe::{Corpus, RECIPES, Recipe},
    set::{Learned, Options, Source, file, learn},
    standoff::{Text, bracketed, places, read_beside, rows_of_articles, rows_of_table, texts_of},
};

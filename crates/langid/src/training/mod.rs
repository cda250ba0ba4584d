//! The trainer and the evaluator, behind the feature `train`: labelled sentences in, model file and figures out.

pub use crate::training::{
    corpus::{Corpus, CorpusError},
    evaluate::{Cut, Report, Trial, evaluate, trials},
    sgd::train,
};

mod corpus;
mod evaluate;
mod labels;
mod noise;
mod random;
mod sgd;
mod shahmukhi;

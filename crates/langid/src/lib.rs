//! Placeholder.
pub use crate::{
    detector::Detector,
    error::{Error, ErrorKind},
};

mod alphabet;
mod detector;
mod error;
mod features;
mod model;
mod sample;
mod script;
#[cfg(feature = "train")]
pub mod training;

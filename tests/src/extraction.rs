//! Main-content extraction, held against public benchmarks.

pub use overlap::{Figures, Measure, Overlap, Truth};

pub mod overlap;

//! Draft.
pub mod wire;

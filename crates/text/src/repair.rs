//! T0, repair (being built).

use crate::{alignment::Aligned, compose::compose};

/// Version of the rule list.
pub const RULES_VERSION: &str = "t0-1";

/// Repairs a text.
#[must_use]
pub fn repair(text: &str) -> Aligned {
    compose(text).unwrap_or_else(|| Aligned::unchanged(text.to_owned()))
}

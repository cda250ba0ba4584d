//! Visual order.

/// True if the presentation forms of a line run from final to initial.
#[must_use]
pub fn reads_visually(_line: &str) -> bool {
    false
}

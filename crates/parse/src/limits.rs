//! What a document may cost: sizes, depth and steps, never seconds.

/// Limits per document. The defaults are those that the design promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest payload that is parsed, in bytes; 32 MiB.
    pub max_bytes: usize,
    /// Deepest nesting of open elements; what lies deeper is flattened. 512, as browsers do.
    pub max_depth: usize,
    /// Work allowed per byte of payload, in steps (nodes and attributes visited).
    pub steps_per_byte: usize,
    /// Work allowed to any document, however small, in steps.
    pub base_steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 32 << 20, max_depth: 512, steps_per_byte: 64, base_steps: 1 << 20 }
    }
}

impl Limits {
    /// Steps that a document of `bytes` bytes may take.
    #[must_use]
    pub fn steps(&self, bytes: usize) -> usize {
        self.base_steps.saturating_add(bytes.saturating_mul(self.steps_per_byte))
    }
}

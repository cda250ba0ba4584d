//! What the examples measure with: numbers by a fixed seed, processor time, memory.
#![allow(dead_code, reason = "each example takes what it needs")]

use rustix::time::{ClockId, clock_gettime};

/// SplitMix64 (public domain).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A rank by Zipf's law with exponent 1: uniform on a logarithmic scale.
    pub(crate) fn rank(&mut self, limit: u64) -> u64 {
        let share = self.next() as f64 / u64::MAX as f64;
        ((limit as f64).powf(share) - 1.0) as u64
    }
}

/// Processor time of the thread, in which other processes' turns do not count, or of all threads.
pub(crate) fn seconds(of: ClockId) -> f64 {
    let now = clock_gettime(of);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// Peak of the resident memory, as Linux counts it.
#[expect(clippy::disallowed_methods, reason = "an example may read what Linux says of its memory")]
pub(crate) fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib * 1024.0)
}

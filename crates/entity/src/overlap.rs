//! Which of several names that overlap a text means: the longest, then the leftmost.

use crate::matcher::Candidate;

/// The candidates that remain, in text order, and those that gave way to them. `key_length` is the length of the key that
/// they stand in.
///
/// A candidate that is no longer than those chosen before it cannot enclose one of them, so its two ends tell whether
/// it overlaps any, and the work is linear in the key beside one sort of the candidates.
pub(crate) fn longest(mut candidates: Vec<Candidate>, key_length: usize) -> (Vec<Candidate>, Vec<Candidate>) {
    if candidates.len() < 2 {
        return (candidates, Vec::new());
    }
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.end - candidate.start), candidate.start));
    let mut taken = vec![false; key_length];
    let (mut chosen, others): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|candidate| {
        let ends = [candidate.start, candidate.end.saturating_sub(1)];
        let free = ends.iter().all(|&place| taken.get(place) == Some(&false));
        if free && let Some(range) = taken.get_mut(candidate.start..candidate.end) {
            range.fill(true);
        }
        free
    });
    chosen.sort_unstable_by_key(|candidate| candidate.start);
    (chosen, others)
}

//! Which of several names that overlap a text means: the longest, then the leftmost.

use crate::matcher::Candidate;

/// The candidates that remain, in text order, and those that gave way to them.
pub(crate) fn longest(mut candidates: Vec<Candidate>) -> (Vec<Candidate>, Vec<Candidate>) {
    candidates.sort_by_key(|candidate| candidate.start);
    let (mut chosen, mut others) = (Vec::with_capacity(candidates.len()), Vec::new());
    // Most overlap with none.
    for group in candidates.chunk_by_mut(overlap()) {
        if let [one] = group { chosen.push(*one) } else { choose(group, &mut chosen, &mut others) }
    }
    (chosen, others)
}

/// Whether a candidate overlaps with one of those before it; asked in text order.
fn overlap() -> impl FnMut(&Candidate, &Candidate) -> bool {
    let mut end = 0;
    move |last, next| {
        end = end.max(last.end);
        next.start < end
    }
}

/// A candidate that is no longer than those chosen before it cannot enclose one of them, so its two ends tell whether
/// it overlaps any, and the work is linear in the letters beside one sort of the candidates.
fn choose(group: &mut [Candidate], chosen: &mut Vec<Candidate>, others: &mut Vec<Candidate>) {
    let first = group.first().map_or(0, |first| first.start);
    let end = group.iter().map(|candidate| candidate.end).max().unwrap_or(first);
    group.sort_by_key(|candidate| (std::cmp::Reverse(candidate.end - candidate.start), candidate.start));
    let mut taken = vec![false; end - first];
    let before = chosen.len();
    for candidate in group {
        let range = candidate.start - first..candidate.end - first;
        let ends = [range.start, range.end.saturating_sub(1)];
        if ends.iter().all(|&place| taken.get(place) == Some(&false)) {
            taken.get_mut(range).into_iter().for_each(|taken| taken.fill(true));
            chosen.push(*candidate);
        } else {
            others.push(*candidate);
        }
    }
    if let Some(chosen) = chosen.get_mut(before..) {
        chosen.sort_unstable_by_key(|candidate| candidate.start);
    }
}

//! The best sequence of labels of a sentence, by Viterbi's algorithm.

use crate::tagger::label::{LABELS, OUTSIDE, Part, TYPES, label, may_start, opens};

/// Scores of the labels of one token.
pub(crate) type Scores = [i32; LABELS];

/// A score that no sequence of a sentence reaches, with room for [`RANK`].
const NEVER: i32 = i32::MIN / 32;

/// Low bits of a score that say which of [`CLOSED`] it comes from, the first ones higher: so one comparison finds the best
/// score and, of equals, the lowest label.
const RANK: i32 = 3;
const _: () = assert!(CLOSED.len() <= 1 << RANK);

/// Places of [`FRESH`], and what fills them up to a power of two.
const APART: usize = 8;
const _: () = assert!(FRESH.len() <= APART);

/// Outside, and the last token and the only token of each type: what may stand before a new name. In order.
const CLOSED: [usize; 1 + 2 * TYPES.len()] = closed();

/// Outside, and the first token and the only token of each type: what may stand behind them. In order.
const FRESH: [usize; 1 + 2 * TYPES.len()] = fresh();

/// The best allowed sequence: scores of tokens, and of pairs of labels (`[left][right]`). Of two as good as each other,
/// the one whose labels are lower, from the end.
pub(crate) fn best(scores: &[Scores], pairs: &[Scores; LABELS]) -> Vec<u8> {
    let Some((first, others)) = scores.split_first() else { return Vec::new() };
    // Side by side, so that the processor adds and compares several at once.
    let apart: [[i32; APART]; CLOSED.len()] = std::array::from_fn(|rank| {
        let pairs = &pairs[CLOSED[rank]];
        let ranked = |right: usize| (pairs[right] << RANK) + (CLOSED.len() - 1 - rank) as i32;
        std::array::from_fn(|place| FRESH.get(place).map_or(NEVER, |&right| ranked(right)))
    });
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(others.len());
    let mut last: Scores = std::array::from_fn(|label| if may_start(label) { first[label] } else { NEVER });
    for scores in others {
        let mut next = [NEVER; LABELS];
        let mut from = [0_u8; LABELS];
        let mut most = [i32::MIN; APART];
        for (&left, pairs) in CLOSED.iter().zip(&apart) {
            let so_far = last[left] << RANK;
            for (most, &pair) in most.iter_mut().zip(pairs) {
                *most = (so_far + pair).max(*most);
            }
        }
        for (&most, &right) in most.iter().zip(&FRESH) {
            next[right] = (most >> RANK) + scores[right];
            let rank = (CLOSED.len() - 1).wrapping_sub((most & ((1 << RANK) - 1)) as usize);
            from[right] = CLOSED.get(rank).copied().unwrap_or(OUTSIDE) as u8;
        }
        for kind in 0..TYPES.len() {
            let (begin, inside) = (label(kind, Part::Begin), label(kind, Part::Inside));
            for right in [inside, label(kind, Part::Last)] {
                let (begun, gone_on) = (last[begin] + pairs[begin][right], last[inside] + pairs[inside][right]);
                if begun.max(gone_on) > NEVER {
                    next[right] = begun.max(gone_on) + scores[right];
                    from[right] = if gone_on > begun { inside } else { begin } as u8;
                }
            }
        }
        back.push(from);
        last = next;
    }
    let ends = (0..LABELS).filter(|&label| !opens(label));
    let Some(mut label) = ends.reduce(|best, label| if last[label] > last[best] { label } else { best }) else {
        return Vec::new();
    };
    let mut labels = vec![0_u8; scores.len()];
    if let Some((end, before)) = labels.split_last_mut() {
        *end = label as u8;
        for (place, from) in before.iter_mut().zip(&back).rev() {
            label = usize::from(from[label]);
            *place = label as u8;
        }
    }
    labels
}

const fn closed() -> [usize; 1 + 2 * TYPES.len()] {
    let mut labels = [OUTSIDE; 1 + 2 * TYPES.len()];
    let mut kind = 0;
    while kind < TYPES.len() {
        labels[1 + 2 * kind] = label(kind, Part::Last);
        labels[2 + 2 * kind] = label(kind, Part::Unit);
        kind += 1;
    }
    labels
}

const fn fresh() -> [usize; 1 + 2 * TYPES.len()] {
    let mut labels = [OUTSIDE; 1 + 2 * TYPES.len()];
    let mut kind = 0;
    while kind < TYPES.len() {
        labels[1 + 2 * kind] = label(kind, Part::Begin);
        labels[2 + 2 * kind] = label(kind, Part::Unit);
        kind += 1;
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::label::may_follow;

    #[test]
    fn the_two_ways_to_follow_are_the_rule() {
        for right in 0..LABELS {
            for left in 0..LABELS {
                let apart = CLOSED.contains(&left) && FRESH.contains(&right);
                let within = (0..TYPES.len()).any(|kind| {
                    [label(kind, Part::Begin), label(kind, Part::Inside)].contains(&left)
                        && [label(kind, Part::Inside), label(kind, Part::Last)].contains(&right)
                });
                assert_eq!(apart || within, may_follow(left, right), "{left} {right}");
            }
        }
    }

    #[test]
    fn the_best_sequence_of_all() {
        // Against every sequence of three tokens.
        let mut state = 7_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 20) as i32 - 2048
        };
        for _ in 0..20 {
            let scores: Vec<Scores> = (0..3).map(|_| std::array::from_fn(|_| random())).collect();
            let pairs: [Scores; LABELS] = std::array::from_fn(|_| std::array::from_fn(|_| random()));
            let total = |labels: &[usize]| {
                let unary: i32 = labels.iter().zip(&scores).map(|(&label, scores)| scores[label]).sum();
                unary + labels.windows(2).map(|pair| pairs[pair[0]][pair[1]]).sum::<i32>()
            };
            let mut most = i32::MIN;
            for code in 0..LABELS.pow(3) {
                let labels = [code % LABELS, code / LABELS % LABELS, code / LABELS / LABELS];
                let allowed = may_start(labels[0])
                    && !opens(labels[2])
                    && labels.windows(2).all(|pair| may_follow(pair[0], pair[1]));
                if allowed {
                    most = most.max(total(&labels));
                }
            }
            let found: Vec<usize> = best(&scores, &pairs).into_iter().map(usize::from).collect();
            assert_eq!(total(&found), most);
            // What speaks for it changes nothing: the tagger's memory does not ask again.
            let mut more = scores;
            more.iter_mut().zip(&found).for_each(|(scores, &label)| scores[label] += random().abs());
            assert_eq!(best(&more, &pairs).into_iter().map(usize::from).collect::<Vec<_>>(), found);
        }
        assert!(best(&[], &[[0; LABELS]; LABELS]).is_empty());
    }
}

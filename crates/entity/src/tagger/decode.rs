//! The best sequence of labels of a sentence, by Viterbi's algorithm.

use crate::tagger::label::{LABELS, may_start, opens};

/// Scores of the labels of one token.
pub(crate) type Scores = [i32; LABELS];

/// A score that no sequence of a sentence reaches.
const NEVER: i32 = i32::MIN / 4;

/// The best allowed sequence: scores of tokens, and of pairs of labels (`[left][right]`).
pub(crate) fn best(scores: &[Scores], pairs: &[Scores; LABELS]) -> Vec<u8> {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut last = [NEVER; LABELS];
    for (at, scores) in scores.iter().enumerate() {
        let mut next = [NEVER; LABELS];
        let mut from = [0_u8; LABELS];
        for right in 0..LABELS {
            if at == 0 {
                if may_start(right) {
                    next[right] = scores[right];
                }
                continue;
            }
            let mut best = NEVER;
            for left in predecessors(right) {
                let score = last[*left as usize] + pairs[*left as usize][right];
                if score > best {
                    best = score;
                    from[right] = *left;
                }
            }
            if best > NEVER {
                next[right] = best + scores[right];
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
    for (place, from) in labels.iter_mut().zip(&back).rev() {
        *place = label as u8;
        label = usize::from(from[label]);
    }
    labels
}

/// The labels that may stand before a label.
fn predecessors(right: usize) -> &'static [u8] {
    const TABLE: [([u8; LABELS], usize); LABELS] = table();
    let (labels, count) = &TABLE[right];
    labels.get(..*count).unwrap_or_default()
}

/// By label: those that may stand before it, and their number. The same as `may_follow`, for constants.
const fn table() -> [([u8; LABELS], usize); LABELS] {
    let mut table = [([0; LABELS], 0); LABELS];
    let mut right = 0;
    while right < LABELS {
        let mut left = 0;
        while left < LABELS {
            let left_open = left > 0 && (left - 1) % 4 < 2;
            let right_inside = right > 0 && ((right - 1) % 4 == 1 || (right - 1) % 4 == 2);
            let same = left > 0 && right > 0 && (left - 1) / 4 == (right - 1) / 4;
            if left_open == right_inside && (!left_open || same) {
                let count = table[right].1;
                table[right].0[count] = left as u8;
                table[right].1 = count + 1;
            }
            left += 1;
        }
        right += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::label::may_follow;

    #[test]
    fn the_table_is_the_rule() {
        for right in 0..LABELS {
            for left in 0..LABELS {
                assert_eq!(predecessors(right).contains(&(left as u8)), may_follow(left, right), "{left} {right}");
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
        }
        assert!(best(&[], &[[0; LABELS]; LABELS]).is_empty());
    }
}

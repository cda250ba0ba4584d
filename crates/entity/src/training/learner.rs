//! Learns weights from examples: a conditional random field.

use crate::tagger::label::{LABELS, may_follow, may_start, opens};
use crate::training::example::Example;
use crate::training::random::Random;

/// Weights of features and of pairs of labels.
#[derive(Debug)]
pub(crate) struct Weights {
    /// By id of the feature.
    pub(crate) features: Vec<[f32; LABELS]>,
    pub(crate) pairs: [[f32; LABELS]; LABELS],
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Times that all examples are seen.
    pub(crate) epochs: usize,
    /// Chance of a feature to be left out of an example, each time that it is seen.
    pub(crate) dropout: f64,
    /// Step of the weights.
    pub(crate) rate: f32,
    /// Times that all is learned from the start, each in an order of its own.
    pub(crate) runs: usize,
}

impl Weights {
    fn zero(features: usize) -> Self {
        let zero = [0.0; LABELS];
        Self { features: vec![zero; features], pairs: [zero; LABELS] }
    }

    fn flat(&self) -> impl Iterator<Item = &f32> {
        self.features.as_flattened().iter().chain(self.pairs.as_flattened())
    }

    fn flat_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        self.features.as_flattened_mut().iter_mut().chain(self.pairs.as_flattened_mut())
    }
}

fn shuffle(order: &mut [usize], random: &mut Random) {
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
}

/// The conditional random field (Lafferty, McCallum and Pereira 2001), by stochastic gradients with steps of their own
/// for each weight (AdaGrad: Duchi, Hazan and Singer 2011). What is kept is the mean of the weights behind each round of the
/// second half (Polyak and Juditsky 1992), over all runs.
pub(crate) fn field(examples: &[Example], features: usize, settings: Settings) -> Weights {
    let mut mean = Weights::zero(features);
    let mut added = 0.0;
    for run in 0..settings.runs {
        run_through(examples, features, settings, Random::new(1 + run as u64), |weights| {
            mean.flat_mut().zip(weights.flat()).for_each(|(sum, weight)| *sum += weight);
            added += 1.0;
        });
    }
    mean.flat_mut().for_each(|sum| *sum /= added);
    mean
}

/// One run; `keep` gets the weights behind each round of its second half.
fn run_through(
    examples: &[Example],
    features: usize,
    settings: Settings,
    mut random: Random,
    mut keep: impl FnMut(&Weights),
) {
    let mut weights = Weights::zero(features);
    let mut squares = Weights::zero(features);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut scores = Vec::new();
    let mut kept = Vec::new();
    let mut ends = Vec::new();
    for epoch in 1..=settings.epochs {
        shuffle(&mut order, &mut random);
        for &at in &order {
            let example = &examples[at];
            kept.clear();
            ends.clear();
            for token in 0..example.len() {
                kept.extend(
                    example
                        .of(token)
                        .iter()
                        .copied()
                        .filter(|_| settings.dropout <= 0.0 || !random.chance(settings.dropout)),
                );
                ends.push(kept.len());
            }
            scores.clear();
            let mut start = 0;
            for &end in &ends {
                let mut sums = [0_f32; LABELS];
                for &id in &kept[start..end] {
                    for (sum, weight) in sums.iter_mut().zip(&weights.features[id as usize]) {
                        *sum += weight;
                    }
                }
                scores.push(sums);
                start = end;
            }
            let (unary, pairs) = gradients(&scores, &weights.pairs, &example.labels);
            let step = |weight: &mut f32, square: &mut f32, gradient: f32| {
                *square += gradient * gradient;
                *weight += settings.rate * gradient / (*square + 1e-2).sqrt();
            };
            let mut start = 0;
            for (&end, gradient) in ends.iter().zip(&unary) {
                // What is settled teaches nothing.
                if gradient.iter().any(|gradient| gradient.abs() > 1e-3) {
                    for &id in &kept[start..end] {
                        let id = id as usize;
                        for ((weight, square), &gradient) in
                            weights.features[id].iter_mut().zip(&mut squares.features[id]).zip(gradient)
                        {
                            step(weight, square, gradient);
                        }
                    }
                }
                start = end;
            }
            for ((weight, square), gradient) in weights
                .pairs
                .as_flattened_mut()
                .iter_mut()
                .zip(squares.pairs.as_flattened_mut())
                .zip(pairs.as_flattened())
            {
                if *gradient != 0.0 {
                    step(weight, square, *gradient);
                }
            }
        }
        if epoch * 2 > settings.epochs {
            keep(&weights);
        }
    }
}

type Pairs = [[f32; LABELS]; LABELS];

/// What the gold has more than the model expects: by token and label, and by pairs.
fn gradients(scores: &[[f32; LABELS]], pairs: &Pairs, labels: &[u8]) -> (Vec<[f32; LABELS]>, Pairs) {
    let length = scores.len();
    let mut exp_pairs = [[0_f32; LABELS]; LABELS];
    for left in 0..LABELS {
        for right in 0..LABELS {
            if may_follow(left, right) {
                exp_pairs[left][right] = exp(pairs[left][right]);
            }
        }
    }
    // Chances, normalised at each token so that nothing overflows.
    let locals: Vec<[f32; LABELS]> = scores
        .iter()
        .map(|scores| {
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            std::array::from_fn(|label| exp(scores[label] - top))
        })
        .collect();
    let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(length);
    for (at, local) in locals.iter().enumerate() {
        let mut next = [0_f32; LABELS];
        match at.checked_sub(1).map(|before| forward[before]) {
            None => {
                for (label, next) in next.iter_mut().enumerate() {
                    *next = if may_start(label) { local[label] } else { 0.0 };
                }
            }
            Some(before) => {
                for left in 0..LABELS {
                    if before[left] > 0.0 {
                        for right in 0..LABELS {
                            next[right] += before[left] * exp_pairs[left][right];
                        }
                    }
                }
                next.iter_mut().zip(local).for_each(|(next, local)| *next *= local);
            }
        }
        normalise(&mut next);
        forward.push(next);
    }
    let mut gradient = vec![[0_f32; LABELS]; length];
    let mut pair_gradient = [[0_f32; LABELS]; LABELS];
    let mut backward = [0_f32; LABELS];
    for (label, chance) in backward.iter_mut().enumerate() {
        *chance = if opens(label) { 0.0 } else { 1.0 };
    }
    for at in (0..length).rev() {
        let mut chance: [f32; LABELS] = std::array::from_fn(|label| forward[at][label] * backward[label]);
        normalise(&mut chance);
        for label in 0..LABELS {
            gradient[at][label] = f32::from(u8::from(usize::from(labels[at]) == label)) - chance[label];
        }
        if at == 0 {
            break;
        }
        let behind: [f32; LABELS] = std::array::from_fn(|label| locals[at][label] * backward[label]);
        let mut total = 0.0;
        let mut joint = [[0_f32; LABELS]; LABELS];
        let mut next = [0_f32; LABELS];
        for left in 0..LABELS {
            for right in 0..LABELS {
                let pair = exp_pairs[left][right] * behind[right];
                next[left] += pair;
                joint[left][right] = forward[at - 1][left] * pair;
                total += joint[left][right];
            }
        }
        if total > 0.0 {
            for (gradient, joint) in pair_gradient.as_flattened_mut().iter_mut().zip(joint.as_flattened()) {
                *gradient -= joint / total;
            }
        }
        pair_gradient[usize::from(labels[at - 1])][usize::from(labels[at])] += 1.0;
        normalise(&mut next);
        backward = next;
    }
    (gradient, pair_gradient)
}

fn normalise(chances: &mut [f32; LABELS]) {
    let sum: f32 = chances.iter().sum();
    if sum > 0.0 {
        chances.iter_mut().for_each(|chance| *chance /= sum);
    }
}

/// e to the `x`, by arithmetic alone: the system's own differs between platforms, and a retrained model has to have the
/// same bytes everywhere. Relative error below 1e-6.
fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-60.0, 60.0)) * std::f64::consts::LOG2_E;
    let whole = x as i64 - i64::from(x < (x as i64) as f64);
    let y = (x - whole as f64) * std::f64::consts::LN_2;
    let series = 1.0 + y * (1.0 + y / 2.0 * (1.0 + y / 3.0 * (1.0 + y / 4.0 * (1.0 + y / 5.0 * (1.0 + y / 6.0)))));
    (series * f64::from_bits(((whole + 1023) as u64) << 52)) as f32
}

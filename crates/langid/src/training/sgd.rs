//! Multinomial logistic regression by stochastic gradient descent, then rounding to bytes and fitting the confidence.

use crate::{
    detector::UND,
    features::features,
    model::{BUCKETS, Lane, Model, Rows, TYPICAL_FEATURES, Weights, length_bucket, softmax, stride},
    sample::sample,
    script::Group,
    training::{
        corpus::{Corpus, teaches},
        labels::CLASSES,
        noise::roughen,
        random::Random,
    },
};

/// Size and effort of one group.
struct Plan {
    /// Rows are `2^bits`.
    bits: u32,
    /// Samples drawn.
    samples: usize,
}

fn plan(group: Group) -> Plan {
    match group {
        Group::Arab => Plan { bits: 15, samples: 1_500_000 },
        Group::Latn => Plan { bits: 15, samples: 7_000_000 },
        Group::Cyrl => Plan { bits: 15, samples: 900_000 },
        Group::Arvr => Plan { bits: 14, samples: 300_000 },
        Group::Hani => Plan { bits: 14, samples: 400_000 },
        Group::Deva => Plan { bits: 13, samples: 240_000 },
        Group::Hebr | Group::Beng | Group::Ethi | Group::Tibt | Group::Mymr => Plan { bits: 12, samples: 90_000 },
    }
}

/// First step size; it falls to zero in a straight line.
const STEP: f32 = 2.0;
/// Seed of everything random.
const SEED: u64 = 0x6b68_6162_6172;

/// How much a source is worth beside the others of its class: news first, word lists last.
fn source_weight(source: &str) -> f64 {
    match source {
        "ntrex" => 4.0,
        "sib200" => 3.0,
        "arzwiki" => 1.5,
        "tatoeba" | "commonvoice_cc0" | "own" => 1.0,
        "frequency_words" => 1.6,
        _ => 0.4,
    }
}

/// Trains all groups and returns the model file. The same corpus gives the same bytes.
#[must_use]
pub fn train(corpus: &Corpus) -> Vec<u8> {
    // Latin takes as long as all the others together.
    let groups = std::thread::scope(|scope| {
        let latin = scope.spawn(|| train_group(corpus, Group::Latn));
        let mut groups: Vec<Option<Rows>> =
            Group::ALL.iter().map(|&group| (group != Group::Latn).then(|| train_group(corpus, group))).collect();
        groups[Group::Latn as usize] = latin.join().ok();
        groups.into_iter().map(|rows| rows.expect("no trainer panics")).collect()
    });
    Model { groups }.to_bytes()
}

fn train_group(corpus: &Corpus, group: Group) -> Rows {
    let classes = Corpus::classes(group);
    let width = stride(classes.len()).unwrap_or(usize::MAX);
    let mut rows = match width {
        4 => descend::<4>(corpus, group, &classes),
        8 => descend::<8>(corpus, group, &classes),
        16 => descend::<16>(corpus, group, &classes),
        _ => descend::<112>(corpus, group, &classes),
    };
    fit_confidence(corpus, group, &classes, &mut rows);
    rows
}

fn descend<const STRIDE: usize>(corpus: &Corpus, group: Group, classes: &[usize]) -> Rows {
    let Plan { bits, samples } = plan(group);
    let mut random = Random::new(SEED ^ group as u64);
    let mut weights = vec![[0.0_f32; STRIDE]; 1 << bits];
    let mut bias = [0.0_f32; STRIDE];
    let shares: Vec<f64> = classes
        .iter()
        .map(|&class| if corpus.shelves(class).next().is_some() { CLASSES[class].weight } else { 0.0 })
        .collect();
    let mut buckets = Vec::new();
    for at in 0..samples {
        let truth = random.pick(&shares);
        let text = draw(corpus, group, classes[truth], &mut random);
        if !teaches(classes[truth], &text) {
            continue;
        }
        buckets.clear();
        features(group, &sample(&text), bits, &mut buckets);
        if buckets.is_empty() {
            continue;
        }
        let unit = 1.0 / (buckets.len() as f32).sqrt();
        let mut scores = [0.0_f32; STRIDE];
        for &bucket in &buckets {
            for (score, weight) in scores.iter_mut().zip(&weights[usize::from(bucket)]) {
                *score += weight;
            }
        }
        for (score, bias) in scores.iter_mut().zip(bias) {
            *score = *score * unit + bias;
        }
        let chances = softmax(&scores[..classes.len()], 1.0);
        let step = STEP * (1.0 - at as f32 / samples as f32);
        let mut gradient = [0.0_f32; STRIDE];
        for (lane, chance) in chances.iter().enumerate() {
            let slope = chance - if lane == truth { 1.0 } else { 0.0 };
            bias[lane] -= 0.02 * step * slope;
            gradient[lane] = step * slope * unit;
        }
        for &bucket in &buckets {
            for (weight, slope) in weights[usize::from(bucket)].iter_mut().zip(gradient) {
                *weight -= slope;
            }
        }
    }
    let scale = clip(&weights) / 127.0;
    let lanes = classes.iter().zip(bias).map(|(&class, bias)| Lane {
        code: CLASSES[class].code.to_owned(),
        bias,
        typical: 0.0,
        spread: 1.0,
    });
    Rows {
        bits,
        scale,
        temperature: [1.0; BUCKETS],
        lanes: lanes.collect(),
        weights: Weights::pack(
            &weights
                .as_flattened()
                .iter()
                .map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8)
                .collect::<Vec<_>>(),
            STRIDE,
        ),
    }
}

/// The weight that becomes 127: one weight in two thousand is larger and gets cut, which costs less than coarse steps.
fn clip<const STRIDE: usize>(weights: &[[f32; STRIDE]]) -> f32 {
    let mut sizes: Vec<f32> = weights.as_flattened().iter().map(|weight| weight.abs()).filter(|&w| w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() - sizes.len().min(1 + sizes.len() / 2000)).copied().unwrap_or(1.0)
}

/// One sample of a class: a row of a source, or some words of it, clean or roughened.
fn draw(corpus: &Corpus, group: Group, class: usize, random: &mut Random) -> String {
    let shelves: Vec<_> = corpus.shelves(class).collect();
    let shares: Vec<f64> =
        shelves.iter().map(|(name, shelf)| source_weight(name) * (shelf.learn.len() as f64).sqrt()).collect();
    let (name, shelf) = shelves[random.pick(&shares)];
    if name == "frequency_words" {
        let words = 1 + random.below(4);
        let words: Vec<&str> = (0..words).map(|_| shelf.learn[random.below(shelf.learn.len())].as_str()).collect();
        return roughen(group, words.join(" "), random);
    }
    let row = &shelf.learn[random.below(shelf.learn.len())];
    let text = if random.chance(0.62) { span(group, row, 1 + random.below(8), random) } else { row.clone() };
    roughen(group, text, random)
}

/// A random run of `words` words; of three times as many characters where words are not spaced.
fn span(group: Group, row: &str, words: usize, random: &mut Random) -> String {
    if matches!(group, Group::Hani | Group::Tibt | Group::Mymr) {
        let letters: Vec<char> = row.chars().collect();
        let start = random.below(letters.len().saturating_sub(words * 3) + 1);
        return letters.iter().skip(start).take(words * 3).collect();
    }
    let all: Vec<&str> = row.split_whitespace().collect();
    let start = random.below(all.len().saturating_sub(words) + 1);
    all.iter().skip(start).take(words).copied().collect::<Vec<_>>().join(" ")
}

/// What the model says of a text that it has not learned from.
struct Trial {
    truth: usize,
    weight: f64,
    letters: u32,
    features: usize,
    scores: Vec<f32>,
}

/// Fits the temperatures by length, and each lane's usual evidence, to the rows that were set aside.
fn fit_confidence(corpus: &Corpus, group: Group, classes: &[usize], rows: &mut Rows) {
    let trials = trials(corpus, group, classes, rows);
    for bucket in 0..BUCKETS {
        let inside: Vec<&Trial> = trials.iter().filter(|trial| length_bucket(trial.letters) == bucket).collect();
        // From a third to eightfold, in steps of five percent.
        let candidates = std::iter::successors(Some(0.33_f32), |t| Some(t * 1.05)).take(66);
        let best = candidates.map(|t| (loss(&inside, rows, t), t)).min_by(|a, b| a.0.total_cmp(&b.0));
        rows.temperature[bucket] = match best {
            Some((_, t)) if inside.len() >= 50 => t,
            _ => bucket.checked_sub(1).map_or(1.0, |before| rows.temperature[before]),
        };
    }
    for lane in 0..rows.lanes.len() {
        let own: Vec<(f64, f64)> = trials
            .iter()
            .filter(|trial| trial.truth == lane && trial.letters >= 12)
            .map(|trial| {
                let root = (trial.features as f64).sqrt();
                let evidence = f64::from(trial.scores[lane] - rows.lanes[lane].bias) / root;
                (evidence, (trial.features.min(TYPICAL_FEATURES) as f64).sqrt())
            })
            .collect();
        if own.len() < 8 {
            continue;
        }
        let mean = own.iter().map(|(evidence, _)| evidence).sum::<f64>() / own.len() as f64;
        let spread = own.iter().map(|(evidence, root)| ((evidence - mean) * root).powi(2)).sum::<f64>();
        rows.lanes[lane].typical = mean as f32;
        rows.lanes[lane].spread = (spread / own.len() as f64).sqrt() as f32;
    }
}

fn trials(corpus: &Corpus, group: Group, classes: &[usize], rows: &Rows) -> Vec<Trial> {
    let mut random = Random::new(SEED + 1 + group as u64);
    let mut trials = Vec::new();
    for (truth, &class) in classes.iter().enumerate() {
        let shelves: Vec<_> = corpus.shelves(class).filter(|(name, _)| *name != "frequency_words").collect();
        let texts: Vec<&String> = shelves.iter().flat_map(|(_, shelf)| shelf.fit.iter().take(150)).collect();
        let weight = CLASSES[class].weight / (texts.len() * 4).max(1) as f64;
        for text in texts {
            let short = 1 + random.below(2);
            let head = 3 + random.below(6);
            let long = 9 + random.below(8);
            let spans = [short, head, long].map(|words| span(group, text, words, &mut random));
            for text in spans.into_iter().chain([text.clone()]) {
                let text = roughen(group, text, &mut random);
                let mut buckets = Vec::new();
                let letters = features(group, &sample(&text), rows.bits, &mut buckets);
                if !buckets.is_empty() && teaches(class, &text) {
                    trials.push(Trial {
                        truth,
                        weight,
                        letters,
                        features: buckets.len(),
                        scores: rows.scores(&buckets),
                    });
                }
            }
        }
    }
    trials
}

/// Mean negative log chance of the true code at a temperature.
fn loss(trials: &[&Trial], rows: &Rows, temperature: f32) -> f64 {
    let code = |lane: usize| &rows.lanes[lane].code;
    let mut sum = 0.0;
    for trial in trials {
        let chances = softmax(&trial.scores, temperature);
        let chance: f32 =
            chances.iter().enumerate().filter(|(lane, _)| code(*lane) == code(trial.truth)).map(|(_, c)| c).sum();
        // Foreign rows count less: the answer there is `und` anyway.
        let weight = if code(trial.truth) == UND { 0.5 } else { 1.0 } * trial.weight;
        sum -= weight * f64::from(chance.max(1e-9)).ln();
    }
    sum
}

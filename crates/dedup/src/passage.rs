//! Passages that two texts share: seeds of three words, extended over small edits, cut on the borders of sentences.

use std::ops::Range;

use crate::{body::Body, settings::Settings, tokens::Border};

/// The same words in two documents, as ranges of their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// In the document in hand.
    pub(crate) own: Range<usize>,
    /// In the other.
    pub(crate) other: Range<usize>,
    /// Words of it that are the same in both.
    pub(crate) shared: usize,
}

impl Passage {
    /// Whether more than half of it in the document in hand is that of another.
    pub(crate) fn is_mostly(&self, other: &Self) -> bool {
        mostly_inside(&self.own, &other.own)
    }
}

/// Words that may be replaced, put in or left out in one place inside a passage.
const GAP: usize = 4;
/// Words left out in one text and in the other, the fewest first.
const STEPS: [(usize, usize); 24] = steps();
/// Places of one seed that are tried: a text that repeats itself is not tried from everywhere.
const TRIES: usize = 4;
/// Words by which a passage may grow to the border of a sentence: its first or last word was edited.
const GROW: usize = 3;
/// One word in so many, or `GROW`, may be cut off to end on a border.
const CUT_ONE_IN: usize = 5;

/// The passages of the document in hand that the other has too, from seeds: words, ascending, at which three in a row
/// start that the other probably has. None lies mostly inside of another.
pub(crate) fn passages(seeds: &[usize], own: &Body, other: &Body, settings: &Settings) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let least = settings.passage_tokens.max(3);
    for &seed in seeds {
        let Some(words @ &[first, ..]) = own.words.get(seed..seed + settings.shingle.max(1)) else { continue };
        if found.iter().any(|passage| passage.own.contains(&seed)) {
            continue;
        }
        let starts = places_of(first, &other.words).filter(|&at| other.words.get(at..at + words.len()) == Some(words));
        let passages = starts.take(TRIES).map(|at| around(own, other, seed, at));
        let Some(longest) = passages.max_by_key(|passage| (passage.shared, std::cmp::Reverse(passage.other.start)))
        else {
            continue;
        };
        if longest.shared >= least && !found.iter().any(|earlier| longest.is_mostly(earlier)) {
            found.push(longest);
        }
    }
    found.into_iter().filter_map(|passage| cut(passage, own, other, least)).collect()
}

const fn steps() -> [(usize, usize); 24] {
    let mut steps = [(0, 0); 24];
    let (mut nth, mut most) = (0, 1);
    while most <= GAP {
        steps[nth] = (most, most);
        nth += 1;
        let mut less = 0;
        while less < most {
            steps[nth] = (most, less);
            steps[nth + 1] = (less, most);
            nth += 2;
            less += 1;
        }
        most += 1;
    }
    steps
}

/// Where a word stands among others. Most blocks do not hold it, and are passed over many words at a time.
fn places_of(word: u32, words: &[u32]) -> impl Iterator<Item = usize> + '_ {
    const BLOCK: usize = 32;
    let blocks = words.chunks(BLOCK).enumerate();
    let holds = move |&(_, block): &(usize, &[u32])| block.iter().fold(false, |found, &here| found | (here == word));
    blocks.filter(holds).flat_map(move |(nth, block)| {
        block.iter().enumerate().filter(move |&(_, &here)| here == word).map(move |(at, _)| nth * BLOCK + at)
    })
}

fn mostly_inside(one: &Range<usize>, other: &Range<usize>) -> bool {
    let common = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    common * 2 > one.len()
}

/// The passage round a word that both have, at `own_at` and `other_at`.
fn around(own: &Body, other: &Body, own_at: usize, other_at: usize) -> Passage {
    let (left, right) = (own.words.split_at(own_at), other.words.split_at(other_at));
    let after = reach(|nth| left.1.get(nth).copied(), |nth| right.1.get(nth).copied());
    let before = |words: &[u32], nth: usize| words.len().checked_sub(nth + 1).and_then(|at| words.get(at).copied());
    let before = reach(|nth| before(left.0, nth), |nth| before(right.0, nth));
    Passage {
        own: own_at - before.own..own_at + after.own,
        other: other_at - before.other..other_at + after.other,
        shared: before.shared + after.shared,
    }
}

/// How far two texts go on together.
struct Reach {
    own: usize,
    other: usize,
    shared: usize,
}

/// Goes on as long as words are the same, and over gaps behind which two words in a row are.
fn reach(own: impl Fn(usize) -> Option<u32>, other: impl Fn(usize) -> Option<u32>) -> Reach {
    let (mut i, mut j, mut shared, mut gaps) = (0, 0, 0, 0);
    let same = |i: usize, j: usize| own(i).is_some_and(|word| Some(word) == other(j));
    let mut reach = Reach { own: 0, other: 0, shared: 0 };
    loop {
        while same(i, j) {
            (i, j, shared) = (i + 1, j + 1, shared + 1);
        }
        reach = Reach { own: i.max(reach.own), other: j.max(reach.other), shared };
        let again = |&&(a, b): &&(usize, usize)| same(i + a, j + b) && same(i + a + 1, j + b + 1);
        let Some(&(a, b)) = STEPS.iter().find(again) else {
            return reach;
        };
        gaps += a.max(b);
        // One word in four may be edited, in every part that is long enough to tell.
        if gaps > GAP + shared / 4 {
            return reach;
        }
        (i, j) = (i + a, j + b);
    }
}

/// Ends a passage on borders of sentences in both documents where one is near, else on those of clauses, else where the
/// words end to be the same. `None` if too little is left.
fn cut(passage: Passage, own: &Body, other: &Body, least: usize) -> Option<Passage> {
    let one = to_borders(own, passage.own.clone());
    let two = to_borders(other, passage.other.clone());
    let long_enough = one.len().min(two.len()) >= least.min(passage.own.len()).min(passage.other.len()) * 4 / 5;
    long_enough.then_some(Passage { own: one, other: two, ..passage })
}

fn to_borders(body: &Body, words: Range<usize>) -> Range<usize> {
    let most = (words.len() / CUT_ONE_IN).max(GROW);
    let is = |at: usize, least: Border| at >= body.len() || body.border(at) >= least;
    let nearest = |at: usize, inwards: &dyn Fn(usize) -> Option<usize>, outwards: &dyn Fn(usize) -> Option<usize>| {
        let candidate = |least: Border, outside: usize| {
            (0..=most).find_map(|by| {
                let inner = inwards(by).filter(|&at| is(at, least));
                inner.or_else(|| outwards(by).filter(|&at| by <= outside && at <= body.len() && is(at, least)))
            })
        };
        candidate(Border::Sentence, GROW).or_else(|| candidate(Border::Clause, 1)).unwrap_or(at)
    };
    let (start, end) = (words.start, words.end);
    let start = nearest(start, &|by| Some(start + by), &|by| start.checked_sub(by));
    let end = nearest(end, &|by| end.checked_sub(by), &|by| Some(end + by));
    start.min(end)..end
}

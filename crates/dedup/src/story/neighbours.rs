//! Who is near whom: an inverted index over a run's documents, and the neighbours of each, language by language.

use std::ops::Range;

use super::corpus::{Corpus, Node};
use super::settings::StorySettings;
use super::sketch::Space;
use super::vectors::{Entry, factor};

/// A neighbour and how alike it is: the cosine, faded by the days between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    pub(super) node: u32,
    pub(super) likeness: f32,
}

impl Near {
    fn better_first(&self, other: &Self) -> std::cmp::Ordering {
        other.likeness.total_cmp(&self.likeness).then(self.node.cmp(&other.node))
    }
}

/// Everything that is known of a document's neighbourhood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Neighbourhood {
    /// The nearest, best first.
    pub(super) nearest: Box<[Near]>,
    /// By language: how alike its neighbours there are in general.
    pub(super) level: Box<[f32]>,
}

/// The index. Nodes are sorted by their days, those without behind them.
#[derive(Debug)]
struct Neighbours<'n> {
    nodes: &'n [Node],
    corpus: &'n Corpus,
    settings: &'n StorySettings,
    /// Of the nodes that are loaded.
    postings: Lists,
    /// Nodes with a day.
    dated: usize,
    /// By node: its language and the lengths of its vector, close together, since they are read at random.
    compact: Vec<(u16, [f32; 2])>,
    /// The nodes of each language, ascending.
    by_language: Vec<Vec<u32>>,
}

/// The neighbours that tell the level: those behind the best one (which may be the same story), up to the tenth …
const LEVEL: std::ops::Range<usize> = 1..10;
/// … or, where a language has more, from one in so many to one in so many …
const LEVEL_SHARE: (usize, usize) = (50, 8);
/// … but not beyond these, which nobody searches.
const LEVEL_MOST: std::ops::Range<usize> = 20..40;
/// Documents that are searched with one index at least; it holds those of their windows as well. Fewer, and the same
/// documents are put into an index over and over; more, and it grows.
const SLICE: usize = 1 << 15;
/// Candidates that are looked at once the index has been read.
const CANDIDATES: usize = 1024;

/// The neighbourhoods of all nodes, searched by several threads.
pub(super) fn neighbourhoods(corpus: &Corpus, settings: &StorySettings, workers: usize) -> Vec<Neighbourhood> {
    in_slices(corpus, settings, workers, SLICE)
}

fn in_slices(corpus: &Corpus, settings: &StorySettings, workers: usize, slice: usize) -> Vec<Neighbourhood> {
    let mut found: Vec<Neighbourhood> = vec![Neighbourhood::default(); corpus.nodes.len()];
    let mut index = Neighbours::new(corpus, settings);
    let mut works: Vec<Work> = (0..workers.clamp(1, 64)).map(|_| Work::new(corpus)).collect();
    for slice in index.slices(slice) {
        index.load(&slice);
        let Some(slots) = found.get_mut(slice.clone()) else { continue };
        let part = slots.len().div_ceil(works.len()).max(1);
        std::thread::scope(|scope| {
            for ((part_at, slots), work) in slots.chunks_mut(part).enumerate().zip(&mut works) {
                let (index, start) = (&index, slice.start + part_at * part);
                scope.spawn(move || {
                    work.seen.forget();
                    for (at, slot) in (start..).zip(slots) {
                        *slot = index.of(u32::try_from(at).unwrap_or(u32::MAX), work);
                    }
                });
            }
        });
    }
    found
}

impl<'n> Neighbours<'n> {
    fn new(corpus: &'n Corpus, settings: &'n StorySettings) -> Self {
        let nodes = corpus.nodes.as_slice();
        let mut by_language = vec![Vec::new(); corpus.languages];
        for (at, node) in (0_u32..).zip(nodes) {
            if let Some(list) = by_language.get_mut(usize::from(node.language)) {
                list.push(at);
            }
        }
        let lengths = |node: &Node| [node.vector.length(false), node.vector.length(true)];
        Self {
            nodes,
            corpus,
            settings,
            postings: Lists::default(),
            dated: nodes.partition_point(|node| node.days.is_some()),
            compact: nodes.iter().map(|node| (node.language, lengths(node))).collect(),
            by_language,
        }
    }

    /// The nodes in runs that are searched with one index each: whole days, and all without a day together.
    fn slices(&self, least: usize) -> Vec<Range<usize>> {
        // Those without a day are in every index.
        let least = least.max(self.nodes.len() - self.dated);
        if self.dated <= least {
            return std::iter::once(0..self.nodes.len()).collect();
        }
        let mut slices = Vec::new();
        let mut start = 0;
        let first = |at: usize| self.nodes.get(at).and_then(|node| node.days).map(|days| days.first);
        while start < self.dated {
            let mut end = (start + least).min(self.dated);
            while end < self.dated && first(end) == first(end - 1) {
                end += 1;
            }
            slices.push(start..end);
            start = end;
        }
        if self.dated < self.nodes.len() {
            slices.push(self.dated..self.nodes.len());
        }
        slices
    }

    /// Puts into the index what the nodes of a slice are compared with.
    fn load(&mut self, slice: &Range<usize>) {
        let windows = self.nodes.get(slice.clone()).unwrap_or_default().iter().map(|node| self.window(node));
        let (low, high) = windows.fold((usize::MAX, 0), |(low, high), window| (low.min(window.0), high.max(window.1)));
        let loaded = (low.min(high)..high).chain(high.max(self.dated)..self.nodes.len());
        // The last index goes before the next one comes.
        self.postings = Lists::default();
        self.postings = Lists::new(self.nodes, loaded, self.corpus.spaces.len());
    }

    /// The part of a feature's list that lies in a window, and the part without days. Documents of one day have one
    /// window, and share what is found.
    fn parts(&self, feature: u32, (low, high): (usize, usize), seen: &mut Seen) -> [&[(u32, f32)]; 2] {
        let list = self.postings.of(feature);
        let window = (low as u32, high as u32);
        if seen.window != window {
            seen.forget();
            seen.window = window;
        }
        let Some(place) = seen.places.get_mut(feature as usize) else { return [&[], &[]] };
        if place.age != seen.age {
            let below = |end: usize| list.partition_point(|&(other, _)| (other as usize) < end);
            let to = below(high);
            *place = Place {
                age: seen.age,
                from: below(low) as u32,
                to: to as u32,
                undated: below(self.dated).max(to) as u32,
            };
        }
        [
            list.get(place.from as usize..place.to as usize).unwrap_or_default(),
            list.get(place.undated as usize..).unwrap_or_default(),
        ]
    }

    /// The nodes that a node is compared with: those of its window, and all without a day.
    fn window(&self, node: &Node) -> (usize, usize) {
        let Some(days) = node.days else { return (0, self.nodes.len()) };
        let window = i32::from(self.settings.window);
        let first = |node: &Node| node.days.map_or(i32::MAX, |days| days.first);
        let dated = self.nodes.get(..self.dated).unwrap_or_default();
        // A span of a month that began earlier is found by its own search.
        let low = dated.partition_point(|other| first(other) < days.first.saturating_sub(window));
        let high = dated.partition_point(|other| first(other) <= days.last.saturating_add(window));
        (low, high)
    }

    /// Searches the neighbours of a node; `work` is scratch space, all zero between two calls.
    fn of(&self, at: u32, work: &mut Work) -> Neighbourhood {
        let Some(node) = self.nodes.get(at as usize) else { return Neighbourhood::default() };
        let (low, high) = self.window(node);
        let in_window = |other: usize| (low..high).contains(&other) || other >= self.dated;
        let mut entries: Vec<_> = node.vector.entries.iter().collect();
        entries.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.feature.cmp(&b.feature)));
        let mut budget = self.settings.budget;
        // What is too common to be looked up.
        let mut skipped: Vec<Entry> = Vec::new();
        for entry in entries {
            let parts = self.parts(entry.feature, (low, high), &mut work.seen);
            let length = parts.iter().map(|part| part.len()).sum::<usize>();
            if length > self.settings.frequency_cap || length > budget {
                skipped.push(*entry);
                continue;
            }
            budget -= length;
            let space = self.corpus.spaces.get(entry.feature as usize).copied().unwrap_or(Space::Word);
            let factors = [factor(space, false) * entry.weight, factor(space, true) * entry.weight];
            for &(other, weight) in parts.into_iter().flatten() {
                let one_language = self.compact.get(other as usize).is_some_and(|other| other.0 == node.language);
                let part = weight * factors.get(usize::from(one_language)).copied().unwrap_or_default();
                work.add(other, part);
            }
        }
        let mut near: Vec<Near> = Vec::with_capacity(work.touched.len());
        for other in std::mem::take(&mut work.touched) {
            let sum = work.take(other);
            if other == at || !in_window(other as usize) {
                continue;
            }
            let Some(&(language, lengths)) = self.compact.get(other as usize) else { continue };
            let one_language = language == node.language;
            let length = node.vector.length(one_language) * lengths.get(usize::from(one_language)).unwrap_or(&1.0);
            near.push(Near { node: other, likeness: sum / length.max(f32::EPSILON) });
        }
        if near.len() > CANDIDATES {
            near.select_nth_unstable_by(CANDIDATES, Near::better_first);
            near.truncate(CANDIDATES);
        }
        for near in &mut near {
            near.likeness *= self.nodes.get(near.node as usize).map_or(0.0, |their| self.fading(node, their));
        }
        near.retain(|near| near.likeness > 0.0);
        near.sort_unstable_by(Near::better_first);
        if !skipped.is_empty() {
            // It adds up: the nearest get it added.
            skipped.sort_unstable_by_key(|entry| entry.feature);
            for near in near.iter_mut().take(self.settings.neighbours) {
                let Some(their) = self.nodes.get(near.node as usize) else { continue };
                let common = node.vector.cosine_of(
                    &skipped,
                    &their.vector,
                    &self.corpus.spaces,
                    node.language == their.language,
                );
                near.likeness += common * self.fading(node, their);
            }
            near.sort_unstable_by(Near::better_first);
        }
        let level = self.level(node, &near, low, high);
        // Exactly as long as it is: there is one a document.
        Neighbourhood { nearest: near.iter().take(self.settings.neighbours).copied().collect(), level }
    }

    /// How much of a likeness is left after the days between two documents; an unknown day takes nothing.
    fn fading(&self, one: &Node, other: &Node) -> f32 {
        let (Some(one), Some(other)) = (one.days, other.days) else { return 1.0 };
        let distance = one.distance(other);
        if distance > i32::from(self.settings.window) {
            return 0.0;
        }
        (-(distance - 1).max(0) as f32 / self.settings.fading).exp()
    }

    fn level(&self, node: &Node, near: &[Near], low: usize, high: usize) -> Box<[f32]> {
        let settings = self.settings;
        let behind = self.dated.max(high);
        let count = |nodes: &Vec<u32>| {
            let below = |end: usize| nodes.partition_point(|&node| (node as usize) < end);
            below(high).saturating_sub(below(low)) + nodes.len() - below(behind)
        };
        let mut documents: Vec<usize> = self.by_language.iter().map(count).collect();
        if let Some(own) = documents.get_mut(usize::from(node.language)) {
            *own = own.saturating_sub(1);
        }
        let mut by_language: Vec<Vec<f32>> = vec![Vec::new(); self.by_language.len()];
        for near in near {
            let language = self.nodes.get(near.node as usize).map(|other| usize::from(other.language));
            if let Some(list) = language.and_then(|language| by_language.get_mut(language)) {
                list.push(near.likeness);
            }
        }
        let level = |(list, documents): (Vec<f32>, usize)| {
            let from = LEVEL.start.max(documents / LEVEL_SHARE.0).min(LEVEL_MOST.start);
            let to = LEVEL.end.max(documents / LEVEL_SHARE.1).min(LEVEL_MOST.end).min(documents);
            let seen = to.saturating_sub(from) as f32;
            let sum: f32 = list.iter().skip(from).take(to.saturating_sub(from)).sum();
            let level = (sum + settings.background_weight * settings.background) / (seen + settings.background_weight);
            level.min(settings.background_cap)
        };
        by_language.into_iter().zip(documents).map(level).collect()
    }
}

/// The inverted index: by feature the nodes that have it, ascending, with the weight; all in one array.
#[derive(Debug, Default)]
struct Lists {
    starts: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Lists {
    fn new(nodes: &[Node], loaded: impl Iterator<Item = usize> + Clone, features: usize) -> Self {
        let loaded = || loaded.clone().filter_map(|at| Some((u32::try_from(at).ok()?, nodes.get(at)?)));
        let mut starts = vec![0; features + 1];
        for entry in loaded().flat_map(|(_, node)| &node.vector.entries) {
            if let Some(count) = starts.get_mut(entry.feature as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); sum];
        for (at, node) in loaded() {
            for entry in &node.vector.entries {
                let Some(place) = next.get_mut(entry.feature as usize) else { continue };
                if let Some(slot) = entries.get_mut(*place) {
                    *slot = (at, entry.weight);
                }
                *place += 1;
            }
        }
        Self { starts, entries }
    }

    fn of(&self, feature: u32) -> &[(u32, f32)] {
        let at = feature as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else { return &[] };
        self.entries.get(start..end).unwrap_or_default()
    }
}

/// Scratch space of a search.
#[derive(Debug, Default)]
struct Work {
    sums: Vec<f32>,
    touched: Vec<u32>,
    seen: Seen,
}

/// Where the lists of features enter and leave the last window.
#[derive(Debug, Default)]
struct Seen {
    window: (u32, u32),
    age: u32,
    places: Vec<Place>,
}

impl Seen {
    fn forget(&mut self) {
        self.window = (u32::MAX, u32::MAX);
        self.age += 1;
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Of what window this is; older ones are void.
    age: u32,
    from: u32,
    to: u32,
    undated: u32,
}

impl Work {
    fn new(corpus: &Corpus) -> Self {
        let places = vec![Place::default(); corpus.spaces.len()];
        let seen = Seen { places, ..Seen::default() };
        Self { sums: vec![0.0; corpus.nodes.len()], touched: Vec::new(), seen }
    }

    fn add(&mut self, node: u32, part: f32) {
        if let Some(sum) = self.sums.get_mut(node as usize) {
            if *sum == 0.0 && part > 0.0 {
                self.touched.push(node);
            }
            *sum += part;
        }
    }

    fn take(&mut self, node: u32) -> f32 {
        self.sums.get_mut(node as usize).map(std::mem::take).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{day::Days, vectors::Vector};
    use super::*;
    use proptest::prelude::*;

    /// Language, first day and days more, features.
    type Drawn = (u16, Option<(i32, i32)>, std::collections::BTreeMap<u32, u8>);

    /// Nodes of two languages in the order of their days, some spans, some without, with features of a few.
    fn corpus() -> impl Strategy<Value = Corpus> {
        let node = (
            0_u16..2,
            proptest::option::of((0_i32..60, 0_i32..3)),
            proptest::collection::btree_map(0_u32..30, 1_u8..9, 1..8),
        );
        proptest::collection::vec(node, 1..60).prop_map(|mut nodes| {
            nodes.sort_by_key(|&(_, days, _)| (days.is_none(), days));
            let node = |(language, days, features): Drawn| Node {
                language,
                days: days.map(|(first, more)| Days { first, last: first + more }),
                vector: Vector::new(
                    features
                        .into_iter()
                        .map(|(feature, weight)| (Entry { feature, weight: f32::from(weight) }, Space::Entity))
                        .collect(),
                ),
            };
            Corpus {
                nodes: nodes.into_iter().map(node).collect(),
                spaces: vec![Space::Entity; 30],
                names: vec!["".into(); 30],
                languages: 2,
            }
        })
    }

    proptest! {
        #[test]
        fn slices_and_workers_find_what_one_index_finds(corpus in corpus(), slice in 1_usize..20, workers in 1_usize..4) {
            let settings = StorySettings::default();
            let whole = in_slices(&corpus, &settings, 1, usize::MAX);
            prop_assert_eq!(in_slices(&corpus, &settings, workers, slice), whole);
        }

        #[test]
        fn slices_are_all_nodes_in_a_row(corpus in corpus(), slice in 1_usize..20) {
            let settings = StorySettings::default();
            let slices = Neighbours::new(&corpus, &settings).slices(slice);
            let all: Vec<usize> = slices.into_iter().flatten().collect();
            prop_assert_eq!(all, (0..corpus.nodes.len()).collect::<Vec<_>>());
        }
    }
}

//! Who is near whom: an inverted index over a run's documents, and the neighbours of each, language by language.

use super::day::Days;
use super::settings::StorySettings;
use super::vectors::{Entry, Vector, factor};

/// A document as the search for neighbours sees it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) language: u16,
    pub(super) days: Option<Days>,
    pub(super) vector: Vector,
}

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
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbourhood {
    /// The nearest, best first.
    pub(super) nearest: Vec<Near>,
    /// By language: how alike its neighbours there are in general.
    pub(super) level: Vec<f32>,
}

/// The index. Nodes are sorted by their days, those without behind them.
#[derive(Debug)]
pub(super) struct Neighbours<'n> {
    nodes: &'n [Node],
    settings: &'n StorySettings,
    languages: usize,
    postings: Lists,
    /// Nodes with a day.
    dated: usize,
    /// By node: its language and the lengths of its vector, close together, since they are read at random.
    compact: Vec<(u16, [f32; 2])>,
    /// By language, then by node: nodes of the language before it.
    before: Vec<Vec<u32>>,
}

/// The neighbours that tell the level: those behind the best one (which may be the same story), up to the tenth …
const LEVEL: std::ops::Range<usize> = 1..10;
/// … or, where a language has more, from one in so many to one in so many …
const LEVEL_SHARE: (usize, usize) = (50, 8);
/// … but not beyond these, which nobody searches.
const LEVEL_MOST: std::ops::Range<usize> = 20..40;
/// Candidates that are looked at once the index has been read.
const CANDIDATES: usize = 1024;

impl<'n> Neighbours<'n> {
    pub(super) fn new(nodes: &'n [Node], features: usize, languages: usize, settings: &'n StorySettings) -> Self {
        let dated = nodes.iter().take_while(|node| node.days.is_some()).count();
        let mut before = vec![Vec::with_capacity(nodes.len() + 1); languages];
        for (language, counts) in before.iter_mut().enumerate() {
            let mut count = 0;
            counts.push(0);
            for node in nodes {
                count += u32::from(usize::from(node.language) == language);
                counts.push(count);
            }
        }
        let compact =
            nodes.iter().map(|node| (node.language, [node.vector.length(false), node.vector.length(true)])).collect();
        let postings = Lists::new(nodes, features);
        Self { nodes, settings, languages, postings, dated, compact, before }
    }

    /// The part of a feature's list that lies in a window, and the part without days. Documents of one day have one
    /// window, and share what is found.
    fn parts(&self, feature: u32, (low, high): (usize, usize), seen: &mut Seen) -> [&[(u32, f32)]; 2] {
        let list = self.postings.of(feature);
        let window = (low as u32, high as u32);
        if seen.window != window {
            seen.window = window;
            seen.age += 1;
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
    pub(super) fn of(&self, at: u32, work: &mut Work) -> Neighbourhood {
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
            let factors = [factor(entry.space, false) * entry.weight, factor(entry.space, true) * entry.weight];
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
                let common = node.vector.cosine_of(&skipped, &their.vector, node.language == their.language);
                near.likeness += common * self.fading(node, their);
            }
            near.sort_unstable_by(Near::better_first);
        }
        let level = self.level(node, &near, low, high);
        near.truncate(self.settings.neighbours);
        near.shrink_to_fit();
        Neighbourhood { nearest: near, level }
    }

    /// How much of a likeness is left after the days between two documents; an unknown day takes nothing.
    pub(super) fn fading(&self, one: &Node, other: &Node) -> f32 {
        let (Some(one), Some(other)) = (one.days, other.days) else { return 1.0 };
        let distance = one.distance(other);
        if distance > i32::from(self.settings.window) {
            return 0.0;
        }
        (-(distance - 1).max(0) as f32 / self.settings.fading).exp()
    }

    fn level(&self, node: &Node, near: &[Near], low: usize, high: usize) -> Vec<f32> {
        let settings = self.settings;
        let count = |counts: &Vec<u32>, from: usize, to: usize| {
            let at = |place: usize| counts.get(place.min(self.nodes.len())).copied().unwrap_or_default();
            at(to).saturating_sub(at(from)) as usize
        };
        let behind = self.dated.max(high);
        let mut documents: Vec<usize> = self
            .before
            .iter()
            .map(|counts| count(counts, low, high) + count(counts, behind, self.nodes.len()))
            .collect();
        if let Some(own) = documents.get_mut(usize::from(node.language)) {
            *own = own.saturating_sub(1);
        }
        let mut by_language: Vec<Vec<f32>> = vec![Vec::new(); self.languages];
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
#[derive(Debug)]
struct Lists {
    starts: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Lists {
    fn new(nodes: &[Node], features: usize) -> Self {
        let mut starts = vec![0; features + 1];
        for entry in nodes.iter().flat_map(|node| &node.vector.entries) {
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
        for (at, node) in (0_u32..).zip(nodes) {
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
pub(super) struct Work {
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

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Of what window this is; older ones are void.
    age: u32,
    from: u32,
    to: u32,
    undated: u32,
}

impl Work {
    pub(super) fn new(index: &Neighbours<'_>) -> Self {
        let places = vec![Place::default(); index.postings.starts.len()];
        let seen = Seen { window: (u32::MAX, u32::MAX), age: 0, places };
        Self { sums: vec![0.0; index.nodes.len()], touched: Vec::new(), seen }
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

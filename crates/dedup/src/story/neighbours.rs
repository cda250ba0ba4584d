//! Who is near whom: an inverted index over a run's documents, and the neighbours of each, language by language.

use super::day::Days;
use super::settings::StorySettings;
use super::vectors::{Vector, factor};

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
    /// By feature: nodes that have it, ascending, with the weight.
    postings: Vec<Vec<(u32, f32)>>,
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
        let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); features];
        for (at, node) in (0_u32..).zip(nodes) {
            for entry in &node.vector.entries {
                if let Some(list) = postings.get_mut(entry.feature as usize) {
                    list.push((at, entry.weight));
                }
            }
        }
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
        Self { nodes, settings, languages, postings, dated, compact, before }
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
        let mut whole = true;
        for entry in entries {
            let list = self.postings.get(entry.feature as usize).map(Vec::as_slice).unwrap_or_default();
            let from = list.partition_point(|&(other, _)| (other as usize) < low);
            let to = list.partition_point(|&(other, _)| (other as usize) < high);
            let undated = list.partition_point(|&(other, _)| (other as usize) < self.dated).max(to);
            let parts = [list.get(from..to).unwrap_or_default(), list.get(undated..).unwrap_or_default()];
            let length = parts.iter().map(|part| part.len()).sum::<usize>();
            if length > self.settings.frequency_cap || length > budget {
                whole = false;
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
        if !whole {
            // What was skipped is common, and adds up: the nearest are compared in full.
            for near in near.iter_mut().take(self.settings.neighbours) {
                near.likeness = self.likeness(node, near.node);
            }
            near.sort_unstable_by(Near::better_first);
        }
        let level = self.level(node, &near, low, high);
        near.truncate(self.settings.neighbours);
        near.shrink_to_fit();
        Neighbourhood { nearest: near, level }
    }

    fn likeness(&self, node: &Node, other: u32) -> f32 {
        let Some(other) = self.nodes.get(other as usize) else { return 0.0 };
        let one_language = node.language == other.language;
        node.vector.cosine(&other.vector, one_language) * self.fading(node, other)
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

/// Scratch space of a search.
#[derive(Debug, Default)]
pub(super) struct Work {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Work {
    pub(super) fn new(nodes: usize) -> Self {
        Self { sums: vec![0.0; nodes], touched: Vec::new() }
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

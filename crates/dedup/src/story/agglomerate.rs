//! Groups from pairs: the two most alike groups join first, by the mean over all their pairs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::corpus::Node;
use super::neighbours::Neighbourhood;
use super::settings::StorySettings;

/// What a pair counts for that nobody saw: unrelated documents have about a third of the general level in common.
const UNSEEN: f64 = 0.3;

/// Groups of nodes that tell one story, each ascending, in the order of their first members.
pub(super) fn groups(nodes: &[Node], neighbourhoods: &[Neighbourhood], settings: &StorySettings) -> Vec<Vec<u32>> {
    let ratios = Ratios { nodes, neighbourhoods, dated: settings.dated };
    let mut groups = Vec::new();
    for part in ratios.parts(settings.join) {
        if let [_] = part.as_slice() {
            groups.push(part);
            continue;
        }
        let found = Groups::new(part.len(), &ratios.inside(&part), settings).join();
        let global = |member: u32| part.get(member as usize).copied();
        groups.extend(found.into_iter().map(|group| group.into_iter().filter_map(global).collect::<Vec<u32>>()));
    }
    groups.sort_unstable();
    groups
}

/// How much more alike two documents are than each is to others.
struct Ratios<'n> {
    nodes: &'n [Node],
    neighbourhoods: &'n [Neighbourhood],
    /// See [`StorySettings::dated`].
    dated: f32,
}

impl Ratios<'_> {
    /// The neighbours of a node with their ratios.
    fn of(&self, at: u32) -> impl Iterator<Item = (u32, f32)> {
        let has_days = |node: u32| self.nodes.get(node as usize).is_some_and(|node| node.days.is_some());
        let level = |of: u32, other: u32| {
            let language = usize::from(self.nodes.get(other as usize)?.language);
            self.neighbourhoods.get(of as usize)?.level.get(language).copied()
        };
        let nearest = self.neighbourhoods.get(at as usize).into_iter().flat_map(|found| &found.nearest);
        nearest.filter_map(move |near| {
            let (own, their) = (level(at, near.node)?, level(near.node, at)?);
            let evidence = if has_days(at) && has_days(near.node) { self.dated } else { 1.0 };
            Some((near.node, evidence * near.likeness / (own * their).sqrt().max(f32::EPSILON)))
        })
    }

    /// All nodes, in parts that may each come to be one group: a mean of pairs that are alike enough has one pair that
    /// is, so what no chain of such pairs connects need not be looked at. Each ascending.
    fn parts(&self, join: f32) -> Vec<Vec<u32>> {
        let nodes = || (0_u32..).take(self.nodes.len());
        let mut above: Vec<u32> = nodes().collect();
        for one in nodes() {
            for (other, _) in self.of(one).filter(|&(_, ratio)| ratio >= join) {
                let (one, other) = (root(&mut above, one), root(&mut above, other));
                if let Some(slot) = above.get_mut(one.max(other) as usize) {
                    *slot = one.min(other);
                }
            }
        }
        let mut by_part: Vec<(u32, u32)> = nodes().map(|node| (root(&mut above, node), node)).collect();
        by_part.sort_unstable();
        by_part.chunk_by(|a, b| a.0 == b.0).map(|part| part.iter().map(|&(_, node)| node).collect()).collect()
    }

    /// Every pair of neighbours inside of a part, by their places in it, the lower one first.
    fn inside(&self, part: &[u32]) -> Vec<(u32, u32, f32)> {
        let mut pairs = Vec::new();
        for (at, &node) in (0_u32..).zip(part) {
            for (other, ratio) in self.of(node) {
                if let Some(other) = part.binary_search(&other).ok().and_then(|other| u32::try_from(other).ok()) {
                    pairs.push((at.min(other), at.max(other), ratio));
                }
            }
        }
        // Both ends may have found a pair, with sums in another order.
        pairs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        pairs.dedup_by_key(|&mut (one, other, _)| (one, other));
        pairs
    }
}

/// The name of a node's part: union-find with paths halved.
fn root(above: &mut [u32], mut node: u32) -> u32 {
    while let Some(&next) = above.get(node as usize).filter(|&&next| next != node) {
        let over = above.get(next as usize).copied().unwrap_or(next);
        if let Some(slot) = above.get_mut(node as usize) {
            *slot = over;
        }
        node = over;
    }
    node
}

/// The groups under way.
#[derive(Debug)]
struct Groups<'s> {
    settings: &'s StorySettings,
    groups: Vec<Group>,
    /// Pairs of groups that may join, best first; stale ones are skipped when they come up.
    queue: BinaryHeap<(Score, Reverse<u32>, Reverse<u32>)>,
}

#[derive(Debug, Default)]
struct Group {
    /// Ascending; empty once it has joined another.
    members: Vec<u32>,
    /// Sum over the pairs inside.
    inside: f64,
    links: BTreeMap<u32, Link>,
}

/// The pairs between two groups.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    /// Over the pairs that were seen.
    sum: f64,
    seen: u32,
    best: f64,
}

impl Link {
    fn and(self, other: Self) -> Self {
        Self { sum: self.sum + other.sum, seen: self.seen + other.seen, best: self.best.max(other.best) }
    }

    /// Over so many pairs, seen or not.
    fn whole(self, pairs: f64) -> f64 {
        self.sum + (pairs - f64::from(self.seen)) * UNSEEN
    }
}

/// A mean as an ordered number: millionths, so that equal sums in another order stay equal.
type Score = i64;

fn score(mean: f64) -> Score {
    (mean * 1e6).round() as Score
}

impl<'s> Groups<'s> {
    /// Every node by itself; `pairs` are two nodes, the lower one first, each pair once, and how alike they are (ratio).
    fn new(nodes: usize, pairs: &[(u32, u32, f32)], settings: &'s StorySettings) -> Self {
        let groups = (0_u32..).take(nodes).map(|node| Group { members: vec![node], ..Group::default() }).collect();
        let mut all = Self { settings, groups, queue: BinaryHeap::new() };
        for &(one, other, ratio) in pairs {
            for (from, to) in [(one, other), (other, one)] {
                if let Some(group) = all.groups.get_mut(from as usize) {
                    let ratio = f64::from(ratio);
                    group.links.insert(to, Link { sum: ratio, seen: 1, best: ratio });
                }
            }
            all.push(one, other);
        }
        all
    }

    /// Joins all that belong together; returns the groups, each ascending, in the order of their first members.
    fn join(mut self) -> Vec<Vec<u32>> {
        while let Some((expected, Reverse(one), Reverse(other))) = self.queue.pop() {
            let Some(mean) = self.mean(one, other).filter(|&mean| score(mean) == expected) else { continue };
            if self.may_join(one, other, mean) {
                self.merge(one, other);
            }
        }
        let mut groups: Vec<Vec<u32>> =
            self.groups.into_iter().map(|group| group.members).filter(|members| !members.is_empty()).collect();
        groups.sort_unstable();
        groups
    }

    fn mean(&self, one: u32, other: u32) -> Option<f64> {
        let (group, their) = (self.groups.get(one as usize)?, self.groups.get(other as usize)?);
        let pairs = (group.members.len() * their.members.len()) as f64;
        Some(group.links.get(&other)?.whole(pairs) / pairs)
    }

    fn push(&mut self, one: u32, other: u32) {
        if let Some(mean) = self.mean(one, other).filter(|&mean| mean >= f64::from(self.settings.join)) {
            self.queue.push((score(mean), Reverse(one.min(other)), Reverse(one.max(other))));
        }
    }

    fn may_join(&self, one: u32, other: u32, mean: f64) -> bool {
        let cohesion = |group: u32| {
            let group = self.groups.get(group as usize)?;
            let pairs = group.members.len() * group.members.len().saturating_sub(1) / 2;
            (pairs > 0).then(|| group.inside / pairs as f64)
        };
        let cap = f64::from(self.settings.cohesion_cap);
        match (cohesion(one), cohesion(other)) {
            (Some(one), Some(other)) => mean >= one.min(other).min(cap) * f64::from(self.settings.cohesion),
            (Some(cohesion), None) | (None, Some(cohesion)) => {
                let best =
                    self.groups.get(one as usize).and_then(|group| group.links.get(&other)).map(|link| link.best);
                best.unwrap_or_default() >= cohesion.min(cap) * f64::from(self.settings.cohesion_of_one)
            }
            (None, None) => true,
        }
    }

    fn merge(&mut self, one: u32, other: u32) {
        let Some(gone) = self.groups.get_mut(other as usize).map(std::mem::take) else { return };
        let mut touched = Vec::new();
        let between = gone.links.get(&one).copied().unwrap_or_default();
        let Some(group) = self.groups.get_mut(one as usize) else { return };
        group.inside += gone.inside + between.whole((group.members.len() * gone.members.len()) as f64);
        group.members.extend(&gone.members);
        group.members.sort_unstable();
        group.links.remove(&other);
        for (&third, &link) in gone.links.iter().filter(|&(&third, _)| third != one) {
            let known = group.links.entry(third).or_default();
            *known = known.and(link);
        }
        touched.extend(group.links.iter().map(|(&third, &link)| (third, link)));
        for &(third, link) in &touched {
            if let Some(third) = self.groups.get_mut(third as usize) {
                third.links.remove(&other);
                third.links.insert(one, link);
            }
        }
        for (third, _) in touched {
            self.push(one, third);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn groups(nodes: usize, pairs: &[(u32, u32, f32)]) -> Vec<Vec<u32>> {
        Groups::new(nodes, pairs, &StorySettings::default()).join()
    }

    #[test]
    fn alike_documents_join_and_a_chain_does_not() {
        assert_eq!(groups(4, &[(0, 1, 4.0), (0, 2, 3.0), (1, 2, 3.0)]), [vec![0, 1, 2], vec![3]]);
        // 0-1-2-3 in a row: the ends have nothing in common.
        let chain = groups(4, &[(0, 1, 2.5), (1, 2, 2.5), (2, 3, 2.5)]);
        assert_eq!(chain, [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn two_tight_groups_stay_apart() {
        let mut pairs = vec![(0, 1, 4.0), (2, 3, 4.0)];
        pairs.extend([(0, 2, 2.0), (0, 3, 2.0), (1, 2, 2.0), (1, 3, 2.0)]);
        assert_eq!(groups(4, &pairs), [vec![0, 1], vec![2, 3]]);
    }

    proptest! {
        #[test]
        fn the_order_of_pairs_is_no_matter(
            pairs in proptest::collection::btree_map((0_u32..12, 0_u32..12), 0.0_f32..5.0, 0..40),
            seed in any::<u64>(),
        ) {
            let pairs: Vec<(u32, u32, f32)> =
                pairs.into_iter().filter(|((one, other), _)| one < other).map(|((one, other), ratio)| (one, other, ratio)).collect();
            let mut shuffled = pairs.clone();
            shuffled.sort_by_key(|&(one, other, _)| (u64::from(one * 31 + other)).wrapping_mul(seed | 1).rotate_left(17));
            let found = groups(12, &pairs);
            prop_assert_eq!(&found, &groups(12, &shuffled));
            let mut all: Vec<u32> = found.into_iter().flatten().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..12).collect::<Vec<_>>());
        }
    }
}

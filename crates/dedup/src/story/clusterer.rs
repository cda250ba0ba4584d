//! Gathers sketches while a run goes on, and makes stories of them at its end.

use std::{cmp::Reverse, collections::HashMap, hash::BuildHasherDefault};

use khabar_model::{DuplicateStatus, StoryRow, Verdict};

use super::agglomerate::Groups;
use super::neighbours::{Neighbourhood, Neighbours, Node, Work};
use super::settings::StorySettings;
use super::sketch::{Space, StorySketch};
use super::vectors::{Entry, Vector, weight};
use super::{day::Days, why};
use crate::postings::KeyHasher;

type Map<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// The documents of a run, until their stories are known. Holds at most 2^32 documents.
#[derive(Debug, Default)]
pub struct Clusterer {
    settings: StorySettings,
    documents: Vec<Document>,
    by_id: Map<Box<str>, u32>,
    languages: Vec<Box<str>>,
    features: Map<(u64, Space), u32>,
    /// By feature, with the first of its spellings in the order of bytes.
    names: Vec<(Space, Box<str>)>,
}

#[derive(Debug)]
struct Document {
    id: Box<str>,
    /// The first document with its text; itself if there is none.
    twin: u32,
    language: u16,
    days: Option<Days>,
    tokens: u32,
    /// Features, ascending, and how often it has them.
    features: Box<[u32]>,
    counts: Box<[u8]>,
}

/// A feature that several documents have.
#[derive(Clone, Copy, Debug)]
struct Shared {
    key: u64,
    space: Space,
    feature: u32,
    /// Documents with it, copies left out.
    frequency: u32,
    /// Bits of the languages that have it.
    languages: u64,
}

impl Default for Shared {
    fn default() -> Self {
        Self { key: 0, space: Space::Word, feature: UNSHARED, frequency: 0, languages: 0 }
    }
}

impl Shared {
    fn may_join(&self) -> bool {
        self.space != Space::Skeleton || self.languages.count_ones() > 1
    }
}

/// The rank of a feature that joins no two documents.
const UNSHARED: u32 = u32::MAX;

impl Clusterer {
    /// Knows no document yet.
    pub fn new(settings: StorySettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Takes in a document with the verdict on it. Only exact copies are taken for one document: which documents are
    /// near or abridged depends on which of them came first, and they join by what they have in common.
    pub fn add(&mut self, id: &str, sketch: &StorySketch, verdict: &Verdict) {
        let at = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let copied = verdict.of.as_deref().filter(|_| verdict.status == DuplicateStatus::Exact);
        let original = copied.and_then(|of| self.documents.get(*self.by_id.get(of)? as usize));
        let twin = original.map_or(at, |original| original.twin);
        self.by_id.entry(id.into()).or_insert(at);
        let language = self.language(&sketch.language);
        let mut found: Vec<(u32, u8)> = Vec::with_capacity(sketch.features.len());
        for (feature, name) in sketch.features.iter().zip(sketch.names.split('\n')) {
            let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            let index = *self.features.entry((feature.key, feature.space)).or_insert(next);
            if index == next {
                self.names.push((feature.space, name.into()));
            } else if let Some((_, known)) = self.names.get_mut(index as usize).filter(|(_, known)| name < &**known) {
                // Of several spellings the first in the alphabet, whoever came first.
                *known = name.into();
            }
            found.push((index, feature.count));
        }
        found.sort_unstable();
        self.documents.push(Document {
            id: id.into(),
            twin,
            language,
            days: sketch.days,
            tokens: sketch.tokens,
            features: found.iter().map(|&(feature, _)| feature).collect(),
            counts: found.iter().map(|&(_, count)| count).collect(),
        });
    }

    /// Documents so far.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Memory in bytes that the documents so far take, near enough; making stories takes about as much again.
    pub fn memory_bytes(&self) -> usize {
        let documents = self.documents.iter().map(|document| 2 * document.id.len() + 5 * document.features.len());
        let names = self.names.iter().map(|(_, name)| name.len() + size_of::<(Space, Box<str>)>());
        documents.sum::<usize>()
            + names.sum::<usize>()
            + self.documents.capacity() * size_of::<Document>()
            + self.features.capacity() * 8 / 7 * (size_of::<((u64, Space), u32)>() + 1)
            + self.by_id.capacity() * 8 / 7 * (size_of::<(Box<str>, u32)>() + 1)
    }

    /// The stories: one row a document, those of a story in a row and in the order of their dates, then of their ids;
    /// stories in the order of their first documents. A document that shares its event with no other is a story of one.
    ///
    /// `workers` threads search; the rows do not depend on their number, nor on the order in which documents came.
    pub fn stories(&self, workers: usize) -> Vec<StoryRow> {
        let order = self.representatives();
        let shared = self.shared(&order);
        let nodes = self.nodes(&order, &shared);
        let index = Neighbours::new(&nodes, shared.len(), self.languages.len(), &self.settings);
        let neighbourhoods = search(&index, nodes.len(), workers);
        let pairs = pairs(&nodes, &neighbourhoods, self.settings.dated);
        let groups = Groups::new(nodes.len(), &pairs, &self.settings).join();
        self.rows(&order, &shared, &nodes, &neighbourhoods, &groups)
    }

    fn language(&mut self, code: &str) -> u16 {
        let at = self.languages.iter().position(|known| &**known == code).unwrap_or_else(|| {
            self.languages.push(code.into());
            self.languages.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// One document for each text, the longest of its copies; by date, then by id, those without a date last.
    fn representatives(&self) -> Vec<u32> {
        let mut longest: Map<u32, u32> = Map::default();
        for (at, document) in (0_u32..).zip(&self.documents) {
            let best = longest.entry(document.twin).or_insert(at);
            let standing = self.documents.get(*best as usize);
            if standing.is_none_or(|standing| (document.tokens, &standing.id) > (standing.tokens, &document.id)) {
                *best = at;
            }
        }
        let mut order: Vec<u32> = longest.into_values().collect();
        order.sort_unstable_by_key(|&at| self.place(at));
        order
    }

    /// By what documents are sorted.
    fn place(&self, at: u32) -> (bool, Option<Days>, &str, u32) {
        let document = self.documents.get(at as usize);
        let days = document.and_then(|document| document.days);
        (days.is_none(), days, document.map_or("", |document| &document.id), at)
    }

    /// The features that more than one document has, the most frequent first: the places of lists that are read over
    /// and over lie together, and the common part of a document is its beginning. Skeletons that stay within a language
    /// are left out: the skeleton of a word that no other language has is no name that crosses.
    fn shared(&self, order: &[u32]) -> Vec<Shared> {
        let mut shared: Vec<Shared> = vec![Shared::default(); self.names.len()];
        #[expect(clippy::iter_over_hash_type, reason = "each goes to a place of its own")]
        for (&(key, space), &feature) in &self.features {
            if let Some(slot) = shared.get_mut(feature as usize) {
                *slot = Shared { key, space, feature, ..Shared::default() };
            }
        }
        for document in order.iter().filter_map(|&at| self.documents.get(at as usize)) {
            for &feature in &document.features {
                if let Some(slot) = shared.get_mut(feature as usize) {
                    slot.frequency += 1;
                    // The 64th language and on share a bit.
                    slot.languages |= 1 << document.language.min(63);
                }
            }
        }
        shared.retain(|shared| shared.frequency > 1 && shared.may_join());
        shared.sort_unstable_by_key(|shared| (Reverse(shared.frequency), shared.key, shared.space));
        shared
    }

    fn nodes(&self, order: &[u32], shared: &[Shared]) -> Vec<Node> {
        let documents = || order.iter().filter_map(|&at| self.documents.get(at as usize));
        let mut ranks: Vec<u32> = vec![UNSHARED; self.names.len()];
        for (rank, shared) in (0_u32..).zip(shared) {
            if let Some(slot) = ranks.get_mut(shared.feature as usize) {
                *slot = rank;
            }
        }
        let mut nodes: Vec<Node> = documents()
            .map(|document| Node { language: document.language, days: document.days, vector: Vector::default() })
            .collect();
        let mut own: Vec<u32> = vec![0; self.names.len()];
        for language in (0_u16..).take(self.languages.len()) {
            own.fill(0);
            let mut count = 0;
            for document in documents().filter(|document| document.language == language) {
                count += 1;
                for &feature in &document.features {
                    if let Some(own) = own.get_mut(feature as usize) {
                        *own += 1;
                    }
                }
            }
            for (node, document) in nodes.iter_mut().zip(documents()) {
                if document.language == language {
                    node.vector = self.vector(document, &own, count, &ranks);
                }
            }
        }
        nodes
    }

    fn vector(&self, document: &Document, own: &[u32], count: u32, ranks: &[u32]) -> Vector {
        let entry = |(&feature, &times): (&u32, &u8)| {
            let at = feature as usize;
            let (space, _) = self.names.get(at)?;
            let rank = *ranks.get(at)?;
            if *space == Space::Skeleton && rank == UNSHARED {
                return None;
            }
            let weight = weight(times, *own.get(at)?, count, self.settings.prior);
            (weight > 0.0).then_some(Entry { feature: rank, space: *space, weight })
        };
        let entries = document.features.iter().zip(&document.counts).filter_map(entry).collect();
        let mut vector = Vector::new(entries);
        // What no other has counts for the length alone.
        vector.keep_below(UNSHARED);
        vector
    }

    fn rows(
        &self,
        order: &[u32],
        shared: &[Shared],
        nodes: &[Node],
        neighbourhoods: &[Neighbourhood],
        groups: &[Vec<u32>],
    ) -> Vec<StoryRow> {
        let mut twins: Map<u32, Vec<u32>> = Map::default();
        for (at, document) in (0_u32..).zip(&self.documents) {
            twins.entry(document.twin).or_default().push(at);
        }
        let mut stories: Vec<Vec<(u32, u32)>> = Vec::with_capacity(groups.len());
        for group in groups {
            let mut members: Vec<(u32, u32)> = Vec::new();
            for &node in group {
                let twin = order.get(node as usize).and_then(|&at| Some(self.documents.get(at as usize)?.twin));
                let documents = twin.and_then(|twin| twins.get(&twin)).into_iter().flatten();
                members.extend(documents.map(|&at| (at, node)));
            }
            members.sort_unstable_by_key(|&(at, _)| self.place(at));
            stories.push(members);
        }
        stories.sort_unstable_by_key(|members| members.first().map(|&(at, _)| self.place(at)));
        let name = |rank: u32| {
            let (space, name) = self.names.get(shared.get(rank as usize)?.feature as usize)?;
            Some((*space, &**name))
        };
        let mut rows = Vec::with_capacity(self.documents.len());
        for members in &stories {
            let story = members.first().map(|&(at, _)| self.id(at)).unwrap_or_default();
            let group: Vec<u32> = members.iter().map(|&(_, node)| node).collect();
            for &(at, node) in members {
                let representative = order.get(node as usize).copied().unwrap_or(at);
                let why = if representative == at {
                    let id = |node: u32| order.get(node as usize).map(|&at| self.id(at)).unwrap_or_default();
                    why::of(node, &group, nodes, neighbourhoods, name, id)
                } else {
                    vec![format!("duplicate: {}", self.id(representative))]
                };
                rows.push(StoryRow { story: story.clone(), id: self.id(at), why });
            }
        }
        rows
    }

    fn id(&self, at: u32) -> String {
        self.documents.get(at as usize).map(|document| document.id.to_string()).unwrap_or_default()
    }
}

/// The neighbourhoods of all nodes, searched by several threads.
fn search(index: &Neighbours<'_>, nodes: usize, workers: usize) -> Vec<Neighbourhood> {
    let mut found: Vec<Neighbourhood> = vec![Neighbourhood::default(); nodes];
    let part = nodes.div_ceil(workers.clamp(1, 64)).max(1);
    std::thread::scope(|scope| {
        for (part_at, slots) in found.chunks_mut(part).enumerate() {
            scope.spawn(move || {
                let mut work = Work::new(index);
                for (at, slot) in slots.iter_mut().enumerate() {
                    *slot = index.of(u32::try_from(part_at * part + at).unwrap_or(u32::MAX), &mut work);
                }
            });
        }
    });
    found
}

/// Every pair of neighbours, the lower node first, with how much more alike they are than each is to others.
fn pairs(nodes: &[Node], neighbourhoods: &[Neighbourhood], dated: f32) -> Vec<(u32, u32, f32)> {
    let mut pairs = Vec::new();
    let has_days = |node: u32| nodes.get(node as usize).is_some_and(|node| node.days.is_some());
    let level = |of: u32, other: u32| {
        let language = usize::from(nodes.get(other as usize)?.language);
        neighbourhoods.get(of as usize)?.level.get(language).copied()
    };
    for (at, neighbourhood) in (0_u32..).zip(neighbourhoods) {
        for near in &neighbourhood.nearest {
            if let (Some(own), Some(their)) = (level(at, near.node), level(near.node, at)) {
                let evidence = if has_days(at) && has_days(near.node) { dated } else { 1.0 };
                let ratio = evidence * near.likeness / (own * their).sqrt().max(f32::EPSILON);
                pairs.push((at.min(near.node), at.max(near.node), ratio));
            }
        }
    }
    // Both ends may have found a pair, with sums in another order.
    pairs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    pairs.dedup_by_key(|&mut (one, other, _)| (one, other));
    pairs
}

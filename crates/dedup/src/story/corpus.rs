//! The documents of a run once all are there: weighted vectors over the features that they share.

use std::cmp::Reverse;

use super::clusterer::{Document, Map};
use super::day::Days;
use super::settings::StorySettings;
use super::sketch::Space;
use super::vectors::{Entry, UNSHARED, Vector, weight};

/// A document as the search for neighbours sees it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) language: u16,
    pub(super) days: Option<Days>,
    pub(super) vector: Vector,
}

/// All documents that are compared, and by rank what their features are of and are called.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    pub(super) nodes: Vec<Node>,
    pub(super) spaces: Vec<Space>,
    pub(super) names: Vec<Box<str>>,
    pub(super) languages: usize,
}

/// How many documents have a feature, copies left out, and the bits of their languages.
#[derive(Clone, Copy, Debug, Default)]
struct Spread {
    documents: u32,
    languages: u64,
}

impl Corpus {
    /// Takes the features out of the documents: `order` says which of them are compared, and in what order.
    pub(super) fn new(
        documents: &mut [Document],
        order: &[u32],
        features: Map<(u64, Space), u32>,
        names: Vec<(Space, Box<str>)>,
        languages: usize,
        settings: &StorySettings,
    ) -> Self {
        let mut spreads = vec![Spread::default(); names.len()];
        for document in order.iter().filter_map(|&at| documents.get(at as usize)) {
            for &feature in &document.features {
                if let Some(spread) = spreads.get_mut(feature as usize) {
                    spread.documents += 1;
                    // The 64th language and on share a bit.
                    spread.languages |= 1 << document.language.min(63);
                }
            }
        }
        let shared = shared(features, &spreads);
        drop(spreads);
        let mut ranks: Vec<u32> = vec![UNSHARED; names.len()];
        for (rank, &feature) in (0_u32..).zip(&shared) {
            if let Some(slot) = ranks.get_mut(feature as usize) {
                *slot = rank;
            }
        }
        let mut nodes: Vec<Node> = order
            .iter()
            .filter_map(|&at| documents.get(at as usize))
            .map(|document| Node { language: document.language, days: document.days, vector: Vector::default() })
            .collect();
        let mut own: Vec<u32> = vec![0; names.len()];
        for language in (0_u16..).take(languages) {
            own.fill(0);
            let mut count = 0;
            let is_of = |document: &&Document| document.language == language;
            for document in order.iter().filter_map(|&at| documents.get(at as usize)).filter(is_of) {
                count += 1;
                for &feature in &document.features {
                    if let Some(own) = own.get_mut(feature as usize) {
                        *own += 1;
                    }
                }
            }
            for (node, &at) in nodes.iter_mut().zip(order).filter(|(node, _)| node.language == language) {
                let Some(document) = documents.get_mut(at as usize) else { continue };
                let (kept, counts) = (std::mem::take(&mut document.features), std::mem::take(&mut document.counts));
                let entries = kept.iter().zip(&counts).filter_map(|(&feature, &times)| {
                    let at = feature as usize;
                    let (&(space, _), &rank) = (names.get(at)?, ranks.get(at)?);
                    if space == Space::Skeleton && rank == UNSHARED {
                        return None;
                    }
                    let weight = weight(times, *own.get(at)?, count, settings.prior);
                    (weight > 0.0).then_some((Entry { feature: rank, weight }, space))
                });
                node.vector = Vector::new(entries.collect());
            }
        }
        let mut names = names;
        let (spaces, names) = shared
            .iter()
            .filter_map(|&feature| names.get_mut(feature as usize).map(|(space, name)| (*space, std::mem::take(name))))
            .unzip();
        Self { nodes, spaces, names, languages }
    }
}

/// The features that more than one document has, the most frequent first: the places of lists that are read over and
/// over lie together, and the common part of a document is its beginning. Skeletons that stay within a language are left
/// out: the skeleton of a word that no other language has is no name that crosses.
fn shared(features: Map<(u64, Space), u32>, spreads: &[Spread]) -> Vec<u32> {
    let mut shared: Vec<(Reverse<u32>, u64, Space, u32)> = Vec::new();
    #[expect(clippy::iter_over_hash_type, reason = "sorted right after")]
    for ((key, space), feature) in features {
        let Some(spread) = spreads.get(feature as usize) else { continue };
        if spread.documents > 1 && (space != Space::Skeleton || spread.languages.count_ones() > 1) {
            shared.push((Reverse(spread.documents), key, space, feature));
        }
    }
    shared.sort_unstable();
    shared.into_iter().map(|(_, _, _, feature)| feature).collect()
}

//! Weighted features: how much each one says, and how alike two documents are.

use super::sketch::{SPACES, Space};

/// Weights of the spaces between documents of one language: what they say, and their words.
const ONE_LANGUAGE: [f32; SPACES] = [0.7, 1.0, 0.0, 1.0, 0.5, 1.0];
/// And between documents of two: names by their skeletons, no words.
const TWO_LANGUAGES: [f32; SPACES] = [0.0, 1.0, 1.0, 1.0, 0.7, 1.0];

/// The rank of a feature that joins no two documents.
pub(super) const UNSHARED: u32 = u32::MAX;

/// A document's features with their weights, ascending by feature.
#[derive(Clone, Debug, Default)]
pub(super) struct Vector {
    pub(super) entries: Box<[Entry]>,
    /// Lengths of the vector between documents of one language, and of two.
    lengths: [f32; 2],
}

/// A feature and its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its rank: the place in the list of features that documents share.
    pub(super) feature: u32,
    pub(super) weight: f32,
}

/// What a feature of so many documents out of so many, of one language, says when a document has it `count` times.
/// `prior` documents without it are added, see [`StorySettings::prior`](super::StorySettings::prior).
pub(super) fn weight(count: u8, frequency: u32, documents: u32, prior: f32) -> f32 {
    let rarity = ((documents as f32 + prior) / (frequency as f32 + 0.5)).ln().max(0.0);
    (1.0 + f32::from(count.max(1)).ln()) * rarity
}

/// What a shared feature adds to the product of two documents, by whether they are of one language.
pub(super) fn factor(space: Space, one_language: bool) -> f32 {
    let weights = if one_language { &ONE_LANGUAGE } else { &TWO_LANGUAGES };
    weights.get(space as usize).map_or(0.0, |weight| weight * weight)
}

impl Vector {
    /// Of features with their ranks. Those that no other document has, [`UNSHARED`], count for the length alone.
    pub(super) fn new(mut entries: Vec<(Entry, Space)>) -> Self {
        // Sums of floats depend on their order, and entries come in that of the input.
        entries.sort_unstable_by(|(a, of_a), (b, of_b)| {
            (a.feature, of_a).cmp(&(b.feature, of_b)).then(a.weight.total_cmp(&b.weight))
        });
        let length = |one_language: bool| {
            let squares =
                entries.iter().map(|(entry, space)| factor(*space, one_language) * entry.weight * entry.weight);
            squares.sum::<f32>().sqrt()
        };
        let lengths = [length(false), length(true)];
        let shared = entries.iter().filter(|(entry, _)| entry.feature != UNSHARED);
        Self { entries: shared.map(|&(entry, _)| entry).collect(), lengths }
    }

    /// What a product is divided by.
    pub(super) fn length(&self, one_language: bool) -> f32 {
        self.lengths.get(usize::from(one_language)).copied().unwrap_or_default()
    }

    /// What some entries, ascending, add to the likeness with a document, 0 to 1. `spaces` by rank.
    pub(super) fn cosine_of(&self, entries: &[Entry], other: &Self, spaces: &[Space], one_language: bool) -> f32 {
        let mut sum = 0.0;
        each_shared(entries, other, spaces, |entry, space, their| {
            sum += factor(space, one_language) * entry.weight * their;
        });
        sum / (self.length(one_language) * other.length(one_language)).max(f32::EPSILON)
    }

    /// The features that two documents share, with what each adds to their cosine.
    pub(super) fn shared(&self, other: &Self, spaces: &[Space], one_language: bool) -> Vec<(u32, f32)> {
        let divisor = (self.length(one_language) * other.length(one_language)).max(f32::EPSILON);
        let mut shared = Vec::new();
        each_shared(&self.entries, other, spaces, |entry, space, their| {
            let part = factor(space, one_language) * entry.weight * their / divisor;
            if part > 0.0 {
                shared.push((entry.feature, part));
            }
        });
        shared
    }
}

/// Entries, ascending, that another document has as well, with the weight there.
fn each_shared(entries: &[Entry], other: &Vector, spaces: &[Space], mut each: impl FnMut(&Entry, Space, f32)) {
    let mut theirs = other.entries.iter().peekable();
    for entry in entries {
        while theirs.next_if(|their| their.feature < entry.feature).is_some() {}
        if let (Some(their), Some(&space)) =
            (theirs.next_if(|their| their.feature == entry.feature), spaces.get(entry.feature as usize))
        {
            each(entry, space, their.weight);
        }
    }
}

//! Weighted features: how much each one says, and how alike two documents are.

use super::sketch::{SPACES, Space};

/// Weights of the spaces between documents of one language: what they say, and their words.
const ONE_LANGUAGE: [f32; SPACES] = [0.7, 1.0, 0.0, 1.0, 0.5, 1.0];
/// And between documents of two: names by their skeletons, no words.
const TWO_LANGUAGES: [f32; SPACES] = [0.0, 1.0, 1.0, 1.0, 0.7, 1.0];
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
    pub(super) feature: u32,
    pub(super) space: Space,
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
    pub(super) fn new(mut entries: Vec<Entry>) -> Self {
        // Sums of floats depend on their order, and entries come in that of the input.
        entries.sort_unstable_by(|a, b| {
            (a.feature, a.space).cmp(&(b.feature, b.space)).then(a.weight.total_cmp(&b.weight))
        });
        let length = |one_language: bool| {
            let squares = entries.iter().map(|entry| factor(entry.space, one_language) * entry.weight * entry.weight);
            squares.sum::<f32>().sqrt()
        };
        let lengths = [length(false), length(true)];
        Self { entries: entries.into(), lengths }
    }

    /// Keeps the entries of features below one; lengths stay.
    pub(super) fn keep_below(&mut self, end: u32) {
        self.entries = self.entries.iter().copied().filter(|entry| entry.feature < end).collect();
    }

    /// What a product is divided by.
    pub(super) fn length(&self, one_language: bool) -> f32 {
        self.lengths.get(usize::from(one_language)).copied().unwrap_or_default()
    }

    /// What some entries, ascending, add to the likeness with a document, 0 to 1.
    pub(super) fn cosine_of(&self, entries: &[Entry], other: &Self, one_language: bool) -> f32 {
        let mut sum = 0.0;
        each_shared(entries, other, |entry, their| sum += factor(entry.space, one_language) * entry.weight * their);
        sum / (self.length(one_language) * other.length(one_language)).max(f32::EPSILON)
    }

    /// The features that two documents share, with what each adds to their cosine.
    pub(super) fn shared(&self, other: &Self, one_language: bool) -> Vec<(Entry, f32)> {
        let divisor = (self.length(one_language) * other.length(one_language)).max(f32::EPSILON);
        let mut shared = Vec::new();
        each_shared(&self.entries, other, |entry, their| {
            let part = factor(entry.space, one_language) * entry.weight * their / divisor;
            if part > 0.0 {
                shared.push((*entry, part));
            }
        });
        shared
    }
}

/// Entries, ascending, that another document has as well, with the weight there.
fn each_shared(entries: &[Entry], other: &Vector, mut each: impl FnMut(&Entry, f32)) {
    let mut theirs = other.entries.iter().peekable();
    for entry in entries {
        while theirs.next_if(|their| their.feature < entry.feature).is_some() {}
        if let Some(their) = theirs.next_if(|their| their.feature == entry.feature) {
            each(entry, their.weight);
        }
    }
}

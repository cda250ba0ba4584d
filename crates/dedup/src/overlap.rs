//! How much two texts share, and what that makes of them.

use khabar_model::DuplicateStatus;

use crate::settings::Settings;

/// What two documents share: measured on the sets of their folded 2-grams, so it survives spelling and the order of
/// paragraphs. Symmetric.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Shared pairs over all pairs of both, 0 to 1; 0 where either has none.
    pub jaccard: f32,
    /// Shared pairs over the pairs of the smaller set, 0 to 1; 0 where either has none.
    pub containment: f32,
    /// Tokens of the shorter document over those of the longer one, 0 to 1.
    pub length_ratio: f32,
}

impl Overlap {
    /// Of sets of `left` and `right` pairs that share `shared`.
    pub(crate) fn of(left: u32, right: u32, shared: u32, length_ratio: f32) -> Self {
        if left == 0 || right == 0 {
            return Self { length_ratio, ..Self::default() };
        }
        Self {
            jaccard: shared as f32 / (left + right - shared) as f32,
            containment: shared as f32 / left.min(right) as f32,
            length_ratio,
        }
    }

    /// What the overlap alone makes of the pair: a status, and whether it holds whatever their leads.
    pub(crate) fn relation(&self, settings: &Settings) -> Option<(DuplicateStatus, bool)> {
        if self.length_ratio >= settings.near_length {
            let near = self.jaccard >= settings.near_jaccard;
            near.then_some((DuplicateStatus::Near, self.jaccard >= settings.sure_jaccard))
        } else {
            let abridged =
                self.length_ratio >= settings.abridged_length && self.containment >= settings.abridged_containment;
            abridged.then_some((DuplicateStatus::Abridged, self.containment >= settings.sure_containment))
        }
    }
}

/// The size of the intersection of two sorted lists, repeats counted. Written without branches on the data: which of
/// the two is smaller can't be predicted.
pub(crate) fn shared<T: Ord>(left: &[T], right: &[T]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        shared += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    shared
}

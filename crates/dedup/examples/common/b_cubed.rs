//! How well stories agree with what belongs together.

use std::collections::HashMap;

/// B-cubed precision and recall of documents, each with the story that was found and the one that it belongs to.
pub(crate) fn b_cubed<F: Eq + std::hash::Hash + Copy, T: Eq + std::hash::Hash + Copy>(
    documents: &[(F, T)],
) -> [f64; 2] {
    let (mut found, mut truth, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for &(story, event) in documents {
        *found.entry(story).or_insert(0.0) += 1.0;
        *truth.entry(event).or_insert(0.0) += 1.0;
        *both.entry((story, event)).or_insert(0.0) += 1.0;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (story, event) in documents {
        let common = both.get(&(*story, *event)).copied().unwrap_or(0.0);
        precision += common / found.get(story).copied().unwrap_or(1.0);
        recall += common / truth.get(event).copied().unwrap_or(1.0);
    }
    [precision / documents.len().max(1) as f64, recall / documents.len().max(1) as f64]
}

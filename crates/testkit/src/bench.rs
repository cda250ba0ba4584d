//! Text to measure with.

/// About `size` bytes of one text: its words in an order that does not repeat soon, so that no branch is learned by heart.
#[must_use]
pub fn shuffled(sample: &str, size: usize) -> String {
    let words: Vec<_> = sample.split_inclusive(' ').collect();
    let mut text = String::with_capacity(size + 128);
    let mut state = 1_u64;
    while text.len() < size && !words.is_empty() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(words.get((state >> 33) as usize % words.len()).copied().unwrap_or_default());
    }
    text
}

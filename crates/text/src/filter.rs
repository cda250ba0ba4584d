//! Words that a table has, as bits.

/// Tells of most words that no table has them, without a hash of all their bytes: 64 Ki bits, a word's by its length and its
/// first and last eight bytes.
///
/// ```
/// let mut filter = khabar_text::WordFilter::default();
/// filter.insert("خبر");
/// assert!(filter.may_have("خبر"));
/// assert!(!filter.may_have("كتاب"));
/// ```
#[derive(Clone, Debug)]
pub struct WordFilter(Vec<u64>);

/// Rows of 64 bits, as a power of two.
const ROWS: u32 = 10;

impl Default for WordFilter {
    fn default() -> Self {
        Self(vec![0; 1 << ROWS])
    }
}

impl WordFilter {
    /// Takes in a word.
    pub fn insert(&mut self, word: &str) {
        let (row, bit) = Self::place(word);
        if let Some(bits) = self.0.get_mut(row) {
            *bits |= bit;
        }
    }

    /// False for most words that were not taken in, true for all that were.
    #[must_use]
    #[inline]
    pub fn may_have(&self, word: &str) -> bool {
        let (row, bit) = Self::place(word);
        self.0.get(row).is_some_and(|bits| bits & bit != 0)
    }

    #[inline]
    fn place(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        // The bytes in the middle of a short word count twice.
        let (first, last) = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
        } else {
            (bytes.iter().fold(0, |read, byte| read << u8::BITS | u64::from(*byte)), 0)
        };
        let hash = (first ^ last.rotate_left(23) ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((hash >> (u64::BITS - ROWS)) as usize, 1 << (hash >> 48 & 63))
    }
}

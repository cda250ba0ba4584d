//! Runs of letters of Arabic script: nearly all of a word of news.

/// Some of the letters from U+0600 to U+06FF, each a bit that its two bytes lead to: texts are cut by runs of them, without
/// a look at each character.
///
/// ```
/// use khabar_text::{Letters, is_common_letter};
/// let letters = Letters::of(is_common_letter);
/// assert_eq!(letters.run("عاد، وقال".as_bytes()), "عاد".len());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Letters([u64; 4]);

impl Letters {
    /// Those that are so.
    #[must_use]
    pub fn of(are_so: impl Fn(char) -> bool) -> Self {
        let bits = |row: u32| {
            let is_so = |place| char::from_u32(0x600 + row * u64::BITS + place).is_some_and(&are_so);
            (0..u64::BITS).filter(|&place| is_so(place)).fold(0, |bits, place| bits | 1 << place)
        };
        Self([bits(0), bits(1), bits(2), bits(3)])
    }

    /// Bytes of these letters that a text begins with.
    #[must_use]
    #[inline]
    pub fn run(&self, text: &[u8]) -> usize {
        let has = |&&[first, second]: &&[u8; 2]| {
            first & 0xfc == 0xd8 && self.0[usize::from(first & 3)] >> (second & 0x3f) & 1 == 1
        };
        text.as_chunks().0.iter().take_while(has).count() * 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_with_the_first_other_character() {
        let vowel = |c| "اوي".contains(c);
        let letters = Letters::of(vowel);
        for c in '\0'..=char::MAX {
            assert_eq!(letters.run(format!("او{c}").as_bytes()), if vowel(c) { 6 } else { 4 }, "{c:?}");
        }
        assert_eq!(letters.run(b""), 0);
    }
}

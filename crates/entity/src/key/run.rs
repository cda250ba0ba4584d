//! Runs of letters of Arabic script: nearly all of a word of news.

use std::sync::LazyLock;

use khabar_text::is_common_letter;

/// Some of the letters from U+0600 to U+06FF, each a bit that its two bytes lead to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters([u64; 4]);

/// The [common letters](is_common_letter).
pub(crate) static COMMON: LazyLock<Letters> = LazyLock::new(|| Letters::of(is_common_letter));

impl Letters {
    /// Those that are so.
    pub(crate) fn of(are_so: impl Fn(char) -> bool) -> Self {
        let bits = |row: u32| {
            let is_so = |place| char::from_u32(0x600 + row * u64::BITS + place).is_some_and(&are_so);
            (0..u64::BITS).filter(|&place| is_so(place)).fold(0, |bits, place| bits | 1 << place)
        };
        Self([bits(0), bits(1), bits(2), bits(3)])
    }

    /// Bytes of these letters that a text begins with.
    #[inline]
    pub(crate) fn run(&self, text: &[u8]) -> usize {
        let has = |&&[first, second]: &&[u8; 2]| {
            first & 0xfc == 0xd8 && self.0[usize::from(first & 3)] >> (second & 0x3f) & 1 == 1
        };
        text.as_chunks().0.iter().take_while(has).count() * 2
    }

    /// The same from a byte of a text on.
    #[inline]
    pub(crate) fn run_at(&self, text: &str, at: usize) -> usize {
        self.run(text.as_bytes().get(at..).unwrap_or_default())
    }
}

/// The character at a byte.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_with_the_first_other_character() {
        let vowel = |c| "اوي".contains(c);
        for c in '\0'..=char::MAX {
            assert_eq!(COMMON.run(format!("{c}").as_bytes()) > 0, is_common_letter(c) && !c.is_ascii(), "{c:?}");
            assert_eq!(Letters::of(vowel).run(format!("او{c}").as_bytes()), if vowel(c) { 6 } else { 4 }, "{c:?}");
        }
        assert_eq!(COMMON.run_at("عاد الوفد", 2), 4);
        assert_eq!(COMMON.run_at("عاد", 7), 0);
    }
}

//! What is kept of a text: its words as hashes, where they stand, its facts.

use crate::{
    facts::{Facts, Slot},
    settings::Settings,
    tokens::{Border, Place, Tokens, pair_hash},
};

/// A text as it is compared. Six bytes a word, and a few for its facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// All its tokens.
    pub(crate) tokens: u32,
    /// Distinct pairs of neighbours among `words`.
    pub(crate) pairs: u32,
    /// Hashes of its tokens in order, up to [`Settings::max_tokens`].
    pub(crate) words: Box<[u32]>,
    /// By word: where it stands, after the one before.
    marks: Box<[u16]>,
    /// Gap and length of the words that do not fit into a mark, by index, ascending.
    long: Box<[Long]>,
    pub(crate) facts: Facts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Long {
    word: u32,
    gap: u32,
    len: u32,
}

/// A mark: border in two bits, length in six, gap in eight. The highest length says that both are in `long`.
const LONG: u16 = 0x3f;

impl Body {
    /// Keeps what is compared.
    pub(crate) fn of(tokens: &Tokens, facts: Facts, settings: &Settings) -> Self {
        let kept = tokens.hashes.len().min(settings.max_tokens.max(1));
        let words: Box<[u32]> = tokens.hashes.iter().take(kept).map(|hash| (hash >> 32) as u32).collect();
        let mut long = Vec::new();
        let mut end = 0;
        let mut mark = |(word, place): (usize, &Place)| {
            let (gap, len) = (place.start.saturating_sub(end), place.end - place.start);
            end = place.end;
            let fits = gap < 0x100 && len < u32::from(LONG);
            let short = if fits {
                (len as u16) << 8 | gap as u16
            } else {
                long.push(Long { word: word as u32, gap, len });
                LONG << 8
            };
            (place.border as u16) << 14 | short
        };
        let marks = tokens.places.iter().take(kept).enumerate().map(&mut mark).collect();
        Self {
            tokens: u32::try_from(tokens.hashes.len()).unwrap_or(u32::MAX),
            pairs: distinct_pairs(&words),
            words,
            marks,
            long: long.into(),
            facts,
        }
    }

    /// Words under comparison.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The border before a word; before the first and after the last there is the end of a sentence.
    pub(crate) fn border(&self, word: usize) -> Border {
        if word == 0 {
            return Border::Sentence;
        }
        match self.marks.get(word).map_or(3, |mark| mark >> 14) {
            0 => Border::Word,
            1 => Border::Clause,
            2 => Border::Stop,
            _ => Border::Sentence,
        }
    }

    /// The characters from word `first` to before word `end`.
    pub(crate) fn span(&self, first: usize, end: usize) -> (u32, u32) {
        let (mut start, mut at) = (0, 0);
        for (word, mark) in self.marks.iter().enumerate().take(end) {
            let (gap, len) = match mark >> 8 & LONG {
                LONG => match self.long.binary_search_by_key(&(word as u32), |long| long.word) {
                    Ok(found) => self.long.get(found).map_or((0, 0), |long| (long.gap, long.len)),
                    Err(_) => (0, 0),
                },
                len => (u32::from(mark & 0xff), u32::from(len)),
            };
            if word == first {
                start = at + gap;
            }
            at += gap + len;
        }
        (start, at)
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.words) + size_of_val(&*self.marks) + size_of_val(&*self.long) + self.facts.bytes()
    }

    /// Appends the body to `out`, little-endian.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut put = |number: u32| out.extend_from_slice(&number.to_le_bytes());
        [self.tokens, self.pairs, self.words.len() as u32, self.long.len() as u32, self.facts.slots.len() as u32]
            .into_iter()
            .for_each(&mut put);
        self.words.iter().copied().for_each(&mut put);
        self.long.iter().flat_map(|long| [long.word, long.gap, long.len]).for_each(&mut put);
        self.facts.slots.iter().flat_map(|slot| [slot.place, slot.value]).for_each(&mut put);
        self.marks.iter().for_each(|mark| out.extend_from_slice(&mark.to_le_bytes()));
    }

    /// Reads what [`Body::write`] wrote; `None` if the bytes are of another length than they say.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut numbers = |count: usize| {
            let (taken, left) = rest.split_at_checked(count.checked_mul(4)?)?;
            rest = left;
            Some(taken.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])))
        };
        let mut head = numbers(5)?;
        let mut next = || head.next();
        let (tokens, pairs, words, long, slots) =
            (next()?, next()?, next()? as usize, next()? as usize, next()? as usize);
        let words: Box<[u32]> = numbers(words)?.collect();
        let long: Vec<u32> = numbers(long.checked_mul(3)?)?.collect();
        let slots: Vec<u32> = numbers(slots.checked_mul(2)?)?.collect();
        if rest.len() != words.len() * 2 {
            return None;
        }
        let marks = rest.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let long = long.chunks_exact(3).map(|l| Long { word: l[0], gap: l[1], len: l[2] }).collect();
        let slots = slots.chunks_exact(2).map(|s| Slot { place: s[0], value: s[1] }).collect();
        Some(Self { tokens, pairs, words, marks, long, facts: Facts { slots } })
    }
}

/// Counts the distinct pairs of neighbours with a table of four places a pair.
fn distinct_pairs(words: &[u32]) -> u32 {
    let size = (words.len() * 2).next_power_of_two().max(4);
    let mut table = vec![0_u32; size];
    let mut count = 0;
    for pair in words.windows(2) {
        let &[first, second] = pair else { continue };
        let hash = pair_hash(first, second).max(1);
        let mut at = hash as usize & (size - 1);
        while let Some(slot) = table.get_mut(at) {
            if *slot == hash {
                break;
            }
            if *slot == 0 {
                *slot = hash;
                count += 1;
                break;
            }
            at = (at + 1) & (size - 1);
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_and_bytes_survive(text in "[\u{621}-\u{64a} 0-9a-z.،\n新华]{0,200}|( {300}|x{80}|ab\\. ){0,9}|\\PC{0,60}") {
            let tokens = Tokens::of(&text, std::slice::from_ref(&(0..text.len())), |_| {});
            let body = Body::of(&tokens, Facts::of(&tokens, &[]), &Settings::default());
            let mut bytes = Vec::new();
            body.write(&mut bytes);
            prop_assert_eq!(Body::read(&bytes), Some(body.clone()));
            prop_assert_eq!(bytes.pop().and_then(|_| Body::read(&bytes)), None);
            for (nth, place) in tokens.places.iter().enumerate() {
                prop_assert_eq!(body.span(nth, nth + 1), (place.start, place.end));
            }
            let all: std::collections::BTreeSet<_> = body.words.windows(2).collect();
            prop_assert_eq!(all.len(), body.pairs as usize);
        }
    }
}

//! Where speech ends that stands behind a colon without marks.

use super::lexicon::word;
use super::reader::Reader;
use crate::phrases::Tongue;

impl Reader<'_> {
    /// Where speech ends that stands behind a colon without marks: with the sentence before the next one in which somebody
    /// speaks, at the latest with the block.
    pub(super) fn end_of_colon(&self, end: usize) -> usize {
        let mut to = end;
        let next = self.sentences.partition_point(|(first, _)| *first < end);
        for &(first, last) in self.sentences.get(next..).unwrap_or_default() {
            // Persian speech behind a colon goes on to the next sentence that tells who speaks, whatever verbs are in it.
            let tells = |at: usize| match self.verb_at(at) {
                Some(verb) if self.tongue == Tongue::Persian => {
                    let opens = self.is(verb.end, word::THAT) || self.is_colon(verb.end) || self.is_quoted(verb.end);
                    opens
                        || self.is(first, word::PRONOUN | word::ROLE)
                        || self.is_known_name(first)
                        || self.is_person(first)
                }
                Some(_) => true,
                None => self.is_quoted(at) && (self.tongue != Tongue::Persian || self.words_inside(at) > 4),
            };
            if (first..last).any(tells) {
                break;
            }
            to = last;
        }
        to
    }
}

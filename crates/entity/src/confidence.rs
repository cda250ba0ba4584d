//! How sure a link is, from the name alone.

use crate::matcher::Candidate;
use crate::sense::Sense;

/// A name of several words: hardly anything else is called that.
const COMPOUND: f32 = 0.95;
/// A name of one word.
const SINGLE: f32 = 0.85;
/// Taken off where another entry of the gazetteer has the same name.
const RIVALS: f32 = 0.2;
/// Taken off where the name is of another language than the text.
const BORROWED: f32 = 0.1;

/// Estimated chance that a mention means the entry that it is linked to. The figures are judgements, not measurements:
/// they order links by the kind of evidence, and are to be calibrated once there is linked gold text.
pub(crate) fn of_mention(sense: &Sense, candidate: &Candidate) -> f32 {
    let mut confidence = if sense.compound { COMPOUND } else { SINGLE };
    if candidate.rivals {
        confidence -= RIVALS;
    }
    if candidate.borrowed {
        confidence -= BORROWED;
    }
    confidence
}

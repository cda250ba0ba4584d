//! The features of a token: an [atom](Atoms), or some of them, at places around it, hashed with the number of a template.
//!
//! Training and tagging share this file.

use crate::tagger::feature::Atoms;

/// Features of a token.
pub(crate) const FEATURES: usize = (ALONE + 2 * (NEXT + SECOND) + TOGETHER) as usize;

/// Bits of a feature: so many that one in two thousand never learned has those of another, and so few that the difference of
/// two that follow each other in a model takes two bytes.
pub(crate) const FEATURE_BITS: u32 = 28;

/// Features of a token that it has by itself, whatever stands beside it.
const ALONE: u32 = 22;
/// Features that a token gives to the one next to it, and to the one next to that.
const NEXT: u32 = 9;
const SECOND: u32 = 5;
/// Features that depend on more than one token.
pub(crate) const TOGETHER: u32 = 39;

/// Groups of features that depend on one token alone.
pub(crate) const GROUPS: usize = 5;

/// To which token a token gives the features of each group: to itself, to the one behind it, the one before it, the second
/// behind and the second before it. Then the number of the template before the first.
pub(crate) const GIVEN: [(isize, u32); GROUPS] =
    [(0, 0), (1, ALONE), (-1, ALONE + NEXT), (2, ALONE + 2 * NEXT), (-2, ALONE + 2 * NEXT + SECOND)];

/// What stands before and behind a sentence.
const NONE: Atoms = Atoms {
    word: 0x2a2a_2a2a,
    stem: 0,
    prefixes: [0; 3],
    suffixes: [0; 5],
    shape: 0x2a2a,
    gazetteer: 0,
    listed: 0,
    common: 0,
    class: 0,
    glue: 0,
    since: 0,
    inner: 0,
};

/// The templates, one by one: a feature is the hash of its template's number and of atoms.
struct Templates<F> {
    number: u32,
    take: F,
}

impl<F: FnMut(u32)> Templates<F> {
    /// The next one's feature: there is none if the first atom is 0.
    #[inline(always)]
    fn put(&mut self, parts: &[u32]) {
        self.number += 1;
        let mut hash = self.number.wrapping_mul(0x9e37_79b9);
        for &part in parts {
            hash = (hash.rotate_left(13) ^ part).wrapping_mul(0x85eb_ca6b);
            hash ^= hash >> 15;
        }
        // Without a branch, which nobody could foretell.
        (self.take)(if parts[0] == 0 { 0 } else { (hash >> (u32::BITS - FEATURE_BITS)).max(1) });
    }

    /// Leaves the next one out.
    #[inline(always)]
    fn pass(&mut self) {
        self.number += 1;
    }
}

/// Gives the features of the token at `at` of a sentence to `take`; 0 is "has none".
#[cfg(any(test, feature = "train"))]
#[inline]
pub(crate) fn features(sentence: &[Atoms], at: usize, mut take: impl FnMut(u32)) {
    for (place, (offset, _)) in GIVEN.into_iter().enumerate() {
        group(near(sentence, at, -offset), place, &mut take);
    }
    together(sentence, at, None, take);
}

/// The token so far behind the one at `at`.
pub(crate) fn near(sentence: &[Atoms], at: usize, offset: isize) -> &Atoms {
    at.checked_add_signed(offset).and_then(|at| sentence.get(at)).unwrap_or(&NONE)
}

/// The features of one of the [`GROUPS`]: they depend on `atoms` alone, and not on [`Atoms::since`].
#[inline]
pub(crate) fn group(atoms: &Atoms, place: usize, take: impl FnMut(u32)) {
    let Some(&(offset, number)) = GIVEN.get(place) else { return };
    let mut templates = Templates { number, take };
    if offset == 0 {
        return alone(atoms, &mut templates);
    }
    templates.put(&[atoms.class]);
    templates.put(&[atoms.word]);
    templates.put(&[atoms.form()]);
    templates.put(&[atoms.gazetteer]);
    templates.put(&[atoms.listed]);
    if offset.abs() == 1 {
        templates.put(&[atoms.stem]);
        templates.put(&[atoms.suffixes[1]]);
        templates.put(&[atoms.suffixes[2]]);
        templates.put(&[atoms.prefixes[1]]);
    }
}

#[inline]
fn alone(this: &Atoms, templates: &mut Templates<impl FnMut(u32)>) {
    templates.put(&[1]);
    templates.put(&[this.word]);
    templates.put(&[this.stem]);
    for prefix in this.prefixes {
        templates.put(&[prefix]);
    }
    for suffix in this.suffixes {
        templates.put(&[suffix]);
    }
    templates.put(&[this.shape]);
    templates.put(&[this.form()]);
    templates.put(&[this.gazetteer]);
    templates.put(&[this.listed]);
    templates.put(&[this.gazetteer, this.listed]);
    templates.put(&[this.common]);
    templates.put(&[this.common, this.listed]);
    templates.put(&[this.common, this.gazetteer]);
    templates.put(&[this.class]);
    templates.put(&[1 + this.class, this.glue]);
    templates.put(&[this.inner, this.glue]);
}

/// What a feature depends on that depends on more than one token, or on the phrase that it stands in: so cut that each of
/// them but the last has few values, which [`Kept`](crate::tagger::kept::Kept) keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Class of a token and of the one before it, what is glued to it, and where it stands in a phrase.
    Before,
    /// Class of a token and of the one behind it, what is glued to them, and whether it stands in a phrase.
    Behind,
    /// The classes of all three.
    Classes,
    /// What gazetteer and lists have of all three, and the class of the one before.
    Lists,
    /// How common all three are.
    Common,
    /// Words too.
    Words,
}

/// The features of the token at `at` that depend on more than one token, or on the phrase that it stands in: all of them, or
/// those that depend on what is `wanted`.
#[inline(always)]
pub(crate) fn together(sentence: &[Atoms], at: usize, wanted: Option<Of>, take: impl FnMut(u32)) {
    let near = |offset| near(sentence, at, offset);
    let (before2, before, this, behind, behind2) = (near(-2), near(-1), near(0), near(1), near(2));
    let mut templates = Templates { number: ALONE + 2 * (NEXT + SECOND), take };
    let mut put = |of: Of, parts: &[u32]| {
        if wanted.is_none_or(|wanted| wanted == of) { templates.put(parts) } else { templates.pass() }
    };
    put(Of::Common, &[this.common, before.common]);
    put(Of::Common, &[this.common, behind.common]);
    put(Of::Common, &[1 + before.common, this.common, behind.common]);
    put(Of::Before, &[1 + before.class, this.class]);
    put(Of::Behind, &[1 + behind.class, this.class]);
    put(Of::Before, &[before.class, 1 + this.class]);
    put(Of::Behind, &[behind.class, 1 + this.class]);
    put(Of::Classes, &[1 + before.class, 1 + this.class, 1 + behind.class]);
    put(Of::Words, &[before2.class, 1 + before.class]);
    put(Of::Lists, &[before.class, 1 + this.listed]);
    put(Of::Lists, &[before.class, 1 + this.gazetteer]);
    put(Of::Words, &[before.class, this.suffixes[1]]);
    let phrase = u32::from(this.since != 0);
    put(Of::Before, &[this.since, 1 + this.class, this.glue]);
    put(Of::Before, &[1 + before.class, this.class, this.glue]);
    put(Of::Before, &[phrase, 1 + before.class, 1 + this.class, this.glue]);
    put(Of::Behind, &[phrase, 1 + this.class, this.glue, 1 + behind.class, behind.glue]);
    put(Of::Before, &[this.since, this.inner, this.glue]);
    put(Of::Behind, &[phrase, this.inner, this.glue, behind.inner, behind.glue]);
    put(Of::Before, &[phrase, before.inner, this.inner, this.glue]);
    put(Of::Before, &[phrase, this.inner, 1 + this.class, this.glue]);
    put(Of::Words, &[before.word, this.word]);
    put(Of::Words, &[this.word, behind.word]);
    put(Of::Words, &[before.word, behind.word]);
    put(Of::Words, &[before2.word, before.word]);
    put(Of::Words, &[behind.word, behind2.word]);
    put(Of::Words, &[before.form(), this.form(), behind.form()]);
    put(Of::Lists, &[1 + this.listed, before.listed]);
    put(Of::Lists, &[1 + this.listed, behind.listed]);
    put(Of::Lists, &[1 + this.listed, before.listed, behind.listed]);
    put(Of::Words, &[before.word, 1 + this.listed]);
    put(Of::Words, &[before.word, 1 + this.gazetteer]);
    put(Of::Words, &[behind.word, 1 + this.gazetteer]);
    put(Of::Lists, &[1 + this.gazetteer, before.gazetteer]);
    put(Of::Lists, &[1 + this.gazetteer, behind.gazetteer]);
    put(Of::Words, &[before.word, this.suffixes[2]]);
    put(Of::Words, &[before.suffixes[2], this.suffixes[2]]);
    put(Of::Words, &[this.suffixes[2], behind.suffixes[2]]);
    put(Of::Words, &[before.word, this.form()]);
    put(Of::Words, &[before2.word, before.form(), this.form()]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_a_number_of_its_own() {
        let token = Atoms {
            word: 1,
            stem: 1,
            prefixes: [1; 3],
            suffixes: [1; 5],
            shape: 1,
            gazetteer: 1,
            listed: 1,
            common: 1,
            class: 1,
            glue: 1,
            inner: 1,
            since: 1,
        };
        let mut found = Vec::new();
        features(&[token; 5], 2, |feature| found.push(feature));
        assert_eq!(found.len(), FEATURES);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), FEATURES);
    }
}

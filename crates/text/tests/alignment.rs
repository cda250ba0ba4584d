//! Invariants of the alignment: mapping, composition, undo.

use khabar_model::Span;
use khabar_text::{Alignment, Rule};
use proptest::prelude::*;

/// One step of a made-up rewrite: keep some bytes, then write `with` in place of the next `remove` bytes.
#[derive(Clone, Debug)]
struct Step {
    keep: usize,
    remove: usize,
    with: usize,
}

fn steps(insertions: bool) -> impl Strategy<Value = Vec<Step>> {
    let step = (0_usize..4, 0_usize..4, 0_usize..4).prop_map(move |(keep, remove, with)| Step {
        keep,
        remove,
        with: if insertions || remove > 0 { with } else { 0 },
    });
    proptest::collection::vec(step, 0..12)
}

/// Carries out the steps on `source`; what they write is numbered, so that every byte can be told apart.
fn rewrite(source: &[u8], steps: &[Step], rule: &'static str) -> (Vec<u8>, Alignment) {
    let mut builder = Alignment::builder();
    let mut target = Vec::new();
    let mut rest = source;
    for (index, step) in steps.iter().enumerate() {
        let (kept, after) = rest.split_at(step.keep.min(rest.len()));
        let (removed, after) = after.split_at(step.remove.min(after.len()));
        // An insertion is one only by the step's own wish.
        let with = if removed.is_empty() && step.remove > 0 { 0 } else { step.with };
        builder.keep(kept.len()).replace(removed, with, Rule(rule));
        target.extend_from_slice(kept);
        target.extend((0..with).map(|nth| (128 + 16 * (index % 8) + nth) as u8));
        rest = after;
    }
    builder.keep(rest.len());
    target.extend_from_slice(rest);
    (target, builder.finish())
}

fn source() -> Vec<u8> {
    (0..32).collect()
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end).expect("in order")
}

fn all_spans(len: usize) -> impl Iterator<Item = Span> {
    (0..=len).flat_map(move |start| (start..=len).map(move |end| span(start, end)))
}

/// The mapping by its definition: the pairs of offsets that correspond, and the innermost ones around the span.
fn map_by_definition(alignment: &Alignment, target: Span) -> Span {
    let mut pairs = Vec::new();
    let (mut src, mut dst) = (0, 0);
    for edit in alignment.edits() {
        pairs.extend((dst..=edit.dst.start).zip(src..=edit.src.start));
        pairs.push((edit.dst.end, edit.src.end));
        (src, dst) = (edit.src.end, edit.dst.end);
    }
    pairs.extend((dst..=alignment.dst_len()).zip(src..=alignment.src_len()));
    let start = pairs.iter().filter(|pair| pair.0 <= target.start()).map(|pair| pair.1).max().expect("the start");
    let end = pairs.iter().filter(|pair| pair.0 >= target.end()).map(|pair| pair.1).min().expect("the end");
    span(start.min(end), end)
}

proptest! {
    #[test]
    fn undo_gives_the_source(one in steps(true), two in steps(true)) {
        let (middle, first) = rewrite(&source(), &one, "one");
        let (target, second) = rewrite(&middle, &two, "two");
        prop_assert_eq!(first.undo(&middle).unwrap(), source());
        let both = first.then(second);
        prop_assert_eq!(both.undo(&target).unwrap(), source());
        prop_assert_eq!((both.src_len(), both.dst_len()), (32, target.len()));
        prop_assert!(both.undo(&[target.as_slice(), b"!"].concat()).is_none());
    }

    #[test]
    fn edits_are_sorted_and_parallel_between(one in steps(true), two in steps(true)) {
        let (middle, first) = rewrite(&source(), &one, "one");
        let (target, second) = rewrite(&middle, &two, "two");
        let both = first.then(second);
        let (mut src, mut dst) = (0, 0);
        for edit in both.edits() {
            prop_assert!(src <= edit.src.start && dst <= edit.dst.start);
            prop_assert!(!(edit.src.is_empty() && edit.dst.is_empty()));
            prop_assert_eq!(&source()[src..edit.src.start], &target[dst..edit.dst.start]);
            (src, dst) = (edit.src.end, edit.dst.end);
        }
        prop_assert_eq!(&source()[src..], &target[dst..]);
    }

    #[test]
    fn spans_map_to_the_smallest_cover(steps in steps(true)) {
        let (target, alignment) = rewrite(&source(), &steps, "one");
        for span in all_spans(target.len()) {
            prop_assert_eq!(alignment.to_src(span), map_by_definition(&alignment, span));
        }
        for span in all_spans(32) {
            let there = alignment.to_dst(span);
            let back = alignment.to_src(there);
            // Only what was deleted at its edges can be lost from a span.
            let deleted = |at| alignment.edits().iter().any(|edit| edit.dst.is_empty() && edit.src.contains(&at));
            for at in (span.start()..span.end()).filter(|&at| at < back.start() || back.end() <= at) {
                prop_assert!(deleted(at), "{span:?} -> {there:?} -> {back:?}");
            }
        }
    }

    #[test]
    fn a_composition_covers_what_its_steps_cover(one in steps(false), two in steps(false)) {
        let (middle, first) = rewrite(&source(), &one, "one");
        let (target, second) = rewrite(&middle, &two, "two");
        let both = first.clone().then(second.clone());
        for span in all_spans(target.len()).filter(|span| !span.is_empty()) {
            let stepwise = first.to_src(second.to_src(span));
            let at_once = both.to_src(span);
            prop_assert!(at_once.contains(stepwise), "{span:?}: {at_once:?}, {stepwise:?}");
        }
    }

    #[test]
    fn composition_is_associative(one in steps(false), two in steps(false), three in steps(false)) {
        let (b, first) = rewrite(&source(), &one, "one");
        let (c, second) = rewrite(&b, &two, "two");
        let (_, third) = rewrite(&c, &three, "three");
        let left = first.clone().then(second.clone()).then(third.clone());
        let right = first.then(second.then(third));
        prop_assert_eq!(left, right);
    }

    #[test]
    fn identity_is_neutral(steps in steps(true)) {
        let (target, alignment) = rewrite(&source(), &steps, "one");
        prop_assert_eq!(&Alignment::identity(32).then(alignment.clone()), &alignment);
        prop_assert_eq!(&alignment.clone().then(Alignment::identity(target.len())), &alignment);
    }
}

#[test]
fn an_edge_inside_an_edit_snaps_outwards() {
    // "abXYef" <- "abcdef": two bytes for two, then nothing for "g".
    let mut builder = Alignment::builder();
    builder.keep(2).replace(b"cd", 2, Rule("R")).keep(2).replace(b"g", 0, Rule("D"));
    let alignment = builder.finish();
    assert_eq!(alignment.to_src(span(3, 5)), span(2, 5));
    assert_eq!(alignment.to_src(span(2, 4)), span(2, 4));
    assert_eq!(alignment.to_src(span(4, 6)), span(4, 6));
    assert_eq!(alignment.to_dst(span(3, 7)), span(2, 6));
    assert_eq!(alignment.to_dst(span(6, 7)), span(6, 6));
    assert_eq!(alignment.to_src(span(0, 99)), span(0, 6));
}

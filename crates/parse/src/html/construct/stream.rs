//! Pages that arrive in pieces: what React sends late, and the place that it left open for it.
//!
//! A server that renders as it goes leaves `<template id="B:0">` where a part is missing, sends the part later in
//! `<div hidden id="S:0">`, and has a script put it in its place. Here the tree does so.

use crate::html::arena::Arena;
use crate::html::tag::Tag;

/// Most parts of one page.
const MOST: usize = 256;

/// The open places and the late parts of a page, by their number.
#[derive(Default)]
pub(super) struct Streams<'h> {
    places: Vec<(&'h str, u32)>,
    parts: Vec<(&'h str, u32)>,
}

impl<'h> Streams<'h> {
    /// Looks at an element with an id.
    pub(super) fn note(&mut self, tag: Tag, name: &'h str, id: u32) {
        let list = match (tag, name.as_bytes()) {
            (Tag::Template, [b'B', b':', ..]) => &mut self.places,
            (Tag::Div, [b'S', b':', ..]) => &mut self.parts,
            _ => return,
        };
        if let Some(number) = name.get(2..).filter(|_| list.len() < MOST) {
            list.push((number, id));
        }
    }

    /// Puts every late part before the place that waits for it.
    pub(super) fn settle(&self, arena: &mut Arena) {
        for (number, part) in &self.parts {
            if let Some((_, place)) = self.places.iter().find(|(other, _)| other == number)
                && !arena.is_within(*place, *part)
            {
                arena.move_children_before(*part, *place);
            }
        }
    }
}

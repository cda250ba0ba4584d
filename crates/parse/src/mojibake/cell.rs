//! A stretch of text as cells, so that misreadings can be undone one after the other without losing the place.

use std::ops::Range;

use super::reading::Reading;

/// A character, and the bytes of the text that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many misreadings have been undone to get it.
    pub(super) level: u8,
}

/// Stands between two pieces of a unit, where an inline tag was.
pub(super) const TAG: char = '\0';

/// The lost letter.
pub(super) const LOST: char = char::REPLACEMENT_CHARACTER;

/// Cells in sequences from which a unit is looked at even if most of it is something else.
const MIN_USED: usize = 40;

/// The cells of the pieces of a unit, in order.
pub(super) fn cells(text: &str, pieces: &[Range<usize>]) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(pieces.iter().map(Range::len).sum());
    for piece in pieces {
        if !cells.is_empty() {
            cells.push(Cell { c: TAG, start: piece.start, end: piece.start, level: 0 });
        }
        let chars = text.get(piece.clone()).unwrap_or_default().char_indices();
        cells.extend(chars.map(|(at, c)| {
            let start = piece.start + at;
            Cell { c, start, end: start + c.len_utf8(), level: 0 }
        }));
    }
    cells
}

/// Undoes one reading of UTF-8 as another charset; `None` if so little of it is UTF-8 that the guess must be wrong.
///
/// What is not part of a sequence stays. A sequence of which a byte is lost (five bytes mean nothing in windows-1252,
/// and some decoders put U+FFFD or nothing for them) becomes one U+FFFD.
pub(super) fn undo(cells: &[Cell], reading: Reading, level: u8) -> Option<Vec<Cell>> {
    let found = sequences(cells, reading)?;
    let mut out = Vec::with_capacity(cells.len());
    let mut done = 0;
    for (at, c, length) in found {
        out.extend_from_slice(cells.get(done..at).unwrap_or_default());
        done = at + length;
        let (Some(first), Some(last)) = (cells.get(at), cells.get(done - 1)) else { break };
        out.push(Cell { c, start: first.start, end: last.end, level });
    }
    out.extend_from_slice(cells.get(done..).unwrap_or_default());
    Some(out)
}

/// The sequences of UTF-8 in `cells`: where each starts, its character, its length.
fn sequences(cells: &[Cell], reading: Reading) -> Option<Vec<(usize, char, usize)>> {
    let mut found: Vec<(usize, char, usize)> = Vec::new();
    let (mut used, mut unused, mut next) = (0, 0, 0);
    for (at, cell) in cells.iter().enumerate() {
        if cell.c.is_ascii() || at < next {
            continue;
        }
        let behind = found.last().is_some_and(|&(_, c, _)| next == at && c != LOST);
        let tail = cells.get(at + 1..).unwrap_or_default();
        match reading.byte(cell.c).and_then(|lead| sequence(lead, tail, reading, behind)) {
            Some((c, length)) => {
                found.push((at, c, length + 1));
                used += length + 1;
                next = at + length + 1;
            }
            None => unused += 1,
        }
    }
    (used > 0 && (used * 2 >= unused || used >= MIN_USED)).then_some(found)
}

/// The character of a UTF-8 sequence that starts with `lead`, and how many cells of `tail` belong to it.
fn sequence(lead: u8, tail: &[Cell], reading: Reading, after_sequence: bool) -> Option<(char, usize)> {
    let (length, bits) = match lead {
        0xc2..=0xdf => (1, u32::from(lead & 0x1f)),
        0xe0..=0xef => (2, u32::from(lead & 0x0f)),
        0xf0..=0xf4 => (3, u32::from(lead & 0x07)),
        _ => return None,
    };
    let mut code = bits;
    let mut lost = false;
    for nth in 0..length {
        let next = tail.get(nth);
        match next.and_then(|cell| reading.byte(cell.c)) {
            Some(byte @ 0x80..=0xbf) => code = code << 6 | u32::from(byte & 0x3f),
            _ if next.is_some_and(|cell| cell.c == LOST) => lost = true,
            _ => {
                // Cut off, or the byte was dropped. A lone letter of Latin script may be what it seems, so only
                // leads of other scripts count, and only inside a word that is broken.
                let inside = after_sequence || next.is_some_and(|cell| is_lead(cell, tail.get(1), reading));
                return (length == 1 && lead >= 0xce && inside).then_some((LOST, 0));
            }
        }
    }
    let least = [0x80, 0x800, 0x1_0000].get(length - 1).copied()?;
    let c = if lost { Some(LOST) } else { char::from_u32(code).filter(|_| code >= least) };
    c.map(|c| (c, length))
}

/// True if a whole two-byte sequence starts at `cell`.
fn is_lead(cell: &Cell, next: Option<&Cell>, reading: Reading) -> bool {
    let byte = |cell: &Cell| if cell.c.is_ascii() { None } else { reading.byte(cell.c) };
    matches!(byte(cell), Some(0xce..=0xdf)) && matches!(next.and_then(byte), Some(0x80..=0xbf))
}

//! Lines of a plain-text source, and what a record made of each.

use std::collections::BTreeMap;
use std::ops::Range;

use khabar_model::{BlockKind, RemovalReason};

use crate::gold::Fate;
use crate::records::Row;
use crate::report::DocumentScore;
use crate::skeleton::skeleton;

/// Share of a line's bytes that blocks must cover for it to count as kept: a list marker may go, a clause may not.
const KEPT: f64 = 0.9;

/// Share of a line's bytes that blocks may cover although it counts as cut: its punctuation, no more.
const GONE: f64 = 0.1;

/// A line of the source that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct SourceLine {
    /// From 1, blank lines counted.
    pub(crate) number: usize,
    /// Bytes of the source, without white space round the line.
    pub(crate) range: Range<u64>,
    /// What stands there.
    pub(crate) text: String,
}

/// The lines of a source that are not blank; bytes that are not UTF-8 are replaced in `text`, not in `range`.
pub(crate) fn source_lines(source: &[u8]) -> Vec<SourceLine> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, bytes) in source.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let whole = String::from_utf8_lossy(bytes);
        let text = whole.trim_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}');
        if !text.is_empty() {
            let before =
                whole.len() - whole.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{FEFF}').len();
            let first = (start + before) as u64;
            lines.push(SourceLine { number: at + 1, range: first..first + text.len() as u64, text: text.to_owned() });
        }
        start += bytes.len();
    }
    lines
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Kept(BlockKind),
    Removed(RemovalReason),
    /// Part in the text, part not.
    Split,
    /// Its place is claimed by a block that says something else.
    Garbled(BlockKind),
    /// Neither in the text nor among what was removed.
    Lost,
}

/// Scores every line of a document: body, captions, boilerplate.
pub(crate) fn score_lines(
    row: &Row,
    lines: &[SourceLine],
    gold: &BTreeMap<usize, Vec<Fate>>,
    score: &mut DocumentScore,
) {
    for line in lines {
        let Some(right) = gold.get(&line.number) else { continue };
        let found = look_up(row, line);
        match right.first() {
            Some(Fate::Removed(_)) => score_boilerplate(line, right, found, score),
            Some(Fate::Kept(_)) => score_kept(line, right, found, score),
            None => {}
        }
    }
    let kept = |fates: &&Vec<Fate>| fates.iter().any(|fate| matches!(fate, Fate::Kept(kind) if kind.is_body()));
    let expected = gold.values().filter(kept).count();
    let body = row.record.blocks.iter().filter(|block| block.kind.is_body()).count();
    let extra = body.saturating_sub(expected);
    score.body_extra += u32::try_from(extra).unwrap_or(u32::MAX);
}

fn score_boilerplate(line: &SourceLine, right: &[Fate], found: Found, score: &mut DocumentScore) {
    let number = line.number;
    match found {
        Found::Removed(reason) if right.contains(&Fate::Removed(reason)) => score.boilerplate.right += 1,
        // Any of the kinds that the gold allows beside a removal: the first of two equal lines.
        Found::Kept(kind) if right.contains(&Fate::Kept(kind)) => score.boilerplate.right += 1,
        Found::Removed(reason) => {
            score.boilerplate.wrong_reason += 1;
            score.fault(format!("line {number} was removed as {reason:?}, not as {}", list(right)));
        }
        Found::Lost => {
            score.boilerplate.lost += 1;
            score.fault(format!("line {number} is gone without a trace; it is {}", list(right)));
        }
        Found::Kept(_) | Found::Split | Found::Garbled(_) => {
            score.boilerplate.left_in_text += 1;
            score.fault(format!("line {number} is still in the text ({found:?}); it is {}", list(right)));
        }
    }
}

fn score_kept(line: &SourceLine, right: &[Fate], found: Found, score: &mut DocumentScore) {
    let number = line.number;
    let kept = matches!(found, Found::Kept(_));
    let of_kind = matches!(found, Found::Kept(kind) if right.contains(&Fate::Kept(kind)));
    let title = right.contains(&Fate::Kept(BlockKind::Title));
    let caption = right.contains(&Fate::Kept(BlockKind::Caption));
    if caption {
        score.captions.count(of_kind);
    } else if !title {
        score.body.count(kept);
        score.kinds.count(of_kind);
        score.body_cut += u32::from(matches!(found, Found::Removed(_) | Found::Split));
    }
    if !of_kind && !right.iter().any(|fate| matches!((fate, found), (Fate::Removed(a), Found::Removed(b)) if *a == b)) {
        score.fault(format!("line {number} is {}, but the record has {found:?}", list(right)));
    }
}

fn list(fates: &[Fate]) -> String {
    fates.iter().map(|fate| format!("{fate:?}")).collect::<Vec<_>>().join(" or ")
}

fn look_up(row: &Row, line: &SourceLine) -> Found {
    let record = &row.record;
    let covered = |start: u64, end: u64| end.min(line.range.end).saturating_sub(start.max(line.range.start));
    let blocks: Vec<_> = record
        .blocks
        .iter()
        .map(|block| (covered(block.source.start, block.source.end), block))
        .filter(|(n, _)| *n > 0)
        .collect();
    let cuts = record.removed.iter().map(|cut| (covered(cut.source.start, cut.source.end), cut.reason));
    let cuts: Vec<_> = cuts.filter(|(n, _)| *n > 0).collect();
    let share = |bytes: u64| bytes as f64 / (line.range.end - line.range.start).max(1) as f64;
    let in_text = share(blocks.iter().map(|(n, _)| n).sum());
    let cut = share(cuts.iter().map(|(n, _)| n).sum());
    let largest = blocks.iter().max_by_key(|(n, _)| *n);
    if let Some((_, block)) = largest.filter(|_| in_text >= KEPT) {
        let text: String = blocks.iter().map(|(_, block)| skeleton(row.slice(block.span))).collect();
        // A list item may lose its number.
        let wanted = skeleton(&line.text);
        let wanted = wanted.trim_start_matches(char::is_numeric);
        return if text.contains(wanted) { Found::Kept(block.kind) } else { Found::Garbled(block.kind) };
    }
    if in_text > GONE {
        return Found::Split;
    }
    match cuts.iter().max_by_key(|(n, _)| *n) {
        Some((_, reason)) if cut > 0.5 => Found::Removed(*reason),
        Some(_) => Found::Split,
        None => Found::Lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_count_and_white_space_does_not() {
        let lines = source_lines("\u{feff}عنوان\r\n\r\n  نص \n".as_bytes());
        let found: Vec<_> = lines.iter().map(|line| (line.number, line.range.clone(), line.text.as_str())).collect();
        assert_eq!(found, [(1, 3..13, "عنوان"), (3, 19..23, "نص")]);
    }
}

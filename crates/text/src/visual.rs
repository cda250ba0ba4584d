//! Lines stored in visual order, last letter first, as some PDF and old systems leave them (PF6).

use crate::{
    alignment::{Aligned, Rule},
    concern::{Concerns, find},
    draft::Draft,
    letter,
    presentation::{Form, form_of, is_lone_mark},
    script::{Script, script_of},
};

const PF6: Rule = Rule("PF6");

/// Votes that a line needs at least: a single one may be a typing error.
const MIN_VOTES: usize = 2;

/// True if the presentation forms of a line run from final to initial, which is the order of the eye, not of reading.
///
/// In reading order a word starts with an initial and ends in a final form, and joined letters run initial, medial,
/// final; each place that can only be so votes for reading order, and each that can only be the mirror image votes
/// against. A line without presentation forms has no votes.
///
/// ```
/// use khabar_text::reads_visually;
/// assert!(!reads_visually("ﺍﻟﻌﺮﺍﻕ"));
/// assert!(reads_visually("ﻕﺍﺮﻌﻟﺍ"));
/// ```
#[must_use]
pub fn reads_visually(line: &str) -> bool {
    let (mut reading, mut visual) = (0_usize, 0_usize);
    let mut before = Unit::Gap;
    for unit in line.chars().filter(|&c| !is_mark(c)).map(Unit::of).chain([Unit::Gap]) {
        match vote(before, unit) {
            Some(Order::Reading) => reading += 1,
            Some(Order::Visual) => visual += 1,
            None => {}
        }
        before = unit;
    }
    visual >= MIN_VOTES && visual > reading
}

/// Puts each line that [`reads_visually`] into reading order. `None` if there is none.
pub(crate) fn reorder_lines(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    let mut done = 0;
    for (at, _) in find(text, Concerns::FORM) {
        if at < done {
            continue;
        }
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = after.find('\n').map_or(text.len(), |len| at + len);
        let line = text.get(start..end).unwrap_or_default();
        if reads_visually(line) {
            draft.replace(start..end, &reversed(line), PF6);
        }
        done = end;
    }
    draft.finish_if_changed()
}

enum Order {
    Reading,
    Visual,
}

/// A character as the order test sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// A form, and whether its letter joins to the next one at all.
    Form(Form, bool),
    /// A letter without a form: no evidence.
    Letter,
    /// Anything else: the edge of a word.
    Gap,
}

impl Unit {
    fn of(c: char) -> Self {
        match form_of(c) {
            Some((form, dual)) => Self::Form(form, dual),
            None if letter::is_letter(c) || c == letter::TATWEEL => Self::Letter,
            None => Self::Gap,
        }
    }
}

/// What two neighbours say about the order.
fn vote(one: Unit, two: Unit) -> Option<Order> {
    use Form::{Final, Initial, Medial};
    match (one, two) {
        (Unit::Gap, Unit::Form(Initial, _)) | (Unit::Form(Final, _), Unit::Gap) => Some(Order::Reading),
        (Unit::Form(Initial, _), Unit::Form(Medial, _)) => Some(Order::Reading),
        (Unit::Form(Medial, _), Unit::Form(Final, _)) => Some(Order::Reading),
        // After a letter that does not join, a word goes on with an initial form: no evidence without `dual`.
        (Unit::Form(Initial, _), Unit::Form(Final, true)) => Some(Order::Reading),
        (Unit::Gap, Unit::Form(Final, _)) | (Unit::Form(Initial, _), Unit::Gap) => Some(Order::Visual),
        (Unit::Form(Final, _), Unit::Form(Medial, _)) => Some(Order::Visual),
        (Unit::Form(Medial, _), Unit::Form(Initial, _)) => Some(Order::Visual),
        (Unit::Form(Final, true), Unit::Form(Initial, _)) => Some(Order::Visual),
        _ => None,
    }
}

/// The line last character first, but with numbers and words in left-to-right script as they are, marks after their
/// letter, and brackets mirrored.
fn reversed(line: &str) -> String {
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        match pieces.last_mut() {
            Some((_, last, _)) if is_mark(c) => *last = end,
            _ => pieces.push((at, end, is_left_to_right(c))),
        }
    }
    // A separator between two left-to-right characters belongs to their run; a space only between words.
    let mut runs: Vec<(usize, usize, bool)> = Vec::new();
    for (index, &(start, end, ltr)) in pieces.iter().enumerate() {
        let follows = runs.last().is_some_and(|run| run.2);
        let next_ltr = pieces.get(index + 1).is_some_and(|next| next.2);
        let piece = line.get(start..end).unwrap_or_default();
        let inside = follows && (ltr || next_ltr && joins(line, start, piece, end));
        match runs.last_mut() {
            Some(run) if inside => run.1 = end,
            _ => runs.push((start, end, ltr)),
        }
    }
    let mut out = String::with_capacity(line.len());
    for (start, end, ltr) in runs.into_iter().rev() {
        let piece = line.get(start..end).unwrap_or_default();
        if ltr {
            out.push_str(piece);
        } else {
            out.extend(piece.chars().map(mirrored));
        }
    }
    out
}

/// True if `piece`, between two left-to-right characters of `line`, holds them together.
fn joins(line: &str, start: usize, piece: &str, end: usize) -> bool {
    let before = line.get(..start).and_then(|before| before.chars().next_back());
    let after = line.get(end..).and_then(|after| after.chars().next());
    let letters = [before, after].iter().all(|c| c.is_some_and(char::is_alphabetic));
    matches!(piece, "." | "," | ":" | "/" | "-" | "_" | "@" | "'" | "\u{66b}" | "\u{66c}") || (piece == " " && letters)
}

fn is_mark(c: char) -> bool {
    letter::is_mark(c) || is_lone_mark(c)
}

fn is_left_to_right(c: char) -> bool {
    letter::is_digit(c) || matches!(script_of(c), Script::Latin | Script::Cyrillic | Script::Greek | Script::Han)
}

fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 8] =
        [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›'), ('\u{fd3e}', '\u{fd3f}'), ('“', '”')];
    PAIRS
        .iter()
        .find_map(|&(open, close)| if c == open { Some(close) } else { (c == close).then_some(open) })
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_order_is_told_by_the_forms() {
        for line in ["ﻗﺎﻝ ﺭﺋﻴﺲ ﺍﻟﻮﺯﺭﺍﺀ", "ﻧﻔﺖ", "ﺷﺮﻛﺔ ﺍﻟﻨﻔﻂ ﻓﻲ 2015", "قال رئيس", "", "ﷺ", "ﻻ", "12 BBC"]
        {
            assert!(!reads_visually(line), "{line}");
            let mirror = reversed(line);
            let has_forms = line.chars().any(|c| matches!(form_of(c), Some((Form::Initial | Form::Medial, _))));
            assert_eq!(reads_visually(&mirror), has_forms, "{mirror}");
        }
    }

    #[test]
    fn numbers_words_brackets_and_marks_survive_the_turn() {
        let fixed = reorder_lines("خبر\n(BBC News) 12.5 ﻰﻟﺇ 2015 ﻡﺎ\u{64e}ﻋ\nﻗﺎﻝ").unwrap();
        assert_eq!(fixed.text, "خبر\nﻋﺎ\u{64e}ﻡ 2015 ﺇﻟﻰ 12.5 (BBC News)\nﻗﺎﻝ");
        assert_eq!(fixed.alignment.edits().len(), 1);
    }
}

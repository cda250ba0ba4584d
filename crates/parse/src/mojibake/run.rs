//! A run: cells between two clean letters, and what can be counted in it.

use khabar_text::{Script, script_of};

use super::cell::{Cell, LOST, TAG};

/// What a cell is to the judge, once misreadings have been undone `depth` times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Came out of a sequence.
    Done,
    /// A letter beyond ASCII that is no part of a sequence: what it seems, or proof of a wrong guess.
    Clean,
    /// An ASCII letter.
    Ascii,
    /// White space, or the place of a tag.
    Gap,
    /// Digits, punctuation, symbols.
    Other,
}

impl Kind {
    pub(super) fn of(cell: &Cell, depth: u8) -> Self {
        match cell.c {
            _ if cell.level == depth && depth > 0 => Self::Done,
            c if c.is_ascii_alphabetic() => Self::Ascii,
            TAG => Self::Gap,
            c if c.is_whitespace() => Self::Gap,
            c if is_clean_letter(c) => Self::Clean,
            _ => Self::Other,
        }
    }
}

/// True for letters beyond ASCII; not for the letters that serve as symbols.
pub(super) fn is_clean_letter(c: char) -> bool {
    !c.is_ascii() && is_letter(c) && !matches!(c, 'ª' | 'º' | 'µ' | 'ˆ' | 'ƒ')
}

/// `char::is_alphabetic`, with what is frequent here answered without a table search.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{80}'..='¿' => matches!(c, 'ª' | 'µ' | 'º'),
        '×' | '÷' => false,
        'À'..='ˁ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | '\u{620}'..='\u{657}' | 'ٮ'..='ۓ' | '一'..='\u{9fff}' | '가'..='힣' => {
            true
        }
        '\u{2000}'..='\u{206f}' | '₠'..='\u{20ff}' | '\u{3000}'..='〄' | '\u{fff0}'..='\u{ffff}' => false,
        _ => c.is_alphabetic(),
    }
}

/// What a run holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Cells that came out of sequences.
    pub(super) done: usize,
    /// Letters among them.
    pub(super) letters: usize,
    /// Combining marks among them.
    pub(super) marks: usize,
    /// Those of the script that has most.
    pub(super) of_script: usize,
    pub(super) script: Option<Script>,
    /// Characters that no text holds: controls, unassigned, private.
    pub(super) odd: usize,
    /// Lost letters.
    pub(super) lost: usize,
    /// ASCII letters in the run.
    pub(super) ascii: usize,
    /// Words with a letter that came out of a sequence.
    pub(super) words: usize,
    /// Words of at least three letters with a sequence that is hardly anything else: evidence for Latin script.
    pub(super) telling: usize,
}

impl Counts {
    /// Counts a run of cells; `telling` says of a cell whether its sequence is unlikely to be real text.
    pub(super) fn of(cells: &[Cell], kinds: &[Kind], telling: impl Fn(usize) -> bool) -> Self {
        let mut counts = Self::default();
        let mut scripts: Vec<(Script, usize)> = Vec::new();
        let (mut in_word, mut letters, mut tells) = (false, 0, false);
        for (index, (cell, &kind)) in cells.iter().zip(kinds).enumerate() {
            if kind == Kind::Done {
                counts.done += 1;
                let script = script(cell.c);
                tells = tells || telling(index);
                if cell.c == LOST {
                    counts.lost += 1;
                } else if script == Script::Inherited {
                    // A mark has the script of its letter.
                    counts.marks += 1;
                } else if is_letter(cell.c) && script.is_specific() {
                    in_word = true;
                    counts.letters += 1;
                    match scripts.iter_mut().find(|known| known.0 == script) {
                        Some(known) => known.1 += 1,
                        None => scripts.push((script, 1)),
                    }
                } else if is_odd(cell.c, script) {
                    counts.odd += 1;
                }
            }
            letters += usize::from(kind == Kind::Ascii || kind != Kind::Gap && is_letter(cell.c));
            counts.ascii += usize::from(kind == Kind::Ascii);
            if kind == Kind::Gap || kind == Kind::Done && cell.c.is_whitespace() || index + 1 == cells.len() {
                counts.words += usize::from(in_word);
                counts.telling += usize::from(tells && letters >= 3);
                (in_word, letters, tells) = (false, 0, false);
            }
        }
        if let Some(&(script, most)) = scripts.iter().max_by_key(|known| known.1) {
            counts.script = Some(script);
            counts.of_script = most;
        }
        counts
    }
}

/// The script of a character, the most frequent letters of mojibake first; scripts that are written together count as
/// one.
fn script(c: char) -> Script {
    match c {
        '×' | '÷' => Script::Common,
        'À'..='ɏ' | 'ª' | 'º' => Script::Latin,
        '\u{80}'..='¿' => Script::Common,
        _ => match script_of(c) {
            Script::Hiragana | Script::Katakana | Script::Bopomofo => Script::Han,
            script => script,
        },
    }
}

/// True for what no text holds.
fn is_odd(c: char, script: Script) -> bool {
    c.is_control() || matches!(c, '\u{e000}'..='\u{f8ff}') || script == Script::Other && !c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_cuts_agree_with_the_unicode_data() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_letter(c), c.is_alphabetic(), "U+{:04X}", u32::from(c));
        }
        for c in '\0'..='ɏ' {
            assert_eq!(script(c), script_of(c), "U+{:04X}", u32::from(c));
        }
    }
}

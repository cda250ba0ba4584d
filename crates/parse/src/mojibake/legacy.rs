//! Windows-1256 read as windows-1252: words of accented letters and nothing else.

use super::cell::Cell;
use super::reading::{Reading, arabic_letter};
use super::run::{Kind, is_clean_letter, is_letter};

/// Nearly nine of ten letters of Arabic, Persian and Urdu text are among these (counted over NTREX); three of five are
/// asked for, so that short lines pass.
const COMMON: &str = "اليمنورتبهدسعكکفقأةشہے";

/// Accented letters from which a unit is looked at even if most of it is ASCII.
const MIN_LETTERS: usize = 24;

/// Puts the letter of windows-1256 for every letter that windows-1252 shows, in words without ASCII letters; `None`
/// if there is no such word.
///
/// Both charsets have the same quotes, dashes and French letters: those stay, and are no evidence.
pub(super) fn undo(cells: &[Cell], level: u8) -> Option<Vec<Cell>> {
    let ascii = cells.iter().filter(|cell| cell.c.is_ascii_alphabetic()).count();
    let accented = cells.iter().filter(|cell| matches!(cell.c, 'À'..='ÿ')).count();
    if accented < 2 || accented < MIN_LETTERS && accented * 2 < ascii {
        return None;
    }
    let mut out = cells.to_vec();
    let mut found = false;
    for word in out.chunk_by_mut(|one, two| !ends_word(one) && !ends_word(two)) {
        let ascii = word.iter().any(|cell| cell.c.is_ascii_alphabetic());
        let last = word.len() - 1;
        let digits = word.iter().any(|cell| cell.c.is_ascii_digit());
        for (nth, cell) in word.iter_mut().enumerate().filter(|(_, cell)| !cell.c.is_ascii()) {
            // Behind a word in Latin script stands the Arabic comma.
            let stop = nth == last && (matches!(cell.c, '¡' | '¿') || cell.c == 'º' && !digits);
            if ascii && !stop && !cell.c.is_control() {
                continue;
            }
            let letter = Reading::Western.byte(cell.c).map(arabic_letter);
            if let Some(letter) = letter.filter(|letter| *letter != cell.c) {
                found |= is_clean_letter(cell.c);
                (cell.c, cell.level) = (letter, level);
            }
        }
    }
    found.then_some(out)
}

fn ends_word(cell: &Cell) -> bool {
    cell.c.is_ascii() && !cell.c.is_ascii_alphanumeric() || cell.c.is_whitespace()
}

/// True if the letters that came out of a run are as frequent as they are in real text, stand in words of a usual
/// length, and have no symbols between them.
pub(super) fn plausible(cells: &[Cell], depth: u8) -> bool {
    let (mut letters, mut common, mut words, mut wrong) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in cells.chunk_by(|one, two| !ends_word(one) && !ends_word(two)) {
        let of_word = word.iter().filter(|cell| Kind::of(cell, depth) == Kind::Done && is_letter(cell.c));
        let before = letters;
        for (nth, cell) in of_word.enumerate() {
            if matches!(cell.c, '\u{64b}'..='\u{652}') {
                // A vowel sign needs a letter.
                wrong += usize::from(nth == 0);
                continue;
            }
            letters += 1;
            common += usize::from(COMMON.contains(cell.c));
        }
        if letters > before {
            words += 1;
            wrong += word.iter().filter(|cell| matches!(cell.c, '¢'..='¦' | '¨' | '¬' | '¯'..='¹' | '¼'..='¾')).count();
        }
    }
    common * 5 >= letters * 3 && wrong * 20 <= letters && letters >= words * 2 && letters <= words * 10
}

//! Which misreading a unit went through, if any, and how certain that is.

use std::cmp::Reverse;
use std::ops::Range;

use khabar_text::{Rule, Script};

use super::cell::{self, Cell, TAG};
use super::reading::Reading;
use super::run::{Counts, Kind, is_letter};
use super::{Replacement, legacy, quote};

pub(super) use super::run::is_clean_letter;

/// Misreadings one after the other that are looked for.
const MAX_DEPTH: u8 = 2;

/// A misreading that is undone: UTF-8 as something.
const READINGS: [(Reading, Rule); 3] =
    [(Reading::Western, Rule("MJ1")), (Reading::Arabic, Rule("MJ2")), (Reading::Cyrillic, Rule("MJ3"))];

/// Words around quotes from which what is in them may be a sample.
const MIN_OUTSIDE: usize = 3;

/// Windows-1256 as windows-1252.
const LEGACY: Rule = Rule("MJ4");

/// More than one misreading.
const TWICE: Rule = Rule("MJ5");

/// How much a finding proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Perhaps a sample in a text about mojibake: no evidence.
    Sample,
    /// Too short to be certain alone.
    Likely,
    /// Nothing else than mojibake.
    Certain,
}

/// A run that looks like mojibake, and what it was.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) strength: Strength,
    pub(super) rule: Rule,
    /// Letters that came out.
    pub(super) letters: usize,
    /// Words that prove something: all with such letters; in Latin script those that can hardly be anything else.
    pub(super) words: usize,
    pub(super) latin: bool,
    /// Letters beyond ASCII that the run had before.
    pub(super) source_letters: usize,
    pub(super) edits: Vec<Replacement>,
    /// What the edits put, one after the other.
    pub(super) text: String,
}

/// The runs of a unit that look like mojibake, under the misreading that explains most of it.
pub(super) fn judge(text: &str, pieces: &[Range<usize>]) -> Vec<Finding> {
    let cells = cell::cells(text, pieces);
    best(text, &cells, 0).map(|guess| guess.findings(text)).unwrap_or_default()
}

/// A unit with a misreading undone.
struct Guess {
    cells: Vec<Cell>,
    depth: u8,
    rule: Rule,
    /// The last step was windows-1256.
    legacy: bool,
    runs: Vec<Run>,
    /// Bytes of the text that it explains, certain ones first.
    explains: (usize, usize),
}

struct Run {
    cells: Range<usize>,
    counts: Counts,
    strength: Strength,
}

/// The best of all guesses at `cells`, in which `depth` misreadings have been undone.
fn best(text: &str, cells: &[Cell], depth: u8) -> Option<Guess> {
    if depth == MAX_DEPTH {
        return None;
    }
    let alphabets = Alphabets::of(cells);
    let mut best: Option<Guess> = None;
    for (reading, rule) in READINGS.into_iter().filter(|(reading, _)| alphabets.may_be(*reading)) {
        let Some(undone) = cell::undo(cells, reading, depth + 1) else { continue };
        let whole = undone.iter().all(|cell| cell.c.is_ascii() || cell.level > depth);
        let deeper = self::best(text, &undone, depth + 1).map(|guess| Guess { rule: TWICE, ..guess });
        let own = Guess::new(text, undone, depth + 1, rule);
        best = deeper.into_iter().chain(own).chain(best).max_by_key(Guess::rank);
        // What one reading explains to the last letter is no other one.
        if whole && best.as_ref().is_some_and(|guess| guess.explains.0 > 0) {
            return best;
        }
    }
    let undone = if alphabets.latin { legacy::undo(cells, depth + 1) } else { None };
    let of_legacy = undone.and_then(|undone| Guess::new(text, undone, depth + 1, LEGACY));
    best.into_iter().chain(of_legacy).max_by_key(Guess::rank)
}

/// The letters beyond ASCII that there are: each reading has its own.
#[derive(Default)]
struct Alphabets {
    latin: bool,
    arabic: bool,
    cyrillic: bool,
}

impl Alphabets {
    fn of(cells: &[Cell]) -> Self {
        let mut alphabets = Self::default();
        for cell in cells {
            match cell.c {
                '\0'..='\u{7f}' => {}
                'À'..='ÿ' => alphabets.latin = true,
                '\u{600}'..='\u{6ff}' => alphabets.arabic = true,
                'Ѐ'..='ӿ' => alphabets.cyrillic = true,
                _ => {}
            }
        }
        alphabets
    }

    /// True if bytes that start UTF-8 sequences of other scripts could have been read so.
    fn may_be(&self, reading: Reading) -> bool {
        match reading {
            Reading::Western => self.latin,
            Reading::Arabic => self.arabic,
            Reading::Cyrillic => self.cyrillic,
        }
    }
}

impl Guess {
    /// More explained is better; then fewer letters, for a misreading of UTF-8 makes many of one; then Arabic letters;
    /// then fewer misreadings.
    fn rank(&self) -> impl Ord + use<> {
        (self.explains, Reverse(self.cells.len()), self.legacy, Reverse(self.depth))
    }

    /// `None` if no run is even likely.
    fn new(text: &str, cells: Vec<Cell>, depth: u8, rule: Rule) -> Option<Self> {
        let kinds: Vec<Kind> = cells.iter().map(|cell| Kind::of(cell, depth)).collect();
        let pure = !kinds.contains(&Kind::Clean);
        let quoted = quote::inside(&cells, depth);
        let outside = words_outside(&cells, &quoted);
        let mut runs = Vec::new();
        let mut explains = (0, 0);
        let mut start = 0;
        for kinds in kinds.split(|kind| *kind == Kind::Clean) {
            let range = start..start + kinds.len();
            start = range.end + 1;
            if !kinds.contains(&Kind::Done) {
                continue;
            }
            let part = cells.get(range.clone()).unwrap_or_default();
            let counts = Counts::of(part, kinds, |index| is_telling(text, part, index));
            let strength =
                if rule == LEGACY { legacy_strength(&counts, part, depth, pure) } else { strength(&counts, pure) };
            let Some(mut strength) = strength else { continue };
            let inside = quoted.get(range.clone()).unwrap_or_default();
            if outside >= MIN_OUTSIDE && kinds.iter().zip(inside).all(|(kind, inside)| *inside || *kind != Kind::Done) {
                strength = Strength::Sample;
            }
            let bytes: usize = part.iter().filter(|cell| cell.level > 0).map(|cell| cell.end - cell.start).sum();
            match strength {
                Strength::Certain => explains.0 += bytes,
                Strength::Likely | Strength::Sample => explains.1 += bytes,
            }
            runs.push(Run { cells: range, counts, strength });
        }
        (!runs.is_empty()).then_some(Self { cells, depth, rule, legacy: rule == LEGACY, runs, explains })
    }

    fn findings(self, text: &str) -> Vec<Finding> {
        let Self { cells, depth, rule, runs, .. } = self;
        let finding = |run: Run| {
            let part = cells.get(run.cells).unwrap_or_default();
            let source = |cell: &Cell| text.get(cell.start..cell.end).unwrap_or_default();
            let done = part.iter().filter(|cell| Kind::of(cell, depth) == Kind::Done);
            let latin = run.counts.script.is_none_or(|script| script == Script::Latin);
            let (edits, text) = edits(part);
            Finding {
                strength: run.strength,
                rule,
                letters: run.counts.letters,
                words: if latin { run.counts.telling } else { run.counts.words },
                latin,
                source_letters: done.flat_map(|cell| source(cell).chars()).filter(|&c| is_clean_letter(c)).count(),
                edits,
                text,
            }
        };
        runs.into_iter().map(finding).collect()
    }
}

/// Neighbouring cells that change are one edit; all that is put stands in one string.
fn edits(cells: &[Cell]) -> (Vec<Replacement>, String) {
    let mut edits: Vec<Replacement> = Vec::new();
    let mut text = String::new();
    for cell in cells.iter().filter(|cell| cell.level > 0) {
        text.push(cell.c);
        match edits.last_mut() {
            Some(last) if last.range.end == cell.start => {
                last.range.end = cell.end;
                last.length += cell.c.len_utf8();
            }
            _ => edits.push(Replacement { range: cell.start..cell.end, length: cell.c.len_utf8() }),
        }
    }
    (edits, text)
}

/// How certain a run of UTF-8 sequences is; `pure` if the whole unit has no clean letter. `None` if it is nothing.
fn strength(counts: &Counts, pure: bool) -> Option<Strength> {
    let Counts { done, letters, marks, of_script, script, odd, lost, ascii, words, telling } = *counts;
    if odd * 50 > done || lost * 6 > done {
        return None;
    }
    let certain = match script {
        None | Some(Script::Latin) => {
            // One sequence in a word is little, and a real letter may stand before a real symbol.
            if lost > 0 || (letters - of_script) * 20 > letters {
                return None;
            }
            telling >= if pure { 2 } else { 4 }
        }
        Some(_) => {
            if of_script * 10 < letters * 9 || (letters + marks) * 10 < done * 6 {
                return None;
            }
            let enough = if pure && ascii <= letters * 2 {
                letters >= 8 && (words >= 2 || letters >= 12)
            } else {
                letters >= 24 && (words >= 4 || letters >= 40)
            };
            // A table of letters is a table.
            enough && letters >= words * 2
        }
    };
    Some(if certain { Strength::Certain } else { Strength::Likely })
}

/// How certain a run of words in windows-1256 is.
fn legacy_strength(counts: &Counts, cells: &[Cell], depth: u8, pure: bool) -> Option<Strength> {
    let Counts { letters, of_script, script, odd, ascii, words, .. } = *counts;
    if script != Some(Script::Arabic) || of_script < letters || odd > 0 || !legacy::plausible(cells, depth) {
        return None;
    }
    let enough = if pure && ascii <= letters { letters >= 10 && words >= 2 } else { letters >= 24 && words >= 4 };
    Some(if enough { Strength::Certain } else { Strength::Likely })
}

/// True unless the sequence at `index` may be a real letter before real punctuation or a real mark, as in "CAFÉ®": it
/// is inside a word, or a capital behind a small letter, or has a symbol that stands behind no letter.
fn is_telling(text: &str, cells: &[Cell], index: usize) -> bool {
    let Some(cell) = cells.get(index) else { return false };
    let mut source = text.get(cell.start..cell.end).unwrap_or_default().chars();
    let capital = source.next().is_some_and(char::is_uppercase);
    let small = |cell: &Cell| cell.c.is_lowercase();
    source.any(|c| !follows_letters(c))
        || cells.get(index + 1).is_some_and(|next| is_letter(next.c))
        || capital && index.checked_sub(1).and_then(|before| cells.get(before)).is_some_and(small)
}

/// Punctuation, signs and footnote marks that stand right behind a word.
fn follows_letters(c: char) -> bool {
    let punctuation =
        matches!(c, '\u{a0}' | '«' | '»' | '‹' | '›' | '“' | '”' | '‘' | '’' | '„' | '…' | '–' | '—' | '•' | '·');
    punctuation || matches!(c, '©' | '®' | '™' | '°' | '¹' | '²' | '³' | 'ª' | 'º' | '†' | '‡')
}

/// Words with a letter that stand outside of quotes.
fn words_outside(cells: &[Cell], quoted: &[bool]) -> usize {
    let (mut words, mut in_word) = (0, false);
    for (cell, quoted) in cells.iter().zip(quoted) {
        if *quoted || cell.c == TAG || cell.c.is_whitespace() {
            in_word = false;
        } else if !in_word && is_letter(cell.c) {
            words += 1;
            in_word = true;
        }
    }
    words
}

//! Mojibake, text that was decoded with the wrong charset and saved again, undone where that is certain.
//!
//! A reader that takes UTF-8 for windows-1252 turns "الرئيس" into "Ø§Ù„Ø±Ø¦ÙŠØ³". The way back is exact: letters to
//! bytes of the charset that was wrong, bytes to letters of the one that was right. Rules, one a misreading:
//!
//! - `MJ1`: UTF-8 read as windows-1252 or as ISO-8859-1 (with C1 controls inside);
//! - `MJ2`: UTF-8 read as windows-1256 ("ط§ظ„ط±ط¦ظٹط³");
//! - `MJ3`: UTF-8 read as windows-1251;
//! - `MJ4`: windows-1256 read as windows-1252 or ISO-8859-1 ("ÇáÑÆíÓ");
//! - `MJ5`: more than one of them, one after the other.
//!
//! # What is certain
//! A run of letters is mojibake if the round trip is exact, its letters come out in one script, and no letter within
//! the run has to be left over. How many letters that takes depends on what stands around it: two words where
//! nothing else on the line speaks against it, four in a line that also holds clean letters, and none in a document
//! that is broken from end to end. A sample in quotes inside a clean sentence is a sample, and stays.
//!
//! Five bytes mean nothing in windows-1252, and some readers lose them. Where the rest is certain, a letter that lost one
//! becomes U+FFFD; where more than one in six did, nothing is repaired.
//!
//! No ASCII byte changes, so markup stays markup. A word that is repaired is one edit.

use std::ops::Range;

use khabar_text::{Aligned, Draft, Rule};

use self::judge::{Finding, Strength};

mod cell;
mod hint;
mod judge;
mod legacy;
mod quote;
mod reading;
mod run;
mod unit;

/// Bytes of the shortest unit that can be certain: two words of three letters, one broken in each.
const MIN_UNIT_BYTES: usize = 13;

/// Letters in a document that is broken from end to end, at least, before what is too short to be certain alone is
/// repaired with the rest.
const MIN_BROKEN_LETTERS: usize = 16;

/// The same for a document in Latin script, in words: most of its letters are ASCII and cannot break.
const MIN_BROKEN_WORDS: usize = 3;

/// Repairs `text`; `None` if there is nothing that certainly needs it. Linear time; a text without a byte that could
/// belong to mojibake costs one search for two byte values.
pub(crate) fn repair(text: &str) -> Option<Aligned> {
    let mark = unit::misread_mark(text);
    if mark == 0 && !hint::suspicious(text.as_bytes()) {
        return None;
    }
    let mut survey = Survey::default();
    unit::each(text, |unit| survey.judge(text, unit, true));
    if survey.findings.is_empty() && mark == 0 {
        return None;
    }
    unit::each(text, |unit| survey.count(text, unit));
    if survey.broken_everywhere(survey.letters, 2).is_some() {
        // Then what gives no hint is worth a look as well.
        unit::each(text, |unit| survey.judge(text, unit, false));
    }
    let findings = survey.certain();
    let mut edits: Vec<(Range<usize>, &str, Rule)> = Vec::new();
    if mark > 0 {
        edits.push((0..mark, "", Rule("MJ1")));
    }
    for finding in &findings {
        let mut rest = finding.text.as_str();
        for edit in &finding.edits {
            let (with, after) = rest.split_at_checked(edit.length).unwrap_or_default();
            edits.push((edit.range.clone(), with, finding.rule));
            rest = after;
        }
    }
    // Attributes of inline tags lie between the pieces of the text around them.
    edits.sort_by_key(|edit| edit.0.start);
    let mut draft = Draft::new(text);
    for (range, with, rule) in edits {
        draft.replace(range, with, rule);
    }
    draft.finish_if_changed()
}

/// Letters that stand in place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Replacement {
    /// Bytes of the text.
    range: Range<usize>,
    /// Bytes of what stands for them.
    length: usize,
}

fn is_short(unit: &unit::Unit<'_>) -> bool {
    unit.pieces.iter().map(Range::len).sum::<usize>() < MIN_UNIT_BYTES
}

/// What a whole document says for and against each finding in it.
#[derive(Default)]
struct Survey {
    findings: Vec<Finding>,
    /// Letters beyond ASCII, but for those in units that are too short to be certain.
    letters: usize,
    /// Those.
    in_short: usize,
    /// ASCII letters of the text, without markup and scripts.
    ascii: usize,
}

impl Survey {
    /// Judges a unit that gives a hint of mojibake and is long enough to be certain alone, or, in the second round, one
    /// that is not.
    fn judge(&mut self, text: &str, unit: &unit::Unit<'_>, first: bool) {
        let alone = !is_short(unit) && unit.parts(text).any(|part| hint::suspicious(part.as_bytes()));
        if alone == first && (alone || !unit.parts(text).all(str::is_ascii)) {
            self.findings.extend(judge::judge(text, unit.pieces));
        }
    }

    fn count(&mut self, text: &str, unit: &unit::Unit<'_>) {
        let letters = if is_short(unit) { &mut self.in_short } else { &mut self.letters };
        for part in unit.parts(text) {
            if unit.place == unit::Place::Text {
                self.ascii += part.bytes().filter(u8::is_ascii_alphabetic).count();
            }
            if !part.is_ascii() {
                *letters += part.chars().filter(|&c| judge::is_clean_letter(c)).count();
            }
        }
    }

    /// What is certain alone, and, in a document that is broken from end to end, the rest of the same kind.
    fn certain(mut self) -> Vec<Finding> {
        let everywhere = self.broken_everywhere(self.letters + self.in_short, 10);
        self.findings.retain(|finding| finding.strength == Strength::Certain || everywhere == Some(finding.rule));
        self.findings
    }

    /// The misreading that the document went through, if there is one: no more than one in `share` of its letters
    /// beyond ASCII did not.
    fn broken_everywhere(&self, letters_beyond_ascii: usize, share: usize) -> Option<Rule> {
        let evidence = || self.findings.iter().filter(|finding| finding.strength != Strength::Sample);
        let rule = evidence().max_by_key(|finding| (finding.letters, finding.words))?.rule;
        let same = || evidence().filter(|finding| finding.rule == rule);
        let letters: usize = same().map(|finding| finding.letters).sum();
        let words: usize = same().map(|finding| finding.words).sum();
        let broken: usize = self.findings.iter().map(|finding| finding.source_letters).sum();
        let latin: usize = same().filter(|finding| finding.latin).map(|finding| finding.letters).sum();
        let enough = if latin * 2 >= letters {
            words >= MIN_BROKEN_WORDS
        } else {
            letters >= MIN_BROKEN_LETTERS && letters * 3 >= self.ascii
        };
        (enough && letters_beyond_ascii.saturating_sub(broken) * share <= letters.max(words)).then_some(rule)
    }
}

#[cfg(test)]
mod tests;

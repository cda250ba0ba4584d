//! ZWNJ restoration, held against sentences that have theirs: deleted or spaced, restored, compared.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::file;
use crate::table::align;
use crate::told::Counts;

const ZWNJ: char = '\u{200c}';

/// What one way of losing ZWNJs comes to.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// "deleted" or "spaced".
    pub lost: &'static str,
    /// Sentences.
    pub sentences: usize,
    /// Right, restored and lost ones.
    pub all: Counts,
    /// Right and suggested ones by rule.
    pub rules: BTreeMap<&'static str, (usize, usize)>,
    /// Words that came out differently, each once: wanted, found.
    #[serde(skip)]
    pub faults: BTreeSet<String>,
}

/// Both ways.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Deleted, then spaced.
    pub scores: Vec<Score>,
}

/// Scores a file of one sentence a line.
///
/// # Errors
/// A file that cannot be read.
pub fn score(path: &Path) -> Result<Report, String> {
    let text = file::text(path)?;
    let sentences: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let scores = [("deleted", ""), ("spaced", " ")].map(|(lost, with)| one(lost, with, &sentences));
    Ok(Report { scores: scores.into() })
}

fn one(lost: &'static str, with: &str, sentences: &[&str]) -> Score {
    let (mut all, mut rules, mut faults) = (Counts::default(), BTreeMap::new(), BTreeSet::new());
    for sentence in sentences {
        let damaged = sentence.replace(ZWNJ, with);
        let wanted = places(sentence);
        let restored = khabar_text::restore_zwnj(&damaged).map_or(damaged.clone(), |aligned| aligned.text);
        let found = places(&restored);
        all.right += wanted.intersection(&found).count();
        all.said += found.len();
        all.wanted += wanted.len();
        for suggestion in khabar_text::suggest_zwnj(&damaged) {
            let before = damaged.get(..suggestion.range.start).unwrap_or_default();
            let place = before.chars().filter(|c| *c != ' ' && *c != ZWNJ).count();
            let (right, said) = rules.entry(suggestion.rule.0).or_insert((0, 0));
            *right += usize::from(wanted.contains(&place));
            *said += 1;
        }
        if wanted != found {
            let words = |text: &str| text.split(' ').filter(|word| word.contains(ZWNJ)).map(str::to_owned).collect();
            let (wanted, found): (BTreeSet<String>, BTreeSet<String>) = (words(sentence), words(&restored));
            faults.extend(wanted.difference(&found).map(|word| format!("{lost}: missed {word}")));
            faults.extend(found.difference(&wanted).map(|word| format!("{lost}: wrong {word}")));
        }
    }
    Score { lost, sentences: sentences.len(), all, rules, faults }
}

/// Letters before each ZWNJ; spaces do not count.
fn places(text: &str) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    let mut letters = 0;
    for c in text.chars() {
        match c {
            ZWNJ => _ = places.insert(letters),
            ' ' => {}
            _ => letters += 1,
        }
    }
    places
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let mut rows =
            vec![["ZWNJs", "sentences", "lost", "F1", "precision", "recall", "by rule"].map(str::to_owned).to_vec()];
        for score in &self.scores {
            let rules = score.rules.iter().map(|(rule, (right, said))| format!("{rule} {right}/{said}"));
            rows.push(vec![
                score.lost.to_owned(),
                score.sentences.to_string(),
                score.all.wanted.to_string(),
                percent(score.all.f1()),
                percent(score.all.precision()),
                percent(score.all.recall()),
                rules.collect::<Vec<_>>().join(", "),
            ]);
        }
        f.write_str(&align(&rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_letters() {
        assert_eq!(places("می\u{200c}شود و"), BTreeSet::from([2]));
        assert_eq!(places("می شود\u{200c}و"), BTreeSet::from([5]));
        let score = one("spaced", " ", &["هفته\u{200c}های گذشته می\u{200c}شود"]);
        assert_eq!(score.all, Counts { right: 2, said: 2, wanted: 2 });
        assert!(score.faults.is_empty());
    }
}

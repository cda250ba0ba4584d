//! Scores ZWNJ restoration on sentences that have their ZWNJs: deleted or typed as spaces, restored, compared.
//!
//! ```text
//! cargo run --release -p khabar-text --example score_zwnj -- SENTENCES [--faults]
//! ```
//! One sentence a line. Counted are places, by the letters before them.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]
#![expect(clippy::disallowed_methods, reason = "an example may read files")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

const ZWNJ: char = '\u{200c}';

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = args.first() else { return Err("usage: score_zwnj SENTENCES [--faults]".into()) };
    let text = std::fs::read_to_string(path)?;
    let sentences: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    for (lost, with) in [("deleted", ""), ("spaced", " ")] {
        score(lost, with, &sentences, args.iter().any(|arg| arg == "--faults"));
    }
    Ok(())
}

/// Prints what one way of losing ZWNJs comes to.
fn score(lost: &str, with: &str, sentences: &[&str], list: bool) {
    let (mut right, mut said, mut all) = (0, 0, 0);
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut faults = BTreeSet::new();
    for sentence in sentences {
        let damaged = sentence.replace(ZWNJ, with);
        let wanted = places(sentence);
        let restored = khabar_text::restore_zwnj(&damaged).map_or(damaged.clone(), |aligned| aligned.text);
        let found = places(&restored);
        right += wanted.intersection(&found).count();
        said += found.len();
        all += wanted.len();
        for suggestion in khabar_text::suggest_zwnj(&damaged) {
            let before = damaged.get(..suggestion.range.start).unwrap_or_default();
            let place = before.chars().filter(|c| *c != ' ' && *c != ZWNJ).count();
            let rule = rules.entry(suggestion.rule.0).or_default();
            rule.0 += usize::from(wanted.contains(&place));
            rule.1 += 1;
        }
        let words = |text: &str| -> BTreeSet<String> {
            text.split(' ').filter(|word| word.contains(ZWNJ)).map(str::to_owned).collect()
        };
        let (wanted, found) = (words(sentence), words(&restored));
        faults.extend(wanted.difference(&found).map(|word| format!("missed {word}")));
        faults.extend(found.difference(&wanted).map(|word| format!("wrong  {word}")));
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "{lost}: {} sentences, {all} ZWNJs: F1 {:.1}, precision {:.1}, recall {:.1}",
        sentences.len(),
        share(2 * right, said + all),
        share(right, said),
        share(right, all)
    );
    for (rule, (right, said)) in rules {
        println!("  {rule}: {right} of {said} right");
    }
    if list {
        faults.iter().for_each(|fault| println!("  {fault}"));
    }
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

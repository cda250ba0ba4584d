//! Quantities against lists of sentences: `cargo run -p khabar-entity --example score_numbers -- [--faults] LIST…`.
//!
//! A row is language, sentence, expression, kind, value, high, unit, modifier; `none` rows hold no quantity. A row is right if
//! value, upper end, unit and modifier are (or nothing is found where there is nothing). Ranks and ratios are not read.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a scorer reads lists and prints")]

use std::collections::BTreeMap;

use khabar_model::QuantityKind;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let faults = arguments.iter().any(|argument| argument == "--faults");
    for path in arguments.iter().filter(|argument| *argument != "--faults") {
        let mut tallies: BTreeMap<String, [usize; 3]> = BTreeMap::new();
        let text = std::fs::read_to_string(path)?;
        // Sentences with two readings stand twice: either counts.
        let mut seen: Vec<&str> = Vec::new();
        for row in text.lines().skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [language, sentence, expression, kind, value, high, unit, modifier] = columns[..] else { continue };
            if matches!(kind, "rank" | "ratio") || seen.contains(&sentence) {
                continue;
            }
            seen.push(sentence);
            let found = khabar_entity::quantities(sentence, Some(language));
            let same = |quantity: &khabar_model::Quantity<khabar_model::Span>| {
                let close = |one: Option<f64>, other: &str| match (one, other) {
                    (None, "-") => true,
                    (Some(one), other) => {
                        other.parse().is_ok_and(|other: f64| (one - other).abs() < 1e-6 * other.abs().max(1.0))
                    }
                    _ => false,
                };
                let kind_is = match kind {
                    "count" => quantity.kind == QuantityKind::Count,
                    "money" => quantity.kind == QuantityKind::Money,
                    "percent" => quantity.kind == QuantityKind::Percent,
                    _ => quantity.kind == QuantityKind::Measure || quantity.kind == QuantityKind::Count,
                };
                let is_range = quantity.modifier.as_deref() == Some("between");
                let told = quantity.unit.as_deref().unwrap_or("-");
                let unit_is = told == unit || unit.starts_with(told) && told != "-" && unit.contains(' ');
                kind_is
                    && close(quantity.value, value)
                    && close(quantity.alternatives.first().copied().filter(|_| is_range), high)
                    && unit_is
                    && (is_range || quantity.modifier.as_deref().unwrap_or("-") == modifier)
            };
            let right = if kind == "none" { found.is_empty() } else { found.iter().any(same) };
            let exact = found.iter().any(|found| found.text == expression);
            for key in [language, "all"] {
                let tally = tallies.entry(key.to_owned()).or_default();
                tally[0] += usize::from(right);
                tally[1] += 1;
                tally[2] += usize::from(exact || kind == "none" && found.is_empty());
            }
            if faults && !right {
                println!("{row}");
                for found in &found {
                    println!(
                        "    {:?} {:?} {:?} {:?} {:?} «{}»",
                        found.value, found.alternatives, found.unit, found.kind, found.modifier, found.text
                    );
                }
            }
        }
        let shown: Vec<String> = tallies
            .iter()
            .map(|(key, [right, all, exact])| {
                format!(
                    "{key} {right}/{all} ({:.1} %; the very characters {:.1} %)",
                    100.0 * *right as f64 / *all as f64,
                    100.0 * *exact as f64 / *all as f64
                )
            })
            .collect();
        println!("{path}: {}", shown.join(", "));
    }
    Ok(())
}

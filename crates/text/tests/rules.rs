//! A row for every rule of Arabic-script normalisation, by its id: what it does, or that it is off, with the texts that
//! other tools damage.

use khabar_model::Span;
use khabar_text::{fold, repair, respell_with, restore_zwnj};

/// Every rule that has an id; some are off, and their rows say so.
const RULES: [&str; 61] = [
    "KY1", "KY2", "KY3", "KY4", "KY5", "KY6", "KY7", "KY8", "AH0", "AH1", "AH2", "AH3", "AH4", "AH5", "AH6", "AH7",
    "HT1", "HT2", "HT3", "HT4", "HT5", "ZN1", "ZN2", "ZN3", "ZN4", "ZN5", "ZN6", "ZN7", "ZN8", "TW1", "TW2", "TW3",
    "TW4", "TW5", "HK1", "HK2", "HK3", "HK4", "HK5", "PF1", "PF2", "PF3", "PF4", "PF5", "PF6", "DG1", "DG2", "DG3",
    "DG4", "PU1", "PU2", "PU3", "PU4", "PU5", "PU6", "PU7", "PU8", "PU9", "PU10", "PU11", "PU12",
];

#[test]
fn every_rule_does_what_its_rows_say() {
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    for line in include_str!("rules.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [id, how, one, other, ..] = row[..] else { panic!("too few columns: {line}") };
        let (one, other) = (shown(one), shown(other));
        let found = match how {
            "repair" => repair(&one).text,
            "restore" => restore_zwnj(&one).map_or(one.clone(), |aligned| aligned.text),
            "meet" if fold(&one) == fold(&other) => other.clone(),
            "part" if fold(&one) != fold(&other) => other.clone(),
            "meet" | "part" => format!("{} and {}", fold(&one), fold(&other)),
            how => {
                let (rules, language) = match how.split_once(':') {
                    Some(("spell", language)) => (Vec::new(), language),
                    Some(("asked", language)) => {
                        (vec![id.parse().unwrap_or_else(|error| panic!("{line}: {error}"))], language)
                    }
                    _ => panic!("unknown: {line}"),
                };
                let whole = Span::new(0, one.len()).unwrap();
                respell_with(&one, &[(whole, language)], &rules).text
            }
        };
        if found != other {
            faults.push(format!("{line}\n    found {}", found.escape_unicode()));
        }
        seen.push(id);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let missing: Vec<&&str> = RULES.iter().filter(|rule| !seen.contains(*rule)).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

/// The characters that `{200c}` and the like stand for, so that a person can see them.
fn shown(text: &str) -> String {
    let mut parts = text.split('{');
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap_or_else(|| panic!("no end of {{: {text}"));
        shown.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap_or_else(|| panic!("{code}")));
        shown.push_str(rest);
    }
    shown
}

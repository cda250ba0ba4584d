//! The lists of quantities: how many may be wrong, and spans that are what they say.

use khabar_model::{Quantity, Span};

/// Language, sentence and the rest of a row.
fn rows(list: &str) -> impl Iterator<Item = Vec<&str>> {
    list.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>())
}

fn found(row: &[&str]) -> Vec<Quantity<Span>> {
    khabar_entity::quantities(row[1], Some(row[0]))
}

/// Rows whose value (or whose absence) is wrong.
fn wrong(list: &'static str) -> Vec<String> {
    let is_wrong = |row: &Vec<&str>| {
        let found = found(row);
        match row[3] {
            "rank" | "ratio" => false,
            "none" => !found.is_empty(),
            _ => {
                let value: f64 = row[4].parse().expect("a number");
                // A writing with two readings has two rows, and its quantity both.
                let readings =
                    found.iter().flat_map(|found| found.value.into_iter().chain(found.alternatives.iter().copied()));
                !readings.into_iter().any(|it| (it - value).abs() <= 1e-6 * value.abs().max(1.0))
            }
        }
    };
    rows(list).filter(is_wrong).map(|row| row.join("\t")).collect()
}

#[test]
fn few_values_are_wrong() {
    for (list, most) in [(include_str!("numbers.tsv"), 14), (include_str!("numbers-held-out.tsv"), 20)] {
        let wrong = wrong(list);
        assert!(wrong.len() <= most, "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn a_quantity_has_the_characters_that_it_says() {
    for row in rows(include_str!("numbers.tsv")) {
        let mut end = 0;
        for quantity in found(&row) {
            assert_eq!(quantity.span.of(row[1]), Some(quantity.text.as_str()));
            assert!(quantity.span.start() >= end, "{row:?}");
            assert!(quantity.value.is_some_and(f64::is_finite));
            end = quantity.span.end();
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "[0-9٠-٩۰-۹.,٫٬/%$:ا-ي ودهزار نصفو-]{0,60}|\\PC{0,40}", language in "ar|fa|ur|en|de") {
        let mut end = 0;
        for quantity in khabar_entity::quantities(&text, Some(&language)) {
            proptest::prop_assert_eq!(quantity.span.of(&text), Some(quantity.text.as_str()));
            proptest::prop_assert!(quantity.span.start() >= end);
            end = quantity.span.end();
        }
    }
}

//! Offices under several names, one of which stands for all: «المدير الفني» is «مدرب», "the skipper" the captain.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::describe::content;
use crate::phrases::Tongue;

/// An office by one of its names.
struct Office {
    tongue: Tongue,
    /// Its words, folded.
    words: Vec<String>,
    /// What stands for all of its names.
    one: String,
    /// One person of an article has it.
    single: bool,
}

/// Those of roles.tsv by the first words of their names, longest names first.
static OFFICES: LazyLock<FxHashMap<String, Vec<Office>>> = LazyLock::new(|| {
    let mut offices: BTreeMap<String, Vec<Office>> = BTreeMap::new();
    for row in include_str!("../../data/roles.tsv").lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [language, kind @ ("same" | "one"), names] = columns.as_slice() else { continue };
        let Some(tongue) = Tongue::of(language) else { continue };
        let of = |form: &str| form.split(' ').map(|word| content(word, tongue)).collect::<Vec<String>>();
        let first = names.split('|').next().map(of).unwrap_or_default().concat();
        let single = *kind == "one";
        for words in names.split('|').map(of) {
            let Some(word) = words.first().cloned() else { continue };
            offices.entry(word).or_default().push(Office { tongue, words, one: first.clone(), single });
        }
    }
    let longest_first = |(word, mut offices): (String, Vec<Office>)| {
        offices.sort_by_key(|office| std::cmp::Reverse(office.words.len()));
        (word, offices)
    };
    offices.into_iter().map(longest_first).collect()
});

/// Words with one for each office that has several names.
pub(super) fn canonical(words: &[String], tongue: Tongue) -> Cow<'_, [String]> {
    if !words.iter().any(|word| OFFICES.contains_key(word)) {
        return words.into();
    }
    let mut canonical = Vec::new();
    let mut rest = words;
    while let Some((word, behind)) = rest.split_first() {
        let mut offices = OFFICES.get(word).into_iter().flatten();
        let office = offices.find(|office| office.tongue == tongue && rest.starts_with(&office.words));
        canonical.push(office.map_or(word, |office| &office.one).clone());
        rest = office.map_or(behind, |office| rest.get(office.words.len()..).unwrap_or_default());
    }
    canonical.into()
}

/// True for an office that one person of an article has, by its canonical word.
pub(super) fn is_single(word: &str, tongue: Tongue) -> bool {
    OFFICES.values().flatten().any(|office| office.tongue == tongue && office.single && office.one == word)
}

/// «الفريق», «این تیم»: what stands for a name that a description has, or says nothing of whose the office is («سابق»).
pub(super) fn is_generic(word: &str) -> bool {
    const GENERIC: [&str; 13] =
        ["مردم", "فريق", "نادي", "منتخب", "تيم", "باشگاه", "ٹيم", "team", "club", "side", "new", "سابق", "جديد"];
    GENERIC.contains(&word)
}

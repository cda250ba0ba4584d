//! Facts that stand in boilerplate: source credits, bylines, publishers and tags.

use std::sync::LazyLock;

use khabar_model::Credit;
use regex::Regex;

use crate::byline;

/// The credit in the rest of a line after its cue ("رويترز", "على موقع :www.example.com بتاريخ:2024-10-13"), if there is one.
pub(crate) fn credit(rest: &str) -> Option<Credit> {
    static ADDRESS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:https?://)?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,12}(?:/[^\s،؛]*)?").ok());
    let url = ADDRESS.as_ref().and_then(|shape| shape.find(rest)).map(|found| found.range());
    let date = khabar_dates::first_absolute(rest, None);
    let cut = [url.as_ref().map(|range| range.start), date.as_ref().map(|(span, _)| span.start())];
    let name = rest.get(..cut.into_iter().flatten().min().unwrap_or(rest.len())).unwrap_or_default();
    let name = without_lead_words(tidy(name));
    let name = (!name.is_empty() && name.chars().count() <= 80).then(|| name.to_owned());
    let credit = Credit {
        name,
        url: url.and_then(|range| rest.get(range)).map(str::to_owned),
        date: date.map(|(_, resolved)| resolved.value),
    };
    (credit != Credit::default()).then_some(credit)
}

/// "على موقع : X بتاريخ" → "X": words that lead to the name, or label the date behind it, are not the name.
fn without_lead_words(name: &str) -> &str {
    const LEAD: [&str; 12] =
        ["على موقع", "في موقع", "على صفحة", "موقع", "على", "في", "در وبسایت", "در وب‌سایت", "در", "on", "at", "by"];
    const LABEL: [&str; 4] = ["بتاريخ", "في تاريخ", "در تاریخ", "on"];
    let word = |rest: &str, back: bool| {
        let next = if back { rest.chars().next_back() } else { rest.chars().next() };
        next.is_none_or(|char| !char.is_alphanumeric())
    };
    let mut name = name;
    loop {
        let lead = LEAD.iter().find_map(|lead| name.strip_prefix(lead).filter(|rest| word(rest, false)));
        let label = LABEL.iter().find_map(|label| name.strip_suffix(label).filter(|rest| word(rest, true)));
        match lead.or(label) {
            Some(rest) => name = tidy(rest),
            None => return name,
        }
    }
}

/// The people that a line of a scrape names as its authors. A single word there is more often a city or a desk than a
/// person, so it takes two; in Latin script they are capitalised, but for particles.
pub(crate) fn people(line: &str) -> Vec<String> {
    let mut people = byline::people([line], &[]);
    let is_name_word = |word: &str| {
        let small = word.starts_with(|char: char| char.is_lowercase());
        !small
            || ["de", "da", "di", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "ibn", "y"].contains(&word)
    };
    people.retain(|name| name.split_whitespace().count() >= 2 && name.split_whitespace().all(is_name_word));
    people.retain(|name| !has_function_word(name));
    people
}

/// Words beside the names that a byline may have: a role, a desk.
const BESIDE_NAMES: usize = 4;

/// The people of a byline that says little else; none if the rest of it is a sentence.
pub(crate) fn people_alone(rest: &str) -> Vec<String> {
    // Where they wrote it is no part of a name.
    let placed = rest.split(['،', ',', ';', '؛', '-', '–', '|', '(']).map(|part| {
        [" in ", " from ", " في ", " از "]
            .iter()
            .filter_map(|word| part.find(word))
            .min()
            .map_or(part, |at| part.get(..at).unwrap_or(part))
    });
    let bare = placed.collect::<Vec<&str>>().join("، ");
    let people = people(&bare);
    let count = |text: &str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let named: usize = people.iter().map(|name| count(name)).sum();
    if count(rest) > named + BESIDE_NAMES { Vec::new() } else { people }
}

/// Words that sentences have and names have not.
const FUNCTION_WORDS: [&str; 58] = [
    "في", "من", "على", "إلى", "الى", "عن", "مع", "أن", "إن", "هذا", "هذه", "التي", "الذي", "بعد", "قبل", "بين", "خلال",
    "حتى", "لم", "لن", "لا", "قال", "قالت", "ضد", "به", "در", "با", "که", "را", "برای", "است", "بود", "شد", "این", "آن",
    "بر", "تا", "هم", "کا", "کی", "کے", "میں", "سے", "پر", "نے", "کو", "ہے", "ہیں", "the", "of", "on", "for", "with",
    "is", "was", "said", "to", "at",
];

fn has_function_word(name: &str) -> bool {
    name.split_whitespace().any(|word| FUNCTION_WORDS.contains(&word))
}

/// The holder in a copyright line: "© 2024 خليجي 247. جميع الحقوق محفوظة." → "خليجي 247".
pub(crate) fn copyright_holder(line: &str) -> Option<String> {
    static NOISE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)©|\(c\)|copyright|(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?|[٠-٩۰-۹]{4}|جميع الحقوق محفوظة?|كل الحقوق محفوظة|كافة الحقوق محفوظة|حقوق النشر محفوظة|تمامی حقوق(?: این سایت| این وبگاه)?|کلیه حقوق(?: این سایت)?|(?:برای|متعلق به)|محفوظ است|محفوظ می‌باشد|جملہ حقوق(?: بحق)?|محفوظ ہیں|all rights reserved|لـ|לכל הזכויות שמורות",
        )
        .ok()
    });
    let left = NOISE.as_ref()?.replace_all(line, "\n").into_owned();
    let part = left.split(['\n', '|', '·', '•']).map(tidy).find(|part| part.chars().any(char::is_alphabetic))?;
    // The longest thing before a full stop is the holder; a sentence is none.
    let holder = tidy(part.split(". ").next().unwrap_or(part));
    (holder.split_whitespace().count() <= 6 && holder.chars().count() >= 2).then(|| holder.to_owned())
}

/// Keywords of a tag line.
pub(crate) fn tags(rest: &str) -> Vec<String> {
    let parts = rest.split(['،', ',', '|', '#', '؛', '/', '•', '·']).map(tidy);
    parts.filter(|tag| (2..=60).contains(&tag.chars().count())).map(str::to_owned).collect()
}

fn tidy(text: &str) -> &str {
    text.trim_matches(|char: char| char.is_whitespace() || ":،,;.-–—|/*«»\"'()".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_taken_apart() {
        let found = credit("موقع :www.example-news.com بتاريخ:2024-10-13 22:46:00").unwrap();
        assert_eq!(found.url.as_deref(), Some("www.example-news.com"));
        assert_eq!(found.date.as_deref(), Some("2024-10-13T22:46:00"));
        assert_eq!(credit(": رويترز").unwrap().name.as_deref(), Some("رويترز"));
        let found = credit("على موقع : وكالة الساحل بتاريخ: 2024-10-14 10:20").unwrap();
        assert_eq!(found.name.as_deref(), Some("وكالة الساحل"));
        assert_eq!(credit(" "), None);
    }

    #[test]
    fn people_of_a_line_are_named_in_full() {
        assert_eq!(people("By Jane van Doe and John Roe"), ["Jane van Doe", "John Roe"]);
        assert_eq!(people("أحمد عبد الله"), ["أحمد عبد الله"]);
        for nobody in ["Monday evening", "وكالات", "Reuters", "الرياض"] {
            assert_eq!(people(nobody), Vec::<String>::new(), "{nobody}");
        }
    }

    #[test]
    fn a_phrase_after_a_byline_cue_is_no_person() {
        for nobody in [
            "حمله هوایی به بندر",
            "المحتوى في غرفة الأخبار",
            "Jane Austen, the novel still sells across the whole world",
        ] {
            assert_eq!(people_alone(nobody), Vec::<String>::new(), "{nobody}");
        }
        assert_eq!(people_alone("Maria Lopez in London; Jan de Vries"), ["Maria Lopez", "Jan de Vries"]);
        assert_eq!(people_alone("مریم رضایی، سرویس اقتصادی"), ["مریم رضایی"]);
    }

    #[test]
    fn the_holder_of_the_rights() {
        assert_eq!(copyright_holder("© 2024 صحيفة الموج. جميع الحقوق محفوظة.").as_deref(), Some("صحيفة الموج"));
        assert_eq!(copyright_holder("جميع الحقوق محفوظة © وكالة الساحل 2024").as_deref(), Some("وكالة الساحل"));
        assert_eq!(
            copyright_holder("Copyright 2024 The Harbour Ledger. All rights reserved.").as_deref(),
            Some("The Harbour Ledger")
        );
        assert_eq!(copyright_holder("جميع الحقوق محفوظة"), None);
    }
}

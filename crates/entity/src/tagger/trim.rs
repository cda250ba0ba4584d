//! What the tagger's names are cut to before anything else: function words and signs at the ends go, a hyphenated word
//! stays whole, and «كيم وترامب» are two people.

use khabar_model::EntityType;

use crate::function;
use crate::tagger::Reading;
use crate::tagger::feature::{Habit, START, roll, settle};
use crate::tagger::label::OUTSIDE;
use crate::tagger::names::{Names, list};
use crate::tagger::token::Kind;

/// Letters of the name of a letter at most.
const LETTER: usize = 2;

/// The names that the tokens `first..end`, one name to the tagger, are: none, one, or two people joined by «و».
pub(crate) fn trim(
    text: &str,
    reading: &Reading,
    labels: &[u8],
    (first, end): (usize, usize),
    kind: EntityType,
    names: &Names,
    code: &str,
) -> Vec<(usize, usize)> {
    let (mut first, mut end) = (first, end);
    let written = |at: usize| reading.tokens.get(at).and_then(|token| text.get(token.start..token.end)).unwrap_or("");
    // A person's name that goes on behind a hyphen: «مون جاي-إن» whose last word is a common one.
    if kind == EntityType::Per {
        let glued = |at: usize| reading.tokens.get(at).is_some_and(|token| !token.spaced);
        let free = |at: usize| labels.get(at).is_some_and(|&label| usize::from(label) == OUTSIDE);
        while is_hyphen(written(end)) && glued(end) && glued(end + 1) && is_word(reading, end + 1) && free(end + 1) {
            end += 2;
        }
    }
    // A bracket or mark that closes what the name has not opened.
    let stray = |first: usize, at: usize| {
        opening(written(at)).is_some_and(|opening| !(first..at).any(|before| written(before) == opening))
    };
    while first < end && stray(first, end - 1) {
        end -= 1;
    }
    // The letters of an abbreviation: «پی کے کے», «إم تي إن».
    if (first..end).all(|at| reading.folded.get(at).len() <= LETTER) {
        return vec![(first, end)];
    }
    let sign = |at: usize| reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Sign);
    while first < end && (sign(first) || function::opens_no_name(code, written(first))) {
        first += 1;
    }
    // «محمد على» is how Egypt types علي.
    let function = |at: usize| {
        let word = written(at);
        let given = at > first && kind == EntityType::Per && word == "على" && is_person(reading, names, at - 1);
        let glued = reading.tokens.get(at).is_some_and(|token| !token.spaced);
        function::closes_no_name(code, word) && !given && !glued
    };
    while first < end && (sign(end - 1) && !closes(written(end - 1)) || function(end - 1) || stray(first, end - 1)) {
        end -= 1;
    }
    if kind == EntityType::Per && Habit::of(code) == Habit::Arabic {
        for at in first + 1..end {
            if splits(reading, names, at) {
                return vec![(first, at), (at, end)];
            }
        }
    }
    if first < end { vec![(first, end)] } else { Vec::new() }
}

/// True for a word that is «و» and the name of a person, and no name itself («وليد»).
fn splits(reading: &Reading, names: &Names, at: usize) -> bool {
    let letters = reading.folded.get(at);
    let ['و', rest @ ..] = letters else { return false };
    let person = |letters: &[char]| names.get(settle(roll(START, letters))) & (list::PERSON | list::HEAD) != 0;
    rest.len() >= 3 && !person(letters) && person(rest)
}

fn is_person(reading: &Reading, names: &Names, at: usize) -> bool {
    names.get(settle(roll(START, reading.folded.get(at)))) & list::PERSON != 0
}

fn is_word(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
}

fn is_hyphen(sign: &str) -> bool {
    matches!(sign, "-" | "‐" | "‑")
}

/// Signs that may end a name: brackets and marks that it has opened, the full stop of an abbreviation, and what is written
/// into names.
fn closes(sign: &str) -> bool {
    matches!(sign, ")" | "]" | "»" | "\"" | "”" | "." | "!" | "+" | "&")
}

/// What a closing bracket or mark needs before it.
fn opening(sign: &str) -> Option<&'static str> {
    Some(match sign {
        ")" => "(",
        "]" => "[",
        "»" => "«",
        "”" => "“",
        "\"" => "\"",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_text::fold;

    /// What is left of the name in brackets.
    fn trimmed(marked: &str, kind: EntityType, code: &str, people: &[&str]) -> Vec<String> {
        let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let mut keys: Vec<u32> =
            people.iter().map(|name| settle(roll(START, &fold(name).chars().collect::<Vec<_>>()))).collect();
        keys.sort_unstable();
        let names = Names::new(keys, vec![list::PERSON; people.len()]);
        let reading = Reading::new(&text, &[], &names, Habit::of(code));
        let first = reading.tokens.iter().position(|token| token.start >= start).unwrap();
        let last = reading.tokens.iter().position(|token| token.end >= end).unwrap() + 1;
        let labels = vec![0; reading.tokens.len()];
        let pieces = trim(&text, &reading, &labels, (first, last), kind, &names, code);
        let of = |(first, end): (usize, usize)| {
            text.get(reading.tokens[first].start..reading.tokens[end - 1].end).unwrap().to_owned()
        };
        pieces.into_iter().map(of).collect()
    }

    #[test]
    fn names_lose_what_is_none_of_theirs() {
        use EntityType::{Loc, Org, Per};
        let people = ["ترامب", "وليد", "محمد"];
        for (marked, kind, code, expected) in [
            ("التقى [كيم مع] ترامب", Per, "ar", &["كيم"][..]),
            ("وقال [أن بيونغ يانغ] ترفض", Org, "ar", &["بيونغ يانغ"]),
            ("قمة [كيم وترامب] اليوم", Per, "ar", &["كيم", "وترامب"]),
            ("صورة [محمد وليد] أمس", Per, "ar", &["محمد وليد"]),
            ("رسالة [كيم على] الطاولة", Per, "ar", &["كيم"]),
            ("قال [محمد على] أمس", Per, "ar", &["محمد على"]),
            ("الرئيس [مون جاي]-إن في سول", Per, "ar", &["مون جاي-إن"]),
            ("وزير الخارجية [مايك)] بومبيو", Per, "ar", &["مايك"]),
            ("خدمة \"[بي أن أس\"] الإخبارية", Org, "ar", &["بي أن أس"]),
            ("met [Bank (North)] today", Org, "en", &["Bank (North)"]),
            ("[كيم -] قال", Per, "ar", &["كيم"]),
            ("بازی [| کونارسکی] دوم", Per, "fa", &["کونارسکی"]),
            ("[وأضافت هايلي] أن", Per, "ar", &["هايلي"]),
            ("سفر [به تهران و] قم", Loc, "fa", &["به تهران"]),
            ("met [of the] day", Org, "en", &[]),
            ("in [The Hague], he", Loc, "en", &["The Hague"]),
        ] {
            assert_eq!(trimmed(marked, kind, code, &people), expected, "{marked}");
        }
    }
}

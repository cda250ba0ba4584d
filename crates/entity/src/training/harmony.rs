//! What counts as a name where corpora differ: one habit for all texts of a language.
//!
//! The project's files leave the word for what is governed outside («مدينة [بغداد]») and take in what a body is called
//! by («[صحيفة الأيام]», «[حركة النهضة]»). ANERcorp and most of AQMAR leave both outside, Wojood takes both in: their
//! names are made to follow.

use khabar_model::EntityType;
use khabar_text::fold;

use crate::tagger::feature::arabic_stems;
use crate::training::corpus::{Name, Sentence};

/// Words for what is governed, before its name, folded.
const GOVERNED: &str = " مدينه محافظه ولايه اقليم بلده قريه حي مقاطعه منطقه ناحيه قضاء ضاحيه ";

/// Generic words before names of bodies, folded.
const BODIES: &str =
    " وكاله صحيفه جريده قناه شركه مجله اذاعه حركه مجموعه شبكه نادي جامعه منظمه مؤسسه جمعيه جماعه بنك مصرف ";

/// The Arabic sentence of a corpus with the borders of the project's files.
pub(crate) fn harmonised(sentence: &Sentence) -> Sentence {
    let mut names: Vec<Name> = Vec::with_capacity(sentence.names.len());
    for name in &sentence.names {
        let from = names.last().map_or(0, |before| before.end);
        names.push(match name.kind {
            EntityType::Loc => bare(&sentence.text, *name),
            EntityType::Org => whole(&sentence.text, *name, from),
            _ => *name,
        });
    }
    Sentence { text: sentence.text.clone(), names }
}

/// The place without the word for what it is.
fn bare(text: &str, name: Name) -> Name {
    let written = text.get(name.start..name.end).unwrap_or_default();
    match written.split_once(' ') {
        Some((first, rest)) if is_one_of(GOVERNED, first) && !rest.trim().is_empty() => {
            Name { start: name.end - rest.len(), ..name }
        }
        _ => name,
    }
}

/// The body with the generic word that stands right before it, behind `from`.
fn whole(text: &str, name: Name, from: usize) -> Name {
    let before = text.get(from..name.start).unwrap_or_default();
    let word = before.strip_suffix(' ').and_then(|words| words.rsplit(' ').next()).unwrap_or_default();
    if is_one_of(BODIES, word) { Name { start: name.start - 1 - word.len(), ..name } } else { name }
}

/// True if a list has a word, with or without proclitics.
fn is_one_of(list: &str, word: &str) -> bool {
    let letters: Vec<char> = fold(word).chars().collect();
    let [_, preposition, _] = arabic_stems(&letters);
    let has = |word: &[char]| !word.is_empty() && list.contains(&format!(" {} ", word.iter().collect::<String>()));
    has(&letters) || has(preposition)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harmonised_name<'t>(text: &'t str, from: &str, kind: EntityType) -> Option<&'t str> {
        let start = text.find(from).unwrap();
        let names = vec![Name { start, end: start + from.len(), kind, subtype: "" }];
        let name = harmonised(&Sentence { text: text.to_owned(), names }).names[0];
        text.get(name.start..name.end)
    }

    #[test]
    fn bodies_take_their_generic_word_in() {
        let name = |text, from| harmonised_name(text, from, EntityType::Org);
        assert_eq!(name("قالت لصحيفة الأيام أمس", "الأيام"), Some("لصحيفة الأيام"));
        assert_eq!(name("صحيفة الأيام", "الأيام"), Some("صحيفة الأيام"));
        assert_eq!(name("قالت الأيام أمس", "الأيام"), Some("الأيام"));
        assert_eq!(name("الأيام", "الأيام"), Some("الأيام"));
    }

    #[test]
    fn places_leave_theirs_outside() {
        let name = |text, from| harmonised_name(text, from, EntityType::Loc);
        assert_eq!(name("عاد لمدينة خاركيف", "لمدينة خاركيف"), Some("خاركيف"));
        assert_eq!(name("عاد إلى نهر دجلة", "نهر دجلة"), Some("نهر دجلة"));
        assert_eq!(name("قرب المدينة", "المدينة"), Some("المدينة"));
    }
}

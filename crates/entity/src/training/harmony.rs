//! What counts as a name where corpora differ: one habit for all texts of a language.
//!
//! The Arabic corpora leave the generic word of a place or a body outside («مدينة [بغداد]», «صحيفة [الأيام]»), and
//! the project's own files take it in. The tagger follows the corpora: nine of ten Arabic sentences are theirs.

use khabar_model::EntityType;
use khabar_text::fold;

use crate::tagger::feature::arabic_stems;
use crate::training::corpus::{Name, Sentence};

/// Generic words before names of places, folded.
const PLACES: &str = " مدينه محافظه ولايه اقليم بلده قريه جزيره مطار حي شارع دوله مقاطعه منطقه نهر ميناء جبهه مخيم قضاء ناحيه جمهوريه ضاحيه مضيق سهل وادي معبر ";

/// Generic words before names of bodies, folded.
const BODIES: &str = " وكاله صحيفه جريده قناه شركه مجله موقع اذاعه حركه مجموعه شبكه ";

/// The Arabic sentence with generic words outside its names.
pub(crate) fn without_generic_words(sentence: &Sentence) -> Sentence {
    let names = sentence.names.iter().map(|name| bare(&sentence.text, *name)).collect();
    Sentence { text: sentence.text.clone(), names }
}

fn bare(text: &str, name: Name) -> Name {
    let generic = match name.kind {
        EntityType::Loc => PLACES,
        EntityType::Org => BODIES,
        _ => return name,
    };
    let written = text.get(name.start..name.end).unwrap_or_default();
    let Some((first, rest)) = written.split_once(' ') else { return name };
    let letters: Vec<char> = fold(first).chars().collect();
    let [.., preposition, _] = arabic_stems(&letters);
    let is_generic = |word: &[char]| generic.contains(&format!(" {} ", word.iter().collect::<String>()));
    if !is_generic(&letters) && !is_generic(preposition) {
        return name;
    }
    // «صحيفة "الأيام"»: the marks stay outside too.
    let bare = rest.trim_matches(|letter: char| matches!(letter, '"' | '«' | '»' | '“' | '”' | ' '));
    let start = name.end - rest.len() + rest.find(bare).unwrap_or(0);
    Name { start, end: start + bare.len(), ..name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generic_word_goes() {
        let text = "عاد لمدينة خاركيف";
        let name = Name { start: "عاد ل".len(), end: text.len(), kind: EntityType::Loc, subtype: "city" };
        let sentence = without_generic_words(&Sentence { text: text.to_owned(), names: vec![name] });
        let name = sentence.names[0];
        assert_eq!(text.get(name.start..name.end), Some("خاركيف"));
    }
}

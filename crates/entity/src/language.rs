//! Which gazetteer language a language code stands for, and what its script says about edges and case.

use khabar_model::{Block, Detection, Span};

/// The gazetteer language that a code falls under: varieties use the lists of their written standard.
pub(crate) fn list_language(code: &str) -> &str {
    let base = code.split(['-', '_']).next().unwrap_or(code);
    match base {
        "ara" | "arb" | "arz" | "ary" | "arq" | "aeb" | "acm" | "acq" | "afb" | "ajp" | "apc" | "apd" | "ars"
        | "ayl" | "shu" => "ar",
        "fas" | "per" | "pes" | "prs" => "fa",
        "pus" | "pbt" | "pbu" | "pst" => "ps",
        "urd" => "ur",
        "kur" | "kmr" => "ku",
        "aze" | "azj" => "az",
        "eng" => "en",
        _ => base,
    }
}

/// The language of a block: its own, else that of the document if the detector stands by it; `None` if unknown.
pub(crate) fn of_block<'a>(block: &'a Block<Span>, document: &'a Detection) -> Option<&'a str> {
    let detected = Some(document.code.as_str()).filter(|_| document.reliable);
    block.language.as_deref().or(detected).map(list_language).filter(|code| !code.is_empty() && *code != "und")
}

/// The scripts that the matcher tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Writing {
    /// Arabic letters: no case, proclitics and half-spaces.
    Arabic,
    /// Latin, Greek, Cyrillic, Armenian: names begin with a capital.
    Cased,
    /// Everything else.
    Other,
}

impl Writing {
    const ALL: [Self; 3] = [Self::Arabic, Self::Cased, Self::Other];

    /// The writing with this number.
    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The number of this writing, for a file.
    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    /// The writing of one character; digits and marks have none.
    pub(crate) fn of(letter: char) -> Option<Self> {
        match letter {
            '\u{620}'..='\u{64a}'
            | '\u{66e}'..='\u{6d3}'
            | '\u{6d5}'
            | '\u{6ee}'..='\u{6ef}'
            | '\u{6fa}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8c9}' => Some(Self::Arabic),
            'a'..='z' | 'A'..='Z' => Some(Self::Cased),
            _ if letter.is_lowercase() || letter.is_uppercase() => Some(Self::Cased),
            _ if letter.is_alphabetic() => Some(Self::Other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varieties_share_the_list_of_their_standard() {
        for (code, list) in [("arz", "ar"), ("prs", "fa"), ("fa-AF", "fa"), ("ckb", "ckb"), ("ur", "ur"), ("", "")] {
            assert_eq!(list_language(code), list);
        }
    }

    #[test]
    fn the_three_writings() {
        assert_eq!(Writing::of('ک'), Some(Writing::Arabic));
        assert_eq!(Writing::of('é'), Some(Writing::Cased));
        assert_eq!(Writing::of('Ж'), Some(Writing::Cased));
        assert_eq!(Writing::of('ק'), Some(Writing::Other));
        assert_eq!(Writing::of('٣'), None);
    }
}

//! Names of the gazetteer as the tagger sees them.

use khabar_model::EntityType;

use crate::tagger::token::Token;

/// A name of the gazetteer over tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// What is named, and whether the name is another's too.
    pub(crate) class: u8,
}

/// A name of the gazetteer over bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: u8,
}

/// The class of an entry: its type and, for places and MISC, what kind.
pub(crate) fn class(kind: EntityType, subtype: Option<&str>, rivals: bool, sure: bool) -> u8 {
    let class = match (kind, subtype) {
        (EntityType::Per, _) => 0,
        (EntityType::Loc, Some("country")) => 1,
        (EntityType::Loc, Some("city")) => 2,
        (EntityType::Loc, _) => 3,
        (EntityType::Org, Some("outlet")) => 4,
        (EntityType::Org, _) => 5,
        (EntityType::Misc, Some("demonym")) => 6,
        (EntityType::Misc, _) => 7,
    };
    class | u8::from(rivals) << 3 | u8::from(sure) << 4
}

/// The tokens that names of the gazetteer touch; both in text order.
pub(crate) fn hits(tokens: &[Token], known: &[Known]) -> Vec<Hit> {
    let mut found = Vec::with_capacity(known.len());
    let mut at = 0;
    for name in known {
        while tokens.get(at).is_some_and(|token| token.end <= name.start) {
            at += 1;
        }
        let mut end = at;
        while tokens.get(end).is_some_and(|token| token.start < name.end) {
            end += 1;
        }
        if end > at {
            found.push(Hit { first: at, end, class: name.class });
        }
    }
    found
}

//! Attributes: which of them are kept, and where their values stand.

use super::token::Place;

/// Most attributes of one tag that are kept; all are read.
pub(super) const MAX_KEPT: usize = 64;

/// An attribute as it stands in the page, character references included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawAttr {
    pub(super) name: AttrName,
    pub(super) value: Place,
}

/// The attributes that anything looks at; all others are forgotten when they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttrName {
    Class,
    Content,
    Datetime,
    Hidden,
    Href,
    Id,
    ItemProp,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    ShadowRootMode,
    Style,
    Title,
    Type,
}

impl AttrName {
    /// The attribute of that name in any case, if it is one that is kept.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        // By length first: most names end there.
        let candidates: &[(&str, Self)] = match name.len() {
            2 => &[("id", Self::Id)],
            3 => &[("rel", Self::Rel)],
            4 => &[
                ("href", Self::Href),
                ("type", Self::Type),
                ("name", Self::Name),
                ("role", Self::Role),
                ("lang", Self::Lang),
            ],
            5 => &[("class", Self::Class), ("style", Self::Style), ("title", Self::Title)],
            6 => &[("hidden", Self::Hidden)],
            7 => &[("content", Self::Content)],
            8 => &[
                ("property", Self::Property),
                ("itemprop", Self::ItemProp),
                ("datetime", Self::Datetime),
                ("xml:lang", Self::Lang),
            ],
            10 => &[("http-equiv", Self::Name)],
            14 => &[("shadowrootmode", Self::ShadowRootMode)],
            _ => return None,
        };
        candidates.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name)).map(|(_, attr)| *attr)
    }
}

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
    Alt,
    AriaHidden,
    Class,
    Content,
    DataSrc,
    Datetime,
    Dir,
    Hidden,
    Href,
    Id,
    ItemProp,
    ItemType,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    ShadowRootMode,
    Src,
    Style,
    Title,
    Type,
}

impl AttrName {
    /// The attribute of that name in any case, if it is one that is kept.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        const NAMES: [(&str, AttrName); 24] = [
            ("class", AttrName::Class),
            ("id", AttrName::Id),
            ("href", AttrName::Href),
            ("style", AttrName::Style),
            ("src", AttrName::Src),
            ("alt", AttrName::Alt),
            ("title", AttrName::Title),
            ("type", AttrName::Type),
            ("rel", AttrName::Rel),
            ("name", AttrName::Name),
            ("content", AttrName::Content),
            ("property", AttrName::Property),
            ("itemprop", AttrName::ItemProp),
            ("itemtype", AttrName::ItemType),
            ("role", AttrName::Role),
            ("aria-hidden", AttrName::AriaHidden),
            ("data-src", AttrName::DataSrc),
            ("datetime", AttrName::Datetime),
            ("dir", AttrName::Dir),
            ("hidden", AttrName::Hidden),
            ("lang", AttrName::Lang),
            ("xml:lang", AttrName::Lang),
            ("http-equiv", AttrName::Name),
            ("shadowrootmode", AttrName::ShadowRootMode),
        ];
        NAMES
            .iter()
            .find(|(known, _)| known.len() == name.len() && known.as_bytes().eq_ignore_ascii_case(name))
            .map(|(_, attr)| *attr)
    }
}

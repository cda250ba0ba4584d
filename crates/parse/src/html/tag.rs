//! Names of elements as one byte each, and what the standard and the layout say of them.

use super::tree::Flow;

/// Declares the known elements once: the variant and the name.
macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// The name of an element. All that no rule knows are [`Tag::Other`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub(super) enum Tag {
            /// Custom elements, inventions, errors.
            Other,
            $($variant,)*
        }

        /// Variants and names, in the order of the variants.
        const TAGS: &[(Tag, &str)] = &[(Tag::Other, ""), $((Tag::$variant, $name),)*];
    };
}

tags! {
    A "a" Abbr "abbr" Acronym "acronym" Address "address" Applet "applet" Area "area" Article "article" Aside "aside"
    Audio "audio" B "b" Base "base" Basefont "basefont" Bdi "bdi" Bdo "bdo" Bgsound "bgsound" Big "big"
    Blockquote "blockquote" Body "body" Br "br" Button "button" Canvas "canvas" Caption "caption" Center "center"
    Cite "cite" Code "code" Col "col" Colgroup "colgroup" Data "data" Datalist "datalist" Dd "dd" Del "del"
    Details "details" Dfn "dfn" Dialog "dialog" Dir "dir" Div "div" Dl "dl" Dt "dt" Em "em" Embed "embed"
    Fieldset "fieldset" Figcaption "figcaption" Figure "figure" Font "font" Footer "footer" Form "form" Frame "frame"
    Frameset "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6" Head "head" Header "header" Hgroup "hgroup"
    Hr "hr" Html "html" I "i" Iframe "iframe" Image "image" Img "img" Input "input" Ins "ins" Kbd "kbd"
    Keygen "keygen" Label "label" Legend "legend" Li "li" Link "link" Listing "listing" Main "main" Map "map"
    Mark "mark" Marquee "marquee" Math "math" Menu "menu" Meta "meta" Nav "nav" Nobr "nobr" Noembed "noembed"
    Noframes "noframes" Noscript "noscript" Object "object" Ol "ol" Optgroup "optgroup" Option "option" P "p"
    Param "param" Picture "picture" Plaintext "plaintext" Pre "pre" Q "q" Rb "rb" Rp "rp" Rt "rt" Rtc "rtc"
    Ruby "ruby" S "s" Samp "samp" Script "script" Search "search" Section "section" Select "select" Small "small"
    Source "source" Span "span" Strike "strike" Strong "strong" Style "style" Sub "sub" Summary "summary" Sup "sup"
    Svg "svg" Table "table" Tbody "tbody" Td "td" Template "template" Textarea "textarea" Tfoot "tfoot" Th "th"
    Thead "thead" Time "time" Title "title" Tr "tr" Track "track" Tt "tt" U "u" Ul "ul" Var "var" Video "video"
    Wbr "wbr" Xmp "xmp"
    // Of foreign content, what is looked at.
    Desc "desc" ForeignObject "foreignobject" Mi "mi" Mn "mn" Mo "mo" Ms "ms" Mtext "mtext"
}

/// Number of known names, [`Tag::Other`] included.
pub(super) const COUNT: usize = TAGS.len();

/// Longest known name, in bytes.
const LONGEST: usize = 13;
/// Slots of the name table; a power of two with room to spare.
const SLOTS: usize = 1024;

/// Names by hash, open addressing; made when the crate is compiled.
static TABLE: [u8; SLOTS] = table();

const fn hash(name: &[u8]) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < name.len() {
        hash = (hash ^ (name[at] | 0x20) as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ (hash >> 15)) as usize % SLOTS
}

const fn table() -> [u8; SLOTS] {
    let mut table = [0; SLOTS];
    let mut nth = 1;
    while nth < TAGS.len() {
        let mut slot = hash(TAGS[nth].1.as_bytes());
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = nth as u8;
        nth += 1;
    }
    table
}

impl Tag {
    /// The tag of a name in any case.
    pub(super) fn of(name: &[u8]) -> Self {
        if name.len() > LONGEST {
            return Self::Other;
        }
        let mut slot = hash(name);
        loop {
            let nth = TABLE[slot] as usize;
            let (tag, known) = TAGS[nth];
            if nth == 0 || known.as_bytes().eq_ignore_ascii_case(name) {
                return tag;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The name; empty for [`Tag::Other`].
    pub(super) fn name(self) -> &'static str {
        TAGS[self as usize].1
    }

    /// How the element takes part in the text. Unknown elements (`o:p`, custom elements) are inline, as browsers lay
    /// them out until a style sheet says otherwise.
    pub(super) fn flow(self) -> Flow {
        match self {
            Self::Br => Flow::Break,
            Self::Script
            | Self::Style
            | Self::Template
            | Self::Svg
            | Self::Math
            | Self::Iframe
            | Self::Object
            | Self::Embed
            | Self::Canvas
            | Self::Audio
            | Self::Video
            | Self::Map
            | Self::Head
            | Self::Title
            | Self::Button
            | Self::Select
            | Self::Option
            | Self::Datalist
            | Self::Input
            | Self::Textarea
            | Self::Dialog
            | Self::Noframes
            | Self::Noembed
            // Readings above ideographs repeat the words below them.
            | Self::Rp
            | Self::Rt => Flow::Skip,
            Self::Other
            | Self::A
            | Self::Abbr
            | Self::Acronym
            | Self::B
            | Self::Bdi
            | Self::Bdo
            | Self::Big
            | Self::Cite
            | Self::Code
            | Self::Data
            | Self::Del
            | Self::Dfn
            | Self::Em
            | Self::Font
            | Self::I
            | Self::Img
            | Self::Ins
            | Self::Kbd
            | Self::Label
            | Self::Mark
            | Self::Nobr
            | Self::Picture
            | Self::Q
            | Self::Rb
            | Self::Ruby
            | Self::S
            | Self::Samp
            | Self::Small
            | Self::Source
            | Self::Span
            | Self::Strike
            | Self::Strong
            | Self::Sub
            | Self::Sup
            | Self::Time
            | Self::Tt
            | Self::U
            | Self::Var
            | Self::Wbr => Flow::Inline,
            _ => Flow::Block,
        }
    }

    /// "Special" elements of the standard: what end tags and list items do not reach across.
    pub(super) fn is_special(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Applet
                | Self::Area
                | Self::Article
                | Self::Aside
                | Self::Base
                | Self::Basefont
                | Self::Bgsound
                | Self::Blockquote
                | Self::Body
                | Self::Br
                | Self::Button
                | Self::Caption
                | Self::Center
                | Self::Col
                | Self::Colgroup
                | Self::Dd
                | Self::Details
                | Self::Dir
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Embed
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::Frame
                | Self::Frameset
                | Self::Head
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Html
                | Self::Iframe
                | Self::Img
                | Self::Input
                | Self::Keygen
                | Self::Li
                | Self::Link
                | Self::Listing
                | Self::Main
                | Self::Marquee
                | Self::Menu
                | Self::Meta
                | Self::Nav
                | Self::Noembed
                | Self::Noframes
                | Self::Noscript
                | Self::Object
                | Self::Ol
                | Self::P
                | Self::Param
                | Self::Plaintext
                | Self::Pre
                | Self::Script
                | Self::Search
                | Self::Section
                | Self::Select
                | Self::Source
                | Self::Style
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Template
                | Self::Textarea
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Title
                | Self::Tr
                | Self::Track
                | Self::Ul
                | Self::Wbr
                | Self::Xmp
        ) || self.is_heading()
    }

    /// `h1` to `h6`.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// Elements that are opened again when something closes them too early.
    pub(super) fn is_formatting(self) -> bool {
        matches!(
            self,
            Self::A
                | Self::B
                | Self::Big
                | Self::Code
                | Self::Em
                | Self::Font
                | Self::I
                | Self::Nobr
                | Self::S
                | Self::Small
                | Self::Strike
                | Self::Strong
                | Self::Tt
                | Self::U
        )
    }

    /// Elements without content and without an end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Basefont
                | Self::Bgsound
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Frame
                | Self::Hr
                | Self::Img
                | Self::Image
                | Self::Input
                | Self::Keygen
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// Elements that an end tag somewhere above closes without a word.
    pub(super) fn ends_by_itself(self) -> bool {
        matches!(
            self,
            Self::Dd
                | Self::Dt
                | Self::Li
                | Self::Option
                | Self::Optgroup
                | Self::P
                | Self::Rb
                | Self::Rp
                | Self::Rt
                | Self::Rtc
        )
    }

    /// Elements that bound the search for an open element.
    pub(super) fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Applet
                | Self::Caption
                | Self::Html
                | Self::Table
                | Self::Td
                | Self::Th
                | Self::Marquee
                | Self::Object
                | Self::Select
                | Self::Template
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case_and_no_other() {
        assert_eq!(TAGS.iter().map(|(_, name)| name.len()).max(), Some(LONGEST));
        for (nth, (tag, name)) in TAGS.iter().enumerate() {
            assert_eq!(*tag as usize, nth);
            assert_eq!(Tag::of(name.as_bytes()), *tag);
            assert_eq!(Tag::of(name.to_uppercase().as_bytes()), *tag);
            assert_eq!(Tag::of(format!("{name}x-").as_bytes()), Tag::Other);
        }
    }
}

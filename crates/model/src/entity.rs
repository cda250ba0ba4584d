//! People, organisations, places and things, and where the text names them.

use serde::{Deserialize, Serialize};

/// Somebody or something that a document names, with every mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entity<S> {
    /// `Q…` (Wikidata), `kb:…` (the gazetteer, no Wikidata id) or `nil:…` (unlinked).
    pub id: String,
    /// The broad kind.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The narrow kind, as the gazetteer names it: country, city, agency …
    #[serde(default)]
    pub subtype: Option<String>,
    /// The fullest form that the document uses.
    pub name: String,
    /// English label of the gazetteer entry; null for `nil:`.
    #[serde(default)]
    pub canonical: Option<String>,
    /// Estimated chance that the link is right, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// In text order.
    pub mentions: Vec<Mention<S>>,
}

/// The broad kind of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityType {
    /// A person.
    Per,
    /// An organisation.
    Org,
    /// A place, states included.
    Loc,
    /// Everything else that has a name: demonyms, events, treaties, weapons.
    Misc,
}

/// One place where the text names an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention<S> {
    /// Where in `text`, without the proclitic.
    #[serde(flatten)]
    pub span: S,
    /// The characters there.
    pub text: String,
    /// The Arabic proclitic right before it (و ف ب ك ل …), if any.
    #[serde(default)]
    pub prefix: Option<String>,
    /// Which layer found it.
    pub layer: Layer,
}

/// The layer of the extractor that found a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// A gazetteer entry.
    Gazetteer,
    /// A rule (title and role, agency …).
    Rule,
    /// The trained tagger.
    Tagger,
    /// A name that the document introduced earlier.
    Memory,
}

//! What language detection says of a text.

use serde::{Deserialize, Serialize};

/// The language of a text, how sure that is, and what else it could be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Detection {
    /// ISO 639-1 where it exists, else 639-3; `und` for empty, digits, symbols and unknown languages.
    pub code: String,
    /// ISO 15924 script of most letters; null when there are none.
    #[serde(default)]
    pub script: Option<String>,
    /// Estimated chance that `code` is right, 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// False when the text is too short or too strange to rely on.
    #[serde(default)]
    pub reliable: bool,
    /// The runners-up, best first.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
    /// Dari, Egyptian …: a hint that may abstain.
    #[serde(default)]
    pub variety: Option<String>,
}

impl Detection {
    /// The honest answer to a text without letters, or one that nothing fits.
    #[must_use]
    pub fn undetermined() -> Self {
        Self {
            code: "und".to_owned(),
            script: None,
            confidence: 0.0,
            reliable: false,
            alternatives: Vec::new(),
            variety: None,
        }
    }
}

/// A language that the text could also be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alternative {
    /// As in [`Detection::code`].
    pub code: String,
    /// As in [`Detection::confidence`].
    pub confidence: f32,
}

//! Versions and hashes of everything that decides what a record says: rules, cue lists, gazetteers, models.

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

/// What the manifest says of rules, lists and models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// Version of the repair rules, tier T0.
    pub repair: &'static str,
    /// Version of the fold key, tier T2.
    pub fold: &'static str,
    /// Hash of the cue lists.
    pub cues: String,
    /// Hash of the gazetteers.
    pub gazetteers: String,
    /// Hash of the lexicon that stories are found with.
    pub concepts: String,
    /// Hash of the language model.
    pub language_model: String,
}

impl Inventory {
    /// Hashes the embedded lists and models.
    #[must_use]
    pub fn take() -> Self {
        Self {
            repair: khabar_text::RULES_VERSION,
            fold: khabar_text::FOLD_VERSION,
            cues: hash(khabar_parse::CUE_LISTS.iter().map(|list| list.as_bytes())),
            gazetteers: hash(khabar_entity::GAZETTEERS.iter().map(|(_, list)| list.as_bytes())),
            concepts: hash([khabar_dedup::CONCEPT_LIST.as_bytes()].into_iter()),
            language_model: hash([khabar_langid::MODEL].into_iter()),
        }
    }
}

fn hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> String {
    let all: Vec<u8> = parts.flat_map(|part| [part, &[0]].concat()).collect();
    format!("{:032x}", xxh3_128(&all))
}

//! Ids of names that no gazetteer has.

use khabar_model::EntityType;
use khabar_text::{Sounds, fold};

/// The id of a name without an entry: `nil:`, the type, and the consonant skeleton of the name, so that «زيلينسكي»,
/// «زلنسکی» and "Zelensky" meet in one run. A pure function of type and name: two documents agree without having seen
/// each other. Names of scripts that have no skeleton keep their fold key without spaces. Like all keys for blocking
/// it is coarse: now and then two people share one.
///
/// Empty for a name without a letter or digit.
pub(crate) fn nil_id(kind: EntityType, name: &str) -> String {
    let kind = match kind {
        EntityType::Per => "per",
        EntityType::Org => "org",
        EntityType::Loc => "loc",
        EntityType::Misc => "misc",
    };
    let key = fold(name);
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    let mut skeleton = Sounds::of(name).skeleton();
    if skeleton.is_empty() {
        skeleton = key.chars().filter(|letter| letter.is_alphanumeric()).collect();
    } else {
        // «أ-52» and «أ-400» are two weapons.
        skeleton.push_str(&digits);
    }
    if skeleton.is_empty() { String::new() } else { format!("nil:{kind}:{skeleton}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_and_types_do_not() {
        let id = |name| nil_id(EntityType::Per, name);
        assert_eq!(id("زيلينسكي"), "nil:per:slnsk");
        assert_eq!(id("زلنسکی"), id("زيلينسكي"));
        assert_eq!(id("Zelensky"), id("زيلينسكي"));
        assert_ne!(nil_id(EntityType::Loc, "Zelensky"), id("Zelensky"));
    }

    #[test]
    fn digits_other_scripts_and_nothing() {
        let id = |name| nil_id(EntityType::Misc, name);
        assert_ne!(id("T-72"), id("T-90"));
        assert_eq!(id("محور ٤"), id("محور 4"));
        assert_eq!(id("東京"), "nil:misc:東京");
        assert_eq!(id("—"), "");
    }
}

//! T0, repair: the list of passes that undo encoding and typesetting damage, and the scan that skips them.

use crate::{
    alignment::Aligned,
    compose::compose,
    concern::{Concerns, concerns_of},
    entity::decode_entities,
    invisible::clean_invisible,
    joiner::settle_joiners,
    presentation::spell_out_forms,
    tatweel::drop_tatweel,
    visual::reorder_lines,
};

/// Version of the T0 and T1 rule list: two texts compare only under the same version.
pub const RULES_VERSION: &str = "t0-1";

/// A pass reads a text and returns the repaired one, or `None` if it has nothing to do.
type Pass = fn(&str) -> Option<Aligned>;

/// The passes in order, each with the concern that calls for it.
const PASSES: [(Concerns, Pass); 7] = [
    // First what has no width, so that the other rules see true neighbours.
    (Concerns::INVISIBLE, clean_invisible),
    (Concerns::ENTITY, decode_entities),
    // The order of a line can be told only while it has its forms.
    (Concerns::FORM, reorder_lines),
    (Concerns::FORM, spell_out_forms),
    (Concerns::MARK, compose),
    (Concerns::JOINER, settle_joiners),
    (Concerns::TATWEEL, drop_tatweel),
];

/// One round settles nearly every text; a second one is needed where one repair uncovers another.
const MAX_ROUNDS: usize = 8;

/// Repairs a text: rules AH0, AH1, ZN1 to ZN3, ZN5, ZN6, ZN9, TW1 to TW3, HK3, PF1, PF2, PF6, PU8 to PU10 and PU12 of the
/// rule list, and LE1, line ends as U+000A.
///
/// Undoes encoding and typesetting damage only, so that every word stays the same word in every language: no letter
/// becomes another one, harakat, digits, punctuation, ligatures of whole phrases (ﷺ) and U+FFFD stay. Idempotent;
/// linear time; a text without damage costs one scan.
///
/// ```
/// let aligned = khabar_text::repair("کتاب\u{200c}\u{200c}ها و خبـــر\u{a0}تازه");
/// assert_eq!(aligned.text, "کتاب\u{200c}ها و خبر تازه");
/// assert_eq!(aligned.alignment.counts().len(), 3);
/// ```
#[must_use]
pub fn repair(text: &str) -> Aligned {
    let mut concerns = concerns_of(text);
    let mut repaired: Option<Aligned> = None;
    for _ in 0..MAX_ROUNDS {
        let mut settled = true;
        for (concern, pass) in PASSES {
            if !concerns.contain(concern) {
                continue;
            }
            let current = repaired.as_ref().map_or(text, |aligned| &aligned.text);
            if let Some(next) = pass(current) {
                concerns = concerns_of(&next.text);
                repaired = Some(match repaired.take() {
                    Some(before) => before.then(next),
                    None => next,
                });
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    repaired.unwrap_or_else(|| Aligned::unchanged(text.to_owned()))
}

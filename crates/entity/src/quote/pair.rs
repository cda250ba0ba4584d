//! «البلدان», «دو کشور», "the two countries": a pair that is named before, by the two names side by side.

use khabar_model::{EntityType, Span};

use super::Told;
use super::owner::Mentions;
use super::speaker::{Speaker, Speakers};

/// Bytes over which a pair is looked for: some paragraphs of news.
const FARTHEST: usize = 4_000;
/// Bytes over which it is looked for behind: the rest of an article.
const AHEAD: usize = 8_000;
/// Most pairs of a document.
const MOST: usize = 256;

/// Gives what a pair says to the two bodies or places that were named last before, joined by "and", else next behind.
pub(super) fn settle(told: &mut [Told], speakers: &mut Speakers, of: Mentions<'_>) {
    let Mentions { text, mentions, entities } = of;
    let is = |entity: u32| {
        entities.get(entity as usize).is_some_and(|entity| matches!(entity.kind, EntityType::Loc | EntityType::Org))
    };
    let mut pairs: Vec<Span> = Vec::new();
    for pair in mentions.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        let joined = text
            .get(one.end()..other.start())
            .is_some_and(|between| matches!(between.trim(), "و" | "and" | "اور") && between.starts_with(' '));
        if joined && first != second && is(*first) && is(*second) && pairs.len() < MOST {
            pairs.extend(Span::new(one.start(), other.end()));
        }
    }
    for told in told.iter_mut() {
        let Some(speaker) = told.speaker.and_then(|place| speakers.get(place)) else { continue };
        if !is_pair(speaker.span.of(text).unwrap_or_default()) {
            continue;
        }
        let start = speaker.span.start();
        let before = pairs.partition_point(|pair| pair.end() <= start);
        let near = before.checked_sub(1).and_then(|before| pairs.get(before));
        let near = near.filter(|pair| start - pair.end() <= FARTHEST);
        // Named one by one before, the two stand side by side later.
        let next = pairs.get(before).filter(|pair| pair.start().saturating_sub(start) <= AHEAD);
        if let Some(pair) = near.or(next) {
            told.speaker = Some(speakers.add(Speaker::body(*pair, text)));
        }
    }
}

fn is_pair(words: &str) -> bool {
    const PAIRS: [&str; 18] = [
        "البلدان",
        "البلدين",
        "كلا البلدين",
        "الدولتان",
        "الدولتين",
        "الجانبان",
        "الجانبين",
        "الطرفان",
        "الطرفين",
        "دو کشور",
        "هر دو کشور",
        "دو طرف",
        "دونوں ممالک",
        "دونوں ملکوں",
        "the two countries",
        "The two countries",
        "both countries",
        "Both countries",
    ];
    PAIRS.contains(&words)
}

//! What ties a document to its story, in words.

use std::collections::BTreeMap;

use super::corpus::Corpus;
use super::neighbours::Neighbourhood;
use super::skeleton::{Skeleton, skeletons};
use super::sketch::{LEAST_CLASSES, Space};
use super::words::{Piece, pieces, readings};

/// Fellows of a story that are looked at, the most alike first.
const FELLOWS: usize = 3;
/// Reasons given …
const REASONS: usize = 6;
/// … of so many features.
const LOOKED_AT: usize = 16;

/// The reasons of one node, the strongest first: the document that it is most alike to with the cosine, then what it
/// shares with that one and two more. `group` is ascending.
pub(super) fn of(
    node: u32,
    group: &[u32],
    corpus: &Corpus,
    neighbourhoods: &[Neighbourhood],
    id: impl Fn(u32) -> String,
) -> Vec<String> {
    let (Some(own), Some(neighbourhood)) = (corpus.nodes.get(node as usize), neighbourhoods.get(node as usize)) else {
        return Vec::new();
    };
    let fellows =
        neighbourhood.nearest.iter().filter(|near| near.node != node && group.binary_search(&near.node).is_ok());
    let fellows: Vec<_> = fellows.take(FELLOWS).collect();
    let mut parts: BTreeMap<u32, f32> = BTreeMap::new();
    for near in &fellows {
        let Some(fellow) = corpus.nodes.get(near.node as usize) else { continue };
        for (feature, part) in own.vector.shared(&fellow.vector, &corpus.spaces, own.language == fellow.language) {
            *parts.entry(feature).or_default() += part;
        }
    }
    let mut parts: Vec<(u32, f32)> = parts.into_iter().collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let parts = parts.into_iter().filter_map(|(feature, _)| {
        let place = feature as usize;
        Some((*corpus.spaces.get(place)?, &**corpus.names.get(place)?))
    });
    let strongest = fellows.first().map(|near| format!("like: {} {:.2}", id(near.node), near.likeness));
    strongest.into_iter().chain(reasons(&parts.take(LOOKED_AT).collect::<Vec<_>>())).collect()
}

/// What some features are called, each thing once: «اسرائيل» and "Israeli" are no more than the entity Israel.
fn reasons(parts: &[(Space, &str)]) -> Vec<String> {
    let mut named: Vec<Skeleton> = Vec::new();
    for (_, label) in parts.iter().filter(|(space, _)| *space == Space::Entity) {
        named.extend(sounds(label));
    }
    let mut reasons: Vec<String> = Vec::new();
    for &(space, name) in parts {
        let kind = match space {
            Space::Word => "word",
            Space::Entity => "entity",
            Space::Skeleton => "name",
            Space::Number => "number",
            Space::Date => "date",
            Space::Concept => "concept",
        };
        if matches!(space, Space::Word | Space::Skeleton) {
            let sounds = sounds(name);
            if sounds.iter().any(|sound| named.contains(sound)) {
                continue;
            }
            named.extend(sounds);
        }
        let reason = format!("{kind}: {name}");
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.truncate(REASONS);
    reasons
}

/// The skeletons of the words of a label. Arabic proclitics are taken off whatever the language is.
fn sounds(label: &str) -> Vec<Skeleton> {
    let (mut all, mut found) = (Vec::new(), Vec::new());
    pieces(label, |piece| {
        if let Piece::Word { word, .. } = piece {
            readings(word, "ar", |reading| {
                skeletons(reading, LEAST_CLASSES, &mut found);
                all.append(&mut found);
            });
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_named_once() {
        let parts = [
            (Space::Skeleton, "israeli"),
            (Space::Concept, "army"),
            (Space::Skeleton, "litani"),
            (Space::Entity, "Israel"),
            (Space::Skeleton, "اسرائيل"),
            (Space::Word, "الليطاني"),
        ];
        assert_eq!(reasons(&parts), ["concept: army", "name: litani", "entity: Israel"]);
    }
}

//! What ties a document to its story, in words.

use std::collections::BTreeMap;

use super::corpus::Corpus;
use super::neighbours::Neighbourhood;
use super::sketch::Space;

/// Fellows of a story that are looked at, the most alike first.
const FELLOWS: usize = 3;
/// Reasons given.
const REASONS: usize = 6;

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
    let mut why: Vec<String> =
        fellows.first().map(|near| format!("like: {} {:.2}", id(near.node), near.likeness)).into_iter().collect();
    for (feature, _) in parts {
        let place = feature as usize;
        let (Some(space), Some(name)) = (corpus.spaces.get(place), corpus.names.get(place)) else { continue };
        let kind = match space {
            Space::Word => "word",
            Space::Entity => "entity",
            Space::Skeleton => "name",
            Space::Number => "number",
            Space::Date => "date",
            Space::Concept => "concept",
        };
        let reason = format!("{kind}: {name}");
        if !why.contains(&reason) {
            why.push(reason);
        }
        if why.len() > REASONS {
            break;
        }
    }
    why
}

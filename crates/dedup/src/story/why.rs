//! What ties a document to its story, in words.

use std::collections::BTreeMap;

use super::neighbours::{Neighbourhood, Node};
use super::sketch::Space;

/// Fellows of a story that are looked at, the most alike first.
const FELLOWS: usize = 3;
/// Reasons given.
const REASONS: usize = 6;

/// The reasons of one node, the strongest first: the document that it is most alike to with the cosine, then what it
/// shares with that one and two more.
pub(super) fn of<'n>(
    node: u32,
    group: &[u32],
    nodes: &[Node],
    neighbourhoods: &[Neighbourhood],
    name: impl Fn(u32) -> Option<(Space, &'n str)>,
    id: impl Fn(u32) -> String,
) -> Vec<String> {
    let (Some(own), Some(neighbourhood)) = (nodes.get(node as usize), neighbourhoods.get(node as usize)) else {
        return Vec::new();
    };
    let fellows = neighbourhood.nearest.iter().filter(|near| near.node != node && group.contains(&near.node));
    let fellows: Vec<_> = fellows.take(FELLOWS).collect();
    let mut parts: BTreeMap<u32, f32> = BTreeMap::new();
    for near in &fellows {
        let Some(fellow) = nodes.get(near.node as usize) else { continue };
        for (entry, part) in own.vector.shared(&fellow.vector, own.language == fellow.language) {
            *parts.entry(entry.feature).or_default() += part;
        }
    }
    let mut parts: Vec<(u32, f32)> = parts.into_iter().collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut why: Vec<String> =
        fellows.first().map(|near| format!("like: {} {:.2}", id(near.node), near.likeness)).into_iter().collect();
    for (feature, _) in parts {
        let Some((space, name)) = name(feature) else { continue };
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

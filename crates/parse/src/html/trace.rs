//! What lies around the content and is not in it: the lines between headline and body, between two parts of the body,
//! and to the end of the article's own box, each with the reason that its names give. Nothing is cut silently.

use std::ops::Range;

use khabar_model::RemovalReason;

use super::CutNode;
use super::attr::AttrName;
use super::root::Outline;
use super::segment::Segment;
use super::tag::Tag;
use super::tree::NodeId;

/// Ancestors of a line that are asked what it is.
const MAX_ABOVE: usize = 16;
/// Link share from which a line is a link to somewhere else.
const LINK: f32 = 0.8;
/// Most lines around the content that are listed; a page with more is no article.
const MOST: usize = 400;

/// The cuts around `roots`, which lie in document order. `used` says of the place of a line whether it was kept.
pub(super) fn around(
    outline: &Outline<'_>,
    roots: &[NodeId],
    html: &str,
    used: impl Fn(&Range<usize>) -> bool,
) -> Vec<CutNode> {
    let tree = outline.tree;
    let mut cuts: Vec<CutNode> = Vec::new();
    let area = area(outline, roots);
    let inside = |at: NodeId| roots.iter().any(|&root| tree.subtree(root).contains(&at));
    let segments = outline.segments.below(&area);
    for segment in outline.segments.list[segments].iter().take(MOST) {
        if inside(segment.nodes.start) || tree.ancestors(segment.nodes.start).any(|id| tree.is(id, Tag::H1)) {
            continue;
        }
        let source = segment.source(tree, html);
        if source.is_empty() || used(&source) {
            continue;
        }
        let (reason, rule) = reason(outline, segment, area.start);
        let text = segment.text(tree);
        match cuts.last_mut() {
            // Lines of one box are one cut.
            Some(last) if last.rule == rule && last.reason == reason && rule != OUTSIDE => {
                last.text.push('\n');
                last.text.push_str(&text);
                last.source.end = last.source.end.max(source.end);
            }
            _ => cuts.push(CutNode { reason, rule, text, source }),
        }
    }
    cuts
}

/// The rule of lines that no name speaks of.
const OUTSIDE: &str = "html.outside";

/// From the headline, or the start of the article's box, to the end of that box.
fn area(outline: &Outline<'_>, roots: &[NodeId]) -> Range<NodeId> {
    let tree = outline.tree;
    let (Some(&first), Some(&last)) = (roots.first(), roots.last()) else { return 0..0 };
    let is_home = |id: &NodeId| {
        tree.is(*id, Tag::Article)
            || tree.is(*id, Tag::Main)
            || tree.attr(*id, AttrName::Role) == Some("main")
            || outline.cues[*id as usize].body
    };
    let is_page = |id: &NodeId| tree.is(*id, Tag::Body) || tree.is(*id, Tag::Html);
    let whole = |id: &NodeId| tree.subtree(*id).contains(&last);
    let home = std::iter::once(first)
        .chain(tree.ancestors(first))
        .take_while(|id| !is_page(id))
        .filter(|id| is_home(id) && whole(id))
        .last();
    let h1 = (1..first).rev().find(|&id| tree.is(id, Tag::H1));
    // Without a box of its own, the article's is what lies around its text, short of the whole page.
    let around = |id: NodeId| {
        let parent = tree.node(id).parent;
        if parent == 0 || is_page(&parent) { id } else { parent }
    };
    let home = home.unwrap_or_else(|| around(first));
    let end = tree.node(home).end.max(tree.node(around(last)).end);
    home.min(h1.unwrap_or(home))..end
}

/// What the names and tags above a line call it, the nearest first.
fn reason(outline: &Outline<'_>, segment: &Segment, from: NodeId) -> (RemovalReason, &'static str) {
    let tree = outline.tree;
    let above = || tree.ancestors(segment.nodes.start).take_while(|&id| id >= from).take(MAX_ABOVE);
    for id in above() {
        if let Some(noise) = outline.noise(id) {
            return noise;
        }
        if outline.cues[id as usize].byline {
            return (RemovalReason::Byline, "html.byline");
        }
        if outline.cues[id as usize].date || tree.is(id, Tag::Time) {
            return (RemovalReason::Metadata, "html.date");
        }
        match tree.tag(id) {
            Some(Tag::Nav) => return (RemovalReason::Navigation, "html.nav"),
            Some(Tag::Footer) => return (RemovalReason::Other, "html.footer"),
            Some(Tag::Form) => return (RemovalReason::Subscribe, "html.form"),
            Some(Tag::Aside) => return (RemovalReason::Related, "html.aside"),
            _ => {}
        }
    }
    if segment.link_share() >= LINK {
        (RemovalReason::Related, "html.link_line")
    } else {
        (RemovalReason::Other, OUTSIDE)
    }
}

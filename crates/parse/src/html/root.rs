//! Where the main content is: one container, or a few neighbours that share it.

use std::ops::Range;

use super::attr::AttrName;
use super::cue::{Cues, Memo, WIDGET, cues};
use super::segment::{Segment, Segments};
use super::tag::Tag;
use super::tree::{Data, Flow, NodeId, Tree};
use khabar_model::RemovalReason;

/// Letters from which a block without links reads as a paragraph.
const PARAGRAPH: u32 = 80;
/// Letters from which a block with a sentence mark does.
const SENTENCE: u32 = 35;
/// Link share from which a block is a link, not text.
const LINK: f32 = 0.5;
/// Share of its parent's value that one child must hold for the search to go on inside it.
const DESCEND: f32 = 0.55;
/// Share of the page's value that a declared body (`articleBody`, `entry-content`) must hold to be believed.
const DECLARED: f32 = 0.35;
/// The same for a body that is marked up by schema.org: nobody does so by chance.
const DECLARED_BY_SCHEMA: f32 = 0.12;
/// Share of the page's value above which a box named like noise is the page itself.
const TOO_LARGE_FOR_NOISE: f32 = 0.45;
/// Share of the page's value above which the boxes of one rule together are the page itself.
const MISLEADING: f32 = 0.6;
/// Value that is enough for an article: what lies outside of noise boxes then needs none of them.
const ARTICLE: f32 = 500.0;

/// The page with what was found out about its elements.
pub(super) struct Outline<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) segments: &'t Segments,
    /// Cues per node; text nodes have none.
    pub(super) cues: Vec<Cues>,
    /// Pictures, in document order.
    images: Vec<NodeId>,
    /// Values of all segments before each, and of all; those in noise boxes are worth nothing.
    values: Vec<f32>,
    /// Hashes of the body that JSON-LD gives, see [`shingles`]; empty without one.
    told: Vec<u64>,
    /// Rules that this page's names break: together they would call most of its text noise.
    distrusted: Vec<&'static str>,
}

impl<'t> Outline<'t> {
    /// Reads the cues of all elements and values all segments.
    pub(super) fn of(tree: &'t Tree<'t>, segments: &'t Segments, body: Option<&str>) -> Self {
        let mut memo = Memo::new();
        let all: Vec<Cues> = tree
            .ids()
            .map(|id| match tree.node(id).data {
                Data::Element { flow: Flow::Skip, .. } | Data::Text(_) => Cues::default(),
                Data::Element { .. } => cues(tree, id, &mut memo),
            })
            .collect();
        let all = without_widgets(tree, all);
        let raw: Vec<f32> = segments.list.iter().map(|segment| value(tree, segment)).collect();
        let told = body.map(|body| shingles(&key(body, MOST_BODY))).unwrap_or_default();
        let values = running_sums(&raw);
        let images = tree.ids().filter(|&id| is_picture(tree, id)).collect();
        let mut outline = Self { tree, segments, cues: all, images, values, told, distrusted: Vec::new() };
        outline.distrusted = outline.misleading();
        let valued = outline.without_noise(raw);
        outline.values = running_sums(&valued);
        outline
    }

    /// True for a box, at most three levels above a line, that holds a picture and hardly a word besides that line.
    pub(super) fn is_beside_picture(&self, segment: &Segment) -> bool {
        if segment.letters > MAX_CAPTION {
            return false;
        }
        let boxes = self.tree.ancestors(segment.nodes.start).filter(|&id| {
            matches!(self.tree.tag(id), Some(Tag::Div | Tag::Td | Tag::Tr | Tag::Tbody | Tag::Table | Tag::Center))
        });
        for id in boxes.take(MAX_LEVELS) {
            let subtree = self.tree.subtree(id);
            // Two lines are a caption and its credit; more are a card.
            if self.segments.below(&subtree).len() > 2
                || self.segments.counts_below(&subtree).letters > u64::from(MAX_CAPTION)
            {
                return false;
            }
            let from = self.images.partition_point(|&image| image < subtree.start);
            if self.images.get(from).is_some_and(|image| subtree.contains(image)) {
                return true;
            }
        }
        false
    }

    /// What the names of an element call it, unless this page misuses the name.
    pub(super) fn noise(&self, id: NodeId) -> Option<(RemovalReason, &'static str)> {
        self.cues[id as usize].noise.filter(|(_, rule)| !self.distrusted.contains(rule))
    }

    /// Noise boxes, outermost only.
    fn noise_boxes(&self) -> Vec<NodeId> {
        let total = self.value(self.tree.subtree(0)).max(1.0);
        let mut boxes = Vec::new();
        let mut at = 1;
        while at < self.tree.ids().end {
            if self.is_noise_box(at, total) {
                boxes.push(at);
                at = self.tree.node(at).end;
            } else {
                at += 1;
            }
        }
        boxes
    }

    /// Rules whose boxes hold most of what reads like text: a page builder that calls every section a teaser.
    fn misleading(&self) -> Vec<&'static str> {
        let total = self.value(self.tree.subtree(0)).max(1.0);
        let mut sums: Vec<(&'static str, f32)> = Vec::new();
        for id in self.noise_boxes() {
            let Some((reason, rule)) = self.cues[id as usize].noise else { continue };
            if reason == RemovalReason::Comments {
                continue;
            }
            let value = self.value(self.tree.subtree(id));
            match sums.iter_mut().find(|(known, _)| *known == rule) {
                Some((_, sum)) => *sum += value,
                None => sums.push((rule, value)),
            }
        }
        let misleads = |sum: f32| sum > total * MISLEADING && total - sum < ARTICLE;
        sums.into_iter().filter(|(_, sum)| misleads(*sum)).map(|(rule, _)| rule).collect()
    }

    /// Takes the value from segments in boxes that their names or tags call noise.
    fn without_noise(&self, mut raw: Vec<f32>) -> Vec<f32> {
        for id in self.noise_boxes() {
            for value in raw.get_mut(self.segments.below(&self.tree.subtree(id))).unwrap_or_default() {
                *value = value.min(0.0);
            }
        }
        raw
    }

    fn is_noise_box(&self, id: NodeId, total: f32) -> bool {
        let Some(tag) = self.tree.tag(id) else { return false };
        let by_tag = matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form);
        let noise = self.noise(id);
        if !by_tag && noise.is_none() || matches!(tag, Tag::Html | Tag::Body) {
            return false;
        }
        let subtree = self.tree.subtree(id);
        if matches!(noise, Some((RemovalReason::Comments, _))) {
            return !subtree.clone().any(|id| self.tree.is(id, Tag::H1));
        }
        self.value(subtree) < total * TOO_LARGE_FOR_NOISE
    }

    /// What the text below an element is worth as an article, in letters.
    pub(super) fn value(&self, nodes: Range<NodeId>) -> f32 {
        let below = self.segments.below(&nodes);
        self.values[below.end] - self.values[below.start]
    }

    /// The nodes that hold the main content, in document order, none inside another.
    pub(super) fn roots(&self, body_text: Option<&str>) -> Vec<NodeId> {
        let total = self.value(self.tree.subtree(0));
        let declared = self.declared(total);
        let told = body_text.and_then(|_| self.covering());
        match (declared, told) {
            // The smaller declared box is the cleaner.
            (Some(declared), Some(told)) if self.tree.subtree(told).contains(&declared) => {
                self.with_told(self.with_neighbours(declared))
            }
            // What covers the whole body that the page gives needs no neighbours; but a short one is an excerpt.
            (_, Some(told)) if body_text.is_some_and(|text| text.len() >= WHOLE_BODY) => vec![told],
            (_, Some(told)) => self.with_neighbours(told),
            (Some(declared), None) => self.with_neighbours(declared),
            (None, None) => self.with_neighbours(self.descend(0)),
        }
    }

    /// The element that its names declare to be the body.
    fn declared(&self, total: f32) -> Option<NodeId> {
        let mut best: Option<(f32, NodeId)> = None;
        for id in self.tree.ids().skip(1) {
            let Some(tag) = self.tree.tag(id) else { continue };
            if matches!(tag, Tag::Html | Tag::Body) {
                continue;
            }
            let rank = if self.tree.attr(id, AttrName::ItemProp).is_some_and(|prop| prop.contains("articleBody")) {
                3.0
            } else if self.cues[id as usize].body {
                1.1
            } else if tag == Tag::Article {
                1.05
            } else if tag == Tag::Main || self.tree.attr(id, AttrName::Role) == Some("main") {
                1.0
            } else {
                continue;
            };
            let value = self.value(self.tree.subtree(id));
            let enough = if rank > 1.15 { DECLARED_BY_SCHEMA } else { DECLARED };
            if value < total * enough || value < 1.0 {
                continue;
            }
            // Inner ones come later and win unless they lose a good part.
            let score = value * rank;
            if best.is_none_or(|(score_before, before)| {
                let inside = self.tree.subtree(before).contains(&id);
                score >= score_before * if inside { 0.8 } else { 1.0 }
            }) {
                best = Some((score, id));
            }
        }
        let (_, id) = best?;
        Some(self.descend_within(id, 0.8))
    }

    /// The deepest element whose text covers what JSON-LD gives as the body.
    fn covering(&self) -> Option<NodeId> {
        if self.told.len() < MIN_BODY {
            return None;
        }
        // Segments that begin somewhere in it; their letters then act as values.
        let mut found = Vec::with_capacity(self.segments.list.len());
        for segment in &self.segments.list {
            let hit = segment.letters >= SENTENCE && segment.link_share() < 0.9 && self.is_told(segment);
            found.push(if hit { segment.letters as f32 } else { 0.0 });
        }
        let sums = running_sums(&found);
        let total = *sums.last()?;
        if total < 200.0 {
            return None;
        }
        let covered = |id: NodeId| {
            let below = self.segments.below(&self.tree.subtree(id));
            sums[below.end] - sums[below.start]
        };
        let mut at = 0;
        while let Some(child) = self.tree.children(at).find(|&child| covered(child) >= total * 0.9) {
            at = child;
        }
        (at != 0).then_some(at)
    }

    /// Adds the boxes beside the roots that hold text which JSON-LD gives as the body: the last part of an article in an
    /// `aside`, say. Evidence for where to look, never text itself.
    fn with_told(&self, mut roots: Vec<NodeId>) -> Vec<NodeId> {
        let (Some(&first), Some(&last)) = (roots.first(), roots.last()) else { return roots };
        let parent = self.tree.node(first).parent;
        if parent == 0 || self.tree.node(last).parent != parent {
            return roots;
        }
        for sibling in self.tree.children(parent).filter(|sibling| !roots.contains(sibling)).collect::<Vec<_>>() {
            if self.is_mostly_told(sibling) {
                roots.push(sibling);
            }
        }
        roots.sort_unstable();
        roots
    }

    /// True for a box most of whose text JSON-LD gives as the body.
    pub(super) fn is_mostly_told(&self, id: NodeId) -> bool {
        let subtree = self.tree.subtree(id);
        let counts = self.segments.counts_below(&subtree);
        if self.told.is_empty() || counts.letters < u64::from(PARAGRAPH) || counts.link_share() > 0.3 {
            return false;
        }
        let told: u64 = self.segments.list[self.segments.below(&subtree)]
            .iter()
            .filter(|segment| segment.letters >= SENTENCE && self.is_told(segment))
            .map(|segment| u64::from(segment.letters))
            .sum();
        told * 2 > counts.letters
    }

    /// True if a segment begins as some part of the body does that JSON-LD gives.
    fn is_told(&self, segment: &Segment) -> bool {
        let start = key(&segment.text(self.tree), SHINGLE);
        shingles(&start).first().is_some_and(|hash| self.told.binary_search(hash).is_ok())
    }

    fn descend(&self, from: NodeId) -> NodeId {
        self.descend_within(from, DESCEND)
    }

    /// Goes down while one child holds most of the value.
    fn descend_within(&self, from: NodeId, share: f32) -> NodeId {
        let mut at = from;
        loop {
            let value = self.value(self.tree.subtree(at));
            let best = self
                .tree
                .children(at)
                .filter(|&child| self.is_container(child))
                .map(|child| (self.value(self.tree.subtree(child)), child))
                .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
            match best {
                Some((inner, child)) if inner >= value * share && inner > 0.0 => at = child,
                _ => return at,
            }
        }
    }

    /// True for elements that may hold several paragraphs.
    fn is_container(&self, id: NodeId) -> bool {
        match &self.tree.node(id).data {
            Data::Element { tag, flow: Flow::Block | Flow::Inline, .. } => !matches!(
                tag,
                Tag::P
                    | Tag::H1
                    | Tag::H2
                    | Tag::H3
                    | Tag::H4
                    | Tag::H5
                    | Tag::H6
                    | Tag::Li
                    | Tag::Blockquote
                    | Tag::Pre
                    | Tag::Figcaption
            ),
            _ => false,
        }
    }

    /// The root and those neighbours, up to three levels up, that carry on the same text.
    fn with_neighbours(&self, root: NodeId) -> Vec<NodeId> {
        let mut roots = vec![root];
        let own = self.value(self.tree.subtree(root)).max(1.0);
        let mut inner = root;
        for _ in 0..3 {
            let parent = self.tree.node(inner).parent;
            if parent == 0 || self.tree.is(inner, Tag::Body) || self.is_page_level(inner) {
                break;
            }
            for sibling in self.tree.children(parent) {
                if sibling != inner && self.joins(inner, sibling, own) {
                    roots.push(sibling);
                }
            }
            inner = parent;
        }
        roots.sort_unstable();
        roots
    }

    /// Above an article or main element lies another one's text.
    fn is_page_level(&self, id: NodeId) -> bool {
        self.tree.is(id, Tag::Article) || self.tree.is(id, Tag::Main)
    }

    fn joins(&self, root: NodeId, sibling: NodeId, own: f32) -> bool {
        let tree = self.tree;
        let Some(tag) = tree.tag(sibling) else { return false };
        if self.noise(sibling).is_some() || matches!(tag, Tag::Aside | Tag::Nav | Tag::Footer | Tag::Form) {
            return false;
        }
        let subtree = tree.subtree(sibling);
        let counts = self.segments.counts_below(&subtree);
        let value = self.value(subtree.clone());
        // The header with the headline has no part of the body but the standfirst, which is taken from there alone.
        let is_header = subtree.into_iter().any(|id| tree.is(id, Tag::H1));
        if value <= 0.0 || counts.link_share() > 0.3 || is_header {
            return false;
        }
        let same_kind = tree.tag(root) == Some(tag)
            && tree
                .attr(root, AttrName::Class)
                .is_some_and(|class| !class.trim().is_empty() && tree.attr(sibling, AttrName::Class) == Some(class));
        let is_text = matches!(tag, Tag::P | Tag::Blockquote | Tag::Ul | Tag::Ol);
        same_kind && value > own * 0.08
            || is_text && (counts.letters >= u64::from(PARAGRAPH) || counts.stops > 0) && counts.link_share() < 0.2
            || self.cues[sibling as usize].body && value > own * 0.08
            || value > own * 0.25
    }
}

/// Inside the body, page builders call every paragraph a widget; only outside of it the name means a sidebar's box.
fn without_widgets(tree: &Tree<'_>, mut cues: Vec<Cues>) -> Vec<Cues> {
    let mut body_end = 0;
    for id in tree.ids() {
        let found = &mut cues[id as usize];
        if found.body {
            body_end = body_end.max(tree.node(id).end);
        } else if id < body_end && found.noise.is_some_and(|(_, rule)| rule == WIDGET) {
            found.noise = None;
        }
    }
    cues
}

/// Letters up to which the only text beside a picture is its caption.
const MAX_CAPTION: u32 = 220;
/// Boxes above a line that may hold its picture: a cell, a row, a body and a table make one.
const MAX_LEVELS: usize = 4;

/// True for pictures that may have a caption: no smileys, no portraits in bylines.
fn is_picture(tree: &Tree<'_>, id: NodeId) -> bool {
    matches!(tree.tag(id), Some(Tag::Img | Tag::Picture))
        && !tree
            .attr(id, AttrName::Class)
            .is_some_and(|names| ["emoji", "avatar", "smil", "icon", "logo"].iter().any(|name| names.contains(name)))
}

/// What one segment is worth: its letters if it reads like sentences, less than nothing if it is a link.
fn value(tree: &Tree, segment: &Segment) -> f32 {
    let share = segment.link_share();
    let letters = segment.letters as f32;
    if share >= LINK {
        return -letters.min(15.0);
    }
    let reads = segment.letters >= PARAGRAPH || segment.letters >= SENTENCE && segment.stops > 0;
    if !reads {
        return if segment.letters < 20 { -2.0 } else { 0.0 };
    }
    let in_paragraph = tree.is(segment.block, Tag::P);
    letters - 2.0 * segment.linked as f32 + if in_paragraph { 40.0 } else { 0.0 }
}

/// Letters of an `articleBody` from which it tells where the body is.
const MIN_BODY: usize = 177;
/// Letters of an `articleBody` that are compared.
const MOST_BODY: usize = 60_000;

/// Bytes from which an `articleBody` is taken for the whole body.
const WHOLE_BODY: usize = 2_000;

/// Characters that are compared at once.
const SHINGLE: usize = 24;

/// Hashes of all runs of [`SHINGLE`] characters, sorted (polynomial, rolling).
fn shingles(text: &str) -> Vec<u64> {
    const BASE: u64 = 0x0100_0000_01b3;
    let chars: Vec<u64> = text.chars().map(u64::from).collect();
    let top = (1..SHINGLE).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hashes = Vec::with_capacity(chars.len());
    let mut hash = 0_u64;
    for (nth, &char) in chars.iter().enumerate() {
        if let Some(leaving) = nth.checked_sub(SHINGLE).and_then(|nth| chars.get(nth)) {
            hash = hash.wrapping_sub(leaving.wrapping_mul(top));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(char);
        if nth + 1 >= SHINGLE {
            hashes.push(hash);
        }
    }
    hashes.sort_unstable();
    hashes
}

fn running_sums(values: &[f32]) -> Vec<f32> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut sum = 0.0;
    sums.push(sum);
    for value in values {
        sum += value;
        sums.push(sum);
    }
    sums
}

/// The letters of a text alone, for comparing what two places write with different spaces and signs.
pub(super) fn key(text: &str, most: usize) -> String {
    let mut key = String::with_capacity(text.len().min(most * 2));
    for c in text.chars().filter(|c| khabar_text::is_alphanumeric(*c)).take(most) {
        match c {
            '\0'..='\x7f' => key.push(c.to_ascii_lowercase()),
            // Letters without case.
            '\u{600}'..='\u{8ff}' => key.push(c),
            c => key.extend(c.to_lowercase()),
        }
    }
    key
}

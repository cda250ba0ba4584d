//! The lines of the main content with their kinds, and the boxes inside it that structure calls noise.

use std::ops::Range;

use khabar_model::{BlockKind, RemovalReason};

use super::root::{Outline, key};
use super::segment::{Segment, count};
use super::tag::Tag;
use super::trace;
use super::tree::{Data, Flow, NodeId};
use super::{CutNode, PageLine};

/// Share of the content's letters above which a box is content whatever its names say.
const TOO_LARGE: f32 = 0.4;
/// Link share from which a list or box of several links is navigation.
const LINK_BOX: f32 = 0.55;
/// Link share from which a single line is a link to somewhere else.
const LINK_LINE: f32 = 0.85;
/// Nodes of an embedded post that are looked at.
const MAX_EMBED: usize = 40;
/// Letters from which text under the headline is a standfirst without being named so.
const STANDFIRST: u32 = 60;
/// Letters from which a heading under the headline is a standfirst.
const SUBTITLE: u32 = 25;
/// Letters from which an item of a list above the text is one of its points.
const POINT: u32 = 20;
/// Letters up to which text in a figure is its caption.
const MAX_CAPTION: u32 = 400;
/// Ancestors that are asked whether a standfirst lies in noise.
const MAX_ABOVE: usize = 12;
/// Letters up to which a line named after date or author is one.
const META_LINE: u64 = 100;

/// What stands between the cells of a table row.
const CELLS: &str = " | ";

/// Letters below which what is left without link boxes is no text.
const MIN_TEXT: u32 = 100;

/// Lines and cuts of the content roots.
pub(super) fn lines(
    outline: &Outline<'_>,
    roots: &[NodeId],
    html: &str,
    title: Option<&str>,
) -> (Vec<PageLine>, Vec<CutNode>) {
    let written = write(outline, roots, html, title, false);
    // A page of links has no text besides them: then the links are what it says.
    let kept: u32 = written.0.iter().filter(|line| line.kind.is_body()).map(|line| count(&line.text).0).sum();
    if kept < MIN_TEXT { write(outline, roots, html, title, true) } else { written }
}

fn write(
    outline: &Outline<'_>,
    roots: &[NodeId],
    html: &str,
    title: Option<&str>,
    keep_links: bool,
) -> (Vec<PageLine>, Vec<CutNode>) {
    let letters = roots.iter().map(|&root| outline.segments.counts_below(&outline.tree.subtree(root)).letters).sum();
    let mut writer = Writer {
        outline,
        html,
        letters,
        keep_links,
        title: title.map(|title| key(title, 400)).filter(|title| !title.is_empty()),
        lines: Vec::new(),
        cut: Vec::new(),
    };
    let tree = outline.tree;
    let mut before = roots.first().and_then(|&first| (1..first).rev().find(|&id| tree.is(id, Tag::H1)));
    for (nth, &root) in roots.iter().enumerate() {
        if let Some(above) = before {
            writer.between(tree.node(above).end..root, nth == 0);
        }
        writer.root(root);
        before = Some(root);
    }
    writer.cut_orphans();
    let lines = &writer.lines;
    let around = trace::around(outline, roots, html, |source| {
        lines.iter().any(|line| line.source.start <= source.start && source.end <= line.source.end)
    });
    writer.cut.extend(around);
    writer.cut.sort_by_key(|cut| cut.source.start);
    (writer.lines, writer.cut)
}

struct Writer<'o, 't> {
    outline: &'o Outline<'t>,
    html: &'o str,
    /// Letters of all roots.
    letters: u64,
    /// Boxes and lines of links stay.
    keep_links: bool,
    title: Option<String>,
    lines: Vec<PageLine>,
    cut: Vec<CutNode>,
}

impl Writer<'_, '_> {
    /// Text between the headline and the content, or between two parts of it: the standfirst, where the page keeps it
    /// in its header, and the texts of pictures.
    fn between(&mut self, nodes: Range<NodeId>, leads: bool) {
        let tree = self.outline.tree;
        let between = self.outline.segments.below(&nodes);
        for (nth, segment) in self.outline.segments.list[between].iter().enumerate() {
            let above = || tree.ancestors(segment.nodes.start).take_while(|&id| id > 0).take(MAX_ABOVE);
            let named = above().take(3).any(|id| self.outline.cues[id as usize].lead);
            let reads = segment.letters >= STANDFIRST && segment.stops > 0;
            let named_so = |id, tags: &[Tag]| tree.tag(id).is_some_and(|tag| tags.contains(&tag));
            let caption = above()
                .any(|id| self.outline.cues[id as usize].caption || named_so(id, &[Tag::Figcaption, Tag::Figure]))
                || self.outline.is_beside_picture(segment);
            let aside = [Tag::Nav, Tag::Aside, Tag::Form, Tag::Footer];
            let is_noise = above().any(|id| {
                self.outline.noise(id).is_some() || named_so(id, &aside) || self.outline.cues[id as usize].byline
            });
            // The points of a story above its text: a list that leads nowhere.
            let in_list = above().any(|id| tree.is(id, Tag::Li));
            let point = leads && in_list && segment.links == 0 && segment.letters >= POINT;
            // A second heading right under the headline is the standfirst of those who have no name for it.
            let under = nth == 0
                && segment.letters >= SUBTITLE
                && segment.links == 0
                && above().take(2).any(|id| named_so(id, &[Tag::H2, Tag::H3, Tag::H4]));
            let lead = leads && self.lines.len() < 4 && (reads || under || named && segment.letters >= 20);
            let wanted = match caption {
                true => segment.letters >= 10,
                false if in_list => point,
                false => lead,
            };
            if is_noise || !wanted || segment.link_share() > 0.3 {
                continue;
            }
            let kind = match caption {
                true => BlockKind::Caption,
                false if in_list => BlockKind::ListItem,
                false => BlockKind::Lead,
            };
            let text = segment.text(tree);
            if self.title.as_deref().is_none_or(|title| key(&text, 400) != title) {
                let source = segment.source(tree, self.html);
                self.lines.push(PageLine { text, kind, source, link_share: segment.link_share() });
            }
        }
    }

    fn root(&mut self, root: NodeId) {
        let tree = self.outline.tree;
        let end = tree.node(root).end;
        let mut at = root;
        let mut kept_from = root;
        // Text between cuts is written stretch by stretch.
        while at < end {
            match &tree.node(at).data {
                Data::Element { flow: Flow::Skip, .. } => {
                    at = tree.node(at).end;
                    continue;
                }
                Data::Element { .. } if at != root => {
                    if let Some((reason, rule)) = self.verdict(at) {
                        let subtree = tree.subtree(at);
                        self.stretch(root, kept_from..at);
                        self.cut_out(reason, rule, subtree.clone());
                        kept_from = subtree.end;
                        at = subtree.end;
                        continue;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.stretch(root, kept_from..end);
    }

    /// Cuts headings that head nothing: their box was cut, or the content ends.
    fn cut_orphans(&mut self) {
        let mut kept: Vec<PageLine> = Vec::with_capacity(self.lines.len());
        let mut next: Option<(usize, bool)> = None;
        for line in std::mem::take(&mut self.lines).into_iter().rev() {
            let is_heading = line.kind == BlockKind::Heading;
            let heads_nothing = match next {
                None => true,
                Some((start, next_is_heading)) => {
                    let between = line.source.end..start;
                    next_is_heading && self.cut.iter().any(|cut| between.contains(&cut.source.start))
                }
            };
            if is_heading && heads_nothing && !self.keep_links {
                let PageLine { text, source, .. } = line;
                self.cut.push(CutNode { reason: RemovalReason::Related, rule: "html.orphan_heading", text, source });
                continue;
            }
            next = Some((line.source.start, is_heading));
            kept.push(line);
        }
        kept.reverse();
        self.lines = kept;
        self.cut.sort_by_key(|cut| cut.source.start);
    }

    /// Whether an element inside the root is noise.
    fn verdict(&self, id: NodeId) -> Option<(RemovalReason, &'static str)> {
        let tree = self.outline.tree;
        let tag = tree.tag(id)?;
        let Data::Element { flow, .. } = tree.node(id).data else { return None };
        if flow != Flow::Block {
            return None;
        }
        let subtree = tree.subtree(id);
        let counts = self.outline.segments.counts_below(&subtree);
        if counts.letters == 0 {
            return None;
        }
        let small = (counts.letters as f32) < self.letters as f32 * TOO_LARGE;
        if let Some((reason, rule)) = self.outline.noise(id)
            && !(reason == RemovalReason::Share && self.holds_quote(id))
            && (small || reason == RemovalReason::Comments)
        {
            return Some((reason, rule));
        }
        if !small {
            return None;
        }
        match tag {
            Tag::Nav => return Some((RemovalReason::Navigation, "html.nav")),
            Tag::Footer => return Some((RemovalReason::Other, "html.footer")),
            Tag::Form => return Some((RemovalReason::Subscribe, "html.form")),
            Tag::Aside if self.is_set_apart(id, counts.links) || self.outline.is_mostly_told(id) => {}
            Tag::Aside => return Some((RemovalReason::Related, "html.aside")),
            _ => {}
        }
        if self.keep_links {
            return None;
        }
        if counts.letters <= META_LINE && self.is_line(id) {
            if self.outline.cues[id as usize].byline {
                return Some((RemovalReason::Byline, "html.byline"));
            }
            if self.outline.cues[id as usize].date {
                return Some((RemovalReason::Metadata, "html.date"));
            }
        }
        let share = counts.link_share();
        if counts.links >= 2 && share >= LINK_BOX {
            return Some((RemovalReason::Related, "html.link_box"));
        }
        if share >= LINK_LINE && counts.links >= 1 && self.is_line(id) {
            return Some((RemovalReason::Related, "html.link_line"));
        }
        None
    }

    /// An aside that belongs to the text: a pull quote, a summary. It leads nowhere else.
    fn is_set_apart(&self, id: NodeId, links: u64) -> bool {
        let tree = self.outline.tree;
        links == 0
            && (self.outline.cues[id as usize].lead
                || tree.subtree(id).take(MAX_EMBED).any(|id| tree.is(id, Tag::Blockquote)))
    }

    /// Embedded posts of social networks are quotes, not buttons.
    fn holds_quote(&self, id: NodeId) -> bool {
        let tree = self.outline.tree;
        tree.subtree(id).take(MAX_EMBED).any(|id| tree.is(id, Tag::Blockquote))
    }

    /// True for an element of one segment.
    fn is_line(&self, id: NodeId) -> bool {
        self.outline.segments.below(&self.outline.tree.subtree(id)).len() == 1
    }

    fn cut_out(&mut self, reason: RemovalReason, rule: &'static str, nodes: Range<NodeId>) {
        let tree = self.outline.tree;
        let mut text = String::new();
        let mut source: Option<Range<usize>> = None;
        for segment in &self.outline.segments.list[self.outline.segments.below(&nodes)] {
            let line = segment.text(tree);
            if line.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line);
            let place = segment.source(tree, self.html);
            source = Some(source.map_or(place.clone(), |all| all.start.min(place.start)..all.end.max(place.end)));
        }
        if let Some(source) = source {
            self.cut.push(CutNode { reason, rule, text, source });
        }
    }

    /// Writes the lines of the segments between two nodes.
    fn stretch(&mut self, root: NodeId, nodes: Range<NodeId>) {
        let tree = self.outline.tree;
        let mut row = None;
        for segment in &self.outline.segments.list[self.outline.segments.below(&nodes)] {
            let text = segment.text(tree);
            if text.is_empty() {
                continue;
            }
            let kind = self.kind(root, segment);
            if self.lines.len() < 4 && self.title.as_deref().is_some_and(|title| key(&text, 400) == title) {
                continue;
            }
            let source = segment.source(tree, self.html);
            let this_row = (kind == BlockKind::Table).then(|| self.row(segment)).flatten();
            if this_row.is_some()
                && this_row == row
                && let Some(line) = self.lines.last_mut()
            {
                line.text.push_str(CELLS);
                line.text.push_str(&text);
                line.source.end = line.source.end.max(source.end);
                continue;
            }
            row = this_row;
            self.lines.push(PageLine { text, kind, source, link_share: segment.link_share() });
        }
    }

    /// The table row that a segment lies in.
    fn row(&self, segment: &Segment) -> Option<NodeId> {
        let tree = self.outline.tree;
        tree.ancestors(segment.nodes.start).find(|&id| tree.is(id, Tag::Tr))
    }

    /// The kind of a line by the elements around it.
    fn kind(&self, root: NodeId, segment: &Segment) -> BlockKind {
        let tree = self.outline.tree;
        let mut kind = BlockKind::Paragraph;
        for id in tree.ancestors(segment.nodes.start) {
            let Some(tag) = tree.tag(id) else { continue };
            // Inline elements speak only for what they hold whole.
            if tree.node(id).end < segment.nodes.end {
                continue;
            }
            let cues = &self.outline.cues[id as usize];
            // Text beside a picture is its caption, named so or not; a quote or table in a figure is none.
            let beside = tag == Tag::Figure && kind == BlockKind::Paragraph && segment.letters <= MAX_CAPTION;
            if tag == Tag::Figcaption || cues.caption || beside {
                return BlockKind::Caption;
            }
            let found = match tag {
                Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => BlockKind::Heading,
                Tag::Li | Tag::Dt | Tag::Dd => BlockKind::ListItem,
                Tag::Blockquote => BlockKind::Quote,
                // A cell of several blocks is part of a layout, not of a table.
                Tag::Td | Tag::Th if self.is_line(id) => BlockKind::Table,
                _ if cues.lead && self.lines.len() < 3 => BlockKind::Lead,
                _ => BlockKind::Paragraph,
            };
            if kind == BlockKind::Paragraph {
                kind = found;
            }
            if id == root {
                break;
            }
        }
        let plain = matches!(kind, BlockKind::Paragraph | BlockKind::Table);
        if plain && self.outline.is_beside_picture(segment) { BlockKind::Caption } else { kind }
    }
}

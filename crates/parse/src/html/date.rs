//! Dates that readers see on a page, and those that its scripts carry, from the surest place to the least.

use std::ops::Range;

use khabar_model::{DateOrigin, RemovalReason};

use super::attr::AttrName;
use super::json_ld::clean;
use super::meta::{MAX_DATES, MAX_LINE, MAX_TEXT};
use super::root::Outline;
use super::tag::Tag;
use super::tree::{Data, NodeId, Tree};
use crate::metadata;

/// A date as it is written.
pub(super) struct Found {
    pub(super) raw: String,
    pub(super) origin: DateOrigin,
    /// What says that it is the date of a change.
    pub(super) change: Option<Change>,
}

/// Why a date is that of a change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Words or names say so.
    Told,
    /// The class `updated` of hAtom, which every entry has.
    Atom,
}

impl Found {
    pub(super) fn pair(&self) -> (String, DateOrigin) {
        (self.raw.clone(), self.origin)
    }
}

/// Letters of a line that is read for a date.
const MAX_LETTERS: u32 = 90;

/// The dates of the part of the page that speaks of the article: what machines read first, then in page order.
pub(super) fn near(outline: &Outline<'_>, around: &Range<NodeId>) -> Vec<Found> {
    let (mut machine, shown) = marked(outline, around, false);
    machine.extend(shown);
    machine
}

/// Dates outside of that part: elements that are marked as dates, then what scripts say, then the short line with one
/// that is nearest to the content. Asked only where nothing nearer has a date.
pub(super) fn elsewhere(
    outline: &Outline<'_>,
    content: &Range<NodeId>,
    html: &str,
    language: Option<&str>,
) -> Vec<(String, DateOrigin)> {
    let whole = outline.tree.ids();
    // What stands before the content is its head, more often than what follows it.
    let (mut found, mut shown) = (Vec::new(), Vec::new());
    for part in [content.start..content.end, whole.start..content.start, content.end..whole.end] {
        let (machine, lines) = marked(outline, &part, false);
        found.extend(machine);
        shown.extend(lines);
    }
    found.extend(shown);
    // Some templates name the box of the headline "teaser": at last, what stands before the content in such boxes.
    let (machine, lines) = marked(outline, &(whole.start..content.end), true);
    found.extend(machine.into_iter().rev());
    found.extend(lines.into_iter().rev());
    let mut dates: Vec<(String, DateOrigin)> =
        found.iter().filter(|found| found.change.is_none()).map(Found::pair).collect();
    dates.extend(in_scripts(html).map(|raw| (raw, DateOrigin::Meta)));
    dates.extend(line_with_date(outline, content, language).map(|line| (line, DateOrigin::Text)));
    dates
}

/// The short line with a date that is nearest to the start of the content.
fn line_with_date(outline: &Outline<'_>, content: &Range<NodeId>, language: Option<&str>) -> Option<String> {
    let tree = outline.tree;
    let mut best: Option<(u32, String)> = None;
    for segment in &outline.segments.list {
        let distance = segment.nodes.start.abs_diff(content.start);
        if segment.letters > MAX_LETTERS || best.as_ref().is_some_and(|(nearest, _)| *nearest <= distance) {
            continue;
        }
        let text = segment.text(tree);
        if !text.chars().any(char::is_numeric) || is_foreign(outline, segment.nodes.start) {
            continue;
        }
        let has_day = |line: &String| {
            metadata::value(line, DateOrigin::Text, language)
                .is_some_and(|date| date.precision >= khabar_model::Precision::Day)
        };
        // Boxes of a line that only the style sheet parts: "Name" and "3.11.2023".
        let lines = date_line(&text).into_iter().chain(date_line(&segment.spaced_text(tree)));
        if let Some(line) = lines.into_iter().find(has_day) {
            best = Some((distance, line));
        }
    }
    best.map(|(_, line)| line)
}

/// True inside of comments and of boxes about other articles. A box of a name and a date is about none.
fn is_foreign(outline: &Outline<'_>, id: NodeId) -> bool {
    let tree = outline.tree;
    let mut above = tree.ancestors(id);
    above.any(|id| match outline.noise(id) {
        Some((RemovalReason::Comments, _)) => true,
        Some((RemovalReason::Related, _)) => {
            outline.segments.counts_below(&tree.subtree(id)).letters > u64::from(MAX_LETTERS)
        }
        _ => false,
    })
}

/// What scripts say: `"datePublished": "2024-10-14"` and its like, whatever the script is.
fn in_scripts(html: &str) -> Option<String> {
    const KEYS: [&str; 8] = [
        "datePublished",
        "published_at",
        "publishedAt",
        "publishDate",
        "publicationDate",
        "publishedDate",
        "cmsPublishingDate",
        "published_time",
    ];
    KEYS.iter().find_map(|key| {
        let mut places = memchr::memmem::find_iter(html.as_bytes(), key.as_bytes()).take(MAX_DATES);
        places.find_map(|at| {
            // Quotes may be escaped: `\"`, `&quot;`.
            let rest = html.get(at + key.len()..)?;
            let value = rest.trim_start_matches(['"', '\'', '\\', '&', 'q', 'u', 'o', 't', ';', ':', ' ']);
            let date = value.get(..value.find(['"', '\'', '&', '\\', '<', ',', '}'])?)?;
            let close = rest.len() - value.len() <= 24 && (8..=40).contains(&date.len());
            (close && date.starts_with(|c: char| c.is_ascii_digit())).then(|| clean(date)).flatten()
        })
    })
}

/// Elements that are marked as dates: what machines read of them, and what readers do. A lenient reading also looks into
/// boxes about other articles.
fn marked(outline: &Outline<'_>, part: &Range<NodeId>, lenient: bool) -> (Vec<Found>, Vec<Found>) {
    let tree = outline.tree;
    let (mut machine, mut lines) = (Vec::new(), Vec::new());
    let mut skip_until = 0;
    for id in part.clone() {
        let Data::Element { tag, .. } = &tree.node(id).data else { continue };
        if id < skip_until {
            continue;
        }
        let noise = outline.noise(id).map(|noise| noise.0);
        // A bar that is named after navigation often holds the date beside its links; a nav element does not.
        let is_nav = *tag == Tag::Nav && noise == Some(RemovalReason::Navigation);
        let is_other = noise == Some(RemovalReason::Related) && !lenient;
        if is_nav || is_other || noise == Some(RemovalReason::Comments) {
            skip_until = tree.node(id).end;
            continue;
        }
        let told = [AttrName::ItemProp, AttrName::Property].into_iter().find_map(|attr| tree.attr(id, attr));
        let property = told.unwrap_or_default().to_ascii_lowercase();
        let is_date =
            property.contains("datepublished") || property.contains("datemodified") || property.contains("datecreated");
        let mut line = |raw: Option<String>, change| {
            lines.extend(raw.map(|raw| Found { raw, origin: DateOrigin::Dateline, change }));
        };
        if *tag == Tag::Time || is_date {
            let change = if property.contains("modified") { Some(Change::Told) } else { change(tree, id) };
            let read = tree.attr(id, AttrName::Datetime).or_else(|| tree.attr(id, AttrName::Content)).and_then(clean);
            let read = read.filter(|date| date.chars().any(char::is_numeric));
            machine.extend(read.map(|raw| Found { raw, origin: DateOrigin::Meta, change }));
            line(date_line(&tree.text(id, MAX_TEXT)), change);
        } else if outline.cues[id as usize].date {
            let change = change(tree, id);
            line(date_line(&tree.text(id, MAX_TEXT)), change);
            line(tree.attr(id, AttrName::Title).and_then(date_line), change);
        }
        if machine.len() + lines.len() > 2 * MAX_DATES {
            break;
        }
    }
    (machine, lines)
}

/// A text that is short enough for a date line and has a digit.
fn date_line(text: &str) -> Option<String> {
    let line = clean(text)?;
    (line.chars().take(MAX_LINE + 1).count() <= MAX_LINE && line.chars().any(char::is_numeric)).then_some(line)
}

/// What in the line itself or its names speaks of a change.
fn change(tree: &Tree, id: NodeId) -> Option<Change> {
    let class = tree.attr(id, AttrName::Class).unwrap_or_default().to_ascii_lowercase();
    let text: String = tree.text(id, MAX_TEXT).chars().take(MAX_LINE).flat_map(char::to_lowercase).collect();
    let start = text.trim_start();
    let cues = ["updated", "last update", "آخر تحديث", "تحديث", "آخرین به", "به‌روز", "به روز"];
    if class.contains("modified") || cues.iter().any(|cue| start.starts_with(cue)) {
        return Some(Change::Told);
    }
    if !class.contains("updated") || class.contains("published") {
        return None;
    }
    let is_atom = class.split_ascii_whitespace().any(|name| name == "updated");
    Some(if is_atom { Change::Atom } else { Change::Told })
}

//! An HTML page as metadata, lines of its main content, and what structure alone says is not content.

use std::ops::Range;

use khabar_model::{BlockKind, DateValue, Reject, RejectReason, RemovalReason, Stage};

use crate::Limits;
use crate::html::meta::Head;
use crate::html::root::Outline;
use crate::html::segment::Segments;

mod arena;
mod attr;
mod construct;
mod cue;
mod date;
mod json_ld;
mod line;
mod meta;
mod root;
mod segment;
mod tag;
mod title;
mod token;
mod trace;
mod tree;

/// Bytes of hidden text from which it is looked at.
const MIN_HIDDEN: usize = 1_500;

/// Letters outside of links from which what is shown is enough for an article.
const MAX_SHOWN: u64 = 1_000;

/// What a page says, before cue phrases are cut and dates are read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) meta: PageMeta,
    /// The lines of the main content, in document order, without the headline.
    pub(crate) lines: Vec<PageLine>,
    /// What lies inside the content and is not content, in document order.
    pub(crate) cut: Vec<CutNode>,
}

/// One block of the main content.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PageLine {
    /// White space collapsed, no newline; ZWNJ and marks as they were.
    pub(crate) text: String,
    pub(crate) kind: BlockKind,
    /// Smallest range of bytes of the page that contains the block.
    pub(crate) source: Range<usize>,
    /// Share of its letters inside links, 0 to 1.
    pub(crate) link_share: f32,
}

/// A box inside the main content that its structure or its names call noise.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CutNode {
    pub(crate) reason: RemovalReason,
    /// `html.` and what was seen.
    pub(crate) rule: &'static str,
    /// Its lines, joined by newlines.
    pub(crate) text: String,
    /// Bytes of the page.
    pub(crate) source: Range<usize>,
}

/// What a page says of itself. All strings as written, but for white space.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PageMeta {
    /// Headline, without the site's name.
    pub(crate) title: Option<String>,
    pub(crate) site_name: Option<String>,
    /// People only.
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) canonical_url: Option<String>,
    /// The date of publication, from the surest place that has one.
    pub(crate) published: Option<DateValue>,
    /// The date of the last change.
    pub(crate) modified: Option<DateValue>,
    /// Of the `html` element, or the like.
    pub(crate) language: Option<String>,
}

/// Reads a decoded page.
///
/// # Errors
/// `Budget` and `TooLarge` as the limits say; `NoContent` for a page without any text.
pub(crate) fn read(html: &str, limits: &Limits) -> Result<Page, Reject> {
    let tree = construct::parse(html, limits)?;
    let head = Head::of(&tree);
    let visible = Segments::of(&tree, false);
    let body = head.json_ld.body.as_deref();
    let mut outline = Outline::of(&tree, &visible, body);
    // Pages that a script uncovers: what is hidden at first is read where it outweighs all that is shown.
    let whole;
    if visible.hidden_bytes > MIN_HIDDEN {
        whole = Segments::of(&tree, true);
        let (shown, all) = (visible.plain_letters(), whole.plain_letters());
        if all > 4 * shown && shown < MAX_SHOWN {
            outline = Outline::of(&tree, &whole, body);
        }
    }
    let roots = outline.roots(body);
    let content = match (roots.first(), roots.last()) {
        (Some(&first), Some(&last)) => first..tree.node(last).end,
        _ => tree.ids(),
    };
    let meta = meta::read(head, &outline, &content, html);
    let (lines, cut) = line::lines(&outline, &roots, html, meta.title.as_deref());
    if lines.is_empty() && cut.is_empty() {
        return Err(Reject::new(Stage::Parse, RejectReason::NoContent, "no text on the page"));
    }
    Ok(Page { meta, lines, cut })
}

#[cfg(test)]
pub(crate) mod oracle;
#[cfg(test)]
mod tests;

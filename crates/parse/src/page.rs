//! HTML pages: the extractor's lines, sorted by the same cues as a scrape, and the page's own metadata.

use std::ops::Range;

use khabar_model::{
    Article, Block, BlockKind, RawDoc, Reject, RejectReason, RemovalReason, Removed, SourceSpan, Span, Stage,
};
use khabar_text::Alignment;

use crate::classify::{self, Fate, Policy};
use crate::cue::{self, Cues};
use crate::html::{self, PageMeta};
use crate::line::Line;
use crate::{Settings, charset, metadata};

/// Parses an HTML page.
pub(crate) fn page(raw: &RawDoc, settings: &Settings) -> Result<Article, Reject> {
    let clues =
        charset::Clues { transport: raw.given.charset.as_deref(), page: true, host: raw.source.host.as_deref() };
    let decoded = charset::decode(&raw.payload, &clues)?;
    let page = html::read(&decoded.text, &settings.limits)?;
    let title = raw
        .given
        .title
        .clone()
        .or_else(|| page.meta.title.clone())
        .map(|title| clean(&title))
        .filter(|title| !title.is_empty());
    let mut removed = Vec::new();
    let origin = Origin { alignment: &decoded.alignment };
    let mut lines = Vec::with_capacity(page.lines.len());
    for line in &page.lines {
        let mut text = clean(&line.text);
        if settings.boilerplate {
            let mut rest = String::with_capacity(text.len());
            let mut from = 0;
            for (range, rule, _) in cue::shortcodes(&text) {
                let token = text.get(range.clone()).unwrap_or_default();
                removed.push(Removed::new(RemovalReason::Shortcode, rule, token, origin.span(line.source.clone())));
                rest.push_str(text.get(from..range.start).unwrap_or_default());
                from = range.end;
            }
            rest.push_str(text.get(from..).unwrap_or_default());
            text = rest;
        }
        let text = text.trim();
        if settings.boilerplate && line.kind.is_body() && names_only(text, &page.meta.authors) {
            removed.push(Removed::new(RemovalReason::Byline, "author_line", text, origin.span(line.source.clone())));
        } else if !text.is_empty() {
            lines.push(Line::new(text, line.source.clone(), Some(line.kind), line.link_share));
        }
    }
    let policy = Policy { boilerplate: settings.boilerplate, title: title.as_deref(), host: settings.host_of(raw) };
    let sorted = classify::sort(&lines, policy);

    let mut article = Article { charset: Some(decoded.charset.to_owned()), removed, ..Article::default() };
    fill_metadata(&mut article, page.meta);
    let titled = sorted.fates.contains(&Fate::Keep(BlockKind::Title));
    if let Some(title) = title.as_deref().filter(|_| !titled) {
        let at = decoded.text.find(title).map_or(0..0, |at| at..at + title.len());
        push(&mut article, title, BlockKind::Title, origin.span(at))?;
    }
    for (line, fate) in lines.iter().zip(&sorted.fates) {
        let at = origin.span(line.source.clone());
        match fate {
            Fate::Keep(kind) => push(&mut article, &line.text, *kind, at)?,
            Fate::Cut(reason, rule) => article.removed.push(Removed::new(*reason, rule.as_str(), &line.text, at)),
        }
    }
    for cut in page.cut {
        let (reason, rule) = said(&cut).unwrap_or((cut.reason, cut.rule));
        article.removed.push(Removed::new(reason, rule, &cut.text, origin.span(cut.source)));
    }
    if !article.blocks.iter().any(|block| block.kind.is_body()) {
        return Err(Reject::new(Stage::Parse, RejectReason::NoContent, "a page without an article"));
    }
    article.removed.sort_by_key(|removed| removed.source);
    article.title = title;
    metadata::settle(&mut article, sorted.lifted, raw);
    Ok(article)
}

/// Structure says that a box is cut; what kind of box it is, its first words tell better than its tag does.
fn said(cut: &html::CutNode) -> Option<(RemovalReason, &'static str)> {
    const WEAK: [&str; 8] = [
        "html.aside",
        "html.footer",
        "html.form",
        "html.link_box",
        "html.link_line",
        "html.nav",
        "html.orphan_heading",
        "html.outside",
    ];
    if cut.reason != RemovalReason::Related && !WEAK.contains(&cut.rule) {
        return None;
    }
    cut.text.lines().take(2).find_map(|line| {
        let hit = Cues::embedded().hits(&khabar_text::fold(line), line.chars().count()).into_iter().next()?;
        Some((hit.rule.reason, hit.rule.id.as_str()))
    })
}

/// True for a line that names the authors, and says next to nothing else: "By …", "… | reporter".
fn names_only(text: &str, authors: &[String]) -> bool {
    /// Letters that a label, an "and" or a role take.
    const LABEL: usize = 14;
    if authors.is_empty() || text.chars().nth(120).is_some() {
        return false;
    }
    let letters = |text: &str| text.chars().filter(|char| khabar_text::is_alphanumeric(*char)).count();
    let named: usize =
        authors.iter().filter(|author| text.contains(author.as_str())).map(|author| letters(author)).sum();
    named > 0 && letters(text) <= named + LABEL && !text.contains(['.', '؟', '?', '!', '«', '"', '“', '۔'])
}

/// Repaired, on one line, trimmed.
fn clean(text: &str) -> String {
    let text = khabar_text::repair(text).text;
    if text.contains('\n') { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.trim().to_owned() }
}

fn push(article: &mut Article, line: &str, kind: BlockKind, source: SourceSpan) -> Result<(), Reject> {
    if !article.text.is_empty() {
        article.text.push('\n');
    }
    let start = article.text.len();
    article.text.push_str(line);
    let span = Span::in_text(&article.text, start, article.text.len())
        .map_err(|error| Reject::new(Stage::Parse, RejectReason::TooLarge, error.to_string()))?;
    article.blocks.push(Block { kind, span, language: None, source });
    Ok(())
}

fn fill_metadata(article: &mut Article, meta: PageMeta) {
    article.authors = meta.authors;
    article.publisher = meta.publisher.or(meta.site_name);
    article.section = meta.section;
    article.tags = meta.tags;
    article.description = meta.description.map(|text| clean(&text));
    article.image = meta.image;
    article.canonical_url = meta.canonical_url;
    article.published = meta.published;
    article.modified = meta.modified;
    article.declared_language = meta.language;
}

/// From bytes of the decoded page to bytes of the payload.
struct Origin<'a> {
    alignment: &'a Alignment,
}

impl Origin<'_> {
    fn span(&self, range: Range<usize>) -> SourceSpan {
        Span::new(range.start, range.end).map_or_else(
            |_| SourceSpan::default(),
            |span| {
                let span = self.alignment.to_src(span);
                SourceSpan { start: span.start() as u64, end: span.end() as u64 }
            },
        )
    }
}

//! House spelling (tier T1) of an article, by the language of its blocks.

use khabar_langid::{Detector, LanguageSpan};
use khabar_model::{Article, BlockKind, Detection, Reject, RejectReason, Span, Stage};
use khabar_text::{Aligned, Draft, HouseRule};

/// Spells every block as its language does (kaf and yeh, and the rules that were asked for), and moves all spans along.
///
/// # Errors
/// Never but by a bug: a span that does not fit the text any more.
pub(crate) fn respell(
    article: &mut Article,
    document: &Detection,
    detector: &Detector,
    optional: &[HouseRule],
) -> Result<(), Reject> {
    let blocks = spans_with_language(article, document);
    let mut spans = Vec::with_capacity(blocks.len());
    for (block, language) in blocks {
        let text = block.of(&article.text).unwrap_or_default();
        if changes(text, language, optional) {
            spans.extend(parts(text, block, language, detector));
        }
    }
    let spelled = khabar_text::respell_with(&article.text, &spans, optional);
    rewrite(article, spelled)
}

/// Writes every ZWNJ that Persian blocks lack (rule ZN7), and moves all spans along.
///
/// # Errors
/// Never but by a bug: a span that does not fit the text any more.
pub(crate) fn restore_zwnj(article: &mut Article, document: &Detection) -> Result<(), Reject> {
    let mut spans = spans_with_language(article, document);
    spans.retain(|(_, language)| matches!(*language, "fa" | "prs"));
    spans.sort_by_key(|(span, _)| span.start());
    let mut draft = Draft::new(&article.text);
    for (span, _) in spans {
        for lacking in khabar_text::suggest_zwnj(span.of(&article.text).unwrap_or_default()) {
            let (start, end) = (span.start() + lacking.range.start, span.start() + lacking.range.end);
            draft.replace(start..end, "\u{200c}", lacking.rule);
        }
    }
    let restored = draft.finish();
    rewrite(article, restored)
}

/// True if house spelling changes anything in a text of one language.
fn changes(text: &str, language: &str, optional: &[HouseRule]) -> bool {
    Span::new(0, text.len())
        .is_ok_and(|whole| !khabar_text::respell_with(text, &[(whole, language)], optional).alignment.is_identity())
}

/// A block without what it surely quotes in other languages: an Arabic verse keeps its letters in a Persian text.
fn parts<'a>(text: &str, block: Span, language: &'a str, detector: &Detector) -> Vec<(Span, &'a str)> {
    let is_own = |part: &LanguageSpan| {
        let found = detector.detect(part.span.of(text).unwrap_or_default());
        part.code == language || !found.reliable || found.code != part.code
    };
    let own = detector
        .spans(text)
        .into_iter()
        .filter(is_own)
        .filter_map(|part| Span::new(block.start() + part.span.start(), block.start() + part.span.end()).ok());
    own.map(|part| (part, language)).collect()
}

/// The blocks with the language of each.
fn spans_with_language<'a>(article: &'a Article, document: &'a Detection) -> Vec<(Span, &'a str)> {
    let language = |block: &'a khabar_model::Block<Span>| block.language.as_deref().unwrap_or(document.code.as_str());
    article.blocks.iter().map(|block| (block.span, language(block))).collect()
}

/// Puts a rewritten text in place, with all spans moved along.
fn rewrite(article: &mut Article, spelled: Aligned) -> Result<(), Reject> {
    if spelled.alignment.is_identity() {
        return Ok(());
    }
    let moved = |span: Span| {
        let span = spelled.alignment.to_dst(span);
        Span::in_text(&spelled.text, span.start(), span.end()).map_err(|error| {
            Reject::new(Stage::Langid, RejectReason::Malformed, format!("a span does not fit: {error}"))
        })
    };
    for block in &mut article.blocks {
        block.span = moved(block.span)?;
    }
    if let Some(dateline) = &mut article.dateline {
        dateline.span = moved(dateline.span)?;
    }
    let title = article.blocks.iter().find(|block| block.kind == BlockKind::Title);
    if let Some(title) = title.and_then(|block| block.span.of(&spelled.text)) {
        article.title = Some(title.to_owned());
    }
    article.text = spelled.text;
    Ok(())
}

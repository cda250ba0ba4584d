//! House spelling (tier T1) of an article, by the language of its blocks.

use khabar_model::{Article, BlockKind, Detection, Reject, RejectReason, Span, Stage};

/// Spells every block as its language does (kaf and yeh, by default), and moves all spans along.
///
/// # Errors
/// Never but by a bug: a span that does not fit the text any more.
pub(crate) fn respell(article: &mut Article, document: &Detection) -> Result<(), Reject> {
    let spans: Vec<(Span, &str)> = article
        .blocks
        .iter()
        .map(|block| (block.span, block.language.as_deref().unwrap_or(document.code.as_str())))
        .collect();
    let spelled = khabar_text::respell(&article.text, &spans);
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

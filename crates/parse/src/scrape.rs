//! Plain-text scrapes: decoded, repaired, cut into lines, sorted, and put together again with the way back.

use std::ops::Range;

use khabar_model::{
    Article, Block, BlockKind, RawDoc, Reject, RejectReason, RemovalReason, Removed, SourceSpan, Span, Stage,
};
use khabar_text::{Alignment, Rule};

use crate::classify::{self, Fate, Policy, Sorted};
use crate::line::Line;
use crate::{Settings, charset, cue, metadata};

/// Parses a plain-text scrape. The alignment leads from the payload's bytes to the clean text and can undo it.
pub(crate) fn scrape(raw: &RawDoc, settings: &Settings) -> Result<(Article, Alignment), Reject> {
    let clues =
        charset::Clues { transport: raw.given.charset.as_deref(), page: false, host: raw.source.host.as_deref() };
    let decoded = charset::decode(&raw.payload, &clues)?;
    let repaired = khabar_text::repair(&decoded.text);
    let to_repaired = decoded.alignment.then(repaired.alignment);
    let text = repaired.text;
    if text.trim().is_empty() {
        return Err(Reject::new(Stage::Parse, RejectReason::Empty, "nothing but white space"));
    }
    let slips = slips(&text, settings.boilerplate);
    let line = |slip: &Slip| Line { closes: slip.closes, ..Line::new(&slip.text, slip.range(), None, 0.0) };
    let lines: Vec<Line> = slips.iter().map(line).collect();
    let given_title = raw.given.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let policy = Policy { boilerplate: settings.boilerplate, title: given_title, host: settings.host_of(raw) };
    let sorted = classify::sort(&lines, policy);

    let mut article = Article { charset: Some(decoded.charset.to_owned()), ..Article::default() };
    let cut = assemble(&mut article, &text, &slips, &sorted, given_title, &to_repaired)?;
    let alignment = to_repaired.then(cut);
    metadata::settle(&mut article, sorted.lifted, raw);
    Ok((article, alignment))
}

/// A line of the repaired text without its shortcodes.
struct Slip {
    text: String,
    /// Parts of the repaired text that `text` is made of, in order; never empty unless the line was all shortcodes.
    pieces: Vec<Range<usize>>,
    /// Shortcodes that were taken out, and the rule.
    tokens: Vec<(Range<usize>, &'static str)>,
    /// True if one of them closes the article.
    closes: bool,
}

impl Slip {
    fn range(&self) -> Range<usize> {
        let start = self.pieces.first().map_or(0, |piece| piece.start);
        start..self.pieces.last().map_or(start, |piece| piece.end)
    }
}

/// Lines with something in them, shortcodes taken out. Behind `[ad_2]` the article is over: a line that has nothing else
/// is kept all the same, so that sorting sees it.
fn slips(text: &str, boilerplate: bool) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let line_start = start;
        start += line.len();
        let found = if boilerplate { cue::shortcodes(line) } else { Vec::new() };
        let mut pieces = Vec::new();
        let mut tokens = Vec::new();
        let mut from = 0;
        let mut closes = false;
        for (range, rule, ends) in found {
            closes |= ends;
            pieces.push(from..range.start);
            tokens.push((line_start + range.start..line_start + range.end, rule));
            from = range.end;
        }
        pieces.push(from..line.len());
        let pieces: Vec<Range<usize>> =
            trim_ends(line, pieces).into_iter().map(|piece| line_start + piece.start..line_start + piece.end).collect();
        let own: String = pieces.iter().filter_map(|piece| text.get(piece.clone())).collect();
        if !own.is_empty() || !tokens.is_empty() {
            slips.push(Slip { text: own, pieces, tokens, closes });
        }
    }
    slips
}

/// Takes white space off the two ends of a line in pieces, and drops pieces that are nothing else.
fn trim_ends(line: &str, mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let text = |piece: &Range<usize>| line.get(piece.clone()).unwrap_or_default();
    let blank = |piece: &Range<usize>| text(piece).trim().is_empty();
    let Some(first) = pieces.iter().position(|piece| !blank(piece)) else { return Vec::new() };
    let last = pieces.iter().rposition(|piece| !blank(piece)).unwrap_or(first);
    pieces.truncate(last + 1);
    pieces.drain(..first);
    if let Some(piece) = pieces.first_mut() {
        piece.start = piece.end - text(piece).trim_start().len();
    }
    if let Some(piece) = pieces.last_mut() {
        piece.end = piece.start + text(piece).trim_end().len();
    }
    pieces.retain(|piece| piece.start < piece.end);
    pieces
}

/// Fills text, blocks and cuts of `article`; returns the step from repaired to clean text.
fn assemble(
    article: &mut Article,
    text: &str,
    slips: &[Slip],
    sorted: &Sorted,
    given_title: Option<&str>,
    to_repaired: &Alignment,
) -> Result<Alignment, Reject> {
    let source = |range: Range<usize>| {
        let span = Span::new(range.start, range.end).ok()?;
        let span = to_repaired.to_src(span);
        Some(SourceSpan { start: span.start() as u64, end: span.end() as u64 })
    };
    let mut step = Step { builder: Alignment::builder(), text, at: 0, clean: String::new() };
    let titled = sorted.fates.contains(&Fate::Keep(BlockKind::Title));
    if let Some(title) = given_title.filter(|_| !titled) {
        let title = khabar_text::repair(title).text.replace('\n', " ");
        step.insert(&title);
        push_block(article, &step.clean, 0, BlockKind::Title, SourceSpan::default())?;
    }
    for (slip, fate) in slips.iter().zip(&sorted.fates) {
        for (range, rule) in &slip.tokens {
            let cut = text.get(range.clone()).unwrap_or_default();
            article
                .removed
                .extend(source(range.clone()).map(|at| Removed::new(RemovalReason::Shortcode, *rule, cut, at)));
        }
        let at = source(slip.range()).unwrap_or_default();
        match fate {
            _ if slip.text.is_empty() => {}
            Fate::Cut(reason, rule) => article.removed.push(Removed::new(*reason, rule.as_str(), &slip.text, at)),
            Fate::Keep(kind) => {
                let start = step.open_line();
                for piece in &slip.pieces {
                    step.keep(piece.clone());
                }
                push_block(article, &step.clean, start, *kind, at)?;
            }
        }
    }
    if article.blocks.is_empty() {
        let detail = format!("all {} lines are boilerplate", slips.len());
        return Err(Reject::new(Stage::Parse, RejectReason::NoContent, detail));
    }
    article.removed.sort_by_key(|removed| removed.source);
    article.title = article
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Title)
        .and_then(|block| block.span.of(&step.clean))
        .map(str::to_owned);
    let (clean, alignment) = step.finish();
    article.text = clean;
    Ok(alignment)
}

fn push_block(
    article: &mut Article,
    clean: &str,
    start: usize,
    kind: BlockKind,
    source: SourceSpan,
) -> Result<(), Reject> {
    let span = Span::in_text(clean, start, clean.len())
        .map_err(|error| Reject::new(Stage::Parse, RejectReason::TooLarge, error.to_string()))?;
    article.blocks.push(Block { kind, span, language: None, source });
    Ok(())
}

/// The step from repaired to clean text while it is being made.
struct Step<'t> {
    builder: khabar_text::AlignmentBuilder,
    text: &'t str,
    /// Bytes of `text` that are accounted for.
    at: usize,
    clean: String,
}

impl Step<'_> {
    /// A line that is not in the source: a title that the input gave beside the text.
    fn insert(&mut self, line: &str) {
        self.builder.replace(b"", line.len(), Rule("given"));
        self.clean.push_str(line);
    }

    /// Starts a new line of the clean text and tells where it starts.
    fn open_line(&mut self) -> usize {
        let newline = usize::from(!self.clean.is_empty());
        self.clean.len() + newline
    }

    /// Takes over `piece` of the repaired text; what lies between it and the piece before was cut.
    fn keep(&mut self, piece: Range<usize>) {
        let gap = self.text.get(self.at..piece.start).unwrap_or_default();
        // Between pieces of one line nothing is put; between lines one newline.
        let joins = if self.clean.is_empty() || self.at > 0 && !gap.contains('\n') { "" } else { "\n" };
        if gap != joins {
            self.builder.replace(gap.as_bytes(), joins.len(), Rule("cut"));
        } else {
            self.builder.keep(joins.len());
        }
        self.clean.push_str(joins);
        let kept = self.text.get(piece.clone()).unwrap_or_default();
        self.builder.keep(kept.len());
        self.clean.push_str(kept);
        self.at = piece.end;
    }

    fn finish(mut self) -> (String, Alignment) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.is_empty() {
            self.builder.replace(rest.as_bytes(), 0, Rule("cut"));
        }
        (self.clean, self.builder.finish())
    }
}

//! Where a sentence begins, behind a dateline, a time or words that are of nobody.

use std::borrow::Cow;

use khabar_model::{Block, BlockKind, QuoteStyle, Span};
use khabar_text::Cut;

use super::lexicon::word;
use super::reader::{Reader, Said, Subject};
use super::token::Kind;
use crate::phrases::Tongue;

/// Most blocks between the one that opens a quotation and the one that closes it.
const MOST_BETWEEN: usize = 3;

/// True if the first quotation mark of these blocks closes what was opened before them.
pub(super) fn closes<'b>(text: &str, blocks: impl Iterator<Item = &'b Block<Span>>) -> bool {
    let mut near = blocks.take(MOST_BETWEEN).filter_map(|block| block.span.of(text));
    near.find_map(|block| {
        let (at, mark) = block.char_indices().find(|(_, c)| matches!(c, '«' | '»' | '“' | '”' | '"'))?;
        let written_behind =
            !block.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        Some(matches!(mark, '»' | '”') || mark == '"' && written_behind)
    })
    .unwrap_or(false)
}

/// A block and its words.
type CutBlock<'b, 't> = (Block<Span>, Cow<'b, Cut<'t>>);

/// The blocks, a quotation in one with the next that begins with who says it: «’…‘», «یہ کہنا ہے فلاں کا».
/// Also returns where the second ones begin.
pub(super) fn with_echoes<'b, 't>(
    text: &'t str,
    blocks: impl Iterator<Item = (&'b Block<Span>, &'b Cut<'t>)>,
) -> (Vec<CutBlock<'b, 't>>, Vec<usize>) {
    let mut joined: Vec<(Block<Span>, Option<&'b Cut<'t>>)> = Vec::new();
    let mut borders = Vec::new();
    for (block, cut) in blocks {
        let last = joined.last_mut().filter(|(last, _)| {
            last.kind != BlockKind::Title
                && block.kind != BlockKind::Title
                && last.span.end() <= block.span.start()
                && is_echoed(last.span.of(text), block.span.of(text))
        });
        let whole = last.as_ref().and_then(|(last, _)| Span::new(last.span.start(), block.span.end()).ok());
        match last.zip(whole) {
            Some(((last, cut), span)) => {
                last.span = span;
                *cut = None;
                borders.push(block.span.start());
            }
            None => joined.push((block.clone(), Some(cut))),
        }
    }
    // One of many is cut once.
    let again = |block: &Block<Span>| Cut::new(block.span.of(text).unwrap_or_default());
    let cut = |(block, cut): (Block<Span>, Option<&'b Cut<'t>>)| {
        let cut = cut.map_or_else(|| Cow::Owned(again(&block)), Cow::Borrowed);
        (block, cut)
    };
    (joined.into_iter().map(cut).collect(), borders)
}

/// True if a block is a quotation and the next one begins with who says it.
fn is_echoed(block: Option<&str>, next: Option<&str>) -> bool {
    const MARKS: [char; 9] = ['«', '»', '“', '”', '"', '’', '‘', '‹', '›'];
    const ECHOES: [&str; 5] = ["یہ کہنا ", "یہ الفاظ ", "این را ", "این جمله ", "این جملات "];
    let echoes = next.map(str::trim).is_some_and(|next| ECHOES.iter().any(|echo| next.starts_with(echo)));
    let Some(block) = block.map(str::trim).filter(|_| echoes) else { return false };
    block.starts_with(MARKS) && block.trim_end_matches(['.', '۔', '،']).ends_with(MARKS)
}

impl Reader<'_> {
    /// Behind the dateline of a block: «كابول (رويترز) - », "BENGALURU: ", «تهران- ایرنا- », «عمّان - سمر الحياري - ».
    pub(super) fn behind_dateline(&self, start: usize, end: usize) -> usize {
        const ENDS: [char; 6] = ['-', '–', '—', ':', ')', '/'];
        let mut from = start;
        for _ in 0..3 {
            let limit = end.min(from + 12);
            let stop = (from..limit).find(|&at| {
                self.is_quoted(at)
                    || self.verb_at(at).is_some()
                    || self.is(at, word::ROLE | word::PRONOUN)
                    || self.is_mark(at, &ENDS)
            });
            let Some(mut at) = stop.filter(|&at| at > from && self.is_mark(at, &ENDS)) else { break };
            let glued = |at: usize| self.token(at).is_some_and(|token| token.glued);
            if self.is_colon(at) && (at > from + 5 || self.is_quoted(at + 1) || from > start)
                // "the best- and worst-paid"
                || self.tongue == Tongue::English
                    && glued(at)
                    && self.is_mark(at, &['-'])
                    && !self.token(at - 1).is_some_and(|before| before.capital)
                || glued(at) && glued(at + 1) && self.is_mark(at, &['-', '–', '/'])
                || self.is_mark(at, &['/'])
                    && from == start
                    && !(at + 1..limit).any(|place| self.is_mark(place, &['/', '-']))
                || from > start && at > from + 4
            {
                break;
            }
            while at < limit && self.is_mark(at, &ENDS) {
                at += 1;
            }
            from = at;
        }
        from
    }

    /// «۰۸:۱۰ | فرماندار: …»
    pub(super) fn read_live(&mut self, end: usize) -> bool {
        let Some((subject, colon)) = self.live_speaker(end) else { return false };
        let verb = Some((self.first_token(colon), self.last_token(colon), 0));
        let said = Said { subject, class: self.asks(colon + 1), verb, carrier: None };
        if self.is_quoted(colon + 1) && self.is_whole(colon + 1) {
            self.speak(colon + 1, said);
        } else {
            let to = self.end_of_colon(end);
            self.report(colon + 1, to, said);
        }
        true
    }

    /// A block without marks that the one before announced, behind a dash or not.
    pub(super) fn read_announced(&mut self, said: Said) {
        let said = Said { subject: Subject::Same, ..said };
        let end = self.items.len();
        if self.is_listed() {
            let (first, last) = (self.first_token(1), self.last_token(end - 1));
            self.push(QuoteStyle::Direct, first, last, said);
        } else if self.quotes.is_empty() && self.verbs.is_empty() {
            self.report(0, end, said);
        }
    }

    /// Who speaks in a line of a live blog, and the colon behind: «۰۸:۱۰ | فرماندار رشت، کاوه دلیری: …».
    fn live_speaker(&self, end: usize) -> Option<(Subject, usize)> {
        let from = self.skip_start(0, end);
        let colon = (from + 1..end.min(from + 10)).find(|&at| self.is_colon(at))?;
        let named = self.is(from, word::ROLE | word::ORG)
            || (from..colon).any(|at| self.is_person(at) || self.is_known_name(at));
        let timed = from > 0 && self.token(0).is_some_and(|token| token.kind == Kind::Digits);
        (timed && named && self.verb_between(from, colon) == 0).then_some(())?;
        Some((self.phrase(from, colon)?, colon))
    }

    /// True for a line that begins with a dash and asks nothing.
    pub(super) fn is_listed(&self) -> bool {
        let last = self.items.len().saturating_sub(1);
        self.is_mark(0, &['-', '–', '—', '•']) && !self.is_mark(last, &['?', '؟']) && self.quotes.is_empty()
    }

    /// Behind words that begin a sentence and are of nobody.
    pub(super) fn skip_start(&self, mut at: usize, end: usize) -> usize {
        // "04:02 The guns have been quiet", «۱۸:۱۵ کاخ سفید گفت»
        if at == 0
            && self.token(0).is_some_and(|token| token.kind == Kind::Digits)
            && self.raw(0).contains([':', '.'])
            && self.token(1).is_some_and(|next| !next.glued && (next.capital || self.tongue != Tongue::English))
        {
            at += 1;
        }
        while at < end {
            let phrase =
                self.token(at).filter(|token| token.is(word::START)).map(|token| usize::from(token.phrase.max(1)));
            match phrase {
                Some(words) => at += words,
                None if self.is_comma(at) || self.is_mark(at, &['.', '|', '*', '●', '(', ')']) => at += 1,
                None => break,
            }
        }
        at.min(end)
    }
}

//! Where a sentence begins, behind a dateline, a time or words that are of nobody.

use super::lexicon::word;
use super::reader::Reader;
use super::token::Kind;
use crate::phrases::Tongue;

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

//! Quotation marks of a block in pairs, whichever way the outlet writes them.

use super::token::{Kind, Token};

/// Ends of sentences.
pub(super) const STOPS: [char; 6] = ['.', '!', '?', '؟', '۔', '…'];

/// What stands between two marks, or behind one that nothing closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// The opening mark.
    pub(crate) open: usize,
    /// First token inside.
    pub(crate) first: usize,
    /// One past the last token inside.
    pub(crate) end: usize,
    /// One past the closing mark; `end` if there is none.
    pub(crate) behind: usize,
    /// It has a closing mark.
    pub(crate) closed: bool,
    /// Number of quotations around it.
    pub(crate) depth: usize,
}

/// Marks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Angle,
    Double,
    Single,
}

/// A quotation mark in the tokens: two single ones side by side are one.
#[derive(Clone, Copy, Debug)]
struct Mark {
    family: Family,
    place: usize,
    width: usize,
    /// True if a text could go on behind it, or end before it.
    opens: bool,
    closes: bool,
}

impl Mark {
    fn only_opens(&self) -> bool {
        self.opens && !self.closes
    }
}

fn family(c: char) -> Option<Family> {
    match c {
        '«' | '»' | '《' | '》' => Some(Family::Angle),
        '"' | '“' | '”' | '„' | '‟' | '″' => Some(Family::Double),
        '\'' | '‘' | '’' | '‚' | '‹' | '›' | '`' => Some(Family::Single),
        _ => None,
    }
}

/// The quotations of a block, in the order in which they open. Marks that close nothing are left out; one that nothing
/// closes reaches to the last full stop before the next that opens, or to the end of the block.
pub(crate) fn quotations(tokens: &[Token]) -> Vec<Quoted> {
    let marks = marks(tokens);
    let count = |is: fn(&Mark) -> bool| {
        [Family::Angle, Family::Double, Family::Single]
            .map(|family| marks.iter().filter(|mark| mark.family == family && is(mark)).count())
    };
    let (mut left, mut ahead) = (count(|mark| mark.closes), count(Mark::only_opens));
    let mut found: Vec<Quoted> = Vec::new();
    // Family and place in `found`.
    let mut open: Vec<(Family, usize)> = Vec::new();
    // The last full stop before the mark, and the tokens that were looked at for it.
    let (mut stop, mut looked) = (None, 0);
    for &mark in &marks {
        let between = looked..mark.place;
        stop = between.rev().find(|&at| tokens.get(at).is_some_and(|token| token.is_mark(&STOPS))).or(stop);
        looked = looked.max(mark.place);
        let (left, ahead) = (&mut left[mark.family as usize], &mut ahead[mark.family as usize]);
        let holder = open.iter().rposition(|(family, _)| *family == mark.family);
        let closes = mark.closes && holder.is_some() && (!mark.opens || is_turn_to_close(&open, mark));
        *left -= usize::from(mark.closes);
        *ahead -= usize::from(mark.only_opens());
        if closes {
            let Some(holder) = holder else { continue };
            // What was opened inside and never closed has no end of its own.
            for (_, place) in open.drain(holder..).collect::<Vec<_>>() {
                if let Some(quoted) = found.get_mut(place) {
                    quoted.end = mark.place;
                    quoted.behind = mark.place + mark.width;
                    quoted.closed = true;
                }
            }
        } else if mark.opens && open.len() < 4 {
            // A second mark of one kind, with no two ends to come: the first was never closed.
            let told = mark
                .place
                .checked_sub(1)
                .and_then(|at| tokens.get(at))
                .is_some_and(|token| token.is_mark(&[':']) || token.is_mark(&STOPS));
            let lost = mark.only_opens() && *left <= *ahead + 1 && (*left > 0 || told);
            let ended = holder.filter(|_| lost && mark.family != Family::Single).and_then(|holder| {
                let quoted = found.get_mut(open.get(holder)?.1)?;
                let stop = stop.filter(|&stop| stop > quoted.first)?;
                (quoted.end, quoted.behind, quoted.closed) = (stop + 1, stop + 1, true);
                open.truncate(holder);
                Some(())
            });
            if ended.is_none() && holder.is_some() && *left < 2 {
                continue;
            }
            open.push((mark.family, found.len()));
            found.push(Quoted {
                open: mark.place,
                first: mark.place + mark.width,
                end: tokens.len(),
                behind: tokens.len(),
                closed: false,
                depth: open.len() - 1,
            });
        }
    }
    found.retain(|quoted| quoted.first < quoted.end && (quoted.closed || quoted.depth == 0));
    found
}

/// The first mark of a block, if it closes what another block opened: its place and width.
pub(crate) fn closing(tokens: &[Token]) -> Option<(usize, usize)> {
    let mark = *marks(tokens).first()?;
    (mark.closes && !mark.opens && mark.place > 0).then_some((mark.place, mark.width))
}

/// Of a mark that may open and may close: closing is next where its kind is open on top.
fn is_turn_to_close(open: &[(Family, usize)], mark: Mark) -> bool {
    open.last().is_some_and(|(family, _)| *family == mark.family)
}

fn marks(tokens: &[Token]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        let Kind::Mark(c) = token.kind else {
            place += 1;
            continue;
        };
        let Some(mut family) = family(c) else {
            place += 1;
            continue;
        };
        let double = family == Family::Single
            && tokens.get(place + 1).is_some_and(|next| next.glued && next.kind == token.kind)
            && c != '‹'
            && c != '›';
        let width = if double { 2 } else { 1 };
        if double {
            family = Family::Double;
        }
        let before = place.checked_sub(1).and_then(|before| tokens.get(before)).filter(|_| token.glued);
        let behind = tokens.get(place + width).filter(|behind| behind.glued);
        let is_text = |token: &Token| !matches!(token.kind, Kind::Mark(c) if self::family(c).is_none());
        // Before: nothing, a bracket, a dash, a colon, or a preposition of one letter. Behind: a word or another mark.
        let free_before = before.is_none_or(|before| match before.kind {
            Kind::Mark(c) => {
                matches!(c, '(' | '[' | '{' | ':' | '—' | '–' | '-' | '/' | '،' | ',' | '|' | '‏' | '‎')
                    || self::family(c).is_some()
            }
            Kind::Word => before.end - before.start <= 6 && matches!(before.first, 'ل' | 'ب' | 'ك' | 'و' | 'ف' | 'ا'),
            Kind::Digits => false,
        });
        let goes_on = behind.is_some_and(|behind| {
            is_text(behind) || behind.is_mark(&['…', '.', '(', '[', '-', '–', '#', '@', '¿', '؟', '£', '$', '%', '*'])
        });
        let ends_before = before.is_some();
        let free_behind = behind.is_none_or(|behind| !matches!(behind.kind, Kind::Word | Kind::Digits));
        let mut opens = free_before && goes_on;
        let mut closes = ends_before && free_behind;
        if !opens && !closes {
            // Space on both sides, or on none: the sign itself says.
            match c {
                '«' | '“' | '„' | '‹' if before.is_none() || behind.is_some() => opens = true,
                '»' | '”' | '›' => closes = true,
                '"' => (opens, closes) = (true, true),
                _ => {}
            }
        } else if opens && closes {
            match c {
                '«' | '“' | '„' | '‹' | '‘' if width == 1 => closes = false,
                '»' | '”' | '›' | '’' if width == 1 => opens = false,
                _ => {}
            }
        }
        // An apostrophe behind a word («fans' anger») closes only what is open; quotations() sees to that.
        if opens || closes {
            marks.push(Mark { family, place, width, opens, closes });
        }
        place += width;
    }
    marks
}

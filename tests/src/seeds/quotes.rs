//! Quotes of a seed: which are found, and who says them.

use std::collections::BTreeMap;

use khabar_model::{CharSpan, Quote, QuoteStyle, Record, SpeakerKind};

use crate::gold::{Gold, GoldQuote};
use crate::line::SourceLine;
use crate::records::Row;
use crate::report::{DocumentScore, Tally};
use crate::skeleton::words;

/// Share of the words of the longer one that two quotes have in common, to be the same.
const SAME: f64 = 0.8;

/// Least share of right speakers over all documents.
const SPEAKERS: f64 = 0.9;

/// Scores the quotes of a document. A direct quote that is missing, or that the gold does not have, is a fault; so is a
/// denial or an anonymous source of direct speech that is taken for something else.
pub(super) fn score_quotes(row: &Row, lines: &[SourceLine], gold: &Gold, score: &mut DocumentScore) {
    let mut left: Vec<&Quote<CharSpan>> = row.record.quotes.iter().collect();
    for quote in &gold.quotes {
        let wanted = lines.iter().find(|line| line.number == quote.line).map(|line| quote.of(&line.text));
        let wanted = wanted.unwrap_or_default();
        let on_line = |found: &Quote<CharSpan>| on_line(row, found, lines, quote.line);
        let found = left
            .iter()
            .enumerate()
            .filter(|(_, found)| found.style == quote.style && on_line(found))
            .map(|(place, found)| (shared(&found.text, &wanted), place))
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .filter(|(shared, _)| *shared >= SAME)
            .map(|(_, place)| left.remove(place));
        let name =
            || format!("the {:?} quote at {} of line {}", quote.style, quote.chars.start, quote.line).to_lowercase();
        let tally = if quote.style == QuoteStyle::Direct { &mut score.direct } else { &mut score.indirect };
        tally.count(found.is_some());
        let Some(found) = found else {
            if quote.style == QuoteStyle::Direct {
                score.fault(format!("{} is not found", name()));
            }
            continue;
        };
        let speaker = says(&row.record, found, quote);
        score.speakers.count(speaker);
        if !speaker {
            let said = format!("{} is said by {}, not by {}", name(), told(found), quote.speaker);
            // A source that wants no name must not be given one, nor lose who carries it.
            if quote.carrier.is_some() { score.fault(said) } else { score.other_speakers.push(said) }
        }
        if let Some(class) = found.verb.as_ref().map(|verb| verb.class).filter(|class| !quote.classes.contains(class)) {
            score.fault(format!("{} is of class {class:?}", name()));
        }
    }
    for extra in left.iter().filter(|quote| quote.style == QuoteStyle::Direct) {
        let start = extra.span.start();
        score.fault(format!("a direct quote at {start} of the text that the gold does not have"));
    }
}

/// What is wrong with all of them: too few right speakers.
pub(super) fn faults(documents: &[DocumentScore]) -> Vec<String> {
    let speakers = documents.iter().map(|score| score.speakers).fold(Tally::default(), |mut all, one| {
        all += one;
        all
    });
    let few = speakers.share() < SPEAKERS;
    few.then(|| format!("{} of {} speakers are right", speakers.right, speakers.of)).into_iter().collect()
}

/// True if a quote lies in the block of a line.
fn on_line(row: &Row, quote: &Quote<CharSpan>, lines: &[SourceLine], number: usize) -> bool {
    let block = row
        .record
        .blocks
        .iter()
        .find(|block| block.span.start() <= quote.span.start() && quote.span.end() <= block.span.end());
    let line = lines.iter().find(|line| line.number == number);
    block
        .zip(line)
        .is_some_and(|(block, line)| line.range.start < block.source.end && block.source.start < line.range.end)
}

/// Share of words that two texts have in common, of the longer one.
fn shared(one: &str, other: &str) -> f64 {
    let (one, other) = (words(one), words(other));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    one.split(' ').for_each(|word| *counts.entry(word).or_default() += 1);
    let mut both = 0_u32;
    for word in other.split(' ') {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    let longer = one.split(' ').count().max(other.split(' ').count());
    f64::from(both) / f64::from(u32::try_from(longer).unwrap_or(u32::MAX))
}

/// True if the right one speaks, of the right kind, and the right outlet carries it.
fn says(record: &Record<CharSpan>, found: &Quote<CharSpan>, gold: &GoldQuote) -> bool {
    let id =
        |entity: Option<u32>| entity.and_then(|at| record.entities.get(at as usize)).map(|entity| entity.id.as_str());
    let Some(speaker) = &found.speaker else { return false };
    let named = id(speaker.entity) == Some(&gold.speaker) || words(&speaker.text) == words(&gold.speaker);
    let anonymous = speaker.kind == SpeakerKind::Anonymous;
    let kind = gold.kinds.contains(&speaker.kind)
        || !anonymous && !gold.kinds.contains(&SpeakerKind::Anonymous) && speaker.entity.is_some();
    named && kind && gold.carrier.as_deref().is_none_or(|carrier| id(found.outlet) == Some(carrier))
}

fn told(quote: &Quote<CharSpan>) -> String {
    let speaker = quote.speaker.as_ref().map(|speaker| format!("{:?} {}", speaker.kind, speaker.text));
    format!("{} carried by {:?}", speaker.unwrap_or_else(|| "nobody".to_owned()), quote.outlet)
}

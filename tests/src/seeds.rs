//! Real scrapes, marked line by line: what the gold says of them must hold.

use std::path::Path;

use khabar_model::{CharSpan, EntityType, Record};

use crate::gold::{Gold, GoldEntity, fnv1a64};
use crate::line::{SourceLine, score_lines, source_lines};
use crate::records::{Records, Row};
use crate::report::{DocumentScore, Report};
use crate::skeleton::words;
use crate::{check, file};

mod quotes;

/// Scores a run against every `<stem>.gold.txt` of `gold`, whose `<stem>.txt` lies in `source`.
///
/// # Errors
/// A gold file that cannot be read or does not fit its source.
pub fn score(records: &Records, gold: &Path, source: &Path) -> Result<Report, String> {
    let entries = std::fs::read_dir(gold).map_err(|error| format!("cannot list {}: {error}", gold.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(".gold.txt") else { continue };
        let uri = format!("{stem}.txt");
        let gold = Gold::parse(&file::text(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        let source = file::bytes(&source.join(&uri))?;
        let lines = fitting_lines(&gold, &source).map_err(|error| format!("{}: {error}", path.display()))?;
        documents.push(score_document(&uri, records.document(&uri), &gold, &lines)?);
    }
    if documents.is_empty() {
        return Err(format!("no gold file in {}", gold.display()));
    }
    let faults = quotes::faults(&documents);
    Ok(Report::of(documents, faults))
}

/// The lines of a source, after a check that the gold speaks of exactly these.
fn fitting_lines(gold: &Gold, source: &[u8]) -> Result<Vec<SourceLine>, String> {
    if fnv1a64(source) != gold.source {
        return Err(format!("the source has hash {:016x}: the gold is of another file", fnv1a64(source)));
    }
    let lines = source_lines(source);
    if !lines.iter().map(|line| line.number).eq(gold.lines.keys().copied()) {
        return Err("the gold has not exactly one verdict for each line that is not blank".to_owned());
    }
    let title = gold.title.map(|(number, hash)| (lines.iter().find(|line| line.number == number), hash));
    match title {
        Some((line, hash)) if line.is_none_or(|line| fnv1a64(line.text.as_bytes()) != hash) => {
            Err("the title's line has another hash".to_owned())
        }
        _ => Ok(lines),
    }
}

fn score_document(uri: &str, row: Option<&Row>, gold: &Gold, lines: &[SourceLine]) -> Result<DocumentScore, String> {
    let mut score = DocumentScore::of(uri);
    score.present.count(row.is_some());
    let Some(row) = row else {
        // An empty record misses all that there is to find, and is right about nothing.
        score = score_document(uri, Some(&Row::of_line("{}")?), gold, lines)?;
        return Ok(score.without_record());
    };
    let record = &row.record;
    let text_of = |number: usize| lines.iter().find(|line| line.number == number).map(|line| line.text.as_str());

    check::language(record, &gold.language, &mut score);
    check::title(record, gold.title.and_then(|(number, _)| text_of(number)), &mut score);
    let published = gold.published.as_ref();
    check::published(record, published.map(|date| (date.day.as_str(), date.calendar)), &mut score);
    if let (Some(right), Some(found)) = (published, &record.published)
        && !right.precision.contains(&found.precision)
    {
        score.fault(format!("the date is exact to {:?}, not {:?}", found.precision, right.precision));
    }
    check::authors(record, &gold.authors, &mut score);
    let publishers: Vec<Option<&str>> = gold.publisher.iter().map(Option::as_deref).collect();
    check::publisher(record, &publishers, &mut score);
    metadata(record, gold, gold.section.and_then(text_of), &mut score);
    score_lines(row, lines, &gold.lines, &mut score);
    if score.body_extra > 0 {
        score.fault(format!("{} blocks of the body are beyond the lines of the gold", score.body_extra));
    }
    for entity in &gold.entities {
        score_entity(record, entity, &mut score);
    }
    quotes::score_quotes(row, lines, gold, &mut score);
    for id in &gold.no_entities {
        if record.entities.iter().any(|entity| entity.id == *id && entity.kind != EntityType::Misc) {
            score.fault(format!("{id} is an entity, but the text does not name it"));
        }
    }
    Ok(score)
}

fn metadata(record: &Record<CharSpan>, gold: &Gold, section: Option<&str>, score: &mut DocumentScore) {
    let same = check::same_name(record.section.as_deref(), section);
    score.metadata.count(same);
    if !same {
        score.fault(match section {
            Some(_) => "the section is not the line that has it",
            None => "there is a section, but the document has none",
        });
    }
    let Some(credit) = &gold.credit else { return };
    let starts = |found: &Option<String>, right: &Option<String>| match (found, right) {
        (_, None) => true,
        (Some(found), Some(right)) => found.starts_with(right.as_str()),
        (None, Some(_)) => false,
    };
    let found = record.credits.iter().any(|found| {
        let host = |url: &Option<String>| url.as_ref().map(|url| bare_host(url).to_owned());
        starts(&host(&found.url), &host(&credit.url))
            && starts(&found.date, &credit.date)
            && (credit.name.is_none() || check::same_name(found.name.as_deref(), credit.name.as_deref()))
    });
    score.metadata.count(found);
    if !found {
        score.fault(format!("no credit is {credit:?}"));
    }
}

/// An address without scheme and `www.`.
fn bare_host(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.strip_prefix("www.").unwrap_or(url)
}

fn score_entity(record: &Record<CharSpan>, gold: &GoldEntity, score: &mut DocumentScore) {
    let same = record.entities.iter().filter(|entity| entity.id == gold.id && entity.kind == gold.kind);
    let forms: Vec<&str> = same.flat_map(|entity| &entity.mentions).map(|mention| mention.text.as_str()).collect();
    let missing: Vec<&String> =
        gold.forms.iter().filter(|form| !forms.iter().any(|found| words(found) == words(form))).collect();
    let found = forms.len() >= gold.min && missing.is_empty();
    score.entities.count(found);
    if !found {
        let (id, min, count) = (&gold.id, gold.min, forms.len());
        let missing = if missing.is_empty() { String::new() } else { format!(", none of them {missing:?}") };
        score.fault(format!("{id} has {count} mentions, not {min}{missing}"));
    }
}

#[cfg(test)]
mod tests;

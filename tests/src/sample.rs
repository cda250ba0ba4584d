//! The sample input, held against its labels.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use khabar_model::{BlockKind, Calendar, DuplicateStatus, RemovalReason};
use serde::Deserialize;

use crate::gazetteer::Gazetteer;
use crate::gold::Fate;
use crate::line::{SourceLine, score_lines, source_lines};
use crate::records::{Records, Row, is_at};
use crate::report::{DocumentScore, Report};
use crate::skeleton::skeleton;
use crate::{check, file};

/// One line of the labels; `data/sample.README.md` says what each field means.
#[derive(Clone, Debug, Deserialize)]
struct Label {
    uri: String,
    /// Set for a WARC record that is no article, in place of all else.
    skip: Option<String>,
    #[serde(default)]
    language: String,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<String>,
    calendar: Option<Calendar>,
    #[serde(default)]
    body_first: String,
    #[serde(default)]
    body_last: String,
    #[serde(default)]
    body_lines: u32,
    #[serde(default)]
    captions: Vec<String>,
    #[serde(default)]
    removed: Vec<LabelRemoved>,
    duplicate_of: Option<String>,
    relation: Option<DuplicateStatus>,
    #[serde(default)]
    entities: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct LabelRemoved {
    starts: String,
    reason: RemovalReason,
}

/// Scores a run against a file of labels, whose `uri`s are paths below `source`.
///
/// # Errors
/// Labels that cannot be read or do not fit their source.
pub fn score(records: &Records, labels: &Path, source: &Path, gazetteer: &Gazetteer) -> Result<Report, String> {
    let labels: Vec<Label> = file::json_lines(labels)?;
    let mut documents = Vec::new();
    for label in &labels {
        let lines = if label.uri.ends_with(".txt") {
            Some(source_lines(&file::bytes(&source.join(&label.uri))?))
        } else {
            None
        };
        let scored = score_document(records, label, lines.as_deref(), gazetteer);
        documents.push(scored.map_err(|error| format!("the label of {}: {error}", label.uri))?);
    }
    let unknown = records.documents.iter().map(|row| &row.record.source.uri);
    let unknown = unknown.filter(|uri| !labels.iter().any(|label| is_at(uri, &label.uri)));
    let faults = unknown.map(|uri| format!("a record that no label names: {uri}")).collect();
    Ok(Report::of(documents, faults))
}

fn score_document(
    records: &Records,
    label: &Label,
    lines: Option<&[SourceLine]>,
    gazetteer: &Gazetteer,
) -> Result<DocumentScore, String> {
    let row = records.document(&label.uri);
    if let Some(reason) = &label.skip {
        let mut score = DocumentScore::of(&label.uri);
        score.present.count(row.is_none());
        if row.is_some() {
            score.fault(format!("there is a record, but it is to be skipped: {reason}"));
        }
        return Ok(score);
    }
    let empty = Row::of_line("{}")?;
    let mut score = score_row(records, row.unwrap_or(&empty), label, lines, gazetteer)?;
    score.present.count(row.is_some());
    Ok(if row.is_some() { score } else { score.without_record() })
}

fn score_row(
    records: &Records,
    row: &Row,
    label: &Label,
    lines: Option<&[SourceLine]>,
    gazetteer: &Gazetteer,
) -> Result<DocumentScore, String> {
    let mut score = DocumentScore::of(&label.uri);
    let record = &row.record;
    check::language(record, &label.language, &mut score);
    check::title(record, label.title.as_deref(), &mut score);
    let published = label.published.as_deref().zip(label.calendar);
    check::published(record, published, &mut score);
    check::authors(record, &label.authors, &mut score);
    check::publisher(record, &[label.publisher.as_deref()], &mut score);
    match lines {
        Some(lines) => score_lines(row, lines, &line_fates(label, lines)?, &mut score),
        None => score_blocks(row, label, &mut score),
    }
    duplicates(records, row, label, &mut score);
    entities(row, label, gazetteer, &mut score);
    Ok(score)
}

/// What is right for each line of a plain-text source: whatever is not title, caption or boilerplate is body.
fn line_fates(label: &Label, lines: &[SourceLine]) -> Result<BTreeMap<usize, Vec<Fate>>, String> {
    let title = label.title.as_deref().map(skeleton).unwrap_or_default();
    let mut removed: Vec<&LabelRemoved> = label.removed.iter().collect();
    let mut fates = BTreeMap::new();
    let mut body = 0;
    let repeated = |line: &SourceLine| removed_twice(&label.removed, &title) && skeleton(&line.text) == title;
    for line in lines {
        let starts = |start: &str| line.text.starts_with(start.trim());
        let fate = if repeated(line) {
            // Which of the two a parser takes for the title is its own affair.
            removed.retain(|cut| cut.reason != RemovalReason::DuplicateLine);
            vec![Fate::Kept(BlockKind::Title), Fate::Removed(RemovalReason::DuplicateLine)]
        } else if skeleton(&line.text) == title {
            vec![Fate::Kept(BlockKind::Title)]
        } else if let Some(at) = removed.iter().position(|cut| starts(&cut.starts)) {
            vec![Fate::Removed(removed.remove(at).reason)]
        } else if label.captions.iter().any(|caption| starts(caption)) {
            vec![Fate::Kept(BlockKind::Caption)]
        } else {
            body += 1;
            body_kinds()
        };
        fates.insert(line.number, fate);
    }
    if let Some(cut) = removed.first() {
        return Err(format!("no line starts with {:?}", cut.starts));
    }
    if body != label.body_lines {
        return Err(format!("{body} lines are left for the body, not {}", label.body_lines));
    }
    Ok(fates)
}

/// True if the labels say that a line with the title's letters is cut as a repetition.
fn removed_twice(removed: &[LabelRemoved], title: &str) -> bool {
    let cut = removed.iter().find(|cut| cut.reason == RemovalReason::DuplicateLine);
    cut.is_some_and(|cut| title.starts_with(&skeleton(&cut.starts)))
}

/// The labels do not say what kind a line of the body is.
fn body_kinds() -> Vec<Fate> {
    use BlockKind::{Heading, Lead, ListItem, Paragraph, Quote, Table};
    [Paragraph, Lead, Heading, ListItem, Quote, Table].map(Fate::Kept).to_vec()
}

/// Body, captions and boilerplate of a document without lines of its own, by first, last and number of blocks.
fn score_blocks(row: &Row, label: &Label, score: &mut DocumentScore) {
    let record = &row.record;
    let texts = |wanted: fn(BlockKind) -> bool| -> Vec<String> {
        let blocks = record.blocks.iter().filter(|block| wanted(block.kind));
        blocks.map(|block| skeleton(row.slice(block.span))).collect()
    };
    let body = texts(BlockKind::is_body);
    let captions = texts(|kind| kind == BlockKind::Caption);
    let cuts: Vec<(String, RemovalReason)> =
        record.removed.iter().map(|cut| (skeleton(&cut.text), cut.reason)).collect();

    let count = u32::try_from(body.len()).unwrap_or(u32::MAX);
    let first = body.first().is_some_and(|text| text.starts_with(&skeleton(&label.body_first)));
    let last = body.last().is_some_and(|text| text.ends_with(&skeleton(&label.body_last)));
    let ends = u32::from(!first) + u32::from(!last);
    let right = count.min(label.body_lines).saturating_sub(ends);
    score.body.of += label.body_lines;
    score.body.right += right;
    score.body_extra += count.saturating_sub(label.body_lines);
    let ends = [&label.body_first, &label.body_last].map(|end| skeleton(end));
    score.body_cut += ends.iter().map(|end| u32::from(cuts.iter().any(|(text, _)| text.contains(end)))).sum::<u32>();
    if !first || !last || count != label.body_lines {
        let lines = label.body_lines;
        score
            .fault(format!("the body has {count} blocks, not {lines}; first is right: {first}, last is right: {last}"));
    }

    for caption in &label.captions {
        let found = captions.iter().any(|text| text.starts_with(&skeleton(caption)));
        score.captions.count(found);
        if !found {
            score.fault(format!("no caption starts with {caption:?}"));
        }
    }
    for cut in &label.removed {
        let wanted = skeleton(&cut.starts);
        // A cue of marks only, like «[…]», has no letters to find.
        let holds = |text: &str| !wanted.is_empty() && text.contains(&wanted);
        // Lines that repeat the title are in the text, as the title.
        let kept = cut.reason != RemovalReason::DuplicateLine
            && texts(|kind| kind != BlockKind::Title).iter().any(|text| holds(text));
        let reasons: Vec<RemovalReason> =
            cuts.iter().filter(|(text, _)| holds(text)).map(|(_, reason)| *reason).collect();
        if kept {
            score.boilerplate.left_in_text += 1;
            score.fault(format!("still in the text: {:?}", cut.starts));
        } else if reasons.contains(&cut.reason) {
            score.boilerplate.right += 1;
        } else if let Some(reason) = reasons.first() {
            score.boilerplate.wrong_reason += 1;
            score.fault(format!("removed as {reason:?}, not as {:?}: {:?}", cut.reason, cut.starts));
        } else {
            score.boilerplate.lost += 1;
            score.fault(format!("gone without a trace: {:?}", cut.starts));
        }
    }
}

fn duplicates(records: &Records, row: &Row, label: &Label, score: &mut DocumentScore) {
    let verdict = row.record.duplicate.as_ref();
    let status = verdict.map(|verdict| verdict.status);
    let of = verdict.and_then(|verdict| verdict.of.as_deref()).and_then(|id| records.by_id(id));
    let of = of.map(|row| row.record.source.uri.as_str());
    let right = match (&label.relation, &label.duplicate_of) {
        (Some(relation), Some(uri)) => status == Some(*relation) && of.is_some_and(|found| is_at(found, uri)),
        _ => status == Some(DuplicateStatus::Unique),
    };
    score.duplicates.count(right);
    if !right {
        score.fault(format!("duplicate is {status:?} of {of:?}, not {:?} of {:?}", label.relation, label.duplicate_of));
    }
}

fn entities(row: &Row, label: &Label, gazetteer: &Gazetteer, score: &mut DocumentScore) {
    let found: BTreeSet<&str> = row.record.entities.iter().map(|entity| entity.id.as_str()).collect();
    for name in &label.entities {
        let right = gazetteer.ids(name).any(|id| found.contains(id));
        score.entities.count(right);
        if !right {
            let known = if gazetteer.ids(name).next().is_some() { "" } else { " (in no gazetteer)" };
            score.fault(format!("{name} was not found{known}"));
        }
    }
}

#[cfg(test)]
mod tests;

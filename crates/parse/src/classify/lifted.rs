//! The facts that stand in cut lines: credits, bylines, dates, tags, publishers.

use khabar_dates::Resolved;
use khabar_model::{Credit, DateOrigin, DateValue, RemovalReason};

use super::Sorter;
use crate::cue::{Action, Hit, Matching};
use crate::line::Line;
use crate::{agency, credit};

/// Credits of one article; a page with more is a list of links, and each is compared with all.
const MAX_CREDITS: usize = 64;

/// Facts of cut lines.
#[derive(Debug, Default)]
pub(crate) struct Lifted {
    pub(crate) section: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) credits: Vec<Credit>,
    pub(crate) agencies: Vec<String>,
    pub(crate) published: Option<DateValue>,
    pub(crate) modified: Option<DateValue>,
    /// When a source that is credited published it first.
    pub(crate) credited: Option<DateValue>,
}

impl Sorter<'_, '_> {
    /// Takes the facts out of a line that is about to be cut.
    pub(super) fn lift(&mut self, line: &Line, hit: &Hit<'_>) {
        let rest = after_label(line, hit);
        match hit.rule.action {
            Action::Credit => {
                let found =
                    if hit.rule.matching == Matching::Line { credit::credit(&line.text) } else { credit::credit(rest) };
                if let Some(found) = found {
                    let agencies = found.name.as_deref().map(agency::names_in).unwrap_or_default();
                    self.lifted.agencies.extend(agencies.into_iter().map(str::to_owned));
                    self.note_credit(found);
                }
                if self.lifted.credited.is_none() {
                    self.lifted.credited = first_date(rest).map(|date| DateValue { origin: DateOrigin::Text, ..date });
                }
            }
            Action::Byline => self.lifted.authors.extend(credit::people(rest)),
            Action::Tags => self.lifted.tags.extend(credit::tags(rest)),
            Action::Copyright => {
                let holder = || credit::copyright_holder(&line.text);
                self.lifted.publisher = self.lifted.publisher.take().or_else(holder);
            }
            Action::Publisher => {
                let name = rest.trim_matches(|char: char| char.is_whitespace() || ":-–|".contains(char));
                if self.lifted.publisher.is_none() && !name.is_empty() {
                    self.lifted.publisher = Some(name.to_owned());
                }
            }
            Action::Published => {
                let value =
                    khabar_dates::parse(rest, None).map(|date| date.with_evidence(rest.trim(), DateOrigin::Dateline));
                if let Some(value) = value.or_else(|| first_date(rest)) {
                    self.note_date(value);
                }
            }
            Action::Modified => self.lifted.modified = self.lifted.modified.take().or_else(|| first_date(rest)),
            // A line such as "کد خبر: … | تاریخ انتشار: ۸ آبان ۱۴۰۳" names its date behind another label.
            Action::Drop if hit.rule.reason == RemovalReason::Metadata => {
                if let Some(value) = first_date(&line.text) {
                    self.note_date(value);
                }
            }
            _ => {}
        }
    }

    /// Two lines that credit one source are one credit.
    pub(super) fn note_credit(&mut self, found: Credit) {
        let room = self.lifted.credits.len() < MAX_CREDITS;
        let same = self.lifted.credits.iter_mut().find(|credit| credit.name.is_some() && credit.name == found.name);
        match same {
            Some(credit) => {
                credit.url = credit.url.take().or(found.url);
                credit.date = credit.date.take().or(found.date);
            }
            None if room => self.lifted.credits.push(found),
            None => {}
        }
    }

    pub(super) fn note_date(&mut self, value: DateValue) {
        if self.lifted.published.is_none() {
            self.lifted.published = Some(value);
        }
    }
}

/// The line behind its cue, in its own spelling.
pub(super) fn after_label<'l>(line: &'l Line, hit: &Hit<'_>) -> &'l str {
    let aligned = khabar_text::fold_aligned(&line.text, khabar_text::Zwnj::Delete);
    let Ok(span) = khabar_model::Span::new(hit.key_len, aligned.text.len()) else { return "" };
    aligned.alignment.to_src(span).of(&line.text).unwrap_or_default()
}

/// A line that is a date and nothing else.
pub(super) fn date_line(line: &Line) -> Option<DateValue> {
    if line.chars > 90 || !line.text.chars().any(char::is_numeric) {
        return None;
    }
    if let Some(date) = khabar_dates::parse(&line.text, None) {
        return date.day().is_some().then(|| date.clone().with_evidence(&line.text, DateOrigin::Dateline));
    }
    // "بيروت - 24 تشرين الأول 2024": a place or a desk, a separator, the date, and that is all.
    let (span, date): (_, Resolved) = khabar_dates::first_absolute(&line.text, None)?;
    let before = line.text.get(..span.start())?.trim_end();
    let after = line.text.get(span.end()..)?;
    let place = before.trim_end_matches(['-', '–', '—', '|', '،', ',', ':', '/']);
    let short =
        place.len() < before.len() && place.split_whitespace().count() <= 4 && !after.chars().any(char::is_alphabetic);
    short.then(|| span.of(&line.text).map(|raw| date.with_evidence(raw, DateOrigin::Dateline))).flatten()
}

pub(super) fn first_date(text: &str) -> Option<DateValue> {
    let (span, date) = khabar_dates::first_absolute(text, None)?;
    Some(date.with_evidence(span.of(text)?, DateOrigin::Dateline))
}

pub(crate) fn dedup_in_order(names: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
}

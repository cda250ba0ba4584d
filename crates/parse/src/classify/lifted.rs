//! The facts that stand in cut lines: credits, bylines, dates, tags, publishers.

use khabar_dates::Resolved;
use khabar_model::{Credit, DateOrigin, DateValue, RemovalReason};

use super::Sorter;
use crate::cue::{Action, CueRule, Hit, Matching};
use crate::line::Line;
use crate::{agency, credit};

/// Credits of one article; a page with more is a list of links, and each is compared with all.
const MAX_CREDITS: usize = 64;
/// Paragraphs from the first on whose openings may name the source of the article.
const ATTRIBUTION_REACH: usize = 3;
/// Longest name of an agency, in words.
const AGENCY_NAME_WORDS: usize = 4;

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
    pub(super) fn lift_line(&mut self, line: &Line, hit: &Hit<'_>) {
        match hit.rule.matching {
            Matching::Agencies => {
                self.lifted.agencies.extend(agency::names_in(&line.text).into_iter().map(str::to_owned));
            }
            // A line of a source's own name, "فرانس24/ أ ف ب", is the name.
            Matching::Line if !hit.rest(line).chars().any(char::is_alphanumeric) => self.lift(&line.text, hit.rule),
            _ if hit.rule.action == Action::Copyright => self.lift(&line.text, hit.rule),
            // A line such as "کد خبر: … | تاریخ انتشار: ۸ آبان ۱۴۰۳" names its date behind another label.
            _ if hit.rule.reason == RemovalReason::Metadata && hit.rule.action == Action::Drop => {
                if let Some(value) = first_date(&line.text) {
                    self.note_date(value);
                }
            }
            _ => self.lift(hit.rest(line), hit.rule),
        }
    }

    /// Takes the facts out of what stands behind the cue of `rule`, or below it.
    pub(super) fn lift(&mut self, rest: &str, rule: &CueRule) {
        match rule.action {
            Action::Credit => {
                if let Some(found) = credit::credit(rest) {
                    let agencies = found.name.as_deref().map(agency::names_in).unwrap_or_default();
                    self.lifted.agencies.extend(agencies.into_iter().map(str::to_owned));
                    self.note_credit(found);
                }
                if self.lifted.credited.is_none() {
                    self.lifted.credited = first_date(rest).map(|date| DateValue { origin: DateOrigin::Text, ..date });
                }
            }
            Action::Byline => self.lifted.authors.extend(credit::people_alone(rest)),
            Action::Tags => self.lifted.tags.extend(credit::tags(rest)),
            Action::Copyright => {
                let holder = || credit::copyright_holder(rest);
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
            _ => {}
        }
    }

    /// Agencies that the first paragraphs name as their source: «به گزارش ایسنا، …». The sentence stays.
    pub(super) fn note_attributions(&mut self) {
        let Some(first) = self.first_paragraph else { return };
        for (line, hits) in self.lines.iter().zip(&self.hits).skip(first).take(ATTRIBUTION_REACH) {
            let Some(hit) = hits.iter().find(|hit| hit.rule.matching == Matching::Attribution) else { continue };
            let rest = hit.rest(line);
            let clause = rest.split(['،', ',', '.', ':', ';', '؛']).next().unwrap_or_default();
            for part in clause.split("به نقل از") {
                let words: Vec<&str> = part.split_whitespace().take(AGENCY_NAME_WORDS).collect();
                let name = (1..=words.len()).rev().find_map(|count| agency::name_of(&words.get(..count)?.join(" ")));
                self.lifted.agencies.extend(name.map(str::to_owned));
            }
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

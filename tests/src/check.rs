//! What a record says beside its text, held against what is right.

use std::collections::BTreeSet;

use khabar_model::{Calendar, CharSpan, Record};

use crate::report::DocumentScore;
use crate::skeleton::skeleton;

/// The language code.
pub(crate) fn language(record: &Record<CharSpan>, right: &str, score: &mut DocumentScore) {
    let found = record.language.as_ref().map_or("null", |language| language.code.as_str());
    score.language.count(found == right);
    if found != right {
        score.fault(format!("language is {found}, not {right}"));
    }
}

/// The title, by its letters.
pub(crate) fn title(record: &Record<CharSpan>, right: Option<&str>, score: &mut DocumentScore) {
    let same = same_name(record.title.as_deref(), right);
    score.title.count(same);
    if !same {
        score.fault(match right {
            Some(_) => "the title is not the line that has it",
            None => "there is a title, but the document has none",
        });
    }
}

/// The day of publication and the calendar that it was written in.
pub(crate) fn published(record: &Record<CharSpan>, right: Option<(&str, Calendar)>, score: &mut DocumentScore) {
    let found = record.published.as_ref();
    let day = found.map(|date| date.value.get(..10).unwrap_or(&date.value));
    let same = day == right.map(|(day, _)| day);
    score.published.count(same);
    if !same {
        score.fault(format!("published is {day:?}, not {:?}", right.map(|(day, _)| day)));
    }
    if let Some((_, calendar)) = right {
        let found = found.map(|date| date.calendar);
        score.calendar.count(found == Some(calendar));
        if found.is_some() && found != Some(calendar) {
            score.fault(format!("the date is {found:?}, not {calendar:?}"));
        }
    }
}

/// All authors and no others, in any order.
pub(crate) fn authors(record: &Record<CharSpan>, right: &[String], score: &mut DocumentScore) {
    let set = |names: &[String]| names.iter().map(|name| skeleton(name)).collect::<BTreeSet<_>>();
    let same = set(&record.authors) == set(right);
    score.authors.count(same);
    if !same {
        score.fault(format!("authors are {:?}, not {right:?}", record.authors));
    }
}

/// The publisher, any of several, `None` for null.
pub(crate) fn publisher(record: &Record<CharSpan>, right: &[Option<&str>], score: &mut DocumentScore) {
    let found = record.publisher.as_deref();
    let same = right.iter().any(|&right| same_name(found, right));
    score.publisher.count(same);
    if !same {
        score.fault(format!("publisher is {found:?}, not {right:?}"));
    }
}

pub(crate) fn same_name(found: Option<&str>, right: Option<&str>) -> bool {
    match (found, right) {
        (Some(found), Some(right)) => skeleton(found) == skeleton(right),
        (None, None) => true,
        _ => false,
    }
}

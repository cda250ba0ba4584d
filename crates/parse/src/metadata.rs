//! Settles what an article says of itself from everything that input, page and cut lines brought.

use khabar_dates::Resolved;
use khabar_model::{Article, BlockKind, DateOrigin, DateValue, Dateline, RawDoc, Span};

use crate::classify::{Lifted, dedup_in_order};
use crate::{agency, credit, dateline};

/// Fills the metadata of `article`: the input's own word first, then what the page said (already in place), then the
/// dateline, then lines that were cut, then the path of the address.
pub(crate) fn settle(article: &mut Article, lifted: Lifted, raw: &RawDoc) {
    let Lifted { section, authors, publisher, tags, credits, agencies, published, modified, credited } = lifted;
    let opening = read_dateline(article);
    let language = raw.given.language.as_deref().or(article.declared_language.as_deref());
    let given = raw.given.date.as_deref().and_then(|date| value(date, DateOrigin::Input, language));
    let addresses = [raw.source.url.as_deref(), article.canonical_url.as_deref()];
    let of_path = addresses.into_iter().flatten().find_map(date_of_path);
    // Whoever republishes a text shows it no earlier than its source did, and mostly the same day.
    // A date in some line of the page is the weakest witness.
    let (weak, told) = match article.published.take() {
        Some(date) if date.origin == DateOrigin::Text => (Some(date), None),
        told => (None, told),
    };
    // A moment in UTC is another day where the outlet is, for some hours: its address has the day that its readers saw.
    let told = match (told, &of_path) {
        (Some(moment), Some(day))
            if is_utc(&moment.value)
                && khabar_dates::days_between(&moment.value, &day.value).is_some_and(|days| days.abs() == 1) =>
        {
            Some(day.clone())
        }
        // An address keeps the day of the first publication; what was published weeks later is what was changed.
        (Some(moment), Some(day))
            if khabar_dates::days_between(&day.value, &moment.value).is_some_and(|days| days > 14) =>
        {
            Some(day.clone())
        }
        (told, _) => told,
    };
    article.published = given.or(told).or(published).or(opening).or(credited).or(of_path).or(weak);
    article.modified = article.modified.take().or(modified);
    article.section = article.section.take().or(section);
    article.publisher = article.publisher.take().or(publisher);
    article.declared_language = raw.given.language.clone().or(article.declared_language.take());
    if let Some(author) = &raw.given.author {
        article.authors.extend(credit::people(author));
        article.agencies.extend(agency::names_in(author).into_iter().map(str::to_owned));
    }
    article.authors.extend(authors);
    article.tags.extend(tags);
    article.credits.extend(credits);
    article.agencies.extend(agencies);
    dedup_in_order(&mut article.authors);
    dedup_in_order(&mut article.tags);
    dedup_in_order(&mut article.agencies);
}

/// True for a moment in UTC, which most content systems store whatever their outlet's zone is.
fn is_utc(value: &str) -> bool {
    value.contains('T') && (value.ends_with('Z') || value.ends_with("+00:00"))
}

/// Finds the dateline of the first paragraph that has one among the first three; returns its date.
fn read_dateline(article: &mut Article) -> Option<DateValue> {
    let body =
        article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Lead)).take(3);
    let (start, opening) = body
        .filter_map(|block| Some((block.span.start(), dateline::opening(block.span.of(&article.text)?)?)))
        .next()?;
    let span = Span::in_text(&article.text, start + opening.span.start, start + opening.span.end).ok()?;
    article.dateline = Some(Dateline { place: opening.place, span });
    article.agencies.extend(opening.agencies.into_iter().map(str::to_owned));
    opening.date.map(|(raw, date)| date.with_evidence(&raw, DateOrigin::Dateline))
}

/// A date in any writing, as a whole or as the first one in a phrase. `language` is a tag, where one is declared.
pub(crate) fn value(raw: &str, origin: DateOrigin, language: Option<&str>) -> Option<DateValue> {
    let raw = raw.trim();
    // Pages declare wrong languages: what the declared one cannot read, any other may.
    for language in [language, None].into_iter().skip(usize::from(language.is_none())) {
        if let Some(date) = khabar_dates::parse(raw, language) {
            return Some(date.with_evidence(raw, origin));
        }
        if let Some((span, date)) = khabar_dates::first_absolute(raw, language) {
            return Some(date.with_evidence(span.of(raw)?, origin));
        }
    }
    None
}

/// Years that a number in an address may be.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2060;

/// "/2018/02/18/", "/20180218/", "-18-02-2018" in the path of an address.
fn date_of_path(url: &str) -> Option<DateValue> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let bytes = path.as_bytes();
    let mut numbers: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + bytes.iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count();
        if end > at {
            numbers.push((at, end));
        }
        at = end + 1;
    }
    let value = |year: &str, month: &str, day: &str, raw: &str| {
        let date: Resolved = khabar_dates::parse(&format!("{year}-{month:0>2}-{day:0>2}"), None)?;
        year.parse().is_ok_and(|year| YEARS.contains(&year)).then(|| date.with_evidence(raw, DateOrigin::Url))
    };
    let in_three = numbers.windows(3).find_map(|window| {
        let [first, second, third] = window else { return None };
        let [one, two, three] = [first, second, third].map(|(start, end)| path.get(*start..*end).unwrap_or_default());
        let between = |left: &(usize, usize), right: &(usize, usize)| {
            path.get(left.1..right.0).filter(|mark| ["/", "-", "_", "."].contains(mark))
        };
        let mark = between(first, second).filter(|mark| between(second, third) == Some(mark))?;
        let raw = path.get(first.0..third.1)?;
        match (one.len(), two.len(), three.len()) {
            (4, 1..=2, 1..=2) => value(one, two, three, raw),
            (1..=2, 1..=2, 4) if mark != "/" => value(three, two, one, raw),
            _ => None,
        }
    });
    in_three.or_else(|| {
        numbers.iter().find_map(|(start, end)| {
            let raw = path.get(*start..*end).filter(|raw| raw.len() == 8)?;
            value(raw.get(..4)?, raw.get(4..6)?, raw.get(6..)?, raw)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_in_utc_is_another_day_at_home() {
        assert!(is_utc("2023-11-09T05:30:59Z") && is_utc("2023-11-09T05:30:59+00:00"));
        assert!(!is_utc("2023-11-09") && !is_utc("2023-11-09T05:30:59-06:00") && !is_utc("2023-11-09T05:30"));
        assert_eq!(khabar_dates::days_between("2023-11-01T23:01:00Z", "2023-11-02"), Some(1));
        assert_eq!(khabar_dates::days_between("2024-03-01T00:01:00Z", "2024-02-29"), Some(-1));
        assert_eq!(khabar_dates::days_between("2023-11-02T01:00:00Z", "2023-11-02"), Some(0));
        assert_eq!(khabar_dates::days_between("2023-11", "2023-11-02"), None);
    }

    #[test]
    fn addresses_tell_dates() {
        let found = date_of_path("https://example.com/ar/culture/2018/02/18/title.html").unwrap();
        assert_eq!((found.value.as_str(), found.origin), ("2018-02-18", DateOrigin::Url));
        for url in
            ["https://example.com/20180218/a", "https://example.com/news/18-02-2018", "example.com/a_18.02.2018_b"]
        {
            assert_eq!(date_of_path(url).unwrap().value, "2018-02-18", "{url}");
        }
        for url in
            ["https://example.com/a/2018/99/18/", "https://example.com/18/02/2018", "https://example.com/12345678"]
        {
            assert!(date_of_path(url).is_none(), "{url}");
        }
        assert!(date_of_path("https://example.com/2018/article").is_none());
    }
}

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
    let given = raw.given.date.as_deref().and_then(|date| value(date, DateOrigin::Input));
    let of_path = raw.source.url.as_deref().and_then(date_of_path);
    // Whoever republishes a text shows it no earlier than its source did, and mostly the same day.
    article.published = given.or(article.published.take()).or(published).or(opening).or(credited).or(of_path);
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

/// A date in any writing, as a whole or as the first one in a phrase.
pub(crate) fn value(raw: &str, origin: DateOrigin) -> Option<DateValue> {
    let raw = raw.trim();
    if let Some(date) = khabar_dates::parse(raw, None) {
        return Some(date.with_evidence(raw, origin));
    }
    let (span, date) = khabar_dates::first_absolute(raw, None)?;
    Some(date.with_evidence(span.of(raw)?, origin))
}

/// "/2018/02/18/" in an address.
fn date_of_path(url: &str) -> Option<DateValue> {
    let parts: Vec<&str> = url.split(['/', '?', '#']).collect();
    let digits =
        |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        if !(digits(year, &[4]) && digits(month, &[1, 2]) && digits(day, &[1, 2])) {
            return None;
        }
        let iso = format!("{year}-{month:0>2}-{day:0>2}");
        let date: Resolved = khabar_dates::parse(&iso, None)?;
        Some(date.with_evidence(&format!("/{year}/{month}/{day}"), DateOrigin::Url))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_dates() {
        let found = date_of_path("https://example.com/ar/culture/2018/02/18/title.html").unwrap();
        assert_eq!((found.value.as_str(), found.origin), ("2018-02-18", DateOrigin::Url));
        assert!(date_of_path("https://example.com/a/2018/99/18/").is_none());
        assert!(date_of_path("https://example.com/2018/article").is_none());
    }
}

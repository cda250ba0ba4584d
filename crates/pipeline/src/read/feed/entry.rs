//! One entry of a feed, from its elements to a document.

use khabar_model::{Given, Media, RawDoc, Source};
use serde_json::Value;

use super::Header;
use super::html;
use crate::read::skip::SkipReason;

/// What an element of a feed or of an entry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    /// The address that a counting service put its own in place of.
    OriginalLink,
    Id,
    Published,
    Updated,
    Author,
    Language,
    /// The whole text.
    Content,
    /// A teaser, or the whole text of a feed that has no other.
    Summary,
    Category,
    Other,
}

impl Field {
    /// The field of an element, by its name without the prefix of the feed's own vocabulary. Other vocabularies are told
    /// by the prefixes that all their writers use.
    pub(super) fn of(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "title" => Self::Title,
            "link" => Self::Link,
            "feedburner:origlink" => Self::OriginalLink,
            "guid" | "id" | "dc:identifier" => Self::Id,
            "pubdate" | "published" | "issued" | "dc:date" | "dcterms:issued" | "dcterms:created" => Self::Published,
            "updated" | "modified" | "dcterms:modified" => Self::Updated,
            "author" | "dc:creator" => Self::Author,
            "language" | "dc:language" => Self::Language,
            "content" | "content:encoded" | "body" | "xhtml:body" => Self::Content,
            "description" | "summary" | "dcterms:abstract" => Self::Summary,
            "category" | "dc:subject" => Self::Category,
            _ => Self::Other,
        }
    }

    /// Whether tags within the element belong to its text.
    pub(super) fn may_be_html(self) -> bool {
        matches!(self, Self::Title | Self::Content | Self::Summary)
    }
}

/// How the text of an element is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As its feed left it open: HTML if there is a tag or a reference in it.
    Open,
    /// HTML, whatever it looks like.
    Html,
    /// Plain text, whatever it looks like.
    Plain,
}

/// The body of an entry, or one candidate for it.
#[derive(Debug)]
struct Body {
    text: String,
    form: Form,
}

/// What has been read of one entry.
#[derive(Debug, Default)]
pub(super) struct Entry {
    title: Option<String>,
    link: Option<String>,
    original_link: Option<String>,
    permalink: Option<String>,
    id: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
    content: Option<Body>,
    summary: Option<Body>,
    categories: Vec<String>,
    about: Option<String>,
}

impl Entry {
    /// An entry with what its own tag says: its language, and in RSS 1.0 its address.
    pub(super) fn new(language: Option<String>, about: Option<String>) -> Self {
        Self { language, about, ..Self::default() }
    }

    /// Takes over an element's text.
    pub(super) fn set(&mut self, field: Field, text: String, form: Form) {
        let once = |slot: &mut Option<String>, text: String| {
            if slot.is_none() && !text.is_empty() {
                *slot = Some(text);
            }
        };
        let line = || html::line(&text, form);
        match field {
            Field::Title => once(&mut self.title, line()),
            Field::Link => once(&mut self.link, text.trim().to_owned()),
            Field::OriginalLink => once(&mut self.original_link, text.trim().to_owned()),
            Field::Id => once(&mut self.id, text.trim().to_owned()),
            Field::Published => once(&mut self.published, line()),
            Field::Updated => once(&mut self.updated, line()),
            Field::Language => once(&mut self.language, text.trim().to_owned()),
            Field::Author => push(&mut self.authors, name_of(&line())),
            Field::Category => push(&mut self.categories, line()),
            Field::Content => longer(&mut self.content, Body { text, form }),
            Field::Summary => longer(&mut self.summary, Body { text, form }),
            Field::Other => {}
        }
    }

    /// Takes over a link that stands in an attribute.
    pub(super) fn set_link(&mut self, link: String) {
        self.set(Field::Link, link, Form::Plain);
    }

    /// Takes over a category that stands in an attribute.
    pub(super) fn set_category(&mut self, category: String) {
        self.set(Field::Category, category, Form::Plain);
    }

    /// Notes that the id is an address too.
    pub(super) fn set_permalink(&mut self, id: &str) {
        let id = id.trim();
        if self.permalink.is_none() && (id.starts_with("http://") || id.starts_with("https://")) {
            self.permalink = Some(id.to_owned());
        }
    }

    /// The document of this entry, as far as the entry itself says.
    pub(super) fn document(self, header: &Header) -> Result<RawDoc, SkipReason> {
        let bodies = [("content", self.content), ("summary", self.summary)];
        let found = bodies.into_iter().find_map(|(what, body)| Some((what, body.filter(Body::says_something)?)));
        let Some((what, body)) = found else { return Err(SkipReason::FeedNoText) };
        let media = body.media();
        let mut source = Source {
            media_type: Some(crate::read::media_type(media).to_owned()),
            url: self.original_link.or(self.link).or(self.permalink).or(self.about),
            record_id: self.id,
            ..Source::default()
        };
        source.extra.insert("feed_body".to_owned(), what.into());
        if let Some(title) = &header.title {
            source.extra.insert("feed_title".to_owned(), title.as_str().into());
        }
        if !self.categories.is_empty() {
            source.extra.insert("categories".to_owned(), Value::from(self.categories));
        }
        let given = Given {
            title: self.title,
            date: self.published.or(self.updated),
            author: Some(self.authors.join(", ")).filter(|authors| !authors.is_empty()),
            language: self.language.or_else(|| header.language.clone()),
            charset: Some("utf-8".to_owned()),
        };
        Ok(RawDoc { id: String::new(), source, media, payload: body.text.into_bytes(), given })
    }
}

impl Body {
    fn media(&self) -> Media {
        match self.form {
            Form::Html => Media::Html,
            Form::Plain => Media::Text,
            Form::Open if html::is_marked_up(&self.text) => Media::Html,
            Form::Open => Media::Text,
        }
    }

    /// Whether there is a word in it: a picture alone is no article.
    fn says_something(&self) -> bool {
        match self.media() {
            Media::Html => html::line(&self.text, Form::Html).chars().any(char::is_alphanumeric),
            Media::Text => self.text.chars().any(char::is_alphanumeric),
        }
    }
}

fn push(list: &mut Vec<String>, words: String) {
    if !words.is_empty() && !list.contains(&words) && list.len() < MAX_NAMES {
        list.push(words);
    }
}

/// Authors, or categories, of one entry; more are noise, and each is compared with all.
const MAX_NAMES: usize = 64;

fn longer(slot: &mut Option<Body>, body: Body) {
    if slot.as_ref().is_none_or(|before| before.text.len() < body.text.len()) {
        *slot = Some(body);
    }
}

/// RSS writes `desk@example.org (Name)`; the name is what is asked for.
fn name_of(author: &str) -> String {
    let inner = author.strip_suffix(')').and_then(|author| author.split_once('('));
    match inner {
        Some((address, name)) if address.contains('@') && !name.trim().is_empty() => name.trim().to_owned(),
        _ => author.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_of_addresses() {
        assert_eq!(name_of("desk@akhbar.example (سلمى حداد)"), "سلمى حداد");
        assert_eq!(name_of("سلمى حداد (بيروت)"), "سلمى حداد (بيروت)");
    }

    #[test]
    fn a_picture_alone_says_nothing() {
        let body = |text: &str, form| Body { text: text.to_owned(), form };
        assert!(!body("<p><img src='a.jpg' alt='صورة'/>&nbsp;</p>", Form::Open).says_something());
        assert!(body("<p>خبر</p>", Form::Open).says_something());
        assert_eq!(body("قال إن 3 < 5", Form::Open).media(), Media::Text);
        assert_eq!(body("سطر أول<br/>سطر ثان", Form::Open).media(), Media::Html);
        assert_eq!(body("<p>خبر</p>", Form::Plain).media(), Media::Text);
    }
}

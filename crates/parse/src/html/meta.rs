//! What a page says of itself: JSON-LD, meta elements, microdata, and the lines around the headline.

use std::ops::Range;

use khabar_model::{DateOrigin, DateValue, Precision, RemovalReason};

use crate::{byline, metadata};

use super::PageMeta;
use super::attr::AttrName;
use super::date::{self, Change, Found};
use super::json_ld::{self, JsonLd, clean};
use super::root::Outline;
use super::tag::Tag;
use super::title::{self, Titles};
use super::tree::{Data, NodeId, Tree};

/// Most tags and most date candidates of a kind.
const MAX_TAGS: usize = 60;
pub(super) const MAX_DATES: usize = 12;
/// Longest text of a visible date or byline, in characters.
pub(super) const MAX_LINE: usize = 120;
/// Bytes of an element's text that are read for a title, name, tag or date.
pub(super) const MAX_TEXT: usize = 1_000;

/// Everything that the head says, before the main content is known.
pub(super) struct Head {
    /// `meta` elements as (lower-case name, content), in document order.
    fields: Vec<(String, String)>,
    titles: Titles,
    canonical: Option<String>,
    language: Option<String>,
    pub(super) json_ld: JsonLd,
}

impl Head {
    /// Reads meta elements, titles, links and JSON-LD in one pass each.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut head = Self {
            fields: Vec::new(),
            titles: Titles::default(),
            canonical: None,
            language: None,
            json_ld: JsonLd::default(),
        };
        let mut in_svg_until = 0;
        for id in tree.ids() {
            let Data::Element { tag, .. } = &tree.node(id).data else { continue };
            match tag {
                Tag::Svg => in_svg_until = tree.node(id).end,
                Tag::Meta => head.meta(tree, id),
                Tag::Title if id >= in_svg_until && head.titles.element.is_none() => {
                    head.titles.element = clean(&tree.text(id, MAX_TEXT));
                }
                Tag::H1 if head.titles.h1.len() < 8 => {
                    let text = clean(&tree.text(id, MAX_TEXT));
                    if leads_home(tree, id) {
                        head.titles.logos.extend(text.clone());
                    }
                    head.titles.h1.extend(text);
                }
                Tag::Link if has_rel(tree, id, "canonical") => {
                    head.canonical = head.canonical.take().or_else(|| tree.attr(id, AttrName::Href).and_then(clean));
                }
                Tag::Html => head.language = tree.attr(id, AttrName::Lang).and_then(clean),
                _ => {}
            }
        }
        head.titles.meta = [
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "title",
            "headline",
            "parsely-title",
            "sailthru.title",
        ]
        .iter()
        .flat_map(|name| head.all(name))
        .collect();
        let known: Vec<&str> =
            head.titles.h1.iter().chain(&head.titles.meta).chain(&head.titles.element).map(String::as_str).collect();
        let json_ld = json_ld::read(tree, &known);
        head.titles.json_ld = json_ld.headline.clone();
        head.json_ld = json_ld;
        head
    }

    fn meta(&mut self, tree: &Tree, id: NodeId) {
        let Some(content) = tree.attr(id, AttrName::Content).and_then(clean) else { return };
        for attr in [AttrName::Property, AttrName::Name, AttrName::ItemProp] {
            if let Some(name) = tree.attr(id, attr) {
                self.fields.push((name.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// The first field that is there, in the order of `names`.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    }

    fn dates(&self, names: &[&str]) -> impl Iterator<Item = (String, DateOrigin)> {
        names.iter().flat_map(|name| self.all(name)).map(|date| (date, DateOrigin::Meta))
    }
}

const PUBLISHED: [&str; 30] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "rnews:datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "article:publish_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "originalpublicationdate",
    "article_date_original",
    "datecreated",
    "article:created_time",
    "date",
];

const MODIFIED: [&str; 12] = [
    "article:modified_time",
    "article:modified",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "revised",
    "cxenseparse:modifiedtime",
];

/// Assembles the metadata. `content` is where the main content lies, `html` the whole page.
pub(super) fn read(head: Head, outline: &Outline<'_>, content: &Range<NodeId>, html: &str) -> PageMeta {
    let tree = outline.tree;
    let json_ld = &head.json_ld;
    let site_name = head
        .first(&["og:site_name", "application-name", "al:android:app_name", "apple-mobile-web-app-title"])
        .or_else(|| json_ld.site.clone());
    let canonical_url = head.canonical.clone().or_else(|| head.first(&["og:url"])).filter(|url| !url.starts_with('#'));
    let host = canonical_url.as_deref().and_then(host_name);
    let sites: Vec<&str> =
        [site_name.as_deref(), json_ld.publisher.as_deref(), host.as_deref()].into_iter().flatten().collect();
    let title = title::headline(&head.titles, &sites);
    let around = around_headline(outline, content);

    let language =
        head.language.clone().or_else(|| head.first(&["content-language", "og:locale", "dc.language", "inlanguage"]));
    let language = language.or_else(|| json_ld.language.clone());
    let (published, modified) = dates(&head, outline, &around, content, html, title.as_deref(), language.as_deref());

    let mut tags = if json_ld.tags.is_empty() { head.all("article:tag") } else { json_ld.tags.clone() };
    if tags.is_empty() {
        let listed = head.first(&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"]).unwrap_or_default();
        tags = listed.split([',', '،', ';', '؛']).filter_map(clean).collect();
    }
    if tags.is_empty() {
        tags = tree
            .ids()
            .filter(|&id| has_rel(tree, id, "tag"))
            .filter_map(|id| clean(&tree.text(id, MAX_TEXT)))
            .collect();
    }
    let mut seen: Vec<String> = Vec::new();
    tags.retain(|tag| {
        tag.chars().count() <= 80 && !seen.contains(tag) && seen.len() < MAX_TAGS && {
            seen.push(tag.clone());
            true
        }
    });

    PageMeta {
        title,
        authors: authors(&head, outline, &around, &sites),
        publisher: json_ld
            .publisher
            .clone()
            .or_else(|| head.first(&["article:publisher", "dc.publisher", "publisher"]))
            .filter(|publisher| !publisher.contains("://"))
            .or_else(|| site_name.clone()),
        site_name,
        section: head
            .first(&["article:section", "og:article:section"])
            .or_else(|| json_ld.section.clone())
            .or_else(|| head.first(&["articlesection", "parsely-section", "section", "category"])),
        tags,
        description: head
            .first(&["og:description", "description"])
            .or_else(|| json_ld.description.clone())
            .or_else(|| head.first(&["twitter:description", "dc.description", "dcterms.description"])),
        image: head
            .first(&["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"])
            .or_else(|| json_ld.image.clone()),
        canonical_url,
        published,
        modified,
        language,
    }
}

/// The dates of publication and of the last change: the first candidate that is a date, from the surest place down.
fn dates(
    head: &Head,
    outline: &Outline<'_>,
    around: &Range<NodeId>,
    content: &Range<NodeId>,
    html: &str,
    title: Option<&str>,
    language: Option<&str>,
) -> (Option<DateValue>, Option<DateValue>) {
    let first = |candidates: &mut dyn Iterator<Item = (String, DateOrigin)>| {
        candidates.take(MAX_DATES).find_map(|(raw, origin)| metadata::value(&raw, origin, language))
    };
    let json_ld = |dates: &[String]| dates.iter().map(|date| (date.clone(), DateOrigin::JsonLd)).collect::<Vec<_>>();
    let mut published = json_ld(&head.json_ld.published);
    published.extend(head.dates(&PUBLISHED));
    let mut modified = json_ld(&head.json_ld.modified);
    modified.extend(head.dates(&MODIFIED));
    let (of_change, of_publication): (Vec<_>, Vec<_>) =
        date::near(outline, around).into_iter().partition(|found| found.change.is_some());
    // hAtom: an entry that has `updated` alone was published then.
    let atom: Vec<_> = of_change.iter().filter(|found| found.change == Some(Change::Atom)).map(Found::pair).collect();
    published.extend(of_publication.iter().map(Found::pair));
    modified.extend(of_change.iter().map(Found::pair));
    let told = first(&mut published.into_iter());
    let changed = first(&mut modified.into_iter());
    let published = told
        .or_else(|| first(&mut date::elsewhere(outline, content, html, language).into_iter()))
        .or_else(|| {
            let of_title = metadata::value(title?, DateOrigin::Text, language)?;
            (of_title.precision >= Precision::Day).then_some(of_title)
        })
        .or_else(|| first(&mut atom.into_iter()));
    (published, changed)
}

/// True for a heading whose link, inside or around it, is that of the home page.
fn leads_home(tree: &Tree<'_>, id: NodeId) -> bool {
    let links = tree.subtree(id).chain(tree.ancestors(id).take(2)).filter(|&id| tree.is(id, Tag::A));
    let mut hrefs = links.filter_map(|id| tree.attr(id, AttrName::Href));
    hrefs.next().is_some_and(|href| {
        let href = href.trim();
        let path = href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(path.trim_start_matches(['.', '/']), "" | "index.html" | "index.php") && !href.is_empty()
    })
}

/// The name in a host: `aljazeera` of `www.aljazeera.net`.
fn host_name(url: &str) -> Option<String> {
    let host = url::Url::parse(url).ok()?.host_str()?.trim_start_matches("www.").to_owned();
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    labels.into_iter().max_by_key(|label| label.len()).filter(|label| label.len() > 2).map(str::to_owned)
}

fn has_rel(tree: &Tree, id: NodeId, wanted: &str) -> bool {
    tree.attr(id, AttrName::Rel)
        .is_some_and(|rel| rel.split_ascii_whitespace().any(|value| value.eq_ignore_ascii_case(wanted)))
}

/// The part of the page that speaks of this article: from its headline to the end of the content.
fn around_headline(outline: &Outline<'_>, content: &Range<NodeId>) -> Range<NodeId> {
    let tree = outline.tree;
    let is_headline = |id: NodeId| {
        tree.is(id, Tag::H1)
            || tree.attr(id, AttrName::ItemProp).is_some_and(|prop| prop.eq_ignore_ascii_case("headline"))
    };
    let before = (0..content.start.min(tree.ids().end)).rev().find(|&id| is_headline(id));
    // A little before the headline stand kicker and date, often in the same header element.
    let start = before.map_or(content.start, |h1| tree.node(tree.node(h1).parent).parent.max(1));
    let end = content.end.saturating_add((content.end - content.start) / 4).min(tree.ids().end);
    start..end.max(start)
}

/// Parts of the addresses of authors' own pages.
const AUTHOR_PAGES: [&str; 5] = ["/author/", "/authors/", "/writer/", "/writers/", "/كاتب/"];

/// The authors, from the best witness that names people.
fn authors(head: &Head, outline: &Outline<'_>, around: &Range<NodeId>, sites: &[&str]) -> Vec<String> {
    let tree = outline.tree;
    let told = byline::people(head.json_ld.authors.iter().map(String::as_str), sites);
    if !told.is_empty() {
        return told;
    }
    const FIELDS: [&str; 9] = [
        "author",
        "article:author",
        "article:author:name",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "byl",
        "sailthru.author",
        "citation_author",
    ];
    for field in FIELDS {
        let found = byline::people(head.all(field).iter().map(String::as_str), sites);
        if !found.is_empty() {
            return found;
        }
    }
    // WordPress plug-ins label fields of cards for social networks: "Written by", «كُتب بواسطة».
    let label = head.first(&["twitter:label1"]).unwrap_or_default().to_lowercase();
    if ["written", "author", "verfasst", "écrit", "escrit", "scritto", "كتب", "بواسطة", "نوشته", "نویسنده"]
        .iter()
        .any(|cue| label.contains(cue))
    {
        let found = byline::people(head.first(&["twitter:data1"]).as_deref(), sites);
        if !found.is_empty() {
            return found;
        }
    }
    // Microdata, then rel=author, then names of classes, then addresses; each only near the headline.
    let mut marked: [Vec<NodeId>; 4] = [const { Vec::new() }; 4];
    for id in around.clone() {
        let mut mark = |nth: usize| marked[nth].push(id);
        for attr in tree.attrs(id) {
            let value = tree.value(attr.value);
            match attr.name {
                AttrName::ItemProp if value.eq_ignore_ascii_case("author") => mark(0),
                AttrName::Rel if value.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("author")) => {
                    mark(1)
                }
                AttrName::Href if AUTHOR_PAGES.iter().any(|path| value.contains(path)) => mark(3),
                _ => {}
            }
        }
        if outline.cues[id as usize].byline {
            mark(2);
        }
    }
    for id in marked.into_iter().flatten() {
        let in_comments = tree
            .ancestors(id)
            .any(|above| matches!(outline.noise(above), Some((RemovalReason::Comments | RemovalReason::Related, _))));
        let text = tree.text(id, MAX_TEXT);
        if in_comments || text.chars().count() > MAX_LINE {
            continue;
        }
        let found = byline::people([text.as_str()], sites);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

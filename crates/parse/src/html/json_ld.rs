//! JSON-LD: the article among the objects of all blocks, also of blocks that are not quite JSON.

use serde_json::{Map, Value};

use super::attr::AttrName;
use super::root::key;
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// What JSON-LD says of the article; empty where it says nothing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct JsonLd {
    pub(super) headline: Option<String>,
    pub(super) published: Vec<String>,
    pub(super) modified: Vec<String>,
    /// Names of persons.
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) image: Option<String>,
    pub(super) language: Option<String>,
    /// Name of the site, from a `WebSite` object.
    pub(super) site: Option<String>,
    /// The body: evidence for where the text is, never the text itself.
    pub(super) body: Option<String>,
}

/// Objects of all blocks that are looked at.
const MAX_OBJECTS: usize = 2_000;

/// Reads all blocks of a page. Where several articles are described, the one whose headline is among `titles` wins.
pub(super) fn read(tree: &Tree, titles: &[&str]) -> JsonLd {
    let mut roots = Vec::new();
    let mut broken = JsonLd::default();
    for id in tree.ids().filter(|&id| is_block(tree, id)) {
        let text: String = tree.children(id).filter_map(|child| tree.run(child)).collect();
        match parse(&text) {
            Some(value) => roots.push(value),
            None => scrape(&text, &mut broken),
        }
    }
    let objects = objects(&roots);
    let Some(article) = pick(&objects, titles) else {
        let site =
            objects.iter().find(|object| has_type(object, &["WebSite"])).and_then(|site| string(site.get("name")));
        return JsonLd { site: broken.site.take().or(site), ..broken };
    };
    let mut found = describe(article, &objects);
    if found.published.is_empty() {
        found.published = broken.published;
    }
    found
}

fn is_block(tree: &Tree, id: NodeId) -> bool {
    tree.is(id, Tag::Script) && tree.attr(id, AttrName::Type).is_some_and(|kind| kind.contains("ld+json"))
}

/// Parses a block; a second try repairs what pages get wrong: wrappers, raw control characters, trailing commas.
fn parse(text: &str) -> Option<Value> {
    let bare = text.trim().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(bare) {
        return Some(value);
    }
    let bare = bare.trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let bare = bare.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    let mut repaired = String::with_capacity(bare.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in bare.chars() {
        if quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            repaired.push(if c.is_control() { ' ' } else { c });
            continue;
        }
        if matches!(c, '}' | ']') {
            let kept = repaired.trim_end();
            if kept.ends_with(',') {
                repaired.truncate(kept.len() - 1);
            }
        }
        quoted = c == '"';
        repaired.push(c);
    }
    serde_json::from_str(&repaired).ok()
}

/// Takes the plain string fields of a block that no parser reads.
fn scrape(text: &str, into: &mut JsonLd) {
    let field = |name: &str| -> Option<String> {
        let at = text.find(&format!("\"{name}\""))?;
        let rest = text.get(at + name.len() + 2..)?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let value = rest.get(..rest.find('"')?)?;
        (value.len() <= 300 && !value.contains('\\')).then(|| clean(value)).flatten()
    };
    into.published.extend(field("datePublished"));
    into.modified.extend(field("dateModified"));
    into.headline = into.headline.take().or_else(|| field("headline"));
}

/// All objects, also those in arrays, `@graph` and the few fields that hold the article itself.
fn objects(roots: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut todo: Vec<&Value> = roots.iter().rev().collect();
    while let Some(value) = todo.pop() {
        if found.len() >= MAX_OBJECTS {
            break;
        }
        match value {
            Value::Array(values) => todo.extend(values.iter().rev()),
            Value::Object(object) => {
                found.push(object);
                for field in ["mainEntity", "mainEntityOfPage", "@graph"] {
                    todo.extend(object.get(field).filter(|value| !value.is_string()));
                }
            }
            _ => {}
        }
    }
    found
}

fn has_type(object: &Map<String, Value>, names: &[&str]) -> bool {
    let matches = |value: &Value| {
        value.as_str().is_some_and(|kind| {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
            names.iter().any(|name| kind.eq_ignore_ascii_case(name))
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(matches),
        Some(kind) => matches(kind),
        None => false,
    }
}

const ARTICLES: [&str; 17] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "Review",
];

/// The object that describes the page's article.
fn pick<'v>(objects: &[&'v Map<String, Value>], titles: &[&str]) -> Option<&'v Map<String, Value>> {
    let articles = || objects.iter().copied().filter(|object| has_type(object, &ARTICLES));
    let titles: Vec<String> = titles.iter().map(|title| key(title, 300)).filter(|title| title.len() > 8).collect();
    let matching = articles().find(|object| {
        string(object.get("headline")).or_else(|| string(object.get("name"))).is_some_and(|headline| {
            let headline = key(&headline, 300);
            headline.len() > 8
                && titles.iter().any(|title| title.contains(&headline) || headline.contains(title.as_str()))
        })
    });
    matching
        .or_else(|| articles().find(|object| object.contains_key("datePublished")))
        .or_else(|| articles().next())
        .or_else(|| {
            objects
                .iter()
                .copied()
                .find(|object| has_type(object, &["WebPage"]) && object.contains_key("datePublished"))
        })
}

fn describe(article: &Map<String, Value>, objects: &[&Map<String, Value>]) -> JsonLd {
    let web_page = objects.iter().find(|object| has_type(object, &["WebPage", "ItemPage"]));
    let dates = |field: &str| -> Vec<String> {
        let mut dates: Vec<String> = string(article.get(field)).into_iter().collect();
        let other = web_page.and_then(|page| string(page.get(field)));
        dates.extend(other.filter(|date| !dates.contains(date)));
        dates
    };
    let mut published = dates("datePublished");
    published.extend(string(article.get("dateCreated")).filter(|_| published.is_empty()));
    let site = objects.iter().find(|object| has_type(object, &["WebSite"]));
    JsonLd {
        headline: string(article.get("headline")).or_else(|| string(article.get("name"))),
        published,
        modified: dates("dateModified"),
        authors: ["author", "creator"]
            .iter()
            .map(|field| persons(article.get(*field), objects))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        publisher: article.get("publisher").and_then(|publisher| name(publisher, objects)),
        section: strings(article.get("articleSection")).into_iter().next(),
        tags: keywords(article.get("keywords")),
        description: string(article.get("description")),
        image: article.get("image").and_then(image).or_else(|| article.get("thumbnailUrl").and_then(image)),
        language: string(article.get("inLanguage")),
        site: site.and_then(|site| string(site.get("name"))),
        body: article.get("articleBody").and_then(Value::as_str).map(str::to_owned),
    }
}

/// Names of authors that are not marked as organisations.
fn persons(value: Option<&Value>, objects: &[&Map<String, Value>]) -> Vec<String> {
    let values = match value {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let is_organisation = |value: &Value| {
        resolve(value, objects)
            .is_some_and(|object| has_type(object, &["Organization", "NewsMediaOrganization", "Corporation"]))
    };
    let names = |value: &Value| match value {
        Value::String(name) => clean(name).into_iter().collect(),
        value => resolve(value, objects).map(|object| strings(object.get("name"))).unwrap_or_default(),
    };
    values.into_iter().filter(|value| !is_organisation(value)).flat_map(names).take(20).collect()
}

fn name(value: &Value, objects: &[&Map<String, Value>]) -> Option<String> {
    match value {
        Value::String(name) => clean(name),
        Value::Array(values) => values.first().and_then(|value| name(value, objects).filter(|_| !value.is_array())),
        value => resolve(value, objects).and_then(|object| string(object.get("name"))),
    }
}

/// The object itself, or the one elsewhere that it only names by `@id`.
fn resolve<'v>(value: &'v Value, objects: &[&'v Map<String, Value>]) -> Option<&'v Map<String, Value>> {
    let object = value.as_object()?;
    if object.contains_key("name") {
        return Some(object);
    }
    let id = object.get("@id")?;
    objects.iter().copied().find(|other| other.get("@id") == Some(id) && other.contains_key("name")).or(Some(object))
}

fn image(value: &Value) -> Option<String> {
    match value {
        Value::String(url) => clean(url),
        Value::Array(values) => values.first().filter(|value| !value.is_array()).and_then(image),
        Value::Object(object) => string(object.get("url")).or_else(|| string(object.get("contentUrl"))),
        _ => None,
    }
}

fn keywords(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(list)) => list.split([',', '،', ';', '؛']).filter_map(clean).collect(),
        other => strings(other),
    }
}

fn string(value: Option<&Value>) -> Option<String> {
    strings(value).into_iter().next()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => clean(text).into_iter().collect(),
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).filter_map(clean).collect(),
        Some(Value::Object(object)) => {
            object.get("@value").and_then(Value::as_str).and_then(clean).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A field as text: character references that were escaped twice resolved, white space collapsed; `None` if empty.
pub(super) fn clean(text: &str) -> Option<String> {
    let mut line = String::new();
    let decoded = if text.contains('&') { unescape(text) } else { text.to_owned() };
    super::tree::push_collapsed(&mut line, &decoded);
    super::tree::trim_end_in_place(&mut line);
    // JSON that was put into an attribute whole keeps its quotes.
    if let Some(bare) =
        line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|bare| !bare.contains('"'))
    {
        line = bare.to_owned();
    }
    (!line.is_empty()).then_some(line)
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.bytes().take(10).position(|byte| byte == b';');
        let name = end.and_then(|end| from.get(1..end)).unwrap_or_default();
        let decoded = match name {
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "nbsp" => Some(' '),
            "laquo" => Some('«'),
            "raquo" => Some('»'),
            "ndash" => Some('–'),
            "mdash" => Some('—'),
            "hellip" => Some('…'),
            "lsquo" => Some('‘'),
            "rsquo" => Some('’'),
            "ldquo" => Some('“'),
            "rdquo" => Some('”'),
            "zwnj" => Some('\u{200c}'),
            _ => name
                .strip_prefix('#')
                .and_then(|code| match code.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => code.parse().ok(),
                })
                .and_then(char::from_u32),
        };
        match (decoded, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = from.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::html::construct;

    fn of(blocks: &[&str], titles: &[&str]) -> JsonLd {
        let html: String =
            blocks.iter().map(|block| format!("<script type=\"application/ld+json\">{block}</script>")).collect();
        read(&construct::parse(&html, &Limits::default()).unwrap(), titles)
    }

    #[test]
    fn a_graph_with_references_is_resolved() {
        let block = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"صدى المدينة"},
            {"@type":"Person","@id":"#p1","name":"ليلى حداد"},
            {"@type":"NewsArticle","headline":"افتتاح الجسر","datePublished":"2024-03-02T08:00:00+03:00",
             "author":{"@id":"#p1"},"publisher":{"@type":"Organization","name":"صدى المدينة"},
             "keywords":"جسور، نقل","image":{"url":"https://example.org/a.jpg"}}]}"##;
        let found = of(&[block], &[]);
        assert_eq!(found.authors, ["ليلى حداد"]);
        assert_eq!(found.tags, ["جسور", "نقل"]);
        assert_eq!(found.image.as_deref(), Some("https://example.org/a.jpg"));
        assert_eq!(found.site.as_deref(), Some("صدى المدينة"));
    }

    #[test]
    fn of_two_articles_the_one_with_the_title_of_the_page_counts() {
        let one = r#"{"@type":"NewsArticle","headline":"خبر دیگری از دیروز","datePublished":"2020-01-01"}"#;
        let two = r#"[{"@type":["NewsArticle"],"headline":"باران در شمال کشور","datePublished":"2024-05-05"}]"#;
        let found = of(&[one, two], &["باران در شمال کشور | خبرنامه"]);
        assert_eq!(found.published, ["2024-05-05"]);
    }

    #[test]
    fn broken_blocks_still_give_what_they_hold() {
        let lines = "{\"@type\":\"Article\",\"headline\":\"سطر\nآخر\",\"datePublished\":\"2024-01-02\",}";
        assert_eq!(of(&[lines], &[]).headline.as_deref(), Some("سطر آخر"));
        let quotes = r#"{"@type":"Article","description":"he said "no"","datePublished":"2024-01-03"}"#;
        assert_eq!(of(&[quotes], &[]).published, ["2024-01-03"]);
        assert_eq!(of(&["", "null", "[[[", "{\"@graph\":7}"], &[]), JsonLd::default());
    }

    #[test]
    fn organisations_are_no_authors() {
        let block = r#"{"@type":"Article","author":[{"@type":"Organization","name":"غرفة الأخبار"},{"@type":"Person","name":"Sara Nowak"}]}"#;
        assert_eq!(of(&[block], &[]).authors, ["Sara Nowak"]);
    }

    #[test]
    fn references_that_were_escaped_twice_are_resolved() {
        assert_eq!(clean("A &amp; B&#039;s &#x627;&nbsp;&bogus; &"), Some("A & B's ا &bogus; &".to_owned()));
    }
}

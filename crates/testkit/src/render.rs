//! Records in the plain, line-oriented form of gold files.

use std::fmt::Display;

use khabar_model::{CharSpan, DateValue, Record};

use crate::visible::show_invisible;

/// One line for each item, numbered from 1, invisible characters spelled out.
#[must_use]
pub fn render_lines<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let lines = items.into_iter().enumerate();
    lines.map(|(at, item)| format!("{}: {}\n", at + 1, one_line(&item.to_string()))).collect()
}

/// A record as a person would check it: one fact a line, in the order of the schema, absent facts left out.
///
/// Offsets are characters of `text`. Ids and hashes are left out, so that a gold file outlives a change of the hash.
#[must_use]
pub fn render_record(record: &Record<CharSpan>) -> String {
    let mut page = Page::default();
    page.fact("title", record.title.as_deref());
    page.list("author", &record.authors);
    page.fact("publisher", record.publisher.as_deref());
    page.fact("section", record.section.as_deref());
    page.list("tag", &record.tags);
    page.fact("description", record.description.as_deref());
    page.fact("image", record.image.as_deref());
    page.fact("canonical", record.canonical_url.as_deref());
    page.list("agency", &record.agencies);
    for credit in &record.credits {
        let parts = [("name", &credit.name), ("url", &credit.url), ("date", &credit.date)];
        let parts = parts.into_iter().filter_map(|(key, value)| value.as_ref().map(|value| format!("{key}={value}")));
        page.line("credit", &parts.collect::<Vec<_>>().join(" | "));
    }
    if let Some(dateline) = &record.dateline {
        page.line("dateline", &format!("{} {}", at(dateline.span), dateline.place.as_deref().unwrap_or("-")));
    }
    page.date("published", record.published.as_ref());
    page.date("modified", record.modified.as_ref());
    if let Some(language) = &record.language {
        let (script, doubt) = (language.script.as_deref().unwrap_or("-"), if language.reliable { "" } else { " ?" });
        page.line("language", &format!("{} {script}{doubt}", language.code));
    }
    page.spans(record);
    if let Some(verdict) = &record.duplicate {
        page.line("duplicate", &word(&verdict.status));
    }
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, key: &str, value: &str) {
        self.text.push_str(&format!("{key}: {}\n", one_line(value)));
    }

    fn fact(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(key, value);
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        for value in values {
            self.line(key, value);
        }
    }

    fn date(&mut self, key: &str, date: Option<&DateValue>) {
        let Some(date) = date else { return };
        let facts = [word(&date.precision), word(&date.calendar), word(&date.origin)].join(" ");
        self.line(key, &format!("{} {facts} ({})", date.value, date.raw));
    }

    fn spans(&mut self, record: &Record<CharSpan>) {
        let chars: Vec<char> = record.text.chars().collect();
        for block in &record.blocks {
            let range = block.span.start() as usize..block.span.end() as usize;
            let text: String = chars.get(range).map_or_else(|| "OUTSIDE THE TEXT".to_owned(), |c| c.iter().collect());
            self.line(&format!("block {}", word(&block.kind)), &text);
        }
        for removed in &record.removed {
            self.line(&format!("removed {} {}", word(&removed.reason), removed.rule), &removed.text);
        }
        for entity in &record.entities {
            let name = entity.canonical.as_deref().unwrap_or(&entity.name);
            self.line("entity", &format!("{} {} {name}", entity.id, word(&entity.kind)));
            for mention in &entity.mentions {
                let prefix = mention.prefix.as_deref().map(|prefix| format!("({prefix})")).unwrap_or_default();
                let layer = word(&mention.layer);
                self.line("  mention", &format!("{} {prefix}{} {layer}", at(mention.span), mention.text));
            }
        }
        for date in &record.dates {
            let facts = [word(&date.precision), word(&date.kind), word(&date.calendar)].join(" ");
            let value = date.value.as_deref().unwrap_or("-");
            self.line("date", &format!("{} {} = {value} {facts}", at(date.span), date.text));
        }
        for number in &record.quantities {
            let value = number.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
            let unit = number.unit.as_deref().unwrap_or("-");
            let facts = format!("{} {value} {unit}", word(&number.kind));
            self.line("quantity", &format!("{} {} = {facts}", at(number.span), number.text));
        }
        for quote in &record.quotes {
            let verb = quote.verb.as_ref().map_or_else(|| "-".to_owned(), |verb| word(&verb.class));
            let speaker = quote.speaker.as_ref().map_or("-", |speaker| speaker.text.as_str());
            let head = format!("{} {} {verb} [{speaker}]", at(quote.span), word(&quote.style));
            self.line("quote", &format!("{head} {}", quote.text));
        }
    }
}

fn at(span: CharSpan) -> String {
    format!("{}..{}", span.start(), span.end())
}

/// An enum of the model as the record spells it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => format!("{other:?}"),
    }
}

fn one_line(text: &str) -> String {
    show_invisible(text).replace('\n', "‹LF›")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_like_a_page() {
        let record: Record<CharSpan> = serde_json::from_str(
            r#"{"text":"خبر\nپیونگ‌یانگ","title":"خبر","dateline":null,
                "blocks":[{"kind":"title","start":0,"end":3},{"kind":"paragraph","start":4,"end":14}],
                "removed":[{"reason":"read_also","rule":"B002","text":"شاهد","length":4}],
                "entities":[{"id":"Q18808","type":"LOC","name":"پیونگ‌یانگ","canonical":"Pyongyang",
                  "mentions":[{"start":4,"end":14,"text":"پیونگ‌یانگ","layer":"gazetteer"}]}]}"#,
        )
        .unwrap();
        let page = "title: خبر\nblock title: خبر\nblock paragraph: پیونگ‹ZWNJ›یانگ\nremoved read_also B002: شاهد\n\
                    entity: Q18808 LOC Pyongyang\n  mention: 4..14 پیونگ‹ZWNJ›یانگ gazetteer\n";
        assert_eq!(render_record(&record), page);
    }

    #[test]
    fn lines_are_numbered() {
        assert_eq!(render_lines(["a", "b\nc"]), "1: a\n2: b‹LF›c\n");
    }
}

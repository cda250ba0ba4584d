//! What the design promises of every record, checked one by one.

use khabar_model::{CharIndex, CharSpan, DateValue, DuplicateStatus, Precision, Record, Removed, SCHEMA_VERSION};
use serde_json::Value;

/// Checks one line of `documents.jsonl`: that it is a record with every field of the schema, and [`check_record`].
///
/// `payload` is what the record was made of, after decompression; without it the ranges of the source are held
/// against `source.length`.
#[must_use]
pub fn check_line(line: &str, payload: Option<&[u8]>) -> Vec<String> {
    let value: Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(error) => return vec![format!("not JSON: {error}")],
    };
    let record: Record<CharSpan> = match serde_json::from_value(value.clone()) {
        Ok(record) => record,
        Err(error) => return vec![format!("not a record: {error}")],
    };
    let mut faults = Vec::new();
    // What serde writes for this record has every field; the line must have the same ones, no more and no fewer.
    match serde_json::to_value(&record) {
        Ok(whole) => compare_fields("", &whole, &value, &mut faults),
        Err(error) => faults.push(format!("cannot be written again: {error}")),
    }
    faults.extend(check_record(&record, payload));
    faults
}

/// Checks the promises of the design on one record; one sentence for each that is broken.
#[must_use]
pub fn check_record(record: &Record<CharSpan>, payload: Option<&[u8]>) -> Vec<String> {
    let mut check = Check { record, chars: CharIndex::new(&record.text), faults: Vec::new() };
    check.head();
    check.blocks();
    check.entities();
    check.facts();
    check.quotes();
    check.dates();
    check.duplicate();
    check.removed();
    check.sources(payload);
    check.faults
}

fn compare_fields(place: &str, whole: &Value, line: &Value, faults: &mut Vec<String>) {
    match (whole, line) {
        (Value::Object(whole), Value::Object(line)) => {
            for key in line.keys().filter(|key| !whole.contains_key(*key)) {
                faults.push(format!("field {place}{key} is not in the schema"));
            }
            for (key, value) in whole {
                match line.get(key) {
                    Some(found) => compare_fields(&format!("{place}{key}."), value, found, faults),
                    None => faults.push(format!("field {place}{key} is missing")),
                }
            }
        }
        (Value::Array(whole), Value::Array(line)) => {
            for (at, (whole, line)) in whole.iter().zip(line).enumerate() {
                let place = format!("{}[{at}].", place.trim_end_matches('.'));
                compare_fields(&place, whole, line, faults);
            }
        }
        _ => {}
    }
}

struct Check<'r> {
    record: &'r Record<CharSpan>,
    chars: CharIndex<'r>,
    faults: Vec<String>,
}

impl<'r> Check<'r> {
    fn require(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(fault());
        }
    }

    /// The text under a span; a fault if it lies outside.
    fn slice(&mut self, what: &str, span: CharSpan) -> Option<&'r str> {
        let text = self.chars.to_bytes(span).ok().and_then(|bytes| bytes.of(&self.record.text));
        let length = self.chars.char_len();
        self.require(text.is_some(), || format!("{what}: {} lies outside of {length} characters", range(span)));
        text
    }

    /// That a span's own `text` is what stands there.
    fn same_text(&mut self, what: &str, span: CharSpan, said: &str) {
        if let Some(found) = self.slice(what, span) {
            self.require(found == said, || format!("{what}: {} is {found:?}, not {said:?}", range(span)));
        }
    }

    fn in_order(&mut self, what: &str, spans: impl Iterator<Item = CharSpan>) {
        let mut last = 0;
        for (at, span) in spans.enumerate() {
            let start = span.start();
            self.require(start >= last, || format!("{what} {at} starts at {start}, before the one before it ({last})"));
            last = start;
        }
    }

    fn chance(&mut self, what: &str, value: f32) {
        self.require((0.0..=1.0).contains(&value), || format!("{what} is {value}, not between 0 and 1"));
    }

    fn head(&mut self) {
        let record = self.record;
        self.require(record.schema == SCHEMA_VERSION, || format!("schema is {}", record.schema));
        self.require(!record.id.is_empty(), || "id is empty".to_owned());
        self.require(!record.source.uri.is_empty(), || "source.uri is empty".to_owned());
        self.require(record.title.as_deref() != Some(""), || "title is empty instead of null".to_owned());
        self.require(record.publisher.as_deref() != Some(""), || "publisher is empty instead of null".to_owned());
        self.require(!record.authors.iter().any(|name| name.trim().is_empty()), || "an author is empty".to_owned());
        if let Some(dateline) = &record.dateline {
            self.slice("dateline", dateline.span);
        }
        if let Some(language) = &record.language {
            let length = language.code.len();
            self.require((2..=3).contains(&length), || format!("language.code {:?} is no ISO 639", language.code));
            self.chance("language.confidence", language.confidence);
        }
    }

    /// Blocks are in order, do not overlap, and joined by one newline each they are the text.
    fn blocks(&mut self) {
        let record = self.record;
        let mut expected = 0;
        for (at, block) in record.blocks.iter().enumerate() {
            let Some(text) = self.slice(&format!("block {at}"), block.span) else { return };
            self.require(!text.is_empty(), || format!("block {at} is empty"));
            self.require(!text.contains('\n'), || format!("block {at} holds a newline"));
            let start = block.span.start();
            self.require(start == expected, || format!("block {at} starts at {start}, not at {expected}"));
            expected = block.span.end() + 1;
        }
        let end = record.blocks.last().map_or(0, |block| block.span.end());
        let length = self.chars.char_len();
        self.require(end == length, || format!("the blocks end at {end}, the text at {length}"));
        let mut newlines = record.blocks.iter().skip(1).map(|block| block.span.start().checked_sub(1));
        let joined = newlines.all(|at| {
            let newline = at.and_then(|at| CharSpan::new(at, at + 1).ok());
            newline.and_then(|span| self.chars.to_bytes(span).ok()).and_then(|span| span.of(&record.text)) == Some("\n")
        });
        self.require(joined, || "two blocks are joined by something else than one newline".to_owned());
    }

    fn entities(&mut self) {
        let record = self.record;
        let firsts = record.entities.iter().filter_map(|entity| entity.mentions.first().map(|first| first.span));
        self.in_order("entity", firsts);
        for (at, entity) in record.entities.iter().enumerate() {
            let id = entity.id.as_str();
            self.require(is_entity_id(id), || format!("entity {at}: id {id:?} is neither Q…, kb:… nor nil:…"));
            let unlinked = id.starts_with("nil:");
            self.require(unlinked == entity.canonical.is_none(), || {
                format!("entity {at}: canonical of {id} is {:?}", entity.canonical)
            });
            self.require(!entity.name.is_empty(), || format!("entity {at}: name is empty"));
            self.require(!entity.mentions.is_empty(), || format!("entity {at}: {id} has no mention"));
            self.chance("entity.confidence", entity.confidence);
            self.in_order(&format!("entity {at}: mention"), entity.mentions.iter().map(|mention| mention.span));
            for (nth, mention) in entity.mentions.iter().enumerate() {
                let what = format!("entity {at}: mention {nth}");
                self.require(mention.span.start() < mention.span.end(), || format!("{what} is empty"));
                self.same_text(&what, mention.span, &mention.text);
                self.prefix(&what, mention.span, mention.prefix.as_deref());
            }
        }
    }

    /// `text[start-len(prefix):start] == prefix`.
    fn prefix(&mut self, what: &str, span: CharSpan, prefix: Option<&str>) {
        let Some(prefix) = prefix else { return };
        self.require(!prefix.is_empty(), || format!("{what}: prefix is empty instead of null"));
        let length = u32::try_from(prefix.chars().count()).unwrap_or(u32::MAX);
        let before = span.start().checked_sub(length).and_then(|start| CharSpan::new(start, span.start()).ok());
        match before {
            Some(before) => self.same_text(&format!("{what}: prefix"), before, prefix),
            None => self.faults.push(format!("{what}: prefix {prefix:?} starts before the text")),
        }
    }

    fn facts(&mut self) {
        let record = self.record;
        self.in_order("date", record.dates.iter().map(|date| date.span));
        for (at, date) in record.dates.iter().enumerate() {
            self.same_text(&format!("date {at}"), date.span, &date.text);
            self.bounds(&format!("date {at}"), date.earliest.as_deref(), date.latest.as_deref());
        }
        self.in_order("quantity", record.quantities.iter().map(|number| number.span));
        for (at, number) in record.quantities.iter().enumerate() {
            self.same_text(&format!("quantity {at}"), number.span, &number.text);
            let said = number.value.is_some() || !number.alternatives.is_empty();
            self.require(said, || format!("quantity {at} has neither value nor alternatives"));
        }
    }

    fn quotes(&mut self) {
        let record = self.record;
        let entities = record.entities.len();
        self.in_order("quote", record.quotes.iter().map(|quote| quote.span));
        for (at, quote) in record.quotes.iter().enumerate() {
            self.same_text(&format!("quote {at}"), quote.span, &quote.text);
            let mut indices = vec![("outlet", quote.outlet)];
            if let Some(speaker) = &quote.speaker {
                self.same_text(&format!("quote {at}: speaker"), speaker.span, &speaker.text);
                indices.push(("speaker.entity", speaker.entity));
            }
            for (field, index) in indices {
                let valid = index.is_none_or(|index| (index as usize) < entities);
                self.require(valid, || format!("quote {at}: {field} is {index:?} of {entities} entities"));
            }
        }
    }

    fn dates(&mut self) {
        let record = self.record;
        for (name, date) in [("published", &record.published), ("modified", &record.modified)] {
            let Some(date) = date else { continue };
            self.require(is_iso(date), || format!("{name}: {:?} is not as long as {:?}", date.value, date.precision));
            self.require(!date.raw.is_empty(), || format!("{name} has no evidence (raw is empty)"));
            self.bounds(name, date.earliest.as_deref(), date.latest.as_deref());
        }
    }

    fn bounds(&mut self, what: &str, earliest: Option<&str>, latest: Option<&str>) {
        if let (Some(earliest), Some(latest)) = (earliest, latest) {
            self.require(earliest <= latest, || format!("{what}: earliest {earliest} is after latest {latest}"));
        }
    }

    fn duplicate(&mut self) {
        let record = self.record;
        let Some(verdict) = &record.duplicate else { return };
        self.require(!verdict.cluster.is_empty(), || "duplicate.cluster is empty".to_owned());
        if verdict.status == DuplicateStatus::Unique {
            self.require(verdict.of.is_none(), || format!("a unique document repeats {:?}", verdict.of));
            self.require(verdict.cluster == record.id, || format!("a unique document is in {:?}", verdict.cluster));
        } else {
            self.require(verdict.of.is_some(), || format!("{:?} of nothing", verdict.status));
            self.require(verdict.of.as_ref() != Some(&record.id), || "a document repeats itself".to_owned());
        }
        for (name, value) in [("jaccard", verdict.jaccard), ("containment", verdict.containment)] {
            self.chance(&format!("duplicate.{name}"), value.unwrap_or(0.0));
        }
    }

    fn removed(&mut self) {
        let record = self.record;
        let mut last = 0;
        for (at, removed) in record.removed.iter().enumerate() {
            let kept = removed.text.chars().count();
            self.require(kept <= Removed::TEXT_CHARS, || format!("removed {at} keeps {kept} characters"));
            let length = removed.length as usize;
            self.require(length >= kept, || format!("removed {at}: length is {length}, but the text has {kept}"));
            let whole = length == kept || kept == Removed::TEXT_CHARS;
            self.require(whole, || format!("removed {at}: text has {kept} of {length} characters, not 200"));
            self.require(!removed.rule.is_empty(), || format!("removed {at} names no rule"));
            let start = removed.source.start;
            self.require(start >= last, || format!("removed {at} starts at byte {start}, before the one before it"));
            last = start;
        }
    }

    /// Ranges of the source lie in the payload; in UTF-8 text they cut no character.
    fn sources(&mut self, payload: Option<&[u8]>) {
        let record = self.record;
        let length = payload.map(|payload| payload.len() as u64).or(record.source.length).unwrap_or(u64::MAX);
        if let (Some(payload), Some(said)) = (payload, record.source.length) {
            let found = payload.len() as u64;
            self.require(found == said, || format!("source.length is {said}, the payload has {found} bytes"));
        }
        let plain = record.source.media_type.as_deref().is_some_and(|media| media.starts_with("text/plain"));
        let text = payload.filter(|_| plain).and_then(|payload| std::str::from_utf8(payload).ok());
        let blocks = record.blocks.iter().enumerate().map(|(at, block)| (format!("block {at}"), block.source));
        let removed = record.removed.iter().enumerate().map(|(at, cut)| (format!("removed {at}"), cut.source));
        for (what, source) in blocks.chain(removed) {
            let (start, end) = (source.start, source.end);
            self.require(start <= end, || format!("{what}: source {start}..{end} ends before it starts"));
            self.require(end <= length, || format!("{what}: source {start}..{end} lies outside of {length} bytes"));
            let cut = [start, end].into_iter().any(|at| {
                text.is_some_and(|text| {
                    usize::try_from(at).is_ok_and(|at| at <= text.len() && !text.is_char_boundary(at))
                })
            });
            self.require(!cut, || format!("{what}: source {start}..{end} cuts a character"));
        }
    }
}

fn range(span: CharSpan) -> String {
    format!("{}..{}", span.start(), span.end())
}

fn is_entity_id(id: &str) -> bool {
    if let Some(number) = id.strip_prefix('Q') {
        return !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    }
    if let Some(slug) = id.strip_prefix("kb:") {
        return !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    }
    id.strip_prefix("nil:").is_some_and(|rest| !rest.is_empty() && !rest.chars().any(char::is_whitespace))
}

/// That `value` is ISO 8601 and says as much as `precision`.
fn is_iso(date: &DateValue) -> bool {
    let shape: String = date.value.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    let (head, zone) = match date.precision {
        Precision::Year => ("0000", false),
        Precision::Month => ("0000-00", false),
        Precision::Day => ("0000-00-00", false),
        Precision::Minute => ("0000-00-00T00:00", true),
        Precision::Second => ("0000-00-00T00:00:00", true),
    };
    let Some(rest) = shape.strip_prefix(head) else { return false };
    let fraction = rest.strip_prefix('.').filter(|_| date.precision == Precision::Second);
    let rest = fraction.map_or(rest, |digits| digits.trim_start_matches('0'));
    rest.is_empty() || (zone && matches!(rest, "Z" | "+00:00" | "-00:00" | "+00" | "-00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record that keeps every promise: title, paragraph, a mention with a proclitic, a quote, one cut.
    fn sound() -> Value {
        let bare: Record<CharSpan> = serde_json::from_str(
            r#"{"id":"a1","source":{"uri":"x.txt","length":60,"media_type":"text/plain"},"text":"نفي\nقال للكرملين: لا",
                "title":"نفي","dateline":null,
                "published":{"value":"2024-10-14T09:30+03:00","precision":"minute","calendar":"gregorian",
                  "raw":"14","origin":"meta"},
                "blocks":[{"kind":"title","start":0,"end":3,"source_start":0,"source_end":6},
                  {"kind":"paragraph","start":4,"end":20,"source_start":7,"source_end":36}],
                "removed":[{"reason":"share","rule":"B014","text":"شاركها","length":6,"source_start":40,"source_end":52}],
                "entities":[{"id":"kb:kremlin","type":"ORG","name":"لكرملين","canonical":"Kremlin","confidence":0.9,
                  "mentions":[{"start":9,"end":16,"text":"لكرملين","prefix":"ل","layer":"gazetteer"}]}],
                "quotes":[{"start":18,"end":20,"text":"لا","style":"direct","outlet":0,
                  "speaker":{"entity":0,"start":9,"end":16,"text":"لكرملين","kind":"named"}}],
                "duplicate":{"status":"unique","cluster":"a1"}}"#,
        )
        .unwrap();
        serde_json::to_value(bare).unwrap()
    }

    fn faults(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut value = sound();
        change(&mut value);
        check_line(&value.to_string(), None)
    }

    #[test]
    fn a_sound_record_has_no_fault() {
        assert_eq!(faults(|_| {}), Vec::<String>::new());
    }

    /// Every promise, broken once: the check must say so, and in words that name the place.
    #[test]
    fn every_broken_promise_is_caught() {
        type Break = fn(&mut Value);
        let cases: &[(&str, Break)] = &[
            ("field duplicate is missing", |r| drop(r.as_object_mut().unwrap().remove("duplicate"))),
            ("field entities[0].subtype is missing", |r| {
                drop(r["entities"][0].as_object_mut().unwrap().remove("subtype"));
            }),
            ("field mood is not in the schema", |r| r["mood"] = 1.into()),
            ("not a record", |r| r["blocks"][0]["start"] = 99.into()),
            ("block 1: 4..99 lies outside", |r| r["blocks"][1]["end"] = 99.into()),
            ("block 1 starts at 5, not at 4", |r| r["blocks"][1]["start"] = 5.into()),
            ("joined by something else", |r| r["text"] = "نفي قال للكرملين: لا".into()),
            ("the blocks end at 20, the text at 21", |r| r["text"] = "نفي\nقال للكرملين: لا.".into()),
            ("block 1 holds a newline", |r| r["text"] = "نفي\nقال\nلكرملين: لا.".into()),
            (r#"mention 0: 9..16 is "لكرملين", not "الكرملين""#, |r| {
                r["entities"][0]["mentions"][0]["text"] = "الكرملين".into();
            }),
            (r#"prefix: 8..9 is "ل", not "و""#, |r| r["entities"][0]["mentions"][0]["prefix"] = "و".into()),
            ("neither Q…, kb:… nor nil:…", |r| r["entities"][0]["id"] = "Kremlin".into()),
            ("canonical of nil:org-krmln", |r| r["entities"][0]["id"] = "nil:org-krmln".into()),
            ("quote 0: outlet is Some(1) of 1", |r| r["quotes"][0]["outlet"] = 1.into()),
            ("quote 0: speaker.entity is Some(7)", |r| r["quotes"][0]["speaker"]["entity"] = 7.into()),
            ("quote 0: 18..20 is", |r| r["quotes"][0]["text"] = "نعم".into()),
            ("duplicate.cluster is empty", |r| r["duplicate"]["cluster"] = "".into()),
            ("a unique document is in \"b2\"", |r| r["duplicate"]["cluster"] = "b2".into()),
            ("Near of nothing", |r| r["duplicate"]["status"] = "near".into()),
            ("lies outside of 60 bytes", |r| r["removed"][0]["source_end"] = 61.into()),
            ("ends before it starts", |r| r["blocks"][1]["source_start"] = 37.into()),
            ("length is 5, but the text has 6", |r| r["removed"][0]["length"] = 5.into()),
            ("is not as long as Day", |r| r["published"]["precision"] = "day".into()),
            ("confidence is 1.5", |r| r["entities"][0]["confidence"] = 1.5.into()),
        ];
        for (expected, change) in cases {
            let found = faults(change);
            assert!(found.iter().any(|fault| fault.contains(expected)), "{expected}: {found:?}");
        }
    }

    #[test]
    fn ranges_are_held_against_the_payload() {
        let line = sound().to_string();
        let payload = "نفي\nقال للكرملين: لا\n\n\nشاركها".as_bytes();
        let found = check_line(&line, Some(payload));
        assert!(found.iter().any(|fault| fault.contains("source.length is 60")), "{found:?}");
        let mut value = sound();
        value["source"]["length"] = payload.len().into();
        value["removed"][0]["source_start"] = 37.into();
        value["removed"][0]["source_end"] = 51.into();
        assert_eq!(check_line(&value.to_string(), Some(payload)), Vec::<String>::new());
        value["blocks"][0]["source_end"] = 5.into();
        let found = check_line(&value.to_string(), Some(payload));
        assert_eq!(found, ["block 0: source 0..5 cuts a character"]);
    }

    #[test]
    fn broken_json_is_a_fault_and_no_panic() {
        for line in ["", "{", "[]", "null", r#"{"text":1}"#, r#"{"text":"x","blocks":[{"kind":"poem"}]}"#] {
            assert!(!check_line(line, None).is_empty(), "{line}");
        }
    }
}

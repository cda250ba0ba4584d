//! `khabar claims`: who said what, with which verb and which numbers, over all documents of a run.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use khabar_model::{CharSpan, Quote, QuoteStyle, Record, SpeakerKind};
use khabar_text::fold;
use serde::Serialize;

use crate::exit::{Ended, Exit};

/// Arguments of `khabar claims`.
#[derive(Debug, Args)]
#[command(after_help = "\
Claims are the quotes of documents.jsonl, grouped by speaker (by entity where there is one, else by the folded name; \
sources without a name and offices within their document), in order of time; documents without a date come last. Where \
stories.jsonl has rows, speakers are grouped by story. Offsets are characters of the document's text. The words in marks \
of a reported clause have no line of their own in text, and one in jsonl and tsv.

Examples:
  khabar claims records
  khabar claims records --format tsv | sort -t$'\\t' -k5
  khabar claims records --format jsonl | jq 'select(.class == \"deny\")'")]
pub(crate) struct ClaimsArgs {
    /// What `khabar run --out` wrote.
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    /// For a person, or a line a claim.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Jsonl,
    Tsv,
}

/// A quote with all that a table of claims has of it.
#[derive(Clone, Debug, Serialize)]
struct Claim {
    story: Option<String>,
    /// Id of the speaker's entity, else the name; null if nobody is named.
    speaker: Option<String>,
    speaker_text: Option<String>,
    kind: Option<serde_json::Value>,
    /// As published, else null.
    time: Option<String>,
    class: Option<serde_json::Value>,
    verb: Option<String>,
    style: QuoteStyle,
    text: String,
    /// The quantities in it, as written.
    numbers: Vec<String>,
    outlet: Option<String>,
    document: String,
    start: u32,
    end: u32,
    uri: String,
    /// What speakers are grouped by.
    #[serde(skip)]
    key: String,
}

impl Claim {
    /// True for words in marks within this reported clause, of the same speaker and class.
    fn holds(&self, other: &Self) -> bool {
        let of_one = self.document == other.document && !self.key.is_empty() && self.key == other.key;
        let styles = (self.style, other.style) == (QuoteStyle::Indirect, QuoteStyle::Direct);
        of_one && styles && self.class == other.class && self.start <= other.start && other.end <= self.end
    }
}

/// Prints the claims of a run.
pub(crate) fn claims(args: &ClaimsArgs) -> anyhow::Result<Exit> {
    let stories = stories(&args.dir.join("stories.jsonl"))?;
    let path = args.dir.join("documents.jsonl");
    let file = open(&path).map_err(|error| {
        Ended(Exit::Input, format!("cannot read {}: {error}; is it the --out of a run?", path.display()))
    })?;
    let mut claims = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), number + 1);
        let line = line.with_context(place)?;
        let record: Record<CharSpan> = serde_json::from_str(&line)
            .map_err(|error| Ended(Exit::Input, format!("{}: no record: {error}", place())))?;
        of_record(&record, &stories, &mut claims);
    }
    sort(&mut claims);
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        Format::Text => print_text(&claims, &mut out)?,
        Format::Jsonl => {
            for claim in &claims {
                serde_json::to_writer(&mut out, claim)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Tsv => print_tsv(&claims, &mut out)?,
    }
    out.flush()?;
    Ok(Exit::Done)
}

#[expect(clippy::disallowed_methods, reason = "reads what a run wrote, line by line")]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

/// The first story of each document; none where there is no table.
fn stories(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut stories = BTreeMap::new();
    let Ok(file) = open(path) else { return Ok(stories) };
    for line in BufReader::new(file).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)
            .map_err(|error| Ended(Exit::Input, format!("{}: no row: {error}", path.display())))?;
        let text = |name: &str| row.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
        if let (Some(story), Some(document)) = (text("story"), text("document")) {
            stories.entry(document).or_insert(story);
        }
    }
    Ok(stories)
}

fn of_record(record: &Record<CharSpan>, stories: &BTreeMap<String, String>, claims: &mut Vec<Claim>) {
    for quote in &record.quotes {
        claims.push(claim(record, quote, stories));
    }
}

fn claim(record: &Record<CharSpan>, quote: &Quote<CharSpan>, stories: &BTreeMap<String, String>) -> Claim {
    let entity = |place: Option<u32>| record.entities.get(place? as usize);
    let speaker = quote.speaker.as_ref();
    let linked = speaker.and_then(|speaker| entity(speaker.entity));
    let id = linked.map(|entity| entity.id.clone());
    let inside = |span: CharSpan| span.start() >= quote.span.start() && span.end() <= quote.span.end();
    // «مصدر أمني» and «الوزير» are somebody else in another document.
    let key = speaker.map_or_else(String::new, |speaker| match (speaker.kind, &id) {
        (SpeakerKind::Anonymous, _) | (SpeakerKind::Office, None) => format!("{} {}", fold(&speaker.text), record.id),
        (_, Some(id)) => id.clone(),
        (_, None) => fold(&speaker.text),
    });
    Claim {
        story: stories.get(&record.id).cloned(),
        speaker: id.or_else(|| speaker.map(|speaker| speaker.text.clone())),
        speaker_text: speaker.map(|speaker| speaker.text.clone()),
        kind: speaker.and_then(|speaker| serde_json::to_value(speaker.kind).ok()),
        time: record.published.as_ref().map(|date| date.value.clone()),
        class: quote.verb.as_ref().and_then(|verb| serde_json::to_value(verb.class).ok()),
        verb: quote.verb.as_ref().map(|verb| verb.text.clone()),
        style: quote.style,
        text: quote.text.clone(),
        numbers: record.quantities.iter().filter(|found| inside(found.span)).map(|found| found.text.clone()).collect(),
        outlet: entity(quote.outlet).map(|entity| entity.canonical.clone().unwrap_or_else(|| entity.name.clone())),
        document: record.id.clone(),
        start: quote.span.start(),
        end: quote.span.end(),
        uri: record.source.uri.clone(),
        key,
    }
}

/// By story, by speaker, by time; groups in the order of their first claim. The sort is stable: equal times keep the order
/// of the documents.
fn sort(claims: &mut [Claim]) {
    // Undated last.
    let time = |claim: &Claim| (claim.time.is_none(), claim.time.clone().unwrap_or_default());
    claims.sort_by_cached_key(time);
    let (mut stories, mut speakers) = (BTreeMap::new(), BTreeMap::new());
    for (place, claim) in claims.iter().enumerate() {
        stories.entry(claim.story.clone()).or_insert(place);
        speakers.entry((claim.story.clone(), claim.key.clone())).or_insert(place);
    }
    claims.sort_by_cached_key(|claim| {
        let story = stories.get(&claim.story).copied().unwrap_or_default();
        let speaker = speakers.get(&(claim.story.clone(), claim.key.clone())).copied().unwrap_or_default();
        // Claims outside of any story come behind those of stories, if there are any.
        (claim.story.is_none(), story, claim.key.is_empty(), speaker)
    });
}

fn word(value: Option<&serde_json::Value>) -> &str {
    value.and_then(serde_json::Value::as_str).unwrap_or("-")
}

fn print_text(claims: &[Claim], out: &mut impl Write) -> std::io::Result<()> {
    let mut group: Option<(&Option<String>, &str)> = None;
    let mut outer: Option<&Claim> = None;
    for claim in claims {
        // The words in marks of a reported clause are in its line.
        if outer.is_some_and(|outer| outer.holds(claim)) {
            continue;
        }
        outer = Some(claim);
        if group.is_none_or(|(story, _)| *story != claim.story)
            && let Some(story) = &claim.story
        {
            writeln!(out, "story {story}")?;
        }
        if group != Some((&claim.story, claim.key.as_str())) {
            let id = claim.speaker.as_deref().filter(|id| claim.speaker_text.as_deref() != Some(*id));
            let id = id.map_or(String::new(), |id| format!("  {id}"));
            writeln!(out, "{} ({}){id}", claim.speaker_text.as_deref().unwrap_or("?"), word(claim.kind.as_ref()))?;
        }
        group = Some((&claim.story, claim.key.as_str()));
        let (open, close) = if claim.style == QuoteStyle::Direct { ("“", "”") } else { ("", "") };
        writeln!(
            out,
            "  {}  {:8}  {open}{}{close}",
            claim.time.as_deref().unwrap_or("-"),
            word(claim.class.as_ref()),
            one_line(&claim.text)
        )?;
        let mut beside = vec![format!("{} {}-{}", claim.document, claim.start, claim.end)];
        beside.extend(claim.outlet.as_ref().map(|outlet| format!("via {outlet}")));
        if !claim.numbers.is_empty() {
            beside.push(format!("numbers: {}", claim.numbers.join(", ")));
        }
        writeln!(out, "      {}", beside.join("; "))?;
    }
    Ok(())
}

fn print_tsv(claims: &[Claim], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "story\tspeaker\tname\tkind\ttime\tclass\tverb\tstyle\ttext\tnumbers\toutlet\tdocument\tstart\tend")?;
    for claim in claims {
        let style = if claim.style == QuoteStyle::Direct { "direct" } else { "indirect" };
        let cell = |text: &Option<String>| one_line(text.as_deref().unwrap_or_default());
        let row = [
            cell(&claim.story),
            cell(&claim.speaker),
            cell(&claim.speaker_text),
            word(claim.kind.as_ref()).to_owned(),
            cell(&claim.time),
            word(claim.class.as_ref()).to_owned(),
            cell(&claim.verb),
            style.to_owned(),
            one_line(&claim.text),
            one_line(&claim.numbers.join("|")),
            cell(&claim.outlet),
            claim.document.clone(),
            claim.start.to_string(),
            claim.end.to_string(),
        ];
        writeln!(out, "{}", row.join("\t"))?;
    }
    Ok(())
}

/// A text without tabs and line ends.
fn one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, date: Option<&str>, speaker: &str, class: &str) -> Record<CharSpan> {
        let published = date.map(|date| {
            serde_json::json!({"value": date, "precision": "day", "calendar": "gregorian", "raw": date, "origin": "input"})
        });
        let line = serde_json::json!({
            "id": id, "text": "s: 12 men left", "published": published, "dateline": null,
            "quantities": [{"start": 3, "end": 9, "text": "12 men", "value": 12.0, "unit": "men", "kind": "count"}],
            "quotes": [{
                "start": 3, "end": 14, "text": "12 men left", "style": "direct",
                "speaker": {"entity": null, "start": 0, "end": 1, "text": speaker, "kind": "named"},
                "verb": {"text": ":", "class": class}, "outlet": null
            }]
        });
        serde_json::from_value(line).unwrap()
    }

    fn sorted(stories: &BTreeMap<String, String>) -> Vec<Claim> {
        let mut claims = Vec::new();
        for record in [
            record("d3", None, "B", "say"),
            record("d2", Some("2024-10-14"), "A", "deny"),
            record("d1", Some("2024-10-13"), "B", "claim"),
        ] {
            of_record(&record, stories, &mut claims);
        }
        sort(&mut claims);
        claims
    }

    #[test]
    fn speakers_come_by_first_claim_and_their_claims_by_time() {
        let claims = sorted(&BTreeMap::new());
        let order: Vec<_> = claims.iter().map(|claim| claim.document.as_str()).collect();
        assert_eq!(order, ["d1", "d3", "d2"], "undated claims come last of their speaker");
        assert_eq!(claims[0].numbers, ["12 men"]);
        let mut text = Vec::new();
        print_text(&claims, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.starts_with("B (named)\n  2024-10-13  claim     “12 men left”\n      d1 3-14; numbers: 12 men\n"),
            "{text}"
        );
        assert!(text.contains("A (named)\n  2024-10-14  deny"), "{text}");
    }

    #[test]
    fn sources_without_a_name_keep_to_their_document() {
        let mut claims = Vec::new();
        for id in ["d1", "d2"] {
            let mut record = record(id, None, "مصدر أمني", "say");
            for quote in &mut record.quotes {
                quote.speaker.as_mut().unwrap().kind = SpeakerKind::Anonymous;
            }
            of_record(&record, &BTreeMap::new(), &mut claims);
        }
        sort(&mut claims);
        let mut text = Vec::new();
        print_text(&claims, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text.matches("(anonymous)").count(), 2, "{text}");
        // Words in marks within a reported clause, by the same speaker; but not what another verb says.
        claims[0].style = QuoteStyle::Indirect;
        claims[1] = claim_within(&claims[0]);
        let lines = |claims: &[Claim]| {
            let mut text = Vec::new();
            print_text(claims, &mut text).unwrap();
            String::from_utf8(text).unwrap().matches("12 men left").count()
        };
        assert_eq!(lines(&claims), 1);
        claims[1].class = None;
        assert_eq!(lines(&claims), 2);
    }

    /// A direct claim of the last words of another.
    fn claim_within(outer: &Claim) -> Claim {
        Claim { start: outer.end - 8, style: QuoteStyle::Direct, ..outer.clone() }
    }

    #[test]
    fn stories_come_before_speakers() {
        let stories = [("d2", "s1"), ("d3", "s1")].map(|(document, story)| (document.to_owned(), story.to_owned()));
        let claims = sorted(&BTreeMap::from(stories));
        let order: Vec<_> = claims.iter().map(|claim| claim.document.as_str()).collect();
        assert_eq!(order, ["d2", "d3", "d1"]);
    }

    #[test]
    fn a_row_is_a_line() {
        let mut claims = sorted(&BTreeMap::new());
        claims[0].text = "a\tb\nc".to_owned();
        let mut tsv = Vec::new();
        print_tsv(&claims, &mut tsv).unwrap();
        let tsv = String::from_utf8(tsv).unwrap();
        assert_eq!(tsv.lines().count(), 4);
        assert!(tsv.lines().all(|line| line.split('\t').count() == 14), "{tsv}");
    }
}

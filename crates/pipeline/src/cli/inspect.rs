//! `khabar inspect`: what every stage said of a document, for a person at a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};

use clap::{Args, ValueEnum};
use khabar_dedup::Deduper;
use khabar_entity::Linked;
use khabar_model::{DateValue, Detection, RawDoc, Record, Span};

use super::Common;
use crate::exit::{Ended, Exit};
use crate::read::{Found, Input};
use crate::stages::Stages;

/// Arguments of `khabar inspect`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar inspect scrape.txt
  khabar inspect crawl.warc.gz --record 17
  khabar inspect page.html --invisible      show ZWNJ, bidi marks and other invisible characters by name")]
pub(crate) struct InspectArgs {
    /// A file of any kind that `khabar run` reads.
    #[arg(value_name = "FILE")]
    file: String,

    /// Only the record with this number, counted from 1, of a file with many.
    #[arg(long, value_name = "N")]
    record: Option<u64>,

    /// Show invisible characters by name: ‹ZWNJ›.
    #[arg(long)]
    invisible: bool,

    /// Isolate right-to-left text so that a terminal shows it in place.
    #[arg(long, value_enum, default_value_t = Bidi::Auto)]
    bidi: Bidi,

    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bidi {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

/// Shows the documents of a file.
pub(crate) fn inspect(args: &InspectArgs) -> anyhow::Result<Exit> {
    let stages = Stages::new(args.common.stage_settings()?);
    let mut input = Input::plan(std::slice::from_ref(&args.file), args.common.reading.settings()?)
        .map_err(|error| Ended(Exit::Input, format!("{error:#}")))?;
    let mut out = std::io::stdout().lock();
    let isolate = match args.bidi {
        Bidi::Auto => std::io::stdout().is_terminal(),
        Bidi::Always => true,
        Bidi::Never => false,
    };
    let view = View { isolate, invisible: args.invisible };
    let mut deduper = Deduper::new(stages.settings.dedup.clone());
    let mut shown = 0;
    for found in &mut input {
        let report = match found {
            Found::Document(raw) if args.record.is_some_and(|wanted| raw.source.record != Some(wanted)) => continue,
            Found::Document(raw) => view.document(&stages, &mut deduper, *raw),
            _ if args.record.is_some() => continue,
            Found::Reject(row) => format!("{}\n  rejected: {}\n", row.uri, row.reject),
            Found::Skip(skip) => format!("{}\n  skipped: {}\n", skip.uri, skip.reason.name()),
        };
        shown += 1;
        writeln!(out, "{report}")?;
    }
    if shown == 0 {
        return Err(Ended(Exit::Input, format!("{}: no such record", args.file)).into());
    }
    Ok(Exit::Done)
}

/// How text is shown.
#[derive(Clone, Copy)]
struct View {
    isolate: bool,
    invisible: bool,
}

impl View {
    /// Everything that the stages say of one document.
    fn document(self, stages: &Stages, deduper: &mut Deduper, raw: RawDoc) -> String {
        let mut page = Page(String::new());
        let uri = raw.source.uri.clone();
        page.line(&format!("═══ {uri}"));
        page.line(&format!("id {}   {} bytes   {:?}", raw.id, raw.payload.len(), raw.media));
        self.repairs(&mut page, stages, &raw);
        let parsed = match stages.parse(raw) {
            Ok(parsed) => parsed,
            Err(reject) => {
                page.line(&format!("rejected: {reject}"));
                return page.0;
            }
        };
        let known = stages.detect(parsed).and_then(|tagged| stages.explain(tagged));
        let (known, links) = match known {
            Ok(known) => known,
            Err(reject) => {
                page.line(&format!("rejected: {reject}"));
                return page.0;
            }
        };
        let record: Record<Span> = known.into();
        self.metadata(&mut page, &record);
        self.blocks(&mut page, &record);
        self.removed(&mut page, &record);
        self.entities(&mut page, &record, &links);
        let judged = stages.sketch(Stages::resume_known(record)).and_then(|sketched| stages.judge(deduper, sketched));
        match judged {
            Ok(judged) => {
                page.section("dedup");
                if let Some(verdict) = judged.record.duplicate {
                    let of = verdict.of.map(|of| format!(" of {of}")).unwrap_or_default();
                    let share =
                        verdict.containment.map(|share| format!(", containment {share:.2}")).unwrap_or_default();
                    page.line(&format!("  {:?}{of}, cluster {}{share}", verdict.status, verdict.cluster));
                }
            }
            Err(reject) => page.line(&format!("rejected: {reject}")),
        }
        page.0
    }

    /// How often each repair rule was applied on the way from bytes to clean text.
    fn repairs(self, page: &mut Page, stages: &Stages, raw: &RawDoc) {
        let Ok((_, Some(alignment))) = stages.parser().parse_aligned(raw) else { return };
        let counts: BTreeMap<String, usize> =
            alignment.counts().into_iter().map(|(rule, count)| (rule.to_string(), count)).collect();
        let list: Vec<String> = counts.iter().map(|(rule, count)| format!("{rule} ×{count}")).collect();
        page.line(&format!(
            "edits from payload to text: {}",
            if list.is_empty() { "none".to_owned() } else { list.join(", ") }
        ));
    }

    fn metadata(self, page: &mut Page, record: &Record<Span>) {
        page.section("parse");
        let mut fact = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                page.line(&format!("  {name:<12} {value}"));
            }
        };
        fact("title", record.title.as_deref().map(|title| self.text(title)));
        fact("authors", Some(self.list(&record.authors)));
        fact("publisher", record.publisher.as_deref().map(|name| self.text(name)));
        fact("section", record.section.as_deref().map(|name| self.text(name)));
        fact("agencies", Some(record.agencies.join(", ")));
        fact("tags", Some(self.list(&record.tags)));
        fact("published", record.published.as_ref().map(|date| self.date(date)));
        fact("modified", record.modified.as_ref().map(|date| self.date(date)));
        let dateline = record.dateline.as_ref().and_then(|dateline| dateline.span.of(&record.text));
        fact("dateline", dateline.map(|text| self.text(text)));
        for credit in &record.credits {
            let parts = [credit.name.clone(), credit.url.clone(), credit.date.clone()];
            fact(
                "credit",
                Some(parts.into_iter().flatten().map(|part| self.text(&part)).collect::<Vec<_>>().join("  ")),
            );
        }
        fact("charset", record.source.charset.clone());
        fact("url", record.source.url.clone().or_else(|| record.canonical_url.clone()));
        page.section("langid");
        if let Some(language) = &record.language {
            page.line(&format!("  {}", language_line(language)));
        }
    }

    fn blocks(self, page: &mut Page, record: &Record<Span>) {
        page.section("text");
        for block in &record.blocks {
            let text = block.span.of(&record.text).unwrap_or_default();
            let language = block.language.as_deref().unwrap_or("–");
            let kind = format!("{:?}", block.kind).to_lowercase();
            let source = format!("{}..{}", block.source.start, block.source.end);
            page.line(&format!("  {kind:<10} {language:<3} {source:>13}  {}", self.text(text)));
        }
    }

    fn removed(self, page: &mut Page, record: &Record<Span>) {
        page.section("removed");
        for removed in &record.removed {
            let reason = format!("{:?}", removed.reason).to_lowercase();
            let source = format!("{}..{}", removed.source.start, removed.source.end);
            page.line(&format!("  {reason:<13} {:<13} {source:>13}  {}", removed.rule, self.text(&removed.text)));
        }
    }

    /// Entities with their forms, and behind each form who found it and how it was linked.
    fn entities(self, page: &mut Page, record: &Record<Span>, links: &[Vec<Linked>]) {
        page.section("entity");
        for (entity, links) in record.entities.iter().zip(links) {
            let kind = format!("{:?}", entity.kind).to_uppercase();
            let mut forms: BTreeMap<(&str, String), usize> = BTreeMap::new();
            for (mention, linked) in entity.mentions.iter().zip(links) {
                let layer = format!("{:?}", mention.layer).to_lowercase();
                *forms
                    .entry((mention.text.as_str(), format!("{layer}: {}", self.text(&linked.to_string()))))
                    .or_default() += 1;
            }
            let canonical = entity.canonical.as_deref().unwrap_or("–");
            page.line(&format!("  {:<12} {kind:<4} {canonical}", entity.id));
            for ((form, how), count) in forms {
                page.line(&format!("  {:<12} {count:>3}× {}   [{how}]", "", self.text(form)));
            }
        }
        for date in &record.dates {
            let value = date.value.as_deref().unwrap_or("unresolved");
            page.line(&format!("  date         {value:<22} {}", self.text(&date.text)));
        }
        for quantity in &record.quantities {
            let value = quantity.value.map_or_else(String::new, |value| value.to_string());
            let unit = quantity.unit.as_deref().unwrap_or_default();
            let modifier = quantity.modifier.as_deref().unwrap_or_default();
            let told = format!("{value} {} {modifier}", self.text(unit));
            page.line(&format!("  quantity     {told:<22} {}", self.text(&quantity.text)));
        }
    }

    fn date(self, date: &DateValue) -> String {
        format!("{} ({:?}, {:?}) from {}", date.value, date.calendar, date.origin, self.text(&date.raw)).to_lowercase()
    }

    fn list(self, parts: &[String]) -> String {
        parts.iter().map(|part| self.text(part)).collect::<Vec<_>>().join(", ")
    }

    /// Text of the document inside a line of ours: isolated, so that its direction stays its own.
    fn text(self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len() + 8);
        if self.isolate {
            shown.push('\u{2068}');
        }
        for char in text.chars() {
            match name_of_invisible(char).filter(|_| self.invisible) {
                Some(name) => {
                    let _infallible = write!(shown, "‹{name}›");
                }
                // A document must not be able to drive the terminal.
                None if char.is_control() => shown.push('\u{FFFD}'),
                None => shown.push(char),
            }
        }
        if self.isolate {
            shown.push('\u{2069}');
        }
        shown
    }
}

struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn section(&mut self, name: &str) {
        self.line(&format!("── {name}"));
    }
}

fn language_line(language: &Detection) -> String {
    let script = language.script.as_deref().unwrap_or("–");
    let sure = if language.reliable { "reliable" } else { "not reliable" };
    let others: Vec<String> =
        language.alternatives.iter().map(|other| format!("{} {:.3}", other.code, other.confidence)).collect();
    let others = if others.is_empty() { String::new() } else { format!("   else {}", others.join(", ")) };
    format!("{} {script}   confidence {:.3}, {sure}{others}", language.code, language.confidence)
}

fn name_of_invisible(char: char) -> Option<&'static str> {
    Some(match char {
        '\u{200c}' => "ZWNJ",
        '\u{200d}' => "ZWJ",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{061c}' => "ALM",
        '\u{00a0}' => "NBSP",
        '\u{00ad}' => "SHY",
        '\u{200b}' => "ZWSP",
        '\u{feff}' => "BOM",
        '\u{0640}' => "TATWEEL",
        _ => return None,
    })
}

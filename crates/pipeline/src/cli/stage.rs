//! `khabar parse|langid|entity|dedup`: one stage alone, JSONL in and out, so that any engine that pipes lines can run it.

use std::io::{BufRead, BufWriter, Write};

use anyhow::Context;
use clap::Args;
use khabar_dedup::Deduper;
use khabar_model::{Block, BlockKind, CharSpan, Record, Reject, RejectReason, SourceSpan, Span, Stage};
use serde_json::{Value, json};

use super::Common;
use crate::exit::{Ended, Exit};
use crate::read::Input;
use crate::stages::Stages;
use crate::wire::{self, Credits, Dropped, Inbox, Origin, Traced, Why};

/// Arguments of a stage on its own.
#[derive(Debug, Args)]
#[command(after_help = "\
Every line in gives one line out, in order: a record, or {\"id\", \"reject\": {\"stage\", \"reason\", \"detail\"}}.
A record may be partial: \"text\" is enough, a missing language is detected where it is needed.

Examples:
  khabar parse page.html | khabar langid | khabar entity | khabar dedup > records.jsonl
  echo '{\"text\":\"أعلنت كوريا الشمالية\"}' | khabar entity")]
pub(crate) struct StageArgs {
    /// Files, or - for standard input. `parse` also takes folders and raw files of any kind.
    #[arg(default_value = "-", value_name = "FILE")]
    files: Vec<String>,

    #[command(flatten)]
    common: Common,
}

/// A record between two lines.
struct Row {
    record: Record<Span>,
    line: u64,
}

impl Traced for Row {
    fn origin(&self) -> Origin {
        Origin { uri: row_id(&self.record.id, self.line), offset: None }
    }
    fn weight(&self) -> usize {
        self.record.text.len()
    }
}

/// A record without an id of its own is called by its line.
fn row_id(id: &str, line: u64) -> String {
    if id.is_empty() { format!("line-{line}") } else { id.to_owned() }
}

/// `khabar parse`: raw files in, records out.
pub(crate) fn parse(args: &StageArgs) -> anyhow::Result<Exit> {
    let stages = Stages::new(args.common.stage_settings()?);
    let input = Input::plan(&args.files, args.common.reading.settings()?)
        .map_err(|error| Ended(Exit::Input, format!("{error:#}")))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    std::thread::scope(|scope| {
        let raw = wire::source(scope, credits(&stages), input.map(super::run::into_document));
        let parsed = wire::parallel(scope, Stage::Parse, stages.settings.workers, raw, |raw| stages.parse(raw));
        let ready = wire::ordered(scope, Stage::Parse, parsed, |parsed| wire_line(parsed.into()));
        write_lines(&mut out, ready)
    })
}

/// `khabar langid`: records in, records with a language out.
pub(crate) fn langid(args: &StageArgs) -> anyhow::Result<Exit> {
    let stages = Stages::new(args.common.stage_settings()?);
    each_line(args, &stages, Stage::Langid, |record| Ok(stages.language_of(Stages::resume_parsed(record)).into()))
}

/// `khabar entity`: records in, records with entities and dates out.
pub(crate) fn entity(args: &StageArgs) -> anyhow::Result<Exit> {
    let stages = Stages::new(args.common.stage_settings()?);
    each_line(args, &stages, Stage::Entity, |record| {
        let language = record.language.clone();
        let mut done: Record<Span> = stages.extract(stages.resume_tagged(record))?.into();
        // The stage fills what its name says; a language that it had to find for itself stays its own.
        done.language = language;
        Ok(done)
    })
}

/// `khabar dedup`: records in, records with a verdict out, in input order.
pub(crate) fn dedup(args: &StageArgs) -> anyhow::Result<Exit> {
    let stages = Stages::new(args.common.stage_settings()?);
    let mut deduper = Deduper::new(stages.settings.dedup.clone());
    let mut out = BufWriter::new(std::io::stdout().lock());
    std::thread::scope(|scope| {
        let rows = wire::source(scope, credits(&stages), Rows::open(args.files.clone(), Stage::Dedup));
        let sketched = wire::parallel(scope, Stage::Sketch, stages.settings.workers, rows, |row: Row| {
            let mut record = row.record;
            record.id = row_id(&record.id, row.line);
            stages.sketch(Stages::resume_known(record))
        });
        let ready = wire::ordered(scope, Stage::Dedup, sketched, |sketched| {
            let judged = stages.judge(&mut deduper, sketched)?;
            line_of(&judged.record)
        });
        write_lines(&mut out, ready)
    })
}

fn credits(stages: &Stages) -> Credits {
    Credits::new(stages.settings.credit_documents, stages.settings.credit_bytes)
}

fn each_line(
    args: &StageArgs,
    stages: &Stages,
    stage: Stage,
    work: impl Fn(Record<Span>) -> Result<Record<Span>, Reject> + Send + Sync,
) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    std::thread::scope(|scope| {
        let rows = wire::source(scope, credits(stages), Rows::open(args.files.clone(), stage));
        let done = wire::parallel(scope, stage, stages.settings.workers, rows, |row: Row| {
            let Row { record, line } = row;
            work(record).map(|record| Row { record, line })
        });
        let ready = wire::ordered(scope, stage, done, |row| wire_line(row.record));
        write_lines(&mut out, ready)
    })
}

/// A record as one line of JSON.
fn wire_line(record: Record<Span>) -> Result<String, Reject> {
    let record = record.into_wire().map_err(|error| broken(Stage::Export, &error))?;
    line_of(&record)
}

fn line_of(record: &Record<CharSpan>) -> Result<String, Reject> {
    serde_json::to_string(record).map_err(|error| broken(Stage::Export, &error))
}

fn broken(stage: Stage, error: &dyn std::error::Error) -> Reject {
    Reject::new(stage, RejectReason::Malformed, error.to_string())
}

fn write_lines(out: &mut impl Write, lines: Inbox<String>) -> anyhow::Result<Exit> {
    let mut failed = false;
    wire::sink(lines, |line| match line {
        Ok(line) => writeln!(out, "{line}"),
        Err(Dropped { origin, why: Why::Reject(reject) }) => {
            failed |= reject.stage == Stage::Read && reject.reason == RejectReason::Io;
            let id = (!origin.uri.is_empty()).then_some(origin.uri);
            writeln!(out, "{}", json!({ "id": id, "reject": reject }))
        }
        Err(Dropped { origin, why: Why::Skip(reason) }) => {
            tracing::debug!("skipped {}: {reason}", origin.uri);
            Ok(())
        }
    })
    .and_then(|()| out.flush())
    .context("cannot write to standard output")?;
    Ok(if failed { Exit::Input } else { Exit::Done })
}

/// Lines of JSONL files as records.
struct Rows {
    files: std::vec::IntoIter<String>,
    current: Option<(String, Box<dyn BufRead + Send>)>,
    line: u64,
    stage: Stage,
}

impl Rows {
    fn open(files: Vec<String>, stage: Stage) -> Self {
        Self { files: files.into_iter(), current: None, line: 0, stage }
    }

    #[expect(clippy::disallowed_methods, reason = "the stage commands read the files they are given")]
    fn next_file(&mut self) -> Option<Result<(), Dropped>> {
        let name = self.files.next()?;
        let reader: Box<dyn BufRead + Send> = if name == "-" {
            Box::new(std::io::BufReader::new(std::io::stdin()))
        } else {
            match std::fs::File::open(&name) {
                Ok(file) => Box::new(std::io::BufReader::with_capacity(1 << 18, file)),
                Err(error) => {
                    return Some(Err(dropped(
                        name.clone(),
                        Stage::Read,
                        RejectReason::Io,
                        format!("cannot open {name}: {error}"),
                    )));
                }
            }
        };
        self.current = Some((name, reader));
        self.line = 0;
        Some(Ok(()))
    }

    fn read_line(&mut self) -> Option<Result<Vec<u8>, Dropped>> {
        loop {
            if self.current.is_none()
                && let Err(dropped) = self.next_file()?
            {
                return Some(Err(dropped));
            }
            let (name, reader) = self.current.as_mut()?;
            let mut line = Vec::new();
            match reader.read_until(b'\n', &mut line) {
                Ok(0) => self.current = None,
                Ok(_) => {
                    self.line += 1;
                    return Some(Ok(line));
                }
                Err(error) => {
                    let detail = format!("cannot read {name} after line {}: {error}", self.line);
                    let name = name.clone();
                    self.current = None;
                    return Some(Err(dropped(name, Stage::Read, RejectReason::Io, detail)));
                }
            }
        }
    }
}

fn dropped(uri: String, stage: Stage, reason: RejectReason, detail: String) -> Dropped {
    Dropped { origin: Origin { uri, offset: None }, why: Why::Reject(Reject::new(stage, reason, detail)) }
}

impl Iterator for Rows {
    type Item = Result<Row, Dropped>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = match self.read_line()? {
            Ok(bytes) => bytes,
            Err(dropped) => return Some(Err(dropped)),
        };
        let line = self.line;
        let bad = |id: String, detail: String| Some(Err(dropped(id, self.stage, RejectReason::Malformed, detail)));
        let value: Value = match serde_json::from_slice(&bytes) {
            Ok(value) => value,
            Err(error) => return bad(String::new(), format!("line {line}: {error}")),
        };
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(reject) =
            value.get("reject").and_then(|reject| serde_json::from_value::<Reject>(reject.clone()).ok())
        {
            // A reject of the stage before passes through, so that lines keep their number.
            return Some(Err(Dropped { origin: Origin { uri: id, offset: None }, why: Why::Reject(reject) }));
        }
        if value.get("text").and_then(Value::as_str).is_none() {
            return bad(id, format!("line {line}: no \"text\""));
        }
        let record: Record<CharSpan> = match serde_json::from_value(value) {
            Ok(record) => record,
            Err(error) => return bad(id, format!("line {line}: {error}")),
        };
        let record = match record.into_bytes() {
            Ok(record) => record,
            Err(error) => return bad(id, format!("line {line}: {error}")),
        };
        Some(Ok(Row { record: with_blocks(record), line }))
    }
}

/// Infers blocks from lines where a record has none.
fn with_blocks(mut record: Record<Span>) -> Record<Span> {
    if record.blocks.is_empty() {
        let mut start = 0;
        for line in record.text.split_inclusive('\n') {
            let text = line.trim_end_matches('\n');
            if !text.trim().is_empty()
                && let Ok(span) = Span::new(start, start + text.len())
            {
                let titled = start == 0 && record.title.as_deref() == Some(text);
                let kind = if titled { BlockKind::Title } else { BlockKind::Paragraph };
                record.blocks.push(Block { kind, span, language: None, source: SourceSpan::default() });
            }
            start += line.len();
        }
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_inferred_from_lines() {
        let record = Record {
            title: Some("عنوان".to_owned()),
            text: "عنوان\n\nفقرة".to_owned(),
            ..serde_json::from_str::<Record<CharSpan>>("{}").unwrap().into_bytes().unwrap()
        };
        let record = with_blocks(record);
        let kinds: Vec<(BlockKind, Option<&str>)> =
            record.blocks.iter().map(|block| (block.kind, block.span.of(&record.text))).collect();
        assert_eq!(kinds, [(BlockKind::Title, Some("عنوان")), (BlockKind::Paragraph, Some("فقرة"))]);
    }
}

//! What a run wrote: its documents, rejects and manifest.

use std::path::Path;

use khabar_model::{BlockKind, CharIndex, CharSpan, Record, RejectRow};
use serde_json::Value;

use crate::file;

/// One document of a run.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line, as it stands in `documents.jsonl`.
    pub line: String,
    /// The record on it.
    pub record: Record<CharSpan>,
}

impl Row {
    /// Reads a line.
    ///
    /// # Errors
    /// What serde says of a line that is no record.
    pub fn of_line(line: &str) -> Result<Self, String> {
        let record = serde_json::from_str(line).map_err(|error| error.to_string())?;
        Ok(Self { line: line.to_owned(), record })
    }

    /// The bytes that the record was made of, where its file is the document; `None` where a file holds many records.
    ///
    /// # Errors
    /// A file that cannot be read. `source.uri` must be a path from here, and the file not compressed.
    pub fn payload(&self) -> Result<Option<Vec<u8>>, String> {
        let uri = &self.record.source.uri;
        if uri.contains('#') { Ok(None) } else { file::bytes(Path::new(uri)).map(Some) }
    }

    /// The characters under a span; empty if it lies outside of the text.
    #[must_use]
    pub fn slice(&self, span: CharSpan) -> &str {
        self.under(&CharIndex::new(&self.record.text), span)
    }

    /// Every block with its text.
    #[must_use]
    pub fn blocks(&self) -> Vec<(BlockKind, &str)> {
        let index = CharIndex::new(&self.record.text);
        self.record.blocks.iter().map(|block| (block.kind, self.under(&index, block.span))).collect()
    }

    /// The text that extraction is scored by: the blocks without title and captions, joined by newlines.
    #[must_use]
    pub fn body(&self) -> String {
        let body = self.blocks().into_iter().filter(|(kind, _)| kind.is_body());
        body.map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    fn under(&self, index: &CharIndex<'_>, span: CharSpan) -> &str {
        index.to_bytes(span).ok().and_then(|bytes| bytes.of(&self.record.text)).unwrap_or_default()
    }
}

/// The folder that a run wrote.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The documents, in output order.
    pub documents: Vec<Row>,
    /// The rejects, in output order.
    pub rejects: Vec<RejectRow>,
    /// The manifest; null where there is none.
    pub manifest: Value,
}

impl Records {
    /// Reads `documents.jsonl` of a folder, and `rejects.jsonl` and `manifest.json` where they exist.
    ///
    /// # Errors
    /// The file and line that cannot be read.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("documents.jsonl");
        let text = file::text(&path)?;
        let place = |at: usize, error| format!("{}, line {}: {error}", path.display(), at + 1);
        let rows = text.lines().enumerate().map(|(at, line)| Row::of_line(line).map_err(|error| place(at, error)));
        let documents = rows.collect::<Result<_, String>>()?;
        let rejects = folder.join("rejects.jsonl");
        let rejects = if rejects.exists() { file::json_lines(&rejects)? } else { Vec::new() };
        let manifest = folder.join("manifest.json");
        let manifest = match manifest.exists() {
            true => serde_json::from_str(&file::text(&manifest)?)
                .map_err(|error| format!("{}: {error}", manifest.display()))?,
            false => Value::Null,
        };
        Ok(Self { documents, rejects, manifest })
    }

    /// The document whose `source.uri` is `uri` or ends with it as a path.
    #[must_use]
    pub fn document(&self, uri: &str) -> Option<&Row> {
        self.documents.iter().find(|row| is_at(&row.record.source.uri, uri))
    }

    /// The reject whose `uri` is `uri` or ends with it as a path.
    #[must_use]
    pub fn reject(&self, uri: &str) -> Option<&RejectRow> {
        self.rejects.iter().find(|row| is_at(&row.uri, uri))
    }

    /// The document with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Row> {
        self.documents.iter().find(|row| row.record.id == id)
    }
}

/// True if the path `whole` is `end` or ends with it, at a separator.
pub(crate) fn is_at(whole: &str, end: &str) -> bool {
    whole.strip_suffix(end).is_some_and(|head| head.is_empty() || head.ends_with('/'))
}

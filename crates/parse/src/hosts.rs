//! Lines that repeat over the documents of a host: what `khabar hosts` learned, or a person wrote down.
//!
//! The file is JSON, one line of it a repeated line, so that it can be read, corrected and kept under version control:
//!
//! ```json
//! {"version": 1, "hosts": {
//!   "akhbar.example": {"documents": 120, "lines": [
//!     {"documents": 95, "line": "رابط الخبر في صحيفة أخبار"}
//!   ]}
//! }}
//! ```
//!
//! A line matches in any spelling that folds to the same key. `documents` may be left out: such a line was written by a
//! person, and holds whatever its length.

use std::collections::BTreeMap;

use khabar_model::RawDoc;
use serde::Deserialize;

use crate::line::Line;

pub(crate) use self::cut::cut;
pub use self::learn::{HostLearner, Learned};

mod cut;
mod learn;
#[cfg(test)]
mod tests;

/// Version of the file format.
const VERSION: u64 = 1;

/// Letters from which a line is long, and may be running text. Such a line must stand in a large share of the documents:
/// outlets repeat a sentence of background, or the lead of a related story, for weeks.
const LONG: usize = 60;

/// Characters from which no line is learned.
const MAX_CHARS: usize = 600;

/// A large share of the documents: 30 %.
const LARGE_SHARE: (u64, u64) = (3, 10);

/// Repeated lines by host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostLines {
    hosts: BTreeMap<String, Host>,
}

/// The repeated lines of one host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Host {
    /// Different documents of the host that were looked at.
    documents: u64,
    /// How far the counts may be too low.
    undercount: u64,
    /// By fold key.
    lines: BTreeMap<String, Repeated>,
}

/// One repeated line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Repeated {
    /// Documents that it stands in; `None` where a person wrote it down.
    documents: Option<u64>,
    /// As one of them spells it.
    line: String,
}

/// What a host's lines say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It does not repeat, or not enough for its length.
    Text,
    Repeated,
    /// It stands in a large share of the documents.
    Everywhere,
}

/// A file of repeated lines that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostsError {
    kind: HostsErrorKind,
    detail: String,
}

/// The ways in which a file of repeated lines can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostsErrorKind {
    /// It is no JSON, or not of this shape.
    Format,
    /// It was written for another version of khabar.
    Version,
    /// A line without a letter or a digit, which would match nothing.
    EmptyLine,
}

impl HostsError {
    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> HostsErrorKind {
        self.kind
    }
}

impl std::fmt::Display for HostsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for HostsError {}

/// The file as serde reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    hosts: BTreeMap<String, FileHost>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileHost {
    #[serde(default)]
    documents: u64,
    #[serde(default)]
    undercount: u64,
    lines: Vec<FileLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileLine {
    #[serde(default)]
    documents: Option<u64>,
    line: String,
}

impl HostLines {
    /// Reads a file that [`HostLines::to_json`] wrote, or a person.
    ///
    /// # Errors
    /// What is wrong with it, with line and column where it is JSON at all.
    pub fn from_json(bytes: &[u8]) -> Result<Self, HostsError> {
        let error = |kind, detail: String| HostsError { kind, detail };
        let file: File = match serde_json::from_slice(bytes) {
            Ok(file) => file,
            Err(cause) => {
                let version = serde_json::from_slice::<serde_json::Value>(bytes).ok();
                let version = version.as_ref().and_then(|file| file.get("version")).and_then(serde_json::Value::as_u64);
                return Err(match version.filter(|version| *version != VERSION) {
                    Some(version) => error(HostsErrorKind::Version, wrong_version(version)),
                    None => error(HostsErrorKind::Format, cause.to_string()),
                });
            }
        };
        if file.version != VERSION {
            return Err(error(HostsErrorKind::Version, wrong_version(file.version)));
        }
        let mut hosts: BTreeMap<String, Host> = BTreeMap::new();
        for (name, FileHost { documents, undercount, lines }) in file.hosts {
            let host = hosts.entry(site(&name)).or_default();
            host.documents = host.documents.max(documents);
            host.undercount = host.undercount.max(undercount);
            for FileLine { documents, line } in lines {
                let key = khabar_text::fold(&line);
                if !key.chars().any(char::is_alphanumeric) {
                    return Err(error(HostsErrorKind::EmptyLine, format!("host `{name}`: `{line}` has no letter")));
                }
                host.lines.insert(key, Repeated { documents, line });
            }
        }
        Ok(Self { hosts })
    }

    /// The file: hosts in order of their names, lines by falling count, one a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut json = format!("{{\"version\": {VERSION}, \"hosts\": {{");
        for (nth, (name, host)) in self.hosts.iter().enumerate() {
            json.push_str(if nth == 0 { "\n" } else { ",\n" });
            let undercount = match host.undercount {
                0 => String::new(),
                count => format!("\"undercount\": {count}, "),
            };
            json.push_str(&format!(
                "  {}: {{\"documents\": {}, {undercount}\"lines\": [",
                quoted(name),
                host.documents
            ));
            let mut lines: Vec<(&String, &Repeated)> = host.lines.iter().collect();
            lines.sort_by_key(|(key, repeated)| (std::cmp::Reverse(repeated.documents), *key));
            for (nth, (_, repeated)) in lines.into_iter().enumerate() {
                json.push_str(if nth == 0 { "\n" } else { ",\n" });
                let count = repeated.documents.map_or_else(String::new, |count| format!("\"documents\": {count}, "));
                json.push_str(&format!("    {{{count}\"line\": {}}}", quoted(&repeated.line)));
            }
            json.push_str("\n  ]}");
        }
        json.push_str("\n}}\n");
        json
    }

    /// How many hosts have repeated lines.
    #[must_use]
    pub fn hosts(&self) -> usize {
        self.hosts.len()
    }

    /// How many repeated lines there are.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.hosts.values().map(|host| host.lines.len()).sum()
    }

    /// The lines of the host of a document.
    pub(crate) fn of(&self, raw: &RawDoc) -> Option<&Host> {
        self.hosts.get(&site_of(raw)?)
    }
}

impl Host {
    fn verdict(&self, line: &Line) -> Verdict {
        let Some(repeated) = self.lines.get(&line.key) else { return Verdict::Text };
        match repeated.documents {
            None => Verdict::Repeated,
            Some(count) if is_large_share(count, self.documents) => Verdict::Everywhere,
            Some(_) if is_long(line) => Verdict::Text,
            Some(_) => Verdict::Repeated,
        }
    }
}

/// Whether a line needs a large share of the documents to be called repeated.
fn is_long(line: &Line) -> bool {
    line.letters >= LONG
}

fn is_large_share(count: u64, documents: u64) -> bool {
    let (part, whole) = LARGE_SHARE;
    count.saturating_mul(whole) >= documents.saturating_mul(part)
}

fn wrong_version(version: u64) -> String {
    format!("version {version}, and this khabar reads version {VERSION}: run `khabar hosts` again")
}

/// The site that a document is from: the host of its address, which the reader knows, or else the address tells.
fn site_of(raw: &RawDoc) -> Option<String> {
    let host = raw.source.host.clone().or_else(|| {
        let url = url::Url::parse(raw.source.url.as_deref()?).ok()?;
        url.host_str().map(str::to_owned)
    })?;
    Some(site(&host)).filter(|site| !site.is_empty())
}

/// `www.akhbar.example` and `akhbar.example` are one site.
fn site(host: &str) -> String {
    let host = host.trim().to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

//! Date expressions with the values that they should have.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::peers;
use crate::file;
use crate::table::align;

/// A row of a list: how it is read, in which language, published when, and what it should give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// True if the whole string is a date; else it is a running text.
    pub whole: bool,
    /// The tag of the language, where it is known.
    pub language: Option<String>,
    /// The day of publication, where it is known.
    pub published: Option<String>,
    /// Without the marks around its mentions.
    pub text: String,
    /// Values in the order of the mentions, "unknown" for one without a value.
    pub values: Vec<String>,
}

/// What a tool made of a row.
#[derive(Clone, Debug, Deserialize)]
struct Made {
    list: String,
    line: usize,
    values: Vec<String>,
}

/// The rows of a list.
///
/// # Errors
/// A file that cannot be read, or a line without seven columns.
pub fn read(path: &Path) -> Result<Vec<Row>, String> {
    let text = file::text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let row = |(at, line): (usize, &str)| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [reading, language, published, text, values, ..] = columns.as_slice() else {
            return Err(format!("{}, line {}: too few columns", path.display(), at + 1));
        };
        let given = |value: &str| (value != "-").then(|| value.to_owned());
        Ok(Row {
            line: at + 1,
            whole: *reading == "parse",
            language: given(language),
            published: given(published),
            text: text.replace(['⟦', '⟧'], ""),
            values: if *values == "none" { Vec::new() } else { values.split(' ').map(str::to_owned).collect() },
        })
    };
    lines.map(row).collect()
}

/// What khabar makes of a row.
#[must_use]
pub fn ours(row: &Row) -> Vec<String> {
    let language = row.language.as_deref();
    // A date line without its year needs the day of publication, which `parse` is not told.
    if row.whole && row.published.is_none() {
        return khabar_dates::parse(&row.text, language).into_iter().map(|date| date.value).collect();
    }
    let found = khabar_dates::find(&row.text, language, row.published.as_deref());
    found.into_iter().map(|date| date.value.unwrap_or_else(|| "unknown".to_owned())).collect()
}

/// The rows of one list that each tool has right.
#[derive(Clone, Debug, Serialize)]
pub struct ListScore {
    /// Name of the list.
    pub list: String,
    /// Name of the tool, with its version where it is not ours.
    pub tool: String,
    /// Rows that are right, and all, by language.
    pub languages: BTreeMap<String, (usize, usize)>,
    /// Wrong rows: line, text, wanted and found.
    #[serde(skip)]
    pub faults: Vec<String>,
}

/// All lists.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Ours first, then peers, list by list.
    pub lists: Vec<ListScore>,
}

/// Scores a list, for us and for every peer in `folder`.
///
/// # Errors
/// A file that cannot be read.
pub fn score(path: &Path, folder: &Path) -> Result<Vec<ListScore>, String> {
    let rows = read(path)?;
    let list = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
    let mut scores = vec![judge(&list, "khabar", &rows, ours)];
    for path in peers(folder)? {
        let tool = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let made: Vec<Made> = file::json_lines(&path)?;
        let made: BTreeMap<usize, Vec<String>> =
            made.into_iter().filter(|made| made.list == list).map(|made| (made.line, made.values)).collect();
        scores.push(judge(&list, &tool, &rows, |row| made.get(&row.line).cloned().unwrap_or_default()));
    }
    Ok(scores)
}

fn judge(list: &str, tool: &str, rows: &[Row], of: impl Fn(&Row) -> Vec<String>) -> ListScore {
    let mut languages: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in rows {
        let found = of(row);
        // A peer gives a moment for every day: it is held to the precision that is wanted.
        let same = |found: &String, wanted: &String| found.get(..wanted.len()) == Some(wanted);
        let right = found.len() == row.values.len()
            && if tool == "khabar" {
                found == row.values
            } else {
                found.iter().zip(&row.values).all(|(f, w)| same(f, w))
            };
        let language = row.language.clone().unwrap_or_else(|| "-".to_owned());
        let (good, all) = languages.entry(language).or_default();
        *good += usize::from(right);
        *all += 1;
        if !right {
            faults.push(format!("{list}:{}\t{}\t{:?}\t{found:?}", row.line, row.text, row.values));
        }
    }
    ListScore { list: list.to_owned(), tool: tool.to_owned(), languages, faults }
}

impl ListScore {
    /// Right rows, and all.
    #[must_use]
    pub fn total(&self) -> (usize, usize) {
        self.languages.values().fold((0, 0), |(good, all), (right, rows)| (good + right, all + rows))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![["list", "tool", "right", "all", "share", "by language"].map(str::to_owned).to_vec()];
        for score in &self.lists {
            let (right, all) = score.total();
            let languages = score.languages.iter().map(|(language, (right, all))| format!("{language} {right}/{all}"));
            rows.push(vec![
                score.list.clone(),
                score.tool.clone(),
                right.to_string(),
                all.to_string(),
                format!("{:.1}", super::share(right, all) * 100.0),
                languages.collect::<Vec<_>>().join(", "),
            ]);
        }
        f.write_str(&align(&rows))
    }
}

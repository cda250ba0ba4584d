//! Scores lists of date expressions, and beside them what another tool made of the same rows.
//!
//! ```text
//! cargo run --release -p khabar-dates --example score_expressions -- LIST... [--peer NAME@VERSION.jsonl] [--faults]
//! ```
//! A list has the columns that `tests/expressions.tsv` explains. A peer's file has a JSON line a row: `list` (the name of
//! the file without its ending), `line` (from 1) and `values`; a peer gives a moment for every day, and is held to the
//! precision that is wanted.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]
#![expect(clippy::disallowed_methods, reason = "an example may read files")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut lists, mut peers, mut faults) = (Vec::new(), Vec::new(), false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--faults" => faults = true,
            "--peer" => peers.push(args.next().ok_or("--peer needs a file")?),
            _ => lists.push(arg),
        }
    }
    if lists.is_empty() {
        return Err("usage: score_expressions LIST... [--peer FILE] [--faults]".into());
    }
    let (mut right, mut all) = (0, 0);
    for list in &lists {
        let rows = read(Path::new(list))?;
        let name = Path::new(list).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let (good, of) = judge(name, "khabar", &rows, faults, ours);
        (right, all) = (right + good, all + of);
        for peer in &peers {
            let made = made(peer, name)?;
            let tool = Path::new(peer).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            judge(name, tool, &rows, false, |row| made.get(&row.line).cloned().unwrap_or_default());
        }
    }
    println!("khabar, all lists: {right} of {all}, {:.1} %", share(right, all));
    Ok(())
}

/// A row of a list: how it is read, in which language, published when, and what it should give.
struct Row {
    /// Its line in the file, from 1.
    line: usize,
    /// True if the whole string is a date; else it is a running text.
    whole: bool,
    /// The tag of the language, where it is known.
    language: Option<String>,
    /// The day of publication, where it is known.
    published: Option<String>,
    /// Without the marks around its mentions.
    text: String,
    /// Values in the order of the mentions, "unknown" for one without a value.
    values: Vec<String>,
}

/// The rows of a list.
fn read(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let row = |(at, line): (usize, &str)| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [reading, language, published, text, values, ..] = columns.as_slice() else {
            return Err(format!("{}, line {}: too few columns", path.display(), at + 1).into());
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
fn ours(row: &Row) -> Vec<String> {
    let language = row.language.as_deref();
    // A date line without its year needs the day of publication, which `parse` is not told.
    if row.whole && row.published.is_none() {
        return khabar_dates::parse(&row.text, language).into_iter().map(|date| date.value).collect();
    }
    let found = khabar_dates::find(&row.text, language, row.published.as_deref());
    found.into_iter().map(|date| date.value.unwrap_or_else(|| "unknown".to_owned())).collect()
}

/// What a peer made of the rows of a list, by line.
fn made(path: &str, list: &str) -> Result<BTreeMap<usize, Vec<String>>, Box<dyn Error>> {
    let mut made = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let Some(at) = row["line"].as_u64().filter(|_| row["list"] == list) else { continue };
        let values = row["values"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        made.insert(usize::try_from(at)?, values.collect());
    }
    Ok(made)
}

/// Prints the rows that a tool has right, by language; returns right ones and all.
fn judge(list: &str, tool: &str, rows: &[Row], list_faults: bool, of: impl Fn(&Row) -> Vec<String>) -> (usize, usize) {
    let mut languages: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in rows {
        let found = of(row);
        let same = |(found, wanted): (&String, &String)| found.get(..wanted.len()) == Some(wanted);
        let right = found.len() == row.values.len()
            && if tool == "khabar" { found == row.values } else { found.iter().zip(&row.values).all(same) };
        let counts = languages.entry(row.language.as_deref().unwrap_or("-")).or_default();
        counts.0 += usize::from(right);
        counts.1 += 1;
        if !right {
            faults.push(format!("  {list}:{}: {} wanted {:?}, found {found:?}", row.line, row.text, row.values));
        }
    }
    let (right, all) = languages.values().fold((0, 0), |(right, all), (good, of)| (right + good, all + of));
    let each: Vec<String> =
        languages.iter().map(|(language, (right, all))| format!("{language} {right}/{all}")).collect();
    println!("{list}, {tool}: {right} of {all}, {:.1} %: {}", share(right, all), each.join(", "));
    if list_faults {
        faults.iter().for_each(|fault| println!("{fault}"));
    }
    (right, all)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

//! A report as one table for a terminal.

use std::fmt;

use crate::report::{DocumentScore, Report, Tally};

/// The columns, and what they show.
const HEAD: [&str; 17] = [
    "document",
    "lang",
    "title",
    "date",
    "cal",
    "auth",
    "publ",
    "meta",
    "body",
    "kind",
    "cut",
    "extra",
    "capt",
    "boilerplate",
    "left",
    "dup",
    "ent",
];

/// Under the table.
const LEGEND: &str = "\
Figures are right/all, \"·\" where there is nothing to find. cal: calendar of the date. meta: section and credits. body: lines kept; \
kind: of the right kind; cut: wrongly cut; extra: blocks beyond the gold. boilerplate: cut with the right reason/all, +n with \
another reason. left: boilerplate still in the text, !n gone without a trace. dup: relation to an earlier document.";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.documents.iter().chain([&self.total]).map(cells));
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
        for row in &rows {
            let mut line = format!("{:<1$}", row[0], widths[0]);
            for (cell, width) in row.iter().zip(&widths).skip(1) {
                line.push_str(&format!("  {cell:>width$}"));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        writeln!(f, "{LEGEND}")?;
        let faults = self.faults();
        for fault in &faults {
            writeln!(f, "- {fault}")?;
        }
        writeln!(f, "{} faults", faults.len())
    }
}

fn cells(score: &DocumentScore) -> [String; HEAD.len()] {
    let boilerplate = score.boilerplate;
    let others = if boilerplate.wrong_reason == 0 { String::new() } else { format!("+{}", boilerplate.wrong_reason) };
    let lost = if boilerplate.lost == 0 { String::new() } else { format!("!{}", boilerplate.lost) };
    [
        score.uri.clone(),
        tally(score.language),
        tally(score.title),
        tally(score.published),
        tally(score.calendar),
        tally(score.authors),
        tally(score.publisher),
        tally(score.metadata),
        tally(score.body),
        tally(score.kinds),
        number(score.body_cut),
        number(score.body_extra),
        tally(score.captions),
        format!("{}{others}", tally(Tally { right: boilerplate.right, of: boilerplate.of() })),
        format!("{}{lost}", number(boilerplate.left_in_text)),
        tally(score.duplicates),
        tally(score.entities),
    ]
}

fn tally(tally: Tally) -> String {
    if tally.of == 0 { "·".to_owned() } else { format!("{}/{}", tally.right, tally.of) }
}

fn number(number: u32) -> String {
    if number == 0 { "·".to_owned() } else { number.to_string() }
}

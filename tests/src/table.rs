//! A report as one table for a terminal.

use std::fmt;

use crate::report::{DocumentScore, Report, Tally};

/// The columns, and what they show.
const HEAD: [&str; 20] = [
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
    "direct",
    "ind",
    "spkr",
];

/// Under the table.
const LEGEND: &str = "\
Figures are right/all, \"·\" where there is nothing to find. cal: calendar of the date. meta: section and credits. body: lines kept; \
kind: of the right kind; cut: wrongly cut; extra: blocks beyond the gold. boilerplate: cut with the right reason/all, +n with \
another reason. left: boilerplate still in the text, !n gone without a trace. dup: relation to an earlier document. \
direct, ind: quotes found; spkr: right speakers of those.";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.documents.iter().chain([&self.total]).map(cells));
        f.write_str(&align(&rows))?;
        writeln!(f, "{LEGEND}")?;
        for said in &self.total.other_speakers {
            writeln!(f, "~ {said}")?;
        }
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
        tally(score.direct),
        tally(score.indirect),
        tally(score.speakers),
    ]
}

/// Rows of equal length as lines: the first column to the left, the others to the right.
pub(crate) fn align<R: AsRef<[String]>>(rows: &[R]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.as_ref().len()), 0);
        for (width, cell) in widths.iter_mut().zip(row.as_ref()) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut lines = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.as_ref().iter().zip(&widths).enumerate() {
            line.push_str(&if at == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") });
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

pub(crate) fn tally(tally: Tally) -> String {
    if tally.of == 0 { "·".to_owned() } else { format!("{}/{}", tally.right, tally.of) }
}

pub(crate) fn number(number: u32) -> String {
    if number == 0 { "·".to_owned() } else { number.to_string() }
}

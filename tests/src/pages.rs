//! Our own gold pages: what a person says of every block and every piece of junk of a page, held against its record.
//!
//! `<folder>/<language>/<case>.in.html` is a page, `<case>.expect.txt` beside it says what must come out (the format is
//! in `tests/src/pages/expect.rs`). Texts are compared with white space collapsed, and without what repair takes out of
//! any text: tatweel, direction marks, invisible spaces, a ZWNJ that parts no letters. Everything else tells: ZWNJ within a
//! word, vowel marks, the form of a kaf.

use std::path::Path;

use khabar_model::{BlockKind, RemovalReason};
use khabar_testkit::show_invisible;

pub use report::{PageScore, Report};

use crate::extraction::overlap;
use crate::file;
use crate::records::{Records, Row};
use expect::Expect;

mod expect;
mod report;

/// Characters of a text that a fault quotes.
const QUOTED: usize = 60;

/// Words that a block must share with what it should be (F1), to be called a wrong form of it.
const SAME_BLOCK: f64 = 0.5;

/// The ending of a page.
const PAGE: &str = ".in.html";

/// What `khabar run` takes to read the pages of a folder, and nothing beside them.
#[must_use]
pub fn glob(folder: &Path) -> std::path::PathBuf {
    folder.join(format!("*/*{PAGE}"))
}

/// Scores the pages of a folder.
///
/// # Errors
/// A file that cannot be read, a page without expectations or the other way round, a folder without a page.
pub fn score(folder: &Path, records: &Records) -> Result<Report, String> {
    let split = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut pages = Vec::new();
    for language in file::entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        let name = language.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files = file::entries(&language)?;
        let cases = |ending: &str| -> Vec<String> {
            let names = files.iter().filter_map(|path| path.file_name()?.to_str()?.strip_suffix(ending));
            names.map(str::to_owned).collect()
        };
        let (found, expected) = (cases(PAGE), cases(".expect.txt"));
        if let Some(case) = found.iter().find(|case| !expected.contains(case)) {
            return Err(format!("{name}/{case}{PAGE} has no {case}.expect.txt"));
        }
        for case in expected {
            let path = language.join(format!("{case}.expect.txt"));
            let at = |error| format!("{}: {error}", path.display());
            let expect = Expect::parse(&file::text(&path)?).map_err(at)?;
            if !found.contains(&case) {
                return Err(at(format!("there is no {case}{PAGE}")));
            }
            let uri = format!("{split}/{name}/{case}{PAGE}");
            let mut score = PageScore::of(&split, &name, &case);
            match records.document(&uri) {
                Some(row) => compare(&expect, row, &mut score),
                None => {
                    compare(&expect, &Row::of_line("{}")?, &mut score);
                    let why = records.reject(&uri).map_or("none was written".to_owned(), |row| row.reject.to_string());
                    score.lose(format!("no record: {why}"));
                }
            }
            pages.push(score);
        }
    }
    if pages.is_empty() {
        return Err(format!("{} has no page", folder.display()));
    }
    Ok(Report { pages })
}

/// Holds a record against what must come out.
fn compare(expect: &Expect, row: &Row, score: &mut PageScore) {
    let record = &row.record;
    let blocks: Vec<Block> = row.blocks().into_iter().map(|(kind, text)| Block::of(kind, text)).collect();
    metadata(expect, row, score);
    compare_blocks(expect, &blocks, score);
    let text: String =
        blocks.iter().filter(|block| block.kind != BlockKind::Title).map(|block| squeezed(&block.text)).collect();
    let wanted = expect.blocks.iter().map(|(_, text)| text).chain(&expect.any);
    let wanted: String = wanted.map(|text| squeezed(&plain(text))).collect();
    // What a labelled block says too may stand in the text as often as there.
    let left = |junk: &str| text.matches(junk).count() > wanted.matches(junk).count();
    let cuts: Vec<(RemovalReason, String)> =
        record.removed.iter().map(|cut| (cut.reason, squeezed(&plain(&cut.text)))).collect();
    for (reason, junk) in &expect.removed {
        let squeezed = squeezed(&plain(junk));
        let kept = left(&squeezed);
        let as_any = |reasons: &dyn Fn(RemovalReason) -> bool| holds(&cuts, reasons, &squeezed);
        let right = !kept && as_any(&|found| found == *reason);
        let gone = right || !kept && as_any(&|_| true);
        score.removed.count(right);
        score.removed_any.count(gone);
        if kept {
            score.fault(format!("left in the text ({}): {}", name(reason), quote(junk)));
        } else if !gone {
            score.fault(format!("gone without a trace ({}): {}", name(reason), quote(junk)));
        } else if !right {
            let other = cuts.iter().find(|(_, text)| text.contains(&squeezed));
            let other = other.map_or("several reasons".to_owned(), |(reason, _)| name(reason));
            score.fault(format!("removed as {other}, not as {}: {}", name(reason), quote(junk)));
        }
    }
    for junk in &expect.absent {
        let absent = !left(&squeezed(&plain(junk)));
        score.absent.count(absent);
        if !absent {
            score.fault(format!("not absent: {}", quote(junk)));
        }
    }
}

/// True if a cut with a fitting reason holds the text, or several that follow each other hold it together.
fn holds(cuts: &[(RemovalReason, String)], fits: &dyn Fn(RemovalReason) -> bool, text: &str) -> bool {
    let runs = cuts.split(|(reason, _)| !fits(*reason));
    runs.map(|run| run.iter().map(|(_, text)| text.as_str()).collect::<String>()).any(|run| run.contains(text))
}

fn metadata(expect: &Expect, row: &Row, score: &mut PageScore) {
    let record = &row.record;
    let title = record.title.as_deref().map(plain);
    let right = title == expect.title.as_deref().map(plain);
    score.title.count(right);
    if !right {
        let found = title.as_deref().map_or("none".to_owned(), quote);
        score.fault(format!("the title is {found}, not {}", expect.title.as_deref().map_or("none".to_owned(), quote)));
    }
    let day = record.published.as_ref().map(|date| date.value.get(..10).unwrap_or(&date.value));
    let right = day == expect.date.as_deref();
    score.date.count(right);
    if !right {
        let [found, wanted] = [day, expect.date.as_deref()].map(|day| day.unwrap_or("none"));
        score.fault(format!("the date is {found}, not {wanted}"));
    }
    let sorted = |names: &[String]| {
        let mut names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        names.sort();
        names
    };
    let (found, wanted) = (sorted(&record.authors), sorted(&expect.authors));
    score.authors.count(found == wanted);
    if found != wanted {
        let shown = |names: &[String]| if names.is_empty() { "none".to_owned() } else { quote(&names.join(", ")) };
        score.fault(format!("authors are {}, not {}", shown(&found), shown(&wanted)));
    }
}

/// A block, with its text in the form that is compared.
#[derive(Clone, Debug)]
struct Block {
    kind: BlockKind,
    text: String,
    used: bool,
}

impl Block {
    fn of(kind: BlockKind, text: &str) -> Self {
        Self { kind, text: plain(text), used: false }
    }
}

fn compare_blocks(expect: &Expect, found: &[Block], score: &mut PageScore) {
    let any: Vec<String> = expect.any.iter().map(|text| plain(text)).collect();
    let mut labels: Vec<Block> = expect.blocks.iter().map(|(kind, text)| Block::of(*kind, text)).collect();
    let mut found: Vec<Block> = found.iter().filter(|block| block.kind != BlockKind::Title).cloned().collect();
    // Where each label was found, in the order of the labels.
    let mut places = vec![None; labels.len()];
    let same_text = |label: &Block, block: &Block| block.text == label.text || without(&block.text, &any) == label.text;
    for same_kind in [true, false] {
        for (label, place) in labels.iter_mut().zip(&mut places).filter(|(label, _)| !label.used) {
            let fits =
                |block: &Block| !block.used && (block.kind == label.kind || !same_kind) && same_text(label, block);
            let Some(at) = found.iter().position(fits) else { continue };
            let block = &mut found[at];
            (block.used, label.used, *place) = (true, true, Some(at));
            if !same_kind {
                score.fault(format!("{} comes as {}: {}", name(&label.kind), name(&block.kind), quote(&label.text)));
            }
            count(score, label.kind, same_kind, true);
        }
    }
    for (label, place) in labels.iter().zip(&mut places).filter(|(label, _)| !label.used) {
        count(score, label.kind, false, false);
        let likeness = |block: &Block| overlap::words(&label.text, &block.text).f1();
        let free = found.iter().enumerate().filter(|(_, block)| !block.used);
        let nearest = free.map(|(at, block)| (at, likeness(block))).max_by(|(_, one), (_, other)| one.total_cmp(other));
        match nearest.filter(|(_, likeness)| *likeness >= SAME_BLOCK) {
            Some((at, _)) => {
                (found[at].used, *place) = (true, Some(at));
                let (one, other) = first_difference(&label.text, &found[at].text);
                score.fault(format!("{} {}: {} instead of {}", name(&label.kind), quote(&label.text), other, one));
            }
            None => score.fault(format!("missing {}: {}", name(&label.kind), quote(&label.text))),
        }
    }
    // Junk that labels name is counted as left in the text.
    let junk = expect.removed.iter().map(|(_, text)| text).chain(&expect.absent);
    let junk: Vec<String> = junk.map(|text| squeezed(&plain(text))).collect();
    let named = |block: &Block| {
        let text = squeezed(&block.text);
        any.contains(&block.text) || junk.iter().any(|junk| text.contains(junk) || junk.contains(&text))
    };
    for block in found.iter().filter(|block| !block.used && !named(block)) {
        score.spurious += 1;
        score.fault(format!("spurious {}: {}", name(&block.kind), quote(&block.text)));
    }
    let places: Vec<usize> = places.into_iter().flatten().collect();
    let in_order = places.is_sorted();
    score.order.count(in_order);
    if !in_order {
        score.fault("blocks are not in page order".to_owned());
    }
}

fn count(score: &mut PageScore, kind: BlockKind, right: bool, text: bool) {
    if kind == BlockKind::Caption {
        score.captions.count(right);
    } else {
        score.blocks.count(right);
        score.texts.count(text);
    }
}

/// A block without the text at its beginning and end that may be there or not.
fn without<'t>(text: &'t str, any: &[String]) -> &'t str {
    let mut rest = text;
    for extra in any {
        rest = rest.strip_prefix(extra.as_str()).unwrap_or(rest).trim_start();
        rest = rest.strip_suffix(extra.as_str()).unwrap_or(rest).trim_end();
    }
    rest
}

/// White space collapsed, and nothing of what repair takes out of any text.
fn plain(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|&char| !is_idle(char)).collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|char| char.is_alphabetic());
    let joins = |at: usize| is_letter(at.checked_sub(1)) && is_letter(Some(at + 1));
    let kept = chars.iter().enumerate().filter(|&(at, &char)| char != '\u{200C}' || joins(at));
    let text: String = kept.map(|(_, char)| char).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tatweel, soft hyphens, direction marks, spaces without a width.
fn is_idle(char: char) -> bool {
    let direction = matches!(char, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}');
    direction || matches!(char, '\u{00AD}' | '\u{0640}' | '\u{200B}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The beginning of a text, on one line.
fn quote(text: &str) -> String {
    let text = plain(text);
    let short: String = text.chars().take(QUOTED).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("«{}{more}»", show_invisible(short.trim_end()))
}

/// Both texts from a few characters before where they part.
fn first_difference(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let from = same.saturating_sub(QUOTED / 4);
    let tail = |text: &str| text.chars().skip(from).collect::<String>();
    let shown = |text: &str| if from == 0 { quote(&tail(text)) } else { quote(&tail(text)).replacen('«', "«…", 1) };
    (shown(one), shown(other))
}

/// The word of the schema.
fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests;

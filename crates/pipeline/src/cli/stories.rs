//! `khabar stories`: the stories of an earlier run, as a list or one in full.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use khabar_model::{CharSpan, PassageRow, QuantityKind, QuoteStyle, Record, StoryRow};

use crate::exit::{Ended, Exit};

/// Arguments of `khabar stories`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar stories records                   the largest stories of the run in the folder records
  khabar stories records --least 3 --top 100
  khabar stories records --story ID        one story: who published when, what its documents share, where numbers differ")]
pub(crate) struct StoriesArgs {
    /// The folder that `khabar run --out` wrote.
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    /// Show this story in full: its id, or the beginning of it.
    #[arg(long, value_name = "ID")]
    story: Option<String>,

    /// List only stories of so many documents and more.
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: usize,

    /// List at most so many stories, the largest first.
    #[arg(long, value_name = "N", default_value_t = 50)]
    top: usize,
}

/// Entities in a line of the list.
const ENTITIES: usize = 5;

/// What is shown of a document.
struct Document {
    language: String,
    published: Option<String>,
    outlet: String,
    title: String,
    /// Id, label and mentions.
    entities: Vec<(String, String, usize)>,
    /// What is counted, and the value.
    counts: Vec<(String, f64)>,
    /// The text of direct quotes, folded, with the words as written.
    quotes: Vec<(String, String)>,
    text: String,
}

/// A membership, with its document.
struct Member {
    row: StoryRow,
    document: Document,
}

/// Lists the stories of a run, or shows one.
///
/// # Errors
/// A folder that no run wrote, or an id that no story has.
pub(crate) fn stories(args: &StoriesArgs) -> anyhow::Result<Exit> {
    let rows: Vec<StoryRow> = table(&args.dir, "stories.jsonl")?;
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *sizes.entry(&row.story).or_default() += 1;
    }
    let mut wanted: Vec<(&str, usize)> = match &args.story {
        Some(id) => sizes.into_iter().filter(|(story, _)| story.starts_with(id.as_str())).collect(),
        None => sizes.into_iter().filter(|&(_, size)| size >= args.least).collect(),
    };
    if let Some(id) = args.story.as_ref().filter(|_| wanted.len() != 1) {
        let what = if wanted.is_empty() { "no story begins with" } else { "several stories begin with" };
        return Err(Ended(Exit::Input, format!("{}: {what} {id}", args.dir.display())).into());
    }
    wanted.sort_by_key(|&(story, size)| (std::cmp::Reverse(size), story));
    wanted.truncate(args.top);
    let mut stories = members(&args.dir, &rows, &wanted)?;
    // The table knows days; the clock says who was first.
    stories.values_mut().for_each(|members| members.sort_by_key(|member| member.document.moment()));
    let passages: Vec<PassageRow> = if args.story.is_some() { table(&args.dir, "passages.jsonl")? } else { Vec::new() };
    let mut text = String::new();
    for (story, members) in wanted.iter().filter_map(|(story, _)| Some((*story, stories.get(*story)?))) {
        if args.story.is_some() {
            in_full(&mut text, story, members, &passages)?;
        } else {
            in_short(&mut text, story, members)?;
        }
    }
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

/// The documents of the stories that are wanted, in the order of the table.
fn members(dir: &Path, rows: &[StoryRow], wanted: &[(&str, usize)]) -> anyhow::Result<BTreeMap<String, Vec<Member>>> {
    let wanted: BTreeSet<&str> = wanted.iter().map(|(story, _)| *story).collect();
    let ids: BTreeSet<&str> =
        rows.iter().filter(|row| wanted.contains(row.story.as_str())).map(|row| row.id.as_str()).collect();
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    each(dir, "documents.jsonl", |record: Record<CharSpan>| {
        if ids.contains(record.id.as_str()) {
            documents.insert(record.id.clone(), Document::of(record));
        }
    })?;
    let mut stories: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for row in rows.iter().filter(|row| wanted.contains(row.story.as_str())) {
        if let Some(document) = documents.remove(&row.id) {
            stories.entry(row.story.clone()).or_default().push(Member { row: row.clone(), document });
        }
    }
    Ok(stories)
}

fn table<T: serde::de::DeserializeOwned>(dir: &Path, name: &str) -> anyhow::Result<Vec<T>> {
    let mut rows = Vec::new();
    each(dir, name, |row| rows.push(row))?;
    Ok(rows)
}

#[expect(clippy::disallowed_methods, reason = "reads what an earlier run wrote")]
fn each<T: serde::de::DeserializeOwned>(dir: &Path, name: &str, mut take: impl FnMut(T)) -> anyhow::Result<()> {
    let path = dir.join(name);
    let failed = |error: &dyn std::fmt::Display| Ended(Exit::Input, format!("cannot read {}: {error}", path.display()));
    let file = std::fs::File::open(&path).map_err(|error| failed(&error))?;
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| failed(&error))?;
        take(serde_json::from_str(&line).map_err(|error| failed(&format!("line {}: {error}", at + 1)))?);
    }
    Ok(())
}

impl Document {
    /// When it was published, as seconds of the epoch: a day without a time ends it, a time without a zone is taken as
    /// UTC. Those without a date are last.
    fn moment(&self) -> i64 {
        let Some(value) = self.published.as_deref() else { return i64::MAX };
        let civil = |moment: jiff::civil::DateTime| {
            moment.to_zoned(jiff::tz::TimeZone::UTC).map_or(i64::MAX, |at| at.timestamp().as_second())
        };
        let instant = value.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second);
        let instant = instant.or_else(|_| match self.has_time() {
            true => value.parse::<jiff::civil::DateTime>().map(civil),
            false => value.parse::<jiff::civil::Date>().map(|day| civil(day.at(23, 59, 59, 0))),
        });
        instant.unwrap_or(i64::MAX)
    }

    fn has_time(&self) -> bool {
        self.published.as_deref().is_some_and(|value| value.contains('T'))
    }

    fn of(record: Record<CharSpan>) -> Self {
        let outlet = record.publisher.or(record.source.host).unwrap_or(record.source.uri);
        let entities = record.entities.into_iter().map(|entity| {
            let label = entity.canonical.unwrap_or(entity.name);
            (entity.id, label, entity.mentions.len())
        });
        let counts = record.quantities.into_iter().filter(|quantity| quantity.kind == QuantityKind::Count);
        // «قتيل» and «کشته» count the same.
        let language = record.language.map_or_else(|| "und".to_owned(), |language| language.code);
        let unit =
            |unit: &str| khabar_dedup::concept(unit, &language).map_or_else(|| khabar_text::fold(unit), str::to_owned);
        let counts: Vec<(String, f64)> =
            counts.filter_map(|quantity| Some((unit(&quantity.unit?), quantity.value?))).collect();
        let quotes = record.quotes.into_iter().filter(|quote| quote.style == QuoteStyle::Direct);
        let quotes = quotes.map(|quote| (khabar_text::fold(&quote.text), quote.text));
        Self {
            language,
            published: record.published.map(|date| date.value),
            outlet,
            title: record.title.unwrap_or_else(|| record.text.chars().take(80).collect()),
            entities: entities.collect(),
            counts,
            quotes: quotes.collect(),
            text: record.text,
        }
    }
}

/// One paragraph of the list.
fn in_short(out: &mut String, story: &str, members: &[Member]) -> std::fmt::Result {
    let title = members.first().map_or("", |member| member.document.title.as_str());
    writeln!(out, "{title}")?;
    let outlets: BTreeSet<&str> = members.iter().map(|member| member.document.outlet.as_str()).collect();
    writeln!(
        out,
        "  {} documents, {} outlets, {}, {}",
        members.len(),
        outlets.len(),
        languages(members),
        dates(members)
    )?;
    writeln!(out, "  {}", entities(members).join(", "))?;
    writeln!(out, "  story {story}\n")
}

/// One story with all that is known of it.
fn in_full(out: &mut String, story: &str, members: &[Member], passages: &[PassageRow]) -> std::fmt::Result {
    writeln!(out, "story {story}: {} documents, {}, {}", members.len(), languages(members), dates(members))?;
    writeln!(out, "about: {}", entities(members).join(", "))?;
    first(out, members)?;
    writeln!(out)?;
    let outlets: BTreeMap<&str, &Document> =
        members.iter().map(|member| (member.row.id.as_str(), &member.document)).collect();
    for Member { row, document } in members {
        let published = document.published.as_deref().unwrap_or("no date");
        writeln!(out, "{published}  {}  {}", document.language, document.outlet)?;
        writeln!(out, "  {}", document.title)?;
        writeln!(out, "  {}", row.id)?;
        if !row.why.is_empty() {
            let why: Vec<String> = row.why.iter().map(|why| readable(why, &outlets)).collect();
            writeln!(out, "  why: {}", why.join("; "))?;
        }
    }
    shared(out, members, passages)?;
    disagreements(out, members)
}

/// Who was first, as far as times tell.
fn first(out: &mut String, members: &[Member]) -> std::fmt::Result {
    let Some(first) = members.iter().find(|member| member.document.published.is_some()) else { return Ok(()) };
    let published = first.document.published.as_deref().unwrap_or_default();
    // Of one moment there may be several.
    let moment = first.document.moment();
    let outlets: BTreeSet<&str> = members
        .iter()
        .filter(|member| member.document.moment() == moment)
        .map(|member| member.document.outlet.as_str())
        .collect();
    write!(out, "first: {} at {published}", outlets.iter().copied().collect::<Vec<_>>().join(" and "))?;
    let day = published.get(..10);
    let vague = members.iter().filter(|member| member.row.id != first.row.id).map(|member| &member.document);
    let vague =
        vague.filter(|other| !other.has_time() && other.published.as_deref().and_then(|at| at.get(..10)) == day);
    let vague: BTreeSet<&str> =
        vague.map(|other| other.outlet.as_str()).filter(|outlet| !outlets.contains(outlet)).collect();
    if !vague.is_empty() {
        let vague: Vec<&str> = vague.into_iter().collect();
        write!(out, " (of that day, without a time: {})", vague.join(", "))?;
    }
    writeln!(out)
}

/// A reason with the outlet in place of the id of another document, and digits of large numbers in threes.
fn readable(why: &str, documents: &BTreeMap<&str, &Document>) -> String {
    let Some((kind, what)) = why.split_once(": ") else { return why.to_owned() };
    match kind {
        "like" | "duplicate" => {
            let (id, rest) = what.split_once(' ').unwrap_or((what, ""));
            let Some(document) = documents.get(id) else { return why.to_owned() };
            let day = document.published.as_deref().and_then(|at| at.get(..10)).unwrap_or("no date");
            format!("{kind}: {}, {day} {rest}", document.outlet).trim_end().to_owned()
        }
        "number" => format!("{kind}: {}", in_threes(what)),
        _ => why.to_owned(),
    }
}

/// `8400000000` as `8,400,000,000`; years and fractions as they are.
fn in_threes(number: &str) -> String {
    if number.len() < 5 || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = String::with_capacity(number.len() * 4 / 3 + 1);
    for (at, digit) in number.char_indices() {
        if at > 0 && (number.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Quotes and passages that several documents have.
fn shared(out: &mut String, members: &[Member], passages: &[PassageRow]) -> std::fmt::Result {
    let mut quotes: BTreeMap<&str, (BTreeSet<&str>, &str)> = BTreeMap::new();
    for member in members {
        for (key, text) in &member.document.quotes {
            let (outlets, _) = quotes.entry(key).or_insert_with(|| (BTreeSet::new(), text));
            outlets.insert(&member.document.outlet);
        }
    }
    let ids: BTreeMap<&str, &Document> =
        members.iter().map(|member| (member.row.id.as_str(), &member.document)).collect();
    // Copies share what their originals share.
    let mut spans: BTreeSet<(&str, &str, String)> = BTreeSet::new();
    for passage in passages {
        if let (Some(later), Some(earlier)) = (ids.get(passage.id.as_str()), ids.get(passage.of.as_str())) {
            let length = passage.end.saturating_sub(passage.start) as usize;
            let text: String = later.text.chars().skip(passage.start as usize).take(length).collect();
            if later.outlet != earlier.outlet {
                spans.insert((&later.outlet, &earlier.outlet, text));
            }
        }
    }
    let is_told = |quote: &str| spans.iter().any(|(_, _, text)| text.contains(quote));
    let mut lines: Vec<String> = quotes
        .values()
        .filter(|(outlets, quote)| outlets.len() > 1 && !is_told(quote))
        .map(|(outlets, text)| format!("«{text}» ({})", outlets.iter().copied().collect::<Vec<_>>().join(", ")))
        .collect();
    lines.extend(spans.iter().map(|(later, earlier, text)| {
        let shown: String = text.chars().take(200).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        format!("{shown}{more} ({later}, before it {earlier})")
    }));
    if !lines.is_empty() {
        writeln!(out, "\nshared quotes and passages:")?;
    }
    lines.iter().try_for_each(|line| writeln!(out, "  {}", line.replace('\n', " ")))
}

/// What several documents count in one word, and two of them so that they have no result in common.
fn disagreements(out: &mut String, members: &[Member]) -> std::fmt::Result {
    let mut counts: BTreeMap<&str, BTreeMap<String, BTreeSet<&str>>> = BTreeMap::new();
    let mut by_document: BTreeMap<&str, Vec<BTreeSet<String>>> = BTreeMap::new();
    for member in members {
        let mut own: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (unit, value) in &member.document.counts {
            let values = counts.entry(unit).or_default();
            values.entry(in_threes(&format!("{value}"))).or_default().insert(&member.document.outlet);
            own.entry(unit).or_default().insert(format!("{value}"));
        }
        own.into_iter().for_each(|(unit, values)| by_document.entry(unit).or_default().push(values));
    }
    // Two numbers that one document has beside each other count two things.
    counts.retain(|unit, _| {
        let sets = by_document.get(unit).map(Vec::as_slice).unwrap_or_default();
        sets.iter().any(|one| sets.iter().any(|other| one.is_disjoint(other)))
    });
    if !counts.is_empty() {
        writeln!(out, "\nnumbers that differ:")?;
    }
    for (unit, values) in counts {
        let values = values
            .iter()
            .map(|(value, outlets)| format!("{value} ({})", outlets.iter().copied().collect::<Vec<_>>().join(", ")));
        writeln!(out, "  {unit}: {}", values.collect::<Vec<_>>().join("; "))?;
    }
    Ok(())
}

fn languages(members: &[Member]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        *counts.entry(&member.document.language).or_default() += 1;
    }
    counts.into_iter().map(|(language, count)| format!("{language} {count}")).collect::<Vec<_>>().join(" ")
}

fn dates(members: &[Member]) -> String {
    let days = members.iter().filter_map(|member| member.document.published.as_deref()).filter_map(|day| day.get(..10));
    let days: BTreeSet<&str> = days.collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) => (*day).to_owned(),
        _ => "no date".to_owned(),
    }
}

/// The entities that most documents name, then those with most mentions.
fn entities(members: &[Member]) -> Vec<String> {
    let mut found: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
    for member in members {
        for (id, label, mentions) in &member.document.entities {
            let (documents, all, _) = found.entry(id).or_insert((0, 0, label));
            *documents += 1;
            *all += mentions;
        }
    }
    let mut found: Vec<(usize, usize, &str)> = found.into_values().collect();
    found.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(b.2)));
    found.into_iter().take(ENTITIES).map(|(_, _, label)| label.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, published: &str, counts: &[(&str, f64)]) -> Member {
        let document = Document {
            language: "ar".to_owned(),
            published: Some(published.to_owned()),
            outlet: format!("outlet-{id}"),
            title: String::new(),
            entities: Vec::new(),
            counts: counts.iter().map(|&(unit, value)| (unit.to_owned(), value)).collect(),
            quotes: Vec::new(),
            text: String::new(),
        };
        Member { row: StoryRow { story: "a".to_owned(), id: id.to_owned(), why: Vec::new() }, document }
    }

    #[test]
    fn the_clock_and_not_the_day_says_who_was_first() {
        let at = |published| member("a", published, &[]).document.moment();
        assert!(at("2024-10-21T15:20:00+03:00") < at("2024-10-21T18:05:00+03:30"));
        assert!(at("2024-10-21T15:20:00+03:00") < at("2024-10-21T13:20"));
        assert!(at("2024-10-21T23:50") < at("2024-10-21"));
        assert_eq!(at("2024"), i64::MAX);
    }

    #[test]
    fn numbers_differ_when_two_documents_share_none() {
        let mut out = String::new();
        let both = [("قتيل", 43.0), ("قتيل", 47.0)];
        disagreements(&mut out, &[member("a", "2024-10-21", &both), member("b", "2024-10-21", &both)]).unwrap();
        assert_eq!(out, "");
        let later = [member("a", "2024-10-21", &both), member("b", "2024-10-21", &[("قتيل", 51_000.0)])];
        disagreements(&mut out, &later).unwrap();
        assert!(out.contains("قتيل: 43 (outlet-a); 47 (outlet-a); 51,000 (outlet-b)"), "{out}");
    }

    #[test]
    fn reasons_name_outlets() {
        let other = member("b", "2024-10-21T10:00", &[]);
        let documents = BTreeMap::from([("b", &other.document)]);
        assert_eq!(readable("like: b 0.37", &documents), "like: outlet-b, 2024-10-21 0.37");
        assert_eq!(readable("number: 8400000000", &documents), "number: 8,400,000,000");
        assert_eq!(readable("word: كرملين", &documents), "word: كرملين");
    }
}

//! Quotes of real articles against spans marked by hand: `cargo run -p khabar-entity --example score_real_quotes --
//! [--faults] [--half even|odd] GOLD.tsv documents.jsonl|ntrex.tsv.zst`.
//!
//! The gold holds offsets alone (characters of a record's text); the records are those of `khabar run --until langid` over
//! the articles, or built here from rows of NTREX-128, as the gold says. `--half` takes the documents of even or odd number, in order of their names. A speaker
//! is right if it is the same entity, or if the words of one are among those of the other (in brackets also a person whom
//! the text names beside the office that the gold has); a verb without a subject or a pronoun has the speaker of the row
//! before.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a scorer reads files and prints")]

use std::collections::BTreeMap;

use khabar_entity::Extractor;
use khabar_model::{
    Article, Block, BlockKind, CharSpan, Detection, Entity, Quote, QuoteStyle, Record, SourceSpan, Span, Speaker,
};
use khabar_text::fold;

#[expect(dead_code, clippy::missing_docs_in_private_items, reason = "shared with the tests")]
#[path = "../tests/quotes/gold.rs"]
mod gold;

/// A row of the gold.
struct Row {
    style: QuoteStyle,
    span: (usize, usize),
    speaker: Option<(usize, usize)>,
    class: String,
}

#[derive(Default)]
struct Tally {
    /// Of direct and indirect quotes: in the gold, found, found that are in either half, the same, close.
    styles: [[usize; 5]; 2],
    spoken: usize,
    /// By words or entity, also by the office that stands beside the name, and strictly: the very span or the entity.
    speakers: [usize; 3],
    classes: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut faults, mut half, mut paths) = (false, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--faults" => faults = true,
            "--half" => half = arguments.next(),
            _ => paths.push(argument),
        }
    }
    let [rows, records] = paths.as_slice() else { return Err("a gold and records".into()) };
    let gold = rows_of(&std::fs::read_to_string(rows)?)?;
    let extractor = Extractor::embedded();
    let mut tally = Tally::default();
    let mut documents = 0;
    let places: BTreeMap<&String, usize> = gold.keys().zip(0..).collect();
    let articles = if records.ends_with(".tsv.zst") { of_rows(records, &gold)? } else { of_records(records)? };
    for (id, article, language) in articles {
        let Some((rows, place)) = gold.get(&id).zip(places.get(&id)) else { continue };
        if half.as_deref().is_some_and(|half| (half == "odd") != (place % 2 == 1)) {
            continue;
        }
        documents += 1;
        let found = extractor.extract(&article, &language);
        if faults {
            println!("\n## {id}");
        }
        tally.add(&article.text, rows, &found.quotes, &found.entities, faults);
    }
    println!("{documents} of {} documents, half: {}; {}", gold.len(), half.as_deref().unwrap_or("all"), tally.line());
    Ok(())
}

/// The name of a document and what it says.
type Read = (String, Article, Detection);

fn of_records(path: &str) -> Result<Vec<Read>, Box<dyn std::error::Error>> {
    let file = std::fs::read_to_string(path)?;
    let read = |line| -> Result<Read, Box<dyn std::error::Error>> {
        let wire: Record<CharSpan> = serde_json::from_str(line)?;
        let link = wire.source.extra.get("link").and_then(|link| link.as_str()).map(str::to_owned);
        let id = wire.source.record_id.clone().or(link).unwrap_or_default();
        let record = wire.into_bytes()?;
        let language = record.language.unwrap_or_else(Detection::undetermined);
        Ok((id, Article { text: record.text, blocks: record.blocks, ..Article::default() }, language))
    };
    file.lines().map(read).collect()
}

/// The documents `ntrex:eng:1-21`: rows 1 to 21 of `eng` among the rows `eng \t text`. A headline and a line for each row; a
/// row behind one that ends within quotation marks goes on with it.
fn of_rows(path: &str, gold: &BTreeMap<String, Vec<Row>>) -> Result<Vec<Read>, Box<dyn std::error::Error>> {
    let file = String::from_utf8(zstd::decode_all(std::fs::File::open(path)?)?)?;
    let mut rows: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (language, row) in file.lines().filter_map(|line| line.split_once('\t')) {
        rows.entry(language).or_default().push(row.trim());
    }
    let read = |id: &String| {
        let mut parts = id.split([':', '-']).skip(1);
        let language = parts.next()?;
        let (first, last): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let mut lines: Vec<String> = Vec::new();
        for row in rows.get(language)?.get(first.checked_sub(1)?..last)? {
            let titled = lines.len() > 1;
            match lines.last_mut().filter(|line| titled && line.matches(['"', '“', '”']).count() % 2 == 1) {
                Some(open) => *open = format!("{open} {row}"),
                None => lines.push((*row).to_owned()),
            }
        }
        let text = lines.join("\n");
        let headline = Block {
            kind: BlockKind::Title,
            span: Span::new(0, lines.first()?.len()).ok()?,
            language: None,
            source: SourceSpan::default(),
        };
        let body = text.match_indices('\n').map(|(at, _)| at + 1).zip(lines.iter().skip(1));
        let body = body.filter_map(|(start, line)| {
            Some(Block {
                kind: BlockKind::Paragraph,
                span: Span::new(start, start + line.len()).ok()?,
                ..headline.clone()
            })
        });
        let blocks = std::iter::once(headline.clone()).chain(body).collect();
        let code = language.get(..2)?.to_owned();
        Some((
            id.clone(),
            Article { text, blocks, ..Article::default() },
            Detection { code, reliable: true, ..Detection::undetermined() },
        ))
    };
    gold.keys().map(|id| read(id).ok_or_else(|| format!("{id}: no such rows").into())).collect()
}

fn rows_of(file: &str) -> Result<BTreeMap<String, Vec<Row>>, Box<dyn std::error::Error>> {
    let mut documents: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let lines = file.lines().filter(|line| !line.starts_with('#')).skip(1);
    for row in lines {
        let columns: Vec<&str> = row.split('\t').collect();
        let span = |start: usize| -> Option<(usize, usize)> {
            Some((columns.get(start)?.parse().ok()?, columns.get(start + 1)?.parse().ok()?))
        };
        let rows = documents.entry(columns[0].to_owned()).or_default();
        if let Some(place) = span(1) {
            let style = if columns[3] == "direct" { QuoteStyle::Direct } else { QuoteStyle::Indirect };
            rows.push(Row { style, span: place, speaker: span(4), class: columns[6].to_owned() });
        }
    }
    Ok(documents)
}

impl Tally {
    fn add(&mut self, text: &str, rows: &[Row], found: &[Quote<Span>], entities: &[Entity<Span>], faults: bool) {
        let mut offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).collect();
        offsets.push(text.len());
        let bytes = |(start, end): (usize, usize)| {
            let at = |place: usize| offsets.get(place).copied().unwrap_or(text.len());
            Span::new(at(start), at(end)).expect("a span")
        };
        let mut used = vec![false; found.len()];
        let mut speaker: Option<Span> = None;
        for row in rows {
            let named = row.speaker.map(bytes).filter(|span| !is_pronoun(span.of(text).unwrap_or_default()));
            speaker = named.or(speaker);
            let span = bytes(row.span);
            let style = usize::from(row.style == QuoteStyle::Indirect);
            let places = || (0..found.len()).filter(|&place| found[place].style == row.style);
            let same = places().find(|&place| !used[place] && gold::same_words(text, span, found[place].span));
            if let Some(place) = same {
                used[place] = true;
            }
            let near = places().find(|&place| gold::overlap(span, found[place].span) >= 0.8);
            self.styles[style][0] += 1;
            self.styles[style][3] += usize::from(same.is_some());
            self.styles[style][4] += usize::from(same.or(near).is_some());
            let Some(place) = same.or(near) else {
                if faults {
                    println!("- missed {:?}: {}", row.style, span.of(text).unwrap_or_default());
                }
                continue;
            };
            if faults && same.is_none() {
                println!("- border: {} || {}", span.of(text).unwrap_or_default(), found[place].text);
            }
            self.spoken += 1;
            let plain = same_speaker(text, speaker, &found[place], entities);
            let right = plain || speaker.is_some_and(|office| is_holder(text, office, &found[place], entities));
            let class = found[place].verb.as_ref().is_none_or(|verb| name(verb.class) == row.class);
            self.speakers[0] += usize::from(plain);
            self.speakers[1] += usize::from(right);
            self.speakers[2] += usize::from(same_span(text, speaker, &found[place], entities));
            self.classes += usize::from(class);
            if faults && !(right && class) {
                println!(
                    "- {:.80} | {:?} {}; found {:?} {:?}",
                    span.of(text).unwrap_or_default(),
                    speaker.and_then(|span| span.of(text)),
                    row.class,
                    found[place].speaker.as_ref().map(|speaker| &speaker.text),
                    found[place].verb.as_ref().map(|verb| (&verb.text, verb.class)),
                );
            }
        }
        for (quote, used) in found.iter().zip(&used) {
            let style = usize::from(quote.style == QuoteStyle::Indirect);
            self.styles[style][1] += 1;
            self.styles[style][2] += usize::from(*used);
            if faults && !used {
                println!("{}", gold::extra(quote));
            }
        }
    }

    fn line(&self) -> String {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let mut line = String::new();
        for ([gold, found, right, same, close], name) in self.styles.into_iter().zip(["direct", "indirect"]) {
            line += &format!(
                "{name} P {:5.1} R {:5.1} (close R {:5.1}, n {gold})  ",
                share(right, found),
                share(same, gold),
                share(close, gold)
            );
        }
        line + &format!(
            "speaker {:5.1} (offices beside names too {:5.1}, strictly {:5.1})  class {:5.1}",
            share(self.speakers[0], self.spoken),
            share(self.speakers[1], self.spoken),
            share(self.speakers[2], self.spoken),
            share(self.classes, self.spoken)
        )
    }
}

fn name(class: khabar_model::VerbClass) -> String {
    format!("{class:?}").to_lowercase()
}

fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "he" | "she"
            | "they"
            | "it"
            | "who"
            | "انہوں"
            | "اس"
            | "وہ"
            | "ان"
            | "وی"
            | "او"
            | "ایشان"
            | "هو"
            | "هي"
            | "نفسه"
            | "این"
            | "آنان"
            | "آنها"
            | "هم"
    )
}

fn same_speaker(text: &str, wanted: Option<Span>, found: &Quote<Span>, entities: &[Entity<Span>]) -> bool {
    let Some(wanted) = wanted else { return found.speaker.is_none() };
    let Some(told) = &found.speaker else { return false };
    if is_entity(wanted, told, entities) {
        return true;
    }
    let (wanted, told) = (words(text, wanted), words(text, told.span));
    let shared = wanted.iter().filter(|word| told.contains(word)).count();
    shared > 0 && (shared == wanted.len() || shared == told.len())
}

/// True if the entity of a speaker is named in the words of the gold.
fn is_entity(wanted: Span, told: &Speaker<Span>, entities: &[Entity<Span>]) -> bool {
    let entity = told.entity.and_then(|entity| entities.get(entity as usize));
    entity.is_some_and(|entity| entity.mentions.iter().any(|mention| wanted.contains(mention.span)))
}

/// True if the words of the gold are the speaker's, no more and no less, or name the entity.
fn same_span(text: &str, wanted: Option<Span>, found: &Quote<Span>, entities: &[Entity<Span>]) -> bool {
    let (Some(wanted), Some(told)) = (wanted, &found.speaker) else {
        return wanted.is_none() == found.speaker.is_none();
    };
    is_entity(wanted, told, entities) || words(text, wanted) == words(text, told.span)
}

/// True if the text names somewhere, side by side, the office that the gold has and the person who was found. Lenient: the
/// words beside a name may be of another sentence.
fn is_holder(text: &str, office: Span, found: &Quote<Span>, entities: &[Entity<Span>]) -> bool {
    let entity = found.speaker.as_ref().and_then(|told| entities.get(told.entity? as usize));
    let wanted = words(text, office);
    entity.is_some_and(|entity| {
        entity.mentions.iter().any(|mention| {
            let from = (0..=mention.span.start()).rev().filter(|&at| text.is_char_boundary(at)).nth(70).unwrap_or(0);
            let to =
                (mention.span.end()..text.len()).filter(|&at| text.is_char_boundary(at)).nth(90).unwrap_or(text.len());
            let beside = words(text, Span::new(from, to).expect("a span"));
            !wanted.is_empty() && wanted.iter().all(|word| beside.contains(word))
        })
    })
}

fn words(text: &str, span: Span) -> Vec<String> {
    let folded = fold(span.of(text).unwrap_or_default());
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.map(|word| word.strip_prefix("ال").unwrap_or(word).to_owned()).collect()
}

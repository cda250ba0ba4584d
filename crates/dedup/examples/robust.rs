//! B-cubed of stories when documents lack something: titles, dates, entities, sentences; and settings that were chosen
//! on some sets and scored on another.
//!
//! ```text
//! cargo xtask score stories
//! cargo run --release -p khabar-dedup --example robust -- target/khabar-score/stories/own=tests/gold/stories/articles.tsv …
//! cargo run --release -p khabar-dedup --example robust -- --choose RECORDS=GOLD RECORDS=GOLD …
//! ```
//!
//! RECORDS is the folder of a run, GOLD has lines of a document's id and its story, a tab between. `SETTING=NUMBER` sets one
//! of [`StorySettings`].
#![expect(clippy::print_stdout, reason = "an example talks to its user")]
#![expect(clippy::disallowed_methods, reason = "an example may read a file")]

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use b_cubed::b_cubed;
use khabar_dedup::{Clusterer, StorySettings, StorySketch};
use khabar_model::{BlockKind, CharSpan, DuplicateStatus, Precision, Record, Span, Verdict};
use measure::Random;

#[path = "common/b_cubed.rs"]
mod b_cubed;
#[path = "common/measure.rs"]
mod measure;

/// What is done to every document, or which of them are left.
const CHANGES: [&str; 12] = [
    "as they are",
    "no titles",
    "no dates",
    "no entities",
    "dates off by a day",
    "half of the sentences",
    "half in a row",
    "half in a row, no titles",
    "first third missing",
    "end of another",
    "a tenth of the stories",
    "one document of each",
];

struct Set {
    name: String,
    /// With the gold story.
    documents: Vec<(Record<Span>, Option<String>)>,
}

impl Set {
    fn read(records: &str, gold: &str) -> Result<Self, Box<dyn Error>> {
        let gold = std::fs::read_to_string(gold)?;
        let gold: HashMap<&str, &str> = gold.lines().filter_map(|line| line.split_once('\t')).collect();
        let mut documents = Vec::new();
        for line in std::fs::read_to_string(Path::new(records).join("documents.jsonl"))?.lines() {
            let record = serde_json::from_str::<Record<CharSpan>>(line)?.into_bytes()?;
            let source = &record.source;
            let mut keys = [source.record_id.as_ref(), Some(&source.uri), source.url.as_ref()].into_iter().flatten();
            let fields = keys.find_map(|key| gold.get(key.as_str()));
            let story = fields.and_then(|fields| fields.split('\t').next()).map(str::to_owned);
            drop(keys);
            documents.push((record, story));
        }
        let name = Path::new(records).file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, documents })
    }

    /// Sketches of the changed documents.
    fn sketches(&self, change: &str) -> Vec<(StorySketch, Verdict)> {
        let mut sketches = Vec::with_capacity(self.documents.len());
        for (at, (record, _)) in self.documents.iter().enumerate() {
            let mut random = Random(at as u64);
            let mut record = record.clone();
            let other = self.documents.get(random.below(self.documents.len() as u64) as usize);
            alter(&mut record, change, &mut random, other.map(|(record, _)| record));
            let unique = Verdict {
                status: DuplicateStatus::Unique,
                of: None,
                cluster: record.id.clone(),
                jaccard: None,
                containment: None,
            };
            sketches.push((StorySketch::of(&record), record.duplicate.unwrap_or(unique)));
        }
        sketches
    }

    /// True for the documents that are left after a change; those without a story always are.
    fn left(&self, change: &str) -> Vec<bool> {
        let mut seen: HashMap<&str, bool> = HashMap::new();
        let mut random = Random(7);
        let mut left = Vec::with_capacity(self.documents.len());
        for (_, story) in &self.documents {
            left.push(match (change, story) {
                ("a tenth of the stories", Some(story)) => *seen.entry(story).or_insert_with(|| random.below(10) == 0),
                ("one document of each", Some(story)) => seen.insert(story, true).is_none(),
                _ => true,
            });
        }
        left
    }

    /// Precision, recall and F1.
    fn score(&self, sketches: &[(StorySketch, Verdict)], left: &[bool], settings: &StorySettings) -> [f64; 3] {
        let mut clusterer = Clusterer::new(settings.clone());
        for (((record, _), (sketch, verdict)), _) in
            self.documents.iter().zip(sketches).zip(left).filter(|(_, left)| **left)
        {
            clusterer.add(&record.id, sketch, verdict);
        }
        let gold: HashMap<&str, &str> =
            self.documents.iter().filter_map(|(record, story)| Some((record.id.as_str(), story.as_deref()?))).collect();
        let rows = clusterer.stories(1);
        let documents: Vec<(&str, &str)> =
            rows.iter().filter_map(|row| Some((row.story.as_str(), *gold.get(row.id.as_str())?))).collect();
        let [precision, recall] = b_cubed(&documents);
        [precision, recall, 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)]
    }
}

fn alter(record: &mut Record<Span>, change: &str, random: &mut Random, other: Option<&Record<Span>>) {
    let title =
        |span: Span| record.blocks.iter().any(|block| block.kind == BlockKind::Title && block.span.contains(span));
    let all = sentences(record);
    let body: Vec<Span> = all.iter().copied().filter(|&span| !title(span)).collect();
    let from = random.below(body.len() as u64 / 2 + 1) as usize;
    let half = body.get(from..from + body.len().div_ceil(2)).unwrap_or_default();
    match change {
        "no titles" => keep(record, &body),
        "no dates" => record.published = None,
        "no entities" => record.entities.clear(),
        "dates off by a day" => off_by_a_day(record, random),
        "half of the sentences" => {
            let some: Vec<Span> = all.into_iter().filter(|_| random.below(2) == 0).collect();
            keep(record, &some);
        }
        "half in a row" => {
            let titles = all.iter().filter(|&&span| title(span));
            let kept: Vec<Span> = titles.chain(half).copied().collect();
            keep(record, &kept);
        }
        "half in a row, no titles" => keep(record, half),
        "first third missing" => keep(record, body.get(body.len() / 3..).unwrap_or_default()),
        "end of another" => {
            if let Some(other) = other.filter(|other| other.language == record.language) {
                let mut tail = other.clone();
                let all = sentences(&tail);
                keep(&mut tail, all.get(all.len().saturating_sub(3)..).unwrap_or_default());
                record.text.push('\n');
                record.text.push_str(&tail.text);
                record.entities.extend(tail.entities);
                record.quantities.extend(tail.quantities);
            }
        }
        _ => {}
    }
}

/// The sentences of a record's blocks, near enough.
fn sentences(record: &Record<Span>) -> Vec<Span> {
    let mut spans = Vec::new();
    for block in &record.blocks {
        let mut start = block.span.start();
        for piece in
            block.span.of(&record.text).unwrap_or_default().split_inclusive(['.', '!', '?', '؟', '۔', '\n', '।', '。'])
        {
            spans.extend(Span::new(start, start + piece.len()));
            start += piece.len();
        }
    }
    spans
}

/// Cuts all but some spans, with what was found in them.
fn keep(record: &mut Record<Span>, kept: &[Span]) {
    let has_title = |block: &khabar_model::Block<Span>| {
        block.kind == BlockKind::Title && kept.iter().any(|kept| block.span.contains(*kept))
    };
    if !record.blocks.iter().any(has_title) {
        record.title = None;
    }
    let inside = |span: Span| kept.iter().any(|kept| kept.contains(span));
    record.text = kept.iter().filter_map(|span| span.of(&record.text)).collect::<Vec<_>>().join("\n");
    record.entities.iter_mut().for_each(|entity| entity.mentions.retain(|mention| inside(mention.span)));
    record.entities.retain(|entity| !entity.mentions.is_empty());
    record.quantities.retain(|quantity| inside(quantity.span));
    record.dates.retain(|date| inside(date.span));
    record.duplicate = None;
}

/// A day earlier or later, within the month.
fn off_by_a_day(record: &mut Record<Span>, random: &mut Random) {
    let Some(date) = record.published.as_mut() else { return };
    let day = date.value.get(8..10).and_then(|day| day.parse::<u64>().ok());
    if let (Some(day), Some(month)) = (day, date.value.get(..8)) {
        let moved = if day > 27 || (day > 1 && random.below(2) == 0) { day - 1 } else { day + 1 };
        date.value = format!("{month}{moved:02}");
        (date.precision, date.earliest, date.latest) = (Precision::Day, None, None);
    }
}

fn set(settings: &mut StorySettings, name: &str, value: f32) -> Result<(), String> {
    match name {
        "window" => settings.window = value as u16,
        "fading" => settings.fading = value,
        "join" => settings.join = value,
        "dated" => settings.dated = value,
        "cohesion" => settings.cohesion = value,
        "cohesion_of_one" => settings.cohesion_of_one = value,
        "cohesion_cap" => settings.cohesion_cap = value,
        "background" => settings.background = value,
        "background_weight" => settings.background_weight = value,
        "background_cap" => settings.background_cap = value,
        "prior" => settings.prior = value,
        "neighbours" => settings.neighbours = value as usize,
        "frequency_cap" => settings.frequency_cap = value as usize,
        "budget" => settings.budget = value as usize,
        _ => return Err(format!("no setting {name}")),
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut sets, mut settings, mut chooses) = (Vec::new(), StorySettings::default(), false);
    for arg in std::env::args().skip(1) {
        match arg.split_once('=') {
            Some((name, number)) if number.parse::<f32>().is_ok() => set(&mut settings, name, number.parse()?)?,
            Some((records, gold)) => sets.push(Set::read(records, gold)?),
            None if arg == "--choose" => chooses = true,
            None => return Err("usage: robust [--choose] [SETTING=NUMBER …] RECORDS=GOLD …".into()),
        }
    }
    print!("{:<26}", "F1");
    sets.iter().for_each(|set| print!("{:>9}", set.name));
    println!();
    if chooses {
        choose(&sets, &settings)?;
        return Ok(());
    }
    for change in CHANGES {
        print!("{change:<26}");
        for set in &sets {
            let [_, _, f1] = set.score(&set.sketches(change), &set.left(change), &settings);
            print!("{f1:>9.3}");
        }
        println!();
    }
    Ok(())
}

/// For each set, the settings that are best on all others, scored on it.
fn choose(sets: &[Set], settings: &StorySettings) -> Result<(), String> {
    let sketches: Vec<_> = sets.iter().map(|set| set.sketches("")).collect();
    let mut tried: Vec<(String, Vec<f64>)> = Vec::new();
    for join in [1.2, 1.3, 1.4, 1.5, 1.6] {
        for cohesion in [0.65, 0.75, 0.85] {
            for of_one in [0.3, 0.4, 0.5] {
                let mut settings = settings.clone();
                for (name, value) in [("join", join), ("cohesion", cohesion), ("cohesion_of_one", of_one)] {
                    set(&mut settings, name, value)?;
                }
                let scores =
                    sets.iter().zip(&sketches).map(|(set, sketches)| set.score(sketches, &set.left(""), &settings)[2]);
                tried.push((format!("join {join} cohesion {cohesion} of one {of_one}"), scores.collect()));
            }
        }
    }
    let line = |name: &str, scores: &[f64]| {
        print!("{name:<26}");
        scores.iter().for_each(|score| print!("{score:>9.3}"));
        println!();
    };
    let of = |nth: usize| tried.iter().filter_map(move |(_, scores)| scores.get(nth)).copied();
    let each = |best: &dyn Fn(usize) -> f64| (0..sets.len()).map(best).collect::<Vec<f64>>();
    line("best of the settings", &each(&|nth| of(nth).fold(0.0, f64::max)));
    line("worst of the settings", &each(&|nth| of(nth).fold(1.0, f64::min)));
    let mut chosen = Vec::new();
    for nth in 0..sets.len() {
        let others = |scores: &[f64]| scores.iter().sum::<f64>() - scores.get(nth).copied().unwrap_or_default();
        let best = tried.iter().max_by(|a, b| others(&a.1).total_cmp(&others(&b.1)));
        chosen.extend(best.map(|(name, scores)| (name.as_str(), scores.get(nth).copied().unwrap_or_default())));
    }
    line("chosen on the others", &chosen.iter().map(|&(_, score)| score).collect::<Vec<_>>());
    for ((name, _), set) in chosen.iter().zip(sets) {
        println!("  for {}: {name}", set.name);
    }
    Ok(())
}

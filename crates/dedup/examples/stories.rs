//! Makes stories of made-up news, a hundred thousand documents of it unless told otherwise, and tells speed and memory.
//!
//! ```text
//! cargo run --release -p khabar-dedup --example stories -- [DOCUMENTS] [DAYS] [WORKERS]
//! ```
//!
//! With a fixed seed: events over 30 days, each told by 1 to 50 documents (most by one, a few by many) within three
//! days, in Arabic, Persian, Urdu and English. An event has entities, numbers, days, terms of the lexicon and words of
//! its own; so has each of 200 long topics that events share. The rest of a text are words by Zipf's law.
//!
//! Processor time is of all threads together. B-cubed is against the events, to see that speed is not bought with them.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]
#![expect(
    clippy::disallowed_methods,
    reason = "an example may look at the clock, and read what Linux says of its memory"
)]

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::time::Instant;

use b_cubed::b_cubed;
use khabar_dedup::{CONCEPT_LIST, Clusterer, StorySettings, StorySketch};
use khabar_model::{CharSpan, DuplicateStatus, Record, Verdict};
use measure::{Random, resident, seconds};
use rustix::time::ClockId;

#[path = "common/b_cubed.rs"]
mod b_cubed;
#[path = "common/measure.rs"]
mod measure;

const LANGUAGES: [&str; 4] = ["ar", "fa", "ur", "en"];
const ALPHABETS: [&str; 4] =
    ["ابتجحدرسشصعفقكلمنهوي", "ابپتجچدرزسشفکگلمنهوی", "ابپتٹجچدڈرسشفکگلمنںویے", "aeioubcdfghjklmnprstw"];
/// Words of a language, by Zipf's law.
const VOCABULARY: u64 = 200_000;
const TOPICS: u64 = 200;
/// Entities that the lists know.
const ENTITIES: u64 = 30_000;
const MOST_OF_AN_EVENT: f64 = 50.0;

/// The things that an event or a topic is made of; words and names by number, spelled in each language.
struct Matter {
    entities: Vec<u64>,
    names: Vec<u64>,
    concepts: Vec<usize>,
    words: Vec<u64>,
    numbers: Vec<u64>,
}

impl Matter {
    fn of(seed: u64, words: usize, concepts: usize) -> Self {
        let mut random = Random(seed);
        let mut some = |count: usize, limit: u64| -> Vec<u64> { (0..count).map(|_| random.below(limit)).collect() };
        Self {
            names: some(3, u64::MAX),
            words: some(words, VOCABULARY),
            numbers: some(4, 2000),
            concepts: some(8, concepts as u64).into_iter().map(|concept| concept as usize).collect(),
            entities: (0..5).map(|_| random.rank(ENTITIES)).collect(),
        }
    }
}

/// The lexicon: by language, then by concept, its first word.
fn lexicon() -> [Vec<&'static str>; 4] {
    let mut lines = CONCEPT_LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |language: &str| header.iter().position(|code| *code == language).unwrap_or_default();
    let columns = LANGUAGES.map(column);
    let mut words: [Vec<&'static str>; 4] = Default::default();
    for line in lines {
        let cells: Vec<&'static str> = line.split('\t').collect();
        for (column, words) in columns.iter().zip(&mut words) {
            words.push(cells.get(*column).and_then(|cell| cell.split('|').next()).unwrap_or_default());
        }
    }
    words
}

/// A word of a language by its number; the same number is another word in another language.
fn spell(word: u64, language: usize, text: &mut String) {
    let alphabet: Vec<char> = ALPHABETS.get(language).unwrap_or(&"").chars().collect();
    let mut hash = Random(word << 2 | language as u64).next();
    for _ in 0..3 + (hash >> 60) as usize % 5 {
        text.extend(alphabet.get((hash % alphabet.len() as u64) as usize));
        hash = hash / 20 + 7;
    }
    text.push(' ');
}

/// A name: its consonants are the same in all languages.
fn spell_name(name: u64, language: usize, text: &mut String) {
    const CONSONANTS: [&str; 4] = ["بتدرسفكلمن", "بتدرسفکلمن", "بتدرسفکلمن", "btdrsfklmn"];
    let alphabet: Vec<char> = CONSONANTS.get(language).unwrap_or(&"").chars().collect();
    let mut hash = Random(name).next();
    for nth in 0..5 {
        let letter = alphabet.get((hash % alphabet.len() as u64) as usize).copied().unwrap_or_default();
        text.extend(if nth == 0 { letter.to_ascii_uppercase() } else { letter }.to_lowercase());
        if nth == 0 && language == 3 {
            let first = text.pop().unwrap_or_default();
            text.push(first.to_ascii_uppercase());
        }
        text.push_str(if language == 3 { "a" } else { "ا" });
        hash /= 10;
    }
    text.push(' ');
}

/// One telling of an event.
fn tell(event: &Matter, topic: &Matter, language: usize, lexicon: &[&str], random: &mut Random) -> String {
    let mut text = String::new();
    for nth in 0..150 + random.below(300) {
        let (matter, dice) = if random.below(3) == 0 { (topic, random.below(40)) } else { (event, random.below(70)) };
        let pick = |of: &[u64], random: &mut Random| of.get(random.below(of.len() as u64) as usize).copied();
        match dice {
            0..=2 => matter.names.get(dice as usize).iter().for_each(|&&name| spell_name(name, language, &mut text)),
            3 | 4 => pick(&matter.numbers, random).iter().for_each(|number| text.push_str(&format!("{number} "))),
            5..=8 => {
                let concept = matter.concepts.get(random.below(matter.concepts.len() as u64) as usize);
                text.extend(concept.and_then(|&concept| lexicon.get(concept)).copied());
                text.push(' ');
            }
            9..=16 => pick(&matter.words, random).iter().for_each(|&word| spell(word, language, &mut text)),
            _ => spell(random.rank(VOCABULARY), language, &mut text),
        }
        if nth % 17 == 16 {
            text.push_str(". ");
        }
    }
    text
}

fn record(
    id: &str,
    language: usize,
    day: u64,
    text: &str,
    matters: [&Matter; 2],
) -> serde_json::Result<Record<CharSpan>> {
    let entities: Vec<serde_json::Value> = matters
        .iter()
        .flat_map(|matter| &matter.entities)
        .map(|entity| {
            let id = format!("Q{entity}");
            serde_json::json!({ "id": id, "type": "PER", "name": id, "canonical": id, "confidence": 1.0, "mentions": [] })
        })
        .collect();
    let value = format!("2024-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
    serde_json::from_value(serde_json::json!({
        "id": id,
        "text": text,
        "language": { "code": LANGUAGES.get(language), "script": "Zyyy", "confidence": 1.0, "reliable": true, "alternatives": [] },
        "published": { "value": value, "precision": "day", "calendar": "gregorian", "raw": value, "origin": "input" },
        "entities": entities,
    }))
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |nth: usize, default: usize| args.get(nth).map_or(Ok(default), |arg| arg.parse());
    let (documents, days, workers) = (number(0, 100_000)?, number(1, 30)? as u64, number(2, 2)?);
    let lexicon = lexicon();
    let concepts = lexicon[3].len();
    let topics: Vec<Matter> = (0..TOPICS).map(|topic| Matter::of(!topic, 60, concepts)).collect();
    let mut random = Random(1);
    let mut clusterer = Clusterer::new(StorySettings::default());
    let mut events: Vec<u32> = Vec::with_capacity(documents);
    let (mut sketching, mut bytes, mut event) = (0.0, 0, 0_u32);
    while events.len() < documents {
        event += 1;
        // Size by a power law: half of the events are told once.
        let size = (1.0 / (1.0 - random.next() as f64 / u64::MAX as f64)).min(MOST_OF_AN_EVENT) as usize;
        let (matter, day) = (Matter::of(u64::from(event), 40, concepts), random.below(days.max(1)));
        let Some(topic) = topics.get(random.rank(TOPICS) as usize) else { continue };
        for _ in 0..size.min(documents - events.len()) {
            let language = random.below(LANGUAGES.len() as u64) as usize;
            let lexicon = lexicon.get(language).map(Vec::as_slice).unwrap_or_default();
            let text = tell(&matter, topic, language, lexicon, &mut random);
            // Ids that say nothing of the order.
            let id = format!("{:016x}", Random(events.len() as u64).next());
            let record = record(&id, language, day + random.rank(4), &text, [&matter, topic])?;
            bytes += text.len();
            let verdict = Verdict {
                status: DuplicateStatus::Unique,
                of: None,
                cluster: id.clone(),
                jaccard: None,
                containment: None,
            };
            let start = seconds(ClockId::ThreadCPUTime);
            let sketch = StorySketch::of(&record);
            clusterer.add(&id, &sketch, &verdict);
            sketching += seconds(ClockId::ThreadCPUTime) - start;
            events.push(event);
        }
    }
    let gathered = clusterer.memory_bytes();
    let resident_before = resident();
    let (start, before) = (Instant::now(), seconds(ClockId::ProcessCPUTime));
    let rows = clusterer.stories(workers);
    let (making, made) = (start.elapsed().as_secs_f64(), seconds(ClockId::ProcessCPUTime) - before);
    let of: HashMap<String, u32> =
        (0..).zip(&events).map(|(nth, &event)| (format!("{:016x}", Random(nth).next()), event)).collect();
    let pairs: Vec<(&str, u32)> =
        rows.iter().map(|row| (row.story.as_str(), of.get(&row.id).copied().unwrap_or_default())).collect();
    let [precision, recall] = b_cubed(&pairs);
    let found = pairs.iter().map(|&(story, _)| story).collect::<HashSet<_>>().len();
    let gigabytes = |bytes: Option<f64>| bytes.map_or("?".to_owned(), |bytes| format!("{:.3} GB", bytes / 1e9));
    println!("{documents} documents ({:.0} MB of text), {event} events over {days} days", bytes as f64 / 1e6);
    let rate = |seconds: f64| documents as f64 / seconds;
    println!("sketched: {:.0} documents a second of processor time", rate(sketching));
    println!(
        "stories: {:.0} a second of processor time, {:.0} a second by the clock with {workers} workers",
        rate(made),
        rate(making)
    );
    println!("both: {:.0} a second of processor time", rate(sketching + made));
    println!(
        "gathered {}, resident {}, at most {}",
        gigabytes(Some(gathered as f64)),
        gigabytes(resident_before),
        gigabytes(resident())
    );
    println!("{found} stories, B-cubed P {precision:.3} R {recall:.3}");
    Ok(())
}

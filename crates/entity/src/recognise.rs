//! The names of an article: what the gazetteer knows, what the tagger finds, and what both remember, settled.

use std::collections::BTreeMap;

use khabar_model::{Entity, EntityType, Layer, Mention, Span};

use crate::clitic::Contraction;
use crate::gazetteer::Entry;
use crate::link::Linker;
use crate::linked::{By, Linked};
use crate::nil::nil_id;
use crate::resolve::{self, Forms};
use crate::tagger::decode::Scores;
use crate::tagger::feature::Habit;
use crate::tagger::hit::Known;
use crate::tagger::label::{self, OUTSIDE, TYPES};
use crate::tagger::memory::Memory;
use crate::tagger::merge::{Fate, Listed, Tagged, merge};
use crate::tagger::model::Language;
use crate::tagger::trim::trim;
use crate::tagger::{Reading, Tagger, border};

/// Bytes of an article up to which it is judged a second time, with what the first time has found: a text that is
/// longer is no article, and its scores would take more memory than it.
const REMEMBERED: usize = 1 << 21;

/// Confidence from which a word that is also a common one is linked: «سيول» in 56 articles on Korea has .78 to .87, in 30 of them
/// less than this; where it is "floods" and the tagger takes it for a place, .78 to .838 in four sentences. No id beats a wrong one.
const CERTAIN: f32 = 0.84;

/// A mention and what it names.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) who: Who,
    pub(crate) contracted: Contraction,
    pub(crate) confidence: f32,
    pub(crate) mention: Mention<Span>,
}

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// The entry of the gazetteer with this index.
    Entry(u32),
    /// Something of this type that no list has.
    New(EntityType),
}

/// A block on its way to mentions.
pub(crate) struct Page<'t> {
    text: &'t str,
    /// Of the block in the article.
    offset: usize,
    names: Names,
    tagged: Option<Labelled>,
}

/// What the gazetteer has of a block.
pub(crate) struct Names {
    /// In order, apart.
    pub(crate) listed: Vec<(Found, Listed)>,
    /// People, places and bodies within the names of events and their like, in order, apart.
    pub(crate) inner: Vec<(Found, Listed)>,
    /// Nationalities at the end of names, by their own ends.
    pub(crate) nations: BTreeMap<usize, (Found, Listed)>,
}

struct Labelled {
    code: String,
    reading: Reading,
    labels: Vec<u8>,
    scores: Vec<Scores>,
}

impl<'t> Page<'t> {
    /// A block, read by the tagger if that has learned the language; `known` are the listed names as the tagger sees them.
    pub(crate) fn new(
        text: &'t str,
        offset: usize,
        code: Option<&str>,
        names: Names,
        known: &[Known],
        tagger: &Tagger,
    ) -> Self {
        let tagged = code.and_then(|code| {
            let (_, parts) = tagger.language(code)?;
            let reading = Reading::new(text, known, parts, Habit::of(code));
            let (labels, scores) = tagger.label(&reading, code)?;
            Some(Labelled { code: code.to_owned(), reading, labels, scores })
        });
        Self { text, offset, names, tagged }
    }
}

/// The mentions of an article, by their places.
pub(crate) fn mentions(mut pages: Vec<Page<'_>>, tagger: &Tagger, remembers: bool) -> Vec<Found> {
    let length: usize = pages.iter().map(|page| page.text.len()).sum();
    let mut first_time: Vec<Vec<u8>> = Vec::new();
    if remembers && length <= REMEMBERED {
        first_time = remember(&mut pages, tagger);
    }
    let mut found = Vec::new();
    for (at, mut page) in pages.into_iter().enumerate() {
        let before = first_time.get(at);
        let (tagged, layers) = match &page.tagged {
            Some(labelled) => names_of(page.text, labelled, tagger, before),
            None => (Vec::new(), Vec::new()),
        };
        let mut listed: Vec<Listed> = page.names.listed.iter().map(|(_, listed)| *listed).collect();
        if let Some(labelled) = &page.tagged {
            listed.iter_mut().for_each(|known| known.doubt = doubt(known, labelled, tagger));
        }
        let merged = merge(&listed, &tagged);
        let inner = page.names.inner.into_iter().filter(|(_, inner)| stands_within(inner, &tagged));
        let inner: Vec<(Found, Listed)> = inner.collect();
        for ((name, layer), fate) in tagged.iter().zip(layers).zip(merged.tagged) {
            let entry = match fate {
                Fate::New if is_among(&inner, name) => continue,
                Fate::New => None,
                Fate::Within(index) => page.names.listed.get(index),
                Fate::Same | Fate::Dropped => continue,
            };
            if let Some((_, known)) = entry
                && name.end < known.end
            {
                let nation = page.names.nations.remove(&known.end);
                found.extend(nation.map(|(nation, _)| nation));
            }
            let new = new_mention(page.text, page.offset, name, layer);
            found.extend(new.map(|new| match entry {
                Some((known, _)) => Found { who: known.who, confidence: known.confidence, ..new },
                None => new,
            }));
        }
        let kept = page.names.listed.into_iter().zip(&merged.listed).filter(|(_, stands)| **stands);
        found.extend(kept.map(|((found, _), _)| found));
        found.extend(inner.into_iter().map(|(found, _)| found));
    }
    found.sort_by_key(|found| found.mention.span);
    found
}

/// True if a name within that of an event is one by itself: hardly anything else is called that, or the tagger says so.
fn stands_within(inner: &Listed, tagged: &[Tagged]) -> bool {
    let first = tagged.partition_point(|name| name.end <= inner.start);
    let touching = tagged.get(first..).unwrap_or_default().iter().take_while(|name| name.start < inner.end);
    let mut touching = touching.peekable();
    if touching.peek().is_none() { inner.sure } else { touching.any(|name| inner.is_named(name)) }
}

/// True if the tagger's name is one of these, which are in order.
fn is_among(inner: &[(Found, Listed)], name: &Tagged) -> bool {
    let first = inner.partition_point(|(_, inner)| inner.start < name.start);
    inner.get(first).is_some_and(|(_, inner)| inner.is_named(name))
}

/// Judges all pages again, with the names that they have; the labels of the first time.
fn remember(pages: &mut [Page<'_>], tagger: &Tagger) -> Vec<Vec<u8>> {
    let mut memories: BTreeMap<String, Memory> = BTreeMap::new();
    for page in pages.iter() {
        let Some(labelled) = &page.tagged else { continue };
        let Some((_, names)) = tagger.language(&labelled.code) else { continue };
        let memory = memories.entry(labelled.code.clone()).or_default();
        memory.learn(page.text, &labelled.reading, &label::names(&labelled.labels), names, Habit::of(&labelled.code));
    }
    let mut first_time = Vec::with_capacity(pages.len());
    for page in pages {
        let Some(labelled) = &mut page.tagged else {
            first_time.push(Vec::new());
            continue;
        };
        first_time.push(labelled.labels.clone());
        let (Some((language, _)), Some(memory)) = (tagger.language(&labelled.code), memories.get(&labelled.code))
        else {
            continue;
        };
        let habit = Habit::of(&labelled.code);
        crate::tagger::relabel(&labelled.reading, language, memory, habit, &mut labelled.labels, &mut labelled.scores);
    }
    first_time
}

/// The tagger's names in a block, and whether it needed its memory for them.
fn names_of(
    text: &str,
    labelled: &Labelled,
    tagger: &Tagger,
    first_time: Option<&Vec<u8>>,
) -> (Vec<Tagged>, Vec<Layer>) {
    let Labelled { code, reading, labels, scores } = labelled;
    let Some((language, names)) = tagger.language(code) else { return (Vec::new(), Vec::new()) };
    let mut last: Option<(usize, usize)> = None;
    let mut found = Vec::new();
    let mut layers = Vec::new();
    for (first, end, kind) in label::names(labels) {
        let Some(&of) = TYPES.get(kind) else { continue };
        for (first, end) in trim(text, reading, labels, (first, end), of, names, code) {
            let coordinated = last.is_some_and(|(before, of)| before + 1 >= first && of == kind);
            last = Some((end, kind));
            let borders = border::of_name(text, reading, (first, end), coordinated, names, Habit::of(code));
            let Some((chain, start, stop)) = borders else { continue };
            let stop = start + without_stop(text.get(start..stop).unwrap_or_default()).len();
            let margin = margin(labels, scores, language, first, end);
            found.push(Tagged { chain, start, end: stop, kind: of, margin });
            let remembered = first_time.is_some_and(|before| before.get(first..end) != labels.get(first..end));
            layers.push(if remembered { Layer::Memory } else { Layer::Tagger });
        }
    }
    (found, layers)
}

/// How far the tagger is from seeing a name of the gazetteer, in nats a token; 0 where it sees one.
fn doubt(known: &Listed, labelled: &Labelled, tagger: &Tagger) -> f32 {
    let (Some((language, _)), Some(kind)) = (tagger.language(&labelled.code), label::index_of(known.kind)) else {
        return 0.0;
    };
    let tokens = &labelled.reading.tokens;
    let first = tokens.partition_point(|token| token.end <= known.start);
    let end = tokens.partition_point(|token| token.start < known.end);
    let mut labels = vec![0; end - first];
    if labelled.labels.get(first..end).is_none_or(|found| found.iter().any(|&label| label != 0)) {
        return 0.0;
    }
    label::mark(&mut labels, 0, end - first, kind);
    let behind: i32 = (first..end)
        .zip(&labels)
        .filter_map(|(at, &label)| labelled.scores.get(at).map(|scores| scores[OUTSIDE] - scores[usize::from(label)]))
        .sum();
    (behind as f32 * language.unit / labels.len().max(1) as f32).max(0.0)
}

/// How far a name's tokens are ahead of what they would be outside names, on average, in nats.
fn margin(labels: &[u8], scores: &[Scores], language: &Language, first: usize, end: usize) -> f32 {
    let ahead: i32 = (first..end)
        .filter_map(|at| {
            let scores = scores.get(at)?;
            Some(scores.get(usize::from(*labels.get(at)?))? - scores[OUTSIDE])
        })
        .sum();
    (ahead as f32 * language.unit / (end - first).max(1) as f32).max(0.0)
}

/// A name without the full stop of its sentence; that of an initial or an abbreviation («ر.», "Jr.") stays.
fn without_stop(written: &str) -> &str {
    let Some(bare) = written.strip_suffix('.') else { return written };
    if bare.ends_with('.') {
        let bare = bare.trim_end_matches('.');
        return if bare.is_empty() { written } else { bare };
    }
    let last = bare.rsplit([' ', '.']).next().unwrap_or_default();
    if last.chars().count() > 2 { bare } else { written }
}

/// A mention of what no list has.
fn new_mention(text: &str, offset: usize, name: &Tagged, layer: Layer) -> Option<Found> {
    let written = text.get(name.start..name.end)?;
    let prefix = Some(text.get(name.chain..name.start)?.to_owned()).filter(|prefix| !prefix.is_empty());
    // «للكويت» has lost the alef of its article.
    let contracted = match &prefix {
        Some(prefix) if prefix.ends_with('ل') && written.starts_with('ل') => Contraction::Alef,
        _ => Contraction::None,
    };
    let span = Span::in_text(text, name.start, name.end).and_then(|span| span.shifted(offset)).ok()?;
    let mention = Mention { span, text: written.to_owned(), prefix, layer };
    // From even odds at no margin towards certainty.
    let confidence = 0.5 + 0.45 * name.margin / (name.margin + 3.0);
    Some(Found { who: Who::New(name.kind), contracted, confidence, mention })
}

/// Mentions of one entity together, in the order of the first mentions; and for each how it was linked.
pub(crate) fn gather(found: Vec<Found>, entries: &[Entry], linker: &Linker) -> (Vec<Entity<Span>>, Vec<Vec<Linked>>) {
    let forms = Forms::of(&found, entries);
    let mut entities: Vec<Entity<Span>> = Vec::new();
    let mut links: Vec<Vec<Linked>> = Vec::new();
    let mut by_entry: BTreeMap<u32, usize> = BTreeMap::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut linked: BTreeMap<(EntityType, String), (Who, By)> = BTreeMap::new();
    let surest = surest(&found);
    let cores = resolve::cores(&found, entries);
    for (Found { who, contracted, confidence, mention }, core) in found.into_iter().zip(cores) {
        let name = full_form(&mention, contracted);
        // A short form names whom the full name names.
        let in_full = match who {
            Who::New(kind) if core.is_none() => forms.full(kind, &name),
            _ => None,
        };
        let (who, full, is_short) = match in_full {
            Some((who, full)) => (who, full, true),
            None => (core.unwrap_or(who), name.clone(), false),
        };
        // A name that no list writes so may still sound like one of them; asked once for each.
        let (who, by) = match who {
            Who::New(kind) => *linked.entry((kind, full.clone())).or_insert_with(|| {
                let certain = surest.get(&(kind, full.clone())).copied().filter(|surest| *surest >= CERTAIN);
                let doubtful = certain.and_then(|surest| Some((linker.doubtful(kind, &full)?, surest)));
                let doubtful = doubtful.map(|(entry, surest)| (Who::Entry(entry), By::Doubtful(surest)));
                let sounding = || {
                    let (entry, likeness) = linker.link(entries, kind, &full)?;
                    Some((Who::Entry(entry), By::Sound(likeness)))
                };
                doubtful.or_else(sounding).unwrap_or((who, By::Nothing))
            }),
            Who::Entry(_) if core.is_some() => (who, By::Body),
            Who::Entry(_) => (who, By::Key),
        };
        let next = entities.len();
        let (place, id, entry) = match who {
            Who::Entry(index) => {
                let Some(entry) = entries.get(index as usize) else { continue };
                (*by_entry.entry(index).or_insert(next), None, Some(entry))
            }
            Who::New(kind) => {
                let id = nil_id(kind, &full);
                if id.is_empty() {
                    continue;
                }
                (by_id.get(&id).copied().unwrap_or(next), Some((id, kind)), None)
            }
        };
        if place == next {
            let (id, kind) = match (id, entry) {
                (Some(new), _) => new,
                (None, Some(entry)) => (entry.id.clone(), entry.kind),
                (None, None) => continue,
            };
            if entry.is_none() {
                by_id.insert(id.clone(), next);
            }
            entities.push(Entity {
                id,
                kind,
                subtype: entry.and_then(|entry| entry.subtype.clone()),
                name: String::new(),
                canonical: entry.and_then(|entry| entry.canonical.clone()),
                confidence,
                mentions: Vec::new(),
            });
            links.push(Vec::new());
        }
        if let Some(links) = links.get_mut(place) {
            links.push(Linked { by, short_for: is_short.then_some(full) });
        }
        let Some(entity) = entities.get_mut(place) else { continue };
        if name.chars().count() > entity.name.chars().count() {
            entity.name = name;
        }
        entity.confidence = entity.confidence.max(confidence);
        entity.mentions.push(mention);
    }
    (entities, links)
}

/// By type and name, for what no list has: the confidence of its surest mention.
fn surest(found: &[Found]) -> BTreeMap<(EntityType, String), f32> {
    let mut surest: BTreeMap<(EntityType, String), f32> = BTreeMap::new();
    for Found { who, contracted, confidence, mention } in found {
        if let Who::New(kind) = who {
            let best = surest.entry((*kind, full_form(mention, *contracted))).or_default();
            *best = best.max(*confidence);
        }
    }
    surest
}

/// A mention as the name is written by itself: «لكرملين» of «للكرملين» is «الكرملين».
pub(crate) fn full_form(mention: &Mention<Span>, contracted: Contraction) -> String {
    [contracted.dropped(), &mention.text].concat()
}

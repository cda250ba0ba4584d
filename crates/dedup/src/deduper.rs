//! Judges documents one after the other against all that came before.

use std::path::Path;

use khabar_model::{ClusterRow, DuplicateRow, DuplicateStatus, PassageRow, Verdict};
use xxhash_rust::xxh3::xxh3_128;

pub(crate) use self::state::{State, Text};
use crate::{
    error::Error,
    overlap::Overlap,
    passage::{Passage, passages},
    postings::Candidate,
    probe::Probe,
    settings::{Keep, Settings},
    sketch::Sketch,
    spill::{LEAST, Spill},
};

mod state;

/// The documents seen so far: clusters round a representative. Holds at most 2^32 documents.
///
/// What a document is depends on those before it and on nothing else; give them in the same order and the answers are
/// the same.
#[derive(Debug)]
pub struct Deduper {
    pub(crate) settings: Settings,
    pub(crate) state: State,
    probe: Probe,
    spill: Option<Spill>,
    /// The first thing that went wrong with a file; nothing is read or written after it.
    failure: Option<Error>,
}

/// What is said of a document when it comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Against what came before it.
    pub verdict: Verdict,
    /// Every verified pair with an earlier document, in their order, up to [`Settings::max_pairs`]. May hold pairs
    /// even for a unique document: alike to a member of a cluster, but not to its representative.
    pub pairs: Vec<DuplicateRow>,
    /// What it shares with earlier documents that it is no duplicate of, in their order; places in characters of
    /// [`Document::text`](crate::Document::text).
    pub passages: Vec<PassageRow>,
    /// An earlier run has seen the document itself, or the one that it repeats.
    pub seen: bool,
}

/// A text that was compared with the document in hand and found to be alike.
#[derive(Clone, Copy)]
struct Match {
    text: u32,
    status: DuplicateStatus,
    overlap: Overlap,
}

/// The document in hand.
struct Hand<'a> {
    id: &'a str,
    sketch: &'a Sketch,
    /// Its number, if an earlier run has seen a document of this id.
    known: Option<u32>,
    /// It is known with this very text: only what came before it then counts, so that a run that is repeated gives
    /// the same answers.
    again: bool,
}

impl Hand<'_> {
    /// Whether the document may be compared with an earlier one: never with itself.
    fn sees(&self, document: u32) -> bool {
        match self.known {
            Some(own) if self.again => document < own,
            Some(own) => document != own,
            None => true,
        }
    }
}

impl Deduper {
    /// Knows no document yet.
    pub fn new(settings: Settings) -> Self {
        let state = State::new(&settings);
        Self::with_state(settings, state)
    }

    pub(crate) fn with_state(settings: Settings, state: State) -> Self {
        Self { settings, state, probe: Probe::default(), spill: None, failure: None }
    }

    /// Moves texts and postings to files in `folder`, which exists and is empty, whenever the memory of all exceeds
    /// `bytes`. What has to stay in memory is some 200 bytes a document; at least 16 MiB are used beside it.
    #[must_use]
    pub fn spilling(self, folder: &Path, bytes: usize) -> Self {
        self.spilling_from(folder, bytes, LEAST)
    }

    pub(crate) fn spilling_from(mut self, folder: &Path, bytes: usize, least: usize) -> Self {
        self.spill = Some(Spill::new(folder, bytes, least, self.state.earlier_runs));
        self
    }

    /// As [`Deduper::judge_from`], of no source.
    pub fn judge(&mut self, id: &str, sketch: Sketch) -> Judgement {
        self.judge_from(id, "", sketch)
    }

    /// Judges the next document and remembers it. The sketch must come from the same settings, documents in input
    /// order; `id` should be unique, and one that an earlier run has seen is the same document: it is compared with what
    /// came before it then (but for shingles that are too common by now), and not remembered twice. `source` is what
    /// [`Index::drop_source`](crate::Index::drop_source) calls it by.
    ///
    /// Cost: kept shingles times [`Settings::frequency_cap`] at most, and a comparison a candidate. Where a file cannot
    /// be read or written the judgement is incomplete: see [`Deduper::failure`].
    pub fn judge_from(&mut self, id: &str, source: &str, sketch: Sketch) -> Judgement {
        let known = self.state.docs.known(xxh3_128(id.as_bytes()));
        let again = known.is_some_and(|known| self.is_same_text(known, &sketch));
        let hand = Hand { id, sketch: &sketch, known, again };
        let candidates = self.candidates(&hand);
        if !candidates.is_empty() {
            self.probe.load(&sketch.body);
        }
        let matches = self.matches(&hand, &candidates);
        let home = known.filter(|_| again).and_then(|known| self.state.cluster_of(known));
        let best = self.best(&hand, &matches, home);
        let pairs = self.pairs(&hand, &matches);
        let joined = home.or_else(|| best.and_then(|best| self.state.text(best.text)).map(|text| text.cluster));
        let passages = self.passages(&hand, &candidates, &matches, joined);
        let of = best.and_then(|best| self.first_seen(&hand, best.text));
        let seen = known.is_some() || of.is_some_and(|of| of < self.state.docs.earlier());
        let status = best.map(|best| best.status);
        let cluster = match (home, best) {
            (Some(home), _) => {
                self.state.touch(home);
                home
            }
            (None, Some(Match { text, status: DuplicateStatus::Exact, .. })) => self.state.add_copy(text, id, source),
            (None, Some(_)) => self.add_text(id, source, sketch, joined),
            (None, None) => self.add_text(id, source, sketch, None),
        };
        let verdict = Verdict {
            status: status.unwrap_or(DuplicateStatus::Unique),
            of: of.map(|of| self.state.docs.id(of)),
            cluster: self.state.docs.id(self.state.first_document(cluster)),
            jaccard: best.map(|best| best.overlap.jaccard),
            containment: best.map(|best| best.overlap.containment),
        };
        self.spill_if_full();
        Judgement { verdict, pairs, passages, seen }
    }

    /// The clusters of two documents and more that documents of this run belong to, in the order of their first
    /// documents.
    pub fn clusters(&self) -> Vec<ClusterRow> {
        let row = |cluster: u32| {
            let cluster = self.state.clusters.get(cluster as usize)?;
            let mut members: Vec<u32> = cluster.texts.iter().flat_map(|&text| self.state.documents(text)).collect();
            members.sort_unstable();
            (members.len() > 1).then(|| ClusterRow {
                cluster: members.first().map(|&first| self.state.docs.id(first)).unwrap_or_default(),
                representative: self
                    .state
                    .text(cluster.representative)
                    .map_or_else(String::new, |text| self.state.docs.id(text.first)),
                members: members.into_iter().map(|member| self.state.docs.id(member)).collect(),
            })
        };
        self.state.touched().filter_map(row).collect()
    }

    /// Memory in bytes that the documents seen so far take, near enough.
    pub fn memory_bytes(&self) -> usize {
        self.state.memory_bytes()
    }

    /// Documents that are remembered, those of earlier runs included.
    pub fn documents(&self) -> usize {
        self.state.docs.len() as usize
    }

    /// What went wrong with a file, if anything did; the answers since then are incomplete.
    pub fn failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    /// Notes an error; the answer of what failed is nothing.
    fn or_fail<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.failure.get_or_insert(error).path().to_owned()).ok()
    }

    fn is_same_text(&self, known: u32, sketch: &Sketch) -> bool {
        let Some(doc) = self.state.docs.get(known) else { return false };
        match sketch.identity() {
            Some(identity) => self.state.exact.get(&identity) == Some(&doc.text),
            None => self.state.text(doc.text).is_some_and(|text| text.tokens == sketch.body.tokens),
        }
    }

    fn candidates(&mut self, hand: &Hand<'_>) -> Vec<Candidate> {
        let sketch = hand.sketch;
        if sketch.body.tokens < self.settings.min_tokens || self.failure.is_some() {
            return Vec::new();
        }
        let below = match hand.known {
            Some(known) if hand.again => self.state.clusters_before(known),
            _ => u32::MAX,
        };
        let found = self.state.postings.candidates(&sketch.shingles, below);
        self.or_fail(found).unwrap_or_default()
    }

    /// The first document with this text that may be compared with the one in hand.
    fn first_seen(&self, hand: &Hand<'_>, text: u32) -> Option<u32> {
        self.state.documents(text).find(|&document| hand.sees(document))
    }

    /// The texts that the document is verified against, in no order that matters.
    fn matches(&mut self, hand: &Hand<'_>, candidates: &[Candidate]) -> Vec<Match> {
        let sketch = hand.sketch;
        let twin = sketch.identity().and_then(|identity| self.state.exact.get(&identity).copied());
        let whole = Overlap { jaccard: 1.0, containment: 1.0, length_ratio: 1.0 };
        let exact = twin.filter(|&twin| self.first_seen(hand, twin).is_some());
        let mut matches: Vec<Match> =
            exact.iter().map(|&text| Match { text, status: DuplicateStatus::Exact, overlap: whole }).collect();
        let kept = sketch.shingles.len() as u32;
        for candidate in candidates {
            let Some(cluster) = self.state.clusters.get(candidate.cluster as usize) else { continue };
            let least = kept.min(cluster.kept) / self.settings.shared_one_in.max(1);
            if candidate.hits < least.max(self.settings.min_shared) {
                continue;
            }
            for text in cluster.members(self.settings.max_members) {
                if Some(text) == twin || self.first_seen(hand, text).is_none() {
                    continue;
                }
                let found = match self.state.bodies.get(text) {
                    Ok(body) => self.probe.relation(&sketch.body, &body, &self.settings),
                    Err(error) => {
                        self.failure.get_or_insert(error);
                        None
                    }
                };
                matches.extend(found.map(|(status, overlap)| Match { text, status, overlap }));
            }
        }
        matches
    }

    /// The exact match, else the most alike of the representatives, else nothing: to be alike to a member alone is no
    /// reason to join, or chains of small changes would tie unrelated texts together. A document that is known stays
    /// where it is.
    fn best(&self, hand: &Hand<'_>, matches: &[Match], home: Option<u32>) -> Option<Match> {
        if home.is_some_and(|home| hand.known == Some(self.state.first_document(home))) {
            return None;
        }
        let cluster = |found: &Match| self.state.text(found.text).map(|text| text.cluster);
        let stands = |found: &&Match| {
            let standing = cluster(found).and_then(|cluster| self.state.clusters.get(cluster as usize));
            found.status == DuplicateStatus::Exact
                || standing.is_some_and(|cluster| cluster.representative == found.text)
        };
        let Some(home) = home else { return matches.iter().filter(stands).copied().min_by(Match::better_first) };
        let own = || matches.iter().filter(|found| cluster(found) == Some(home));
        // The representative may be one that came later.
        let best = own().filter(stands).min_by(|one, other| one.better_first(other));
        best.or_else(|| own().min_by(|one, other| one.better_first(other))).copied()
    }

    fn pairs(&self, hand: &Hand<'_>, matches: &[Match]) -> Vec<DuplicateRow> {
        let mut matches = matches.to_vec();
        matches.sort_unstable_by(Match::better_first);
        let copies = |text: u32| {
            self.state.documents(text).filter(|&document| hand.sees(document)).take(self.settings.max_copies.max(1))
        };
        let mut earlier: Vec<(u32, Match)> = matches
            .iter()
            .flat_map(|found| copies(found.text).map(move |document| (document, *found)))
            .take(self.settings.max_pairs)
            .collect();
        earlier.sort_unstable_by_key(|&(document, _)| document);
        let row = |(document, found): (u32, Match)| DuplicateRow {
            id: hand.id.to_owned(),
            of: self.state.docs.id(document),
            relation: found.status,
            jaccard: found.overlap.jaccard,
            containment: found.overlap.containment,
        };
        earlier.into_iter().map(row).collect()
    }

    /// What the document shares with clusters that it does not belong to and with texts that it is not alike to.
    fn passages(
        &mut self,
        hand: &Hand<'_>,
        candidates: &[Candidate],
        matches: &[Match],
        joined: Option<u32>,
    ) -> Vec<PassageRow> {
        let body = &hand.sketch.body;
        let worth = |candidate: &&Candidate| {
            let alike = matches
                .iter()
                .any(|found| self.state.text(found.text).is_some_and(|text| text.cluster == candidate.cluster));
            (candidate.hits > 1 || candidate.rare) && joined != Some(candidate.cluster) && !alike
        };
        let mut sources: Vec<Candidate> = candidates.iter().filter(worth).copied().collect();
        sources.sort_by_key(|candidate| std::cmp::Reverse(candidate.hits));
        sources.truncate(self.settings.max_sources);
        let mut clusters: Vec<u32> = sources.iter().map(|source| source.cluster).collect();
        clusters.sort_unstable();
        let seeds = self.state.postings.seeds(&clusters);
        let mut starts: Vec<usize> = Vec::new();
        let mut found: Vec<(u32, Passage, (u32, u32))> = Vec::new();
        for source in sources {
            let first = seeds.partition_point(|&(cluster, _)| cluster < source.cluster);
            let own = seeds.iter().skip(first).take_while(|&&(cluster, _)| cluster == source.cluster);
            starts.clear();
            starts.extend(own.filter_map(|&(_, nth)| Some(*hand.sketch.starts.get(nth as usize)? as usize)));
            starts.sort_unstable();
            starts.truncate(SEEDS_A_SOURCE);
            let Some(cluster) = self.state.clusters.get(source.cluster as usize) else { continue };
            let mut most: Option<(usize, u32, Vec<_>)> = None;
            for text in cluster.members(MEMBERS_A_SOURCE) {
                let Some(document) = self.first_seen(hand, text) else { continue };
                let other = match self.state.bodies.get(text) {
                    Ok(other) => other,
                    Err(error) => {
                        self.failure.get_or_insert(error);
                        continue;
                    }
                };
                let here: Vec<_> = passages(&starts, body, &other, &self.settings)
                    .into_iter()
                    .map(|passage| (other.span(passage.other.start, passage.other.end), passage))
                    .collect();
                let shared = here.iter().map(|(_, passage)| passage.shared).sum();
                if shared > most.as_ref().map_or(0, |&(most, ..)| most) {
                    most = Some((shared, document, here));
                }
            }
            if let Some((_, document, here)) = most {
                found.extend(here.into_iter().map(|(span, passage)| (document, passage, span)));
            }
        }
        let row = |(document, passage, (of_start, of_end)): (u32, Passage, (u32, u32))| {
            let (start, end) = body.span(passage.own.start, passage.own.end);
            let words = passage.shared as u32;
            PassageRow { id: hand.id.to_owned(), of: self.state.docs.id(document), start, end, of_start, of_end, words }
        };
        self.chosen(found).into_iter().map(row).collect()
    }

    /// The earliest sources of each passage, and of all passages the longest; by source and place.
    fn chosen(&self, mut found: Vec<(u32, Passage, (u32, u32))>) -> Vec<(u32, Passage, (u32, u32))> {
        found.sort_by_key(|(document, passage, _)| (*document, passage.own.start));
        let mut kept: Vec<(u32, Passage, (u32, u32))> = Vec::new();
        for passage in found {
            let same = |earlier: &&(u32, Passage, (u32, u32))| passage.1.is_mostly(&earlier.1);
            if kept.iter().filter(same).count() < self.settings.max_sources_a_passage {
                kept.push(passage);
            }
        }
        if kept.len() > self.settings.max_passages {
            kept.sort_by_key(|(document, passage, _)| (std::cmp::Reverse(passage.shared), *document));
            kept.truncate(self.settings.max_passages);
            kept.sort_by_key(|(document, passage, _)| (*document, passage.own.start));
        }
        kept
    }

    /// Adds a new text to a cluster, or to one of its own, and returns the cluster.
    fn add_text(&mut self, id: &str, source: &str, sketch: Sketch, cluster: Option<u32>) -> u32 {
        let standing = cluster.and_then(|cluster| self.state.clusters.get(cluster as usize));
        let replaces = standing.is_some_and(|cluster| {
            let Some(standing) = self.state.text(cluster.representative) else { return false };
            match self.settings.keep {
                Keep::First => false,
                Keep::Longest => sketch.body.tokens > standing.tokens,
                Keep::Earliest => sketch.published.unwrap_or(i64::MAX) < standing.published,
            }
        });
        // Every document of a cluster is a duplicate of its representative, of each that it ever had.
        let replaces = replaces && self.verifies_all(&sketch, cluster);
        let searchable = sketch.body.tokens >= self.settings.min_tokens;
        self.state.add_text(id, source, sketch, cluster, searchable, replaces)
    }

    /// Whether the document is a duplicate of every text of a cluster; in doubt, of one too large to check, it is not.
    fn verifies_all(&mut self, sketch: &Sketch, cluster: Option<u32>) -> bool {
        let Some(cluster) = cluster.and_then(|cluster| self.state.clusters.get(cluster as usize)) else { return false };
        if cluster.texts.len() > self.settings.max_members {
            return false;
        }
        self.probe.load(&sketch.body);
        let (probe, bodies) = (&mut self.probe, &self.state.bodies);
        cluster.texts.iter().all(|&text| {
            bodies.get(text).is_ok_and(|body| probe.relation(&sketch.body, &body, &self.settings).is_some())
        })
    }

    fn spill_if_full(&mut self) {
        if self.failure.is_some() {
            return;
        }
        if let Some(spill) = &mut self.spill
            && let Err(error) = spill.run(&mut self.state)
        {
            self.failure = Some(error);
        }
    }
}

/// Texts of a cluster that are searched for a passage: copies differ little.
const MEMBERS_A_SOURCE: usize = 4;

/// Seeds that are tried in one source: a passage has one in eight words, and most of them are inside of the first.
const SEEDS_A_SOURCE: usize = 64;

impl Match {
    /// Exact before all, then the higher Jaccard similarity, then the earlier text: a total order.
    fn better_first(&self, other: &Self) -> std::cmp::Ordering {
        let exact = |found: &Self| found.status != DuplicateStatus::Exact;
        exact(self)
            .cmp(&exact(other))
            .then(other.overlap.jaccard.total_cmp(&self.overlap.jaccard))
            .then(self.text.cmp(&other.text))
    }
}

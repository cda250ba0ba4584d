//! Judges documents one after the other against all that came before.

use std::{collections::HashMap, hash::BuildHasherDefault};

use khabar_model::{ClusterRow, DuplicateRow, DuplicateStatus, Verdict};

use crate::{
    overlap::Overlap,
    postings::{KeyHasher, Postings},
    settings::{Keep, Settings},
    sketch::{Body, Sketch},
};

/// The documents seen so far: clusters round a representative, in memory. Holds at most 2^32 documents.
///
/// What a document is depends on those before it and on nothing else; give them in the same order and the answers are
/// the same.
pub struct Deduper {
    settings: Settings,
    /// By document, in input order.
    ids: Vec<Box<str>>,
    /// Distinct folded texts; exact copies share one.
    texts: Vec<Text>,
    clusters: Vec<Cluster>,
    /// From [`Sketch::identity`] to the text.
    exact: HashMap<u128, u32, BuildHasherDefault<KeyHasher>>,
    postings: Postings,
    /// Bytes on the heap behind `ids`, `texts` and `clusters`.
    heap_bytes: usize,
}

/// What is said of a document when it comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Against what came before it.
    pub verdict: Verdict,
    /// Every verified pair with an earlier document, in their order, up to [`Settings::max_pairs`]. May hold pairs
    /// even for a unique document: alike to a member of a cluster, but not to its representative.
    pub pairs: Vec<DuplicateRow>,
}

struct Text {
    cluster: u32,
    /// The first document with this text.
    first: u32,
    /// Its exact copies, in input order.
    copies: Vec<u32>,
    body: Body,
}

struct Cluster {
    /// In input order.
    texts: Vec<u32>,
    representative: u32,
    /// The fewest shingles that any of its texts keeps.
    kept: u32,
}

/// A text that was compared with the document in hand and found to be alike.
#[derive(Clone, Copy)]
struct Match {
    text: u32,
    status: DuplicateStatus,
    overlap: Overlap,
}

impl Deduper {
    /// Knows no document yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            postings: Postings::new(settings.frequency_cap),
            settings,
            ids: Vec::new(),
            texts: Vec::new(),
            clusters: Vec::new(),
            exact: HashMap::default(),
            heap_bytes: 0,
        }
    }

    /// Judges the next document and remembers it. The sketch must come from the same settings, documents in input
    /// order; `id` is only repeated in the answers and should be unique.
    ///
    /// Cost: kept shingles times [`Settings::frequency_cap`] at most, and a comparison a candidate.
    pub fn judge(&mut self, id: &str, sketch: Sketch) -> Judgement {
        let matches = self.matches(&sketch);
        let best = self.best(&matches);
        let pairs = self.pairs(id, &matches);
        let document = self.ids.len() as u32;
        self.heap_bytes += id.len();
        self.ids.push(id.into());
        let cluster = match best {
            Some(Match { text, status: DuplicateStatus::Exact, .. }) => self.add_copy(text, document),
            Some(Match { text, .. }) => {
                self.add_text(document, sketch, self.texts.get(text as usize).map(|text| text.cluster))
            }
            None => self.add_text(document, sketch, None),
        };
        let verdict = Verdict {
            status: best.map_or(DuplicateStatus::Unique, |best| best.status),
            of: best.and_then(|best| Some(self.id(self.texts.get(best.text as usize)?.first))),
            cluster: self.id(self.first_document(cluster)),
            jaccard: best.map(|best| best.overlap.jaccard),
            containment: best.map(|best| best.overlap.containment),
        };
        Judgement { verdict, pairs }
    }

    /// The clusters of two documents and more, in the order of their first documents.
    pub fn clusters(&self) -> Vec<ClusterRow> {
        let several =
            |cluster: &&Cluster| cluster.texts.len() > 1 || self.texts_of(cluster).any(|text| !text.copies.is_empty());
        self.clusters
            .iter()
            .filter(several)
            .map(|cluster| {
                let mut members: Vec<u32> = self.texts_of(cluster).flat_map(Text::documents).collect();
                members.sort_unstable();
                let representative = self.texts.get(cluster.representative as usize).map_or(0, |text| text.first);
                ClusterRow {
                    cluster: members.first().map(|&first| self.id(first)).unwrap_or_default(),
                    representative: self.id(representative),
                    members: members.into_iter().map(|member| self.id(member)).collect(),
                }
            })
            .collect()
    }

    /// Memory in bytes that the documents seen so far take, near enough.
    pub fn memory_bytes(&self) -> usize {
        self.heap_bytes
            + self.ids.capacity() * size_of::<Box<str>>()
            + self.texts.capacity() * size_of::<Text>()
            + self.clusters.capacity() * size_of::<Cluster>()
            + self.exact.capacity() * 8 / 7 * (size_of::<(u128, u32)>() + 1)
            + self.postings.bytes()
    }

    /// The texts that the document is verified against, in no order that matters.
    fn matches(&mut self, sketch: &Sketch) -> Vec<Match> {
        let twin = sketch.identity().and_then(|identity| self.exact.get(&identity).copied());
        let whole = Overlap { jaccard: 1.0, containment: 1.0, length_ratio: 1.0 };
        let mut matches: Vec<Match> =
            twin.iter().map(|&text| Match { text, status: DuplicateStatus::Exact, overlap: whole }).collect();
        if sketch.body.tokens < self.settings.min_tokens {
            return matches;
        }
        let kept = sketch.shingles.len() as u32;
        for (cluster, hits) in self.postings.candidates(&sketch.shingles, self.settings.min_shared.max(1)) {
            let Some(cluster) = self.clusters.get(cluster as usize) else { continue };
            if hits < kept.min(cluster.kept) / self.settings.shared_one_in.max(1) {
                continue;
            }
            let others = cluster.texts.iter().copied().filter(|&text| text != cluster.representative);
            let members = std::iter::once(cluster.representative).chain(others).take(self.settings.max_members.max(1));
            matches.extend(members.filter(|&text| Some(text) != twin).filter_map(|text| self.compare(sketch, text)));
        }
        matches
    }

    fn compare(&self, sketch: &Sketch, text: u32) -> Option<Match> {
        let (status, overlap) = sketch.body.relation(&self.texts.get(text as usize)?.body, &self.settings)?;
        Some(Match { text, status, overlap })
    }

    /// The exact match, else the most alike of the representatives, else nothing: to be alike to a member alone is no
    /// reason to join, or chains of small changes would tie unrelated texts together.
    fn best(&self, matches: &[Match]) -> Option<Match> {
        let stands = |found: &&Match| {
            let cluster = self.texts.get(found.text as usize).and_then(|text| self.clusters.get(text.cluster as usize));
            found.status == DuplicateStatus::Exact
                || cluster.is_some_and(|cluster| cluster.representative == found.text)
        };
        matches.iter().filter(stands).copied().min_by(Match::better_first)
    }

    fn pairs(&self, id: &str, matches: &[Match]) -> Vec<DuplicateRow> {
        let mut matches = matches.to_vec();
        matches.sort_unstable_by(Match::better_first);
        let mut earlier: Vec<(u32, Match)> = matches
            .iter()
            .filter_map(|found| Some((self.texts.get(found.text as usize)?, *found)))
            .flat_map(|(text, found)| text.documents().map(move |document| (document, found)))
            .take(self.settings.max_pairs)
            .collect();
        earlier.sort_unstable_by_key(|&(document, _)| document);
        let row = |(document, found): (u32, Match)| DuplicateRow {
            id: id.to_owned(),
            of: self.id(document),
            relation: found.status,
            jaccard: found.overlap.jaccard,
            containment: found.overlap.containment,
        };
        earlier.into_iter().map(row).collect()
    }

    /// Adds an exact copy and returns its cluster.
    fn add_copy(&mut self, text: u32, document: u32) -> u32 {
        self.texts.get_mut(text as usize).map_or(0, |text| {
            self.heap_bytes -= text.copies.capacity() * size_of::<u32>();
            text.copies.push(document);
            self.heap_bytes += text.copies.capacity() * size_of::<u32>();
            text.cluster
        })
    }

    /// Adds a new text to a cluster, or to one of its own, and returns the cluster.
    fn add_text(&mut self, document: u32, sketch: Sketch, cluster: Option<u32>) -> u32 {
        let text = self.texts.len() as u32;
        if let Some(identity) = sketch.identity() {
            self.exact.insert(identity, text);
        }
        let index = cluster.unwrap_or(self.clusters.len() as u32);
        if cluster.is_none() {
            self.clusters.push(Cluster { texts: Vec::new(), representative: text, kept: u32::MAX });
        }
        if sketch.body.tokens >= self.settings.min_tokens {
            self.postings.insert(&sketch.shingles, index);
        }
        self.heap_bytes += sketch.body.heap_bytes();
        let tokens = sketch.body.tokens;
        self.texts.push(Text { cluster: index, first: document, copies: Vec::new(), body: sketch.body });
        if let Some(cluster) = self.clusters.get_mut(index as usize) {
            self.heap_bytes -= cluster.texts.capacity() * size_of::<u32>();
            cluster.texts.push(text);
            cluster.kept = cluster.kept.min(sketch.shingles.len() as u32);
            self.heap_bytes += cluster.texts.capacity() * size_of::<u32>();
            let standing = self.texts.get(cluster.representative as usize).map_or(0, |text| text.body.tokens);
            if self.settings.keep == Keep::Longest && tokens > standing {
                cluster.representative = text;
            }
        }
        index
    }

    fn texts_of<'a>(&'a self, cluster: &'a Cluster) -> impl Iterator<Item = &'a Text> {
        cluster.texts.iter().filter_map(|&text| self.texts.get(text as usize))
    }

    fn first_document(&self, cluster: u32) -> u32 {
        let first = self.clusters.get(cluster as usize).and_then(|cluster| self.texts_of(cluster).next());
        first.map_or(0, |text| text.first)
    }

    fn id(&self, document: u32) -> String {
        self.ids.get(document as usize).map(ToString::to_string).unwrap_or_default()
    }
}

impl Text {
    /// The documents with this text, in input order.
    fn documents(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.first).chain(self.copies.iter().copied())
    }
}

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

//! What a [`Deduper`](super::Deduper) remembers, and what an index holds.

use std::{
    collections::{BTreeSet, HashMap},
    hash::BuildHasherDefault,
};

use crate::{
    bodies::Bodies,
    postings::{KeyHasher, Postings},
    settings::Settings,
    sketch::Sketch,
};

type Map<K> = HashMap<K, u32, BuildHasherDefault<KeyHasher>>;

/// All documents seen so far.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) docs: Docs,
    /// Distinct folded texts; exact copies share one.
    pub(crate) texts: Vec<Text>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) bodies: Bodies,
    pub(crate) postings: Postings,
    /// From [`Sketch::identity`] to the text.
    pub(crate) exact: Map<u128>,
    /// The exact copies of a text, its first document aside, in input order.
    copies: HashMap<u32, Vec<u32>, BuildHasherDefault<KeyHasher>>,
    /// Texts and clusters of earlier runs.
    pub(crate) earlier_texts: u32,
    pub(crate) earlier_clusters: u32,
    /// Runs of postings that earlier runs of the program left.
    pub(crate) earlier_runs: usize,
    /// Clusters of earlier runs that this one has seen documents of.
    touched: BTreeSet<u32>,
    /// Those of them whose representative is another now.
    pub(crate) changed: BTreeSet<u32>,
    /// Bytes on the heap behind `clusters` and `copies`.
    heap_bytes: usize,
}

/// Ids and sources of all documents.
#[derive(Debug, Default)]
pub(crate) struct Docs {
    ids: String,
    /// By document: where its id ends.
    ends: Vec<u64>,
    rows: Vec<Doc>,
    pub(crate) sources: Vec<String>,
    source_numbers: std::collections::BTreeMap<String, u32>,
    /// The documents of earlier runs by the hash of their ids.
    known: Map<u128>,
    earlier: u32,
}

/// A document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Doc {
    pub(crate) text: u32,
    pub(crate) source: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) cluster: u32,
    /// The first document with this text.
    pub(crate) first: u32,
    pub(crate) tokens: u32,
    /// Shingles that its sketch keeps.
    pub(crate) kept: u32,
    /// As [`Sketch::published`]; the highest number where it is not known.
    pub(crate) published: i64,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Cluster {
    /// In input order.
    pub(crate) texts: Vec<u32>,
    pub(crate) representative: u32,
    /// The fewest shingles that any of its texts keeps.
    pub(crate) kept: u32,
}

impl Cluster {
    /// The representative and the first others.
    pub(crate) fn members(&self, most: usize) -> impl Iterator<Item = u32> + use<> {
        let representative = self.representative;
        let first: Vec<u32> =
            self.texts.iter().copied().filter(|&text| text != representative).take(most.max(1) - 1).collect();
        std::iter::once(representative).chain(first)
    }
}

impl State {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            docs: Docs::default(),
            texts: Vec::new(),
            clusters: Vec::new(),
            bodies: Bodies::default(),
            postings: Postings::new(settings.frequency_cap),
            exact: HashMap::default(),
            copies: HashMap::default(),
            earlier_texts: 0,
            earlier_clusters: 0,
            earlier_runs: 0,
            touched: BTreeSet::new(),
            changed: BTreeSet::new(),
            heap_bytes: 0,
        }
    }

    pub(crate) fn text(&self, text: u32) -> Option<&Text> {
        self.texts.get(text as usize)
    }

    /// The cluster of a document.
    pub(crate) fn cluster_of(&self, document: u32) -> Option<u32> {
        self.text(self.docs.get(document)?.text).map(|text| text.cluster)
    }

    /// The documents with a text, in input order.
    pub(crate) fn documents(&self, text: u32) -> impl Iterator<Item = u32> {
        let first = self.text(text).map(|text| text.first);
        first.into_iter().chain(self.copies.get(&text).into_iter().flatten().copied())
    }

    pub(crate) fn first_document(&self, cluster: u32) -> u32 {
        let first = self.clusters.get(cluster as usize).and_then(|cluster| self.text(*cluster.texts.first()?));
        first.map_or(0, |text| text.first)
    }

    /// By text: what its exact copies have in common with it.
    pub(crate) fn identities(&self) -> Vec<Option<u128>> {
        let mut identities = vec![None; self.texts.len()];
        self.exact.iter().for_each(|(&identity, &text)| {
            if let Some(slot) = identities.get_mut(text as usize) {
                *slot = Some(identity);
            }
        });
        identities
    }

    /// How many clusters there were when a document came: they are numbered by their first documents.
    pub(crate) fn clusters_before(&self, document: u32) -> u32 {
        let first =
            |cluster: &Cluster| cluster.texts.first().and_then(|&text| self.text(text)).map_or(0, |text| text.first);
        self.clusters.partition_point(|cluster| first(cluster) < document) as u32
    }

    /// Notes that this run has seen a document of a cluster.
    pub(crate) fn touch(&mut self, cluster: u32) {
        if cluster < self.earlier_clusters {
            self.touched.insert(cluster);
        }
    }

    /// The clusters that this run has seen documents of, ascending.
    pub(crate) fn touched(&self) -> impl Iterator<Item = u32> {
        self.touched.iter().copied().chain(self.earlier_clusters..self.clusters.len() as u32)
    }

    /// Adds an exact copy and returns its cluster.
    pub(crate) fn add_copy(&mut self, text: u32, id: &str, source: &str) -> u32 {
        let document = self.docs.push(id, source, text);
        self.note_copy(text, document);
        let cluster = self.text(text).map_or(0, |text| text.cluster);
        self.touch(cluster);
        cluster
    }

    /// Notes that a document has the text of an earlier one.
    pub(crate) fn note_copy(&mut self, text: u32, document: u32) {
        let copies = self.copies.entry(text).or_default();
        self.heap_bytes -= copies.capacity() * size_of::<u32>();
        copies.push(document);
        self.heap_bytes += copies.capacity() * size_of::<u32>();
    }

    /// Adds a document with a new text to a cluster, or to one of its own, and returns the cluster.
    pub(crate) fn add_text(
        &mut self,
        id: &str,
        source: &str,
        sketch: Sketch,
        cluster: Option<u32>,
        searchable: bool,
        represents: bool,
    ) -> u32 {
        let text = self.texts.len() as u32;
        if let Some(identity) = sketch.identity() {
            self.exact.insert(identity, text);
        }
        let index = cluster.unwrap_or(self.clusters.len() as u32);
        let row = Text {
            cluster: index,
            first: self.docs.push(id, source, text),
            tokens: sketch.body.tokens,
            kept: sketch.shingles.len() as u32,
            published: sketch.published.unwrap_or(i64::MAX),
        };
        self.push_text(row);
        if searchable {
            self.postings.insert(&sketch.shingles, index);
        } else {
            self.postings.reserve(index as usize + 1);
        }
        self.bodies.push(sketch.body);
        if represents {
            self.represent(index, text);
        }
        self.touch(index);
        index
    }

    /// Adds a text and, where it is the first of it, its cluster.
    pub(crate) fn push_text(&mut self, row: Text) {
        let text = self.texts.len() as u32;
        if row.cluster as usize == self.clusters.len() {
            self.clusters.push(Cluster { texts: Vec::new(), representative: text, kept: u32::MAX });
        }
        if let Some(cluster) = self.clusters.get_mut(row.cluster as usize) {
            self.heap_bytes -= cluster.texts.capacity() * size_of::<u32>();
            cluster.texts.push(text);
            cluster.kept = cluster.kept.min(row.kept);
            self.heap_bytes += cluster.texts.capacity() * size_of::<u32>();
        }
        self.texts.push(row);
    }

    /// Lets a text stand for a cluster.
    pub(crate) fn represent(&mut self, cluster: u32, text: u32) {
        if let Some(found) = self.clusters.get_mut(cluster as usize) {
            found.representative = text;
            if cluster < self.earlier_clusters {
                self.changed.insert(cluster);
            }
        }
    }

    /// From here on documents are of another run.
    pub(crate) fn begin_run(&mut self) {
        self.docs.begin_run();
        self.earlier_texts = self.texts.len() as u32;
        self.earlier_clusters = self.clusters.len() as u32;
        self.earlier_runs = self.postings.runs().len();
        self.touched.clear();
        self.changed.clear();
        self.postings.reserve(self.clusters.len());
    }

    /// Memory in bytes that a spill does not free.
    pub(crate) fn fixed_bytes(&self) -> usize {
        self.memory_bytes() - self.bodies.heap_bytes() - self.postings.heap_bytes()
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.heap_bytes
            + self.docs.bytes()
            + self.texts.capacity() * size_of::<Text>()
            + self.clusters.capacity() * size_of::<Cluster>()
            + map_bytes(self.exact.capacity(), size_of::<(u128, u32)>())
            + map_bytes(self.copies.capacity(), size_of::<(u32, Vec<u32>)>())
            + self.bodies.bytes()
            + self.postings.bytes()
    }
}

/// One byte of control an entry, and seven of eight entries in use at most (hashbrown).
fn map_bytes(capacity: usize, entry: usize) -> usize {
    capacity * 8 / 7 * (entry + 1)
}

impl Docs {
    /// Adds a document and returns its number.
    pub(crate) fn push(&mut self, id: &str, source: &str, text: u32) -> u32 {
        self.ids.push_str(id);
        self.ends.push(self.ids.len() as u64);
        let source = match self.source_numbers.get(source) {
            Some(&number) => number,
            None => {
                let number = self.sources.len() as u32;
                self.sources.push(source.to_owned());
                self.source_numbers.insert(source.to_owned(), number);
                number
            }
        };
        self.rows.push(Doc { text, source });
        self.rows.len() as u32 - 1
    }

    pub(crate) fn get(&self, document: u32) -> Option<Doc> {
        self.rows.get(document as usize).copied()
    }

    /// What a document came from.
    pub(crate) fn source(&self, doc: Doc) -> &str {
        self.sources.get(doc.source as usize).map_or("", String::as_str)
    }

    pub(crate) fn id(&self, document: u32) -> String {
        self.id_of(document).to_owned()
    }

    pub(crate) fn id_of(&self, document: u32) -> &str {
        let end = |document: u32| self.ends.get(document as usize).map_or(0, |&end| end as usize);
        let start = document.checked_sub(1).map_or(0, end);
        self.ids.get(start..end(document)).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Documents of earlier runs.
    pub(crate) fn earlier(&self) -> u32 {
        self.earlier
    }

    /// The document of an earlier run whose id has this hash.
    pub(crate) fn known(&self, id: u128) -> Option<u32> {
        self.known.get(&id).copied()
    }

    fn begin_run(&mut self) {
        for document in self.earlier..self.len() {
            let hash = xxhash_rust::xxh3::xxh3_128(self.id_of(document).as_bytes());
            self.known.insert(hash, document);
        }
        self.earlier = self.len();
    }

    fn bytes(&self) -> usize {
        self.ids.capacity()
            + self.ends.capacity() * size_of::<u64>()
            + self.rows.capacity() * size_of::<Doc>()
            + map_bytes(self.known.capacity(), size_of::<(u128, u32)>())
    }
}

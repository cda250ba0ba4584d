//! Gathers sketches while a run goes on, and makes stories of them at its end.

use std::{collections::HashMap, hash::BuildHasherDefault};

use khabar_model::{DuplicateStatus, StoryRow, Verdict};

use super::corpus::Corpus;
use super::day::Days;
use super::neighbours::{Neighbourhood, neighbourhoods};
use super::settings::StorySettings;
use super::sketch::{Space, StorySketch};
use super::{agglomerate, why};
use crate::postings::KeyHasher;

/// For keys that are hashes already.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// The documents of a run, until their stories are known. Holds at most 2^32 documents.
#[derive(Debug, Default)]
pub struct Clusterer {
    settings: StorySettings,
    documents: Vec<Document>,
    by_id: Map<Box<str>, u32>,
    languages: Vec<Box<str>>,
    features: Map<(u64, Space), u32>,
    /// By feature, with the first of its spellings in the order of bytes.
    names: Vec<(Space, Box<str>)>,
}

/// What is gathered of a document.
#[derive(Debug)]
pub(super) struct Document {
    id: Box<str>,
    /// The first document with its text; itself if there is none.
    twin: u32,
    pub(super) language: u16,
    pub(super) days: Option<Days>,
    tokens: u32,
    /// Features, ascending, and how often it has them.
    pub(super) features: Box<[u32]>,
    pub(super) counts: Box<[u8]>,
}

/// A document of a story, and the node that stands for its text.
type Member = (u32, u32);

impl Clusterer {
    /// Knows no document yet.
    pub fn new(settings: StorySettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Takes in a document with the verdict on it. Only exact copies are taken for one document: which documents are
    /// near or abridged depends on which of them came first, and they join by what they have in common.
    pub fn add(&mut self, id: &str, sketch: &StorySketch, verdict: &Verdict) {
        let at = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let copied = verdict.of.as_deref().filter(|_| verdict.status == DuplicateStatus::Exact);
        let original = copied.and_then(|of| self.documents.get(*self.by_id.get(of)? as usize));
        let twin = original.map_or(at, |original| original.twin);
        self.by_id.entry(id.into()).or_insert(at);
        let language = self.language(&sketch.language);
        let mut found: Vec<(u32, u8)> = Vec::with_capacity(sketch.features.len());
        for (feature, name) in sketch.features.iter().zip(sketch.names.split('\n')) {
            let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            let index = *self.features.entry((feature.key, feature.space)).or_insert(next);
            if index == next {
                self.names.push((feature.space, name.into()));
            } else if let Some((_, known)) = self.names.get_mut(index as usize).filter(|(_, known)| name < &**known) {
                // Of several spellings the first in the alphabet, whoever came first.
                *known = name.into();
            }
            found.push((index, feature.count));
        }
        found.sort_unstable();
        self.documents.push(Document {
            id: id.into(),
            twin,
            language,
            days: sketch.days,
            tokens: sketch.tokens,
            features: found.iter().map(|&(feature, _)| feature).collect(),
            counts: found.iter().map(|&(_, count)| count).collect(),
        });
    }

    /// Documents so far.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Memory in bytes that the documents so far take, near enough; making stories takes about twice as much
    /// again.
    pub fn memory_bytes(&self) -> usize {
        let documents = self.documents.iter().map(|document| 2 * document.id.len() + 5 * document.features.len());
        let names = self.names.iter().map(|(_, name)| name.len() + size_of::<(Space, Box<str>)>());
        documents.sum::<usize>()
            + names.sum::<usize>()
            + self.documents.capacity() * size_of::<Document>()
            + self.features.capacity() * 8 / 7 * (size_of::<((u64, Space), u32)>() + 1)
            + self.by_id.capacity() * 8 / 7 * (size_of::<(Box<str>, u32)>() + 1)
    }

    /// The stories: one row a document, those of a story in a row and in the order of their dates, then of their ids;
    /// stories in the order of their first documents. A document that shares its event with no other is a story of one.
    ///
    /// `workers` threads search; the rows do not depend on their number, nor on the order in which documents came.
    pub fn stories(mut self, workers: usize) -> Vec<StoryRow> {
        let order = self.representatives();
        self.by_id = Map::default();
        let (features, names) = (std::mem::take(&mut self.features), std::mem::take(&mut self.names));
        let corpus = Corpus::new(&mut self.documents, &order, features, names, self.languages.len(), &self.settings);
        let neighbourhoods = neighbourhoods(&corpus, &self.settings, workers);
        let groups = agglomerate::groups(&corpus.nodes, &neighbourhoods, &self.settings);
        self.rows(&order, &corpus, &neighbourhoods, &groups)
    }

    fn language(&mut self, code: &str) -> u16 {
        let at = self.languages.iter().position(|known| &**known == code).unwrap_or_else(|| {
            self.languages.push(code.into());
            self.languages.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// One document for each text, the longest of its copies; by date, then by id, those without a date last.
    fn representatives(&self) -> Vec<u32> {
        let mut longest: Map<u32, u32> = Map::default();
        for (at, document) in (0_u32..).zip(&self.documents) {
            let best = longest.entry(document.twin).or_insert(at);
            let standing = self.documents.get(*best as usize);
            if standing.is_none_or(|standing| (document.tokens, &standing.id) > (standing.tokens, &document.id)) {
                *best = at;
            }
        }
        let mut order: Vec<u32> = longest.into_values().collect();
        order.sort_unstable_by_key(|&at| self.place(at));
        order
    }

    /// By what documents are sorted.
    fn place(&self, at: u32) -> (bool, Option<Days>, &str, u32) {
        let document = self.documents.get(at as usize);
        let days = document.and_then(|document| document.days);
        (days.is_none(), days, document.map_or("", |document| &document.id), at)
    }

    fn rows(
        &self,
        order: &[u32],
        corpus: &Corpus,
        neighbourhoods: &[Neighbourhood],
        groups: &[Vec<u32>],
    ) -> Vec<StoryRow> {
        let mut twins: Map<u32, Vec<u32>> = Map::default();
        for (at, document) in (0_u32..).zip(&self.documents) {
            twins.entry(document.twin).or_default().push(at);
        }
        let mut stories: Vec<(&[u32], Vec<Member>)> = Vec::with_capacity(groups.len());
        for group in groups {
            let mut members: Vec<Member> = Vec::new();
            for &node in group {
                let twin = order.get(node as usize).and_then(|&at| Some(self.documents.get(at as usize)?.twin));
                let documents = twin.and_then(|twin| twins.get(&twin)).into_iter().flatten();
                members.extend(documents.map(|&at| (at, node)));
            }
            members.sort_unstable_by_key(|&(at, _)| self.place(at));
            stories.push((group, members));
        }
        stories.sort_unstable_by_key(|(_, members)| members.first().map(|&(at, _)| self.place(at)));
        let id_of = |node: u32| order.get(node as usize).map(|&at| self.id(at)).unwrap_or_default();
        let mut rows = Vec::with_capacity(self.documents.len());
        for (group, members) in &stories {
            let story = members.first().map(|&(at, _)| self.id(at)).unwrap_or_default();
            for &(at, node) in members {
                let why = if order.get(node as usize) == Some(&at) {
                    why::of(node, group, corpus, neighbourhoods, id_of)
                } else {
                    vec![format!("duplicate: {}", id_of(node))]
                };
                rows.push(StoryRow { story: story.clone(), id: self.id(at), why });
            }
        }
        rows
    }

    fn id(&self, at: u32) -> String {
        self.documents.get(at as usize).map(|document| document.id.to_string()).unwrap_or_default()
    }
}

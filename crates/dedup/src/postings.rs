//! The inverted index: from a shingle to the clusters that contain it.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::{
    error::Error,
    run::{COMMON, Posting, Run},
};

/// Shingles to clusters. A shingle that too many clusters contain is remembered as common and found no more.
#[derive(Debug)]
pub(crate) struct Postings {
    slots: HashMap<u64, Slot, BuildHasherDefault<KeyHasher>>,
    /// The clusters of the shingles that more than one contains, ascending.
    lists: Vec<Vec<u32>>,
    /// Indices of lists that were given back.
    free: Vec<u32>,
    /// Bytes that the lists hold.
    list_bytes: usize,
    cap: usize,
    /// By cluster, all zero between two calls: shingles that it shares with the document in hand, and [`RARE`].
    hits: Vec<u32>,
    /// What no longer fitted into memory, and what earlier runs left; the oldest first.
    runs: Vec<Run>,
    /// Buffer of the clusters of one shingle.
    found: Vec<u32>,
    /// Every cluster and shingle (its place in the sketch) of the last call that were found together, by shingle.
    seeds: Vec<(u32, u32)>,
}

/// Most shingles are in one cluster only: its number lies in the table itself.
#[derive(Clone, Copy, Debug)]
enum Slot {
    One(u32),
    Many(u32),
    Common,
}

/// A cluster that shares shingles with the document in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) cluster: u32,
    /// Shingles that it shares.
    pub(crate) hits: u32,
    /// One of them is in a few clusters only.
    pub(crate) rare: bool,
}

/// Marks a cluster that shares a rare shingle.
const RARE: u32 = 1 << 31;
/// Clusters that contain a rare shingle, at most.
const FEW: usize = 4;

impl Postings {
    /// An index that forgets the shingles of more than `cap` clusters.
    pub(crate) fn new(cap: usize) -> Self {
        Self {
            slots: HashMap::default(),
            lists: Vec::new(),
            free: Vec::new(),
            list_bytes: 0,
            cap: cap.max(1),
            hits: Vec::new(),
            runs: Vec::new(),
            found: Vec::new(),
            seeds: Vec::new(),
        }
    }

    /// The clusters before `below` that share a shingle, ascending.
    pub(crate) fn candidates(&mut self, shingles: &[u64], below: u32) -> Result<Vec<Candidate>, Error> {
        let mut touched = Vec::new();
        self.seeds.clear();
        let done = (0..).zip(shingles).try_for_each(|(nth, &shingle)| self.hit(nth, shingle, below, &mut touched));
        touched.sort_unstable();
        let candidate = |cluster: u32| {
            let hits = self.hits.get_mut(cluster as usize).map_or(0, std::mem::take);
            Candidate { cluster, hits: hits & !RARE, rare: hits & RARE != 0 }
        };
        let candidates = touched.into_iter().map(candidate).collect();
        done.map(|()| candidates)
    }

    /// The shingles that some clusters (ascending) share with the document of the last call of
    /// [`Postings::candidates`]: cluster and place in its sketch, ascending.
    pub(crate) fn seeds(&self, clusters: &[u32]) -> Vec<(u32, u32)> {
        let mut seeds: Vec<(u32, u32)> =
            self.seeds.iter().copied().filter(|(cluster, _)| clusters.binary_search(cluster).is_ok()).collect();
        seeds.sort_unstable();
        seeds
    }

    /// Counts a shingle for the clusters that contain it.
    fn hit(&mut self, nth: u32, shingle: u64, below: u32, touched: &mut Vec<u32>) -> Result<(), Error> {
        let one;
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        for run in &self.runs {
            run.look_up(shingle, &mut found)?;
        }
        let here: &[u32] = match self.slots.get(&shingle) {
            Some(&Slot::One(cluster)) => {
                one = [cluster];
                &one
            }
            Some(&Slot::Many(list)) => self.lists.get(list as usize).map_or(&[], Vec::as_slice),
            Some(Slot::Common) => &[COMMON],
            None => &[],
        };
        let clusters = if found.is_empty() {
            here
        } else {
            found.extend_from_slice(here);
            found.sort_unstable();
            found.dedup();
            &found
        };
        let visible = clusters.partition_point(|&cluster| cluster < below);
        if visible <= self.cap && clusters.last() != Some(&COMMON) {
            let rare = if visible <= FEW { RARE } else { 0 };
            for &cluster in clusters.iter().take(visible) {
                if let Some(hits) = self.hits.get_mut(cluster as usize) {
                    if *hits == 0 {
                        touched.push(cluster);
                    }
                    *hits = (*hits + 1) | rare;
                    self.seeds.push((cluster, nth));
                }
            }
        }
        self.found = found;
        Ok(())
    }

    /// Makes room for the clusters of an index.
    pub(crate) fn reserve(&mut self, clusters: usize) {
        if self.hits.len() < clusters {
            self.hits.resize(clusters, 0);
        }
    }

    pub(crate) fn add_run(&mut self, run: Run) {
        self.runs.push(run);
    }

    /// Postings in memory, ascending.
    pub(crate) fn in_memory(&self) -> Vec<Posting> {
        let mut postings: Vec<Posting> = Vec::with_capacity(self.slots.len());
        self.slots.iter().for_each(|(&shingle, slot)| match *slot {
            Slot::One(cluster) => postings.push((shingle, cluster)),
            Slot::Many(list) => {
                postings.extend(self.lists.get(list as usize).into_iter().flatten().map(|&cluster| (shingle, cluster)));
            }
            Slot::Common => postings.push((shingle, COMMON)),
        });
        postings.sort_unstable();
        postings
    }

    /// Forgets what is in memory, which a run holds by now.
    pub(crate) fn forget(&mut self) {
        self.slots = HashMap::default();
        (self.lists, self.free, self.list_bytes) = (Vec::new(), Vec::new(), 0);
    }

    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Puts one run in place of those from `first` on.
    pub(crate) fn replace_runs(&mut self, first: usize, run: Run) {
        self.runs.truncate(first);
        self.runs.push(run);
    }

    pub(crate) fn cap(&self) -> usize {
        self.cap
    }

    /// Notes that a cluster contains the shingles. Those that it is known to contain already cost nothing, so that
    /// copies neither grow the index nor make a shingle common.
    pub(crate) fn insert(&mut self, shingles: &[u64], cluster: u32) {
        if self.hits.len() <= cluster as usize {
            self.hits.resize(cluster as usize + 1, 0);
        }
        for &shingle in shingles {
            let slot = self.slots.entry(shingle).or_insert(Slot::One(cluster));
            match *slot {
                Slot::One(only) if only != cluster => {
                    *slot = if self.cap < 2 {
                        Slot::Common
                    } else {
                        let index = self.free.pop().unwrap_or(self.lists.len() as u32);
                        if index as usize == self.lists.len() {
                            self.lists.push(Vec::new());
                        }
                        if let Some(list) = self.lists.get_mut(index as usize) {
                            list.extend([only.min(cluster), only.max(cluster)]);
                            self.list_bytes += list.capacity() * size_of::<u32>();
                        }
                        Slot::Many(index)
                    };
                }
                Slot::Many(index) => {
                    let Some(list) = self.lists.get_mut(index as usize) else { continue };
                    let Err(place) = list.binary_search(&cluster) else { continue };
                    self.list_bytes -= list.capacity() * size_of::<u32>();
                    if list.len() < self.cap {
                        list.insert(place, cluster);
                        self.list_bytes += list.capacity() * size_of::<u32>();
                    } else {
                        *list = Vec::new();
                        self.free.push(index);
                        *slot = Slot::Common;
                    }
                }
                Slot::One(_) | Slot::Common => {}
            }
        }
    }

    /// Bytes that [`Postings::forget`] gives back.
    pub(crate) fn heap_bytes(&self) -> usize {
        // One byte of control an entry, and seven of eight entries in use at most (hashbrown).
        let table = self.slots.capacity() * 8 / 7 * (size_of::<(u64, Slot)>() + 1);
        let lists = self.lists.capacity() * size_of::<Vec<u32>>() + self.list_bytes;
        table + lists + self.free.capacity() * size_of::<u32>()
    }

    /// Memory in bytes, near enough.
    pub(crate) fn bytes(&self) -> usize {
        let runs: usize = self.runs.iter().map(Run::bytes).sum();
        self.heap_bytes() + runs + self.hits.capacity() * size_of::<u32>()
    }
}

/// For keys that are hashes already. The kept shingles are the smallest, so their first bits say nothing, and the map
/// picks its tag from there: one multiplication brings the last bits up.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0.rotate_left(32) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u128(&mut self, key: u128) {
        self.write_u64(key as u64);
        self.write_u64((key >> 64) as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(postings: &mut Postings, shingles: &[u64]) -> Vec<(u32, u32)> {
        postings.candidates(shingles, COMMON).unwrap().into_iter().map(|found| (found.cluster, found.hits)).collect()
    }

    #[test]
    fn common_shingles_are_forgotten_and_copies_do_not_count() {
        let mut postings = Postings::new(3);
        for cluster in [0, 1, 1, 1, 2, 0] {
            postings.insert(&[7, 9], cluster);
        }
        assert_eq!(found(&mut postings, &[7, 9]), [(0, 2), (1, 2), (2, 2)]);
        assert_eq!(found(&mut postings, &[7, 8]), [(0, 1), (1, 1), (2, 1)]);
        postings.insert(&[7], 3);
        assert_eq!(found(&mut postings, &[7]), []);
        assert_eq!(found(&mut postings, &[9]), [(0, 1), (1, 1), (2, 1)]);
        // The list that was given back serves the next shingle.
        postings.insert(&[11], 0);
        postings.insert(&[11], 4);
        assert_eq!(found(&mut postings, &[11]), [(0, 1), (4, 1)]);
        assert_eq!(postings.lists.len(), 2);
        assert_eq!(postings.in_memory(), [(7, COMMON), (9, 0), (9, 1), (9, 2), (11, 0), (11, 4)]);
    }
}

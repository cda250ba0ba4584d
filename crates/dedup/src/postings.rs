//! The inverted index: from a shingle to the clusters that contain it.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Shingles to clusters. A shingle that too many clusters contain is remembered as common and found no more.
pub(crate) struct Postings {
    slots: HashMap<u64, Slot, BuildHasherDefault<KeyHasher>>,
    /// The clusters of the shingles that more than one contains, ascending.
    lists: Vec<Vec<u32>>,
    /// Indices of lists that were given back.
    free: Vec<u32>,
    /// Bytes that the lists hold.
    list_bytes: usize,
    cap: usize,
    /// By cluster, all zero between two calls: shingles that it shares with the document in hand.
    hits: Vec<u32>,
}

/// Most shingles are in one cluster only: its number lies in the table itself.
#[derive(Clone, Copy, Debug)]
enum Slot {
    One(u32),
    Many(u32),
    Common,
}

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
        }
    }

    /// The clusters that share at least `least` of the shingles, ascending, and how many they share.
    pub(crate) fn candidates(&mut self, shingles: &[u64], least: u32) -> Vec<(u32, u32)> {
        let mut touched = Vec::new();
        let hits = &mut self.hits;
        let mut hit = |cluster: u32| {
            if let Some(hits) = hits.get_mut(cluster as usize) {
                if *hits == 0 {
                    touched.push(cluster);
                }
                *hits = hits.saturating_add(1);
            }
        };
        for shingle in shingles {
            match self.slots.get(shingle) {
                Some(&Slot::One(cluster)) => hit(cluster),
                Some(&Slot::Many(list)) => {
                    self.lists.get(list as usize).into_iter().flatten().copied().for_each(&mut hit)
                }
                Some(Slot::Common) | None => {}
            }
        }
        touched.sort_unstable();
        let count = |cluster: u32| (cluster, self.hits.get_mut(cluster as usize).map_or(0, std::mem::take));
        touched.into_iter().map(count).filter(|&(_, hits)| hits >= least).collect()
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

    /// Memory in bytes, near enough.
    pub(crate) fn bytes(&self) -> usize {
        // One byte of control an entry, and seven of eight entries in use at most (hashbrown).
        let table = self.slots.capacity() * 8 / 7 * (size_of::<(u64, Slot)>() + 1);
        let lists = self.lists.capacity() * size_of::<Vec<u32>>() + self.list_bytes;
        table + lists + self.free.capacity() * size_of::<u32>() + self.hits.capacity() * size_of::<u32>()
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

    #[test]
    fn common_shingles_are_forgotten_and_copies_do_not_count() {
        let mut postings = Postings::new(3);
        for cluster in [0, 1, 1, 1, 2, 0] {
            postings.insert(&[7, 9], cluster);
        }
        assert_eq!(postings.candidates(&[7, 9], 2), [(0, 2), (1, 2), (2, 2)]);
        assert_eq!(postings.candidates(&[7, 8], 2), []);
        postings.insert(&[7], 3);
        assert_eq!(postings.candidates(&[7], 1), []);
        assert_eq!(postings.candidates(&[9], 1), [(0, 1), (1, 1), (2, 1)]);
        // The list that was given back serves the next shingle.
        postings.insert(&[11], 0);
        postings.insert(&[11], 4);
        assert_eq!(postings.candidates(&[11], 1), [(0, 1), (4, 1)]);
        assert_eq!(postings.lists.len(), 2);
    }
}

//! A sorted run: postings on disk, in blocks with checksums, behind a filter that answers most questions from memory.

use std::{
    io::{self, Write},
    sync::Arc,
};

use xxhash_rust::xxh3::xxh3_64;

use crate::{blob::Blob, error::Error, tokens::mix};

/// A shingle and a cluster that contains it, or [`COMMON`].
pub(crate) type Posting = (u64, u32);

/// In place of a cluster: too many contain the shingle.
pub(crate) const COMMON: u32 = u32::MAX;

/// Postings a block; with the checksum just under a page of 4 KiB.
const BLOCK: usize = 340;
const BYTES: usize = 12;
const SUM: usize = 8;

/// Postings on disk, by shingle and cluster ascending.
#[derive(Debug)]
pub(crate) struct Run {
    blob: Arc<Blob>,
    /// Byte of the blob where the blocks start.
    start: u64,
    pub(crate) index: RunIndex,
}

/// What of a run is in memory: about eleven bits a posting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunIndex {
    /// Postings.
    pub(crate) len: u64,
    /// The first shingle of each block.
    pub(crate) fences: Vec<u64>,
    pub(crate) filter: Filter,
}

/// A Bloom filter whose bits for one key lie in one line of cache: ten bits a key, four of them set, some 3% of the
/// absent keys let through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) words: Vec<u64>,
}

const LINE: usize = 8;

impl Filter {
    fn new(keys: u64) -> Self {
        Self { words: vec![0; ((keys * 10).div_ceil(512).max(1) as usize) * LINE] }
    }

    fn bits(&self, key: u64) -> impl Iterator<Item = (usize, u64)> + use<> {
        let hash = mix(key ^ 0x9e37_79b9_7f4a_7c15);
        let lines = (self.words.len() / LINE) as u128;
        let line = ((u128::from(hash) * lines) >> 64) as usize * LINE;
        (0..4).map(move |nth| {
            let bit = (hash >> (nth * 9)) as usize & 511;
            (line + bit / 64, 1 << (bit % 64))
        })
    }

    fn insert(&mut self, key: u64) {
        for (at, bit) in self.bits(key) {
            if let Some(word) = self.words.get_mut(at) {
                *word |= bit;
            }
        }
    }

    fn may_hold(&self, key: u64) -> bool {
        self.bits(key).all(|(at, bit)| self.words.get(at).is_some_and(|word| word & bit != 0))
    }
}

impl Run {
    /// The run whose blocks start at a byte of a blob.
    pub(crate) fn new(blob: Arc<Blob>, start: u64, index: RunIndex) -> Self {
        Self { blob, start, index }
    }

    /// Appends the clusters of a shingle to `found`, [`COMMON`] among them where it is.
    pub(crate) fn look_up(&self, shingle: u64, found: &mut Vec<u32>) -> Result<(), Error> {
        if !self.index.filter.may_hold(shingle) {
            return Ok(());
        }
        // The shingle may begin at the end of the block before the first that starts with it.
        let first = self.index.fences.partition_point(|&fence| fence < shingle).saturating_sub(1);
        for block in first..self.index.fences.len() {
            if self.index.fences.get(block).is_some_and(|&fence| fence > shingle) {
                break;
            }
            let postings = self.block(block)?;
            let start = postings.partition_point(|&(key, _)| key < shingle);
            let here = postings.iter().skip(start).take_while(|&&(key, _)| key == shingle);
            found.extend(here.map(|&(_, cluster)| cluster));
        }
        Ok(())
    }

    fn block(&self, block: usize) -> Result<Vec<Posting>, Error> {
        let before = (block * BLOCK) as u64;
        let count = self.index.len.saturating_sub(before).min(BLOCK as u64) as usize;
        let at = self.start + (block * (BLOCK * BYTES + SUM)) as u64;
        let bytes = self.blob.read(at, count * BYTES + SUM)?;
        let (postings, sum) = bytes.split_at(count * BYTES);
        if xxh3_64(postings).to_le_bytes() != *sum {
            return Err(self.blob.damaged("a block of postings"));
        }
        let posting = |b: &[u8]| {
            let key = u64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]);
            (key, u32::from_le_bytes([b[8], b[9], b[10], b[11]]))
        };
        Ok(postings.chunks_exact(BYTES).map(posting).collect())
    }

    /// All postings in order, a block at a time.
    pub(crate) fn postings(&self) -> impl Iterator<Item = Result<Posting, Error>> {
        (0..self.index.fences.len()).flat_map(|block| {
            let (postings, error) = match self.block(block) {
                Ok(postings) => (postings, None),
                Err(error) => (Vec::new(), Some(Err(error))),
            };
            postings.into_iter().map(Ok).chain(error)
        })
    }

    /// Memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        (self.index.fences.capacity() + self.index.filter.words.capacity()) * 8
    }
}

/// Writes postings, which ascend, as blocks; `most` is an upper bound of their number.
pub(crate) fn write_run(
    postings: impl Iterator<Item = Result<Posting, Error>>,
    most: u64,
    out: &mut impl Write,
    failed: impl Fn(io::Error) -> Error,
) -> Result<RunIndex, Error> {
    let mut index = RunIndex { filter: Filter::new(most), ..RunIndex::default() };
    let mut block = Vec::with_capacity(BLOCK * BYTES + SUM);
    let mut flush = |block: &mut Vec<u8>| {
        let sum = xxh3_64(block).to_le_bytes();
        block.extend_from_slice(&sum);
        let written = out.write_all(block);
        block.clear();
        written
    };
    for posting in postings {
        let (shingle, cluster) = posting?;
        if block.is_empty() {
            index.fences.push(shingle);
        }
        index.filter.insert(shingle);
        index.len += 1;
        block.extend_from_slice(&shingle.to_le_bytes());
        block.extend_from_slice(&cluster.to_le_bytes());
        if block.len() == BLOCK * BYTES {
            flush(&mut block).map_err(&failed)?;
        }
    }
    if !block.is_empty() {
        flush(&mut block).map_err(&failed)?;
    }
    Ok(index)
}

/// Merges ascending postings: each pair once, and a shingle of more than `cap` clusters as common.
pub(crate) fn merged<'a>(
    sources: Vec<Box<dyn Iterator<Item = Result<Posting, Error>> + 'a>>,
    cap: usize,
) -> impl Iterator<Item = Result<Posting, Error>> + 'a {
    let mut sources: Vec<_> = sources.into_iter().map(Iterator::peekable).collect();
    let mut failed = false;
    let mut clusters: Vec<u32> = Vec::new();
    let next_group = move || -> Option<Result<Vec<Posting>, Error>> {
        if failed {
            return None;
        }
        let mut least: Option<u64> = None;
        for source in &mut sources {
            match source.peek() {
                Some(Ok((shingle, _))) => least = Some(least.map_or(*shingle, |least| least.min(*shingle))),
                Some(Err(_)) => {
                    failed = true;
                    return source.next().and_then(Result::err).map(Err);
                }
                None => {}
            }
        }
        let least = least?;
        clusters.clear();
        for source in &mut sources {
            while let Some(Ok((_, cluster))) =
                source.next_if(|next| matches!(next, Ok((shingle, _)) if *shingle == least))
            {
                clusters.push(cluster);
            }
        }
        clusters.sort_unstable();
        clusters.dedup();
        if clusters.len() > cap || clusters.last() == Some(&COMMON) {
            return Some(Ok(vec![(least, COMMON)]));
        }
        Some(Ok(clusters.iter().map(|&cluster| (least, cluster)).collect()))
    };
    std::iter::from_fn(next_group).flat_map(|group| {
        let (postings, error) = match group {
            Ok(postings) => (postings, None),
            Err(error) => (Vec::new(), Some(Err(error))),
        };
        postings.into_iter().map(Ok).chain(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_of(postings: &[Posting]) -> (tempfile::TempDir, Run) {
        let dir = tempfile::tempdir().unwrap();
        let mut bytes = b"before".to_vec();
        let len = postings.len() as u64;
        let index = write_run(postings.iter().copied().map(Ok), len, &mut bytes, |error| panic!("{error}")).unwrap();
        let blob = Blob::create(&dir.path().join("run"), &bytes).unwrap();
        (dir, Run::new(Arc::new(blob), 6, index))
    }

    #[test]
    fn what_was_written_is_found_and_nothing_else() {
        let postings: Vec<Posting> = (0..5000_u32).map(|nth| (u64::from(nth / 3) * 7, nth)).collect();
        let (_dir, run) = run_of(&postings);
        assert_eq!(run.postings().map(Result::unwrap).collect::<Vec<_>>(), postings);
        for shingle in (0..12_000).step_by(13) {
            let mut found = Vec::new();
            run.look_up(shingle, &mut found).unwrap();
            let expected: Vec<u32> =
                postings.iter().filter(|&&(key, _)| key == shingle).map(|&(_, cluster)| cluster).collect();
            assert_eq!(found, expected, "{shingle}");
        }
    }

    #[test]
    fn merging_drops_repeats_and_marks_what_is_common() {
        let one: [Posting; 4] = [(1, 5), (2, 1), (2, 2), (9, COMMON)];
        let two: [Posting; 4] = [(1, 5), (1, 6), (2, 3), (9, 4)];
        let sources = [one.to_vec(), two.to_vec()]
            .map(|postings| Box::new(postings.into_iter().map(Ok)) as Box<dyn Iterator<Item = Result<Posting, Error>>>);
        let all: Vec<Posting> = merged(sources.into(), 2).map(Result::unwrap).collect();
        assert_eq!(all, [(1, 5), (1, 6), (2, COMMON), (9, COMMON)]);
    }

    #[test]
    fn a_flipped_bit_is_an_error() {
        let postings: Vec<Posting> = (0..400).map(|nth| (nth, 0)).collect();
        let mut bytes = Vec::new();
        let index = write_run(postings.iter().copied().map(Ok), 400, &mut bytes, |error| panic!("{error}")).unwrap();
        for at in [0, 500, 4087, 4090, bytes.len() - 1] {
            let dir = tempfile::tempdir().unwrap();
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            let blob = Blob::create(&dir.path().join("run"), &bytes).unwrap();
            let run = Run::new(Arc::new(blob), 0, index.clone());
            assert!(run.postings().any(|posting| posting.is_err()), "byte {at}");
        }
    }
}

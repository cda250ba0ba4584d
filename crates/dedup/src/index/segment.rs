//! A segment: the documents of one run, or of all runs that were merged.
//!
//! Texts first, then postings in blocks, each with its own checksum, read when they are asked for; then the tables, which
//! are read whole; at the end where those are, and their checksum.

use std::{ops::Range, path::Path, sync::Arc};

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::{
    bytes::{Bytes, put, put_text},
    disk::{Disk, Output},
};
use crate::{
    blob::Blob,
    bodies::Address,
    deduper::{State, Text},
    error::Error,
    run::{Filter, Posting, Run, RunIndex, merged, write_run},
};

pub(super) const SUFFIX: &str = ".segment";
const HEAD: &[u8; 16] = b"khabar-segment 1";
/// Start, length and checksum of the tables.
const TAIL: usize = 32;

/// What of a state a segment holds: everything from here on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    document: u32,
    text: u32,
    cluster: u32,
    run: usize,
}

impl Extent {
    pub(super) fn all(_: &State) -> Self {
        Self { document: 0, text: 0, cluster: 0, run: 0 }
    }

    pub(super) fn of_run(state: &State) -> Self {
        Self {
            document: state.docs.earlier(),
            text: state.earlier_texts,
            cluster: state.earlier_clusters,
            run: state.earlier_runs,
        }
    }

    /// Whether there is anything to write.
    pub(super) fn changes(self, state: &State) -> bool {
        self.document < state.docs.len() || !state.changed.is_empty()
    }

    pub(super) fn documents(self, state: &State) -> u64 {
        u64::from(state.docs.len().saturating_sub(self.document))
    }
}

/// The file with its length and checksum.
struct Sink<'d> {
    output: Output<'d>,
    buffer: Vec<u8>,
    bytes: u64,
    hash: Xxh3,
    failed: Option<Error>,
}

impl Sink<'_> {
    fn flush_if(&mut self, most: usize) -> Result<(), Error> {
        if self.buffer.len() > most {
            self.hash.update(&self.buffer);
            self.bytes += self.buffer.len() as u64;
            self.output.write(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }
}

impl std::io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        match self.flush_if(1 << 18) {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.failed = Some(error);
                Err(std::io::ErrorKind::Other.into())
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Writes a segment and syncs it; returns its length and checksum.
pub(super) fn write(disk: &Disk, path: &Path, state: &State, extent: Extent) -> Result<(u64, u128), Error> {
    let output = disk.create(path)?;
    let mut sink = Sink { output, buffer: HEAD.to_vec(), bytes: 0, hash: Xxh3::new(), failed: None };
    let mut lengths = Vec::new();
    for text in extent.text..state.texts.len() as u32 {
        lengths.push(state.bodies.append(text, &mut sink.buffer)?);
        sink.flush_if(1 << 18)?;
    }
    let postings_start = sink.bytes + sink.buffer.len() as u64;
    let runs = state.postings.runs().get(extent.run..).unwrap_or_default();
    let here = state.postings.in_memory();
    let most = here.len() as u64 + runs.iter().map(|run| run.index.len).sum::<u64>();
    let mut sources: Vec<Box<dyn Iterator<Item = Result<Posting, Error>> + '_>> = Vec::new();
    for run in runs {
        sources.push(Box::new(run.postings()));
    }
    sources.push(Box::new(here.into_iter().map(Ok)));
    let written = write_run(merged(sources, state.postings.cap()), most, &mut sink, |error| Error::new(path, error));
    if let Some(error) = sink.failed.take() {
        return Err(error);
    }
    let index = written?;
    let tables = tables(state, extent, &lengths, postings_start, &index);
    let tables_start = sink.bytes + sink.buffer.len() as u64;
    sink.buffer.extend_from_slice(&tables);
    sink.buffer.extend_from_slice(&tables_start.to_le_bytes());
    sink.buffer.extend_from_slice(&(tables.len() as u64).to_le_bytes());
    sink.buffer.extend_from_slice(&xxh3_128(&tables).to_le_bytes());
    sink.flush_if(0)?;
    let Sink { output, bytes, hash, .. } = sink;
    output.finish()?;
    Ok((bytes, hash.digest128()))
}

fn tables(state: &State, extent: Extent, lengths: &[u32], postings_start: u64, postings: &RunIndex) -> Vec<u8> {
    let mut out = Vec::new();
    let count = |range: Range<u32>| u64::from(range.end - range.start);
    let documents = extent.document..state.docs.len();
    put(&mut out, count(documents.clone()));
    for number in documents {
        let Some(doc) = state.docs.get(number) else { continue };
        put_text(&mut out, state.docs.id_of(number));
        put(&mut out, u64::from(doc.text));
        put_text(&mut out, state.docs.source(doc));
    }
    put(&mut out, lengths.len() as u64);
    let identities = state.identities();
    for (number, &length) in (extent.text..).zip(lengths) {
        let Some(Text { cluster, first, tokens, kept, published }) = state.text(number).cloned() else { continue };
        [cluster, first, tokens, kept, length].iter().for_each(|&part| put(&mut out, u64::from(part)));
        out.extend_from_slice(&published.to_le_bytes());
        let identity = identities.get(number as usize).copied().flatten();
        out.push(u8::from(identity.is_some()));
        identity.into_iter().for_each(|identity| out.extend_from_slice(&identity.to_le_bytes()));
    }
    let clusters = extent.cluster..state.clusters.len() as u32;
    let represented: Vec<u32> =
        state.changed.iter().copied().filter(|&cluster| cluster < extent.cluster).chain(clusters).collect();
    put(&mut out, represented.len() as u64);
    for number in represented {
        let representative = state.clusters.get(number as usize).map_or(0, |cluster| cluster.representative);
        put(&mut out, u64::from(number));
        put(&mut out, u64::from(representative));
    }
    put(&mut out, postings_start);
    put(&mut out, postings.len);
    for words in [&postings.fences, &postings.filter.words] {
        put(&mut out, words.len() as u64);
        words.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
    }
    out
}

/// Adds what a segment holds to the state that those before it made.
pub(super) fn read(blob: &Arc<Blob>, state: &mut State) -> Result<(), Error> {
    let damaged = || blob.damaged("the tables of a segment");
    let len = blob.len()?;
    let tail_start = len.checked_sub(TAIL as u64).ok_or_else(damaged)?;
    if blob.read(0, HEAD.len())? != HEAD {
        return Err(blob.damaged("this is no segment, or one of another version"));
    }
    let tail = blob.read(tail_start, TAIL)?;
    let mut parts = Bytes(&tail);
    let start = parts.array().map(u64::from_le_bytes).ok_or_else(damaged)?;
    let size = parts.array().map(u64::from_le_bytes).ok_or_else(damaged)?;
    let sum = parts.array().map(u128::from_le_bytes).ok_or_else(damaged)?;
    if start.checked_add(size) != Some(tail_start) {
        return Err(damaged());
    }
    let tables = blob.read(start, usize::try_from(size).map_err(|_| damaged())?)?;
    if xxh3_128(&tables) != sum {
        return Err(damaged());
    }
    add(Bytes(&tables), blob, state).ok_or_else(damaged)
}

fn add(mut tables: Bytes<'_>, blob: &Arc<Blob>, state: &mut State) -> Option<()> {
    let first_document = state.docs.len();
    for _ in 0..tables.number()? {
        let id = tables.text()?;
        let text = tables.small()?;
        state.docs.push(id, tables.text()?, text);
    }
    let file = state.bodies.add_blob(Arc::clone(blob));
    let mut start = HEAD.len() as u64;
    for _ in 0..tables.number()? {
        let (cluster, first, tokens, kept) = (tables.small()?, tables.small()?, tables.small()?, tables.small()?);
        let len = tables.small()?;
        let published = tables.array().map(i64::from_le_bytes)?;
        let identity = match tables.take(1)? {
            [0] => None,
            _ => Some(tables.array().map(u128::from_le_bytes)?),
        };
        if cluster as usize > state.clusters.len() || first >= state.docs.len() {
            return None;
        }
        if let Some(identity) = identity {
            state.exact.insert(identity, state.texts.len() as u32);
        }
        state.push_text(Text { cluster, first, tokens, kept, published });
        state.bodies.push_address(Address { blob: file, len, start });
        start += u64::from(len) + 4;
    }
    for document in first_document..state.docs.len() {
        let text = state.docs.get(document)?.text;
        if state.text(text)?.first != document {
            state.note_copy(text, document);
        }
    }
    for _ in 0..tables.number()? {
        let (cluster, representative) = (tables.small()?, tables.small()?);
        if state.text(representative)?.cluster != cluster {
            return None;
        }
        state.represent(cluster, representative);
    }
    let start = tables.number()?;
    let len = tables.number()?;
    let fences = tables.number()?;
    let fences = tables.words(fences)?;
    let filter = tables.number()?;
    let words = tables.words(filter)?;
    state.postings.add_run(Run::new(Arc::clone(blob), start, RunIndex { len, fences, filter: Filter { words } }));
    Some(())
}

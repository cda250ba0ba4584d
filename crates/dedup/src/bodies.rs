//! The bodies of all texts: in memory, or in files once they no longer fit.

use std::{borrow::Cow, sync::Arc};

use xxhash_rust::xxh3::xxh3_64;

use crate::{blob::Blob, body::Body, error::Error};

/// Bodies by text, in order.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    kept: Vec<Kept>,
    /// The first body that is in memory; all before it are in files.
    first_here: usize,
    blobs: Vec<Arc<Blob>>,
    /// Bytes of the bodies that are in memory.
    heap_bytes: usize,
}

#[derive(Debug)]
enum Kept {
    Here(Box<Body>),
    There(Address),
}

/// Where a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Which of the files.
    pub(crate) blob: u32,
    /// Bytes, without the checksum of four bytes behind them.
    pub(crate) len: u32,
    pub(crate) start: u64,
}

/// Appends a body and its checksum to `out`; returns its length.
pub(crate) fn write_body(body: &Body, out: &mut Vec<u8>) -> u32 {
    let start = out.len();
    body.write(out);
    let len = out.len() - start;
    let sum = out.get(start..).map_or(0, xxh3_64) as u32;
    out.extend_from_slice(&sum.to_le_bytes());
    len as u32
}

impl Bodies {
    pub(crate) fn push(&mut self, body: Body) {
        self.heap_bytes += body.heap_bytes() + size_of::<Body>();
        self.kept.push(Kept::Here(Box::new(body)));
    }

    /// Adds a file, and returns its number.
    pub(crate) fn add_blob(&mut self, blob: Arc<Blob>) -> u32 {
        self.blobs.push(blob);
        self.blobs.len() as u32 - 1
    }

    /// Adds a body that is in a file; before any that is in memory.
    pub(crate) fn push_address(&mut self, address: Address) {
        self.kept.push(Kept::There(address));
        self.first_here = self.kept.len();
    }

    /// The body of a text.
    pub(crate) fn get(&self, text: u32) -> Result<Cow<'_, Body>, Error> {
        match self.kept.get(text as usize) {
            Some(Kept::Here(body)) => Ok(Cow::Borrowed(body)),
            Some(Kept::There(address)) => {
                let (bytes, blob) = (self.bytes_at(*address)?, self.blob(address.blob));
                let body = Body::read(&bytes);
                body.map(Cow::Owned).ok_or_else(|| blob.map_or_else(missing, |blob| blob.damaged("a text")))
            }
            None => Err(missing()),
        }
    }

    /// The bytes of a body and its checksum, as [`write_body`] writes them.
    pub(crate) fn append(&self, text: u32, out: &mut Vec<u8>) -> Result<u32, Error> {
        match self.kept.get(text as usize) {
            Some(Kept::Here(body)) => Ok(write_body(body, out)),
            Some(Kept::There(address)) => {
                let bytes = self.bytes_at(*address)?;
                out.extend_from_slice(&bytes);
                out.extend_from_slice(&(xxh3_64(&bytes) as u32).to_le_bytes());
                Ok(address.len)
            }
            None => Err(missing()),
        }
    }

    fn bytes_at(&self, address: Address) -> Result<Vec<u8>, Error> {
        let blob = self.blob(address.blob).ok_or_else(missing)?;
        let mut bytes = blob.read(address.start, address.len as usize + 4)?;
        let sum = bytes.split_off(address.len as usize);
        if (xxh3_64(&bytes) as u32).to_le_bytes() == *sum { Ok(bytes) } else { Err(blob.damaged("a text")) }
    }

    fn blob(&self, blob: u32) -> Option<&Arc<Blob>> {
        self.blobs.get(blob as usize)
    }

    /// Writes the bodies that are in memory to the end of a file, which is `start` bytes long, and forgets them; returns
    /// its new length.
    pub(crate) fn spill(&mut self, number: u32, start: u64) -> Result<u64, Error> {
        const CHUNK: usize = 1 << 20;
        let blob = Arc::clone(self.blob(number).ok_or_else(missing)?);
        let (mut bytes, mut written, mut done) = (Vec::new(), start, self.first_here);
        let mut addresses = Vec::new();
        for kept in self.kept.iter().skip(self.first_here) {
            if let Kept::Here(body) = kept {
                let start = written + bytes.len() as u64;
                let len = write_body(body, &mut bytes);
                addresses.push(Address { blob: number, len, start });
            }
            if bytes.len() >= CHUNK {
                blob.write(written, &bytes)?;
                written += bytes.len() as u64;
                bytes.clear();
            }
        }
        blob.write(written, &bytes)?;
        for address in addresses {
            if let Some(kept) = self.kept.get_mut(done) {
                *kept = Kept::There(address);
            }
            done += 1;
        }
        (self.first_here, self.heap_bytes) = (done, 0);
        Ok(written + bytes.len() as u64)
    }

    /// Bytes of the bodies in memory: what a spill would free.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.heap_bytes
    }

    /// Memory in bytes, bodies included.
    pub(crate) fn bytes(&self) -> usize {
        self.heap_bytes + self.kept.capacity() * size_of::<Kept>()
    }
}

/// A number that was not given out here: a bug, or an index whose parts do not fit each other.
fn missing() -> Error {
    Error::new(std::path::Path::new("index"), crate::error::ErrorKind::Damaged("a text that is not there"))
}

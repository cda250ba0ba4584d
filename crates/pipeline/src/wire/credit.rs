//! Permits: how many documents, and how many of their bytes, may be in the pipeline at once.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A pool of permits that the source draws from.
#[derive(Clone, Debug)]
pub struct Credits(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    max_documents: usize,
    max_bytes: usize,
    used: Mutex<Used>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Used {
    documents: usize,
    bytes: usize,
}

impl Credits {
    /// Permits for so many documents of so many bytes together. A single document may be larger: it then travels alone.
    #[must_use]
    pub fn new(max_documents: usize, max_bytes: usize) -> Self {
        let pool =
            Pool { max_documents: max_documents.max(1), max_bytes, used: Mutex::default(), returned: Condvar::new() };
        Self(Arc::new(pool))
    }

    /// Waits for a permit for a document of so many bytes.
    #[must_use]
    pub fn take(&self, bytes: usize) -> Permit {
        let pool = &self.0;
        let full = |used: &mut Used| {
            let room = used.documents < pool.max_documents && used.bytes.saturating_add(bytes) <= pool.max_bytes;
            used.documents > 0 && !room
        };
        let used = pool.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = pool.returned.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        used.documents += 1;
        used.bytes += bytes;
        Permit { pool: Arc::clone(pool), bytes }
    }
}

/// The right of one document to be in the pipeline; dropping it gives the credit back, however the document left.
#[derive(Debug)]
pub struct Permit {
    pool: Arc<Pool>,
    bytes: usize,
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut used = self.pool.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.documents -= 1;
        used.bytes -= self.bytes;
        drop(used);
        self.pool.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_larger_than_the_credit_travels_alone() {
        let credits = Credits::new(4, 10);
        let first = credits.take(1000);
        drop(first);
        let _second = credits.take(3);
        let _third = credits.take(7);
    }
}

//! Ids of documents, and hosts of their addresses.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use khabar_model::RawDoc;
use xxhash_rust::xxh3::Xxh3;

/// The ids given so far in a run: eight bytes a document, and a counter for each id that came twice.
#[derive(Default)]
pub(super) struct Identities {
    seen: HashSet<u64, BuildHasherDefault<HalfOfHash>>,
    again: BTreeMap<u64, u32>,
}

impl Identities {
    /// The id of a document: 32 hex digits of XXH3-128 over its key, a NUL and its payload. The key is the address,
    /// else the input's own id, else `below`, the path below the INPUT and the record. What has the same hash as an
    /// earlier document of the run gets `-2`, `-3` and so on.
    pub(super) fn of(&mut self, document: &RawDoc, below: &str) -> String {
        let source = &document.source;
        let key = source.url.as_deref().or(source.record_id.as_deref()).unwrap_or(below);
        let mut hash = Xxh3::new();
        hash.update(key.as_bytes());
        hash.update(&[0]);
        hash.update(&document.payload);
        let hash = hash.digest128();
        // Half of the hash is enough to find candidates for a collision: at worst one ordinal too many.
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
        let half = hash as u64;
        if self.seen.insert(half) {
            return format!("{hash:032x}");
        }
        let times = self.again.entry(half).or_insert(1);
        *times += 1;
        format!("{hash:032x}-{times}")
    }
}

/// Passes a number that is a hash already.
#[derive(Default)]
struct HalfOfHash(u64);

impl Hasher for HalfOfHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, half: u64) {
        self.0 = half;
    }
}

/// The host of an address: lower case, without user, port and the dot of the root. `None` where there is none.
pub(super) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("//")?;
    let is_scheme = scheme.is_empty()
        || scheme.strip_suffix(':').is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        });
    let authority = rest.split(['/', '?', '#', '\\']).next().filter(|_| is_scheme)?;
    let (_, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host = match host.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, _)) => address,
        None => host.split_once(':').map_or(host, |(host, _)| host),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    (!host.is_empty() && !host.contains(char::is_whitespace)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let of = |url| host(url);
        assert_eq!(of("https://User:pw@WWW.Example.COM.:8080/a?b=//c").as_deref(), Some("www.example.com"));
        assert_eq!(of("//akhbar.example").as_deref(), Some("akhbar.example"));
        assert_eq!(of("http://[2001:DB8::1]:80/").as_deref(), Some("2001:db8::1"));
        assert_eq!(of("http://موقع.مثال/خبر").as_deref(), Some("موقع.مثال"));
        assert_eq!((of("example.com/a"), of("http:///a"), of("see a//b")), (None, None, None));
    }
}

//! What is kept of a document: hashes that stand for its text.

use khabar_model::DuplicateStatus;
use khabar_text::Zwnj;
use xxhash_rust::xxh3::{xxh3_128, xxh3_128_with_seed};

use crate::{
    numbers::Numbers,
    overlap::Overlap,
    settings::Settings,
    tokens::{Tokens, shingle_hash},
};

/// Changes whenever equal texts and settings may give another sketch; store it with sketches, together with
/// [`khabar_text::FOLD_VERSION`], and never compare across versions.
pub const SKETCH_VERSION: u32 = 1;

/// The hashes that stand for a document. Only sketches made with equal [`Settings`] may meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Of the text as it came, byte by byte.
    pub(crate) raw: u128,
    /// Of the folded tokens in order: blind to spelling variants, punctuation and white space.
    pub(crate) folded: u128,
    /// Nothing but white space.
    pub(crate) blank: bool,
    /// FracMinHash of the shingles: the smallest hashes, ascending.
    pub(crate) shingles: Box<[u64]>,
    pub(crate) body: Body,
}

/// What the comparison of two documents needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) tokens: u32,
    /// Hashes of the 2-grams up to `limit`, ascending, each once.
    bigrams: Box<[u32]>,
    limit: u32,
    /// Those of the lead, ascending.
    lead: Box<[u32]>,
    numbers: Numbers,
}

/// Sketches a document. `text` is the text of its body blocks joined by newlines: titles vary where texts are copied.
///
/// A pure function, linear in the text but for sorting; the sketch of a news article of 3 KB takes about 2 KB.
pub fn sketch(text: &str, settings: &Settings) -> Sketch {
    let mut folded = String::with_capacity(text.len());
    // As a space: half of the Persian press writes a space where the other half writes a ZWNJ.
    khabar_text::fold_with(text, Zwnj::Space, &mut folded);
    let tokens = Tokens::of(&folded);
    Sketch {
        raw: xxh3_128(text.as_bytes()),
        folded: order_hash(&tokens.hashes),
        blank: text.trim_start().is_empty(),
        shingles: shingles(&tokens.hashes, settings),
        body: Body::of(&tokens, settings),
    }
}

impl Sketch {
    /// Words of the text; characters in scripts without spaces.
    pub fn tokens(&self) -> usize {
        self.body.tokens as usize
    }

    /// 128-bit hash of the text as it came.
    pub fn raw_hash(&self) -> u128 {
        self.raw
    }

    /// 128-bit hash of the folded words, the same for every spelling of the text.
    pub fn folded_hash(&self) -> u128 {
        self.folded
    }

    /// What two documents share.
    pub fn overlap(&self, other: &Self) -> Overlap {
        self.body.overlap(&other.body)
    }

    /// Memory that the sketch takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.shingles) + self.body.heap_bytes()
    }

    /// What two documents have in common if and only if they are exact duplicates; `None` for an empty text, which
    /// repeats nothing. A text without letters or digits (emoji, rules) has only its bytes to go by.
    pub(crate) fn identity(&self) -> Option<u128> {
        match (self.blank, self.body.tokens) {
            (true, _) => None,
            (false, 0) => Some(self.raw),
            (false, _) => Some(self.folded),
        }
    }
}

impl Body {
    fn of(tokens: &Tokens, settings: &Settings) -> Self {
        let count = u32::try_from(tokens.hashes.len()).unwrap_or(u32::MAX);
        let limit = match settings.max_bigrams {
            most if count <= most => u32::MAX,
            most => (u64::from(u32::MAX) * u64::from(most) / u64::from(count)) as u32,
        };
        let lead = tokens.hashes.get(..settings.lead).unwrap_or(&tokens.hashes);
        Self {
            tokens: count,
            bigrams: bigrams(&tokens.hashes, limit),
            limit,
            lead: bigrams(lead, limit),
            numbers: Numbers::of(tokens),
        }
    }

    /// Whether two texts that are not the same are duplicates, and of what kind. Symmetric.
    pub(crate) fn relation(&self, other: &Self, settings: &Settings) -> Option<(DuplicateStatus, Overlap)> {
        if self.length_ratio(other) < settings.abridged_length.min(settings.near_length) {
            return None;
        }
        let overlap = self.overlap(other);
        let (status, sure) = overlap.relation(settings)?;
        let kept = |text: &Self, lead_of: &Self| text.lead_share(lead_of) >= settings.lead_share;
        let leads_kept = || match status {
            DuplicateStatus::Abridged if self.tokens < other.tokens => kept(self, other),
            DuplicateStatus::Abridged => kept(other, self),
            _ => kept(self, other) && kept(other, self),
        };
        let template = || self.numbers.compare(&other.numbers).differ(self.tokens.min(other.tokens), settings);
        ((sure || leads_kept()) && !template()).then_some((status, overlap))
    }

    /// Share of the other text's lead that this text has; 1 where the sample holds nothing of it.
    fn lead_share(&self, other: &Self) -> f32 {
        let limit = self.limit.min(other.limit);
        let lead = other.lead.iter().take_while(|&&hash| hash <= limit);
        let (mut all, mut kept) = (0_u32, 0_u32);
        for hash in lead {
            all += 1;
            kept += u32::from(self.bigrams.binary_search(hash).is_ok());
        }
        if all == 0 { 1.0 } else { kept as f32 / all as f32 }
    }

    pub(crate) fn overlap(&self, other: &Self) -> Overlap {
        Overlap::of(&self.bigrams, &other.bigrams, self.limit.min(other.limit), self.length_ratio(other))
    }

    /// Tokens of the shorter one over those of the longer one.
    fn length_ratio(&self, other: &Self) -> f32 {
        self.tokens.min(other.tokens) as f32 / self.tokens.max(other.tokens).max(1) as f32
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.bigrams) + size_of_val(&*self.lead) + self.numbers.bytes()
    }
}

/// The hashes of the 2-grams up to `limit`, ascending, each once.
fn bigrams(tokens: &[u64], limit: u32) -> Box<[u32]> {
    let hashes = tokens.windows(2).map(|pair| (shingle_hash(pair) >> 32) as u32);
    let mut kept: Vec<u32> =
        if limit == u32::MAX { hashes.collect() } else { hashes.filter(|&hash| hash <= limit).collect() };
    kept.sort_unstable();
    kept.dedup();
    kept.into()
}

fn shingles(tokens: &[u64], settings: &Settings) -> Box<[u64]> {
    let windows = tokens.windows(settings.shingle.max(1));
    let coarse = u64::MAX / settings.one_in.max(1);
    let fine = (u64::MAX / (windows.len() as u64).max(1)).saturating_mul(settings.least_kept);
    let limit = coarse.max(fine);
    let mut kept: Vec<u64> = windows.map(shingle_hash).filter(|&hash| hash <= limit).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.into()
}

fn order_hash(tokens: &[u64]) -> u128 {
    let mut bytes = Vec::with_capacity(size_of_val(tokens));
    tokens.iter().for_each(|token| bytes.extend_from_slice(&token.to_le_bytes()));
    xxh3_128_with_seed(&bytes, u64::from(SKETCH_VERSION))
}

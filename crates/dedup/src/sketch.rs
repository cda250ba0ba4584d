//! What is kept of a document: hashes that stand for its text.

use std::ops::Range;

use khabar_text::FOLD_VERSION;
use xxhash_rust::xxh3::Xxh3;

use crate::{
    body::Body,
    facts::{Fact, Facts},
    overlap::Overlap,
    probe::Probe,
    settings::Settings,
    tokens::{Tokens, shingle_hash},
};

/// Changes whenever equal texts and settings may give another sketch; store it with sketches, together with
/// [`khabar_text::FOLD_VERSION`], and never compare across versions.
pub const SKETCH_VERSION: u32 = 2;

/// The hashes that stand for a document. Only sketches made with equal [`Settings`] may meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Of the text as it came, byte by byte.
    pub(crate) raw: u128,
    /// Of the folded tokens in order: blind to spelling variants, punctuation and white space.
    pub(crate) folded: u128,
    /// Nothing but white space.
    pub(crate) blank: bool,
    /// Neither letters nor digits.
    pub(crate) wordless: bool,
    /// FracMinHash of the shingles: the smallest hashes, ascending.
    pub(crate) shingles: Box<[u64]>,
    /// By shingle: a word that it starts with.
    pub(crate) starts: Box<[u32]>,
    pub(crate) body: Body,
    /// As [`Document::published`].
    pub(crate) published: Option<i64>,
}

/// What is sketched.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// The text that spans refer to.
    pub text: &'a str,
    /// Byte ranges of the text that are compared, ascending: its blocks.
    pub parts: &'a [Range<usize>],
    /// Indices into `parts`, ascending, of what is no part of the story: titles, captions. They are compared, for what
    /// a title is can be mistaken, but texts that differ in them alone are exact copies: they vary where texts are copied.
    pub aside: &'a [usize],
    /// What the text says of dates and names, with places in characters of `text`.
    pub facts: &'a [Fact],
    /// When it was published, as a number that grows with time (seconds since 1970): for
    /// [`Keep::Earliest`](crate::Keep::Earliest).
    pub published: Option<i64>,
}

/// Sketches a text, all of it. A pure function, linear in the text; the sketch of a news article of 3 KB takes about
/// 3 KB.
pub fn sketch(text: &str, settings: &Settings) -> Sketch {
    sketch_document(&Document { text, parts: std::slice::from_ref(&(0..text.len())), ..Document::default() }, settings)
}

/// Sketches a document: as [`sketch`] of its parts, joined by newlines, but for the places of passages.
pub fn sketch_document(document: &Document<'_>, settings: &Settings) -> Sketch {
    let (mut part, mut start, mut story) = (0, 0, StoryHash::new());
    let mut ends = Vec::with_capacity(document.parts.len());
    let tokens = Tokens::of(document.text, document.parts, |end| ends.push(end));
    let only_asides = document.aside.len() == document.parts.len();
    for (range, end) in document.parts.iter().zip(ends) {
        if only_asides || document.aside.binary_search(&part).is_err() {
            story.add(
                document.text.get(range.clone()).unwrap_or_default(),
                tokens.hashes.get(start..end).unwrap_or_default(),
            );
        }
        (part, start) = (part + 1, end);
    }
    let body = Body::of(&tokens, Facts::of(&tokens, document.facts), settings);
    let (shingles, starts) = shingles(&body.words, settings);
    Sketch {
        raw: story.raw.digest128(),
        folded: story.folded.digest128(),
        wordless: story.wordless,
        blank: story.blank,
        shingles,
        starts,
        body,
        published: document.published,
    }
}

/// The version of everything that decides what a sketch is, for whoever stores sketches.
#[must_use]
pub fn sketch_version() -> String {
    format!("sketch-{SKETCH_VERSION} {FOLD_VERSION}")
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
        let mut probe = Probe::default();
        probe.load(&self.body);
        probe.overlap(&self.body, &other.body)
    }

    /// The sketch of a text of which an index has kept the body.
    pub(crate) fn again(body: Body, identity: Option<u128>, published: Option<i64>, settings: &Settings) -> Self {
        let (shingles, starts) = shingles(&body.words, settings);
        let (raw, blank) = (identity.unwrap_or_default(), identity.is_none());
        Self { raw, folded: raw, blank, wordless: false, shingles, starts, body, published }
    }

    /// Memory that the sketch takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.shingles) + size_of_val(&*self.starts) + self.body.heap_bytes()
    }

    /// What two documents have in common if and only if they are exact duplicates; `None` for an empty text, which
    /// repeats nothing. A text without letters or digits (emoji, rules) has only its bytes to go by.
    pub(crate) fn identity(&self) -> Option<u128> {
        match (self.blank, self.wordless) {
            (true, _) => None,
            (false, true) => Some(self.raw),
            (false, false) => Some(self.folded),
        }
    }
}

/// The kept hashes of the runs of [`Settings::shingle`] words, ascending, each once, with the first word of the first run.
fn shingles(words: &[u32], settings: &Settings) -> (Box<[u64]>, Box<[u32]>) {
    let windows = words.windows(settings.shingle.max(1));
    let coarse = u64::MAX / settings.one_in.max(1);
    let fine = (u64::MAX / (windows.len() as u64).max(1)).saturating_mul(settings.least_kept);
    let limit = coarse.max(fine);
    let mut kept: Vec<(u64, u32)> = Vec::with_capacity(windows.len() / 4 + (settings.least_kept.min(64) as usize));
    kept.extend(windows.map(shingle_hash).zip(0_u32..).filter(|&(hash, _)| hash <= limit));
    kept.sort_unstable();
    kept.dedup_by_key(|&mut (hash, _)| hash);
    (kept.iter().map(|&(hash, _)| hash).collect(), kept.iter().map(|&(_, start)| start).collect())
}

/// The hashes of what is the story, part by part.
struct StoryHash {
    raw: Xxh3,
    folded: Xxh3,
    buffer: Vec<u8>,
    parts: usize,
    blank: bool,
    wordless: bool,
}

impl StoryHash {
    fn new() -> Self {
        let folded = Xxh3::with_seed(u64::from(SKETCH_VERSION));
        Self { raw: Xxh3::new(), folded, buffer: Vec::new(), parts: 0, blank: true, wordless: true }
    }

    fn add(&mut self, text: &str, tokens: &[u64]) {
        if self.parts > 0 {
            self.raw.update(b"\n");
        }
        self.parts += 1;
        self.raw.update(text.as_bytes());
        self.blank = self.blank && text.trim_start().is_empty();
        self.wordless = self.wordless && tokens.is_empty();
        self.buffer.clear();
        tokens.iter().for_each(|token| self.buffer.extend_from_slice(&token.to_le_bytes()));
        self.folded.update(&self.buffer);
    }
}

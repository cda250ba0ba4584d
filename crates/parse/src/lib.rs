//! Raw bytes to an article: charset, HTML, boilerplate, metadata.
//!
//! In: a [`RawDoc`]. Out: an [`Article`] (title, blocks, dates, credits, and everything that was cut, with its reason)
//! or a [`Reject`].
//!
//! Bytes are decoded by evidence, whatever is declared, and mojibake is undone where that is certain. A plain-text
//! scrape is then repaired (tier T0 of khabar-text) and cut into lines; an HTML page is parsed into a tree, and its main
//! content into blocks. Lines and blocks then go through the same cue list (`data/cues/boilerplate.tsv`), which knows
//! how outlets in many languages say "read also", "share", "source".
//!
//! # Promises
//! - Nothing is cut silently: every cut line is in `removed` with its rule and its bytes.
//! - Nothing is cut because it merely contains a cue: position, length and shape must fit too.
//! - Spans lie on character boundaries; `source_start..source_end` of a block are bytes of the payload, exact for plain
//!   text, the smallest range that contains the block for HTML.
//! - Linear time, bounded depth, and a budget of steps per document ([`Limits`]); no I/O, no clock.
//!
//! # Refuses
//! Empty and binary payloads, payloads over the limit, pages without an article: [`Reject`] says which.
//!
//! # Example
//! ```
//! use khabar_model::{BlockKind, Given, Media, RawDoc, Source};
//!
//! let scrape = "رئيس الوزراء يفتتح الجسر الجديد\n14 تشرين الأول/أكتوبر 2024\n\
//!     افتتح رئيس الوزراء صباح اليوم الجسر الذي يربط ضفتي النهر بعد ثلاث سنوات من العمل.\n\
//!     شاهد أيضاً: صور من حفل الافتتاح\n\
//!     وقال إن المشروع سيختصر زمن الرحلة إلى النصف، وإن مرحلته الثانية تبدأ في الربيع المقبل.\n\
//!     © 2024 صحيفة الضفة. جميع الحقوق محفوظة";
//! let raw = RawDoc {
//!     id: String::new(),
//!     source: Source::default(),
//!     media: Media::Text,
//!     payload: scrape.as_bytes().to_vec(),
//!     given: Given::default(),
//! };
//! let article = khabar_parse::Parser::default().parse(&raw)?;
//! assert_eq!(article.title.as_deref(), Some("رئيس الوزراء يفتتح الجسر الجديد"));
//! assert_eq!(article.published.map(|date| date.value).as_deref(), Some("2024-10-14"));
//! assert_eq!(article.blocks.iter().filter(|block| block.kind != BlockKind::Title).count(), 2);
//! assert_eq!(article.publisher.as_deref(), Some("صحيفة الضفة"));
//! assert_eq!(article.removed.len(), 3);
//! # Ok::<(), khabar_model::Reject>(())
//! ```

use khabar_model::{Article, Media, RawDoc, Reject, RejectReason, Stage};
use khabar_text::Alignment;

pub use crate::limits::Limits;

mod agency;
mod byline;
mod charset;
mod classify;
mod credit;
mod cue;
mod dateline;
mod html;
mod limits;
mod line;
mod metadata;
mod mojibake;
mod page;
mod scrape;

/// The embedded cue lists, as text: what a manifest hashes to say which rules made a record.
pub const CUE_LISTS: [&str; 3] = [cue::TABLE, cue::NETWORKS, agency::TABLE];

/// How to parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What a document may cost.
    pub limits: Limits,
    /// False keeps every line of a scrape and every block of a page's main content.
    pub boilerplate: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limits: Limits::default(), boilerplate: true }
    }
}

/// Turns raw documents into articles; has no state but its settings, so one serves all threads.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    settings: Settings,
}

impl Parser {
    /// A parser with these settings.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// Parses one document.
    ///
    /// # Errors
    /// A [`Reject`] of stage `parse` that says why there is no article.
    pub fn parse(&self, raw: &RawDoc) -> Result<Article, Reject> {
        self.parse_aligned(raw).map(|(article, _)| article)
    }

    /// Parses one document and returns the way from the payload's bytes to the clean text beside it, which can undo
    /// every repair and every cut; `None` for HTML, where only blocks know their bytes.
    ///
    /// # Errors
    /// As [`Parser::parse`].
    pub fn parse_aligned(&self, raw: &RawDoc) -> Result<(Article, Option<Alignment>), Reject> {
        let limit = self.settings.limits.max_bytes;
        if raw.payload.len() > limit {
            let detail = format!("{} bytes, the limit is {limit}", raw.payload.len());
            return Err(Reject::new(Stage::Parse, RejectReason::TooLarge, detail));
        }
        if raw.payload.iter().all(u8::is_ascii_whitespace) {
            return Err(Reject::new(Stage::Parse, RejectReason::Empty, "no bytes but white space"));
        }
        match raw.media {
            Media::Html => page::page(raw, &self.settings).map(|article| (article, None)),
            Media::Text => scrape::scrape(raw, &self.settings).map(|(article, alignment)| (article, Some(alignment))),
        }
    }
}

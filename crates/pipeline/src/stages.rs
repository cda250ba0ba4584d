//! The stages as the pipeline calls them: one function each, from one document type to the next.

use std::sync::Arc;

use khabar_dedup::{Deduper, Judgement, Sketch, StorySketch};
use khabar_entity::{Extractor, Linked};
use khabar_langid::Detector;
use khabar_model::{
    Article, CharSpan, Detection, DuplicateRow, PassageRow, RawDoc, Record, Reject, RejectReason, Source, Span, Stage,
};
use khabar_parse::Parser;
use khabar_text::HouseRule;

use crate::compare;
use crate::spelling;
use crate::wire::{Origin, Traced};

/// How to run the stages.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The last stage to run; later ones leave their fields null or empty.
    pub until: Stage,
    /// Threads for the parallel stages, all together; each gets at least one.
    pub workers: usize,
    /// Settings of parsing.
    pub parse: khabar_parse::Settings,
    /// XXH3-128 of the file that the repeated lines in `parse` came from, 32 hex digits.
    pub hosts: Option<String>,
    /// The names that are looked for; the lists that come with khabar if there is nothing here.
    pub extractor: Option<Arc<Extractor>>,
    /// Name and XXH3-128 (32 hex digits) of each list that the user added to them.
    pub gazetteers: Vec<(String, String)>,
    /// Settings of de-duplication.
    pub dedup: khabar_dedup::Settings,
    /// A document that an earlier run has seen is left out of the output.
    pub drop_seen: bool,
    /// Settings of stories.
    pub stories: khabar_dedup::StorySettings,
    /// False leaves kaf and yeh as typed (house spelling, tier T1).
    pub respell: bool,
    /// True names the variety of Arabic and Persian texts where it is clear.
    pub varieties: bool,
    /// Rules of house spelling beyond kaf and yeh.
    pub house_rules: Vec<HouseRule>,
    /// True writes the ZWNJs that Persian text lacks (rule ZN7).
    pub restore_zwnj: bool,
    /// Most documents under way.
    pub credit_documents: usize,
    /// Most bytes of payload under way; a document that is larger than all of it travels alone.
    pub credit_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            until: Stage::Dedup,
            workers: std::thread::available_parallelism().map_or(1, usize::from),
            parse: khabar_parse::Settings::default(),
            hosts: None,
            extractor: None,
            gazetteers: Vec::new(),
            dedup: khabar_dedup::Settings::default(),
            drop_seen: false,
            stories: khabar_dedup::StorySettings::default(),
            respell: true,
            varieties: false,
            house_rules: Vec::new(),
            restore_zwnj: false,
            credit_documents: 256,
            credit_bytes: 128 << 20,
        }
    }
}

/// Bytes from which a block is judged by itself although its script is that of the document.
const LONG_BLOCK: usize = 100;

/// The stages with their models loaded; shared by all threads.
pub struct Stages {
    /// How they run.
    pub settings: Settings,
    parser: Parser,
    detector: Detector,
    extractor: Arc<Extractor>,
}

/// A parsed document.
#[derive(Debug)]
pub struct Parsed {
    id: String,
    source: Source,
    article: Article,
}

/// A document whose language is known, spelled as that language spells.
#[derive(Debug)]
pub struct Tagged {
    id: String,
    source: Source,
    article: Article,
    language: Option<Detection>,
}

/// A document with its entities.
#[derive(Debug)]
pub struct Known {
    record: Record<Span>,
}

/// A document with its sketch, ready to be judged.
#[derive(Debug)]
pub struct Sketched {
    record: Record<CharSpan>,
    sketch: Option<Sketch>,
    story: Option<StorySketch>,
}

/// A finished record, with the pairs that it forms with earlier ones.
#[derive(Debug)]
pub struct Judged {
    /// The record as it is written.
    pub record: Record<CharSpan>,
    /// Its verified pairs.
    pub pairs: Vec<DuplicateRow>,
    /// What its story is found by, until it is handed on.
    pub story: Option<StorySketch>,
    /// What it shares with documents that it is no duplicate of.
    pub passages: Vec<PassageRow>,
    /// It, or what it repeats, is in the index from an earlier run.
    pub seen: bool,
}

impl std::fmt::Debug for Stages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stages").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Stages {
    /// Loads the embedded models and lists.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let parser = Parser::new(settings.parse.clone());
        let extractor = settings.extractor.clone().unwrap_or_else(|| Arc::new(Extractor::embedded()));
        Self { settings, parser, detector: Detector::embedded(), extractor }
    }

    /// The parser.
    #[must_use]
    pub fn parser(&self) -> &Parser {
        &self.parser
    }

    fn runs(&self, stage: Stage) -> bool {
        self.settings.until >= stage
    }

    /// Bytes to an article.
    ///
    /// # Errors
    /// Why there is no article.
    pub fn parse(&self, raw: RawDoc) -> Result<Parsed, Reject> {
        let article = self.parser.parse(&raw)?;
        Ok(Parsed { id: raw.id, source: raw.source, article })
    }

    /// Language of the whole and of every block, and house spelling by language.
    ///
    /// # Errors
    /// Never but by a bug: an article whose spans do not fit its text.
    pub fn detect(&self, parsed: Parsed) -> Result<Tagged, Reject> {
        let Parsed { id, source, mut article } = parsed;
        let mut language = self.runs(Stage::Langid).then(|| self.detector.detect(&article.text));
        if let Some(language) = language.as_mut().filter(|_| self.settings.varieties) {
            language.variety = self.detector.variety(&article.text, language).map(str::to_owned);
        }
        if let Some(language) = &language {
            self.name_blocks(&mut article, language);
            if self.settings.respell {
                spelling::respell(&mut article, language, &self.detector, &self.settings.house_rules)?;
            }
            if self.settings.restore_zwnj {
                spelling::restore_zwnj(&mut article, language)?;
            }
        }
        Ok(Tagged { id, source, article, language })
    }

    /// Short blocks take the document's language, for a headline of four words is too little to judge by, unless they are
    /// in another script.
    fn name_blocks(&self, article: &mut Article, document: &Detection) {
        let Article { text, blocks, .. } = article;
        for block in blocks {
            let text = block.span.of(text).unwrap_or_default();
            let own = Some(self.detector.detect(text))
                .filter(|own| own.reliable && (text.len() >= LONG_BLOCK || own.script != document.script));
            let found = own.map_or_else(|| document.code.clone(), |own| own.code);
            block.language = (found != "und").then_some(found);
        }
    }

    /// Entities and dates.
    ///
    /// # Errors
    /// Never in this version.
    pub fn extract(&self, tagged: Tagged) -> Result<Known, Reject> {
        self.explain(tagged).map(|(known, _)| known)
    }

    /// The same, and how each mention of each entity was linked.
    ///
    /// # Errors
    /// Never in this version.
    pub fn explain(&self, tagged: Tagged) -> Result<(Known, Vec<Vec<Linked>>), Reject> {
        let Tagged { id, source, article, language } = tagged;
        let explained = match &language {
            Some(language) if self.runs(Stage::Entity) => Some(self.extractor.explain(&article, language)),
            _ => None,
        };
        let mut record = Record::of_article(id, source, article);
        record.language = language;
        let mut links = Vec::new();
        if let Some(explained) = explained {
            record.set_annotations(explained.annotations);
            links = explained.links;
        }
        Ok((Known { record }, links))
    }

    /// The sketch that de-duplication compares, and the record as it will be written.
    ///
    /// # Errors
    /// Never but by a bug: a span that does not fit the text.
    pub fn sketch(&self, known: Known) -> Result<Sketched, Reject> {
        let Known { record } = known;
        let sketch = self.runs(Stage::Dedup).then(|| compare::sketch(&record, &self.settings.dedup));
        let story = self.runs(Stage::Dedup).then(|| StorySketch::of(&record));
        let record = record.into_wire().map_err(|error| {
            Reject::new(Stage::Sketch, RejectReason::Malformed, format!("a span does not fit: {error}"))
        })?;
        Ok(Sketched { record, sketch, story })
    }

    /// The verdict against everything before.
    ///
    /// # Errors
    /// Never in this version.
    pub fn judge(&self, deduper: &mut Deduper, sketched: Sketched) -> Result<Judged, Reject> {
        let Sketched { mut record, sketch, story } = sketched;
        let Some(sketch) = sketch else {
            return Ok(Judged { record, pairs: Vec::new(), story, passages: Vec::new(), seen: false });
        };
        let judgement = deduper.judge_from(&record.id, compare::source(&record.source), sketch);
        record.duplicate = Some(judgement.verdict);
        let Judgement { pairs, passages, seen, .. } = judgement;
        Ok(Judged { record, pairs, story, passages, seen })
    }
}

/// Entry points for a stage on its own, where the input is a record.
impl Stages {
    /// A record as the language stage takes it.
    #[must_use]
    pub fn resume_parsed(record: Record<Span>) -> Parsed {
        let (id, source, article, _) = split(record);
        Parsed { id, source, article }
    }

    /// A record as the entity stage takes it; the language is detected where the record has none.
    #[must_use]
    pub fn resume_tagged(&self, record: Record<Span>) -> Tagged {
        let (id, source, article, language) = split(record);
        let language = language.unwrap_or_else(|| self.detector.detect(&article.text));
        Tagged { id, source, article, language: Some(language) }
    }

    /// A record as the de-duplication stage takes it.
    #[must_use]
    pub fn resume_known(record: Record<Span>) -> Known {
        Known { record }
    }

    /// The language of a text and nothing else: for the stage alone, which leaves the text as it is.
    #[must_use]
    pub fn language_of(&self, parsed: Parsed) -> Tagged {
        let Parsed { id, source, mut article } = parsed;
        let language = self.detector.detect(&article.text);
        self.name_blocks(&mut article, &language);
        Tagged { id, source, article, language: Some(language) }
    }
}

fn split(record: Record<Span>) -> (String, Source, Article, Option<Detection>) {
    let article = Article {
        title: record.title,
        authors: record.authors,
        publisher: record.publisher,
        section: record.section,
        tags: record.tags,
        description: record.description,
        image: record.image,
        canonical_url: record.canonical_url,
        agencies: record.agencies,
        credits: record.credits,
        dateline: record.dateline,
        published: record.published,
        modified: record.modified,
        declared_language: None,
        charset: record.source.charset.clone(),
        text: record.text,
        blocks: record.blocks,
        removed: record.removed,
    };
    (record.id, record.source, article, record.language)
}

impl From<Parsed> for Record<Span> {
    fn from(parsed: Parsed) -> Self {
        Self::of_article(parsed.id, parsed.source, parsed.article)
    }
}

impl From<Tagged> for Record<Span> {
    fn from(tagged: Tagged) -> Self {
        let mut record = Self::of_article(tagged.id, tagged.source, tagged.article);
        record.language = tagged.language;
        record
    }
}

impl From<Known> for Record<Span> {
    fn from(known: Known) -> Self {
        known.record
    }
}

fn origin(source: &Source) -> Origin {
    Origin { uri: source.uri.clone(), offset: source.offset }
}

impl Traced for RawDoc {
    fn origin(&self) -> Origin {
        origin(&self.source)
    }
    fn weight(&self) -> usize {
        self.payload.len()
    }
}

impl Traced for Parsed {
    fn origin(&self) -> Origin {
        origin(&self.source)
    }
    fn weight(&self) -> usize {
        self.article.text.len()
    }
}

impl Traced for Tagged {
    fn origin(&self) -> Origin {
        origin(&self.source)
    }
    fn weight(&self) -> usize {
        self.article.text.len()
    }
}

impl Traced for Known {
    fn origin(&self) -> Origin {
        origin(&self.record.source)
    }
    fn weight(&self) -> usize {
        self.record.text.len()
    }
}

impl Traced for Sketched {
    fn origin(&self) -> Origin {
        origin(&self.record.source)
    }
    fn weight(&self) -> usize {
        self.record.text.len()
    }
}

impl Traced for Judged {
    fn origin(&self) -> Origin {
        origin(&self.record.source)
    }
    fn weight(&self) -> usize {
        self.record.text.len()
    }
}

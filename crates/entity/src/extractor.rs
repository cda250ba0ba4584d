//! From an article to its annotations: gazetteer names block by block, gathered into entities, and dates.

use std::borrow::Cow;
use std::collections::BTreeMap;

use khabar_model::{
    Annotations, Article, Block, DateKind, DateMention, Detection, EntityType, Layer, Mention, Quantity, Span,
};

use khabar_text::Cut;

use crate::compiled::{self, Compiled, EMBEDDED};
use crate::confidence;
use crate::error::Error;
use crate::gazetteer::{Entry, Gazetteer};
use crate::key::Key;
use crate::language;
use crate::link::Linker;
use crate::linked::Explained;
use crate::matcher::{Candidate, Matcher};
use crate::nil::nil_id;
use crate::overlap;
use crate::quantity;
use crate::quote;
use crate::recognise::{self, Found, Names, Page, Who};
use crate::tagger::Tagger;
use crate::tagger::hit::{self, Known};
use crate::tagger::merge::Listed;

/// Finds entities and dates. Built once, used for any number of articles, from any number of threads.
#[derive(Debug)]
pub struct Extractor {
    entries: Vec<Entry>,
    matcher: Matcher,
    linker: Linker,
    tagger: Tagger,
    /// Names found once are looked for everywhere.
    remembers: bool,
}

impl Extractor {
    /// An extractor over the lists that come with khabar, from the file that they were compiled to.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    #[must_use]
    pub fn embedded() -> Self {
        Self::embedded_lists().with_embedded_tagger()
    }

    /// The lists that come with khabar, without a tagger: they alone speak.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    #[must_use]
    pub fn embedded_lists() -> Self {
        let Compiled { entries, matcher, linker, .. } =
            Compiled::read(EMBEDDED, "compiled.bin").expect("the file of this build is read by its tests");
        Self { entries, matcher, linker, tagger: Tagger::default(), remembers: true }
    }

    /// The same with the tagger of these bytes, a file as `khabar-entity-train` writes it: without any model, the lists
    /// alone speak.
    ///
    /// # Errors
    /// Bytes that are no such file.
    pub fn with_tagger(self, model: Option<&[u8]>) -> Result<Self, Error> {
        let tagger = model.map_or_else(|| Ok(Tagger::default()), Tagger::load)?;
        Ok(Self { tagger, ..self })
    }

    /// The same without the second reading of a document, to measure what that is worth.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn without_memory(self) -> Self {
        Self { remembers: false, ..self }
    }

    /// The same with the tagger that comes with khabar.
    #[must_use]
    pub fn with_embedded_tagger(self) -> Self {
        Self { tagger: Tagger::embedded(), ..self }
    }

    /// The file that the lists of this extractor are compiled to, for [`Extractor::load_compiled`].
    #[must_use]
    pub fn compile(self) -> Vec<u8> {
        Compiled::new(self.entries, self.matcher, self.linker).to_bytes()
    }

    /// True for bytes that start as files of [`Extractor::compile`] do, of whatever version.
    #[must_use]
    pub fn is_compiled(file: &[u8]) -> bool {
        compiled::is_compiled(file)
    }

    /// An extractor over lists that [`Extractor::compile`] has written, a hundred thousand names in a tenth of a second;
    /// `name` is for messages. Without a tagger, like [`Extractor::load`].
    ///
    /// # Errors
    /// A file that is not whole, or that another version of khabar has written: another format, fold key, or lists.
    pub fn load_compiled(name: &str, file: &[u8]) -> Result<Self, Error> {
        let Compiled { entries, matcher, linker, .. } = Compiled::read_current(file, name)?;
        Ok(Self { entries, matcher, linker, tagger: Tagger::default(), remembers: true })
    }

    /// An extractor over lists of your own: pairs of a name, for messages, and the list as text.
    ///
    /// A list is UTF-8, tab-separated, with the header `id type subtype canonical lang names`; a line that starts with
    /// `#` is a comment. Names are separated by `|`. A name with `=` before it counts only where a text has its very
    /// letters, vowel signs aside: `=جدة` is not «جده», "his grandfather", though the two have one fold key. A name with
    /// `?` before it is a common word too (`?سيول`, Seoul and "floods"), and counts only where the tagger sees a name of
    /// that type. Rows that share id and type make one entry, over all lists, and the first of them decides on subtype and label.
    ///
    /// # Errors
    /// The first row that is not as described, with its list and line.
    pub fn load<'a>(lists: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let mut gazetteer = Gazetteer::default();
        for (list, tsv) in lists {
            gazetteer.read(list, tsv)?;
        }
        let matcher = Matcher::new(&gazetteer)?;
        let linker = Linker::new(&gazetteer);
        Ok(Self { entries: gazetteer.entries, matcher, linker, tagger: Tagger::default(), remembers: true })
    }

    /// Number of entries, one per pair of id and type.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// Who or what a name is, written as no list writes it: the one entry of this type whose name sounds like it, or else a
    /// `nil:` id, a pure function of type and consonant skeleton that other spellings of the name share.
    ///
    /// ```
    /// use khabar_model::EntityType;
    ///
    /// let extractor = khabar_entity::Extractor::embedded();
    /// let link = extractor.link(EntityType::Per, "سرهی پونومارنکو");
    /// assert_eq!(link.id, extractor.link(EntityType::Per, "Serhiy Ponomarenko").id);
    /// assert_eq!(link.canonical, None);
    /// ```
    #[must_use]
    pub fn link(&self, kind: EntityType, name: &str) -> Link {
        let doubtful = self.linker.doubtful(kind, name).map(|entry| (entry, 1.0));
        let found = doubtful.or_else(|| self.linker.link(&self.entries, kind, name));
        let linked = found.and_then(|(entry, likeness)| Some((self.entries.get(entry as usize)?, likeness)));
        match linked {
            Some((entry, likeness)) => {
                Link { id: entry.id.clone(), canonical: entry.canonical.clone(), likeness: Some(likeness) }
            }
            None => Link { id: nil_id(kind, name), canonical: None, likeness: None },
        }
    }

    /// Entities and quotes of all blocks, dates and quantities of the body. An article without blocks is read line by line,
    /// as body.
    #[must_use]
    pub fn extract(&self, article: &Article, language: &Detection) -> Annotations<Span> {
        self.explain(article, language).annotations
    }

    /// The same with the reason for each mention's id, for a person who asks.
    ///
    /// ```
    /// use khabar_entity::{By, Extractor};
    /// use khabar_model::{Article, Detection};
    ///
    /// let article = Article { text: "عاد من موسكو".to_owned(), ..Article::default() };
    /// let language = Detection { code: "ar".to_owned(), reliable: true, ..Detection::undetermined() };
    /// let explained = Extractor::embedded().explain(&article, &language);
    /// assert_eq!(explained.links[0][0].by, By::Key);
    /// ```
    #[must_use]
    pub fn explain(&self, article: &Article, language: &Detection) -> Explained {
        let published = article.published.as_ref().map(|date| date.value.as_str());
        let blocks = blocks_of(article);
        let cuts = cuts_of(&blocks, &article.text);
        let mut pages = Vec::with_capacity(blocks.len());
        let mut dates = Vec::new();
        let mut quantities = Vec::new();
        for (block, cut) in blocks.iter().zip(&cuts) {
            let Some(text) = block.span.of(&article.text) else { continue };
            let code = language::of_block(block, language);
            pages.push(self.page(text, block.span.start(), code));
            if block.kind.is_body() {
                let offset = block.span.start();
                let of_block = khabar_dates::find_in(cut, code, published);
                let spans = of_block.iter().map(|date| (date.span, date.kind == DateKind::Absolute));
                quantities.extend(
                    quantity::find(cut, code, &spans.collect::<Vec<_>>()).into_iter().filter_map(|quantity| {
                        Some(Quantity { span: quantity.span.shifted(offset).ok()?, ..quantity })
                    }),
                );
                let of_block = of_block
                    .into_iter()
                    .filter_map(|date| Some(DateMention { span: date.span.shifted(offset).ok()?, ..date }));
                dates.extend(of_block);
            }
        }
        let mut found = recognise::mentions(pages, &self.tagger, self.remembers);
        // «نيسان» in a date is April, whatever else is called that.
        found.retain(|found| found.mention.layer == Layer::Gazetteer || !is_in_date(&dates, found.mention.span));
        let (entities, links) = recognise::gather(found, &self.entries, &self.linker);
        let quotes = quote::find(&article.text, &blocks, &cuts, language, &entities);
        Explained { annotations: Annotations { entities, dates, quantities, quotes }, links }
    }

    /// The names of the lists that stand in a text, with the ids of their entries: no tagger, and nothing gathered.
    ///
    /// ```
    /// let extractor = khabar_entity::Extractor::embedded();
    /// let names: Vec<_> = extractor.listed("عاد من كوريا الشمالية", Some("ar")).collect();
    /// assert_eq!(names.len(), 1);
    /// assert_eq!(names[0].1, "Q423");
    /// ```
    pub fn listed(&self, text: &str, language: Option<&str>) -> impl Iterator<Item = (Span, &str)> {
        let key = Key::new(text);
        let (candidates, _) = overlap::longest(self.matcher.candidates(&key, language));
        candidates.into_iter().filter_map(move |candidate| {
            let entry = self.entries.get(self.matcher.sense(&candidate)?.entry as usize)?;
            let (start, end) = key.in_text(candidate.start, candidate.end)?;
            Some((Span::new(start, end).ok()?, entry.id.as_str()))
        })
    }

    /// A block with its names.
    fn page<'t>(&self, text: &'t str, offset: usize, code: Option<&str>) -> Page<'t> {
        let key = Key::new(text);
        let (candidates, others) = overlap::longest(self.matcher.candidates(&key, code));
        let found = |candidate| self.found(text, offset, &key, candidate);
        // «فيتنام» in «حرب فيتنام».
        let events: Vec<&Candidate> =
            candidates.iter().filter(|candidate| self.entry_of(candidate).is_some_and(has_names_within)).collect();
        let is_inner = |inner: &Candidate| {
            let before = events.partition_point(|event| event.start <= inner.start).checked_sub(1);
            let event = before.and_then(|before| events.get(before));
            let within = event.is_some_and(|event| inner.end <= event.end);
            within && self.entry_of(inner).is_some_and(|entry| entry.kind != EntityType::Misc)
        };
        let (inner, _) = overlap::longest(others.iter().copied().filter(is_inner).collect());
        let inner = inner.iter().filter_map(found).map(|(inner, _)| inner).collect();
        let (mut listed, known): (Vec<_>, Vec<_>) = candidates.iter().filter_map(found).unzip();
        // «اللبناني» in «حزب الله اللبناني».
        let is_nation = |candidate: &&Candidate| self.entry_of(candidate).is_some_and(is_demonym);
        let nations = others.iter().filter(is_nation).filter_map(found);
        let nations: BTreeMap<usize, (Found, Listed)> = nations.map(|(nation, _)| (nation.1.end, nation)).collect();
        for (_, name) in &mut listed {
            let nation = nations.get(&name.end).filter(|(_, nation)| nation.chain > name.start);
            let before = nation.and_then(|(_, nation)| text.get(name.start..nation.chain));
            name.bare = before.map_or(name.end, |before| name.start + before.trim_end().len());
        }
        Page::new(text, offset, code, Names { listed, inner, nations }, &known, &self.tagger)
    }

    fn entry_of(&self, candidate: &Candidate) -> Option<&Entry> {
        self.entries.get(self.matcher.sense(candidate)?.entry as usize)
    }

    /// The names of the gazetteer in a text, as the tagger sees them.
    #[cfg(feature = "train")]
    pub(crate) fn known(&self, text: &str, language: Option<&str>) -> Vec<Known> {
        let key = Key::new(text);
        let (longest, _) = overlap::longest(self.matcher.candidates(&key, language));
        longest.iter().filter_map(|candidate| Some(self.found(text, 0, &key, candidate)?.1)).collect()
    }

    /// What a candidate names: as a mention and beside the tagger's, and as the tagger sees it.
    fn found(
        &self,
        text: &str,
        offset: usize,
        key: &Key<'_>,
        candidate: &Candidate,
    ) -> Option<((Found, Listed), Known)> {
        let sense = self.matcher.sense(candidate)?;
        let entry = self.entries.get(sense.entry as usize)?;
        let (start, mut end) = key.in_text(candidate.start, candidate.end)?;
        if sense.dotted && text.get(end..)?.starts_with('.') {
            end += 1;
        }
        let prefix = if candidate.chain < candidate.start {
            let (chain, _) = key.in_text(candidate.chain, candidate.start)?;
            Some(text.get(chain..start)?.to_owned())
        } else {
            None
        };
        let span = Span::in_text(text, start, end).and_then(|span| span.shifted(offset)).ok()?;
        let mention = Mention { span, text: text.get(start..end)?.to_owned(), prefix, layer: Layer::Gazetteer };
        let confidence = confidence::of_mention(sense, candidate);
        let found = Found { who: Who::Entry(sense.entry), contracted: sense.contracted, confidence, mention };
        let country = entry.subtype.as_deref() == Some("country");
        let chain = start - found.mention.prefix.as_ref().map_or(0, String::len);
        let sure = sense.compound || country;
        let listed = Listed { chain, start, end, bare: end, kind: entry.kind, sure, doubt: 0.0 };
        let class = hit::class(entry.kind, entry.subtype.as_deref(), candidate.rivals, sense.compound);
        Some(((found, listed), Known { start, end, class }))
    }
}

/// What a name is linked to.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// `Q…` or `kb:…` of an entry, else `nil:…`; empty for a name without a letter or digit.
    pub id: String,
    /// English label of the entry.
    pub canonical: Option<String>,
    /// How alike name and entry sound, 0 to 1; `None` for a `nil:` id.
    pub likeness: Option<f32>,
}

/// True for events, treaties and their like, whose names may have names within; a demonym is made of its country's name.
fn has_names_within(entry: &Entry) -> bool {
    entry.kind == EntityType::Misc && !is_demonym(entry)
}

/// True for nationalities.
fn is_demonym(entry: &Entry) -> bool {
    entry.subtype.as_deref() == Some("demonym")
}

/// True if a span lies in one of the dates, which are in order.
fn is_in_date(dates: &[DateMention<Span>], span: Span) -> bool {
    let next = dates.partition_point(|date| date.span.end() < span.end());
    dates.get(next).is_some_and(|date| date.span.start() <= span.start())
}

/// The blocks of an article; its lines, as body, where it has none.
pub(crate) fn blocks_of(article: &Article) -> Cow<'_, [Block<Span>]> {
    if article.blocks.is_empty() { lines_of(&article.text).into() } else { article.blocks.as_slice().into() }
}

/// The words and marks of each block.
pub(crate) fn cuts_of<'t>(blocks: &[Block<Span>], text: &'t str) -> Vec<Cut<'t>> {
    blocks.iter().map(|block| Cut::new(block.span.of(text).unwrap_or_default())).collect()
}

/// The lines of a text as paragraphs.
fn lines_of(text: &str) -> Vec<Block<Span>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if let Ok(span) = Span::in_text(text, start, start + line.len()) {
            blocks.push(Block {
                kind: khabar_model::BlockKind::Paragraph,
                span,
                language: None,
                source: khabar_model::SourceSpan::default(),
            });
        }
        start += line.len() + 1;
    }
    blocks
}

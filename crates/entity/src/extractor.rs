//! From an article to its annotations: gazetteer names block by block, gathered into entities, and dates.

use std::collections::BTreeMap;

use khabar_model::{
    Annotations, Article, Block, DateKind, DateMention, Detection, Entity, EntityType, Layer, Mention, Quantity, Span,
};

use crate::clitic::Contraction;
use crate::compiled::{Compiled, EMBEDDED};
use crate::confidence;
use crate::error::Error;
use crate::gazetteer::{Entry, Gazetteer};
use crate::key::Key;
use crate::language;
use crate::link::Linker;
use crate::matcher::{Candidate, Matcher};
use crate::nil::nil_id;
use crate::overlap;
use crate::quantity;
use crate::quote;

/// Finds entities and dates. Built once, used for any number of articles, from any number of threads.
#[derive(Debug)]
pub struct Extractor {
    entries: Vec<Entry>,
    matcher: Matcher,
    linker: Linker,
}

impl Extractor {
    /// An extractor over the lists that come with khabar, from the file that they were compiled to.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    #[must_use]
    pub fn embedded() -> Self {
        let Compiled { entries, matcher, linker } =
            Compiled::read(EMBEDDED).expect("the file of this build is read by its tests");
        Self { entries, matcher, linker }
    }

    /// The file that the lists of this extractor are compiled to.
    #[cfg(feature = "compile")]
    #[must_use]
    pub fn compile(self) -> Vec<u8> {
        Compiled { entries: self.entries, matcher: self.matcher, linker: self.linker }.to_bytes()
    }

    /// An extractor over lists of your own: pairs of a name, for messages, and the list as text.
    ///
    /// A list is UTF-8, tab-separated, with the header `id type subtype canonical lang names`; a line that starts with
    /// `#` is a comment. Names are separated by `|`. A name with `=` before it counts only where a text has its very
    /// letters, vowel signs aside: `=جدة` is not «جده», "his grandfather", though the two have one fold key. Rows that
    /// share id and type make one entry, over all lists, and the first of them decides on subtype and label.
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
        Ok(Self { entries: gazetteer.entries, matcher, linker })
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
        let found = self.linker.link(&self.entries, kind, name);
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
        let published = article.published.as_ref().map(|date| date.value.as_str());
        let lines;
        let blocks = if article.blocks.is_empty() {
            lines = lines_of(&article.text);
            &lines
        } else {
            &article.blocks
        };
        let mut found = Vec::new();
        let mut dates = Vec::new();
        let mut quantities = Vec::new();
        for block in blocks {
            let Some(text) = block.span.of(&article.text) else { continue };
            let code = language::of_block(block, language);
            self.find_names(text, block.span.start(), code, &mut found);
            if block.kind.is_body() {
                let offset = block.span.start();
                let of_block = khabar_dates::find(text, code, published);
                let spans = of_block.iter().map(|date| (date.span, date.kind == DateKind::Absolute));
                quantities.extend(
                    quantity::find(text, code, &spans.collect::<Vec<_>>()).into_iter().filter_map(|quantity| {
                        Some(Quantity { span: quantity.span.shifted(offset).ok()?, ..quantity })
                    }),
                );
                let of_block = of_block
                    .into_iter()
                    .filter_map(|date| Some(DateMention { span: date.span.shifted(offset).ok()?, ..date }));
                dates.extend(of_block);
            }
        }
        let entities = self.gather(found);
        let quotes = quote::find(&article.text, blocks, language, &entities);
        Annotations { entities, dates, quantities, quotes }
    }

    /// The names of one block, in text order.
    fn find_names(&self, text: &str, offset: usize, language: Option<&str>, found: &mut Vec<Found>) {
        let key = Key::new(text);
        let candidates = self.matcher.candidates(&key, language);
        for candidate in overlap::longest(candidates, key.letters().len()) {
            found.extend(self.found(text, offset, &key, &candidate));
        }
    }

    fn found(&self, text: &str, offset: usize, key: &Key<'_>, candidate: &Candidate) -> Option<Found> {
        let sense = self.matcher.sense(candidate)?;
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
        Some(Found {
            entry: sense.entry,
            contracted: sense.contracted,
            confidence: confidence::of_mention(sense, candidate),
            mention,
        })
    }

    /// Mentions of one entry become one entity, in the order of the first mentions.
    fn gather(&self, found: Vec<Found>) -> Vec<Entity<Span>> {
        let mut entities: Vec<Entity<Span>> = Vec::new();
        let mut by_entry: BTreeMap<u32, usize> = BTreeMap::new();
        for Found { entry: index, contracted, confidence, mention } in found {
            let Some(entry) = self.entries.get(index as usize) else { continue };
            let name = full_form(&mention, contracted);
            let place = *by_entry.entry(index).or_insert(entities.len());
            if let Some(entity) = entities.get_mut(place) {
                if name.chars().count() > entity.name.chars().count() {
                    entity.name = name;
                }
                entity.confidence = entity.confidence.max(confidence);
                entity.mentions.push(mention);
            } else {
                entities.push(Entity {
                    id: entry.id.clone(),
                    kind: entry.kind,
                    subtype: entry.subtype.clone(),
                    name,
                    canonical: entry.canonical.clone(),
                    confidence,
                    mentions: vec![mention],
                });
            }
        }
        entities
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

/// A mention and the entry that it names.
struct Found {
    entry: u32,
    contracted: Contraction,
    confidence: f32,
    mention: Mention<Span>,
}

/// A mention as the name is written by itself: «لكرملين» of «للكرملين» is «الكرملين».
fn full_form(mention: &Mention<Span>, contracted: Contraction) -> String {
    format!("{}{}", contracted.dropped(), mention.text)
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

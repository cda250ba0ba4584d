//! Who, where and when: from an article and its language to entities, dates, quantities and quotes.
//!
//! In: an [`Article`] and the [`Detection`] of its language. Out: [`Annotations`] with byte spans of the article's
//! text. The names come from gazetteers: lists of people, organisations, places and demonyms with Wikidata ids, in the
//! spellings of many languages. A name matches by its fold key without spaces, so that harakat, hamza seats, kaf and
//! yeh, half-spaces and lost spaces make no difference:
//!
//! - «کره شمالی», «کره‌شمالی» and «کرهشمالی» are one entity with كوريا الشمالية and "North Korea".
//! - A name starts and ends with a word. In Arabic, proclitics may be glued to it (و ف أ, ب ك ل) and go to the
//!   mention's `prefix`; «للكرملين» is ل and الكرملين. In Persian, the plural ها and the ezafe ی may be glued behind.
//! - A text has spaces inside a name only where the name has some: «ما لي» is never Mali.
//! - The longest name wins, then the leftmost. Of entries with one name the order is: the text's language, states,
//!   other places, organisations, people, adjectives.
//! - Names in capitals need capitals in the text ("US", "WHO"), single words in Latin, Greek or Cyrillic letters a
//!   capital where the list has one ("Turkey").
//!
//! Names that no list has are found by a tagger for Arabic, Persian, Urdu and English (data/models/ner-1.md), to which
//! the gazetteer's names are one kind of evidence. What it finds once in a document it looks for everywhere in it, in
//! full and by family name. Each mention says by its `layer` who found it. A name that no list writes so is linked by sound
//! where one entry alone is called that, and else has a `nil:` id that other spellings of it share ([`Extractor::link`]).
//!
//! Quotes are read by grammar, in Arabic, Persian, Urdu and English: a reporting verb of data/verbs.tsv, its subject, and what
//! it reports in quotation marks, behind "that", or as its object. Pronouns and offices mean who spoke before; the speaker's
//! span is the fullest naming of the document. What is in marks and not said by anybody (titles, nicknames) is no quote.
//!
//! # Promises
//! - Mentions nest or are apart and never cross («وزارت خارجه ایران» and the country in it), lie on character
//!   boundaries in one block, and have the text that they say; a prefix stands right before its mention.
//! - Pure and deterministic: no I/O, no clock. Time is linear in the text, but for a sort of the names found.
//! - A quote keeps to its block; marks that nothing closes take no more than that.
//! - An id is one of the gazetteer, or begins with `nil:` and is a pure function of type and name.
//!
//! # Refuses
//! Text in which no name is found has no entities; no text is an error. Languages without a model have the gazetteer
//! alone. A list that is not as described at
//! [`Extractor::load`] is an [`Error`] with its line.
//!
//! # Not yet
//! Other languages than these four for the tagger and for quotes.
//!
//! # Example
//! ```
//! use khabar_entity::Extractor;
//! use khabar_model::{Article, Detection};
//!
//! let article = Article { text: "وصل الوفد إلى كوريا الشمالية قادمًا من روسيا".to_owned(), ..Article::default() };
//! let language = Detection { code: "ar".to_owned(), reliable: true, ..Detection::undetermined() };
//! let annotations = Extractor::embedded().extract(&article, &language);
//! let names: Vec<_> = annotations.entities.iter().map(|entity| (entity.id.as_str(), entity.name.as_str())).collect();
//! assert_eq!(names, [("Q423", "كوريا الشمالية"), ("Q159", "روسيا")]);
//! ```
//!
//! [`Annotations`]: khabar_model::Annotations
//! [`Article`]: khabar_model::Article
//! [`Detection`]: khabar_model::Detection

pub use crate::{
    error::{Error, ErrorKind},
    extractor::{Extractor, Link},
    linked::{By, Explained, Linked},
    lists::GAZETTEERS,
    quantity::quantities,
    quote::quotes,
    role::{Role, roles},
};

mod clitic;
mod compiled;
mod confidence;
mod error;
mod extractor;
mod function;
mod gazetteer;
mod key;
mod language;
mod lexicon;
mod link;
mod linked;
mod lists;
mod matcher;
mod nil;
mod overlap;
mod packed;
mod phrases;
mod quantity;
mod quote;
mod recognise;
mod resolve;
mod role;
mod sense;
mod tagger;
#[cfg(feature = "train")]
pub mod training;

//! Strict span F1, as `reference/entity.md` defines it.

use std::fmt;

use khabar_model::{Article, Detection, EntityType};

use crate::tagger::label::TYPES;
use crate::training::corpus::{Name, Sentence, outermost};
use crate::{Extractor, clitic};

/// Counts of one type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Names that are in both.
    pub right: usize,
    /// Names that were found.
    pub found: usize,
    /// Names of the gold.
    pub gold: usize,
}

impl Count {
    /// F1 in percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

/// Counts by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// In the order PER, LOC, ORG.
    pub types: [Count; TYPES.len()],
    /// What went wrong, for reading.
    pub faults: Vec<String>,
}

impl Score {
    /// Counts over all types.
    pub fn all(&self) -> Count {
        self.types.iter().fold(Count::default(), |all, one| Count {
            right: all.right + one.right,
            found: all.found + one.found,
            gold: all.gold + one.gold,
        })
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.all();
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        write!(
            f,
            "F1 {:5.2}  P {:5.2}  R {:5.2} ",
            all.f1(),
            percent(all.right, all.found),
            percent(all.right, all.gold)
        )?;
        for (kind, count) in TYPES.iter().zip(self.types) {
            write!(f, "  {kind:?} {:5.2} ({})", count.f1(), count.gold)?;
        }
        Ok(())
    }
}

/// Adds a sentence and the names found in it, outermost and in order.
fn score(sentence: &Sentence, found: &[Name], into: &mut Score) {
    let index = |kind: EntityType| TYPES.iter().position(|&known| known == kind);
    let same = |gold: &Name, found: &Name| {
        gold.kind == found.kind
            && gold.end == found.end
            && (gold.start == found.start || sentence.text.get(gold.start..found.start).is_some_and(is_proclitic))
    };
    for name in &sentence.names {
        if let Some(kind) = index(name.kind) {
            into.types[kind].gold += 1;
        }
        if !found.iter().any(|found| same(name, found)) {
            into.faults.push(fault("-", sentence, name));
        }
    }
    for name in found {
        let Some(kind) = index(name.kind) else { continue };
        into.types[kind].found += 1;
        if sentence.names.iter().any(|gold| same(gold, name)) {
            into.types[kind].right += 1;
        } else {
            into.faults.push(fault("+", sentence, name));
        }
    }
}

/// Runs an extractor over a document, one sentence a line, and adds its names.
pub fn score_document(extractor: &Extractor, code: &str, document: &[Sentence], into: &mut Score) {
    let texts: Vec<&str> = document.iter().map(|sentence| sentence.text.as_str()).collect();
    let article = Article { text: texts.join("\n"), ..Article::default() };
    let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
    let annotations = extractor.extract(&article, &language);
    let mentions = annotations.entities.iter().filter(|entity| TYPES.contains(&entity.kind)).flat_map(|entity| {
        entity.mentions.iter().map(|mention| Name {
            start: mention.span.start(),
            end: mention.span.end(),
            kind: entity.kind,
            subtype: "",
        })
    });
    let found = outermost(mentions.collect());
    let mut start = 0;
    for sentence in document {
        let end = start + sentence.text.len();
        let inside = found.iter().filter(|name| name.start >= start && name.end <= end);
        let names: Vec<Name> =
            inside.map(|name| Name { start: name.start - start, end: name.end - start, ..*name }).collect();
        score(sentence, &names, into);
        start = end + 1;
    }
}

fn fault(sign: &str, sentence: &Sentence, name: &Name) -> String {
    let text = sentence.text.as_str();
    let before: String = text.get(..name.start).unwrap_or_default().chars().rev().take(30).collect();
    let before: String = before.chars().rev().collect();
    let behind: String = text.get(name.end..).unwrap_or_default().chars().take(20).collect();
    format!("{sign} {:?} {before}[{}]{behind}", name.kind, text.get(name.start..name.end).unwrap_or_default())
}

/// True for what may stand before a name in its token.
fn is_proclitic(text: &str) -> bool {
    let letters: Vec<char> = khabar_text::fold(text).chars().collect();
    clitic::chains(&letters, true).into_iter().flatten().any(|(length, _)| length == letters.len())
}

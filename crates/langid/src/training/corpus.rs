//! Labelled sentences, sorted into the classes that learn from them.

use std::collections::BTreeMap;

use crate::{
    script::{Gate, Group, lead},
    training::{
        labels::{CLASSES, base, class_of, is_unseen},
        shahmukhi::shahmukhi,
    },
};

/// A line of the data that is not `label TAB text`.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of {source_name} is not a label, a tab and a text")]
pub struct CorpusError {
    line: usize,
    source_name: String,
}

/// Rows of one class from one source.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shelf {
    /// What the trainer learns from.
    pub(crate) learn: Vec<String>,
    /// One row in sixteen: what the temperatures are fitted to.
    pub(crate) fit: Vec<String>,
}

/// The training data: for each class of the model, its rows by source.
#[derive(Debug, Default)]
pub struct Corpus {
    shelves: BTreeMap<(usize, String), Shelf>,
}

/// Characters that only spoken Cantonese is written with.
const CANTONESE: &[char] =
    &['嘅', '咗', '喺', '唔', '啲', '佢', '哋', '嗰', '冇', '乜', '嚟', '咁', '俾', '畀', '諗', '睇'];

/// False for a text under the label of Cantonese that is standard written Chinese, as all rows of sib200 are: it would
/// teach that traditional characters are Cantonese.
pub(crate) fn teaches(class: usize, text: &str) -> bool {
    CLASSES[class].code != "yue" || text.contains(CANTONESE)
}

/// Every so many rows one is set aside for the temperatures.
const FIT_EVERY: usize = 16;

impl Corpus {
    /// Adds the rows of one file; `source` is its name without suffix and decides how often it is drawn.
    ///
    /// # Errors
    /// When a line has no tab.
    pub fn add(&mut self, source: &str, tsv: &str) -> Result<(), CorpusError> {
        for (index, line) in tsv.lines().enumerate() {
            let (label, text) =
                line.split_once('\t').ok_or_else(|| CorpusError { line: index + 1, source_name: source.to_owned() })?;
            self.add_row(source, label, text);
            // Hardly any text labelled as Punjabi is in Shahmukhi; Gurmukhi maps onto it letter by letter.
            if base(label) == "pan" {
                self.add_row(source, "pnb", &shahmukhi(text));
            }
        }
        Ok(())
    }

    fn add_row(&mut self, source: &str, label: &str, text: &str) {
        let Some(Gate::Group(group)) = lead(text).map(|lead| lead.gate) else { return };
        if is_unseen(label) {
            return;
        }
        for group in [Some(group), (group == Group::Arab).then_some(Group::Arvr)].into_iter().flatten() {
            if let Some(class) = class_of(group, label).filter(|&class| teaches(class, text)) {
                self.put(class, source, text);
            }
        }
    }

    fn put(&mut self, class: usize, source: &str, text: &str) {
        let shelf = self.shelves.entry((class, source.to_owned())).or_default();
        let seen = shelf.learn.len() + shelf.fit.len();
        let side = if seen % FIT_EVERY == FIT_EVERY - 1 { &mut shelf.fit } else { &mut shelf.learn };
        side.push(text.to_owned());
    }

    /// The classes of a group that have rows, as indices into the class table.
    pub(crate) fn classes(group: Group) -> Vec<usize> {
        (0..CLASSES.len()).filter(|&class| CLASSES[class].group == group).collect()
    }

    /// The sources of a class, in byte order of their names.
    pub(crate) fn shelves(&self, class: usize) -> impl Iterator<Item = (&str, &Shelf)> {
        self.shelves
            .range((class, String::new())..(class + 1, String::new()))
            .map(|((_, name), rows)| (name.as_str(), rows))
    }

    /// Rows per class: what the card of the model lists.
    pub fn census(&self) -> Vec<(String, String, usize)> {
        (0..CLASSES.len())
            .map(|class| {
                let rows = self.shelves(class).map(|(_, shelf)| shelf.learn.len() + shelf.fit.len()).sum();
                (CLASSES[class].group.tag().to_owned(), CLASSES[class].code.to_owned(), rows)
            })
            .collect()
    }
}

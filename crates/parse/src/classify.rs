//! Lines to fates: which are the article, as what, which are cut and why, and what the cut ones tell.

use khabar_model::{BlockKind, RemovalReason};
use khabar_text::Script;

use crate::cue::{Action, Cues};
use crate::line::Line;

pub(crate) use self::lifted::{Lifted, dedup_in_order};

mod body;
mod caption;
mod guard;
mod headline;
mod lifted;
mod repeat;
mod tail;
mod zone;

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Keep(BlockKind),
    Cut(RemovalReason, String),
}

/// The fate of every line, and the facts that were lifted out of the cut ones.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) fates: Vec<Fate>,
    pub(crate) lifted: Lifted,
}

/// How to sort.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy<'a> {
    /// False keeps every line: `--no-boilerplate`.
    pub(crate) boilerplate: bool,
    /// The title, when the input or the page already said it.
    pub(crate) title: Option<&'a str>,
}

/// Lines from the top among which a date on its own is the article's.
const DATE_LINE_REACH: usize = 8;

/// Sorts the lines of one document.
pub(crate) fn sort(lines: &[Line], policy: Policy<'_>) -> Sorted {
    let mut sorter = Sorter::new(lines, policy);
    if policy.boilerplate {
        sorter.cut_cues();
        sorter.cut_separators();
        sorter.cut_repeated();
        sorter.cut_tail_leftovers();
    }
    sorter.name_head();
    sorter.name_body();
    sorter.finish()
}

struct Sorter<'l, 'p> {
    lines: &'l [Line],
    policy: Policy<'p>,
    fates: Vec<Option<Fate>>,
    first_paragraph: Option<usize>,
    last_paragraph: Option<usize>,
    /// Letters of paragraphs from each line on: how much text a cut to the end would take.
    letters_from: Vec<usize>,
    script: Script,
    title: Option<usize>,
    lifted: Lifted,
}

impl<'l, 'p> Sorter<'l, 'p> {
    fn new(lines: &'l [Line], policy: Policy<'p>) -> Self {
        let cues = Cues::embedded();
        let paragraphs: Vec<bool> =
            lines.iter().map(|line| line.is_paragraph() && cues.hits(&line.key, line.chars).is_empty()).collect();
        let mut letters_from = vec![0; lines.len() + 1];
        for (nth, line) in lines.iter().enumerate().rev() {
            let own = if paragraphs.get(nth) == Some(&true) { line.letters } else { 0 };
            let after = letters_from.get(nth + 1).copied().unwrap_or(0);
            if let Some(slot) = letters_from.get_mut(nth) {
                *slot = after + own;
            }
        }
        Self {
            lines,
            policy,
            fates: vec![None; lines.len()],
            first_paragraph: paragraphs.iter().position(|is| *is),
            last_paragraph: paragraphs.iter().rposition(|is| *is),
            letters_from,
            script: dominant_script(lines),
            title: None,
            lifted: Lifted::default(),
        }
    }

    fn cut(&mut self, nth: usize, reason: RemovalReason, rule: &str) {
        if let Some(slot) = self.fates.get_mut(nth).filter(|slot| slot.is_none()) {
            *slot = Some(Fate::Cut(reason, rule.to_owned()));
        }
    }

    fn keep(&mut self, nth: usize, kind: BlockKind) {
        if let Some(slot) = self.fates.get_mut(nth).filter(|slot| slot.is_none()) {
            *slot = Some(Fate::Keep(kind));
        }
    }

    fn is_open(&self, nth: usize) -> bool {
        self.fates.get(nth).is_some_and(Option::is_none)
    }

    /// Applies the cue list, position guards first.
    fn cut_cues(&mut self) {
        let lines = self.lines;
        let mut nth = 0;
        while let Some(line) = lines.get(nth) {
            let hit =
                Cues::embedded().hits(&line.key, line.chars).into_iter().find(|hit| self.believes(nth, line, hit));
            let Some(hit) = hit.filter(|_| self.is_open(nth)) else {
                nth += 1;
                continue;
            };
            self.lift(line, &hit);
            self.cut(nth, hit.rule.reason, &hit.rule.id);
            match hit.rule.action {
                Action::DropNext if hit.alone => self.cut_link_titles(nth + 1, hit.rule.reason, &hit.rule.id),
                Action::ToEnd | Action::End if self.closes(nth) => {
                    self.cut_rest(nth + 1, hit.rule.reason, &hit.rule.id, hit.rule.action == Action::End);
                }
                _ => {}
            }
            nth += 1;
        }
    }

    fn finish(self) -> Sorted {
        let fates = self.fates.into_iter().map(|fate| fate.unwrap_or(Fate::Keep(BlockKind::Paragraph))).collect();
        let mut lifted = self.lifted;
        dedup_in_order(&mut lifted.agencies);
        dedup_in_order(&mut lifted.authors);
        Sorted { fates, lifted }
    }
}

fn dominant_script(lines: &[Line]) -> Script {
    let letters =
        |script: Script| -> usize { lines.iter().filter(|line| line.script == script).map(|line| line.letters).sum() };
    let (arabic, latin) = (letters(Script::Arabic), letters(Script::Latin));
    let all: usize = lines.iter().map(|line| line.letters).sum();
    if arabic >= latin && arabic * 3 >= all {
        Script::Arabic
    } else if latin * 3 >= all {
        Script::Latin
    } else {
        lines.iter().max_by_key(|line| line.letters).map_or(Script::Common, |line| line.script)
    }
}

//! Lines to fates: which are the article, as what, which are cut and why, and what the cut ones tell.

use khabar_model::{BlockKind, RemovalReason};
use khabar_text::Script;

use crate::cue::{Action, Cues, Hit, Matching};
use crate::hosts::{self, Host};
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
    /// The repeated lines of the document's host.
    pub(crate) host: Option<&'a Host>,
}

/// Lines from the top among which a date on its own is the article's.
const DATE_LINE_REACH: usize = 8;

/// Sorts the lines of one document.
pub(crate) fn sort(lines: &[Line], policy: Policy<'_>) -> Sorted {
    let mut sorter = Sorter::new(lines, policy);
    if policy.boilerplate {
        sorter.settle_zones();
        sorter.cut_ends();
        // What was cut as the end shows where the text really ends.
        sorter.settle_zones();
        sorter.cut_cues();
        sorter.cut_repeated();
        sorter.cut_tail_leftovers();
        sorter.note_attributions();
    }
    sorter.name_head();
    if let Some(host) = policy.host {
        hosts::cut(host, lines, sorter.title, policy.title, &mut sorter.fates);
    }
    sorter.name_body();
    sorter.finish()
}

struct Sorter<'l, 'p> {
    lines: &'l [Line],
    /// The cues that each line holds, wherever it stands; none are looked for where nothing is cut.
    hits: Vec<Vec<Hit<'static>>>,
    policy: Policy<'p>,
    fates: Vec<Option<Fate>>,
    first_paragraph: Option<usize>,
    last_paragraph: Option<usize>,
    /// Letters of paragraphs from each line on: how much text a cut to the end would take.
    letters_from: Vec<usize>,
    /// Characters of the lines behind each.
    chars_behind: Vec<usize>,
    script: Script,
    title: Option<usize>,
    lifted: Lifted,
}

impl<'l, 'p> Sorter<'l, 'p> {
    fn new(lines: &'l [Line], policy: Policy<'p>) -> Self {
        let mut sorter = Self {
            lines,
            hits: hits(lines),
            policy,
            fates: vec![None; lines.len()],
            first_paragraph: None,
            last_paragraph: None,
            letters_from: Vec::new(),
            chars_behind: Vec::new(),
            script: dominant_script(lines),
            title: None,
            lifted: Lifted::default(),
        };
        sorter.settle_zones();
        sorter
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

    /// The first cue of a line that may be believed where it stands.
    fn hit(&self, nth: usize) -> Option<Hit<'static>> {
        let line = self.lines.get(nth)?;
        self.hits.get(nth)?.iter().find(|hit| self.believes(nth, line, hit)).cloned()
    }

    /// Cuts a line for its cue, its facts lifted.
    fn cut_line(&mut self, nth: usize, hit: &Hit<'_>) {
        if let Some(line) = self.lines.get(nth).filter(|_| self.is_open(nth)) {
            self.lift_line(line, hit);
            if hit.rule.reason == RemovalReason::Navigation && nth < DATE_LINE_REACH {
                let section = headline::section_of_trail(&line.text).map(str::to_owned);
                self.lifted.section = self.lifted.section.take().or(section);
            }
            self.cut(nth, hit.rule.reason, &hit.rule.id);
        }
    }

    /// Second pass: every other cue, and what stands below it.
    fn cut_cues(&mut self) {
        for nth in 0..self.lines.len() {
            let Some(hit) = self.hit(nth).filter(|_| self.is_open(nth)) else { continue };
            self.cut_line(nth, &hit);
            let rule = hit.rule;
            match rule.action {
                Action::DropNext if hit.alone => self.cut_link_titles(nth + 1, rule.reason, &rule.id),
                Action::Tags if hit.alone => self.cut_tags(nth + 1, &rule.id),
                Action::Credit | Action::Byline | Action::Published | Action::Modified if hit.alone => {
                    self.cut_value(nth + 1, rule);
                }
                _ => {}
            }
        }
    }

    /// True if the line is the text of a picture by its label.
    fn is_labelled_caption(&self, nth: usize) -> bool {
        self.hits.get(nth).is_some_and(|hits| hits.iter().any(|hit| hit.rule.matching == Matching::Caption))
    }

    fn finish(self) -> Sorted {
        let fates = self.fates.into_iter().map(|fate| fate.unwrap_or(Fate::Keep(BlockKind::Paragraph))).collect();
        let mut lifted = self.lifted;
        dedup_in_order(&mut lifted.agencies);
        dedup_in_order(&mut lifted.authors);
        Sorted { fates, lifted }
    }
}

/// Lines of program text from which a page is about programs.
const PROGRAM_LINES: usize = 3;

/// The cues that each line holds. In an article about programs program text is what it shows.
fn hits(lines: &[Line]) -> Vec<Vec<Hit<'static>>> {
    let cues = Cues::embedded();
    let mut hits: Vec<Vec<Hit<'static>>> = lines.iter().map(|line| cues.of_line(line)).collect();
    let is_code = |hit: &Hit<'_>| hit.rule.matching == Matching::Code;
    let programs = lines.iter().zip(&hits).filter(|(line, hits)| line.marked.is_some() && hits.iter().any(is_code));
    if programs.count() >= PROGRAM_LINES {
        hits.iter_mut().for_each(|hits| hits.retain(|hit| !is_code(hit)));
    }
    hits
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

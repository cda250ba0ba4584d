//! The scores of gold pages: one row a split and language, and every fault.

use std::fmt;
use std::ops::AddAssign;

use serde::Serialize;

use crate::report::Tally;
use crate::table::{align, number, tally};

/// The score of a page, or the sum of many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageScore {
    /// The folder that it is of.
    pub split: String,
    /// Its language.
    pub language: String,
    /// Its name; empty for a sum.
    pub case: String,
    /// How many pages.
    pub pages: u32,
    /// The headline, or rightly none.
    pub title: Tally,
    /// The day of publication, or rightly none.
    pub date: Tally,
    /// All authors and no others.
    pub authors: Tally,
    /// Blocks of the body with their text and kind.
    pub blocks: Tally,
    /// The same with their text, whatever the kind.
    pub texts: Tally,
    /// Captions with their text and kind.
    pub captions: Tally,
    /// Junk in the body's container that was cut with the right reason.
    pub removed: Tally,
    /// The same, with any reason.
    pub removed_any: Tally,
    /// Junk elsewhere that is not in the text.
    pub absent: Tally,
    /// Pages whose blocks are in page order.
    pub order: Tally,
    /// Blocks that nothing stands for.
    pub spurious: u32,
    /// What is wrong, one sentence each.
    pub faults: Vec<String>,
}

impl PageScore {
    pub(super) fn of(split: &str, language: &str, case: &str) -> Self {
        let [split, language, case] = [split, language, case].map(str::to_owned);
        Self { split, language, case, pages: 1, ..Self::default() }
    }

    pub(super) fn fault(&mut self, fault: String) {
        self.faults.push(fault);
    }

    /// There is nothing to score: what is right by default counts no more, and there is one fault.
    pub(super) fn lose(&mut self, fault: String) {
        for tally in self.tallies() {
            tally.right = 0;
        }
        self.faults = vec![fault];
    }

    fn tallies(&mut self) -> [&mut Tally; 10] {
        [
            &mut self.title,
            &mut self.date,
            &mut self.authors,
            &mut self.blocks,
            &mut self.texts,
            &mut self.captions,
            &mut self.removed,
            &mut self.removed_any,
            &mut self.absent,
            &mut self.order,
        ]
    }
}

impl AddAssign<&Self> for PageScore {
    fn add_assign(&mut self, other: &Self) {
        let mut other = other.clone();
        for (sum, tally) in self.tallies().into_iter().zip(other.tallies()) {
            *sum += *tally;
        }
        self.pages += other.pages;
        self.spurious += other.spurious;
        self.faults.append(&mut other.faults);
    }
}

/// The scores of the pages of one or more splits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of split, language and case.
    pub pages: Vec<PageScore>,
}

impl Report {
    /// Every fault, `language/case: what`, in the order of the pages.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let lines = |page: &PageScore| {
            let page = page.clone();
            page.faults.into_iter().map(move |fault| format!("{}/{}: {fault}", page.language, page.case))
        };
        self.pages.iter().flat_map(lines).collect()
    }

    /// The sums of every split and language, each split with its total.
    #[must_use]
    pub fn sums(&self) -> Vec<PageScore> {
        let mut sums: Vec<PageScore> = Vec::new();
        let mut splits: Vec<&str> = self.pages.iter().map(|page| page.split.as_str()).collect();
        splits.dedup();
        for split in splits {
            let mut total = PageScore { pages: 0, ..PageScore::of(split, "total", "") };
            for page in self.pages.iter().filter(|page| page.split == split) {
                if sums.last().is_none_or(|sum| (&sum.split, &sum.language) != (&page.split, &page.language)) {
                    sums.push(PageScore { pages: 0, ..PageScore::of(split, &page.language, "") });
                }
                if let Some(sum) = sums.last_mut() {
                    *sum += page;
                }
                total += page;
            }
            sums.push(total);
        }
        sums
    }
}

/// The columns, and what they show.
const HEAD: [&str; 14] = [
    "split/language",
    "pages",
    "title",
    "date",
    "auth",
    "blocks",
    "text",
    "capt",
    "removed",
    "any reason",
    "absent",
    "order",
    "spurious",
    "faults",
];

/// Under the table.
const LEGEND: &str = "\
Figures are right/all. blocks: of the right kind with exactly their text; text: whatever the kind. removed: junk in the body's container, \
cut with its reason. absent: junk elsewhere that is not in the text. spurious: blocks that nothing stands for.";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.sums().into_iter().map(|mut sum| {
            let [title, date, authors, blocks, texts, captions, removed, any, absent, order] =
                sum.tallies().map(|shown| tally(*shown));
            let name = format!("{}/{}", sum.split, sum.language);
            let (pages, spurious, faults) = (sum.pages.to_string(), number(sum.spurious), sum.faults.len().to_string());
            [name, pages, title, date, authors, blocks, texts, captions, removed, any, absent, order, spurious, faults]
        }));
        writeln!(f, "{}{LEGEND}", align(&rows))
    }
}

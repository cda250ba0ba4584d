//! What a scorer says: one row a document, and their sum.

use std::iter::Sum;
use std::ops::AddAssign;

use serde::Serialize;

/// So many right of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many are right.
    pub right: u32,
    /// How many there are.
    pub of: u32,
}

impl Tally {
    /// Counts one case.
    pub fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += u32::from(right);
    }

    /// Share that is right, 0 to 1; 1 of nothing.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { f64::from(self.right) / f64::from(self.of) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

/// What became of the boilerplate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Boilerplate {
    /// Cut, with the right reason.
    pub right: u32,
    /// Cut, with another reason.
    pub wrong_reason: u32,
    /// Still in the text.
    pub left_in_text: u32,
    /// Neither in the text nor among what was removed: cut without a trace.
    pub lost: u32,
}

impl Boilerplate {
    /// How many lines of boilerplate there are.
    #[must_use]
    pub fn of(self) -> u32 {
        self.right + self.wrong_reason + self.left_in_text + self.lost
    }
}

impl AddAssign for Boilerplate {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong_reason += other.wrong_reason;
        self.left_in_text += other.left_in_text;
        self.lost += other.lost;
    }
}

/// The score of one document, or the sum of many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentScore {
    /// The document as the gold names it.
    pub uri: String,
    /// Whether there is a record where there should be one, and none where there should not.
    pub present: Tally,
    /// Language code.
    pub language: Tally,
    /// Title, or rightly none.
    pub title: Tally,
    /// Day of publication, or rightly none.
    pub published: Tally,
    /// Calendar of the date, where there is one.
    pub calendar: Tally,
    /// All authors and no others.
    pub authors: Tally,
    /// Publisher, or rightly none.
    pub publisher: Tally,
    /// Section and source credits, where the gold speaks of them.
    pub metadata: Tally,
    /// Lines of the body that are in the text.
    pub body: Tally,
    /// Lines of the body whose block is of the right kind.
    pub kinds: Tally,
    /// Lines of the body that were cut as boilerplate.
    pub body_cut: u32,
    /// Blocks of the body that no line of the gold stands for.
    pub body_extra: u32,
    /// Captions, found as captions.
    pub captions: Tally,
    /// What became of the boilerplate.
    pub boilerplate: Boilerplate,
    /// Relation to an earlier document.
    pub duplicates: Tally,
    /// Entities that had to be found.
    pub entities: Tally,
    /// Direct quotes that had to be found.
    pub direct: Tally,
    /// Indirect ones.
    pub indirect: Tally,
    /// Right speakers of the quotes that were found.
    pub speakers: Tally,
    /// Whom else the others were given to, one sentence each.
    pub other_speakers: Vec<String>,
    /// What is wrong, one sentence each.
    pub faults: Vec<String>,
}

impl DocumentScore {
    pub(crate) fn of(uri: &str) -> Self {
        Self { uri: uri.to_owned(), ..Self::default() }
    }

    /// The score of a document that has no record: what is right by default counts no more.
    pub(crate) fn without_record(mut self) -> Self {
        for tally in [
            &mut self.present,
            &mut self.language,
            &mut self.title,
            &mut self.published,
            &mut self.calendar,
            &mut self.authors,
            &mut self.publisher,
            &mut self.metadata,
            &mut self.body,
            &mut self.kinds,
            &mut self.captions,
            &mut self.duplicates,
            &mut self.entities,
            &mut self.direct,
            &mut self.indirect,
            &mut self.speakers,
        ] {
            tally.right = 0;
        }
        self.faults = vec!["there is no record".to_owned()];
        self
    }

    pub(crate) fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }
}

impl AddAssign<&Self> for DocumentScore {
    fn add_assign(&mut self, other: &Self) {
        self.present += other.present;
        self.language += other.language;
        self.title += other.title;
        self.published += other.published;
        self.calendar += other.calendar;
        self.authors += other.authors;
        self.publisher += other.publisher;
        self.metadata += other.metadata;
        self.body += other.body;
        self.kinds += other.kinds;
        self.body_cut += other.body_cut;
        self.body_extra += other.body_extra;
        self.captions += other.captions;
        self.boilerplate += other.boilerplate;
        self.duplicates += other.duplicates;
        self.entities += other.entities;
        self.direct += other.direct;
        self.indirect += other.indirect;
        self.speakers += other.speakers;
        self.other_speakers.extend(other.other_speakers.iter().map(|said| format!("{}: {said}", other.uri)));
    }
}

impl<'s> Sum<&'s Self> for DocumentScore {
    fn sum<I: Iterator<Item = &'s Self>>(scores: I) -> Self {
        let mut total = Self::of("total");
        scores.for_each(|score| total += score);
        total
    }
}

/// The scores of all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of the gold.
    pub documents: Vec<DocumentScore>,
    /// Their sum; its `faults` are those that belong to no document.
    pub total: DocumentScore,
}

impl Report {
    pub(crate) fn of(documents: Vec<DocumentScore>, faults: Vec<String>) -> Self {
        let mut total: DocumentScore = documents.iter().sum();
        total.faults = faults;
        Self { documents, total }
    }

    /// Every fault, each with its document in front.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let rows = self.documents.iter().chain([&self.total]);
        rows.flat_map(|row| row.faults.iter().map(move |fault| format!("{}: {fault}", row.uri))).collect()
    }
}

//! Everything that can be tuned, with the reason for each default.

/// How documents are sketched, found and judged. Two runs with equal settings and equal input agree to the byte.
///
/// "Measured" means: on news of 2015 with gold edits (5 to 30% of the words replaced, inserted or deleted; a passage
/// replaced; 30 or 50% kept; other spelling), Arabic and Persian. The figures are in the notes of each field; the
/// command that reproduces them is the example `score_dedup`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settings {
    /// Tokens a shingle, for finding candidates; at least 1. Three: two survive too often by chance, and at 30% edited
    /// words only 17% of the fives are left against 34% of the threes.
    pub shingle: usize,
    /// One shingle in so many is kept (FracMinHash: those with the smallest hashes). At 8, 98.3% of the real pairs with
    /// containment of a half and more are found, at 4 99.4%, for twice the index; MinHash of 128 finds 62%.
    pub one_in: u64,
    /// Short documents keep a larger part than one in [`one_in`](Self::one_in), so that about as many are kept: one
    /// in eight of a telegram of 40 words would be 5, and a light edit could miss them all.
    pub least_kept: u64,
    /// Kept shingles that a document must share with a cluster to be compared with it. One alone is mostly a name or
    /// an idiom.
    pub min_shared: u32,
    /// And one in so many of the kept shingles of the shorter, at least. Bounds the comparisons that stock phrases
    /// cause. Measured: 30% edited words leave one in three, and more than one in four in 98% of the pairs.
    pub shared_one_in: u32,
    /// A shingle found in more clusters than this says nothing ("according to the official news agency") and is
    /// forgotten. Copies of one text count once, however many they are.
    pub frequency_cap: usize,
    /// Documents of fewer tokens can only be exact duplicates: a headline shares its few words with too many others.
    pub min_tokens: u32,
    /// Lowest Jaccard similarity of the pair sets (all folded 2-grams) of near duplicates. 1/4, which is 40% of the
    /// pairs shared when both are equally long. Measured: 30% edited words leave .28 or more in 98% of the pairs,
    /// a pasted passage of 60 words gives less than .24 in 98%.
    pub near_jaccard: f32,
    /// Below this ratio of lengths (shorter to longer, in tokens) a pair can't be near, only abridged: a copy with a
    /// paragraph cut is still a copy.
    pub near_length: f32,
    /// Lowest containment (share of the smaller pair set that the other has) of an abridgement. Measured: .72 or more
    /// in 98% of the abridgements, even with their last words replaced; the passages above come to .55.
    pub abridged_containment: f32,
    /// Below this ratio of lengths the shorter document is a passage of the longer one, not its abridgement: to drop
    /// the longer one as a duplicate would lose four fifths of it.
    pub abridged_length: f32,
    /// Tokens at the start of a document that make its lead, for the next field. News is written top down and cut from
    /// the bottom: copies keep the lead, follow-ups put a new one above the old background.
    pub lead: usize,
    /// Lowest share of the pairs of a lead that the other document has: of both leads for a near duplicate, of the
    /// longer document's for an abridgement. In 931 articles on one topic this is what tells the stories that share
    /// their background from the copies; 30% edited words leave half of a lead.
    pub lead_share: f32,
    /// From this Jaccard similarity on two documents are near duplicates whatever their leads.
    pub sure_jaccard: f32,
    /// From this containment on the shorter document is abridged whatever the leads: nothing in it is new.
    pub sure_containment: f32,
    /// Template guard: a pair is no duplicate when at least this share of the numbers found at the same place in both
    /// differ, and one number in [`words_a_conflict`](Self::words_a_conflict) words or more. A third: weather and rate
    /// notes keep the numbers that belong to the template (carats, hours, the year).
    pub conflict_share: f32,
    /// Template guard: texts with fewer conflicts than one in so many words of the shorter one are news that was
    /// updated, not another issue of a template.
    pub words_a_conflict: u32,
    /// Template guard: names and dates that conflict speak for a template only if they explain the difference, that is if
    /// no more than so many pairs of words a conflict are changed. A name of three words, and a word in each of its
    /// sentences that agrees with it, change eight.
    pub changes_a_conflict: u32,
    /// Documents of a cluster that a document is compared with for the pair table, the representative included.
    pub max_members: usize,
    /// Rows of the pair table a document, best first.
    pub max_pairs: usize,
    /// Exact copies of one text that a document is paired with, its first one included: all in a cluster of ordinary
    /// size, and no square of a hundred thousand copies.
    pub max_copies: usize,
    /// Tokens of a document that are kept and compared at most, the first ones. Bounds a sketch to 400 KiB and an eighth
    /// of the shingles; news is shorter, and two books that share 65,536 words at the start are one book.
    pub max_tokens: usize,
    /// Words that a passage has in common in both documents, at least. Twenty: titles with the names of those who hold
    /// them run to fifteen, a quoted sentence is longer.
    pub passage_tokens: usize,
    /// Earlier clusters that a document is searched through for passages, those that share most first.
    pub max_sources: usize,
    /// Rows of the passage table a document; the longest ones are kept.
    pub max_passages: usize,
    /// A passage is reported from so many earlier documents at most, the earliest.
    pub max_sources_a_passage: usize,
    /// Which document stands for a cluster. Later documents are checked against it.
    pub keep: Keep,
}

/// Which document stands for its cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The one that came first.
    #[default]
    First,
    /// The one with the most tokens so far; the first of equals.
    Longest,
    /// The one that was published first; the first of equals, and of those that do not say.
    Earliest,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            shingle: 3,
            one_in: 8,
            least_kept: 32,
            min_shared: 2,
            shared_one_in: 8,
            frequency_cap: 100,
            min_tokens: 8,
            near_jaccard: 0.25,
            near_length: 0.7,
            abridged_containment: 0.6,
            abridged_length: 0.2,
            lead: 40,
            lead_share: 0.25,
            sure_jaccard: 0.5,
            sure_containment: 0.9,
            conflict_share: 1.0 / 3.0,
            words_a_conflict: 60,
            changes_a_conflict: 8,
            max_members: 64,
            max_pairs: 100,
            max_copies: 8,
            max_tokens: 1 << 16,
            passage_tokens: 20,
            max_sources: 64,
            max_passages: 64,
            max_sources_a_passage: 4,
            keep: Keep::First,
        }
    }
}

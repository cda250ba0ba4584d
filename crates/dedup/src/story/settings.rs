//! Everything that can be tuned about stories, with the reason for each default.

/// How stories are made. Equal settings and equal documents give equal stories, in whatever order they come.
///
/// "Measured" means: parallel news of 78 stories in 17 languages, whole and with halves cut off, and 141 articles of our
/// own on 32 events, many of them confusable; `cargo xtask score stories`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StorySettings {
    /// Documents that are published more days apart are never compared. The chain of a long story may be longer.
    pub window: u16,
    /// Days that make similarity fall to 1/e, beyond the first day: another round of a league is a week away, the
    /// follow-up of a disaster a day. Three tells as much on true dates, and less on dates that are off by one.
    pub fading: f32,
    /// How much more alike two documents must be than each is to its neighbours in general (ratio of cosines).
    pub join: f32,
    /// How much more a likeness says when the days of both documents are known and meet: undated ones may be years apart.
    pub dated: f32,
    /// Two groups of two documents and more join when they are as alike as this part of what holds the looser of them
    /// together: two events that share place and people are alike, but each is more like itself.
    pub cohesion: f32,
    /// And one document joins a group when it is as alike to its nearest member as this part of what holds the group
    /// together. Lower: half of a text has less to be alike with.
    pub cohesion_of_one: f32,
    /// Cohesion beyond this asks for nothing more: copies that escaped de-duplication are no measure.
    pub cohesion_cap: f32,
    /// What a document is expected to have in common with unrelated ones (cosine), where there are too few to see.
    pub background: f32,
    /// Weight of that expectation, in documents.
    pub background_weight: f32,
    /// The most that a document is taken to have in common with unrelated ones: when a story fills the window, its
    /// documents are each other's neighbours.
    pub background_cap: f32,
    /// Documents added to those of a language when the rarity of a feature is counted (inverse document frequency), so
    /// that it means something in a batch of five.
    pub prior: f32,
    /// Neighbours of a document that are kept.
    pub neighbours: usize,
    /// Documents with one feature, beyond which it finds no candidates.
    pub frequency_cap: usize,
    /// Entries of the index that are read for one document at most.
    pub budget: usize,
}

impl Default for StorySettings {
    fn default() -> Self {
        Self {
            window: 7,
            fading: 4.0,
            join: 1.4,
            dated: 1.6,
            cohesion: 0.75,
            cohesion_of_one: 0.4,
            cohesion_cap: 5.0,
            background: 0.2,
            background_weight: 5.0,
            background_cap: 0.25,
            prior: 3.0,
            neighbours: 48,
            frequency_cap: 2000,
            budget: 12_000,
        }
    }
}

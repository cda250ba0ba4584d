//! Why a mention has the id that it has: for people who ask.

use std::fmt;

use khabar_model::{Annotations, Span};

/// How a mention came to its entity's id.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// What the name was linked by.
    pub by: By,
    /// The longer name of the document that this one is short for; that one was linked.
    pub short_for: Option<String>,
}

/// What a name is linked by.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum By {
    /// A list has the name, by its fold key.
    Key,
    /// A list says that the name is a common word too, and the tagger was this sure (0 to 1) that it is a name here.
    Doubtful(f32),
    /// One entry alone has a name that sounds like it; how alike, from 0 to 1.
    Sound(f32),
    /// The name begins with that of a list's body, and nothing but a nationality follows.
    Body,
    /// Nothing: the id begins with `nil:`.
    Nothing,
}

/// What [`Extractor::explain`] answers.
///
/// [`Extractor::explain`]: crate::Extractor::explain
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The same as [`Extractor::extract`](crate::Extractor::extract) gives.
    pub annotations: Annotations<Span>,
    /// For each entity and each of its mentions, in their order: how it was linked.
    pub links: Vec<Vec<Linked>>,
}

impl fmt::Display for Linked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            By::Key => write!(out, "key")?,
            By::Doubtful(confidence) => write!(out, "doubtful name at {confidence:.2}")?,
            By::Sound(likeness) => write!(out, "sound at {likeness:.2}")?,
            By::Body => write!(out, "body with its nationality")?,
            By::Nothing => write!(out, "not linked")?,
        }
        match &self.short_for {
            Some(full) => write!(out, ", short for {full}"),
            None => Ok(()),
        }
    }
}

//! A file that is one document, and a file that is none.

use khabar_model::{Given, Media, RawDoc, Source};

use super::stream::Stream;
use super::{Context, Found, Reader, Refusal, media_type};

/// Reads a page or a text as one document.
pub(super) struct Whole {
    media: Option<Media>,
}

impl Whole {
    pub(super) fn new(media: Media) -> Self {
        Self { media: Some(media) }
    }
}

impl Reader for Whole {
    fn next(&mut self, stream: &mut Stream, context: &Context<'_>) -> Option<Found> {
        let media = self.media.take()?;
        let limit = context.settings.max_document;
        let mut payload = Vec::new();
        if stream.take_into(&mut payload, limit.saturating_add(1)) > limit {
            return Some(context.reject(None, None, Refusal::too_large(context.settings)));
        }
        if let Some(fault) = stream.fault() {
            return Some(context.reject(None, None, fault.clone()));
        }
        let source = Source {
            uri: context.place.uri_of(None),
            media_type: Some(media_type(media).to_owned()),
            ..Source::default()
        };
        Some(Found::Document(Box::new(RawDoc { id: String::new(), source, media, payload, given: Given::default() })))
    }
}

/// Gives one reject for a file that cannot be read.
pub(super) struct Refused(pub(super) Option<Refusal>);

impl Reader for Refused {
    fn next(&mut self, _: &mut Stream, context: &Context<'_>) -> Option<Found> {
        Some(context.reject(None, None, self.0.take()?))
    }
}

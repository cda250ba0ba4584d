//! A quote whose speaker is known, and what it becomes.

use khabar_model::{Quote, QuoteStyle, QuoteVerb, Span, Speaker, VerbClass};

use super::speaker::{Speaker as Known, Speakers};

/// A quote whose speaker is known.
pub(super) struct Told {
    pub(super) span: Span,
    pub(super) style: QuoteStyle,
    /// By place among the speakers.
    pub(super) speaker: Option<usize>,
    pub(super) verb: Option<(Span, VerbClass)>,
    pub(super) carrier: Option<u32>,
    /// Inside of another quote.
    pub(super) inner: bool,
    /// Its verb says that whoever speaks has spoken before: أضاف، افزود.
    pub(super) goes_on: bool,
    /// The sentence turns to somebody else: من جانبه، نیز.
    pub(super) another: bool,
    /// Of a headline, which may name in short who speaks in the body.
    pub(super) headline: bool,
    /// The description by which the last speaker was meant: «این کارشناس», «المدرب».
    pub(super) described: Option<Known>,
    /// The verb alone has the subject, or there is none.
    pub(super) same: bool,
    /// A pronoun is the subject.
    pub(super) pronoun: bool,
    /// Its verb answers.
    pub(super) answers: bool,
    /// It has no verb of its own.
    pub(super) alone: bool,
    /// Whom its verb asks, as the sentence names them.
    pub(super) asked: Option<Known>,
}

/// Whoever carries a remark carries what the same speaker adds in the paragraph: «وقال مصدر لشبكة سي إن إن إن … وقال المصدر
/// إن …».
pub(super) fn carry(told: &mut [Told], text: &str) {
    let mut last: Option<(Option<usize>, u32, usize)> = None;
    for told in told.iter_mut() {
        let (start, end) = (told.span.start(), told.span.end());
        let goes_on = |(speaker, _, behind): &(Option<usize>, u32, usize)| {
            // A quote within a quote begins before the other ends.
            *speaker == told.speaker && !text.get(*behind..start).is_some_and(|between| between.contains('\n'))
        };
        let carried = last.filter(goes_on).map(|(_, carrier, _)| carrier);
        told.carrier = told.carrier.or(carried.filter(|_| told.speaker.is_some()));
        last = told.carrier.map(|carrier| (told.speaker, carrier, end));
    }
}

impl Told {
    /// The quote; `entities` are those of the speakers, by place.
    pub(super) fn quote(self, text: &str, speakers: &Speakers, entities: &[Option<u32>]) -> Option<Quote<Span>> {
        let speaker = self.speaker.and_then(|place| {
            let speaker = speakers.get(place)?;
            Some(Speaker {
                entity: entities.get(place).copied().flatten(),
                span: speaker.span,
                text: speaker.span.of(text)?.to_owned(),
                kind: speaker.kind,
            })
        });
        let verb = self.verb.and_then(|(span, class)| Some(QuoteVerb { text: span.of(text)?.to_owned(), class }));
        Some(Quote {
            span: self.span,
            text: self.span.of(text)?.to_owned(),
            style: self.style,
            speaker,
            verb,
            outlet: self.carrier,
        })
    }
}

//! What entity extraction adds beside an article.

use crate::date::DateMention;
use crate::entity::{Entity, Mention};
use crate::quantity::Quantity;
use crate::quote::{Quote, Speaker};

/// Entities, dates, quantities and quotes of one article, each in text order.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotations<S> {
    /// By first mention.
    pub entities: Vec<Entity<S>>,
    /// Date expressions.
    pub dates: Vec<DateMention<S>>,
    /// Numbers with units.
    pub quantities: Vec<Quantity<S>>,
    /// Who said what.
    pub quotes: Vec<Quote<S>>,
}

impl<S> Default for Annotations<S> {
    fn default() -> Self {
        Self { entities: Vec::new(), dates: Vec::new(), quantities: Vec::new(), quotes: Vec::new() }
    }
}

impl<S> Annotations<S> {
    /// The same facts with every span converted by `f`.
    ///
    /// # Errors
    /// The first error of `f`.
    pub fn map_spans<T, E>(self, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<Annotations<T>, E> {
        Ok(Annotations {
            entities: self.entities.into_iter().map(|entity| map_entity(entity, f)).collect::<Result<_, E>>()?,
            dates: self.dates.into_iter().map(|date| map_date(date, f)).collect::<Result<_, E>>()?,
            quantities: self.quantities.into_iter().map(|number| map_quantity(number, f)).collect::<Result<_, E>>()?,
            quotes: self.quotes.into_iter().map(|quote| map_quote(quote, f)).collect::<Result<_, E>>()?,
        })
    }
}

fn map_entity<S, T, E>(entity: Entity<S>, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<Entity<T>, E> {
    let Entity { id, kind, subtype, name, canonical, confidence, mentions } = entity;
    let mentions = mentions
        .into_iter()
        .map(|Mention { span, text, prefix, layer }| Ok(Mention { span: f(span)?, text, prefix, layer }))
        .collect::<Result<_, E>>()?;
    Ok(Entity { id, kind, subtype, name, canonical, confidence, mentions })
}

fn map_date<S, T, E>(date: DateMention<S>, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<DateMention<T>, E> {
    let DateMention { span, text, value, precision, kind, calendar, earliest, latest } = date;
    Ok(DateMention { span: f(span)?, text, value, precision, kind, calendar, earliest, latest })
}

fn map_quantity<S, T, E>(number: Quantity<S>, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<Quantity<T>, E> {
    let Quantity { span, text, value, unit, kind, modifier, alternatives } = number;
    Ok(Quantity { span: f(span)?, text, value, unit, kind, modifier, alternatives })
}

fn map_quote<S, T, E>(quote: Quote<S>, f: &mut impl FnMut(S) -> Result<T, E>) -> Result<Quote<T>, E> {
    let Quote { span, text, style, speaker, verb, outlet } = quote;
    let speaker = match speaker {
        Some(Speaker { entity, span, text, kind }) => Some(Speaker { entity, span: f(span)?, text, kind }),
        None => None,
    };
    Ok(Quote { span: f(span)?, text, style, speaker, verb, outlet })
}

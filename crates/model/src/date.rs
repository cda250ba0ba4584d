//! Dates: of the document, and in its text.

use serde::{Deserialize, Serialize};

/// A resolved date with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DateValue {
    /// ISO 8601 in the Gregorian calendar, as long as `precision` says: `2024`, `2024-10`, `2024-10-14`,
    /// `2024-10-14T09:30+03:00`. The offset is kept where the source gave one.
    pub value: String,
    /// How much of `value` the source states.
    pub precision: Precision,
    /// The calendar that the source was written in.
    pub calendar: Calendar,
    /// The characters of the source that say so.
    pub raw: String,
    /// Where in the document it was found.
    pub origin: DateOrigin,
    /// First possible day, where the source leaves more than one.
    #[serde(default)]
    pub earliest: Option<String>,
    /// Last possible day.
    #[serde(default)]
    pub latest: Option<String>,
}

/// How much of a date is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Precision {
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// The calendar that a date was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// Proleptic Gregorian.
    Gregorian,
    /// Solar Hijri, the civil calendar of Iran and Afghanistan.
    Jalali,
    /// Lunar Hijri, Umm al-Qura.
    Hijri,
}

/// Where a document's date was found, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrigin {
    /// A field of the input, beside the text.
    Input,
    /// A `meta` or `time` element.
    Meta,
    /// JSON-LD.
    JsonLd,
    /// A date line or the dateline of the article.
    Dateline,
    /// The path of the URL.
    Url,
    /// Any other place of the page.
    Text,
}

/// A date expression in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DateMention<S> {
    /// Where in `text`.
    #[serde(flatten)]
    pub span: S,
    /// The characters there.
    pub text: String,
    /// As [`DateValue::value`]; null when it cannot be resolved.
    #[serde(default)]
    pub value: Option<String>,
    /// How much of it is stated.
    pub precision: Precision,
    /// Absolute, or relative to the publication date.
    pub kind: DateKind,
    /// The calendar that it is written in.
    pub calendar: Calendar,
    /// First possible day.
    #[serde(default)]
    pub earliest: Option<String>,
    /// Last possible day.
    #[serde(default)]
    pub latest: Option<String>,
}

/// Whether a date expression needs the publication date to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DateKind {
    Absolute,
    Relative,
}

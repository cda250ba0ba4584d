//! Counts, money, percentages and measures in the text.

use serde::{Deserialize, Serialize};

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity<S> {
    /// Where in `text`.
    #[serde(flatten)]
    pub span: S,
    /// The characters there.
    pub text: String,
    /// The value; null when the writing is ambiguous and only `alternatives` can be given.
    #[serde(default)]
    pub value: Option<f64>,
    /// What is counted, the currency, or the measure.
    #[serde(default)]
    pub unit: Option<String>,
    /// What kind of quantity.
    pub kind: QuantityKind,
    /// What the words around it do to it: about, nearly, more_than, less_than, at_least, at_most; between, where the value is the
    /// lower end of a range and the alternative the upper.
    #[serde(default)]
    pub modifier: Option<String>,
    /// Other readings ("5/69 درصد").
    #[serde(default)]
    pub alternatives: Vec<f64>,
}

/// What kind of quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum QuantityKind {
    Count,
    Money,
    Percent,
    Measure,
}

//! Gold files of scrapes: what a person says of every line, by number, without the text.
//!
//! ```text
//! # comment
//! source: fnv1a64 <hash of the whole file>
//! language: ar
//! title: line 3 fnv1a64 <hash of the trimmed line>       | title: none
//! published: 2024-10-13 day|second gregorian             | published: none
//! authors: none                                          | authors: name, name
//! publisher: name | other name | none                      any of them is right
//! section: line 1                                        | section: none
//! credit: url=… date=… name=…                            | credit: none
//! line 7: paragraph|quote                                  the kind of its block, any of them
//! line 10: removed read_also                               cut, with this reason
//! entity: Q423 LOC min 13 as form, other form              so many mentions, each form among them
//! no entity: Q95                                           named in boilerplate only, or not at all
//! quote: line 9 18-28 direct deny named Q7747              characters of the trimmed line, style, classes, kinds, speaker by
//!                                                          id or words; any of classes and kinds joined by |
//! quote: line 9 4-12 indirect say anonymous a source carrier Q48340
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use khabar_model::{BlockKind, Calendar, EntityType, Precision, QuoteStyle, RemovalReason, SpeakerKind, VerbClass};
use serde::de::DeserializeOwned;

/// What is right for one line; any of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// In the text, in a block of this kind.
    Kept(BlockKind),
    /// Cut, for this reason.
    Removed(RemovalReason),
}

/// The gold of one plain-text scrape.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    pub(crate) source: u64,
    pub(crate) language: String,
    /// Line number and hash of the trimmed line.
    pub(crate) title: Option<(usize, u64)>,
    pub(crate) published: Option<GoldDate>,
    pub(crate) authors: Vec<String>,
    /// Each of them is right; `None` is null.
    pub(crate) publisher: Vec<Option<String>>,
    pub(crate) section: Option<usize>,
    pub(crate) credit: Option<GoldCredit>,
    pub(crate) lines: BTreeMap<usize, Vec<Fate>>,
    pub(crate) entities: Vec<GoldEntity>,
    pub(crate) no_entities: Vec<String>,
    pub(crate) quotes: Vec<GoldQuote>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldDate {
    pub(crate) day: String,
    pub(crate) precision: Vec<Precision>,
    pub(crate) calendar: Calendar,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct GoldCredit {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) date: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldEntity {
    pub(crate) id: String,
    pub(crate) kind: EntityType,
    pub(crate) min: usize,
    pub(crate) forms: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldQuote {
    pub(crate) line: usize,
    /// Characters of the trimmed line.
    pub(crate) chars: Range<usize>,
    pub(crate) style: QuoteStyle,
    pub(crate) classes: Vec<VerbClass>,
    pub(crate) kinds: Vec<SpeakerKind>,
    /// Id of an entity, or words.
    pub(crate) speaker: String,
    /// Id of the outlet.
    pub(crate) carrier: Option<String>,
}

impl GoldQuote {
    /// Its words in their line.
    pub(crate) fn of(&self, line: &str) -> String {
        line.chars().skip(self.chars.start).take(self.chars.len()).collect()
    }
}

impl Gold {
    /// Reads a gold file.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
        let (mut lines, mut entities, mut no_entities) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut quotes = Vec::new();
        for (at, row) in text.lines().enumerate() {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let place = |what: &str| format!("line {} of the gold: {what}: {row}", at + 1);
            let (key, value) = row.split_once(": ").ok_or_else(|| place("no key"))?;
            if let Some(number) = key.strip_prefix("line ") {
                let number: usize = number.parse().map_err(|_| place("no line number"))?;
                let fates = fates(value).ok_or_else(|| place("no kind or reason"))?;
                if lines.insert(number, fates).is_some() {
                    return Err(place("a line has two verdicts"));
                }
            } else if key == "entity" {
                entities.push(entity(value).ok_or_else(|| place("no entity"))?);
            } else if key == "quote" {
                quotes.push(quote(value).ok_or_else(|| place("no quote"))?);
            } else if key == "no entity" {
                no_entities.push(value.to_owned());
            } else if fields.insert(key, value).is_some() {
                return Err(place("a field stands twice"));
            }
        }
        let mut take = |key: &str| fields.remove(key).ok_or_else(|| format!("the gold has no {key}"));
        let bad = |key: &str| format!("{key} of the gold cannot be read");
        let gold = Self {
            source: hash(take("source")?).ok_or_else(|| bad("source"))?,
            language: take("language")?.to_owned(),
            title: optional(take("title")?, title).ok_or_else(|| bad("title"))?,
            published: optional(take("published")?, date).ok_or_else(|| bad("published"))?,
            authors: names(take("authors")?),
            publisher: take("publisher")?.split(" | ").map(|name| (name != "none").then(|| name.to_owned())).collect(),
            section: optional(take("section")?, line_number).ok_or_else(|| bad("section"))?,
            credit: optional(take("credit")?, credit).ok_or_else(|| bad("credit"))?,
            lines,
            entities,
            no_entities,
            quotes,
        };
        match fields.keys().next() {
            Some(key) => Err(format!("the gold has an unknown field: {key}")),
            None => Ok(gold),
        }
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): enough to tell that a line is the one that was read.
pub(crate) fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A word of the schema as its enum.
pub(crate) fn word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn fates(value: &str) -> Option<Vec<Fate>> {
    match value.strip_prefix("removed ") {
        Some(reasons) => reasons.split('|').map(|reason| word(reason).map(Fate::Removed)).collect(),
        None => value.split('|').map(|kind| word(kind).map(Fate::Kept)).collect(),
    }
}

/// `none`, or what `read` makes of it.
fn optional<T>(value: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if value == "none" { Some(None) } else { read(value).map(Some) }
}

fn hash(value: &str) -> Option<u64> {
    u64::from_str_radix(value.strip_prefix("fnv1a64 ")?, 16).ok()
}

fn line_number(value: &str) -> Option<usize> {
    value.strip_prefix("line ")?.parse().ok()
}

fn title(value: &str) -> Option<(usize, u64)> {
    let (number, digest) = value.strip_prefix("line ")?.split_once(' ')?;
    Some((number.parse().ok()?, hash(digest)?))
}

fn date(value: &str) -> Option<GoldDate> {
    let [day, precision, calendar] = value.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let precision = precision.split('|').map(word).collect::<Option<_>>()?;
    Some(GoldDate { day: day.to_owned(), precision, calendar: word(calendar)? })
}

fn names(value: &str) -> Vec<String> {
    value.split(", ").filter(|name| *name != "none").map(str::to_owned).collect()
}

fn credit(value: &str) -> Option<GoldCredit> {
    let mut credit = GoldCredit::default();
    for part in value.split(' ') {
        let (key, value) = part.split_once('=')?;
        let slot = match key {
            "name" => &mut credit.name,
            "url" => &mut credit.url,
            "date" => &mut credit.date,
            _ => return None,
        };
        *slot = Some(value.to_owned());
    }
    Some(credit)
}

fn entity(value: &str) -> Option<GoldEntity> {
    let (head, forms) = value.split_once(" as ").unwrap_or((value, ""));
    let [id, kind, "min", min] = head.split(' ').collect::<Vec<_>>()[..] else { return None };
    let forms = forms.split(", ").filter(|form| !form.is_empty()).map(str::to_owned).collect();
    Some(GoldEntity { id: id.to_owned(), kind: word(kind)?, min: min.parse().ok()?, forms })
}

fn quote(value: &str) -> Option<GoldQuote> {
    let (value, carrier) = match value.split_once(" carrier ") {
        Some((value, carrier)) => (value, Some(carrier.to_owned())),
        None => (value, None),
    };
    let mut columns = value.strip_prefix("line ")?.splitn(6, ' ');
    let mut next = || columns.next();
    let line = next()?.parse().ok()?;
    let (start, end) = next()?.split_once('-')?;
    Some(GoldQuote {
        line,
        chars: start.parse().ok()?..end.parse().ok()?,
        style: word(next()?)?,
        classes: next()?.split('|').map(word).collect::<Option<_>>()?,
        kinds: next()?.split('|').map(word).collect::<Option<_>>()?,
        speaker: next()?.to_owned(),
        carrier,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "source: fnv1a64 cbf29ce484222325\nlanguage: ar\ntitle: none\npublished: none\nauthors: none\n\
                        publisher: بيروت | none\nsection: line 1\ncredit: none\n";

    #[test]
    fn the_format_is_read() {
        let text = format!(
            "# comment\n{HEAD}line 1: removed metadata\nline 2: paragraph|quote\nentity: Q423 LOC min 2 as a b, c\nno entity: Q95\n\
             quote: line 2 3-5 direct deny|say named Q7747\nquote: line 2 3-5 indirect say anonymous a source carrier Q1\n"
        );
        let gold = Gold::parse(&text).unwrap();
        assert_eq!(gold.source, fnv1a64(b""));
        assert_eq!(gold.publisher, [Some("بيروت".to_owned()), None]);
        assert_eq!(gold.lines[&1], [Fate::Removed(RemovalReason::Metadata)]);
        assert_eq!(gold.lines[&2], [Fate::Kept(BlockKind::Paragraph), Fate::Kept(BlockKind::Quote)]);
        assert_eq!((gold.quotes[0].of("abc هن d"), gold.quotes[0].classes.len()), (" ه".to_owned(), 2));
        assert_eq!((gold.quotes[1].speaker.as_str(), gold.quotes[1].carrier.as_deref()), ("a source", Some("Q1")));
        assert_eq!((gold.entities[0].min, gold.entities[0].forms.len()), (2, 2));
    }

    #[test]
    fn mistakes_are_named() {
        for (row, said) in [
            ("line 3: poem", "no kind or reason"),
            ("line 3: removed boring", "no kind or reason"),
            ("line x: title", "no line number"),
            ("mood: good", "unknown field: mood"),
            ("language: fa", "stands twice"),
            ("entity: Q423 LOC", "no entity"),
            ("quote: line 2 3-5 loud say named Q7747", "no quote"),
            ("nothing", "no key"),
        ] {
            let error = Gold::parse(&format!("{HEAD}{row}\n")).unwrap_err();
            assert!(error.contains(said), "{row}: {error}");
        }
        assert!(Gold::parse("language: ar\n").unwrap_err().contains("no source"));
    }
}

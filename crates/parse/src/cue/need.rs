//! What else must hold of a line that has a cue: shape, company, and what is to be lifted.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::address::holds_address;
use super::network::Bar;
use super::rule::Matching;
use super::speech::speaks;
use super::{Cues, Hit};
use crate::line::Line;
use crate::{agency, credit};

/// Alternatives, each of conditions that must hold together. Without any, everything holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needs(Vec<Vec<Need>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Nothing but punctuation and a count follows the cue.
    Alone,
    /// No running sentence.
    Plain,
    /// A colon or a bar follows the cue.
    Colon,
    /// What follows the cue reads as a headline.
    Title,
    /// What follows the cue opens with a capital, a digit or a quote.
    Capital,
    /// Most of the line is a link.
    Link,
    /// One word of each group of the row's `with`.
    With,
    /// A copyright sign or the word.
    Sign,
    /// A number follows the cue.
    Number,
    /// A network.
    Network,
    /// Two networks.
    Networks,
    /// Mostly words of follow bars.
    Bar,
    /// A verb of following.
    Follow,
    /// An address: URL, e-mail, account.
    Address,
    /// What follows the cue is people.
    People,
    /// What follows the cue is a date.
    Date,
    /// What follows the cue can be a source.
    Credit,
    /// Signs between the parts of a breadcrumb.
    Trail,
    /// Nothing follows the cue but punctuation.
    Ends,
    /// The cue is a clause of its own at the end of the line.
    Clause,
}

/// Words beyond the cue that a line with a full stop may have without being a sentence.
const FEW: usize = 2;
/// Words beside a date that make a line of it still.
const BESIDE_DATE: usize = 3;

impl Needs {
    /// What a kind of match needs where the row says nothing.
    pub(super) fn of(matching: Matching) -> Self {
        let needs = match matching {
            Matching::Start | Matching::Contain | Matching::Caption => "plain",
            Matching::Label => "alone|colon|plain",
            Matching::Title => "alone|colon|link|title",
            _ => "",
        };
        Self::read(needs).unwrap_or(Self(Vec::new()))
    }

    /// Reads `plain+network|with`: alternatives between bars, conditions between pluses; `any` needs nothing.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = if text == "any" { "" } else { text };
        let alternatives = text.split('|').filter(|alternative| !alternative.is_empty());
        let read = |alternative: &str| alternative.split('+').map(Need::read).collect::<Option<Vec<Need>>>();
        Some(Self(alternatives.map(read).collect::<Option<Vec<_>>>()?))
    }

    /// True if one alternative holds.
    pub(super) fn hold(&self, cues: &Cues, line: &Line, hit: &Hit<'_>) -> bool {
        if is_mention(line, hit) || is_narrated(line, hit) {
            return false;
        }
        if self.0.is_empty() {
            return true;
        }
        let mut reading = Reading { cues, line, hit, bar: None, rest: None };
        self.0.iter().any(|needs| needs.iter().all(|need| reading.holds(*need)))
    }
}

/// True for a cue in quotation marks that the line speaks of, "«اقرأ أيضاً» هي العبارة التي …", and for speech.
fn is_mention(line: &Line, hit: &Hit<'_>) -> bool {
    let before = line.key.get(..hit.cue.start).unwrap_or_default();
    let after = line.key.get(hit.cue.end..).unwrap_or_default();
    let closed = after.trim_start_matches([':', '.', ',', '!']).starts_with(['"', '\'']);
    let speech = hit.rule.matching != Matching::Contain && line.text.starts_with(['«', '“', '"', '„', '”']);
    !hit.alone && (speech || closed && before.ends_with(['"', '\'']))
}

/// True for a running sentence in which somebody says something.
fn is_narrated(line: &Line, hit: &Hit<'_>) -> bool {
    let anywhere = matches!(hit.rule.matching, Matching::Start | Matching::Contain | Matching::Title);
    anywhere && !hit.colon && line.stops && line.words > hit.words + FEW && speaks(&line.key)
}

impl Need {
    fn read(name: &str) -> Option<Self> {
        Some(match name {
            "alone" => Self::Alone,
            "plain" => Self::Plain,
            "colon" => Self::Colon,
            "title" => Self::Title,
            "capital" => Self::Capital,
            "link" => Self::Link,
            "with" => Self::With,
            "sign" => Self::Sign,
            "number" => Self::Number,
            "network" => Self::Network,
            "networks" => Self::Networks,
            "bar" => Self::Bar,
            "follow" => Self::Follow,
            "address" => Self::Address,
            "people" => Self::People,
            "date" => Self::Date,
            "credit" => Self::Credit,
            "trail" => Self::Trail,
            "ends" => Self::Ends,
            "clause" => Self::Clause,
            _ => return None,
        })
    }
}

/// A line and its cue, with what more than one condition asks for.
struct Reading<'r, 'c> {
    cues: &'r Cues,
    line: &'r Line,
    hit: &'r Hit<'c>,
    bar: Option<Bar>,
    rest: Option<&'r str>,
}

impl Reading<'_, '_> {
    fn holds(&mut self, need: Need) -> bool {
        let (line, hit) = (self.line, self.hit);
        match need {
            Need::Alone => hit.alone,
            Need::Plain => !line.stops || line.words <= hit.words + FEW,
            Need::Colon => hit.colon,
            Need::Title => {
                let rest = self.rest();
                !crate::line::full_stop(rest) && rest.chars().any(char::is_alphabetic)
            }
            Need::Capital => {
                let first = self.rest().chars().find(|char| !char.is_whitespace());
                first.is_some_and(|char| !char.is_lowercase())
            }
            Need::Link => line.link_share >= 0.5,
            Need::With => has_one_of_each(&line.key, &hit.rule.with, hit),
            Need::Sign => line.key.contains('©') || line.key.contains("copyright") || line.key.contains("(c)"),
            Need::Number => {
                let rest = self.rest();
                rest.trim_start_matches(|char: char| !char.is_alphanumeric()).starts_with(char::is_numeric)
            }
            Need::Network => self.bar().networks > 0,
            Need::Networks => self.bar().networks + self.bar().also >= 2,
            Need::Bar => self.bar().is_mostly_networks(),
            Need::Follow => self.bar().verbs > 0,
            Need::Address => holds_address(&line.text),
            Need::People => {
                let rest = self.rest();
                (!line.stops || line.words <= hit.words + 2 * FEW) && !credit::people_alone(rest).is_empty()
            }
            Need::Date => self.is_date(),
            Need::Credit => self.is_credit(),
            Need::Trail => is_trail(&line.text),
            Need::Ends => !line.key.get(hit.cue.end..).unwrap_or_default().contains(char::is_alphanumeric),
            Need::Clause => {
                let before = line.key.get(..hit.cue.start).unwrap_or_default().trim_end();
                let after = line.key.get(hit.cue.end..).unwrap_or_default();
                !before.ends_with(char::is_alphanumeric) && !after.contains(char::is_alphanumeric)
            }
        }
    }

    fn rest(&mut self) -> &str {
        let (line, hit) = (self.line, self.hit);
        self.rest.get_or_insert_with(|| hit.rest(line))
    }

    fn bar(&mut self) -> Bar {
        let (line, cues) = (self.line, self.cues);
        *self.bar.get_or_insert_with(|| cues.networks.bar(&line.key))
    }

    /// A date, a time and a place at most; behind a colon more may stand beside it.
    fn is_date(&mut self) -> bool {
        let (line, colon) = (self.line, self.hit.colon);
        let rest = self.rest();
        let Some(span) = date_in(rest) else { return false };
        let beside = [rest.get(..span.start), rest.get(span.end..)];
        let words = |part: &str| part.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        let beside: usize = beside.into_iter().flatten().map(words).sum();
        beside <= BESIDE_DATE || colon && !line.stops && beside <= 4 * BESIDE_DATE
    }

    /// A name, an address or a date; a sentence is none.
    fn is_credit(&mut self) -> bool {
        let line = self.line;
        let short = line.words <= self.hit.words + 2 * FEW && !(line.stops && line.key.contains(','));
        if !line.ends_sentence || short || self.hit.alone {
            return true;
        }
        holds_address(&line.text) || self.is_date() || !agency::names_in(self.rest()).is_empty()
    }
}

/// True for the signs between the parts of a breadcrumb; a quotation closes with one of them too.
fn is_trail(text: &str) -> bool {
    text.contains(['›', '>'])
        || text.contains(" / ")
        || text.contains(" | ")
        || text.contains('»') && !text.contains('«')
}

/// The first date in a text, by the calendars that khabar-dates knows, else by its shape: "14. Oktober 2024".
fn date_in(text: &str) -> Option<Range<usize>> {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?-u:\b)[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?-u:\b)|(?-u:\b)[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}(?-u:\b)",
            r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日",
            r"|(?-u:\b)[0-9]{1,2}(?:er|º|\.)?\s(?:de\s)?\p{L}+\.?,?\s(?:de\s)?[0-9]{4}(?-u:\b)",
            r"|\p{L}+\.?\s[0-9]{1,2},?\s[0-9]{4}(?-u:\b)",
        ))
        .ok()
    });
    if !text.contains(char::is_numeric) {
        return None;
    }
    let read = khabar_dates::first_absolute(text, None).map(|(span, _)| span.start()..span.end());
    read.or_else(|| SHAPE.as_ref()?.find(text).map(|found| found.range()))
}

/// What Arabic and Hebrew write at the front of a word without a space: and, the, in, for.
const PROCLITICS: [&str; 22] = [
    "و", "ال", "وال", "بال", "لل", "ب", "ل", "ف", "ك", "وب", "ول", "فال", "كال", "ولل", "وبال", "ה", "ב", "ל", "ו",
    "ש", "מ", "וה",
];

/// True if every group has a word that opens a word of the key outside of the cue: inflected forms count.
fn has_one_of_each(key: &str, groups: &[Vec<String>], hit: &Hit<'_>) -> bool {
    let at_word = |word: &str| {
        key.match_indices(word).filter(|(at, _)| !hit.cue.contains(at)).any(|(at, _)| {
            let before = key.get(..at).unwrap_or_default();
            let front = before.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
            front.is_empty() || PROCLITICS.contains(&front) || front.chars().all(crate::line::is_dense)
        })
    };
    groups.iter().all(|group| group.iter().any(|word| at_word(word)))
}

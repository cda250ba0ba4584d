//! One row of the cue list: what it looks for, where, what else has to hold, and what becomes of the line.

use khabar_model::RemovalReason;

use super::need::Needs;

/// One row of the list. Several rows may share an id: variants of one rule that need different guards.
#[derive(Clone, Debug)]
pub(crate) struct CueRule {
    pub(crate) id: String,
    pub(crate) reason: RemovalReason,
    pub(crate) places: Places,
    pub(crate) matching: Matching,
    /// Longest line, in characters, that the cue may cut.
    pub(crate) max_chars: usize,
    pub(crate) action: Action,
    /// What else must hold of the line.
    pub(crate) needs: Needs,
    /// Groups of words, as fold keys: the need `with` asks for one of each.
    pub(crate) with: Vec<Vec<String>>,
    /// The cues, as fold keys.
    pub(crate) cues: Vec<String>,
}

/// Parts of the document in which a rule is believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) head: bool,
    pub(crate) inline: bool,
    pub(crate) tail: bool,
    /// Only among the last 300 characters of the document.
    pub(crate) last: bool,
}

/// How a cue is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matching {
    /// The whole line, but for punctuation and a count.
    Line,
    /// The line starts so.
    Start,
    /// Alone, or followed by a colon, dash or bar.
    Label,
    /// The line starts so, and goes on as a headline does.
    Title,
    /// Anywhere, whole words.
    Contain,
    /// The whole line, and an editor's code behind it.
    End,
    /// Cue words and numbers, nothing else.
    Count,
    /// Taken out of the line, which stays.
    Token,
    /// Nothing but names of networks and their small words.
    Networks,
    /// Nothing but names of agencies, a place before them at most.
    Agencies,
    /// Nothing but addresses: e-mail, account, URL.
    Address,
    /// No letter and no digit.
    Separator,
    /// Program text: its signs are too dense for prose.
    Code,
    /// The text of a picture: kept as a caption, cut only where the label stands alone.
    Caption,
    /// The opening of a sentence that names its source: the sentence stays, the agency is noted.
    Attribution,
    /// Nothing is done: damage that only a reader can judge.
    Flag,
}

/// What becomes of the line, and of what stands below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Drop,
    DropNext,
    ToEnd,
    End,
    Credit,
    Byline,
    Tags,
    Published,
    Modified,
    Copyright,
    Publisher,
    Keep,
}

impl CueRule {
    /// True if the rule cuts lines: some only name what stays.
    pub(crate) fn cuts(&self) -> bool {
        self.action != Action::Keep && self.matching != Matching::Token
    }

    /// Reads a row of tab-separated columns; `None` if it does not follow the format.
    pub(super) fn read(row: &str) -> Option<Self> {
        let columns: Vec<&str> = row.split('\t').collect();
        let [id, _lang, reason, places, matching, max_chars, action, needs, with, cues, ..] = columns.as_slice() else {
            return None;
        };
        let reason = serde_json::from_value(serde_json::Value::String((*reason).to_owned())).ok()?;
        let matching = Matching::read(matching)?;
        let max_chars = if *max_chars == "-" { usize::MAX } else { max_chars.parse().ok()? };
        let keys = |list: &str, between: char| -> Vec<String> {
            list.split(between).map(khabar_text::fold).filter(|key| !key.is_empty()).collect()
        };
        let cue = |cue: String| cue.trim_end_matches([':', ' ']).to_owned();
        // Older Sorani texts write heh and a ZWNJ, of which the key keeps the heh, for the vowel ە.
        let spellings =
            |cue: String| [cue.contains('ە').then(|| cue.replace('ە', "ه")), Some(cue)].into_iter().flatten();
        let distinct = |mut cues: Vec<String>| {
            let mut seen = std::collections::HashSet::new();
            cues.retain(|cue| seen.insert(cue.clone()));
            cues
        };
        Some(Self {
            id: (*id).to_owned(),
            reason,
            places: Places::read(places)?,
            matching,
            max_chars,
            action: Action::read(action)?,
            needs: if needs.is_empty() { Needs::of(matching) } else { Needs::read(needs)? },
            with: with.split('&').map(|group| keys(group, '|')).filter(|group| !group.is_empty()).collect(),
            cues: if matching == Matching::Token {
                cues.split('|').map(str::to_owned).collect()
            } else {
                distinct(keys(cues, '|').into_iter().map(cue).flat_map(spellings).collect())
            },
        })
    }
}

impl Places {
    fn read(names: &str) -> Option<Self> {
        let mut places = Self::default();
        for name in names.split('|') {
            match name {
                "head" => places.head = true,
                "inline" => places.inline = true,
                "tail" => places.tail = true,
                "last" => places.last = true,
                "any" => places = Self { head: true, inline: true, tail: true, last: false },
                _ => return None,
            }
        }
        Some(places)
    }
}

impl Matching {
    fn read(name: &str) -> Option<Self> {
        Some(match name {
            "line" => Self::Line,
            "start" => Self::Start,
            "label" => Self::Label,
            "title" => Self::Title,
            "contain" => Self::Contain,
            "end" => Self::End,
            "count" => Self::Count,
            "token" => Self::Token,
            "networks" => Self::Networks,
            "agencies" => Self::Agencies,
            "address" => Self::Address,
            "separator" => Self::Separator,
            "code" => Self::Code,
            "caption" => Self::Caption,
            "attribution" => Self::Attribution,
            "flag" => Self::Flag,
            _ => return None,
        })
    }
}

impl Action {
    fn read(name: &str) -> Option<Self> {
        Some(match name {
            "drop" => Self::Drop,
            "drop_next" => Self::DropNext,
            "to_end" => Self::ToEnd,
            "end" | "end_at_2" => Self::End,
            "lift_credit" => Self::Credit,
            "lift_byline" => Self::Byline,
            "lift_tags" => Self::Tags,
            "lift_published" => Self::Published,
            "lift_modified" => Self::Modified,
            "lift_copyright" => Self::Copyright,
            "lift_publisher" => Self::Publisher,
            "keep" => Self::Keep,
            _ => return None,
        })
    }
}

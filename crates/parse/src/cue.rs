//! The cue list: which lines are boilerplate by what they say, from data/cues/boilerplate.tsv.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use khabar_model::RemovalReason;
use regex::RegexSet;

/// The embedded list; its columns are explained in its first lines.
pub(crate) const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/boilerplate.tsv"));

/// Names of networks and apps, and the small words that stand beside them in a follow bar; fold keys.
pub(crate) const NETWORKS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/networks.tsv"));

/// All cues, ready to match.
pub(crate) struct Cues {
    rules: Vec<CueRule>,
    /// First word of a cue that a line starts with → (cue key, rule).
    starts: BTreeMap<String, Vec<(String, usize)>>,
    /// Cues that may stand anywhere or at the end of a line, and all of them as one automaton.
    inner: Vec<(String, usize)>,
    any_inner: RegexSet,
    networks: HashMap<String, NetworkWord>,
    network_rule: Option<usize>,
}

/// One row of the list.
#[derive(Clone, Debug)]
pub(crate) struct CueRule {
    pub(crate) id: String,
    pub(crate) reason: RemovalReason,
    pub(crate) head: bool,
    pub(crate) inline: bool,
    pub(crate) tail: bool,
    pub(crate) matching: Matching,
    /// Longest line, in characters, that the cue may cut.
    pub(crate) max_chars: usize,
    pub(crate) action: Action,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matching {
    Line,
    Start,
    Label,
    Contain,
    End,
    Token,
    Networks,
    Follow,
}

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
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NetworkWord {
    Network,
    /// A network whose name is an ordinary word as well: yes, a person's name.
    Also,
    /// A word that only accompanies: channel, on, قناة.
    Companion,
    /// A verb of following: join, تابعونا.
    Verb,
}

/// A cue that a line holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'c> {
    pub(crate) rule: &'c CueRule,
    /// Bytes of the line's key that the cue takes, separator included, when it stands at the start.
    pub(crate) key_len: usize,
    /// True if nothing but punctuation follows the cue.
    pub(crate) alone: bool,
}

impl Cues {
    /// The embedded list, read once.
    pub(crate) fn embedded() -> &'static Self {
        static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(TABLE, NETWORKS));
        &CUES
    }

    /// Reads a list. Rows that do not follow the format are left out; a test holds the embedded list to it.
    fn read(table: &str, networks: &str) -> Self {
        let mut cues = Self {
            rules: Vec::new(),
            starts: BTreeMap::new(),
            inner: Vec::new(),
            any_inner: RegexSet::empty(),
            networks: HashMap::new(),
            network_rule: None,
        };
        for line in networks.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let word = match columns.next() {
                Some("network") => NetworkWord::Network,
                Some("also") => NetworkWord::Also,
                Some("companion") => NetworkWord::Companion,
                Some("verb") => NetworkWord::Verb,
                _ => continue,
            };
            for name in columns.next().unwrap_or_default().split('|') {
                for part in khabar_text::fold(name).split(' ') {
                    cues.networks.entry(part.to_owned()).or_insert(word);
                }
            }
        }
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let Some(rule) = CueRule::read(&columns) else { continue };
            let index = cues.rules.len();
            for cue in columns.get(7).copied().unwrap_or_default().split('|').filter(|cue| !cue.is_empty()) {
                let key = khabar_text::fold(cue).trim_end_matches([':', ' ']).to_owned();
                match rule.matching {
                    Matching::Contain | Matching::End | Matching::Follow => cues.inner.push((key, index)),
                    Matching::Line | Matching::Start | Matching::Label => {
                        let first = first_word(&key).to_owned();
                        cues.starts.entry(first).or_default().push((key, index));
                    }
                    Matching::Token | Matching::Networks => {}
                }
            }
            if rule.matching == Matching::Networks {
                cues.network_rule = Some(index);
            }
            cues.rules.push(rule);
        }
        let literals = cues.inner.iter().map(|(cue, _)| regex::escape(cue));
        cues.any_inner = RegexSet::new(literals).expect("escaped literals are patterns");
        for list in cues.starts.values_mut() {
            list.sort_by_key(|(cue, index)| (std::cmp::Reverse(cue.len()), *index));
        }
        cues
    }

    /// The cues that a line of `chars` characters with fold key `key` holds, wherever in the document it stands; longest
    /// first. The caller decides by position.
    pub(crate) fn hits(&self, key: &str, chars: usize) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        let bare = key.trim_start_matches(|char: char| !char.is_alphanumeric() && !"@[(©".contains(char));
        let skipped = key.len() - bare.len();
        let first = first_word(bare);
        for (cue, index) in self.starts.get(first).into_iter().flatten() {
            let Some(rule) = self.rules.get(*index) else { continue };
            let Some(rest) = bare.strip_prefix(cue.as_str()) else { continue };
            let Some(after) = separator(rest) else { continue };
            let alone = !after.chars().any(char::is_alphanumeric);
            let fits = match rule.matching {
                Matching::Line => alone || rule.reason == RemovalReason::Share && self.only_networks(after),
                Matching::Label => {
                    alone || after.len() < rest.len() && rest.trim_start().starts_with(is_label_separator)
                }
                _ => true,
            };
            if fits && chars <= rule.max_chars {
                hits.push(Hit { rule, key_len: skipped + bare.len() - after.len(), alone });
            }
        }
        if let Some(rule) = self.network_rule.and_then(|index| self.rules.get(index))
            && chars <= rule.max_chars
            && self.only_networks(key)
        {
            hits.push(Hit { rule, key_len: 0, alone: true });
        }
        if chars <= 300 {
            for (cue, index) in self.any_inner.matches(key).iter().filter_map(|nth| self.inner.get(nth)) {
                let Some(rule) = self.rules.get(*index) else { continue };
                let held = match rule.matching {
                    Matching::End => ends_with_mark(key, cue),
                    Matching::Follow => self.invites_to_follow(key),
                    _ => true,
                };
                if held && chars <= rule.max_chars {
                    hits.push(Hit { rule, key_len: 0, alone: true });
                }
            }
        }
        hits
    }

    /// True for "Telegram", "Whatsapp channel", "فيسبوك | تويتر": network names and their small words only.
    fn only_networks(&self, key: &str) -> bool {
        let mut found = false;
        for word in words(key) {
            match self.networks.get(word) {
                Some(NetworkWord::Network) => found = true,
                Some(_) => {}
                None => return false,
            }
        }
        found
    }

    /// True if a line has a verb of following, an address, or two networks.
    fn invites_to_follow(&self, key: &str) -> bool {
        let mut networks = 0;
        for word in words(key) {
            match self.networks.get(word) {
                Some(NetworkWord::Verb) => return true,
                Some(NetworkWord::Network) => networks += 1,
                _ => {}
            }
        }
        networks >= 2 || key.contains("t.me/") || key.contains("wa.me/") || key.contains("http")
    }
}

impl CueRule {
    fn read(columns: &[&str]) -> Option<Self> {
        let [id, _lang, reason, position, matching, max_chars, action, ..] = columns else { return None };
        let reason = serde_json::from_value(serde_json::Value::String((*reason).to_owned())).ok()?;
        let matching = match *matching {
            "line" => Matching::Line,
            "start" => Matching::Start,
            "label" => Matching::Label,
            "contain" => Matching::Contain,
            "end" => Matching::End,
            "token" => Matching::Token,
            "networks" => Matching::Networks,
            "follow" => Matching::Follow,
            _ => return None,
        };
        let action = match *action {
            "drop" => Action::Drop,
            "drop_next" => Action::DropNext,
            "to_end" => Action::ToEnd,
            "end" | "end_at_2" => Action::End,
            "lift_credit" => Action::Credit,
            "lift_byline" => Action::Byline,
            "lift_tags" => Action::Tags,
            "lift_published" => Action::Published,
            "lift_modified" => Action::Modified,
            "lift_copyright" => Action::Copyright,
            "lift_publisher" => Action::Publisher,
            _ => return None,
        };
        let any = position.split('|').any(|place| place == "any");
        let at = |name| any || position.split('|').any(|place| place == name);
        Some(Self {
            id: (*id).to_owned(),
            reason,
            head: at("head"),
            inline: at("inline"),
            tail: at("tail"),
            matching,
            max_chars: max_chars.parse().unwrap_or(usize::MAX),
            action,
        })
    }
}

/// Shortcodes that page builders leave in scraped text, with the rule that names them; `[ad_2]` closes the article.
pub(crate) fn shortcodes(line: &str) -> Vec<(std::ops::Range<usize>, &'static str, bool)> {
    const NAMES: [&str; 10] =
        ["ad_1", "ad_2", "caption", "/caption", "embed", "/embed", "gallery", "vc_", "et_pb_", "contact-form"];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = line.get(from..).and_then(|rest| rest.find('[')).map(|at| from + at) {
        let rest = line.get(open + 1..).unwrap_or_default();
        from = open + 1;
        let Some(name) = NAMES.iter().find(|name| rest.starts_with(**name)) else { continue };
        // A shortcode that never closes is text with a bracket in it.
        if let Some(close) = rest.bytes().take(400).position(|byte| byte == b']') {
            let rule = if name.starts_with("ad_") { "B106" } else { "B107" };
            found.push((open..open + 1 + close + 1, rule, *name == "ad_2"));
            from = open + close + 2;
        }
    }
    found
}

/// What follows a cue, past its separator; `None` if the cue ended inside a word.
fn separator(rest: &str) -> Option<&str> {
    if rest.chars().next().is_some_and(|char| char.is_alphanumeric() || char == '\'') {
        return None;
    }
    Some(rest.trim_start_matches(|char: char| char.is_whitespace() || is_separator(char)))
}

/// What makes a label of the words before it; a comma or a full stop makes them the opening of a sentence.
fn is_label_separator(char: char) -> bool {
    matches!(char, ':' | '-' | '|' | '/' | '>' | '"')
}

fn is_separator(char: char) -> bool {
    matches!(char, ':' | '-' | '|' | '/' | '>' | '…' | '*' | '=' | '»' | '"' | '.' | ',' | ';' | '!' | '?')
}

/// True if `key` is the mark, or ends with it and an editor's code ("/", "/م*", "/123").
fn ends_with_mark(key: &str, mark: &str) -> bool {
    key.rfind(mark).is_some_and(|at| {
        let rest = key.get(at + mark.len()..).unwrap_or_default();
        let before = key.get(..at).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric)
            && !before.chars().any(char::is_alphanumeric)
            && rest.chars().filter(|char| char.is_alphanumeric()).count() <= 8
    })
}

fn first_word(key: &str) -> &str {
    // A cue may open with a sign of its own: © and [email protected].
    match key.chars().next() {
        Some(sign) if !sign.is_alphanumeric() => key.get(..sign.len_utf8()).unwrap_or_default(),
        _ => key.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default(),
    }
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(line: &str) -> Option<String> {
        let key = khabar_text::fold(line);
        Cues::embedded().hits(&key, line.chars().count()).first().map(|hit| hit.rule.id.clone())
    }

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).count();
        assert_eq!(Cues::embedded().rules.len(), rows);
        let mut ids: Vec<&str> = Cues::embedded().rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows, "an id stands twice");
    }

    #[test]
    fn a_cue_is_found_in_every_spelling() {
        for line in ["إقرأ أيضاً: وزير المالية يستقيل", "اقرا ايضا", "أقرأ أيضًا - قمة جديدة", "🔴 اقرأ أيضاً"]
        {
            assert_eq!(first(line).as_deref(), Some("B001"), "{line}");
        }
        assert_eq!(first("شاهد ايضاً: حريق في الميناء").as_deref(), Some("B002"));
        assert_eq!(first("انتهای پیام/م*").as_deref(), Some("B064"));
        assert_eq!(first("انتهاي پيام").as_deref(), Some("B064"));
    }

    #[test]
    fn a_sentence_that_contains_a_cue_is_text() {
        for line in [
            "وقال المصدر إن المحادثات مستمرة",
            "شارك آلاف المتظاهرين في المسيرة",
            "بله، این گزارش درست است",
            "تابعوا سيرهم نحو الحدود",
            "سروش محمدی گفت",
            "در این زمینه، وزیر گفت که قراردادها امضا شده است.",
            "المصدر، وهو مسؤول كبير، رفض الكشف عن اسمه",
            "إغلاق معبر حدودي",
            "The post office said it would reopen on Monday.",
        ] {
            assert_eq!(first(line), None, "{line}");
        }
    }

    #[test]
    fn network_bars_are_found_by_their_words() {
        for line in ["Telegram", "Whatsapp channel", "GOOGLE NEWS", "فيسبوك تويتر واتساب", "tiktok"] {
            assert_eq!(first(line).as_deref(), Some("K001"), "{line}");
        }
        assert_eq!(first("أعلنت شركة فيسبوك"), None);
    }

    #[test]
    fn shortcodes_are_found_with_their_brackets() {
        let line = "[ad_1] نص [caption id=\"a\"]صورة[/caption] [not";
        let found: Vec<&str> = shortcodes(line).into_iter().filter_map(|(range, ..)| line.get(range)).collect();
        assert_eq!(found, ["[ad_1]", "[caption id=\"a\"]", "[/caption]"]);
    }
}

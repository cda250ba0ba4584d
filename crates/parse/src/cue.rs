//! The cue list: which lines are boilerplate by what they say, from data/cues/boilerplate.tsv.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use khabar_model::{BlockKind, RemovalReason};

use self::network::Networks;
pub(crate) use self::network::TABLE as NETWORKS;
pub(crate) use self::rule::{Action, CueRule, Matching};
pub(crate) use self::speech::TABLE as SPEECH;
pub(crate) use self::token::shortcodes;
use crate::agency;
use crate::line::{Line, count_words};

mod address;
mod code;
mod need;
mod network;
mod rule;
mod speech;
mod token;

/// The embedded list; its columns are explained in its first lines.
pub(crate) const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/boilerplate.tsv"));

/// Longest line, in characters, in which a cue is looked for behind its start.
const INNER_CHARS: usize = 320;
/// Longest line, in words, that is a byline of agencies.
const AGENCY_WORDS: usize = 10;

/// Parts of a menu in one line that are looked at.
const MENU_PARTS: usize = 12;

/// Words that may stand between a cue and the colon that makes a heading of the line.
const HEADING_WORDS: usize = 3;
/// Letters from which a word of programs is a name of theirs.
const NAMED_CODE: usize = 4;

/// All cues, ready to match.
pub(crate) struct Cues {
    rules: Vec<CueRule>,
    /// First word of a cue that a line starts with → (cue key, its words, rule), longest first.
    starts: HashMap<String, Vec<(String, usize, usize)>>,
    /// Cues that may stand anywhere or at the end of a line, and all of them as one automaton.
    inner: Vec<(String, usize)>,
    any_inner: Option<AhoCorasick>,
    /// Rules that look at a line as a whole.
    whole: Vec<usize>,
    networks: Networks,
}

/// A cue that a line holds.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'c> {
    pub(crate) rule: &'c CueRule,
    /// Bytes of the line's key that the cue takes, separator included, when it stands at the start.
    pub(crate) key_len: usize,
    /// Words of the cue.
    pub(crate) words: usize,
    /// Bytes of the line's key that the cue itself takes.
    pub(crate) cue: Range<usize>,
    /// True if nothing but punctuation and a count follows the cue.
    pub(crate) alone: bool,
    /// True if a colon or a bar follows the cue.
    pub(crate) colon: bool,
}

impl Cues {
    /// The embedded list, read once.
    pub(crate) fn embedded() -> &'static Self {
        static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(TABLE, NETWORKS));
        &CUES
    }

    /// Reads a list. Rows that do not follow the format are left out; a test holds the embedded list to it.
    fn read(table: &str, networks: &str) -> Self {
        let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        let rules: Vec<CueRule> = rows.filter_map(CueRule::read).collect();
        let mut starts: HashMap<String, Vec<(String, usize, usize)>> = HashMap::new();
        let mut inner = Vec::new();
        let mut whole = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            for key in &rule.cues {
                match rule.matching {
                    Matching::Contain | Matching::End | Matching::Count | Matching::Code => {
                        inner.push((key.clone(), index));
                    }
                    Matching::Line
                    | Matching::Start
                    | Matching::Label
                    | Matching::Title
                    | Matching::Caption
                    | Matching::Attribution => {
                        let list = starts.entry(first_word(key).to_owned()).or_default();
                        list.push((key.clone(), count_words(key), index));
                    }
                    _ => {}
                }
            }
            let is_whole =
                [Matching::Networks, Matching::Agencies, Matching::Address, Matching::Separator, Matching::Code];
            if is_whole.contains(&rule.matching) {
                whole.push(index);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted on its own, whatever the order of lists")]
        for list in starts.values_mut() {
            // Of two rules with one cue, the one that takes the title below it too.
            let takes_next = |index: &usize| rules.get(*index).is_some_and(|rule| rule.action == Action::DropNext);
            list.sort_by_key(|(cue, _, index)| (std::cmp::Reverse(cue.len()), !takes_next(index), *index));
        }
        let any_inner = AhoCorasick::new(inner.iter().map(|(cue, _)| cue)).ok();
        Self { rules, starts, inner, any_inner, whole, networks: Networks::read(networks) }
    }

    /// The cues that a line holds and whose conditions it meets, wherever in the document it stands; longest first. The
    /// caller decides by position.
    pub(crate) fn of_line(&self, line: &Line) -> Vec<Hit<'_>> {
        // Cells of a table stand beside each other as labels and values do.
        if line.marked == Some(BlockKind::Table) {
            return Vec::new();
        }
        let mut hits = self.hits(&line.key, line.chars);
        hits.extend(self.whole.iter().filter_map(|index| self.rules.get(*index)).filter_map(|rule| {
            let held = line.chars <= rule.max_chars && self.holds_whole(rule, line);
            held.then(|| Hit::whole(rule, line))
        }));
        hits.extend(self.code_rule(line).map(|rule| Hit::whole(rule, line)));
        hits.retain(|hit| hit.rule.needs.hold(self, line, hit));
        hits
    }

    /// The cues that a key of `chars` characters holds, whatever their conditions.
    pub(crate) fn hits(&self, key: &str, chars: usize) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        let bare = key.trim_start_matches(|char: char| !khabar_text::is_alphanumeric(char) && !SIGNS.contains(char));
        self.hits_at_start(key, bare, chars, &mut hits);
        // "(اقرأ أيضاً: …)" and "[Read more]": the sign may be the cue's own, or stand around it.
        if bare.starts_with(['(', '[']) {
            let inside = bare.trim_start_matches(|char: char| !khabar_text::is_alphanumeric(char));
            self.hits_at_start(key, inside, chars, &mut hits);
        }
        if chars <= INNER_CHARS {
            self.hits_inside(key, chars, &mut hits);
        }
        hits
    }

    fn hits_at_start<'c>(&'c self, key: &str, bare: &str, chars: usize, hits: &mut Vec<Hit<'c>>) {
        for (cue, words, index) in self.starts.get(first_word(bare)).into_iter().flatten() {
            let Some(rule) = self.rules.get(*index).filter(|rule| chars <= rule.max_chars) else { continue };
            let Some(rest) = bare.strip_prefix(cue.as_str()) else { continue };
            let Some(after) = separator(rest, cue) else { continue };
            let between = rest.get(..rest.len() - after.len()).unwrap_or_default();
            let alone = is_alone(after, between, cue);
            let colon = between.contains(is_colon) || after.is_empty() && rest.contains(is_colon);
            let heads = is_heading(rule, after);
            let (alone, colon) = (alone || heads, colon || heads);
            let fits = match rule.matching {
                Matching::Line => {
                    alone
                        || rule.reason == RemovalReason::Share && self.networks.bar(after).is_only_networks()
                        || self.is_menu(bare)
                }
                Matching::Label => {
                    alone
                        || between.contains(|char: char| is_colon(char) || is_dash(char))
                        // Hidden labels of broadcasters: "Author, Jane Doe".
                        || rule.action == Action::Byline && between.contains(',')
                }
                _ => true,
            };
            if fits {
                let start = key.len() - bare.len();
                let cue = start..start + cue.len();
                hits.push(Hit { rule, key_len: key.len() - after.len(), words: *words, cue, alone, colon });
            }
        }
    }

    /// True for several cues of whole lines in one: "Privacy policy | Terms of use | Contact us".
    fn is_menu(&self, key: &str) -> bool {
        let parts = || key.split(['-', '|', '/', '•', '·', '"', ',']).map(str::trim).filter(|part| !part.is_empty());
        let is_cue = |part: &str| {
            let list = self.starts.get(first_word(part)).into_iter().flatten();
            let mut whole = list.filter(|(cue, ..)| cue == part).filter_map(|(.., index)| self.rules.get(*index));
            whole.any(|rule| rule.matching == Matching::Line)
        };
        parts().count() > 1 && parts().take(MENU_PARTS).all(is_cue)
    }

    fn hits_inside<'c>(&'c self, key: &str, chars: usize, hits: &mut Vec<Hit<'c>>) {
        let Some(automaton) = &self.any_inner else { return };
        let mut last = None;
        for found in automaton.find_overlapping_iter(key) {
            let nth = found.pattern().as_usize();
            let Some((cue, index)) = self.inner.get(nth).filter(|_| last != Some(nth)) else { continue };
            let Some(rule) = self.rules.get(*index).filter(|rule| chars <= rule.max_chars) else { continue };
            let before = key.get(..found.start()).unwrap_or_default();
            let after = key.get(found.end()..).unwrap_or_default();
            let held = match rule.matching {
                Matching::Code => continue,
                Matching::End => is_end_mark(before, after),
                Matching::Count => is_count(before, after, &rule.with),
                _ => is_whole_word(before, cue, after),
            };
            if held {
                last = Some(nth);
                let words = count_words(cue);
                let cue = found.start()..found.end();
                hits.push(Hit { rule, key_len: found.end(), words, cue, alone: false, colon: false });
            }
        }
    }

    /// Rules that look for no cue but at the line as a whole.
    fn holds_whole(&self, rule: &CueRule, line: &Line) -> bool {
        match rule.matching {
            Matching::Networks => self.networks.is_bar(&line.key),
            Matching::Agencies => {
                line.words <= AGENCY_WORDS && agency::may_name(&line.key) && agency::is_byline(&line.text)
            }
            Matching::Address => self.is_address(line),
            Matching::Separator => !line.text.chars().any(khabar_text::is_alphanumeric),
            _ => false,
        }
    }

    /// The rule of program text that a line is cut by: the first one that has a word of the line, else the first.
    fn code_rule(&self, line: &Line) -> Option<&CueRule> {
        if !code::has_signs(&line.text) {
            return None;
        }
        let mut rules = self.rules.iter().filter(|rule| rule.matching == Matching::Code);
        let is_named = |rule: &&CueRule| {
            let long = |cue: &&String| cue.chars().filter(|char| char.is_alphanumeric()).count() >= NAMED_CODE;
            rule.cues.iter().filter(long).any(|cue| line.key.contains(cue.as_str()))
        };
        let named = rules.clone().find(is_named);
        // On a page, where scripts are left out anyway, program text without such a name is what the page shows.
        let found = named.or_else(|| rules.next().filter(|_| line.marked.is_none()));
        found.filter(|_| code::is_code(&line.text, named.is_some()))
    }

    /// Addresses and, at most, small words beside them: "e-mail: desk@paper.example".
    fn is_address(&self, line: &Line) -> bool {
        // A URL alone is something to read on; a mailbox and an account are somebody's.
        let reached = line.text.contains('@') || line.text.contains(".me/");
        let rest = if reached { address::without_addresses(&line.text) } else { None };
        rest.is_some_and(|rest| {
            let bar = self.networks.bar(&khabar_text::fold(&rest));
            bar.known == bar.words && bar.words <= 6
        })
    }
}

impl<'c> Hit<'c> {
    fn whole(rule: &'c CueRule, line: &Line) -> Self {
        Self { rule, key_len: 0, words: line.words, cue: 0..line.key.len(), alone: true, colon: false }
    }

    /// The line behind its cue, in its own spelling.
    pub(crate) fn rest<'l>(&self, line: &'l Line) -> &'l str {
        let aligned = khabar_text::fold_aligned(&line.text, khabar_text::Zwnj::Delete);
        let Ok(span) = khabar_model::Span::new(self.key_len, aligned.text.len()) else { return "" };
        aligned.alignment.to_src(span).of(&line.text).unwrap_or_default()
    }
}

/// Signs that a cue may open with.
const SIGNS: &str = "@[(©<.{";

/// What follows a cue, past its separator; `None` if the cue ended inside a word.
fn separator<'k>(rest: &'k str, cue: &str) -> Option<&'k str> {
    let open = cue.ends_with(|char: char| char.is_alphanumeric() && !crate::line::is_dense(char));
    if open && rest.starts_with(|char: char| char.is_alphanumeric() || char == '\'') {
        return None;
    }
    Some(
        rest.trim_start_matches(|char: char| {
            !khabar_text::is_alphanumeric(char) && !SIGNS.contains(char) || char == '.'
        }),
    )
}

/// True if nothing but punctuation and a count follows. A question mark that the cue does not have makes a question of
/// it, and a question is text.
fn is_alone(after: &str, between: &str, cue: &str) -> bool {
    let asks = between.contains('?') && !cue.ends_with('?');
    let digits = after.chars().filter(|char| char.is_numeric()).count();
    let letters = after.chars().any(|char| char.is_alphanumeric() && !char.is_numeric());
    !asks && !letters && digits <= 6
}

/// True for a cue that heads what follows with a word or two more: "Lesen Sie auch die folgenden Beiträge:".
fn is_heading(rule: &CueRule, after: &str) -> bool {
    let heads = matches!(rule.reason, RemovalReason::ReadAlso | RemovalReason::Related);
    heads
        && after.trim_end().ends_with([':', '：'])
        && count_words(after) <= HEADING_WORDS
        && !after.contains(['.', ','])
}

/// What makes a label of the words before it; a comma or a full stop makes them the opening of a sentence.
fn is_colon(char: char) -> bool {
    matches!(char, ':' | '：' | '|' | '｜' | '>' | '→' | '►' | '▶' | '⬅' | '⇐' | '←' | '◄' | '】')
}

/// Weaker: a sentence may go on behind it.
fn is_dash(char: char) -> bool {
    matches!(char, '-' | '/' | '"' | '…')
}

/// True if an end mark is all there is, but for an editor's code: "/", "/م*", "/123", ") ر م ك / س ع د".
fn is_end_mark(before: &str, after: &str) -> bool {
    let code = after.trim_start();
    let opened = code.is_empty() || code.starts_with(|char: char| !char.is_alphanumeric() || char.is_numeric());
    let mut parts = words(code);
    opened
        && !before.chars().any(char::is_alphanumeric)
        && code.chars().filter(|char| char.is_alphanumeric()).count() <= 8
        && parts.all(|part| part.chars().count() <= 4 || part.chars().all(char::is_numeric))
}

/// True if numbers are all there is beside the cue, and small words of the row.
fn is_count(before: &str, after: &str, with: &[Vec<String>]) -> bool {
    let mut numbers = 0;
    for word in words(before).chain(words(after)) {
        if word.chars().all(char::is_numeric) {
            numbers += 1;
        } else if !with.iter().flatten().any(|known| known == word) {
            return false;
        }
    }
    let inside = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
    let text = before.contains('?') || after.contains('?');
    (1..=6).contains(&numbers) && !inside && !text
}

/// True if the cue is no part of a longer word, but for an Arabic "and" before it.
fn is_whole_word(before: &str, cue: &str, after: &str) -> bool {
    let before = before.strip_suffix('و').filter(|rest| !rest.ends_with(char::is_alphanumeric)).unwrap_or(before);
    let inside = |one: Option<char>, other: Option<char>| {
        let (Some(one), Some(other)) = (one, other) else { return false };
        one.is_alphanumeric() && other.is_alphanumeric() && !crate::line::is_dense(one)
    };
    !inside(before.chars().next_back(), cue.chars().next()) && !inside(cue.chars().next_back(), after.chars().next())
}

fn first_word(key: &str) -> &str {
    // A cue may open with a sign of its own: © and [email protected].
    match key.chars().next() {
        Some(sign) if !sign.is_alphanumeric() => key.get(..sign.len_utf8()).unwrap_or_default(),
        // Where words are not divided two signs have to do.
        Some(sign) if crate::line::is_dense(sign) => {
            let signs = key.chars().take(2).take_while(|sign| crate::line::is_dense(*sign));
            key.get(..signs.map(char::len_utf8).sum()).unwrap_or_default()
        }
        _ => key.split(|char: char| !khabar_text::is_alphanumeric(char)).next().unwrap_or_default(),
    }
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(|char: char| !khabar_text::is_alphanumeric(char)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(line: &str) -> Vec<String> {
        let line = Line::new(line, 0..line.len(), None, 0.0);
        Cues::embedded().of_line(&line).iter().map(|hit| hit.rule.id.clone()).collect()
    }

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        for row in &rows {
            assert!(CueRule::read(row).is_some(), "{row}");
        }
        assert_eq!(Cues::embedded().rules.len(), rows.len());
        // Variants of one rule stand together, so that a reader finds all of them.
        let mut ids: Vec<&str> = rows.iter().filter_map(|row| row.split('\t').next()).collect();
        ids.dedup();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "the rows of an id do not stand together");
        // What takes something out of a line names it.
        assert!(Cues::embedded().any_inner.is_some());
    }

    #[test]
    fn a_cue_is_found_in_every_spelling() {
        for line in ["إقرأ أيضاً: وزير المالية يستقيل", "اقرا ايضا", "أقرأ أيضًا - قمة جديدة", "🔴 اقرأ أيضاً"]
        {
            assert_eq!(rules(line).first().map(String::as_str), Some("B001"), "{line}");
        }
        for line in ["انتهای پیام/م*", "انتهاي پيام", "انتهای پیام/۱۲۳"] {
            assert_eq!(rules(line).first().map(String::as_str), Some("B064"), "{line}");
        }
        assert!(rules("پایان خبر بود").is_empty());
    }

    #[test]
    fn a_whole_line_may_have_a_count_but_no_question() {
        assert_eq!(rules("التعليقات (12)"), ["B039"]);
        assert_eq!(rules("Leave a Reply 3"), ["B110"]);
        assert_eq!(rules("نظر شما"), ["B084"]);
        assert!(rules("نظر شما؟").is_empty());
        assert_eq!(rules("Privacy policy | Terms of use | Contact us"), ["K029"]);
    }

    #[test]
    fn cells_of_a_table_are_no_labels() {
        let text = "Tag | Date | Hour";
        let line = Line::new(text, 0..text.len(), Some(BlockKind::Table), 0.0);
        assert!(Cues::embedded().of_line(&line).is_empty());
    }
}

//! Tokens that are taken out of a line which stays: shortcodes of page builders, and what hides an address.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::Cues;
use super::rule::{Action, Matching};

/// Words of notices that hide an address: a line without a bracket and without any of them has no token.
const NOTICES: [&str; 6] = ["spam", "Spam", "спам", "هرزنامه", "السبام", "protected"];
/// The rule of shortcodes that no row names.
const ANY_SHORTCODE: &str = "B107";
/// Bytes in which a shortcode must close.
const REACH: usize = 400;
/// Most closing shortcodes of a line that are looked for.
const MAX_CLOSING: usize = 64;

/// Tokens in a line, with the rule that names them and whether one closes the article: `[ad_2]` does.
pub(crate) fn shortcodes(line: &str) -> Vec<(Range<usize>, &'static str, bool)> {
    let cues = Cues::embedded();
    let mut found: Vec<(Range<usize>, &'static str, bool)> = Vec::new();
    static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(NOTICES).ok());
    if memchr::memchr2(b'[', b']', line.as_bytes()).is_none()
        && SIGNS.as_ref().is_some_and(|signs| !signs.is_match(line))
    {
        return found;
    }
    for rule in cues.rules.iter().filter(|rule| rule.matching == Matching::Token) {
        for token in &rule.cues {
            let ends = rule.action == Action::End && token.contains('2');
            let mut from = 0;
            while let Some(at) = line.get(from..).and_then(|rest| rest.find(token.as_str())).map(|at| from + at) {
                let end = at + token.len();
                let close = close(token, line.get(end..).unwrap_or_default());
                from = end + close.unwrap_or(0);
                if close.is_some() && !is_mentioned(line, at..from) {
                    found.push((at..from, rule.id.as_str(), ends));
                }
            }
        }
    }
    found.extend(with_arguments(line).into_iter().map(|range| (range, ANY_SHORTCODE, false)));
    found.sort_by_key(|(range, ..)| (range.start, std::cmp::Reverse(range.end)));
    // One token may begin inside of another.
    let mut end = 0;
    found.retain(|(range, ..)| {
        let fits = range.start >= end;
        end = if fits { range.end } else { end };
        fits
    });
    found
}

/// Shortcodes of any name that have arguments, `[adrotate banner="3"]`, and what closes them: nobody writes so by hand.
fn with_arguments(line: &str) -> Vec<Range<usize>> {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"\[[a-z][a-z0-9_-]+(?:\s+[a-z_-]{2,}=["”″“'’]?[^\[\]"”″“]*["”″“'’]?)+\s*/?\]"#).ok()
    });
    // Most lines need no shape compiled.
    let has_signs = line.contains('=') && line.contains('[');
    let shape = if has_signs { SHAPE.as_ref() } else { None };
    let short = |range: &Range<usize>| range.len() <= REACH;
    let mut found: Vec<Range<usize>> =
        shape.into_iter().flat_map(|shape| shape.find_iter(line)).map(|found| found.range()).filter(short).collect();
    let names: Vec<&str> = found.iter().filter_map(|range| name(line.get(range.clone())?)).collect();
    let closing: Vec<Range<usize>> = names
        .into_iter()
        .flat_map(|name| {
            let close = format!("[/{name}]");
            line.match_indices(&close).map(|(at, close)| at..at + close.len()).collect::<Vec<_>>()
        })
        .take(MAX_CLOSING)
        .collect();
    found.extend(closing);
    found
}

/// The name of a shortcode.
fn name(token: &str) -> Option<&str> {
    token.trim_start_matches('[').split(|char: char| char.is_whitespace()).next()
}

/// How many bytes behind a token belong to it: up to the bracket of a shortcode that has arguments. `None` if it never
/// closes, which makes it text with a bracket in it.
fn close(token: &str, rest: &str) -> Option<usize> {
    if token.starts_with('[') && !token.ends_with(']') {
        return rest.bytes().take(REACH).position(|byte| byte == b']').map(|at| at + 1);
    }
    Some(0)
}

/// True for a token in a sentence that speaks of it: a shortcode without arguments, a notice that goes on.
fn is_mentioned(line: &str, at: Range<usize>) -> bool {
    let token = line.get(at.clone()).unwrap_or_default();
    let bare = token.starts_with('[') && !token.contains([' ', '=', '/', '\u{a0}']);
    let before = line.get(..at.start).unwrap_or_default().trim_end();
    let after = line.get(at.end..).unwrap_or_default();
    if !token.starts_with('[') {
        return !token.ends_with('.') && after.contains(char::is_alphanumeric);
    }
    let open = before.ends_with(|char: char| char.is_alphanumeric() || "\"«“'‘(,،:".contains(char));
    let goes_on = after.trim_start().starts_with(|char: char| char.is_alphanumeric() || "\"»”'’),،".contains(char));
    bare && open && goes_on && !after.contains("[/") && after.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_are_found_with_their_brackets() {
        let line = "[ad_1] نص [caption id=\"a\"]صورة[/caption] [not";
        let found: Vec<&str> = shortcodes(line).into_iter().filter_map(|(range, ..)| line.get(range)).collect();
        assert_eq!(found, ["[ad_1]", "[caption id=\"a\"]", "[/caption]"]);
        assert!(shortcodes("x [ad_2]").iter().any(|(_, rule, ends)| *rule == "B106" && *ends));
    }

    #[test]
    fn what_hides_an_address_goes_and_the_line_stays() {
        let line = "للتواصل: [email\u{a0}protected] أو هاتف المكتب";
        assert_eq!(shortcodes(line).first().map(|(_, rule, _)| *rule), Some("B115"));
        let line =
            "Write to This email address is being protected from spambots. You need JavaScript enabled to view it.";
        let found: Vec<&str> = shortcodes(line).into_iter().filter_map(|(range, ..)| line.get(range)).collect();
        assert_eq!(found.concat().len(), line.len() - "Write to ".len());
    }

    #[test]
    fn shortcodes_of_any_name_have_arguments() {
        let line = "[adrotate banner=”3″] نص [box type=\"note\"]داخل[/box] [sic] [a = b]";
        let found: Vec<&str> = shortcodes(line).into_iter().filter_map(|(range, ..)| line.get(range)).collect();
        assert_eq!(found, ["[adrotate banner=”3″]", "[box type=\"note\"]", "[/box]"]);
    }

    #[test]
    fn a_bracket_that_never_closes_is_text() {
        assert!(shortcodes("[caption this, said the teacher, and it was done").is_empty());
        assert!(shortcodes("[sic]").is_empty());
    }

    #[test]
    fn a_sentence_that_speaks_of_a_shortcode_keeps_it() {
        assert!(shortcodes("The manual says that [gallery] shows all pictures.").is_empty());
        assert!(shortcodes("تضيف الإضافة «[ad_1]» قبل النص.").is_empty());
        assert_eq!(shortcodes("انتهى الاجتماع. [ad_2] المصدر").len(), 1);
    }
}

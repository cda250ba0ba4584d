//! T1, the house spelling: kaf and yeh as the language of each span writes them, and rules that a user may add.

use std::{fmt, str::FromStr};

use khabar_model::Span;

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
    letter::is_letter,
};

/// Arabic yeh U+064A becomes Farsi yeh U+06CC.
const KY1: Rule = Rule("KY1");
/// Arabic kaf U+0643 becomes keheh U+06A9.
const KY2: Rule = Rule("KY2");
/// Alef maksura U+0649 becomes Farsi yeh U+06CC.
const KY3: Rule = Rule("KY3");

/// A rule of house spelling that is off unless it is asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HouseRule {
    /// `KY4`: keheh U+06A9 becomes Arabic kaf in Arabic.
    ArabicKaf,
    /// `KY5`: Farsi yeh U+06CC inside a word becomes Arabic yeh in Arabic; at its end it may be an alef maksura, and stays.
    ArabicYeh,
    /// `KY6`: swash kaf U+06AA becomes the kaf of the language, but in Sindhi, where it is a letter.
    SwashKaf,
    /// `AH2`: heh with yeh above U+06C0 becomes heh and hamza above in Persian, so that one word has one spelling.
    Ezafe,
    /// `HT3`: heh, teh marbuta and heh with yeh above become the goal letters in Urdu.
    GoalHeh,
    /// `HT5`: heh at the end of a word, with or without ZWNJ, becomes ae U+06D5 in Central Kurdish.
    KurdishAe,
    /// `PF5`: the rial sign U+FDFC becomes a word.
    RialSign,
    /// `PU11`: no space before a closing mark, one after a comma, semicolon or question mark that letters follow.
    PunctuationSpace,
}

impl HouseRule {
    /// All of them, in the order of their ids.
    pub const ALL: [Self; 8] = [
        Self::ArabicKaf,
        Self::ArabicYeh,
        Self::SwashKaf,
        Self::Ezafe,
        Self::GoalHeh,
        Self::KurdishAe,
        Self::RialSign,
        Self::PunctuationSpace,
    ];

    /// Its id: `KY4`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.rule().0
    }

    fn rule(self) -> Rule {
        match self {
            Self::ArabicKaf => Rule("KY4"),
            Self::ArabicYeh => Rule("KY5"),
            Self::SwashKaf => Rule("KY6"),
            Self::Ezafe => Rule("AH2"),
            Self::GoalHeh => Rule("HT3"),
            Self::KurdishAe => Rule("HT5"),
            Self::RialSign => Rule("PF5"),
            Self::PunctuationSpace => Rule("PU11"),
        }
    }

    /// The bytes around the character at `at` that the rule rewrites in a text of `language`, and what it writes.
    fn at(self, text: &str, at: usize, c: char, language: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
        let end = at + c.len_utf8();
        let behind = || text.get(end..).and_then(|rest| rest.chars().next());
        let before = || text.get(..at).and_then(|start| start.chars().next_back());
        let in_word =
            |c: Option<char>| c.is_some_and(|c| is_letter(c) || matches!(c, '\u{64b}'..='\u{652}' | '\u{640}'));
        let writes_keheh = rules_of(language).contains(&KY2);
        let letter = match (self, c) {
            (Self::ArabicKaf, '\u{6a9}') if language == "ar" => "\u{643}",
            (Self::ArabicYeh, '\u{6cc}') if language == "ar" && in_word(behind()) => "\u{64a}",
            (Self::SwashKaf, '\u{6aa}') if language == "ar" => "\u{643}",
            (Self::SwashKaf, '\u{6aa}') if writes_keheh => "\u{6a9}",
            (Self::Ezafe, '\u{6c0}') if matches!(language, "fa" | "prs") => "\u{647}\u{654}",
            (Self::GoalHeh, '\u{647}') if language == "ur" => "\u{6c1}",
            (Self::GoalHeh, '\u{629}') if language == "ur" => "\u{6c3}",
            (Self::GoalHeh, '\u{6c0}') if language == "ur" => "\u{6c2}",
            (Self::KurdishAe, '\u{647}') if language == "ckb" && in_word(before()) && !in_word(behind()) => {
                let with_joiner = if behind() == Some('\u{200c}') { '\u{200c}'.len_utf8() } else { 0 };
                return Some((at..end + with_joiner, "\u{6d5}"));
            }
            (Self::RialSign, '\u{fdfc}') if language == "ar" => "ريال",
            (Self::RialSign, '\u{fdfc}') if writes_keheh => "ریال",
            (Self::PunctuationSpace, ' ') if writes_keheh || language == "ar" => {
                let mut rest = text.get(end..)?.chars();
                let (mark, next) = (rest.next()?, rest.next());
                let closes = match mark {
                    '،' | '؛' | '؟' | '»' => true,
                    // " .com", " :)" and " 5" after them are no ends.
                    '.' | ':' | ')' => next.is_none_or(char::is_whitespace),
                    _ => false,
                };
                return (closes && in_word(before())).then_some((at..end, ""));
            }
            (Self::PunctuationSpace, '،' | '؛' | '؟') if in_word(behind()) && (writes_keheh || language == "ar") => {
                return Some((end..end, " "));
            }
            _ => return None,
        };
        Some((at..end, letter))
    }
}

impl fmt::Display for HouseRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for HouseRule {
    type Err = String;

    /// # Errors
    /// For an id that is none of the rules that can be chosen; the message lists them.
    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|rule| rule.id().eq_ignore_ascii_case(id.trim())).ok_or_else(|| {
            let ids: Vec<&str> = Self::ALL.iter().map(|rule| rule.id()).collect();
            format!("no such rule; there are {}", ids.join(", "))
        })
    }
}

/// Which of the three rules hold in a language. Arabic, Sindhi and Uyghur have none: there these are other letters.
fn rules_of(language: &str) -> &'static [Rule] {
    match language {
        // Dari, Mazandarani and Gilaki are typed on the Persian keyboard.
        "fa" | "prs" | "mzn" | "glk" | "ur" | "ckb" => &[KY1, KY2, KY3],
        // Pashto has both yehs.
        "ps" => &[KY2],
        _ => &[],
    }
}

/// The letter that `rule` writes for `c`, if it is about `c`.
fn respelled(c: char) -> Option<(&'static str, Rule)> {
    match c {
        '\u{64a}' => Some(("\u{6cc}", KY1)),
        '\u{643}' => Some(("\u{6a9}", KY2)),
        '\u{649}' => Some(("\u{6cc}", KY3)),
        _ => None,
    }
}

/// Respells kaf and yeh (rules KY1 to KY3) in the spans of languages that write ک and ی: Persian `fa`, Dari `prs`,
/// Urdu `ur`, Central Kurdish `ckb`, Mazandarani `mzn`, Gilaki `glk`, and in Pashto `ps` the kaf only.
///
/// Spans are byte ranges with a language code, in any order; where two overlap, the one that starts first counts (of
/// two that start together, the shorter). A
/// span of another language, a span that does not fit the text, and all text outside the spans stay as they are.
///
/// ```
/// use khabar_model::Span;
/// let text = "رئيس كره شمالي";
/// let whole = Span::new(0, text.len()).unwrap();
/// assert_eq!(khabar_text::respell(text, &[(whole, "fa")]).text, "رئیس کره شمالی");
/// assert_eq!(khabar_text::respell(text, &[(whole, "ar")]).text, text);
/// ```
#[must_use]
pub fn respell(text: &str, spans: &[(Span, &str)]) -> Aligned {
    respell_with(text, spans, &[])
}

/// Like [`respell`], with rules that are off by default.
///
/// ```
/// use khabar_model::Span;
/// use khabar_text::{HouseRule, respell_with};
/// let text = "کتاب جدید";
/// let whole = Span::new(0, text.len()).unwrap();
/// let rules = [HouseRule::ArabicKaf, HouseRule::ArabicYeh];
/// assert_eq!(respell_with(text, &[(whole, "ar")], &rules).text, "كتاب جديد");
/// ```
#[must_use]
pub fn respell_with(text: &str, spans: &[(Span, &str)], optional: &[HouseRule]) -> Aligned {
    let mut spans: Vec<_> = spans.iter().filter(|(span, _)| span.of(text).is_some()).collect();
    spans.sort_by_key(|(span, _)| (span.start(), span.end()));
    let mut draft = Draft::new(text);
    let mut done = 0;
    for (span, language) in spans {
        let rules = rules_of(language);
        let start = span.start().max(done);
        done = done.max(span.end());
        let Some(part) = text.get(start..span.end()) else { continue };
        if rules.is_empty() && optional.is_empty() {
            continue;
        }
        for (offset, c) in part.char_indices() {
            let at = start + offset;
            if let Some((letter, rule)) = respelled(c).filter(|(_, rule)| rules.contains(rule)) {
                draft.replace(at..at + c.len_utf8(), letter, rule);
            } else if let Some((rule, (range, with))) =
                optional.iter().find_map(|rule| Some((rule, rule.at(text, at, c, language)?)))
                && range.end <= span.end()
            {
                draft.replace(range, with, rule.rule());
            }
        }
    }
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn respell_all(text: &str, language: &str) -> String {
        let whole = Span::new(0, text.len()).unwrap();
        respell(text, &[(whole, language)]).text
    }

    #[test]
    fn each_language_gets_its_own_letters() {
        assert_eq!(respell_all("علي كتاب حتى", "fa"), "علی کتاب حتی");
        assert_eq!(respell_all("وزير اعلىٰ كى تقرير", "ur"), "وزیر اعلیٰ کی تقریر");
        // Pashto: ي and ى stay, kaf changes.
        assert_eq!(respell_all("كور ي ى", "ps"), "کور ي ى");
        for other in ["ar", "ug", "sd", "en", ""] {
            assert_eq!(respell_all("علي كتاب حتى", other), "علي كتاب حتى");
        }
    }

    #[test]
    fn only_the_named_spans_change_and_the_step_can_be_undone() {
        let text = "او گفت: «في كل مكان» و رفت به كيش";
        let arabic = text.find("في").unwrap()..text.find("»").unwrap();
        let persian = text.find("و رفت").unwrap()..text.len();
        let span = |range: std::ops::Range<usize>| Span::new(range.start, range.end).unwrap();
        let aligned = respell(text, &[(span(persian), "fa"), (span(arabic), "ar")]);
        assert_eq!(aligned.text, "او گفت: «في كل مكان» و رفت به کیش");
        assert_eq!(aligned.alignment.counts().into_iter().collect::<Vec<_>>(), [(KY1, 1), (KY2, 1)]);
        assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()).unwrap(), text.as_bytes());
    }

    #[test]
    fn spans_that_do_not_fit_are_left_alone() {
        let span = |start, end| Span::new(start, end).unwrap();
        let text = "كي";
        assert_eq!(respell(text, &[(span(1, 4), "fa"), (span(0, 9), "fa"), (span(2, 4), "fa")]).text, "كی");
        // Where two overlap, the first one counts.
        assert_eq!(respell(text, &[(span(2, 4), "ar"), (span(0, 4), "fa")]).text, "کی");
        assert_eq!(respell(text, &[(span(0, 4), "fa"), (span(0, 2), "ar")]).text, "كی");
    }

    #[test]
    fn optional_rules_hold_where_they_are_asked_for_and_can_be_undone() {
        let cases = [
            (HouseRule::ArabicKaf, "ar", "کتاب علی", "كتاب علی"),
            (HouseRule::ArabicYeh, "ar", "جدید علی حتی.", "جديد علی حتی."),
            (HouseRule::SwashKaf, "ar", "ڪتاب", "كتاب"),
            (HouseRule::SwashKaf, "sd", "ڪتاب", "ڪتاب"),
            (HouseRule::Ezafe, "fa", "سوریۀ نو", "سوریهٔ نو"),
            (HouseRule::GoalHeh, "ur", "شهباز", "شہباز"),
            (HouseRule::KurdishAe, "ckb", "ناوه\u{200c} که هات", "ناوە کە هات"),
            (HouseRule::RialSign, "fa", "۱۰ ﷼", "۱۰ ریال"),
            (HouseRule::RialSign, "ar", "10 ﷼", "10 ريال"),
            (HouseRule::PunctuationSpace, "fa", "گفت ،اما نرفت . چرا ؟", "گفت، اما نرفت. چرا؟"),
            (HouseRule::PunctuationSpace, "ar", "سعر 3 ،5 و .com و 10:30", "سعر 3 ،5 و .com و 10:30"),
        ];
        for (rule, language, text, expected) in cases {
            let whole = Span::new(0, text.len()).unwrap();
            let aligned = respell_with(text, &[(whole, language)], &[rule]);
            assert_eq!(aligned.text, expected, "{rule}");
            assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()).unwrap(), text.as_bytes(), "{rule}");
            assert_eq!(respell_with(text, &[(whole, "en")], &[rule]).text, text, "{rule} in English");
            assert_eq!(rule.id().parse(), Ok(rule));
        }
        assert!("KY9".parse::<HouseRule>().unwrap_err().contains("KY4"));
    }
}

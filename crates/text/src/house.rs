//! T1, the house spelling: kaf and yeh as the language of each span writes them.

use khabar_model::Span;

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
};

/// Arabic yeh U+064A becomes Farsi yeh U+06CC.
const KY1: Rule = Rule("KY1");
/// Arabic kaf U+0643 becomes keheh U+06A9.
const KY2: Rule = Rule("KY2");
/// Alef maksura U+0649 becomes Farsi yeh U+06CC.
const KY3: Rule = Rule("KY3");

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
    let mut spans: Vec<_> = spans.iter().filter(|(span, _)| span.of(text).is_some()).collect();
    spans.sort_by_key(|(span, _)| (span.start(), span.end()));
    let mut draft = Draft::new(text);
    let mut done = 0;
    for (span, language) in spans {
        let rules = rules_of(language);
        let start = span.start().max(done);
        done = done.max(span.end());
        let Some(part) = text.get(start..span.end()).filter(|_| !rules.is_empty()) else { continue };
        for (offset, c) in part.char_indices() {
            if let Some((letter, rule)) = respelled(c).filter(|(_, rule)| rules.contains(rule)) {
                draft.replace(start + offset..start + offset + c.len_utf8(), letter, rule);
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
}

//! ZWNJ and ZWJ: one where it joins or parts letters, none where it does nothing (ZN1, ZN6).

use memchr::memchr_iter;

use crate::{
    alignment::{Aligned, Rule},
    draft::Draft,
    letter::{self, TATWEEL, ZWJ, ZWNJ},
    scan::char_before,
    script::{Script, script_of},
};

const ZN1: Rule = Rule("ZN1");
const ZN6: Rule = Rule("ZN6");

/// Reduces each run of joiners to what it does in Arabic script: one ZWNJ between letters, one ZWJ after a lone heh
/// (the abbreviation ه‍.), else nothing. Runs beside letters of other scripts and in emoji stay. `None` if all is well.
pub(crate) fn settle_joiners(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    let mut done = 0;
    // Both joiners start with 0xE2, which is rare in Arabic script.
    for start in memchr_iter(0xe2, text.as_bytes()) {
        let Some(rest) = text.get(start..).filter(|rest| start >= done && rest.starts_with([ZWNJ, ZWJ])) else {
            continue;
        };
        let after = rest.trim_start_matches([ZWNJ, ZWJ]);
        done = text.len() - after.len();
        let run = text.get(start..done).unwrap_or_default();
        let Some(joiner) = settled(run, char_before(text, start), after.chars().next()) else { continue };
        let rule = if run.contains(ZWNJ) { ZN1 } else { ZN6 };
        if let Some(more) = run.strip_prefix(joiner) {
            if !more.is_empty() {
                draft.delete(done - more.len()..done, rule);
            }
        } else {
            draft.replace(start..done, joiner, rule);
        }
    }
    draft.finish_if_changed()
}

/// What a run of joiners comes down to between its neighbours; `None` if it stays as it is.
fn settled(run: &str, before: Option<char>, after: Option<char>) -> Option<&'static str> {
    match (side(before), side(after)) {
        (Side::Foreign, _) | (_, Side::Foreign) => None,
        (Side::Arabic, Side::Arabic) => Some(if run.contains(ZWNJ) { "\u{200c}" } else { "" }),
        _ if run.contains(ZWJ) && matches!(before, Some('\u{647}' | '\u{6be}' | '\u{6c1}')) => Some("\u{200d}"),
        _ => Some(""),
    }
}

/// What a joiner has on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// A letter of Arabic script, a mark on one, tatweel.
    Arabic,
    /// A letter or mark of another script, part of an emoji, or something unknown: not for these rules.
    Foreign,
    /// Space, punctuation, digit, edge of the text.
    Neutral,
}

fn side(c: Option<char>) -> Side {
    let Some(c) = c else { return Side::Neutral };
    if letter::is_letter(c) || letter::is_mark(c) || c == TATWEEL {
        return Side::Arabic;
    }
    match script_of(c) {
        Script::Arabic => Side::Neutral,
        Script::Common if !c.is_alphabetic() && !is_pictograph(c) && !matches!(c, '\u{ad}' | '\u{fffd}') => {
            Side::Neutral
        }
        _ => Side::Foreign,
    }
}

/// Roughly the blocks whose characters build emoji sequences.
fn is_pictograph(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{203c}' | '\u{2049}' | '\u{2100}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}'
        | '\u{3299}' | '\u{1f000}'..='\u{1faff}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> String {
        settle_joiners(text).map_or(text.to_owned(), |aligned| aligned.text)
    }

    #[test]
    fn idle_joiners_go() {
        for (idle, clean) in [
            ("می\u{200c}\u{200c}\u{200c}شود", "می\u{200c}شود"),
            ("کتاب\u{200c} ها\u{200c}", "کتاب ها"),
            ("«\u{200c}خانه\u{200c}»", "«خانه»"),
            ("۵\u{200c}ساله", "۵ساله"),
            ("خبر\u{200c}\nتازه", "خبر\nتازه"),
            ("سال\u{200d}ها می\u{200d}\u{200c}شود", "سالها می\u{200c}شود"),
            ("۱۴۰۲ ه\u{200d}\u{200d}.ش.", "۱۴۰۲ ه\u{200d}.ش."),
        ] {
            assert_eq!(after(idle), clean);
            assert_eq!(settle_joiners(clean), None);
        }
    }

    #[test]
    fn working_joiners_stay() {
        for text in [
            "می\u{200c}شود، خانهٔ\u{200c}ما",
            "سه\u{200c}رۆك",
            "PDF\u{200c}ها",
            "क\u{94d}\u{200d}ष क\u{94d}\u{200c}ष",
            "ශ\u{dca}\u{200d}\u{dbb}ී",
            "👨\u{200d}👩\u{200d}👧 🏳\u{fe0f}\u{200d}🌈 ❤\u{fe0f}\u{200d}🔥",
        ] {
            assert_eq!(after(text), text);
        }
    }
}

//! Characters without a shape: controls, line ends, odd spaces, direction marks, zero-width characters.

use crate::{
    alignment::{Aligned, Rule},
    concern::{Concerns, find},
    draft::Draft,
    letter::{self, ZWNJ},
    scan::char_before,
    script::{Script, script_of},
};

/// CR LF, CR, VT, FF, U+2028 and U+2029 are line ends: U+000A.
const LINE: Rule = Rule("LE1");
/// Joiners that windows-1256 has at 0x9D and 0x9E, read as Latin-1.
const ZN2: Rule = Rule("ZN2");
/// Word's optional break, ¬, between letters.
const ZN3: Rule = Rule("ZN3");
/// A left-to-right mark between joining letters: Persian newsrooms typed it for ZWNJ, its neighbour in windows-1256,
/// and among right-to-left letters it has no other use (سیاست‌ها; 72 of the 86 in 400 Fars articles).
const ZN9: Rule = Rule("ZN9");
/// Odd spaces.
const PU8: Rule = Rule("PU8");
/// Direction marks.
const PU9: Rule = Rule("PU9");
/// The right-to-left override, which can turn the meaning of what one sees: counted apart.
const OVERRIDE: Rule = Rule("PU9-RLO");
/// Zero-width characters.
const PU10: Rule = Rule("PU10");
/// Other controls.
const PU12: Rule = Rule("PU12");

/// Applies rules ZN2, ZN3, ZN9, PU8 to PU10 and PU12, and writes line ends as U+000A. `None` if nothing is to do.
pub(crate) fn clean_invisible(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    // What stands at the end of the text so far, and where in the source that is.
    let (mut last, mut done) = ('\n', 0);
    for (at, c) in find(text, Concerns::INVISIBLE) {
        let before = if at == done { last } else { char_before(text, at).unwrap_or('\n') };
        done = at + c.len_utf8();
        let next = text.get(done..).and_then(|after| after.chars().next()).unwrap_or('\n');
        last = match judge(before, c, next) {
            None => c,
            Some((with, rule)) => {
                draft.replace(at..done, with, rule);
                with.chars().next().unwrap_or(before)
            }
        };
    }
    draft.finish_if_changed()
}

/// What stands for `c` between what stays before it and what follows it; `None` if it stays.
fn judge(before: char, c: char, next: char) -> Option<(&'static str, Rule)> {
    match c {
        '\n' => None,
        '\r' if next == '\n' => Some(("", LINE)),
        '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some(("\n", LINE)),
        '\t' => Some((" ", PU8)),
        '\u{9d}' if is_arabic(before) || is_arabic(next) => Some(("\u{200c}", ZN2)),
        '\u{9e}' if is_arabic(before) || is_arabic(next) => Some(("\u{200d}", ZN2)),
        _ if c.is_control() => Some(("", PU12)),
        '¬' if letter::joins_next(before) && letter::is_letter(next) => Some(("\u{200c}", ZN3)),
        '\u{200e}' if letter::joins_next(before) && letter::is_letter(next) => Some(("\u{200c}", ZN9)),
        // Mongolian suffixes hang on a narrow no-break space.
        '\u{202f}' if script_of(before) == Script::Mongolian => None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some((" ", PU8)),
        '\u{202e}' => Some(("", OVERRIDE)),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202d}' | '\u{2066}'..='\u{2069}' => Some(("", PU9)),
        '\u{200b}' | '\u{34f}' | '\u{180e}' if belongs(c, before) => None,
        '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{34f}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' => Some(("", PU10)),
        _ => None,
    }
}

/// True where an invisible character is part of the spelling: the word break of scripts without spaces, the Mongolian
/// vowel separator, the grapheme joiner that orders Hebrew points.
fn belongs(invisible: char, before: char) -> bool {
    let script = script_of(before);
    match invisible {
        '\u{200b}' => matches!(
            script,
            Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tai_Le
                | Script::New_Tai_Lue
                | Script::Tai_Tham
                | Script::Tibetan
        ),
        '\u{34f}' => script == Script::Hebrew,
        '\u{180e}' => script == Script::Mongolian,
        _ => false,
    }
}

fn is_arabic(c: char) -> bool {
    letter::is_letter(c) || letter::is_mark(c) || c == ZWNJ
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean_invisible(text).map_or(text.to_owned(), |aligned| aligned.text)
    }

    #[test]
    fn damage_goes() {
        for (damaged, clean) in [
            ("خبر\r\nعاجل\rالآن\u{b}و", "خبر\nعاجل\nالآن\nو"),
            ("قال\u{a0}الوزير\u{2009}\u{202f}:\tنعم", "قال الوزير  : نعم"),
            ("\u{feff}بغداد\u{200f} (\u{202b}رويترز\u{202c})", "بغداد (رويترز)"),
            ("می\u{9d}شود ه\u{9e}.ش", "می\u{200c}شود ه\u{200d}.ش"),
            ("it\u{9d}s \u{0}\u{7}ok", "its ok"),
            ("می¬شود", "می\u{200c}شود"),
            ("سیاست\u{200e}ها و\u{200e}گفت، 5\u{200e} کشور", "سیاست\u{200c}ها وگفت، 5 کشور"),
            ("5 ¬ 7 و¬شد", "5 ¬ 7 و¬شد"),
            ("العرا\u{200b}ق\u{2060}", "العراق"),
        ] {
            assert_eq!(cleaned(damaged), clean);
        }
    }

    #[test]
    fn other_scripts_keep_what_they_spell_with() {
        for text in ["ภาษา\u{200b}ไทย", "ភាសា\u{200b}ខ្មែរ", "ᠤᠨᠠ\u{180e}ᠠ", "מַ\u{34f}ת", "co\u{ad}op", "क्\u{200d}ष"]
        {
            assert_eq!(cleaned(text), text);
        }
        assert_eq!(cleaned("wo\u{200b}rd"), "word");
    }
}

//! What a character is in Arabic script: letter, mark, joining type.

use crate::script::{Script, script_of};

/// Tatweel (kashida), the stroke that lengthens a join.
pub(crate) const TATWEEL: char = '\u{640}';
/// Zero width non-joiner.
pub(crate) const ZWNJ: char = '\u{200c}';
/// Zero width joiner.
pub(crate) const ZWJ: char = '\u{200d}';

/// A mark on an Arabic letter: vowels, tanwin, shadda, Quranic signs, and the three that compose.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{898}'..='\u{89f}' | '\u{8ca}'..='\u{8e1}'
        | '\u{8e3}'..='\u{8ff}')
}

/// A letter of Arabic script in any language. Neither marks, digits, punctuation nor tatweel.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{6fa}'..='\u{6fc}' => true,
        '\u{600}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10ec0}'..='\u{10eff}' => {
            c.is_alphabetic() && !is_mark(c) && script_of(c) == Script::Arabic
        }
        _ => false,
    }
}

/// A letter that joins to the letter after it (Unicode joining type D; `ArabicShaping.txt` lists the others).
pub(crate) fn joins_next(c: char) -> bool {
    is_letter(c)
        && !matches!(c,
            '\u{621}'..='\u{625}' | '\u{627}' | '\u{629}' | '\u{62f}'..='\u{632}' | '\u{648}' | '\u{671}'..='\u{677}'
            | '\u{688}'..='\u{699}' | '\u{6c0}' | '\u{6c3}'..='\u{6cb}' | '\u{6cd}' | '\u{6cf}'
            | '\u{6d2}' | '\u{6d3}' | '\u{6d5}' | '\u{6ee}' | '\u{6ef}')
}

/// True for a decimal digit of the three sets that Arabic-script text uses.
pub(crate) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// As [`char::is_alphanumeric`], which looks most letters outside of ASCII up in a table; those of the scripts that
/// news is written in are answered first.
#[must_use]
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '\0'..='\u{a9}' => false,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2c1}' => true,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{620}'..='\u{64a}' | '\u{660}'..='\u{669}' | '\u{671}'..='\u{6d3}' | '\u{6f0}'..='\u{6fc}' => true,
        '\u{2000}'..='\u{206f}' => false,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        c => c.is_alphanumeric(),
    }
}

/// True for the letters of Arabic script and ASCII that news is written with: no digit, no mark, nothing else.
#[must_use]
#[inline]
pub fn is_common_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn common_letters_are_letters() {
        for c in ('\0'..=char::MAX).filter(|&c| super::is_common_letter(c)) {
            assert!(c.is_alphabetic() && !c.is_numeric() && !c.is_whitespace() && !super::is_mark(c), "{c:?}");
        }
    }

    #[test]
    fn the_short_way_agrees_with_the_table() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}

//! Presentation forms: the shapes of Arabic letters that old systems and PDF files store in place of the letters.

use std::iter;

use unicode_normalization::UnicodeNormalization;

use crate::letter::{TATWEEL, is_mark};

/// True inside the two blocks of Arabic presentation forms, U+FB50–FDFF and U+FE70–FEFC, for those that stand for
/// letters or marks (the ornate parentheses U+FD3E and U+FD3F and the basmala U+FDFD, for one, stand for nothing else).
pub(crate) fn decomposes(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}' | '\u{fd50}'..='\u{fd8f}' | '\u{fd92}'..='\u{fdc7}'
        | '\u{fdf0}'..='\u{fdfc}' | '\u{fe70}'..='\u{fe72}' | '\u{fe74}' | '\u{fe76}'..='\u{fefc}')
}

/// The characters that a presentation form stands for. The space or tatweel that Unicode puts under a lone mark as
/// its carrier is left out (HK3), so that the mark falls to the letter before it.
pub(crate) fn decompose(form: char) -> impl Iterator<Item = char> {
    let mut chars = iter::once(form).nfkc().peekable();
    let carrier = chars.next_if(|&c| matches!(c, ' ' | TATWEEL));
    // Only marks have a carrier.
    let carrier = carrier.filter(|_| !chars.peek().is_some_and(|&c| is_mark(c)));
    carrier.into_iter().chain(chars)
}

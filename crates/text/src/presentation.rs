//! Presentation forms: the shapes of Arabic letters that old systems and PDF files store in place of the letters.

use std::iter;

use unicode_normalization::UnicodeNormalization;

use crate::{
    alignment::{Aligned, Rule},
    concern::{Concerns, find},
    draft::Draft,
    letter::{TATWEEL, is_mark},
};

const PF1: Rule = Rule("PF1");
/// Lam-alef, one form for two letters.
const PF2: Rule = Rule("PF2");
/// Lone marks.
const HK3: Rule = Rule("HK3");

/// Writes each presentation form as the letters that it stands for. `None` if there is none.
///
/// Ligatures that are signs of their own stay for the reader and are only folded: ﷲ ﷺ ﷻ (PF4), ﷼ (PF5).
pub(crate) fn spell_out_forms(text: &str) -> Option<Aligned> {
    let mut draft = Draft::new(text);
    let mut letters = String::new();
    for (at, form) in find(text, Concerns::FORM) {
        if !decomposes(form) || matches!(form, '\u{fdf2}' | '\u{fdfa}'..='\u{fdfc}') {
            continue;
        }
        let rule = match form {
            '\u{fef5}'..='\u{fefc}' => PF2,
            _ if is_lone_mark(form) => HK3,
            _ => PF1,
        };
        letters.clear();
        letters.extend(decompose(form));
        draft.replace(at..at + form.len_utf8(), &letters, rule);
    }
    draft.finish_if_changed()
}

/// True inside the two blocks of Arabic presentation forms, U+FB50–FDFF and U+FE70–FEFC, for those that stand for
/// letters or marks (the ornate parentheses U+FD3E and U+FD3F and the basmala U+FDFD, for one, stand for nothing else).
pub(crate) fn decomposes(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}' | '\u{fd50}'..='\u{fd8f}' | '\u{fd92}'..='\u{fdc7}'
        | '\u{fdf0}'..='\u{fdfc}' | '\u{fe70}'..='\u{fe72}' | '\u{fe74}' | '\u{fe76}'..='\u{fefc}')
}

/// True for a form that stands for marks alone, with or without a carrier.
pub(crate) fn is_lone_mark(form: char) -> bool {
    matches!(form, '\u{fe70}'..='\u{fe7f}' | '\u{fc5e}'..='\u{fc63}' | '\u{fcf2}'..='\u{fcf4}')
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

/// The shape of a letter by its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Joined to none.
    Isolated,
    /// Joined to the letter before it.
    Final,
    /// Joined to the letter after it.
    Initial,
    /// Joined to both.
    Medial,
}

/// Groups of forms in code order: where they start, and how many forms each letter has there: 4 is isolated, final,
/// initial, medial; 2 only the first two, for letters that do not join to the next.
const FORMS: [(u32, &[u8]); 4] = [
    // ٱ; ٻ پ ڀ ٺ ٿ ٹ ڤ ڦ ڄ ڃ چ ڇ; ڍ ڌ ڎ ڈ ژ ڑ; ک گ ڳ ڱ; ں; ڻ; ۀ; ہ ھ; ے ۓ.
    (0xfb50, &[2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 2, 4, 2, 4, 4, 2, 2]),
    // ڭ; ۇ ۆ ۈ; ٷ; ۋ ۅ ۉ; ې.
    (0xfbd3, &[4, 2, 2, 2, 1, 2, 2, 2, 4]),
    // ی.
    (0xfbfc, &[4]),
    // ء; آ أ ؤ إ; ئ; ا; ب; ة; ت ث ج ح خ; د ذ ر ز; س to ن; ه; و ى; ي; the four lam-alefs.
    (
        0xfe80,
        &[
            1, 2, 2, 2, 2, 4, 2, 4, 2, 4, 4, 4, 4, 4, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 4,
            2, 2, 2, 2,
        ],
    ),
];

/// The shape of a presentation form of one letter (or of lam-alef), and whether the letter joins to the next; `None`
/// for other characters.
pub(crate) fn form_of(c: char) -> Option<(Form, bool)> {
    let code = u32::from(c);
    for (start, letters) in FORMS {
        let mut left = code.checked_sub(start)?;
        for &forms in letters {
            let forms = u32::from(forms);
            if left < forms {
                let form = match left {
                    0 => Form::Isolated,
                    1 => Form::Final,
                    2 => Form::Initial,
                    _ => Form::Medial,
                };
                return Some((form, forms == 4));
            }
            left -= forms;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_become_letters() {
        let spelled = |text: &str| spell_out_forms(text).map(|aligned| aligned.text);
        for (forms, letters) in [
            ("ﻧﻔﺖ", "نفت"),
            ("ﺭﺋﻴﺲ ﺍﻟﺠﻤﻬﻮﺭﻳﺔ", "رئيس الجمهورية"),
            ("ﮔﺰﺍﺭﺵ ﭼﯿﻦ", "گزارش چین"),
            ("ﻻ ﺇﻻ ﺁﻷ", "لا إلا آلأ"),
            ("ﻣﹷﺪ ﺍﱠ", "م\u{64e}د ا\u{64e}\u{651}"),
        ] {
            assert_eq!(spelled(forms).as_deref(), Some(letters));
        }
        for kept in ["﴿الحمد ﷲ﴾ ﷺ ﷽", "½ … ﬁ", "۱۰۰ ﷼"] {
            assert_eq!(spelled(kept), None);
        }
    }

    #[test]
    fn the_shapes_are_those_of_the_unicode_names() {
        assert_eq!(form_of('ﺍ'), Some((Form::Isolated, false)));
        assert_eq!(form_of('ﺔ'), Some((Form::Final, false)));
        assert_eq!(form_of('ﻨ'), Some((Form::Medial, true)));
        assert_eq!(form_of('ﭼ'), Some((Form::Initial, true)));
        assert_eq!(form_of('ﯽ'), Some((Form::Final, true)));
        assert_eq!(form_of('ې'), None);
        assert_eq!(form_of('ﷺ'), None);
        // Every single-letter form, and nothing else, has a shape.
        let count = ('\u{fb50}'..='\u{fefc}').filter(|&c| form_of(c).is_some()).count();
        assert_eq!(count, 98 + 21 + 4 + 125);
    }
}

//! Punjabi in Gurmukhi spelled in Shahmukhi, letter by letter: training text for a language that has nearly none.
//!
//! Arabic letters that Gurmukhi merges (ع ح ص ط ظ) are not restored, so this is no transliterator for readers.

/// The Shahmukhi spelling of `gurmukhi`; other characters stay.
pub(crate) fn shahmukhi(gurmukhi: &str) -> String {
    let letters: Vec<char> = gurmukhi.chars().collect();
    let mut text = String::with_capacity(gurmukhi.len());
    for (index, &letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).copied();
        let ends_word = !next.is_some_and(is_gurmukhi);
        let after_vowel = index > 0 && matches!(letters[index - 1], '\u{a05}'..='\u{a14}' | '\u{a3e}'..='\u{a4c}');
        // A nukta follows its letter and turns it into an Arabic one.
        let dotted = next == Some('\u{a3c}');
        text.push_str(match letter {
            'ਖ' if dotted => "خ",
            'ਗ' if dotted => "غ",
            'ਜ' if dotted => "ز",
            'ਫ' if dotted => "ف",
            'ਸ' if dotted => "ش",
            '\u{a59}' => "خ",
            '\u{a5a}' => "غ",
            '\u{a5b}' => "ز",
            '\u{a5e}' => "ف",
            '\u{a36}' => "ش",
            'ਕ' => "ک",
            'ਖ' => "کھ",
            'ਗ' => "گ",
            'ਘ' => "گھ",
            'ਚ' => "چ",
            'ਛ' => "چھ",
            'ਜ' => "ج",
            'ਝ' => "جھ",
            'ਟ' => "ٹ",
            'ਠ' => "ٹھ",
            'ਡ' => "ڈ",
            'ਢ' => "ڈھ",
            'ਤ' => "ت",
            'ਥ' => "تھ",
            'ਦ' => "د",
            'ਧ' => "دھ",
            'ਪ' => "پ",
            'ਫ' => "پھ",
            'ਬ' => "ب",
            'ਭ' => "بھ",
            'ਮ' => "م",
            'ਯ' => "ی",
            'ਰ' => "ر",
            'ਲ' | '\u{a33}' => "ل",
            'ਵ' => "و",
            'ੜ' => "ڑ",
            'ਸ' => "س",
            'ਹ' => "ہ",
            'ਙ' | 'ਞ' | 'ਣ' | 'ਨ' | 'ੰ' => "ن",
            'ਂ' if ends_word => "ں",
            'ਂ' => "ن",
            'ਆ' if !after_vowel => "آ",
            'ਆ' | 'ਾ' => "ا",
            'ਅ' | 'ਇ' | 'ਉ' if !after_vowel => "ا",
            'ਇ' | 'ਈ' if after_vowel => "ئی",
            'ਈ' => "ای",
            'ਏ' | 'ਐ' if after_vowel => "ئے",
            'ਏ' | 'ਐ' => "اے",
            'ਊ' | 'ਓ' | 'ਔ' if !after_vowel => "او",
            'ਊ' | 'ਓ' | 'ਔ' | 'ਉ' | 'ੂ' | 'ੋ' | 'ੌ' => "و",
            'ੀ' => "ی",
            'ੇ' | 'ੈ' if ends_word => "ے",
            'ੇ' | 'ੈ' => "ی",
            // Short vowels, gemination and the nukta itself are not written.
            'ਅ' | 'ਿ' | 'ੁ' | 'ੱ' | '\u{a3c}' | '੍' => "",
            other => {
                text.push(other);
                continue;
            }
        });
    }
    text
}

fn is_gurmukhi(c: char) -> bool {
    ('\u{a01}'..='\u{a75}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spelled_as_in_lahore() {
        for (gurmukhi, expected) in
            [("ਪੰਜਾਬ", "پنجاب"), ("ਦੀ ਸਰਕਾਰ", "دی سرکار"), ("ਨਹੀਂ", "نہیں"), ("ਘਰ ਵਿੱਚ", "گھر وچ"), ("ਜ਼ੋਰ", "زور")]
        {
            assert_eq!(shahmukhi(gurmukhi), expected);
        }
    }
}

//! What of a text must survive repair and house spelling: its letters and digits.

/// The letters and digits of `text`, lower case, without marks, tatweel, joiners, spaces and punctuation; kaf, yeh and
/// the seats of hamza folded.
///
/// Two texts with one skeleton say the same. It is written here rather than taken from `khabar-text`, so that a mistake
/// in the fold key cannot hide itself.
#[must_use]
pub fn skeleton(text: &str) -> String {
    text.chars()
        .filter(|&char| char.is_alphanumeric() && !is_mark(char))
        .flat_map(char::to_lowercase)
        .map(fold)
        .collect()
}

/// The letters and digits of `text` with single spaces between words: for short names, where the space tells.
pub(crate) fn words(text: &str) -> String {
    let visible: String = text.chars().filter(|char| !matches!(char, '\u{200B}'..='\u{200F}' | '\u{FEFF}')).collect();
    visible.split_whitespace().map(skeleton).collect::<Vec<_>>().join(" ")
}

fn is_mark(char: char) -> bool {
    matches!(char, '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}')
        && !matches!(char, '\u{06DD}' | '\u{06DE}' | '\u{06E9}')
}

fn fold(char: char) -> char {
    match char {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ۀ' => 'ه',
        'ۂ' => 'ہ',
        'ۓ' => 'ے',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_does_not_matter_and_words_do() {
        assert_eq!(skeleton("العـــربية"), skeleton("العربية"));
        assert_eq!(skeleton("خَبَرَيْن"), skeleton("خبرين"));
        assert_eq!(skeleton("ا\u{654}وكرانيا"), skeleton("أوكرانيا"));
        assert_ne!(skeleton("12 قتيلا"), skeleton("17 قتيلا"));
        assert_eq!(skeleton("…©[]"), "");
    }

    #[test]
    fn names_keep_their_spaces() {
        assert_eq!(words("كره  شمالي"), words("کره شمالی"));
        assert_ne!(words("کره شمالی"), words("کرهشمالی"));
        assert_eq!(words("کره\u{200c}شمالی"), words("کرهشمالی"));
    }
}

//! The sounds of a word in Arabic script, as its fold key has it.

use super::Sound;

/// Letters that a word needs behind ال for it to be the article: «الی» is no article and a name.
const ARTICLE_NEEDS: usize = 3;

/// Adds the sounds of a word.
pub(super) fn read(word: &str, sounds: &mut Vec<Sound>) {
    let mut rest = word;
    if let Some(behind) = word.strip_prefix("ال").filter(|behind| behind.chars().count() >= ARTICLE_NEEDS) {
        sounds.extend([Sound::ArticleA, Sound::ArticleL]);
        rest = behind;
    }
    let mut letters = rest.chars().peekable();
    let mut first = true;
    while let Some(letter) = letters.next() {
        let last = letters.peek().is_none();
        let sound = match letter {
            // Arabic writes ch as تش.
            'ت' if letters.next_if_eq(&'ش').is_some() => Sound::Ch,
            'و' if first => Sound::W,
            'ي' | 'ے' if first => Sound::Y,
            'ه' | 'ہ' if last => Sound::Breath,
            _ => match sound_of(letter) {
                Some(sound) => sound,
                None => continue,
            },
        };
        first = false;
        sounds.push(sound);
    }
}

fn sound_of(letter: char) -> Option<Sound> {
    Some(match letter {
        'ا' | 'آ' => Sound::Aa,
        'و' | 'ۆ' | 'ؤ' | 'ۇ' | 'ۋ' => Sound::Uu,
        'ي' | 'ى' | 'ے' | 'ێ' | 'ې' | 'ۍ' => Sound::Ii,
        'ء' | 'ئ' | 'ع' | 'ۓ' => Sound::Breath,
        'ە' => Sound::A,
        'ب' => Sound::B,
        'پ' => Sound::P,
        'ت' | 'ط' | 'ٹ' | 'ټ' => Sound::T,
        'ث' => Sound::Th,
        'ج' => Sound::J,
        'چ' => Sound::Ch,
        'ح' | 'ه' | 'ہ' | 'ھ' => Sound::H,
        'خ' => Sound::Kh,
        'د' | 'ڈ' | 'ډ' => Sound::D,
        'ذ' | 'ض' | 'ظ' => Sound::Dh,
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => Sound::R,
        'ز' => Sound::Z,
        'ژ' => Sound::Zh,
        'س' | 'ص' => Sound::S,
        'ش' => Sound::Sh,
        'غ' => Sound::Gh,
        'ف' => Sound::F,
        'ڤ' => Sound::V,
        'ق' => Sound::Q,
        'ك' | 'ک' => Sound::K,
        'گ' | 'ګ' => Sound::G,
        'ل' | 'ڵ' => Sound::L,
        'م' => Sound::M,
        'ن' | 'ں' | 'ڼ' => Sound::N,
        _ => return None,
    })
}

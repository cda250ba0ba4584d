//! The sounds of a word in Cyrillic letters: Russian, Ukrainian, Bulgarian, Serbian, and their kin.

use super::Sound;

/// Adds the sounds of a word.
pub(super) fn read(word: &str, sounds: &mut Vec<Sound>) {
    for letter in word.chars() {
        sounds.extend_from_slice(sounds_of(letter));
    }
}

fn sounds_of(letter: char) -> &'static [Sound] {
    match letter {
        'а' => &[Sound::A],
        'е' | 'э' | 'є' | 'ё' => &[Sound::E],
        'и' | 'і' | 'ї' | 'ы' => &[Sound::I],
        'о' | 'ө' => &[Sound::O],
        'у' | 'ү' | 'ұ' | 'ў' => &[Sound::U],
        'я' => &[Sound::Y, Sound::A],
        'ю' => &[Sound::Y, Sound::U],
        'й' | 'ј' => &[Sound::Y],
        'б' => &[Sound::B],
        'в' => &[Sound::V],
        'г' | 'ґ' | 'ғ' => &[Sound::G],
        'д' | 'ђ' => &[Sound::D],
        'ж' => &[Sound::Zh],
        'з' | 'ѕ' => &[Sound::Z],
        'к' | 'ќ' => &[Sound::K],
        'қ' => &[Sound::Q],
        'л' => &[Sound::L],
        'љ' => &[Sound::L, Sound::Y],
        'м' => &[Sound::M],
        'н' | 'ң' => &[Sound::N],
        'њ' => &[Sound::N, Sound::Y],
        'п' => &[Sound::P],
        'р' => &[Sound::R],
        'с' => &[Sound::S],
        'т' => &[Sound::T],
        'ф' => &[Sound::F],
        'х' => &[Sound::Kh],
        'һ' => &[Sound::H],
        'ц' => &[Sound::T, Sound::S],
        'ч' | 'ћ' => &[Sound::Ch],
        'џ' => &[Sound::J],
        'ш' | 'щ' => &[Sound::Sh],
        _ => &[],
    }
}

//! The sounds of a word in Latin letters, by what most languages of the news mean with them.

use unicode_normalization::UnicodeNormalization;

use super::Sound;

/// Adds the sounds of a word; `before_another` if it is not the last of the name.
pub(super) fn read(word: &str, before_another: bool, sounds: &mut Vec<Sound>) {
    // "al-Zahrani", "el Sisi", "as-Sadr": the article, with its l or what it turned into.
    if before_another && matches!(word, "al" | "el" | "as" | "ash" | "ad" | "ar" | "at" | "an" | "az") {
        sounds.extend([Sound::ArticleA, Sound::ArticleL]);
        return;
    }
    let letters: Vec<char> = if word.is_ascii() {
        word.chars().filter(char::is_ascii_alphabetic).collect()
    } else {
        word.chars().flat_map(marked).nfd().filter(|letter| letter.is_alphabetic()).map(plain).collect()
    };
    let mut rest = letters.as_slice();
    let mut last = None;
    while let Some((&letter, behind)) = rest.split_first() {
        let (heard, length) = several(rest, last.is_none()).unwrap_or_else(|| (single(letter, behind, last), 1));
        sounds.extend_from_slice(heard);
        last = rest.get(length - 1).copied();
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Letters whose mark changes the sound, in plain letters that have it.
fn marked(letter: char) -> impl Iterator<Item = char> {
    let spelled = match letter {
        'č' | 'ć' | 'ç' => "ch",
        'š' | 'ş' | 'ș' | 'ś' => "sh",
        'ž' | 'ź' => "zh",
        'ğ' | 'ģ' => "gh",
        'ñ' | 'ň' | 'ń' => "ny",
        _ => "",
    };
    spelled.chars().chain(spelled.is_empty().then_some(letter))
}

/// Letters that no decomposition takes apart, as their nearest ASCII letter.
fn plain(letter: char) -> char {
    match letter {
        'ø' => 'o',
        'ł' => 'l',
        'ı' => 'i',
        'đ' => 'd',
        'ħ' => 'h',
        'ŋ' => 'n',
        'æ' | 'ə' => 'e',
        'ß' => 's',
        'þ' => 't',
        _ => letter,
    }
}

/// Sounds that several letters stand for, and how many letters; the longest come first.
fn several(letters: &[char], at_start: bool) -> Option<(&'static [Sound], usize)> {
    Some(match letters {
        ['k', 'n', ..] if at_start => (&[Sound::N], 2),
        ['t', 's', 'c', 'h', ..] => (&[Sound::Ch], 4),
        ['s', 'h', 'c', 'h', ..] => (&[Sound::Sh], 4),
        ['t', 'c', 'h', ..] => (&[Sound::Ch], 3),
        ['s', 'c', 'h', ..] => (&[Sound::Sh], 3),
        ['d', 'z', 'h', ..] => (&[Sound::J], 3),
        ['e', 'a', 'u', ..] => (&[Sound::O], 3),
        ['c', 'h' | 'z', ..] => (&[Sound::Ch], 2),
        ['s', 'h', ..] => (&[Sound::Sh], 2),
        ['s', 'z', ..] => (&[Sound::S], 2),
        ['k', 'h', ..] => (&[Sound::Kh], 2),
        ['g', 'h', ..] => (&[Sound::Gh], 2),
        ['t', 'h', ..] => (&[Sound::Th], 2),
        ['d', 'h', ..] => (&[Sound::Dh], 2),
        ['z', 'h', ..] => (&[Sound::Zh], 2),
        ['p', 'h', ..] => (&[Sound::F], 2),
        ['d', 'j', ..] => (&[Sound::J], 2),
        ['c', 'k', ..] => (&[Sound::K], 2),
        ['q', 'u', ..] => (&[Sound::K, Sound::U], 2),
        ['t', 'z', ..] => (&[Sound::T, Sound::S], 2),
        ['o', 'u' | 'o', ..] => (&[Sound::U], 2),
        ['e', 'e', ..] => (&[Sound::I], 2),
        ['a', 'a', ..] => (&[Sound::A], 2),
        _ => return None,
    })
}

/// The sound of one letter before others and behind one.
fn single(letter: char, behind: &[char], last: Option<char>) -> &'static [Sound] {
    let soft = behind.first().is_some_and(|next| matches!(next, 'e' | 'i' | 'y'));
    let before_vowel = behind.first().is_some_and(|next| is_vowel(*next));
    match letter {
        'a' => &[Sound::A],
        'e' => &[Sound::E],
        'i' => &[Sound::I],
        'o' => &[Sound::O],
        'u' => &[Sound::U],
        'b' => &[Sound::B],
        'c' if soft => &[Sound::S],
        'c' | 'k' => &[Sound::K],
        'd' => &[Sound::D],
        'f' => &[Sound::F],
        'g' => &[Sound::G],
        // Behind a vowel and not before one, h only lengthens it (Sarah, Fahd keeps its own).
        'h' if last.is_some_and(is_vowel) && behind.is_empty() => &[Sound::Breath],
        'h' => &[Sound::H],
        'j' => &[Sound::J],
        'l' => &[Sound::L],
        'm' => &[Sound::M],
        'n' => &[Sound::N],
        'p' => &[Sound::P],
        'q' => &[Sound::Q],
        'r' => &[Sound::R],
        's' => &[Sound::S],
        't' => &[Sound::T],
        'v' => &[Sound::V],
        'w' => &[Sound::W],
        'x' => &[Sound::K, Sound::S],
        'y' if last.is_none() || before_vowel => &[Sound::Y],
        'y' => &[Sound::I],
        'z' => &[Sound::Z],
        _ => &[],
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

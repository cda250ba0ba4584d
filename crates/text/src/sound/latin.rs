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
    let letters: Vec<char> =
        word.chars().flat_map(marked).nfd().filter(|letter| letter.is_alphabetic()).map(plain).collect();
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

/// Sounds that several letters stand for, and how many letters.
fn several(letters: &[char], at_start: bool) -> Option<(&'static [Sound], usize)> {
    const TABLE: &[(&str, &[Sound])] = &[
        ("tsch", &[Sound::Ch]),
        ("shch", &[Sound::Sh]),
        ("tch", &[Sound::Ch]),
        ("sch", &[Sound::Sh]),
        ("ch", &[Sound::Ch]),
        ("sh", &[Sound::Sh]),
        ("cz", &[Sound::Ch]),
        ("sz", &[Sound::S]),
        ("kh", &[Sound::Kh]),
        ("gh", &[Sound::Gh]),
        ("th", &[Sound::Th]),
        ("dh", &[Sound::Dh]),
        ("zh", &[Sound::Zh]),
        ("ph", &[Sound::F]),
        ("dj", &[Sound::J]),
        ("dzh", &[Sound::J]),
        ("ck", &[Sound::K]),
        ("qu", &[Sound::K, Sound::U]),
        ("tz", &[Sound::T, Sound::S]),
        ("ou", &[Sound::U]),
        ("oo", &[Sound::U]),
        ("ee", &[Sound::I]),
        ("eau", &[Sound::O]),
        ("aa", &[Sound::A]),
    ];
    if at_start && letters.starts_with(&['k', 'n']) {
        return Some((&[Sound::N], 2));
    }
    TABLE
        .iter()
        .filter(|(spelling, _)| letters.iter().take(spelling.len()).copied().eq(spelling.chars()))
        .max_by_key(|(spelling, _)| spelling.len())
        .map(|(spelling, heard)| (*heard, spelling.len()))
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

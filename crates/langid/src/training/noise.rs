//! What typists, keyboards and scrapers do to text, so that the model has seen it before.

use unicode_normalization::UnicodeNormalization;

use crate::{script::Group, training::random::Random};

/// Pairs of letters that stand for one another on other keyboards, in both directions.
const SWAPS: &[(char, char)] = &[
    ('ک', 'ك'),
    ('ی', 'ي'),
    ('ی', 'ى'),
    ('ہ', 'ه'),
    ('ھ', 'ه'),
    ('ە', 'ه'),
    ('ۀ', 'ه'),
    ('ێ', 'ی'),
    ('ۆ', 'و'),
    ('ي', 'ى'),
    ('ة', 'ه'),
    ('أ', 'ا'),
    ('إ', 'ا'),
    ('آ', 'ا'),
    ('ئ', 'ي'),
    ('ك', 'ک'),
    ('ي', 'ی'),
    ('ه', 'ە'),
];

/// The share of Arabic-script samples that are roughened.
const ARABIC_SHARE: f64 = 0.3;
/// The share of the others that lose their accents.
const ACCENT_SHARE: f64 = 0.1;

/// The text as it is or, for a share of the calls, roughened.
pub(crate) fn roughen(group: Group, text: String, random: &mut Random) -> String {
    match group {
        Group::Arab if random.chance(ARABIC_SHARE) => swap_letters(&text, random),
        Group::Latn | Group::Cyrl if random.chance(ACCENT_SHARE) => without_accents(&text),
        _ => text,
    }
}

/// Kaf, yeh and heh from another keyboard, hamza left out, ZWNJ lost or turned into a space.
pub(crate) fn swap_letters(text: &str, random: &mut Random) -> String {
    // A keyboard is one for a whole text; a careless hand is not.
    let rate = if random.chance(0.6) { 1.0 } else { 0.5 };
    let active: Vec<bool> = SWAPS.iter().map(|_| random.chance(0.5)).collect();
    let zwnj = if random.chance(0.5) { None } else { Some(' ') };
    text.chars()
        .filter_map(|c| {
            if c == '\u{200c}' {
                return zwnj;
            }
            let swap = SWAPS.iter().zip(&active).find(|((from, _), active)| **active && *from == c);
            Some(swap.map_or(c, |((_, to), _)| if random.chance(rate) { *to } else { c }))
        })
        .collect()
}

/// Kaf and yeh as on an Arabic keyboard, Urdu heh as Arabic heh, ZWNJ deleted: the noisy heads of the evaluation.
pub(crate) fn arabic_keyboard(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            'ک' => Some('ك'),
            'ی' => Some('ي'),
            'ہ' | 'ھ' | 'ە' => Some('ه'),
            '\u{200c}' => None,
            c => Some(c),
        })
        .collect()
}

fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfc().collect()
}

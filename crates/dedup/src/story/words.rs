//! The words and numbers of a text, each with what is left of a word when its endings and clitics are gone.

use khabar_text::{Zwnj, fold_with};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'t> {
    /// A word: folded, with combining accents of Latin letters gone, and whether it starts with a capital.
    Word { word: &'t str, capital: bool },
    /// A run of a script without spaces (Han, kana, Thai …).
    Run(&'t str),
    /// A number as it is written, digits as in ASCII.
    Number(&'t str),
}

/// Calls `each` for every piece of a text, in order.
pub(super) fn pieces(text: &str, mut each: impl FnMut(Piece<'_>)) {
    let mut folded = String::new();
    let mut plain = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let class = Class::of(first);
        if class == Class::Break {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let inner = class == Class::Digit && is_separator(next) && {
                let behind = text.get(at + next.len_utf8()..).and_then(|rest| rest.chars().next());
                behind.is_some_and(|behind| Class::of(behind) == Class::Digit)
            };
            if !inner && Class::of(next) != class && !(class == Class::Letter && is_mark(next)) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let piece = text.get(start..end).unwrap_or_default();
        fold_with(piece, Zwnj::Delete, &mut folded);
        match class {
            Class::Digit => each(Piece::Number(&folded)),
            Class::Solo => each(Piece::Run(&folded)),
            _ => {
                plain.clear();
                plain.extend(folded.chars().filter_map(without_accent));
                each(Piece::Word { word: &plain, capital: first.is_uppercase() });
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Solo,
    Break,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{620}'..='\u{64a}' => Self::Letter,
            ' '..='/' | '\n' => Self::Break,
            '\u{e01}'..='\u{e4f}'
            | '\u{e80}'..='\u{edf}'
            | '\u{1000}'..='\u{1049}'
            | '\u{1780}'..='\u{17d3}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Solo,
            '\u{964}' | '\u{965}' => Self::Break,
            _ if c.is_numeric() => Self::Digit,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Break,
        }
    }
}

/// Marks that stand inside words, though they are no letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '\u{66b}' | '\u{66c}')
}

/// Latin letters as typed without their accents; combining marks go.
fn without_accent(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' => return None,
        '\0'..='\u{bf}' => c,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ğ' => 'g',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' | 'ţ' => 't',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        'ř' => 'r',
        'đ' | 'ď' => 'd',
        'ё' => 'е',
        _ => c,
    })
}

/// Letters that are left of a word of an alphabet with case; longer endings say little.
const STEM: usize = 7;

/// What is left of a folded word of a language without its endings and clitics. Light on purpose: two words of one
/// root may keep two stems.
pub(super) fn stem<'w>(word: &'w str, language: &str) -> &'w str {
    match word.chars().next().unwrap_or_default() {
        '\u{600}'..='\u{6ff}' => match language {
            "ar" | "arz" | "apc" | "ary" => without_suffix(without_prefix(word, AR_PREFIXES), AR_SUFFIXES),
            "ur" => without_suffix(word, UR_SUFFIXES),
            "ckb" => without_suffix(word, CKB_SUFFIXES),
            // خبرگزاری + های + یی: one ending behind the other.
            _ => without_suffix(without_suffix(word, FA_SUFFIXES), FA_SUFFIXES),
        },
        '\u{590}'..='\u{5ff}' => without_suffix(without_prefix(word, HE_PREFIXES), HE_SUFFIXES),
        '\u{900}'..='\u{97f}' => without_suffix(word, HI_SUFFIXES),
        first if language == "en" && first.is_ascii_alphabetic() => first_letters(without_suffix(word, EN_SUFFIXES)),
        _ => first_letters(word),
    }
}

/// Letters that a stem keeps at least.
const LEAST: usize = 3;

// Longest first. All folded: ة is ه, ى is ي, ک is ك.
const AR_PREFIXES: &[&str] = &["وبال", "وكال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال", "و"];
const AR_SUFFIXES: &[&str] =
    &["تين", "يون", "يين", "يات", "هما", "ها", "هم", "ات", "ان", "ون", "ين", "يه", "تا", "وا", "ه", "ي"];
const FA_SUFFIXES: &[&str] = &["هايي", "هاي", "ترين", "گان", "ها", "ات", "ان", "تر", "اي", "ند", "ي"];
const UR_SUFFIXES: &[&str] = &["یوں", "یاں", "ائی", "وں", "یں", "ات", "ی", "ے", "ا", "ي"];
const CKB_SUFFIXES: &[&str] =
    &["ەکانی", "ەکان", "ەكاني", "ەكان", "كاني", "كان", "ەكه", "ەوه", "ان", "ێک", "ێك", "ي", "ی", "ە", "ه"];
const HE_PREFIXES: &[&str] = &["וה", "שה", "מה", "בה", "לה", "כש", "ו", "ה", "ב", "ל", "מ", "ש", "כ"];
const HE_SUFFIXES: &[&str] = &["יים", "ים", "ות", "יה", "ית", "ה", "י", "ת"];
const HI_SUFFIXES: &[&str] = &["ाओं", "ियों", "ियां", "ियाँ", "ों", "ें", "ीय", "ी", "े", "ा", "ि"];
const EN_SUFFIXES: &[&str] = &["ing", "ers", "ies", "ed", "er", "es", "s", "y", "e"];

fn without_prefix<'w>(word: &'w str, prefixes: &[&str]) -> &'w str {
    let stripped = prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix));
    stripped.filter(|rest| is_enough(rest)).max_by_key(|rest| std::cmp::Reverse(rest.len())).unwrap_or(word)
}

fn without_suffix<'w>(word: &'w str, suffixes: &[&str]) -> &'w str {
    suffixes.iter().filter_map(|suffix| word.strip_suffix(suffix)).find(|rest| is_enough(rest)).unwrap_or(word)
}

fn is_enough(rest: &str) -> bool {
    rest.chars().nth(LEAST - 1).is_some()
}

fn first_letters(word: &str) -> &str {
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(end, _)| end);
    word.get(..end).unwrap_or(word)
}

/// Calls `each` for a word and for what is left of it when a proclitic of its language is gone. A proclitic is a guess:
/// «وزير» is no «زير».
pub(super) fn readings<'w>(word: &'w str, language: &str, mut each: impl FnMut(&'w str)) {
    each(word);
    let proclitics: &[&str] = match language {
        "ar" | "arz" | "apc" | "ary" => AR_PROCLITICS,
        "he" => HE_PREFIXES,
        _ => return,
    };
    for proclitic in proclitics {
        if let Some(rest) = word.strip_prefix(proclitic).filter(|rest| is_enough(rest)) {
            each(rest);
        }
    }
}

const AR_PROCLITICS: &[&str] =
    &["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "كال", "فال", "لل", "وب", "ول", "وك", "ولل", "وبال", "س", "ي", "ت"];

/// The value of a number as it is written: 26,750 and 26.750 and 26750 are one, 3.5 is 3.5.
pub(super) fn value(number: &str) -> Option<f64> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.len() + number.matches([',', '.', '٫', '٬']).count() != number.chars().count() || digits.len() > 15 {
        return None;
    }
    let separator = number.rfind([',', '.', '٫', '٬']);
    let decimals = separator.map_or(0, |at| number.get(at..).map_or(0, |rest| rest.chars().count() - 1));
    let several = number.matches([',', '.', '٫', '٬']).count() > 1;
    let value: f64 = digits.parse().ok()?;
    Some(if decimals == 3 || several || decimals == 0 { value } else { value / 10_f64.powi(decimals as i32) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        pieces(text, |piece| all.push(format!("{piece:?}")));
        all
    }

    #[test]
    fn words_numbers_and_runs() {
        let words = |text: &str| {
            let mut words = Vec::new();
            pieces(text, |piece| {
                words.push(match piece {
                    Piece::Word { word, .. } | Piece::Run(word) | Piece::Number(word) => word.to_owned(),
                });
            });
            words
        };
        assert_eq!(words("مُقتل ١٢٫٥ شخصًا"), ["مقتل", "12.5", "شخصا"]);
        assert_eq!(words("می‌شود"), ["مي", "شود"]);
        assert_eq!(words("São Paulo, 26,750."), ["sao", "paulo", "26,750"]);
        assert_eq!(words("新华社2018年"), ["新华社", "2018", "年"]);
        assert!(all("—  …").is_empty());
    }

    #[test]
    fn numbers_have_their_value() {
        for (number, expected) in [
            ("12", 12.0),
            ("26,750", 26750.0),
            ("26.750", 26750.0),
            ("3.5", 3.5),
            ("1,234,567", 1_234_567.0),
            ("3,50", 3.5),
        ] {
            assert_eq!(value(number), Some(expected), "{number}");
        }
        assert_eq!(value(""), None);
        assert_eq!(value("½"), None);
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (language, words) in [
            ("ar", &["المفاوضات", "مفاوضات", "والمفاوضات", "للمفاوضات"][..]),
            ("fa", &["خبرگزاري", "خبرگزاريهاي"]),
            ("en", &["earthquake", "earthquakes", "Earthquake"]),
        ] {
            let stems: Vec<String> = words.iter().map(|word| stem(&word.to_lowercase(), language).to_owned()).collect();
            assert!(stems.iter().all(|stem| Some(stem) == stems.first()), "{stems:?}");
        }
        assert_eq!(stem("من", "ar"), "من");
    }

    #[test]
    fn readings_without_proclitics() {
        let mut found = Vec::new();
        readings("وبالكرملين", "ar", |reading| found.push(reading));
        assert!(found.contains(&"كرملين") && found.contains(&"وبالكرملين"));
    }
}

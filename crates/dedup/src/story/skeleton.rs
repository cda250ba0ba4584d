//! Consonant skeletons: what a name keeps when it crosses from one script into another.
//!
//! «زيلينسكي», "Zelensky", «Зеленский» and «ज़ेलेंस्की» are all `zlnsk`. Vowels are written or not as each script pleases;
//! a first vowel leaves a mark. Where letters of two scripts do not answer one to one, a word has several skeletons.

/// Most skeletons of one word.
const MOST: usize = 6;
/// Letters of a skeleton beyond which nothing is told apart any more.
const LONGEST: usize = 9;

/// A skeleton under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Skeleton {
    classes: [u8; LONGEST],
    length: u8,
}

impl Skeleton {
    /// Its letters.
    pub(super) fn as_str(&self) -> &str {
        let classes = self.classes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(classes).unwrap_or_default()
    }

    /// Doubled classes count once: Arabic writes a doubled consonant with one letter.
    fn with(mut self, option: &str) -> Self {
        for &class in option.as_bytes() {
            let at = usize::from(self.length);
            let last = at.checked_sub(1).and_then(|last| self.classes.get(last));
            if last != Some(&class)
                && let Some(slot) = self.classes.get_mut(at)
            {
                *slot = class;
                self.length += 1;
            }
        }
        self
    }
}

/// Writes the skeletons of a lower-case folded word into `out`, each once. A word of fewer than `least` classes has none.
pub(super) fn skeletons(word: &str, least: usize, out: &mut Vec<Skeleton>) {
    out.clear();
    // Longer words are no names; their beginning is enough.
    let mut letters = ['\0'; 24];
    let length = letters.iter_mut().zip(word.chars()).map(|(slot, letter)| *slot = letter).count();
    let letters = letters.get(..length).unwrap_or_default();
    let first = letters.first().copied().unwrap_or_default();
    out.push(Skeleton::default());
    let mut at = 0;
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let place = Place { first: at == 0, before: at.checked_sub(1).and_then(|at| letters.get(at)).copied() };
        let (taken, options) = match first {
            'a'..='z' => latin(rest, place),
            '\u{400}'..='\u{4ff}' => (1, cyrillic(rest, place)),
            '\u{590}'..='\u{5ff}' => hebrew(rest, place),
            '\u{600}'..='\u{6ff}' => arabic(rest, place),
            '\u{900}'..='\u{97f}' => devanagari(rest, place),
            '\u{30a0}'..='\u{30ff}' => (1, katakana(rest)),
            _ => {
                out.clear();
                return;
            }
        };
        at += taken.max(1);
        extend(out, options);
    }
    out.retain(|form| usize::from(form.length) >= least);
    out.sort_unstable();
    out.dedup();
}

#[derive(Clone, Copy)]
struct Place {
    first: bool,
    before: Option<char>,
}

impl Place {
    /// `vowel` at the start of a word, nothing elsewhere.
    fn initial(self, vowel: &'static [&'static str]) -> &'static [&'static str] {
        if self.first { vowel } else { NONE }
    }
}

const NONE: &[&str] = &[""];

fn extend(forms: &mut Vec<Skeleton>, options: &[&str]) {
    let known = forms.len();
    for (n, option) in options.iter().enumerate().skip(1) {
        if known * (n + 1) > MOST {
            break;
        }
        for at in 0..known {
            let form = forms.get(at).map(|form| form.with(option));
            forms.extend(form);
        }
    }
    let option = options.first().copied().unwrap_or_default();
    for form in forms.iter_mut().take(known) {
        *form = form.with(option);
    }
}

fn is_latin_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn latin(rest: &[char], place: Place) -> (usize, &'static [&'static str]) {
    let soft = |at: usize| rest.get(at).is_some_and(|letter| matches!(letter, 'e' | 'i' | 'y'));
    match rest {
        ['s', 'c', 'h', ..] => (3, &["x", "sk"]),
        ['t', 'c', 'h', ..] | ['t', 's', 'c', 'h', ..] => (3, &["x"]),
        ['s', 'h', ..] => (2, &["x"]),
        ['c', 'h', ..] => (2, &["x", "k", "h"]),
        ['c', 'k', ..] | ['q', 'u', ..] => (2, &["k"]),
        ['t', 'h', ..] => (2, &["t", "z"]),
        ['p', 'h', ..] => (2, &["f"]),
        ['k', 'h', ..] => (2, &["h", "k"]),
        ['z', 'h', ..] | ['d', 'j', ..] => (2, &["j"]),
        ['d', 'g', 'e' | 'i' | 'y', ..] => (2, &["j"]),
        ['d', 'h', ..] => (2, &["z", "d"]),
        ['g', 'h', ..] => (2, &["k", ""]),
        ['w', 'r', ..] if place.first => (2, &["r"]),
        ['k', 'n', ..] if place.first => (2, &["n", "kn"]),
        ['w', 'h', ..] if place.first => (2, &["w"]),
        ['c', ..] if soft(1) => (1, &["s", "x"]),
        ['c' | 'k' | 'q', ..] => (1, &["k"]),
        ['g', ..] if soft(1) => (1, &["j", "k"]),
        ['g', ..] => (1, &["k", "j"]),
        ['j', ..] => (1, if place.first { &["j", "y", "h"] } else { &["j", ""] }),
        ['b' | 'p', ..] => (1, &["b"]),
        ['f', ..] => (1, &["f"]),
        ['v', ..] => (1, if place.first { &["f", "w"] } else { &["f", ""] }),
        ['t', ..] => (1, &["t"]),
        ['d', ..] => (1, &["d"]),
        ['z', ..] => (1, &["z"]),
        ['s', ..] => (1, &["s"]),
        ['x', ..] => (1, &["ks"]),
        ['l', ..] => (1, &["l"]),
        ['m', ..] => (1, &["m"]),
        ['n', ..] => (1, &["n"]),
        ['r', ..] => (1, &["r"]),
        ['h', ..] if place.first => (1, &["h"]),
        ['h'] => (1, NONE),
        ['h', ..] if place.before.is_some_and(is_latin_vowel) => (1, &["h", ""]),
        ['w', ..] => (1, place.initial(&["w"])),
        ['y', next, ..] if is_latin_vowel(*next) => (1, place.initial(&["y"])),
        [letter, ..] if is_latin_vowel(*letter) => (1, place.initial(&["a"])),
        _ => (1, NONE),
    }
}

fn arabic(rest: &[char], place: Place) -> (usize, &'static [&'static str]) {
    match rest {
        ['ت', 'ش', ..] => (2, &["x"]),
        ['د', 'ج', ..] => (2, &["j"]),
        // Persian puts a vowel before two consonants: اسمیت, Smith.
        ['ا', 'س' | 'ش', ..] if place.first => (1, &["a", ""]),
        ['ا' | 'و', 'ي' | 'و', ..] if place.first => {
            (if rest.starts_with(&['ا']) { 2 } else { 1 }, initial_of(rest))
        }
        ['ا' | 'آ' | 'أ' | 'إ' | 'ع' | 'ئ' | 'ؤ' | 'ء', ..] => (1, place.initial(&["a"])),
        // Between two alefs و is a consonant: کاوانا, Kavanaugh.
        ['و', 'ا', ..] if place.before == Some('ا') => (1, &["f", ""]),
        ['و', ..] => (1, place.initial(&["w", "a"])),
        ['ي' | 'ى' | 'ی' | 'ے', ..] => (1, place.initial(&["y", "a"])),
        ['ب' | 'پ', ..] => (1, &["b"]),
        ['ف' | 'ڤ', ..] => (1, &["f"]),
        ['ث', ..] => (1, &["t", "s"]),
        ['ت' | 'ط' | 'ٹ', ..] => (1, &["t"]),
        ['ض', ..] => (1, &["d", "z"]),
        ['د' | 'ڈ', ..] => (1, &["d"]),
        ['ذ' | 'ظ' | 'ز', ..] => (1, &["z"]),
        ['س' | 'ص', ..] => (1, &["s"]),
        ['ش' | 'چ', ..] => (1, &["x"]),
        ['ج', ..] => (1, &["j"]),
        ['ژ', ..] => (1, &["j"]),
        ['ك' | 'ق' | 'گ' | 'غ' | 'ک', ..] => (1, &["k"]),
        ['ل', ..] => (1, &["l"]),
        ['م', ..] => (1, &["m"]),
        ['ن' | 'ں', ..] => (1, &["n"]),
        ['ر' | 'ڑ' | 'ڕ', ..] => (1, &["r"]),
        ['ح' | 'خ', ..] => (1, &["h"]),
        ['ه' | 'ہ' | 'ھ'] => (1, NONE),
        // Urdu marks an aspirate with ھ.
        ['ھ', ..] => (1, NONE),
        ['ه' | 'ہ', ..] => (1, if place.first { &["h"] } else { &["h", ""] }),
        _ => (1, NONE),
    }
}

/// Of اي, او, وي, وو at the start: one vowel, or a consonant and a vowel.
fn initial_of(rest: &[char]) -> &'static [&'static str] {
    match rest {
        ['ا', ..] => &["a"],
        _ => &["w", "a"],
    }
}

fn hebrew(rest: &[char], place: Place) -> (usize, &'static [&'static str]) {
    match rest {
        ['צ' | 'ץ', '\'' | '׳', ..] => (2, &["x"]),
        ['ג', '\'' | '׳', ..] => (2, &["j"]),
        ['ו', 'ו', ..] => (2, &["w", "f"]),
        ['א' | 'ע', ..] => (1, place.initial(&["a"])),
        ['ב', ..] => (1, &["b", "f"]),
        ['ג' | 'כ' | 'ך' | 'ק', ..] => (1, &["k"]),
        ['ד', ..] => (1, &["d"]),
        ['ה'] => (1, NONE),
        ['ה', ..] => (1, if place.first { &["h"] } else { &["h", ""] }),
        ['ו', ..] => (1, place.initial(&["w"])),
        ['ז', ..] => (1, &["z"]),
        ['ח', ..] => (1, &["h"]),
        ['ט' | 'ת', ..] => (1, &["t"]),
        ['י', ..] => (1, place.initial(&["y", "j"])),
        ['ל', ..] => (1, &["l"]),
        ['מ' | 'ם', ..] => (1, &["m"]),
        ['נ' | 'ן', ..] => (1, &["n"]),
        ['ס', ..] => (1, &["s"]),
        ['פ' | 'ף', ..] => (1, &["f", "b"]),
        ['צ' | 'ץ', ..] => (1, &["s", "z"]),
        ['ר', ..] => (1, &["r"]),
        ['ש', ..] => (1, &["x", "s"]),
        _ => (1, NONE),
    }
}

fn cyrillic(rest: &[char], place: Place) -> &'static [&'static str] {
    match rest.first().copied().unwrap_or_default() {
        'б' | 'п' => &["b"],
        'в' if place.first => &["f", "w"],
        'в' => &["f", ""],
        'г' if place.first => &["k", "h"],
        'г' | 'ґ' => &["k", "j"],
        // Дж is one sound: Джонсон, Johnson.
        'д' if rest.get(1) == Some(&'ж') => NONE,
        'д' => &["d"],
        'ж' => &["j"],
        'з' => &["z"],
        'к' => &["k"],
        'л' => &["l"],
        'м' => &["m"],
        'н' => &["n"],
        'р' => &["r"],
        'с' => &["s"],
        'т' => &["t"],
        'ф' => &["f"],
        'х' => &["h"],
        'ц' => &["s", "z"],
        'ч' | 'ш' | 'щ' => &["x"],
        'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'і' => place.initial(&["a"]),
        'ю' | 'я' | 'й' | 'ї' | 'є' => place.initial(&["y"]),
        _ => NONE,
    }
}

fn devanagari(rest: &[char], place: Place) -> (usize, &'static [&'static str]) {
    match rest {
        ['ज', '\u{93c}', ..] => (2, &["z"]),
        ['फ', '\u{93c}', ..] => (2, &["f"]),
        ['\u{904}'..='\u{914}', ..] => (1, place.initial(&["a"])),
        ['क' | 'ग' | 'घ' | 'ख' | '\u{958}'..='\u{95a}', ..] => (1, &["k"]),
        ['च' | 'छ' | 'श' | 'ष', ..] => (1, &["x"]),
        ['ज' | 'झ', ..] => (1, &["j", "z"]),
        ['ट' | 'ठ' | 'त' | 'थ', ..] => (1, &["t"]),
        ['ड' | 'ढ' | 'द' | 'ध', ..] => (1, &["d"]),
        ['न' | 'ण' | 'ङ' | 'ञ' | 'ं', ..] => (1, &["n"]),
        ['प' | 'ब' | 'भ', ..] => (1, &["b"]),
        ['फ', ..] => (1, &["f", "b"]),
        ['\u{95b}', ..] => (1, &["z"]),
        ['\u{95e}', ..] => (1, &["f"]),
        ['म', ..] => (1, &["m"]),
        ['य', ..] => (1, place.initial(&["y"])),
        ['र', ..] => (1, &["r"]),
        ['ल' | 'ळ', ..] => (1, &["l"]),
        ['व', ..] => (1, if place.first { &["w", "f"] } else { &["", "f"] }),
        ['स', ..] => (1, &["s"]),
        ['ह', ..] => (1, &["h", ""]),
        _ => (1, NONE),
    }
}

fn katakana(rest: &[char]) -> &'static [&'static str] {
    match rest.first().copied().unwrap_or_default() {
        'カ'..='ゴ' => &["k"],
        'シ' => &["x", "s"],
        'ジ' | 'ヂ' => &["j"],
        'ザ' | 'ズ' | 'ゼ' | 'ゾ' | 'ヅ' => &["z", "s"],
        'サ' | 'ス' | 'セ' | 'ソ' => &["s"],
        'チ' => &["x", "t"],
        'ツ' => &["t", "s"],
        'タ' | 'テ' | 'ト' => &["t"],
        'ダ' | 'デ' | 'ド' => &["d"],
        'ナ'..='ノ' | 'ン' => &["n"],
        'フ' => &["f"],
        'ハ' | 'ヒ' | 'ヘ' | 'ホ' => &["h"],
        'バ' | 'パ' | 'ビ' | 'ピ' | 'ブ' | 'プ' | 'ベ' | 'ペ' | 'ボ' | 'ポ' => &["b"],
        'マ'..='モ' => &["m"],
        'ラ'..='ロ' => &["r", "l"],
        'ワ' => &["w"],
        'ヴ' => &["f"],
        _ => NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(names: &[&str]) -> bool {
        let mut common: Option<Vec<Skeleton>> = None;
        for name in names {
            let mut forms = Vec::new();
            skeletons(name, 3, &mut forms);
            common = Some(match common {
                None => forms,
                Some(common) => common.into_iter().filter(|form| forms.contains(form)).collect(),
            });
        }
        common.is_some_and(|common| !common.is_empty())
    }

    #[test]
    fn names_meet_across_scripts() {
        for names in [
            &["zelensky", "زيلينسكي", "زلنسكي", "зеленский", "ज़ेलेंस्की"][..],
            &["kavanaugh", "كافانو", "كاوانا"],
            &["smith", "اسميت", "سميث"],
            &["johnson", "جونسون", "джонсон", "ジョンソン"],
            &["sturridge", "ستوريدج", "استوريج"],
            &["netanyahu", "نتنياهو", "نتانياهو", "נתניהו"],
            &["shakespeare", "شكسبير", "шекспир"],
        ] {
            assert!(meet(names), "{names:?}");
        }
        assert!(!meet(&["merkel", "ماكرون"]));
    }

    #[test]
    fn short_words_and_other_scripts_have_none() {
        let mut forms = Vec::new();
        for word in ["", "ab", "او", "習近平", "12"] {
            skeletons(word, 3, &mut forms);
            assert!(forms.is_empty(), "{word}: {forms:?}");
        }
    }

    #[test]
    fn no_word_has_more_than_six() {
        let mut forms = Vec::new();
        skeletons(&"chvghth".repeat(50), 3, &mut forms);
        assert!(forms.len() <= MOST && forms.iter().all(|form| form.as_str().len() <= LONGEST));
    }
}

//! How odd a text looks that was decoded with a charset that somebody claimed.

use khabar_text::{Script, script_of};

/// Signs of a wrong charset, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Oddity {
    /// Characters beyond ASCII.
    high: usize,
    /// Those that real text does not hold, or not there.
    odd: usize,
}

/// Characters beyond ASCII from which there is anything to judge.
const MIN_HIGH: usize = 8;

/// What a byte counts that means nothing in a charset: text in that charset has none.
const UNDECODABLE: usize = 4;

impl Oddity {
    /// Counts, in a text: controls and undecodable bytes; letters of two scripts in one word; capitals behind small
    /// letters beyond ASCII; three and more accented letters in a row; symbols stuck between letters.
    pub(super) fn of(text: &str) -> Self {
        let mut oddity = Self::default();
        let (mut before, mut accented) = (' ', 0_usize);
        for c in text.chars() {
            if !c.is_ascii() {
                oddity.high += 1;
                let undecodable = c == char::REPLACEMENT_CHARACTER || c.is_control();
                oddity.odd += if undecodable { UNDECODABLE } else { usize::from(is_odd(before, c)) };
            } else if c.is_ascii_alphabetic() && !before.is_ascii() {
                // A Latin letter right behind an Arabic one.
                oddity.odd += usize::from(mixes(before, c));
            }
            accented = if !c.is_ascii() && script_of(c) == Script::Latin { accented + 1 } else { 0 };
            oddity.odd += usize::from(accented >= 3);
            before = c;
        }
        oddity
    }

    /// True if this text is nonsense and `other` is not: certain enough to believe the statistics, not the claim.
    pub(super) fn condemns(self, other: &str) -> bool {
        if self.high < MIN_HIGH || self.odd * 8 < self.high {
            return false;
        }
        let other = Self::of(other);
        other.odd * 40 <= other.high && other.odd * self.high * 8 <= self.odd * other.high
    }
}

/// True if `c`, beyond ASCII, cannot follow `before`, or stands nowhere.
fn is_odd(before: char, c: char) -> bool {
    match c {
        '¢'..='¦' | '¨' | '¬' | '¯' | '±'..='¶' | '¸' | '¹' | '¼'..='¾' | '‚'..='‡' | 'ˆ' | '‰'
            if !matches!(c, '“' | '”') =>
        {
            !before.is_ascii() && before.is_alphabetic()
        }
        _ if mixes(before, c) => true,
        _ => c.is_uppercase() && before.is_lowercase(),
    }
}

/// True for letters of two scripts.
fn mixes(before: char, c: char) -> bool {
    let (one, two) = (script_of(before), script_of(c));
    one != two && one.is_specific() && two.is_specific() && before.is_alphabetic() && c.is_alphabetic()
        // Japanese mixes them all.
        && !matches!((one, two), (Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul, _))
        && !matches!(two, Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_not_odd() {
        for text in [
            "قال المتحدث: «لن نتراجع»، وأضاف أن 3² من القرارات نُشرت",
            "می‌گوید قیمت‌ها در سال ۱۴۰۳ بالا رفت",
            "Le président, élu à 52 %, a été reçu à l’Élysée — « c’est déjà ça »",
            "Người dân thành phố Hồ Chí Minh đón năm mới",
            "Þjóðin kýs í dag, öðru sinni á þessu ári",
            "Президент заявил, что переговоры продолжатся",
        ] {
            let oddity = Oddity::of(text);
            assert!(oddity.odd * 40 <= oddity.high, "{text}: {oddity:?}");
        }
    }

    #[test]
    fn the_wrong_charset_is_odd() {
        let text = "أعلنت وزارة الخارجية أن المحادثات ستستأنف غدا";
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(text);
        for wrong in [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1251, encoding_rs::ISO_8859_6] {
            let (claimed, _) = wrong.decode_without_bom_handling(&bytes);
            assert!(Oddity::of(&claimed).condemns(text), "{claimed}");
            assert!(!Oddity::of(text).condemns(&claimed));
        }
    }
}

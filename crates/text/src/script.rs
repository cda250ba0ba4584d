//! The script of a character, from the Unicode data, with the common ranges answered without a table search.

/// Declares [`Script`] with its ISO 15924 codes, once.
macro_rules! scripts {
    ($($name:ident $code:literal),+ $(,)?) => {
        /// A writing system (Unicode property `Script`); those without news that we know of are [`Script::Other`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[expect(non_camel_case_types, reason = "the names are those of the Unicode data")]
        pub enum Script {
            $(#[doc = concat!("ISO 15924 `", $code, "`.")] $name,)+
            /// Used by many scripts: digits, punctuation, symbols. ISO 15924 `Zyyy`.
            Common,
            /// Takes the script of the character before it: combining marks. ISO 15924 `Zinh`.
            Inherited,
            /// Any other script, or an unassigned character. ISO 15924 `Zzzz`.
            Other,
        }

        impl Script {
            /// The four-letter code of ISO 15924.
            #[must_use]
            pub fn iso15924(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                    Self::Common => "Zyyy",
                    Self::Inherited => "Zinh",
                    Self::Other => "Zzzz",
                }
            }

            fn of_table(c: char) -> Self {
                match unicode_script::UnicodeScript::script(&c) {
                    $(unicode_script::Script::$name => Self::$name,)+
                    unicode_script::Script::Common => Self::Common,
                    unicode_script::Script::Inherited => Self::Inherited,
                    _ => Self::Other,
                }
            }
        }
    };
}

scripts! {
    Arabic "Arab", Latin "Latn", Cyrillic "Cyrl", Greek "Grek", Hebrew "Hebr", Armenian "Armn", Georgian "Geor",
    Syriac "Syrc", Thaana "Thaa", Nko "Nkoo", Adlam "Adlm", Ethiopic "Ethi", Tifinagh "Tfng",
    Devanagari "Deva", Bengali "Beng", Gurmukhi "Guru", Gujarati "Gujr", Oriya "Orya", Tamil "Taml", Telugu "Telu",
    Kannada "Knda", Malayalam "Mlym", Sinhala "Sinh", Ol_Chiki "Olck", Meetei_Mayek "Mtei",
    Thai "Thai", Lao "Laoo", Khmer "Khmr", Myanmar "Mymr", Tai_Le "Tale", New_Tai_Lue "Talu", Tai_Tham "Lana",
    Tibetan "Tibt", Mongolian "Mong",
    Han "Hani", Hiragana "Hira", Katakana "Kana", Hangul "Hang", Bopomofo "Bopo", Yi "Yiii",
    Cherokee "Cher", Canadian_Aboriginal "Cans",
}

impl Script {
    /// True for a script with letters of its own, false for [`Script::Common`], [`Script::Inherited`] and
    /// [`Script::Other`].
    #[must_use]
    pub fn is_specific(self) -> bool {
        !matches!(self, Self::Common | Self::Inherited | Self::Other)
    }
}

/// The script of a character.
///
/// ```
/// use khabar_text::{Script, script_of};
/// assert_eq!(script_of('ݓ'), Script::Arabic);
/// assert_eq!(script_of('،'), Script::Common);
/// assert_eq!(script_of('خ').iso15924(), "Arab");
/// ```
#[must_use]
pub fn script_of(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\0'..='\u{7f}' => Script::Common,
        '\u{600}'..='\u{6ff}' => match c {
            '\u{605}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{640}' | '\u{6dd}' => Script::Common,
            '\u{64b}'..='\u{655}' | '\u{670}' => Script::Inherited,
            _ => Script::Arabic,
        },
        '\u{400}'..='\u{481}' => Script::Cyrillic,
        '\u{4e00}'..='\u{9fff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        _ => Script::of_table(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_cuts_agree_with_the_unicode_data() {
        for c in ('\0'..='\u{6ff}').chain('\u{4e00}'..='\u{d7a3}') {
            assert_eq!(script_of(c), Script::of_table(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for c in "خbжλא中かカ한अกԱაሀ".chars() {
            let name = unicode_script::UnicodeScript::script(&c).short_name();
            assert_eq!(script_of(c).iso15924(), name);
        }
        assert_eq!(script_of('۴').iso15924(), "Arab");
        assert_eq!(script_of('\u{301}').iso15924(), "Zinh");
    }
}

//! The language of a text, as far as dates depend on it.

/// Whose words are read, and what an ambiguous number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Arabic,
    /// With Dari.
    Persian,
    Urdu,
    Pashto,
    English,
    /// Of the United States, where the month comes first in numbers.
    American,
    /// Of a country where the day does.
    British,
    Sorani,
    Kurmanji,
    Turkish,
    Azerbaijani,
    Hebrew,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Russian,
    Ukrainian,
    Polish,
    Dutch,
    Swedish,
    Indonesian,
    Greek,
    /// Known, and none of the others: only words that no other language shares.
    Other,
    Unknown,
}

/// Primary subtags of ISO 639, and the codes of varieties that write dates alike.
const TAGS: [(Language, &[&str]); 23] = [
    (Language::Arabic, &["ar", "ara", "arb", "arz", "ary", "arq", "apc", "acm", "afb", "aeb"]),
    (Language::Persian, &["fa", "prs", "pes", "fas", "per"]),
    (Language::Urdu, &["ur", "urd"]),
    (Language::Pashto, &["ps", "pus", "pbt", "pbu", "pst"]),
    (Language::English, &["en", "eng"]),
    (Language::Sorani, &["ckb"]),
    (Language::Kurmanji, &["ku", "kmr", "kur"]),
    (Language::Turkish, &["tr", "tur"]),
    (Language::Azerbaijani, &["az", "aze", "azj"]),
    (Language::Hebrew, &["he", "heb", "iw"]),
    (Language::German, &["de", "deu", "ger"]),
    (Language::French, &["fr", "fra", "fre"]),
    (Language::Spanish, &["es", "spa"]),
    (Language::Italian, &["it", "ita"]),
    (Language::Portuguese, &["pt", "por"]),
    (Language::Russian, &["ru", "rus"]),
    (Language::Ukrainian, &["uk", "ukr"]),
    (Language::Polish, &["pl", "pol"]),
    (Language::Dutch, &["nl", "nld", "dut"]),
    (Language::Swedish, &["sv", "swe"]),
    (Language::Indonesian, &["id", "ind", "in"]),
    (Language::Greek, &["el", "ell", "gre"]),
    (Language::Unknown, &["und", "mul", "zxx", "unknown"]),
];

impl Language {
    /// From a language tag, `fa`, `prs`, `ar-EG`; case and what follows the first subtag do not matter.
    pub(crate) fn from_tag(tag: Option<&str>) -> Self {
        let Some(tag) = tag.map(str::trim).filter(|tag| !tag.is_empty()) else { return Self::Unknown };
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let is = |codes: &[&str]| codes.iter().any(|code| primary.eq_ignore_ascii_case(code));
        if primary.eq_ignore_ascii_case("en") {
            let has = |regions: &[&str]| {
                tag.split(['-', '_']).skip(1).any(|part| regions.iter().any(|region| part.eq_ignore_ascii_case(region)))
            };
            return match () {
                () if has(&["us"]) => Self::American,
                () if has(&["gb", "uk", "ie", "au", "nz", "in", "pk", "za", "ng", "ke", "sg", "my"]) => Self::British,
                () => Self::English,
            };
        }
        TAGS.iter().find(|(_, codes)| is(codes)).map_or(Self::Other, |(language, _)| *language)
    }

    /// The day stands before the month in numbers such as `3/4/2024`: everywhere but, perhaps, in English.
    pub(crate) fn day_first(self) -> bool {
        !matches!(self, Self::English | Self::American | Self::Other | Self::Unknown)
    }

    /// English dates stand in pages of every language; where its own words look alike, they are not read in text.
    pub(crate) fn hosts_english(self) -> bool {
        matches!(
            self,
            Self::Arabic
                | Self::Persian
                | Self::Urdu
                | Self::Pashto
                | Self::English
                | Self::American
                | Self::British
                | Self::Sorani
                | Self::Hebrew
                | Self::Russian
                | Self::Ukrainian
                | Self::Greek
                | Self::Unknown
        )
    }

    fn bit(self) -> u32 {
        match self {
            Self::Unknown => 0,
            Self::American | Self::British => Self::English.bit(),
            language => 1 << language as u32,
        }
    }
}

/// The languages of a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Languages(u32);

impl Languages {
    const ALL: Self = Self(u32::MAX);

    /// From `ar,fa` or `*`.
    pub(crate) fn from_column(column: &str) -> Self {
        if column == "*" {
            return Self::ALL;
        }
        Self(column.split(',').fold(0, |bits, tag| bits | Language::from_tag(Some(tag)).bit()))
    }

    /// True if a word of these languages is read in a text of `language`.
    pub(crate) fn admit(self, language: Language) -> bool {
        language == Language::Unknown || self.0 & language.bit() != 0
    }

    /// True if the word is one of the languages that a text of unknown language is taken to be in: Arabic, Persian, Urdu,
    /// Pashto, English. Short words of more languages than these mean too many things.
    pub(crate) fn are_likely(self) -> bool {
        let likely = [Language::Arabic, Language::Persian, Language::Urdu, Language::Pashto, Language::English];
        likely.iter().any(|language| self.0 & language.bit() != 0)
    }

    /// True if no other language has the word.
    pub(crate) fn are_all(self) -> bool {
        self == Self::ALL
    }

    /// True for words of Persian alone.
    pub(crate) fn are_persian(self) -> bool {
        self.0 == Language::Persian.bit()
    }

    /// True for words that Persian reads too, alone or among others.
    pub(crate) fn are_persian_like(self) -> bool {
        self.0 & Language::Persian.bit() != 0
    }

    /// True for words of a language that writes months and weekdays with a capital, which tells them from others.
    pub(crate) fn are_capitalised(self) -> bool {
        let capitals = [Language::English, Language::German, Language::Turkish, Language::Greek, Language::Indonesian];
        capitals.iter().any(|language| self.0 == language.bit())
    }

    /// True for words of a language that writes weekdays small: with a capital inside a sentence they are names.
    pub(crate) fn are_small(self) -> bool {
        let small = [
            Language::French,
            Language::Spanish,
            Language::Italian,
            Language::Russian,
            Language::Ukrainian,
            Language::Polish,
            Language::Dutch,
            Language::Swedish,
        ];
        small.iter().any(|language| self.0 == language.bit())
    }

    /// True for English words, which are told from others by their capital.
    pub(crate) fn are_english(self) -> bool {
        self.0 == Language::English.bit()
    }
}

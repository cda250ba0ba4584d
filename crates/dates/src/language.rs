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
    /// Known, and none of the others: only words that no other language shares.
    Other,
    Unknown,
}

impl Language {
    /// From a language tag, `fa`, `prs`, `ar-EG`; case and what follows the first subtag do not matter.
    pub(crate) fn from_tag(tag: Option<&str>) -> Self {
        let Some(tag) = tag.map(str::trim).filter(|tag| !tag.is_empty()) else { return Self::Unknown };
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let is = |codes: &[&str]| codes.iter().any(|code| primary.eq_ignore_ascii_case(code));
        if is(&["ar", "arb", "arz", "ary", "arq", "apc", "acm", "afb", "aeb"]) {
            Self::Arabic
        } else if is(&["fa", "prs", "pes", "fas", "per"]) {
            Self::Persian
        } else if is(&["ur", "urd"]) {
            Self::Urdu
        } else if is(&["ps", "pus", "pbt", "pbu", "pst"]) {
            Self::Pashto
        } else if is(&["en", "eng"]) {
            Self::English
        } else if is(&["und", "mul", "zxx", "unknown"]) {
            Self::Unknown
        } else {
            Self::Other
        }
    }

    /// The day stands before the month in numbers such as `3/4/2024`: everywhere but, perhaps, in English.
    pub(crate) fn day_first(self) -> bool {
        matches!(self, Self::Arabic | Self::Persian | Self::Urdu | Self::Pashto)
    }

    fn bit(self) -> u8 {
        match self {
            Self::Arabic => 1,
            Self::Persian => 2,
            Self::Urdu => 4,
            Self::Pashto => 8,
            Self::English => 16,
            Self::Other => 32,
            Self::Unknown => 0,
        }
    }
}

/// The languages of a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Languages(u8);

impl Languages {
    const ALL: Self = Self(u8::MAX);

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

    /// True if no other language has the word.
    pub(crate) fn are_all(self) -> bool {
        self == Self::ALL
    }

    /// True for words of Persian alone.
    pub(crate) fn are_persian(self) -> bool {
        self.0 == Language::Persian.bit()
    }

    /// True for English words, which are told from others by their capital.
    pub(crate) fn are_english(self) -> bool {
        self.0 == Language::English.bit()
    }
}

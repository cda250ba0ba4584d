//! The script gate: which script most letters are in, and which languages that leaves.

use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

/// Scripts that several of our languages share, so that statistics have to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// Arabic, Persian, Urdu …
    Arab,
    /// English, French …
    Latn,
    /// Russian, Bulgarian …
    Cyrl,
    /// Hebrew and Yiddish.
    Hebr,
    /// Hindi, Marathi …
    Deva,
    /// Bengali and Assamese.
    Beng,
    /// Amharic and Tigrinya.
    Ethi,
    /// Tibetan and Dzongkha.
    Tibt,
    /// Burmese and Shan.
    Mymr,
    /// Chinese, Cantonese and Japanese: Han with kana.
    Hani,
    /// The varieties of Arabic and Persian, asked only when the language is known.
    Arvr,
}

impl Group {
    /// Every group, in the order of the model file.
    pub(crate) const ALL: [Self; 11] = [
        Self::Arab,
        Self::Latn,
        Self::Cyrl,
        Self::Hebr,
        Self::Deva,
        Self::Beng,
        Self::Ethi,
        Self::Tibt,
        Self::Mymr,
        Self::Hani,
        Self::Arvr,
    ];

    /// The four letters that name the group in the model file: its ISO 15924 code, if it is a script.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Arab => "Arab",
            Self::Latn => "Latn",
            Self::Cyrl => "Cyrl",
            Self::Hebr => "Hebr",
            Self::Deva => "Deva",
            Self::Beng => "Beng",
            Self::Ethi => "Ethi",
            Self::Tibt => "Tibt",
            Self::Mymr => "Mymr",
            Self::Hani => "Hani",
            Self::Arvr => "Arvr",
        }
    }
}

/// What a script says about the language before any statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Several languages share the script: ask the model.
    Group(Group),
    /// One language of ours is written in it, and no other that news is written in.
    Single(&'static str),
    /// No language of ours is written in it.
    Unknown,
}

/// The gate of a script.
fn gate(script: Script) -> Gate {
    match script {
        Script::Arabic => Gate::Group(Group::Arab),
        Script::Latin => Gate::Group(Group::Latn),
        Script::Cyrillic => Gate::Group(Group::Cyrl),
        Script::Hebrew => Gate::Group(Group::Hebr),
        Script::Devanagari => Gate::Group(Group::Deva),
        Script::Bengali => Gate::Group(Group::Beng),
        Script::Ethiopic => Gate::Group(Group::Ethi),
        Script::Tibetan => Gate::Group(Group::Tibt),
        Script::Myanmar => Gate::Group(Group::Mymr),
        Script::Han | Script::Hiragana | Script::Katakana => Gate::Group(Group::Hani),
        Script::Armenian => Gate::Single("hy"),
        Script::Georgian => Gate::Single("ka"),
        Script::Greek => Gate::Single("el"),
        Script::Gujarati => Gate::Single("gu"),
        Script::Gurmukhi => Gate::Single("pa"),
        Script::Hangul => Gate::Single("ko"),
        Script::Kannada => Gate::Single("kn"),
        Script::Khmer => Gate::Single("km"),
        Script::Lao => Gate::Single("lo"),
        Script::Malayalam => Gate::Single("ml"),
        Script::Nko => Gate::Single("nqo"),
        Script::Ol_Chiki => Gate::Single("sat"),
        Script::Oriya => Gate::Single("or"),
        Script::Sinhala => Gate::Single("si"),
        Script::Tamil => Gate::Single("ta"),
        Script::Telugu => Gate::Single("te"),
        Script::Thaana => Gate::Single("dv"),
        Script::Thai => Gate::Single("th"),
        _ => Gate::Unknown,
    }
}

/// The languages that a script alone decides, in byte order.
pub(crate) const SINGLE_SCRIPT_LANGUAGES: [&str; 18] =
    ["dv", "el", "gu", "hy", "ka", "km", "kn", "ko", "lo", "ml", "nqo", "or", "pa", "sat", "si", "ta", "te", "th"];

/// What the script of a letter leaves open; none for what is no letter.
pub(crate) fn gate_of(c: char) -> Option<Gate> {
    let script = LETTERS.script(c);
    (!matches!(script, Script::Common | Script::Inherited | Script::Unknown)).then(|| gate(script))
}

/// The scripts of the basic plane: one load for a letter instead of two binary searches.
struct Letters {
    /// By code point; `Common` for what is no letter.
    of: Box<[Script]>,
    /// By discriminant: the way back from a counter to its script.
    by_id: [Script; 256],
}

impl Letters {
    fn script(&self, c: char) -> Script {
        self.of.get(c as usize).copied().unwrap_or_else(|| letter_script(c))
    }
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let of: Box<[Script]> = (0..=0xffff_u32).map(|c| char::from_u32(c).map_or(Script::Common, letter_script)).collect();
    let mut by_id = [Script::Common; 256];
    let beyond = ('\u{10000}'..='\u{1ffff}').map(letter_script);
    for script in of.iter().copied().chain(beyond) {
        by_id[usize::from(script as u8)] = script;
    }
    Letters { of, by_id }
});

fn letter_script(c: char) -> Script {
    if c.is_alphabetic() { c.script() } else { Script::Common }
}

/// The leading script of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lead {
    /// What the script leaves open.
    pub(crate) gate: Gate,
    /// Its ISO 15924 code; `Hani` for Han and kana together.
    pub(crate) script: &'static str,
    /// Letters of the script (of the group, for Han and kana).
    pub(crate) letters: u32,
    /// Share of those among all letters, 0 to 1, by weight.
    pub(crate) share: f32,
    /// Letters in kana.
    pub(crate) kana: u32,
}

/// How much a letter says, in half Latin letters: abjads leave the vowels out, syllables and ideographs are words.
fn weight(script: Script) -> u32 {
    match script {
        Script::Han | Script::Hangul => 6,
        Script::Hiragana | Script::Katakana => 4,
        Script::Arabic | Script::Hebrew => 3,
        _ => 2,
    }
}

/// Counts the letters of `text` by script; none when it has no letter of any script. Linear.
pub(crate) fn lead(text: &str) -> Option<Lead> {
    let letters: &Letters = &LETTERS;
    let mut counts = [0_u32; 256];
    for c in text.chars() {
        counts[usize::from(letters.script(c) as u8)] += 1;
    }
    let count = |script: Script| counts[usize::from(script as u8)];
    let kana = count(Script::Hiragana) + count(Script::Katakana);
    // Japanese mixes three scripts: together they are one candidate, under the name of Han.
    let ideographic = count(Script::Han) + kana;
    let ideographic_weight = count(Script::Han) * weight(Script::Han) + kana * weight(Script::Hiragana);

    let mut total = ideographic_weight;
    let mut best = (ideographic_weight, ideographic, Script::Han);
    // Few scripts are in a text: most stretches of the counters are zero.
    let (stretches, _) = counts.as_chunks::<16>();
    let used = stretches.iter().enumerate().filter(|(_, stretch)| **stretch != [0; 16]);
    let used = used.flat_map(|(at, stretch)| stretch.iter().zip(letters.by_id.iter().skip(at * 16)));
    for (&letters, &script) in used {
        let settled = matches!(
            script,
            Script::Common | Script::Inherited | Script::Unknown | Script::Han | Script::Hiragana | Script::Katakana
        );
        if letters == 0 || settled {
            continue;
        }
        let weighted = letters * weight(script);
        total += weighted;
        if weighted > best.0 {
            best = (weighted, letters, script);
        }
    }
    (best.0 > 0).then(|| Lead {
        gate: gate(best.2),
        script: best.2.short_name(),
        letters: best.1,
        share: best.0 as f32 / total as f32,
        kana,
    })
}

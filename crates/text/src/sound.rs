//! How a name sounds, as far as its letters tell: one alphabet for Arabic script, Latin and Cyrillic, so that
//! زيلينسكي, زلنسکی, Зеленский and Zelensky can be compared.
//!
//! Arabic script writes no short vowels and has no letters for some consonants of the world; Latin has many spellings
//! of one. So sounds are compared by weight: a vowel that one side does not write costs little, «غ» for g costs little,
//! «م» for s costs all. The weights were set by hand and checked on pairs of names (`cargo xtask score names`).

use std::fmt::Write as _;

use self::distance::COSTS;
use crate::fold::fold;
use crate::letter::is_common_letter;
use crate::script::{Script, script_of};

mod arabic;
mod cyrillic;
mod distance;
mod latin;

/// One sound. Vowels come in three colours, written long (`Aa`, `Ii`, `Uu`: the letters ا ي و) or short (`A`, `I`, `U`, and
/// `E`, `O` of other scripts).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Sound {
    B,
    P,
    T,
    /// ث, th.
    Th,
    /// ج, j.
    J,
    /// چ, ch.
    Ch,
    H,
    /// خ, kh.
    Kh,
    D,
    /// ذ ض ظ, dh.
    Dh,
    R,
    Z,
    /// ژ, zh.
    Zh,
    S,
    Sh,
    /// غ, gh.
    Gh,
    F,
    V,
    Q,
    K,
    G,
    L,
    M,
    N,
    W,
    Y,
    /// ع, ء, and a final ه: written, hardly heard.
    Breath,
    /// The article ال.
    ArticleA,
    ArticleL,
    A,
    E,
    I,
    O,
    U,
    Aa,
    Ii,
    Uu,
}

impl Sound {
    /// Number of sounds.
    const COUNT: usize = Self::Uu as usize + 1;

    /// True for what a consonant skeleton leaves out.
    fn is_weak(self) -> bool {
        self >= Self::Breath
    }
}

/// The sounds of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sounds {
    sounds: Vec<Sound>,
    /// Where words start in `sounds`.
    words: Vec<u8>,
}

impl Sounds {
    /// Sounds that are looked at; words beyond are left out. Keeps a comparison below 10,000 steps.
    pub const MAX: usize = 96;

    /// The sounds of a name in Arabic script, Latin or Cyrillic; letters of other scripts have none. Spaces, hyphens
    /// and marks are no sounds: «عبدالله» is «عبد الله».
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::of_key(&fold(name))
    }

    /// The same, of a name's fold key.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        let mut sounds: Vec<Sound> = Vec::with_capacity(key.len());
        let mut starts = Vec::new();
        let words =
            key.split(|letter| !is_common_letter(letter) && !letter.is_alphabetic()).filter(|word| !word.is_empty());
        let mut words = words.peekable();
        let mut behind_article = false;
        while let Some(word) = words.next() {
            let start = sounds.len();
            match word.chars().next().map(script_of) {
                Some(Script::Arabic) => arabic::read(word, &mut sounds),
                Some(Script::Latin) => latin::read(word, words.peek().is_some(), &mut sounds),
                Some(Script::Cyrillic) => cyrillic::read(word, &mut sounds),
                _ => {}
            }
            // A doubled consonant is written once in Arabic script.
            let mut place = 0;
            let mut last = None;
            sounds.retain(|&sound| {
                place += 1;
                place <= start || last.replace(sound) != Some(sound) || sound.is_weak()
            });
            if sounds.len() > Self::MAX {
                sounds.truncate(start);
                break;
            }
            if sounds.len() > start && !behind_article {
                starts.extend(u8::try_from(start));
            }
            behind_article = sounds.ends_with(&[Sound::ArticleL]);
        }
        Self { sounds, words: starts }
    }

    /// True if the name has no letter of a script that is read here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sounds.is_empty()
    }

    /// How alike two names sound, from 0 to 1: one minus the weighted edit distance over the weight of the heavier one.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        COSTS.similarity(&self.sounds, &other.sounds)
    }

    /// True if two names sound so alike that they are spellings of one: for each pair of words, if they have as many
    /// words, and for the whole. Names that are short, or of one word, have to be more alike than long ones, since
    /// more others are near them; with fewer than three consonants no likeness is enough.
    ///
    /// ```
    /// use khabar_text::Sounds;
    /// let of = Sounds::of;
    /// assert!(of("فولوديمير زيلينسكي").is_same_name(&of("Volodymyr Zelensky")));
    /// assert!(!of("أحمد كريمي").is_same_name(&of("Hamid Karimi")));
    /// ```
    #[must_use]
    pub fn is_same_name(&self, other: &Self) -> bool {
        let (one, two) = (self.words.len(), other.words.len());
        let consonants = self.consonants().min(other.consonants());
        let needed = match (one, two, consonants) {
            (_, _, 0..=2) => return self.sounds == other.sounds && !self.is_empty(),
            // «عبدالله» and «عبد الله»: the words cannot be compared one by one.
            _ if one != two => {
                if consonants < 5 {
                    0.95
                } else {
                    0.92
                }
            }
            (0 | 1, _, 3) => 0.96,
            (0 | 1, _, 4) => 0.93,
            (0 | 1, _, _) => 0.9,
            (_, _, 3..=5) => 0.86,
            _ => 0.82,
        };
        if self.similarity(other) < needed {
            return false;
        }
        one != two
            || self
                .words()
                .zip(other.words())
                .all(|(word, answer)| starts_alike(word, answer) && COSTS.similarity(word, answer) >= LEAST_OF_A_WORD)
    }

    fn consonants(&self) -> usize {
        self.sounds.iter().filter(|sound| !sound.is_weak()).count()
    }

    /// The sounds of each word.
    fn words(&self) -> impl Iterator<Item = &[Sound]> {
        let ends = self.words.iter().skip(1).map(|&start| usize::from(start)).chain([self.sounds.len()]);
        self.words.iter().zip(ends).map(|(&start, end)| self.sounds.get(usize::from(start)..end).unwrap_or_default())
    }

    /// The consonants in classes that spellings and scripts mostly agree on, as lower-case letters: `slnsk` for
    /// زيلينسكي, زلنسکی and Zelensky. Names with fewer than three consonants keep their vowels as well. Empty for a name that has no sounds.
    ///
    /// A skeleton is a key for blocking: alike names share it more often than not, and unlike ones may.
    #[must_use]
    pub fn skeleton(&self) -> String {
        let heard = self.without_article();
        let mut skeleton = String::with_capacity(heard.len());
        let mut last = None;
        for (place, &sound) in heard.iter().enumerate() {
            let class = if place == 0 { first_class(sound).or(consonant_class(sound)) } else { inner_class(sound) };
            if class.is_some() && class != last {
                skeleton.extend(class);
            }
            if !sound.is_weak() || sound == Sound::ArticleL {
                last = class;
            }
        }
        if skeleton.chars().filter(|class| *class != 'a').count() < FEWEST {
            let class = |(place, &sound): (usize, &Sound)| {
                if place == 0 { first_class(sound) } else { None }.or(consonant_class(sound)).or(vowel_class(sound))
            };
            let mut classes: Vec<char> = heard.iter().enumerate().filter_map(class).collect();
            classes.dedup();
            skeleton = classes.into_iter().collect();
        }
        skeleton
    }

    /// The sounds behind an article that the name begins with, or behind what some script writes like one: Alberto is
    /// «البرتو».
    fn without_article(&self) -> &[Sound] {
        match self.sounds.as_slice() {
            [Sound::ArticleA, Sound::ArticleL, rest @ ..] if !rest.is_empty() => rest,
            [Sound::A | Sound::E | Sound::Aa, Sound::L, rest @ ..]
                if rest.first().is_some_and(|next| !next.is_weak()) =>
            {
                rest
            }
            all => all,
        }
    }
}

/// Consonants that tell a name apart without its vowels.
const FEWEST: usize = 3;

/// How alike each word of a name has to be to its counterpart.
const LEAST_OF_A_WORD: f32 = 0.7;

/// False if one word starts with a vowel and the other with a consonant: «أحمد» is no «حميد».
fn starts_alike(one: &[Sound], other: &[Sound]) -> bool {
    let glide = |sound: Sound| matches!(sound, Sound::W | Sound::Uu | Sound::Y | Sound::Ii | Sound::V | Sound::J);
    match (one.first(), other.first()) {
        (Some(&one), Some(&other)) => glide(one) || glide(other) || one.is_weak() == other.is_weak(),
        _ => false,
    }
}

/// The class of a consonant. h is left out: it is often not heard, and not written. s, z and dh are one, because Arabic and
/// Persian part them in different ways.
fn consonant_class(sound: Sound) -> Option<char> {
    Some(match sound {
        Sound::B | Sound::P => 'b',
        Sound::T | Sound::Th => 't',
        Sound::J | Sound::Zh | Sound::G | Sound::Gh => 'g',
        Sound::Ch | Sound::Sh => 'c',
        Sound::Kh => 'x',
        Sound::D => 'd',
        Sound::R => 'r',
        Sound::Z | Sound::S | Sound::Dh => 's',
        Sound::F | Sound::V => 'f',
        Sound::Q | Sound::K => 'k',
        Sound::L | Sound::ArticleL => 'l',
        Sound::M => 'm',
        Sound::N => 'n',
        _ => return None,
    })
}

/// The class of a sound inside a name: v is «ف» in Arabic and «و» in Persian, which says nothing.
fn inner_class(sound: Sound) -> Option<char> {
    consonant_class(sound).filter(|class| *class != 'f')
}

/// The class of a sound that a name begins with: there every script writes its vowel, and v is «ف» or «و».
fn first_class(sound: Sound) -> Option<char> {
    Some(match sound {
        Sound::H => 'h',
        Sound::W | Sound::Uu | Sound::F | Sound::V => 'w',
        Sound::Y | Sound::Ii => 'y',
        Sound::Breath | Sound::A | Sound::E | Sound::I | Sound::O | Sound::U | Sound::Aa => 'a',
        _ => return None,
    })
}

/// The class of a vowel that Arabic script writes more often than not, and of h.
fn vowel_class(sound: Sound) -> Option<char> {
    Some(match sound {
        Sound::H => 'h',
        Sound::W | Sound::Uu | Sound::O | Sound::U => 'w',
        Sound::Y | Sound::Ii | Sound::I => 'y',
        _ => return None,
    })
}

/// For messages and tests: the sounds by their names.
impl std::fmt::Display for Sounds {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, sound) in self.sounds.iter().enumerate() {
            if place > 0 {
                out.write_char(' ')?;
            }
            write!(out, "{sound:?}")?;
        }
        Ok(())
    }
}

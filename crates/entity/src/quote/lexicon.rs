//! Verbs of speech, function words and the words of roles, by fold key, in four languages.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;

use khabar_model::VerbClass;
use khabar_text::fold;

/// A language that speech is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tongue {
    Arabic,
    Persian,
    Urdu,
    English,
}

impl Tongue {
    /// That of a language code, if its speech is read.
    pub(crate) fn of(code: &str) -> Option<Self> {
        match code {
            "ar" => Some(Self::Arabic),
            "fa" | "prs" => Some(Self::Persian),
            "ur" => Some(Self::Urdu),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}

/// How a verb and what it reports stand to each other; data/verbs.tsv says it with examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    Verb,
    Part,
    Source,
    Noun,
    Relay,
}

/// A reporting verb or phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    pub(crate) class: VerbClass,
    pub(crate) frame: Frame,
    /// Bits of [`complement`].
    pub(crate) takes: u32,
}

/// What a verb takes beside a clause with "that", a colon or a quotation.
pub(crate) mod complement {
    pub(crate) const NP: u32 = 1;
    pub(crate) const CHARGE: u32 = 1 << 1;
    pub(crate) const QUOTE: u32 = 1 << 2;
    pub(crate) const BEFORE: u32 = 1 << 3;
    pub(crate) const BARE: u32 = 1 << 4;
    pub(crate) const TO: u32 = 1 << 5;
    pub(crate) const DESCRIBE: u32 = 1 << 6;
    pub(crate) const FOR: u32 = 1 << 7;
    pub(crate) const OF: u32 = 1 << 8;
    pub(crate) const INFINITIVE: u32 = 1 << 9;
    pub(crate) const WHETHER: u32 = 1 << 10;
    pub(crate) const WISH: u32 = 1 << 11;
    pub(crate) const AGAINST: u32 = 1 << 12;
    pub(crate) const BI: u32 = 1 << 13;
    pub(crate) const ILA: u32 = 1 << 14;
    pub(crate) const ALA: u32 = 1 << 15;
    pub(crate) const MIN: u32 = 1 << 16;
    pub(crate) const AN: u32 = 1 << 17;
    pub(crate) const FI: u32 = 1 << 18;
    pub(crate) const BEH: u32 = 1 << 19;

    /// The bit of a word in the column.
    pub(super) fn of(name: &str) -> u32 {
        match name {
            "np" => NP,
            "charge" => CHARGE,
            "quote" => QUOTE,
            "before" => BEFORE,
            "bare" => BARE,
            "to" => TO,
            "describe" => DESCRIBE,
            "for" => FOR,
            "of" => OF,
            "inf" => INFINITIVE,
            "whether" => WHETHER,
            "khastar" => WISH,
            "against" => AGAINST,
            "ب" => BI,
            "إلى" => ILA,
            "على" => ALA,
            "من" => MIN,
            "عن" => AN,
            "في" => FI,
            "به" => BEH,
            _ => 0,
        }
    }
}

/// Classes of words, as bits.
pub(crate) mod word {
    pub(crate) const THAT: u32 = 1;
    pub(crate) const WHETHER: u32 = 1 << 1;
    pub(crate) const PREP: u32 = 1 << 2;
    pub(crate) const TIME: u32 = 1 << 3;
    pub(crate) const PRONOUN: u32 = 1 << 4;
    pub(crate) const START: u32 = 1 << 5;
    pub(crate) const BREAK: u32 = 1 << 6;
    pub(crate) const NAMING: u32 = 1 << 7;
    pub(crate) const EVENT: u32 = 1 << 8;
    pub(crate) const CHARGE: u32 = 1 << 9;
    pub(crate) const FILLER: u32 = 1 << 10;
    pub(crate) const OFFICE: u32 = 1 << 11;
    pub(crate) const TITLE: u32 = 1 << 12;
    pub(crate) const RANK: u32 = 1 << 13;
    pub(crate) const PERSON: u32 = 1 << 14;
    pub(crate) const ANON: u32 = 1 << 15;
    pub(crate) const OUTLET: u32 = 1 << 16;
    pub(crate) const ORG: u32 = 1 << 17;
    pub(crate) const VAGUE: u32 = 1 << 18;
    /// Any word that says what somebody is.
    pub(crate) const ROLE: u32 = OFFICE | TITLE | RANK | PERSON | ANON;

    /// The bit of a name in either list.
    pub(super) fn of(name: &str) -> u32 {
        match name {
            "that" => THAT,
            "whether" => WHETHER,
            "prep" => PREP,
            "time" => TIME,
            "pronoun" => PRONOUN,
            "start" => START,
            "break" => BREAK,
            "naming" => NAMING,
            "event" => EVENT,
            "charge" => CHARGE,
            "filler" => FILLER,
            "office" => OFFICE,
            "title" => TITLE,
            "rank" => RANK,
            "person" => PERSON,
            "anon" => ANON,
            "outlet" => OUTLET,
            "org" => ORG,
            "vague" => VAGUE,
            _ => 0,
        }
    }
}

/// A phrase by its words behind the first.
#[derive(Debug)]
pub(crate) struct Entry {
    rest: Box<[u32]>,
    pub(crate) tongue: Tongue,
    /// The verb, if it is one.
    pub(crate) verb: Option<Verb>,
    /// Else its classes.
    pub(crate) classes: u32,
    /// Counts only with these very letters and signs.
    pub(crate) exact: Option<Box<str>>,
}

impl Entry {
    /// Words of the phrase if it goes on with these.
    pub(crate) fn matches(&self, behind: impl Iterator<Item = u32>) -> Option<usize> {
        let mut words = self.rest.iter();
        let same = words.by_ref().zip(behind).take_while(|(word, id)| **word == *id).count();
        (same == self.rest.len()).then_some(1 + same)
    }
}

/// Words as numbers, and the phrases that begin with each, longest first.
#[derive(Default)]
pub(crate) struct Lexicon {
    ids: HashMap<Box<str>, u32, BuildHasherDefault<DefaultHasher>>,
    phrases: Vec<Vec<Entry>>,
}

/// The id of a word that no phrase has.
pub(crate) const UNKNOWN: u32 = u32::MAX;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../data/verbs.tsv"), include_str!("../../data/roles.tsv")));

/// The lexicon that comes with khabar.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn read(verbs: &str, roles: &str) -> Self {
        let mut lexicon = Self::default();
        let mut forms: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for row in verbs.lines().filter(|row| !row.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [language, class, frame, takes, words] = columns.as_slice() else { continue };
            let Some(tongue) = Tongue::of(language) else { continue };
            if *class == "form" {
                forms.insert((language, frame), words.split('|').collect());
                continue;
            }
            let verb = verb_class(class).zip(frame_of(frame)).map(|(class, frame)| Verb {
                class,
                frame,
                takes: takes.split(' ').map(complement::of).fold(0, |all, bit| all | bit),
            });
            let classes = if verb.is_some() { 0 } else { word::of(frame) };
            for word in words.split('|') {
                for form in inflected(word, language, &forms) {
                    lexicon.add(&form, tongue, verb, classes);
                }
            }
        }
        for row in roles.lines().filter(|row| !row.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [language, kind, words] = columns.as_slice() else { continue };
            let Some(tongue) = Tongue::of(language) else { continue };
            for form in words.split('|') {
                lexicon.add(form, tongue, None, word::of(kind));
            }
        }
        for entries in &mut lexicon.phrases {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        lexicon
    }

    fn add(&mut self, form: &str, tongue: Tongue, verb: Option<Verb>, classes: u32) {
        let (form, exact) = match form.strip_prefix('=') {
            Some(exact) => (exact, Some(exact.into())),
            None => (form, None),
        };
        let key = fold(form);
        let ids: Vec<u32> = key.split_whitespace().map(|word| self.intern(word)).collect();
        let Some((&first, rest)) = ids.split_first() else { return };
        let Some(entries) = self.phrases.get_mut(first as usize) else { return };
        let known = entries
            .iter_mut()
            .find(|entry| entry.tongue == tongue && *entry.rest == *rest && entry.verb == verb && entry.exact == exact);
        match known {
            Some(entry) => entry.classes |= classes,
            None => entries.push(Entry { rest: rest.into(), tongue, verb, classes, exact }),
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.phrases.len() as u32;
        self.ids.insert(word.into(), id);
        self.phrases.push(Vec::new());
        id
    }

    /// The id of a folded word.
    pub(crate) fn id(&self, folded: &str) -> u32 {
        self.ids.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// The phrases that begin with a word.
    pub(crate) fn phrases(&self, id: u32) -> &[Entry] {
        self.phrases.get(id as usize).map_or(&[], Vec::as_slice)
    }
}

/// The forms that a word of a list stands for.
fn inflected(word: &str, language: &str, forms: &BTreeMap<(&str, &str), Vec<&str>>) -> Vec<String> {
    if let Some((before, name)) = word.split_once('@')
        && let Some(forms) = forms.get(&(language, name))
    {
        return forms.iter().flat_map(|form| spaced(&format!("{before}{form}"))).collect();
    }
    let Some((stem, kind)) = word.split_once('~') else { return spaced(word) };
    let (kind, rest) = kind.split_at(kind.len().min(1));
    match kind {
        "p" => ["", "ت", "تا", "وا"].map(|ending| format!("{stem}{ending}{rest}")).to_vec(),
        "i" => {
            let body = stem.strip_prefix('ي').unwrap_or(stem);
            ["ي", "ت"]
                .iter()
                .flat_map(|prefix| ["", "ون", "ان"].map(|ending| format!("{prefix}{body}{ending}{rest}")))
                .collect()
        }
        "a" => ["ا", "ة", "ين", "تين", "ات"].map(|ending| format!("{stem}{ending}{rest}")).to_vec(),
        _ => Vec::new(),
    }
}

/// A form, and the same with its Persian half-spaces as spaces: می‌گوید, می گوید.
fn spaced(form: &str) -> Vec<String> {
    let mut all = vec![form.to_owned()];
    if form.contains('\u{200c}') {
        all.push(form.replace('\u{200c}', " "));
    }
    all
}

fn verb_class(name: &str) -> Option<VerbClass> {
    Some(match name {
        "say" => VerbClass::Say,
        "claim" => VerbClass::Claim,
        "deny" => VerbClass::Deny,
        "confirm" => VerbClass::Confirm,
        "warn" => VerbClass::Warn,
        "ask" => VerbClass::Ask,
        "announce" => VerbClass::Announce,
        _ => return None,
    })
}

fn frame_of(name: &str) -> Option<Frame> {
    Some(match name {
        "verb" => Frame::Verb,
        "part" => Frame::Part,
        "source" => Frame::Source,
        "noun" => Frame::Noun,
        "relay" => Frame::Relay,
        _ => return None,
    })
}

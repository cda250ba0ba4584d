//! Verbs of speech, function words and the words of roles, by fold key, in four languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use khabar_model::VerbClass;

use crate::phrases::{Phrases, Tongue};

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
    /// Whoever is described goes on speaking: أضاف، افزود، added.
    pub(crate) const ON: u32 = 1 << 20;
    /// Only with "that" behind it, or behind its subject.
    pub(crate) const THAT: u32 = 1 << 21;
    /// A noun phrase as object that begins with a noun of speech: جدد دعوته.
    pub(crate) const SPEECH: u32 = 1 << 22;

    /// Persian: the object stands before the verb, behind بر, از or نسبت به: «بر لزوم … تأکید کرد».
    pub(crate) const BAR: u32 = 1 << 24;
    pub(crate) const AZ: u32 = 1 << 25;
    pub(crate) const NESBAT: u32 = 1 << 26;
    /// Persian: an object with را and what it is said to be: «شمار را ۲۰ نفر اعلام کرد».
    pub(crate) const VIEW: u32 = 1 << 27;

    /// Whoever was asked, or who spoke before the last one: أجاب، پاسخ داد, replied.
    pub(crate) const ANSWER: u32 = 1 << 23;

    /// The bit of a word in the column.
    pub(super) fn of(name: &str) -> u32 {
        match name {
            "np" => NP,
            "answer" => ANSWER,
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
            "on" => ON,
            "that" => THAT,
            "speech" => SPEECH,
            "بر" => BAR,
            "از" => AZ,
            "نسبت" => NESBAT,
            "view" => VIEW,
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
    pub(crate) const RULE: u32 = 1 << 19;
    pub(crate) const BELIEF: u32 = 1 << 20;
    pub(crate) const LIE: u32 = 1 << 21;
    /// Before a name that is not the speaker's.
    pub(crate) const OF: u32 = 1 << 22;
    /// English: a finite verb, whatever follows.
    pub(crate) const AUX: u32 = 1 << 23;
    /// English: begins, behind a comma, what the outlet says of a report.
    pub(crate) const ASIDE: u32 = 1 << 24;
    /// English: what follows is a noun, though written like a verb of speech: "in remarks", "denied reports". Arabic: what
    /// somebody says, of them: دعوته، رفضها.
    pub(crate) const PRENOUN: u32 = 1 << 25;
    /// A statement, that speaks for whoever published it.
    pub(crate) const DOCUMENT: u32 = 1 << 26;
    /// Turns to somebody else: من جانبه، نیز.
    pub(crate) const ANOTHER: u32 = 1 << 27;
    /// English: a form of a verb of speech without an ending, which is a noun where no plural stands before it.
    pub(crate) const BASE: u32 = 1 << 28;
    /// English: asks, if what is asked for follows "to" or "for".
    pub(crate) const ORDER: u32 = 1 << 29;
    /// English: "the company", which means the body that was named last.
    pub(crate) const BODY: u32 = 1 << 30;
    /// English: forms of "be" that are no finite verb.
    pub(crate) const BE: u32 = 1 << 31;
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
            "rule" => RULE,
            "belief" => BELIEF,
            "lie" => LIE,
            "of" => OF,
            "aux" => AUX,
            "aside" => ASIDE,
            "prenoun" => PRENOUN,
            "document" => DOCUMENT,
            "another" => ANOTHER,
            "base" => BASE,
            "order" => ORDER,
            "body" => BODY,
            "be" => BE,
            _ => 0,
        }
    }
}

/// What a phrase is.
#[derive(Debug)]
pub(crate) struct Meaning {
    /// The verb, if it is one.
    pub(crate) verb: Option<Verb>,
    /// Else its classes.
    pub(crate) classes: u32,
    /// Counts only with these very letters and signs.
    pub(crate) exact: Option<Box<str>>,
}

static LEXICON: LazyLock<Phrases<Meaning>> =
    LazyLock::new(|| read(include_str!("../../data/verbs.tsv"), include_str!("../../data/roles.tsv")));

/// The lexicon that comes with khabar.
pub(crate) fn lexicon() -> &'static Phrases<Meaning> {
    &LEXICON
}

/// True if a folded word has one of these [classes](word) in a language.
pub(super) fn is(folded: &str, classes: u32, tongue: Tongue) -> bool {
    let entries = LEXICON.of(LEXICON.id(folded));
    entries.iter().any(|entry| entry.tongue == tongue && entry.meaning.classes & classes != 0)
}

fn read(verbs: &str, roles: &str) -> Phrases<Meaning> {
    let mut phrases = Phrases::default();
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
                add(&mut phrases, &form, tongue, verb, classes);
            }
        }
    }
    for row in roles.lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [language, kind, words] = columns.as_slice() else { continue };
        let Some(tongue) = Tongue::of(language).filter(|_| !matches!(*kind, "same" | "one")) else { continue };
        for form in words.split('|') {
            add(&mut phrases, form, tongue, None, word::of(kind));
        }
    }
    phrases.longest_first()
}

fn add(phrases: &mut Phrases<Meaning>, form: &str, tongue: Tongue, verb: Option<Verb>, classes: u32) {
    let (form, exact) = match form.strip_prefix('=') {
        Some(exact) => (exact, Some(exact.into())),
        None => (form, None),
    };
    phrases.add(form, tongue, Meaning { verb, classes, exact }, |known, new| {
        let same = known.verb == new.verb && known.exact == new.exact;
        if same {
            known.classes |= new.classes;
        }
        same
    });
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

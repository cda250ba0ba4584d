//! Who holds an office: what stands beside people's names, so that «المتحدث العسكري» and «این کارشناس» mean who is so named
//! elsewhere in the document, before or behind.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use khabar_model::SpeakerKind;
use khabar_text::fold;

use super::Told;
use super::cast::{Cast, Introduction};
use super::describe::content;
use super::lexicon::{self, word};
use super::office::{canonical, is_generic, is_single};
use super::speaker::{Speaker, Speakers, initials, stands_in};
use crate::phrases::Tongue;

/// Most words of a headline's quote, and of a quote that it is compared with.
const LONGEST_HEADLINE: usize = 64;
/// Bytes behind an office in which its holder may be named: the rest of a paragraph and the next one.
const NEXT: usize = 700;
/// Most quotes of the body that a headline's is compared with.
const MOST_SAID: usize = 64;
/// Most characters of a quote that are compared with a headline.
const MOST_FOLDED: usize = 2_000;

/// Gives quotes of an office or description to the person who is introduced as that, or who is meant by where it stands;
/// what a short form of a body's name says to the body.
pub(super) fn settle(told: &mut [Told], speakers: &mut Speakers, cast: &Cast, text: &str, tongue: Tongue) {
    let surnames = speakers.surnames(cast, text, tongue);
    for told in told.iter_mut() {
        told.speaker = told.speaker.map(|place| surnames.get(&place).copied().unwrap_or(place));
    }
    settle_headlines(told, speakers, text);
    let introductions = &cast.introductions;
    let mut body: Option<usize> = None;
    // Who speaks in place of whom, as long as verbs alone go on.
    let mut turned: Option<(usize, usize)> = None;
    for place in 0..told.len() {
        if let (Some((from, to)), Some(told)) = (turned, told.get_mut(place)) {
            if (told.same || told.pronoun) && told.speaker == Some(from) {
                told.speaker = Some(to);
            } else if !told.inner {
                turned = None;
            }
        }
        let Some((known, at)) = told.get(place).and_then(|told| Some((told.speaker?, told.span.start()))) else {
            continue;
        };
        let described = told.get_mut(place).and_then(|told| told.described.take());
        let open = speakers.get(known).filter(|speaker| is_description(speaker)).cloned();
        let is_so = |described: &Speaker| {
            let own = speakers.get(known).and_then(|speaker| speaker.span.of(text)).unwrap_or_default();
            let says = described.span.of(text).unwrap_or_default();
            let of =
                |text: &str| text.split_whitespace().map(|word| content(word, tongue)).collect::<BTreeSet<String>>();
            if !of(own).is_disjoint(&of(says)) {
                return true;
            }
            let entity = speakers.get(known).and_then(|speaker| speaker.person);
            let own = introductions.iter().filter(|introduction| entity.is_some() && introduction.entity == entity);
            let words = canonical(&described.words, tongue);
            own.into_iter().any(|introduction| {
                words
                    .first()
                    .is_none_or(|word| introduction.offices().contains(word) || introduction.titles.contains(word))
            })
        };
        let described = described.filter(|described| !is_so(described));
        let goes_on = told.get(place).is_some_and(|told| told.goes_on);
        let conflicts = !goes_on
            && described.as_ref().is_some_and(|described| {
                let says = word::PERSON | word::OFFICE;
                tongue == Tongue::Arabic
                    && is_of(described, says, tongue)
                    && !is_of(described, word::ANON, tongue)
                    && speakers.get(known).is_some_and(|speaker| speaker.role)
            });
        let replaced = described.is_some();
        let phrase = described.or(open);
        let introduction = phrase.as_ref().and_then(|phrase| {
            let words = canonical(&phrase.words, tongue);
            introduced(phrase, &words, at, introductions)
                .or_else(|| partly_introduced(phrase, &words, at, introductions, tongue))
        });
        let mut holder = introduction.map(|introduction| speakers.holder(introduction.entity, &introduction.person));
        if let Some(short) = phrase.as_ref().filter(|phrase| holder.is_none() && phrase.is_body && !phrase.is_document)
        {
            let named = introductions
                .iter()
                .rev()
                .find(|introduction| introduction.at < at && introduction.sure && introduction.person.is_body);
            let named = named.filter(|named| {
                means_last_body(short, tongue)
                    && body.and_then(|body| speakers.get(body)).is_none_or(|body| body.span.start() < named.at)
            });
            holder = match named {
                Some(named) => Some(speakers.holder(named.entity, &named.person)),
                None => body.filter(|_| means_last_body(short, tongue)),
            };
        }
        if let Some(phrase) = phrase.filter(|_| holder.is_none() && conflicts) {
            holder = speakers.add_new(phrase);
        }
        let holder = holder.unwrap_or(known);
        if replaced && holder != known {
            turned = Some((known, holder));
        }
        if let Some(told) = told.get_mut(place) {
            told.speaker = Some(holder);
            let speaker = speakers.get(holder).filter(|speaker| speaker.is_body && !speaker.is_document);
            if speaker.is_some_and(|speaker| !is_description(speaker)) && !told.inner && !told.headline {
                body = Some(holder);
            }
        }
    }
    let Meant { others: meant, holders } = meant(told, speakers, introductions, tongue);
    for (office, name) in holders {
        let person = speakers.get(name).and_then(|name| name.person);
        if let Some(office) = speakers.all_mut().get_mut(office) {
            office.person = office.person.or(person);
        }
    }
    speakers.name_fully(&cast.people, text);
    for told in told.iter_mut() {
        // A description may mean one that means somebody.
        for _ in 0..3 {
            told.speaker = told.speaker.map(|place| meant.get(&place).copied().unwrap_or(place));
        }
    }
}

/// What a headline has an office or somebody without a name say, in the words of the body's quotes: «مسؤول أممي: الأطفال
/// يموتون جوعا» is who says so there.
fn settle_headlines(told: &mut [Told], speakers: &Speakers, text: &str) {
    let words = |told: &Told| {
        let said: String = told.span.of(text).unwrap_or_default().chars().take(MOST_FOLDED).collect();
        let folded = fold(&said);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.take(LONGEST_HEADLINE).map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let named = |told: &Told| {
        let speaker = told.speaker.and_then(|place| speakers.get(place));
        speaker.is_some_and(|speaker| !speaker.is_body && speaker.names > 0)
    };
    let open = |told: &Told| {
        if !told.headline || told.inner {
            return false;
        }
        let Some(speaker) = told.speaker.and_then(|place| speakers.get(place)) else { return false };
        let plural =
            |word: &String| ["ون", "ين", "ان", "ات", "ها", "وں", "s"].iter().any(|ending| word.ends_with(ending));
        let plural = speaker.words.first().is_some_and(plural)
            || speaker.words.last().is_some_and(|last| last.is_ascii() && plural(last));
        speaker.person.is_none() && speaker.role && !speaker.is_body && !plural
    };
    // Few documents have such a headline, and only for them is it worth to read what the body says.
    if !told.iter().any(open) {
        return;
    }
    let body = told.iter().filter(|told| !told.headline && !told.inner).take(MOST_SAID).filter(|told| named(told));
    let body: Vec<_> = body.map(|told| (words(told), told.span.start(), told.speaker)).collect();
    for place in 0..told.len() {
        let Some(now) = told.get(place).filter(|told| open(told)) else { continue };
        let own = words(now);
        if own.len() < 2 {
            continue;
        }
        let shared = |words: &BTreeSet<String>| words.intersection(&own).count();
        let best = body.iter().max_by_key(|(words, start, _)| (shared(words), std::cmp::Reverse(*start)));
        let best = best
            .filter(|(words, ..)| shared(words) >= 2 && shared(words) * 2 >= own.len())
            .and_then(|(.., speaker)| *speaker);
        if let (Some(best), Some(now)) = (best, told.get_mut(place)) {
            now.speaker = Some(best);
        }
    }
}

/// «این نهاد», «ادارے»: nouns that mean the body that spoke last, whatever its name.
fn means_last_body(phrase: &Speaker, tongue: Tongue) -> bool {
    tongue != Tongue::English && is_of(phrase, word::BODY, tongue)
}

/// True if all words of a phrase have one of these classes.
fn is_of(phrase: &Speaker, classes: u32, tongue: Tongue) -> bool {
    let is = |word: &str| lexicon::is(word, classes, tongue);
    phrase.words.iter().all(|word| is(word) || tongue == Tongue::Arabic && is(&format!("ال{word}")))
}

/// The only person who is introduced in other words that say no more than a description does, or no less: «مدرب الجزيرة» for
/// «المدير الفني للفريق»، "the Rovers manager" for "manager Sue Prendergast".
fn partly_introduced<'i>(
    phrase: &Speaker,
    words: &[String],
    at: usize,
    introductions: &'i [Introduction],
    tongue: Tongue,
) -> Option<&'i Introduction> {
    if phrase.is_body || phrase.words.is_empty() || phrase.is_indefinite {
        return None;
    }
    let behind = matches!(tongue, Tongue::Urdu | Tongue::English);
    let heads = words.first().into_iter().chain(words.last().filter(|_| behind));
    let heads: Vec<&String> = heads.collect();
    let fits = |introduction: &&Introduction| {
        let own = introduction.offices();
        let head = own.iter().take(if behind { own.len() } else { 2 }).any(|word| heads.contains(&word));
        // Hardly any gets further, and all are asked.
        if introduction.person.is_body || !head {
            return false;
        }
        let extra = |one: &[String], other: &[String]| {
            one.iter().filter(|word| !other.contains(word) && !is_generic(word)).count()
        };
        let (more, less) = (extra(words, own), extra(own, words));
        // "…, the regional governor said." and in the next paragraph "Gov. Oleh Martynenko said".
        let next = tongue == Tongue::English && introduction.at > at && introduction.at - at < NEXT;
        let told = next || heads.iter().any(|head| is_single(head, tongue) && own.contains(head));
        let stands_in = stands_in(&introduction.words, &phrase.words) || stands_in(&phrase.words, &introduction.words);
        (more == 0 || less == 0 && told) && !stands_in
    };
    let mut fitting = introductions.iter().filter(fits);
    let one = fitting.next()?;
    fitting.all(|other| other.entity == one.entity).then_some(one)
}

/// Whom descriptions mean, by place among the speakers.
struct Meant {
    /// Who is so called elsewhere.
    others: BTreeMap<usize, usize>,
    /// Whose office it is, in whose words the document goes on.
    holders: BTreeMap<usize, usize>,
}

/// Whom descriptions without a holder mean, by place among the speakers: who spoke before, if they go on («افزود»); a name with
/// nothing beside it that says what the person is, which stands next to an office («معاون وزیر: … سیامک برزگری گفت»).
fn meant(told: &[Told], speakers: &Speakers, introductions: &[Introduction], tongue: Tongue) -> Meant {
    let (mut meant, mut holders) = (BTreeMap::new(), BTreeMap::new());
    let mut seen = BTreeSet::new();
    let mut before: Option<usize> = None;
    // The sentence before turned to somebody else: «سخنگوی اورژانس نیز گفت».
    let mut turned = false;
    let introduces = |place: usize| {
        let entity = speakers.get(place).and_then(|speaker| speaker.person);
        introductions.iter().filter(move |introduction| entity.is_some() && introduction.entity == entity)
    };
    let is_open = |place: usize| {
        speakers.get(place).is_some_and(|speaker| is_description(speaker) && !speaker.is_body && !speaker.is_indefinite)
    };
    let is_bare = |place: usize| {
        let bare = speakers.get(place).is_some_and(|speaker| speaker.is_bare && !speaker.is_many());
        bare && introduces(place).next().is_none()
    };
    let is_named = |place: usize| {
        speakers.get(place).is_some_and(|speaker| speaker.kind == SpeakerKind::Named && !speaker.is_body)
    };
    for told in told.iter().filter(|told| !told.inner) {
        let Some(place) = told.speaker.filter(|&place| !told.headline || is_open(place)) else { continue };
        let new = seen.insert(place);
        if let Some(before) = before.filter(|&before| before != place) {
            let before = meant.get(&before).copied().unwrap_or(before);
            if is_open(place) && !meant.contains_key(&place) && !told.another && is_named(before) && !is_open(before) {
                // Persian agencies go on with the office of whom they named, if they did not say it before, and with that of
                // others, in the same words.
                let alone = introduces(before).next().is_none();
                let held = || meant.values().chain(holders.values()).any(|&other| other == before);
                if new && tongue == Tongue::Persian && alone && !held() {
                    holders.insert(place, before);
                } else if new && told.goes_on && tongue != Tongue::Persian {
                    meant.insert(place, before);
                }
            } else if is_open(before) && new && !told.another && !turned {
                let alone = tongue == Tongue::Persian && is_bare(place);
                let head = speakers.get(before).and_then(|speaker| speaker.words.first());
                let own = speakers.get(before).map(|speaker| speaker.words.as_slice()).unwrap_or_default();
                let shares = head.is_some_and(|head| {
                    introduces(place)
                        .any(|introduction| introduction.words.contains(head) && !stands_in(&introduction.words, own))
                });
                if alone || shares {
                    meant.insert(before, place);
                }
            }
        }
        before = Some(place);
        turned = told.another;
    }
    Meant { others: meant, holders }
}

fn is_description(speaker: &Speaker) -> bool {
    speaker.person.is_none()
        && (!speaker.is_body && speaker.role || speaker.is_body && speaker.words.len() == 1 && speaker.names == 0)
        && (speaker.kind != SpeakerKind::Outlet || speaker.is_body && speaker.words.len() == 1 && speaker.names == 0)
        && speaker.kind != SpeakerKind::Anonymous
}

/// The last introduction before a quote that has all words of a description, which are canonical, else the first behind it.
fn introduced<'i>(
    phrase: &Speaker,
    wanted: &[String],
    at: usize,
    introductions: &'i [Introduction],
) -> Option<&'i Introduction> {
    let head = wanted.first()?;
    let spare = usize::from(phrase.words.len() >= 4 && phrase.names == 0 && !phrase.is_indefinite);
    let fits = |introduction: &&Introduction| {
        let words = introduction.offices();
        let reach = if phrase.is_body { words.len() } else { 2 };
        let same_kind = phrase.is_body == introduction.person.is_body;
        same_kind
            && words.iter().take(reach).any(|word| word == head)
            && wanted.iter().filter(|word| words.contains(word)).count() + spare >= wanted.len()
            && !stands_in(&introduction.words, &phrase.words)
    };
    // Of bodies without a name of their own the first is told most fully.
    let sure = |introduction: &&Introduction| !phrase.is_body || introduction.sure;
    let before = introductions.iter().rev().filter(|introduction| introduction.at < at).filter(sure).find(fits);
    let behind = || introductions.iter().filter(|introduction| introduction.at >= at).filter(sure).find(fits);
    before.or_else(behind).or_else(|| introductions.iter().find(fits))
}

/// The only person of the cast whom initials mean, or a surname with a word of the sentence behind it.
fn full_name<'c>(short: &Speaker, cast: &'c Cast, text: &str, tongue: Tongue) -> Option<&'c Speaker> {
    let people = || cast.people.iter().map(|person| &**person);
    let [surname, behind @ ..] = short.words.as_slice() else { return None };
    if let (true, Some(initials)) = (behind.is_empty(), short.span.of(text).and_then(initials)) {
        let mut fitting = people().filter(|full| full.initials() == initials);
        let full = fitting.next().filter(|_| !short.is_body && short.person.is_none())?;
        return fitting.all(|other| other.person == full.person).then_some(full);
    }
    if behind.is_empty()
        || behind.len() > 2
        || short.is_body
        || short.names == 0
        || short.is_joint
        || short.role
        || short.person.is_none() && tongue != Tongue::Arabic
    {
        return None;
    }
    let has = |full: &&Speaker| {
        full.words.len() >= 2
            && full.words.last() == Some(surname)
            && !behind.iter().any(|word| full.words.contains(word))
    };
    let mut full = people().filter(has);
    let first = full.next()?;
    // «محمد علي» and «علي حسن» are two; «هايلي الشائعات» is no name.
    let definite = tongue == Tongue::Arabic
        && short
            .span
            .of(text)
            .and_then(|name| name.split_whitespace().last())
            .is_some_and(|last| last.starts_with("ال"));
    if short.person.is_some() && short.person != first.person && !definite {
        return None;
    }
    let again = people().filter(|person| person.words == short.words).count() > 1;
    (!again && full.all(|other| other.person == first.person || other.words == first.words)).then_some(first)
}

impl Speakers {
    /// «نفت هايلي الشائعات»: a surname with a word of the sentence behind it is whoever has that surname. By place, whom it means.
    fn surnames(&mut self, cast: &Cast, text: &str, tongue: Tongue) -> BTreeMap<usize, usize> {
        let full = |(place, short)| Some((place, full_name(short, cast, text, tongue)?));
        let meant: Vec<(usize, &Speaker)> = self.all().iter().enumerate().filter_map(full).collect();
        meant.into_iter().map(|(place, full)| (place, self.holder(full.person, full))).collect()
    }

    /// Whoever is named by a form of address and a surname («جسٹس درانی») has the one name that the document has with it.
    fn name_fully(&mut self, people: &[Rc<Speaker>], text: &str) {
        for known in
            self.all_mut().iter_mut().filter(|known| known.words.len() == 1 && known.names > 0 && !known.is_body)
        {
            let titled = known.span.of(text).is_some_and(|name| name.split_whitespace().count() > 1);
            let mut same = people.iter().filter(|person| titled && person.words.last() == known.words.last());
            let Some(full) = same.next().filter(|full| full.words.len() > 1) else { continue };
            if same.all(|other| other.words == full.words) {
                known.span = full.span;
                known.person = known.person.or(full.person);
            }
        }
    }

    /// The place of a person, who is taken in if nobody of that name spoke.
    fn holder(&mut self, entity: Option<u32>, person: &Speaker) -> usize {
        let known = entity.and_then(|entity| self.of_entity(entity));
        known.unwrap_or_else(|| self.add(person.clone()))
    }
}

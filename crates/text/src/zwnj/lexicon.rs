//! The words behind ZN7, from `data/zwnj`, and what is made of them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{ENDING, PREFIX};
use crate::alignment::Rule;

/// What is inserted.
pub(super) const ZWNJ_STR: &str = "\u{200c}";

macro_rules! list {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/zwnj/", $name))
    };
}

/// Plural endings, longest first.
const PLURALS: [&str; 13] =
    ["هایشان", "هایمان", "هایتان", "هاشان", "هایند", "هایی", "هایش", "هایم", "هایت", "هاست", "هاش", "های", "ها"];
/// Comparison, longest first.
const COMPARED: [&str; 6] = ["ترینش", "ترین", "ترند", "ترها", "تری", "تر"];
/// What follows a silent heh or a yeh.
const COPULAS: [&str; 11] = ["اشان", "است", "ایم", "اید", "اند", "شان", "مان", "تان", "ای", "ام", "اش"];
/// What stands behind a compound without a ZWNJ of its own.
const GLUED: [&str; 13] = ["های", "شان", "مان", "تان", "یی", "ان", "ها", "ات", "ند", "ست", "ی", "م", "ش"];
/// What a solid word may end in and still be known.
const KNOWN: [&str; 12] = ["یانی", "انی", "یان", "ان", "یی", "یم", "ید", "ست", "ند", "ی", "م", "ش"];
/// Prefixes of verbs before می.
const PREVERBS: [&str; 7] = ["بر", "باز", "فرو", "در", "فرا", "وا", "ور"];
/// Prefixes of compounds.
const PREFIXES: [&str; 10] = ["بی", "هم", "پیش", "نیم", "نیمه", "شبه", "میان", "پس", "کم", "خوش"];
/// Those that are split off a word that is not listed.
const SPLIT_OFF: [&str; 6] = ["نیمه", "میان", "پیش", "شبه", "بی", "هم"];
/// Words that outlets join with their plural or not.
const PRONOUNS: [&str; 4] = ["آن", "این", "همین", "همان"];

/// All lists and what follows from them.
pub(super) struct Lexicon {
    words: HashSet<&'static str>,
    solid: HashSet<&'static str>,
    participles: HashSet<String>,
    /// Forms that stand behind می.
    verbs: HashSet<String>,
    seconds: HashSet<&'static str>,
    compounds: HashSet<&'static str>,
    /// By their spelling without a ZWNJ.
    glued: HashMap<String, &'static str>,
}

fn rows(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// True for letters that join to the next one: only behind these does a ZWNJ show.
fn joins_on(word: &str) -> bool {
    word.chars().next_back().is_some_and(crate::letter::joins_next)
}

impl Lexicon {
    /// Read once.
    pub(super) fn embedded() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
        &LEXICON
    }

    fn read() -> Self {
        let words: HashSet<&str> = rows(list!("words.txt")).collect();
        let solid: HashSet<&str> = rows(list!("solid.txt")).collect();
        let (mut participles, mut verbs) = (HashSet::new(), HashSet::new());
        for row in rows(list!("verbs.tsv")) {
            let mut columns = row.split('\t').skip(1);
            let (Some(past), Some(present)) = (columns.next(), columns.next()) else { continue };
            participles.insert(format!("{past}ه"));
            conjugate(past, &["", "م", "ی", "یم", "ید", "ند"], &mut verbs);
            if present.chars().nth(1).is_some() {
                conjugate(present, &["م", "ی", "د", "یم", "ید", "ند"], &mut verbs);
            }
        }
        verbs.extend(["توان", "بایست", "بایستی"].map(str::to_owned));
        let compounds: HashSet<&str> = rows(list!("compounds.txt")).collect();
        let mut glued = HashMap::new();
        // In the order of the list, so that of two spellings of one word the first counts.
        for compound in rows(list!("compounds.txt")) {
            let key = compound.replace(ZWNJ_STR, "");
            if !words.contains(key.as_str()) && !solid.contains(key.as_str()) {
                glued.entry(key).or_insert(compound);
            }
        }
        let seconds = rows(list!("seconds.txt")).collect();
        Self { words, solid, participles, verbs, seconds, compounds, glued }
    }

    /// True for می and its like.
    pub(super) fn is_prefix(part: &str) -> bool {
        let stem = PREVERBS.iter().find_map(|preverb| part.strip_prefix(preverb)).unwrap_or(part);
        matches!(part, "می" | "نمی") || matches!(stem, "می" | "نمی")
    }

    /// True for an ending that stands behind a ZWNJ.
    pub(super) fn is_ending(part: &str) -> bool {
        PLURALS.contains(&part) || COMPARED.contains(&part) || COPULAS.contains(&part)
    }

    fn is_verb(&self, form: &str) -> bool {
        self.verbs.contains(form)
    }

    fn is_listed(&self, word: &str) -> bool {
        self.words.contains(word) || self.solid.contains(word)
    }

    /// True for words, listed or inflected, that have no ZWNJ.
    fn is_known(&self, word: &str) -> bool {
        let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| !stem.is_empty());
        self.is_verb(word)
            || KNOWN.iter().filter_map(|ending| stem(ending)).any(|stem| self.solid.contains(stem))
            || ["یان", "انی", "ان", "ی"]
                .iter()
                .filter_map(|ending| stem(ending))
                .any(|stem| stem.chars().count() >= 4 && self.words.contains(stem))
            || word.strip_prefix(['ب', 'ن']).is_some_and(|stem| self.is_verb(stem))
    }

    /// True for what takes endings.
    fn is_base(&self, word: &str) -> bool {
        self.is_listed(word)
            || self.participles.contains(word)
            || self.glued.contains_key(word)
            || word.strip_suffix('ی').is_some_and(|stem| self.words.contains(stem))
    }

    /// A word without a ZWNJ as it is spelt with one; `None` if it needs none, or is unknown.
    pub(super) fn split(&self, word: &str) -> Option<String> {
        self.split_to(word, 0)
    }

    fn split_to(&self, word: &str, depth: usize) -> Option<String> {
        if word.contains(ZWNJ_STR) || word.chars().nth(3).is_none() || self.is_listed(word) {
            return None;
        }
        if let Some(split) = self.verb(word) {
            return Some(split);
        }
        if self.is_known(word) {
            return None;
        }
        if let Some(compound) = self.glued.get(word) {
            return Some((*compound).to_owned());
        }
        let plural = PLURALS.iter().find_map(|ending| Some((word.strip_suffix(ending)?, *ending)));
        if let Some((base, ending)) = plural.filter(|(base, _)| base.chars().count() >= 2) {
            if PRONOUNS.contains(&base) || !joins_on(base) && self.words.contains(base) {
                return None;
            }
            let inner = self.split_to(base, depth + 1);
            if joins_on(base) {
                let long = base.chars().count() >= 4 && !self.solid.contains(base);
                if inner.is_some() || self.is_base(base) || long {
                    return Some(format!("{}{ZWNJ_STR}{ending}", inner.as_deref().unwrap_or(base)));
                }
            } else if let Some(inner) = inner {
                return Some(format!("{inner}{ending}"));
            }
        }
        self.compared(word, depth).or_else(|| self.copula(word)).or_else(|| self.inflected(word, depth))
    }

    /// می‌شود, نمی‌توانند, برمی‌گردد.
    fn verb(&self, word: &str) -> Option<String> {
        for prefix in ["نمی", "می"] {
            if let Some(stem) = word.strip_prefix(prefix)
                && (self.is_verb(stem) || self.participles.contains(stem))
            {
                return Some(format!("{prefix}{ZWNJ_STR}{stem}"));
            }
            for preverb in PREVERBS {
                if let Some(stem) = word.strip_prefix(preverb).and_then(|rest| rest.strip_prefix(prefix))
                    && self.is_verb(stem)
                {
                    return Some(format!("{preverb}{prefix}{ZWNJ_STR}{stem}"));
                }
            }
        }
        None
    }

    /// بزرگ‌ترین.
    fn compared(&self, word: &str, depth: usize) -> Option<String> {
        COMPARED.iter().find_map(|ending| {
            let base = word.strip_suffix(ending).filter(|base| base.chars().count() >= 2)?;
            let inner = self.split_to(base, depth + 1);
            if joins_on(base) && (inner.is_some() || self.words.contains(base)) {
                return Some(format!("{}{ZWNJ_STR}{ending}", inner.as_deref().unwrap_or(base)));
            }
            inner.map(|inner| format!("{inner}{ending}"))
        })
    }

    /// رفته‌اند, هسته‌ای, انسانی‌اند.
    fn copula(&self, word: &str) -> Option<String> {
        COPULAS.iter().find_map(|ending| {
            let base = word.strip_suffix(ending)?;
            let silent = base.ends_with('ه')
                && (self.words.contains(base) || self.participles.contains(base) || self.glued.contains_key(base));
            let long = base.ends_with('ی') && self.words.contains(base);
            let spelt = self.glued.get(base).copied().unwrap_or(base);
            (silent || long).then(|| format!("{spelt}{ZWNJ_STR}{ending}"))
        })
    }

    /// A compound with an ending that is glued to it, a prefix, or a second part of compounds.
    fn inflected(&self, word: &str, depth: usize) -> Option<String> {
        let ended = GLUED.iter().find_map(|ending| {
            let compound = self.glued.get(word.strip_suffix(ending)?)?;
            Some(format!("{compound}{ending}"))
        });
        let prefixed = || {
            SPLIT_OFF.iter().find_map(|prefix| {
                let rest = word.strip_prefix(prefix)?;
                let whole = rest.chars().nth(2).is_some() && self.words.contains(rest);
                whole.then(|| format!("{prefix}{ZWNJ_STR}{rest}"))
            })
        };
        let compounded = || {
            let cuts = word.char_indices().skip(2).map(|(at, _)| at).filter(|at| word.len() - at >= 4);
            cuts.filter(|_| depth < 2).find_map(|at| {
                let (first, second) = word.split_at(at);
                let known = self.seconds.contains(second)
                    || second.strip_suffix('ی').is_some_and(|stem| self.seconds.contains(stem));
                (known && joins_on(first) && self.words.contains(first)).then(|| format!("{first}{ZWNJ_STR}{second}"))
            })
        };
        ended.or_else(prefixed).or_else(compounded)
    }

    /// Which ZWNJ stands between two words that have a space between them, if one does. `left` may have some itself.
    pub(super) fn joins(&self, left: &str, right: &str) -> Option<Rule> {
        let first = right.split(ZWNJ_STR).next().unwrap_or(right);
        if !joins_on(left) {
            return None;
        }
        if Self::is_prefix(left) {
            return (self.is_verb(first) || self.participles.contains(right)).then_some(PREFIX);
        }
        let last = left.rsplit(ZWNJ_STR).next().unwrap_or(left);
        if matches!(last, "می" | "نمی") {
            return None;
        }
        let solid = || self.is_listed(&format!("{left}{right}"));
        let is_plural = PLURALS.contains(&right) && !PRONOUNS.contains(&left) && !matches!(left, "به" | "از");
        let is_compared = ["تر", "ترین", "تری", "ترها"].contains(&right)
            && (left.contains(ZWNJ_STR) || self.is_base(left))
            && !solid();
        let is_copula = left.ends_with('ه') && ["ای", "ام", "اند", "ایم", "اید", "اش", "ات"].contains(&right)
            || right == "اند"
            || left.ends_with(['ی', 'ه'])
                && ["ای", "ام", "اش", "شان", "مان", "تان"].contains(&right)
                && self.words.contains(left);
        (is_plural || is_compared || is_copula).then_some(ENDING)
    }

    /// True if words joined by ZWNJs are a compound, alone or with an ending, that is no free phrase.
    pub(super) fn is_compound(&self, joined: &str) -> bool {
        let listed = |compound: &str| {
            self.compounds.contains(compound)
                && !self.is_listed(&compound.replace(ZWNJ_STR, ""))
                && self.is_bound(compound)
        };
        let bases = PLURALS.iter().chain(&["شان", "مان", "یی", "ان", "ی", "م", "ش"]).flat_map(|ending| {
            let glued = joined.strip_suffix(ending);
            [glued.and_then(|base| base.strip_suffix(ZWNJ_STR)), glued]
        });
        if listed(joined) || bases.flatten().any(|base| base.contains(ZWNJ_STR) && listed(base)) {
            return true;
        }
        let parts: Vec<&str> = joined.split(ZWNJ_STR).collect();
        matches!(parts.as_slice(), ["بی", noun] if self.words.contains(noun))
    }

    /// True if the parts cannot stand together as a phrase of free words: «صرف نظر» can.
    fn is_bound(&self, compound: &str) -> bool {
        let is_free = |part: &str| self.words.contains(part) || self.participles.contains(part) || self.is_verb(part);
        let parts: Vec<&str> = compound.split(ZWNJ_STR).collect();
        parts.first().is_some_and(|first| PREFIXES.contains(first))
            || parts.iter().any(|part| !is_free(part))
            || parts.last().is_some_and(|last| self.seconds.contains(last))
    }
}

/// All forms of a stem, with the object pronouns that may follow.
fn conjugate(stem: &str, endings: &[&str], forms: &mut HashSet<String>) {
    for ending in endings {
        for object in ["", "ش", "شان", "مان", "تان", "ت", "م"] {
            forms.insert(format!("{stem}{ending}{object}"));
        }
    }
}

/// Rows of the lists that say nothing, or say it twice.
#[cfg(test)]
pub(super) fn faults() -> Vec<String> {
    let mut faults = Vec::new();
    for (name, list) in [
        ("verbs", list!("verbs.tsv")),
        ("words", list!("words.txt")),
        ("solid", list!("solid.txt")),
        ("compounds", list!("compounds.txt")),
        ("seconds", list!("seconds.txt")),
    ] {
        let mut seen = HashSet::new();
        for row in rows(list) {
            let twice = !seen.insert(row);
            let columns = row.split('\t').count();
            let foreign = row.contains(['ي', 'ك', '\u{200d}', '\u{200f}']);
            let parts: Vec<&str> = row.split(ZWNJ_STR).collect();
            let joined = name == "seconds" || (parts.len() > 1) == (name == "compounds");
            let shows = name != "compounds" || parts.iter().rev().skip(1).any(|part| joins_on(part));
            if twice || (columns == 3) != (name == "verbs") || foreign || !joined || parts.contains(&"") || !shows {
                faults.push(format!("{name}: {row}"));
            }
        }
    }
    faults
}

//! Articles whose quotes were marked by hand, as data/quotes/README.md describes, and what counts as the same quote.

use std::collections::BTreeMap;

use khabar_model::{Article, Block, BlockKind, Entity, Quote, QuoteStyle, SourceSpan, Span, SpeakerKind, VerbClass};
use khabar_text::fold;

/// A document without its tags.
pub(crate) struct Document {
    /// As `ar-Q-001`.
    pub(crate) id: String,
    /// One block a line: a first line without a full stop is the title.
    pub(crate) article: Article,
    /// In the order in which they begin.
    pub(crate) quotes: Vec<GoldQuote>,
}

/// A quote as it was marked: one of these for each of its parts.
pub(crate) struct GoldQuote {
    pub(crate) number: u32,
    pub(crate) style: QuoteStyle,
    /// Bytes of the text.
    pub(crate) span: Span,
    /// In full; `-` if nobody can tell.
    pub(crate) speaker: String,
    /// As marked: `organisation` is one of them.
    pub(crate) kind: String,
    pub(crate) class: VerbClass,
    /// `-` if there is none.
    pub(crate) carrier: String,
    /// The words that name the speaker nearest to the quote.
    pub(crate) marked: Option<Span>,
}

/// The documents of a file.
pub(crate) fn documents(file: &str) -> Vec<Document> {
    file.split("# doc ").skip(1).map(document).collect()
}

fn document(source: &str) -> Document {
    let mut lines = source.lines();
    let id = lines.next().unwrap_or_default().split(' ').next().unwrap_or_default().to_owned();
    let (mut text, mut blocks, mut parts, mut marked) = (String::new(), Vec::new(), Vec::new(), BTreeMap::new());
    let mut told = BTreeMap::new();
    for line in lines.filter(|line| !line.is_empty()) {
        if let Some(row) = line.strip_prefix("= ") {
            let columns: Vec<String> = row.split('|').map(|column| column.trim().to_owned()).collect();
            told.insert(columns[0].parse::<u32>().expect("a number"), columns);
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        untag(line, &mut text, &mut parts, &mut marked);
        let is_title = blocks.is_empty() && !text.ends_with(['.', '۔']);
        let kind = if is_title { BlockKind::Title } else { BlockKind::Paragraph };
        let span = Span::new(start, text.len()).expect("a span");
        blocks.push(Block { kind, span, language: None, source: SourceSpan::default() });
    }
    parts.sort_by_key(|(_, _, span)| *span);
    let quotes = parts
        .into_iter()
        .map(|(number, style, span)| {
            let columns = &told[&number];
            GoldQuote {
                number,
                style,
                span,
                speaker: columns[1].clone(),
                kind: columns[2].clone(),
                class: class(&columns[3]),
                carrier: columns[4].clone(),
                marked: marked.get(&number).copied(),
            }
        })
        .collect();
    Document { id, article: Article { text, blocks, ..Article::default() }, quotes }
}

/// Copies a line without its tags.
fn untag(line: &str, text: &mut String, parts: &mut Vec<(u32, QuoteStyle, Span)>, marked: &mut BTreeMap<u32, Span>) {
    let mut open: Vec<(char, u32, Option<QuoteStyle>, usize)> = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        let (plain, tagged) = rest.split_at(at);
        text.push_str(plain);
        if let Some(tagged) = tagged.strip_prefix('{') {
            let (tag, behind) = tagged.split_once(' ').expect("a tag with text");
            let (name, style) = tag.split_once(':').unwrap_or((tag, ""));
            let (kind, number) = name.split_at(1);
            let style = match style {
                "direct" => Some(QuoteStyle::Direct),
                "indirect" => Some(QuoteStyle::Indirect),
                _ => None,
            };
            open.push((kind.chars().next().expect("a kind"), number.parse().expect("a number"), style, text.len()));
            rest = behind;
        } else {
            let (kind, number, style, start) = open.pop().expect("a tag that is open");
            let span = Span::new(start, text.len()).expect("a span");
            if let Some(style) = style {
                parts.push((number, style, span));
            } else if kind == 'S' {
                marked.entry(number).or_insert(span);
            }
            rest = tagged.strip_prefix('}').unwrap_or_default();
        }
    }
    text.push_str(rest);
}

fn class(name: &str) -> VerbClass {
    match name {
        "say" => VerbClass::Say,
        "claim" => VerbClass::Claim,
        "deny" => VerbClass::Deny,
        "confirm" => VerbClass::Confirm,
        "warn" => VerbClass::Warn,
        "ask" => VerbClass::Ask,
        "announce" => VerbClass::Announce,
        other => panic!("no class: {other}"),
    }
}

/// The same words: spans that differ in marks, punctuation and spaces at their ends alone.
pub(crate) fn same_words(text: &str, one: Span, other: Span) -> bool {
    trimmed(text, one) == trimmed(text, other)
}

fn trimmed(text: &str, span: Span) -> (usize, usize) {
    let part = span.of(text).unwrap_or_default();
    let is_edge = |c: char| !c.is_alphanumeric();
    let front = part.trim_start_matches(is_edge);
    let start = span.end() - front.len();
    (start, start + front.trim_end_matches(is_edge).len())
}

/// Share of the longer one's bytes that both have.
pub(crate) fn overlap(one: Span, other: Span) -> f64 {
    let shared = one.end().min(other.end()).saturating_sub(one.start().max(other.start()));
    shared as f64 / one.len().max(other.len()).max(1) as f64
}

/// True if the speaker that was found is the one of the gold: the words of one are among those of the other, articles and
/// forms of address aside. One word of a description («الوزارة») is enough only for a name. Speakers are also called by the
/// other names of their entity; words of descriptions are the same in any case or number, with or without whose they are
/// («مصدرا», «ذریعے», «مادرش»).
pub(crate) fn same_speaker(text: &str, gold: &GoldQuote, found: &Quote<Span>, entities: &[Entity<Span>]) -> bool {
    let Some(speaker) = &found.speaker else {
        // "interviewer": a description that the text does not have.
        return gold.speaker == "-" || gold.kind == "outlet" && !text.contains(&gold.speaker);
    };
    if gold.speaker == "-" {
        return speaker.kind == SpeakerKind::Anonymous;
    }
    let compared = |name: &str| {
        let words = words(name);
        if gold.kind == "named" { words } else { words.iter().map(|word| stem(word)).collect() }
    };
    let wanted = compared(&gold.speaker);
    let is_meant = |told: Vec<String>| {
        let shared = wanted.iter().filter(|word| told.contains(word)).count();
        if wanted.is_empty() || told.is_empty() {
            return wanted == told;
        }
        let enough = if gold.kind == "named" { 1 } else { wanted.len().div_ceil(2) };
        shared == wanted.len() || shared == told.len() && shared >= enough
    };
    let entity = speaker.entity.and_then(|entity| entities.get(entity as usize));
    let names = || entity.into_iter().flat_map(|entity| entity.mentions.iter().map(|mention| mention.text.as_str()));
    // Whose office it is: «سخنگوی این گروه» of «طالبان».
    let office = speaker.kind == SpeakerKind::Office || speaker.kind == SpeakerKind::Anonymous;
    let of = |name: &str| {
        let told = compared(&speaker.text);
        let told: Vec<String> = told.into_iter().chain(compared(name)).collect();
        wanted.iter().all(|word| told.contains(word))
    };
    is_meant(compared(&speaker.text))
        || names().any(|name| words(name) == words(&gold.speaker))
        || office && gold.kind != "named" && names().any(of)
}

/// A word without its ending of case, number or possession.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 13] = ["شان", "هما", "ها", "هم", "ون", "ين", "ان", "وں", "اش", "اي", "ش", "ا", "ے"];
    let long = |rest: &&str| rest.chars().count() > 2;
    let bare = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(long)).unwrap_or(word);
    bare.strip_suffix(['ه', 'ہ', 'ت', 'ي']).filter(long).unwrap_or(bare).to_owned()
}

/// What is wrong with a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// Nobody is told.
    Nobody,
    /// Some words of the right one: cut short, too long, or called otherwise.
    Words,
    /// The words that stand beside the quote, which say an office or a description and no name.
    Unnamed,
    /// Another one, though the name stands beside the quote.
    Name,
    /// Another one, where an office or a description stands for the name.
    Office,
    /// Another one, where a pronoun stands for the name.
    Pronoun,
    /// Another one, where the verb alone has the subject.
    Elided,
}

/// Why a speaker that is not the one of the gold is wrong.
pub(crate) fn wrong(text: &str, gold: &GoldQuote, found: &Quote<Span>) -> Wrong {
    const PRONOUNS: [&str; 15] =
        ["وی", "او", "ایشان", "هو", "هي", "انہوں", "انھوں", "ان", "اس", "وہ", "he", "she", "they", "نامبرده", "موصوف"];
    let Some(speaker) = &found.speaker else { return Wrong::Nobody };
    let wanted = words(&gold.speaker);
    let shares = |told: &str| words(told).iter().any(|word| wanted.contains(word));
    let Some(marked) = gold.marked.and_then(|marked| marked.of(text)) else {
        return if shares(&speaker.text) { Wrong::Words } else { Wrong::Elided };
    };
    if shares(&speaker.text) {
        Wrong::Words
    } else if words(marked).iter().any(|word| words(&speaker.text).contains(word)) {
        Wrong::Unnamed
    } else if PRONOUNS.contains(&marked.to_lowercase().as_str()) {
        Wrong::Pronoun
    } else if shares(marked) {
        Wrong::Name
    } else {
        Wrong::Office
    }
}

/// True if the name of a speaker has no word too many or too few: it ends with the words of the gold (a role may stand
/// before), or its entity is called so.
pub(crate) fn same_name(gold: &GoldQuote, found: &Quote<Span>, entities: &[Entity<Span>]) -> bool {
    let Some(speaker) = &found.speaker else { return true };
    let wanted = words(&gold.speaker);
    let entity = speaker.entity.and_then(|entity| entities.get(entity as usize));
    let mentions = entity.iter().flat_map(|entity| &entity.mentions);
    words(&speaker.text).ends_with(&wanted) || mentions.into_iter().any(|mention| words(&mention.text) == wanted)
}

/// The class of the verb; a quote without a verb says or, with a question mark at its end, asks.
pub(crate) fn same_class(text: &str, gold: &GoldQuote, found: &Quote<Span>) -> bool {
    match &found.verb {
        Some(verb) => verb.class == gold.class,
        None if gold.span.of(text).unwrap_or_default().ends_with(['؟', '?']) => {
            matches!(gold.class, VerbClass::Say | VerbClass::Ask)
        }
        None => gold.class == VerbClass::Say,
    }
}

fn words(name: &str) -> Vec<String> {
    const EMPTY: [&str; 45] = [
        "the",
        "a",
        "an",
        "of",
        "mr",
        "ms",
        "mrs",
        "dr",
        "s",
        "at",
        "to",
        "السيد",
        "السيده",
        "الدكتور",
        "الدكتوره",
        "المهندس",
        "آقاي",
        "خانم",
        "دكتر",
        "مهندس",
        "در",
        "از",
        "يك",
        "يكي",
        "جناب",
        "ايك",
        "كے",
        "كي",
        "كا",
        "ڈاكٹر",
        "صاحب",
        "في",
        "من",
        "this",
        "اين",
        "اس",
        "ان",
        "his",
        "her",
        "its",
        "their",
        "my",
        "او",
        "وي",
        "ميرے",
    ];
    fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(|word| {
            let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word);
            bare.strip_prefix("لل").filter(|rest| rest.chars().count() > 2).unwrap_or(bare).to_owned()
        })
        .collect()
}

/// A quote that no gold has, in a line.
pub(crate) fn extra(quote: &Quote<Span>) -> String {
    format!(
        "- extra {:?} ({:?} {:?}): {}",
        quote.style,
        quote.speaker.as_ref().map(|speaker| &speaker.text),
        quote.verb.as_ref().map(|verb| &verb.text),
        quote.text
    )
}

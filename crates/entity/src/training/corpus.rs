//! Annotated text: the project's own files with brackets, and corpora of a token and a tag a line.

use khabar_model::EntityType;

/// A sentence and the outermost names of its people, places and organisations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The text as it would be printed; of a corpus of tokens, these with spaces between them.
    pub text: String,
    /// Spans in bytes, in order and apart.
    pub names: Vec<Name>,
}

/// A name in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// PER, LOC or ORG.
    pub kind: EntityType,
    /// The files' finer type ("city"); empty where a corpus has none.
    pub subtype: &'static str,
}

/// Sentences of one text.
pub type Document = Vec<Sentence>;

/// Sentences that make a document where a corpus does not say.
pub(crate) const SENTENCES: usize = 10;

const SUBTYPES: [&str; 20] = [
    "country",
    "region",
    "city",
    "place",
    "water",
    "ministry",
    "government",
    "parliament",
    "army",
    "armed",
    "party",
    "intergov",
    "court",
    "bank",
    "company",
    "media",
    "club",
    "team",
    "university",
    "other",
];

/// The documents of a file: with brackets if its name ends in `.txt`, else of tokens.
///
/// # Errors
/// The first line that is no such annotation.
pub fn read(name: &str, file: &str) -> Result<Vec<Document>, String> {
    let result = if name.ends_with(".txt") { bracketed(file) } else { Ok(tokenised(file)) };
    result.map_err(|error| format!("{name}: {error}"))
}

/// A file of `data/ner`.
fn bracketed(file: &str) -> Result<Vec<Document>, String> {
    let mut documents: Vec<Document> = Vec::new();
    for (line, number) in file.lines().zip(1..) {
        if line.starts_with("# doc ") {
            documents.push(Vec::new());
        } else if !line.trim().is_empty() {
            let wrong = |what| format!("line {number}: {what}");
            let (text, marks) = unbracketed(line).map_err(wrong)?;
            let sentence = Sentence { text, names: names_of(&marks).map_err(wrong)? };
            documents.last_mut().ok_or_else(|| format!("line {number}: no document"))?.push(sentence);
        }
    }
    documents.retain(|document| !document.is_empty());
    Ok(documents)
}

/// The type and finer type of a tag ("LOC:city"); `None` for MISC.
///
/// # Errors
/// The tag, if there is no such type.
fn type_of(tag: &str) -> Result<(Option<EntityType>, &'static str), String> {
    let (kind, subtype) = tag.split_once(':').unwrap_or((tag, ""));
    let kind = match kind {
        "PER" => Some(EntityType::Per),
        "LOC" => Some(EntityType::Loc),
        "ORG" => Some(EntityType::Org),
        "MISC" => None,
        other => return Err(format!("no type {other}")),
    };
    Ok((kind, SUBTYPES.iter().copied().find(|known| *known == subtype).unwrap_or_default()))
}

/// What a bracket says of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark<'m> {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Type, or type and finer type ("LOC:city").
    pub(crate) tag: &'m str,
}

/// The names of marks: people, places and bodies, outermost ones.
///
/// # Errors
/// A tag that is no type.
pub(crate) fn names_of(marks: &[Mark<'_>]) -> Result<Vec<Name>, String> {
    let mut names = Vec::new();
    for &Mark { start, end, tag } in marks {
        let (kind, subtype) = type_of(tag)?;
        names.extend(kind.map(|kind| Name { start, end, kind, subtype }));
    }
    Ok(outermost(names))
}

/// A sentence without its brackets, and what they said, in the order in which they close.
pub(crate) fn unbracketed(line: &str) -> Result<(String, Vec<Mark<'_>>), String> {
    let mut text = String::with_capacity(line.len());
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut marks = Vec::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        match letter {
            '[' => {
                let (tag, behind) = rest.split_once(' ').ok_or("a tag without a name")?;
                open.push((text.len(), tag.strip_prefix('[').unwrap_or(tag)));
                rest = behind;
                continue;
            }
            ']' => {
                let (start, tag) = open.pop().ok_or("a bracket closes nothing")?;
                marks.push(Mark { start, end: text.len(), tag });
            }
            letter => text.push(letter),
        }
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    if open.is_empty() { Ok((text, marks)) } else { Err("a bracket is not closed".to_owned()) }
}

/// Of names that nest, the outer ones, in order.
pub(crate) fn outermost(mut names: Vec<Name>) -> Vec<Name> {
    names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
    let mut end = 0;
    names.retain(|name| {
        let outer = name.start >= end;
        end = end.max(name.end);
        outer
    });
    names
}

/// A corpus of a token and a tag a line, with an empty line behind each sentence.
fn tokenised(file: &str) -> Vec<Document> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut sentence = Sentence::default();
    let mut last: Option<EntityType> = None;
    for line in file.lines().chain([""]) {
        let mut columns = line.split('\t');
        let (token, tag) = (columns.next().unwrap_or_default(), columns.next_back());
        let Some(tag) = tag else {
            if !sentence.text.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            last = None;
            continue;
        };
        if !sentence.text.is_empty() {
            sentence.text.push(' ');
        }
        let lead = token.len() - token.trim_start_matches(crate::tagger::token::is_invisible).len();
        let shown = token.trim_matches(crate::tagger::token::is_invisible);
        let start = sentence.text.len() + lead;
        let end = start + shown.len();
        sentence.text.push_str(token);
        let (part, kind) = tag.split_once('-').unwrap_or((tag, ""));
        let kind = match kind {
            "PER" | "PERS" => Some(EntityType::Per),
            "LOC" | "GPE" | "FAC" => Some(EntityType::Loc),
            "ORG" | "POG" => Some(EntityType::Org),
            _ => None,
        };
        if let Some(kind) = kind {
            match sentence.names.last_mut() {
                Some(name) if part == "I" && last == Some(kind) => name.end = end,
                _ if shown.is_empty() => {}
                _ => sentence.names.push(Name { start, end, kind, subtype: "" }),
            }
        }
        last = kind;
    }
    sentences.chunks(SENTENCES).map(<[Sentence]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sentence: &Sentence) -> Vec<(&str, EntityType)> {
        let written = |name: &Name| sentence.text.get(name.start..name.end).unwrap_or_default();
        sentence.names.iter().map(|name| (written(name), name.kind)).collect()
    }

    #[test]
    fn brackets_nest() {
        let file = "# doc fa-X-001 topic=war\n[ORG:ministry وزارت دفاع [LOC:country روسیه]] و [MISC:event جام [LOC:city دبی]] گفت.\n\n";
        let documents = read("x.txt", file).unwrap();
        let sentence = &documents[0][0];
        assert_eq!(sentence.text, "وزارت دفاع روسیه و جام دبی گفت.");
        assert_eq!(shown(sentence), [("وزارت دفاع روسیه", EntityType::Org), ("دبی", EntityType::Loc)]);
        assert_eq!(sentence.names[0].subtype, "ministry");
        for wrong in ["# doc x\n[PER علی", "# doc x\nعلی]", "[PER علی]", "# doc x\n[PERSON علی]"] {
            assert!(read("x.txt", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn tokens_are_joined_by_spaces() {
        let file = "قال\tO\nجورج\tB-PER\nبوش\u{200f}\tI-PER\nلبنان\tB-GPE\nثم\tO\nالسامبا\tB-MISC\n\nعاد\tO\n";
        let documents = read("x.conll", file).unwrap();
        assert_eq!(documents[0].len(), 2);
        assert_eq!(shown(&documents[0][0]), [("جورج بوش", EntityType::Per), ("لبنان", EntityType::Loc)]);
    }
}

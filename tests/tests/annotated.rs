//! The texts that were marked by hand are marked as their guidelines say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Subtypes of each type of a name.
const TYPES: [(&str, &str); 4] = [
    ("PER", ""),
    ("LOC", "country region city place water"),
    (
        "ORG",
        "ministry government parliament army armed party intergov court bank company media club team university other",
    ),
    ("MISC", "nationality event work product language other"),
];
const CLASSES: [&str; 7] = ["say", "claim", "deny", "confirm", "warn", "ask", "announce"];
const SPEAKERS: [&str; 5] = ["named", "office", "anonymous", "outlet", "organisation"];

/// Text files of a folder below the repository, with their lines.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    files_ending(folder, "txt")
}

#[expect(clippy::disallowed_methods, reason = "a test reads what it checks")]
fn files_ending(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).expect("a text"))).collect()
}

/// Every tag that opens, with what stands between its sign and the first space; an error for signs that do not match.
fn tags(line: &str, open: char, close: char) -> Result<Vec<&str>, String> {
    let (mut tags, mut depth) = (Vec::new(), 0);
    for (at, c) in line.char_indices() {
        if c == open {
            depth += 1;
            let behind = line.get(at + c.len_utf8()..).unwrap_or_default();
            tags.push(behind.split(' ').next().unwrap_or_default());
            if behind.split_once(' ').is_none_or(|(_, text)| text.starts_with([' ', close])) {
                return Err(format!("an empty tag: {line}"));
            }
        } else if c == close {
            depth -= 1;
            if depth < 0 {
                return Err(format!("closed twice: {line}"));
            }
        }
    }
    if depth == 0 { Ok(tags) } else { Err(format!("not closed: {line}")) }
}

/// True for a type of names with a finer one that it has.
fn is_type(tag: &str) -> bool {
    let (kind, subtype) = tag.split_once(':').unwrap_or((tag, ""));
    let subtypes = TYPES.iter().find(|(name, _)| *name == kind).map(|(_, subtypes)| *subtypes);
    subtypes.is_some_and(|all| if all.is_empty() { subtype.is_empty() } else { all.split(' ').any(|it| it == subtype) })
}

#[test]
fn marks_apart_from_their_texts_are_in_order() {
    let mut rows = BTreeSet::new();
    for (path, file) in ["data/ner", "tests/gold/ner"].into_iter().flat_map(|folder| files_ending(folder, "tsv")) {
        let (head, lines) = file.split_once('\n').unwrap();
        let mut last = 0;
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let row: usize = columns.next().unwrap().parse().unwrap();
            assert!(row > last, "{}: {line}", path.display());
            last = row;
            // What is learned is not tested.
            assert!(rows.insert(format!("{head} {row}")), "{}: {line}", path.display());
            for mark in columns {
                let (place, tag) = mark.split_once(':').unwrap();
                let (start, end) = place.split_once('-').unwrap();
                let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
                assert!(start < end && is_type(tag), "{}: {line}", path.display());
            }
        }
    }
    assert!(rows.len() >= 2_000, "{}", rows.len());
}

#[test]
fn lists_for_the_tagger_have_known_kinds_and_no_line_twice() {
    const CLASSES: &str = "title people body place side event nation say move verb noun adj time number link func";
    for (folder, kinds) in [("data/ner/names", "person city region body"), ("data/ner/classes", CLASSES)] {
        for (path, file) in files_ending(folder, "tsv") {
            let mut seen = BTreeSet::new();
            for line in file.lines() {
                let (kind, name) = line.split_once('\t').unwrap_or_else(|| panic!("{}: {line}", path.display()));
                let fits = kinds.split(' ').any(|known| known == kind) && name.trim() == name && !name.is_empty();
                assert!(fits && seen.insert(line), "{}: {line}", path.display());
            }
            assert!(seen.len() > 1_000, "{}", path.display());
        }
    }
}

#[test]
fn names_are_marked_as_the_guidelines_say() {
    let (mut documents, mut sentences) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in ["data/ner", "tests/gold/ner"].into_iter().flat_map(files) {
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(header) = line.strip_prefix("# doc ") {
                let file = path.file_stem().unwrap().to_str().unwrap();
                let id = header.split(' ').next().unwrap();
                assert!(documents.insert(format!("{file} {id}")), "{id} stands twice");
                continue;
            }
            assert!(sentences.insert(line.to_owned()), "{} has it twice: {line}", path.display());
            for tag in tags(line, '[', ']').unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
                assert!(is_type(tag), "{}: [{tag}: {line}", path.display());
            }
        }
    }
    assert!(sentences.len() >= 3_000, "{}", sentences.len());
}

#[test]
fn quotes_are_marked_as_the_guidelines_say() {
    let mut documents = 0;
    for (path, text) in ["data/quotes", "tests/gold/quotes"].into_iter().flat_map(files) {
        for document in text.split("# doc ").skip(1) {
            documents += 1;
            let id = document.split(' ').next().unwrap();
            let (mut quotes, mut told) = (BTreeSet::new(), BTreeSet::new());
            for line in document.lines().skip(1).filter(|line| !line.is_empty()) {
                if let Some(row) = line.strip_prefix("= ") {
                    let columns: Vec<&str> = row.split('|').map(str::trim).collect();
                    let [number, _, kind, class, _] = columns[..] else { panic!("{id}: {line}") };
                    assert!(SPEAKERS.contains(&kind) && CLASSES.contains(&class), "{id}: {line}");
                    told.insert(number.to_owned());
                    continue;
                }
                for tag in tags(line, '{', '}').unwrap_or_else(|error| panic!("{}, {id}: {error}", path.display())) {
                    let (name, value) = tag.split_once(':').unwrap_or((tag, ""));
                    let (letter, number) = name.split_at(1);
                    assert!(number.parse::<u32>().is_ok(), "{id}: {{{tag}");
                    let fits = match letter {
                        "Q" => {
                            quotes.insert(number.to_owned());
                            matches!(value, "direct" | "indirect")
                        }
                        "V" => CLASSES.contains(&value),
                        "S" | "C" => value.is_empty(),
                        _ => false,
                    };
                    assert!(fits, "{id}: {{{tag}");
                }
            }
            assert_eq!(quotes, told, "{id}: every quote has its line, and every line its quote");
        }
    }
    assert!(documents >= 150, "{documents}");
}

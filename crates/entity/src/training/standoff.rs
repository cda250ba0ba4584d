//! Annotation that stands apart from its text: of sentences that others own, only the places of the names are kept.
//!
//! A file begins with `# texts FILE LABEL`: the texts are the rows with that label of `bench/langid/train/FILE`, of which
//! [`SENTENCES`] neighbours are a document; or with `# texts FILE`: they are the lines of the articles of a sample, of each
//! the title and then its text. A line is the number of a row, from 1, and `start-end:TYPE` or `start-end:TYPE:subtype` for
//! each name, in bytes of the row. Lines that begin with `#` are comments.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::training::corpus::{Document, Mark, SENTENCES, Sentence, names_of, unbracketed};

/// Where the texts of a file are: a table of labels and texts, and the label; a sample of articles has none.
///
/// # Errors
/// The first line does not say so.
pub fn texts_of(file: &str) -> Result<(&str, Option<&str>), String> {
    let head = file.lines().next().and_then(|line| line.strip_prefix("# texts "));
    let head = head.ok_or_else(|| "no line `# texts FILE LABEL` or `# texts FILE`".to_owned())?;
    Ok(head.split_once(' ').map_or((head, None), |(table, label)| (table, Some(label))))
}

/// A row that may have marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Number of the document that it is of.
    pub document: usize,
    /// The row.
    pub text: String,
}

/// The rows of a table with a label.
pub fn rows_of_table(table: &str, label: &str) -> Vec<Text> {
    let rows = table.lines().filter_map(|row| row.split_once('\t')).filter(|(of, _)| *of == label);
    rows.enumerate().map(|(row, (_, text))| Text { document: row / SENTENCES, text: text.to_owned() }).collect()
}

/// The lines of a sample: an article a line as JSON, with `title` and `text` or `paragraphs`.
///
/// # Errors
/// The first line that is none.
pub fn rows_of_articles(sample: &str) -> Result<Vec<Text>, String> {
    #[derive(Deserialize)]
    struct Article {
        title: String,
        text: Option<String>,
        #[serde(default)]
        paragraphs: Vec<String>,
    }
    let mut rows = Vec::new();
    for (document, line) in sample.lines().enumerate() {
        let article: Article =
            serde_json::from_str(line).map_err(|error| format!("article {}: {error}", document + 1))?;
        let parts = std::iter::once(article.title).chain(article.text).chain(article.paragraphs);
        for part in parts {
            rows.extend(part.split('\n').map(|text| Text { document, text: text.to_owned() }));
        }
    }
    Ok(rows)
}

/// The sentences with their names, in documents of neighbours.
///
/// # Errors
/// The first line that is no such annotation, or does not fit its text.
pub fn read_beside(file: &str, texts: &[Text]) -> Result<Vec<Document>, String> {
    let mut documents: Vec<Document> = Vec::new();
    let mut last = None;
    for Row { row, text, marks } in rows(file, texts)? {
        let names = names_of(&marks).map_err(|what| format!("row {row}: {what}"))?;
        let sentence = Sentence { text: text.text.clone(), names };
        match documents.last_mut() {
            Some(document) if last == Some(text.document) => document.push(sentence),
            _ => documents.push(vec![sentence]),
        }
        last = Some(text.document);
    }
    Ok(documents)
}

/// The sentences with brackets, a row number before each, for a person to read and correct.
///
/// # Errors
/// As [`read_beside`]; and a row whose text has brackets itself.
pub fn bracketed(file: &str, texts: &[Text]) -> Result<String, String> {
    let mut out = String::new();
    for Row { row, text: Text { text, .. }, marks } in rows(file, texts)? {
        if text.contains(['[', ']']) {
            return Err(format!("row {row}: its text has brackets, which would be read as marks"));
        }
        // At one place names close before others open, inner ones first; of those that open, the longest first.
        let mut signs: Vec<(usize, usize, String)> = Vec::new();
        for Mark { start, end, tag } in marks {
            signs.push((start, usize::MAX - (end - start), format!("[{tag} ")));
            signs.push((end, end - start, "]".to_owned()));
        }
        signs.sort();
        let mut at = 0;
        let _ = write!(out, "{row}\t");
        for (place, _, sign) in signs {
            out.push_str(text.get(at..place).unwrap_or_default());
            out.push_str(&sign);
            at = place;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out.push('\n');
    }
    Ok(out)
}

/// The way back from [`bracketed`].
///
/// # Errors
/// The first line that is no bracketed row, or whose text is another than the table's.
pub fn places(bracketed: &str, head: &str, texts: &[Text]) -> Result<String, String> {
    let mut out = format!("{head}\n");
    for line in bracketed.lines().filter(|line| !line.is_empty()) {
        let (row, line) = line.split_once('\t').ok_or_else(|| format!("{line}: no row number"))?;
        let number: usize = row.parse().map_err(|error| format!("{row}: {error}"))?;
        let (text, marks) = unbracketed(line).map_err(|what| format!("row {row}: {what}"))?;
        if number.checked_sub(1).and_then(|number| texts.get(number)).is_none_or(|row| row.text != text) {
            return Err(format!("row {row}: another text"));
        }
        out.push_str(row);
        for Mark { start, end, tag } in marks {
            let _ = write!(out, "\t{start}-{end}:{tag}");
        }
        out.push('\n');
    }
    Ok(out)
}

/// A row of a table, and what a file says of it.
struct Row<'r> {
    /// From 1.
    row: usize,
    text: &'r Text,
    marks: Vec<Mark<'r>>,
}

fn rows<'r>(file: &'r str, texts: &'r [Text]) -> Result<Vec<Row<'r>>, String> {
    let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut columns = line.split('\t');
            let number = columns.next().unwrap_or_default();
            let row: usize =
                number.parse().ok().filter(|&row| row > 0).ok_or_else(|| format!("{line}: no row number"))?;
            let text = texts.get(row - 1).ok_or_else(|| format!("no row {row}"))?;
            let place =
                |mark| place(mark, &text.text).ok_or_else(|| format!("row {row}: {mark} is no place of a name"));
            Ok(Row { row, text, marks: columns.map(place).collect::<Result<_, String>>()? })
        })
        .collect()
}

/// A mark that stands in a text.
fn place<'m>(mark: &'m str, text: &str) -> Option<Mark<'m>> {
    let (place, tag) = mark.split_once(':')?;
    let (start, end) = place.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    text.get(start..end).filter(|name| !name.is_empty())?;
    Some(Mark { start, end, tag })
}

#[cfg(test)]
mod tests {
    use khabar_model::EntityType;

    use super::*;

    fn texts() -> Vec<Text> {
        rows_of_table("arb\tكتبت صحيفة الأيام\nfas\tنوشت\narb\tفي حرب فيتنام\n", "arb")
    }

    const BRACKETED: &str =
        "1\tكتبت [ORG:media صحيفة [ORG:media الأيام]]\n2\tفي [MISC:event حرب [LOC:country فيتنام]]\n";

    #[test]
    fn brackets_go_apart_and_come_back() {
        let file = places(BRACKETED, "# texts ntrex.tsv.zst arb", &texts()).unwrap();
        assert_eq!(texts_of(&file), Ok(("ntrex.tsv.zst", Some("arb"))));
        assert!(!file.contains("الأيام"));
        assert_eq!(bracketed(&file, &texts()).unwrap(), BRACKETED);
        let documents = read_beside(&file, &texts()).unwrap();
        let names: Vec<_> = documents[0].iter().flat_map(|sentence| &sentence.names).collect();
        assert_eq!((names[0].kind, names[0].start, names[0].end), (EntityType::Org, 9, 32));
        assert_eq!((names[1].kind, names[1].subtype), (EntityType::Loc, "country"));
    }

    #[test]
    fn rows_of_articles_are_their_lines() {
        let sample = r#"{"title":"a","text":"b\nc"}
{"title":"d","paragraphs":["e","f"]}"#;
        let rows: Vec<_> = rows_of_articles(sample).unwrap().into_iter().map(|row| (row.document, row.text)).collect();
        let expected = [(0, "a"), (0, "b"), (0, "c"), (1, "d"), (1, "e"), (1, "f")];
        assert_eq!(rows, expected.map(|(document, text)| (document, text.to_owned())));
        assert_eq!(texts_of("# texts samples/a.jsonl.zst\n1"), Ok(("samples/a.jsonl.zst", None)));
        assert!(rows_of_articles("{}").is_err());
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        for wrong in ["3\t0-2:PER", "1\t0-3:PER", "1\t0-2", "1\t4-2:PER", "0", "x", "1\t0-2:NAME"] {
            assert!(read_beside(wrong, &texts()).is_err(), "{wrong}");
        }
        assert!(places("1\tكتبت [PER", "#", &texts()).is_err());
        assert!(places("2\tكتبت", "#", &texts()).is_err());
        assert!(texts_of("1\t0-2:PER").is_err());
    }
}

//! Gazetteer lists: tab-separated rows of id, type, subtype, English label, language and names.

use std::collections::HashMap;

use khabar_model::EntityType;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// The first line of every list.
const HEADER: &str = "id\ttype\tsubtype\tcanonical\tlang\tnames";

/// Entries and their names, read from any number of lists, whose text the names are slices of.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer<'l> {
    /// One per pair of id and type, in the order of their first rows.
    pub(crate) entries: Vec<Entry>,
    /// One per row and name, in the order of the lists.
    pub(crate) names: Vec<Name<'l>>,
    /// Codes of the languages that the names are in; a [`Name`] holds an index.
    pub(crate) languages: Vec<String>,
    by_id: HashMap<(&'l str, EntityType), u32>,
}

/// Somebody or something that has names.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// `Q…` or `kb:…`.
    pub(crate) id: String,
    pub(crate) kind: EntityType,
    pub(crate) subtype: Option<String>,
    /// English label.
    pub(crate) canonical: Option<String>,
}

/// A name of an entry in a language.
#[derive(Debug)]
pub(crate) struct Name<'l> {
    /// Index into [`Gazetteer::entries`].
    pub(crate) entry: u32,
    /// Index into [`Gazetteer::languages`].
    pub(crate) language: u16,
    /// As the list writes it: its spaces say where a text may have spaces.
    pub(crate) written: &'l str,
    /// The list has `=` before it: a text has to write the same letters, not only letters with the same fold key.
    pub(crate) exact: bool,
    /// The list has `?` before it: it is a common word too, and counts only where the grammar says that a name stands.
    pub(crate) doubtful: bool,
}

impl<'l> Gazetteer<'l> {
    /// Adds the rows of one list. Where two rows of one id and type differ in subtype or label, the first one counts.
    pub(crate) fn read(&mut self, list: &str, tsv: &'l str) -> Result<(), Error> {
        let tsv = tsv.strip_prefix('\u{feff}').unwrap_or(tsv);
        let mut rows = tsv.lines().zip(1..).filter(|(row, _)| !row.is_empty() && !row.starts_with('#'));
        match rows.next() {
            Some((row, _)) if row == HEADER => {}
            Some((_, line)) => return Err(Error::new(ErrorKind::Header, list, line, "expected the column names")),
            None => return Err(Error::new(ErrorKind::Header, list, 1, "the list is empty")),
        }
        for (row, line) in rows {
            self.read_row(row).map_err(|(kind, detail)| Error::new(kind, list, line, detail))?;
        }
        Ok(())
    }

    fn read_row(&mut self, row: &'l str) -> Result<(), (ErrorKind, String)> {
        let mut columns = row.split('\t');
        let mut found = 0;
        let [id, kind, subtype, canonical, language, names] =
            std::array::from_fn(|_| columns.next().inspect(|_| found += 1).unwrap_or_default());
        found += columns.count();
        if found != 6 {
            return Err((ErrorKind::Columns, format!("expected 6 columns, found {found}")));
        }
        if !is_id(id) {
            return Err((ErrorKind::Id, format!("expected an id like Q794 or kb:name, found {id:?}")));
        }
        let kind = match kind {
            "PER" => EntityType::Per,
            "ORG" => EntityType::Org,
            "LOC" => EntityType::Loc,
            "MISC" => EntityType::Misc,
            other => return Err((ErrorKind::Type, format!("expected PER, ORG, LOC or MISC, found {other:?}"))),
        };
        if language.is_empty() {
            return Err((ErrorKind::Language, "the language is empty".to_owned()));
        }
        let language = self.language(language)?;
        let next = u32::try_from(self.entries.len()).map_err(|_| (ErrorKind::Size, "too many entries".to_owned()))?;
        // The rows of an entry mostly stand together.
        let last = self.entries.last().filter(|last| last.id == id && last.kind == kind);
        let entry = match last {
            Some(_) => next - 1,
            None => *self.by_id.entry((id, kind)).or_insert(next),
        };
        if entry == next {
            let optional = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            self.entries.push(Entry {
                id: id.to_owned(),
                kind,
                subtype: optional(subtype),
                canonical: optional(canonical),
            });
        }
        for name in names.split('|') {
            if !name.chars().any(char::is_alphanumeric) {
                return Err((ErrorKind::Name, format!("expected a name, found {name:?}")));
            }
            let (doubtful, name) = name.strip_prefix('?').map_or((false, name), |name| (true, name));
            let (exact, name) = name.strip_prefix('=').map_or((false, name), |name| (true, name));
            self.names.push(Name { entry, language, written: name.trim(), exact, doubtful });
        }
        Ok(())
    }

    /// The index of a language code, new or known.
    fn language(&mut self, code: &str) -> Result<u16, (ErrorKind, String)> {
        let index = self.languages.iter().position(|known| known == code).unwrap_or_else(|| {
            self.languages.push(code.to_owned());
            self.languages.len() - 1
        });
        u16::try_from(index).map_err(|_| (ErrorKind::Size, "too many languages".to_owned()))
    }
}

/// True for `Q` and digits, and for `kb:` and a name; never for `nil:`, which is no gazetteer's to give.
fn is_id(id: &str) -> bool {
    let wikidata = id.strip_prefix('Q').is_some_and(|number| {
        !number.is_empty() && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let own = id.strip_prefix("kb:").is_some_and(|name| !name.is_empty() && !name.contains(char::is_whitespace));
    wikidata || own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Gazetteer<'static>, Error> {
        let mut gazetteer = Gazetteer::default();
        gazetteer.read("test.tsv", format!("# a comment\n{HEADER}\n{rows}").leak())?;
        Ok(gazetteer)
    }

    #[test]
    fn rows_of_one_id_and_type_are_one_entry() {
        let gazetteer = read(concat!(
            "Q423\tLOC\tcountry\tNorth Korea\tar\tكوريا الشمالية\n",
            "Q423\tLOC\tcountry\tNorth Korea\tfa\tکره شمالی|کرهٔ شمالی\n",
            "Q423\tMISC\tdemonym\t\tfa\tکره‌شمالیایی\r\n",
        ))
        .unwrap();
        assert_eq!((gazetteer.entries.len(), gazetteer.names.len()), (2, 4));
        assert_eq!(gazetteer.entries[0].canonical.as_deref(), Some("North Korea"));
        assert_eq!(gazetteer.entries[1].canonical, None);
        assert_eq!(gazetteer.languages, ["ar", "fa"]);
        assert_eq!(gazetteer.names[3].written, "کره‌شمالیایی");
    }

    #[test]
    fn errors_say_where() {
        for (rows, kind, message) in [
            ("Q1\tLOC\tcity", ErrorKind::Columns, "test.tsv, line 3: expected 6 columns, found 3"),
            (
                "\n#\nnil:x\tLOC\t\t\tar\tس",
                ErrorKind::Id,
                "test.tsv, line 5: expected an id like Q794 or kb:name, found \"nil:x\"",
            ),
            ("Q1\tGPE\t\t\tar\tس", ErrorKind::Type, "test.tsv, line 3: expected PER, ORG, LOC or MISC, found \"GPE\""),
            ("Q1\tLOC\t\t\t\tس", ErrorKind::Language, "test.tsv, line 3: the language is empty"),
            ("Q1\tLOC\t\t\tar\tس|", ErrorKind::Name, "test.tsv, line 3: expected a name, found \"\""),
        ] {
            let error = read(rows).unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
        }
        let error = Gazetteer::default().read("bare.tsv", "Q1\tLOC\t\t\tar\tس").unwrap_err();
        assert_eq!((error.kind(), error.list(), error.line()), (ErrorKind::Header, "bare.tsv", 1));
    }
}

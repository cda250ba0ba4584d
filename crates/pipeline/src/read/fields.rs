//! Which fields of a JSON line, or columns of a table, are the document's text, address, title and so on.

use std::str::FromStr;

/// Names of the known fields in JSON lines and of the known columns in Parquet files, each by default its own: the
/// values of `--field text=paragraphs,date=time`.
///
/// A renamed field is looked for under its new name only; its old name is then a field like any other. Where a document
/// has both `html` and `text`, `html` is taken, which says more; `text` is where it was named outright and `html` was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMap {
    renamed: Vec<(Field, String)>,
}

/// The fields that mean something to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Html,
    Id,
    Url,
    Title,
    Date,
    Author,
    Language,
}

const FIELDS: [(Field, &str); 8] = [
    (Field::Text, "text"),
    (Field::Html, "html"),
    (Field::Id, "id"),
    (Field::Url, "url"),
    (Field::Title, "title"),
    (Field::Date, "date"),
    (Field::Author, "author"),
    (Field::Language, "language"),
];

impl FieldMap {
    /// What the field of that name is, if it is a known one.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        if let Some((field, _)) = self.renamed.iter().find(|(_, own)| own == name) {
            return Some(*field);
        }
        let (field, _) = FIELDS.iter().find(|(_, own)| *own == name)?;
        self.renamed.iter().all(|(renamed, _)| renamed != field).then_some(*field)
    }

    /// True if of both bodies the text is wanted: it was named outright, and HTML was not.
    pub(super) fn prefers_text(&self) -> bool {
        let named = |field| self.renamed.iter().any(|(renamed, _)| *renamed == field);
        named(Field::Text) && !named(Field::Html)
    }

    /// The name under which a field is looked for.
    pub(super) fn name(&self, field: Field) -> &str {
        let renamed = self.renamed.iter().find(|(renamed, _)| *renamed == field).map(|(_, name)| name.as_str());
        renamed.or_else(|| FIELDS.iter().find(|(own, _)| *own == field).map(|(_, name)| *name)).unwrap_or_default()
    }
}

impl Default for FieldMap {
    /// Every field under its own name.
    fn default() -> Self {
        Self { renamed: Vec::new() }
    }
}

impl FromStr for FieldMap {
    type Err = anyhow::Error;

    /// Reads `known=yours,known=yours`; the empty string renames nothing.
    fn from_str(list: &str) -> anyhow::Result<Self> {
        let mut map = Self::default();
        for pair in list.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (known, yours) = pair
                .split_once('=')
                .map(|(known, yours)| (known.trim(), yours.trim()))
                .filter(|(_, yours)| !yours.is_empty())
                .ok_or_else(|| {
                    anyhow::anyhow!("`{pair}` is no pair: write known=yours, for example text=paragraphs")
                })?;
            let (field, _) = FIELDS.iter().find(|(_, name)| *name == known).ok_or_else(|| {
                let names: Vec<&str> = FIELDS.iter().map(|(_, name)| *name).collect();
                anyhow::anyhow!("no known field `{known}`: write one of {} before the `=`", names.join(", "))
            })?;
            if map.renamed.iter().any(|(renamed, name)| renamed == field || name == yours) {
                anyhow::bail!("`{pair}` renames a field that is renamed already: name each field once");
            }
            // `text=text` says which of two bodies is wanted.
            map.renamed.push((*field, yours.to_owned()));
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_field_leaves_its_old_name() {
        let map: FieldMap = "text=paragraphs, date=time".parse().unwrap();
        assert_eq!(map.field("paragraphs"), Some(Field::Text));
        assert_eq!((map.field("text"), map.field("time")), (None, Some(Field::Date)));
        assert_eq!((map.field("title"), map.name(Field::Title)), (Some(Field::Title), "title"));
        assert!(map.prefers_text() && !FieldMap::default().prefers_text());
        assert!("text=text".parse::<FieldMap>().unwrap().prefers_text());
        assert!(!"text=a,html=b".parse::<FieldMap>().unwrap().prefers_text());
        assert!("body=text".parse::<FieldMap>().unwrap_err().to_string().contains("language"));
        assert!("text".parse::<FieldMap>().is_err() && "text=a,text=b".parse::<FieldMap>().is_err());
    }
}

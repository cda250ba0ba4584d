//! Which columns of a table are read, and as what.

use khabar_model::RejectReason;
use parquet::basic::{ConvertedType, LogicalType};
use parquet::schema::types::{SchemaDescriptor, Type};

use super::column::Kind;
use crate::read::fields::Field;
use crate::read::{ReadSettings, Refusal};

/// Names of columns that a message lists.
const MAX_NAMES: usize = 20;

/// Columns of a table that are read; more are no table of documents, and each takes a page of memory.
const MAX_COLUMNS: usize = 1000;

/// The columns that are read.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) columns: Vec<Wanted>,
    /// Of both bodies the text is taken.
    pub(super) prefers_text: bool,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) name: String,
    /// Its number among the leaves of the schema.
    pub(super) leaf: usize,
    pub(super) role: Role,
    pub(super) kind: Kind,
    pub(super) is_list: bool,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Known(Field),
    /// Kept under `source.extra`.
    Extra,
}

impl Choice {
    /// Chooses among the columns of a schema: known ones by their names, others of simple types and lists of these.
    /// Structures and maps are left out.
    pub(super) fn of(schema: &SchemaDescriptor, settings: &ReadSettings) -> Result<Self, Refusal> {
        let fields = &settings.fields;
        let malformed = |detail: String| Err(Refusal::new(RejectReason::Malformed, detail));
        let mut columns: Vec<Wanted> = Vec::new();
        for (number, top) in schema.root_schema().get_fields().iter().enumerate() {
            let name = top.name();
            let field = fields.field(name);
            let mut leaves = (0..schema.num_columns()).filter(|leaf| schema.get_column_root_idx(*leaf) == number);
            let leaf = leaves.next().filter(|_| leaves.next().is_none());
            let simple = leaf.and_then(|leaf| Some((leaf, simple(top, schema, leaf)?)));
            let Some((leaf, (kind, is_list))) = simple else {
                if let Some(field) = field {
                    let name = fields.name(field);
                    return malformed(format!("column `{name}` is neither simple nor a list of what is"));
                }
                continue;
            };
            if matches!(field, Some(Field::Text | Field::Html)) && kind != Kind::Text {
                return malformed(format!("column `{name}` holds no text"));
            }
            let role = field.map_or(Role::Extra, Role::Known);
            // Of two columns of one name the first is read.
            if !columns.iter().any(|column| column.name == name) {
                columns.push(Wanted { name: name.to_owned(), leaf, role, kind, is_list });
            }
        }
        if columns.len() > MAX_COLUMNS {
            return malformed(format!("{} columns, more than {MAX_COLUMNS}", columns.len()));
        }
        let has_body = columns.iter().any(|column| matches!(column.role, Role::Known(Field::Text | Field::Html)));
        if !has_body {
            let names = schema.root_schema().get_fields().iter().map(|top| top.name());
            return malformed(format!(
                "neither `{}` nor `{}` among its columns ({}); name the right one with --field text=NAME",
                fields.name(Field::Text),
                fields.name(Field::Html),
                names.take(MAX_NAMES).collect::<Vec<_>>().join(", ")
            ));
        }
        Ok(Self { columns, prefers_text: fields.prefers_text() })
    }
}

/// What a column of one leaf holds, and whether it is a list; `None` for a structure.
fn simple(top: &Type, schema: &SchemaDescriptor, leaf: usize) -> Option<(Kind, bool)> {
    let column = schema.column(leaf);
    let kind = Kind::of(&column)?;
    let depth = column.path().parts().len();
    let is_list = column.max_rep_level() == 1;
    let info = top.get_basic_info();
    let listed =
        info.converted_type() == ConvertedType::LIST || matches!(info.logical_type_ref(), Some(LogicalType::List));
    match (depth, is_list) {
        (1, _) => Some((kind, is_list)),
        (2 | 3, true) if listed => Some((kind, true)),
        _ => None,
    }
}

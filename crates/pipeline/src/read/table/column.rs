//! One column of a table, and its cells row by row.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::errors::Result;
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};
use serde_json::Value;

use super::page::Pages;

/// What the values of a column mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Boolean,
    Integer,
    Unsigned,
    Float,
    /// Days since 1970.
    Day,
    /// Nanoseconds in a unit since 1970; whether it is UTC, or the time of some place.
    Time(i64, bool),
    Uuid,
}

impl Kind {
    /// What a column holds; `None` for what has no place in a record.
    pub(super) fn of(column: &ColumnDescriptor) -> Option<Self> {
        let logical = column.logical_type_ref();
        let converted = column.converted_type();
        let no_number = matches!(logical, Some(LogicalType::Decimal(_) | LogicalType::Time(_)))
            || matches!(
                converted,
                ConvertedType::DECIMAL
                    | ConvertedType::TIME_MILLIS
                    | ConvertedType::TIME_MICROS
                    | ConvertedType::INTERVAL
            );
        Some(match column.physical_type() {
            _ if no_number => return None,
            Physical::BOOLEAN => Self::Boolean,
            Physical::INT32 if converted == ConvertedType::DATE || matches!(logical, Some(LogicalType::Date)) => {
                Self::Day
            }
            Physical::INT32 | Physical::INT64 => match (logical, converted) {
                (Some(LogicalType::Timestamp(time)), _) => {
                    let unit = match time.unit {
                        TimeUnit::MILLIS => 1_000_000,
                        TimeUnit::MICROS => 1_000,
                        TimeUnit::NANOS => 1,
                    };
                    Self::Time(unit, time.is_adjusted_to_u_t_c)
                }
                (_, ConvertedType::TIMESTAMP_MILLIS) => Self::Time(1_000_000, true),
                (_, ConvertedType::TIMESTAMP_MICROS) => Self::Time(1_000, true),
                (_, ConvertedType::UINT_32 | ConvertedType::UINT_64) => Self::Unsigned,
                _ => Self::Integer,
            },
            // The old timestamp of Impala and Spark, whose zone is anybody's guess.
            Physical::INT96 => Self::Time(1, false),
            Physical::FLOAT | Physical::DOUBLE => Self::Float,
            Physical::BYTE_ARRAY => match (logical, converted) {
                (None | Some(LogicalType::String | LogicalType::Json | LogicalType::Enum), ConvertedType::NONE)
                | (_, ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM) => Self::Text,
                _ => return None,
            },
            Physical::FIXED_LEN_BYTE_ARRAY if matches!(logical, Some(LogicalType::Uuid)) => Self::Uuid,
            Physical::FIXED_LEN_BYTE_ARRAY => return None,
        })
    }
}

/// A value that is there.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Bytes that are text, in a page that the column holds.
    Text(ByteArray),
    Other(Value),
}

impl Cell {
    /// Bytes that it takes up.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Text(bytes) => bytes.len() as u64,
            Self::Other(Value::String(text)) => text.len() as u64,
            Self::Other(_) => 8,
        }
    }

    /// As a word: text as it is, a number as it is written, nothing for what is no word.
    pub(super) fn word(&self) -> Option<String> {
        match self {
            Self::Text(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
            Self::Other(Value::String(text)) => Some(text.clone()),
            Self::Other(Value::Number(number)) => Some(number.to_string()),
            Self::Other(_) => None,
        }
    }

    /// As JSON; text that is no UTF-8 is no text.
    pub(super) fn value(&self) -> Option<Value> {
        match self {
            Self::Text(bytes) => std::str::from_utf8(bytes.data()).ok().map(Value::from),
            Self::Other(value) => Some(value.clone()),
        }
    }
}

/// A column while it is being read.
pub(super) struct Column {
    kind: Kind,
    full: i16,
    reader: ColumnReader,
    in_row: Arc<AtomicU64>,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

impl Column {
    pub(super) fn new(column: ColumnDescPtr, kind: Kind, pages: Pages, in_row: Arc<AtomicU64>) -> Self {
        let full = column.max_def_level();
        let reader = get_column_reader(column, Box::new(pages));
        Self { kind, full, reader, in_row, definitions: Vec::new(), repetitions: Vec::new() }
    }

    /// The values of the next row that are there: one at most, unless the column is a list. `None` behind the last row.
    pub(super) fn row(&mut self) -> Result<Option<Vec<Cell>>> {
        self.in_row.store(0, Ordering::Relaxed);
        self.definitions.clear();
        self.repetitions.clear();
        let (definitions, repetitions) = (&mut self.definitions, &mut self.repetitions);
        // One row at a time, so that no more than one page of a column is held.
        macro_rules! read {
            ($reader:expr, $cell:expr) => {{
                let mut values = Vec::new();
                let (rows, _, _) = $reader.read_records(1, Some(definitions), Some(repetitions), &mut values)?;
                (rows, values.into_iter().filter_map($cell).collect())
            }};
        }
        let kind = self.kind;
        let (rows, cells): (usize, Vec<Cell>) = match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => read!(reader, |value: bool| Some(Cell::Other(value.into()))),
            ColumnReader::Int32ColumnReader(reader) => {
                read!(reader, |value: i32| match kind {
                    Kind::Unsigned => Some(Cell::Other(value.cast_unsigned().into())),
                    _ => integer(i64::from(value), kind),
                })
            }
            ColumnReader::Int64ColumnReader(reader) => read!(reader, |value: i64| integer(value, kind)),
            ColumnReader::Int96ColumnReader(reader) => read!(reader, |value: Int96| int96(&value)),
            ColumnReader::FloatColumnReader(reader) => {
                // As the shortest decimals that mean it, not as the nearest double.
                read!(reader, |value: f32| float(value.to_string().parse().unwrap_or_else(|_| f64::from(value))))
            }
            ColumnReader::DoubleColumnReader(reader) => read!(reader, float),
            ColumnReader::ByteArrayColumnReader(reader) => read!(reader, |value: ByteArray| Some(Cell::Text(value))),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                read!(reader, |value: FixedLenByteArray| uuid(&value))
            }
        };
        Ok((rows == 1).then_some(cells))
    }

    /// Whether the row that was read last has a value outright: for a list, whether it is there at all.
    pub(super) fn is_there(&self) -> bool {
        self.full == 0 || self.definitions.first().is_some_and(|level| *level > 0)
    }
}

fn integer(value: i64, kind: Kind) -> Option<Cell> {
    let value = match kind {
        Kind::Unsigned => value.cast_unsigned().into(),
        Kind::Day => day(value)?,
        Kind::Time(unit, utc) => time(i128::from(value) * i128::from(unit), utc)?,
        _ => value.into(),
    };
    Some(Cell::Other(value))
}

fn float(value: f64) -> Option<Cell> {
    serde_json::Number::from_f64(value).map(|number| Cell::Other(number.into()))
}

fn day(days: i64) -> Option<Value> {
    let start = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(days.checked_mul(24)?)).ok()?;
    Some(start.to_zoned(TimeZone::UTC).date().to_string().into())
}

fn time(nanoseconds: i128, utc: bool) -> Option<Value> {
    let time = Timestamp::from_nanosecond(nanoseconds).ok()?;
    let text = if utc { time.to_string() } else { time.to_zoned(TimeZone::UTC).datetime().to_string() };
    Some(text.into())
}

/// Nanoseconds of a Julian day.
fn int96(value: &Int96) -> Option<Cell> {
    const DAY: i128 = 86_400_000_000_000;
    const UNIX_EPOCH: i128 = 2_440_588;
    let [low, high, day] = value.data() else { return None };
    let nanoseconds = i128::from(u64::from(*high) << 32 | u64::from(*low));
    time((i128::from(*day) - UNIX_EPOCH) * DAY + nanoseconds, false).map(Cell::Other)
}

fn uuid(value: &FixedLenByteArray) -> Option<Cell> {
    let hex: String = value.data().iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part));
    let parts: Option<Vec<&str>> = parts.into_iter().collect();
    Some(Cell::Other(parts?.join("-").into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_dates() {
        assert_eq!(day(20_010), Some("2024-10-14".into()));
        assert_eq!(day(-1), Some("1969-12-31".into()));
        assert_eq!(day(i64::MAX), None);
        assert_eq!(time(1_728_901_200_000_000_000, true), Some("2024-10-14T10:20:00Z".into()));
        assert_eq!(time(1_728_901_200_500_000_000, false), Some("2024-10-14T10:20:00.5".into()));
        assert_eq!(time(i128::MAX, true), None);
        let mut old = Int96::new();
        let nanoseconds = 37_200_000_000_000_u64;
        old.set_data(nanoseconds as u32, (nanoseconds >> 32) as u32, 2_440_588 + 20_010);
        assert_eq!(int96(&old), Some(Cell::Other("2024-10-14T10:20:00".into())));
    }
}

//! One JSON object out of bytes, with a bound on how many values it may hold.

use khabar_model::RejectReason;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Refusal;

/// Values in one object, which bounds the memory that a line of a given length can cost.
const MAX_VALUES: usize = 1 << 18;

/// Parses a line of a JSONL file; `number` and `offset` are where it stands, for the message.
pub(super) fn object(line: &[u8], number: u64, offset: u64) -> Result<Map<String, Value>, Refusal> {
    let refuse = |at: usize, what: &str| {
        let column = String::from_utf8_lossy(line.get(..at).unwrap_or(line)).chars().count() + 1;
        let detail = format!("line {number}, column {column}, byte {}: {what}", offset + at as u64);
        Refusal::new(RejectReason::Malformed, detail)
    };
    let text = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        refuse(at, &format!("byte 0x{:02x} is no UTF-8", line.get(at).copied().unwrap_or_default()))
    })?;
    let mut left = MAX_VALUES;
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = Limited(&mut left).deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    match value {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(refuse(0, &format!("{} where an object was expected", type_name(&other)))),
        Err(_) if left == 0 => {
            let detail = format!("line {number}, byte {offset}: more than {MAX_VALUES} values in one line");
            Err(Refusal::new(RejectReason::Budget, detail))
        }
        Err(error) => {
            let words = error.to_string();
            let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
            let end = line.trim_ascii_end().len();
            Err(refuse(if error.is_eof() { end } else { error.column().saturating_sub(1).min(end) }, words))
        }
    }
}

/// What a value is, in words.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

struct Limited<'a>(&'a mut usize);

impl<'de> DeserializeSeed<'de> for Limited<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        *self.0 = self.0.saturating_sub(1);
        if *self.0 == 0 {
            return Err(D::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Limited<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(Limited(self.0))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(Limited(self.0))?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_says_where() {
        let detail = |line: &[u8]| object(line, 7, 100).unwrap_err().detail;
        assert_eq!(detail("{\"متن\": خبر}".as_bytes()), "line 7, column 9, byte 111: expected value");
        assert_eq!(detail(b"{\"a\": \"\xd3\"}"), "line 7, column 8, byte 107: byte 0xd3 is no UTF-8");
        assert_eq!(detail(b"[1]"), "line 7, column 1, byte 100: an array where an object was expected");
        assert!(detail(b"{\"a\": 1\r\n").starts_with("line 7, column 8, byte 107: EOF"));
        assert!(detail(&b"[".repeat(10_000)).contains("recursion limit"));
    }

    #[test]
    fn the_number_of_values_is_bounded() {
        let line = format!("{{\"a\":[{}0]}}", "0,".repeat(MAX_VALUES));
        assert_eq!(object(line.as_bytes(), 1, 0).unwrap_err().reason, RejectReason::Budget);
    }
}

//! Rows of numbers as one run of bytes: read in bulk, where serde reads each number by itself.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

/// A row that is written as bytes, numbers in little endian.
pub(crate) trait Packed: Sized {
    /// Appends the row.
    fn pack(&self, out: &mut Vec<u8>);
    /// Reads a row off the front; `None` if it is none.
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
}

/// The next bytes.
#[inline]
pub(crate) fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

impl Packed for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).map(Self::from_le_bytes)
    }
}

impl Packed for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).map(Self::from_le_bytes)
    }
}

impl Packed for (u32, u32) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    #[inline]
    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let both: [u8; 8] = take(bytes)?;
        let mut both = both.as_slice();
        u32::unpack(&mut both).zip(u32::unpack(&mut both))
    }
}

/// For `#[serde(with = "packed")]`: their number, and the rows.
pub(crate) fn serialize<T: Packed, S: Serializer>(rows: &[T], to: S) -> Result<S::Ok, S::Error> {
    let mut out = Vec::with_capacity(size_of_val(rows) + 4);
    // An index of 32 bits is what all lists of the gazetteer have.
    (rows.len() as u32).pack(&mut out);
    rows.iter().for_each(|row| row.pack(&mut out));
    to.serialize_bytes(&out)
}

/// The way back.
pub(crate) fn deserialize<'de, T: Packed, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let mut bytes = <&[u8]>::deserialize(from)?;
    read(&mut bytes).filter(|_| bytes.is_empty()).ok_or_else(|| D::Error::custom("rows that do not fit"))
}

fn read<T: Packed>(bytes: &mut &[u8]) -> Option<Vec<T>> {
    let count = u32::unpack(bytes)? as usize;
    // Each row has a byte at least.
    let mut rows = Vec::with_capacity(count.min(bytes.len()));
    // A copy that need not be written back for every row.
    let mut rest = *bytes;
    for _ in 0..count {
        rows.push(T::unpack(&mut rest)?);
    }
    *bytes = rest;
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back_and_damage_is_seen() {
        let rows = [(1_u32, 2_u32), (u32::MAX, 0)];
        let mut bytes = Vec::new();
        2_u32.pack(&mut bytes);
        rows.iter().for_each(|row| row.pack(&mut bytes));
        assert_eq!(read::<(u32, u32)>(&mut bytes.as_slice()).unwrap(), rows);
        assert_eq!(read::<(u32, u32)>(&mut &bytes[..bytes.len() - 1]), None);
        bytes[3] = 0xff;
        assert_eq!(read::<(u32, u32)>(&mut bytes.as_slice()), None);
    }
}

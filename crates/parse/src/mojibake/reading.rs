//! The charsets that text is misread with: from a letter back to the byte that it was taken for.

use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};

/// A single-byte charset that somebody took the bytes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// windows-1252; also ISO-8859-1, whose C1 controls stand for the same bytes.
    Western,
    /// windows-1256.
    Arabic,
    /// windows-1251.
    Cyrillic,
}

/// Pages of 256 code points in which the letters of these charsets lie: up to U+2122.
const PAGES: usize = 0x22;

/// Code point to byte, by pages; zero for none.
struct Table([Option<Box<[u8; 256]>>; PAGES]);

static TABLES: LazyLock<[Table; 3]> = LazyLock::new(|| {
    let mut western = Table::of(WINDOWS_1252);
    for byte in 0x80..=0x9f {
        western.set(char::from(byte), byte);
    }
    [western, Table::of(WINDOWS_1256), Table::of(WINDOWS_1251)]
});

impl Reading {
    /// The byte, 0x80 or higher, that this charset shows as `c`.
    pub(super) fn byte(self, c: char) -> Option<u8> {
        let [western, arabic, cyrillic] = &*TABLES;
        let table = match self {
            Self::Western => western,
            Self::Arabic => arabic,
            Self::Cyrillic => cyrillic,
        };
        table.get(c)
    }
}

/// The letter that windows-1256 has at a byte of 0x80 or higher.
pub(super) fn arabic_letter(byte: u8) -> char {
    static LETTERS: LazyLock<[char; 256]> = LazyLock::new(|| {
        let mut letters = ['\u{fffd}'; 256];
        for (byte, letter) in (0..=u8::MAX).zip(&mut letters) {
            *letter = decode(WINDOWS_1256, byte);
        }
        letters
    });
    LETTERS.get(usize::from(byte)).copied().unwrap_or('\u{fffd}')
}

fn decode(encoding: &'static Encoding, byte: u8) -> char {
    encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{fffd}')
}

impl Table {
    fn of(encoding: &'static Encoding) -> Self {
        let mut table = Self([const { None }; PAGES]);
        for byte in 0x80..=u8::MAX {
            table.set(decode(encoding, byte), byte);
        }
        table
    }

    fn set(&mut self, c: char, byte: u8) {
        let [low, high, ..] = u32::from(c).to_le_bytes();
        if let Some(page) = self.0.get_mut(usize::from(high)) {
            let place = page.get_or_insert_with(|| Box::new([0; 256])).get_mut(usize::from(low));
            // A C1 control gives way to the letter that windows-1252 has at its byte, but keeps a place of its own.
            if let Some(place) = place.filter(|place| **place == 0) {
                *place = byte;
            }
        }
    }

    fn get(&self, c: char) -> Option<u8> {
        let page = self.0.get(usize::try_from(u32::from(c) >> 8).ok()?)?.as_ref()?;
        let [low, ..] = u32::from(c).to_le_bytes();
        page.get(usize::from(low)).copied().filter(|byte| *byte != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_found_again() {
        for (reading, encoding) in
            [(Reading::Western, WINDOWS_1252), (Reading::Arabic, WINDOWS_1256), (Reading::Cyrillic, WINDOWS_1251)]
        {
            for byte in 0x80..=u8::MAX {
                assert_eq!(reading.byte(decode(encoding, byte)), Some(byte), "{byte:02X}");
            }
            assert_eq!(reading.byte('a'), None);
            assert_eq!(reading.byte('漢'), None);
        }
        assert_eq!(Reading::Western.byte('\u{80}'), Some(0x80));
        assert_eq!(Reading::Western.byte('€'), Some(0x80));
        assert_eq!(arabic_letter(0xc7), 'ا');
    }
}

//! MacArabic and MacFarsi, which browsers do not know: the letters of ISO-8859-6, and more.

/// One of the two; they differ in their digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mac {
    /// Digits of Arabic.
    Arabic,
    /// Digits of Persian.
    Farsi,
}

/// Bytes 0x80 to 0xFF of MacArabic. Its angle brackets for right-to-left text are no markup.
const HIGH: &str = "Ä\u{a0}ÇÉÑÖÜáàâäں«çéèêëí…îïñó»ôö÷úùûü !\"#$٪&'()*+،-./٠١٢٣٤٥٦٧٨٩:؛\u{fffd}=\u{fffd}؟\
    ❊ءآأؤإئابةتثجحخدذرزسشصضطظعغ[\\]^_ـفقكلمنهوىيًٌٍَُِّْپٹچەڤگڈڑ{|}ژے";

impl Mac {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Arabic => "x-mac-arabic",
            Self::Farsi => "x-mac-farsi",
        }
    }

    pub(super) fn decode(self, bytes: &[u8]) -> String {
        let high: Vec<char> = HIGH.chars().collect();
        let letter = |byte: &u8| match (self, byte) {
            (_, 0..=0x7f) => char::from(*byte),
            (Self::Farsi, 0xb0..=0xb9) => ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹']
                .get(usize::from(byte - 0xb0))
                .copied()
                .unwrap_or(char::REPLACEMENT_CHARACTER),
            _ => high.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        bytes.iter().map(letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_those_of_iso_8859_6() {
        assert_eq!(HIGH.chars().count(), 128);
        for byte in (0xc1..=0xda).chain(0xe0..=0xf2) {
            let iso = encoding_rs::ISO_8859_6.decode_without_bom_handling(&[byte]).0.into_owned();
            assert_eq!(Mac::Arabic.decode(&[byte]), iso, "{byte:02X}");
        }
        assert_eq!(Mac::Arabic.decode(b"a\xb1\xf3\xac"), "a١پ،");
        assert_eq!(Mac::Farsi.decode(b"\xb1\xf8\xfe"), "۱گژ");
    }
}

//! Script-local byte alphabets: one byte a letter, so that an n-gram is a few bytes of one word.

use std::{ops::RangeInclusive, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

/// What stands between words: spaces, digits, punctuation, letters of other scripts.
pub(crate) const BOUNDARY: u8 = 0;
/// What is not there: harakat, tatweel, invisible marks.
pub(crate) const SKIP: u8 = 1;
/// A letter that the alphabet has no place for.
const RARE: u8 = 2;

/// Maps a character to [`BOUNDARY`], [`SKIP`] or a letter (2 and above).
pub(crate) trait Alphabet {
    /// The byte of `c`.
    fn symbol(&self, c: char) -> u8;
}

/// Joiners, direction marks, soft hyphen and byte order mark: typed or lost without a change of language.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Arabic letters as the low byte of their code point; kaf, yeh and heh of each language stay apart.
///
/// ZWNJ is skipped: half of the Persian on the web has lost it, so nothing may depend on it.
pub(crate) struct Arabic;

static ARABIC: [u8; 256] = arabic();

const fn arabic() -> [u8; 256] {
    let mut table = [BOUNDARY; 256];
    let mut low = 0x10;
    while low < 256 {
        table[low] = match low {
            // Koranic marks, tatweel, harakat, superscript alef and small high letters.
            0x10..=0x1a | 0x1c | 0x40 | 0x4b..=0x5f | 0x70 | 0xd6..=0xdc | 0xdf..=0xe8 | 0xea..=0xed => SKIP,
            // Sindhi writes "and" and "in" as the signs 06FD and 06FE.
            0x20..=0x3f | 0x41..=0x4a | 0x6e | 0x6f | 0x71..=0xd3 | 0xd5 | 0xee | 0xef | 0xfa..=0xff => low as u8,
            _ => BOUNDARY,
        };
        low += 1;
    }
    table
}

impl Alphabet for Arabic {
    fn symbol(&self, c: char) -> u8 {
        match c {
            '\u{600}'..='\u{6ff}' => ARABIC[c as usize & 0xff],
            // The supplement writes Jawi and African languages; it shares the bytes below the Arabic letters.
            '\u{750}'..='\u{77f}' => RARE + (c as u8 % 28),
            '\u{8d3}'..='\u{8ff}' => SKIP,
            '\u{8a0}'..='\u{8c9}' => RARE,
            c if c.is_ascii() => BOUNDARY,
            c if invisible(c) => SKIP,
            _ => BOUNDARY,
        }
    }
}

/// Cyrillic letters in lower case, as the low byte of their code point.
pub(crate) struct Cyrillic;

impl Alphabet for Cyrillic {
    fn symbol(&self, c: char) -> u8 {
        let code = c as u32;
        match code {
            0..0x80 => BOUNDARY,
            // И and Е with grave are spelling aids of Bulgarian and Macedonian.
            0x400 | 0x450 => 0x35,
            0x40d | 0x45d => 0x38,
            0x401..=0x40f => (code + 0x50) as u8,
            0x410..=0x42f => (code + 0x20) as u8,
            0x430..=0x45f | 0x4cf => code as u8,
            0x4c0 => 0xcf,
            0x4c1..=0x4ce => (code + code % 2) as u8,
            0x482 => BOUNDARY,
            0x483..=0x489 | 0x300..=0x36f => SKIP,
            0x460..=0x4ff => (code | 1) as u8,
            0x500..=0x52f => RARE + ((code | 1) % 0x2d) as u8,
            _ if invisible(c) => SKIP,
            _ => BOUNDARY,
        }
    }
}

/// Latin letters in lower case: ASCII as itself, the letters of our languages by a table, others as their base letter.
pub(crate) struct Latin(&'static [u8; LATIN_CODES]);

/// Latin through the IPA block (African letters live there), then Extended Additional (Vietnamese).
const LATIN_CODES: usize = 0x2b0 + 0x100;

/// Letters beyond ASCII that get a byte of their own, in the order of those bytes.
const LATIN_LETTERS: &str = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž\
    ơưǎǐǒǔəɓɗƙƴɛɔɖƒɣḥḍṭṣẓṅẁẃẅẽỳạảấầẩẫậắằẳẵặẹẻếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỵỷỹ";

static LATIN: LazyLock<[u8; LATIN_CODES]> = LazyLock::new(|| {
    let free = (RARE + 1..=0x60).chain(0x7b..=u8::MAX);
    let own: Vec<(char, u8)> = LATIN_LETTERS.chars().zip(free).collect();
    let mut table = [BOUNDARY; LATIN_CODES];
    for (slot, code) in table.iter_mut().zip((0..0x2b0).chain(0x1e00..0x1f00)) {
        let Some(c) = char::from_u32(code).filter(|c| c.is_alphabetic()) else { continue };
        let lower = match c {
            // Capital dotted I; comma and cedilla are two spellings of the same Romanian and Turkish letters.
            'İ' => 'i',
            'Ș' | 'ș' => 'ş',
            'Ț' | 'ț' => 'ţ',
            // Azerbaijani schwa and its Pan-Nigerian twin.
            'Ə' | 'Ǝ' | 'ǝ' => 'ə',
            _ => c.to_lowercase().next().unwrap_or(c),
        };
        let base = lower.nfd().next().unwrap_or(lower);
        *slot = match own.iter().find(|&&(letter, _)| letter == lower) {
            _ if lower.is_ascii() => lower as u8,
            Some(&(_, byte)) => byte,
            None if base.is_ascii_lowercase() => base as u8,
            None => RARE,
        };
    }
    table
});

impl Latin {
    pub(crate) fn new() -> Self {
        Self(&LATIN)
    }
}

impl Alphabet for Latin {
    fn symbol(&self, c: char) -> u8 {
        let code = c as usize;
        match code {
            0xad => SKIP,
            0..0x2b0 => self.0[code],
            0x1e00..0x1f00 => self.0[code - 0x1e00 + 0x2b0],
            0x300..0x370 => SKIP,
            0xff21..=0xff3a => (code - 0xff21) as u8 + b'a',
            0xff41..=0xff5a => (code - 0xff41) as u8 + b'a',
            _ if invisible(c) => SKIP,
            _ => BOUNDARY,
        }
    }
}

/// A script of one code block without case: letters by their place in it.
pub(crate) struct Block {
    /// The block; longer ones wrap around.
    codes: RangeInclusive<u32>,
    /// Digits and punctuation inside the block.
    breaks: &'static [RangeInclusive<u32>],
    /// Marks inside the block that careful and careless typists of the same language differ in.
    skips: &'static [RangeInclusive<u32>],
}

/// Hebrew; points and cantillation are skipped.
pub(crate) const HEBREW: Block =
    Block { codes: 0x5d0..=0x5f2, breaks: &[], skips: &[0x591..=0x5bd, 0x5bf..=0x5bf, 0x5c1..=0x5c2, 0x5c4..=0x5c7] };
/// Devanagari.
pub(crate) const DEVANAGARI: Block = Block { codes: 0x900..=0x97f, breaks: &[0x964..=0x970], skips: &[] };
/// Bengali.
pub(crate) const BENGALI: Block =
    Block { codes: 0x980..=0x9ff, breaks: &[0x9e4..=0x9ef, 0x9f2..=0x9fb, 0x9fd..=0x9fd], skips: &[] };
/// Ethiopic; 384 syllables on 253 bytes.
pub(crate) const ETHIOPIC: Block = Block { codes: 0x1200..=0x137f, breaks: &[0x1360..=0x137c], skips: &[] };
/// Tibetan; the tsheg ends a syllable.
pub(crate) const TIBETAN: Block = Block { codes: 0xf40..=0xfbc, breaks: &[0xf85..=0xf85], skips: &[] };
/// Burmese and its neighbours.
pub(crate) const MYANMAR: Block =
    Block { codes: 0x1000..=0x109f, breaks: &[0x1040..=0x104f, 0x1090..=0x1099], skips: &[] };

impl Alphabet for Block {
    fn symbol(&self, c: char) -> u8 {
        let code = c as u32;
        if self.skips.iter().any(|range| range.contains(&code)) {
            return SKIP;
        }
        if self.codes.contains(&code) {
            if self.breaks.iter().any(|range| range.contains(&code)) {
                return BOUNDARY;
            }
            return RARE + ((code - self.codes.start()) % 253) as u8;
        }
        if invisible(c) { SKIP } else { BOUNDARY }
    }
}

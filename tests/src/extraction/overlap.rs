//! How far an extracted text agrees with what a person says of the page: the measures of three public benchmarks.
//!
//! Pure functions on texts; nothing but the standard library and `serde_json`, so that a tuning program can include
//! this file as it stands.

use serde_json::Value;

/// Words in a shingle.
const SHINGLE: usize = 4;

/// How a set of pages is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Shingles of four words, case-sensitive, each page with the same weight; F1 of mean precision and mean recall
    /// (article-extraction-benchmark).
    Shingles,
    /// Lower-case words without their order; mean of the pages' F1 (WCXB).
    Words,
    /// Snippets that must be in the text and others that must not, pooled over all pages (trafilatura).
    Snippets,
}

/// What is right for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The whole text of the article.
    Text(String),
    /// Snippets of it, and of what is not it.
    Snippets {
        /// Must be found.
        with: Vec<String>,
        /// Must not be found.
        without: Vec<String>,
    },
}

/// One page: what truth and text share, what the text has too much, what it lacks. Counts, or shares of one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// In both.
    pub both: f64,
    /// In the text alone.
    pub extra: f64,
    /// In the truth alone.
    pub missed: f64,
}

/// Precision, recall and F1 of a set, each 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// How much of the text is right.
    pub precision: f64,
    /// How much of what is right is in the text.
    pub recall: f64,
    /// What the set is ranked by.
    pub f1: f64,
}

impl Measure {
    /// Scores one page. A truth of the other form scores as an empty one.
    #[must_use]
    pub fn page(self, truth: &Truth, text: &str) -> Overlap {
        match (self, truth) {
            (Self::Shingles, Truth::Text(truth)) => shingles(truth, text),
            (Self::Words, Truth::Text(truth)) => words(truth, text),
            (Self::Snippets, Truth::Snippets { with, without }) => snippets(with, without, text),
            _ => Overlap::default(),
        }
    }

    /// The figures of a set from those of its pages.
    #[must_use]
    pub fn set(self, pages: &[Overlap]) -> Figures {
        match self {
            Self::Shingles => {
                let precision = mean(pages.iter().filter(|page| page.both + page.extra > 0.0).map(Overlap::precision));
                let recall = mean(pages.iter().filter(|page| page.both + page.missed > 0.0).map(Overlap::recall));
                Figures { precision, recall, f1: harmonic(precision, recall) }
            }
            Self::Words => Figures {
                precision: mean(pages.iter().map(Overlap::precision)),
                recall: mean(pages.iter().map(Overlap::recall)),
                f1: mean(pages.iter().map(Overlap::f1)),
            },
            Self::Snippets => {
                let sum = pages.iter().fold(Overlap::default(), |sum, page| Overlap {
                    both: sum.both + page.both,
                    extra: sum.extra + page.extra,
                    missed: sum.missed + page.missed,
                });
                Figures { precision: sum.precision(), recall: sum.recall(), f1: sum.f1() }
            }
        }
    }

    /// The truth of a page, out of its object in `truth.json`.
    #[must_use]
    pub fn truth(self, page: &Value) -> Option<Truth> {
        let list = |key: &str| -> Option<Vec<String>> {
            page.get(key)?.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
        };
        match self {
            Self::Shingles | Self::Words => page.get("body")?.as_str().map(|body| Truth::Text(body.to_owned())),
            Self::Snippets => Some(Truth::Snippets { with: list("with")?, without: list("without")? }),
        }
    }
}

impl Overlap {
    /// Share of the text that is right: 1 where both are empty, 0 where only the text is.
    #[must_use]
    pub fn precision(&self) -> f64 {
        if self.extra + self.missed == 0.0 { 1.0 } else { share(self.both, self.extra) }
    }

    /// Share of the truth that is in the text: 1 where both are empty, 0 where only the truth is.
    #[must_use]
    pub fn recall(&self) -> f64 {
        if self.extra + self.missed == 0.0 { 1.0 } else { share(self.both, self.missed) }
    }

    /// Their harmonic mean.
    #[must_use]
    pub fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    /// What the page costs its set: 0 where all is right, 1 at worst, the number of wrong snippets where those count.
    #[must_use]
    pub fn loss(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Shingles | Measure::Words => 1.0 - self.f1(),
            Measure::Snippets => self.extra + self.missed,
        }
    }
}

/// Shingles of four words; a text of fewer words is one shingle, an empty one none. In shares of one, so that long
/// pages weigh no more than short ones.
#[must_use]
pub fn shingles(truth: &str, text: &str) -> Overlap {
    let of = |text| -> Vec<Vec<&str>> {
        let tokens = tokens(text);
        match tokens.len() {
            0 => Vec::new(),
            1..SHINGLE => vec![tokens],
            _ => tokens.windows(SHINGLE).map(<[&str]>::to_vec).collect(),
        }
    };
    let counts = multisets(of(truth), of(text));
    let sum = counts.both + counts.extra + counts.missed;
    if sum == 0.0 {
        return counts;
    }
    Overlap { both: counts.both / sum, extra: counts.extra / sum, missed: counts.missed / sum }
}

/// Lower-case words, counted, in no order.
#[must_use]
pub fn words(truth: &str, text: &str) -> Overlap {
    let (truth, text) = (truth.to_lowercase(), text.to_lowercase());
    multisets(tokens(&truth), tokens(&text))
}

/// Snippets that are in the text and should (`both`), should not (`extra`), and that should be and are not (`missed`);
/// any run of white space is one space.
#[must_use]
pub fn snippets(with: &[String], without: &[String], text: &str) -> Overlap {
    let text = spaced(text);
    let found = |snippets: &[String]| count(snippets.iter().filter(|snippet| text.contains(&spaced(snippet))).count());
    let both = found(with);
    Overlap { both, extra: found(without), missed: count(with.len()) - both }
}

/// The words of a text as Python's `\w+` cuts them: at everything that is no letter, digit or underscore, so also at
/// vowel marks and joiners.
#[must_use]
pub fn tokens(text: &str) -> Vec<&str> {
    text.split(|char| !is_word(char)).filter(|token| !token.is_empty()).collect()
}

/// What Python's `\w` matches. `char::is_alphanumeric` also takes vowel signs and other marks.
#[must_use]
pub fn is_word(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric() || char == '_';
    }
    char.is_alphanumeric() && MARKS.partition_point(|&start| start <= u32::from(char)).is_multiple_of(2)
}

/// What two multisets share, and what one of them has more.
fn multisets<T: Ord>(mut truth: Vec<T>, mut text: Vec<T>) -> Overlap {
    truth.sort_unstable();
    text.sort_unstable();
    let (mut both, mut left, mut right) = (0, 0, 0);
    while let (Some(one), Some(other)) = (truth.get(left), text.get(right)) {
        let order = one.cmp(other);
        both += usize::from(order.is_eq());
        left += usize::from(order.is_le());
        right += usize::from(order.is_ge());
    }
    Overlap { both: count(both), extra: count(text.len() - both), missed: count(truth.len() - both) }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn share(part: f64, rest: f64) -> f64 {
    if part == 0.0 { 0.0 } else { part / (part + rest) }
}

fn harmonic(one: f64, other: f64) -> f64 {
    if one + other == 0.0 { 0.0 } else { 2.0 * one * other / (one + other) }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (number, sum) = values.fold((0.0, 0.0), |(number, sum), value| (number + 1.0, sum + value));
    if number == 0.0 { 0.0 } else { sum / number }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// Marks and enclosed letters, which count as alphabetic and are no `\w`: where a run of them starts, where it ends,
/// and so on. From the general categories Mn and Mc of Unicode 14 and the letters in circles and squares; a run goes on over
/// characters that are neither.
const MARKS: [u32; 418] = [
    0x300, 0x370, 0x483, 0x488, 0x591, 0x5c8, 0x610, 0x61b, 0x64b, 0x660, 0x670, 0x671, 0x6d6, 0x6e5, 0x6e7, 0x6ee,
    0x711, 0x712, 0x730, 0x74b, 0x7a6, 0x7b1, 0x7eb, 0x7f4, 0x7fd, 0x7fe, 0x816, 0x81a, 0x81b, 0x824, 0x825, 0x828,
    0x829, 0x82e, 0x859, 0x85c, 0x898, 0x8a0, 0x8ca, 0x904, 0x93a, 0x93d, 0x93e, 0x950, 0x951, 0x958, 0x962, 0x964,
    0x981, 0x984, 0x9bc, 0x9bd, 0x9be, 0x9ce, 0x9d7, 0x9d8, 0x9e2, 0x9e4, 0x9fe, 0xa04, 0xa3c, 0xa52, 0xa70, 0xa72,
    0xa75, 0xa84, 0xabc, 0xabd, 0xabe, 0xace, 0xae2, 0xae4, 0xafa, 0xb04, 0xb3c, 0xb3d, 0xb3e, 0xb58, 0xb62, 0xb64,
    0xb82, 0xb83, 0xbbe, 0xbce, 0xbd7, 0xbd8, 0xc00, 0xc05, 0xc3c, 0xc3d, 0xc3e, 0xc57, 0xc62, 0xc64, 0xc81, 0xc84,
    0xcbc, 0xcbd, 0xcbe, 0xcd7, 0xce2, 0xce4, 0xd00, 0xd04, 0xd3b, 0xd3d, 0xd3e, 0xd4e, 0xd57, 0xd58, 0xd62, 0xd64,
    0xd81, 0xd84, 0xdca, 0xde0, 0xdf2, 0xdf4, 0xe31, 0xe32, 0xe34, 0xe3b, 0xe47, 0xe4f, 0xeb1, 0xeb2, 0xeb4, 0xebd,
    0xec8, 0xece, 0xf18, 0xf1a, 0xf35, 0xf40, 0xf71, 0xf88, 0xf8d, 0xfc7, 0x102b, 0x103f, 0x1056, 0x105a, 0x105e,
    0x1061, 0x1062, 0x1065, 0x1067, 0x106e, 0x1071, 0x1075, 0x1082, 0x108e, 0x108f, 0x1090, 0x109a, 0x109e, 0x135d,
    0x1360, 0x1712, 0x1716, 0x1732, 0x1735, 0x1752, 0x1754, 0x1772, 0x1774, 0x17b4, 0x17d4, 0x17dd, 0x17de, 0x180b,
    0x1810, 0x1885, 0x1887, 0x18a9, 0x18aa, 0x1920, 0x193c, 0x1a17, 0x1a1c, 0x1a55, 0x1a80, 0x1ab0, 0x1b05, 0x1b34,
    0x1b45, 0x1b6b, 0x1b83, 0x1ba1, 0x1bae, 0x1be6, 0x1bf4, 0x1c24, 0x1c38, 0x1cd0, 0x1ce9, 0x1ced, 0x1cee, 0x1cf4,
    0x1cf5, 0x1cf7, 0x1cfa, 0x1dc0, 0x1e00, 0x20d0, 0x20f1, 0x24b6, 0x24ea, 0x2cef, 0x2cf2, 0x2d7f, 0x2d80, 0x2de0,
    0x2e00, 0x302a, 0x3030, 0x3099, 0x309b, 0xa66f, 0xa67e, 0xa69e, 0xa6a0, 0xa6f0, 0xa6f2, 0xa802, 0xa803, 0xa806,
    0xa807, 0xa80b, 0xa80c, 0xa823, 0xa82d, 0xa880, 0xa882, 0xa8b4, 0xa8c6, 0xa8e0, 0xa8f2, 0xa8ff, 0xa900, 0xa926,
    0xa92e, 0xa947, 0xa954, 0xa980, 0xa984, 0xa9b3, 0xa9c1, 0xa9e5, 0xa9e6, 0xaa29, 0xaa37, 0xaa43, 0xaa44, 0xaa4c,
    0xaa4e, 0xaa7b, 0xaa7e, 0xaab0, 0xaab1, 0xaab2, 0xaab5, 0xaab7, 0xaab9, 0xaabe, 0xaac0, 0xaac1, 0xaac2, 0xaaeb,
    0xaaf0, 0xaaf5, 0xaaf7, 0xabe3, 0xabee, 0xfb1e, 0xfb1f, 0xfe00, 0xfe30, 0x101fd, 0x101fe, 0x102e0, 0x102e1,
    0x10376, 0x1037b, 0x10a01, 0x10a10, 0x10a38, 0x10a40, 0x10ae5, 0x10ae7, 0x10d24, 0x10d28, 0x10eab, 0x10ead,
    0x10f46, 0x10f51, 0x10f82, 0x10f86, 0x11000, 0x11003, 0x11038, 0x11047, 0x11070, 0x11071, 0x11073, 0x11075,
    0x1107f, 0x11083, 0x110b0, 0x110c3, 0x11100, 0x11103, 0x11127, 0x11135, 0x11145, 0x11147, 0x11173, 0x11174,
    0x11180, 0x11183, 0x111b3, 0x111c1, 0x111c9, 0x111d0, 0x1122c, 0x1123f, 0x112df, 0x112eb, 0x11300, 0x11304,
    0x1133b, 0x1133d, 0x1133e, 0x1134e, 0x11357, 0x11358, 0x11362, 0x11375, 0x11435, 0x11447, 0x1145e, 0x1145f,
    0x114b0, 0x114c4, 0x115af, 0x115c1, 0x115dc, 0x115de, 0x11630, 0x11641, 0x116ab, 0x116b8, 0x1171d, 0x1172c,
    0x1182c, 0x1183b, 0x11930, 0x1193f, 0x11940, 0x11941, 0x11942, 0x11944, 0x119d1, 0x119e1, 0x119e4, 0x119e5,
    0x11a01, 0x11a0b, 0x11a33, 0x11a3a, 0x11a3b, 0x11a48, 0x11a51, 0x11a5c, 0x11a8a, 0x11a9a, 0x11c2f, 0x11c40,
    0x11c92, 0x11cb7, 0x11d31, 0x11d46, 0x11d47, 0x11d48, 0x11d8a, 0x11d98, 0x11ef3, 0x11ef7, 0x16af0, 0x16af5,
    0x16b30, 0x16b37, 0x16f4f, 0x16f50, 0x16f51, 0x16f93, 0x16fe4, 0x16ff2, 0x1bc9d, 0x1d245, 0x1da00, 0x1dab0,
    0x1e000, 0x1e02b, 0x1e130, 0x1e137, 0x1e2ae, 0x1e2af, 0x1e2ec, 0x1e2f0, 0x1e8d0, 0x1e8d7, 0x1e944, 0x1e94b,
    0x1f130, 0x1f18a, 0xe0100, 0xe01f0,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-12, "{one} is not {other}");
    }

    #[test]
    fn words_end_at_marks_and_joiners() {
        assert_eq!(
            tokens("خَبَر می\u{200c}رود snake_case don’t ١٢"),
            ["خ", "ب", "ر", "می", "رود", "snake_case", "don", "t", "١٢"]
        );
        assert_eq!(tokens("हिन्दी Ⅷ ²Ⓐx"), ["ह", "न", "द", "Ⅷ", "²", "x"]);
        assert!(MARKS.is_sorted());
    }

    #[test]
    fn shingles_weigh_pages_alike() {
        // Three shingles of the truth, two of the text, one shared.
        let page = shingles("a b c d e f", "b c d e x");
        near(page.both, 0.25);
        near(page.extra, 0.25);
        near(page.missed, 0.5);
        near(page.precision(), 0.5);
        near(page.recall(), 1.0 / 3.0);
        // Case tells, and a text of less than four words is one shingle.
        assert_eq!(shingles("A b", "a b"), Overlap { both: 0.0, extra: 0.5, missed: 0.5 });
        assert_eq!(shingles("a b", "a, b"), Overlap { both: 1.0, extra: 0.0, missed: 0.0 });
    }

    #[test]
    fn a_page_without_text_counts_for_recall_alone() {
        let pages = [shingles("a b c d", "a b c d"), shingles("a b c d", ""), shingles("", "")];
        let figures = Measure::Shingles.set(&pages);
        near(figures.precision, 1.0);
        near(figures.recall, 0.5);
        near(figures.f1, 2.0 / 3.0);
    }

    #[test]
    fn words_are_counted_without_case_and_order() {
        let page = words("The cat saw the dog", "dog the CAT barked");
        assert_eq!(page, Overlap { both: 3.0, extra: 1.0, missed: 2.0 });
        near(page.f1(), 2.0 * 0.75 * 0.6 / 1.35);
        let figures = Measure::Words.set(&[page, words("a", ""), words("", "")]);
        near(figures.f1, (page.f1() + 0.0 + 1.0) / 3.0);
    }

    #[test]
    fn snippets_are_pooled() {
        let list = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>();
        let one =
            snippets(&list(&["in  the\ntext", "gone"]), &list(&["menu", "imprint"]), "All in the \n text. Menu menu");
        assert_eq!(one, Overlap { both: 1.0, extra: 1.0, missed: 1.0 });
        let other = snippets(&list(&["x"]), &[], "x");
        near(Measure::Snippets.set(&[one, other]).f1, 4.0 / 6.0);
    }

    #[test]
    fn the_truth_is_read() {
        let page = serde_json::json!({"body": "b", "with": ["w"], "without": []});
        assert_eq!(Measure::Words.truth(&page), Some(Truth::Text("b".to_owned())));
        assert_eq!(
            Measure::Snippets.truth(&page),
            Some(Truth::Snippets { with: vec!["w".to_owned()], without: vec![] })
        );
        assert_eq!(Measure::Snippets.truth(&serde_json::json!({"with": [1], "without": []})), None);
    }
}

//! A line as tokens with what their words may mean, and the questions that a grammar asks of it.

use khabar_model::Span;
use khabar_text::PieceKind;

use crate::{
    key::{Key, Kind, Place, RawToken, tokens_of},
    language::Language,
    lexicon::{Entry, Guarded, Meaning, entries},
};

/// A word, a number or a mark of the line.
pub(crate) struct Token<'k> {
    pub(crate) kind: Kind,
    pub(crate) text: &'k str,
    /// The text with the conjunction that `text` leaves out.
    whole: &'k str,
    place: Place,
    /// No white space stands before it.
    pub(crate) glued: bool,
    entries: &'static [Entry],
}

/// The tokens of one line. Positions are indices of tokens; every question may be asked of any position.
pub(crate) struct Reader<'k> {
    key: &'k Key<'k>,
    tokens: Vec<Token<'k>>,
    pub(crate) language: Language,
    /// The line is known to be a date and nothing else.
    pub(crate) alone: bool,
}

impl<'k> Token<'k> {
    fn new(token: RawToken<'k>, piece: usize, glued: bool, language: Language) -> Self {
        let (kind, whole) = (token.kind, token.text);
        let mut text = whole;
        let mut found = if kind == Kind::Number { &[] } else { entries(text) };
        // The Arabic conjunction is written with its word: «والأحد», «وعام 2024».
        if found.is_empty()
            && kind == Kind::Word
            && matches!(language, Language::Arabic | Language::Unknown)
            && let Some(rest) = text.strip_prefix('و')
        {
            let behind = entries(rest);
            if !behind.is_empty() {
                (found, text) = (behind, rest);
            }
        }
        let end = token.start + whole.len();
        let place = Place { piece, start: end - text.len(), end };
        Self { kind, text, whole, place, glued, entries: found }
    }
}

impl<'k> Reader<'k> {
    pub(crate) fn new(key: &'k Key<'k>, language: Language, alone: bool) -> Self {
        let pieces = key.pieces();
        let mut tokens = Vec::with_capacity(pieces.len());
        for (piece, (of_line, text)) in pieces.enumerate() {
            let mut glued = of_line.is_glued();
            let kind = match of_line.kind {
                PieceKind::Word => Kind::Word,
                PieceKind::Mark(_) => Kind::Mark,
                PieceKind::Rough => {
                    for token in tokens_of(text) {
                        if token.kind != Kind::Space {
                            tokens.push(Token::new(token, piece, glued, language));
                        }
                        glued = token.kind != Kind::Space;
                    }
                    continue;
                }
            };
            tokens.push(Token::new(RawToken { kind, text, start: 0 }, piece, glued, language));
        }
        Self { key, tokens, language, alone }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token<'k>> {
        self.tokens.get(at)
    }

    /// The span in the text of the tokens `start..end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Option<Span> {
        let last = self.get(end.checked_sub(1)?)?;
        self.key.span(self.get(start)?.place, last.place)
    }

    /// The longest phrase at `at` whose meaning `pick` takes, and the position behind it.
    pub(crate) fn phrase<T>(&self, at: usize, pick: impl Fn(&Entry) -> Option<T>) -> Option<(T, usize)> {
        let token = self.get(at)?;
        token.entries.iter().filter(|entry| self.reads(entry)).find_map(|entry| {
            let end = at + 1 + entry.rest.len();
            let behind = self.tokens.get(at + 1..end)?;
            let same = entry.rest.iter().zip(behind).all(|(word, token)| **word == *token.whole);
            if same { Some((pick(entry)?, end)) } else { None }
        })
    }

    /// True if a phrase is read in a text of this language. A text of unknown language is taken for one of the likely ones,
    /// but for what only stands inside a date; English stands in pages of every language whose words look unlike it.
    fn reads(&self, entry: &Entry) -> bool {
        let admitted = entry.languages.admit(self.language)
            && (self.language != Language::Unknown || entry.languages.are_likely() || entry.meaning.is_part_of_date());
        admitted || (entry.languages.are_english() && (self.alone || self.language.hosts_english()))
    }

    /// The position behind the longest phrase at `at` with exactly this meaning.
    pub(crate) fn word(&self, at: usize, meaning: Meaning) -> Option<usize> {
        self.phrase(at, |entry| (entry.meaning == meaning).then_some(())).map(|(_, end)| end)
    }

    /// The position behind such a phrase if there is one at `at`, else `at`.
    pub(crate) fn skip(&self, at: usize, meaning: Meaning) -> usize {
        self.word(at, meaning).unwrap_or(at)
    }

    pub(crate) fn is_mark(&self, at: usize, marks: &str) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Mark && marks.contains(token.text))
    }

    /// The number at `at` if it is written with as many digits as `digits` has in it.
    pub(crate) fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i32> {
        let token = self.get(at)?;
        if token.kind == Kind::Number && digits.contains(&token.text.len()) { token.text.parse().ok() } else { None }
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// True if the token is a comma or "and" in a list.
    pub(crate) fn joins_list(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| matches!(token.text, "," | "و" | "and" | "او" | "يا"))
    }

    /// True if "and" is written with the word at `at`.
    pub(crate) fn has_conjunction(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.text.len() < token.whole.len())
    }

    /// True if the token stands right behind the one before it.
    pub(crate) fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    /// True if the number at `at` is the tail of a longer one: of `3.14`, `1,200`, `5/69`.
    pub(crate) fn is_tail_of_number(&self, at: usize) -> bool {
        let Some(mark) = at.checked_sub(1) else { return false };
        self.is_glued(at)
            && self.is_mark(mark, ".,/:٫٬")
            && self.is_glued(mark)
            && mark.checked_sub(1).is_some_and(|before| self.is_number(before))
    }

    /// True if the number at `at` goes on: `2024,5`, `1.200`, `5/69`.
    pub(crate) fn is_head_of_number(&self, at: usize) -> bool {
        self.is_mark(at + 1, ".,/:٫٬") && self.is_glued(at + 1) && self.is_glued(at + 2) && self.is_number(at + 2)
    }

    /// True if the line has a letter or digit of the Arabic script.
    pub(crate) fn is_arabic_script(&self) -> bool {
        self.key.is_arabic_script()
    }

    /// False if no date expression begins here.
    pub(crate) fn may_begin(&self, at: usize) -> bool {
        let pashto = self.language == Language::Pashto || self.language == Language::Unknown;
        let begins = |entry: &Entry| entry.meaning.begins() || pashto && entry.meaning == Meaning::Of;
        self.get(at).is_some_and(|token| token.kind == Kind::Number || token.entries.iter().any(begins))
    }

    pub(crate) fn is_capitalised(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| self.key.is_capitalised(token.place))
    }

    /// True if the word before `at` makes something else of a word of this kind, or, for numbers, counts it.
    pub(crate) fn guarded_before(&self, at: usize, kind: Guarded) -> bool {
        at.checked_sub(1).is_some_and(|before| self.word(before, Meaning::NotAfter(kind)) == Some(at))
    }

    /// True if the word at `at` makes something else of a word of this kind before it.
    pub(crate) fn guarded_behind(&self, at: usize, kind: Guarded) -> bool {
        self.word(at, Meaning::NotBefore(kind)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use khabar_text::{Cut, Zwnj, fold_aligned};
    use proptest::{prelude::*, sample::select};

    use super::*;

    fn line() -> impl Strategy<Value = String> {
        let pieces = &[
            "عام",
            "الأحد",
            "وإلى",
            "سه‌شنبه",
            "جدًا",
            "هٔ",
            "\u{654}",
            "ـ",
            "12",
            "٢٠٢٤",
            "½",
            "Ⅷ",
            "May",
            "İ",
            "ß",
            "U",
            " ",
            "  ",
            "\u{a0}",
            "\u{85}",
            "\t",
            "\u{200b}",
            "\u{200c}",
            "\u{301}",
            "ﷺ",
            "ﱞ",
            ".",
            "…",
            "'",
            "’",
            "،",
            ",",
            "«",
            "”",
            "-",
            "/",
            ":",
            "۔",
            "日",
            "Мая",
            "ا",
            "é",
            "ک",
            "ى",
        ][..];
        proptest::collection::vec(select(pieces), 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        /// Pieces are folded one by one; the key of the whole line has the same words, from the same bytes.
        #[test]
        fn tokens_are_those_of_the_folded_line(text in line()) {
            let cut = Cut::new(&text);
            let key = Key::new(&cut, cut.pieces());
            let reader = Reader::new(&key, Language::Other, false);
            let tokens: Vec<_> = reader.tokens.iter().map(|token| (token.kind, token.text, token.glued)).collect();
            let folded = fold_aligned(&text, Zwnj::Delete);
            let mut glued = false;
            let mut expected = Vec::new();
            for token in tokens_of(&folded.text) {
                if token.kind != Kind::Space {
                    expected.push((token.kind, token.text, glued));
                    let end = token.start + token.text.len();
                    let span = folded.alignment.to_src(Span::new(token.start, end).unwrap());
                    let found = reader.span(expected.len() - 1, expected.len()).unwrap();
                    prop_assert_eq!(found.start(), span.start());
                    prop_assert!(found.end() >= span.end());
                }
                glued = token.kind != Kind::Space;
            }
            prop_assert_eq!(tokens, expected);
        }
    }
}

//! What may be glued to a name: Arabic proclitics before it, Persian suffixes behind it.
//!
//! All letters here are folded: every yeh is ي, every kaf ك, and alef has no hamza.

/// Most letters that a suffix can have, and one more, so that a longer rest of a word is seen to be longer.
pub(crate) const LONGEST_SUFFIX: usize = 5;

/// How a chain of Arabic proclitics ends, which decides the names that may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    /// Conjunction, preposition or both: و ف أ, ب ك ل. Any name may follow.
    Plain,
    /// The same, with ل last: a name that has lost the alef of its article may follow too (للكرملين).
    Lam,
    /// The article, or the two lams that stand for ل and the article. Only a name that takes an article may follow.
    Article,
}

/// True for the letters that a chain of proclitics begins with.
pub(crate) fn may_begin(letter: char) -> bool {
    matches!(letter, 'و' | 'ف' | 'ا' | 'ب' | 'ك' | 'ل')
}

/// The chains of proclitics that some letters begin with, and their lengths, the shortest first.
///
/// The grammar is `(و|ف|أ)?(ب|ك|ل)?(ال)?` with `لل` for `ل` and the article. The future particle س is left out: it
/// stands before verbs only. `asks` says that a first alef is the question particle, which the text writes أ; a bare
/// one is a letter of some other word.
#[inline]
pub(crate) fn chains(letters: &[char], asks: bool) -> [Option<(usize, Chain)>; 3] {
    let conjunction = match letters.first() {
        Some('و' | 'ف') => 1,
        Some('ا') if asks => 1,
        _ => 0,
    };
    let (preposition, article) = match letters.get(conjunction..).unwrap_or_default() {
        ['ا', 'ل', ..] => (None, Some(2)),
        ['ب' | 'ك', 'ا', 'ل', ..] => (Some(Chain::Plain), Some(3)),
        ['ب' | 'ك', ..] => (Some(Chain::Plain), None),
        ['ل', 'ل', ..] => (Some(Chain::Lam), Some(2)),
        ['ل', ..] => (Some(Chain::Lam), None),
        _ => (None, None),
    };
    let first = (conjunction > 0).then_some((1, Chain::Plain));
    let second = preposition.map(|chain| (conjunction + 1, chain));
    let third = article.map(|length| (conjunction + length, Chain::Article));
    [first, second, third]
}

/// What a name has lost to the preposition ل before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Contraction {
    /// Nothing.
    None,
    /// The alef of its article: الكرملين, للكرملين.
    Alef,
    /// Its whole article, because a third lam in a row is not written: اللاذقية, للاذقية.
    Article,
}

impl Contraction {
    /// An Arabic name that begins with the article, as it is written after ل; `None` for other names.
    pub(crate) fn of(name: &[char]) -> Option<(&[char], Self)> {
        let ['ا', without_alef @ ..] = name else { return None };
        match without_alef {
            ['ل', without_article @ ..] if without_article.first() == Some(&'ل') => {
                Some((without_article, Self::Article))
            }
            ['ل', _, ..] => Some((without_alef, Self::Alef)),
            _ => None,
        }
    }

    /// The letters that were lost.
    pub(crate) fn dropped(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Alef => "ا",
            Self::Article => "ال",
        }
    }
}

/// True if `letters` may be glued to the end of a Persian name.
///
/// The plural ها and its forms follow adjectives of nationality, where the text has lost its ZWNJ (اوکراینیها); ی
/// follows other names in ا or و as the written ezafe (آمریکای).
pub(crate) fn is_persian_suffix(name: &[char], letters: &[char], is_demonym: bool) -> bool {
    match letters {
        ['ه', 'ا'] | ['ه', 'ا', 'ي'] | ['ه', 'ا', 'ي' | 'ئ', 'ي'] => is_demonym,
        ['ي'] => !is_demonym && matches!(name, [.., 'ا' | 'و']),
        _ => false,
    }
}

/// Where in a word the suffixes begin that [`is_persian_suffix`] has, in letters from its end; each a bit.
pub(crate) fn persian_suffixes(word: &[char]) -> u8 {
    match word {
        [.., 'ه', 'ا', 'ي' | 'ئ', 'ي'] => 1 << 4 | 1 << 1,
        [.., 'ه', 'ا', 'ي'] => 1 << 3 | 1 << 1,
        [.., 'ه', 'ا'] => 1 << 2,
        [.., 'ي'] => 1 << 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of the letters, as a chain.
    fn chain_of(letters: &str) -> Option<Chain> {
        let folded: Vec<char> = letters.replace('أ', "ا").chars().collect();
        let mut found = chains(&folded, letters.starts_with('أ')).into_iter().flatten();
        found.find(|(length, _)| *length == folded.len()).map(|(_, chain)| chain)
    }

    #[test]
    fn every_chain_of_the_grammar_and_nothing_else() {
        for first in ["", "و", "ف", "أ"] {
            for (second, kind) in [("", Chain::Plain), ("ب", Chain::Plain), ("ك", Chain::Plain), ("ل", Chain::Lam)] {
                let letters = format!("{first}{second}");
                assert_eq!(chain_of(&letters), Some(kind).filter(|_| !letters.is_empty()), "{letters}");
                let with_article = if second == "ل" { format!("{letters}ل") } else { format!("{letters}ال") };
                assert_eq!(chain_of(&with_article), Some(Chain::Article), "{with_article}");
                assert!(with_article.replace('أ', "ا").starts_with(may_begin), "{with_article}");
            }
        }
        for letters in ["ا", "اب", "س", "وس", "بك", "لب", "وو", "بو", "للل", "م", "ه", "a", "وبالل"]
        {
            assert_eq!(chain_of(letters), None, "{letters}");
        }
        for (word, lengths) in [("وبالكويت", &[1, 2, 4][..]), ("للكويت", &[1, 2]), ("الكويت", &[2]), ("سوريا", &[])]
        {
            let letters: Vec<char> = word.chars().collect();
            let found = chains(&letters, false).into_iter().flatten().map(|(length, _)| length);
            assert!(found.eq(lengths.iter().copied()), "{word}");
        }
    }

    #[test]
    fn persian_suffixes_are_where_they_may_be_glued() {
        for word in
            ["اوکراینی", "ایرانیها", "ایرانیهای", "ایرانیهایی", "ایرانیهائی", "آمریکای", "ماه", "ها", "ی", "هایئ", ""]
        {
            let word: Vec<char> = khabar_text::fold(word).chars().collect();
            let is_glued = |letters: &usize| {
                let (name, suffix) = word.split_at(word.len() - letters);
                [false, true].iter().any(|&is_demonym| {
                    is_persian_suffix(name, suffix, is_demonym) || is_persian_suffix(&['ا'], suffix, is_demonym)
                })
            };
            let expected = (1..=word.len()).filter(is_glued).fold(0, |lengths, letters| lengths | 1 << letters);
            assert_eq!(persian_suffixes(&word), expected, "{word:?}");
        }
    }

    #[test]
    fn the_article_is_contracted_after_lam() {
        for (name, rest) in [("الكرملين", "لكرملين"), ("اللاذقيه", "لاذقيه")] {
            let name: Vec<char> = name.chars().collect();
            let (contracted, contraction) = Contraction::of(&name).unwrap();
            assert_eq!(contracted.iter().collect::<String>(), rest);
            assert!(contraction.dropped().chars().chain(contracted.iter().copied()).eq(name.iter().copied()));
        }
        assert_eq!(Contraction::of(&['ا', 'ي']), None);
    }
}

//! What may be glued to a name: Arabic proclitics before it, Persian suffixes behind it.
//!
//! All letters here are folded: every yeh is ي, every kaf ك, and alef has no hamza.

/// Most letters that a chain of proclitics can have (`وبال`).
pub(crate) const LONGEST_CHAIN: usize = 4;

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

/// What a chain of proclitics is, or `None` if the letters are no such chain.
///
/// The grammar is `(و|ف|أ)?(ب|ك|ل)?(ال)?` with `لل` for `ل` and the article. The future particle س is left out: it
/// stands before verbs only. The question particle أ arrives as ا.
pub(crate) fn chain(letters: &str) -> Option<Chain> {
    let rest = letters.strip_prefix(['و', 'ف', 'ا']).filter(|_| !letters.starts_with("ال")).unwrap_or(letters);
    match rest {
        "" if !letters.is_empty() => Some(Chain::Plain),
        "ب" | "ك" => Some(Chain::Plain),
        "ل" => Some(Chain::Lam),
        "ال" | "بال" | "كال" | "لل" => Some(Chain::Article),
        _ => None,
    }
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
    /// A folded Arabic name that begins with the article, as it is written after ل; `None` for other names.
    pub(crate) fn of(name: &str) -> Option<(&str, Self)> {
        let without_alef = name.strip_prefix('ا')?;
        let without_article = without_alef.strip_prefix('ل')?;
        if without_article.starts_with('ل') {
            Some((without_article, Self::Article))
        } else {
            Some((without_alef, Self::Alef))
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

/// True if `letters` may be glued to the end of a Persian name in a text that has lost its ZWNJ, or by rule.
///
/// The plural ها and its forms follow demonyms (اوکراینیها); ی follows a name in ا or و as the written ezafe
/// (آمریکای).
pub(crate) fn is_persian_suffix(name: &str, letters: &str, is_demonym: bool) -> bool {
    match letters {
        "ها" | "هاي" | "هايي" | "هائي" => is_demonym,
        "ي" => !is_demonym && name.ends_with(['ا', 'و']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chain_of_the_grammar_and_nothing_else() {
        let mut chains = 0;
        for first in ["", "و", "ف", "ا"] {
            for (second, kind) in [("", Chain::Plain), ("ب", Chain::Plain), ("ك", Chain::Plain), ("ل", Chain::Lam)] {
                let letters = format!("{first}{second}");
                assert_eq!(chain(&letters), Some(kind).filter(|_| !letters.is_empty()).filter(|_| letters != "ال"), "{letters}");
                chains += 1;
            }
        }
        assert_eq!(chains, 16);
        for letters in ["ال", "وال", "بال", "كال", "فبال", "لل", "ولل", "وبال"] {
            assert_eq!(chain(letters), Some(Chain::Article), "{letters}");
        }
        for letters in ["", "س", "وس", "بك", "لب", "وو", "بو", "للل", "م", "ه", "a"] {
            assert_eq!(chain(letters), None, "{letters}");
        }
    }

    #[test]
    fn the_article_is_contracted_after_lam() {
        for (name, rest) in [("الكرملين", "لكرملين"), ("اللاذقية", "لاذقية")] {
            let (contracted, contraction) = Contraction::of(name).unwrap();
            assert_eq!(contracted, rest);
            assert_eq!(format!("{}{contracted}", contraction.dropped()), name);
        }
        assert_eq!(Contraction::of("كوريا"), None);
    }
}

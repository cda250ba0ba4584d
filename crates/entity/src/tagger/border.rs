//! Where a name starts inside its first token, and ends inside its last: proclitics and endings stay outside.

use crate::clitic;
use crate::tagger::Reading;
use crate::tagger::feature::{Habit, START, roll, settle};
use crate::tagger::names::{Names, list};

/// Letters of the proclitics before the name that starts with the token at `first`; 0 for none.
///
/// A chain is taken off if what remains is a name that some list has and the whole word is not; and if an article
/// follows it, which is no part of a chain here. `coordinated` says that a name of the same type stands before it.
pub(crate) fn proclitics(letters: &[char], names: &Names, coordinated: bool, alef_with_hamza: bool) -> usize {
    let known = |letters: &[char]| {
        let lists = names.get(settle(roll(START, letters)));
        lists & (list::PERSON | list::CITY | list::REGION | list::BODY | list::HEAD) != 0
    };
    let whole = known(letters);
    let before = &letters[..letters.len().saturating_sub(2)];
    let [conjunction, preposition, _article] = clitic::chains(before, alef_with_hamza);
    for (length, _) in conjunction.into_iter().chain(preposition) {
        let (chain, rest) = letters.split_at(length);
        // «للكويت»: the name has lost an alef.
        let contracted = chain.last() == Some(&'ل') && rest.first() == Some(&'ل') && rest.len() > 3;
        let article = matches!(rest, ['ا', 'ل', _, _, ..]);
        let restored = || {
            let mut restored = vec!['ا'];
            restored.extend(rest);
            known(&restored)
        };
        // «كاليفورنيا», «بالمر».
        if whole {
            continue;
        }
        if article && (chain != ['ا'] || known(rest)) {
            return length;
        }
        if contracted && (restored() || rest.len() > 4) {
            return length;
        }
        if rest.len() >= 3 && known(rest) {
            return length;
        }
        if coordinated && chain == ['و'] && rest.len() >= 3 {
            return length;
        }
    }
    0
}

/// The byte behind the first `count` letters of a word, with the marks that belong to them.
pub(crate) fn behind_letters(word: &str, count: usize) -> Option<usize> {
    let mut letters = 0;
    for (offset, letter) in word.char_indices() {
        let mark = crate::key::is_vowel_sign(letter) || letter == '\u{640}';
        if !mark && letters == count {
            return Some(offset);
        }
        letters += usize::from(!mark);
    }
    None
}

/// The bytes of the name over tokens `first..end`, and where its proclitics start; `None` if nothing remains.
pub(crate) fn of_name(
    text: &str,
    reading: &Reading,
    (first, end): (usize, usize),
    coordinated: bool,
    names: &Names,
    habit: Habit,
) -> Option<(usize, usize, usize)> {
    let head = reading.tokens.get(first)?;
    let tail = reading.tokens.get(end.checked_sub(1)?)?;
    let chain = head.start;
    let mut start = head.start;
    let mut stop = tail.end;
    match habit {
        Habit::Arabic => {
            let word = text.get(head.start..head.end)?;
            let count = proclitics(reading.folded.get(first), names, coordinated, word.starts_with('أ'));
            if count > 0 {
                start += behind_letters(word, count)?;
            }
            // «ل أبو ظبي», «ـ»: a tatweel behind a proclitic.
        }
        Habit::Persian => {
            if let Some(before) = text.get(tail.start..tail.end).and_then(crate::tagger::token::before_ending) {
                stop = tail.start + before;
            }
        }
        Habit::Plain => {}
    }
    (start < stop).then_some((chain, start, stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_word_that_looks_like_proclitics_and_article_is_whole() {
        let letters = |word: &str| -> Vec<char> { word.chars().collect() };
        let names = Names::new(vec![settle(roll(START, &letters("كاليفورنيا")))], vec![list::REGION]);
        let cut = |word: &str| proclitics(&letters(word), &names, false, false);
        assert_eq!((cut("كاليفورنيا"), cut("وكاليفورنيا"), cut("بالقاهره"), cut("القاهره")), (0, 1, 1, 0));
    }

    #[test]
    fn marks_belong_to_their_letters() {
        assert_eq!(behind_letters("وَمصر", 1), Some("وَ".len()));
        assert_eq!(behind_letters("بـمصر", 1), Some("بـ".len()));
        assert_eq!(behind_letters("و", 1), None);
    }
}

//! Words that the grammars of quotes look for, as written: the lists of data/quote-words.tsv.

use std::sync::LazyLock;

/// A list of the table.
type Words = LazyLock<Vec<&'static str>>;

const TABLE: &str = include_str!("../../data/quote-words.tsv");

pub(super) static WITHHELD: Words = LazyLock::new(|| list("withheld"));
pub(super) static RELATIVE: Words = LazyLock::new(|| list("relative"));
pub(super) static STATEMENT: Words = LazyLock::new(|| list("statement"));
pub(super) static PRONOUN: Words = LazyLock::new(|| list("pronoun"));
pub(super) static MARKER: Words = LazyLock::new(|| list("marker"));
pub(super) static UNREPORTED: Words = LazyLock::new(|| list("unreported"));
pub(super) static MODAL: Words = LazyLock::new(|| list("modal"));
pub(super) static MANNER: Words = LazyLock::new(|| list("manner"));
pub(super) static PERSIAN_SPEECH: Words = LazyLock::new(|| list("speech-fa"));
pub(super) static QUESTION: Words = LazyLock::new(|| list("question"));
pub(super) static URDU_SPEECH: Words = LazyLock::new(|| list("speech-ur"));
pub(super) static ANSWERED: Words = LazyLock::new(|| list("answered"));
pub(super) static RESUMED: Words = LazyLock::new(|| list("resumed"));
pub(super) static ARABIC_SPEECH: Words = LazyLock::new(|| list("speech-ar"));
pub(super) static IMPERSONAL: Words = LazyLock::new(|| list("impersonal"));
pub(super) static UNSAID: Words = LazyLock::new(|| list("unsaid"));
pub(super) static HUMAN: Words = LazyLock::new(|| list("human"));
pub(super) static PROGRAMME: Words = LazyLock::new(|| list("programme"));
pub(super) static SAID: Words = LazyLock::new(|| list("said"));
pub(super) static ACTING: Words = LazyLock::new(|| list("acting"));
pub(super) static COMPOUND: Words = LazyLock::new(|| list("compound"));
pub(super) static NATIVE: Words = LazyLock::new(|| list("native"));
pub(super) static NO_NATIVE: Words = LazyLock::new(|| list("no-native"));
pub(super) static AFFILIATE: Words = LazyLock::new(|| list("affiliate"));
pub(super) static MEMBER: Words = LazyLock::new(|| list("member"));
pub(super) static CHIEF: Words = LazyLock::new(|| list("chief"));
pub(super) static FEELING: Words = LazyLock::new(|| list("feeling"));
pub(super) static GATHERING: Words = LazyLock::new(|| list("gathering"));
pub(super) static WH: Words = LazyLock::new(|| list("wh"));
pub(super) static ASKING: Words = LazyLock::new(|| list("asking"));

/// The words of a list; none if the table has no such list.
fn list(name: &str) -> Vec<&'static str> {
    let rows = TABLE.lines().filter(|row| !row.starts_with('#'));
    let row = rows.filter_map(|row| row.split_once('\t')?.1.split_once('\t')).find(|(list, _)| *list == name);
    row.map(|(_, words)| words.split('|').collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_in_the_table() {
        let lists = [
            &WITHHELD,
            &RELATIVE,
            &STATEMENT,
            &PRONOUN,
            &MARKER,
            &UNREPORTED,
            &MODAL,
            &MANNER,
            &PERSIAN_SPEECH,
            &QUESTION,
            &URDU_SPEECH,
            &ANSWERED,
            &RESUMED,
            &ARABIC_SPEECH,
            &IMPERSONAL,
            &UNSAID,
            &HUMAN,
            &PROGRAMME,
            &SAID,
            &ACTING,
            &COMPOUND,
            &NATIVE,
            &NO_NATIVE,
            &AFFILIATE,
            &MEMBER,
            &CHIEF,
            &FEELING,
            &GATHERING,
            &WH,
            &ASKING,
        ];
        assert!(lists.iter().all(|list| list.len() > 1 && list.iter().all(|word| !word.is_empty())));
    }
}

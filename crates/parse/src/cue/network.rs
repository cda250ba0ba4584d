//! Names of networks and apps, and the small words that stand beside them in a follow bar, from data/cues/networks.tsv.

use std::collections::HashMap;

use super::words;

/// The embedded list; its columns are explained in its first lines.
pub(crate) const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cues/networks.tsv"));

/// What a name or word of the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Network,
    /// A network whose name is an ordinary word as well: yes, a person's name.
    Also,
    /// A word that only accompanies: channel, on, قناة.
    Companion,
    /// A verb of following: join, تابعونا.
    Verb,
}

/// All names, ready to match.
#[derive(Debug, Default)]
pub(super) struct Networks {
    /// First word of a name → the words after it and what the name is, longest first.
    names: HashMap<String, Vec<(Vec<String>, Kind)>>,
}

/// How many words of a line are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) words: usize,
    /// Words that are names, small words or verbs of a follow bar.
    pub(super) known: usize,
    /// Names that are nothing else.
    pub(super) networks: usize,
    /// Names that are ordinary words too.
    pub(super) also: usize,
    pub(super) verbs: usize,
}

impl Networks {
    /// Reads a list of kind TAB names; rows that do not follow the format are left out.
    pub(super) fn read(table: &str) -> Self {
        let mut networks = Self::default();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let Some((kind, names)) = row.split_once('\t') else { continue };
            let kind = match kind {
                "network" => Kind::Network,
                "also" => Kind::Also,
                "companion" => Kind::Companion,
                "verb" => Kind::Verb,
                _ => continue,
            };
            for name in names.split('|') {
                let key = khabar_text::fold(name);
                let mut parts = words(&key).map(str::to_owned);
                let Some(first) = parts.next() else { continue };
                networks.names.entry(first).or_default().push((parts.collect(), kind));
            }
        }
        // The order of the map is never seen: each list is sorted for itself.
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted on its own, whatever the order of lists")]
        for list in networks.names.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        networks
    }

    /// True for a line of names and their small words only; most lines are told from one by their first word.
    pub(super) fn is_bar(&self, key: &str) -> bool {
        words(key).next().is_some_and(|first| !self.list(first).is_empty()) && self.bar(key).is_only_networks()
    }

    /// The names that begin with a word, an Arabic article or "and" before it left out.
    fn list(&self, word: &str) -> &[(Vec<String>, Kind)] {
        let bare = || ["وال", "بال", "ال", "و"].iter().find_map(|front| self.names.get(word.strip_prefix(front)?));
        self.names.get(word).or_else(bare).map_or(&[], Vec::as_slice)
    }

    /// Counts the words of a fold key.
    pub(super) fn bar(&self, key: &str) -> Bar {
        let words: Vec<&str> = words(key).collect();
        let mut bar = Bar { words: words.len(), ..Bar::default() };
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let after = words.get(at + 1..).unwrap_or_default();
            let named = self
                .list(first)
                .iter()
                .find(|(rest, _)| rest.len() <= after.len() && rest.iter().zip(after).all(|(part, word)| part == word));
            let Some((rest, kind)) = named else {
                at += 1;
                continue;
            };
            bar.known += 1 + rest.len();
            match kind {
                Kind::Network => bar.networks += 1,
                Kind::Also => bar.also += 1,
                Kind::Verb => bar.verbs += 1,
                Kind::Companion => {}
            }
            at += 1 + rest.len();
        }
        bar
    }
}

impl Bar {
    /// True for "Telegram", "WhatsApp channel", "فيسبوك | تويتر": names and their small words only.
    pub(super) fn is_only_networks(self) -> bool {
        self.networks > 0 && self.known == self.words
    }

    /// True if little else is said.
    pub(super) fn is_mostly_networks(self) -> bool {
        self.known * 3 >= self.words * 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(line: &str) -> Bar {
        Networks::read(TABLE).bar(&khabar_text::fold(line))
    }

    #[test]
    fn names_of_several_words_count_as_one() {
        assert_eq!(bar("Google News").networks, 1);
        assert!(bar("Follow us on Google News").is_only_networks());
        assert!(!bar("In the news").is_only_networks());
        assert!(!bar("Truth and social questions").is_only_networks());
    }

    #[test]
    fn ordinary_words_count_beside_a_network_only() {
        assert!(!bar("بله").is_only_networks());
        assert!(bar("ایتا | بله | روبیکا").is_only_networks());
        assert_eq!(bar("سروش محمدی گفت").networks, 0);
    }
}

//! From a name that no list writes so to the entry that is called that: by sound, or else a `nil:` id.

use std::sync::OnceLock;

use khabar_model::EntityType;
use khabar_text::{Sounds, Zwnj, fold, fold_with};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::gazetteer::{Entry, Gazetteer};
use crate::packed;

/// How much more alike the best entry has to be than the next, in [`Sounds::similarity`]; else neither is meant.
const LEAD: f32 = 0.02;

/// Classes of consonants that a name of one word needs to be linked by sound.
const FEWEST: usize = 4;

/// The names of a gazetteer by their consonant skeletons.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Linker {
    /// The fold keys of the names, one behind the other.
    text: String,
    /// By name: where it ends in `text`, and its entry.
    #[serde(with = "packed")]
    names: Vec<(u32, u32)>,
    /// Hash of a skeleton and index of a name, sorted: see [`Linker::blocks`].
    #[serde(with = "blocks")]
    blocks: OnceLock<Vec<(u32, u32)>>,
    /// Hash of type and fold key of a doubtful name, and its entry, sorted; names of two entries are left out.
    doubtful: Vec<(u64, u32)>,
}

/// Blocks as rows, once they are there.
mod blocks {
    use std::sync::OnceLock;

    use serde::{Deserializer, Serializer, ser::Error as _};

    use crate::packed;

    type Rows = Vec<(u32, u32)>;

    pub(super) fn serialize<S: Serializer>(blocks: &OnceLock<Rows>, to: S) -> Result<S::Ok, S::Error> {
        let blocks = blocks.get().ok_or_else(|| S::Error::custom("the blocks have not been made"))?;
        packed::serialize(blocks, to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<OnceLock<Rows>, D::Error> {
        packed::deserialize(from).map(OnceLock::from)
    }
}

impl Linker {
    /// Takes in all names but adjectives, which are no names of anybody, and the single names of people, which many share.
    pub(crate) fn new(gazetteer: &Gazetteer<'_>) -> Self {
        let mut linker = Self::default();
        let mut key = String::new();
        let mut last = None;
        for name in &gazetteer.names {
            let Some(entry) = gazetteer.entries.get(name.entry as usize) else { continue };
            if name.doubtful {
                linker.doubtful.push((letters(entry.kind, &fold(name.written)), name.entry));
                continue;
            }
            let single = !name.written.trim().contains([' ', '-', '\u{200c}']);
            if entry.kind == EntityType::Misc || entry.kind == EntityType::Per && single {
                continue;
            }
            fold_with(name.written, Zwnj::Delete, &mut key);
            // Many languages write a name alike.
            let known = linker.text.len() - last.as_ref().map_or(0, |(_, length)| *length);
            if last.is_some_and(|(entry, _)| entry == name.entry) && linker.text.get(known..) == Some(&key) {
                continue;
            }
            linker.text.push_str(&key);
            linker.names.push((index(linker.text.len()), name.entry));
            last = Some((name.entry, key.len()));
        }
        let mut doubtful = std::mem::take(&mut linker.doubtful);
        doubtful.sort_unstable();
        doubtful.dedup();
        let one_entry = doubtful.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() == 1);
        linker.doubtful = one_entry.flatten().copied().collect();
        linker
    }

    /// The names by their skeletons, made when first asked for: a skeleton costs more than all else that loading does for a
    /// name. A file holds them, so they have to be asked for before it is written.
    pub(crate) fn blocks(&self) -> &[(u32, u32)] {
        self.blocks.get_or_init(|| {
            let block_of =
                |at| Some(Sounds::of_key(self.name(at)?.1).skeleton()).filter(|it| !it.is_empty()).map(|it| block(&it));
            let mut blocks: Vec<_> = (0..index(self.names.len())).filter_map(|at| Some((block_of(at)?, at))).collect();
            blocks.sort_unstable();
            blocks
        })
    }

    /// The one entry of this type that a list calls so with a `?`.
    pub(crate) fn doubtful(&self, kind: EntityType, name: &str) -> Option<u32> {
        let hash = letters(kind, &fold(name));
        let place = self.doubtful.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        self.doubtful.get(place).map(|(_, entry)| *entry)
    }

    /// The one entry of this type whose name sounds like this one, as [`Sounds::is_same_name`] says, and how alike.
    pub(crate) fn link(&self, entries: &[Entry], kind: EntityType, name: &str) -> Option<(u32, f32)> {
        let key = fold(name);
        let asked = Sounds::of_key(&key);
        let skeleton = asked.skeleton();
        // A short word sounds like many names: «مالي» is no Malé.
        if skeleton.is_empty() || !key.contains(' ') && skeleton.len() < FEWEST {
            return None;
        }
        let hash = block(&skeleton);
        let blocks = self.blocks();
        let from = blocks.partition_point(|(block, _)| *block < hash);
        let mut best: Option<(u32, f32)> = None;
        let mut next: f32 = 0.0;
        for &(_, index) in blocks.get(from..)?.iter().take_while(|(block, _)| *block == hash) {
            let Some((entry, written)) = self.name(index) else { continue };
            if entries.get(entry as usize).is_none_or(|entry| entry.kind != kind) {
                continue;
            }
            // The matcher knows a word by its letters: where it did not find it, it had its reasons.
            if written == key && !key.contains(' ') {
                return None;
            }
            let sounds = Sounds::of_key(written);
            if !asked.is_same_name(&sounds) {
                continue;
            }
            let likeness = asked.similarity(&sounds);
            match best {
                Some((known, so_far)) if known == entry => best = Some((entry, so_far.max(likeness))),
                Some((_, so_far)) if likeness <= so_far => next = next.max(likeness),
                _ => {
                    next = next.max(best.map_or(0.0, |(_, so_far)| so_far));
                    best = Some((entry, likeness));
                }
            }
        }
        best.filter(|(_, likeness)| likeness - next >= LEAD)
    }

    fn name(&self, index: u32) -> Option<(u32, &str)> {
        let &(end, entry) = self.names.get(index as usize)?;
        let start = match index.checked_sub(1) {
            Some(before) => self.names.get(before as usize)?.0,
            None => 0,
        };
        Some((entry, self.text.get(start as usize..end as usize)?))
    }
}

fn block(skeleton: &str) -> u32 {
    // The high half is as good as any; collisions are told apart by sound.
    (xxh3_64(skeleton.as_bytes()) >> 32) as u32
}

fn letters(kind: EntityType, key: &str) -> u64 {
    xxh3_64_with_seed(key.as_bytes(), kind as u64)
}

/// An index of a list of names, which are fewer than 2^32 by far: the lists are checked by the matcher.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(kind: EntityType, name: &str) -> Option<String> {
        let mut gazetteer = Gazetteer::default();
        let rows = [
            "id\ttype\tsubtype\tcanonical\tlang\tnames",
            "kb:zelensky\tPER\tperson\tVolodymyr Zelenskyy\tar\tفولوديمير زيلينسكي|زيلينسكي",
            "kb:karimi-a\tPER\tperson\tAhmad Karimi\tar\tأحمد كريمي",
            "kb:karimi-h\tPER\tperson\tHamid Karimi\tar\tحميد كريمي",
            "kb:twin-a\tPER\tperson\tSamir Mansour\tar\tسمير منصور",
            "kb:twin-b\tPER\tperson\tSamir Mansouri\tar\tسامر منصور",
            "kb:gaziantep\tLOC\tcity\tGaziantep\ttr\tGaziantep",
            "Q8684\tLOC\tcity\tSeoul\tar\tسول|?سيول",
            "kb:one\tLOC\tcity\tOne\tar\t?كوثر",
            "kb:two\tLOC\tregion\tTwo\tfa\t?کوثر",
        ];
        let rows = rows.join("\n");
        gazetteer.read("test.tsv", &rows).unwrap();
        let linker = Linker::new(&gazetteer);
        let sounding = || linker.link(&gazetteer.entries, kind, name).map(|(entry, _)| entry);
        let entry = linker.doubtful(kind, name).or_else(sounding)?;
        Some(gazetteer.entries[entry as usize].id.clone())
    }

    #[test]
    fn spellings_that_no_list_has() {
        assert_eq!(link(EntityType::Per, "ولودیمیر زلنسکی").as_deref(), Some("kb:zelensky"));
        assert_eq!(link(EntityType::Per, "Volodymyr Zelensky").as_deref(), Some("kb:zelensky"));
        assert_eq!(link(EntityType::Loc, "غازي عنتاب").as_deref(), Some("kb:gaziantep"));
        assert_eq!(link(EntityType::Per, "احمد کریمی").as_deref(), Some("kb:karimi-a"));
        assert_eq!(link(EntityType::Per, "Hamid Karimi").as_deref(), Some("kb:karimi-h"));
    }

    #[test]
    fn a_doubtful_name_is_one_where_the_type_says_so() {
        assert_eq!(link(EntityType::Loc, "سيول").as_deref(), Some("Q8684"));
        // As a body, and where two places go by it.
        assert_eq!(link(EntityType::Org, "سيول"), None);
        assert_eq!(link(EntityType::Loc, "كوثر"), None);
    }

    #[test]
    fn no_link_where_it_is_not_certain() {
        // A family name alone, another person of that name, another type, two that sound alike, nothing.
        for (kind, name) in [
            (EntityType::Per, "زلنسکی"),
            (EntityType::Per, "Olena Zelenska"),
            (EntityType::Org, "Volodymyr Zelensky"),
            (EntityType::Per, "Samir Mansour"),
            (EntityType::Per, ""),
            (EntityType::Per, "東京"),
        ] {
            assert_eq!(link(kind, name), None, "{name}");
        }
    }
}

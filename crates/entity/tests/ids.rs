//! Every Wikidata id of the gazetteers stands in a named source, or on the list of those that a person looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use khabar_text::{Sounds, fold};

/// Lists whose ids `data/wikidata-ids.tsv` accounts for: the compiled lists, which are what ships.
fn lists() -> impl Iterator<Item = Vec<&'static str>> {
    khabar_entity::GAZETTEERS.into_iter().flat_map(|(_, list)| rows(list)).filter(|row| row[0].starts_with('Q'))
}

fn rows(list: &str) -> impl Iterator<Item = Vec<&str>> {
    list.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

#[expect(clippy::disallowed_methods, reason = "a test reads what it checks")]
fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn ids() -> String {
    String::from_utf8(read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/wikidata-ids.tsv"))).expect("UTF-8")
}

/// A folder of the shared data; `None` where it is absent, which it may not be in CI.
#[expect(clippy::disallowed_methods, reason = "a test asks where its data lies")]
fn shared(path: &str) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let folder = variable("KHABAR_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
        .join(path);
    assert!(folder.exists() || variable("CI").is_none(), "{} is absent; set KHABAR_SHARED", folder.display());
    folder.exists().then_some(folder)
}

#[test]
fn every_id_is_accounted_for() {
    let ids = ids();
    let mut known: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
    for row in rows(&ids) {
        let [id, label, source] = row[..] else { panic!("three columns: {row:?}") };
        assert!(["rigour_names", "nsi", "reviewed"].contains(&source), "{row:?}");
        assert!(known.insert(id, (label, false)).is_none(), "twice: {id}");
    }
    for row in lists() {
        let (label, used) =
            known.get_mut(row[0]).unwrap_or_else(|| panic!("{}, {}: not in wikidata-ids.tsv", row[0], row[3]));
        // Adjectives have the id of the country and a label of their own, or none.
        assert!(row[1] == "MISC" || row[3] == *label, "{}: {} is {label} in wikidata-ids.tsv", row[0], row[3]);
        *used = true;
    }
    let idle: Vec<_> = known.iter().filter(|(_, (_, used))| !used).collect();
    assert!(idle.is_empty(), "no list has {idle:?}");
}

#[test]
fn the_sources_say_so() {
    let Some(folder) = shared("gazetteers") else {
        return eprintln!("skipped: ../shared is absent");
    };
    let names = |path: &str| {
        let bytes = read(&folder.join(path));
        let text = String::from_utf8(zstd::decode_all(&bytes[..]).expect("zstd")).expect("UTF-8");
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in rows(&text) {
            names.entry(row[0].to_owned()).or_default().insert(fold(row[3]));
        }
        names
    };
    let sources = [("rigour_names", names("rigour_names/territories.tsv.zst")), ("nsi", names("nsi/orgs.tsv.zst"))];
    let ids = ids();
    let mut strange = Vec::new();
    for row in rows(&ids).filter(|row| row[2] != "reviewed") {
        let (_, source) = sources.iter().find(|(name, _)| *name == row[2]).expect("one of the two");
        let there = source.get(row[0]).unwrap_or_else(|| panic!("{} is not in {}", row[0], row[2]));
        let names = lists().filter(|other| other[0] == row[0]).flat_map(|other| other[5].split('|'));
        let ours: Vec<String> = names.chain([row[1]]).map(fold).collect();
        let alike = |name: &String| {
            ours.contains(name) || ours.iter().any(|our| Sounds::of(our).is_same_name(&Sounds::of(name)))
        };
        if !there.iter().any(alike) {
            strange.push(format!("{}: {ours:?} against {there:?}", row[0]));
        }
    }
    assert!(strange.is_empty(), "names of the source are none of ours:\n{}", strange.join("\n"));
}

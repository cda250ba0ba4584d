//! Names across scripts: `cargo run --release -p khabar-text --example score_names -- NAMES [TRANSLITERATION]`.
//!
//! NAMES has the columns arabic, persian, english, type. TRANSLITERATION is a folder with `train.tsv` and `eval.tsv`:
//! an Arabic word and a Latin one a row. Three things are measured:
//! - top-1: the right name among 10,000 is the most alike. The others are pairs of words of `train.tsv` (for people) and
//!   its words (for places, and for the words of `eval.tsv`).
//! - "same name": of the names that [`Sounds::is_same_name`] takes for one, how often the most alike of them is the
//!   right one, and how many of the right ones it takes. People stand among others of the same family name.
//! - skeletons: how often two spellings share one, so that a `nil:` id meets.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a scorer reads lists and prints")]

use std::collections::BTreeSet;
use std::path::Path;

use khabar_text::Sounds;

/// Names that the right one stands among.
const CANDIDATES: usize = 10_000;
/// Others of the same family name for each person.
const RELATIVES: usize = 40;

/// Name, and its sounds.
type Heard = (String, Sounds);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let names = rows(Path::new(&arguments.next().ok_or("no list of names given")?))?;
    let pairs =
        arguments.next().map(|folder| ["train.tsv", "eval.tsv"].map(|name| rows(&Path::new(&folder).join(name))));
    let (mut known, mut words) = (Vec::new(), Vec::new());
    if let Some([train, eval]) = pairs {
        (known, words) = (train?, eval?);
    }
    println!("{:<22} {:>6} {:>7} {:>11} {:>9} {:>10}", "", "names", "top-1", "same name P", "R", "skeletons");
    for kind in ["PER", "LOC"] {
        let of_kind: Vec<&Vec<String>> =
            names.iter().skip(1).filter(|row| row.get(3).is_some_and(|is| is == kind)).collect();
        for (from, to, scripts) in [(0, 2, "Arabic, English"), (1, 2, "Persian, English"), (0, 1, "Arabic, Persian")] {
            let column =
                |index: usize| of_kind.iter().map(|row| heard(row.get(index).map_or("", String::as_str))).collect();
            let (asked, right): (Vec<Heard>, Vec<Heard>) = (column(from), column(to));
            let foreign = if to == 2 { 1 } else { 0 };
            let strangers = strangers(&known, foreign, kind == "PER");
            let relatives = if kind == "PER" { relatives(&right) } else { Vec::new() };
            score(&format!("{kind} {scripts}"), &asked, &right, &strangers, &relatives);
        }
    }
    if !words.is_empty() {
        let column = |index: usize| words.iter().map(|row| heard(row.get(index).map_or("", String::as_str))).collect();
        let (asked, right): (Vec<Heard>, Vec<Heard>) = (column(0), column(1));
        score("single words", &asked, &right, &strangers(&known, 1, false), &[]);
    }
    Ok(())
}

fn score(what: &str, asked: &[Heard], right: &[Heard], strangers: &[Heard], relatives: &[Heard]) {
    let (mut first, mut skeletons, mut same, mut chosen, mut chosen_right) = (0, 0, 0, 0, 0);
    for ((_, sounds), (name, gold)) in asked.iter().zip(right) {
        let likeness = sounds.similarity(gold);
        let others = || strangers.iter().chain(right).filter(|(other, _)| other != name);
        first += usize::from(others().all(|(_, other)| sounds.similarity(other) < likeness));
        skeletons += usize::from(sounds.skeleton() == gold.skeleton());
        let taken = sounds.is_same_name(gold);
        same += usize::from(taken);
        let rival = right
            .iter()
            .chain(relatives)
            .filter(|(other, heard)| other != name && sounds.is_same_name(heard))
            .map(|(_, heard)| sounds.similarity(heard))
            .max_by(f32::total_cmp);
        chosen += usize::from(taken || rival.is_some());
        chosen_right += usize::from(taken && rival.is_none_or(|rival| rival <= likeness));
    }
    let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    let all = asked.len();
    let top = if strangers.is_empty() { "-".to_owned() } else { format!("{:.1}", percent(first, all)) };
    println!(
        "{what:<22} {all:>6} {top:>7} {:>11.1} {:>9.1} {:>10.1}",
        percent(chosen_right, chosen),
        percent(same, all),
        percent(skeletons, all)
    );
}

/// Names that are nobody's: words of the pairs, two by two for people.
fn strangers(known: &[Vec<String>], column: usize, people: bool) -> Vec<Heard> {
    let words: Vec<&String> =
        known.iter().filter_map(|row| row.get(column)).collect::<BTreeSet<_>>().into_iter().collect();
    let word = |place: usize| words.get(place % words.len().max(1)).map_or("", |word| word.as_str());
    let name = |place: usize| {
        if people { format!("{} {}", word(place * 7), word(place * 13 + 5)) } else { word(place).to_owned() }
    };
    (0..if words.is_empty() { 0 } else { CANDIDATES }).map(|place| heard(&name(place))).collect()
}

/// Others of the family names of the list, with given names of the list.
fn relatives(names: &[Heard]) -> Vec<Heard> {
    let mut relatives = Vec::new();
    for (place, (name, _)) in names.iter().enumerate() {
        let Some((own, family)) = name.split_once(' ') else { continue };
        let givens = names.iter().cycle().skip(place + 1).step_by(7).filter_map(|(other, _)| other.split_once(' '));
        relatives.extend(
            givens
                .map(|(given, _)| given)
                .filter(|given| *given != own)
                .take(RELATIVES)
                .map(|given| heard(&format!("{given} {family}"))),
        );
    }
    relatives
}

fn heard(name: &str) -> Heard {
    (name.to_owned(), Sounds::of(name))
}

fn rows(path: &Path) -> Result<Vec<Vec<String>>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

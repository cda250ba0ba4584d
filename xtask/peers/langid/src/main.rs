//! khabar-langid beside whatlang and lingua: right answers by language and length, and speed, on the same texts in one run.
//!
//! `khabar-langid-peers DIR`: DIR holds `*.tsv.zst` of label TAB text, as ../shared/bench/langid/dev does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use khabar_langid::Detector;
use khabar_langid::training::{Cut, Trial, trials};
use lingua::{LanguageDetector, LanguageDetectorBuilder};

/// Languages whose rows are printed.
const SHOWN: [&str; 9] = ["ar", "fa", "ur", "ps", "ckb", "sd", "ug", "azb", "ks"];

/// A detector as a function from a text to an ISO 639-1 code (639-3 where there is none).
struct Peer<'a> {
    name: &'static str,
    answer: Box<dyn Fn(&str) -> String + 'a>,
    /// Languages that it knows.
    languages: BTreeSet<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: khabar-langid-peers DIR")?;
    let rows = rows(Path::new(&folder))?;
    let trials = trials(rows.iter().filter_map(|row| row.split_once('\t')));
    let ours = Detector::embedded();
    let lingua = LanguageDetectorBuilder::from_all_languages().with_preloaded_language_models().build();
    let peers = [khabar(&ours), with_lingua(&lingua), with_whatlang()];
    accuracy(&trials, &peers);
    speed(&rows, &peers);
    Ok(())
}

fn rows(folder: &Path) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    let mut rows = Vec::new();
    for path in paths.iter().filter(|path| path.to_string_lossy().ends_with(".tsv.zst")) {
        let text = zstd::decode_all(std::io::Cursor::new(std::fs::read(path)?))?;
        rows.extend(String::from_utf8(text)?.lines().map(str::to_owned));
    }
    Ok(rows)
}

fn khabar(detector: &Detector) -> Peer<'_> {
    Peer {
        name: "khabar",
        answer: Box::new(|text| detector.detect(text).code),
        languages: detector.languages().map(str::to_owned).collect(),
    }
}

fn with_lingua(detector: &LanguageDetector) -> Peer<'_> {
    // Its Norwegian macrolanguage does not exist; Bokmål and Nynorsk do.
    let code = |language: lingua::Language| language.iso_code_639_1().to_string().to_lowercase();
    Peer {
        name: "lingua",
        answer: Box::new(move |text| detector.detect_language_of(text).map_or_else(|| "und".to_owned(), code)),
        languages: lingua::Language::all().into_iter().map(code).collect(),
    }
}

fn with_whatlang() -> Peer<'static> {
    let code = |lang: whatlang::Lang| one(lang.code()).to_owned();
    Peer {
        name: "whatlang",
        answer: Box::new(move |text| whatlang::detect_lang(text).map_or_else(|| "und".to_owned(), code)),
        languages: whatlang::Lang::all().iter().map(|&lang| code(lang)).collect(),
    }
}

/// ISO 639-1 of the codes that whatlang answers with.
fn one(three: &str) -> &str {
    const CODES: &[(&str, &str)] = &[
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "tw"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
    ];
    CODES.iter().find(|(code, _)| *code == three).map_or(three, |(_, one)| one)
}

/// Right and all answers by script, language and cut.
type Tallies = BTreeMap<(String, &'static str, Cut), (usize, usize)>;

fn accuracy(trials: &[Trial], peers: &[Peer]) {
    let tallies: Vec<Tallies> = peers
        .iter()
        .map(|peer| {
            let mut tallies = Tallies::new();
            for trial in trials {
                let tally = tallies.entry((trial.script.clone(), trial.truth, trial.cut)).or_default();
                tally.0 += usize::from((peer.answer)(&trial.text) == trial.truth);
                tally.1 += 1;
            }
            tallies
        })
        .collect();
    println!(
        "% right (95% interval)       texts  {}",
        peers.iter().map(|peer| format!("{:>21}", peer.name)).collect::<String>()
    );
    for cut in [Cut::Sentence, Cut::Head, Cut::NoisyHead, Cut::Pair] {
        for language in SHOWN {
            let key = ("Arab".to_owned(), language, cut);
            let Some(&(_, all)) = tallies[0].get(&key) else { continue };
            print!("{language:<4}{:<22}{all:>8}  ", cut.name());
            for tally in &tallies {
                let (right, all) = tally[&key];
                let (low, high) = wilson(right, all);
                print!("{:>6.1} ({low:>5.1}-{high:>5.1})", share(right, all));
            }
            println!();
        }
        let shared: Vec<&(String, &str, Cut)> = tallies[0]
            .keys()
            .filter(|key| key.2 == cut && peers[0].languages.contains(key.1) && peers[1].languages.contains(key.1))
            .collect();
        let all_ours: Vec<&(String, &str, Cut)> = tallies[0].keys().filter(|key| key.2 == cut).collect();
        for (name, keys) in [("shared with lingua", shared), ("all of ours", all_ours)] {
            print!("macro of {:<3} {name:<18} {:<7}", keys.len(), cut.name());
            for tally in &tallies {
                let sum: f64 = keys.iter().map(|key| share(tally[*key].0, tally[*key].1)).sum();
                print!("{:>21.2}", sum / keys.len().max(1) as f64);
            }
            println!();
        }
    }
}

fn share(right: usize, all: usize) -> f64 {
    100.0 * right as f64 / all.max(1) as f64
}

/// Wilson's interval of a share, in percent.
fn wilson(right: usize, all: usize) -> (f64, f64) {
    let (n, z) = (all.max(1) as f64, 1.96_f64);
    let p = right as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    (100.0 * (middle - half).max(0.0), 100.0 * (middle + half).min(1.0))
}

/// Megabytes a second of one thread, the best of three rounds one after the other.
fn speed(rows: &[String], peers: &[Peer]) {
    let texts = |labels: &[&str]| -> Vec<&str> {
        let rows = rows.iter().filter_map(|row| row.split_once('\t'));
        rows.filter(|(label, _)| labels.is_empty() || labels.contains(label)).map(|(_, text)| text).collect()
    };
    let arabic = texts(&["ara", "arb_Arab"]);
    let articles: Vec<String> = arabic.chunks(16).map(|chunk| chunk.join(" ")).collect();
    let mixed: Vec<&str> = texts(&[]).into_iter().step_by(25).collect();
    let sets: [(&str, Vec<&str>); 3] = [
        ("Arabic sentences", arabic.clone()),
        ("Arabic, 16 sentences each", articles.iter().map(String::as_str).collect()),
        ("the mixed set, every 25th", mixed),
    ];
    println!("MB/s, one thread");
    for (name, texts) in &sets {
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        let mut best = vec![f64::MAX; peers.len()];
        for _ in 0..3 {
            for (best, peer) in best.iter_mut().zip(peers) {
                let start = Instant::now();
                let right = texts.iter().filter(|text| (peer.answer)(text) != "und").count();
                std::hint::black_box(right);
                *best = best.min(start.elapsed().as_secs_f64());
            }
        }
        print!("{name:<36}");
        for best in &best {
            print!("{:>21.1}", bytes as f64 / 1e6 / best);
        }
        println!();
    }
}

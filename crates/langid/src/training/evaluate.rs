//! Accuracy and calibration on labelled sentences, whole and cut to heads.

use std::{collections::BTreeMap, fmt};

use khabar_model::Detection;

use crate::{
    detector::{Detector, UND},
    model::{BUCKETS, LENGTHS, length_bucket},
    script::{Gate, Group, Lead, lead},
    training::{
        labels::{CLASSES, base, class_of, expected, is_unseen},
        noise::arabic_keyboard,
    },
};

/// Words of a head.
const HEAD_WORDS: usize = 6;
/// Confidences at which a reliable answer is counted, for the curve of known against unknown.
const CURVE: [f32; 6] = [0.8, 0.9, 0.95, 0.99, 0.999, 0.9999];
/// Words of the parts of mixed texts.
const MIXED_WORDS: [usize; 3] = [5, 10, 25];
/// Languages that are mixed.
const MIXED: [&str; 4] = ["ar", "fa", "ur", "en"];
/// Bins of confidence for the calibration error.
const BINS: usize = 10;

/// How much of a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// All of it.
    Sentence,
    /// Its first six words.
    Head,
    /// Those, typed on an Arabic keyboard and without ZWNJ; Arabic script only.
    NoisyHead,
    /// Its first two words.
    Pair,
}

impl Cut {
    /// A word for tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Head => "head",
            Self::NoisyHead => "noisy",
            Self::Pair => "pair",
        }
    }

    fn of(self, text: &str) -> String {
        match self {
            Self::Sentence => text.to_owned(),
            Self::Head => first_words(text, HEAD_WORDS),
            Self::NoisyHead => arabic_keyboard(&first_words(text, HEAD_WORDS)),
            Self::Pair => first_words(text, 2),
        }
    }
}

/// A text in a language of ours.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How much of a row it is.
    pub cut: Cut,
    /// ISO 15924 code of the row's script.
    pub script: String,
    /// The code that a detector should answer with.
    pub truth: &'static str,
    /// What it is shown.
    pub text: String,
}

/// The texts that detectors are compared on: every row (label, text) in a language of ours, in all cuts.
#[must_use]
pub fn trials<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (label, text) in rows {
        let Some((truth, lead)) = truth_of(label, text).filter(|(truth, _)| *truth != UND) else { continue };
        for cut in [Cut::Sentence, Cut::Head, Cut::NoisyHead, Cut::Pair] {
            if cut != Cut::NoisyHead || lead.script == "Arab" {
                trials.push(Trial { cut, script: lead.script.to_owned(), truth, text: cut.of(text) });
            }
        }
    }
    trials
}

/// The right answer for a row, and its script; none for a label with a text in a script that it is not written in.
fn truth_of(label: &str, text: &str) -> Option<(&'static str, Lead)> {
    let lead = lead(text)?;
    let truth = match lead.gate {
        Gate::Group(group) => expected(Some(group), label),
        Gate::Single(_) => expected(None, label),
        Gate::Unknown => Some(UND),
    };
    Some((truth?, lead))
}

/// Right answers out of how many.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn share(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// The figures of one language.
#[derive(Debug, Default, Clone)]
struct Figures {
    sentence: Tally,
    head: Tally,
    pair: Tally,
    /// Heads typed on an Arabic keyboard, without ZWNJ; Arabic script only.
    noisy: Tally,
}

/// Confidence against truth in one bin.
#[derive(Debug, Default, Clone, Copy)]
struct Bin {
    confidence: f64,
    tally: Tally,
}

/// What the detector got right, printed by `Display`.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// By script and code.
    languages: BTreeMap<(String, String), Figures>,
    /// Wrong whole sentences by true and given code.
    confusions: BTreeMap<(String, String), usize>,
    calibration: [[Bin; BINS]; BUCKETS],
    /// Right answers among the reliable ones, and reliable ones among all, for whole sentences and heads.
    reliable: [(Tally, Tally); 2],
    /// Reliable answers of at least the confidences of [`CURVE`]: known sentences, languages never seen.
    curve: [[Tally; 2]; CURVE.len()],
    /// Varieties of Arabic and Persian by label: named rightly, named wrongly, of all.
    varieties: BTreeMap<String, [usize; 3]>,
    /// Words of texts made of several languages, by length of their parts: in the language of their part.
    mixed: [Tally; MIXED_WORDS.len()],
    /// Foreign languages: called `und`; called anything and reliable. Seen in training as foreign, then never seen.
    foreign: [(Tally, Tally); 2],
}

/// Detects every text of `rows` (label, text) and compares. Deterministic.
#[must_use]
pub fn evaluate<'a>(detector: &Detector, rows: impl Iterator<Item = (&'a str, &'a str)>) -> Report {
    let mut report = Report::default();
    let mut parts: [Vec<&str>; MIXED.len()] = Default::default();
    for (label, text) in rows {
        let Some((truth, lead)) = truth_of(label, text) else { continue };
        if truth == UND {
            report.count_foreign(&detector.detect(text), is_unseen(label));
            continue;
        }
        report.count(detector, truth, lead.script, text);
        if let Some(class) = class_of(Group::Arvr, label).filter(|_| lead.script == "Arab") {
            let found = detector.variety(text, &detector.detect(text));
            let [right, wrong, all] = report.varieties.entry(base(label).to_owned()).or_default();
            let is_right = found.is_some_and(|found| found == CLASSES[class].code);
            *right += usize::from(is_right);
            *wrong += usize::from(found.is_some() && !is_right);
            *all += 1;
        }
        if let Some(at) = MIXED.iter().position(|&mixed| mixed == truth)
            && lead.script == if truth == "en" { "Latn" } else { "Arab" }
        {
            parts[at].push(text);
        }
    }
    report.count_mixed(detector, &parts);
    report
}

impl Report {
    /// Three parts of different languages in one text, in every order.
    fn count_mixed(&mut self, detector: &Detector, parts: &[Vec<&str>; MIXED.len()]) {
        let texts = parts.iter().map(Vec::len).min().unwrap_or(0);
        for (tally, words) in self.mixed.iter_mut().zip(MIXED_WORDS) {
            for (at, _) in parts[0].iter().enumerate().take(texts) {
                let mut text = String::new();
                let mut truth: Vec<(usize, &str)> = Vec::new();
                for part in 0..3 {
                    let language = (at + part * (1 + at / 4 % 3)) % MIXED.len();
                    for word in parts[language][at].split_whitespace().take(words) {
                        truth.push((text.len(), MIXED[language]));
                        text.push_str(word);
                        text.push(' ');
                    }
                }
                let spans = detector.spans(&text);
                for (start, language) in truth {
                    let word = text.get(start..).unwrap_or_default().split(' ').next().unwrap_or_default();
                    // A Latin name in an Arabic sentence is in no language that the data tells.
                    let Some(letter) = word.find(char::is_alphabetic) else { continue };
                    if word.contains(|c: char| c.is_ascii_alphabetic()) != (language == "en") {
                        continue;
                    }
                    let found = spans.iter().rfind(|span| span.span.start() <= start + letter);
                    tally.count(found.is_some_and(|span| span.code == language));
                }
            }
        }
    }

    fn count_curve(&mut self, detection: &Detection, unseen: bool) {
        for (tallies, least) in self.curve.iter_mut().zip(CURVE) {
            tallies[usize::from(unseen)].count(detection.reliable && detection.confidence >= least);
        }
    }

    fn count_foreign(&mut self, detection: &Detection, unseen: bool) {
        if unseen {
            self.count_curve(detection, true);
        }
        let (und, reliable) = &mut self.foreign[usize::from(unseen)];
        und.count(detection.code == UND);
        reliable.count(detection.reliable);
    }

    fn count(&mut self, detector: &Detector, truth: &str, script: &str, text: &str) {
        let head = Cut::Head.of(text);
        let pair = Cut::Pair.of(text);
        let whole = detector.detect(text);
        let of_head = detector.detect(&head);
        let of_pair = detector.detect(&pair);
        self.count_curve(&whole, false);
        self.calibrate(text, &whole, truth);
        self.calibrate(&head, &of_head, truth);
        self.calibrate(&pair, &of_pair, truth);
        for (slot, detection) in self.reliable.iter_mut().zip([&whole, &of_head]) {
            slot.1.count(detection.reliable);
            if detection.reliable {
                slot.0.count(detection.code == truth);
            }
        }
        if whole.code != truth {
            *self.confusions.entry((truth.to_owned(), whole.code.clone())).or_default() += 1;
        }
        let script = if script == "Hira" || script == "Kana" { "Hani" } else { script };
        let figures = self.languages.entry((script.to_owned(), truth.to_owned())).or_default();
        figures.sentence.count(whole.code == truth);
        figures.head.count(of_head.code == truth);
        figures.pair.count(of_pair.code == truth);
        if script == "Arab" {
            figures.noisy.count(detector.detect(&Cut::NoisyHead.of(text)).code == truth);
        }
    }

    fn calibrate(&mut self, text: &str, detection: &Detection, truth: &str) {
        if detection.code == UND {
            return;
        }
        let letters = lead(text).map_or(0, |lead| lead.letters);
        let bin = ((detection.confidence * BINS as f32) as usize).min(BINS - 1);
        let bin = &mut self.calibration[length_bucket(letters)][bin];
        bin.confidence += f64::from(detection.confidence);
        bin.tally.count(detection.code == truth);
    }

    /// Mean over languages of a script, or of all.
    fn macro_average(&self, script: Option<&str>, of: impl Fn(&Figures) -> Tally) -> f64 {
        let shares: Vec<f64> = self
            .languages
            .iter()
            .filter(|((of_script, _), _)| script.is_none_or(|script| script == of_script))
            .map(|(_, figures)| of(figures).share())
            .collect();
        shares.iter().sum::<f64>() / shares.len().max(1) as f64
    }
}

fn first_words(text: &str, words: usize) -> String {
    // Scripts without spaces: as many characters as such words have on average.
    let spaced = text.split_whitespace().count() * 20 > text.chars().count();
    if spaced {
        text.split_whitespace().take(words).collect::<Vec<_>>().join(" ")
    } else {
        text.chars().take(words * 2).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| script | code | sentences | n | heads | pairs | noisy heads |\n|---|---|---|---|---|---|---|")?;
        let percent = |tally: Tally| format!("{:.1}", tally.share() * 100.0);
        for ((script, code), figures) in &self.languages {
            let noisy = if figures.noisy.all == 0 { String::new() } else { percent(figures.noisy) };
            let Figures { sentence, head, pair, .. } = figures;
            writeln!(
                f,
                "| {script} | {code} | {} | {} | {} | {} | {noisy} |",
                percent(*sentence),
                sentence.all,
                percent(*head),
                percent(*pair)
            )?;
        }
        for script in [Some("Arab"), Some("Cyrl"), Some("Latn"), None] {
            writeln!(
                f,
                "macro {}: sentences {:.2}, heads {:.2}, pairs {:.2}",
                script.unwrap_or("all"),
                self.macro_average(script, |figures| figures.sentence) * 100.0,
                self.macro_average(script, |figures| figures.head) * 100.0,
                self.macro_average(script, |figures| figures.pair) * 100.0
            )?;
        }
        writeln!(
            f,
            "macro Arab, noisy heads: {:.2}",
            self.macro_average(Some("Arab"), |figures| figures.noisy) * 100.0
        )?;
        for (name, (right, reliable)) in ["sentences", "heads"].iter().zip(self.reliable) {
            writeln!(f, "{name}: {}% reliable, of those {}% right", percent(reliable), percent(right))?;
        }
        write!(f, "reliable at a confidence of (known sentences, never seen):")?;
        for (least, [known, unseen]) in CURVE.iter().zip(self.curve) {
            write!(f, " {least} {} {};", percent(known), percent(unseen))?;
        }
        writeln!(f)?;
        write!(f, "varieties, named rightly, wrongly, of:")?;
        for (label, [right, wrong, all]) in &self.varieties {
            write!(f, " {label} {right} {wrong} {all};")?;
        }
        writeln!(f)?;
        for (words, tally) in MIXED_WORDS.iter().zip(self.mixed) {
            writeln!(f, "mixed ar fa ur en, parts of {words} words: {}% of {} words right", percent(tally), tally.all)?;
        }
        for (name, (und, reliable)) in ["foreign, seen as foreign", "foreign, never seen"].iter().zip(self.foreign) {
            writeln!(f, "{name}: {} texts, {}% und, {}% reliable", und.all, percent(und), percent(reliable))?;
        }
        writeln!(
            f,
            "\n| letters | answers | right % | mean confidence % | calibration error |\n|---|---|---|---|---|"
        )?;
        for (bucket, bins) in self.calibration.iter().enumerate() {
            let all: usize = bins.iter().map(|bin| bin.tally.all).sum();
            let right: usize = bins.iter().map(|bin| bin.tally.right).sum();
            let confidence: f64 = bins.iter().map(|bin| bin.confidence).sum();
            let error: f64 = bins.iter().map(|bin| (bin.confidence - bin.tally.right as f64).abs()).sum();
            let name = LENGTHS.get(bucket).map_or("more".to_owned(), |end| format!("up to {end}"));
            let share = |x: f64| 100.0 * x / all.max(1) as f64;
            let (right, confidence, error) = (share(right as f64), share(confidence), share(error));
            writeln!(f, "| {name} | {all} | {right:.1} | {confidence:.1} | {error:.2} |")?;
        }
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        write!(f, "\nmost frequent errors:")?;
        for ((truth, given), count) in confusions.iter().take(24) {
            write!(f, " {truth}->{given} {count}")?;
        }
        writeln!(f)
    }
}

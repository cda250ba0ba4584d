//! The detector: script gate, then statistics of the group, then how far to trust them.

use std::collections::BTreeSet;

use khabar_model::{Alternative, Detection};

use crate::{
    error::Error,
    features::features,
    model::{Model, Rows},
    sample::{first_sample, sample},
    script::{Gate, Group, Lead, SINGLE_SCRIPT_LANGUAGES, lead},
};

/// The model that ships with this crate: data/models/langid-1.bin, described by the card beside it.
pub const MODEL: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/langid-1.bin"));

/// The code for "no language that I know".
pub(crate) const UND: &str = "und";

/// Runners-up that a [`Detection`] names at most.
const ALTERNATIVES: usize = 3;
/// Runners-up below this chance are noise.
const ALTERNATIVE_FLOOR: f32 = 0.005;
/// The best language below this chance is no answer.
const CONFIDENCE_FLOOR: f32 = 0.2;
/// Confidence from which an answer may be called reliable.
const RELIABLE_CONFIDENCE: f32 = 0.8;
/// Confidence from which the first sample of a long text is enough.
const CERTAIN: f32 = 0.995;
/// Letters from which a variety may be named, and the share of the chances that it has to have.
const VARIETY_LETTERS: u32 = 30;
const VARIETY_CONFIDENCE: f32 = 0.9;
/// Letters from which an answer may be called reliable: two or three words.
const RELIABLE_LETTERS: u32 = 12;
/// Share of the leading script from which an answer may be called reliable: below, the text is a mixture.
const RELIABLE_SHARE: f32 = 0.6;
/// Standard deviations below the usual evidence for a language at which an answer is no longer reliable: of 800 Persian
/// news texts, half of them typed with Arabic letters, -3 doubted 4% and this 1% …
const STRANGE: f32 = -3.5;
/// … and at which the text is called unknown.
const FOREIGN: f32 = -4.5;

/// Names the language of a text. Build it once; detection needs only `&self`.
#[derive(Clone, Debug)]
pub struct Detector {
    model: Model,
    /// By group.
    answers: Vec<Answers>,
    languages: BTreeSet<String>,
}

/// The codes that a group answers with.
#[derive(Clone, Debug)]
pub(crate) struct Answers {
    pub(crate) codes: Vec<String>,
    /// For each lane the place of its code.
    of_lane: Vec<usize>,
}

impl Answers {
    fn of(rows: &Rows) -> Self {
        let mut codes: Vec<String> = Vec::new();
        let of_lane = rows.lanes.iter().map(|lane| {
            codes.iter().position(|code| *code == lane.code).unwrap_or_else(|| {
                codes.push(lane.code.clone());
                codes.len() - 1
            })
        });
        let of_lane = of_lane.collect();
        Self { codes, of_lane }
    }

    /// The chance of each code, given those of the lanes.
    pub(crate) fn merge(&self, chances: &[f32]) -> Vec<f32> {
        let mut merged = vec![0.0; self.codes.len()];
        for (&answer, chance) in self.of_lane.iter().zip(chances) {
            merged[answer] += chance;
        }
        merged
    }
}

impl Detector {
    /// The detector with the model that ships with this crate, [`MODEL`]. Takes milliseconds: the rows are copied once.
    #[must_use]
    pub fn embedded() -> Self {
        Self::load(MODEL).expect("the committed model is loaded by a test of this crate")
    }

    /// The detector with another model file.
    ///
    /// # Errors
    /// When `model` is no model of this version, or any byte of it is broken; see [`crate::ErrorKind`].
    pub fn load(model: &[u8]) -> Result<Self, Error> {
        Ok(Self::from(Model::parse(model)?))
    }

    /// The language of `text`.
    ///
    /// `script` is the ISO 15924 code of most letters, weighted by how much a letter of a script says; `Jpan` for
    /// Japanese with kana. `confidence` is calibrated by length; the card of the model has the error. `reliable` asks
    /// for a confidence of 0.8, two or three words, a script that leads, and evidence that is usual for the language.
    ///
    /// Long texts are sampled, so the time is bounded whatever their size; links, mail addresses and handles don't
    /// count. The answer is `und` for a text without letters, in a script that no language of ours uses, or that fits
    /// none of them; runners-up are named even then.
    #[must_use]
    pub fn detect(&self, text: &str) -> Detection {
        if let Some(first) = first_sample(text) {
            let detection = self.detect_sample(&first);
            if detection.reliable && detection.confidence >= CERTAIN {
                return detection;
            }
        }
        self.detect_sample(&sample(text))
    }

    fn detect_sample(&self, text: &str) -> Detection {
        let Some(lead) = lead(text) else { return Detection::undetermined() };
        let mut detection = match lead.gate {
            Gate::Group(group) => self.detect_in(group, text, lead),
            Gate::Single(code) => single(code, lead),
            Gate::Unknown => Detection { script: Some(lead.script.to_owned()), ..Detection::undetermined() },
        };
        detection.reliable &=
            detection.code != UND && detection.confidence >= RELIABLE_CONFIDENCE && lead.share >= RELIABLE_SHARE;
        detection
    }

    /// The variety of a text whose language was found to be Arabic or Persian, if it is clearly not the standard: `arz`
    /// Egyptian, `ary` Maghrebi, `apc` Levantine, `acm` Mesopotamian and Gulf Arabic, `prs` Dari.
    ///
    /// A hint that abstains: most written Arabic is the standard language, whoever writes it, and short texts say little.
    ///
    /// ```
    /// use khabar_langid::Detector;
    /// let detector = Detector::embedded();
    /// let text = "احنا كنا عايزين نروح النهارده بس العربية باظت ومحدش عارف يصلحها لحد دلوقتي";
    /// assert_eq!(detector.variety(text, &detector.detect(text)), Some("arz"));
    /// let text = "قال المتحدث باسم وزارة الخارجية إن المحادثات ستستأنف الأسبوع المقبل";
    /// assert_eq!(detector.variety(text, &detector.detect(text)), None);
    /// ```
    #[must_use]
    pub fn variety(&self, text: &str, detection: &Detection) -> Option<&str> {
        if !detection.reliable || !matches!(detection.code.as_str(), "ar" | "fa") {
            return None;
        }
        let rows = self.rows(Group::Arvr);
        let mut buckets = Vec::new();
        let letters = features(Group::Arvr, &sample(text), rows.bits, &mut buckets);
        if letters < VARIETY_LETTERS {
            return None;
        }
        let chances = rows.chances(&rows.scores(&buckets), letters);
        let lanes = rows.lanes.iter().zip(chances).filter(|(lane, _)| is_variety(&lane.code, &detection.code));
        let sum: f32 = lanes.clone().map(|(_, chance)| chance).sum();
        let (lane, chance) = lanes.max_by(|a, b| a.1.total_cmp(&b.1))?;
        (lane.code != detection.code && chance >= VARIETY_CONFIDENCE * sum).then_some(lane.code.as_str())
    }

    /// The codes that [`Detector::detect`] can answer with, `und` aside, in byte order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(String::as_str)
    }

    /// The codes of a group.
    pub(crate) fn answers(&self, group: Group) -> &Answers {
        &self.answers[group as usize]
    }

    /// The statistics of a group.
    pub(crate) fn rows(&self, group: Group) -> &Rows {
        self.model.rows(group)
    }

    fn detect_in(&self, group: Group, text: &str, lead: Lead) -> Detection {
        let rows = self.rows(group);
        // Room for the usual four features a letter and four a word, so that the buffer hardly ever grows.
        let mut buckets = Vec::with_capacity(text.len() * 5);
        let letters = features(group, text, rows.bits, &mut buckets);
        if buckets.is_empty() {
            return Detection { script: Some(lead.script.to_owned()), ..Detection::undetermined() };
        }
        let scores = rows.scores(&buckets);
        let chances = rows.chances(&scores, letters);

        let answers = self.answers(group);
        // What is noise needs no place in the order; the best code always has one.
        let floor = ALTERNATIVE_FLOOR.min(1.0 / answers.codes.len() as f32);
        let merged = answers.codes.iter().map(String::as_str).zip(answers.merge(&chances));
        let mut ranked: Vec<(&str, f32)> = merged.filter(|entry| entry.1 >= floor || entry.0 == UND).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let (best, chance) = ranked[0];

        // The lane that speaks loudest for the best code: its own texts say what is usual.
        let best_answer = answers.codes.iter().position(|code| code == best);
        let voice = (0..chances.len())
            .filter(|&lane| answers.of_lane.get(lane).copied() == best_answer)
            .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
            .unwrap_or(0);
        let typicality = rows.typicality(voice, scores[voice], buckets.len());

        let known = best != UND && chance >= CONFIDENCE_FLOOR && typicality > FOREIGN;
        let code = if known { best } else { UND };
        let confidence = ranked.iter().find(|entry| entry.0 == code).map_or(0.0, |entry| entry.1);
        let alternatives = ranked
            .iter()
            .filter(|&&(other, chance)| other != code && other != UND && chance >= ALTERNATIVE_FLOOR)
            .take(ALTERNATIVES)
            .map(|&(code, chance)| Alternative { code: code.to_owned(), confidence: chance.clamp(0.0, 1.0) })
            .collect();
        Detection {
            script: Some(if code == "ja" && lead.kana > 0 { "Jpan" } else { lead.script }.to_owned()),
            code: code.to_owned(),
            confidence: confidence.clamp(0.0, 1.0),
            reliable: letters >= reliable_letters(group) && typicality > STRANGE,
            alternatives,
            variety: None,
        }
    }
}

/// True for a lane of the varieties that is one of `language`, or its standard.
fn is_variety(lane: &str, language: &str) -> bool {
    matches!(lane, "fa" | "prs") == (language == "fa")
}

impl From<Model> for Detector {
    fn from(model: Model) -> Self {
        let scripts = Group::ALL.iter().zip(&model.groups).filter(|(group, _)| **group != Group::Arvr);
        let lanes = scripts.flat_map(|(_, rows)| &rows.lanes).map(|lane| lane.code.clone());
        let languages =
            lanes.filter(|code| code != UND).chain(SINGLE_SCRIPT_LANGUAGES.map(str::to_owned)).collect::<BTreeSet<_>>();
        let answers = model.groups.iter().map(Answers::of).collect();
        Self { model, answers, languages }
    }
}

/// Letters that are enough to rely on in a group: an ideograph says as much as three letters.
fn reliable_letters(group: Group) -> u32 {
    if group == Group::Hani { RELIABLE_LETTERS / 3 } else { RELIABLE_LETTERS }
}

/// A script with one language of ours: sure after a few letters, by Laplace's rule of succession.
fn single(code: &str, lead: Lead) -> Detection {
    Detection {
        code: code.to_owned(),
        script: Some(lead.script.to_owned()),
        confidence: (lead.letters + 1) as f32 / (lead.letters + 2) as f32,
        reliable: lead.letters >= RELIABLE_LETTERS / 3,
        alternatives: Vec::new(),
        variety: None,
    }
}

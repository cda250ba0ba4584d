//! Where the language changes inside a text: script runs first, then the cheapest way through the words of each.

use khabar_model::Span;

use crate::{
    detector::{Answers, Detector, UND},
    features::features,
    model::{Rows, softmax},
    script::{Gate, Group, gate_of},
};

/// A stretch of a text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageSpan {
    /// Bytes of the text, from the first letter to where the next language begins.
    pub span: Span,
    /// The language, or `und`.
    pub code: String,
}

/// Words that are decided on together; longer runs are cut, so that memory is bounded.
const MOST_WORDS: usize = 2_000;
/// What a change of language costs, in nats: a foreign word or two stay with the sentence around them.
const SWITCH: f32 = 6.0;
/// Least chance of a language given one word: any word may be a name.
const LEAST: f32 = 1e-4;
/// Letters of a run in another script below which it belongs to the text around it: a name, an abbreviation.
const SHORT_RUN: usize = 12;

struct Word {
    start: usize,
    end: usize,
    letters: usize,
    gate: Gate,
}

/// Consecutive words with one answer.
struct Run {
    start: usize,
    letters: usize,
    gate: Gate,
    code: String,
}

impl Detector {
    /// The languages of a text in order: the spans cover it from its first letter to its end, and neighbours differ. A text
    /// without letters has none.
    ///
    /// A change of script is a change of language, but for a few words in another script, which belong to the text around
    /// them (a name, an abbreviation). Within a script, a change needs the evidence of some words. Linear time.
    ///
    /// ```
    /// use khabar_langid::Detector;
    /// let text = "وی در پایان این آیه را خواند: إن مع العسر يسرا فإذا فرغت فانصب وإلى ربك فارغب";
    /// let spans = Detector::embedded().spans(text);
    /// let codes: Vec<&str> = spans.iter().map(|span| span.code.as_str()).collect();
    /// assert_eq!(codes, ["fa", "ar"]);
    /// ```
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<LanguageSpan> {
        let words = words(text);
        let mut runs: Vec<Run> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let gate = words[at].gate;
            let same = words[at..].iter().take(MOST_WORDS).take_while(|word| word.gate == gate).count();
            self.decide(text, &words[at..at + same], &mut runs);
            at += same;
        }
        absorb(&mut runs);
        let starts: Vec<usize> = runs.iter().skip(1).map(|run| run.start).chain([text.len()]).collect();
        let spans = runs.into_iter().zip(starts).filter_map(|(run, end)| {
            Some(LanguageSpan { span: Span::in_text(text, run.start, end).ok()?, code: run.code })
        });
        spans.collect()
    }

    /// Appends the runs of words that share a gate.
    fn decide(&self, text: &str, words: &[Word], runs: &mut Vec<Run>) {
        let Some(first) = words.first() else { return };
        match first.gate {
            Gate::Group(group) => {
                let answers = self.answers(group);
                let path = cheapest(&emissions(group, self.rows(group), answers, text, words), answers.codes.len());
                for (word, code) in words.iter().zip(path) {
                    push(runs, word, &answers.codes[code]);
                }
            }
            Gate::Single(code) => words.iter().for_each(|word| push(runs, word, code)),
            Gate::Unknown => words.iter().for_each(|word| push(runs, word, UND)),
        }
    }
}

fn push(runs: &mut Vec<Run>, word: &Word, code: &str) {
    match runs.last_mut() {
        Some(run) if run.code == code && run.gate == word.gate => run.letters += word.letters,
        _ => runs.push(Run { start: word.start, letters: word.letters, gate: word.gate, code: code.to_owned() }),
    }
}

/// Gives short runs in another script to their neighbours, and joins neighbours of one language.
fn absorb(runs: &mut Vec<Run>) {
    let before: Vec<(Gate, usize)> = runs.iter().map(|run| (run.gate, run.letters)).collect();
    for at in 0..runs.len() {
        let (gate, letters) = before[at];
        let other =
            |other: Option<&(Gate, usize)>| other.filter(|(other, _)| *other != gate).map(|(_, letters)| *letters);
        let left = other(at.checked_sub(1).and_then(|left| before.get(left)));
        let right = other(before.get(at + 1));
        if letters >= SHORT_RUN || left.max(right).is_none_or(|beside| beside <= letters) {
            continue;
        }
        let from = if left >= right { at - 1 } else { at + 1 };
        runs[at].code = runs[from].code.clone();
    }
    runs.dedup_by(|later, earlier| later.code == earlier.code);
}

/// The logarithm of the chance of each code of a group given each word alone, row-major.
fn emissions(group: Group, rows: &Rows, answers: &Answers, text: &str, words: &[Word]) -> Vec<f32> {
    let mut evidence = Vec::with_capacity(words.len() * answers.codes.len());
    let mut buckets = Vec::new();
    for word in words {
        buckets.clear();
        features(group, text.get(word.start..word.end).unwrap_or_default(), rows.bits, &mut buckets);
        // Temperature 1: that of single words, lower, would let one word turn a sentence.
        let chances = answers.merge(&softmax(&rows.scores(&buckets), 1.0));
        evidence.extend(chances.into_iter().map(|chance| chance.max(LEAST).ln()));
    }
    evidence
}

/// The code of each word on the path of most evidence, with [`SWITCH`] for every change (Viterbi).
fn cheapest(emissions: &[f32], codes: usize) -> Vec<usize> {
    let mut scores = vec![0.0_f32; codes];
    // For each word and code: the code before. A group has fewer than 256.
    let mut from: Vec<u8> = Vec::with_capacity(emissions.len());
    for word in emissions.chunks_exact(codes) {
        let best = (0..codes).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
        let switched = scores[best] - SWITCH;
        for (code, (score, evidence)) in scores.iter_mut().zip(word).enumerate() {
            let stays = *score >= switched;
            from.push(if stays { code } else { best } as u8);
            *score = if stays { *score } else { switched } + evidence;
        }
    }
    let mut code = (0..codes).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    let mut path = Vec::with_capacity(from.len() / codes.max(1));
    for word in from.chunks_exact(codes).rev() {
        path.push(code);
        code = usize::from(word[code]);
    }
    path.reverse();
    path
}

/// The words of a text: runs of letters of one script, with the marks and joiners inside them.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let Some(gate) = gate_of(c) else {
            open &= !c.is_whitespace() && !c.is_ascii_punctuation() && !c.is_ascii_digit();
            continue;
        };
        match words.last_mut() {
            Some(word) if open && word.gate == gate => {
                word.end = at + c.len_utf8();
                word.letters += 1;
            }
            _ => words.push(Word { start: at, end: at + c.len_utf8(), letters: 1, gate }),
        }
        open = true;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        let spans = Detector::embedded().spans(text);
        spans.into_iter().map(|span| (span.span.of(text).unwrap().trim().to_owned(), span.code)).collect()
    }

    #[test]
    fn a_quotation_in_another_language_is_a_span_of_its_own() {
        let persian = "سخنگوی وزارت خارجه روز یکشنبه در گفت‌وگو با خبرنگاران این جمله را خواند و ترجمه کرد:";
        let arabic = "قال المتحدث باسم الوزارة إن المفاوضات ستستأنف في الأسبوع المقبل بعد موافقة الأطراف";
        let english = "the talks will resume next week once all parties have agreed to the new terms";
        for (one, other) in [(persian, arabic), (arabic, persian), (english, persian), (arabic, english)] {
            let text = format!("{one} {other}");
            let found = codes(&text);
            assert_eq!(found.len(), 2, "{found:?}");
            assert_eq!(found[0].0, one);
        }
    }

    #[test]
    fn a_name_in_another_script_changes_nothing() {
        assert_eq!(codes("أعلنت شركة Apple عن هاتف iPhone الجديد في مؤتمرها السنوي").len(), 1);
        assert_eq!(codes("Digest: قال وزير الخارجية إن بلاده لن تشارك في القمة المقبلة").len(), 1);
        assert!(codes("2024 … 17:30").is_empty());
    }

    #[test]
    fn spans_lie_side_by_side() {
        for text in ["", "سلام", "hello سلام мир γεια", "\u{301}a\u{301}", "،،،ب"] {
            let spans = Detector::embedded().spans(text);
            for pair in spans.windows(2) {
                assert_eq!(pair[0].span.end(), pair[1].span.start());
                assert_ne!(pair[0].code, pair[1].code);
            }
            assert!(spans.last().is_none_or(|last| last.span.end() == text.len()));
        }
    }
}

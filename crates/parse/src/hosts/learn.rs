//! Learns which lines repeat over the documents of a host.

use std::collections::{BTreeMap, BTreeSet};

use khabar_model::{Article, RawDoc};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Host, HostLines, MAX_CHARS, Repeated, is_large_share, is_long, site_of};
use crate::line::Line;

/// Letters that a line must have: numbers and marks repeat in any text.
const MIN_LETTERS: usize = 3;

/// Lines that are remembered over all hosts, by default.
const CAPACITY: usize = 1 << 20;

/// What was seen, for a summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// Different documents that were counted.
    pub documents: u64,
    /// Documents that were another capture of one that had been counted: the same address, or the same text.
    pub again: u64,
    /// Documents without a host.
    pub homeless: u64,
    /// Hosts.
    pub hosts: usize,
}

/// Counts in how many documents of its host each line stands.
///
/// Memory: 16 bytes a document, and at most so many lines over all hosts; when there are more, the rarest are forgotten
/// everywhere (lossy counting), after which a count may be too low by what its host's `undercount` says. What is learned
/// depends on the documents and their order only.
#[derive(Debug)]
pub struct HostLearner {
    hosts: BTreeMap<String, Seen>,
    capacity: usize,
    remembered: usize,
    total: Learned,
}

/// What was seen of one host.
#[derive(Debug, Default)]
struct Seen {
    documents: u64,
    undercount: u64,
    /// Hashes of addresses and of texts.
    marks: BTreeSet<u64>,
    /// By hash of the fold key.
    lines: BTreeMap<u64, Candidate>,
}

#[derive(Debug)]
struct Candidate {
    documents: u64,
    /// Written down at the second sight: most lines are seen once.
    line: Option<Box<str>>,
}

impl Default for HostLearner {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl HostLearner {
    /// A learner that remembers at most so many lines.
    #[must_use]
    pub fn with_capacity(lines: usize) -> Self {
        Self { hosts: BTreeMap::new(), capacity: lines.max(1), remembered: 0, total: Learned::default() }
    }

    /// Counts the lines of a document; `article` is what parsing, cuts included, made of `raw`.
    ///
    /// A second capture of a document is not counted: of the same address, or of the same running text. The longest
    /// line of a document says nothing either, since it may be all there is of an article that was printed many times.
    pub fn see(&mut self, raw: &RawDoc, article: &Article) {
        let Some(site) = site_of(raw) else {
            self.total.homeless += 1;
            return;
        };
        let blocks: Vec<(bool, Line)> = article
            .blocks
            .iter()
            .filter(|block| block.kind != khabar_model::BlockKind::Title)
            .filter_map(|block| Some((block.kind.is_body(), block.span.of(&article.text)?)))
            .map(|(is_body, text)| (is_body, Line::new(text, 0..text.len(), None, 0.0)))
            .collect();
        let seen = self.hosts.entry(site).or_default();
        let mut marks = vec![text_mark(&blocks)];
        marks.extend(raw.source.url.as_deref().map(|url| xxh3_64(url.as_bytes())));
        let is_new = marks.iter().all(|mark| !seen.marks.contains(mark));
        seen.marks.extend(marks);
        if !is_new {
            self.total.again += 1;
            return;
        }
        seen.documents += 1;
        self.total.documents += 1;
        let title = article.title.as_deref().map(khabar_text::fold);
        let body = blocks.iter().enumerate().filter(|(_, (is_body, _))| *is_body);
        let longest = body.max_by_key(|(nth, (_, line))| (line.letters, std::cmp::Reverse(*nth))).map(|(nth, _)| nth);
        let mut own = BTreeSet::new();
        for (nth, (_, line)) in blocks.iter().enumerate() {
            let may_repeat = line.letters >= MIN_LETTERS
                && line.chars <= MAX_CHARS
                && Some(nth) != longest
                && title.as_ref() != Some(&line.key);
            let key = xxh3_64(line.key.as_bytes());
            if may_repeat && own.insert(key) {
                match seen.lines.get_mut(&key) {
                    Some(candidate) => {
                        candidate.documents += 1;
                        candidate.line.get_or_insert_with(|| line.text.as_str().into());
                    }
                    None => {
                        seen.lines.insert(key, Candidate { documents: 1, line: None });
                        self.remembered += 1;
                    }
                }
            }
        }
        if self.remembered > self.capacity {
            self.forget();
        }
    }

    /// Forgets the rarest lines of every host, so that half the room is free.
    fn forget(&mut self) {
        let left = |rare: u64| {
            let kept = |seen: &Seen| seen.lines.values().filter(|candidate| candidate.documents > rare).count();
            self.hosts.values().map(kept).sum::<usize>()
        };
        let mut rare = 1;
        while left(rare) > self.capacity / 2 {
            rare += 1;
        }
        self.remembered = left(rare);
        for seen in self.hosts.values_mut() {
            let before = seen.lines.len();
            seen.lines.retain(|_, candidate| candidate.documents > rare);
            if seen.lines.len() < before {
                seen.undercount += rare;
            }
        }
    }

    /// What was seen so far.
    #[must_use]
    pub fn learned(&self) -> Learned {
        Learned { hosts: self.hosts.len(), ..self.total }
    }

    /// The lines that stand in at least `documents` documents of their host and in `share` of them (0 to 1); lines of
    /// 60 letters and more must stand in 30 %.
    #[must_use]
    pub fn finish(self, documents: u64, share: f64) -> HostLines {
        let mut hosts = BTreeMap::new();
        for (site, seen) in self.hosts {
            #[expect(clippy::cast_precision_loss, reason = "a share of a count that fits into memory")]
            let enough = |count: u64| count >= documents && count as f64 >= share * seen.documents as f64;
            let mut host = Host { documents: seen.documents, undercount: seen.undercount, ..Host::default() };
            for candidate in seen.lines.into_values().filter(|candidate| enough(candidate.documents)) {
                let Some(text) = candidate.line else { continue };
                let line = Line::new(&text, 0..text.len(), None, 0.0);
                if !is_long(&line) || is_large_share(candidate.documents, host.documents) {
                    host.lines
                        .insert(line.key, Repeated { documents: Some(candidate.documents), line: text.into_string() });
                }
            }
            if !host.lines.is_empty() {
                hosts.insert(site, host);
            }
        }
        HostLines { hosts }
    }
}

/// The mark of a text: of its running text, so that another date or counter beside it makes no other document; of all
/// lines where there is none.
fn text_mark(blocks: &[(bool, Line)]) -> u64 {
    let mut hash = Xxh3::new();
    let has_text = blocks.iter().any(|(_, line)| is_long(line));
    for (_, line) in blocks.iter().filter(|(_, line)| !has_text || is_long(line)) {
        hash.update(line.key.as_bytes());
        hash.update(b"\n");
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_model::{Given, Media, Source};

    fn raw(url: &str, text: &str) -> RawDoc {
        RawDoc {
            id: String::new(),
            source: Source { url: Some(url.to_owned()), ..Source::default() },
            media: Media::Text,
            payload: text.as_bytes().to_vec(),
            given: Given { title: Some("عنوان الخبر".to_owned()), ..Given::default() },
        }
    }

    fn see(learner: &mut HostLearner, url: &str, text: &str) {
        let raw = raw(url, text);
        let article = crate::Parser::default().parse(&raw).unwrap();
        learner.see(&raw, &article);
    }

    fn paragraph(nth: usize) -> String {
        format!("قال المتحدث رقم {nth} إن الجولة المقبلة من المفاوضات تبدأ في الربيع من العام المقبل في العاصمة.")
    }

    fn json_of(learner: HostLearner) -> String {
        learner.finish(5, 0.05).to_json()
    }

    #[test]
    fn lines_of_many_documents_are_learned() {
        let mut learner = HostLearner::default();
        for nth in 0..20 {
            let once = if nth < 4 { "كل ما في الأمر هنا" } else { "كل صباح" };
            let text = format!(
                "{}\nرابط الخبر في صحيفة أخبار\n{once}\nرابطُ الخبر في صحيفة أخبار\n{}",
                paragraph(nth),
                paragraph(100 + nth)
            );
            see(&mut learner, &format!("https://www.akhbar.example/{nth}"), &text);
        }
        let expected = Learned { documents: 20, again: 0, homeless: 0, hosts: 1 };
        assert_eq!(learner.learned(), expected);
        assert_eq!(
            json_of(learner),
            "{\"version\": 1, \"hosts\": {\n  \"akhbar.example\": {\"documents\": 20, \"lines\": [\n    \
             {\"documents\": 20, \"line\": \"رابط الخبر في صحيفة أخبار\"},\n    {\"documents\": 16, \"line\": \"كل صباح\"}\n  ]}\n}}\n"
        );
    }

    #[test]
    fn a_document_that_comes_again_counts_once() {
        let mut learner = HostLearner::default();
        let flash = "عاجل: توقف المفاوضات بين الجانبين في العاصمة";
        for nth in 0..30 {
            // The same address with other words; other addresses with the same words, but for a counter; a flash.
            see(&mut learner, "https://a.example/live", &format!("{}\nتابعنا كل صباح", paragraph(nth)));
            see(
                &mut learner,
                &format!("https://a.example/copy/{nth}"),
                &format!("{}\nتابعنا كل صباح\nقراءة {nth}", paragraph(0)),
            );
            see(&mut learner, &format!("https://a.example/flash/{nth}"), &format!("{flash}\nقراءة {nth}"));
        }
        let learned = learner.learned();
        assert_eq!((learned.documents, learned.again), (2, 88));
        assert_eq!(json_of(learner), HostLines::default().to_json());
    }

    #[test]
    fn background_sentences_need_a_large_share() {
        let background = "وكانت المفاوضات بين الجانبين قد توقفت في الربيع الماضي بعد خلاف على جدول الأعمال.";
        let learned = |every: usize| {
            let mut learner = HostLearner::default();
            for nth in 0..40 {
                let more = if nth % every == 0 { background } else { "وتستمر." };
                see(
                    &mut learner,
                    &format!("https://a.example/{nth}"),
                    &format!("{}\n{more}\n{}", paragraph(nth), paragraph(100 + nth)),
                );
            }
            json_of(learner).contains(background)
        };
        assert!(!learned(4) && learned(2));
    }

    #[test]
    fn memory_is_bounded_and_says_what_it_costs() {
        let run = |capacity| {
            let mut learner = HostLearner::with_capacity(capacity);
            for nth in 0..200 {
                let text = format!(
                    "{}\nرابط الخبر هنا\nسطر {} وحيد\n{}",
                    paragraph(nth),
                    "ا".repeat(nth + 1),
                    paragraph(1000 + nth)
                );
                see(&mut learner, &format!("https://a.example/{nth}"), &text);
                assert!(learner.remembered <= capacity);
                assert_eq!(learner.remembered, learner.hosts.values().map(|seen| seen.lines.len()).sum::<usize>());
            }
            learner.finish(5, 0.05)
        };
        let (all, few) = (run(10_000), run(50));
        let count = |lines: &HostLines| {
            lines.hosts["a.example"].lines.values().map(|line| line.documents.unwrap()).max().unwrap()
        };
        assert_eq!((all.hosts["a.example"].undercount, count(&all)), (0, 200));
        let undercount = few.hosts["a.example"].undercount;
        assert!(undercount > 0 && count(&few) + undercount >= 200, "{}", few.to_json());
        assert_eq!(few, run(50));
    }
}

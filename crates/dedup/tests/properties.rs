//! What holds for every text.

use khabar_dedup::{Deduper, Settings, sketch};
use khabar_model::DuplicateStatus;
use proptest::{collection::vec, prelude::*};

const WORDS: [&str; 16] = [
    "وزير",
    "الخارجية",
    "أعلن",
    "في",
    "12",
    "مدینه",
    "شنبه",
    "دولت",
    "می‌شود",
    "گزارش",
    "the",
    "2024",
    "新",
    "華",
    "।",
    "«",
];

/// Text over few words, so that texts share shingles, or anything at all.
fn text() -> impl Strategy<Value = String> {
    let of_words = vec(prop::sample::select(&WORDS[..]), 0..120).prop_map(|words| words.join(" "));
    prop_oneof![of_words, any::<String>(), "[\u{600}-\u{6ff} 0-9\u{200c}]{0,300}"]
}

proptest! {
    #[test]
    fn a_sketch_is_a_function_of_the_text(text in text()) {
        let settings = Settings::default();
        let first = sketch(&text, &settings);
        prop_assert_eq!(&first, &sketch(&text.clone(), &settings));
        prop_assert!(first.bytes() >= size_of_val(&first));
        prop_assert!(first.tokens() <= text.chars().count() + 1);
    }

    #[test]
    fn overlap_is_symmetric_and_bounded(a in text(), b in text(), most in 1_usize..200) {
        let mut settings = Settings::default();
        settings.max_tokens = most;
        let (a, b) = (sketch(&a, &settings), sketch(&b, &settings));
        let overlap = a.overlap(&b);
        prop_assert_eq!(overlap, b.overlap(&a));
        for share in [overlap.jaccard, overlap.containment, overlap.length_ratio] {
            prop_assert!((0.0..=1.0).contains(&share));
        }
        prop_assert!(overlap.jaccard <= overlap.containment);
        let own = a.overlap(&a);
        prop_assert!(own.jaccard == 1.0 || own.jaccard == 0.0);
    }

    #[test]
    fn the_same_text_again_is_exact(texts in vec(text(), 1..12), again in any::<prop::sample::Index>()) {
        let settings = Settings::default();
        let mut deduper = Deduper::new(settings.clone());
        for (nth, text) in texts.iter().enumerate() {
            deduper.judge(&nth.to_string(), sketch(text, &settings));
        }
        let text = again.get(&texts);
        let judgement = deduper.judge("again", sketch(text, &settings));
        if text.trim().is_empty() {
            prop_assert_eq!(judgement.verdict.status, DuplicateStatus::Unique);
        } else {
            prop_assert_eq!(judgement.verdict.status, DuplicateStatus::Exact);
            prop_assert_eq!(judgement.verdict.jaccard, Some(1.0));
        }
    }

    #[test]
    fn verdicts_pairs_and_clusters_agree(texts in vec(text(), 0..20)) {
        let settings = Settings::default();
        let run = || {
            let mut deduper = Deduper::new(settings.clone());
            let judge = |(nth, text): (usize, &String)| deduper.judge(&format!("{nth:02}"), sketch(text, &settings));
            let judgements: Vec<_> = texts.iter().enumerate().map(judge).collect();
            (judgements, deduper.clusters(), deduper.memory_bytes())
        };
        let (judgements, clusters, bytes) = run();
        prop_assert_eq!((&judgements, &clusters, bytes), (&run().0, &run().1, run().2));
        for (nth, judgement) in judgements.iter().enumerate() {
            let (id, verdict) = (format!("{nth:02}"), &judgement.verdict);
            let cluster = clusters.iter().find(|cluster| cluster.members.contains(&id));
            prop_assert_eq!(&verdict.cluster, cluster.map_or(&id, |cluster| &cluster.cluster));
            prop_assert_eq!(verdict.of.is_none(), verdict.status == DuplicateStatus::Unique);
            if let Some(of) = &verdict.of {
                let pair = judgement.pairs.iter().find(|pair| &pair.of == of);
                prop_assert!(pair.is_some_and(|pair| pair.relation == verdict.status));
            }
            prop_assert!(judgement.pairs.iter().all(|pair| pair.id == id && pair.of < id));
            prop_assert!(judgement.pairs.is_sorted_by(|a, b| a.of < b.of));
        }
        for cluster in &clusters {
            prop_assert!(cluster.members.len() > 1 && cluster.members.is_sorted());
            prop_assert_eq!(&cluster.cluster, &cluster.members[0]);
            prop_assert!(cluster.members.contains(&cluster.representative));
        }
    }

    #[test]
    fn the_same_words_in_another_order_are_another_text(
        words in vec("[\u{627}-\u{63a}]{3,9}", 30..80).prop_filter("distinct", |words| {
            words.iter().collect::<std::collections::BTreeSet<_>>().len() == words.len()
        })
    ) {
        // No two neighbours stay together.
        let (even, odd): (Vec<_>, Vec<_>) = words.iter().enumerate().partition(|(nth, _)| nth % 2 == 0);
        let shuffled: Vec<&str> = even.iter().rev().chain(odd.iter().rev()).map(|(_, word)| word.as_str()).collect();
        let settings = Settings::default();
        let mut deduper = Deduper::new(settings.clone());
        deduper.judge("a", sketch(&words.join(" "), &settings));
        let judgement = deduper.judge("b", sketch(&shuffled.join(" "), &settings));
        prop_assert_eq!(judgement.verdict.status, DuplicateStatus::Unique);
    }
}

//! Any text has an answer that is well formed, and spans that lie side by side.
#![no_main]

use khabar_langid::Detector;

static DETECTOR: std::sync::LazyLock<Detector> = std::sync::LazyLock::new(Detector::embedded);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let detection = DETECTOR.detect(text);
    assert!((0.0..=1.0).contains(&detection.confidence));
    assert!(!detection.reliable || detection.code != "und");
    let _ = DETECTOR.variety(text, &detection);
    let spans = DETECTOR.spans(text);
    for pair in spans.windows(2) {
        assert_eq!(pair[0].span.end(), pair[1].span.start());
        assert_ne!(pair[0].code, pair[1].code);
    }
    for part in &spans {
        assert!(part.span.of(text).is_some_and(|part| !part.is_empty()));
    }
    assert!(spans.last().is_none_or(|last| last.span.end() == text.len()));
});

//! What holds for every text and every model file.

use std::sync::LazyLock;

use khabar_langid::{Detector, Error, ErrorKind, MODEL};
use proptest::prelude::*;

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::embedded);

/// Letters that the detector treats specially, beside any character at all.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[\\u{600}-\\u{6ff}\\u{200c} ]{0,40}",
        "[\\u{fb50}-\\u{fdff}\\u{fe70}-\\u{fefc} ]{0,20}",
        "[a-zA-ZÀ-ž\\u{300}-\\u{36f}'’ ]{0,40}",
        "[\\u{400}-\\u{4ff}\\u{3040}-\\u{30ff}\\u{4e00}-\\u{4fff} ]{0,40}",
        "(https?://|www\\.|@)[a-z\\u{600}-\\u{6ff}]{0,10}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_answer_is_well_formed(text in text(), times in prop_oneof![4 => Just(1_usize), 1 => 1..400_usize]) {
        let text = text.repeat(times);
        let detection = DETECTOR.detect(&text);
        prop_assert_eq!(&detection, &DETECTOR.detect(&text));
        prop_assert!((0.0..=1.0).contains(&detection.confidence));
        prop_assert!(detection.alternatives.len() <= 3);
        prop_assert!(detection.alternatives.is_sorted_by(|a, b| a.confidence >= b.confidence));
        let total: f32 = detection.alternatives.iter().map(|other| other.confidence).sum();
        prop_assert!(total + detection.confidence <= 1.001);
        prop_assert!(detection.alternatives.iter().all(|other| other.code != detection.code && other.code != "und"));
        if detection.code == "und" {
            prop_assert!(!detection.reliable);
        } else {
            prop_assert!(DETECTOR.languages().any(|code| code == detection.code));
            prop_assert!(detection.script.is_some());
            prop_assert!(detection.alternatives.iter().all(|other| other.confidence <= detection.confidence));
        }
        if !text.chars().any(char::is_alphabetic) {
            prop_assert_eq!(detection.code, "und");
        }
    }

    #[test]
    fn spans_lie_side_by_side(text in text()) {
        let spans = DETECTOR.spans(&text);
        if !text.chars().any(char::is_alphabetic) {
            prop_assert!(spans.is_empty());
        }
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].span.end(), pair[1].span.start());
            prop_assert_ne!(&pair[0].code, &pair[1].code);
        }
        prop_assert!(spans.iter().all(|part| part.span.of(&text).is_some_and(|part| !part.is_empty())));
        prop_assert!(spans.last().is_none_or(|last| last.span.end() == text.len()));
        prop_assert!(spans.iter().all(|part| part.code == "und" || DETECTOR.languages().any(|code| code == part.code)));
    }

    #[test]
    fn a_broken_model_is_an_error(cut in 0..MODEL.len(), at in 0..MODEL.len(), flip in 1..=255_u8) {
        prop_assert!(Detector::load(&MODEL[..cut]).is_err());
        let mut broken = MODEL.to_vec();
        broken[at] ^= flip;
        prop_assert!(Detector::load(&broken).is_err());
    }

    #[test]
    fn noise_is_no_model(bytes in prop::collection::vec(any::<u8>(), 0..200), tail in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Detector::load(&bytes).is_err());
        prop_assert!(Detector::load(&[&MODEL[..12], &tail[..]].concat()).is_err());
    }
}

#[test]
fn errors_say_what_and_where() {
    let kind = |bytes: &[u8]| Detector::load(bytes).map(|_| ()).map_err(|error: Error| (error.kind(), error.offset()));
    assert_eq!(kind(&[]), Err((ErrorKind::Truncated, 0)));
    assert_eq!(kind(b"not a model at all"), Err((ErrorKind::Magic, 0)));
    let mut version = MODEL.to_vec();
    version[8] = 77;
    assert_eq!(kind(&version), Err((ErrorKind::Version, 8)));
    let longer = [MODEL, b"x"].concat();
    assert_eq!(kind(&longer), Err((ErrorKind::Checksum, 12)));
    let error = Detector::load(&longer).expect_err("the checksum covers the extra byte");
    assert_eq!(error.to_string(), "checksum mismatch at byte 12 of the model");
}

//! Any two texts have sketches, an overlap that is symmetric, and passages whose places fit.
#![no_main]

use khabar_dedup::{Deduper, Settings, sketch};

libfuzzer_sys::fuzz_target!(|texts: (&str, &str, &str)| {
    let settings = Settings::default();
    let (one, two) = (sketch(texts.0, &settings), sketch(texts.1, &settings));
    assert_eq!(one.overlap(&two), two.overlap(&one));
    let all = [texts.0, texts.1, texts.2];
    let mut deduper = Deduper::new(settings.clone());
    for (nth, text) in all.iter().enumerate() {
        let judgement = deduper.judge(&nth.to_string(), sketch(text, &settings));
        for row in judgement.passages {
            let of = row.of.parse::<usize>().unwrap();
            let lengths = [*text, all[of]].map(|text| text.chars().count() as u32);
            assert!(row.start < row.end && row.end <= lengths[0]);
            assert!(row.of_start < row.of_end && row.of_end <= lengths[1]);
        }
    }
    assert!(deduper.failure().is_none());
});

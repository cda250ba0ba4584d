//! Any text has quotes that lie in it, with speakers that the text names, in every language that is read.
#![no_main]

use khabar_entity::{Extractor, roles};
use khabar_model::{Article, Detection};

static EXTRACTOR: std::sync::LazyLock<Extractor> = std::sync::LazyLock::new(Extractor::embedded);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let article = Article { text: text.to_owned(), ..Article::default() };
    for code in ["ar", "fa", "ur", "en"] {
        let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
        let annotations = EXTRACTOR.extract(&article, &language);
        for quote in &annotations.quotes {
            assert_eq!(quote.span.of(text), Some(quote.text.as_str()));
            assert!(!quote.text.contains('\n'));
            if let Some(speaker) = &quote.speaker {
                assert_eq!(speaker.span.of(text), Some(speaker.text.as_str()));
                assert!(speaker.entity.is_none_or(|entity| (entity as usize) < annotations.entities.len()));
            }
        }
        for role in roles(text, Some(code)) {
            assert!(role.office.of(text).is_some());
        }
    }
});

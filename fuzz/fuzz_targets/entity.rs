//! Any text has names that are where they say, and nest or are apart, in every language.
#![no_main]

use khabar_entity::Extractor;
use khabar_model::{Article, Detection};

static EXTRACTOR: std::sync::LazyLock<Extractor> = std::sync::LazyLock::new(Extractor::embedded);

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (language, text) = input;
    let code = ["ar", "fa", "ur", "en", "und"][usize::from(language) % 5];
    let article = Article { text: text.to_owned(), ..Article::default() };
    let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
    let annotations = EXTRACTOR.extract(&article, &language);
    let mut mentions: Vec<_> = annotations.entities.iter().flat_map(|entity| &entity.mentions).collect();
    mentions.sort_by_key(|mention| (mention.span.start(), std::cmp::Reverse(mention.span.end())));
    for mention in &mentions {
        assert_eq!(mention.span.of(text), Some(mention.text.as_str()));
        let prefix = mention.prefix.as_deref().unwrap_or_default();
        assert!(text.get(..mention.span.start()).is_some_and(|before| before.ends_with(prefix)));
    }
    for (span, said) in annotations.dates.iter().map(|date| (date.span, &date.text)) {
        assert_eq!(span.of(text), Some(said.as_str()));
    }
    for (span, said) in annotations.quantities.iter().map(|quantity| (quantity.span, &quantity.text)) {
        assert_eq!(span.of(text), Some(said.as_str()));
    }
    for (span, said) in annotations.quotes.iter().map(|quote| (quote.span, &quote.text)) {
        assert_eq!(span.of(text), Some(said.as_str()));
    }
    // In this order names cross if one ends behind the innermost one that is open.
    let mut open: Vec<usize> = Vec::new();
    for mention in &mentions {
        open.retain(|&end| end > mention.span.start());
        assert!(open.last().is_none_or(|&end| mention.span.end() <= end));
        open.push(mention.span.end());
    }
});

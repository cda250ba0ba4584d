//! Any bytes parse to an article whose spans fit, or are rejected; a scrape can be undone to its bytes.
#![no_main]

use khabar_model::{Given, Media, RawDoc, Record, Source};
use khabar_parse::Parser;

libfuzzer_sys::fuzz_target!(|payload: &[u8]| {
    let parser = Parser::default();
    for media in [Media::Text, Media::Html] {
        let raw = RawDoc { id: String::new(), source: Source::default(), media, payload: payload.to_vec(), given: Given::default() };
        if let Ok((article, alignment)) = parser.parse_aligned(&raw) {
            if let Some(alignment) = alignment {
                assert_eq!(alignment.undo(article.text.as_bytes()).as_deref(), Some(payload));
            }
            for block in &article.blocks {
                assert!(block.source.end <= payload.len() as u64);
            }
            Record::of_article(String::new(), Source::default(), article).into_wire().expect("spans fit the text");
        }
    }
});

//! Any text has a repair and a fold key; both are idempotent, and repair can be undone.
#![no_main]

use khabar_text::{Zwnj, fold, fold_aligned, repair};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let clean = repair(text);
    assert_eq!(clean.alignment.undo(clean.text.as_bytes()).as_deref(), Some(text.as_bytes()));
    assert_eq!(repair(&clean.text).text, clean.text);
    let key = fold(text);
    assert_eq!(fold(&key), key);
    assert_eq!(fold_aligned(text, Zwnj::Delete).text, key);
});

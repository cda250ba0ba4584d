//! Any JSON that reads as a record has spans that fit its text, or is refused; what fits comes back the same.
#![no_main]

use khabar_model::{CharSpan, Record};

libfuzzer_sys::fuzz_target!(|line: &[u8]| {
    let Ok(record) = serde_json::from_slice::<Record<CharSpan>>(line) else { return };
    if let Ok(bytes) = record.clone().into_bytes() {
        assert_eq!(bytes.into_wire().expect("spans that came from characters fit"), record);
    }
});

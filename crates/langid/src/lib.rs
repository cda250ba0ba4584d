//! Text to a language, its script and a calibrated confidence.
//!
//! In: any `&str`, a headline or a document. Out: a [`Detection`](khabar_model::Detection).
//!
//! 1. A bounded sample of the text, without links, mail addresses and handles.
//! 2. The script gate: most letters decide the script, and often the language (Greek, Thai …).
//! 3. Within a script that languages share: the hashed 1- to 4-grams and words of the text, each with a row of small
//!    integers, one per language; their sum makes the chances.
//! 4. How far to trust them: a temperature by length, and whether the evidence is what the language usually shows.
//! 5. Where the language changes inside the text ([`Detector::spans`]): script runs, then the cheapest way through the
//!    words of each. Asked for apart, as are varieties ([`Detector::variety`]).
//!
//! # Promises
//! - The same text gets the same answer; time and memory are bounded whatever the size of the text; no input panics.
//! - Persian stays Persian when it is typed with Arabic kaf and yeh or has lost its ZWNJ; harakat, tatweel,
//!   presentation forms and decomposed letters don't matter.
//! - The dialects of Arabic are `ar`, Dari is `fa`; South Azerbaijani (`azb`), Sorani (`ckb`), Mazandarani (`mzn`),
//!   Gilaki (`glk`), Saraiki (`skr`) and Shahmukhi Punjabi (`pnb`) are languages of their own.
//! - No letters, no language: digits, symbols, links and code are `und`.
//!
//! # Refuses
//! - A text in an unknown language should be `und`; near relatives of a language of ours are often taken for it.
//! - A mixture gets one answer, that of its leading script; its parts are [`Detector::spans`].
//! - One word is little evidence: the answer may be `und`, and is never called reliable.
//!
//! # Example
//! ```
//! use khabar_langid::Detector;
//!
//! let detector = Detector::embedded();
//! let persian = detector.detect("سخنگوي وزارت خارجه گفت مذاكرات هفته آينده ادامه مي يابد");
//! assert_eq!((persian.code.as_str(), persian.script.as_deref()), ("fa", Some("Arab")));
//! assert!(persian.reliable);
//! let arabic = detector.detect("قال المتحدث باسم وزارة الخارجية إن المحادثات ستستأنف الأسبوع المقبل");
//! assert_eq!(arabic.code, "ar");
//! assert_eq!(detector.detect("2024 / 10 / 14").code, "und");
//! ```
//!
//! The feature `train` adds the trainer and the evaluator (binary `khabar-langid-train`), which share the feature
//! function with the detector.

pub use crate::{
    detector::{Detector, MODEL},
    error::{Error, ErrorKind},
    spans::LanguageSpan,
};

mod detector;
mod error;

mod sample;
mod script;
mod spans;

mod alphabet;
mod features;
mod model;

#[cfg(feature = "train")]
pub mod training;

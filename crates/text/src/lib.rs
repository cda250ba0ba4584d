//! Arabic-script-aware text: repair, house spelling, fold keys, and the one alignment that maps spans through them.
//!
//! Three tiers, never mixed:
//! - **T0 repair** ([`repair()`]): text in, [`Aligned`] text out. Undoes encoding and typesetting damage; same word, same
//!   meaning in every language. On by default, reversible.
//! - **T1 house spelling** ([`respell`]): per language span (kaf and yeh in Persian and Urdu; more as [`HouseRule`]s, off by
//!   default). Reversible. ZWNJ restoration
//!   ([`suggest_zwnj`], [`restore_zwnj`]) is a suggestion with a confidence, off by default.
//! - **T2 fold key** ([`fold()`], [`fold_aligned`]): lossy, versioned ([`FOLD_VERSION`]), for matching only. Never
//!   stored as the text.
//!
//! Not built: the loose key; ZN4 (a soft hyphen that was a ZWNJ is deleted by T0, and found again by the restoration).
//!
//! # Promises
//! - T0 and the fold key are idempotent, never panic and run in linear time.
//! - T0 never changes a letter of any language into another one; it leaves ZWNJ where it joins, harakat, and the
//!   Hijri year's `هـ` alone.
//! - An [`Alignment`] maps spans both ways on character boundaries, composes over steps, and can undo its step.
//!
//! # Refuses
//! Nothing: every `&str` has a repaired form and a key, if an empty one.
//!
//! # Example
//! ```
//! let scrape = "قالت وكالة الأنبـــاء إنّ كوريا\u{a0}الشمالية…";
//! let clean = khabar_text::repair(scrape);
//! assert_eq!(clean.text, "قالت وكالة الأنباء إنّ كوريا الشمالية…");
//! assert_eq!(khabar_text::fold("الأنباء"), khabar_text::fold("الانبـاءُ"));
//! assert_eq!(khabar_text::fold("کره‌شمالی"), khabar_text::fold("كرهشمالي"));
//! ```

pub use crate::{
    alignment::{Aligned, Alignment, Edit, Rule},
    cut::{Cut, Gap, Piece, PieceKind},
    draft::{AlignmentBuilder, Draft},
    filter::WordFilter,
    fold::{FOLD_VERSION, FoldedChar, Zwnj, fold, fold_aligned, fold_char, fold_with},
    house::{HouseRule, respell, respell_with},
    letter::{is_alphanumeric, is_common_letter},
    repair::{RULES_VERSION, repair},
    run::Letters,
    script::{Script, script_of},
    sound::Sounds,
    visual::reads_visually,
    zwnj::{ZwnjSuggestion, restore_zwnj, suggest_zwnj},
};

mod alignment;
mod draft;

mod repair;
// The passes of repair, in their order.
mod compose;
mod concern;
mod entity;
mod invisible;
mod joiner;
mod presentation;
mod tatweel;
mod visual;

mod cut;
mod filter;
mod fold;
mod house;
mod letter;
mod run;
mod scan;
mod script;
mod sound;
mod zwnj;

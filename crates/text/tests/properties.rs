//! Invariants of repair, respelling and the fold key, on text made of what breaks such code.

use khabar_model::Span;
use khabar_text::{
    Aligned, Zwnj, fold, fold_aligned, fold_with, repair, respell, restore_zwnj, script_of, suggest_zwnj,
};
use proptest::{prelude::*, sample::select};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Letters of many languages, undamaged.
const LETTERS: &str = "ابتحدرسعلمهويىةءآأإؤئكٱ پچژگکی ٹڈڑںھہےۓۂۃ ڵڕۆێەڤ ټډړږښځڅڼګېۍ ڪڳڱٻڄڃڇڏڌڍڙٿٽٺ ۇۈۋڭ \
                       abzéßİıſςΣµΐǰŉẞДяЁאבגשกขไทยເລາវមကမြनईक़সশික한가中文かガ゙ᠮᠣ𞤀😀👩❤🏳";
/// What typesetting, copying and escaping leave behind.
const DAMAGE: [&str; 64] = [
    "\u{200c}",
    "\u{200c}\u{200c}",
    "\u{200d}",
    "\u{640}",
    "\u{640}\u{640}",
    "ه\u{640}",
    "\u{64b}",
    "\u{64e}",
    "\u{651}",
    "\u{670}",
    "\u{653}",
    "\u{655}",
    "\u{6d6}",
    "\u{301}",
    "\u{323}",
    "\u{307}",
    "\u{308}",
    "\u{345}",
    "\u{a0}",
    "\u{202f}",
    "\u{2009}",
    "\u{3000}",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\u{b}",
    "\u{2028}",
    "\u{85}",
    "\u{9d}",
    "\u{9e}",
    "\u{0}",
    "\u{1f}",
    "¬",
    "\u{ad}",
    "\u{200b}",
    "\u{2060}",
    "\u{feff}",
    "\u{34f}",
    "\u{180e}",
    "\u{fff9}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{202e}",
    "\u{2067}",
    "\u{fe0f}",
    "\u{94d}",
    "\u{dca}",
    "\u{e31}",
    "\u{5b7}",
    "\u{fffd}",
    ".",
    "..",
    "…",
    "۔",
    "'",
    "’",
    "\"",
    "«",
    "»",
    "،",
    "١٢",
    "۴",
];
/// Entities, whole and in pieces.
const ENTITIES: [&str; 10] =
    ["&", "amp;", "&zwnj;", "&amp;zwnj;", "&#8", "204;", "&#8204;", "&nbsp;", "&lrm;", "zwnj;"];
/// Presentation forms, and hamza above, which moves.
const FORMS: [&str; 24] = [
    "ﺍ", "ﺎ", "ﻧ", "ﻨ", "ﻦ", "ﻥ", "ﻔ", "ﺖ", "ﻻ", "ﻼ", "ﺔ", "ﺮ", "ﹷ", "ﹶ", "ﱠ", "ﳲ", "ﷺ", "ﷲ", "﷼", "﴾", "ﯽ", "ﺉ",
    "\u{654}", "(",
];

fn letter() -> impl Strategy<Value = String> {
    select(LETTERS.chars().collect::<Vec<_>>()).prop_map(String::from)
}

/// Damaged text without forms and entities, which are spelled with letters of their own.
fn damaged() -> impl Strategy<Value = String> {
    let token = prop_oneof![3 => letter(), 1 => Just(" ".to_owned()), 4 => select(&DAMAGE[..]).prop_map(str::to_owned)];
    proptest::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

/// Anything.
fn nasty() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        3 => letter(),
        3 => select(&DAMAGE[..]).prop_map(str::to_owned),
        1 => select(&ENTITIES[..]).prop_map(str::to_owned),
        3 => select(&FORMS[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

/// The letters of a text without marks and tatweel.
fn letters(text: &str) -> String {
    text.nfd().filter(|&c| c.is_alphabetic() && canonical_combining_class(c) == 0 && c != '\u{640}').collect()
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end).expect("in order")
}

/// Each character, and the whole text.
fn spans(text: &str) -> impl Iterator<Item = Span> {
    text.char_indices().map(|(at, c)| span(at, at + c.len_utf8())).chain([span(0, text.len())])
}

fn check_alignment(source: &str, aligned: &Aligned) -> Result<(), TestCaseError> {
    prop_assert_eq!((aligned.alignment.src_len(), aligned.alignment.dst_len()), (source.len(), aligned.text.len()));
    for span in spans(&aligned.text) {
        let there = aligned.alignment.to_src(span);
        prop_assert!(there.of(source).is_some(), "{:?} -> {:?} of {:?}", span, there, source);
        prop_assert!(aligned.alignment.to_dst(there).contains(span));
    }
    for span in spans(source) {
        prop_assert!(aligned.alignment.to_dst(span).of(&aligned.text).is_some());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn repair_is_idempotent(text in nasty()) {
        let once = repair(&text).text;
        prop_assert_eq!(&repair(&once).text, &once);
    }

    #[test]
    fn repair_can_be_undone_and_maps_spans(text in nasty()) {
        let repaired = repair(&text);
        prop_assert_eq!(repaired.alignment.undo(repaired.text.as_bytes()).unwrap(), text.as_bytes());
        check_alignment(&text, &repaired)?;
    }

    #[test]
    fn repair_changes_no_letter(text in damaged()) {
        prop_assert_eq!(letters(&repair(&text).text), letters(&text));
    }

    #[test]
    fn undamaged_text_stays(words in proptest::collection::vec(proptest::collection::vec(letter(), 1..8), 0..8)) {
        let text = words.into_iter().map(|word| word.concat()).collect::<Vec<_>>().join(" ").nfc().collect::<String>();
        prop_assert_eq!(repair(&text).text, text.as_str());
        let whole = Span::new(0, text.len()).unwrap();
        for other in ["ar", "ug", "sd", "pa", "ku", "en", "th"] {
            prop_assert_eq!(respell(&text, &[(whole, other)]).text, text.as_str());
        }
    }

    #[test]
    fn respelling_can_be_undone(text in nasty(), language in select(&["fa", "ur", "ckb", "ps", "ar"][..])) {
        let half = Span::new(0, text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at)).unwrap();
        let respelled = respell(&text, &[(half, language)]);
        prop_assert_eq!(respelled.alignment.undo(respelled.text.as_bytes()).unwrap(), text.as_bytes());
        prop_assert_eq!(&respell(&respelled.text, &[(half, language)]).text, &respelled.text);
        check_alignment(&text, &respelled)?;
    }

    #[test]
    fn the_key_is_idempotent(text in nasty()) {
        for zwnj in [Zwnj::Delete, Zwnj::Space] {
            let (mut once, mut twice) = (String::new(), "old".to_owned());
            fold_with(&text, zwnj, &mut once);
            fold_with(&once, zwnj, &mut twice);
            prop_assert_eq!(&twice, &once);
        }
    }

    #[test]
    fn the_key_is_the_same_with_its_alignment(text in nasty()) {
        for zwnj in [Zwnj::Delete, Zwnj::Space] {
            let mut key = String::new();
            fold_with(&text, zwnj, &mut key);
            let aligned = fold_aligned(&text, zwnj);
            prop_assert_eq!(&aligned.text, &key);
            check_alignment(&text, &aligned)?;
        }
    }

    #[test]
    fn the_key_holds_no_mark_or_doubled_space(text in nasty()) {
        let key = fold(&text);
        prop_assert!(!key.contains("  ") && key.trim() == key, "{:?}", key);
        prop_assert!(!key.contains(['\u{640}', '\u{64e}', '\u{200c}', '\u{654}', '\u{200f}']), "{:?}", key);
    }

    #[test]
    fn house_spelling_does_not_change_the_key(text in nasty()) {
        let whole = Span::new(0, text.len()).unwrap();
        prop_assert_eq!(fold(&respell(&text, &[(whole, "fa")]).text), fold(&text));
    }
}

#[test]
fn every_character_alone_is_stable() {
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        let once = repair(&text).text;
        assert_eq!(repair(&once).text, once, "U+{:04X}", u32::from(c));
        let key = fold(&text);
        assert_eq!(fold(&key), key, "U+{:04X}", u32::from(c));
        let _ = script_of(c);
    }
}

/// Persian, with its ZWNJs lost in any way, and what may stand between.
fn persian() -> impl Strategy<Value = String> {
    let pieces = "می نمی شود رفت رفته هفته کتاب تصمیم گیری ها های هایی تر ترین ای ام اند بی هم پیش بین المللی المللی‌ تنها آن به \u{64e} 12 ، x ي ك";
    let pieces: Vec<&str> = pieces.split(' ').collect();
    let piece = (select(pieces), select(vec!["", " ", "  ", "\u{200c}", "\n"]));
    proptest::collection::vec(piece, 0..12)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #[test]
    fn restored_zwnjs_change_no_letter(text in persian()) {
        let bare = |text: &str| text.replace(['\u{200c}', ' '], "");
        let found = suggest_zwnj(&text);
        prop_assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{found:?}");
        prop_assert!(found.iter().all(|found| matches!(text.get(found.range.clone()), Some("" | " "))), "{found:?}");
        if let Some(aligned) = restore_zwnj(&text) {
            prop_assert_eq!(bare(&aligned.text), bare(&text));
            prop_assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()), Some(text.into_bytes()));
        }
    }
}

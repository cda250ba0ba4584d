//! What holds for every text in every language: spans, prefixes, order, determinism, and no panic.

use std::sync::LazyLock;

use khabar_entity::Extractor;
use khabar_model::{Annotations, Article, Block, BlockKind, Detection, SourceSpan, Span};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::embedded);

/// Pieces that names, clitics and edges are made of, so that random texts hit the rules.
const PIECES: [&str; 36] = [
    "كوريا",
    "الشمالية",
    "کره",
    "شمالی",
    "شمالي",
    "روسيا",
    "روسیه",
    "الكرملين",
    "لكرملين",
    "الولايات",
    "المتحدة",
    "كيم",
    "جونغ",
    "أون",
    "آمریکا",
    "ايراني",
    "ها",
    "و",
    "ف",
    "أ",
    "ب",
    "ل",
    "ك",
    "ال",
    " ",
    "\u{200c}",
    "ـ",
    "ُ",
    ".",
    "-",
    "\n",
    "North",
    "Korea",
    "US",
    "14 أكتوبر",
    "\u{654}",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>(), 1 => "[\u{600}-\u{6ff}a-zA-Z \u{200c}.]{0,60}"]
}

fn language() -> impl Strategy<Value = Detection> {
    let code = prop_oneof![
        prop::sample::select(&["ar", "fa", "ur", "en", "ps", "ckb", "und", "arz", "de", ""][..])
            .prop_map(str::to_owned),
        "\\PC{0,4}",
    ];
    (code, any::<bool>()).prop_map(|(code, reliable)| Detection { code, reliable, ..Detection::undetermined() })
}

/// An article whose blocks are between cuts of its text, wherever those fall, even inside characters.
fn article() -> impl Strategy<Value = Article> {
    (text(), prop::collection::vec((0_usize..99, any::<bool>()), 0..5)).prop_map(|(text, mut cuts)| {
        cuts.sort_unstable();
        let blocks = cuts.windows(2).filter_map(|pair| {
            let kind = if pair[0].1 { BlockKind::Title } else { BlockKind::Paragraph };
            let span = Span::new(pair[0].0, pair[1].0).ok()?;
            Some(Block { kind, span, language: None, source: SourceSpan::default() })
        });
        Article { blocks: blocks.collect(), text, ..Article::default() }
    })
}

fn check(article: &Article, annotations: &Annotations<Span>) -> Result<(), TestCaseError> {
    let text = article.text.as_str();
    let mut mentions: Vec<_> = annotations.entities.iter().flat_map(|entity| &entity.mentions).collect();
    for entity in &annotations.entities {
        prop_assert!(!entity.mentions.is_empty() && !entity.name.is_empty());
        prop_assert!(entity.mentions.is_sorted_by_key(|mention| mention.span));
        prop_assert!((0.0..=1.0).contains(&entity.confidence));
        prop_assert!(!entity.id.starts_with("nil:") || entity.canonical.is_none());
    }
    prop_assert!(annotations.entities.is_sorted_by_key(|entity| entity.mentions[0].span), "by first mention");
    for mention in &mentions {
        prop_assert_eq!(mention.span.of(text), Some(mention.text.as_str()));
        prop_assert!(!mention.text.contains('\n') || !article.blocks.is_empty());
        let prefix = mention.prefix.as_deref().unwrap_or_default();
        prop_assert!(text.get(..mention.span.start()).is_some_and(|before| before.ends_with(prefix)));
        prop_assert_ne!(mention.prefix.as_deref(), Some(""));
        let inside = |block: &Block<Span>| block.span.contains(mention.span);
        prop_assert!(article.blocks.is_empty() || article.blocks.iter().any(inside));
    }
    for date in &annotations.dates {
        prop_assert_eq!(date.span.of(text), Some(date.text.as_str()));
    }
    mentions.sort_by_key(|mention| mention.span);
    // Blocks of a real article do not overlap, and those made here only touch.
    for (at, one) in mentions.iter().enumerate() {
        for other in mentions[at + 1..].iter().take_while(|other| other.span.start() < one.span.end()) {
            prop_assert!(one.span.contains(other.span) || other.span.contains(one.span), "names cross");
            prop_assert_ne!(one.span, other.span);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn mentions_are_where_they_say(article in article(), language in language()) {
        let annotations = EXTRACTOR.extract(&article, &language);
        check(&article, &annotations)?;
        prop_assert_eq!(EXTRACTOR.extract(&article, &language), annotations);
    }

    /// Spelling that the fold key takes away changes no link.
    #[test]
    fn vowel_signs_change_no_link(text in text(), language in language()) {
        let spelled = |text: &str| {
            let article = Article { text: text.to_owned(), ..Article::default() };
            let entities = EXTRACTOR.extract(&article, &language).entities;
            entities.into_iter().map(|entity| (entity.id, entity.mentions.len())).collect::<Vec<_>>()
        };
        let plain: String = text.chars().filter(|letter| !('\u{64b}'..='\u{652}').contains(letter)).collect();
        let voweled: String = plain.chars().flat_map(|letter| {
            let sign = ('\u{620}'..='\u{64a}').contains(&letter).then_some('\u{64e}');
            [Some(letter), sign].into_iter().flatten()
        }).collect();
        prop_assert_eq!(spelled(&voweled), spelled(&plain));
    }
}

#[test]
fn hostile_texts() {
    let language = Detection { code: "ar".to_owned(), reliable: true, ..Detection::undetermined() };
    for text in [
        "كوريا ".repeat(50_000),
        "و".repeat(300_000),
        "ل ".repeat(100_000),
        "\u{200c}".repeat(100_000),
        "\u{64b}".repeat(100_000),
        "\0".repeat(1_000),
        "جمهورية كوريا الشعبية ".repeat(10_000),
        ".-".repeat(100_000),
        // Words without a space between them, signs alone, scripts mixed in one word, marks on nothing and on letters,
        // quotes and brackets that nothing closes, and a line as long as a book.
        "قالكيمجونغأون".repeat(10_000),
        "،؛.«(\"'–".repeat(20_000),
        "كوريا7Koreaкорея韓国".repeat(10_000),
        "\u{654}\u{653}\u{301}".repeat(30_000),
        "e\u{301}\u{323}ا\u{654}".repeat(20_000),
        "قال: «".repeat(20_000),
        "(\"".repeat(50_000),
        "1,2.".repeat(40_000),
        "حرب فيتنام مع سمير الخطيب، ".repeat(20_000),
        "قالت وزارة الخارجية إن الوفد سيصل إلى كوريا الشمالية يوم الأحد ".repeat(8_000),
    ] {
        let article = Article { text, ..Article::default() };
        let annotations = EXTRACTOR.extract(&article, &language);
        check(&article, &annotations).unwrap();
    }
}

#[test]
fn every_embedded_list_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteers");
    let mut lists = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            #[expect(clippy::disallowed_methods, reason = "a test of the files of the repository")]
            let tsv = std::fs::read_to_string(&path).unwrap();
            lists.push((path.display().to_string(), tsv));
        }
    }
    lists.sort();
    let read = Extractor::load(lists.iter().map(|(name, tsv)| (name.as_str(), tsv.as_str()))).unwrap();
    assert_eq!(read.entries(), EXTRACTOR.entries(), "a list of the folder is missing in the build");
    assert!(read.entries() > 500);
}

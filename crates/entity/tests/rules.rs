//! The rules of matching, one by one, on a small gazetteer and sentences in Arabic, Persian, Urdu and English.

use khabar_entity::Extractor;
use khabar_model::{Annotations, Article, Block, BlockKind, Detection, Entity, EntityType, Layer, SourceSpan, Span};

const LIST: &str = "\
id\ttype\tsubtype\tcanonical\tlang\tnames
Q423\tLOC\tcountry\tNorth Korea\tar\tكوريا الشمالية|جمهورية كوريا الديمقراطية الشعبية
Q423\tLOC\tcountry\tNorth Korea\tfa\tکره شمالی
Q423\tLOC\tcountry\tNorth Korea\tur\tشمالی کوریا
Q423\tLOC\tcountry\tNorth Korea\ten\tNorth Korea|DPRK
Q423\tMISC\tdemonym\tNorth Korea\tar\tكوري شمالي|الكوري الشمالي
Q18097\tLOC\tregion\tKorea\tar\tكوريا
Q374365\tLOC\tcity\tJeddah\tar\t=جدة
Q912\tLOC\tcountry\tMali\tar\tمالي
Q912\tLOC\tcountry\tMali\tfa\tجمهوری مالی
Q159\tLOC\tcountry\tRussia\tar\tروسيا
Q159\tLOC\tcountry\tRussia\tfa\tروسیه
Q159\tLOC\tcountry\tRussia\tur\tروس
Q159\tMISC\tdemonym\tRussia\tar\tروسي|روسية
Q159\tMISC\tdemonym\tRussia\tfa\tروس|روسی
Q30\tLOC\tcountry\tUnited States\tar\tالولايات المتحدة
Q30\tLOC\tcountry\tUnited States\tfa\tآمریکا
Q30\tLOC\tcountry\tUnited States\ten\tUnited States|US|U.S.
Q48\tLOC\tregion\tAsia\tar\tآسيا
Q33788\tLOC\tcity\tLatakia\tar\tاللاذقية
Q43\tLOC\tcountry\tTurkey\ten\tTurkey
Q817\tLOC\tcountry\tKuwait\tar\tالكويت
kb:kuwait-city\tLOC\tcity\tKuwait City\tar\tالكويت
kb:kremlin\tORG\tgovernment\tKremlin\tar\tالكرملين
Q212\tMISC\tdemonym\tUkraine\tfa\tاوکراینی
Q656\tLOC\tcity\tSaint Petersburg\ten\tSt. Petersburg
Q56226\tPER\tperson\tKim Jong Un\tar\tكيم جونغ أون
Q56226\tPER\tperson\tKim Jong Un\ten\tKim Jong Un
kb:afp\tORG\tagency\tAgence France-Presse\tar\tأ ف ب
kb:ap\tORG\tagency\tAssociated Press\tar\tآ ب
kb:aa\tORG\tagency\tAnadolu Agency\ten\tAA
kb:hezbollah\tORG\tmilitia\tHezbollah\tar\tحزب الله
";

fn extractor() -> Extractor {
    Extractor::load([("inline", LIST)]).expect("the list above is well-formed")
}

fn detection(code: &str) -> Detection {
    Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() }
}

fn extract(code: &str, text: &str) -> Annotations<Span> {
    extractor().extract(&Article { text: text.to_owned(), ..Article::default() }, &detection(code))
}

/// The mentions in text order, as `prefix+mention=label`.
fn mentions(code: &str, text: &str) -> Vec<String> {
    let mut mentions: Vec<_> = extract(code, text)
        .entities
        .iter()
        .flat_map(|entity| entity.mentions.iter().map(|mention| (mention.clone(), entity.canonical.clone())))
        .map(|(mention, label)| {
            let prefix = mention.prefix.map(|prefix| prefix + "+").unwrap_or_default();
            (mention.span, format!("{prefix}{}={}", mention.text, label.unwrap_or_default()))
        })
        .collect();
    mentions.sort();
    mentions.into_iter().map(|(_, mention)| mention).collect()
}

fn only(annotations: Annotations<Span>) -> Entity<Span> {
    let [entity] = <[_; 1]>::try_from(annotations.entities).expect("one entity");
    entity
}

#[test]
fn one_entity_in_every_spelling() {
    for (code, text) in [
        ("ar", "كوريا الشمالية"),
        ("ar", "كوريا الشماليه"),
        ("ar", "كُورِيَا الشَّمالِيَّة"),
        ("ar", "كوريـــا\u{a0}الشمالية"),
        ("ar", "#كوريا_الشمالية"),
        ("ar", "كورياالشمالية"),
        ("fa", "کره شمالی"),
        ("fa", "کره‌شمالی"),
        ("fa", "کرهشمالی"),
        ("fa", "كره شمالي"),
        ("fa", "کرهٔ شمالی"),
        ("ur", "شمالی کوریا"),
        ("en", "North Korea"),
        ("en", "north korea"),
        ("en", "#NorthKorea"),
        ("en", "DPRK"),
        ("und", "کره شمالی"),
    ] {
        let entity = only(extract(code, text));
        assert_eq!((entity.id.as_str(), entity.kind), ("Q423", EntityType::Loc), "{text}");
        assert_eq!(entity.mentions[0].text, entity.name, "{text}");
        assert_eq!(
            entity.name.trim_start_matches('#'),
            text.trim_start_matches('#'),
            "the whole name, vowel signs too"
        );
    }
}

#[test]
fn names_are_whole_words() {
    for (code, text) in [
        ("ar", "ما لي أراكم صامتين"),
        ("ar", "إجمالي المبلغ وماليزيا"),
        ("ar", "كوريات شماليات"),
        ("ar", "عاد من كوري. شمالي البلاد"),
        ("en", "Northkorea"),
        ("en", "turkey for dinner, and let us go"),
    ] {
        assert_eq!(mentions(code, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_chain_of_proclitics_goes_to_the_prefix() {
    for first in ["", "و", "ف", "أ"] {
        for second in ["", "ب", "ك", "ل"] {
            let prefix = format!("{first}{second}");
            let plus = if prefix.is_empty() { String::new() } else { format!("{prefix}+") };
            let text = format!("قال {prefix}روسيا، ثم صمت");
            assert_eq!(mentions("ar", &text), [format!("{plus}روسيا=Russia")]);
            // In a language that has no such proclitics the same letters are another word.
            assert_eq!(mentions("fa", &text).len(), 0, "{text}");
        }
    }
    for text in ["سروسيا", "اروسيا", "بكروسيا", "عروسيا", "ووروسيا", "الروسيا"] {
        assert_eq!(mentions("ar", text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(mentions("ar", "لـروسيا وبـ«روسيا»"), ["لـ+روسيا=Russia", "روسيا=Russia"]);
    assert_eq!(mentions("und", "وروسيا"), ["و+روسيا=Russia"]);
}

#[test]
fn the_article_after_lam() {
    assert_eq!(mentions("ar", "للكرملين"), ["ل+لكرملين=Kremlin"]);
    assert_eq!(mentions("ar", "وللكرملين"), ["ول+لكرملين=Kremlin"]);
    assert_eq!(mentions("ar", "وبالكرملين"), ["وب+الكرملين=Kremlin"]);
    assert_eq!(mentions("ar", "للاذقية"), ["ل+لاذقية=Latakia"]);
    assert_eq!(mentions("ar", "للولايات المتحدة"), ["ل+لولايات المتحدة=United States"]);
    for text in ["لكرملين", "بلكرملين", "لاذقية"] {
        assert_eq!(mentions("ar", text), Vec::<String>::new(), "{text}");
    }
    // The name of the entity is the name, not what ل has left of it.
    assert_eq!(only(extract("ar", "للكرملين")).name, "الكرملين");
    assert_eq!(only(extract("ar", "للاذقية")).name, "اللاذقية");
}

#[test]
fn adjectives_take_an_article() {
    assert_eq!(
        mentions("ar", "الجيش الروسي والروسية وللروسي"),
        ["ال+روسي=Russia", "وال+روسية=Russia", "ولل+روسي=Russia",]
    );
    assert_eq!(mentions("ar", "والكوري الشمالي"), ["و+الكوري الشمالي=North Korea"]);
}

#[test]
fn the_longest_name_wins() {
    assert_eq!(mentions("ar", "بين كوريا وكوريا الشمالية"), ["كوريا=Korea", "و+كوريا الشمالية=North Korea"]);
    let entity = only(extract("ar", "كوريا الشمالية أو جمهورية كوريا الديمقراطية الشعبية، كوريا الشمالية"));
    assert_eq!(entity.name, "جمهورية كوريا الديمقراطية الشعبية");
    assert_eq!(entity.mentions.len(), 3);
    assert!(entity.mentions.iter().all(|mention| mention.layer == Layer::Gazetteer));
}

#[test]
fn the_language_of_the_text_decides() {
    assert_eq!(mentions("ar", "وصل إلى مالي"), ["مالي=Mali"]);
    assert_eq!(mentions("fa", "بازار مالی"), Vec::<String>::new());
    let kinds = |code| only(extract(code, "روس")).kind;
    assert_eq!((kinds("ur"), kinds("fa")), (EntityType::Loc, EntityType::Misc));
    // No Persian name is known for this one, so the Arabic name may be borrowed, at a discount.
    let borrowed = only(extract("fa", "حزب‌الله"));
    let own = only(extract("ar", "حزب الله"));
    assert!(borrowed.id == own.id && borrowed.confidence < own.confidence);
    // Latin names stand in any text.
    assert_eq!(mentions("fa", "عکس : AA"), ["AA=Anadolu Agency"]);
}

#[test]
fn entries_that_share_a_name() {
    let entity = only(extract("ar", "في الكويت"));
    assert_eq!(entity.id, "Q817");
    assert!(entity.confidence < only(extract("ar", "روسيا")).confidence);
    assert_eq!(mentions("ar", "روسيا والجيش الروسي"), ["روسيا=Russia", "ال+روسي=Russia"]);
    assert_eq!(extract("ar", "روسيا والجيش الروسي").entities.len(), 2, "an adjective is an entity of its own");
}

#[test]
fn names_that_need_their_very_letters() {
    assert_eq!(mentions("ar", "في جُدّة وجدة ولجــدة"), ["جُدّة=Jeddah", "و+جدة=Jeddah", "ول+جــدة=Jeddah"]);
    assert_eq!(mentions("ar", "عن والده وجده"), Vec::<String>::new());
}

#[test]
fn persian_suffixes() {
    assert_eq!(
        mentions("fa", "اوکراینی‌ها و اوکراینیها و اوکراینیهای"),
        ["اوکراینی=Ukraine", "اوکراینی=Ukraine", "اوکراینی=Ukraine"]
    );
    assert_eq!(mentions("fa", "آمریکای امروز، آمریکا‌ستیزی"), ["آمریکا=United States", "آمریکا=United States"]);
    for text in ["اوکراینیان", "روسیهها", "آمریکاییان"] {
        assert_eq!(mentions("fa", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn capitals_hyphens_and_dots() {
    assert_eq!(
        mentions("en", "Kim Jong-un left St. Petersburg for Turkey’s coast"),
        ["Kim Jong-un=Kim Jong Un", "St. Petersburg=Saint Petersburg", "Turkey=Turkey",]
    );
    assert_eq!(
        mentions("en", "the US told us, Us too; U.S. forces; TURKEY"),
        ["US=United States", "U.S.=United States", "TURKEY=Turkey"]
    );
    assert_eq!(
        mentions("ar", "كيم جونغ-أون (أ ف ب) و(أ.ف.ب) وآ ب"),
        [
            "كيم جونغ-أون=Kim Jong Un",
            "أ ف ب=Agence France-Presse",
            "أ.ف.ب=Agence France-Presse",
            "و+آ ب=Associated Press",
        ]
    );
    // Initials that are run together are words: August, water, father.
    assert_eq!(mentions("ar", "في آب افب"), Vec::<String>::new());
    assert_eq!(mentions("ar", "في اسيا"), ["اسيا=Asia"]);
}

#[test]
fn words_that_touch_another_writing() {
    assert_eq!(mentions("ar", "15روسيا وAA"), ["روسيا=Russia", "AA=Anadolu Agency"]);
}

#[test]
fn blocks_bound_names_and_titles_count() {
    let text = "كوريا\nالشمالية\nروسيا".to_owned();
    let block = |kind, start, end, language: Option<&str>| Block {
        kind,
        span: Span::new(start, end).unwrap(),
        language: language.map(str::to_owned),
        source: SourceSpan::default(),
    };
    let blocks = vec![
        block(BlockKind::Title, 0, 10, None),
        block(BlockKind::Paragraph, 11, 27, None),
        block(BlockKind::Caption, 28, 38, Some("ar")),
        block(BlockKind::Paragraph, 38, 99, None),
    ];
    let annotations = extractor().extract(&Article { text, blocks, ..Article::default() }, &detection("fa"));
    // The first two blocks are read as Persian, where «كوريا» has no name of its own and is borrowed.
    let found: Vec<_> =
        annotations.entities.iter().map(|entity| (entity.name.as_str(), entity.mentions[0].span)).collect();
    assert_eq!(found, [("كوريا", Span::new(0, 10).unwrap()), ("روسيا", Span::new(28, 38).unwrap())]);
}

#[test]
fn a_detector_that_doubts_decides_nothing() {
    let article = Article { text: "مالی و روسیه".to_owned(), ..Article::default() };
    let doubtful = Detection { reliable: false, ..detection("fa") };
    assert_eq!(extractor().extract(&article, &doubtful).entities.len(), 2);
    assert_eq!(extractor().extract(&article, &detection("fa")).entities.len(), 1);
}

#[test]
fn dates_come_from_the_body_with_the_spans_of_the_text() {
    let text = "لقاء 13 أكتوبر 2024\nوصل الوفد إلى روسيا في 14 أكتوبر 2024.".to_owned();
    let title = text.find('\n').unwrap();
    let block = |kind, start, end| Block {
        kind,
        span: Span::new(start, end).unwrap(),
        language: None,
        source: SourceSpan::default(),
    };
    let blocks = vec![block(BlockKind::Title, 0, title), block(BlockKind::Paragraph, title + 1, text.len())];
    let article = Article { text, blocks, ..Article::default() };
    let dates = extractor().extract(&article, &detection("ar")).dates;
    let found: Vec<_> = dates.iter().map(|date| (date.span.of(&article.text), date.value.as_deref())).collect();
    assert_eq!(found, [(Some("14 أكتوبر 2024"), Some("2024-10-14"))]);
}

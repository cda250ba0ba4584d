//! Quotes: what is found in our own articles, what holds for every text, and rules one by one.

use std::sync::LazyLock;

use khabar_entity::Extractor;
use khabar_model::{
    Annotations, Article, Block, BlockKind, Detection, QuoteStyle, SourceSpan, Span, SpeakerKind, VerbClass,
};
use proptest::prelude::*;

#[expect(dead_code, reason = "shared with the scorer")]
#[path = "quotes/gold.rs"]
mod gold;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::embedded);

fn language(code: &str) -> Detection {
    Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() }
}

fn annotations(text: &str, code: &str) -> Annotations<Span> {
    EXTRACTOR.extract(&Article { text: text.to_owned(), ..Article::default() }, &language(code))
}

/// Style, words, speaker, class of each quote.
fn quotes(text: &str, code: &str) -> Vec<(QuoteStyle, String, Option<String>, Option<VerbClass>)> {
    let quotes = annotations(text, code).quotes;
    let told = quotes.into_iter().map(|quote| {
        (quote.style, quote.text, quote.speaker.map(|speaker| speaker.text), quote.verb.map(|verb| verb.class))
    });
    told.collect()
}

fn check(article: &Article, annotations: &Annotations<Span>) -> Result<(), TestCaseError> {
    let text = article.text.as_str();
    prop_assert!(annotations.quotes.is_sorted_by_key(|quote| quote.span.start()));
    for quote in &annotations.quotes {
        prop_assert_eq!(quote.span.of(text), Some(quote.text.as_str()));
        prop_assert!(!quote.span.is_empty());
        let inside = |block: &Block<Span>| block.span.contains(quote.span);
        prop_assert!(article.blocks.is_empty() || article.blocks.iter().any(inside));
        prop_assert!(!article.blocks.is_empty() || !quote.text.contains('\n'), "no quote leaves its line");
        if let Some(speaker) = &quote.speaker {
            prop_assert_eq!(speaker.span.of(text), Some(speaker.text.as_str()));
            prop_assert!(speaker.entity.is_none_or(|entity| (entity as usize) < annotations.entities.len()));
        }
        prop_assert!(quote.outlet.is_none_or(|outlet| (outlet as usize) < annotations.entities.len()));
        prop_assert!(quote.verb.as_ref().is_none_or(|verb| text.contains(&verb.text)));
    }
    Ok(())
}

/// Pieces that speech is made of, so that random texts hit the rules.
const PIECES: [&str; 60] = [
    "قال",
    "وأضاف",
    "نفى",
    "إن",
    "أن",
    "بأن",
    "مشيرا إلى",
    "وفقا",
    "الرئيس",
    "الوزير",
    "المصدر",
    "روسيا",
    "رويترز",
    "عن",
    "نقلت",
    "گفت",
    "افزود",
    "که",
    "به گفته",
    "وی",
    "را",
    "رد کرد",
    "از",
    "خبر داد",
    "وزیر خارجه",
    "خواستار",
    "شد",
    "نے",
    "کہا",
    "کہ",
    "کا کہنا ہے",
    "کے مطابق",
    "said",
    "told",
    "CNN",
    "that",
    "He",
    "according to",
    "denied",
    "the minister",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    ":",
    "،",
    ",",
    ".",
    "؟",
    "-",
    " ",
    "\u{200c}",
    "\n",
    "و",
    "(",
    ")",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.join(" "));
    let glued = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..30).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 2 => glued, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn quotes_are_where_they_say(
        text in text(),
        code in prop::sample::select(&["ar", "fa", "ur", "en", "prs", "de"][..]),
        cuts in prop::collection::vec((0_usize..200, any::<bool>()), 0..5),
    ) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let blocks = cuts.windows(2).filter_map(|pair| {
            let kind = if pair[0].1 { BlockKind::Title } else { BlockKind::Paragraph };
            let span = Span::new(pair[0].0, pair[1].0).ok()?;
            Some(Block { kind, span, language: None, source: SourceSpan::default() })
        });
        let article = Article { blocks: blocks.collect(), text, ..Article::default() };
        let annotations = EXTRACTOR.extract(&article, &language(code));
        check(&article, &annotations)?;
        prop_assert_eq!(EXTRACTOR.extract(&article, &language(code)), annotations);
    }

    /// A mark that is lost changes the quotations of its own paragraph, and of no other.
    #[test]
    fn a_lost_mark_costs_its_paragraph_alone(paragraph in 0_usize..3, mark in 0_usize..4, code in 0_usize..3) {
        let (code, marks, paragraphs) = [
            ("ar", "«»", ["قال الوزير: «لن نقبل شروطا مسبقة». وأضاف: «نريد حلا عادلا».", "وقالت المديرة: «وصلت المساعدات أمس». وتابعت: «نحتاج إلى المزيد».", "وختم سامي الخطيب: «سنعود غدا إلى العمل». وقال: «هذا كل شيء اليوم»."]),
            ("fa", "«»", ["وزیر گفت: «ما این شرط را نمی‌پذیریم». وی افزود: «راه حل عادلانه می‌خواهیم».", "مدیر گفت: «کمک‌ها دیروز رسید». او افزود: «به کمک بیشتر نیاز داریم».", "سخنگو گفت: «فردا به کار برمی‌گردیم». وی افزود: «همین امروز بس است»."]),
            ("en", "“”", ["“We will not accept that,” the minister said. He added: “We want a fair deal.”", "“The aid came yesterday,” the director said. She added: “We need much more.”", "“We will be back at work,” the spokesman said. He added: “That is all today.”"]),
        ][code];
        let whole = annotations(&paragraphs.join("\n"), code).quotes;
        let places: Vec<usize> = paragraphs[paragraph].char_indices().filter(|(_, c)| marks.contains(*c)).map(|(at, _)| at).collect();
        let mut broken = paragraphs.map(str::to_owned);
        broken[paragraph].remove(places[mark]);
        let text = broken.join("\n");
        let found = annotations(&text, code).quotes;
        for (place, told) in paragraphs.iter().enumerate().filter(|(place, _)| *place != paragraph) {
            let direct = whole.iter().filter(|quote| quote.style == QuoteStyle::Direct && told.contains(&quote.text));
            for quote in direct {
                prop_assert!(found.iter().any(|found| found.text == quote.text), "{place}: {:?}", quote.text);
            }
        }
        prop_assert!(found.iter().all(|quote| broken.iter().any(|told| told.contains(&quote.text))));
    }

    /// Marks without end, scripts in one another, words without spaces: what is found lies in its line.
    #[test]
    fn marks_and_scripts_at_random(
        text in "[«»“”\"'‘’‹›„`:،,.؟۔—\\- \u{200c}\u{200f}\u{64b}\n]{0,60}|([«»“”\"'’:،. ]{0,3}(قال|گفت|said|نے کہا|ю|中文|وأضاف|that|که|إن|👩‍🚒|é|عن)){0,60}",
        code in prop::sample::select(&["ar", "fa", "ur", "en"][..]),
    ) {
        let article = Article { text, ..Article::default() };
        check(&article, &EXTRACTOR.extract(&article, &language(code)))?;
    }

    /// A mark that nothing closes takes no more than its own paragraph.
    #[test]
    fn an_open_mark_keeps_to_its_paragraph(mark in prop::sample::select(&["«", "“", "\"", "‘", "»"][..]), rest in text()) {
        let behind = "وقال المدير سعيد الهاشمي: «لن نغادر قبل الصباح».";
        let text = format!("قال الوزير: {mark}{}\n{behind}", rest.replace('\n', " "));
        let found = annotations(&text, "ar").quotes;
        prop_assert!(found.iter().any(|quote| quote.text == "لن نغادر قبل الصباح"), "{:?}", found);
    }
}

#[test]
fn hostile_texts() {
    for (text, code) in [
        ("قال إن ".repeat(30_000), "ar"),
        ("«".repeat(50_000), "ar"),
        ("«»".repeat(25_000), "fa"),
        ("' mayor said that the road was open.".to_owned(), "en"),
        ("The company said it would close. ".repeat(15_000), "en"),
        ("the mayor said “a b c d e f g h” and said ".repeat(20_000), "en"),
        ("“ \" ’ « ".repeat(10_000), "en"),
        ("«a b c» ".repeat(12_000), "ar"),
        ("«قال: “لا” ثم مضى إلى البيت مسرعا» ".repeat(2_000), "ar"),
        ("قالإنالوزيرقال".repeat(5_000), "ar"),
        ("- هل تعود؟\n- نعم أعود غدا.\n".repeat(3_000), "ar"),
        ("“we will be back” crowd\n".repeat(4_000), "en"),
        ("\"a".repeat(50_000), "en"),
        (format!("{}ab”", "“the people of the city said it was good ".repeat(10_000)), "en"),
        ("وقال: «لا» ".repeat(20_000), "ar"),
        ("said, ".repeat(50_000), "en"),
        ("he said that ".repeat(20_000), "en"),
        ("گفت که ".repeat(40_000), "fa"),
        ("از خبر داد و ".repeat(20_000), "fa"),
        ("نے کہا کہ ".repeat(40_000), "ur"),
        ("، ".repeat(100_000), "ar"),
        ("رئيس ".repeat(60_000), "ar"),
        ("قال رئيس مجلس: «ا ب ج»\n".repeat(5_000), "ar"),
    ] {
        let article = Article { text, ..Article::default() };
        check(&article, &EXTRACTOR.extract(&article, &language(code))).unwrap();
    }
}

#[test]
fn one_rule_each() {
    use QuoteStyle::{Direct, Indirect};
    use VerbClass::{Announce, Ask, Claim, Confirm, Deny, Say, Warn};
    let cases: [(&str, &str, QuoteStyle, &str, &str, VerbClass); 20] = [
        (
            "ar",
            "قال الوزير سامر الخطيب لرويترز إن المحادثات ستبدأ غدا.",
            Indirect,
            "المحادثات ستبدأ غدا",
            "الوزير سامر الخطيب",
            Say,
        ),
        (
            "ar",
            "وقالت وزيرة الصحة ليلى حمدان: «اللقاح متوفر في كل المراكز».",
            Direct,
            "اللقاح متوفر في كل المراكز",
            "وزيرة الصحة ليلى حمدان",
            Say,
        ),
        ("ar", "«لن نقبل شروطا مسبقة»، قال المدير حسن العلي.", Direct, "لن نقبل شروطا مسبقة", "المدير حسن العلي", Say),
        (
            "ar",
            "وحذر المدير حسن العلي من انهيار السد خلال أيام.",
            Indirect,
            "انهيار السد خلال أيام",
            "المدير حسن العلي",
            Warn,
        ),
        ("ar", "نقلت وكالة رويترز عن مسؤول أمريكي قوله إن الاتفاق قريب.", Indirect, "الاتفاق قريب", "مسؤول أمريكي", Say),
        (
            "ar",
            "لكن الرئيس التنفيذي كريم لحود أكد أن البنك سليم.",
            Indirect,
            "البنك سليم",
            "الرئيس التنفيذي كريم لحود",
            Confirm,
        ),
        (
            "fa",
            "علی مرادی، وزیر نیرو، گفت: «باران کافی نبود.»",
            Direct,
            "باران کافی نبود.",
            "علی مرادی، وزیر نیرو",
            Say,
        ),
        ("fa", "سخنگوی پلیس از دستگیری دو نفر خبر داد.", Indirect, "دستگیری دو نفر", "سخنگوی پلیس", Announce),
        ("fa", "به گفته خانم مرادی، سد خالی است.", Indirect, "سد خالی است", "خانم مرادی", Say),
        ("fa", "دکتر رضایی این ادعا را رد کرد.", Indirect, "این ادعا", "دکتر رضایی", Deny),
        ("fa", "رئیس اتحادیه مدعی شد که قیمت‌ها پایین می‌آید.", Indirect, "قیمت‌ها پایین می‌آید", "رئیس اتحادیه", Claim),
        ("fa", "او از مردم خواست در خانه بمانند.", Indirect, "در خانه بمانند", "", Ask),
        (
            "ur",
            "وزیر خزانہ احمد رضا نے کہا کہ بجٹ پیش کر دیا جائے گا۔",
            Indirect,
            "بجٹ پیش کر دیا جائے گا",
            "وزیر خزانہ احمد رضا",
            Say,
        ),
        ("ur", "ترجمان کا کہنا ہے کہ راستہ کھول دیا گیا۔", Indirect, "راستہ کھول دیا گیا", "ترجمان", Say),
        ("ur", "پولیس کے مطابق دو افراد زخمی ہوئے۔", Indirect, "دو افراد زخمی ہوئے", "پولیس", Say),
        ("ur", "”ہم واپس نہیں جائیں گے“، سارہ خان نے کہا۔", Direct, "ہم واپس نہیں جائیں گے", "سارہ خان", Say),
        (
            "en",
            "The company denied that it had misled investors.",
            Indirect,
            "it had misled investors",
            "The company",
            Deny,
        ),
        (
            "en",
            "“We are not leaving,” said Anna Brown, a farmer.",
            Direct,
            "We are not leaving,",
            "Anna Brown, a farmer",
            Say,
        ),
        (
            "en",
            "Prime Minister Jan Novak told CNN that talks would resume.",
            Indirect,
            "talks would resume",
            "Prime Minister Jan Novak",
            Say,
        ),
        (
            "en",
            "The road will reopen on Friday, according to police.",
            Indirect,
            "The road will reopen on Friday",
            "police",
            Say,
        ),
    ];
    for (code, text, style, words, speaker, class) in cases {
        let speaker = (!speaker.is_empty()).then(|| speaker.to_owned());
        assert_eq!(quotes(text, code), [(style, words.to_owned(), speaker, Some(class))], "{text}");
    }
}

#[test]
fn names_and_titles_are_no_speech() {
    for (code, text) in [
        ("ar", "عرض المخرج فيلمه الجديد «حافلة رقم 4» في المهرجان."),
        ("ar", "يعرف المشروع باسم «النهر الواحد» منذ عام 2019."),
        ("fa", "کتاب «سفال و خط» زمستان امسال منتشر می‌شود."),
        ("fa", "طرح «دیوار سبز» از سال گذشته روی کاغذ مانده است."),
        ("ur", "امدادی کارروائی کو ’آپریشن نگہبان‘ کا نام دیا گیا ہے۔"),
        ("en", "The novel, “The Year of the Creek,” had been pulled from two libraries."),
        ("en", "The fish has been nicknamed “Smörgås” by locals."),
    ] {
        assert_eq!(quotes(text, code), [], "{text}");
    }
}

#[test]
fn pronouns_and_offices_mean_who_spoke() {
    let text = "قال وزير النقل عادل صبري إن الجسر آمن.\nوأضاف: «سنفتحه غدا صباحا».\nوأكد الوزير أن التكلفة لم تتغير.";
    let speakers: Vec<_> = quotes(text, "ar").into_iter().map(|(_, _, speaker, _)| speaker.unwrap()).collect();
    assert_eq!(speakers, ["وزير النقل عادل صبري"; 3]);
    let text = "لیلا احمدی، مدیر موزه، گفت: «در باز است.»\nوی افزود: «ورود رایگان است.»";
    let speakers: Vec<_> = quotes(text, "fa").into_iter().map(|(_, _, speaker, _)| speaker.unwrap()).collect();
    assert_eq!(speakers, ["لیلا احمدی، مدیر موزه"; 2]);
    // Whoever another verb of the sentence has as its subject, though somebody else spoke before.
    let text = "قال المدير حسن العلي إن الجسر آمن.\nووصل وزير النقل عادل صبري إلى الموقع، وأكد أن العمل لن يتوقف.";
    let speakers: Vec<_> = quotes(text, "ar").into_iter().map(|(_, _, speaker, _)| speaker.unwrap()).collect();
    assert_eq!(speakers, ["المدير حسن العلي", "وزير النقل عادل صبري"]);
    // An office first, then the name.
    let text = "سخنگوی ستاد مدیریت مصرف از تعطیلی دو استان خبر داد.\nرضا احمدی گفت: «هوا سردتر می‌شود و گاز کم است.»";
    let speakers: Vec<_> = quotes(text, "fa").into_iter().map(|(_, _, speaker, _)| speaker.unwrap()).collect();
    assert_eq!(speakers, ["رضا احمدی"; 2]);
    // Questions and answers by their letters.
    let text = "حوار مع الدكتور سامر الخطيب عن المياه\nس: متى يعود التيار إلى الأحياء كلها؟\nج: قبل نهاية الشهر إن شاء الله.\n\
                س: ومن يدفع كلفة الإصلاح؟\nج: الدولة وحدها تدفع.";
    let speakers: Vec<_> = quotes(text, "ar").into_iter().map(|(_, _, speaker, _)| speaker).collect();
    let guest = Some("سامر الخطيب".to_owned());
    assert_eq!(speakers, [None, guest.clone(), None, guest]);
    // Whoever is named first answers, and not what stands behind «با».
    let text = "رضا احمدی بیست سال است که با چوب گردو ساز می‌سازد.\n- چرا چوب گردو؟\n- چون سبک است و صدا می‌دهد.\n\
                - شاگرد هم دارید؟\n- دو نفر که هر روز می‌آیند.";
    let speakers: Vec<_> = quotes(text, "fa").into_iter().map(|(_, _, speaker, _)| speaker).collect();
    let guest = Some("رضا احمدی".to_owned());
    assert_eq!(speakers, [None, guest.clone(), None, guest]);
    // A verb that no list has before a colon.
    let text = "کشاورزی از ته سالن برخاست: «آب نداریم و کسی پاسخ نمی‌دهد.»";
    assert_eq!(quotes(text, "fa")[0].2.as_deref(), Some("کشاورزی"));
}

#[test]
fn whoever_has_another_name_is_another() {
    for (text, code, expected) in [
        (
            "Muhammad Ali said the vote would be delayed until the spring.\nAli Hassan said the money was already spent.",
            "en",
            ["Muhammad Ali", "Ali Hassan"],
        ),
        (
            "Elena Ustinova said the vote would be delayed until the spring.\nThe EU said the money was already spent.",
            "en",
            ["Elena Ustinova", "EU"],
        ),
        // The office means who was said to have it last, and not whom the headline names.
        (
            "رئيس البلدية سامر الخطيب يعود إلى العاصمة\nوقال رئيس البلدية محمد منصور إن الجسر آمن.\n\
             وفي الختام أكد رئيس البلدية أن الجسر سيبقى مغلقا.",
            "ar",
            ["رئيس البلدية محمد منصور"; 2],
        ),
    ] {
        let found: Vec<_> = quotes(text, code).into_iter().map(|(_, _, speaker, _)| speaker.unwrap()).collect();
        assert_eq!(
            found.iter().map(|speaker| speaker.trim_start_matches("The ")).collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }
    // The first of his name is no speaker of himself.
    let found = quotes("King Charles I said the war must end soon.", "en");
    assert_eq!(found[0].2.as_deref(), Some("King Charles I"));
}

#[test]
fn speech_stands_beside_who_speaks() {
    let told = |text: &str, code: &str| -> Vec<(String, Option<String>)> {
        quotes(text, code).into_iter().map(|(_, words, speaker, _)| (words, speaker)).collect()
    };
    for (text, code, expected) in [
        // Told of behind it, in the same paragraph and in the next.
        ("«نان گران شد و کسی نپرسید چرا.»؛ این واکنش یکی از کسبه است.", "fa", "یکی از کسبه"),
        ("’ہم رات بھر جاگتے رہے۔‘\nیہ کہنا ہے مقامی صحافی سلیم انصاری کا۔", "ur", "مقامی صحافی سلیم انصاری"),
        // Behind a colon that ends a paragraph.
        ("وزیر نیرو در پایان گفت:\n«برق قطع نمی‌شود و مردم آسوده باشند.»", "fa", "وزیر نیرو"),
        // What stands before the colon is short, and no verb.
        ("پاسخ وزیر نیرو کوتاه بود: «هرگز!»", "fa", "وزیر نیرو"),
        // Whose mother she is is no name of hers.
        ("مادرش بیرون دادگاه می‌گوید: «پسرم بی‌گناه است.»", "fa", "مادرش"),
    ] {
        let found = told(text, code);
        assert_eq!(found.iter().map(|(_, speaker)| speaker.as_deref()).collect::<Vec<_>>(), [Some(expected)], "{text}");
    }
    // A quotation over three paragraphs with marks at its ends alone; no quote leaves its line.
    let text = "وزیر نیرو گفت: «آب کم است.\nبرق هم کم است و باید صبر کرد.\nهمین و بس، مردم عزیز.»";
    assert_eq!(told(text, "fa").len(), 3);
    let text = "«مردم از شب پیش\nاین را وزیر نیرو گفت که آب کم است»\n’کیا ہوا\nیہ کہنا ہے وزیر کا‘";
    assert!(told(text, "fa").iter().all(|(words, _)| !words.contains('\n')));
    // Nobody speaks on a wall.
    assert_eq!(told("بر دیوار مدرسه نوشته شده بود: «معلم گرسنه درس نمی‌دهد».", "fa"), []);
}

#[test]
fn sources_without_a_name_and_their_outlets() {
    let found = annotations("وقال مصدر في المخابرات الأوكرانية لشبكة سي إن إن الأسبوع الماضي إن العدد صغير.", "ar");
    let quote = &found.quotes[0];
    assert_eq!(quote.text, "العدد صغير");
    assert_eq!(quote.speaker.as_ref().unwrap().kind, SpeakerKind::Anonymous);
    assert_eq!(found.entities[quote.outlet.unwrap() as usize].canonical.as_deref(), Some("CNN"));
}

/// Shares below which a change broke something; `cargo xtask score quotes` has the figures.
#[test]
fn our_articles_come_out_as_marked() {
    for (code, file, least) in [
        ("ar", include_str!("../../../data/quotes/ar.txt"), [0.90, 0.78, 0.84]),
        ("fa", include_str!("../../../data/quotes/fa.txt"), [0.90, 0.82, 0.78]),
        ("ur", include_str!("../../../data/quotes/ur.txt"), [0.88, 0.78, 0.80]),
        ("en", include_str!("../../../data/quotes/en.txt"), [0.90, 0.74, 0.80]),
    ] {
        let (mut told, mut same, mut speakers) = ([0, 0], [0, 0], 0);
        for document in gold::documents(file) {
            let Annotations { quotes: found, entities, .. } = EXTRACTOR.extract(&document.article, &language(code));
            for quote in &document.quotes {
                let style = usize::from(quote.style == QuoteStyle::Indirect);
                told[style] += 1;
                let words = |found: &&khabar_model::Quote<Span>| {
                    found.style == quote.style && gold::same_words(&document.article.text, quote.span, found.span)
                };
                if let Some(found) = found.iter().find(words) {
                    same[style] += 1;
                    speakers += usize::from(gold::same_speaker(&document.article.text, quote, found, &entities));
                }
            }
        }
        let shares = [
            same[0] as f64 / told[0] as f64,
            same[1] as f64 / told[1] as f64,
            speakers as f64 / (same[0] + same[1]) as f64,
        ];
        for (share, least) in shares.into_iter().zip(least) {
            assert!(share >= least, "{code}: {shares:?}");
        }
    }
}

//! How fast the lists are built and text is searched: `cargo bench -p khabar-entity`.

use std::hint::black_box;
use std::io::{BufRead, BufReader};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar_entity::{Extractor, GAZETTEERS, quotes};
use khabar_model::{Article, Block, BlockKind, Detection, SourceSpan, Span};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Sentences like those of the wires: about one name in ten words in the first, none in the second.
const ARABIC: [&str; 3] = [
    "قالت وزارة الخارجية إن الوفد الروسي سيصل إلى كوريا الشمالية يوم الأحد بعد محادثات في موسكو وبكين.",
    "وأكد المتحدث أن التحقيق لا يزال في مراحله الأولى وأن النتائج ستعلن في مؤتمر صحفي خلال الأيام المقبلة.",
    "ورفض مسؤول أمريكي التعليق على التقارير، مضيفًا أن بلاده تراقب الوضع عن كثب مع حلفائها في المنطقة.",
];
const PERSIAN: [&str; 3] = [
    "سخنگوی وزارت امور خارجه گفت که هیئت روسیه روز یک‌شنبه وارد کره شمالی می‌شود و سپس به پکن می‌رود.",
    "وی افزود بررسی‌ها همچنان ادامه دارد و نتیجه آن در روزهای آینده به آگاهی مردم خواهد رسید.",
    "کارشناسان اقتصادی می‌گویند رشد بازار سرمایه در ماه‌های گذشته بیش از پیش‌بینی‌ها بوده است.",
];

/// An article of twenty blocks of three sentences.
fn article(sentences: &[&str], kind: BlockKind) -> Article {
    let mut article = Article::default();
    for _ in 0..20 {
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        let start = article.text.len();
        article.text.push_str(&sentences.join(" "));
        if let Ok(span) = Span::in_text(&article.text, start, article.text.len()) {
            let source = SourceSpan::default();
            article.blocks.push(Block { kind, span, language: None, source });
        }
    }
    article
}

fn extract(criterion: &mut Criterion) {
    criterion.bench_function("embedded", |bencher| bencher.iter(Extractor::embedded));
    let extractor = Extractor::embedded();
    // Captions are searched for names, but not for dates.
    for (what, kind) in [("names", BlockKind::Caption), ("names and dates", BlockKind::Paragraph)] {
        let mut group = criterion.benchmark_group(what);
        for (code, sentences) in [("ar", ARABIC), ("fa", PERSIAN)] {
            let article = article(&sentences, kind);
            let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
            group.throughput(Throughput::Bytes(article.text.len() as u64));
            group.bench_function(code, |bencher| {
                bencher.iter(|| extractor.extract(black_box(&article), black_box(&language)));
            });
        }
        group.finish();
    }
}

/// Words of Arabic news a second, by all of extraction: names, dates and quantities.
fn words(criterion: &mut Criterion) {
    let extractor = Extractor::embedded();
    let mut group = criterion.benchmark_group("words");
    for (code, sentences) in [("ar", ARABIC), ("fa", PERSIAN)] {
        let article = article(&sentences, BlockKind::Paragraph);
        let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
        group.throughput(Throughput::Elements(article.text.split_whitespace().count() as u64));
        group.bench_function(code, |bencher| {
            bencher.iter(|| extractor.extract(black_box(&article), black_box(&language)));
        });
    }
    group.finish();
}

/// Real articles, which are not part of the repository: files of [`SAMPLES`], the language, and how many of their articles.
const REAL: [(&str, &str, usize); 2] = [("ant_north_korea_2018", "ar", 200), ("farsnews_400", "fa", 200)];
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples");

/// The first articles of a sample, line by line as body; `None` where it is not there.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads its input")]
fn sample(name: &str, most: usize) -> Option<Vec<Article>> {
    let file = std::fs::File::open(format!("{SAMPLES}/{name}.jsonl.zst")).ok()?;
    let lines = BufReader::new(zstd::Decoder::new(file).ok()?).lines().map_while(Result::ok);
    let articles = lines.filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(&line).ok()?;
        let paragraphs = || line.get("paragraphs")?.as_array()?.iter().map(|line| line.as_str()).collect();
        let lines: Vec<&str> =
            line.get("text").and_then(|text| text.as_str()).map(|text| vec![text]).or_else(paragraphs)?;
        Some(Article { text: lines.join("\n"), ..Article::default() })
    });
    Some(articles.take(most).collect())
}

/// Tokens of a text, as CoNLL counts them: words between white space are cut at punctuation, and each mark is one more.
fn tokens(text: &str) -> usize {
    // Vowel signs, tatweel and the ZWNJ are inside of words.
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, '\u{200c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    let before = std::iter::once(' ').chain(text.chars());
    let starts = before.zip(text.chars()).filter(|&(before, c)| !(c.is_whitespace() || is_word(c) && is_word(before)));
    starts.count()
}

/// Words of real news a second, by all of extraction, and tokens.
#[expect(clippy::print_stdout, reason = "says what is left out")]
fn real(criterion: &mut Criterion) {
    let extractor = Extractor::embedded();
    let mut group = criterion.benchmark_group("words of real articles");
    group.sample_size(10);
    for (name, code, most) in REAL {
        let Some(articles) = sample(name, most) else {
            println!("words of real articles/{code}: left out, there is no {name} in ../shared/samples");
            continue;
        };
        let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
        for unit in ["words", "tokens"] {
            let count = |text: &str| if unit == "words" { text.split_whitespace().count() } else { tokens(text) };
            let all: usize = articles.iter().map(|article| count(&article.text)).sum();
            group.throughput(Throughput::Elements(all as u64));
            group.bench_function(format!("{code}, {unit}"), |bencher| {
                bencher.iter(|| {
                    articles.iter().map(|article| extractor.extract(article, &language).entities.len()).sum::<usize>()
                });
            });
        }
    }
    group.finish();
}

/// A list of 100,000 made-up names, always the same: 50,000 entries, each with two words of Arabic and of Latin letters.
fn made_up() -> String {
    const SIDES: [(&str, &str); 2] = [("بتثجحدرزسشصطعغفقكلمنهوي", "اوي"), ("bcdfghjklmnprstvz", "aeiou")];
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut list = "id\ttype\tsubtype\tcanonical\tlang\tnames\n".to_owned();
    for entry in 0..50_000 {
        let kind = ["PER", "ORG", "LOC"].get(entry % 3).copied().unwrap_or_default();
        for ((consonants, vowels), code) in SIDES.into_iter().zip(["ar", "en"]) {
            let mut word = || -> String {
                let letters = 2 + random(3);
                let mut pick = |from: &str| from.chars().nth(random(from.chars().count())).unwrap_or_default();
                (0..letters).flat_map(|_| [pick(consonants), pick(vowels)]).collect()
            };
            let name = format!("{} {}", word(), word());
            list.push_str(&format!("kb:made-{entry}\t{kind}\t\t\t{code}\t{name}\n"));
        }
    }
    list
}

/// Lists alone, khabar's and 100,000 names beside them: how long they load, and text is searched. Captions have neither
/// dates nor quantities; without a tagger nothing but keys, matching and the gathering of what was found is left.
fn matching(criterion: &mut Criterion) {
    let own = made_up();
    let lists = std::iter::once(("made-up", own.as_str())).chain(GAZETTEERS);
    let Ok(large) = Extractor::load(lists) else { return };
    let file = large.compile();
    let mut group = criterion.benchmark_group("matching");
    group.sample_size(20).bench_function("load of 100,000 names", |bencher| {
        bencher.iter(|| Extractor::load([("made-up", black_box(own.as_str()))]));
    });
    group.sample_size(100).bench_function("load of 100,000 compiled names", |bencher| {
        bencher.iter(|| Extractor::load_compiled("made-up", black_box(&file)));
    });
    let Ok(large) = Extractor::load_compiled("made-up", &file) else { return };
    for (code, sentences) in [("ar", ARABIC), ("fa", PERSIAN)] {
        let article = article(&sentences, BlockKind::Caption);
        let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
        group.throughput(Throughput::Bytes(article.text.len() as u64));
        group.bench_function(code, |bencher| {
            bencher.iter(|| large.extract(black_box(&article), black_box(&language)));
        });
        group.bench_function(format!("{code}, keys and matching alone"), |bencher| {
            bencher.iter(|| large.listed(black_box(&article.text), Some(code)).count());
        });
    }
    group.finish();
}

/// Sentences of which each tells who said what.
const SPEECH: [(&str, [&str; 3]); 4] = [
    (
        "ar",
        [
            "وقال المتحدث باسم الكرملين ديمتري بيسكوف إن موسكو لم تتلق أي مقترح جديد، واصفا التقارير بأنها «خدعة أخرى».",
            "وأضاف الوزير في مؤتمر صحفي: «لن نقبل شروطا مسبقة، والمفاوضات ستستأنف الأسبوع المقبل».",
            "ونفى مصدر مطلع لوكالة رويترز وجود أي خلاف، مشيرا إلى أن الوفد سيصل غدا.",
        ],
    ),
    (
        "fa",
        [
            "سخنگوی وزارت امور خارجه گفت که هیئت روسیه روز یک‌شنبه وارد کره شمالی می‌شود.",
            "وی افزود: «این گزارش‌ها بی‌اساس است و ما آن را رد می‌کنیم».",
            "به گفته یک منبع آگاه، نتیجه بررسی‌ها در روزهای آینده اعلام خواهد شد.",
        ],
    ),
    (
        "ur",
        [
            "دفترِ خارجہ کے ترجمان نے کہا کہ مذاکرات اگلے ہفتے دوبارہ شروع ہوں گے۔",
            "ان کا کہنا تھا کہ «ہم کوئی پیشگی شرط قبول نہیں کریں گے»۔",
            "ذرائع کے مطابق وفد اتوار کو اسلام آباد پہنچے گا۔",
        ],
    ),
    (
        "en",
        [
            "The minister said the talks would resume next week, adding that no conditions had been accepted.",
            "“We will not be rushed,” said Anna Petrova, a spokeswoman for the ministry.",
            "According to two officials, the delegation is expected in Geneva on Sunday.",
        ],
    ),
];

/// Quotes alone, beyond the names that they need; twice the blocks have to take twice the time.
fn speech(criterion: &mut Criterion) {
    let extractor = Extractor::embedded();
    let mut group = criterion.benchmark_group("quotes");
    for (code, sentences) in SPEECH {
        let article = article(&sentences, BlockKind::Paragraph);
        let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
        let entities = extractor.extract(&article, &language).entities;
        group.throughput(Throughput::Bytes(article.text.len() as u64));
        group.bench_function(code, |bencher| {
            bencher.iter(|| quotes(black_box(&article), black_box(&language), black_box(&entities)));
        });
    }
    group.finish();
}

criterion_group!(benches, extract, words, real, matching, speech);
criterion_main!(benches);

//! How fast the lists are built and text is searched: `cargo bench -p khabar-entity`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar_entity::Extractor;
use khabar_model::{Article, Block, BlockKind, Detection, SourceSpan, Span};

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

criterion_group!(benches, extract, words);
criterion_main!(benches);

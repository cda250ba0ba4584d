//! Throughput of sketching, and from text to verdict: `cargo bench -p khabar-dedup`.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use khabar_dedup::{Deduper, Settings, Sketch, sketch};
use khabar_testkit::shuffled;

const ARABIC: &str = "قال المتحدث باسم وزارة الخارجية إن بلاده سترسل، يوم الأحد المقبل، وفدا إلى العاصمة لبحث \
    «خطة الطريق» مع الأطراف المعنية؛ وأضاف أن 12 دولة أبدت استعدادها للمشاركة في المؤتمر. وأكدت مصادر دبلوماسية أن \
    الاجتماع سيناقش ملف الطاقة وأسعار النفط التي ارتفعت بنسبة ٣٫٥ في المئة منذ مطلع أكتوبر/تشرين الأول، فهل تنجح \
    الوساطة هذه المرة؟ ويرى مراقبون أن الطريق لا يزال طويلا أمام تسوية ترضي جميع الأطراف.\n";
const PERSIAN: &str = "سخنگوی وزارت امور خارجه گفت که هیئتی بلندپایه روز یکشنبه برای گفت‌وگو دربارهٔ «نقشهٔ راه» به پایتخت \
    می‌رود. وی افزود: ۱۲ کشور برای شرکت در این نشست اعلام آمادگی کرده‌اند و خبرنگاران می‌توانند از ساعت ۸ صبح ثبت‌نام \
    کنند. به گفتهٔ کارشناسان، بهای نفت از آغاز مهرماه نزدیک به ۳٫۵ درصد بالا رفته است؛ آیا این روند ادامه خواهد یافت؟ \
    پژوهشگران دانشگاه تهران چنین پیش‌بینی‌هایی را زودهنگام می‌دانند.\n";

/// Bytes of an article.
const ARTICLE: usize = 3500;

/// Articles whose words stand in another order each.
fn articles(sample: &str) -> Vec<String> {
    let text = shuffled(sample, 1 << 20);
    let mut articles = Vec::new();
    let mut article = String::new();
    for word in text.split_inclusive(' ') {
        article.push_str(word);
        if article.len() > ARTICLE {
            articles.push(std::mem::take(&mut article));
        }
    }
    articles
}

fn bench(criterion: &mut Criterion) {
    let settings = Settings::default();
    for (name, sample) in [("arabic", ARABIC), ("persian", PERSIAN)] {
        let articles = articles(sample);
        let bytes = articles.iter().map(String::len).sum::<usize>() as u64;
        let all = || articles.iter().map(|text| sketch(black_box(text), &settings)).collect::<Vec<Sketch>>();
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function("sketch", |bencher| bencher.iter(all));
        group.bench_function("judge", |bencher| {
            let judge = |sketches: Vec<Sketch>| {
                let mut deduper = Deduper::new(settings.clone());
                for (nth, sketch) in sketches.into_iter().enumerate() {
                    black_box(deduper.judge(&nth.to_string(), sketch));
                }
                deduper
            };
            bencher.iter_batched(all, judge, BatchSize::LargeInput);
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);

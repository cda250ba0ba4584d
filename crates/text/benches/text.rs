//! Throughput of repair and of the fold key: `cargo bench -p khabar-text`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar_testkit::shuffled;
use khabar_text::{Zwnj, fold_aligned, fold_with, repair};

const SIZE: usize = 1 << 20;

const ARABIC: &str = "قال المتحدث باسم وزارة الخارجية إن بلاده سترسل، يوم الأحد المقبل، وفدا إلى العاصمة لبحث \
    «خطة الطريق» مع الأطراف المعنية؛ وأضاف أن 12 دولة أبدت استعدادها للمشاركة في المؤتمر. وأكدت مصادر دبلوماسية أن \
    الاجتماع سيناقش ملف الطاقة وأسعار النفط التي ارتفعت بنسبة ٣٫٥ في المئة منذ مطلع أكتوبر/تشرين الأول، فهل تنجح \
    الوساطة هذه المرة؟ ويرى مراقبون أن الطريق لا يزال طويلا أمام تسوية ترضي جميع الأطراف.\n";
const PERSIAN: &str = "سخنگوی وزارت امور خارجه گفت که هیئتی بلندپایه روز یکشنبه برای گفت‌وگو دربارهٔ «نقشهٔ راه» به پایتخت \
    می‌رود. وی افزود: ۱۲ کشور برای شرکت در این نشست اعلام آمادگی کرده‌اند و خبرنگاران می‌توانند از ساعت ۸ صبح ثبت‌نام \
    کنند. به گفتهٔ کارشناسان، بهای نفت از آغاز مهرماه نزدیک به ۳٫۵ درصد بالا رفته است؛ آیا این روند ادامه خواهد یافت؟ \
    پژوهشگران دانشگاه تهران چنین پیش‌بینی‌هایی را زودهنگام می‌دانند.\n";
const ENGLISH: &str = "The ministry's spokesman said on Sunday that a delegation would travel to the capital next week \
    to discuss a \"road map\" with all parties; twelve countries have agreed to take part. Diplomats added that oil \
    prices, up 3.5 per cent since October, would be high on the agenda... Analysts remain doubtful.\n";
const HINDI: &str = "विदेश मंत्रालय के प्रवक्ता ने कहा कि एक प्रतिनिधिमंडल रविवार को राजधानी जाएगा और सभी पक्षों से बातचीत करेगा।\n";

/// Damage of the usual kinds and frequency.
const ARABIC_DAMAGE: [(&str, &str); 4] =
    [("الخارجية", "الخارجيـــة"), (" مع ", "\u{a0}مع\u{a0}"), ("12", "\u{202b}12\u{202c}"), ("النفط", "ﺍﻟﻨﻔﻂ")];
const PERSIAN_DAMAGE: [(&str, &str); 4] = [
    ("می‌رود", "می\u{200c}\u{200c}رود"),
    ("راه» ", "راه\u{200c}» "),
    ("آغاز", "ا\u{653}غاز"),
    ("نفت", "&zwnj;نفت\u{a0}"),
];

fn damaged(sample: &str, damage: &[(&str, &str)]) -> String {
    damage.iter().fold(sample.to_owned(), |text, (clean, damaged)| text.replace(clean, damaged))
}

fn bench_repair(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("repair");
    for (name, text) in [
        ("clean-arabic", shuffled(ARABIC, SIZE)),
        ("clean-persian", shuffled(PERSIAN, SIZE)),
        ("clean-english", shuffled(ENGLISH, SIZE)),
        ("clean-hindi", shuffled(HINDI, SIZE)),
        ("damaged-arabic", shuffled(&damaged(ARABIC, &ARABIC_DAMAGE), SIZE)),
        ("damaged-persian", shuffled(&damaged(PERSIAN, &PERSIAN_DAMAGE), SIZE)),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| repair(black_box(&text))));
    }
}

fn bench_fold(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fold");
    for (name, sample) in [("arabic", ARABIC), ("persian", PERSIAN), ("english", ENGLISH), ("hindi", HINDI)] {
        let text = shuffled(sample, SIZE);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut key = String::new();
        group.bench_function(name, |bencher| bencher.iter(|| fold_with(black_box(&text), Zwnj::Delete, &mut key)));
        group.bench_function(format!("{name}-aligned"), |bencher| {
            bencher.iter(|| fold_aligned(black_box(&text), Zwnj::Delete))
        });
    }
}

criterion_group!(benches, bench_repair, bench_fold);
criterion_main!(benches);

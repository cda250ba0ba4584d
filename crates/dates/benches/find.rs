//! Throughput of date finding in running text: `cargo bench -p khabar-dates`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar_testkit::shuffled;

const SIZE: usize = 1 << 20;

const ARABIC: &str = "قال المتحدث باسم الوزارة إن وفدا سيصل إلى العاصمة يوم الأحد 13 أكتوبر 2024 لبحث خطة الطريق مع الأطراف \
    المعنية. وأضاف أن دولا عدة أبدت استعدادها للمشاركة في المؤتمر، بينما أكدت مصادر دبلوماسية أن الاجتماع سيناقش ملف \
    الطاقة وأسعار النفط التي ارتفعت بنسبة ٣٫٥ في المئة منذ مطلع الشهر، ويرى مراقبون أن الطريق لا يزال طويلا أمام تسوية \
    ترضي جميع الأطراف التي لم تلتق منذ سنوات على طاولة واحدة.\n";
const PERSIAN: &str = "سخنگوی وزارت امور خارجه گفت هیئتی بلندپایه روز یکشنبه ۲۲ مهر ۱۴۰۳ برای گفت‌وگو دربارهٔ نقشهٔ راه به \
    پایتخت می‌رود. وی افزود چند کشور برای شرکت در این نشست اعلام آمادگی کرده‌اند و خبرنگاران می‌توانند در آن ثبت‌نام \
    کنند. به گفتهٔ کارشناسان، بهای نفت نزدیک به ۳٫۵ درصد بالا رفته است و این روند ادامه خواهد یافت، اما پژوهشگران \
    دانشگاه چنین پیش‌بینی‌هایی را زودهنگام می‌دانند.\n";
const ENGLISH: &str = "The ministry's spokesman said on Sunday, 13 October 2024 that a delegation would travel to the capital \
    to discuss a road map with all parties, and several countries have agreed to take part. Diplomats added that oil \
    prices, up 3.5 per cent over the month, would be high on the agenda, while analysts remain doubtful that the sides \
    could agree on anything that lasts, having not met at one table for years.\n";

fn bench_find(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("find");
    for (language, sample) in [("ar", ARABIC), ("fa", PERSIAN), ("en", ENGLISH)] {
        let text = shuffled(sample, SIZE);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(language, |bencher| {
            bencher.iter(|| khabar_dates::find(black_box(&text), Some(language), Some("2024-10-14")))
        });
    }
}

criterion_group!(benches, bench_find);
criterion_main!(benches);

//! Bytes a second for one document below the sampling limit, and the time to load the model.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar_langid::Detector;

const ARABIC: &str = "أعلنت وزارة الخارجية أن المحادثات بين البلدين ستستأنف الأسبوع المقبل في جنيف، وسط توقعات بأن يتناول \
    الطرفان ملف الحدود والمساعدات الإنسانية. ";
const PERSIAN: &str = "سخنگوی وزارت امور خارجه گفت دور تازهٔ گفت‌وگوها میان دو کشور هفتهٔ آینده در ژنو برگزار می‌شود و پروندهٔ \
    مرزها در دستور کار است. ";
const ENGLISH: &str = "The foreign ministry said on Monday that talks between the two countries would resume next week in \
    Geneva, with the border dispute and aid deliveries on the agenda. ";
const RUSSIAN: &str = "Министерство иностранных дел сообщило в понедельник, что переговоры между двумя странами \
    возобновятся на следующей неделе в Женеве. ";

fn throughput(criterion: &mut Criterion) {
    let detector = Detector::embedded();
    let mut group = criterion.benchmark_group("detect");
    for (name, sentence) in [("arabic", ARABIC), ("persian", PERSIAN), ("english", ENGLISH), ("russian", RUSSIAN)] {
        // Four kilobytes: the usual article, and nothing is left out of it.
        let article = sentence.repeat(4096 / sentence.len());
        group.throughput(Throughput::Bytes(article.len() as u64));
        group
            .bench_function(format!("{name}_article"), |bencher| bencher.iter(|| detector.detect(black_box(&article))));
        group.throughput(Throughput::Bytes(sentence.len() as u64));
        group.bench_function(format!("{name}_sentence"), |bencher| {
            bencher.iter(|| detector.detect(black_box(sentence)))
        });
    }
    group.finish();
    criterion.bench_function("embedded", |bencher| bencher.iter(Detector::embedded));
}

criterion_group!(benches, throughput);
criterion_main!(benches);

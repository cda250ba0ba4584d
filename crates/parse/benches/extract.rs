//! Bytes a second from a page to an article: our gold pages, the bench pages where they are, and inputs that grow.

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use khabar_model::{Given, Media, RawDoc, Source};
use khabar_parse::Parser;

/// A document of these bytes.
fn raw(payload: Vec<u8>) -> RawDoc {
    let source = Source { uri: "page".to_owned(), ..Source::default() };
    RawDoc { id: "1".to_owned(), source, media: Media::Html, payload, given: Given::default() }
}

/// Every page below a folder.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads its pages before it starts")]
fn pages(folder: &Path) -> Vec<RawDoc> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().filter_map(|file| std::fs::read(file).ok()).map(raw).collect()
}

/// An article of about `size` bytes: paragraphs, links, lists, nested boxes.
fn grown(size: usize) -> RawDoc {
    let mut html = String::from("<html><head><title>خبر طويل</title></head><body><div class=main><h1>خبر طويل</h1>");
    let mut nth = 0;
    while html.len() < size {
        nth += 1;
        html.push_str(&format!(
            "<div class=\"block b{nth}\"><p>قال المتحدث رقم {nth} إن الأعمال في الموقع مستمرة، وإن <a href=\"/n/{nth}\">\
             المرحلة التالية</a> تبدأ بعد شهر من اليوم.</p><ul><li>البند الأول<li>البند الثاني</ul>\
             <script>var a{nth} = {{\"k\": [1, 2, 3]}};</script></div>\n"
        ));
    }
    raw(html.into_bytes())
}

fn extract(criterion: &mut Criterion) {
    let parser = Parser::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10);
    let sets =
        [("gold_pages", root.join("tests/gold/pages")), ("aeb", root.join("target/khabar-score/parse/aeb/html"))];
    for (name, folder) in sets {
        // The bench pages are there once `cargo xtask score parse` has unpacked them.
        let pages = pages(&folder);
        if pages.is_empty() {
            continue;
        }
        group.throughput(Throughput::Bytes(pages.iter().map(|page| page.payload.len() as u64).sum()));
        group.bench_function(name, |bencher| {
            bencher.iter(|| pages.iter().filter(|page| parser.parse(black_box(page)).is_ok()).count());
        });
    }
    // Time that grows with size shows as the same throughput in every line.
    for megabytes in [1, 4, 16, 30] {
        let page = grown(megabytes << 20);
        group.throughput(Throughput::Bytes(page.payload.len() as u64));
        group.bench_function(format!("grown_{megabytes}_mib"), |bencher| {
            bencher.iter_batched(|| (), |()| parser.parse(black_box(&page)).is_ok(), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);

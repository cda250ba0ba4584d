//! What a hop costs: documents through source, a parallel stage, the resequencer and the sink, with no work done.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar_model::{Reject, Stage};
use khabar_pipeline::wire::{self, Credits, Dropped, Origin, Traced};

struct Doc(u64);

impl Traced for Doc {
    fn origin(&self) -> Origin {
        Origin::default()
    }
    fn weight(&self) -> usize {
        1
    }
}

const DOCUMENTS: u64 = 20_000;

fn hops(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("wire");
    group.throughput(Throughput::Elements(DOCUMENTS));
    for workers in [1, 2, 4] {
        group.bench_function(format!("four hops, {workers} workers"), |bencher| {
            bencher.iter(|| {
                let mut sum = 0;
                std::thread::scope(|scope| {
                    let raw = wire::source(
                        scope,
                        Credits::new(256, usize::MAX),
                        (0..DOCUMENTS).map(|nth| Ok::<_, Dropped>(Doc(nth))),
                    );
                    let done = wire::parallel(scope, Stage::Parse, workers, raw, |doc: Doc| Ok::<_, Reject>(doc));
                    let judged = wire::ordered(scope, Stage::Dedup, done, |doc: Doc| Ok::<_, Reject>(doc.0));
                    let ended = wire::sink(judged, |item| {
                        sum += item.unwrap_or(0);
                        Ok::<(), ()>(())
                    });
                    assert!(ended.is_ok());
                });
                black_box(sum)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, hops);
criterion_main!(benches);

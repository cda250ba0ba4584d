//! The pipeline on one page.
//!
//! ```text
//! read ─► parse ─► langid ─► entity ─► sketch ─► dedup ─► export
//!   │       └──────── parallel, any order ───────┘  │        │
//!   └─ numbers documents, waits for permits         │        └─ writes in input order
//!                                                   └─ puts them back in order, keeps state
//! ```

use std::thread;

use khabar_dedup::{Clusterer, Deduper};
use khabar_model::{RawDoc, Stage, StoryRow};

use crate::stages::{Judged, Stages};
use crate::wire::{self, Credits, Dropped};

/// Runs every document of `reader` through the stages and hands what comes out, in input order, to `export`; returns
/// every document's story, if the run went as far as de-duplication. `deduper` knows all documents by then.
///
/// # Errors
/// The first error of `export`; the run has ended by then.
pub fn run<E>(
    stages: &Stages,
    deduper: &mut Deduper,
    reader: impl Iterator<Item = Result<RawDoc, Dropped>> + Send,
    export: impl FnMut(Result<Judged, Dropped>) -> Result<(), E>,
) -> Result<Vec<StoryRow>, E> {
    let workers = Workers::share(stages.settings.workers);
    let credits = Credits::new(stages.settings.credit_documents, stages.settings.credit_bytes);
    let mut clusterer = Clusterer::new(stages.settings.stories.clone());
    let judge = |document| {
        let mut judged = stages.judge(deduper, document)?;
        let dropped = judged.seen && stages.settings.drop_seen;
        if let (Some(story), Some(verdict), false) = (judged.story.take(), &judged.record.duplicate, dropped) {
            clusterer.add(&judged.record.id, &story, verdict);
        }
        Ok(judged)
    };
    thread::scope(|scope| {
        let raw = wire::source(scope, credits, reader);
        let parsed = wire::parallel(scope, Stage::Parse, workers.parse, raw, |raw| stages.parse(raw));
        let tagged = wire::parallel(scope, Stage::Langid, workers.langid, parsed, |parsed| stages.detect(parsed));
        let known = wire::parallel(scope, Stage::Entity, workers.entity, tagged, |tagged| stages.extract(tagged));
        let sketched = wire::parallel(scope, Stage::Sketch, workers.sketch, known, |known| stages.sketch(known));
        let judged = wire::ordered(scope, Stage::Dedup, sketched, judge);
        wire::sink(judged, export)
    })?;
    Ok(clusterer.stories(stages.settings.workers))
}

/// Threads per parallel stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Workers {
    parse: usize,
    langid: usize,
    entity: usize,
    sketch: usize,
}

impl Workers {
    /// Shares out `total` threads by measured cost, at least one each: runs with `--until` one stage after the other tell
    /// it in `report.json`.
    fn share(total: usize) -> Self {
        let part = |percent: usize| ((total * percent + 50) / 100).max(1);
        Self { parse: part(40), langid: part(20), entity: part(30), sketch: part(10) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_a_thread_and_the_total_is_kept() {
        for total in 1..64 {
            let Workers { parse, langid, entity, sketch } = Workers::share(total);
            assert!(parse.min(langid).min(entity).min(sketch) >= 1);
            assert!(parse + langid + entity + sketch <= total.max(4) + 2, "{total}");
        }
    }
}

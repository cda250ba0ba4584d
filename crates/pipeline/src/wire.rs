//! The joints of the pipeline: each takes an inbox and returns the next one, with a thread or more in between.
//!
//! Four rules, each held by a test below:
//! 1. Order: documents are numbered at the source and put back in order before a stage with state.
//! 2. Memory: a document holds a [`Permit`] from the source to the sink; there are so many, and no more.
//! 3. Panics: caught per document and turned into a reject with the same number.
//! 4. Stop: a failed send means that nobody listens any more; the thread returns, and the sink's error is the run's.
//!
//! One document is one message: a hop costs some hundred nanoseconds, a document a hundred microseconds and more.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::Scope;

use crossbeam_channel::{Receiver, Sender, bounded};
use khabar_model::{Reject, RejectReason, Stage};

pub use self::credit::{Credits, Permit};

mod credit;

/// Messages that wait between two stages: enough to smooth over a slow document, few beside the credits.
const CAPACITY: usize = 32;

/// A document on its way: its number, its permit, and what has become of it so far.
#[derive(Debug)]
struct Message<T> {
    number: u64,
    permit: Permit,
    item: Result<T, Dropped>,
}

/// A document that left the pipeline early, with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Where it came from.
    pub origin: Origin,
    /// Why it left.
    pub why: Why,
}

/// Why a document left early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It could not be processed.
    Reject(Reject),
    /// It is not meant to be: a WARC request, an image; by name of the reason.
    Skip(&'static str),
}

/// Where a document came from, for messages about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// As [`khabar_model::Source::uri`].
    pub uri: String,
    /// Byte offset in the decompressed file.
    pub offset: Option<u64>,
}

/// A value that knows which document it is.
pub trait Traced {
    /// Where the document came from.
    fn origin(&self) -> Origin;
    /// Bytes that it takes up, roughly: what its permit weighs.
    fn weight(&self) -> usize;
}

/// The receiving end of a joint.
#[derive(Debug)]
pub struct Inbox<T>(Receiver<Message<T>>);

/// Reads documents on a thread of its own, numbers them, and waits for a permit for each.
pub fn source<'scope, 'env, T: Traced + Send + 'scope>(
    scope: &'scope Scope<'scope, 'env>,
    credits: Credits,
    reader: impl Iterator<Item = Result<T, Dropped>> + Send + 'scope,
) -> Inbox<T> {
    let (out, inbox) = bounded(CAPACITY);
    scope.spawn(move || {
        for (number, item) in (0_u64..).zip(reader) {
            let permit = credits.take(item.as_ref().map_or(0, Traced::weight));
            if out.send(Message { number, permit, item }).is_err() {
                return;
            }
        }
    });
    Inbox(inbox)
}

/// Does `work` on `workers` threads; the order of what comes out is anybody's guess.
pub fn parallel<'scope, 'env, A, B>(
    scope: &'scope Scope<'scope, 'env>,
    stage: Stage,
    workers: usize,
    inbox: Inbox<A>,
    work: impl Fn(A) -> Result<B, Reject> + Send + Sync + 'scope,
) -> Inbox<B>
where
    A: Traced + Send + 'scope,
    B: Send + 'scope,
{
    let (out, next) = bounded(CAPACITY);
    let work = Arc::new(work);
    for _ in 0..workers.max(1) {
        let (inbox, out, work) = (inbox.0.clone(), out.clone(), Arc::clone(&work));
        scope.spawn(move || {
            for message in inbox {
                let message = advance(stage, message, |item| work(item));
                if out.send(message).is_err() {
                    return;
                }
            }
        });
    }
    Inbox(next)
}

/// Puts documents back in order and does `work` on them one by one, on one thread: for stages with state.
pub fn ordered<'scope, 'env, A, B>(
    scope: &'scope Scope<'scope, 'env>,
    stage: Stage,
    inbox: Inbox<A>,
    mut work: impl FnMut(A) -> Result<B, Reject> + Send + 'scope,
) -> Inbox<B>
where
    A: Traced + Send + 'scope,
    B: Send + 'scope,
{
    let (out, next) = bounded(CAPACITY);
    scope.spawn(move || {
        let mut early = BTreeMap::new();
        let mut due = 0;
        for message in inbox.0 {
            early.insert(message.number, message);
            while let Some(message) = early.remove(&due) {
                due += 1;
                if out.send(advance(stage, message, &mut work)).is_err() {
                    return;
                }
            }
        }
    });
    Inbox(next)
}

/// Hands every document to `write`, on the calling thread, until there are no more or it fails.
///
/// # Errors
/// The first error of `write`; the stages before it have ended, or end on their next send.
pub fn sink<T, E>(inbox: Inbox<T>, mut write: impl FnMut(Result<T, Dropped>) -> Result<(), E>) -> Result<(), E> {
    for Message { item, permit, .. } in inbox.0 {
        write(item)?;
        drop(permit);
    }
    Ok(())
}

/// One document through one stage; a panic is a reject.
fn advance<A: Traced, B>(stage: Stage, message: Message<A>, work: impl FnOnce(A) -> Result<B, Reject>) -> Message<B> {
    let Message { number, permit, item } = message;
    let item = item.and_then(|item| {
        let origin = item.origin();
        // The value is consumed either way, and a stage keeps no state that half a document could leave broken but
        // for de-duplication, which adds a document to its index as its last step.
        let done = catch_unwind(AssertUnwindSafe(|| work(item)))
            .unwrap_or_else(|panic| Err(Reject::new(stage, RejectReason::Panic, panic_text(panic.as_ref()))));
        done.map_err(|reject| Dropped { origin, why: Why::Reject(reject) })
    });
    Message { number, permit, item }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic without a message".to_owned())
}

/// A pair of an inbox and the way to fill it, for the tests and benchmarks of single joints.
#[doc(hidden)]
pub fn connect<T>() -> (impl Fn(u64, T, Permit) -> bool, Inbox<T>) {
    let (out, inbox): (Sender<Message<T>>, _) = bounded(CAPACITY);
    (move |number, item, permit| out.send(Message { number, permit, item: Ok(item) }).is_ok(), Inbox(inbox))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    struct Doc(usize);

    impl Traced for Doc {
        fn origin(&self) -> Origin {
            Origin { uri: format!("doc-{}", self.0), offset: None }
        }
        fn weight(&self) -> usize {
            1
        }
    }

    fn documents(count: usize) -> impl Iterator<Item = Result<Doc, Dropped>> + Send {
        (0..count).map(|nth| Ok(Doc(nth)))
    }

    /// What a run of `count` documents writes when `work` is done on so many workers.
    fn run(
        count: usize,
        workers: usize,
        work: impl Fn(usize) -> Result<usize, Reject> + Send + Sync,
    ) -> Vec<Result<usize, Why>> {
        let mut written = Vec::new();
        std::thread::scope(|scope| {
            let raw = source(scope, Credits::new(16, usize::MAX), documents(count));
            let done = parallel(scope, Stage::Parse, workers, raw, |doc: Doc| work(doc.0).map(Doc));
            let judged = ordered(scope, Stage::Dedup, done, |doc| Ok::<_, Reject>(doc.0));
            let ended: Result<(), ()> = sink(judged, |item| {
                written.push(item.map_err(|dropped| dropped.why));
                Ok(())
            });
            ended.unwrap();
        });
        written
    }

    #[test]
    fn rule_1_order_is_the_same_for_any_number_of_workers() {
        let uneven = |nth: usize| {
            std::thread::sleep(Duration::from_micros((nth as u64 * 7919) % 900));
            Ok(nth)
        };
        let expected: Vec<Result<usize, Why>> = (0..200).map(Ok).collect();
        assert_eq!(run(200, 1, uneven), expected);
        assert_eq!(run(200, 8, uneven), expected);
    }

    #[test]
    fn rule_2_a_slow_document_holds_back_no_more_than_the_credits() {
        let handed_out = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let reader = documents(5000).inspect(|_| {
                handed_out.fetch_add(1, Ordering::SeqCst);
            });
            let raw = source(scope, Credits::new(16, usize::MAX), reader);
            let done = parallel(scope, Stage::Parse, 4, raw, |doc: Doc| {
                if doc.0 == 0 {
                    // Everything that can be read behind this document is, long before this ends.
                    std::thread::sleep(Duration::from_millis(300));
                    most.store(handed_out.load(Ordering::SeqCst), Ordering::SeqCst);
                }
                Ok(doc)
            });
            let judged = ordered(scope, Stage::Dedup, done, Ok);
            let mut written = 0;
            sink(judged, |_| {
                written += 1;
                Ok::<(), ()>(())
            })
            .unwrap();
            assert_eq!(written, 5000);
        });
        // 16 with a permit, and the one that waits for the next.
        assert!(most.load(Ordering::SeqCst) <= 17, "{most:?} documents were read behind a stalled one");
        assert!(most.load(Ordering::SeqCst) >= 16, "the permits were not used: {most:?}");
    }

    #[test]
    fn rule_2_large_documents_weigh_more() {
        struct Heavy;
        impl Traced for Heavy {
            fn origin(&self) -> Origin {
                Origin::default()
            }
            fn weight(&self) -> usize {
                100
            }
        }
        let (alive, peak) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let raw = source(scope, Credits::new(1000, 250), (0..50).map(|_| Ok(Heavy)));
            let done = parallel(scope, Stage::Parse, 8, raw, |doc| {
                peak.fetch_max(alive.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(2));
                alive.fetch_sub(1, Ordering::SeqCst);
                Ok(doc)
            });
            sink(done, |_| Ok::<(), ()>(())).unwrap();
        });
        assert!(peak.load(Ordering::SeqCst) <= 2, "250 bytes of credit carried {peak:?} documents of 100");
    }

    #[test]
    fn rule_3_a_panic_is_a_reject_with_the_same_number() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        // On a thread of its own: a panic that is not caught leaves a hole in the sequence, and the run would hang.
        let (done, written) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let fails = |nth: usize| if nth % 10 == 3 { panic!("document {nth}") } else { Ok(nth) };
            done.send(run(40, 4, fails))
        });
        let written = written.recv_timeout(Duration::from_secs(30));
        std::panic::set_hook(hook);
        let written = written.expect("the run hangs or ends without its documents");
        assert_eq!(written.len(), 40);
        for (nth, item) in written.into_iter().enumerate() {
            match item {
                Ok(number) => assert_eq!(number, nth),
                Err(why) => {
                    let reject = Reject::new(Stage::Parse, RejectReason::Panic, format!("document {nth}"));
                    assert_eq!((nth % 10, why), (3, Why::Reject(reject)));
                }
            }
        }
    }

    #[test]
    fn rule_4_a_sink_that_fails_ends_the_run_with_its_error() {
        let read = AtomicUsize::new(0);
        let ended = std::thread::scope(|scope| {
            let reader = documents(10_000_000).inspect(|_| {
                read.fetch_add(1, Ordering::SeqCst);
            });
            let raw = source(scope, Credits::new(64, usize::MAX), reader);
            let done = parallel(scope, Stage::Parse, 4, raw, Ok);
            let judged = ordered(scope, Stage::Dedup, done, Ok);
            let mut left = 5;
            sink(judged, |_| {
                left -= 1;
                if left == 0 { Err("disk full") } else { Ok(()) }
            })
        });
        assert_eq!(ended, Err("disk full"));
        assert!(read.load(Ordering::SeqCst) < 10_000, "{read:?} documents were read for a sink that had stopped");
    }

    #[test]
    fn rejects_pass_later_stages_untouched() {
        let written =
            run(
                10,
                2,
                |nth| {
                    if nth == 4 { Err(Reject::new(Stage::Parse, RejectReason::Empty, "nothing")) } else { Ok(nth) }
                },
            );
        assert_eq!(written[4], Err(Why::Reject(Reject::new(Stage::Parse, RejectReason::Empty, "nothing"))));
    }
}

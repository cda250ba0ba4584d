//! Progress of a long run: a bar on a terminal, a line every ten seconds elsewhere, nothing with `--quiet`.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often a line is logged where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);

/// Shows how far a run is.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
    total: Option<u64>,
    read: Arc<AtomicU64>,
    started: Instant,
    next_line: Instant,
    documents: u64,
}

impl Progress {
    /// Starts the clock. `read` counts the bytes that the reader has taken; `total` is all of them, where known.
    #[expect(clippy::disallowed_methods, reason = "progress is about the clock")]
    pub(crate) fn new(show: bool, total: Option<u64>, read: Arc<AtomicU64>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (show && terminal).then(|| {
            let style = "{elapsed_precise} [{bar:32}] {bytes}/{total_bytes} {bytes_per_sec} {msg} eta {eta}";
            let style = ProgressStyle::with_template(style)
                .map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "));
            ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr()).with_style(style)
        });
        let now = Instant::now();
        Self { bar, lines: show && !terminal, total, read, started: now, next_line: now + EVERY, documents: 0 }
    }

    /// One more document is out.
    #[expect(clippy::disallowed_methods, reason = "progress is about the clock")]
    pub(crate) fn tick(&mut self) {
        self.documents += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.read.load(Ordering::Relaxed));
            bar.set_message(format!("{} documents", self.documents));
        } else if self.lines && Instant::now() >= self.next_line {
            self.next_line = Instant::now() + EVERY;
            let read = self.read.load(Ordering::Relaxed);
            let share = self.total.filter(|total| *total > 0).map(|total| format!(" ({}%)", read * 100 / total));
            let seconds = self.started.elapsed().as_secs_f64();
            tracing::info!(
                "{} documents, {:.1} MB read{}, {:.0} documents/s",
                self.documents,
                read as f64 / 1e6,
                share.unwrap_or_default(),
                self.documents as f64 / seconds
            );
        }
    }

    /// Clears the bar; returns seconds since the start.
    pub(crate) fn finish(self) -> f64 {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.started.elapsed().as_secs_f64()
    }
}

//! How fast extractors are beside each other: runs one after the other on the same pages, several rounds, medians.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::{Set, texts};
use crate::file;
use crate::table::align;

/// The extractor that the others are compared with.
const OWN: &str = "khabar";

/// The speed of every extractor over all pages together.
#[derive(Clone, Debug, Serialize)]
pub struct Speed {
    /// Pages of all sets.
    pub pages: u32,
    /// Megabytes (10^6) of HTML.
    pub megabytes: f64,
    /// The fastest first.
    pub engines: Vec<Engine>,
}

/// One extractor.
#[derive(Clone, Debug, Serialize)]
pub struct Engine {
    /// Its name.
    pub engine: String,
    /// Seconds that each round took over all pages.
    pub rounds: Vec<f64>,
    /// Their median.
    pub seconds: f64,
    /// Pages a second.
    pub pages_per_second: f64,
    /// Megabytes of HTML a second.
    pub megabytes_per_second: f64,
    /// How many times as long as khabar it takes.
    pub khabar_is_faster: Option<f64>,
}

impl Speed {
    /// Reads the timed runs of some sets.
    ///
    /// # Errors
    /// A file that cannot be read; a round that an extractor did not run on every set.
    pub fn read(sets: &[&Set], work: &Path) -> Result<Self, String> {
        let (mut pages, mut bytes) = (0, 0);
        let mut times: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
        for set in sets {
            let folder = work.join(set.name);
            for page in file::entries(&folder.join("html"))? {
                pages += 1;
                bytes += file::length(&page)?;
            }
            for round in file::entries(&folder.join("speed"))? {
                let name = round.file_name().unwrap_or_default().to_string_lossy().into_owned();
                for (engine, path) in texts::files(&round)? {
                    let seconds = texts::of_lines(&path)?.iter().map(|line| line.seconds).sum();
                    times.entry(engine).or_default().entry(name.clone()).or_default().push(seconds);
                }
            }
        }
        let megabytes = u32::try_from(bytes).map_or(f64::INFINITY, f64::from) / 1e6;
        let mut engines = Vec::new();
        for (engine, rounds) in times {
            if let Some((round, _)) = rounds.iter().find(|(_, seconds)| seconds.len() != sets.len()) {
                return Err(format!("{engine} did not run on every set in round {round}"));
            }
            let rounds: Vec<f64> = rounds.into_values().map(|seconds| seconds.iter().sum()).collect();
            let seconds = median(&rounds);
            engines.push(Engine {
                engine,
                rounds,
                seconds,
                pages_per_second: f64::from(pages) / seconds,
                megabytes_per_second: megabytes / seconds,
                khabar_is_faster: None,
            });
        }
        let own = engines.iter().find(|engine| engine.engine == OWN).map(|engine| engine.seconds);
        for engine in &mut engines {
            engine.khabar_is_faster = own.map(|own| engine.seconds / own);
        }
        engines.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
        Ok(Self { pages, megabytes, engines })
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows =
            vec![["extractor", "pages/s", "MB/s", "khabar is faster", "seconds of each round"].map(str::to_owned)];
        rows.extend(self.engines.iter().map(|engine| {
            let rounds: Vec<String> = engine.rounds.iter().map(|seconds| format!("{seconds:.2}")).collect();
            [
                engine.engine.clone(),
                format!("{:.0}", engine.pages_per_second),
                format!("{:.1}", engine.megabytes_per_second),
                engine.khabar_is_faster.map_or("·".to_owned(), |times| format!("{times:.2} x")),
                rounds.join(" "),
            ]
        }));
        f.write_str(&align(&rows))?;
        writeln!(
            f,
            "{} pages, {:.1} MB of HTML; processor time of one thread, from bytes to text, medians of the rounds",
            self.pages, self.megabytes
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extraction::SETS;

    #[test]
    fn rounds_of_all_sets_are_summed_and_compared() {
        let work = tempfile::tempdir().unwrap();
        let sets: Vec<&Set> = SETS.iter().take(2).collect();
        for (set, scale) in sets.iter().zip([1.0, 2.0]) {
            let folder = work.path().join(set.name);
            file::replace(&folder.join("html/a.html"), &"x".repeat(500_000)).unwrap();
            for (round, seconds) in [("1", 1.0), ("2", 3.0), ("3", 2.0)] {
                for (engine, factor) in [("khabar", 1.0), ("other", 4.0)] {
                    let line = serde_json::json!({"file": "a.html", "text": "", "seconds": seconds * scale * factor});
                    file::replace(&folder.join(format!("speed/{round}/{engine}.jsonl")), &line.to_string()).unwrap();
                }
            }
        }
        let speed = Speed::read(&sets, work.path()).unwrap();
        assert_eq!((speed.pages, speed.megabytes), (2, 1.0));
        let own = &speed.engines[0];
        assert_eq!((own.engine.as_str(), own.rounds.as_slice(), own.seconds), ("khabar", &[3.0, 9.0, 6.0][..], 6.0));
        assert_eq!(speed.engines[1].khabar_is_faster, Some(4.0));
        let one = work.path().join(sets[0].name).join("speed/3/other.jsonl");
        std::fs::remove_file(one).unwrap();
        assert!(Speed::read(&sets, work.path()).unwrap_err().contains("round 3"));
    }
}

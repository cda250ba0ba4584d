//! `khabar-score`: the end-to-end scores of a run, as a table or JSON.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use khabar_tests::extraction::{self, Peers, SETS, Set, Speed};
use khabar_tests::{Gazetteer, Records, Report, dedup, pages, place, sample, seeds, stories, told};
use serde::Serialize;

const USAGE: &str = "\
Usage:
  khabar-score seeds  --records DIR [--gold DIR] [--source DIR] [--json]
  khabar-score sample --records DIR [--labels FILE] [--source DIR] [--json]
  khabar-score pages  --records DIR [--gold DIR]... [--faults] [--json]
  khabar-score stories --records DIR --gold FILE [--against DIR] [--faults] [--exact] [--json]
  khabar-score parse  --work DIR [--set NAME]... [--peers FILE] [--measured DAY] [--worst N] [--json]
  khabar-score speed  --work DIR [--set NAME]... [--json]
  khabar-score meta   --work DIR [--measured DAY] [--faults] [--json]
  khabar-score dates  --work DIR [--measured DAY] [--faults] [--json]
  khabar-score dedup  --work DIR [--faults] [--json]

DIR of --records is what `khabar run --out` wrote. Without --gold, --labels and --source: those of this workspace.
DIR of --work holds a folder for each set: html/, truth.json, records/, peers/NAME@VERSION.jsonl, speed/ROUND/NAME.jsonl.
With --measured, the peers' texts are scored, and their rows in the table of --peers replaced.
Exit codes: 0; 1 if something is wrong that must hold for the seeds, or with --exact any story; 2 if files or arguments cannot be read.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        return show(&mut std::io::stdout(), USAGE, ExitCode::SUCCESS);
    }
    match Arguments::read(&args).and_then(|arguments| arguments.score()) {
        Ok((text, code)) => show(&mut std::io::stdout(), &text, code),
        Err(error) => show(&mut std::io::stderr(), &format!("khabar-score: {error}\n"), ExitCode::from(2)),
    }
}

fn show(stream: &mut impl Write, text: &str, code: ExitCode) -> ExitCode {
    // A reader that went away (`| head`) is no fault of the scores.
    let _closed = stream.write_all(text.as_bytes());
    code
}

#[derive(Default)]
struct Arguments {
    what: String,
    records: Option<PathBuf>,
    gold: Vec<PathBuf>,
    labels: Option<PathBuf>,
    source: Option<PathBuf>,
    work: Option<PathBuf>,
    against: Option<PathBuf>,
    peers: Option<PathBuf>,
    sets: Vec<&'static Set>,
    measured: Option<String>,
    worst: usize,
    faults: bool,
    exact: bool,
    json: bool,
}

impl Arguments {
    fn read(args: &[String]) -> Result<Self, String> {
        let mut found = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value\n{USAGE}"));
            match arg.as_str() {
                "--json" => found.json = true,
                "--faults" => found.faults = true,
                "--exact" => found.exact = true,
                "--records" => found.records = Some(value()?.into()),
                "--gold" => found.gold.push(value()?.into()),
                "--labels" => found.labels = Some(value()?.into()),
                "--source" => found.source = Some(value()?.into()),
                "--against" => found.against = Some(value()?.into()),
                "--work" => found.work = Some(value()?.into()),
                "--peers" => found.peers = Some(value()?.into()),
                "--measured" => found.measured = Some(value()?.clone()),
                "--worst" => found.worst = value()?.parse().map_err(|_| "--worst needs a number".to_owned())?,
                "--set" => {
                    let name = value()?;
                    let names = || SETS.map(|set| set.name).join(", ");
                    found.sets.push(Set::named(name).ok_or_else(|| format!("no set {name}; there are {}", names()))?);
                }
                word if found.what.is_empty() && !word.starts_with('-') => word.clone_into(&mut found.what),
                other => return Err(format!("unknown argument {other}\n{USAGE}")),
            }
        }
        if found.sets.is_empty() {
            found.sets = SETS.iter().collect();
        }
        Ok(found)
    }

    fn score(self) -> Result<(String, ExitCode), String> {
        match self.what.as_str() {
            "seeds" => {
                let source = self.source.clone().or_else(|| place::shared("seeds"));
                let source = source.ok_or("no seeds here: give --source")?;
                let gold = self.gold.first().cloned().unwrap_or_else(place::seed_gold);
                let report = seeds::score(&self.records()?, &gold, &source)?;
                let code = ExitCode::from(u8::from(!report.faults().is_empty()));
                Ok((self.shown(&report)?, code))
            }
            "sample" => {
                let gazetteer = Gazetteer::read(&place::gazetteers())?;
                let labels = self.labels.clone().unwrap_or_else(place::sample_labels);
                let source = self.source.clone().unwrap_or_else(place::sample);
                let report: Report = sample::score(&self.records()?, &labels, &source, &gazetteer)?;
                Ok((self.shown(&report)?, ExitCode::SUCCESS))
            }
            "stories" => self.stories(),
            "pages" => Ok((self.pages()?, ExitCode::SUCCESS)),
            "parse" => Ok((self.parse()?, ExitCode::SUCCESS)),
            "meta" => Ok((self.told(&told::SETS[..2])?, ExitCode::SUCCESS)),
            "dates" => Ok((self.told(&told::SETS[2..])?, ExitCode::SUCCESS)),
            "dedup" => Ok((self.dedup()?, ExitCode::SUCCESS)),
            "speed" => Ok((self.shown(&Speed::read(&self.sets, &self.work()?)?)?, ExitCode::SUCCESS)),
            other => Err(format!(
                "seeds, sample, stories, pages, parse, speed, meta, dates or dedup, not {other:?}\n{USAGE}"
            )),
        }
    }

    fn pages(&self) -> Result<String, String> {
        let records = self.records()?;
        let mut report = pages::Report::default();
        let gold = if self.gold.is_empty() { vec![place::pages()] } else { self.gold.clone() };
        for folder in &gold {
            report.pages.extend(pages::score(folder, &records)?.pages);
        }
        let mut text = self.shown(&report)?;
        if self.faults && !self.json {
            for fault in report.faults() {
                text.push_str(&fault);
                text.push('\n');
            }
        }
        Ok(text)
    }

    fn stories(&self) -> Result<(String, ExitCode), String> {
        let folder = self.records.as_deref().ok_or_else(|| format!("--records is missing\n{USAGE}"))?;
        let gold = self.gold.first().ok_or_else(|| format!("--gold is missing\n{USAGE}"))?;
        let against = self.against.as_deref().map(stories::Stories::read).transpose()?;
        let report = stories::score(&stories::Stories::read(folder)?, gold, against.as_ref())?;
        let code = ExitCode::from(u8::from(self.exact && !report.faults.is_empty()));
        Ok((self.shown(&report)? + &self.listed(report.faults.iter()), code))
    }

    fn parse(&self) -> Result<String, String> {
        let work = self.work()?;
        let path = self.peers.clone().unwrap_or_else(place::peers);
        let mut peers = Peers::read(&path)?;
        if let Some(measured) = &self.measured {
            for set in &self.sets {
                peers.replace(set.name, extraction::score_peers(set, &work, measured)?);
            }
            peers.write(&path)?;
        }
        let scores = self.sets.iter().map(|set| extraction::score(set, &work, &peers, self.worst));
        self.shown(&extraction::Report { sets: scores.collect::<Result<_, _>>()? })
    }

    fn dedup(&self) -> Result<String, String> {
        let mut report = dedup::Report { faults: self.faults, ..dedup::Report::default() };
        for set in ["ar", "fa"] {
            report.scores.extend(dedup::score(set, &self.work()?.join(set))?);
        }
        self.shown(&report)
    }

    fn told(&self, sets: &[&str]) -> Result<String, String> {
        let work = self.work()?;
        let path = self.peers.clone().unwrap_or_else(place::peers);
        let mut peers = Peers::read(&path)?;
        let mut report = told::Report { rows: Vec::new() };
        for set in sets {
            report.rows.extend(told::score(set, &work)?);
        }
        if let Some(measured) = &self.measured {
            peers.replace_all(told::kept(&report.rows, measured));
            peers.write(&path)?;
        }
        let mut text = self.shown(&report)?;
        if !self.json {
            for set in sets.iter().filter(|set| !report.rows.iter().any(|row| row.set == **set && row.tool != "khabar"))
            {
                for (tool, fact, f1) in told::remembered(set, peers.rows()) {
                    text.push_str(&format!(
                        "{set}: {tool}, {fact}: F1 {:.1}, as tests/gold/peers.tsv keeps it\n",
                        f1 * 100.0
                    ));
                }
            }
        }
        let faults = report.rows.iter().filter(|row| row.tool == "khabar").flat_map(|row| &row.faults);
        Ok(text + &self.listed(faults))
    }

    fn listed<'f>(&self, faults: impl Iterator<Item = &'f String>) -> String {
        if self.faults && !self.json { faults.map(|fault| format!("- {fault}\n")).collect() } else { String::new() }
    }

    fn records(&self) -> Result<Records, String> {
        Records::read(self.records.as_deref().ok_or_else(|| format!("--records is missing\n{USAGE}"))?)
    }

    fn work(&self) -> Result<PathBuf, String> {
        self.work.clone().ok_or_else(|| format!("--work is missing\n{USAGE}"))
    }

    fn shown(&self, report: &(impl Serialize + ToString)) -> Result<String, String> {
        match self.json {
            true => serde_json::to_string_pretty(report).map(|text| text + "\n").map_err(|error| error.to_string()),
            false => Ok(report.to_string()),
        }
    }
}

//! `khabar-score`: the end-to-end scores of a run, as a table or JSON.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use khabar_tests::{Gazetteer, Records, Report, place, sample, seeds};

const USAGE: &str = "\
Usage:
  khabar-score seeds  --records DIR [--gold DIR] [--source DIR] [--json]
  khabar-score sample --records DIR [--labels FILE] [--source DIR] [--json]

DIR of --records is what `khabar run --out` wrote. Without --gold, --labels and --source: those of this workspace.
Exit codes: 0; 1 if something is wrong that must hold for the seeds; 2 if files or arguments cannot be read.
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
    gold: Option<PathBuf>,
    labels: Option<PathBuf>,
    source: Option<PathBuf>,
    json: bool,
}

impl Arguments {
    fn read(args: &[String]) -> Result<Self, String> {
        let mut found = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let slot = match arg.as_str() {
                "--json" => {
                    found.json = true;
                    continue;
                }
                "--records" => &mut found.records,
                "--gold" => &mut found.gold,
                "--labels" => &mut found.labels,
                "--source" => &mut found.source,
                word if found.what.is_empty() && !word.starts_with('-') => {
                    word.clone_into(&mut found.what);
                    continue;
                }
                other => return Err(format!("unknown argument {other}\n{USAGE}")),
            };
            *slot = Some(args.next().ok_or_else(|| format!("{arg} needs a path"))?.into());
        }
        Ok(found)
    }

    fn score(self) -> Result<(String, ExitCode), String> {
        let records = Records::read(&self.records.ok_or_else(|| format!("--records is missing\n{USAGE}"))?)?;
        let (report, must_hold) = match self.what.as_str() {
            "seeds" => {
                let source = self.source.or_else(|| place::shared("seeds")).ok_or("no seeds here: give --source")?;
                (seeds::score(&records, &self.gold.unwrap_or_else(place::seed_gold), &source)?, true)
            }
            "sample" => {
                let gazetteer = Gazetteer::read(&place::gazetteers())?;
                let labels = self.labels.unwrap_or_else(place::sample_labels);
                let source = self.source.unwrap_or_else(place::sample);
                (sample::score(&records, &labels, &source, &gazetteer)?, false)
            }
            other => return Err(format!("seeds or sample, not {other:?}\n{USAGE}")),
        };
        let code = ExitCode::from(u8::from(must_hold && !report.faults().is_empty()));
        Ok((if self.json { json(&report)? } else { report.to_string() }, code))
    }
}

fn json(report: &Report) -> Result<String, String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n").map_err(|error| error.to_string())
}

//! The project's habits as commands: `cargo xtask run|score|bench|train|data|tidy|ci`, one file per verb.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod ci;
mod data;
mod run;
mod score;
mod shell;
mod sources;
mod tidy;
mod train;

/// What maintainers do with this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Build in release and run the pipeline: on data/sample into target/khabar-run, or as the arguments say.
    Run(run::Args),
    /// Score what the pipeline writes against gold: seeds, sample, pages; and its main content beside other extractors: parse.
    Score(score::Args),
    /// Run the criterion benchmarks, and print throughput in MB/s.
    Bench(bench::Args),
    /// Train a model from the training data beside the repository.
    Train(train::Args),
    /// Write the generated files, or check with --check that they are current.
    Data(data::Args),
    /// Check what no compiler checks: arrows, file headers, file sizes, SOURCES.toml.
    Tidy,
    /// Everything that CI runs, in its order.
    Ci,
}

fn main() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Run(args) => run::run(&args),
        Verb::Score(args) => score::score(&args),
        Verb::Bench(args) => bench::bench(&args),
        Verb::Train(args) => train::train(&args),
        Verb::Data(args) => data::data(&args),
        Verb::Tidy => tidy::tidy(),
        Verb::Ci => ci::ci(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::say(&format!("xtask: {error:#}"));
            error.downcast_ref::<shell::Failed>().map_or(ExitCode::FAILURE, |failed| failed.code.into())
        }
    }
}

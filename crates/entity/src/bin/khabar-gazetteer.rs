//! Prints the compiled gazetteer of the lists that come with khabar: data/gazetteers/compiled.bin.
#![expect(clippy::print_stderr, reason = "a generator says why it failed")]

use std::io::Write;
use std::process::ExitCode;

use khabar_entity::{Extractor, GAZETTEERS};

fn main() -> ExitCode {
    let written = Extractor::load(GAZETTEERS)
        .map_err(|error| error.to_string())
        .and_then(|extractor| std::io::stdout().write_all(&extractor.compile()).map_err(|error| error.to_string()));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

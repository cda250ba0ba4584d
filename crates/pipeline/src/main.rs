//! The binary `khabar`.

use std::process::ExitCode;

fn main() -> ExitCode {
    khabar_pipeline::main_with_args(std::env::args_os())
}

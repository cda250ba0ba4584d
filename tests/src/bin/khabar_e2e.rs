//! The binary `khabar`, built for the tests of this package.

fn main() -> std::process::ExitCode {
    khabar_pipeline::main_with_args(std::env::args_os())
}

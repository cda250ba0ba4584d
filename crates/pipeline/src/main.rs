//! The binary `khabar`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Records are made of short strings, which one thread allocates and another frees.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    khabar_pipeline::main_with_args(std::env::args_os())
}

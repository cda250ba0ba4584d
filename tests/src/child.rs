//! The binary as a child process, with its peak memory.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::file;

/// Time between two looks at the child: short against any run that could fill memory, long against its cost.
const LOOK: Duration = Duration::from_millis(5);

/// Looks until a child counts as hung: ten minutes.
const LOOKS: u32 = 120_000;

/// The binary `khabar`.
#[derive(Clone, Debug)]
pub struct Khabar {
    program: PathBuf,
}

/// How a run of it ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its exit status.
    pub status: ExitStatus,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error, for messages.
    pub stderr: String,
    /// Peak of its resident memory in KiB, as Linux counts it; `None` elsewhere, or if it was too short to look at.
    pub peak_kib: Option<u64>,
}

impl Khabar {
    /// The binary at this path: `env!("CARGO_BIN_EXE_khabar-e2e")`.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }

    /// `khabar run INPUT… --out OUT --quiet …`.
    ///
    /// # Panics
    /// As [`Khabar::call`].
    #[must_use]
    pub fn run(&self, inputs: &[&Path], out: &Path, options: &[&str]) -> Ended {
        let mut args: Vec<&OsStr> = vec![OsStr::new("run")];
        args.extend(inputs.iter().map(|input| input.as_os_str()));
        args.extend([OsStr::new("--out"), out.as_os_str(), OsStr::new("--quiet")]);
        args.extend(options.iter().map(OsStr::new));
        self.call(&args, b"")
    }

    /// A stage alone, `khabar langid …`, with these bytes on its standard input: the lines that it writes.
    ///
    /// # Panics
    /// If it fails, and as [`Khabar::call`].
    #[must_use]
    pub fn stage(&self, args: &[&OsStr], stdin: &[u8]) -> Vec<String> {
        let ended = self.call(args, stdin);
        assert!(ended.status.success(), "{args:?} ended with {}:\n{}", ended.status, ended.stderr);
        let stdout = String::from_utf8(ended.stdout).expect("standard output is UTF-8");
        stdout.lines().map(str::to_owned).collect()
    }

    /// Calls the binary and waits for its end.
    ///
    /// # Panics
    /// If it cannot be started or does not end.
    #[must_use]
    pub fn call(&self, args: &[&OsStr], stdin: &[u8]) -> Ended {
        let mut command = Command::new(&self.program);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut input), Some(output), Some(errors)) = pipes else { unreachable!("all three are piped") };
        thread::scope(|scope| {
            // A child that does not read to the end closes the pipe; that is its right.
            scope.spawn(move || drop(input.write_all(stdin)));
            let output = scope.spawn(move || read_all(output));
            let errors = scope.spawn(move || read_all(errors));
            let (status, peak_kib) = wait(&mut child);
            let stdout = output.join().unwrap_or_default();
            let stderr = String::from_utf8_lossy(&errors.join().unwrap_or_default()).into_owned();
            Ended { status, stdout, stderr, peak_kib }
        })
    }
}

fn read_all(mut pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is what there is to show.
    let _read = pipe.read_to_end(&mut bytes);
    bytes
}

fn wait(child: &mut Child) -> (ExitStatus, Option<u64>) {
    let status_file = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    for _ in 0..LOOKS {
        // The kernel keeps the peak itself, so a look misses only what happens after the last one.
        peak = peak_kib(&status_file).max(peak);
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            return (status, peak);
        }
        thread::sleep(LOOK);
    }
    let _gone = child.kill();
    panic!("the child did not end in ten minutes");
}

/// `VmHWM` of a status file of Linux.
fn peak_kib(status_file: &Path) -> Option<u64> {
    let status = file::text(status_file).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

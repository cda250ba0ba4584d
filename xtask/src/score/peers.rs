//! Other extractors on the same pages: trafilatura and others in a Python environment of their own, dom_smoothie in Rust.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::{run, shell};

/// Rounds that speeds are measured in.
const ROUNDS: usize = 3;

/// An extractor, and how it is run.
struct Engine {
    name: &'static str,
    kind: Kind,
    /// Whether its speed is compared; a mode of the same speed as another need not be.
    timed: bool,
}

/// How an extractor is run, and whose version is its own.
enum Kind {
    /// By the example of khabar-parse; the crate of the lock file.
    Rust(&'static str),
    /// By xtask/peers/extract.py; the package of xtask/peers/requirements.txt.
    Python(&'static str),
    /// By the example of khabar-parse, as the one to compare with.
    Own,
}

const ENGINES: [Engine; 7] = [
    Engine { name: "khabar", kind: Kind::Own, timed: true },
    Engine { name: "trafilatura", kind: Kind::Python("trafilatura"), timed: true },
    Engine { name: "trafilatura-fast", kind: Kind::Python("trafilatura"), timed: true },
    Engine { name: "trafilatura-precision", kind: Kind::Python("trafilatura"), timed: false },
    Engine { name: "readability-lxml", kind: Kind::Python("readability-lxml"), timed: true },
    Engine { name: "resiliparse", kind: Kind::Python("resiliparse"), timed: true },
    Engine { name: "dom_smoothie", kind: Kind::Rust("dom_smoothie"), timed: true },
];

/// The programs that run extractors.
struct Programs {
    python: PathBuf,
    example: PathBuf,
}

/// Writes the texts of every peer on every set to `SET/peers/NAME@VERSION.jsonl`.
pub(super) fn texts(work: &Path, sets: &[&str]) -> anyhow::Result<()> {
    let programs = Programs::build()?;
    for set in sets {
        let out = emptied(work.join(set).join("peers"))?;
        for engine in ENGINES.iter().filter(|engine| !matches!(engine.kind, Kind::Own)) {
            let name = format!("{}@{}.jsonl", engine.name, engine.version()?);
            programs.run(engine, &work.join(set).join("html"), &out.join(name))?;
        }
    }
    Ok(())
}

/// Times every extractor on every set, one after the other, and that several times: `SET/speed/ROUND/NAME.jsonl`.
pub(super) fn rounds(work: &Path, sets: &[&str]) -> anyhow::Result<()> {
    let programs = Programs::build()?;
    for set in sets {
        emptied(work.join(set).join("speed"))?;
    }
    for round in 1..=ROUNDS {
        for engine in ENGINES.iter().filter(|engine| engine.timed) {
            for set in sets {
                let out = work.join(set).join(format!("speed/{round}"));
                std::fs::create_dir_all(&out)?;
                let out = out.join(format!("{}.jsonl", engine.name));
                programs.run(engine, &work.join(set).join("html"), &out)?;
            }
        }
    }
    Ok(())
}

impl Engine {
    /// The version that runs.
    fn version(&self) -> anyhow::Result<String> {
        let (file, before, package) = match self.kind {
            Kind::Own => return Ok(env!("CARGO_PKG_VERSION").to_owned()),
            Kind::Python(package) => ("xtask/peers/requirements.txt", "==", package),
            Kind::Rust(package) => ("Cargo.lock", "\"\nversion = \"", package),
        };
        pinned(file, before, package)
    }
}

impl Programs {
    /// Builds the example, and the Python environment where it is not there or not as the requirements say.
    fn build() -> anyhow::Result<Self> {
        shell::run(&mut shell::cargo(&[
            "build",
            "--quiet",
            "--release",
            "--package",
            "khabar-parse",
            "--example",
            "extract",
        ]))?;
        let target = run::target()?;
        let python = python()?;
        Ok(Self { python, example: target.join("release/examples/extract") })
    }

    /// Runs an extractor over a folder of pages, its lines into a file.
    #[expect(clippy::disallowed_methods, reason = "a maintainer's tool, in the target folder")]
    fn run(&self, engine: &Engine, html: &Path, out: &Path) -> anyhow::Result<()> {
        let mut command = match engine.kind {
            Kind::Python(_) => {
                let mut command = Command::new(&self.python);
                command.arg(shell::root().join("xtask/peers/extract.py"));
                command
            }
            Kind::Own | Kind::Rust(_) => Command::new(&self.example),
        };
        shell::run(command.arg(engine.name).arg(html).stdout(File::create(out)?))
    }
}

/// The Python of the environment that the peers run in, built where it is not there or not as the requirements say.
pub(super) fn python() -> anyhow::Result<PathBuf> {
    let target = run::target()?;
    let (folder, wanted) = (target.join("peers"), shell::root().join("xtask/peers/requirements.txt"));
    let (python, kept) = (folder.join("bin/python"), folder.join("requirements.txt"));
    if !kept.exists() || read(&kept)? != read(&wanted)? {
        shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        // The pip of older Pythons cannot resolve lxml[html_clean].
        let pip =
            |args: &[&str]| shell::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(args));
        pip(&["--upgrade", "pip"])?;
        pip(&["--requirement", &wanted.display().to_string()])?;
        std::fs::copy(&wanted, &kept)?;
    }
    Ok(python)
}

/// The version of a Python package that the requirements pin.
pub(super) fn version_of(package: &str) -> anyhow::Result<String> {
    pinned("xtask/peers/requirements.txt", "==", package)
}

fn pinned(file: &str, before: &str, package: &str) -> anyhow::Result<String> {
    let text = read(&shell::root().join(file))?;
    let version = text.split_once(&format!("{package}{before}")).and_then(|(_, rest)| rest.split(['"', '\n']).next());
    version.map(str::to_owned).with_context(|| format!("{file} does not pin {package}"))
}

/// The folder, without what an earlier run left in it.
pub(super) fn emptied(folder: PathBuf) -> anyhow::Result<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[expect(clippy::disallowed_methods, reason = "a maintainer's tool reads the working tree")]
fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

//! `cargo xtask score dedup`: duplicates and passages among texts with gold edits, beside datasketch and rensa.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use super::{Args, Tools, peers, shared};
use crate::shell;

/// The sets of ../shared/bench/dedup.
const SETS: [&str; 2] = ["ar", "fa"];
const PEERS: [&str; 2] = ["rensa", "datasketch"];

/// Runs the binary over the sets, and with `--peers` the others one after the other, then the scorer.
pub(super) fn dedup(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let Some(shared) = shared("dedup")? else { return Ok(()) };
    for set in SETS {
        let folder = tools.out.join("dedup").join(set);
        std::fs::create_dir_all(&folder)?;
        let gold = folder.join("gold.jsonl");
        let archive = shared.join(format!("bench/dedup/synth_{set}_dev.jsonl.zst"));
        shell::run(Command::new("zstd").arg("-dc").arg(archive).stdout(create(&gold)?))?;
        tools.run(&format!("dedup/{set}/records"), &[&gold], &[])?;
        if args.peers {
            let out = peers::emptied(folder.join("peers"))?;
            // All of them read the file, sketch and pair on one thread; the last line says how long it took.
            let mut own =
                shell::cargo(&["run", "--quiet", "--release", "--package", "khabar-dedup", "--example", "pairs", "--"]);
            shell::run(own.arg(&gold).stdout(create(&out.join("khabar-dedup.jsonl"))?))?;
            for peer in PEERS {
                let mut command = Command::new(peers::python()?);
                command.arg(shell::root().join("xtask/peers/pairs.py")).arg(peer).arg(&gold);
                let name = format!("{peer}@{}.jsonl", peers::version_of(peer)?);
                shell::run(command.stdout(create(&out.join(name))?))?;
            }
        }
    }
    let mut command = tools.score("dedup", args);
    command.arg("--work").arg(tools.out.join("dedup"));
    if args.faults {
        command.arg("--faults");
    }
    shell::run(&mut command)
}

#[expect(clippy::disallowed_methods, reason = "a maintainer's tool, in the target folder")]
fn create(path: &Path) -> anyhow::Result<File> {
    Ok(File::create(path)?)
}

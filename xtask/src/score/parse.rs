//! `cargo xtask score parse`: public sets of pages, unpacked, extracted and scored.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::{Args, Tools, peers, shared};
use crate::shell;

/// The sets whose text is scored, in the order of the table.
const SETS: [&str; 4] = ["aeb", "trafilatura", "wcxb_dev_article", "ar_fa_dev"];

/// Unpacks, runs and scores.
pub(super) fn parse(args: &Args, tools: &Tools) -> anyhow::Result<()> {
    let Some(shared) = shared("parse")? else { return Ok(()) };
    let sets: Vec<&str> = match args.set.as_slice() {
        [] => SETS.to_vec(),
        names => names.iter().map(String::as_str).collect(),
    };
    if let Some(name) = sets.iter().find(|name| !SETS.contains(name)) {
        anyhow::bail!("there is no set {name}; there are {}", SETS.join(", "));
    }
    let work = tools.out.join("parse");
    for set in &sets {
        unpack(&shared.join(format!("bench/parse/{set}.tar.zst")), &work, set)?;
        let html = work.join(set).join("html");
        tools.run(&format!("parse/{set}/records"), &[&html], &["--until", "parse"])?;
    }
    if args.peers {
        peers::texts(&work, &sets)?;
    }
    let mut command = tools.score("parse", args);
    command.arg("--work").arg(&work).arg("--peers").arg(shell::root().join("tests/gold/peers.tsv"));
    if args.peers {
        command.arg("--measured").arg(today()?);
    }
    if let Some(worst) = args.worst {
        command.arg("--worst").arg(worst.to_string());
    }
    shell::run(with_sets(&mut command, &sets))?;
    if args.speed {
        peers::rounds(&work, &sets)?;
        let mut command = tools.score("speed", args);
        shell::run(with_sets(command.arg("--work").arg(&work), &sets))?;
    }
    Ok(())
}

fn with_sets<'c>(command: &'c mut Command, sets: &[&str]) -> &'c mut Command {
    for set in sets {
        command.arg("--set").arg(set);
    }
    command
}

/// Unpacks an archive into `work/SET`, unless it is there from the same archive.
#[expect(clippy::disallowed_methods, reason = "a maintainer's tool, in the target folder")]
pub(super) fn unpack(archive: &Path, work: &Path, set: &str) -> anyhow::Result<()> {
    let metadata = archive.metadata().with_context(|| format!("{} cannot be read", archive.display()))?;
    let stamp = format!("{} bytes, {:?}\n", metadata.len(), metadata.modified()?);
    let kept = work.join(set).join("archive.txt");
    if std::fs::read_to_string(&kept).is_ok_and(|found| found == stamp) {
        return Ok(());
    }
    if work.join(set).exists() {
        std::fs::remove_dir_all(work.join(set))?;
    }
    std::fs::create_dir_all(work)?;
    shell::run(Command::new("tar").arg("--use-compress-program=zstd").arg("-xf").arg(archive).arg("-C").arg(work))?;
    std::fs::write(kept, stamp)?;
    Ok(())
}

/// The day, as the system says it.
pub(super) fn today() -> anyhow::Result<String> {
    Ok(String::from_utf8(shell::output(Command::new("date").args(["-u", "+%Y-%m-%d"]))?)?.trim().to_owned())
}

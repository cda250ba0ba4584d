//! What other extractors reach, as a small table that is kept beside the gold.

use std::path::Path;

use serde::Serialize;

use super::set::SETS;
use crate::file;

/// The first lines of the table.
const HEAD: &str = "\
# What other extractors reach on the public sets, scored as khabar is; `cargo xtask score parse --peers` rewrites it.
set\tpeer\tversion\tf1\tprecision\trecall\tdate\tcommand
";

/// One peer on one set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Peer {
    /// Name of the set.
    pub set: String,
    /// Name of the extractor, with its mode.
    pub peer: String,
    /// Its version.
    pub version: String,
    /// F1, as the set defines it.
    pub f1: f64,
    /// Precision.
    pub precision: f64,
    /// Recall.
    pub recall: f64,
    /// Day of the measurement.
    pub date: String,
    /// What measures it again.
    pub command: String,
}

/// All peers on all sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peers {
    rows: Vec<Peer>,
}

impl Peers {
    /// Reads the table; an empty one where there is no file.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = if path.exists() { file::text(path)? } else { String::new() };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.starts_with("set\t"));
        let row = |(at, line)| peer(line).ok_or_else(|| format!("{}, line {}: {line}", path.display(), at + 1));
        Ok(Self { rows: lines.map(row).collect::<Result<_, String>>()? })
    }

    /// Puts new rows in place of all of their set.
    pub fn replace(&mut self, set: &str, rows: Vec<Peer>) {
        self.rows.retain(|row| row.set != set);
        self.rows.extend(rows);
        let place = |row: &Peer| SETS.iter().position(|set| set.name == row.set);
        self.rows.sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| one.peer.cmp(&other.peer)));
    }

    /// Puts new rows in place of those of the same set and peer.
    pub fn replace_all(&mut self, rows: Vec<Peer>) {
        self.rows.retain(|row| !rows.iter().any(|new| (&new.set, &new.peer) == (&row.set, &row.peer)));
        self.rows.extend(rows);
        self.rows.sort_by(|one, other| (&one.set, &one.peer).cmp(&(&other.set, &other.peer)));
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = &Peer> {
        self.rows.iter()
    }

    /// The peers on one set.
    pub fn of(&self, set: &str) -> impl Iterator<Item = &Peer> {
        self.rows.iter().filter(move |row| row.set == set)
    }

    /// Writes the table.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        let lines = self.rows.iter().map(|row| {
            let Peer { set, peer, version, f1, precision, recall, date, command } = row;
            format!("{set}\t{peer}\t{version}\t{f1:.4}\t{precision:.4}\t{recall:.4}\t{date}\t{command}\n")
        });
        file::replace(path, &(HEAD.to_owned() + &lines.collect::<String>()))
    }
}

fn peer(line: &str) -> Option<Peer> {
    let [set, peer, version, f1, precision, recall, date, command] =
        line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    Some(Peer {
        set: set.to_owned(),
        peer: peer.to_owned(),
        version: version.to_owned(),
        f1: f1.parse().ok()?,
        precision: precision.parse().ok()?,
        recall: recall.parse().ok()?,
        date: date.to_owned(),
        command: command.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(set: &str, peer: &str) -> Peer {
        let [set, peer] = [set, peer].map(str::to_owned);
        let (version, date, command) = ("1.0".to_owned(), "2026-11-27".to_owned(), "c d".to_owned());
        Peer { set, peer, version, f1: 0.5, precision: 0.25, recall: 0.75, date, command }
    }

    #[test]
    fn the_table_comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("peers.tsv");
        assert_eq!(Peers::read(&path).unwrap(), Peers::default());
        let mut peers = Peers::default();
        peers.replace("trafilatura", vec![row("trafilatura", "b"), row("trafilatura", "a")]);
        peers.replace("aeb", vec![row("aeb", "z")]);
        peers.replace("trafilatura", vec![row("trafilatura", "d"), row("trafilatura", "c")]);
        peers.write(&path).unwrap();
        let read = Peers::read(&path).unwrap();
        assert_eq!(read, peers);
        let names: Vec<&str> = read.rows.iter().map(|row| row.peer.as_str()).collect();
        assert_eq!(names, ["z", "c", "d"]);
        file::replace(&path, "aeb\tz\n").unwrap();
        assert!(Peers::read(&path).unwrap_err().contains("line 1"));
    }
}

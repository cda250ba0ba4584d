//! The scores of the sets as one table for a terminal, or as JSON.

use std::fmt;

use serde::Serialize;

use super::SetScore;
use crate::table::align;

/// The scores of several sets.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// In the order asked for.
    pub sets: Vec<SetScore>,
}

/// Under the table.
const LEGEND: &str = "\
F1 as the set defines it, x100; khabar's precision and recall beside it. empty: pages without any text. Peers ran on the same pages, or, \
without --peers, are as tests/gold/peers.tsv keeps them.";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut peers: Vec<&str> = Vec::new();
        for peer in self.sets.iter().flat_map(|set| &set.peers) {
            if !peers.contains(&peer.peer.as_str()) {
                peers.push(&peer.peer);
            }
        }
        let head = ["set", "pages", "empty", "precision", "recall", "khabar"].into_iter().chain(peers.iter().copied());
        let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).collect()];
        for set in &self.sets {
            let [pages, empty] = [set.pages, set.empty].map(|number| number.to_string());
            let mut row = vec![set.set.to_owned(), pages, empty];
            row.extend([set.precision, set.recall, set.f1].map(percent));
            let found = |name: &&str| set.peers.iter().find(|peer| peer.peer == **name);
            row.extend(peers.iter().map(|name| found(name).map_or("·".to_owned(), |peer| percent(peer.f1))));
            rows.push(row);
        }
        writeln!(f, "{}{LEGEND}", align(&rows))?;
        for set in self.sets.iter().filter(|set| !set.worst.is_empty()) {
            writeln!(f, "\n{}: what costs most", set.set)?;
            let mut rows = vec![["file", "loss", "extra", "missed"].map(str::to_owned)];
            rows.extend(set.worst.iter().map(|page| {
                let [loss, extra, missed] = [page.loss, page.extra, page.missed].map(|cost| format!("{cost:.2}"));
                [page.file.clone(), loss, extra, missed]
            }));
            let urls = [None].into_iter().chain(set.worst.iter().map(|page| page.url.as_deref()));
            for (line, url) in align(&rows).lines().zip(urls) {
                writeln!(f, "{line}  {}", url.unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

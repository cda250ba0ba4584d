//! Our own gold pages: what is known to be wrong with them, and nothing else.

use khabar_tests::{Khabar, Records, pages, place};

/// The list of known faults, beside the pages. A new fault fails the test, and so does one that is mended and still on
/// the list: the list only gets shorter, or a person says why.
const KNOWN: &str = "faults.txt";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads and blesses its own gold")]
fn the_faults_of_the_pages_are_the_known_ones() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let gold = place::pages();
    let khabar = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"));
    let ended = khabar.run(&[&pages::glob(&gold)], &out, &["--until", "parse"]);
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    let report = pages::score(&gold, &Records::read(&out).unwrap()).unwrap();
    let found: String = report.faults().into_iter().map(|fault| fault + "\n").collect();
    let list = gold.join(KNOWN);
    if std::env::var("KHABAR_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(&list, &found).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&list).unwrap_or_else(|error| panic!("{}: {error}", list.display()));
    let (new, mended) = (only_in(&found, &known), only_in(&known, &found));
    assert!(
        new.is_empty() && mended.is_empty(),
        "\n{report}\nnew faults:\n{}\nmended, take them off {KNOWN} (KHABAR_BLESS=1 rewrites it):\n{}",
        new.join("\n"),
        mended.join("\n")
    );
}

/// The lines of `one` that `other` has not, or less often.
fn only_in<'t>(one: &'t str, other: &str) -> Vec<&'t str> {
    let mut rest: Vec<&str> = other.lines().collect();
    let missing = |line: &&str| match rest.iter().position(|known| known == line) {
        Some(at) => {
            rest.swap_remove(at);
            false
        }
        None => true,
    };
    one.lines().filter(missing).collect()
}

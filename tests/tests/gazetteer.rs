//! `khabar gazetteer build`: from a dump to a list, and from the list to entities.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

use khabar_tests::{Ended, Khabar};
use serde_json::Value;

/// Three items: a person, a club, and a class that is left out; one line is broken.
const DUMP: &str = concat!(
    "[\n",
    r#"{"id":"Q990000001","labels":{"en":{"value":"Mahtab Rastegar"},"fa":{"value":"مهتاب رستگارپور"}},"aliases":[],"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]},"sitelinks":{"a":{},"b":{},"c":{}}},"#,
    "\n",
    r#"{"id":"Q990000002","labels":{"fa":{"value":"باشگاه تندر سیلماریا"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q476028"}}}}]},"sitelinks":{"a":{},"b":{},"c":{}}},"#,
    "\n{\"id\":\"Q99\n",
    r#"{"id":"Q990000003","labels":{"fa":{"value":"چیز دیگری"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q34442"}}}}]},"sitelinks":{"a":{},"b":{},"c":{}}}"#,
    "\n]\n"
);

const PARANAMES: &str = "wikidata_id\teng\tlabel\tlanguage\ttype\n\
    Q990000001\tMahtab Rastegar\tمهتاب رستگارپور\tfa\tPER\n\
    Q990000001\tMahtab Rastegar\tМахтаб Растегар\tru\tPER\n";

fn build(from: &[&OsStr], stdin: &[u8], out: &Path) -> Ended {
    let args = [&["gazetteer", "build", "--out"].map(OsStr::new)[..], &[out.as_os_str(), OsStr::new("--from")], from];
    Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e")).call(&args.concat(), stdin)
}

#[expect(clippy::disallowed_methods, reason = "a test reads what was written")]
fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the list")
}

#[test]
fn a_dump_becomes_a_list_that_finds_names() {
    let folder = tempfile::tempdir().unwrap();
    let (dump, list) = (folder.path().join("dump.json.gz"), folder.path().join("names.tsv"));
    let mut file = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    file.write_all(DUMP.as_bytes()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test writes its input")]
    std::fs::write(&dump, file.finish().unwrap()).unwrap();

    let ended = build(&[dump.as_os_str()], b"", &list);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("1 malformed") && ended.stderr.contains("1 unwanted"), "{}", ended.stderr);
    assert_eq!(
        text(&list),
        "id\ttype\tsubtype\tcanonical\tlang\tnames\n\
         Q990000001\tPER\t\tMahtab Rastegar\tfa\tمهتاب رستگارپور\n\
         Q990000001\tPER\t\tMahtab Rastegar\ten\tMahtab Rastegar\n\
         Q990000002\tORG\t\t\tfa\tباشگاه تندر سیلماریا\n"
    );

    let record = r#"{"text":"مهتاب رستگارپور به باشگاه تندر سیلماریا پیوست.","language":{"code":"fa","confidence":1.0,"reliable":true}}"#;
    let args = ["entity".as_ref(), "--gazetteer".as_ref(), list.as_os_str()];
    let lines = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e")).stage(&args, record.as_bytes());
    let found: Value = serde_json::from_str(&lines[0]).unwrap();
    let ids: Vec<&str> =
        found["entities"].as_array().unwrap().iter().filter_map(|entity| entity["id"].as_str()).collect();
    assert_eq!(ids, ["Q990000001", "Q990000002"]);

    // Not over a list that is there, and not out of something else.
    let again = build(&[dump.as_os_str()], b"", &list);
    assert!(again.status.code() == Some(4) && again.stderr.contains("--force"), "{}", again.stderr);
    let html = build(&[OsStr::new("-")], b"<html>", &folder.path().join("other.tsv"));
    assert!(html.status.code() == Some(3) && html.stderr.contains("line 1"), "{}", html.stderr);
    assert!(!folder.path().join("other.tsv").exists() && !folder.path().join("other.tsv.partial").exists());
}

#[test]
fn paranames_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("names.tsv");
    let ended = build(&["-", "--quiet"].map(OsStr::new), PARANAMES.as_bytes(), &list);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.stderr);
    assert_eq!(
        text(&list),
        "id\ttype\tsubtype\tcanonical\tlang\tnames\nQ990000001\tPER\t\tMahtab Rastegar\tfa\tمهتاب رستگارپور\n"
    );
}

const LIST: &str = "id\ttype\tsubtype\tcanonical\tlang\tnames\n\
    kb:rastegarpur\tPER\tperson\tMahtab Rastegarpur\tfa\tمهتاب رستگارپور\n\
    kb:bandar-lost\tLOC\tcity\tBandar-e Gomshode\tar\t=بندر قمشدة\n";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes its input and damages it")]
fn a_compiled_list_says_what_the_list_says_and_a_foreign_one_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (list, compiled) = (path("names.tsv"), path("names.bin"));
    std::fs::write(&list, LIST).unwrap();
    let khabar = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"));
    let compile = |from: &Path, out: &Path| {
        let args = ["gazetteer", "compile"].map(OsStr::new);
        khabar.call(&[&args[..], &[from.as_os_str(), OsStr::new("--out"), out.as_os_str()]].concat(), b"")
    };
    let ended = compile(&list, &compiled);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.stderr);
    assert!(compile(&list, &compiled).stderr.contains("--force"));
    let twice = compile(&compiled, &path("twice.bin"));
    assert!(twice.status.code() == Some(3) && twice.stderr.contains("compiled already"), "{}", twice.stderr);

    let records = concat!(
        r#"{"text":"مهتاب رستگارپور از تهران به کره شمالی رفت.","language":{"code":"fa","confidence":1.0,"reliable":true}}"#,
        "\n",
        r#"{"text":"وصل إلى بندر قمشدة قادمًا من روسيا.","language":{"code":"ar","confidence":1.0,"reliable":true}}"#,
    );
    let entity = |list: &Path| {
        let args = ["entity".as_ref(), "--gazetteer".as_ref(), list.as_os_str()];
        khabar.call(&args, records.as_bytes())
    };
    let (slow, fast) = (entity(&list), entity(&compiled));
    let found = String::from_utf8_lossy(&slow.stdout);
    assert!(found.contains("kb:rastegarpur") && found.contains("kb:bandar-lost"), "{found}");
    assert_eq!(slow.stdout, fast.stdout);

    // Cut short, of another version, and beside a list.
    let file = std::fs::read(&compiled).unwrap();
    let broken = path("broken.bin");
    std::fs::write(&broken, &file[..file.len() - 1]).unwrap();
    let cut = entity(&broken);
    assert!(cut.status.code() == Some(3) && cut.stderr.contains("broken.bin: the checksum differs"), "{}", cut.stderr);
    let mut other = file;
    other[5..8].copy_from_slice(b"000");
    std::fs::write(&broken, &other).unwrap();
    let other = entity(&broken);
    assert!(other.status.code() == Some(3) && other.stderr.contains("another version of khabar"), "{}", other.stderr);
    let both = ["entity", "--gazetteer"].map(OsStr::new);
    let both = [&both[..], &[compiled.as_os_str(), OsStr::new("--gazetteer"), list.as_os_str()]].concat();
    let both = khabar.call(&both, b"");
    assert!(both.status.code() == Some(3) && both.stderr.contains("stands alone"), "{}", both.stderr);
}

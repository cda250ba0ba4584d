//! `khabar hosts`: what it learns, and what `--hosts` makes of it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

use khabar_tests::{Ended, Khabar, Records};
use serde_json::{Value, json};

const LINK: &str = "رابط الخبر في صحيفة الضفة";
const FOLLOW: &str = "كل صباح مع قهوتكم";

fn khabar() -> Khabar {
    Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"))
}

fn title(nth: usize) -> String {
    format!("الجولة رقم {nth} من المفاوضات تبدأ في الربيع")
}

fn paragraph(nth: usize) -> String {
    format!("قال المتحدث باسم الوفد رقم {nth} إن الجولة المقبلة تبدأ في الربيع من العام المقبل في العاصمة الجديدة.")
}

/// Thirty scrapes of one host, eight of another, and two without a host, as JSON lines.
fn lines() -> String {
    let line = |url: Option<String>, title: String, text: String| {
        json!({"url": url, "title": title, "text": text}).to_string()
    };
    let mut lines = Vec::new();
    for nth in 0..30 {
        let more = if nth % 2 == 0 { FOLLOW } else { "" };
        let text = format!("{}\n{more}\n{}\n{LINK}", paragraph(nth), paragraph(nth + 100));
        lines.push(line(Some(format!("https://www.diffa.example/{nth}")), title(nth), text));
    }
    for nth in 0..8 {
        // A flash that is printed eight times, one line and a counter.
        let text = format!("توقف المفاوضات بين الجانبين في العاصمة الجديدة\nقراءات {nth}");
        lines.push(line(Some(format!("https://marsad.example/{nth}")), title(nth), text));
    }
    for nth in 0..2 {
        lines.push(line(None, title(nth), format!("{}\n{LINK}", paragraph(nth + 200))));
    }
    lines.join("\n")
}

/// The same articles as pages in an archive, a gzip member each.
fn archive() -> Vec<u8> {
    let mut archive = Vec::new();
    for nth in 0..30 {
        let page = format!(
            "<html><head><title>{0}</title></head><body><nav><a href='/'>الرئيسية</a></nav><article><h1>{0}</h1>\
             <p>{1}</p><p>{FOLLOW}</p><p>{2}</p><p>{LINK}</p></article></body></html>",
            title(nth),
            paragraph(nth),
            paragraph(nth + 100)
        );
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://diffa.example/{nth}\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        let mut member = flate2::write::GzEncoder::new(&mut archive, flate2::Compression::default());
        member.write_all(record.as_bytes()).expect("memory takes everything");
        member.finish().expect("memory takes everything");
    }
    archive
}

fn hosts(input: &Path, out: &Path, options: &[&str]) -> Ended {
    let mut args: Vec<&OsStr> = vec![OsStr::new("hosts"), input.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    args.extend(options.iter().map(OsStr::new));
    khabar().call(&args, b"")
}

#[expect(clippy::disallowed_methods, reason = "a file for a test")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::write(path, bytes).expect("a temporary folder takes a file");
}

#[expect(clippy::disallowed_methods, reason = "a test reads what was written")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the run wrote it")
}

fn host_lines(row: &Value) -> Vec<&str> {
    let removed = row["removed"].as_array().expect("a record has cuts").iter().filter(|cut| cut["rule"] == "host_line");
    removed
        .map(|cut| {
            assert_eq!(cut["reason"], "duplicate_line");
            cut["text"].as_str().expect("a cut has a text")
        })
        .collect()
}

#[test]
fn lines_that_repeat_on_a_host_are_learned_and_cut() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("news.jsonl"), lines());
    write(&at("news.warc.gz"), archive());
    for input in ["news.jsonl", "news.warc.gz"] {
        let files = ["1", "2", "8"].map(|workers| {
            let out = at(&format!("{input}.{workers}.json"));
            let ended = hosts(&at(input), &out, &["--workers", workers]);
            assert!(ended.status.success(), "{}", ended.stderr);
            assert!(ended.stderr.contains("repeated lines of 1 hosts"), "{}", ended.stderr);
            read(&out)
        });
        assert!(files[0] == files[1] && files[0] == files[2], "the number of workers shows");
        let learned: Value = serde_json::from_str(&files[0]).unwrap();
        let host = &learned["hosts"]["diffa.example"];
        assert_eq!((&learned["version"], &host["documents"]), (&json!(1), &json!(30)), "{learned}");
        assert_eq!(host["lines"][0], json!({"documents": 30, "line": LINK}));
        assert!(host["lines"].as_array().unwrap().iter().any(|line| line["line"] == FOLLOW), "{learned}");

        let file = at(&format!("{input}.1.json"));
        let (plain, cut) = (at(&format!("{input}.plain")), at(&format!("{input}.cut")));
        assert!(khabar().run(&[&at(input)], &plain, &["--until", "langid"]).status.success());
        let ended = khabar().run(&[&at(input)], &cut, &["--until", "langid", "--hosts", file.to_str().unwrap()]);
        assert!(ended.status.success(), "{}", ended.stderr);
        let (plain_rows, cut_rows) = (Records::read(&plain).unwrap(), Records::read(&cut).unwrap());
        assert_eq!(plain_rows.documents.len(), cut_rows.documents.len());
        for (before, after) in plain_rows.documents.iter().zip(&cut_rows.documents) {
            let (before, after): (Value, Value) =
                (serde_json::from_str(&before.line).unwrap(), serde_json::from_str(&after.line).unwrap());
            assert_eq!((&before["id"], &before["title"]), (&after["id"], &after["title"]));
            let text = after["text"].as_str().unwrap();
            let own = after["source"]["host"].as_str().is_some_and(|host| host.ends_with("diffa.example"));
            assert_eq!(
                own,
                !text.contains(LINK) && !text.contains(FOLLOW) && host_lines(&after).contains(&LINK),
                "{after}"
            );
            if !own {
                assert_eq!(before, after);
            }
            assert!(after["blocks"].as_array().unwrap().iter().any(|block| block["kind"] != "title"));
        }
        let configuration = |folder: &Path| -> Value {
            serde_json::from_str::<Value>(&read(&folder.join("manifest.json"))).unwrap()["configuration"].clone()
        };
        assert!(configuration(&plain)["hosts"].is_null());
        assert_eq!(configuration(&cut)["hosts"].as_str().map(str::len), Some(32));
    }
    // One stage alone and the view for a person cut alike.
    let file = at("news.jsonl.1.json");
    let args = [OsStr::new("parse"), OsStr::new("--hosts"), file.as_os_str(), OsStr::new("-")];
    let out = khabar().stage(&args, lines().as_bytes());
    assert_eq!(host_lines(&serde_json::from_str(&out[0]).unwrap()), [FOLLOW, LINK]);
    let input = at("news.jsonl");
    let shown =
        khabar().call(&[OsStr::new("inspect"), input.as_os_str(), OsStr::new("--hosts"), file.as_os_str()], b"");
    assert!(String::from_utf8(shown.stdout).unwrap().contains("host_line"));
}

#[test]
fn a_file_is_not_overwritten_and_a_wrong_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("news.jsonl"), lines());
    write(&at("hosts.json"), "{\"version\": 1,\n \"hosts\": {\"a.example\": {\"linse\": []}}}");
    let ended = hosts(&at("news.jsonl"), &at("hosts.json"), &[]);
    assert_eq!(ended.status.code(), Some(4), "{}", ended.stderr);
    assert!(ended.stderr.contains("--force"), "{}", ended.stderr);
    let file = at("hosts.json");
    let ended = khabar().run(&[&at("news.jsonl")], &at("out"), &["--hosts", file.to_str().unwrap()]);
    assert_eq!(ended.status.code(), Some(3), "{}", ended.stderr);
    assert!(ended.stderr.contains("hosts.json") && ended.stderr.contains("line 2 column"), "{}", ended.stderr);
    assert!(!at("out").exists(), "a run that cannot start leaves nothing behind");
    assert!(hosts(&at("news.jsonl"), &at("hosts.json"), &["--force", "--min-docs", "31"]).status.success());
    assert_eq!(read(&at("hosts.json")), "{\"version\": 1, \"hosts\": {\n}}\n");
}

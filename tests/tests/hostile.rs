//! Input that is broken, huge, deep or made to harm: the run goes on, what is good comes out, what is bad has a reason.

use std::io::Write;
use std::path::Path;

use encoding_rs::WINDOWS_1256;
use flate2::Compression;
use flate2::write::GzEncoder;
use khabar_model::RejectReason::{
    self, Bomb, Corrupt, Empty, Malformed, NoContent, NotText, TooLarge, Truncated, Unsupported,
};
use khabar_testkit::check_line;
use khabar_tests::{Khabar, Records, skeleton};

/// The most memory that a run may take, whatever it reads.
const PEAK_KIB: u64 = 1536 * 1024;

/// Headline and paragraphs of a good article; every good file of this test holds it.
const TITLE: &str = "مجلس المدينة يقرّ موازنة العام الجديد";
const PARAGRAPHS: [&str; 3] = [
    "أقرّ مجلس مدينة أورفان مساء الاثنين موازنة العام الجديد بعد نقاش دام سبع ساعات، وصوّت لمصلحتها ثلاثة وعشرون عضواً.",
    "وقالت رئيسة المجلس إن نصف الإنفاق سيذهب إلى ترميم الميناء القديم، مؤكدة أن الضرائب لن ترتفع قبل نهاية الصيف المقبل.",
    "في المقابل، رأى نواب المعارضة أن الأرقام متفائلة جداً، وطالبوا بنشر تقرير ديوان المحاسبة قبل بدء الأعمال.",
];

/// What must become of a file.
enum Fate {
    /// A record with the good article in it.
    Good,
    /// A reject with one of these reasons.
    Bad(&'static [RejectReason]),
    /// A record or a reject with one of these reasons: either is sound, silence is not.
    Either(&'static [RejectReason]),
}
use Fate::{Bad, Either, Good};

#[test]
fn hostile_input_neither_stops_the_run_nor_fills_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    std::fs::create_dir(&input).unwrap();
    let cases = files();
    for (name, bytes, _) in &cases {
        write(&input.join(name), bytes);
    }
    write(&input.join("zeros.gz"), &bomb(b"\0"));
    write(&input.join("bomb.txt.gz"), &bomb("خبر عاجل\n".as_bytes()));
    write(&input.join("lines.jsonl"), jsonl().as_bytes());
    write(&input.join("archive.warc"), &truncated_warc());

    let out = folder.path().join("out");
    let ended = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e")).run(&[&input], &out, &["--workers", "4"]);
    assert!(ended.status.success(), "{}\n{}", ended.status, ended.stderr);
    assert_eq!(ended.peak_kib.is_some(), cfg!(target_os = "linux"), "the peak is measured where it can be");
    let peak = ended.peak_kib.unwrap_or_default();
    assert!(peak < PEAK_KIB, "the run took {peak} KiB at its peak");
    println!("peak of the run: {} MiB", peak / 1024);

    let records = Records::read(&out).unwrap();
    for row in &records.documents {
        assert_eq!(check_line(&row.line, None), Vec::<String>::new(), "{}", row.record.source.uri);
    }
    for (name, _, fate) in &cases {
        check(&records, name, fate);
    }
    // Zeros are no text, which their first bytes tell; text is found out by its size only.
    check(&records, "zeros.gz", &Bad(&[NotText, Bomb, TooLarge]));
    check(&records, "bomb.txt.gz", &Bad(&[Bomb, TooLarge]));
    // Good lines between broken ones: the first and the last, and what is wrong with the others.
    for (number, fate) in
        [(1, Good), (2, Bad(&[Malformed])), (3, Good), (4, Bad(&[Malformed, Empty, NoContent])), (5, Good)]
    {
        check(&records, &format!("lines.jsonl#{number}"), &fate);
    }
    check(&records, "archive.warc#1", &Good);
    let cut = records.rejects.iter().filter(|row| row.uri.contains("archive.warc")).map(|row| row.reject.reason);
    assert_eq!(cut.collect::<Vec<_>>(), [Truncated]);

    let count = |name: &str| records.manifest["counts"][name].as_u64().unwrap();
    assert_eq!(count("read"), count("exported") + count("rejected") + count("skipped"));
    assert_eq!(count("read"), cases.len() as u64 + 2 + 5 + 2);
}

fn check(records: &Records, name: &str, fate: &Fate) {
    // A file that is found to hold many records has a number behind its name.
    let numbered = format!("{name}#1");
    let row = records.document(name).or_else(|| records.document(&numbered));
    let reject = records.reject(name).or_else(|| records.reject(&numbered)).map(|row| &row.reject);
    match (fate, row, reject) {
        (Good, Some(row), None) => {
            let text = skeleton(&row.record.text);
            for part in PARAGRAPHS.iter().chain([&TITLE]) {
                assert!(text.contains(&skeleton(part)), "{name} has lost {part:?}: {:.300}", row.record.text);
            }
        }
        (Bad(reasons) | Either(reasons), None, Some(reject)) => {
            assert!(reasons.contains(&reject.reason), "{name} was rejected otherwise: {reject}");
        }
        (Either(_), Some(_), None) => {}
        _ => panic!("{name}: a record: {}, a reject: {reject:?}", row.is_some()),
    }
}

fn files() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let good = text();
    let gzip = gzipped(good.as_bytes());
    let mut corrupt = gzip.clone();
    let middle = corrupt.len() / 2;
    corrupt[middle..middle + 8].iter_mut().for_each(|byte| *byte ^= 0xFF);
    let windows_1256 = WINDOWS_1256.encode(&html(PARAGRAPHS)).0.into_owned();
    vec![
        ("plain.txt", good.clone().into_bytes(), Good),
        ("gzipped.txt.gz", gzip.clone(), Good),
        ("name with spaces.txt", good.clone().into_bytes(), Good),
        ("ملف عربي.txt", good.clone().into_bytes(), Good),
        ("utf16le.txt", good.encode_utf16().flat_map(u16::to_le_bytes).collect(), Good),
        ("utf16be.txt", good.encode_utf16().flat_map(u16::to_be_bytes).collect(), Good),
        ("windows-1256.html", windows_1256, Good),
        ("unclosed.html", unclosed().into_bytes(), Good),
        ("deep.html", deep_html().into_bytes(), Good),
        ("long-line.txt", format!("{TITLE}\n\n{}\n", repeated(5 << 20)).into_bytes(), Good),
        (
            "short-lines.txt",
            (0..100_000).map(|n| format!("سطر {n}\n")).collect::<String>().into_bytes(),
            Either(&[NoContent]),
        ),
        ("nuls-between.txt", good.replace('،', "،\0\0").into_bytes(), Good),
        ("broken-utf8.txt", [good.as_bytes(), b"\xD8\n\xFF\xFE\n"].concat(), Good),
        ("empty.txt", Vec::new(), Bad(&[Empty])),
        ("blank.txt", b" \n\t\r\n\n".to_vec(), Bad(&[Empty, NoContent])),
        ("nuls.txt", vec![0; 1 << 20], Bad(&[Empty, NotText, NoContent])),
        ("random.bin", random(1 << 20), Bad(&[NotText, Unsupported])),
        ("corrupt.txt.gz", corrupt, Bad(&[Corrupt])),
        ("cut.txt.gz", gzip[..gzip.len() / 2].to_vec(), Bad(&[Truncated, Corrupt])),
        ("deep.json", deep_json(), Bad(&[Malformed, NotText, NoContent, Unsupported])),
        ("no-letters.html", b"<html><body><p>*** --- ***</p></body></html>".to_vec(), Either(&[NoContent])),
    ]
}

fn text() -> String {
    format!("{TITLE}\n\n{}\n", PARAGRAPHS.join("\n\n"))
}

fn html(paragraphs: [&str; 3]) -> String {
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html>\n<head><title>{TITLE}</title></head>\n<body><article><h1>{TITLE}</h1>\n{body}</article></body></html>\n"
    )
}

/// The good article with no end tag at all, quotes left open in its last tag.
fn unclosed() -> String {
    let body: String = PARAGRAPHS.iter().map(|text| format!("<p><b><span class=x>{text}")).collect();
    format!("<html><head><title>{TITLE}</title><body><div><article><h1>{TITLE}<div>{body}<ul><li><a href=\"/x")
}

/// The good article at the bottom of 300,000 elements.
fn deep_html() -> String {
    format!("<html><head><title>{TITLE}</title></head><body>{}{}", "<div>".repeat(300_000), html(PARAGRAPHS))
}

/// 100,000 arrays in one another: a parser that recurses without a limit overflows its stack.
fn deep_json() -> Vec<u8> {
    [b"{\"text\": ".to_vec(), b"[".repeat(100_000), b"]".repeat(100_000), b"}\n".to_vec()].concat()
}

/// The good article's paragraphs over and over, on one line.
fn repeated(bytes: usize) -> String {
    let once = PARAGRAPHS.join(" ");
    format!("{once} ").repeat(bytes / once.len() + 1)
}

fn jsonl() -> String {
    let good = serde_json::json!({"title": TITLE, "text": PARAGRAPHS.join("\n")}).to_string();
    let page = serde_json::json!({"html": html(PARAGRAPHS)}).to_string();
    format!("{good}\n{{\"text\": \"broken\n{page}\n{{\"title\": \"no text\"}}\n{good}\n")
}

/// Two pages, the second one cut off in the middle of its body.
fn truncated_warc() -> Vec<u8> {
    let record = |number: u32| {
        let page = html(PARAGRAPHS);
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n\
             WARC-Date: 2024-10-14T09:00:00Z\r\nWARC-Target-URI: https://orvane.example/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    };
    let (first, second) = (record(1), record(2));
    [first.as_bytes(), &second.as_bytes()[..second.len() / 2]].concat()
}

/// 500 MiB of these bytes over and over, as half a megabyte.
fn bomb(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let chunk = bytes.repeat((1 << 20) / bytes.len());
    for _ in 0..500 {
        encoder.write_all(&chunk).expect("a vector takes every byte");
    }
    encoder.finish().expect("a vector takes every byte")
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("a vector takes every byte");
    encoder.finish().expect("a vector takes every byte")
}

/// Bytes without meaning, the same in every run (xorshift64*, Vigna 2016).
fn random(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

#[expect(clippy::disallowed_methods, reason = "a test writes its own input")]
fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("a temporary folder takes files");
}

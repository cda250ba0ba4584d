//! Whole inputs, built in memory or in a folder: what is found in them, and that it adds up.

use std::io::{Cursor, Write};
use std::path::Path;

use proptest::prelude::*;

use khabar_model::Given;

use super::*;

mod feed;
mod parquet_files;

/// Everything found in one file of these bytes, as the run sees it.
fn found(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Found> {
    read(name, bytes.into(), &ReadSettings::default()).0
}

fn read(name: &str, bytes: Vec<u8>, settings: &ReadSettings) -> (Vec<Found>, InputFile) {
    let (place, progress) = (Place::new(format!("news/{name}"), name), Arc::default());
    let mut opened = Opened::over(Ok(Box::new(Cursor::new(bytes))), None, place, settings, &progress);
    let mut identities = Identities::default();
    let mut all = Vec::new();
    while let Some(found) = opened.next(settings, &mut identities) {
        all.push(found);
        assert!(all.len() < 1_000_000, "no end");
    }
    assert!(opened.next(settings, &mut identities).is_none(), "the end is the end");
    (all, opened.close())
}

/// One word or two for each thing found, for comparing at a glance.
fn outline(all: &[Found]) -> Vec<String> {
    let line = |found: &Found| match found {
        Found::Document(document) => format!("{} {}", document.source.uri, text(document)),
        Found::Reject(row) => format!("{} !{}", row.uri, row.reject.reason),
        Found::Skip(row) => format!("{} -{}", row.uri, row.reason),
    };
    all.iter().map(line).collect()
}

fn text(document: &RawDoc) -> String {
    String::from_utf8_lossy(&document.payload).into_owned()
}

fn documents(all: &[Found]) -> Vec<&RawDoc> {
    let mut documents = Vec::new();
    for found in all {
        if let Found::Document(document) = found {
            documents.push(&**document);
        }
    }
    documents
}

fn rejects(all: &[Found]) -> Vec<(RejectReason, Option<u64>, &str)> {
    let mut rejects = Vec::new();
    for found in all {
        if let Found::Reject(RejectRow { offset, reject, .. }) = found {
            rejects.push((reject.reason, *offset, reject.detail.as_str()));
        }
    }
    rejects
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A WARC record with the fields that every one has.
fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let length = block.len();
    let mut record = format!(
        "WARC/1.1\r\nwarc-type: {kind}\r\nWARC-Date: 2024-10-14T08:00:00Z\r\n{fields}CONTENT-LENGTH: {length}\r\n\r\n"
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A response record; `head` are the lines of the HTTP head.
fn response(head: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("{}\r\n\r\n", head.replace('\n', "\r\n")).into_bytes();
    block.extend_from_slice(body);
    let fields = "WARC-Target-URI: https://WWW.Akhbar.example:8443/a\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
                  Content-Type: application/http;\r\n msgtype=response\r\n";
    record("response", fields, &block)
}

fn page(body: &[u8]) -> Vec<u8> {
    response("HTTP/1.1 200 OK\nContent-Type: text/html; charset=windows-1256", body)
}

#[test]
fn a_file_is_a_document() {
    let utf16: Vec<u8> = "\u{feff}خبر عاجل".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cp1256 = b"\xde\xc7\xe1 \xc7\xe1\xd1\xc6\xed\xd3";
    for bytes in [&utf16, &cp1256.to_vec(), &gzip(&gzip("قال الرئيس".as_bytes()))] {
        let all = found("001.txt", bytes.clone());
        let document = documents(&all)[0];
        assert_eq!((all.len(), document.media), (1, Media::Text));
        assert_eq!((document.source.uri.as_str(), document.source.record), ("news/001.txt", None));
        assert_eq!(document.source.length, Some(document.payload.len() as u64));
    }
    assert_eq!(documents(&found("001.txt", utf16.clone()))[0].payload, utf16);
    assert_eq!(outline(&found("a", " \n")), ["news/a !empty"]);
    assert_eq!(outline(&found("a", "")), ["news/a !empty"]);
    assert_eq!(outline(&found("a.gz", gzip(b""))), ["news/a.gz !empty"]);
    assert_eq!(rejects(&found("a.pdf.gz", gzip(b"%PDF-1.4")))[0], (RejectReason::Unsupported, None, "PDF document"));
    assert_eq!(outline(&found("a", gzip(&gzip(&gzip(b"news"))))), ["news/a !unsupported"]);
    assert!(rejects(&found("a.json", "{\n\"text\": \"خبر\"\n}"))[0].2.contains("jq -c"));
}

#[test]
fn a_document_over_the_limit_is_refused() {
    let settings = ReadSettings { max_document: 10, ..ReadSettings::default() };
    assert_eq!(outline(&read("a", b"0123456789".to_vec(), &settings).0), ["news/a 0123456789"]);
    assert_eq!(outline(&read("a", b"0123456789a".to_vec(), &settings).0), ["news/a !too_large"]);
    let lines = b"{\"text\":1}\n{\"text\":\"0123456789\"}\n{}\n".to_vec();
    assert_eq!(
        outline(&read("a.jsonl", lines, &settings).0),
        ["news/a.jsonl#1 !malformed", "news/a.jsonl#2 !too_large", "news/a.jsonl#3 !malformed"]
    );
    let archive = [page(b"<html>too long"), page(b"<p>ok"), record("request", "", b"GET / HTTP/1.1\r\n")].concat();
    assert_eq!(
        outline(&read("a", archive, &settings).0),
        ["news/a#1 !too_large", "news/a#2 <p>ok", "news/a#3 -warc_request"]
    );
}

#[test]
fn a_bomb_is_stopped_early() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let line = format!("{{\"text\":\"{}\"}}\n", "خ".repeat(50_000));
    let zeros = vec![0; 1 << 20];
    for _ in 0..100 {
        encoder.write_all(&zeros).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let size = bomb.len() as u64;
    let (all, file) = read("zeros.gz", bomb.clone(), &ReadSettings::default());
    assert_eq!(outline(&all), ["news/zeros.gz !bomb"]);
    let numbers: Vec<u64> = rejects(&all)[0].2.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert!(numbers[0] < 2 << 20 && numbers[1] * 200 < numbers[0], "{numbers:?}");
    assert!(file.bytes < size || size <= 128 * 1024);
    // Within another compression, as lines, and as the body of a record.
    assert_eq!(outline(&found("zeros.gz.gz", gzip(&bomb))), ["news/zeros.gz.gz !bomb"]);
    let lines = found("a.jsonl.zst", zstd::encode_all(line.repeat(1000).as_bytes(), 3).unwrap());
    assert!((5..100).contains(&lines.len()), "{}", lines.len());
    assert_eq!(rejects(&lines).len(), 1);
    let head = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip";
    assert_eq!(
        outline(&found("a", [response(head, &bomb), page(b"<p>x")].concat())),
        ["news/a#1 !bomb", "news/a#2 <p>x"]
    );
}

#[test]
fn damaged_compression_keeps_what_came_before() {
    // Lines that do not compress to nothing, so that half of the file is half of them.
    let line =
        |n: u64| format!("{{\"text\":\"خبر {:032x}\"}}\n", u128::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C));
    let lines: String = (0..5000).map(line).collect();
    for (packed, cut) in
        [(gzip(lines.as_bytes()), RejectReason::Truncated), (gzip(lines.as_bytes()), RejectReason::Corrupt)]
    {
        let half = packed.len() / 2;
        let damaged = match cut {
            RejectReason::Truncated => packed[..half].to_vec(),
            _ => [&packed[..half], &[0xff; 64], &packed[half + 64..]].concat(),
        };
        let all = found("a.jsonl.gz", damaged);
        assert!(documents(&all).len() > 1000);
        // Damage within deflate may first expand to nonsense: broken lines, until the format or its checksum notices.
        let sound = documents(&all).iter().take(1000).map(|document| text(document)).collect::<Vec<_>>();
        assert!(sound.iter().zip(lines.lines()).all(|(text, line)| line.contains(text.as_str())));
        assert!(cut == RejectReason::Corrupt || rejects(&all).len() == 1);
        assert!(matches!(all.last(), Some(Found::Reject(row)) if row.reject.reason == cut));
    }
    let mut archive = gzip(&page(b"<p>whole"));
    archive.extend(&gzip(&page(b"<p>not whole"))[..60]);
    assert_eq!(outline(&found("a.warc.gz", archive)), ["news/a.warc.gz#1 <p>whole", "news/a.warc.gz#2 !truncated"]);
}

#[test]
fn warc_records_become_documents_and_skips() {
    let json = "HTTP/1.1 200 OK\nContent-Type: application/json";
    let archive = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        record("request", "Content-Type: application/http\r\n", b"GET / HTTP/1.1\r\n\r\n"),
        page(b"<html><p>\xce\xc8\xd1"),
        response("HTTP/1.1 404 Not Found\nContent-Type: text/html", b"<html>"),
        response(json, b"{}"),
        response("HTTP/1.1 200 OK\nContent-Type: text/html", b"\x89PNG\r\n\x1a\n\0\0"),
        record("metadata", "", b"x: y"),
        record("revisit", "", b""),
        record("resource", "Content-Type: text/html\r\nWARC-Target-URI: <file:///a>\r\n", b"<html><p>res"),
        record("conversion", "Content-Type: text/plain\r\nWARC-Target-URI: http://b.example/\r\n", "متن".as_bytes()),
        record("x-new", "", b""),
        record("continuation", "WARC-Segment-Number: 2\r\n", b"<p>rest"),
        record(
            "response",
            "Content-Type: text/dns\r\nWARC-Target-URI: dns:a.example\r\n",
            b"a.example. 1 IN A 192.0.2.1",
        ),
        response("HTTP/1.1 301 Moved Permanently\nLocation: /b\nContent-Type: text/html", b"<p>moved"),
        response("HTTP/1.1 200 OK\nContent-Type: application/rss+xml", b"<rss><channel/></rss>"),
        response("HTTP/1.1 200 OK\nContent-Type: text/xml", b"<?xml version='1.0'?><rss><channel/></rss>"),
        response("HTTP/1.1 200 OK\nContent-Type: text/html", b"PAR1\x15\x04"),
        response("HTTP/1.1 200 OK\nContent-Type: text/html", b""),
        response("HTTP/1.1 200 OK", b"<!doctype html><p>untyped"),
    ];
    let expected = [
        "a#1 -warc_warcinfo",
        "a#2 -warc_request",
        "a#3 <html><p>\u{fffd}\u{fffd}\u{fffd}",
        "a#4 -http_error (404)",
        "a#5 -not_html (application/json)",
        "a#6 -not_html (PNG image)",
        "a#7 -warc_metadata",
        "a#8 -warc_revisit",
        "a#9 <html><p>res",
        "a#10 متن",
        "a#11 -warc_other",
        "a#12 -warc_continuation",
        "a#13 -not_html (text/dns)",
        "a#14 -http_error (301)",
        "a#15 -not_html (application/rss+xml)",
        "a#16 -not_html (feed)",
        "a#17 -not_html (Parquet file)",
        "a#18 !empty",
        "a#19 <!doctype html><p>untyped",
    ]
    .map(|line| format!("news/{line}"));
    assert_eq!(outline(&found("a", archive.concat())), expected);
    // The same with a gzip member for each record.
    assert_eq!(outline(&found("a", archive.iter().flat_map(|record| gzip(record)).collect::<Vec<u8>>())), expected);

    let all = found("a", archive.concat());
    let [html, resource, wet, _] = documents(&all)[..] else { panic!("four documents") };
    let source = &html.source;
    assert_eq!((html.media, html.given.charset.as_deref()), (Media::Html, Some("windows-1256")));
    assert_eq!(source.url.as_deref(), Some("https://WWW.Akhbar.example:8443/a"));
    assert_eq!(source.host.as_deref(), Some("www.akhbar.example"));
    assert_eq!(source.fetched_at.as_deref(), Some("2024-10-14T08:00:00Z"));
    assert_eq!(source.record_id.as_deref(), Some("<urn:uuid:1>"));
    assert_eq!((source.record, source.offset), (Some(3), Some((archive[0].len() + archive[1].len()) as u64)));
    assert_eq!((resource.source.url.as_deref(), wet.media), (Some("file:///a"), Media::Text));
}

#[test]
fn broken_records_are_refused_and_the_next_ones_read() {
    let good = page(b"<p>good");
    let head_without_length = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>\r\n\r\n".to_vec();
    let all = found("a", [good.clone(), head_without_length, good.clone()].concat());
    assert_eq!(outline(&all), ["news/a#1 <p>good", "news/a#2 !malformed", "news/a#3 <p>good"]);
    assert_eq!(rejects(&all)[0].1, Some(good.len() as u64));
    // A length that is too short leaves a rest that is no record; it is found again behind far more than a buffer.
    let short = String::from_utf8(good.clone()).unwrap().replace("LENGTH: ", "LENGTH: 1").into_bytes();
    let long = vec![b'x'; 300_000];
    let all = found("a", [good.clone(), long, b"\r\n\r\n".to_vec(), good.clone()].concat());
    assert_eq!(outline(&all), ["news/a#1 <p>good", "news/a#2 !malformed", "news/a#3 <p>good"]);
    let all = found("a", [good.clone(), short].concat());
    assert_eq!(outline(&all), ["news/a#1 <p>good", "news/a#2 !truncated"]);
    assert_eq!(rejects(&all)[0].1, Some(good.len() as u64));
    for cut in [8, 60, good.len() - 6] {
        assert_eq!(outline(&found("a", &good[..cut])), ["news/a#1 !truncated"], "{cut}");
    }
    for (wrong, refused) in [("WARC/2.0", "malformed"), ("WARC/1.1\r\nno field", "malformed")] {
        let wrong = String::from_utf8(good.clone()).unwrap().replace("WARC/1.1", wrong).into_bytes();
        assert_eq!(
            outline(&found("a", [wrong, good.clone()].concat())),
            [format!("news/a#1 !{refused}"), "news/a#2 <p>good".to_owned()]
        );
    }
    assert_eq!(
        outline(&found("a.warc", [b"oops\r\n\r\n".to_vec(), good].concat())),
        ["news/a.warc#1 !malformed", "news/a.warc#2 <p>good"]
    );
}

#[test]
fn bodies_are_decoded_as_the_archive_stored_them() {
    let html = "<html><p>پیام ".repeat(20);
    let whole = html.as_bytes();
    let chunks =
        [format!("{:x};ext=1\r\n", whole.len() - 3).as_bytes(), &whole[..whole.len() - 3], b"\r\n3\r\n"].concat();
    let chunked = [&chunks[..], &whole[whole.len() - 3..], b"\r\n0\r\n\r\n"].concat();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(whole).unwrap();
    let zlib = zlib.finish().unwrap();
    let raw = zlib[2..zlib.len() - 4].to_vec();
    let zst = zstd::encode_all(whole, 3).unwrap();
    for (fields, body) in [
        ("Transfer-Encoding: chunked", chunked.clone()),
        ("Transfer-Encoding: chunked", whole.to_vec()),
        ("Transfer-Encoding: chunked", chunked[..chunked.len() - 5].to_vec()),
        ("Content-Encoding: gzip", gzip(whole)),
        ("Content-Encoding: gzip", whole.to_vec()),
        ("Content-Encoding: deflate", zlib),
        ("Content-Encoding: deflate", raw),
        ("Content-Encoding: br", whole.to_vec()),
        ("Content-Encoding: zstd", zst),
        ("Content-Encoding: gzip, identity", gzip(whole)),
    ] {
        let record = response(&format!("HTTP/1.1 200 OK\nContent-Type: text/html\n{fields}"), &body);
        assert_eq!(outline(&found("a", record)), [format!("news/a#1 {html}")], "{fields}");
    }
    for (fields, body, refused) in [
        ("Content-Encoding: br", &b"\x8b\x07\x80\0\x01\x02\x03\x04\x05\x06"[..], "unsupported"),
        ("Content-Encoding: gzip", &gzip(whole)[..30], "truncated"),
        ("Transfer-Encoding: chunked", b"3\r\nabc\r\nzz\r\n", "malformed"),
    ] {
        let record = response(&format!("HTTP/1.1 200 OK\nContent-Type: text/html\n{fields}"), body);
        assert_eq!(outline(&found("a", record)), [format!("news/a#1 !{refused}")], "{fields}");
    }
}

#[test]
fn json_lines_give_their_fields() {
    let lines = "\u{feff}{\"id\": 7, \"url\": \"https://Khabar.example/۱\", \"title\": \"عنوان\", \"date\": 1403, \
                 \"author\": [\"الف\", {\"name\": \"ب\"}], \"language\": \"fa\", \"z\": [1], \"text\": [\"یک\", \"دو\"]}\n\
                 \r\n\
                 {\"html\": \"<p>سه\", \"text\": \"نه\"}\n\
                 {\"body\": \"…\", \"kicker\": 1}\n\
                 {\"text\": \"چهار\"";
    let all = found("a.jsonl", lines);
    assert_eq!(
        outline(&all),
        ["news/a.jsonl#1 یک\nدو", "news/a.jsonl#3 <p>سه", "news/a.jsonl#4 !malformed", "news/a.jsonl#5 !malformed"]
    );
    let first = documents(&all)[0];
    let given = Given {
        title: Some("عنوان".into()),
        date: Some("1403".into()),
        author: Some("الف, ب".into()),
        language: Some("fa".into()),
        charset: Some("utf-8".into()),
    };
    assert_eq!(first.given, given);
    assert_eq!((first.source.record_id.as_deref(), first.source.host.as_deref()), (Some("7"), Some("khabar.example")));
    assert_eq!(serde_json::to_string(&first.source.extra).unwrap(), "{\"z\":[1]}");
    assert_eq!((documents(&all)[1].media, documents(&all)[1].source.record), (Media::Html, Some(3)));
    let [(_, _, fields), (_, at, broken)] = rejects(&all)[..] else { panic!("two rejects") };
    assert!(fields.contains("body, kicker") && fields.contains("--field"), "{fields}");
    assert!(broken.starts_with("line 5, column 16, byte "), "{broken}");
    assert!(at == lines.rfind("{\"text\"").map(|at| at as u64));
}

#[test]
fn renamed_fields_and_our_own_records_are_read() {
    let settings = ReadSettings { fields: "text=paragraphs".parse().unwrap(), ..ReadSettings::default() };
    let line = "{\"paragraphs\": [\"یک\"], \"text\": \"چکیده\"}\n{\"text\": \"تنها\"}";
    let (all, _) = read("a", line.into(), &settings);
    assert_eq!(outline(&all), ["news/a#1 یک", "news/a#2 !malformed"]);
    assert_eq!(documents(&all)[0].source.extra["text"], "چکیده");

    // Of two bodies HTML says more, unless the text was asked for.
    let line = "{\"html\": \"<p>یک\", \"text\": \"دو\"}\n{\"html\": \"<p>سه\", \"text\": null}";
    assert_eq!(outline(&found("a", line)), ["news/a#1 <p>یک", "news/a#2 <p>سه"]);
    let settings = ReadSettings { fields: "text=text".parse().unwrap(), ..ReadSettings::default() };
    assert_eq!(outline(&read("a", line.into(), &settings).0), ["news/a#1 دو", "news/a#2 <p>سه"]);

    let record = r#"{"schema": 1, "id": "abc", "source": {"uri": "old#3", "record": 3, "url": "https://b.example/x",
        "extra": {"k": 1}}, "title": "عنوان", "authors": ["الف"], "published": {"value": "2024-10-14"},
        "language": {"code": "fa"}, "text": "عنوان\nمتن", "entities": []}"#;
    let all = found("b", record.replace('\n', ""));
    let own = documents(&all)[0];
    assert_eq!((text(own).as_str(), own.source.uri.as_str(), own.source.record), ("عنوان\nمتن", "news/b#1", Some(1)));
    assert_eq!((own.given.title.as_deref(), own.given.date.as_deref()), (Some("عنوان"), Some("2024-10-14")));
    assert_eq!((own.source.host.as_deref(), own.source.record_id.as_deref()), (Some("b.example"), Some("abc")));
    assert_eq!((own.given.language.as_deref(), own.source.extra.len()), (Some("fa"), 1));
}

#[expect(clippy::disallowed_methods, reason = "a file for a test")]
fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn plan(paths: &[String]) -> anyhow::Result<Input> {
    Input::plan(paths, ReadSettings::default())
}

#[test]
fn folders_are_read_in_byte_order_and_ids_do_not_hang_on_where_they_lie() {
    let ids = |root: &Path| {
        for (path, bytes) in [
            ("b/1.txt", "یک"),
            ("b-c/2.txt", "دو"),
            ("a.jsonl", "{\"text\":\"سه\"}\n{\"text\":\"سه\"}"),
            (".hidden/3.txt", "x"),
        ] {
            write(&root.join(path), bytes.as_bytes());
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/loop")).unwrap();
        let given = format!("{}/", root.display());
        let mut input = plan(std::slice::from_ref(&given)).unwrap();
        assert_eq!((input.files(), input.total_bytes()), (3, Some(4 + 4 + 2 * 15 + 1)));
        let all: Vec<Found> = input.by_ref().collect();
        let uris = documents(&all).iter().map(|document| document.source.uri.clone()).collect::<Vec<_>>();
        assert_eq!(uris, ["a.jsonl#1", "a.jsonl#2", "b-c/2.txt", "b/1.txt"].map(|below| format!("{given}{below}")));
        assert_eq!(input.bytes_read(), input.total_bytes().unwrap());
        let files = input.finish();
        assert_eq!(files.iter().map(|file| file.records).collect::<Vec<_>>(), [2, 1, 1]);
        assert!(files.iter().all(|file| file.complete && file.digest.len() == 32));
        documents(&all).iter().map(|document| document.id.clone()).collect::<Vec<_>>()
    };
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(ids(one.path()), ids(&other.path().join("deeper/still")));
}

#[test]
fn what_comes_twice_gets_an_ordinal() {
    let line = "{\"url\":\"https://a.example/1\",\"text\":\"خبر\"}\n";
    let all = found("a.jsonl", line.repeat(3));
    let ids: Vec<&str> = documents(&all).iter().map(|document| document.id.as_str()).collect();
    assert_eq!((ids[0].len(), ids[1], ids[2]), (32, &*format!("{}-2", ids[0]), &*format!("{}-3", ids[0])));
}

#[test]
fn globs_match_and_say_when_they_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().display().to_string();
    for path in ["fa/1.txt", "fa/2.html", "ar/3.txt", "ar/deep/4.txt", "[5].txt"] {
        write(&folder.path().join(path), "خبر".as_bytes());
    }
    let uris = |pattern: &str| {
        let all: Vec<Found> = plan(&[format!("{root}/{pattern}")]).unwrap().collect();
        let below = |found: &Found| outline(std::slice::from_ref(found))[0].replace(&format!("{root}/"), "");
        all.iter().map(below).collect::<Vec<_>>()
    };
    assert_eq!(uris("*/*.txt"), ["ar/3.txt خبر", "fa/1.txt خبر"]);
    assert_eq!(uris("a*"), ["ar/3.txt خبر", "ar/deep/4.txt خبر"]);
    assert_eq!(uris("**/*.{html,md}"), ["fa/2.html خبر"]);
    assert_eq!(uris("[5].txt"), ["[5].txt خبر"]);
    let error = |path: &str| plan(&[format!("{root}/{path}")]).err().unwrap().to_string();
    assert!(error("*.pdf").contains("no file matches") && error("nowhere").contains("check the path"));
    assert!(plan(&[]).is_err());
}

#[test]
fn a_file_that_is_gone_is_refused_and_the_next_one_read() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["1.txt", "2.txt"] {
        write(&folder.path().join(name), "خبر".as_bytes());
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("0.txt")).unwrap();
    let root = folder.path().display().to_string();
    let mut input = plan(std::slice::from_ref(&root)).unwrap();
    std::fs::remove_file(folder.path().join("1.txt")).unwrap();
    let all: Vec<Found> = input.by_ref().collect();
    assert_eq!(outline(&all), ["0.txt !io", "1.txt !io", "2.txt خبر"].map(|line| format!("{root}/{line}")));
    assert_eq!(input.finish().iter().map(|file| file.records).sum::<u64>(), 3);
}

/// Pieces from which broken archives, lines and compressions can grow.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        Just(page("<html><p>خبر".as_bytes())),
        Just(record("conversion", "Content-Type: text/plain\r\n", b"x")),
        Just(gzip(&page(b"<p>x"))),
        Just(gzip(b"{\"text\":\"x\"}\n")),
        Just(zstd::encode_all(&b"{\"text\":\"x\"}\n"[..], 3).unwrap()),
        Just(b"{\"text\":\"x\"}\n".to_vec()),
        Just(b"{\"schema\":1,\"source\":7}\n".to_vec()),
        Just(b"WARC/1.0\r\n".to_vec()),
        Just(b"\r\n\r\nWARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n".to_vec()),
        Just(b"Content-Length: 10\r\n\r\n".to_vec()),
        Just("خبر\n".as_bytes().to_vec()),
    ];
    (proptest::collection::vec(pieces, 0..12), any::<u16>()).prop_map(|(pieces, cut)| {
        let bytes = pieces.concat();
        bytes[..bytes.len() - usize::from(cut) % (bytes.len() + 1) / 8].to_vec()
    })
}

proptest! {
    #[test]
    fn any_bytes_give_something_and_it_adds_up(
        bytes in hostile(),
        name in prop_oneof![Just("a"), Just("a.warc"), Just("a.jsonl"), Just("a.html")],
    ) {
        let settings = ReadSettings { max_document: 4096, ..ReadSettings::default() };
        let (all, file) = read(name, bytes.clone(), &settings);
        prop_assert!(!all.is_empty());
        prop_assert_eq!(all.len() as u64, file.records);
        prop_assert!(file.bytes <= bytes.len() as u64);
        prop_assert_eq!(&all, &read(name, bytes, &settings).0);
        let mut ids: Vec<&str> = documents(&all).iter().map(|document| document.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        for document in documents(&all) {
            prop_assert!(document.payload.len() <= 4096);
        }
    }
}

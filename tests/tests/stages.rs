//! Each stage alone, as an engine that pipes lines runs it.

use std::ffi::OsStr;

use khabar_tests::{Khabar, Records, place};
use serde_json::{Value, json};

/// Spelled as no house would: Arabic kaf and yeh in Persian, tatweel, a joiner, a space at the end.
const TEXT: &str = "ولاديمير پوتين به پيونگ\u{200c}يانگ رفت\nرئيس جمهور روســيه با رهبر كره شمالي ديدار كرد. ";

fn khabar() -> Khabar {
    Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e"))
}

fn stage(name: &str, lines: &[String]) -> Vec<Value> {
    let stdin = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let out = khabar().stage(&[OsStr::new(name), OsStr::new("-")], stdin.as_bytes());
    out.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// Good lines, and between them everything that a line can have wrong with it.
fn lines() -> Vec<String> {
    vec![
        json!({"id": "a", "text": TEXT}).to_string(),
        "{\"id\": \"b\", \"text\": \"broken".to_owned(),
        json!({"id": "c", "mood": "good"}).to_string(),
        json!({"text": TEXT, "language": {"code": "fa"}}).to_string(),
        "null".to_owned(),
        json!({"id": "f", "text": TEXT, "blocks": [{"kind": "title", "start": 5, "end": 9999}]}).to_string(),
        json!({"id": "g", "text": TEXT, "title": "ولاديمير"}).to_string(),
    ]
}

#[test]
fn one_line_out_for_one_line_in() {
    for name in ["langid", "entity", "dedup"] {
        let out = stage(name, &lines());
        assert_eq!(out.len(), 7, "{name}");
        for good in [0, 3, 6] {
            assert_eq!(out[good]["text"], TEXT, "{name} changed a text");
            assert!(out[good].get("reject").is_none(), "{name}: {}", out[good]);
        }
        for bad in [1, 2, 4, 5] {
            let reject = &out[bad]["reject"];
            assert!(out[bad].get("id").is_some() && out[bad].get("text").is_none(), "{name}: {}", out[bad]);
            for field in ["stage", "reason", "detail"] {
                assert!(reject[field].as_str().is_some_and(|text| !text.is_empty()), "{name}: {}", out[bad]);
            }
        }
        let ids = [0, 2, 5, 6].map(|at| out[at]["id"].as_str());
        assert_eq!(ids, [Some("a"), Some("c"), Some("f"), Some("g")], "{name} lost an id");
    }
}

#[test]
fn a_stage_fills_what_its_name_says() {
    let line = [json!({"id": "a", "text": TEXT, "publisher": "سپهر"}).to_string()];
    let [tagged] = stage("langid", &line).try_into().unwrap();
    assert_eq!((&tagged["language"]["code"], &tagged["publisher"]), (&json!("fa"), &json!("سپهر")));
    let [known] = stage("entity", &line).try_into().unwrap();
    let ids: Vec<&str> =
        known["entities"].as_array().unwrap().iter().filter_map(|entity| entity["id"].as_str()).collect();
    // Putin, Pyongyang, Russia, North Korea.
    for id in ["Q7747", "Q18808", "Q159", "Q423"] {
        assert!(ids.contains(&id), "{id} is not in {ids:?}");
    }
    assert!(known["duplicate"].is_null());
    let [judged] = stage("dedup", &line).try_into().unwrap();
    assert_eq!(
        judged["duplicate"],
        json!({"status": "unique", "of": null, "cluster": "a", "jaccard": null, "containment": null})
    );
}

#[test]
fn parse_takes_lines_and_files() {
    let lines = [
        json!({"title": "عنوان الخبر", "text": "قال الوزير إن المفاوضات مستمرة منذ أسبوع، ولم يحدد موعداً لانتهائها.\nشاركها."}).to_string(),
        "{\"text\": \"broken".to_owned(),
        json!({"html": "<p>وقال الوزير إن المفاوضات مستمرة منذ أسبوع، ولم يحدد موعداً لانتهائها بعد.</p>"}).to_string(),
    ];
    let out = stage("parse", &lines);
    assert_eq!(out.len(), 3);
    assert_eq!(
        (out[0]["title"].as_str(), out[1]["reject"]["reason"].as_str()),
        (Some("عنوان الخبر"), Some("malformed"))
    );
    assert!(out[2]["text"].as_str().unwrap().contains("مستمرة"));
    let page = place::sample().join("karaneh/001.html");
    let out = khabar().stage(&[OsStr::new("parse"), page.as_os_str()], b"");
    assert_eq!(out.len(), 1);
}

/// A pipe of four programs finds what one run finds. House spelling is off on both sides: it belongs to the run, since
/// a stage alone leaves the text as it is.
#[test]
fn a_pipe_of_stages_is_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let (khabar, sample) = (khabar(), place::sample());
    let ended = khabar.run(&[&sample], &out, &["--no-house-spelling"]);
    assert!(ended.status.success(), "{}", ended.stderr);
    let run = Records::read(&out).unwrap();

    let mut lines = khabar.stage(&[OsStr::new("parse"), sample.as_os_str()], b"");
    let parsed: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    for name in ["langid", "entity", "dedup"] {
        let stdin = lines.join("\n") + "\n";
        lines = khabar.stage(&[OsStr::new(name), OsStr::new("-")], stdin.as_bytes());
        assert_eq!(lines.len(), parsed.len(), "{name}");
    }
    let piped: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(piped.len(), run.documents.len());
    for ((piped, parsed), row) in piped.iter().zip(&parsed).zip(&run.documents) {
        let whole: Value = serde_json::from_str(&row.line).unwrap();
        assert_eq!(piped["text"], parsed["text"], "a stage changed a text");
        for field in ["id", "text", "title", "language", "entities", "dates", "quotes", "duplicate"] {
            assert_eq!(piped[field], whole[field], "{field} of {}", row.record.source.uri);
        }
    }
}

/// `--restore-zwnj` writes what Persian text lacks, in Persian blocks only, and keeps every span on its characters.
#[test]
fn lost_zwnjs_come_back_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (input, khabar) = (folder.path().join("in.jsonl"), khabar());
    let line = serde_json::json!({
        "title": "نماینده ها گزارشهای تازه را می خوانند",
        "text": "نماینده ها گفته اند که گزارشهای هفتههای گذشته را در نشست فردا می خوانند و پاسخ رئیس جمهور را نمیپذیرند.\n\
                 به گفته یکی از آنها، تصمیمگیریهای تازه دولت درباره بودجه سال آینده هنوز روشن نیست و بررسی می شود.",
    });
    #[expect(clippy::disallowed_methods, reason = "a test writes its input")]
    std::fs::write(&input, format!("{line}\n")).unwrap();
    for (flags, wanted) in [
        (
            &["--restore-zwnj"][..],
            "نماینده‌ها گفته‌اند که گزارش‌های هفته‌های گذشته را در نشست فردا می‌خوانند و پاسخ رئیس‌جمهور را نمی‌پذیرند.",
        ),
        (
            &[][..],
            "نماینده ها گفته اند که گزارشهای هفتههای گذشته را در نشست فردا می خوانند و پاسخ رئیس جمهور را نمیپذیرند.",
        ),
    ] {
        let out = folder.path().join(format!("out{}", flags.len()));
        let ended = khabar.run(&[&input], &out, flags);
        assert!(ended.status.success(), "{}", ended.stderr);
        let run = Records::read(&out).unwrap();
        let blocks = run.documents[0].blocks();
        assert!(blocks.iter().any(|(_, text)| *text == wanted), "{blocks:?}");
    }
}

/// Kaf and yeh become Persian in the Persian that was typed on an Arabic keyboard, and stay in the Arabic that it quotes.
#[test]
fn an_arabic_quotation_keeps_its_letters() {
    let folder = tempfile::tempdir().unwrap();
    let (input, khabar) = (folder.path().join("in.jsonl"), khabar());
    let persian = "وي در پايان سخنان خود در جمع دانشجويان دانشگاه، بخشي از اين نامه را به زبان عربي خواند و ترجمه كرد:";
    let arabic =
        "أيها الناس إن الله سبحانه وتعالى قد كتب على نفسه الرحمة، وإنكم مسؤولون عن كل كبيرة وصغيرة في هذه الدنيا";
    let behind = "سپس رئيس دانشگاه از مهمانان تشكر كرد و گفت كه اين مراسم هر سال برگزار مي شود.";
    let line = serde_json::json!({
        "title": "مراسم پايان سال در دانشگاه",
        "text": format!("{behind} {behind}\n{persian} {arabic} {behind}"),
    });
    #[expect(clippy::disallowed_methods, reason = "a test writes its input")]
    std::fs::write(&input, format!("{line}\n")).unwrap();
    let out = folder.path().join("out");
    let ended = khabar.run(&[&input], &out, &[]);
    assert!(ended.status.success(), "{}", ended.stderr);
    let run = Records::read(&out).unwrap();
    let blocks = run.documents[0].blocks();
    let (_, mixed) = blocks.iter().find(|(_, text)| text.contains("الرحمة")).unwrap();
    assert!(mixed.contains(arabic), "{mixed}");
    let respelled = |text: &str| text.replace('ي', "ی").replace('ك', "ک");
    assert!(mixed.starts_with(&respelled(persian)) && mixed.ends_with(&respelled(behind)), "{mixed}");
    assert_eq!(run.documents[0].record.title.as_deref(), Some("مراسم پایان سال در دانشگاه"));
}

/// A list of the user's names is read beside those of khabar; a broken one ends the run before it begins, and says where.
#[test]
fn names_of_the_user_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let (input, list, khabar) = (folder.path().join("in.jsonl"), folder.path().join("own.tsv"), khabar());
    let line = serde_json::json!({"text": "وصل رامي الفلاحي إلى بيروت أمس، والتقى ممثلين عن شركة نخلة البحر للملاحة."});
    #[expect(clippy::disallowed_methods, reason = "a test writes its input")]
    let write = |path: &std::path::Path, text: &str| std::fs::write(path, text).unwrap();
    write(&input, &format!("{line}\n"));
    let header = "id\ttype\tsubtype\tcanonical\tlang\tnames";
    write(&list, &format!("{header}\nkb:sea-palm\tORG\tcompany\tSea Palm\tar\tنخلة البحر\n"));
    let out = folder.path().join("out");
    let gazetteer = list.to_str().unwrap();
    let ended = khabar.run(&[&input], &out, &["--gazetteer", gazetteer]);
    assert!(ended.status.success(), "{}", ended.stderr);
    let run = Records::read(&out).unwrap();
    let ids: Vec<&str> = run.documents[0].record.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert!(ids.contains(&"kb:sea-palm") && ids.iter().any(|id| id.starts_with('Q')), "{ids:?}");
    write(&list, &format!("{header}\nkb:sea-palm\tSHIP\tcompany\tSea Palm\tar\tنخلة البحر\n"));
    let ended = khabar.run(&[&input], &folder.path().join("none"), &["--gazetteer", gazetteer]);
    assert!(!ended.status.success() && ended.stderr.contains("line 2"), "{}", ended.stderr);
}

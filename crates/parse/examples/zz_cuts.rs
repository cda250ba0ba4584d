//! Scratch.
#![allow(clippy::all, clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]
use khabar_model::*;
use khabar_parse::Parser;
use std::io::Read;
fn main() {
    // zz_cuts lines < lines: every line put at three places of an article; prints what is lost
    // zz_cuts docs FILE...: json lines or html or txt
    let args: Vec<String> = std::env::args().skip(1).collect();
    let raw = |media, payload: Vec<u8>, title: Option<String>| RawDoc {
        id: String::new(),
        source: Source::default(),
        media,
        payload,
        given: Given { title, ..Given::default() },
    };
    if args[0] == "lines" {
        let mut s = String::new();
        std::io::stdin().read_to_string(&mut s).unwrap();
        let ar = [
            "مجلس المدينة يقر خطة ترميم الجسر القديم",
            "أقر مجلس المدينة مساء أمس خطة ترميم الجسر القديم الذي يربط ضفتي النهر، على أن تبدأ الأعمال في الربيع المقبل.",
            "وأوضح المهندس المشرف أن الدراسة استغرقت عامين، وأن كلفة المرحلة الأولى لن تتجاوز ما خصص لها في الموازنة.",
            "ورحب سكان الحي بالقرار، وطالبوا بأن يبقى ممر المشاة مفتوحا طوال أشهر العمل حتى لا تتعطل أعمالهم اليومية.",
        ];
        let en = [
            "City council approves repair plan for the old bridge",
            "The city council last night approved a plan to repair the old bridge that joins the two banks of the river, with work to begin in spring.",
            "The engineer in charge explained that the survey had taken two years and that the first phase would stay within the sum in the budget.",
            "Residents welcomed the decision and asked that the footway stay open through the months of work so that their shops would not suffer.",
        ];
        let (mut n, mut bad) = (0, 0);
        for line in s.lines() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let arabic = line.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
            let a = if arabic { ar } else { en };
            for (at, name) in [(1, "head"), (2, "inline"), (4, "tail")] {
                let mut v = a.to_vec();
                v.insert(at, line);
                n += 1;
                let art = Parser::default().parse(&raw(Media::Text, v.join("\n").into_bytes(), None)).unwrap();
                let kept = art.blocks.iter().any(|b| b.kind.is_body() && b.span.of(&art.text) == Some(line));
                if !kept || !art.removed.is_empty() {
                    bad += 1;
                    let kind = art.blocks.iter().find(|b| b.span.of(&art.text) == Some(line)).map(|b| b.kind);
                    println!(
                        "{name}\t{:?}\t{}\t{kind:?}\t{line}",
                        art.removed.iter().map(|r| r.rule.clone()).collect::<Vec<_>>(),
                        art.removed
                            .iter()
                            .map(|r| r.text.clone())
                            .collect::<Vec<_>>()
                            .join(" ⏎ ")
                            .chars()
                            .take(80)
                            .collect::<String>()
                    );
                }
            }
        }
        println!("# {n} {bad}");
        return;
    }
    let start = std::time::Instant::now();
    let mut bytes = 0;
    let quiet = args[0] == "time";
    for path in &args[1..] {
        let data = std::fs::read(path).unwrap();
        let html = path.ends_with(".html") || path.ends_with(".htm");
        let docs: Vec<(Option<String>, Vec<u8>)> = if path.ends_with(".jsonl") {
            String::from_utf8(data)
                .unwrap()
                .lines()
                .map(|l| {
                    let v: serde_json::Value = serde_json::from_str(l).unwrap();
                    let t = v.get("text").or(v.get("paragraphs")).unwrap();
                    let t = match t {
                        serde_json::Value::String(s) => s.clone(),
                        serde_json::Value::Array(a) => {
                            a.iter().filter_map(|x| x.as_str()).collect::<Vec<_>>().join("\n")
                        }
                        _ => String::new(),
                    };
                    (v.get("title").and_then(|t| t.as_str()).map(str::to_owned), t.into_bytes())
                })
                .collect()
        } else {
            vec![(None, data)]
        };
        let reps = if quiet { 5 } else { 1 };
        for (nth, (title, payload)) in docs.iter().enumerate() {
            for _ in 0..reps {
                bytes += payload.len();
                let r = Parser::default().parse(&raw(
                    if html { Media::Html } else { Media::Text },
                    payload.clone(),
                    title.clone(),
                ));
                if quiet {
                    continue;
                }
                let Ok(a) = r else { continue };
                for r in &a.removed {
                    println!("{path}#{nth}\tCUT\t{:?}\t{}\t{}", r.reason, r.rule, r.text.replace('\n', " ⏎ "));
                }
                for b in &a.blocks {
                    println!("{path}#{nth}\tKEEP\t{:?}\t\t{}", b.kind, b.span.of(&a.text).unwrap());
                }
            }
        }
    }
    if quiet {
        println!("{bytes} bytes {:.1} MB/s", bytes as f64 / 1e6 / start.elapsed().as_secs_f64());
    }
}

//! No span of the samples is bad: names, dates, quantities and quotes begin and end with words, and with whole ones.

use khabar_model::{CharIndex, CharSpan};
use khabar_testkit::check_line;
use khabar_tests::{Khabar, Records, Row, place};

/// What is sampled, and how it is read.
const SAMPLES: [(&str, &[&str]); 4] = [
    ("samples/ant_north_korea_2018.jsonl.zst", &[]),
    ("samples/farsnews_400.jsonl.zst", &["--field", "text=paragraphs"]),
    ("samples/voa_dari.warc.gz", &[]),
    ("seeds", &[]),
];

/// Persian endings that are written with a name whose own letters end before them, as folded by nobody.
const ENDINGS: [&str; 8] = ["ی", "ي", "ها", "های", "هاي", "هایی", "یی", "ئی"];

#[test]
fn spans_of_the_samples_are_of_whole_words() {
    let mut mentions = 0;
    for (sample, options) in SAMPLES {
        let Some(source) = place::shared(sample) else {
            eprintln!("skipped: no shared data here");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let options = [options, &["--until", "entity"]].concat();
        let ended = Khabar::new(env!("CARGO_BIN_EXE_khabar-e2e")).run(&[&source], &out, &options);
        assert!(ended.status.success(), "{}", ended.stderr);
        for row in &Records::read(&out).unwrap().documents {
            assert_eq!(check_line(&row.line, None), Vec::<String>::new(), "{sample} {}", row.record.id);
            assert_eq!(faults(row), Vec::<String>::new(), "{sample} {}", row.record.id);
            mentions += row.record.entities.iter().map(|entity| entity.mentions.len()).sum::<usize>();
        }
    }
    assert!(mentions > 10_000, "{mentions} names are fewer than there are");
}

fn faults(row: &Row) -> Vec<String> {
    let record = &row.record;
    let index = CharIndex::new(&record.text);
    let mut faults = Vec::new();
    let mut check = |what: &str, span: CharSpan, prefix: Option<&str>| {
        let Ok(bytes) = index.to_bytes(span) else { return };
        let before = record.text.get(..bytes.start()).unwrap_or_default();
        let behind = record.text.get(bytes.end()..).unwrap_or_default();
        let text = bytes.of(&record.text).unwrap_or_default();
        let bare = before.strip_suffix(prefix.unwrap_or_default()).unwrap_or(before);
        let fault = match what {
            "quote" => {
                if text.trim() == text {
                    None
                } else {
                    Some("white space at an end")
                }
            }
            "mention" => border(text).or_else(|| cut(text, prefix.unwrap_or(text), bare, behind, false)),
            // A count and a day may have a conjunction or preposition before them, which has no field there.
            _ => {
                if text.trim() == text {
                    cut(text, text, bare, behind, true)
                } else {
                    Some("white space at an end")
                }
            }
        };
        faults.extend(fault.map(|fault| format!("{what} {text:?}: {fault}")));
    };
    for mention in record.entities.iter().flat_map(|entity| &entity.mentions) {
        check("mention", mention.span, mention.prefix.as_deref());
    }
    record.dates.iter().for_each(|date| check("date", date.span, None));
    record.quantities.iter().for_each(|quantity| check("quantity", quantity.span, None));
    record.quotes.iter().for_each(|quote| check("quote", quote.span, None));
    // What was cut stands in no block, so no span reaches into it.
    for (block, removed) in record.blocks.iter().flat_map(|block| record.removed.iter().map(move |cut| (block, cut))) {
        let (kept, cut) = (block.source, removed.source);
        if kept.start < cut.end && cut.start < kept.end && cut.start < cut.end {
            faults.push(format!("{:?} is cut and stands in a block", removed.text));
        }
    }
    faults
}

/// What is wrong at the ends of a name: it begins with a letter or digit, and ends with one or a sign of its own.
fn border(text: &str) -> Option<&'static str> {
    let is_word = |letter: char| letter.is_alphanumeric() || is_mark(letter);
    let own = |last: char| match last {
        ')' => text.contains('('),
        '"' => text.matches('"').count().is_multiple_of(2),
        '»' => text.contains('«'),
        '.' | '+' | '!' | '&' => true,
        _ => false,
    };
    match (text.chars().next(), text.chars().next_back()) {
        (Some(first), _) if !is_word(first) => Some("begins with a sign"),
        (_, Some(last)) if !is_word(last) && !own(last) => Some("ends with a sign"),
        (Some(_), Some(_)) => None,
        _ => Some("is empty"),
    }
}

/// Where a span, with the prefix that `head` begins, cuts a word. `glued` allows Arabic proclitics before it.
fn cut(text: &str, head: &str, before: &str, behind: &str, glued: bool) -> Option<&'static str> {
    let joins = |left: Option<char>, right: Option<char>| {
        left.zip(right).is_some_and(|(left, right)| {
            left.is_alphabetic() && right.is_alphabetic() && is_arabic(left) == is_arabic(right) && left != '\u{640}'
        })
    };
    let is_proclitic = |letter: char| matches!(letter, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ا' | 'أ');
    let word_before = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    if joins(before.chars().next_back(), head.chars().next()) && !(glued && word_before.chars().all(is_proclitic)) {
        return Some("begins inside of a word");
    }
    let rest = behind.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let ends = joins(text.chars().next_back(), behind.chars().next()) && !ENDINGS.contains(&rest);
    ends.then_some("ends inside of a word")
}

fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}')
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}')
}

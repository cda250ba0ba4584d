//! Every rule of the cue list has lines that it must cut, and sentences with the same words that must stay.

use khabar_model::{Article, BlockKind, Given, Media, RawDoc, Source};
use khabar_parse::{CUE_LISTS, Parser};

/// What must happen to a line of cues.tsv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// Cut by the rule.
    Cut,
    /// Kept as the text of a picture.
    Caption,
    /// Kept without the token, which is cut by the rule.
    Token,
    /// Kept as text, and the agency that it names is noted.
    Credit,
    /// Kept as text, wherever it stands.
    Stay,
}

/// A row of cues.tsv.
struct Case {
    rule: String,
    wanted: Wanted,
    place: Place,
    line: String,
    /// For a token what is left of the line, for a credit the agency.
    left: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head,
    Inline,
    Tail,
}

const PLACES: [Place; 3] = [Place::Head, Place::Inline, Place::Tail];

fn cases() -> Vec<Case> {
    let rows = include_str!("cues.tsv").lines().filter(|row| !row.starts_with('#') && !row.trim().is_empty());
    let case = |row: &str| {
        let columns: Vec<&str> = row.split('\t').collect();
        let [rule, wanted, line, rest @ ..] = columns.as_slice() else { panic!("three columns and more: {row}") };
        let (wanted, place) = wanted.split_once('@').unwrap_or((wanted, "tail"));
        let wanted = match wanted {
            "cut" => Wanted::Cut,
            "caption" => Wanted::Caption,
            "token" => Wanted::Token,
            "credit" => Wanted::Credit,
            "stay" => Wanted::Stay,
            other => panic!("{other}: {row}"),
        };
        let place = match place {
            "head" => Place::Head,
            "inline" => Place::Inline,
            "tail" => Place::Tail,
            other => panic!("{other}: {row}"),
        };
        let left = rest.first().copied().unwrap_or_default().to_owned();
        Case { rule: (*rule).to_owned(), wanted, place, line: (*line).replace("⏎", "\n"), left }
    };
    rows.map(case).collect()
}

/// A title and three paragraphs in the script of a line.
fn article(line: &str) -> [&'static str; 4] {
    let count = |script: std::ops::RangeInclusive<char>| line.chars().filter(|char| script.contains(char)).count();
    let scripts = [
        count('a'..='z') + count('A'..='Z') + count('\u{c0}'..='\u{24f}'),
        count('\u{600}'..='\u{6ff}'),
        count('\u{400}'..='\u{4ff}'),
        count('\u{370}'..='\u{3ff}'),
        count('\u{590}'..='\u{5ff}'),
        count('\u{4e00}'..='\u{9fff}') * 2,
    ];
    let most = (0..scripts.len()).max_by_key(|nth| (scripts[*nth], std::cmp::Reverse(*nth))).unwrap_or(0);
    match most {
        1 => [
            "مجلس المدينة يقر خطة ترميم الجسر القديم",
            "أقر مجلس المدينة مساء أمس خطة ترميم الجسر القديم الذي يربط ضفتي النهر، على أن تبدأ الأعمال في الربيع المقبل.",
            "وأوضح المهندس المشرف أن الدراسة استغرقت عامين، وأن كلفة المرحلة الأولى لن تتجاوز ما خصص لها في الموازنة.",
            "ورحب سكان الحي بالقرار، وطالبوا بأن يبقى ممر المشاة مفتوحا طوال أشهر العمل حتى لا تتعطل أعمالهم اليومية.",
        ],
        2 => [
            "Городской совет утвердил план ремонта старого моста",
            "Городской совет вчера вечером утвердил план ремонта старого моста, который соединяет два берега реки, работы начнутся весной.",
            "Главный инженер пояснил, что изыскания заняли два года и что стоимость первого этапа не превысит сумму, заложенную в бюджет.",
            "Жители квартала поддержали решение и попросили оставить пешеходный проход открытым на все месяцы работ, чтобы не мешать торговле.",
        ],
        3 => [
            "Το δημοτικό συμβούλιο ενέκρινε την επισκευή της παλιάς γέφυρας",
            "Το δημοτικό συμβούλιο ενέκρινε χθες το βράδυ το σχέδιο επισκευής της παλιάς γέφυρας που ενώνει τις δύο όχθες του ποταμού.",
            "Ο επιβλέπων μηχανικός εξήγησε ότι η μελέτη κράτησε δύο χρόνια και ότι το κόστος της πρώτης φάσης μένει μέσα στον προϋπολογισμό.",
            "Οι κάτοικοι της γειτονιάς χαιρέτισαν την απόφαση και ζήτησαν να μείνει ανοιχτό το πέρασμα των πεζών όσο διαρκούν οι εργασίες.",
        ],
        4 => [
            "מועצת העיר אישרה את תוכנית השיפוץ של הגשר הישן",
            "מועצת העיר אישרה אמש את תוכנית השיפוץ של הגשר הישן המחבר בין שתי גדות הנהר, והעבודות צפויות להתחיל באביב הקרוב.",
            "המהנדס האחראי הסביר כי הבדיקות נמשכו שנתיים וכי עלות השלב הראשון לא תחרוג מן הסכום שהוקצה לה בתקציב העירייה.",
            "תושבי השכונה בירכו על ההחלטה וביקשו להשאיר את מעבר הולכי הרגל פתוח לאורך כל חודשי העבודה כדי שלא ייפגע המסחר.",
        ],
        5 => [
            "市议会通过老桥修缮计划",
            "市议会昨晚通过了连接河流两岸的老桥修缮计划，工程预计将于明年春天开工，届时部分车辆需要绕行附近的新桥。",
            "负责该项目的工程师表示，前期勘察历时两年，第一阶段的费用不会超过预算中已经拨付的金额，市民可以放心。",
            "附近居民对这一决定表示欢迎，并希望在施工的几个月里保持人行通道畅通，以免影响他们每天的生意和出行。",
        ],
        _ => [
            "City council approves repair plan for the old bridge",
            "The city council last night approved a plan to repair the old bridge that joins the two banks of the river, with work to begin in spring.",
            "The engineer in charge explained that the survey had taken two years and that the first phase would stay within the sum in the budget.",
            "Residents welcomed the decision and asked that the footway stay open through the months of work so that their shops would not suffer.",
        ],
    }
}

/// The lines of an article with `line` put in at a place.
fn lines(line: &str, place: Place) -> Vec<&str> {
    let [title, first, second, third] = article(line);
    match place {
        Place::Head => vec![title, line, first, second, third],
        Place::Inline => vec![title, first, line, second, third],
        Place::Tail => vec![title, first, second, third, line],
    }
}

fn parse(media: Media, payload: String) -> Article {
    let source = Source { uri: "cue".to_owned(), ..Source::default() };
    let raw = RawDoc { id: String::new(), source, media, payload: payload.into_bytes(), given: Given::default() };
    Parser::default().parse(&raw).expect("an article of three paragraphs")
}

fn scrape(line: &str, place: Place) -> Article {
    parse(Media::Text, lines(line, place).join("\n"))
}

fn page(line: &str, place: Place) -> Article {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut body = String::new();
    for (nth, line) in lines(line, place).into_iter().enumerate() {
        let name = if nth == 0 { "h1" } else { "p" };
        body.push_str(&format!("<{name}>{}</{name}>\n", escape(line)));
    }
    parse(Media::Html, format!("<!doctype html><html><body><article>{body}</article></body></html>"))
}

fn blocks(article: &Article) -> Vec<(BlockKind, &str)> {
    article.blocks.iter().map(|block| (block.kind, block.span.of(&article.text).unwrap_or_default())).collect()
}

/// What is wrong with an article in which `line` must be body text, and nothing may be cut.
fn lost(line: &str, found: &Article) -> Option<String> {
    let kept = blocks(found).iter().any(|(kind, text)| kind.is_body() && *text == line.trim());
    let cut: Vec<String> = found.removed.iter().map(|cut| format!("{} cut «{}»", cut.rule, cut.text)).collect();
    (!kept || !cut.is_empty()).then(|| if cut.is_empty() { format!("{:?}", blocks(found)) } else { cut.join("; ") })
}

/// True if the three paragraphs are still there.
fn is_whole(line: &str, found: &Article) -> bool {
    let [_, paragraphs @ ..] = article(line);
    paragraphs.iter().all(|paragraph| blocks(found).iter().any(|(kind, text)| kind.is_body() && text == paragraph))
}

#[test]
fn lines_are_cut_by_their_rule_and_sentences_stay() {
    let mut faults = Vec::new();
    for case in cases() {
        let Case { rule, wanted, place, line, left } = &case;
        if *wanted == Wanted::Stay {
            for place in PLACES {
                for (media, found) in [("text", scrape(line, place)), ("page", page(line, place))] {
                    if let Some(lost) = lost(line, &found) {
                        faults.push(format!("{rule} {place:?} {media}: «{line}» is lost: {lost}"));
                    }
                }
            }
            continue;
        }
        let found = scrape(line, *place);
        let first = line.lines().next().unwrap_or_default().trim();
        let cut = found.removed.iter().any(|cut| cut.rule == *rule && (cut.text == first || *wanted == Wanted::Token));
        let kept =
            |kind: fn(BlockKind) -> bool, text: &str| blocks(&found).iter().any(|(is, has)| kind(*is) && *has == text);
        let right = match wanted {
            Wanted::Cut => cut && !kept(|_| true, first),
            Wanted::Caption => kept(|kind| kind == BlockKind::Caption, first),
            Wanted::Token => cut && (left.is_empty() || kept(BlockKind::is_body, left)),
            Wanted::Credit => kept(BlockKind::is_body, first) && found.agencies.contains(left),
            Wanted::Stay => true,
        };
        if !right || !is_whole(line, &found) {
            let removed: Vec<_> = found.removed.iter().map(|cut| (&cut.rule, &cut.text)).collect();
            faults.push(format!("{rule} {wanted:?} {place:?}: «{line}»: {removed:?} {:?}", found.agencies));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_rule_has_a_line_to_cut_and_a_sentence_to_keep() {
    let cases = cases();
    let mut missing = Vec::new();
    for row in rows() {
        let id = row[0];
        // What only flags or never stands in a sentence has nothing to keep, or to cut.
        for (what, wanted) in [("cut", false), ("stay", true)] {
            let none = cases.iter().all(|case| case.rule != id || (case.wanted == Wanted::Stay) != wanted);
            if none && row[4] != "flag" {
                missing.push(format!("{id}: no line to {what}"));
            }
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "{} missing\n{}", missing.len(), missing.join("\n"));
}

/// Rows of the cue list, by columns.
fn rows() -> Vec<Vec<&'static str>> {
    let [table, ..] = CUE_LISTS;
    table.lines().filter(|row| !row.starts_with('#')).skip(1).map(|row| row.split('\t').collect()).collect()
}

#[test]
fn every_cue_of_a_whole_line_cuts_it() {
    let mut faults = Vec::new();
    for row in rows() {
        let [id, _, _, places, matching, _, _, needs, _, cues, ..] = row.as_slice() else { panic!("{row:?}") };
        let alone = *matching == "line" || *matching == "end" || *matching == "label" || *matching == "title";
        if !alone || !needs.is_empty() && !needs.split('|').any(|need| need == "alone") {
            continue;
        }
        let place = match *places {
            "inline" => Place::Inline,
            places if places.starts_with("head") => Place::Head,
            _ => Place::Tail,
        };
        for cue in cues.split('|') {
            let found = scrape(cue, place);
            if !found.removed.iter().any(|cut| cut.text == cue) || !is_whole(cue, &found) {
                let removed: Vec<_> = found.removed.iter().map(|cut| (&cut.rule, &cut.text)).collect();
                faults.push(format!("{id} {place:?}: «{cue}» is not cut: {removed:?} {:?}", blocks(&found)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Sentences around a cue, by script: as a quotation, at their start, at their end.
fn sentences(cue: &str) -> [String; 4] {
    let [title, ..] = article(cue);
    let [inside, first, bare, last] = match title.chars().next() {
        Some('م') => [
            "قال الشاهد أمام المحكمة إن عبارة «{}» كانت مكتوبة على الجدار عندما وصل.",
            "«{}» هي العبارة التي قرأها الجميع على الجدار في ذلك اليوم.",
            "{} عبارة قرأها الجميع على الجدار في ذلك اليوم.",
            "وعندما وصل إلى الباب قرأ على اللافتة القديمة {}.",
        ],
        Some('Г') => [
            "Свидетель сказал суду, что надпись «{}» была на стене, когда он пришёл.",
            "«{}» прочитал в тот день на стене каждый, кто проходил мимо.",
            "{} прочитал в тот день на стене каждый, кто проходил мимо.",
            "Подойдя к двери, он увидел на старой вывеске слова {}.",
        ],
        Some('Τ') => [
            "Ο μάρτυρας είπε στο δικαστήριο ότι η φράση «{}» ήταν στον τοίχο όταν έφτασε.",
            "«{}» διάβασαν όλοι εκείνη την ημέρα πάνω στον τοίχο.",
            "{} διάβασαν όλοι εκείνη την ημέρα πάνω στον τοίχο.",
            "Όταν έφτασε στην πόρτα, η παλιά πινακίδα έγραφε {}.",
        ],
        Some('מ') => [
            "העד אמר לבית המשפט כי הכיתוב «{}» היה על הקיר כשהגיע למקום.",
            "«{}» קראו כולם באותו יום על הקיר שליד הכניסה.",
            "{} קראו כולם באותו יום על הקיר שליד הכניסה.",
            "כשהגיע אל הדלת ראה שעל השלט הישן כתוב {}.",
        ],
        Some('市') => [
            "证人在法庭上说，他到达时墙上写着“{}”几个字。",
            "“{}”是那天所有路过的人都在墙上看到的几个字。",
            "{}这几个字那天所有路过的人都在墙上看到了。",
            "他走到门口时，看见那块旧牌子上写着{}。",
        ],
        _ => [
            "The witness told the court that the words “{}” were on the wall when she arrived.",
            "“{}” was what everybody read on the wall that day.",
            "{} was what everybody read on the wall that day.",
            "When she reached the door, the old sign said {}.",
        ],
    };
    [inside, first, bare, last].map(|sentence| sentence.replace("{}", cue))
}

#[test]
fn a_sentence_that_has_a_cue_in_it_stays() {
    let mut faults = Vec::new();
    for row in rows() {
        let [id, _, _, _, matching, _, _, _, _, cues, ..] = row.as_slice() else { panic!("{row:?}") };
        if *matching == "token" {
            continue;
        }
        // A cue that is a clause of its own makes no sentence with words put behind it.
        let is_clause = rows().iter().filter(|row| row[0] == *id).any(|row| {
            row[7]
                .split('|')
                .any(|needs| needs == "any" || !needs.is_empty() && needs.split('+').all(|need| need == "with"))
        });
        let alphabetic = |cue: &&str| cue.chars().any(char::is_alphabetic);
        for cue in cues.split('|').map(|cue| cue.trim_end_matches([':', ' '])).filter(alphabetic) {
            let [inside, first, bare, last] = sentences(cue);
            for sentence in [Some(inside), Some(first), (!is_clause).then_some(bare), Some(last)].into_iter().flatten()
            {
                for place in PLACES {
                    if let Some(lost) = lost(&sentence, &scrape(&sentence, place)) {
                        faults.push(format!("{id} {place:?}: «{sentence}» is lost: {lost}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

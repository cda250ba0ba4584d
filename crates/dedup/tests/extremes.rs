//! Texts at the edges: empty, of one word, the same a hundred thousand times, alike but for a number.

use khabar_dedup::{Deduper, Document, Fact, FactKind, Settings, sketch, sketch_document};
use khabar_model::DuplicateStatus::{Abridged, Exact, Near, Unique};

fn story(seed: u32, words: u32) -> String {
    (0..words).map(|nth| format!("كلمة{}", u64::from(seed) * 10_000 + u64::from(nth))).collect::<Vec<_>>().join(" ")
}

#[test]
fn empty_texts_and_single_words() {
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    let texts = ["", " ", "عاجل", "عاجل!", "خبر", "", "12", "١٢", "\u{200f}", "."];
    let mut judge = |text: &&str| deduper.judge("x", sketch(text, &settings)).verdict.status;
    let expected = [Unique, Unique, Unique, Exact, Unique, Unique, Unique, Exact, Unique, Unique];
    assert_eq!(texts.iter().map(&mut judge).collect::<Vec<_>>(), expected);
}

#[test]
fn a_hundred_thousand_copies_cost_what_one_costs_but_for_their_ids() {
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    let sketch = sketch(&story(1, 300), &settings);
    let mut rows = 0;
    for nth in 0..100_000 {
        let judgement = deduper.judge(&format!("{nth:06}"), sketch.clone());
        assert_eq!(judgement.verdict.status, if nth == 0 { Unique } else { Exact });
        assert_eq!(judgement.verdict.cluster, "000000");
        rows += judgement.pairs.len();
    }
    assert!(rows <= 100_000 * settings.max_copies, "{rows} rows");
    let clusters = deduper.clusters();
    assert_eq!((clusters.len(), clusters[0].members.len()), (1, 100_000));
    assert!(deduper.memory_bytes() < 100_000 * 60, "{} bytes", deduper.memory_bytes());
}

#[test]
fn ten_thousand_near_copies_are_one_cluster_and_no_square_of_work() {
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    let text = story(1, 80);
    for nth in 0..10_000 {
        let judgement = deduper.judge(&nth.to_string(), sketch(&format!("{text} نسخة{nth}"), &settings));
        assert!(nth == 0 || judgement.verdict.status == Near);
        assert!(judgement.pairs.len() <= settings.max_members);
    }
    assert_eq!(deduper.clusters()[0].members.len(), 10_000);
}

#[test]
fn a_thousand_issues_of_a_template_are_as_many_stories() {
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    for nth in 0..1000 {
        let text = format!(
            "أغلق مؤشر البورصة تعاملات اليوم عند {} نقطة مقارنة مع {} نقطة في جلسة أمس، وبلغت قيمة التداول {} مليون ريال \
             توزعت على صفقات شملت أسهم قطاعات المصارف والاتصالات والصناعة والخدمات",
            7000 + nth,
            6999 + nth,
            300 + nth * 7 % 400
        );
        assert_eq!(deduper.judge(&nth.to_string(), sketch(&text, &settings)).verdict.status, Unique, "issue {nth}");
    }
}

#[test]
fn names_and_dates_tell_issues_of_a_template_apart() {
    let settings = Settings::default();
    let telegram = |name: &str, country: &str, day: &str| {
        format!(
            "بعث جلالة الملك برقية تهنئة إلى الرئيس {name} رئيس {country} بمناسبة العيد الوطني لبلاده يوم {day} أعرب فيها \
             عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة لفخامته ولشعب {country} الصديق بالمزيد من التقدم والازدهار"
        )
    };
    let sketched = |name: &str, country: &str, day: &str| {
        let text = telegram(name, country, day);
        let mut facts = Vec::new();
        for (words, kind) in [(name, FactKind::Person), (country, FactKind::Place), (day, FactKind::Date)] {
            for (at, _) in text.match_indices(words) {
                let start = text.split_at(at).0.chars().count() as u32;
                facts.push(Fact { start, end: start + words.chars().count() as u32, kind });
            }
        }
        let whole = 0..text.len();
        let parts = std::slice::from_ref(&whole);
        sketch_document(&Document { text: &text, parts, facts: &facts, ..Document::default() }, &settings)
    };
    let mut deduper = Deduper::new(settings.clone());
    let mut judge =
        |name: &str, country: &str, day: &str| deduper.judge("x", sketched(name, country, day)).verdict.status;
    assert_eq!(judge("سامي البستاني", "الواحات", "الرابع من مايو"), Unique);
    assert_eq!(judge("رامي الطويل", "الجزر", "السابع من يونيو"), Unique);
    assert_eq!(judge("ليلى القاسم", "السهول", "الأول من تموز"), Unique);
    assert_eq!(judge("رامي الطويل", "الجزر", "السابع من يونيو"), Exact);
    // A name that is cut short is no other name.
    assert_eq!(judge("البستاني", "الواحات", "الرابع من مايو"), Near);
}

#[test]
fn titles_are_no_reason_to_be_another_text() {
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    let mut judge = |title: &str, body: &str| {
        let text = format!("{title}\n{body}");
        let parts = [0..title.len(), title.len() + 1..text.len()];
        let parts = if body.is_empty() { &parts[..1] } else { &parts };
        let document = Document { text: &text, parts, aside: &[0], ..Document::default() };
        deduper.judge("x", sketch_document(&document, &settings)).verdict.status
    };
    assert_eq!(judge("عنوان أول للخبر", &story(1, 60)), Unique);
    assert_eq!(judge("صياغة أخرى", &story(1, 60)), Exact);
    // What one scraper takes for the title is the first paragraph of the other.
    let (lead, rest) = (story(2, 30), story(3, 50));
    assert_eq!(judge("عنوان", &format!("{lead}\n{rest}")), Unique);
    assert_eq!(judge(&lead, &rest), Near);
    // Nothing but a title.
    assert_eq!(judge("عنوان وحيد", ""), Unique);
    assert_eq!(judge("عنوان وحيد", ""), Exact);
}

#[test]
fn a_passage_is_found_in_both_and_cut_on_sentences() {
    let settings = Settings::default();
    let shared = "وقالت رئيسة المجلس هالة مرعي بعد التصويت إن المشروع سيوفر فرص عمل دائمة لأبناء الأحياء المجاورة، مضيفة \
                  أن كلفته ستُغطى من قرض ميسر ومن عائدات تأجير المحال على مدى عشرة أعوام.";
    let first = format!("{}.\n{shared}\n{}.", story(1, 60), story(2, 40));
    let second =
        format!("{}.\n{}\n{}.", story(3, 90), shared.replace("دائمة", "ثابتة").replace('ة', "ه"), story(4, 70));
    let mut deduper = Deduper::new(settings.clone());
    deduper.judge("a", sketch(&first, &settings));
    let judgement = deduper.judge("b", sketch(&second, &settings));
    assert_eq!(judgement.verdict.status, Unique);
    let [row] = judgement.passages.as_slice() else { panic!("{:?}", judgement.passages) };
    let cut = |text: &str, start: u32, end: u32| -> String {
        text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    let whole = shared.trim_end_matches('.');
    assert_eq!(cut(&first, row.of_start, row.of_end), whole);
    assert_eq!(
        khabar_text::fold(&cut(&second, row.start, row.end)),
        khabar_text::fold(&whole.replace("دائمة", "ثابتة"))
    );
    assert_eq!((row.of.as_str(), row.id.as_str()), ("a", "b"));
    assert!(row.words >= 25);
}

#[test]
fn an_abridgement_has_no_passages_of_its_whole() {
    let settings = Settings::default();
    let mut deduper = Deduper::new(settings.clone());
    deduper.judge("whole", sketch(&story(1, 200), &settings));
    let judgement = deduper.judge("half", sketch(&story(1, 100), &settings));
    assert_eq!(judgement.verdict.status, Abridged);
    assert_eq!(judgement.passages, []);
}

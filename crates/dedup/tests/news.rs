//! What the statuses mean, on Arabic and Persian news written for these tests.

use khabar_dedup::{Deduper, Judgement, Keep, Settings, sketch};
use khabar_model::DuplicateStatus::{self, Abridged, Exact, Near, Unique};

/// A council decision, 5 paragraphs.
const HARBOUR: [&str; 5] = [
    "أقرّ المجلس البلدي في المدينة الساحلية مساء أمس خطة لتوسيع ميناء الصيد القديم وتحويل المخازن المهجورة المحيطة به \
     إلى سوق مغطاة للأسماك والخضروات، على أن تبدأ الأعمال مطلع الربيع المقبل.",
    "وقالت رئيسة المجلس هالة مرعي بعد التصويت إن المشروع سيوفر فرص عمل دائمة لأبناء الأحياء المجاورة، مضيفة أن كلفته \
     ستُغطى من قرض ميسر ومن عائدات تأجير المحال على مدى عشرة أعوام.",
    "واعترض ثلاثة من الأعضاء على الخطة لأنها لا تتضمن، بحسب قولهم، دراسة لأثر الردم على الشاطئ الشمالي الذي تراجع \
     عشرات الأمتار منذ بناء كاسر الأمواج الأخير.",
    "ويعمل في الميناء نحو أربعمئة صياد يشكون منذ سنوات من ضيق الأرصفة وتهالك المصابيح وارتفاع أجور التخزين، وقد \
     نظموا في الصيف الماضي إضرابا استمر أسبوعين.",
    "ومن المقرر أن تُعرض الرسوم النهائية على الجمهور في قاعة المكتبة العامة، ويمكن للسكان تقديم ملاحظاتهم كتابة خلال \
     شهر من موعد العرض.",
];

/// A rail line, 4 paragraphs.
const RAILWAY: [&str; 4] = [
    "وزیر راه و شهرسازی روز گذشته در آیین آغاز به کار خط آهن تازه میان دو شهر کوهستانی گفت که این مسیر زمان سفر \
     مسافران را از پنج ساعت به کمتر از دو ساعت می‌رساند و روزانه شش قطار در آن رفت و آمد می‌کند.",
    "به گفته او ساخت این راه‌آهن به دلیل کمبود اعتبار و سختی کندن تونل‌ها سه سال بیش از برنامه طول کشید، اما کارگران و \
     مهندسان ایرانی همه پل‌های آن را بدون کمک شرکت‌های خارجی به پایان رساندند.",
    "نماینده مردم منطقه نیز با قدردانی از پیمانکاران خواستار آن شد که بهای بلیت برای دانشجویان و سالمندان کاهش یابد و \
     ایستگاه میانی هرچه زودتر به جاده روستاهای اطراف وصل شود.",
    "قرار است بخش دوم این طرح که شهر را به بندر پیوند می‌دهد، پس از پایان بررسی‌های زیست‌محیطی در تالاب ساحلی آغاز شود.",
];

fn judge_all(settings: Settings, texts: &[&str]) -> (Vec<Judgement>, Deduper) {
    let mut deduper = Deduper::new(settings.clone());
    let judgements = texts
        .iter()
        .enumerate()
        .map(|(nth, text)| deduper.judge(&format!("d{nth}"), sketch(text, &settings)))
        .collect();
    (judgements, deduper)
}

fn statuses(texts: &[&str]) -> Vec<DuplicateStatus> {
    judge_all(Settings::default(), texts).0.iter().map(|judgement| judgement.verdict.status).collect()
}

/// Replaces every `nth` word.
fn edited(text: &str, nth: usize) -> String {
    let word = |(at, word)| if at % nth == nth - 1 { "كلمة" } else { word };
    text.split_whitespace().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn any_spelling_is_exact() {
    let text = HARBOUR.join("\n");
    let other_keyboard = text.replace('ي', "ی").replace('ك', "ک");
    let no_hamza = text.replace(['أ', 'إ', 'آ'], "ا").replace('ة', "ه").replace(['ى', 'ئ'], "ي");
    let decorated: String = text.chars().flat_map(|c| [Some(c), (c == 'م').then_some('ـ')]).flatten().collect();
    let vowelled = text.replace('ل', "لَ").replace("قرض", "قَرْضٍ");
    let typeset = text.replace('،', ",").replace(' ', "  ").replace('\n', " ");
    let all = [&text, &other_keyboard, &no_hamza, &decorated, &vowelled, &typeset].map(String::as_str);
    assert_eq!(statuses(&all), [Unique, Exact, Exact, Exact, Exact, Exact]);

    let text = RAILWAY.join("\n");
    let arabic_keyboard = text.replace('ی', "ي").replace('ک', "ك");
    let spaced = text.replace('\u{200c}', " ");
    assert_eq!(statuses(&[&text, &arabic_keyboard, &spaced]), [Unique, Exact, Exact]);
}

#[test]
fn light_edits_are_near() {
    for text in [HARBOUR.join("\n"), RAILWAY.join("\n")] {
        for nth in [20, 10, 5] {
            let (judgements, _) = judge_all(Settings::default(), &[&text, &edited(&text, nth)]);
            let verdict = &judgements[1].verdict;
            assert_eq!((verdict.status, verdict.of.as_deref(), verdict.cluster.as_str()), (Near, Some("d0"), "d0"));
            assert!(
                verdict.jaccard > Some(0.25) && verdict.containment > verdict.jaccard && verdict.jaccard < Some(1.0)
            );
        }
    }
}

#[test]
fn the_top_half_is_abridged_whichever_comes_first() {
    for (whole, half) in [(HARBOUR.join("\n"), HARBOUR[..2].join("\n")), (RAILWAY.join("\n"), RAILWAY[..2].join("\n"))]
    {
        assert_eq!(statuses(&[&whole, &half]), [Unique, Abridged]);
        assert_eq!(statuses(&[&half, &whole]), [Unique, Abridged]);
    }
}

#[test]
fn two_issues_of_a_template_are_no_duplicates() {
    let telegram = |name: &str, country: &str, day: u32| {
        format!(
            "بعث رئيس الجمهورية برقية تهنئة إلى فخامة الرئيس {name} رئيس جمهورية {country} بمناسبة ذكرى اليوم الوطني \
             لبلاده في {day} من الشهر الجاري، أعرب فيها عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة لفخامته ولشعب \
             {country} الصديق بالمزيد من التقدم والازدهار."
        )
    };
    let weather = |coast: u32, hills: u32, wind: u32| {
        format!(
            "هواشناسی استان اعلام کرد آسمان فردا در بیشتر نقاط صاف تا کمی ابری پیش‌بینی می‌شود. بیشینه دما در ساحل {coast} \
             درجه و در کوهستان {hills} درجه خواهد بود و باد شمالی با سرعت {wind} کیلومتر بر ساعت می‌وزد. به ملوانان توصیه \
             می‌شود از تردد شناورهای سبک خودداری کنند."
        )
    };
    let telegrams = [telegram("سامي البستاني", "الواحات", 4), telegram("رامي الطويل", "الجزر", 17)];
    let notes = [weather(31, 18, 25), weather(29, 16, 40), weather(33, 21, 15)];
    assert_eq!(statuses(&[&telegrams[0], &telegrams[1]]), [Unique, Unique]);
    assert_eq!(statuses(&[&notes[0], &notes[1], &notes[2], &notes[1]]), [Unique, Unique, Unique, Exact]);
    // The same issue with a word changed is one still.
    assert_eq!(statuses(&[&telegrams[0], &telegrams[0].replace("أصدق", "أخلص")]), [Unique, Near]);
}

#[test]
fn an_updated_toll_is_no_template() {
    let toll = |dead: u32| format!("{}\nوارتفع عدد المصابين في انهيار الرصيف إلى {dead} عاملا.", HARBOUR.join("\n"));
    assert_eq!(statuses(&[&toll(12), &toll(15)]), [Unique, Near]);
}

#[test]
fn a_shared_quote_or_background_is_no_duplicate() {
    let quote = HARBOUR[1];
    let story = HARBOUR.join("\n");
    let other = "تشهد أسعار الأسماك في العاصمة ارتفاعا متواصلا منذ مطلع العام بسبب كلفة الوقود وقلة المراكب العاملة في \
                 البحر، ويقول التجار إن الإقبال تراجع إلى النصف في الأسواق الشعبية التي يرتادها ذوو الدخل المحدود. ودعا \
                 اتحاد المستهلكين إلى مراقبة حلقات البيع بالجملة ونشر لائحة أسعار يومية على مداخل الأسواق كما كان معمولا \
                 به قبل سنوات، فيما وعدت وزارة الزراعة بخفض رسوم الاستيراد مؤقتا.";
    assert_eq!(statuses(&[&story, &format!("{other}\n{quote}")]), [Unique, Unique]);
    // A follow-up: a new lead above most of the old text.
    let follow_up = format!("{other}\n{}", HARBOUR[1..4].join("\n"));
    assert_eq!(statuses(&[&story, &follow_up]), [Unique, Unique]);
}

#[test]
fn short_texts_are_exact_or_nothing() {
    let flash = "عاجل: زلزال يضرب شرق البلاد";
    assert_eq!(
        statuses(&[flash, "عاجل: زلزال قوي يضرب شرق البلاد", "عاجل - زلزال يضرب شرق البلاد"]),
        [Unique, Unique, Exact]
    );
    assert_eq!(statuses(&["", "", " \n", "…", "!!", "!!"]), [Unique, Unique, Unique, Unique, Unique, Exact]);
}

#[test]
fn scripts_without_spaces_are_cut_by_characters() {
    let text = "市议会昨晚批准扩建老渔港的计划,并把周围废弃的仓库改建成鱼类和蔬菜市场,工程将于明年春天开始。议长在表决后表示,\
                该项目将为附近居民提供长期就业机会。";
    let light = text.replace("昨晚", "星期二").replace("明年春天", "来年初");
    let other =
        "气象台预计周末北部山区有大雪,公路部门提醒司机携带防滑链,并建议旅客改乘火车前往滑雪场,各地学校将视情况停课。";
    assert_eq!(statuses(&[text, &light, other]), [Unique, Near, Unique]);
}

#[test]
fn clusters_gather_round_a_representative() {
    let (half, whole) = (HARBOUR[..3].join("\n"), HARBOUR.join("\n"));
    let (light, other) = (edited(&whole, 9), RAILWAY.join("\n"));
    let texts = [half.as_str(), &other, &whole, &light, &other];
    for (keep, representative) in [(Keep::First, "d0"), (Keep::Longest, "d2")] {
        let mut settings = Settings::default();
        settings.keep = keep;
        let (judgements, deduper) = judge_all(settings, &texts);
        let clusters = deduper.clusters();
        assert_eq!(clusters.len(), 2);
        assert_eq!((clusters[0].cluster.as_str(), clusters[0].representative.as_str()), ("d0", representative));
        assert_eq!(clusters[0].members, ["d0", "d2", "d3"]);
        assert_eq!(clusters[1].members, ["d1", "d4"]);
        assert_eq!(judgements[3].verdict.of.as_deref(), Some(representative));
        let of: Vec<_> = judgements[3].pairs.iter().map(|pair| (pair.of.as_str(), pair.relation)).collect();
        assert_eq!(of, [("d0", Abridged), ("d2", Near)]);
        assert_eq!(judgements[4].pairs.len(), 1);
    }
}

#[test]
fn chains_of_small_changes_do_not_make_one_cluster() {
    // Each text loses the two oldest sentences of its forerunner and gains two: neighbours are near, the ends are not.
    let sentences: Vec<&str> = HARBOUR.iter().chain(&RAILWAY).copied().collect();
    let windows: Vec<String> = sentences.windows(4).map(|window| window.join("\n")).collect();
    let texts: Vec<&str> = windows.iter().map(String::as_str).collect();
    let mut settings = Settings::default();
    settings.lead_share = 0.0;
    let (judgements, deduper) = judge_all(settings, &texts);
    assert_eq!(judgements[1].verdict.cluster, "d0");
    assert_ne!(judgements.last().unwrap().verdict.cluster, "d0");
    assert!(deduper.clusters().len() > 1);
}

#[test]
fn a_wire_story_that_everybody_runs_stays_one_cluster() {
    let text = HARBOUR.join("\n");
    let copies: Vec<String> = (0..300).map(|nth| format!("{text}\nمراسلنا {}", "ا".repeat(nth + 1))).collect();
    let texts: Vec<&str> = copies.iter().map(String::as_str).collect();
    let settings = Settings::default();
    let (judgements, deduper) = judge_all(settings.clone(), &texts);
    assert_eq!(deduper.clusters()[0].members.len(), 300);
    assert!(judgements.iter().skip(1).all(|judgement| judgement.verdict.cluster == "d0"));
    assert!(judgements.iter().all(|judgement| judgement.pairs.len() <= settings.max_members));
}

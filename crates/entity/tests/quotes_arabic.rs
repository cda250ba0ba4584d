//! Arabic quotes: a class of construction each, in words of our own.

use std::sync::LazyLock;

use khabar_entity::Extractor;
use khabar_model::{Article, Detection};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::embedded);

/// The words and the speaker of each quote; "" for nobody.
fn quotes(text: &str) -> Vec<(String, String)> {
    let language = Detection { code: "ar".to_owned(), reliable: true, ..Detection::undetermined() };
    let article = Article { text: text.to_owned(), ..Article::default() };
    let quotes = EXTRACTOR.extract(&article, &language).quotes;
    quotes
        .into_iter()
        .map(|quote| (quote.text, quote.speaker.map(|speaker| speaker.text).unwrap_or_default()))
        .collect()
}

fn assert_quotes(cases: &[(&str, &[(&str, &str)])]) {
    for (text, expected) in cases {
        let found = quotes(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(words, speaker)| (&**words, &**speaker)).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn what_nobody_says() {
    assert_quotes(&[
        ("لا يمكن القول إن الطريق آمن بعد العاصفة.", &[]),
        ("لا يمكن لأحد أن يزعم أنه يعرف سبب العطل.", &[]),
        ("كان في القاعة قدر كبير من الارتباك وإن لم تخل من الضحك.", &[]),
        ("وأُعلن في المدينة عن إغلاق الجسر.", &[]),
        ("عقب لقاء المدير حسن العلي أن الطريق أغلقت.", &[]),
        ("من هنا ضرورة أن يفتح الجسر قبل الشتاء.", &[]),
        ("أعتقد أن السوق ستهدأ قريبا.", &[]),
        ("لاحظ السكان ذلك منذ أن ضرب الزلزال المدينة.", &[]),
        ("ووفقا لذلك، أزال العمال الحاجز.", &[]),
    ]);
}

#[test]
fn pronouns_and_adverbs_are_no_subject() {
    let said = "قال المدير حسن العلي إن الجسر آمن.\n";
    for (rest, words) in [
        ("وكتب تحته: «سنفتحه غدا صباحا».", "سنفتحه غدا صباحا"),
        ("وتحدث خصوصا عن «عقبة كبيرة في التمويل».", "عقبة كبيرة في التمويل"),
        ("وقال شخصيا إن العمل مستمر.", "العمل مستمر"),
    ] {
        let speaker = "المدير حسن العلي";
        assert_quotes(&[(&format!("{said}{rest}"), &[("الجسر آمن", speaker), (words, speaker)])]);
    }
}

#[test]
fn a_subject_ends_before_the_object() {
    assert_quotes(&[
        ("أكد زعيما الكوريتين التزامهما بالنزع التام للسلاح.", &[("التزامهما بالنزع التام للسلاح", "زعيما الكوريتين")]),
        ("أبلغت كوريا الشمالية وكالة الطيران إنها لن تجري تجارب.", &[("لن تجري تجارب", "كوريا الشمالية")]),
    ]);
}

#[test]
fn relays_and_sources() {
    assert_quotes(&[
        ("نقلت صحيفة النهار أن الجسر أغلق ليلا.", &[("الجسر أغلق ليلا", "صحيفة النهار")]),
        ("بدا الجسر سليما بعد العاصفة، بحسب ما أظهرت وزارة النقل.", &[("بدا الجسر سليما بعد العاصفة", "وزارة النقل")]),
        ("غادر الوفد ليلا، وفقا لروايات الشهود.", &[("غادر الوفد ليلا", "روايات الشهود")]),
        ("ووفقا لمسؤول في الوزارة فقد اقترح المدير إغلاق الجسر.", &[("اقترح المدير إغلاق الجسر", "مسؤول في الوزارة")]),
        ("وكان الطريق مغلقا، لكن بحسب وزارة النقل، يفتح الجسر اليوم.", &[("يفتح الجسر اليوم", "وزارة النقل")]),
    ]);
}

#[test]
fn who_speaks_next() {
    // A verb that reports nothing has its subject too.
    assert_quotes(&[
        (
            "أشاد مدير النادي حسن العلي بالجمهور، وقال: «لن ننسى هذا المساء».",
            &[("لن ننسى هذا المساء", "مدير النادي حسن العلي")],
        ),
        ("وقال لـ«النهار» حسن العلي، مدير النادي، إن الفريق جاهز.", &[("الفريق جاهز", "حسن العلي، مدير النادي")]),
    ]);
    // Somebody without a name is whoever spoke last.
    let said = "قال مدرب الفريق حسن العلي إن الفريق جاهز.\n";
    for rest in ["وشدد المدرب البالغ 52 عاما على أن القائمة اكتملت.", "وأوضح ضيف البرنامج أن القائمة اكتملت."]
    {
        let speaker = "مدرب الفريق حسن العلي";
        let expected = [("الفريق جاهز", speaker), ("القائمة اكتملت", speaker)];
        assert_quotes(&[(&format!("{said}{rest}"), &expected)]);
    }
    // «سألته» is of her, and he answers.
    let text = "قال المتهم سامي رضوان إنه بريء.\nوسألته القاضية هدى العلي: «لماذا هربت؟»، فرد: «كنت خائفا جدا».";
    let speakers: Vec<String> = quotes(text).into_iter().map(|(_, speaker)| speaker).collect();
    assert_eq!(speakers, ["المتهم سامي رضوان", "القاضية هدى العلي", "المتهم سامي رضوان"]);
}

#[test]
fn a_mother_is_no_man() {
    let text = "قال محمود العلي إن الطريق خطير.\nوقالت الأم المسنة إنها تنتظر.\nوقال الفتى الصغير إنه خائف.";
    let speakers: Vec<String> = quotes(text).into_iter().map(|(_, speaker)| speaker).collect();
    assert_eq!(speakers, ["محمود العلي", "الأم المسنة", "محمود العلي"]);
}

#[test]
fn what_is_denied_and_withheld() {
    assert_quotes(&[
        ("نفت وزارة النقل ما تردد عن إغلاق الجسر.", &[("ما تردد عن إغلاق الجسر", "وزارة النقل")]),
        ("طلب المصدر عدم الكشف عن هويته.", &[]),
        ("وأبان المدير حسن العلي أن الجسر آمن.", &[("الجسر آمن", "المدير حسن العلي")]),
    ]);
}

#[test]
fn no_clause_goes_on_behind_a_noun_phrase() {
    assert_quotes(&[
        ("أكد المدير حسن العلي انتهاء الأشغال، لكن البلدية لم تتسلم الجسر.", &[("انتهاء الأشغال", "المدير حسن العلي")]),
        (
            "نفت وزارة النقل إغلاق الجسر، إلا أن البلدية أعلنت أن الأشغال مستمرة.",
            &[("إغلاق الجسر", "وزارة النقل"), ("الأشغال مستمرة", "البلدية")],
        ),
    ]);
}

//! Persian and Urdu quotes: who is meant by an office, lines of a talk, where reports end.

use khabar_entity::Extractor;
use khabar_model::{Annotations, Article, Detection, Span};

fn annotations(text: &str, extractor: &Extractor) -> Annotations<Span> {
    let code = if text.contains(['ہ', 'ے']) { "ur" } else { "fa" };
    let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
    extractor.extract(&Article { text: text.to_owned(), ..Article::default() }, &language)
}

/// What is said, and by whom in the words of the text.
fn said(found: &Annotations<Span>) -> Vec<(&str, &str)> {
    found
        .quotes
        .iter()
        .map(|quote| (quote.speaker.as_ref().map_or("", |who| who.text.as_str()), quote.text.as_str()))
        .collect()
}

#[test]
fn reports_and_their_ends() {
    let extractor = Extractor::embedded();
    for (text, quotes) in [
        // The comma before «که» opens a report as well.
        ("سخنگوی شهرداری گفت، که پل بسته می‌ماند.", &[("سخنگوی شهرداری", "پل بسته می‌ماند")][..]),
        // Participles of one clause.
        (
            "سخنگوی شهرداری افزود که ماموران از مغازه فیلم گرفته و تهدید کرده‌اند.",
            &[("سخنگوی شهرداری", "ماموران از مغازه فیلم گرفته و تهدید کرده‌اند")],
        ),
        // The news that is denied.
        ("سخنگوی شهرداری خبر بسته شدن پل را تکذیب کرد.", &[("سخنگوی شهرداری", "بسته شدن پل")]),
        // Whose words they are, of what body and where they were said.
        ("به گفته محمد احمدی از سازمان آب، سدها پر شده‌اند.", &[("محمد احمدی", "سدها پر شده‌اند")]),
        ("به گفته محمد احمدی در گفتگو با ایسنا، سدها پر شده‌اند.", &[("محمد احمدی", "سدها پر شده‌اند")]),
        (
            "به گفته محمد احمدی در این محله، چون خانه‌ها قدیمی است، خطر زیاد است.",
            &[("محمد احمدی", "در این محله، چون خانه‌ها قدیمی است، خطر زیاد است")],
        ),
        // What the outlet adds to what its sources say; a name that is no quote.
        (
            "ذرائع کے مطابق سات ملوں کا ریکارڈ طلب کر لیا گیا ہے، تاہم ادارے نے اس پر تبصرہ نہیں کیا۔",
            &[("ذرائع", "سات ملوں کا ریکارڈ طلب کر لیا گیا ہے")],
        ),
        ("گلی میں کوئی بورڈ نہیں، لیکن محلے کا ہر بچہ اسے ’باجیوں والا گودام‘ کہتا ہے۔", &[]),
    ] {
        assert_eq!(said(&annotations(text, &extractor)), quotes, "{text}");
    }
}

#[test]
fn an_office_has_whom_the_sentence_before_names() {
    let text = "تیم ملوان در خانه باخت.\nعلی رضایی پس از بازی گفت: «ما خوب بازی نکردیم و باختیم.»\nسرمربی ملوان گفت: «هواداران حق دارند \
                ناراحت باشند.»";
    let found = annotations(text, &Extractor::embedded());
    let who = found.quotes.last().and_then(|quote| quote.speaker.as_ref()).expect("a speaker");
    let person = who.entity.and_then(|entity| found.entities.get(entity as usize)).expect("an entity");
    assert_eq!(who.text, "سرمربی ملوان");
    assert!(person.mentions.iter().any(|mention| mention.text == "علی رضایی"), "{person:?}");
}

#[test]
fn lines_of_a_hearing() {
    let text = "دادگاه\nقاضی: آیا اتهام را قبول دارید؟\nمتهم: خیر، قبول ندارم.\nقاضی: این مبلغ کجا رفته است؟\nمتهم: بدهی شرکت بود.";
    let found = annotations(text, &Extractor::embedded());
    let lines: Vec<&str> = found.quotes.iter().map(|quote| quote.text.as_str()).collect();
    assert_eq!(lines, ["آیا اتهام را قبول دارید؟", "خیر، قبول ندارم.", "این مبلغ کجا رفته است؟", "بدهی شرکت بود."]);
}

//! Words that are names now and then: found where they are one, left alone where they are not.

use khabar_entity::Extractor;
use khabar_model::{Article, Detection};

/// Language, sentence, what has to be found (its mention and label), or `None` with the words that must not be.
const CASES: [(&str, &str, &str, Option<&str>); 40] = [
    ("fa", "خبرگزاری مهر به نقل از یک مقام وزارت خارجه نوشت", "خبرگزاری مهر", Some("Mehr News Agency")),
    ("fa", "مدارس کشور در ماه مهر بازگشایی می‌شود", "مهر", None),
    ("fa", "۱۵ مهر ۱۴۰۳ جلسه هیئت دولت برگزار شد", "مهر", None),
    ("fa", "مهر و محبت مردم را فراموش نمی‌کنیم", "مهر", None),
    ("fa", "خبرگزاری فارس گزارش داد", "خبرگزاری فارس", Some("Fars News Agency")),
    ("fa", "کمبود آب در استان‌های مرکزی جدی است", "آب", None),
    ("fa", "در تیر ماه دمای هوا بالا رفت", "تیر", None),
    ("fa", "او با شلیک یک تیر زخمی شد", "تیر", None),
    ("fa", "بحران مالی شرکت‌ها را نگران کرده است", "مالی", None),
    ("fa", "ارتش مالی از شمال کشور عقب نشست و باماکو واکنش نشان داد", "باماکو", Some("Bamako")),
    ("fa", "هزار سوم پرداخت شد و سهم سوم باقی ماند", "سوم", None),
    ("fa", "کیف دستی مسافر در فرودگاه گم شد", "کیف", None),
    ("fa", "چک‌های برگشتی بازار را نگران کرد", "چک", None),
    ("fa", "روز دوشنبه نشست برگزار می‌شود", "دوشنبه", None),
    ("fa", "دولت قطر میانجی گفت‌وگوها شد", "قطر", Some("Qatar")),
    ("fa", "وزارت خارجه چین بیانیه داد", "چین", Some("China")),
    ("ar", "لم يفقد السكان أمل العودة إلى بيوتهم", "أمل", None),
    ("ar", "قالت حركة أمل في بيان إنها تدعم الجيش", "حركة أمل", Some("Amal Movement")),
    ("ar", "تنتهي المفاوضات اليوم في العاصمة", "اليوم", None),
    ("ar", "ذكرت صحيفة المصري اليوم أن القطار تأخر", "صحيفة المصري اليوم", Some("Al-Masry Al-Youm")),
    ("ar", "اللغة العربية لغة رسمية في المنظمة", "العربية", None),
    ("ar", "نقلت قناة العربية عن مصدر حكومي", "قناة العربية", Some("Al Arabiya")),
    ("ar", "أعلنت جامعة الدول العربية عقد قمة طارئة", "جامعة الدول العربية", Some("Arab League")),
    ("ar", "يمر الاقتصاد بأزمة مالي خانقة ويحتاج إلى دعم مالي", "مالي", None),
    ("ar", "تسببت سيول جارفة في قطع الطرق", "سيول", None),
    ("ar", "وصل الوفد إلى سول مساء الأحد", "سول", Some("Seoul")),
    ("ar", "هطلت أمطار على الساحل الشمالي وفي الجزيرة", "الجزيرة", None),
    ("ar", "قالت قناة الجزيرة إن مراسلها أصيب", "قناة الجزيرة", Some("Al Jazeera")),
    ("ar", "أثار الفيلم جدلًا فينا وفي غيرنا", "فينا", None),
    ("ar", "كان الشرط قاعدة القاعدة العامة للجميع", "القاعدة", None),
    ("ar", "تبنى تنظيم القاعدة الهجوم", "تنظيم القاعدة", Some("Al-Qaeda")),
    ("ar", "طالب الشباب بفرص عمل جديدة", "الشباب", None),
    ("ar", "عثرت الشرطة على بندقية في السيارة وكانت البندقية محشوة", "البندقية", None),
    ("ur", "شام کے وقت بارش ہوئی", "شام", None),
    ("ur", "چینی کی قیمت میں اضافہ ہو گیا", "چینی", None),
    ("en", "Join us on Sunday for the march", "us", None),
    ("en", "They ate turkey and polish sausages in may", "turkey", None),
    ("en", "Turkey said it would send a delegation", "Turkey", Some("Turkey")),
    ("en", "A nice day for reading in the mobile library", "nice", None),
    ("en", "The US president spoke in Jordan", "Jordan", Some("Jordan")),
];

/// Mentions of a text with the labels of their entities.
fn mentions(extractor: &Extractor, code: &str, text: &str) -> Vec<(String, Option<String>)> {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let language = Detection { code: code.to_owned(), reliable: true, ..Detection::undetermined() };
    let entities = extractor.extract(&article, &language).entities;
    let of_entity = entities
        .iter()
        .flat_map(|entity| entity.mentions.iter().map(|mention| (mention.text.clone(), entity.canonical.clone())));
    of_entity.collect()
}

/// The lists by themselves leave a common word alone. With the tagger, which judges by the words around, it may be taken for a
/// name now and then, but is never linked to an entry.
#[test]
fn words_that_may_be_names() {
    let lists = Extractor::embedded().with_tagger(None).unwrap();
    let extractor = Extractor::embedded();
    let mut wrong = Vec::new();
    for (code, text, words, label) in CASES {
        let (listed, found) = (mentions(&lists, code, text), mentions(&extractor, code, text));
        match label {
            Some(label) => {
                let named = |(mention, canonical): &(String, Option<String>)| {
                    words.contains(mention.as_str()) && canonical.as_deref() == Some(label)
                };
                if !listed.iter().any(named) || !found.iter().any(named) {
                    wrong.push(format!("{text}: no {label}, but {listed:?} and {found:?}"));
                }
            }
            None => {
                let is_word = |(mention, _): &&(String, Option<String>)| mention == words;
                let linked = found.iter().filter(is_word).any(|(_, canonical)| canonical.is_some());
                if listed.iter().any(|mention| is_word(&mention)) || linked {
                    wrong.push(format!("{text}: {listed:?} and {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tagger finds a country in the name of a war, and the list that has the war knows the country.
#[test]
fn a_name_within_an_event_is_linked() {
    let extractor = Extractor::embedded();
    for (code, text, name, label) in [
        ("fa", "جنگ روسیه علیه اوکراین وارد سومین سال خود شد", "اوکراین", "Ukraine"),
        ("ar", "قالت الحكومة إن الغزو الروسي لأوكرانيا مستمر", "أوكرانيا", "Ukraine"),
    ] {
        let found = mentions(&extractor, code, text);
        let mut named = found.iter().filter(|(mention, _)| mention == name).peekable();
        assert!(named.peek().is_some(), "{text}: {found:?}");
        assert!(named.all(|(_, canonical)| canonical.as_deref() == Some(label)), "{text}: {found:?}");
    }
}

//! Misreadings that are undone, and text that stays as it is.

use super::*;

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};
use proptest::prelude::*;

/// Sentences of our own: what must come back, and must never change.
const SENTENCES: [(&str, &str); 12] = [
    ("ar", "قال الرئيس إن الحكومة ستعلن خطتها، وأضاف: «لا تأجيل بعد اليوم». فهل تنجح؟"),
    ("fa", "رئیس‌جمهور گفت: «چهار پروژهٔ بزرگ تا پایان سال به بهره‌برداری می‌رسد»؛ کار پیش می‌رود"),
    ("ur", "وزیر اعظم نے کہا ہے کہ نئی ٹرین اگلے ہفتے لاہور سے چلے گی۔ کیا یہ ممکن ہے؟"),
    ("ckb", "سەرۆکی هەرێم ڕایگەیاند کە کۆبوونەوەی داهاتوو لە هەولێر بەڕێوە دەچێت"),
    ("he", "השר הודיע כי השיחות יימשכו בשבוע הבא, ואמר: „הושגה התקדמות”"),
    ("ru", "Министр сообщил, что переговоры – уже третьи в этом году – продолжатся в столице"),
    ("fr", "Le ministre a déclaré que les négociations, déjà très avancées, reprendront à Genève : « C’est l’été ! »"),
    ("pt", "O ministro afirmou que as negociações não serão suspensas até à próxima reunião, na sexta-feira"),
    ("vi", "Bộ trưởng cho biết cuộc đàm phán sẽ tiếp tục vào tuần tới tại thủ đô"),
    ("tr", "Bakan, görüşmelerin önümüzdeki hafta başkentte süreceğini söyledi; çağrı üzerine ışıklar söndürüldü"),
    ("el", "Ο υπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα στην πρωτεύουσα"),
    ("is", "Ráðherrann sagði að viðræðurnar héldu áfram í næstu viku í höfuðborginni, þótt öðru sé haldið fram"),
];

fn read(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The ways in which UTF-8 is misread, each with its rule.
fn misread(text: &str) -> Vec<(&'static str, String)> {
    let western = read(text.as_bytes(), WINDOWS_1252);
    let arabic = read(text.as_bytes(), WINDOWS_1256);
    vec![
        ("MJ1", latin1(text.as_bytes())),
        ("MJ2", arabic.clone()),
        ("MJ3", read(text.as_bytes(), WINDOWS_1251)),
        ("MJ5", read(western.as_bytes(), WINDOWS_1252)),
        ("MJ5", latin1(latin1(text.as_bytes()).as_bytes())),
        ("MJ5", read(western.as_bytes(), WINDOWS_1256)),
        ("MJ5", read(arabic.as_bytes(), WINDOWS_1252)),
        ("MJ5", read(arabic.as_bytes(), WINDOWS_1256)),
        ("MJ1", western),
    ]
}

/// Windows-1256 read as windows-1252 and as Latin-1; only for what windows-1256 can write.
fn legacy(text: &str) -> Vec<String> {
    let (bytes, _, lossy) = WINDOWS_1256.encode(text);
    if lossy { Vec::new() } else { vec![read(&bytes, WINDOWS_1252), latin1(&bytes)] }
}

#[track_caller]
fn repaired(text: &str) -> Aligned {
    let aligned = repair(text).unwrap_or_else(|| panic!("not repaired: {text}"));
    assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()).unwrap(), text.as_bytes());
    aligned
}

#[track_caller]
fn untouched(text: &str) {
    assert_eq!(repair(text).map(|aligned| aligned.text), None, "{text}");
}

#[test]
fn every_misreading_of_every_language_is_undone() {
    for (language, sentence) in SENTENCES {
        for (rule, broken) in misread(sentence) {
            let aligned = repaired(&broken);
            assert_eq!(aligned.text, sentence, "{language} {rule} {broken}");
            let rules: Vec<Rule> = aligned.alignment.counts().into_keys().collect();
            assert_eq!(rules, [Rule(rule)], "{language} {broken}");
        }
    }
    for sentence in [SENTENCES[0].1, "رئيس جمهور گفت: چهار پروژه‌ بزرگ تا پايان سال به بهره‌برداري مي‌رسد؛ کار ژرف"]
    {
        for broken in legacy(sentence) {
            let aligned = repaired(&broken);
            assert_eq!(aligned.text, sentence);
            assert_eq!(aligned.alignment.counts().into_keys().collect::<Vec<_>>(), [Rule("MJ4")]);
            assert_eq!(repaired(&read(broken.as_bytes(), WINDOWS_1252)).text, sentence);
        }
    }
}

#[test]
fn what_is_written_as_it_should_be_stays() {
    for (_, sentence) in SENTENCES {
        untouched(sentence);
        untouched(&sentence.to_uppercase());
        untouched(&format!("<p class=\"x\">{sentence}</p>\n<title>{sentence}</title>"));
    }
    let all: Vec<&str> = SENTENCES.iter().map(|(_, sentence)| *sentence).collect();
    untouched(&all.join("\n"));
    untouched(&all.join(" "));
}

#[test]
fn accents_capitals_and_tables_of_letters_stay() {
    for text in [
        "“A MAÇÔ É BOA, DISSE O IRMÔ",
        "Il a dit « à » et « é… » ; Évêque, ÎLE, FORÊT, « Noël »",
        "NESTLÉ® and CAFÉ™ are marks of NESTLÉ®; so are SÃO² and MAÇÃ†, see FORÊT³",
        "¿Qué pasó en el año “Ñ”? ¡Nada! 1.º, 2.ª, 20 °C, 3 m², ½",
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
        "À Á Â Ã Ä Å Æ Ç È É Ê Ë Ì Í Î Ï Ð Ñ Ò Ó Ô Õ Ö × Ø Ù Ú Û Ü Ý Þ ß",
        "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿",
        "<tr><td>C3 A9</td><td>Ã©</td></tr>\n<tr><td>C3 A8</td><td>Ã¨</td></tr>\n<tr><td>C3 AA</td><td>Ãª</td></tr>",
        "ا = Ø§، ب = Ø¨، ت = Øª، ث = Ø«، ج = Ø¬، ح = Ø\u{ad}، خ = Ø®، د = Ø¯، ذ = Ø°، ر = Ø±، ز = Ø²، س = Ø³، ش = Ø´، ص = Øµ",
        "ضبط ظرف عطر غيظ: طظعغ ط ظ ع غ «طـ» و(ظ) ±3 و§5",
        "سگ و گرگ، پنج ژاپنی، چک، رگ، سنگ؛ تگرگ بزرگ",
        "ÞÆR ÁÆTLANIR ERU ÓLJÓSAR, SEGIR ÞÓRÐUR",
        "SÃO JOÃO, IRMÃ, MAÇÃ, LÃ, AVELÃ – tudo em “MAIÚSCULAS”",
    ] {
        untouched(text);
    }
}

#[test]
fn a_quoted_sample_in_a_clean_sentence_is_a_sample() {
    let (word, name) =
        (read("الرئيس".as_bytes(), WINDOWS_1252), read("الرئيس الفرنسي إيمانويل".as_bytes(), WINDOWS_1256));
    for text in [
        format!("تظهر كلمة «الرئيس» على هذه الصفحات بالشكل «{word}» إذا قُرئت بالترميز الخطأ."),
        format!("تظهر العبارة بالشكل «{name}» إذا قُرئت بالترميز الخطأ، وهذا خلل شائع."),
        format!("The word is shown as {word} when a page in UTF-8 is read as windows-1252."),
        format!("The headline came out as \"{name}\" and nobody at the desk could read it."),
        format!("<p>On such a page, <code>{word} {word}</code> stands for the president of a country.</p>"),
        format!("این کلمه به شکل «{word}» دیده می‌شود"),
        "Le mot « été » devient « Ã©tÃ© » quand on se trompe de codage.".to_owned(),
        "A word such as \"cafÃ© crÃ¨me\" shows that the reader took the wrong charset.".to_owned(),
        "A word such as \"cafÃ©\", or “crÃ¨me brÃ»lÃ©e”, or <i>dÃ©jÃ </i>, was read with the wrong charset.".to_owned(),
        "The apostrophe turns into â€™ when the page is read with the wrong charset.".to_owned(),
        "Слово «привет» превращается в «РїСЂРёРІРµС‚», если ошибиться с кодировкой.".to_owned(),
        "Так выглядит кириллица в Latin-1: «Ïðèâåò, ìèð».".to_owned(),
    ] {
        untouched(&text);
        untouched(&format!("{}\n{text}\n{}", SENTENCES[0].1, SENTENCES[6].1));
    }
}

#[test]
fn a_broken_headline_over_a_clean_body_is_repaired() {
    let body = format!("{}\n{}\n", SENTENCES[0].1, SENTENCES[1].1).repeat(5);
    let headline = "الرئيس الفرنسي يزور القاهرة";
    for (_, broken) in misread(headline) {
        assert_eq!(repaired(&format!("{broken}\n{body}")).text, format!("{headline}\n{body}"), "{broken}");
        let page = |title: &str| {
            format!(
                "<head><meta property=\"og:title\" content='{title}'><title>{title} - موقع الأخبار</title>\
                 <script type=\"application/ld+json\">{{\"headline\":\"{title}\",\"name\":\"موقع\"}}</script></head>\
                 <h1><a href=\"/x\"><b>{title}</b></a></h1><p>{body}</p>"
            )
        };
        assert_eq!(repaired(&page(&broken)).text, page(headline), "{broken}");
    }
    // Beside a clean name of the site a short one is not certain.
    untouched(&format!("{} - موقع الأخبار\n{body}", read("الرئيس في القاهرة".as_bytes(), WINDOWS_1252)));
}

#[test]
fn a_broken_body_under_a_clean_headline_is_repaired() {
    let headline = "الرئيس الفرنسي يزور القاهرة";
    for (_, sentence) in SENTENCES {
        for (_, broken) in misread(sentence) {
            assert_eq!(repaired(&format!("{headline}\n{broken}")).text, format!("{headline}\n{sentence}"));
        }
    }
    let body = SENTENCES[0].1;
    for broken in legacy(body) {
        assert_eq!(repaired(&format!("{headline}\n{broken}")).text, format!("{headline}\n{body}"));
    }
}

#[test]
fn a_broken_run_in_a_clean_line_is_repaired() {
    let broken = SENTENCES[0].1;
    for clean in ["وأضاف البيان", SENTENCES[1].1, SENTENCES[5].1] {
        let line = format!("{clean} - {} - {clean}", read(broken.as_bytes(), WINDOWS_1252));
        assert_eq!(repaired(&line).text, format!("{clean} - {broken} - {clean}"));
    }
}

#[test]
fn what_is_too_short_alone_is_repaired_with_a_broken_document() {
    let parts = ["خبر", "عاجل", "القاهرة", SENTENCES[0].1, "AFP", "صور"];
    let broken = parts.map(|part| read(part.as_bytes(), WINDOWS_1252)).join("\n");
    assert_eq!(repaired(&broken).text, parts.join("\n"));
    untouched(&read("خبر".as_bytes(), WINDOWS_1252));
    // Latin script, one word a line.
    let parts = ["Le président", "a été reçu", "à Genève", "Voilà !", "« C’est »"];
    let broken = parts.map(|part| read(part.as_bytes(), WINDOWS_1252)).join("\n");
    assert_eq!(repaired(&broken).text, parts.join("\n"));
    let english = "It’s the “same” story.\nThey don’t agree.\nWe’ll see – or won’t.\n© 2024, £5";
    assert_eq!(repaired(&read(english.as_bytes(), WINDOWS_1252)).text, english);
}

#[test]
fn a_lost_byte_is_a_lost_letter() {
    let sentence = "قال وزير الخارجية الفرنسي في مؤتمر صحفي إن المفاوضات استؤنفت";
    let damaged = sentence.replace('ف', "\u{fffd}");
    let misread = read(sentence.as_bytes(), WINDOWS_1252);
    let undefined = |c: char| matches!(c, '\u{81}' | '\u{8d}' | '\u{8f}' | '\u{90}' | '\u{9d}');
    assert_eq!(repaired(&misread.replace(undefined, "\u{fffd}")).text, damaged);
    assert_eq!(repaired(&misread.replace(undefined, "")).text, damaged);
    // Cut off in the middle of a letter.
    let cut = read(&sentence.as_bytes()[..sentence.len() - 1], WINDOWS_1252);
    assert_eq!(repaired(&cut).text, format!("{}\u{fffd}", sentence.strip_suffix('ت').unwrap()));
}

#[test]
fn a_misread_mark_goes() {
    let text = format!("ï»¿{}", SENTENCES[0].1);
    let aligned = repaired(&text);
    assert_eq!(aligned.text, SENTENCES[0].1);
    let both = read(text.replace("ï»¿", "\u{feff}").as_bytes(), WINDOWS_1252);
    assert_eq!(repaired(&both).text, SENTENCES[0].1);
    untouched("The mark is shown as ï»¿ in front of the page.");
}

#[test]
fn a_repaired_word_is_one_edit() {
    let broken = read("الرئيس الفرنسي (BBC) في زيارة".as_bytes(), WINDOWS_1252);
    let aligned = repaired(&format!("{broken}\n{}", SENTENCES[6].1));
    let words: Vec<&str> =
        aligned.alignment.edits().iter().filter_map(|edit| aligned.text.get(edit.dst.clone())).collect();
    assert_eq!(words, ["الرئيس", "الفرنسي", "في", "زيارة"]);
}

#[test]
fn markup_never_changes() {
    let html = format!("<p title=\"{0}\">{0}<b>{0}</b> &amp; {0}</p><script>\"{0}\"</script>", SENTENCES[0].1);
    for (_, broken) in misread(&html) {
        let ascii = |text: &str| text.chars().filter(char::is_ascii).collect::<String>();
        let aligned = repaired(&broken);
        assert_eq!(aligned.text, html);
        assert_eq!(ascii(&aligned.text), ascii(&broken));
    }
}

#[test]
fn long_lines_and_floods_take_linear_time() {
    for (_, sentence) in SENTENCES {
        let line = format!("{sentence}; ").repeat(500);
        assert_eq!(repaired(&read(line.as_bytes(), WINDOWS_1252)).text, line);
    }
    for flood in ["Ã", "ÃÂ", "Ã©", "Ø", "ï»¿", "Ã\n", "<a b='Ã©", "«Ã©»", "ÇáÑ", "ðŸ"] {
        let text = flood.repeat(200_000);
        if let Some(aligned) = repair(&text) {
            assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()).unwrap(), text.as_bytes());
        }
    }
}

/// Letters of a news alphabet, in words.
fn text_of(alphabet: &'static str) -> impl Strategy<Value = String> {
    let letters: Vec<char> = alphabet.chars().collect();
    let word = prop::collection::vec(prop::sample::select(letters), 2..9).prop_map(String::from_iter);
    prop::collection::vec(word, 8..30).prop_map(|words| words.join(" ")).prop_filter(ENOUGH, |text| is_enough(text))
}

const ENOUGH: &str = "long enough, and of more than a few letters";

/// Less than this is no evidence.
fn is_enough(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 40 && letters.iter().collect::<std::collections::BTreeSet<_>>().len() >= 12
}

fn text_of_any() -> impl Strategy<Value = String> {
    prop_oneof![
        text_of("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ،"),
        text_of("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأئؤء\u{200c}؛۱۲۳"),
        text_of("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗ"),
        text_of("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΑΒΓΔΕΘ"),
    ]
}

fn words_of(words: &'static str) -> impl Strategy<Value = String> {
    let words: Vec<&str> = words.split(' ').collect();
    let text = prop::collection::vec(prop::sample::select(words), 8..30).prop_map(|words| words.join(" "));
    text.prop_filter(ENOUGH, |text| is_enough(text))
}

proptest! {
    #[test]
    fn what_was_misread_comes_back(text in text_of_any()) {
        prop_assert_eq!(repair(&text), None);
        // Few letters of random Cyrillic give a hint in windows-1251.
        for (rule, broken) in misread(&text).into_iter().filter(|(rule, _)| *rule != "MJ3") {
            let aligned = repair(&broken);
            prop_assert_eq!(aligned.as_ref().map(|aligned| aligned.text.as_str()), Some(text.as_str()), "{} {}", rule, broken);
            let undone = aligned.and_then(|aligned| aligned.alignment.undo(aligned.text.as_bytes()));
            prop_assert_eq!(undone, Some(broken.into_bytes()));
        }
    }

    #[test]
    fn old_arabic_and_persian_comes_back(text in prop_oneof![
        words_of("قال الرئيس إن الحكومة ستعلن غدا خطة جديدة لدعم أسعار الوقود في المدن الكبرى بعد احتجاجات واسعة شهدتها البلاد هذا الأسبوع"),
        words_of("وزير خارجه گفت که مذاکرات در پايتخت ادامه مي‌يابد و نتايج آن هفته آينده منتشر خواهد شد چهار کشور پنج روز ديگر به آن مي‌پيوندند"),
    ]) {
        prop_assert_eq!(repair(&text), None);
        for broken in legacy(&text) {
            let aligned = repair(&broken);
            prop_assert_eq!(aligned.as_ref().map(|aligned| aligned.text.as_str()), Some(text.as_str()), "{}", broken);
        }
    }

    #[test]
    fn any_text_is_led_back_to(text in "(Ã|©|Ø|Ù|§|„|ط|ظ|ع|Ç|á|Ñ|<b>|</p>|\"|'|\n| |x|\u{fffd}|ï»¿|â€|™|é|\u{81}|\u{a0}){0,80}") {
        if let Some(aligned) = repair(&text) {
            prop_assert_eq!(aligned.alignment.undo(aligned.text.as_bytes()), Some(text.clone().into_bytes()));
            let ascii = |text: &str| text.chars().filter(char::is_ascii).collect::<String>();
            prop_assert_eq!(ascii(&aligned.text), ascii(&text));
        }
    }
}

/// Ten thousand sentences of a hundred languages that are as their authors typed them.
#[test]
fn clean_sentences_stay_as_they_are() {
    let Some(shared) = crate::html::oracle::shared() else {
        assert!(!crate::html::oracle::in_ci(), "../shared is absent, and CI may not skip");
        return;
    };
    let (mut seen, mut changed) = (0, Vec::new());
    for name in ["ntrex", "sib200"] {
        let path = shared.join(format!("bench/langid/dev/{name}.tsv.zst"));
        let unpacked = std::process::Command::new("zstd").arg("-dc").arg(&path).output().unwrap();
        assert!(unpacked.status.success(), "cannot unpack {}", path.display());
        for line in String::from_utf8(unpacked.stdout).unwrap().lines() {
            let text = line.rsplit('\t').next().unwrap_or_default();
            seen += 1;
            if let Some(aligned) = repair(text) {
                changed.push(format!("{text}\n  {}", aligned.text));
            }
        }
    }
    assert!(seen >= 10_000, "{seen} sentences");
    assert!(changed.is_empty(), "{} of {seen}:\n{}", changed.len(), changed.join("\n"));
}

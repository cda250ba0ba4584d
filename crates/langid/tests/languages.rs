//! Sentences written for this test: headlines, reports, speech, typed well and badly, Arabic script most.

use khabar_langid::Detector;

/// Code and text. Each has to be the first answer.
const SENTENCES: &[(&str, &str)] = &[
    // Arabic: report, headlines, vocalised, stretched, speech of four regions, Persian keyboard.
    ("ar", "أعلنت وزارة الصحة تسجيل انخفاض ملحوظ في أعداد المصابين خلال الأسبوع الماضي"),
    ("ar", "مجلس الأمن يبحث الليلة هدنة جديدة"),
    ("ar", "ارتفاع أسعار النفط بعد اجتماع أوبك"),
    ("ar", "البرلمان يقر الموازنة"),
    ("ar", "وَقَالَ الوَزِيرُ إِنَّ المَدَارِسَ سَتُفْتَحُ أَبْوَابُهَا غَدًا"),
    ("ar", "عـــاجل: زلـــزال يضرب جنوب البـــلاد"),
    ("ar", "ونفى المتحدث ما تداولته مواقع التواصل عن إغلاق المعبر، مؤكدا أن الحركة طبيعية."),
    ("ar", "إيه اللي حصل امبارح في وسط البلد؟ الناس كلها بتتكلم عن الموضوع ده"),
    ("ar", "شو صار مبارح بالضيعة؟ ما حدا عم يحكي شي"),
    ("ar", "واش كاين شي جديد على الماتش ديال البارح"),
    ("ar", "وش السالفة يا جماعة ليش الزحمة اليوم كذا"),
    ("ar", "وقال رئیس الوزراء ان الحکومة ستعمل علی تنفیذ البرنامج"),
    ("ar", "قال @nabaa_24 إن التفاصيل على https://news.example.com/story/12 ستنشر مساء اليوم"),
    // Persian: report, headlines, Arabic keyboard, no ZWNJ, ZWNJ as a space, speech, Dari.
    ("fa", "رئیس سازمان هواشناسی از بارش برف و باران در بیشتر استان‌های کشور خبر داد"),
    ("fa", "نرخ دلار در بازار آزاد کاهش یافت"),
    ("fa", "آغاز ثبت‌نام دانش‌آموزان از فردا"),
    ("fa", "وزير نيرو گفت: سدهاي كشور اكنون بيش از نيمي از ظرفيت خود آب دارند"),
    ("fa", "مدیرعامل شرکت فرودگاهها گفت پروازها ازامروز ازسرگرفته میشود و مسافران نگران نباشند"),
    ("fa", "خانه های روستایی آسیب دیده تا پایان سال باز سازی می شوند"),
    ("fa", "دیشب کجا بودی؟ هرچی زنگ زدم جواب ندادی که"),
    ("fa", "کارشناسان می‌گویند گران شدن نان به زندگی کارگران فشار تازه‌ای می‌آورد."),
    ("fa", "سخنگوی وزارت داخله گفت که در نتیجهٔ این رویداد هشت تن زخمی شده‌اند و تحقیقات جریان دارد"),
    ("fa", "شاروالی کابل از آغاز کار قیرریزی سرک‌های ناحیهٔ پنجم خبر داد"),
    // Urdu: report, headline, Arabic heh and kaf.
    ("ur", "وفاقی کابینہ نے بجلی کے نرخوں میں کمی کی منظوری دے دی ہے"),
    ("ur", "کراچی میں تیز بارش، کئی سڑکیں زیر آب"),
    ("ur", "انہوں نے کہا کہ انتخابات وقت پر ہوں گے اور کسی کو شک نہیں ہونا چاہیے"),
    ("ur", "مجھے سمجھ نہیں آ رہا کہ آپ کل جلسے میں کیوں نہیں آئے تھے"),
    ("ur", "پوليس كے مطابق حادثے ميں تين افراد زخمى ہوئے ہيں"),
    // Shahmukhi Punjabi.
    ("pnb", "اوہناں نے آکھیا پئی ساڈے پنڈ وچ ہن سکول وی بن گیا اے"),
    ("pnb", "پنجابی ساڈی ماں بولی اے تے اسیں ایہدے نال پیار کردے آں"),
    // Pashto, Sorani, Sindhi, Uyghur, South Azerbaijani, Kashmiri.
    ("ps", "د کرنې وزارت وايي چې سږ کال به د غنمو حاصلات زيات شي"),
    ("ps", "په ننګرهار کې د سيلاب له امله لس کورونه ويجاړ شوي دي"),
    ("ps", "ولسمشر نن د بهرنيو چارو له وزير سره وکتل"),
    ("ckb", "وەزارەتی پەروەردە ڕایگەیاند کە ساڵی نوێی خوێندن لە مانگی داهاتوو دەست پێدەکات"),
    ("ckb", "نرخی نەوت لە بازاڕەکانی جیهان دابەزی"),
    ("sd", "سنڌ جي وڏي وزير چيو آهي ته ٻوڏ متاثرن کي گهر ٺاهي ڏنا ويندا"),
    ("sd", "حيدرآباد ۾ برسات کانپوءِ بجلي بند، ماڻهو پريشان"),
    ("ug", "ئۇ بۈگۈن ئەتىگەن شەھەر مەركىزىدىكى كىتابخانىغا باردى"),
    ("azb", "بو گون تبریزده هاوا چوخ سویوق ایدی و اوشاقلار مدرسه‌یه گئتمه‌دیلر"),
    ("ks", "تِم چھِ وَنان زِ یہِ کٲم چھےٚ سٮ۪ٹھاہ مُشکِل"),
    // Mazandarani, Gilaki, Saraiki.
    ("mzn", "اما ونه جه بئوتمی که اینتا راه خله دور هسه و شو دله نشونه بوردن"),
    ("glk", "مي پئر گب زئه کي امي دهˇ مئن ايتا پيله دار نهأ بۊ"),
    ("skr", "اساں اکھیا ہا جو ایہ کم ساڈے وس دا کائنی تے تساں آپ ڳالھ کرو"),
    // Cyrillic.
    ("ru", "Правительство объявило о новых мерах поддержки малого бизнеса"),
    ("ru", "Пожар на складе потушили к утру"),
    ("uk", "Міністерство освіти повідомило, що школи відкриються з понеділка"),
    ("uk", "У Львові відкрили нову лікарню"),
    ("bg", "Министърът заяви, че пътят ще бъде готов до края на годината"),
    ("sr", "Председник владе рекао је да ће избори бити одржани у децембру"),
    ("mk", "Премиерот изјави дека патот ќе биде завршен до крајот на годината"),
    ("be", "Міністэрства паведаміла, што новая школа адкрыецца ў верасні"),
    ("kk", "Үкімет шағын бизнесті қолдаудың жаңа бағдарламасын жариялады"),
    ("mn", "Засгийн газар шинэ хуулийн төслийг хэлэлцэж эхэллээ"),
    ("tg", "Вазири маориф гуфт, ки мактабҳо аз душанбе боз мешаванд"),
    // Latin.
    ("en", "The prime minister said the road would be reopened before the end of the week"),
    ("en", "Oil prices slip as traders wait for data"),
    ("en", "FLOODS CUT OFF VILLAGES IN THE NORTH"),
    ("fr", "Le gouvernement a annoncé jeudi une baisse des impôts pour les ménages modestes"),
    ("fr", "Grève à la SNCF : ce qui vous attend lundi"),
    ("de", "Die Regierung will den Ausbau der Bahnstrecken im kommenden Jahr beschleunigen"),
    ("es", "El ayuntamiento abrirá dos nuevas bibliotecas en los barrios del sur"),
    ("pt", "A prefeitura vai abrir duas novas bibliotecas nos bairros da zona sul"),
    ("it", "Il comune aprirà due nuove biblioteche nei quartieri della periferia"),
    ("nl", "De regering wil volgend jaar meer geld uittrekken voor het openbaar vervoer"),
    ("pl", "Rząd zapowiedział, że w przyszłym roku powstaną nowe żłobki"),
    ("ro", "Guvernul a anunțat că vor fi construite școli noi în mediul rural"),
    ("ro", "Guvernul a anunţat că preţurile vor fi plafonate până în martie"),
    ("sv", "Regeringen vill att fler unga ska få jobb redan nästa år"),
    ("da", "Regeringen vil bruge flere penge på de ældre til næste år"),
    ("fi", "Hallitus aikoo lisätä rahaa koulujen korjaamiseen ensi vuonna"),
    ("cs", "Vláda příští rok přidá peníze na opravy silnic a škol"),
    ("hu", "A kormány jövőre több pénzt szán az iskolák felújítására"),
    ("tr", "Bakanlık, okulların pazartesi günü yeniden açılacağını duyurdu"),
    ("tr", "Depremde yıkılan köyde yaralar sarılıyor"),
    ("az", "Nazirlik məktəblərin bazar ertəsi yenidən açılacağını bildirdi"),
    ("uz", "Vazirlik maktablar dushanba kuni qayta ochilishini maʼlum qildi"),
    ("ku", "Wezaretê ragihand ku dibistan dê roja duşemê ji nû ve vebin"),
    ("id", "Kementerian mengumumkan bahwa sekolah akan dibuka kembali pada hari Senin"),
    ("vi", "Bộ Giáo dục thông báo các trường học sẽ mở cửa trở lại vào thứ Hai"),
    ("so", "Wasaaradda ayaa sheegtay in iskuullada dib loo furi doono maalinta Isniinta"),
    ("zu", "UNgqongqoshe uthe izikole zizovulwa kabusha ngoMsombuluko"),
    ("yo", "Ìjọba ìpínlẹ̀ náà sọ pé àwọn ilé ìwé yóò ṣí padà ní ọjọ́ Ajé"),
    ("rw", "Minisiteri y'uburezi yatangaje ko amashuri azafungura ku wa mbere"),
    ("mg", "Nilaza ny ministera fa hisokatra indray ny sekoly amin'ny alatsinainy"),
    ("jv", "Pamarentah ngumumake yen sekolah bakal dibukak maneh dina Senen"),
    ("ceb", "Matud sa ministro ablihan pag-usab ang mga tunghaan karong Lunes"),
    ("lb", "D'Regierung huet matgedeelt datt d'Schoule méindes nees opginn"),
    ("br", "Ar c'hentel a vo digoret en-dro d'al Lun, eme ar ministr"),
    ("tk", "Ministrlik mekdepleriň duşenbe güni täzeden açyljakdygyny habar berdi"),
    ("sw", "Wizara imetangaza kuwa shule zitafunguliwa tena siku ya Jumatatu"),
    // Scripts of few languages or one.
    ("he", "שר החינוך הודיע כי בתי הספר ייפתחו מחדש ביום שני"),
    ("yi", "די שולן וועלן זיך ווידער עפענען מאנטיק, האט דער מיניסטער געזאגט"),
    ("el", "Η κυβέρνηση ανακοίνωσε νέα μέτρα για τη στήριξη των αγροτών"),
    ("hi", "शिक्षा मंत्री ने कहा कि स्कूल सोमवार से फिर खुलेंगे"),
    ("mr", "शाळा सोमवारपासून पुन्हा सुरू होणार असल्याचे शिक्षणमंत्र्यांनी सांगितले"),
    ("ne", "विद्यालयहरू सोमबारदेखि फेरि खुल्ने शिक्षा मन्त्रीले बताए"),
    ("bn", "শিক্ষামন্ত্রী জানিয়েছেন, সোমবার থেকে স্কুল আবার খুলবে"),
    ("am", "የትምህርት ሚኒስቴር ትምህርት ቤቶች ሰኞ እንደሚከፈቱ አስታወቀ"),
    ("ta", "பள்ளிகள் திங்கட்கிழமை மீண்டும் திறக்கப்படும் என்று அமைச்சர் கூறினார்"),
    ("zh", "教育部宣布，全国中小学将于下周一恢复上课。"),
    ("zh", "教育部宣布，全國中小學將於下週一恢復上課。"),
    ("ja", "文部科学省は、学校が月曜日に再開すると発表した。"),
    ("ko", "교육부는 학교가 월요일에 다시 문을 연다고 밝혔다"),
    ("th", "กระทรวงศึกษาธิการประกาศว่าโรงเรียนจะเปิดอีกครั้งในวันจันทร์"),
];

#[test]
fn sentences_get_their_language() {
    let detector = Detector::embedded();
    let mut wrong = String::new();
    for (code, text) in SENTENCES {
        let detection = detector.detect(text);
        if detection.code != *code {
            wrong.push_str(&format!("{code}: {text}\n    {detection:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn persian_survives_the_arabic_keyboard() {
    let detector = Detector::embedded();
    for (_, text) in SENTENCES.iter().filter(|(code, _)| *code == "fa") {
        let typed = text.replace('ک', "ك").replace('ی', "ي");
        for text in [typed.replace('\u{200c}', ""), typed.replace('\u{200c}', " ")] {
            assert_eq!(detector.detect(&text).code, "fa", "{text}");
        }
    }
}

#[test]
fn typesetting_does_not_matter() {
    let detector = Detector::embedded();
    let plain = detector.detect("قال الوزير إن المدارس ستفتح غدا");
    for same in [
        "قَالَ الوَزِيرُ إِنَّ المَدَارِسَ سَتُفْتَحُ غَدًا",
        "قـال الـوزيـر إن المـدارس ستفتح غـدا",
        "\u{feff}قال\u{200f} الوزير إن المدارس ستفتح غدا",
        "ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻤﺪﺍﺭﺱ ﺳﺘﻔﺘﺢ ﻏﺪﺍ",
    ] {
        assert_eq!(detector.detect(same), plain, "{same}");
    }
    // An e with a combining accent, and a dot instead of a dotless i from a careless capital.
    let decomposed = detector.detect("Le ministre a pre\u{301}sente\u{301} son projet de re\u{301}forme");
    assert_eq!(decomposed, detector.detect("Le ministre a présenté son projet de réforme"));
}

#[test]
fn nothing_to_read_is_undetermined() {
    let detector = Detector::embedded();
    for text in
        ["", " \n\t", "123 456", "٢٠٢٤/١٠/١٤", "۱۴۰۳/۰۷/۲۳", "१२३", "!!! … «»", "🙂🙂", "\0\0", "\u{200c}\u{200f}"]
    {
        let detection = detector.detect(text);
        assert_eq!((detection.code.as_str(), detection.script, detection.reliable), ("und", None, false), "{text:?}");
    }
    assert_eq!(detector.detect("https://example.com/arabic/world-123 @handle desk@example.com").code, "und");
}

#[test]
fn code_is_undetermined() {
    let detector = Detector::embedded();
    for text in [
        "fn main() { let x = read(&args[1])?; println!(\"{x}\"); }",
        "<div class=\"story\"><a href=\"/news/1\">x</a></div>",
        "{\"id\":\"a1\",\"items\":[1,2],\"ok\":true}",
        "if (document.cookie.indexOf('x') == -1) { window.dataLayer = window.dataLayer || []; }",
    ] {
        assert_eq!(detector.detect(text).code, "und", "{text}");
    }
    assert_eq!(detector.detect("The ministry (and its agencies) said so; nobody else did.").code, "en");
}

/// Sentences of our own, written apart from those that the model learned from, in languages without other data.
#[test]
fn small_languages_of_arabic_script_are_known() {
    let detector = Detector::embedded();
    let mut tallies: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    for row in include_str!("held-out.tsv").lines() {
        let (code, text) = row.split_once('\t').unwrap();
        let (right, all) = tallies.entry(code).or_default();
        *right += usize::from(detector.detect(text).code == code);
        *all += 1;
    }
    for (code, (right, all)) in tallies {
        assert!(all >= 50 && right * 100 >= all * 85, "{code}: {right} of {all}");
    }
}

#[test]
fn unknown_scripts_and_keyboard_noise_are_undetermined() {
    let detector = Detector::embedded();
    let cherokee = detector.detect("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ");
    assert_eq!((cherokee.code.as_str(), cherokee.script.as_deref()), ("und", Some("Cher")));
    assert!(!detector.detect("qwzx vbnk plkj wqzt xcvb mnbq").reliable);
}

#[test]
fn one_word_is_never_reliable() {
    let detector = Detector::embedded();
    for text in ["قتل", "تهران", "Paris", "Москва", "in"] {
        assert!(!detector.detect(text).reliable, "{text}");
    }
}

#[test]
fn the_leading_script_decides_a_mixture() {
    let detector = Detector::embedded();
    let arabic = "أطلقت شركة OpenAI نسخة جديدة من ChatGPT وقالت إنها أسرع من سابقتها";
    assert_eq!(detector.detect(arabic).code, "ar");
    // A short English headline that stands in an Arabic article, detected alone.
    let headline = detector.detect("Leaders arrive for summit talks on climate");
    assert_eq!((headline.code.as_str(), headline.script.as_deref()), ("en", Some("Latn")));
    let both = format!("{arabic}\n{}", "Leaders arrive for summit talks on climate and trade this week in Geneva");
    assert!(!detector.detect(&both).reliable);
}

#[test]
fn near_relatives_are_named_as_alternatives() {
    let detector = Detector::embedded();
    for (text, relatives) in [
        ("پنجاب حکومت دا اعلان کیا گیا ہے", ["pnb", "ur"]),
        ("Perdana Menteri berkata negara itu akan membantu", ["ms", "id"]),
        ("Vlada je usvojila budžet za iduću godinu", ["hr", "sr"]),
    ] {
        let detection = detector.detect(text);
        let others = detection.alternatives.iter().map(|other| other.code.as_str());
        let named: Vec<&str> = others.chain([detection.code.as_str()]).collect();
        assert!(relatives.iter().all(|code| named.contains(code)), "{text}: {detection:?}");
    }
}

#[test]
fn a_document_is_sampled_over_its_length() {
    let detector = Detector::embedded();
    let persian = "به گزارش خبرنگار ما، جلسهٔ شورای شهر صبح امروز برگزار شد. ";
    let english = "Menu Home News Sport Weather About us Contact. ";
    let page = format!("{english}{}", persian.repeat(20_000));
    let detection = detector.detect(&page);
    assert_eq!(detection.code, "fa");
    assert!(detection.reliable);
}

#[test]
fn languages_are_sorted_and_cover_the_table() {
    let detector = Detector::embedded();
    let languages: Vec<&str> = detector.languages().collect();
    assert!(languages.is_sorted());
    assert!(!languages.contains(&"und"));
    for (code, _) in SENTENCES {
        assert!(languages.contains(code), "{code}");
    }
}

//! Whole pages as different publishing systems write them, and what holds for any input.

use khabar_model::{BlockKind, DateOrigin, RejectReason, RemovalReason};
use proptest::prelude::*;

use super::{Page, read};
use crate::Limits;

fn page(html: &str) -> Page {
    let page = read(html, &Limits::default()).unwrap();
    check(html, &page);
    page
}

/// What holds for every page.
fn check(html: &str, page: &Page) {
    for line in &page.lines {
        assert!(
            !line.text.is_empty() && !line.text.contains(['\n', '\r']) && line.text.trim() == line.text,
            "{line:?}"
        );
        assert!((0.0..=1.0).contains(&line.link_share), "{line:?}");
    }
    let places = page.lines.iter().map(|line| &line.source).chain(page.cut.iter().map(|cut| &cut.source));
    for place in places {
        assert!(html.get(place.clone()).is_some_and(|slice| !slice.is_empty()), "{place:?}");
    }
}

/// Every word of a line stands in the bytes that the line names.
fn check_words(html: &str, page: &Page) {
    for line in &page.lines {
        let source = html.get(line.source.clone()).unwrap();
        for word in line.text.split_whitespace().filter(|word| *word != "|") {
            assert!(source.contains(word), "{word} of {line:?} in {source}");
        }
    }
}

fn texts(page: &Page, kind: BlockKind) -> Vec<&str> {
    page.lines.iter().filter(|line| line.kind == kind).map(|line| line.text.as_str()).collect()
}

const ARABIC: &str = r##"<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>افتتاح محطة القطار الجديدة في ميناء المدينة - صدى الساحل</title>
<meta property="og:site_name" content="صدى الساحل"><meta property="og:title" content="افتتاح محطة القطار الجديدة في ميناء المدينة - صدى الساحل">
<meta property="article:published_time" content="2024-03-02T08:15:00+03:00"><meta property="article:section" content="محليات">
<meta property="article:tag" content="قطارات"><meta property="article:tag" content="نقل"><link rel="canonical" href="https://example.org/news/1">
</head><body class="single has-sidebar">
<nav class="main-menu"><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<div id="content"><article class="post tag-comments category-related"><header><h1 class="entry-title">افتتاح محطة القطار الجديدة في ميناء المدينة</h1>
<div class="entry-meta">كتب: <span class="author">سامي الحلو</span> <time datetime="2024-03-02T08:15:00+03:00">2 مارس 2024</time></div></header>
<div class="entry-content"><figure><img src="a.jpg"><figcaption>واجهة المحطة صباح السبت (تصوير: الصحيفة)</figcaption></figure>
<p>افتتحت وزارة النقل اليوم محطة القطار الجديدة في ميناء المدينة، بعد ثلاث سنوات من العمل.</p>
<p>وقال المهندس المشرف إن المحطة «تستقبل عشرين ألف راكب يومياً»، مشيراً إلى أن الرحلات تبدأ <b>الأحد</b> المقبل.</p>
<div class="related-box"><h3>اقرأ أيضاً</h3><ul><li><a href="/2">خط بحري جديد بين الميناءين</a></li><li><a href="/3">أسعار التذاكر ترتفع</a></li></ul></div>
<h2>مواعيد الرحلات</h2><p>وتنطلق الرحلات من السادسة صباحاً حتى منتصف الليل، على أن تضاف رحلات ليلية في الصيف؛ هل تكفي؟</p>
<div class="sharedaddy"><span>شارك هذا الموضوع</span><a href="#">فيسبوك</a><a href="#">تويتر</a></div></div></article>
<aside class="sidebar"><h3>الأكثر قراءة</h3><p>فيضانات في الجنوب تقطع الطريق الدولي وتعزل قرى كاملة منذ الأمس.</p></aside>
<div id="comments"><p>تعليق طويل من قارئ يشكر الوزارة على هذا المشروع، ويسأل عن موعد الخط الثاني للمدينة.</p></div></div>
<footer>جميع الحقوق محفوظة لصحيفة صدى الساحل، ولا يجوز النقل إلا بإذن مكتوب من الإدارة.</footer></body></html>"##;

#[test]
fn an_arabic_page_of_a_blog_system() {
    let page = page(ARABIC);
    check_words(ARABIC, &page);
    assert_eq!(page.meta.title.as_deref(), Some("افتتاح محطة القطار الجديدة في ميناء المدينة"));
    assert_eq!(page.meta.authors, ["سامي الحلو"]);
    let published = page.meta.published.as_ref().unwrap();
    assert_eq!((published.raw.as_str(), published.origin), ("2024-03-02T08:15:00+03:00", DateOrigin::Meta));
    assert_eq!(page.meta.tags, ["قطارات", "نقل"]);
    assert_eq!(page.meta.language.as_deref(), Some("ar"));
    assert_eq!(texts(&page, BlockKind::Paragraph).len(), 3);
    assert_eq!(texts(&page, BlockKind::Heading), ["مواعيد الرحلات"]);
    assert_eq!(texts(&page, BlockKind::Caption), ["واجهة المحطة صباح السبت (تصوير: الصحيفة)"]);
    let reasons: Vec<RemovalReason> = page.cut.iter().map(|cut| cut.reason).collect();
    assert!(reasons.contains(&RemovalReason::Related) && reasons.contains(&RemovalReason::Share), "{reasons:?}");
    let all: String = page.lines.iter().map(|line| line.text.as_str()).collect();
    assert!(!all.contains("فيضانات") && !all.contains("تعليق") && !all.contains("الحقوق"), "{all}");
}

const PERSIAN: &str = r#"<html lang="fa"><head><title>خبرگزاری نمونه | آغاز برداشت زعفران در خراسان جنوبی</title>
<meta name="description" content="برداشت زعفران آغاز شد"></head><body>
<table class="header"><tr><td><a href="/">صفحه نخست</a></td><td><a href="/p">سیاسی</a></td></tr></table>
<div class="item-page"><div class="item-header"><div class="rutitr">کشاورزی</div><h1 itemprop="headline">آغاز برداشت زعفران در خراسان جنوبی</h1>
<div class="item-date">تاریخ انتشار: ۱۴ آبان ۱۴۰۲ - ۱۰:۳۲</div><div class="item-author">خبرنگار: نرگس احمدی</div>
<p class="introtext lead">برداشت زعفران در شهرستان‌های شمالی استان از امروز آغاز شد و تا پایان آذر ادامه دارد.</p></div>
<div itemprop="articleBody" class="item-text"><p>رئیس سازمان جهاد کشاورزی گفت: امسال سطح زیر کشت نسبت به سال گذشته ده درصد بیشتر شده است.</p>
<p>به گفتهٔ او کشاورزان می‌توانند محصول خود را در بازارهای محلی عرضه کنند؛ قیمت‌ها هنوز اعلام نشده است.</p>
<table><tr><th>شهر</th><th>تن</th></tr><tr><td>قائن</td><td>۱۲</td></tr></table></div>
<div class="tags"><a rel="tag" href="/t1">زعفران</a> <a rel="tag" href="/t2">کشاورزی</a></div></div>
<div class="most-read"><a href="/9">پربازدیدترین خبر هفته در شبکه‌های اجتماعی</a></div></body></html>"#;

#[test]
fn a_persian_agency_page_with_a_lead_outside_of_the_body() {
    let page = page(PERSIAN);
    check_words(PERSIAN, &page);
    assert_eq!(page.meta.title.as_deref(), Some("آغاز برداشت زعفران در خراسان جنوبی"));
    assert_eq!(page.meta.authors, ["نرگس احمدی"]);
    assert_eq!(page.meta.tags, ["زعفران", "کشاورزی"]);
    let published = page.meta.published.as_ref().unwrap();
    assert!(published.raw.contains("۱۴ آبان ۱۴۰۲") && published.origin == DateOrigin::Dateline, "{published:?}");
    assert_eq!(page.lines[0].kind, BlockKind::Lead);
    assert!(page.lines[0].text.contains("شهرستان\u{200c}های"));
    assert_eq!(texts(&page, BlockKind::Table), ["شهر | تن", "قائن | ۱۲"]);
    assert!(page.lines.iter().all(|line| !line.text.contains("پربازدید")));
}

#[test]
fn an_urdu_page_of_line_breaks() {
    let html = "<html><head><title>لاہور میں بارش | روزنامہ مثال</title></head><body><div id=top><a href=/>صفحہ اول</a> | <a href=/s>کھیل</a></div>\
        <table><tr><td><font size=4>لاہور اور گرد و نواح میں رات گئے تیز بارش ہوئی جس سے نشیبی علاقے زیر آب آ گئے۔<br><br>\
        محکمہ موسمیات کے مطابق بارش کا سلسلہ آئندہ دو روز تک جاری رہے گا، شہری احتیاط کریں۔<br>\
        حکام نے بتایا کہ نکاسی آب کے لیے تمام عملہ سڑکوں پر موجود ہے اور صورتحال قابو میں ہے۔</font></td>\
        <td><a href=1>پہلی خبر</a><br><a href=2>دوسری خبر</a><br><a href=3>تیسری خبر</a></td></tr></table></body></html>";
    let page = page(html);
    check_words(html, &page);
    assert_eq!(page.lines.len(), 3, "{:?}", page.lines);
    assert!(page.lines.iter().all(|line| line.kind == BlockKind::Paragraph && line.text.ends_with('۔')));
    assert_eq!(page.meta.title.as_deref(), Some("لاہور میں بارش"));
}

#[test]
fn json_ld_points_at_a_body_without_names() {
    let sentence = |nth: u32| {
        format!("The council voted on item {nth} after a long debate, and the mayor promised to report back in spring.")
    };
    let body: Vec<String> = (0..24).map(sentence).collect();
    let noise = "<p>Our shop sells maps of the region, printed on heavy paper, and delivers them to every island in the strait.</p>";
    let html = format!(
        "<html><head><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Council votes\",\
         \"datePublished\":\"2024-01-05T10:00:00Z\",\"author\":\"By Ann Lee\",\"articleBody\":\"{}\"}}</script>\
         <meta property=\"article:published_time\" content=\"2023-01-01\"></head><body><div class=x1><h1>Council votes</h1>\
         <div class=x2><p>{}</p></div><div class=x3><p>{}</p></div></div><div class=x4>{}</div></body></html>",
        body.join(" "),
        body[..12].join("</p><p>"),
        body[12..].join("</p><p>"),
        noise.repeat(10),
    );
    let page = page(&html);
    assert_eq!(page.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>(), body);
    assert_eq!(page.meta.authors, ["Ann Lee"]);
    assert_eq!(page.meta.published.unwrap().raw, "2024-01-05T10:00:00Z");
}

#[test]
fn an_aside_may_hold_the_body_and_a_script_may_uncover_it() {
    let text =
        "<p>The ferry line reopened on Monday after repairs, and the first boats were full, the operator said.</p>"
            .repeat(8);
    let aside =
        format!("<body><h1>Ferry line reopens after repairs</h1><aside class=related>{text}</aside><p>Menu</p></body>");
    assert_eq!(page(&aside).lines.len(), 8);
    let streamed = format!("<body><div hidden id=S:0><main>{text}</main></div></body>");
    assert_eq!(page(&streamed).lines.len(), 8);
    let hidden = format!("<body><div style='display: none'>{}</div><p>Loading</p></body>", text.repeat(4));
    assert_eq!(page(&hidden).lines.len(), 32);
}

#[test]
fn a_page_of_links_gives_its_links_and_an_empty_page_nothing() {
    let links: String = (0..12).map(|nth| format!("<li><a href={nth}>خبر رقم {nth} عن المدينة</a></li>")).collect();
    let page = page(&format!("<body><ul>{links}</ul></body>"));
    assert!(page.lines.len() == 12 && page.lines.iter().all(|line| line.link_share > 0.9));
    for html in ["", "<html>", "<script>var a = 1</script>", "<p> \u{200b} </p>", "<img alt=x>"] {
        assert_eq!(read(html, &Limits::default()).unwrap_err().reason, RejectReason::NoContent, "{html}");
    }
}

/// Markup and words in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<div>"),
        Just("</div>"),
        Just("<p class=lead>"),
        Just("</p>"),
        Just("<table><tr><td>"),
        Just("</table>"),
        Just("<b><i>"),
        Just("</b>"),
        Just("<a href=x>"),
        Just("</a>"),
        Just("<br>"),
        Just("<h1>"),
        Just("</h1>"),
        Just("<li>"),
        Just("<script>"),
        Just("</script>"),
        Just("<!--"),
        Just("-->"),
        Just("<title>"),
        Just("</title>"),
        Just("<svg>"),
        Just("<template>"),
        Just("<select>"),
        Just("<article class='post-content'>"),
        Just("<noscript>"),
        Just("&amp;"),
        Just("&#x627"),
        Just("&"),
        Just("<"),
        Just("\0"),
        Just("\r\n"),
        Just("قالت الوزارة، اليوم، إن العمل مستمر حتى نهاية العام. "),
        Just("می‌رود"),
        Just("<div class=comments>"),
        Just("<frameset>"),
        Just("<meta property=og:title content='عنوان'>"),
        Just("<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"x\"}</script>"),
        Just("<p title='>"),
        Just("'"),
    ];
    proptest::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_markup_panics_and_places_lie_in_the_page(html in soup()) {
        if let Ok(page) = read(&html, &Limits::default()) {
            check(&html, &page);
        }
    }

    #[test]
    fn no_text_panics(html in "\\PC{0,300}|(<|>|/|a|b|=|\"|'| |!|-|é|ق){0,200}") {
        if let Ok(page) = read(&html, &Limits::default()) {
            check(&html, &page);
        }
    }

    #[test]
    fn a_shallow_limit_loses_no_words(words in proptest::collection::vec("[a-z]{3,9}", 1..40)) {
        let html: String = words.iter().map(|word| format!("<div>{word} ")).collect();
        let limits = Limits { max_depth: 6, ..Limits::default() };
        let text = super::construct::parse(&html, &limits).unwrap().text(0, usize::MAX);
        prop_assert_eq!(text.split_whitespace().collect::<Vec<_>>(), words);
    }
}

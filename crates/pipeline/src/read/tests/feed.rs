//! Feeds of every vocabulary, sound and broken.

use super::*;

fn rss(items: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>أخبار &amp; تقارير</title>\
         <language>ar</language><image><title>شعار</title><url>x</url></image>{items}</channel></rss>"
    )
}

fn item(title: &str, body: &str) -> String {
    format!("<item><title>{title}</title>{body}</item>")
}

#[test]
fn an_entry_of_rss_is_a_document() {
    let first = "<item>\n<title><![CDATA[موسكو &amp; <b>بيونغ يانغ</b>]]></title><link> https://Akhbar.example/1?a=1&b=2 </link>\
                 <guid isPermaLink=\"false\">n-1</guid><pubDate>Mon, 14 Oct 2024 10:20:00 +0300</pubDate>\
                 <dc:creator>سلمى حداد</dc:creator><author>desk@akhbar.example (نادر كرم)</author>\
                 <category>سياسة</category><category>سياسة</category><category><![CDATA[آسيا]]></category>\
                 <media:content url=\"x\"><media:title>صورة</media:title><media:description>وصف</media:description></media:content>\
                 <description>&lt;p&gt;مقدمة&lt;/p&gt;</description>\
                 <content:encoded><![CDATA[<p>فقرة أولى &amp; ثانية</p>]]><![CDATA[<p>ثالثة</p>]]></content:encoded></item>";
    let second = "<item><guid>https://akhbar.example/2</guid><description>&lt;p&gt;R&amp;amp;D &amp;nbsp; خبر&lt;/p&gt; &nbsp;&#x62e;\
                  </description></item>";
    let third = item("نص", "<description>سطر أول\nسطر ثان، R&D و 3 &lt; 5</description>");
    let empty = item("صورة", "<description>&lt;img src='a.jpg'/&gt;&amp;nbsp;</description><content:encoded/>");
    let text_feed = rss(&[first, second, &third, &empty].concat());
    let all = found("a.xml", text_feed.clone());
    assert_eq!(
        outline(&all),
        [
            "news/a.xml#1 <p>فقرة أولى &amp; ثانية</p><p>ثالثة</p>",
            "news/a.xml#2 <p>R&amp;D &nbsp; خبر</p> \u{a0}خ",
            "news/a.xml#3 سطر أول\nسطر ثان، R&D و 3 < 5",
            "news/a.xml#4 -feed_entry_without_text"
        ]
    );
    let [one, two, three] = documents(&all)[..] else { panic!("three documents") };
    let given = Given {
        title: Some("موسكو & بيونغ يانغ".into()),
        date: Some("Mon, 14 Oct 2024 10:20:00 +0300".into()),
        author: Some("سلمى حداد, نادر كرم".into()),
        language: Some("ar".into()),
        charset: Some("utf-8".into()),
    };
    assert_eq!((one.media, &one.given), (Media::Html, &given));
    assert_eq!(one.source.url.as_deref(), Some("https://Akhbar.example/1?a=1&b=2"));
    assert_eq!((one.source.host.as_deref(), one.source.record_id.as_deref()), (Some("akhbar.example"), Some("n-1")));
    assert_eq!(
        serde_json::to_string(&one.source.extra).unwrap(),
        "{\"categories\":[\"سياسة\",\"آسيا\"],\"feed_body\":\"content\",\"feed_title\":\"أخبار & تقارير\"}"
    );
    assert_eq!(two.source.url.as_deref(), Some("https://akhbar.example/2"));
    assert_eq!((two.source.extra["feed_body"].as_str(), two.given.title.as_deref()), (Some("summary"), None));
    assert_eq!((three.media, three.given.title.as_deref()), (Media::Text, Some("نص")));
    for (document, item) in documents(&all).iter().zip(text_feed.match_indices("<item>")) {
        assert_eq!(document.source.offset, Some(item.0 as u64));
    }
}

#[test]
fn an_entry_of_atom_is_a_document() {
    let feed = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fa'><title type='html'>&lt;b&gt;سپهر&lt;/b&gt;</title><id>f</id>\
        <author><name>فید</name></author>\
        <entry xml:lang='ar'><title type='html'>R&amp;amp;D</title><link rel='self' href='s'/><link href='https://sepehr.example/1'/>\
        <id>tag:1</id><published>2024-10-14T10:00:00Z</published><updated>2024-10-15</updated>\
        <author><name>الف</name><uri>https://x</uri><email>a@b</email></author><author><name>ب</name></author>\
        <category term='t' label='سیاست'/><source><title>دیگر</title><id>y</id></source>\
        <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>یک &lt; دو<br/>سه</p><summary>چهار</summary>\
        <img src='a.jpg'/></div></content></entry>\
        <entry><title>متن</title><id>tag:2</id><updated>2024</updated><summary type='text'>یک &lt;b&gt; دو</summary></entry>\
        <entry><title>عکس</title><content type='image/png'>aGVsbG8=</content></entry>\
        <entry><title>باز</title><content type='html'>بدون برچسب</content></entry></feed>";
    let all = found("a", feed);
    assert_eq!(
        outline(&all),
        [
            "news/a#1 <div xmlns='http://www.w3.org/1999/xhtml'><p>یک &lt; دو<br>سه</p><summary>چهار</summary>\
             <img src='a.jpg'></div>",
            "news/a#2 یک <b> دو",
            "news/a#3 -feed_entry_without_text",
            "news/a#4 بدون برچسب"
        ]
    );
    let [one, two, open] = documents(&all)[..] else { panic!("three documents") };
    assert_eq!((one.given.title.as_deref(), one.given.author.as_deref()), (Some("R&D"), Some("الف, ب")));
    assert_eq!((one.given.language.as_deref(), two.given.language.as_deref()), (Some("ar"), Some("fa")));
    assert_eq!((one.given.date.as_deref(), two.given.date.as_deref()), (Some("2024-10-14T10:00:00Z"), Some("2024")));
    assert_eq!((one.source.url.as_deref(), two.source.url.as_deref()), (Some("https://sepehr.example/1"), None));
    assert_eq!((one.source.record_id.as_deref(), two.source.record_id.as_deref()), (Some("tag:1"), Some("tag:2")));
    assert_eq!(one.source.extra["feed_title"], "سپهر");
    assert_eq!((one.media, two.media, open.media), (Media::Html, Media::Text, Media::Html));
    // The same with a prefix to everything.
    let prefixed = feed.replace("</", "</atom:").replace('<', "<atom:").replace("<atom:/atom:", "</atom:");
    let prefixed = found("a", prefixed);
    assert_eq!(documents(&prefixed)[1].payload, two.payload);
    assert_eq!(documents(&prefixed)[0].given, one.given);
}

#[test]
fn old_vocabularies_and_charsets_are_read() {
    let rdf = "<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel rdf:about='c'><title>قناة</title>\
               <items><rdf:Seq><rdf:li rdf:resource='x'/></rdf:Seq></items></channel>\
               <item rdf:about='https://a.example/1'><title>أول</title><description>نص</description><dc:date>2004-01-02</dc:date></item>\
               <item rdf:about='b'><link>https://a.example/2</link><description>نص</description></item></rdf:RDF>";
    let all = found("a.rdf", rdf);
    let [one, two] = documents(&all)[..] else { panic!("two documents") };
    assert_eq!(
        (one.source.url.as_deref(), one.given.date.as_deref()),
        (Some("https://a.example/1"), Some("2004-01-02"))
    );
    assert_eq!(two.source.url.as_deref(), Some("https://a.example/2"));

    let old = "<?xml version=\"1.0\" encoding=\"windows-1256\"?><!DOCTYPE rss [<!ENTITY nbsp \"&#160;\">]>\
               <rss version=\"0.91\"><channel><item><title>خبر</title><description>النص&nbsp;كله</description></item></channel></rss>";
    let (cp1256, _, _) = encoding_rs::WINDOWS_1256.encode(old);
    let utf16: Vec<u8> = old.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, unit) in [(cp1256.into_owned(), 1), (utf16, 2)] {
        let all = found("a", bytes);
        assert_eq!(outline(&all), ["news/a#1 النص\u{a0}كله"]);
        assert_eq!(documents(&all)[0].given.title.as_deref(), Some("خبر"));
        assert_eq!(documents(&all)[0].source.offset, old.find("<item>").map(|at| (at * unit) as u64));
    }
    assert_eq!(outline(&found("a", rss(""))), ["news/a -feed_without_entries"]);
    assert_eq!(
        outline(&found("a.gz", gzip(rss(&item("", "<description>خ</description>")).as_bytes()))),
        ["news/a.gz#1 خ"]
    );
}

#[test]
fn common_faults_are_let_pass() {
    // Bare HTML, tags that do not match, a bare ampersand, another element left open.
    let feed = rss(&[
        item("أ", "<description><p>واحد<br>اثنان & ثلاثة</description>"),
        item("ب", "<enclosure url='x'><description>أربعة</description>"),
        item("ج", "</p><description>خمسة</description><description>خمسة وأكثر</description>"),
    ]
    .concat());
    assert_eq!(
        outline(&found("a", feed)),
        ["news/a#1 <p>واحد<br>اثنان & ثلاثة", "news/a#2 -feed_entry_without_text", "news/a#3 خمسة وأكثر"]
    );
}

#[test]
fn what_comes_before_a_fault_stays() {
    let good = item("خبر", "<description>نص كامل</description>");
    let feed = rss(&good.repeat(3));
    let third = feed.rfind("<item>").unwrap();
    for (cut, expected) in [
        (third + 30, &["#1 نص كامل", "#2 نص كامل", "#3 !truncated"][..]),
        (third, &["#1 نص كامل", "#2 نص كامل", " !truncated"]),
        (feed.len() - 2, &["#1 نص كامل", "#2 نص كامل", "#3 نص كامل", " !truncated"]),
    ] {
        let bytes = &feed.as_bytes()[..cut];
        let expected: Vec<String> =
            expected.iter().map(|line| format!("news/a{}", line.replacen("news/a", "", 1))).collect();
        assert_eq!(outline(&found("a", bytes)), expected, "{cut}");
        assert_eq!(outline(&found("a", gzip(bytes))), expected, "{cut}");
    }
    let all = found("a", &feed.as_bytes()[..third + 30]);
    let (reason, offset, detail) = rejects(&all)[0];
    assert_eq!((reason, offset), (RejectReason::Truncated, Some(third as u64)));
    assert!(detail.contains("<item>"), "{detail}");
    // A broken declaration, an entry within an entry, an entry over the limit: the next one is read.
    for broken in [
        item("س", "<description><!oops></description>"),
        format!("<item><title>س</title>{good}</item>"),
        item("س", &format!("<description>{}</description>", "خ".repeat(3000))),
        item("س", &format!("<description><![CDATA[{}]]></description>", "خ".repeat(3000))),
        item("س", &"<category>سياسة خارجية</category>".repeat(300)),
    ] {
        let settings = ReadSettings { max_document: 4096, ..ReadSettings::default() };
        let feed = rss(&[&good, &broken, &good].map(String::as_str).concat());
        let lines = outline(&read("a", feed.into_bytes(), &settings).0);
        assert_eq!((lines.len(), &*lines[0], &*lines[2]), (3, "news/a#1 نص كامل", "news/a#3 نص كامل"), "{broken}");
        assert!(lines[1].starts_with("news/a#2 !"), "{lines:?}");
    }
    let damaged = gzip(rss(&good.repeat(2)).as_bytes());
    let all = found("a", &damaged[..damaged.len() - 20]);
    assert!(matches!(all.last(), Some(Found::Reject(row)) if row.reject.reason == RejectReason::Truncated));
}

#[test]
fn a_hostile_feed_costs_what_it_weighs() {
    // Entities that multiply are not expanded.
    let declared: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let bomb = format!(
        "<!DOCTYPE rss [<!ENTITY l0 \"ha\">{declared}]><rss><channel>{}{}</channel></rss>",
        item("أ", "<description>نص</description>"),
        item("ب", "<description>&l9;&x;</description>")
    );
    assert_eq!(outline(&found("a", bomb)), ["news/a#1 نص", "news/a#2 &l9;&x;"]);
    let outside = "<!DOCTYPE rss SYSTEM 'file:///etc/passwd' [<!ENTITY p SYSTEM 'file:///etc/passwd'>]>";
    let all = found(
        "a",
        format!("{outside}<rss><channel>{}</channel></rss>", item("أ", "<description>&p; نص</description>")),
    );
    assert_eq!(outline(&all), ["news/a#1 &p; نص"]);
    // Depth is not recursion.
    for (open, close) in [("<a>", "</a>"), ("<item>", "</item>"), ("<channel>", "</channel>"), ("<title>", "</title>")]
    {
        let deep = rss(&format!("{}{}", open.repeat(100_000), close.repeat(100_000)));
        assert!(!found("a", deep).is_empty());
        let deep = item("أ", &format!("<content:encoded>{}نص", open.repeat(100_000)));
        assert!(!found("a", rss(&deep)).is_empty());
    }
    // References without an end are looked through once.
    let amps = rss(&item(&"&".repeat(300_000), &format!("<description>{}</description>", "&amp;".repeat(300_000))));
    assert_eq!(found("a", amps).len(), 1);
    let entries = found("a", rss(&"<item/>".repeat(2000)));
    assert!(entries.len() == 2000 && entries.iter().all(|found| matches!(found, Found::Skip(_))));
}

proptest! {
    #[test]
    fn any_feed_gives_something_and_it_adds_up(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<item>"), Just("</item>"), Just("<title>"), Just("</title>"), Just("<description>"), Just("</description>"),
                Just("<entry>"), Just("</entry>"), Just("<![CDATA["), Just("]]>"), Just("<!--"), Just("-->"), Just("خبر"), Just("&lt;p&gt;"),
                Just("&"), Just("<"), Just(">"), Just("<link href='"), Just("'/>"), Just("</channel></rss>"), Just("<content type='xhtml'>"),
                Just("</content>"), Just("<!DOCTYPE"), Just("<?"), Just("\u{1}"),
            ],
            0..40,
        ),
        cut in any::<u16>(),
    ) {
        let text = rss(&pieces.concat());
        let bytes = &text.as_bytes()[..text.len() - usize::from(cut) % text.len() / 4];
        let settings = ReadSettings { max_document: 256, ..ReadSettings::default() };
        let (all, file) = read("a", bytes.to_vec(), &settings);
        prop_assert!(!all.is_empty() && all.len() as u64 == file.records);
        for document in documents(&all) {
            prop_assert!(document.payload.len() <= 256 && !document.payload.is_empty());
            prop_assert!(std::str::from_utf8(&document.payload).is_ok());
        }
    }
}

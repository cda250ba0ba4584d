//! What trees come out of pages as people write them, and that html5ever makes the same of them.

use proptest::prelude::*;

use super::*;
use crate::html::oracle;
use crate::html::tree::Data;

fn tree(html: &str) -> Tree<'_> {
    parse(html, &Limits::default()).unwrap()
}

/// The tree in the words of the oracle.
fn outline(html: &str) -> String {
    oracle::outline_of(&tree(html))
}

#[test]
fn what_nobody_wrote_is_implied() {
    assert_eq!(outline("خبر"), "<html><head></head><body>\"خبر\"</body></html>");
    assert_eq!(
        outline("<title>a</title><p>x<p>y<ul><li>1<li>2</ul>"),
        "<html><head><title>\"a\"</title></head><body><p>\"x\"</p><p>\"y\"</p><ul><li>\"1\"</li><li>\"2\"</li></ul></body></html>"
    );
    assert_eq!(
        outline("<table><td>1<td>2<tr><td>3</table>"),
        "<html><head></head><body><table><tbody><tr><td>\"1\"</td><td>\"2\"</td></tr><tr><td>\"3\"</td></tr></tbody></table></body></html>"
    );
}

/// The tree before streamed parts are moved to where a script would put them: what the standard's parser makes.
fn outline_as_parsed(html: &str) -> String {
    let mut builder = Builder::new(html, Limits::default().max_depth);
    loop {
        let token = builder.tokens.next();
        builder.take(token);
        if token == Token::Eof {
            return oracle::outline_of(&builder.arena.finish(html, builder.decoded, builder.attrs));
        }
    }
}

/// Pieces that make html5ever's every rule work.
const CORPUS: [&str; 44] = [
    "<b><p>x</b>y</p>z",
    "<p><b><i>x</p>y</b>z</i>",
    "<a href=1>x<div>y<a href=2>z</a></div>",
    "<a><p>x</a>y</p>",
    "<b>1<i>2<p>3</b>4</p>5</i>6",
    "<div><b><p><i>x</b></p>y</i></div>",
    "<table><tr><td>a</td>between<td>b</td></tr>after</table>end",
    "<table><b>x<tr><td>y</b></table>z",
    "<table><div>x<table><tr><td>y</table></table>",
    "<table><caption>c<tr><td>x</caption><td>y</table>",
    "<table><colgroup><col><tr><td>x<table><td>y</table>z</table>",
    "<table><tbody><tr><td><p>x<tbody><td>y</table>",
    "<table><form><tr><td><input type=hidden>x</form></table>",
    "<p><table><tr><td>x</table>y",
    "<!doctype html><p><table><tr><td>x</table>y",
    "<select><option>1<option>2<div>x</select>y",
    "<button>a<button>b</button>c",
    "<ul><li>a<ul><li>b</ul><li>c</ul>d",
    "<dl><dt>a<dd>b<div><dd>c</dl>d",
    "<h1>a<h2>b</h1>c",
    "<form><div></form>x</div>y<form>z</form>",
    "<noscript><img src=x>y</noscript>z",
    "<head><noscript><link><p>x</noscript>y",
    "<head></head><title>late</title><body>x",
    "x</body>y</html>z",
    "<html lang=ar><body class=a><html dir=rtl><body id=b>x",
    "<svg><title>t</title><p>x</svg>y",
    "<svg><foreignObject><div>x</foreignObject><circle/></svg>y",
    "<svg><style>a<b></style><script>c</script></svg>y",
    "<math><mi>x<p>y</mi></math>z",
    "<svg><![CDATA[x<y]]></svg><![CDATA[z]]>w",
    "<template><tr><td>x</template>y",
    "<div><template><p>x</div></template>y</div>z",
    "<o:p>x</o:p><my-element>y</my-element>z",
    "<p>a<object><p>b</object>c</p>d",
    "<marquee><b>x</marquee>y",
    "<nobr>a<nobr>b</nobr>c",
    "<ruby>a<rt>b<rp>c</ruby>d",
    "<span><p>x</span>y</p>z",
    "<div><span><div>x</span>y</div>z",
    "</p>x</br>y</div>z",
    "<p>a<hr>b<pre>\nc</pre><textarea>\nd</textarea>e<xmp><b></xmp>f",
    "<center><font size=1><p>a<p>b</font>c</center>d",
    "&lt;a&#1548;&amp;zwnj;&zwnj;&notin;&copy2&#150;&#x0;&bogus;",
];

#[test]
fn the_standard_and_html5ever_agree_on_its_rules() {
    for html in CORPUS {
        assert_eq!(oracle::difference(&outline(html), &oracle::outline(html)), None, "{html}");
    }
}

#[test]
fn html5ever_agrees_on_pages_of_our_own() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/gold");
    let mut seen = 0;
    for page in oracle::pages(&folder) {
        assert_eq!(
            oracle::difference(&outline_as_parsed(&page.html), &oracle::outline(&page.html)),
            None,
            "{}",
            page.name
        );
        seen += 1;
    }
    assert!(seen > 0, "no page below {}", folder.display());
}

#[test]
fn html5ever_agrees_on_the_bench_pages() {
    let Some(shared) = oracle::shared() else {
        assert!(!oracle::in_ci(), "../shared is absent, and CI may not skip");
        return;
    };
    let (mut seen, mut differ) = (0, Vec::new());
    for page in oracle::bench_pages(&shared) {
        seen += 1;
        if let Some(difference) = oracle::difference(&outline_as_parsed(&page.html), &oracle::outline(&page.html)) {
            differ.push(format!("{}\n{difference}", page.name));
        }
    }
    assert!(seen >= 180, "{seen} pages");
    assert!(differ.is_empty(), "{} of {seen} pages differ:\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn deep_nesting_is_flattened_and_text_stays() {
    let depth = 300_000;
    let html = format!("{}نص{}", "<div>".repeat(depth), "</div>".repeat(depth));
    let tree = tree(&html);
    let deepest = tree.ids().map(|id| tree.ancestors(id).take(600).count()).max();
    assert!(deepest <= Some(513), "{deepest:?}");
    assert_eq!(tree.text(0, 1_000), "نص");
}

#[test]
fn places_point_at_the_text() {
    let html = "<!-- > --><div title='a > b'><p class=x>قال &quot;نعم&quot;<b>&amp;</b> ثم مضى<script>if (a<b) '</p>'</script>.</div>";
    let tree = tree(html);
    for id in tree.ids() {
        if let Data::Text(text) = &tree.node(id).data {
            let range = tree.node(id).source.clone();
            let source = html.get(range.start as usize..range.end as usize).unwrap();
            let words = source.replace("&quot;", "\"").replace("&amp;", "&");
            assert_eq!(words, tree.value(*text), "{range:?}");
        }
    }
    assert!(tree.ids().any(|id| tree.attr(id, AttrName::Title) == Some("a > b")));
}

#[test]
fn of_the_scripts_only_json_ld_is_read() {
    let html =
        "<script>var a = 1</script><script type='application/ld+json'>{\"a\":1}</script><title>&laquo;خبر</title>";
    let tree = tree(html);
    let runs: Vec<&str> = tree.ids().filter_map(|id| tree.run(id)).collect();
    assert_eq!(runs, ["{\"a\":1}", "«خبر"]);
}

#[test]
fn a_template_with_a_shadow_root_is_shown() {
    let html = "<news-card><template shadowrootmode=open><p>نص</p></template></news-card><template>x</template>";
    assert_eq!(tree(html).text(0, 100), "نص");
}

#[test]
fn soup_is_refused_or_read_in_few_steps() {
    for unit in [
        "<table><b>",
        "<table><tr><td><font color=1>",
        "<p><a href=x><b><i>x</p>",
        "<select><table>",
        "<li><div>",
        "</p>",
        "<div></span>",
        "<a><p>",
        "<b><div></b>",
        "<svg><g>",
        "<template>",
    ] {
        let html = unit.repeat(20_000);
        let mut builder = Builder::new(&html, 512);
        loop {
            let token = builder.tokens.next();
            builder.take(token);
            if token == Token::Eof {
                break;
            }
        }
        assert!(builder.steps < html.len() * 200, "{unit}: {} steps for {} bytes", builder.steps, html.len());
    }
    let fonts: String = (0..5_000).map(|nth| format!("<p><font size={nth}>x</p>")).collect();
    let _either = parse(&fonts, &Limits::default());
    let attributes: String = (0..50_000).map(|nth| format!(" a{nth}")).collect();
    assert!(parse(&format!("<p{attributes}>"), &Limits::default()).is_ok());
}

/// Soup: tags, text and damage, the way no editor would write it. Integration points of foreign content are left out:
/// they are "special" by the standard, and not in html5ever.
fn soup() -> impl Strategy<Value = String> {
    let tags = "</?(div|p|article|table|tr|td|tbody|b|i|a|ul|li|h1|h2|span|font|form|select|option|button|dd|dt|body|html|head|title|noscript|svg|math|template|caption|col|nobr|br|hr|img|input|o:p|x-y|center|pre|ruby|rt)( (class|href|id)=(\"[a-z ]{0,4}\"|[a-z]{1,3}))?/?>";
    let part = prop_oneof![
        8 => tags,
        3 => "[ a-z]{0,6}",
        1 => "(&amp;|&lt|&#1606;|&zwnj;|&|<|<!--|-->|<!x>|<\\?)",
        1 => "(<script>|</script>|<style>|</style>|<textarea>|</textarea>)",
        1 => "[ء-ی\u{200c}]{1,6}",
    ];
    let soup = prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat());
    soup.prop_filter("a title in a drawing is an integration point", |html| {
        !(html.contains("<svg") && html.contains("<title"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn html5ever_makes_the_same_of_soup(html in soup(), standards: bool) {
        let html = if standards { format!("<!doctype html>{html}") } else { html };
        prop_assert_eq!(oracle::difference(&outline_as_parsed(&html), &oracle::outline(&html)), None, "{}", html);
    }
}

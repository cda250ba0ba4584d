//! Pages that nobody wrote in good faith: each is read or refused with a reason, and what is text in it stays.

use khabar_model::{Article, Given, Media, RawDoc, Reject, RejectReason, Source};
use khabar_parse::{Limits, Parser, Settings};

const PARAGRAPH: &str = "<p>قال شاهد إن السيول قطعت الطريق بين القريتين منذ مساء الخميس، وإن الأهالي نقلوا المرضى على ظهور الدواب إلى أقرب مركز صحي.</p>";

fn parse(html: String) -> Result<Article, Reject> {
    let source = Source { uri: "page".to_owned(), ..Source::default() };
    let raw =
        RawDoc { id: "1".to_owned(), source, media: Media::Html, payload: html.into_bytes(), given: Given::default() };
    Parser::default().parse(&raw)
}

/// The article must be there, with the paragraph in it.
fn keeps_its_text(html: String) {
    let article = parse(html).expect("a page with an article");
    assert!(
        article.text.contains("قطعت الطريق بين القريتين"),
        "{}",
        article.text.chars().take(200).collect::<String>()
    );
}

#[test]
fn deep_nesting_loses_no_text() {
    for tag in ["div", "span", "b", "ul><li", "table><tr><td", "blockquote", "section", "font color=red"] {
        let close = tag.split(['>', '<', ' ']).next().unwrap();
        let html = format!(
            "{}{PARAGRAPH}{}{PARAGRAPH}",
            format!("<{tag}>").repeat(60_000),
            format!("</{close}>").repeat(60_000)
        );
        match parse(html) {
            Ok(article) => assert!(article.text.contains("قطعت الطريق"), "{tag}"),
            Err(reject) => assert_eq!(reject.reason, RejectReason::Budget, "{tag}: {reject}"),
        }
    }
}

#[test]
fn huge_attributes_and_endless_ones_are_read_over() {
    let huge = "x".repeat(4 << 20);
    keeps_its_text(format!("<div class=\"{huge}\" style='{huge}'>{PARAGRAPH}{PARAGRAPH}</div>"));
    let many: String = (0..200_000).map(|nth| format!(" data-{nth}=\"{nth}\"")).collect();
    keeps_its_text(format!("<article{many}>{PARAGRAPH}{PARAGRAPH}</article>"));
    let names = "related-posts sidebar comment ".repeat(20_000);
    keeps_its_text(format!("<div id=a>{PARAGRAPH}{PARAGRAPH}</div><div class='{names}'>x</div>"));
}

#[test]
fn floods_of_entities_are_resolved_once() {
    let flood = "&amp;&#1605;&lt;&nbsp;&bogus;&".repeat(200_000);
    let article = parse(format!("<article>{PARAGRAPH}<p>{flood}</p>{PARAGRAPH}</article>")).unwrap();
    assert!(article.text.contains("قطعت الطريق") && !article.text.contains("&amp;"), "twice or not at all");
    // An entity that names itself is no bomb in HTML; nothing is expanded.
    keeps_its_text(format!("<!DOCTYPE html [<!ENTITY a \"&a;&a;\">]>{PARAGRAPH}{PARAGRAPH}&a;"));
}

#[test]
fn soup_of_more_than_a_megabyte_is_read_or_refused() {
    let units = [
        "<p><a href=x><b><i>x</p></b>",
        "<table><tr><td><div></table><p>",
        "<li><div><li></ul><dd><dt>",
        "<b><p></b><i><p></i>",
        "<svg><p><math><mi><table>",
        "</div></p></table><td></a>",
        "<select><option><table><input>",
        "<!--<!---->--!><!x><?y></z",
        "<script><!--<script></script>--></script>",
        "<template><tr></template><noscript>",
        "<div class='related comments' id=\"sidebar\"><time>1</time>",
        "<h1>x<h2>y</h3><figure><figcaption><aside>",
        "،،،؛؛؛ ",
        "[caption][vc_row]",
        "<br>",
        "© 2024 اقرأ أيضاً: ",
    ];
    for unit in units {
        let html = format!("<article>{PARAGRAPH}{}{PARAGRAPH}</article>", unit.repeat(1_300_000 / unit.len()));
        match parse(html) {
            Ok(article) => assert!(!article.text.is_empty(), "{unit}"),
            Err(reject) => {
                assert!(matches!(reject.reason, RejectReason::Budget | RejectReason::NoContent), "{unit}: {reject}");
            }
        }
    }
}

#[test]
fn unfinished_pages_give_what_they_have() {
    for end in ["<p", "<p class=\"", "<!-- ", "</", "<script>", "<style>var", "<textarea>", "&", "&#", "<![CDATA["] {
        keeps_its_text(format!("<article>{PARAGRAPH}{PARAGRAPH}{end}"));
    }
    for html in ["<", "<a", "<html", "<!", "<?", "</", "<script", "<title>x", "<table>", "\0", "&#x110000;"] {
        let reject = parse(html.to_owned()).unwrap_err();
        assert!(matches!(reject.reason, RejectReason::NoContent | RejectReason::NotText), "{html}: {reject}");
    }
}

#[test]
fn a_small_budget_refuses_with_the_place() {
    let limits = Limits { base_steps: 100, steps_per_byte: 0, ..Limits::default() };
    let source = Source { uri: "page".to_owned(), ..Source::default() };
    let payload = PARAGRAPH.repeat(200).into_bytes();
    let raw = RawDoc { id: "1".to_owned(), source, media: Media::Html, payload, given: Given::default() };
    let reject = Parser::new(Settings { limits, ..Settings::default() }).parse(&raw).unwrap_err();
    assert_eq!(reject.reason, RejectReason::Budget);
    assert!(reject.to_string().contains("byte"), "{reject}");
}

#[test]
fn what_is_hidden_in_the_page_stays_out_of_the_text() {
    let html = format!(
        "<article>{PARAGRAPH}<div style='display:none'>{}</div><template>قالب</template>{PARAGRAPH}</article>",
        "نص خفي ".repeat(50)
    );
    let article = parse(html).unwrap();
    assert!(!article.text.contains("خفي") && !article.text.contains("قالب"));
}

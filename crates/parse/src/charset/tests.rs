//! Evidence for a charset, one clue at a time and against each other.

use super::*;

use encoding_rs::{Encoding, GBK, IBM866, ISO_8859_6, KOI8_R, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254};
use encoding_rs::{WINDOWS_1255, WINDOWS_1256};
use proptest::prelude::*;

const ARABIC: &str = "أعلنت وزارة الخارجية أن المحادثات ستُستأنف غداً\nوقال المتحدث إن الوفدين اتفقا على جدول زمني";
const PERSIAN: &str = "رييس جمهور گفت چهار پروژه‌ بزرگ تا پايان سال به بهره‌برداري مي‌رسد\nاو افزود: کار پيش مي‌رود";
const RUSSIAN: &str = "Министр сообщил, что переговоры продолжатся на следующей неделе в столице";
const GREEK: &str = "Ο υπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα";
const HEBREW: &str = "השר הודיע כי השיחות יימשכו בשבוע הבא בבירה ואמר כי הושגה התקדמות";
const FRENCH: &str =
    "Le ministre a déclaré que les négociations, déjà très avancées, reprendront à Genève où l’été s’achève";
const TURKISH: &str =
    "Bakan, görüşmelerin önümüzdeki hafta başkentte süreceğini söyledi; çağrı üzerine ışıklar söndürüldü";

fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{text}");
    bytes.into_owned()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn page(label: &str, text: &str) -> String {
    format!("<html><head>{label}<title>x</title></head><body><p>{}</p></body></html>", text.replace('\n', "</p>\n<p>"))
}

/// Decodes, and checks that the alignment leads back to every byte.
fn decoded<'p>(payload: &'p [u8], clues: &Clues<'_>) -> Decoded<'p> {
    let decoded = decode(payload, clues).unwrap();
    assert_eq!(decoded.alignment.undo(decoded.text.as_bytes()).unwrap(), payload);
    decoded
}

#[test]
fn evidence_counts_in_order() {
    let meta = "<meta charset=windows-1256>";
    let said = |transport| Clues { transport, page: true, host: None };
    let silent = said(None);
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let arabic = page(meta, ARABIC);
    let french = page("<meta charset=iso-8859-1>", FRENCH);
    let bare = page("", ARABIC);
    let table: Vec<(&str, Vec<u8>, Clues<'_>, &str, &str)> = vec![
        ("a mark beats all", marked(b"\xef\xbb\xbf", arabic.clone().into()), said(Some("koi8-r")), "UTF-8", &arabic),
        (
            "of UTF-16, too",
            marked(b"\xff\xfe", utf16(&arabic, u16::to_le_bytes)),
            said(Some("utf-8")),
            "UTF-16LE",
            &arabic,
        ),
        ("in both orders", marked(b"\xfe\xff", utf16(&arabic, u16::to_be_bytes)), silent, "UTF-16BE", &arabic),
        ("valid UTF-8 beats a label", arabic.clone().into(), said(Some("windows-1256")), "UTF-8", &arabic),
        ("zeros beat a label", utf16(&arabic, u16::to_le_bytes), said(Some("windows-1256")), "UTF-16LE", &arabic),
        ("zeros in the other order", utf16(&bare, u16::to_be_bytes), said(Some("utf-8")), "UTF-16BE", &bare),
        (
            "English, too",
            utf16("Talks resume.\nIt said so.", u16::to_le_bytes),
            silent,
            "UTF-16LE",
            "Talks resume.\nIt said so.",
        ),
        (
            "the transport beats the page",
            bytes(&french, WINDOWS_1252),
            said(Some("windows-1254")),
            "windows-1254",
            &french,
        ),
        (
            "the page, if the transport is wrong",
            bytes(&arabic, WINDOWS_1256),
            said(Some("UTF-8")),
            "windows-1256",
            &arabic,
        ),
        ("or says nothing", bytes(&arabic, WINDOWS_1256), said(Some("none")), "windows-1256", &arabic),
        ("the page alone", bytes(&french, WINDOWS_1252), silent, "windows-1252", &french),
        ("statistics beat nonsense", bytes(&arabic, WINDOWS_1256), said(Some("iso-8859-1")), "windows-1256", &arabic),
        ("and stand in for nothing", bytes(&bare, WINDOWS_1256), silent, "windows-1256", &bare),
    ];
    for (name, payload, clues, charset, text) in table {
        let decoded = decoded(&payload, &clues);
        assert_eq!((decoded.charset, decoded.text.as_ref()), (charset, text), "{name}");
    }
}

#[test]
fn statistics_know_the_old_charsets() {
    for (text, encoding) in [
        (ARABIC, WINDOWS_1256),
        (PERSIAN, WINDOWS_1256),
        (RUSSIAN, WINDOWS_1251),
        (RUSSIAN, KOI8_R),
        (RUSSIAN, IBM866),
        (GREEK, WINDOWS_1253),
        (HEBREW, WINDOWS_1255),
        (FRENCH, WINDOWS_1252),
        (TURKISH, WINDOWS_1254),
        ("部长表示，谈判将于下周在首都继续举行。双方同意发表联合声明。", GBK),
    ] {
        let payload = bytes(text, encoding);
        assert_eq!(decoded(&payload, &Clues::default()).text, text, "{}", encoding.name());
        // A page is told by what stands between its tags.
        let html = page("<script>var a = 'é';</script>", text).replace("'é'", "1");
        let payload = bytes(&html, encoding);
        assert_eq!(decoded(&payload, &Clues { page: true, ..Clues::default() }).text, html, "{}", encoding.name());
    }
}

#[test]
fn a_wrong_label_is_overruled_and_a_right_one_is_not() {
    for (text, encoding) in [
        (ARABIC, WINDOWS_1256),
        (PERSIAN, WINDOWS_1256),
        (RUSSIAN, WINDOWS_1251),
        (GREEK, WINDOWS_1253),
        (HEBREW, WINDOWS_1255),
    ] {
        let payload = bytes(text, encoding);
        for label in ["windows-1252", "iso-8859-1", "utf-8", encoding.name()] {
            let clues = Clues { transport: Some(label), ..Clues::default() };
            assert_eq!(decoded(&payload, &clues).text, text, "{} as {label}", encoding.name());
        }
    }
    let plain = ARABIC.replace(['ُ', 'ً'], "");
    let payload = bytes(&plain, ISO_8859_6);
    for label in [Some("windows-1256"), Some("ISO-8859-6"), None] {
        let decoded = decoded(&payload, &Clues { transport: label, ..Clues::default() });
        assert_eq!((decoded.charset, decoded.text.as_ref()), ("ISO-8859-6", plain.as_str()), "{label:?}");
    }
    // What is too short to tell is what it claims to be.
    let clues = Clues { transport: Some("windows-1252"), ..Clues::default() };
    assert_eq!(decoded(b"\xc7\xe1\xd1", &clues).text, "ÇáÑ");
}

#[test]
fn the_old_macintosh_is_read_by_its_label() {
    let payload = b"\xc7\xe4\xd1\xc6\xea\xd3\xa0\xb1\xb2\xac \xf3\xc7\xd1\xf8";
    let clues = Clues { transport: Some("x-mac-arabic"), ..Clues::default() };
    let found = decoded(payload, &clues);
    assert_eq!((found.charset, found.text.as_ref()), ("x-mac-arabic", "الرئيس ١٢، پارگ"));
}

#[test]
fn damaged_utf8_stays_utf8_whatever_it_is_called() {
    let mut cut = ARABIC.as_bytes().to_vec();
    cut.truncate(cut.len() - 1);
    let mut broken = ARABIC.as_bytes().to_vec();
    broken.splice(60..61, *b"\xff\xc0");
    for payload in [cut, broken] {
        for transport in [None, Some("windows-1256"), Some("utf-8")] {
            let decoded = decoded(&payload, &Clues { transport, ..Clues::default() });
            assert_eq!(decoded.charset, "UTF-8");
            assert!(decoded.text.contains('\u{fffd}') && decoded.text.contains("وزارة الخارجية"));
        }
    }
    // Only the damage is an edit.
    let payload = b"\xd8\xa7\xd9\x84\xff \xd8\xa7\xd9\x84\xd8\xb1";
    let decoded = decoded(payload, &Clues::default());
    let edits = decoded.alignment.edits();
    assert_eq!((edits.len(), &edits[0].src), (1, &(4..5)));
}

#[test]
fn of_two_charsets_in_one_page_the_larger_part_counts() {
    let clues = Clues { transport: Some("utf-8"), ..Clues::default() };
    let mostly = [format!("{ARABIC}\n{ARABIC}\n").into_bytes(), bytes("خبر عاجل\n", WINDOWS_1256)].concat();
    let found = decoded(&mostly, &clues);
    assert_eq!(found.charset, "UTF-8");
    assert!(
        found.text.starts_with(ARABIC)
            && found.text.ends_with("\u{fffd}\u{fffd}\u{fffd} \u{fffd}\u{fffd}\u{fffd}\u{fffd}\n")
    );
    // The other way round, the repair of mojibake reads the smaller part as well.
    let other = "قال مصدر مسؤول إن الاجتماع تأجل إلى مساء الأحد";
    let legacy = [bytes(&format!("{ARABIC}\n{ARABIC}\n"), WINDOWS_1256), other.as_bytes().to_vec()].concat();
    let found = decoded(&legacy, &clues);
    assert_eq!(found.charset, "windows-1256");
    assert_eq!(found.text, format!("{ARABIC}\n{ARABIC}\n{other}"));
}

#[test]
fn the_domain_decides_where_letters_do_not() {
    // Two letters, as Polish and as Icelandic.
    let payload = b"\xb3\xea";
    let of = |host| decoded(payload, &Clues { host: Some(host), ..Clues::default() }).charset;
    assert_ne!(of("www.example.pl"), of("www.example.is"));
}

#[test]
fn what_is_valid_is_not_copied() {
    let plain = decoded(ARABIC.as_bytes(), &Clues::default());
    assert!(matches!(plain.text, Cow::Borrowed(_)) && plain.alignment.is_identity());
    let marked = [b"\xEF\xBB\xBF".as_slice(), ARABIC.as_bytes()].concat();
    let marked = decoded(&marked, &Clues::default());
    assert!(matches!(marked.text, Cow::Borrowed(ARABIC)) && marked.alignment.edits().len() == 1);
}

#[test]
fn an_edit_of_a_line_starts_and_ends_with_letters() {
    let payload = bytes("AFP - قال الوزير. (2024)\r\n  نعم \n", WINDOWS_1256);
    let found = decoded(&payload, &Clues { transport: Some("windows-1256"), ..Clues::default() });
    let edits: Vec<_> = found.alignment.edits().iter().map(|edit| edit.src.clone()).collect();
    assert_eq!(edits, [6..16, 28..31]);
}

#[test]
fn mojibake_in_any_charset_is_undone() {
    let (misread, _) = WINDOWS_1252.decode_without_bom_handling(ARABIC.as_bytes());
    for payload in [misread.as_bytes().to_vec(), utf16(&misread, u16::to_le_bytes)] {
        assert_eq!(decoded(&payload, &Clues::default()).text, ARABIC);
    }
    // As Latin-1 it is a third controls, and text all the same.
    let latin1: String = ARABIC.bytes().map(char::from).collect();
    assert_eq!(decoded(latin1.as_bytes(), &Clues::default()).text, ARABIC);
}

#[test]
fn blocks_lead_back_to_the_bytes_that_were_misread() {
    let lines = ["الرئيس الفرنسي يزور القاهرة", "قال الرئيس إن الحكومة ستعلن خطتها غدا، وأضاف أن لا تأجيل بعد اليوم"];
    let broken = lines.map(|line| WINDOWS_1252.decode_without_bom_handling(line.as_bytes()).0.into_owned());
    let raw = |media, payload: String| khabar_model::RawDoc {
        id: String::new(),
        source: khabar_model::Source::default(),
        media,
        payload: payload.into_bytes(),
        given: khabar_model::Given::default(),
    };
    let scrape = raw(khabar_model::Media::Text, broken.join("\n"));
    let html = format!("<title>{}</title><h1>{0}</h1><p>{}</p>", broken[0], broken[1]);
    let html = raw(khabar_model::Media::Html, html);
    for raw in [scrape, html] {
        let article = crate::Parser::default().parse(&raw).unwrap();
        assert_eq!(article.charset.as_deref(), Some("UTF-8"));
        let body = article.blocks.last().unwrap();
        assert_eq!(body.span.of(&article.text), Some(lines[1]));
        let source = &raw.payload[body.source.start as usize..body.source.end as usize];
        assert!(String::from_utf8_lossy(source).contains(broken[1].as_str()));
    }
}

#[test]
fn binary_is_refused() {
    let noise: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for payload in [noise, vec![0; 4096], b"\x01\x02 \x03".repeat(100), "\u{fffd}".repeat(50).into_bytes()] {
        assert_eq!(decode(&payload, &Clues::default()).unwrap_err().reason, RejectReason::NotText);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_decoded_and_led_back_to(
        payload in prop::collection::vec(any::<u8>(), 0..400),
        transport in prop::sample::select(vec!["", "utf-8", "windows-1256", "gbk", "iso-2022-jp", "shift_jis", "utf-16le", "big5", "macfarsi"]),
        page: bool,
    ) {
        let clues = Clues { transport: Some(transport), page, host: Some("www.example.ir") };
        if let Ok(decoded) = decode(&payload, &clues) {
            prop_assert_eq!(decoded.alignment.undo(decoded.text.as_bytes()), Some(payload));
        }
    }

    #[test]
    fn any_page_is_scanned(text in "(<|>|meta|charset|=|'|\"|content|http-equiv|content-type| |/|!--|-->|script|x|é){0,60}") {
        prescan::declared(text.as_bytes());
    }
}

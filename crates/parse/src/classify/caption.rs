//! Texts of pictures, told by the credit at their end or the note behind them.

use std::sync::LazyLock;

use regex::Regex;

use crate::agency;
use crate::line::Line;

/// Longest text of a picture, in characters.
const CAPTION_CHARS: usize = 320;
/// Longest one with a note behind it.
const NOTED_CHARS: usize = 200;
/// Houses that license pictures, as fold keys.
const STOCK_NAMES: [&str; 4] = ["getty images", "shutterstock", "istock", "afp photo"];
/// Longest credit, in bytes.
const CREDIT_BYTES: usize = 180;
/// Longest credit, in words.
const CREDIT_WORDS: usize = 10;
/// Characters of a labelled credit.
const MAX_CREDIT: usize = 80;
/// Characters before a copyright sign that make it a picture's, not a page's.
const BEFORE_SIGN: usize = 20;

/// A picture's text with its credit at the end: "… © AFP", "… / عکس: AA", "… (Foto: dpa)", "… Getty Images".
pub(super) fn is_caption(line: &Line) -> bool {
    if line.chars > CAPTION_CHARS {
        return false;
    }
    let text = line.text.as_str();
    let signed = text.rfind('©').filter(|at| *at > BEFORE_SIGN).and_then(|at| text.get(at + '©'.len_utf8()..));
    let agency_alone = text.strip_prefix('©').is_some_and(|rest| !agency::names_in(rest).is_empty());
    signed.is_some_and(is_credit)
        || agency_alone
        || is_credited(line)
        || ends_with_agency(line)
        || !line.ends_sentence && ends_with_picture_note(line)
}

/// Who took it, to the end of the line: a few words, no sentence.
fn is_credit(rest: &str) -> bool {
    let words = rest.split_whitespace().count();
    let opened = rest.trim_start().starts_with(|char: char| char.is_alphanumeric());
    (1..=CREDIT_WORDS).contains(&words) && opened && !crate::line::stops(rest)
}

/// A labelled credit at the end, behind a separator; the label in front makes a caption of the line by the cue list.
fn is_credited(line: &Line) -> bool {
    static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?:[/|(\[.?!,-])\s*(?:عكس(?:ها)?(?: از)?|تصوير|الصوره|صوره|فوٹو|وێنه|انځور|photo(?:s|graph)?(?: by| credit)?",
            r"|picture|image|foto(?:s|grafie)?|bild(?:er)?|fotoğraf|фото|zdjęcie|fot|φωτο(?:γραφία)?|צילום|图|图片|图源|圖片)",
            r"\s?[.:：]\s*(?P<who>[^:]+)$",
        ))
        .ok()
    });
    static STOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?:^|[/|(\[,.-]|(?-u:\b)via|(?-u:\b)by)\s*(?:\p{L}[\p{L} .'-]*/\s?)?",
            r"(?:getty images|shutterstock|istock|afp photo)(?:[/ ].{0,30})?$",
        ))
        .ok()
    });
    if line.stops {
        return false;
    }
    let key = line.key.trim_end_matches([')', ']']);
    if STOCK_NAMES.iter().any(|name| key.contains(name)) {
        return STOCK.as_ref().is_some_and(|shape| shape.is_match(key));
    }
    // Few lines have a colon, or the full stop of "fot.", so near to their end.
    let near = key.len() - key.len().min(CREDIT_BYTES);
    let labelled = key.bytes().skip(near).any(|byte| byte == b':') || key.contains("fot.") || key.contains('：');
    let found = if labelled { LABEL.as_ref().and_then(|shape| shape.captures(key)) } else { None };
    let who = found.as_ref().and_then(|found| found.name("who")).map(|who| who.as_str());
    who.is_some_and(|who| (2..=MAX_CREDIT).contains(&who.chars().count()) && is_credit(who))
}

/// "Noah Berger / AP", "… وسط المدينة / رويترز": an agency behind the last bar of a line without a full stop.
fn ends_with_agency(line: &Line) -> bool {
    let (before, after) = line.text.rsplit_once('/').unwrap_or_default();
    line.chars <= NOTED_CHARS
        && !line.ends_sentence
        && before.split_whitespace().count() >= 2
        && agency::name_of(after.trim()).is_some()
        // A list of agencies is a byline.
        && agency::names_in(before).is_empty()
}

/// "(أرشيف)", "(رويترز)", `[AFP]` at the end of a short line without a full stop. Behind a whole sentence "(وكالات)",
/// which names no house, is a report's source: pictures are credited to one.
pub(super) fn ends_with_picture_note(line: &Line) -> bool {
    let text = line.text.trim_end();
    let Some(open) = text.rfind(['(', '[']).filter(|_| text.ends_with([')', ']'])) else { return false };
    let note = text.get(open + 1..text.len() - 1).unwrap_or_default();
    let key = khabar_text::fold(note);
    let archive = ["ارشيف", "ارشيفيه", "صوره ارشيفيه", "ارشيوي", "archive", "file", "file photo", "فايل", "فايل فوتو"];
    let sentence = crate::line::stops(text.get(..open).unwrap_or_default().trim_end());
    let credited = agency::names_in(note).into_iter().any(|agency| !(sentence && agency == agency::UNNAMED));
    line.chars <= NOTED_CHARS && open > 0 && (archive.contains(&key.as_str()) || credited)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(text: &str) -> bool {
        is_caption(&Line::new(text, 0..text.len(), None, 0.0))
    }

    #[test]
    fn texts_of_pictures_have_their_credit_at_the_end() {
        for text in [
            "رهبر دو کشور در مراسم امضای پیمان / عکس : AA",
            "Soldiers on the bridge on Sunday © Press service via AP",
            "محتجون في ساحة المدينة (أرشيف)",
            "محتجون في ساحة المدينة (وكالات)",
            "Demonstrators gather in the square. (AFP)",
            "Der Hafen am Morgen (Foto: dpa)",
            "The old harbour at dawn. Photo: Maria Lopez",
            "Fans outside the stadium. Alex Stone/Getty Images",
            "Рыбаки на пристани. Фото: Интерфакс",
        ] {
            assert!(caption(text), "{text}");
        }
        for text in [
            "He sold the whole archive to Getty Images.",
            "وتسببت الأمطار في قطع طريقين رئيسيين شمالي البلاد. (وكالات)",
            "Getty Images said it would appeal against the ruling",
            "The lawyer drew a large © on the board and asked who owned it.",
            "On the back somebody had written the words Photo: Maria, 1931.",
            "او زیر لب گفت عکس: یادگاری از روزی که هرگز برنمی‌گردد.",
        ] {
            assert!(!caption(text), "{text}");
        }
    }
}

//! Texts of pictures, told by their credits and notes.

use crate::agency;
use crate::line::Line;

/// A picture's text with its credit: "… © AFP", "… / عکس: AA", "(أرشيف)".
pub(super) fn is_caption(line: &Line) -> bool {
    if line.chars > 320 {
        return false;
    }
    let text = line.text.as_str();
    let credited = text.find('©').is_some_and(|at| at > 20);
    credited
        || [
            "/ عکس",
            "/عکس",
            "عکس:",
            "عکس :",
            "تصویر:",
            "الصورة:",
            "صورة:",
            "Photo:",
            "PHOTO:",
            "Photograph:",
            "Getty Images",
            "فوٹو:",
        ]
        .iter()
        .any(|cue| text.contains(cue) && line.chars <= 240)
        || !line.ends_sentence && ends_with_picture_note(line)
}

/// "(أرشيف)", "(رويترز)", `[AFP]` at the end of a short line without a full stop.
pub(super) fn ends_with_picture_note(line: &Line) -> bool {
    let text = line.text.trim_end();
    let Some(open) = text.rfind(['(', '[']).filter(|_| text.ends_with([')', ']'])) else { return false };
    let note = text.get(open + 1..text.len() - 1).unwrap_or_default();
    let key = khabar_text::fold(note);
    let archive = ["ارشيف", "ارشيفيه", "صوره ارشيفيه", "ارشيوي", "archive", "file", "file photo", "فايل", "فايل فوتو"];
    line.chars <= 200 && open > 0 && (archive.contains(&key.as_str()) || !agency::names_in(note).is_empty())
}

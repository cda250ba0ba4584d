//! As much of HTML as a feed's own fields need: references, and tags to leave out.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::BytesRef;

use super::entry::Form;

/// What a reference stands for, by the name between `&` and `;`; `None` for a name that neither XML nor HTML knows, an
/// entity that the feed declares for itself among them.
pub(super) fn resolve(name: &str) -> Option<Cow<'static, str>> {
    match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(char)) => Some(char.to_string().into()),
        // A number that is no character.
        Err(_) => Some("\u{fffd}".into()),
        Ok(None) => resolve_html5_entity(name).map(Cow::Borrowed),
    }
}

/// Resolves the references in a text; what is none stays as it is.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let known = short_name(after).and_then(|(name, behind)| Some((resolve(name)?, behind)));
        rest = match known {
            Some((words, behind)) => {
                plain.push_str(&words);
                behind
            }
            None => {
                plain.push('&');
                after
            }
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The name of a reference behind its `&`, and what follows its `;`. The longest name in HTML has 31 letters.
fn short_name(after: &str) -> Option<(&str, &str)> {
    let end = after.bytes().take(33).position(|byte| byte == b';').filter(|end| *end > 0)?;
    let name = after.get(..end)?;
    let sound = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    sound.then_some((name, after.get(end + 1..)?))
}

/// Whether there is a tag or a reference in a text.
pub(super) fn is_marked_up(text: &str) -> bool {
    tags(text).next().is_some() || matches!(unescape(text), Cow::Owned(plain) if plain != text)
}

/// A text on one line: tags out, references resolved, white space collapsed.
pub(super) fn line(text: &str, form: Form) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    if form != Form::Plain {
        for tag in tags(text) {
            plain.push_str(text.get(from..tag.start).unwrap_or_default());
            plain.push(' ');
            from = tag.end;
        }
    }
    plain.push_str(text.get(from..).unwrap_or_default());
    let plain = if form == Form::Plain { Cow::Borrowed(plain.as_str()) } else { unescape(&plain) };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element of HTML has no end tag; `</br>` would be a second break.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 13] =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

/// Where the tags and comments of a text are; `<` before anything but a letter, `/` or `!` is none.
fn tags(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find('<')?;
            from = start + 1;
            let rest = text.get(from..)?;
            if rest.starts_with(|char: char| char.is_ascii_alphabetic() || char == '/' || char == '!') {
                let Some(length) = rest.find('>') else {
                    from = text.len();
                    return None;
                };
                from += length + 1;
                return Some(start..from);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_tags_and_references() {
        assert_eq!(line("<b>موسكو</b> &amp; بيونغ&nbsp;يانغ \n", Form::Open), "موسكو & بيونغ يانغ");
        assert_eq!(line("a < b &unknown; &#x62e; R&D", Form::Open), "a < b &unknown; خ R&D");
        assert_eq!(line("<b> &amp;", Form::Plain), "<b> &amp;");
        assert_eq!(line("تهران <unclosed", Form::Open), "تهران <unclosed");
    }

    #[test]
    fn references_that_are_none_stay() {
        assert_eq!(unescape("&&amp;&lol9; &#0; &#55357; & ;"), "&&&lol9; \u{fffd} \u{fffd} & ;");
        assert!(!is_marked_up("AT&T قال إن 3 < 5") && is_marked_up("a &quot;b&quot;") && is_marked_up("a<br>b"));
    }
}

//! Characters that a reader of a diff cannot see, spelled out.

/// `text` with every invisible character as its name in `‹›`: `‹ZWNJ›`, `‹RLM›`, `‹NBSP›`, else `‹U+XXXX›`.
///
/// Newlines and plain spaces stay as they are; a space at the end of a line is shown, since editors strip it.
#[must_use]
pub fn show_invisible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let at_line_end = matches!(chars.peek(), None | Some('\n'));
        match name(char) {
            Some(name) => shown.extend(["‹", name, "›"]),
            None if char == ' ' && at_line_end => shown.push_str("‹SP›"),
            None if is_hidden(char) => shown.push_str(&format!("‹U+{:04X}›", u32::from(char))),
            None => shown.push(char),
        }
    }
    shown
}

fn name(char: char) -> Option<&'static str> {
    Some(match char {
        '\t' => "TAB",
        '\r' => "CR",
        '\0' => "NUL",
        '\u{00A0}' => "NBSP",
        '\u{00AD}' => "SHY",
        '\u{061C}' => "ALM",
        '\u{200B}' => "ZWSP",
        '\u{200C}' => "ZWNJ",
        '\u{200D}' => "ZWJ",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{202F}' => "NNBSP",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{FEFF}' => "BOM",
        _ => return None,
    })
}

/// Controls, other spaces and the variation selectors: they have no name above but would be lost to the eye.
fn is_hidden(char: char) -> bool {
    let other_space = char.is_whitespace() && !matches!(char, ' ' | '\n');
    let selector = matches!(char, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180E}' | '\u{034F}');
    other_space || selector || (char.is_control() && char != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(show_invisible("می\u{200c}رود\u{a0}\u{200f}!\r\n"), "می‹ZWNJ›رود‹NBSP›‹RLM›!‹CR›\n");
        assert_eq!(show_invisible("\u{feff}خبر \u{85}"), "‹BOM›خبر ‹U+0085›");
        assert_eq!(show_invisible("خبر \nدوم "), "خبر‹SP›\nدوم‹SP›");
    }

    #[test]
    fn marks_and_letters_stay() {
        assert_eq!(show_invisible("خَبَرَيْن 12 «نص»"), "خَبَرَيْن 12 «نص»");
    }
}

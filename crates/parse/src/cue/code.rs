//! Program text and style sheets that leak into articles, told from prose by their signs.

/// Signs of program text in a row, which prose hardly ever has.
const RUNS: [&str; 24] = [
    "();",
    ");",
    "){",
    "({",
    "})",
    "};",
    "()",
    "=>",
    "&&",
    "||",
    "==",
    "={",
    "=[",
    "[]",
    "px;",
    "px}",
    "!important",
    "{}",
    "/*",
    "*/",
    "</",
    "<!",
    "/>",
    "\\n",
];

/// Share of the line, in per cent, that { } ; ( ) = and their like must have.
const DENSE: usize = 5;
/// The same for a line that names a function or property of browsers.
const NAMED: usize = 2;

/// True if a line has enough of the signs to be looked at: most lines have not.
pub(super) fn has_signs(text: &str) -> bool {
    let signs = text.bytes().filter(|byte| b"{};()=<>".contains(byte)).count();
    signs * 100 >= text.len()
}

/// True if a line is program text. `named` says that it has a word that only programs have.
pub(super) fn is_code(text: &str, named: bool) -> bool {
    let (mut signs, mut chars, mut letters) = (0, 0, 0);
    for char in text.chars().take(2_000).filter(|char| !char.is_whitespace()) {
        chars += 1;
        signs +=
            usize::from(matches!(char, '{' | '}' | ';' | '(' | ')' | '=' | '[' | ']' | '<' | '>' | '\\' | '|' | '&'));
        letters += usize::from(char.is_alphanumeric());
    }
    if chars == 0 || signs == 0 {
        return false;
    }
    // A line of brackets alone.
    if letters == 0 {
        return text.contains(['{', '}', ';']);
    }
    let dense = |share: usize| signs * 100 >= chars * share;
    let runs = RUNS.iter().filter(|run| text.contains(**run)).count();
    // Prose that quotes a line of program ends as a sentence does.
    let prose = crate::line::stops(text) && text.contains(". ")
        || text.split_whitespace().filter(|word| is_prose(word)).count() >= 8;
    if named {
        return dense(NAMED) && runs >= 1 && !prose || dense(DENSE) && runs >= 2;
    }
    dense(DENSE) && runs >= 2 && !prose || dense(2 * DENSE) && runs >= 1 && text.contains('{') && !prose
}

/// A word of letters alone, a comma or a stop behind it.
fn is_prose(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',', '،', '؛', ':', '؟', '?']);
    bare.chars().count() >= 2 && bare.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_prose() {
        for line in [
            "googletag.cmd.push(function() { googletag.display('div-gpt-ad-1'); });",
            "window.dataLayer = window.dataLayer || [];",
            ".story p{margin:0;padding:4px 0;display:none !important}",
            "var _gaq = _gaq || []; _gaq.push(['_trackPageview']);",
            "}",
        ] {
            assert!(is_code(line, true), "{line}");
        }
        for line in [
            "The tutorial shows how document.getElementById (a function) finds an element; it is short.",
            "الدالة (function) تعيد القيمة؛ ثم تنتهي.",
            "Results: Lions (3), Bears (2); Wolves (1), Foxes (0).",
            "He wrote f(x) = 2x on the board.",
        ] {
            assert!(!is_code(line, false), "{line}");
        }
    }
}

//! What stands in quotes, in brackets or in an inline element: where a text about mojibake has its samples.

use super::cell::{Cell, TAG};

/// For each cell, whether it is inside a pair of quotes, brackets or tags. What came out of a misreading is no quote.
pub(super) fn inside(cells: &[Cell], depth: u8) -> Vec<bool> {
    let mut inside = vec![false; cells.len()];
    let mut open: Option<(usize, char)> = None;
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.level < depth) {
        match open {
            Some((start, close)) if closes(cell.c, close) => {
                inside.get_mut(start..at).unwrap_or_default().fill(true);
                open = None;
            }
            Some(_) => {}
            None => open = closer(cell.c).map(|close| (at + 1, close)),
        }
    }
    inside
}

/// The character that closes what `c` opens. An apostrophe opens nothing.
fn closer(c: char) -> Option<char> {
    Some(match c {
        '"' | '`' | TAG => c,
        '“' | '„' => '”',
        '«' => '»',
        '‹' => '›',
        '‘' | '‚' => '’',
        '(' => ')',
        '[' => ']',
        _ => return None,
    })
}

/// German quotes close with what opens elsewhere.
fn closes(c: char, close: char) -> bool {
    c == close || c == '“' && close == '”' || c == '‘' && close == '’'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mojibake::cell;

    #[test]
    fn pairs_enclose() {
        let text = "a \"b c\" d «e» (f) „g“ h \"i";
        let cells = cell::cells(text, std::slice::from_ref(&(0..text.len())));
        let inside = inside(&cells, 1);
        let quoted: String = cells.iter().zip(inside).filter(|(_, inside)| *inside).map(|(cell, _)| cell.c).collect();
        assert_eq!(quoted, "b cefg");
    }
}

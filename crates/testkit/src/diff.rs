//! A line diff that a person can read in a terminal.

/// Lines of unchanged text that are shown round a change.
const CONTEXT: usize = 2;

/// Cells of the table for the longest common subsequence; beyond it the two texts are shown whole.
const MAX_CELLS: usize = 16_000_000;

/// What one line of a diff is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Same,
    Gone,
    New,
}

/// The difference between two texts by lines, `-` for what only `expected` has and `+` for what only `actual` has;
/// empty if they are equal.
pub(crate) fn diff(expected: &str, actual: &str) -> String {
    if expected == actual {
        return String::new();
    }
    let old: Vec<&str> = expected.split('\n').collect();
    let new: Vec<&str> = actual.split('\n').collect();
    let changes = if (old.len() + 1) * (new.len() + 1) > MAX_CELLS {
        let gone = old.iter().map(|&line| (Change::Gone, line));
        gone.chain(new.iter().map(|&line| (Change::New, line))).collect()
    } else {
        align(&old, &new)
    };
    print(&changes)
}

fn align<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(Change, &'t str)> {
    let width = new.len() + 1;
    // `common[i * width + j]` is the length of the longest common subsequence of old[i..] and new[j..].
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut changes) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            changes.push((Change::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            changes.push((Change::Gone, old[i]));
            i += 1;
        } else {
            changes.push((Change::New, new[j]));
            j += 1;
        }
    }
    changes
}

fn print(changes: &[(Change, &str)]) -> String {
    let mut shown = vec![false; changes.len()];
    for (at, (change, _)) in changes.iter().enumerate() {
        if *change != Change::Same {
            let end = (at + CONTEXT + 1).min(changes.len());
            shown[at.saturating_sub(CONTEXT)..end].fill(true);
        }
    }
    let mut text = String::new();
    let mut skipping = false;
    for ((change, line), shown) in changes.iter().zip(shown) {
        if !shown {
            if !skipping {
                text.push_str("  ...\n");
            }
            skipping = true;
            continue;
        }
        skipping = false;
        let sign = match change {
            Change::Same => ' ',
            Change::Gone => '-',
            Change::New => '+',
        };
        text.push(sign);
        text.push(' ');
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(diff("خبر\n", "خبر\n"), "");
    }

    #[test]
    fn a_change_is_shown_with_its_context() {
        let old = "1\n2\n3\n4\n5\n6\n7";
        let new = "1\n2\n3\nfour\n5\n6\n7";
        assert_eq!(diff(old, new), "  ...\n  2\n  3\n- 4\n+ four\n  5\n  6\n  ...\n");
    }

    #[test]
    fn lines_that_were_added_or_lost_are_told_apart() {
        assert_eq!(diff("a\nc", "a\nb\nc"), "  a\n+ b\n  c\n");
        assert_eq!(diff("a\nb\nc", "a\nc"), "  a\n- b\n  c\n");
    }
}

//! Cuts the repeated lines of a host out of one document.

use khabar_model::{BlockKind, RemovalReason};

use super::{Host, Verdict};
use crate::classify::Fate;
use crate::line::Line;

/// The rule under which these lines are cut.
const RULE: &str = "host_line";

/// Cuts what repeats among the lines that are open still, and captions. Never the title (`titled` is its number, `title`
/// its text where the input gave it); never the longest line, unless that stands everywhere on the host; and nothing at
/// all where no line of the body would be left.
pub(crate) fn cut(host: &Host, lines: &[Line], titled: Option<usize>, title: Option<&str>, fates: &mut [Option<Fate>]) {
    let title = title.map(khabar_text::fold);
    let is_open = |nth: usize| fates.get(nth).is_some_and(Option::is_none);
    let is_caption = |nth: usize| fates.get(nth) == Some(&Some(Fate::Keep(BlockKind::Caption)));
    let longest = (0..lines.len())
        .filter(|nth| is_open(*nth))
        .max_by_key(|nth| (lines.get(*nth).map_or(0, |line| line.letters), std::cmp::Reverse(*nth)));
    let mut left = false;
    let mut cuts = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let is_title = titled == Some(nth) || title.as_ref() == Some(&line.key);
        let verdict = host.verdict(line);
        let repeats = verdict == Verdict::Everywhere || verdict == Verdict::Repeated && longest != Some(nth);
        if repeats && !is_title && (is_open(nth) || is_caption(nth)) {
            cuts.push(nth);
        } else {
            left |= is_open(nth);
        }
    }
    if left {
        for nth in cuts {
            if let Some(slot) = fates.get_mut(nth) {
                *slot = Some(Fate::Cut(RemovalReason::DuplicateLine, RULE.to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosts::HostLines;

    /// The numbers of the lines that are cut; the host has 100 documents.
    fn cut_of(repeated: &[(&str, u64)], lines: &[&str], title: Option<&str>) -> Vec<usize> {
        let repeated: Vec<String> =
            repeated.iter().map(|(line, count)| format!("{{\"line\":\"{line}\",\"documents\":{count}}}")).collect();
        let file =
            format!("{{\"version\":1,\"hosts\":{{\"a\":{{\"documents\":100,\"lines\":[{}]}}}}}}", repeated.join(","));
        let hosts = HostLines::from_json(file.as_bytes()).unwrap();
        let lines: Vec<Line> = lines.iter().map(|line| Line::new(line, 0..line.len(), None, 0.0)).collect();
        let mut fates = vec![None; lines.len()];
        fates[0] = Some(Fate::Keep(BlockKind::Caption));
        cut(&hosts.hosts["a"], &lines, None, title, &mut fates);
        fates.iter().enumerate().filter(|(_, fate)| matches!(fate, Some(Fate::Cut(..)))).map(|(nth, _)| nth).collect()
    }

    #[test]
    fn repeated_lines_go_and_the_article_stays() {
        let repeated = [("أرشيف الصور", 9), ("رابط الخبر", 60), ("عاجل: توقف المفاوضات بين الجانبين", 6)];
        let article = [
            "أرشيف الصور",
            "عاجل: توقف المفاوضات بين الجانبين",
            "قال الوزير إن الجولة المقبلة تبدأ في الربيع من العام المقبل.",
            "رابط الخبر",
        ];
        assert_eq!(cut_of(&repeated, &article, None), [0, 1, 3]);
        // A title is a title.
        assert_eq!(cut_of(&repeated, &article, Some("عاجل: توقف المفاوضات بين الجانبين")), [0, 3]);
        // The longest line of a flash, and all there is.
        assert_eq!(cut_of(&repeated, &["…", "عاجل: توقف المفاوضات بين الجانبين", "رابط الخبر"], None), [2]);
        assert_eq!(cut_of(&repeated, &["أرشيف الصور", "رابط الخبر"], None), [0usize; 0]);
        // What stands everywhere may be the longest.
        assert_eq!(cut_of(&repeated, &["…", "توقفت", "رابط الخبر"], None), [2]);
    }
}

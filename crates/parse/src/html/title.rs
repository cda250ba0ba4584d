//! The headline: which of the page's titles it is, and without the name of the site.

use super::root::key;

/// What a page offers as its title.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// `og:title`, `twitter:title`, Dublin Core … in that order.
    pub(super) meta: Vec<String>,
    /// The headline of JSON-LD.
    pub(super) json_ld: Option<String>,
    /// The `title` element.
    pub(super) element: Option<String>,
    /// `h1` elements, in document order.
    pub(super) h1: Vec<String>,
}

/// Words of a piece of a title that is cut off without proof that it is the site's name.
const SHORT_NAME_WORDS: usize = 4;
/// Words of an `h1` that no other title confirms.
const HEADLINE_WORDS: usize = 4;

/// The headline, from the best witness.
///
/// An `h1` that another title confirms is the cleanest form; else what the page tells social networks; else `title`.
pub(super) fn headline(titles: &Titles, sites: &[&str]) -> Option<String> {
    let sites: Vec<String> = sites.iter().map(|site| key(site, 80)).filter(|site| site.chars().count() > 1).collect();
    let named = |text: &str| sites.contains(&key(text, 200));
    let witnesses: Vec<String> =
        titles.meta.iter().chain(&titles.json_ld).chain(&titles.element).map(|title| key(title, 400)).collect();
    let confirmed = titles.h1.iter().find(|h1| {
        let h1 = key(h1, 400);
        h1.chars().count() >= 8 && !named(&h1) && witnesses.iter().any(|witness| witness.contains(&h1))
    });
    if let Some(h1) = confirmed {
        // A short h1 inside a longer title may be the section; the title's own longest piece decides.
        return Some(strip(h1, &sites));
    }
    // The only h1 of the page, if it is long enough for a headline, is what readers see as such.
    if let [h1] = titles.h1.as_slice()
        && h1.split_whitespace().count() >= HEADLINE_WORDS
        && !named(h1)
    {
        return Some(strip(h1, &sites));
    }
    let candidates = titles.meta.iter().chain(&titles.json_ld).chain(&titles.element);
    let told = candidates.map(|title| strip(title, &sites)).find(|title| !title.is_empty() && !named(title));
    // A truncated title ("… …") is the beginning of the h1.
    if let Some(title) = &told
        && let Some(start) = title.strip_suffix('…').or_else(|| title.strip_suffix("..."))
        && let Some(h1) = titles.h1.iter().find(|h1| key(h1, 400).starts_with(&key(start, 400)))
    {
        return Some(h1.clone());
    }
    told.or_else(|| titles.h1.iter().find(|h1| !h1.is_empty() && !named(h1)).cloned())
}

/// Cuts the site's name off either end of a title. `sites` are keys.
pub(super) fn strip(title: &str, sites: &[String]) -> String {
    let mut pieces = split(title);
    while pieces.len() > 1 {
        let last = pieces.len() - 1;
        if is_site(pieces[last].0, sites) {
            pieces.pop();
        } else if is_site(pieces[0].0, sites) {
            pieces.remove(0);
        } else {
            break;
        }
    }
    // With nothing known of the site: a short last piece behind a bar or guillemet is a name or a section.
    while sites.is_empty() && pieces.len() > 1 {
        let last = pieces.len() - 1;
        let words = |text: &str| text.split_whitespace().count();
        let rest: usize = pieces.iter().take(last).map(|piece| words(piece.0)).sum();
        let bar = matches!(pieces[last].1, '|' | '«' | '»' | ':' | '•' | '·');
        if words(pieces[last].0) <= SHORT_NAME_WORDS && rest > words(pieces[last].0) && (bar || rest >= 5) {
            pieces.pop();
        } else {
            break;
        }
    }
    // Behind a bar even a known site's page names its sections.
    while pieces.len() > 1 {
        let last = pieces.len() - 1;
        let short = pieces[last].0.split_whitespace().count() <= 2;
        let rest: usize = pieces.iter().take(last).map(|piece| piece.0.split_whitespace().count()).sum();
        if matches!(pieces[last].1, '|' | '«' | '»' | '•') && short && rest >= 4 {
            pieces.pop();
        } else {
            break;
        }
    }
    match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) => {
            // The pieces are slices of the title: what lies between them stays as written.
            let start = offset(title, first.0);
            let end = offset(title, last.0) + last.0.len();
            title.get(start..end).unwrap_or(title).trim().to_owned()
        }
        _ => title.trim().to_owned(),
    }
}

fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The pieces of a title between separators that stand free, each with the separator before it.
fn split(title: &str) -> Vec<(&str, char)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut separator = ' ';
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    for (nth, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(nth + 1).map_or(' ', |&(_, c)| c);
        // « and » are quotation marks unless they stand free on both sides.
        let free = before.is_whitespace() && (next.is_whitespace() || c == ':' && next == ':');
        let is_separator = match c {
            '|' | '｜' | '¦' => before.is_whitespace() || next.is_whitespace(),
            '-' | '–' | '—' | 'ـ' | '«' | '»' | '·' | '•' | ':' | '/' | '›' | '>' | '_' | '~' => free,
            _ => false,
        };
        if is_separator {
            pieces.push((title.get(start..at).unwrap_or_default().trim(), separator));
            start = at + c.len_utf8();
            separator = c;
        }
        before = c;
    }
    pieces.push((title.get(start..).unwrap_or_default().trim_start_matches([':', ' ']).trim(), separator));
    pieces.retain(|piece| !piece.0.is_empty());
    pieces
}

/// True for a piece that is the site's name, or an address.
fn is_site(piece: &str, sites: &[String]) -> bool {
    let bare = key(piece, 120);
    if bare.is_empty() {
        return true;
    }
    let words = piece.split_whitespace().count();
    let address = words == 1 && piece.contains('.') && !piece.ends_with('.') && piece.is_ascii();
    address
        || sites.iter().any(|site| {
            bare == *site
                || bare.chars().count() >= 3 && words <= 5 && site.contains(&bare)
                || site.chars().count() >= 4 && words <= 6 && bare.contains(site.as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip_for(title: &str, site: &str) -> String {
        let sites: Vec<String> = [key(site, 80)].into_iter().filter(|site| !site.is_empty()).collect();
        strip(title, &sites)
    }

    #[test]
    fn the_name_of_the_site_goes_from_either_end() {
        let cases = [
            ("انطلاق القمة في الدوحة - الجزيرة نت", "الجزيرة نت", "انطلاق القمة في الدوحة"),
            ("خبرگزاری آوا | آغاز ثبت‌نام کنکور در سراسر کشور", "خبرگزاری آوا", "آغاز ثبت‌نام کنکور در سراسر کشور"),
            (
                "Rivers rise after the storm — north coast | Daily Lantern",
                "Daily Lantern",
                "Rivers rise after the storm — north coast",
            ),
            ("شهر میں بارش » روزنامہ صبح", "", "شهر میں بارش"),
            ("قال «لن أعود» ثم غادر القاعة", "صدى", "قال «لن أعود» ثم غادر القاعة"),
            ("Well-known plan :: example.org", "", "Well-known plan"),
            ("Minister: no new taxes", "Example", "Minister: no new taxes"),
            ("BBC", "BBC", "BBC"),
            ("", "", ""),
        ];
        for (title, site, expected) in cases {
            assert_eq!(strip_for(title, site), expected);
        }
    }

    #[test]
    fn an_h1_that_the_title_confirms_wins() {
        let titles = Titles {
            meta: vec!["شاهد: سيول تجتاح الوادي - صدى".to_owned()],
            element: Some("سيول تجتاح الوادي وتقطع الطرق - صدى".to_owned()),
            h1: vec!["صدى".to_owned(), "سيول تجتاح الوادي وتقطع الطرق".to_owned()],
            json_ld: None,
        };
        assert_eq!(headline(&titles, &["صدى"]).as_deref(), Some("سيول تجتاح الوادي وتقطع الطرق"));
        assert_eq!(headline(&Titles::default(), &[]), None);
    }
}

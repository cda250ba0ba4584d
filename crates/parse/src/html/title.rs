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
    /// The `h1` elements that lead to the home page: logos.
    pub(super) logos: Vec<String>,
}

/// Words of a piece of a title that is cut off without proof that it is the site's name.
const SHORT_NAME_WORDS: usize = 4;
/// Words of an `h1` that no other title confirms.
const HEADLINE_WORDS: usize = 4;
/// Words of an `h1` at the end of the page's title that is taken for the site's name with no other witness.
const NAME_WORDS: usize = 5;

/// The headline, from the best witness.
///
/// An `h1` that another title confirms is the cleanest form; else what the page tells social networks; else `title`.
pub(super) fn headline(titles: &Titles, sites: &[&str]) -> Option<String> {
    let mut sites: Vec<String> =
        sites.iter().map(|site| key(site, 80)).filter(|site| site.chars().count() > 1).collect();
    let is_logo = |h1: &&String| titles.logos.contains(h1) || is_name_of_site(h1, titles);
    sites.extend(titles.h1.iter().filter(is_logo).map(|h1| key(h1, 80)).filter(|key| key.chars().count() > 1));
    let named = |text: &str| sites.contains(&key(text, 200)) || is_address(text);
    let h1: Vec<&String> = titles.h1.iter().filter(|h1| !h1.is_empty() && !named(h1)).collect();
    let told = || titles.meta.iter().chain(&titles.json_ld);
    let witnesses: Vec<String> = told().chain(&titles.element).map(|title| key(title, 400)).collect();
    let confirmed = h1.iter().find(|h1| {
        let h1 = key(h1, 400);
        h1.chars().count() >= 8 && witnesses.iter().any(|witness| witness.contains(&h1))
    });
    if let Some(h1) = confirmed {
        return Some(strip(h1, &sites));
    }
    // The only h1 of the page, if it is long enough for a headline, is what readers see as such.
    if let [h1] = h1.as_slice()
        && h1.split_whitespace().count() >= HEADLINE_WORDS
    {
        let h1 = strip(h1, &sites);
        let core = told().map(|title| strip(title, &sites)).find(|title| is_core(title, &h1));
        return Some(core.unwrap_or(h1));
    }
    let title = told().chain(&titles.element).map(|title| strip(title, &sites)).find(|it| !it.is_empty() && !named(it));
    // A truncated title ("… …") is the beginning of the h1.
    if let Some(title) = &title
        && let Some(start) = title.strip_suffix('…').or_else(|| title.strip_suffix("..."))
        && let Some(h1) = h1.iter().find(|h1| key(h1, 400).starts_with(&key(start, 400)))
    {
        return Some((*h1).clone());
    }
    title.or_else(|| h1.first().map(|h1| (*h1).clone()))
}

/// True for an `h1` that the page's title has at one end, behind a separator, with the headline at the other.
fn is_name_of_site(h1: &str, titles: &Titles) -> bool {
    let Some(title) = &titles.element else { return false };
    let name = key(h1, 400);
    let told: Vec<String> = titles.meta.iter().chain(&titles.json_ld).map(|title| key(title, 400)).collect();
    if told.iter().any(|title| title.starts_with(&name)) {
        return false;
    }
    let whole = key(title, 400);
    if whole
        .strip_prefix(name.as_str())
        .is_some_and(|rest| told.iter().any(|title| !title.is_empty() && rest.ends_with(title.as_str())))
    {
        return true;
    }
    let pieces = split(title);
    let joined = |range: &[(&str, char)]| -> String { range.iter().map(|piece| key(piece.0, 400)).collect() };
    let words = |text: &str| text.split_whitespace().count();
    (1..pieces.len()).any(|at| {
        let (before, after) = pieces.split_at(at);
        let (start, end) = (joined(before), joined(after));
        // A title that ends in the name of the site is the rule; one that ends in the headline has a short name before.
        let is_headline = |other: &&String| key(other, 400) == start;
        let longer = before.iter().map(|piece| words(piece.0)).sum::<usize>() >= words(h1);
        name == end
            && start != end
            && (told.contains(&start)
                || titles.h1.iter().any(|other| is_headline(&other)) && longer
                || told.is_empty() && words(h1) <= NAME_WORDS && longer)
    })
}

/// True if a title is an `h1` without the kicker or the date before it: "Politics | …", "18 Dec 2025 …".
fn is_core(title: &str, h1: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let core = key(title, 400);
    if words(title) < HEADLINE_WORDS || !key(h1, 400).ends_with(&core) {
        return false;
    }
    let cut = h1.split_whitespace().take(words(h1).saturating_sub(words(title))).collect::<Vec<_>>().join(" ");
    words(&cut) > 1 || cut.ends_with([':', '|', '：'])
}

/// Cuts the site's name off either end of a title. `sites` are keys.
pub(super) fn strip(title: &str, sites: &[String]) -> String {
    let mut pieces = split(title);
    while pieces.len() > 1 {
        let last = pieces.len() - 1;
        if is_site(pieces[last].0, sites) {
            pieces.pop();
        } else if is_site(pieces[0].0, sites) && !adds_to_name(pieces[0].0, sites) {
            pieces.remove(0);
        } else {
            break;
        }
    }
    // "Site » Blog Archive » Headline".
    while pieces.len() > 1
        && ["blogarchive", "blogarchiv", "archive", "archives"].contains(&key(pieces[0].0, 20).as_str())
    {
        pieces.remove(0);
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

/// True for characters of scripts that write titles without spaces.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
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
        let free = before.is_whitespace() && (next.is_whitespace() || c == ':' && next == ':')
            || matches!(c, '-' | '_') && is_han(next) && !before.is_whitespace() && !before.is_ascii();
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

/// True for one word of ASCII with a dot inside.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.contains('.') && !text.ends_with('.') && text.is_ascii() && !text.contains(char::is_whitespace)
}

/// True for a first piece that says more than the name of the site ("Site Weekly #18").
fn adds_to_name(piece: &str, sites: &[String]) -> bool {
    let bare = key(piece, 120);
    let names = sites.iter().filter(|site| bare.contains(site.as_str())).map(|site| site.len());
    names.max().is_some_and(|name| name * 2 < bare.len() || bare.bytes().any(|byte| byte.is_ascii_digit()))
}

/// True for a piece that is the site's name, or an address.
fn is_site(piece: &str, sites: &[String]) -> bool {
    let bare = key(piece, 120);
    if bare.is_empty() {
        return true;
    }
    let words = piece.split_whitespace().count();
    is_address(piece)
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
            ..Titles::default()
        };
        assert_eq!(headline(&titles, &["صدى"]).as_deref(), Some("سيول تجتاح الوادي وتقطع الطرق"));
        assert_eq!(headline(&Titles::default(), &[]), None);
    }

    fn titles(meta: &str, element: &str, h1: &[&str]) -> Titles {
        Titles {
            meta: [meta].into_iter().filter(|meta| !meta.is_empty()).map(str::to_owned).collect(),
            element: Some(element.to_owned()),
            h1: h1.iter().map(|&h1| h1.to_owned()).collect(),
            ..Titles::default()
        }
    }

    #[test]
    fn an_h1_that_names_the_site_is_no_headline() {
        let cases = [
            (
                titles("", "گشایش پل تازه روی کارون | دفتر خاطرات یک مهندس", &["دفتر خاطرات یک مهندس"]),
                "گشایش پل تازه روی کارون",
            ),
            (titles("Bridge opens", "River Notes: Bridge opens", &["River Notes"]), "Bridge opens"),
            (titles("", "جسر جديد على النهر – يوميات", &["يوميات", "جسر جديد على النهر"]), "جسر جديد على النهر"),
            (titles("Bridge opens", "River Notes » Blog Archive » Bridge opens", &["River Notes"]), "Bridge opens"),
            // The headline at the end of the title stays one.
            (
                titles("", "خبرگزاری آوا | آغاز ثبت‌نام کنکور در سراسر کشور", &["آغاز ثبت‌نام کنکور در سراسر کشور"]),
                "آغاز ثبت‌نام کنکور در سراسر کشور",
            ),
        ];
        for (titles, expected) in cases {
            assert_eq!(headline(&titles, &[]).as_deref(), Some(expected));
        }
        let logo = Titles { logos: vec!["Ein Tag".to_owned()], ..titles("", "Neue Brücke", &["Ein Tag"]) };
        assert_eq!(headline(&logo, &[]).as_deref(), Some("Neue Brücke"));
    }

    #[test]
    fn a_kicker_or_a_date_before_the_headline_goes_if_the_page_tells_it_without() {
        let cases = [
            ("Council votes to close the old bridge", "Politics | Council votes to close the old bridge", 0),
            ("Council votes to close the old bridge", "18 Dec 2025 Council votes to close the old bridge", 0),
            ("Council votes to close the old bridge", "The Council votes to close the old bridge", 1),
        ];
        for (meta, h1, expected) in cases {
            assert_eq!(headline(&titles(meta, meta, &[h1]), &[]).as_deref(), Some([meta, h1][expected]));
        }
    }
}

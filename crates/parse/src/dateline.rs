//! The opening of a wire story: place, agencies and date before the separator.

use std::ops::Range;

use khabar_dates::Resolved;

use crate::agency;

/// What the opening of a paragraph says.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    /// Bytes of the paragraph that the dateline takes, separator included.
    pub(crate) span: Range<usize>,
    /// The desk's place, as written.
    pub(crate) place: Option<String>,
    /// Agencies that it names.
    pub(crate) agencies: Vec<&'static str>,
    /// The date that it names, with the characters that say so.
    pub(crate) date: Option<(String, Resolved)>,
}

/// Characters of a paragraph that a dateline may take.
const REACH: usize = 120;
/// Characters of what stands in brackets behind a place.
const INSIDE: usize = 40;
/// Characters of a place and of an agency between dashes.
const DASHED_HEAD: usize = 40;
const DASHED_AGENCY: usize = 30;

/// The dateline that opens `paragraph`, if one does. It has a separator and at least an agency, a date, or an outlet in
/// brackets after a place: a colon alone is no evidence.
pub(crate) fn opening(paragraph: &str) -> Option<Opening> {
    let reach = paragraph.char_indices().nth(REACH).map_or(paragraph.len(), |(at, _)| at);
    let window = paragraph.get(..reach)?;
    bracketed(window).or_else(|| dashed(window)).or_else(|| dated(window))
}

/// Signs that a place, an agency or a date does not hold.
fn is_foreign(char: char) -> bool {
    matches!(char, '(' | ')' | '[' | ']' | ':' | '؟' | '?' | '!' | '«' | '»' | '“' | '”')
}

fn is_dash(char: char) -> bool {
    matches!(char, '-' | '–' | '—' | 'ـ')
}

/// "موسكو (رويترز) -", "دبي، الإمارات العربية المتحدة (CNN)--", "(CNN) --", "BEIRUT, Oct 14 (Reuters) -", "بيروت (الساحل) -".
fn bracketed(window: &str) -> Option<Opening> {
    let (head, rest) = window.split_once('(')?;
    let (inside, rest) = rest.split_once(')')?;
    if head.contains(|char| is_foreign(char) || char == '.') || !(1..=INSIDE).contains(&chars(inside)) {
        return None;
    }
    let head = head.trim();
    let separator = rest.trim_start();
    let behind = separator.trim_start_matches(|char| is_dash(char) || char == ':');
    let agencies = agency::names_in(inside);
    // "Karlsruhe, (12.11.2021). …"
    let dated = date(inside).filter(|(raw, _)| raw.trim() == inside.trim() && !head.is_empty());
    let behind = if dated.is_some() { behind.trim_start_matches('.') } else { behind };
    let separated = behind.len() < separator.len();
    // Brackets in a sentence are common: without a separator only a known agency right after a short place counts.
    let words = head.split_whitespace().count();
    if !(separated && words <= 8 || !agencies.is_empty() && words <= 3) {
        return None;
    }
    let end = window.len() - if separated { behind.len() } else { rest.len() };
    Some(Opening { span: 0..end, place: place(head), agencies, date: date(head).or(dated) })
}

/// "غزة - واس:", "مسکو ـ ایرنا ـ", "القاهرة - أ ش أ -".
fn dashed(window: &str) -> Option<Opening> {
    let (head, rest) = window.split_once(is_dash)?;
    let (agency, behind) = rest.split_once(|char| is_dash(char) || char == ':')?;
    let (head, agency) = (head.trim(), agency.trim());
    let is_head = (2..=DASHED_HEAD).contains(&chars(head)) && !head.contains(|char| is_foreign(char) || char == '.');
    let is_agency = (1..=DASHED_AGENCY).contains(&chars(agency)) && !agency.contains(is_foreign);
    let agencies = if is_head && is_agency { agency::names_in(agency) } else { Vec::new() };
    if agencies.is_empty() {
        return None;
    }
    Some(Opening { span: 0..window.len() - behind.len(), place: place(head), agencies, date: date(head) })
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// "موقع الدفاع العربي 13 أكتوبر 2024: …": a date, then at once the separator.
fn dated(window: &str) -> Option<Opening> {
    // Most openings have no digit, and are not read as a date.
    if !window.chars().any(char::is_numeric) {
        return None;
    }
    let (span, resolved) = khabar_dates::first_absolute(window, None)?;
    let before = window.get(..span.start())?;
    let after = window.get(span.end()..)?;
    let rest = after.trim_start();
    let separator = rest.chars().next().filter(|char| matches!(char, ':' | '-' | '–' | '—'))?;
    let sentence = before.contains(['.', '؟', '?', '!', '«', '"', '“', ':']) || before.split_whitespace().count() > 6;
    if sentence {
        return None;
    }
    let end = window.len() - rest.len() + separator.len_utf8();
    let raw = span.of(window)?.to_owned();
    Some(Opening { span: 0..end, place: None, agencies: Vec::new(), date: Some((raw, resolved)) })
}

/// The first part of "BEIRUT, Oct 14" or "دبي، الإمارات العربية المتحدة".
fn place(head: &str) -> Option<String> {
    let first = head.split(['،', ',', '/', '-', '–']).next().unwrap_or_default().trim();
    let named = !first.is_empty() && first.split_whitespace().count() <= 3 && !first.chars().any(char::is_numeric);
    named.then(|| first.to_owned())
}

fn date(head: &str) -> Option<(String, Resolved)> {
    let (span, resolved) = khabar_dates::first_absolute(head, None)?;
    Some((span.of(head)?.to_owned(), resolved))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Option<String>, Vec<&'static str>)> {
        opening(text).map(|opening| (opening.place, opening.agencies))
    }

    #[test]
    fn wire_openings() {
        let some = |place: &str, agency: &'static str| Some((Some(place.to_owned()), vec![agency]));
        assert_eq!(parts("موسكو (رويترز) - قال متحدث"), some("موسكو", "Reuters"));
        assert_eq!(parts("دبي، الإمارات العربية المتحدة (CNN)-- أعلنت"), some("دبي", "CNN"));
        assert_eq!(parts("غزة - واس: وصلت قافلة"), some("غزة", "SPA"));
        assert_eq!(parts("مسکو ـ ایرنا ـ سخنگوی"), some("مسکو", "IRNA"));
        assert_eq!(parts("BEIRUT (AFP) - The port"), some("BEIRUT", "AFP"));
        assert_eq!(parts("بيروت (الساحل) - قال"), Some((Some("بيروت".to_owned()), vec![])));
        assert_eq!(parts("(CNN) -- قال"), Some((None, vec!["CNN"])));
    }

    #[test]
    fn sentences_are_no_datelines() {
        assert_eq!(parts("وقال الوزير (الذي زار المدينة أمس) إن المشروع مستمر"), None);
        assert_eq!(parts("قال الرئيس: سنواصل العمل"), None);
        assert_eq!(parts("شهدت المدينة - وهي الأكبر - هدوءاً"), None);
    }

    #[test]
    fn a_date_before_the_colon() {
        let opening = opening("موقع المرصد 13 أكتوبر 2024: اتهم الرئيس").unwrap();
        assert_eq!(opening.date.unwrap().1.value, "2024-10-13");
    }
}

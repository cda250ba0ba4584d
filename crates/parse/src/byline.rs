//! Authors: the names of people in what pages give as author.

use crate::agency;

/// Longest name in words, and shortest and longest in characters.
const MAX_WORDS: usize = 6;
const CHARS: std::ops::RangeInclusive<usize> = 3..=60;
/// Most authors of one article.
const MAX_AUTHORS: usize = 12;

/// What stands before the name, lower case; the longest first where one begins another.
const OPENINGS: [&str; 72] = [
    "additional reporting by",
    "reporting by",
    "editing by",
    "edited by",
    "writing by",
    "photographs by",
    "photography by",
    "photos by",
    "written by",
    "posted by",
    "reported by",
    "story by",
    "text by",
    "words by",
    "authors",
    "author",
    "by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "av",
    "autor",
    "auteur",
    "كتبت",
    "كتبه",
    "كتب",
    "بقلم",
    "تحرير",
    "إعداد",
    "اعداد",
    "الكاتب",
    "الكاتبة",
    "نویسنده",
    "نویسندگان",
    "نوشته",
    "خبرنگار",
    "گزارشگر",
    "گزارش",
    "گردآورنده",
    "به قلم",
    "مترجم",
    "ترجمة",
    "تحریر",
    "رپورٹ",
    "از",
    "yazar",
    "автор",
    "מאת",
    "story and photos by",
    "medically reviewed by",
    "reviewed by",
    "نوشته شده توسط",
    "شده توسط",
    "توسط",
    "عکاس",
    "تصوير",
    "عدسة",
    "تقرير",
    "حوار",
    "amadekar",
    "nivîskar",
    "نووسینی",
    "نووسەر",
    "ئامادەکردنی",
    "ئامادەکار",
    "ڕاپۆرتی",
    "لیکوال",
    "لیکواله",
    "راپور",
    "ژباړن",
];

/// Characters of the longest of them.
const LONGEST_OPENING: usize = 23;

/// What pages write where a name should stand, as fold keys.
const NO_NAMES: [&str; 18] = [
    "full bio",
    "see all",
    "view all",
    "see more",
    "read more",
    "undefined",
    "null",
    "none",
    "unknown",
    "anonymous",
    "the author",
    "about the author",
    "about author",
    "written by",
    "view profile",
    "معلومات المقال",
    "مضمون کی تفصیل",
    "عن الكاتب",
];

/// Words that no person's name has: accounts, desks, agencies, outlets.
const NOT_A_PERSON: [&str; 98] = [
    "admin",
    "administrator",
    "editor",
    "editors",
    "editorial",
    "staff",
    "newsroom",
    "desk",
    "team",
    "webmaster",
    "user",
    "guest",
    "contributor",
    "contributors",
    "correspondent",
    "reporter",
    "agency",
    "agencies",
    "news",
    "press",
    "reuters",
    "afp",
    "ap",
    "dpa",
    "associated",
    "tass",
    "xinhua",
    "bloomberg",
    "redaktion",
    "redaction",
    "rédaction",
    "redacción",
    "redazione",
    "magazine",
    "times",
    "online",
    "tv",
    "radio",
    "media",
    "network",
    "inc",
    "llc",
    "ltd",
    "com",
    "www",
    "http",
    "https",
    "twitter",
    "facebook",
    "email",
    "share",
    "minutes",
    "read",
    "updated",
    "published",
    "posted",
    "وكالات",
    "وكالة",
    "رويترز",
    "التحرير",
    "المحرر",
    "محرر",
    "مراسل",
    "مراسلنا",
    "متابعات",
    "قناة",
    "صحيفة",
    "موقع",
    "شبكة",
    "الأناضول",
    "سبوتنيك",
    "خبرگزاری",
    "سرویس",
    "گروه",
    "تحریریه",
    "پایگاه",
    "روزنامه",
    "سایت",
    "مدیر",
    "ایسنا",
    "ایرنا",
    "تسنیم",
    "ادمین",
    "نیوز",
    "ڈیسک",
    "ویب",
    "نمائندہ",
    "ایجنسی",
    "مانیٹرنگ",
    "القسم",
    "قسم",
    "هيئة",
    "فريق",
    "جريدة",
    "web",
    "بي",
    "سي",
    "كاتب",
];

/// The people among raw author strings, each once, in order.
pub(crate) fn people<'s>(raw: impl IntoIterator<Item = &'s str>, sites: &[&str]) -> Vec<String> {
    let sites: Vec<String> = sites.iter().map(|site| khabar_text::fold(site)).collect();
    let mut found: Vec<String> = Vec::new();
    for text in raw {
        // An address is no name, whatever its parts look like.
        if text.contains("://") || text.contains("www.") {
            continue;
        }
        for name in names(text) {
            let bare = khabar_text::fold(&name);
            if is_person(&name) && !sites.contains(&bare) && found.iter().all(|known| khabar_text::fold(known) != bare)
            {
                found.push(name);
            }
        }
    }
    found.truncate(MAX_AUTHORS);
    found
}

/// Splits a byline into names, openings cut off.
fn names(text: &str) -> Vec<String> {
    let text = text.trim();
    // What follows a bar is a role or an outlet.
    let text = text.split(['|', '•', '·', '(', '<', '\n']).next().unwrap_or(text);
    let bare = without_opening(text);
    let mut names = Vec::new();
    for part in bare.split([',', '،', ';', '؛', '&', '/']) {
        for part in part
            .split(" and ")
            .flat_map(|part| part.split(" و "))
            .flat_map(|part| part.split(" und "))
            .flat_map(|part| part.split(" اور "))
        {
            let part = without_opening(part);
            let part = part.split(" - ").next().unwrap_or(part).split(" – ").next().unwrap_or(part);
            let part = part.trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | '*' | '"' | '«' | '»')
            });
            if !part.is_empty() {
                names.push(part.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    names
}

/// The text behind "By", «كتب:», «نویسنده:» …
fn without_opening(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '|'));
    let head: String = text.chars().take(LONGEST_OPENING).flat_map(char::to_lowercase).collect();
    for opening in OPENINGS.into_iter().filter(|opening| head.starts_with(opening)) {
        let count = opening.chars().count();
        let split = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
        let rest = text.get(split..).unwrap_or_default();
        // A whole word: «از» opens a byline, «ازهری» is a name.
        if rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：')) {
            return rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        }
    }
    text
}

fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let chars = name.chars().count();
    let key = khabar_text::fold(name);
    // "Dylan Bailey, MS, RD": degrees behind a comma.
    let is_degree = words.len() == 1 && chars <= 6 && name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    !is_degree
        && !NO_NAMES.iter().any(|phrase| khabar_text::fold(phrase) == key)
        && agency::name_of(name).is_none()
        && CHARS.contains(&chars)
        && words.len() <= MAX_WORDS
        && name.chars().any(char::is_alphabetic)
        && !name
            .chars()
            .any(|c| c.is_numeric() || matches!(c, '@' | '#' | '_' | '{' | '[' | '%' | '=' | '؟' | '?' | '!'))
        && !words.iter().any(|word| {
            let word: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            NOT_A_PERSON.contains(&word.as_str())
        })
        && !(words.len() == 1 && name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_kept_and_desks_are_not() {
        assert_eq!(OPENINGS.iter().map(|opening| opening.chars().count()).max(), Some(LONGEST_OPENING));
        let cases: [(&str, &[&str]); 15] = [
            ("Additional reporting by Jane Doe", &["Jane Doe"]),
            ("نوشته شده توسط فرناز میرمعزی", &["فرناز میرمعزی"]),
            ("Dylan Bailey, MS, RD", &["Dylan Bailey"]),
            ("Full Bio", &[]),
            ("By Jane Doe and John Smith", &["Jane Doe", "John Smith"]),
            ("كتب: محمد عبد الله", &["محمد عبد الله"]),
            ("نویسنده: مریم رضایی", &["مریم رضایی"]),
            ("ازهری کاظمی", &["ازهری کاظمی"]),
            ("admin", &[]),
            ("https://www.facebook.com/someone", &[]),
            ("غرفة التحرير", &[]),
            ("گروه سیاسی", &[]),
            ("Reuters Staff", &[]),
            ("أحمد سالم، ليلى حداد", &["أحمد سالم", "ليلى حداد"]),
            ("Maria Lopez | Health reporter", &["Maria Lopez"]),
        ];
        for (raw, expected) in cases {
            assert_eq!(people([raw], &[]), expected, "{raw}");
        }
        assert!(people(["Daily Lantern"], &["Daily Lantern"]).is_empty());
    }
}

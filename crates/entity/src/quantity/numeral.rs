//! Numbers in digits: separators of thousands, decimal signs, and the slash that Persian writes for one.

use crate::phrases::Tongue;

/// The value of a digit of any of the three kinds that our languages write.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - 0x30),
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        _ => None,
    }
}

/// True for a sign that may stand between two digits of one number.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٬' | '٫' | '،' | '/' | '\u{202f}' | '\u{a0}' | '’')
}

/// A number and its other readings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) value: f64,
    pub(super) alternatives: Vec<f64>,
}

/// Reads digits with what stands between them; `None` for what is no quantity: a date, a version, a zero in front.
pub(super) fn read(raw: &str, tongue: Tongue) -> Option<Numeral> {
    let mut groups: Vec<String> = vec![String::new()];
    let mut signs: Vec<char> = Vec::new();
    for c in raw.chars() {
        match digit(c) {
            Some(value) => groups.last_mut()?.extend(char::from_digit(value, 10)),
            None => {
                signs.push(c);
                groups.push(String::new());
            }
        }
    }
    let plain = |value: f64| Some(Numeral { value, alternatives: Vec::new() });
    let whole = groups.concat();
    let first = groups.first()?;
    if whole.len() > 15 || signs.is_empty() && first.len() > 1 && first.starts_with('0') {
        return None;
    }
    let joined =
        |at: usize| -> Option<f64> { format!("{}.{}", groups[..at].concat(), groups[at..].concat()).parse().ok() };
    let thousands = |groups: &[String]| {
        groups.len() > 1
            && (1..=3).contains(&groups[0].len())
            && groups[0] != "0"
            && (groups[1..].iter().all(|group| group.len() == 3)
                || groups[groups.len() - 1].len() == 3
                    && groups[1..groups.len() - 1].iter().all(|group| group.len() == 2))
    };
    match signs.as_slice() {
        [] => plain(whole.parse().ok()?),
        // The decimal sign of Arabic digits, behind groups of thousands or not.
        [.., '٫'] if signs[..signs.len() - 1].iter().all(|sign| *sign != '٫') => plain(joined(groups.len() - 1)?),
        ['/'] => {
            let (top, bottom): (f64, f64) = (groups[0].parse().ok()?, groups[1].parse().ok()?);
            let fraction = (bottom > 0.0).then_some(top / bottom);
            match tongue {
                // "9/11" is no fraction.
                Tongue::English => plain(fraction.filter(|_| top < bottom && bottom <= 10.0)?),
                _ => Some(Numeral { value: joined(1)?, alternatives: fraction.into_iter().collect() }),
            }
        }
        [one, others @ ..]
            if others.iter().all(|sign| sign == one) && *one != '/' && *one != '.' && thousands(&groups) =>
        {
            plain(whole.parse().ok()?)
        }
        // "1,250.5"
        [grouping @ .., '.'] if !grouping.is_empty() && grouping.iter().all(|sign| *sign != '.') => {
            thousands(&groups[..groups.len() - 1]).then(|| joined(groups.len() - 1)).flatten().and_then(plain)
        }
        ['.'] if tongue != Tongue::English && thousands(&groups) => plain(whole.parse().ok()?),
        ['.' | ',' | '،'] => plain(joined(1)?),
        ['.', ..] if thousands(&groups) => plain(whole.parse().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_decimal_signs() {
        let cases = [
            ("13000", Tongue::Arabic, Some(13000.0)),
            ("٣٬٢٠٠", Tongue::Arabic, Some(3200.0)),
            ("١٢٫٨", Tongue::Arabic, Some(12.8)),
            ("۲/۵", Tongue::Persian, Some(2.5)),
            ("1/2", Tongue::English, Some(0.5)),
            ("1,250.5", Tongue::English, Some(1250.5)),
            ("1,00,000", Tongue::Urdu, Some(100_000.0)),
            ("3,5", Tongue::Arabic, Some(3.5)),
            ("5.000", Tongue::Arabic, Some(5000.0)),
            ("2.750", Tongue::English, Some(2.75)),
            ("1.2.3", Tongue::English, None),
            ("15/6/2023", Tongue::Arabic, None),
            ("0112345678", Tongue::Arabic, None),
        ];
        for (raw, tongue, expected) in cases {
            assert_eq!(read(raw, tongue).map(|numeral| numeral.value), expected, "{raw}");
        }
    }
}

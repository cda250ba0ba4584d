//! E-mail addresses, accounts and URLs in a line.

use std::sync::LazyLock;

use regex::Regex;

/// A URL, a short link of a messenger, an e-mail address or an account.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)https?://[^\s،؛]+|www\.[^\s،؛]+|(?-u:\b)(?:t|wa|telegram)\.me/[^\s،؛]*",
        r"|[a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}(?-u:\b)|(?:^|[^a-z0-9])@[a-z0-9_.]{3,30}",
    ))
    .ok()
});

/// True if an address stands in the line.
pub(super) fn holds_address(text: &str) -> bool {
    // Every address has one of these signs, and few lines do.
    text.contains(['@', '/', '.']) && ADDRESS.as_ref().is_some_and(|shape| shape.is_match(text))
}

/// The line without its addresses; `None` if it has none.
pub(super) fn without_addresses(text: &str) -> Option<String> {
    if !holds_address(text) {
        return None;
    }
    let shape = ADDRESS.as_ref()?;
    Some(shape.replace_all(text, " ").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_any_of_their_shapes() {
        for line in ["desk@paper.example", "t.me/paper", "https://paper.example/1", "@paper_news", "قناتنا: @paper"]
        {
            assert!(holds_address(line), "{line}");
        }
        for line in ["5 @ 3", "He paid @ the door.", "and/or", "3.5"] {
            assert!(!holds_address(line), "{line}");
        }
        assert_eq!(without_addresses("a@b.example").as_deref().map(str::trim), Some(""));
    }
}

//! The charset that a page declares: the prescan of the HTML standard, but deaf to scripts.

/// Bytes that are looked at. The standard says 1024; real pages put scripts and comments first.
const BYTES: usize = 4096;

/// Elements whose content is no markup.
const RAW: [&[u8]; 8] = [b"script", b"style", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes"];

/// The label in a `meta` element, else in an XML declaration, among the first bytes of a page. Attributes may come in
/// any order and quoting; comments, scripts and the like do not count.
pub(super) fn declared(payload: &[u8]) -> Option<String> {
    let head = payload.get(..BYTES).unwrap_or(payload);
    let mut scan = Scan { rest: head };
    scan.meta().or_else(|| xml_declaration(head))
}

struct Scan<'h> {
    rest: &'h [u8],
}

impl<'h> Scan<'h> {
    /// The label of the first `meta` that has one.
    fn meta(&mut self) -> Option<String> {
        loop {
            self.skip_to(b"<")?;
            if self.take(b"!--") {
                // "<!-->" is a whole comment: its dashes serve for both ends.
                if !self.take(b">") && !self.take(b"->") {
                    self.skip_to(b"-->")?;
                }
                continue;
            }
            let closes = self.take(b"/");
            if !self.rest.first()?.is_ascii_alphabetic() {
                if closes || matches!(self.rest.first(), Some(b'!' | b'?')) {
                    self.skip_to(b">")?;
                }
                continue;
            }
            let name = self.while_byte(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
            let attributes = self.attributes()?;
            if closes {
                continue;
            }
            if name.eq_ignore_ascii_case(b"meta")
                && let Some(label) = label(&attributes)
            {
                return Some(label);
            }
            if let Some(raw) = RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
                self.skip_raw(raw)?;
            }
        }
    }

    /// Skips to behind `</name`.
    fn skip_raw(&mut self, name: &[u8]) -> Option<()> {
        loop {
            self.skip_to(b"</")?;
            if self.rest.get(..name.len())?.eq_ignore_ascii_case(name) {
                return self.skip_to(b">");
            }
        }
    }

    /// The attributes up to the end of the tag; `None` if the tag does not end.
    fn attributes(&mut self) -> Option<Vec<(String, String)>> {
        let mut attributes = Vec::new();
        loop {
            self.while_byte(|byte| byte.is_ascii_whitespace() || byte == b'/');
            if self.take(b">") {
                return Some(attributes);
            }
            self.rest.first()?;
            // A name may start with an equals sign.
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            let more = self.while_byte(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
            let name = lower(&[&[*first], more].concat());
            self.while_byte(|byte| byte.is_ascii_whitespace());
            let mut value = String::new();
            if self.take(b"=") {
                self.while_byte(|byte| byte.is_ascii_whitespace());
                value = match self.rest.first()? {
                    quote @ (b'"' | b'\'') => {
                        self.take(&[*quote]);
                        let inside = self.while_byte(|byte| byte != *quote);
                        self.take(&[*quote]).then(|| lower(inside))?
                    }
                    _ => lower(self.while_byte(|byte| !byte.is_ascii_whitespace() && byte != b'>')),
                };
            }
            // The first of two counts.
            if !attributes.iter().any(|(known, _)| *known == name) {
                attributes.push((name, value));
            }
        }
    }

    fn take(&mut self, prefix: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_to(&mut self, what: &[u8]) -> Option<()> {
        let at = memchr::memmem::find(self.rest, what)?;
        self.rest = self.rest.get(at + what.len()..)?;
        Some(())
    }

    fn while_byte(&mut self, fits: impl Fn(u8) -> bool) -> &'h [u8] {
        let length = self.rest.iter().position(|byte| !fits(*byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        taken
    }
}

fn lower(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

/// The label of a `meta` element: its `charset`, or the one in its `content` if it stands for a content-type header.
fn label(attributes: &[(String, String)]) -> Option<String> {
    let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if let Some(charset) = value("charset") {
        return Some(charset.trim().to_owned()).filter(|label| !label.is_empty());
    }
    let header = value("http-equiv").is_some_and(|name| name.trim() == "content-type");
    value("content").filter(|_| header).and_then(in_content)
}

/// "windows-1256" in "text/html; charset=windows-1256".
fn in_content(content: &str) -> Option<String> {
    let mut rest = content;
    loop {
        rest = rest.get(rest.find("charset")? + "charset".len()..)?;
        let Some(value) = rest.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start();
        let label = match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split_once(quote)?.0,
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == ';').next()?,
        };
        return Some(label.trim().to_owned()).filter(|label| !label.is_empty());
    }
}

/// The encoding of `<?xml version="1.0" encoding="windows-1256"?>`, which must be the first thing.
fn xml_declaration(head: &[u8]) -> Option<String> {
    let rest = head.strip_prefix(b"<?xml")?;
    let declaration = rest.get(..memchr::memchr(b'>', rest)?)?;
    let at = memchr::memmem::find(declaration, b"encoding")? + "encoding".len();
    let value = declaration.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    let label = lower(value.get(..memchr::memchr(*quote, value)?)?);
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meta_elements_are_read_in_any_order_and_quoting() {
        for page in [
            "<meta charset=windows-1256>",
            "<META CHARSET='Windows-1256'/>",
            "<!doctype html><html dir=\"rtl\"><head><meta charset = \"windows-1256\">",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\">",
            "<meta content='text/html;charset=windows-1256' http-equiv=content-type>",
            "<meta\nname=x\thttp-equiv=\"content-type\" content=\"text/html; charset = 'windows-1256'\">",
            "<meta name=description content='charset=koi8-r'><meta charset=windows-1256>",
            "<!-- <meta charset=koi8-r> --><meta charset=windows-1256>",
            "<!--><meta charset=windows-1256>",
            "<script>document.write('<meta charset=koi8-r>')</script><meta charset=windows-1256>",
            "<title><meta charset=koi8-r></title><meta charset=windows-1256>",
            "<body data-x='<meta charset=koi8-r>'><meta charset=windows-1256>",
            "<?xml version='1.0' encoding=\"windows-1256\"?><html>",
            "<?xml version='1.0' encoding='koi8-r'?><meta charset=windows-1256>",
            "</ x><a href=x><br/><meta charset=windows-1256 charset=koi8-r>",
        ] {
            assert_eq!(declared(page.as_bytes()).as_deref(), Some("windows-1256"), "{page}");
        }
    }

    #[test]
    fn what_is_no_declaration_is_none() {
        let late = format!("{}<meta charset=koi8-r>", " ".repeat(BYTES));
        for page in [
            "",
            "<",
            "<meta charset=koi8-r",
            "<meta charset='koi8-r>",
            "<meta content='text/html; charset=koi8-r'>",
            "<meta charset=''>",
            "<!-- <meta charset=koi8-r>",
            "<script>'<meta charset=koi8-r>'",
            "charset=koi8-r",
            " <?xml version='1.0' encoding='koi8-r'?>",
            "<?xml version='1.0'?>",
            "<p>charset = koi8-r</p>",
            late.as_str(),
        ] {
            assert_eq!(declared(page.as_bytes()), None, "{page}");
        }
    }
}

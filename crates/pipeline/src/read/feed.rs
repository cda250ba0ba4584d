//! RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0): one document an entry that has text.
//!
//! Read as a stream of tags, so that what comes before a fault is kept and a feed may be longer than memory. Nothing is
//! expanded or fetched: a reference to an entity that the feed declares for itself stays as it is written. Tags that do
//! not match, bare ampersands and unescaped HTML are let pass, as they are common.

use khabar_model::RejectReason;
use quick_xml::Reader as Xml;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};

use self::charset::{Charset, Text};
use self::entry::{Entry, Field, Form};
use super::skip::SkipReason;
use super::stream::Stream;
use super::{Context, Found, Reader, Refusal};

mod charset;
mod entry;
mod html;

/// Reads a feed entry by entry; holds one entry at a time.
#[derive(Default)]
pub(super) struct Feed {
    charset: Option<Charset>,
    buffer: Vec<u8>,
    header: Header,
    ordinal: u64,
    done: bool,
}

/// What a feed says of itself, as far as it has been read.
#[derive(Debug, Default)]
struct Header {
    /// Name of the root element, once it has been seen.
    root: Option<String>,
    /// The prefix that the feed's own vocabulary has in it, with its colon.
    prefix: String,
    title: Option<String>,
    language: Option<String>,
    /// True behind the end of the root element.
    closed: bool,
}

/// How reading for the next entry ended.
enum Ended {
    Entry(Box<Entry>),
    /// The end of the file, behind the last entry.
    Feed,
    Fault(Fault),
}

/// Why there is no next entry.
struct Fault {
    refusal: Refusal,
    /// The name of the entry's element, where what follows the entry can still be read.
    resume: Option<String>,
}

impl Reader for Feed {
    fn next(&mut self, stream: &mut Stream, context: &Context<'_>) -> Option<Found> {
        if self.done {
            return None;
        }
        let mut charset = self.charset.take().unwrap_or_else(|| Charset::of(stream));
        let text = charset.text(stream, context.settings.max_document);
        let mut pass =
            Pass { header: &mut self.header, open: None, capture: None, limit: context.settings.max_document };
        let (ended, start) = pass.run(text, &mut self.buffer);
        if let Ended::Fault(Fault { resume: Some(name), .. }) = &ended {
            let sign = format!("</{name}");
            self.done = !charset.text(stream, 0).skip_past(sign.as_bytes());
        }
        self.charset = Some(charset);
        let fault = stream.fault().cloned();
        self.done |= fault.is_some();
        let within = start.is_some();
        self.ordinal += u64::from(within);
        let record = within.then_some(self.ordinal);
        let offset = start.flatten();
        let found = match ended {
            Ended::Entry(entry) => entry.document(&self.header).map_err(|reason| context.skip(record, offset, reason)),
            Ended::Feed => {
                self.done = true;
                if self.ordinal > 0 {
                    return None;
                }
                Err(context.skip(None, None, SkipReason::FeedEmpty))
            }
            Ended::Fault(Fault { refusal, resume }) => {
                self.done |= resume.is_none();
                Err(context.reject(record, offset, fault.unwrap_or(refusal)))
            }
        };
        Some(match found {
            Ok(mut document) => {
                document.source.uri = context.place.uri_of(record);
                document.source.record = record;
                document.source.offset = offset;
                Found::Document(Box::new(document))
            }
            Err(other) => other,
        })
    }
}

/// One reading for the next entry.
struct Pass<'h> {
    header: &'h mut Header,
    open: Option<Open>,
    capture: Option<Capture>,
    limit: u64,
}

/// The entry that is being read.
struct Open {
    name: String,
    offset: Option<u64>,
    bytes: u64,
    entry: Entry,
}

/// The element whose text is being gathered.
struct Capture {
    field: Field,
    name: String,
    /// Elements of the same name that are open within it.
    nested: u32,
    /// Content in the markup of the feed itself: its text stays escaped.
    markup: bool,
    form: Form,
    /// An id that says that it is an address.
    permalink: bool,
    /// The element within it that is open, for people: only their names count.
    child: Option<String>,
    text: String,
}

impl Capture {
    fn of(field: Field, name: String, tag: &BytesStart<'_>) -> Self {
        let (form, markup, field) = match field {
            Field::Title | Field::Content | Field::Summary => {
                let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
                let is_xml = attribute(tag, "mode").is_some_and(|mode| mode == "xml");
                match kind.as_str() {
                    "" => (Form::Open, is_xml || local(&name) == "body", field),
                    "text" | "text/plain" => (Form::Plain, false, field),
                    "html" | "text/html" => (Form::Html, is_xml, field),
                    "xhtml" | "application/xhtml+xml" => (Form::Html, true, field),
                    // A picture, or an encoding that is no text.
                    _ => (Form::Plain, false, Field::Other),
                }
            }
            other => (Form::Open, false, other),
        };
        let permalink = field == Field::Id && attribute(tag, "isPermaLink").is_none_or(|is| is != "false");
        Self { field, name, nested: 0, markup, form, permalink, child: None, text: String::new() }
    }
}

impl Pass<'_> {
    /// Reads up to the end of the next entry; tells beside it where the entry starts, if one was begun.
    fn run(&mut self, text: Text<'_>, buffer: &mut Vec<u8>) -> (Ended, Option<Option<u64>>) {
        let mut xml = Xml::from_reader(text);
        let config = xml.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        loop {
            buffer.clear();
            xml.get_mut().allow(self.limit);
            // Text ends before its `<`, so this is where a tag begins.
            let at = xml.get_ref().offset();
            let event = match xml.read_event_into(buffer) {
                Ok(Event::Eof) => return self.end(at),
                Ok(event) => event,
                Err(error) => return self.fault(self.refusal(&error, at, xml.get_ref().is_spent())),
            };
            match self.step(event, at) {
                Ok(false) => {}
                Ok(true) => {
                    let Some(open) = self.open.take() else { continue };
                    return (Ended::Entry(Box::new(open.entry)), Some(open.offset));
                }
                Err(refusal) => return self.fault(refusal),
            }
        }
    }

    /// Takes in one event; true if it ended an entry.
    fn step(&mut self, event: Event<'_>, at: Option<u64>) -> Result<bool, Refusal> {
        match event {
            Event::Start(tag) => self.start(&tag, at).map(|()| false),
            Event::End(tag) => self.close(tag.name().as_ref()),
            Event::Text(words) => self.words(&words.xml10_content(), true).map(|()| false),
            Event::CData(words) => self.words(&words.xml10_content(), false).map(|()| false),
            Event::GeneralRef(name) => {
                let written = format!("&{};", name.as_ref());
                let in_markup = self.capture.as_ref().is_some_and(|capture| capture.markup);
                let known = if in_markup { None } else { html::resolve(&name) };
                self.words(known.as_deref().unwrap_or(&written), true).map(|()| false)
            }
            _ => Ok(false),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: Option<u64>) -> Result<(), Refusal> {
        let name = tag.name().as_ref().to_owned();
        if let Some(capture) = &mut self.capture {
            capture.nested = capture.nested.saturating_add(u32::from(capture.name == name));
            if capture.field.may_be_html() {
                return self.words(&format!("<{}>", tag.as_ref()), true);
            }
            capture.child = Some(local(&name).to_owned());
            return Ok(());
        }
        if self.header.root.is_none() {
            self.header.prefix = name.split_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default();
            // RSS 1.0 has its root, and nothing else, in the vocabulary of RDF.
            if self.header.prefix.eq_ignore_ascii_case("rdf:") {
                self.header.prefix.clear();
            }
            self.header.language = attribute(tag, "xml:lang");
            self.header.root = Some(name);
            return Ok(());
        }
        let own = self.own_name(&name).to_owned();
        if own == "item" || own == "entry" {
            if let Some(open) = &self.open {
                let detail = format!("an entry begins within entry <{}>", open.name);
                return Err(Refusal::new(RejectReason::Malformed, detail));
            }
            let entry = Entry::new(attribute(tag, "xml:lang"), attribute(tag, "rdf:about"));
            self.open = Some(Open { name, offset: at, bytes: 0, entry });
            return Ok(());
        }
        // A channel is what it holds.
        if self.open.is_none() && own == "channel" {
            return Ok(());
        }
        let field = Field::of(&own);
        if let Some(open) = &mut self.open {
            attributes(&mut open.entry, field, tag);
        }
        self.capture = Some(Capture::of(field, name, tag));
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<bool, Refusal> {
        if self.open.as_ref().is_some_and(|open| open.name == name) {
            // What is open within the entry ends with it.
            self.settle();
            return Ok(true);
        }
        if let Some(capture) = &mut self.capture {
            if capture.name == name && capture.nested == 0 {
                self.settle();
                return Ok(false);
            }
            capture.nested -= u32::from(capture.name == name);
            capture.child = None;
            if capture.field.may_be_html() && !html::is_void(local(name)) {
                self.words(&format!("</{name}>"), true)?;
            }
        } else if self.header.root.as_deref() == Some(name) {
            self.header.closed = true;
        }
        Ok(false)
    }

    /// Takes in text of the element that is open; `sound` says that it is markup already where the element's is.
    fn words(&mut self, words: &str, sound: bool) -> Result<(), Refusal> {
        let Some(capture) = &mut self.capture else { return Ok(()) };
        let wanted = match capture.field {
            Field::Other => false,
            Field::Author => capture.child.as_deref().is_none_or(|child| child.eq_ignore_ascii_case("name")),
            _ => true,
        };
        if !wanted {
            return Ok(());
        }
        let own = (capture.text.len() + words.len()) as u64;
        let all = self.open.as_mut().map_or(own, |open| {
            open.bytes += words.len() as u64;
            open.bytes
        });
        if all > self.limit {
            return Err(Refusal::new(RejectReason::TooLarge, format!("more than {} bytes in one entry", self.limit)));
        }
        if capture.markup && !sound {
            capture.text.push_str(&words.replace('&', "&amp;").replace('<', "&lt;"));
        } else {
            capture.text.push_str(words);
        }
        Ok(())
    }

    /// Ends the element whose text was gathered.
    fn settle(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let Capture { field, form, permalink, text, .. } = capture;
        if let Some(open) = &mut self.open {
            if permalink {
                open.entry.set_permalink(&text);
            }
            open.entry.set(field, text, form);
        } else {
            let slot = match field {
                Field::Title => &mut self.header.title,
                Field::Language => &mut self.header.language,
                _ => return,
            };
            let line = html::line(&text, form);
            if slot.is_none() && !line.is_empty() {
                *slot = Some(line);
            }
        }
    }

    /// A name without the prefix that the feed's own vocabulary has.
    fn own_name<'n>(&self, name: &'n str) -> &'n str {
        let own = name.strip_prefix(self.header.prefix.as_str()).unwrap_or(name);
        own.strip_prefix("atom:").or(own.strip_prefix("a10:")).unwrap_or(own)
    }

    fn end(&self, at: Option<u64>) -> (Ended, Option<Option<u64>>) {
        let at = at.map_or_else(|| "the end".to_owned(), |at| format!("byte {at}"));
        let truncated = |what: &str| Refusal::new(RejectReason::Truncated, format!("the file ends at {at}, {what}"));
        match &self.open {
            Some(open) => self.fault(truncated(&format!("within <{}>", open.name))),
            None if self.header.closed => (Ended::Feed, None),
            None => self.fault(truncated("before the feed does")),
        }
    }

    /// Ends reading with a fault; a large or malformed entry is passed over, an end is an end.
    fn fault(&self, refusal: Refusal) -> (Ended, Option<Option<u64>>) {
        let passes = matches!(refusal.reason, RejectReason::TooLarge | RejectReason::Malformed);
        let resume = self.open.as_ref().filter(|_| passes).map(|open| open.name.clone());
        (Ended::Fault(Fault { refusal, resume }), self.open.as_ref().map(|open| open.offset))
    }

    fn refusal(&self, error: &Error, at: Option<u64>, spent: bool) -> Refusal {
        if spent {
            return Refusal::new(RejectReason::TooLarge, format!("more than {} bytes in one entry", self.limit));
        }
        let at = at.map_or_else(String::new, |at| format!(", byte {at}"));
        let within = self.open.as_ref().map_or_else(String::new, |open| format!(" within <{}>", open.name));
        let unclosed = matches!(error, Error::Syntax(error) if *error != SyntaxError::InvalidBangMarkup);
        let reason = if unclosed { RejectReason::Truncated } else { RejectReason::Malformed };
        Refusal::new(reason, format!("XML{at}{within}: {error}"))
    }
}

/// Takes over what stands in attributes.
fn attributes(entry: &mut Entry, field: Field, tag: &BytesStart<'_>) {
    match field {
        Field::Link if attribute(tag, "rel").is_none_or(|rel| rel == "alternate") => {
            if let Some(link) = attribute(tag, "href") {
                entry.set_link(link);
            }
        }
        Field::Category => {
            if let Some(category) = attribute(tag, "label").or_else(|| attribute(tag, "term")) {
                entry.set_category(category);
            }
        }
        _ => {}
    }
}

/// The value of an attribute, if it has one.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.html_attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(html::unescape(found.value.trim()).into_owned()).filter(|value| !value.is_empty())
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

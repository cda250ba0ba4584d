//! The body: paragraphs, lists, headings, forms, and every end tag that does not say what it closes.

use super::stack::{Namespace, Scope};
use super::{Builder, Mode, NONE, Place, Step};
use crate::html::tag::Tag;
use crate::html::token::{EndTag, StartTag, Token};

impl Builder<'_> {
    pub(super) fn in_body(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) => {
                self.reconstruct();
                self.text(*place);
            }
            Token::Start(tag) => self.start_in_body(tag),
            Token::End(tag) => return self.end_in_body(tag),
            Token::Eof if !self.templates.is_empty() => return self.in_template(token),
            Token::Doctype { .. } | Token::Eof => {}
        }
        Step::Done
    }

    fn start_in_body(&mut self, tag: &StartTag) {
        match tag.tag {
            Tag::Html | Tag::Body => self.merge_attrs(tag),
            name if super::head::is_of_head(name) => {
                self.in_head(&Token::Start(*tag));
            }
            Tag::Address
            | Tag::Article
            | Tag::Aside
            | Tag::Blockquote
            | Tag::Center
            | Tag::Details
            | Tag::Dialog
            | Tag::Dir
            | Tag::Div
            | Tag::Dl
            | Tag::Fieldset
            | Tag::Figcaption
            | Tag::Figure
            | Tag::Footer
            | Tag::Header
            | Tag::Hgroup
            | Tag::Listing
            | Tag::Main
            | Tag::Menu
            | Tag::Nav
            | Tag::Ol
            | Tag::P
            | Tag::Pre
            | Tag::Search
            | Tag::Section
            | Tag::Summary
            | Tag::Ul => {
                self.close_p();
                self.insert(tag);
                self.skip_newline = matches!(tag.tag, Tag::Pre | Tag::Listing);
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.close_p();
                if self.stack.top().is_some_and(|top| top.namespace == Namespace::Html && top.tag.is_heading()) {
                    self.pop();
                }
                self.insert(tag);
            }
            Tag::Form => self.start_form(tag),
            Tag::Li => {
                self.close_item(&[Tag::Li]);
                self.close_p();
                self.insert(tag);
            }
            Tag::Dd | Tag::Dt => {
                self.close_item(&[Tag::Dd, Tag::Dt]);
                self.close_p();
                self.insert(tag);
            }
            Tag::A => {
                if let Some((nth, id)) = self.formatting.last(Tag::A) {
                    self.adopt(Tag::A, tag.name);
                    // What the agency left behind.
                    if self.formatting.get(nth).is_some_and(|entry| entry.is(id)) {
                        self.formatting.remove(nth);
                    }
                    if let Some(place) = self.stack.position(id).filter(|_| self.arena.is_open(id)) {
                        self.arena.set_open(id, false);
                        self.stack.remove(place);
                    }
                }
                self.reconstruct();
                self.insert_formatting(tag);
            }
            Tag::Nobr => {
                self.reconstruct();
                if self.stack.in_scope(Tag::Nobr, Scope::Default) {
                    self.adopt(Tag::Nobr, tag.name);
                    self.reconstruct();
                }
                self.insert_formatting(tag);
            }
            formatting if formatting.is_formatting() => {
                self.reconstruct();
                self.insert_formatting(tag);
            }
            Tag::Button => {
                if self.stack.in_scope(Tag::Button, Scope::Default) {
                    self.close_implied(None);
                    self.pop_until(Tag::Button);
                }
                self.reconstruct();
                self.insert(tag);
            }
            Tag::Applet | Tag::Marquee | Tag::Object => {
                self.reconstruct();
                self.insert(tag);
                self.formatting.mark();
            }
            Tag::Table => {
                if !self.quirks {
                    self.close_p();
                }
                self.insert(tag);
                self.mode = Mode::InTable;
            }
            Tag::Area | Tag::Br | Tag::Embed | Tag::Img | Tag::Keygen | Tag::Wbr => {
                self.reconstruct();
                self.insert_void(tag);
            }
            Tag::Image => {
                self.reconstruct();
                self.insert_void(&StartTag { tag: Tag::Img, ..*tag });
            }
            Tag::Input => {
                if self.stack.in_scope(Tag::Select, Scope::Default) {
                    self.pop_until(Tag::Select);
                }
                self.reconstruct();
                self.insert_void(tag);
            }
            Tag::Param | Tag::Source | Tag::Track => self.insert_void(tag),
            Tag::Hr => {
                self.close_p();
                if self.stack.in_scope(Tag::Select, Scope::Default) {
                    self.close_implied(None);
                }
                self.insert_void(tag);
            }
            Tag::Plaintext => {
                self.close_p();
                self.raw(tag);
            }
            Tag::Xmp => {
                self.close_p();
                self.reconstruct();
                self.raw(tag);
            }
            Tag::Textarea | Tag::Iframe | Tag::Noembed => self.raw(tag),
            Tag::Select if self.stack.in_scope(Tag::Select, Scope::Default) => self.pop_until(Tag::Select),
            Tag::Select => {
                self.reconstruct();
                self.insert(tag);
            }
            Tag::Option | Tag::Optgroup => self.start_option(tag),
            Tag::Rb | Tag::Rtc | Tag::Rp | Tag::Rt => {
                if self.stack.in_scope(Tag::Ruby, Scope::Default) {
                    let kept = matches!(tag.tag, Tag::Rp | Tag::Rt).then_some(Tag::Rtc);
                    self.close_implied(kept);
                }
                self.insert(tag);
            }
            Tag::Svg => self.enter_foreign(tag, Namespace::Svg),
            Tag::Math => self.enter_foreign(tag, Namespace::Math),
            Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Frame
            | Tag::Frameset
            | Tag::Head
            | Tag::Tbody
            | Tag::Td
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Tr => {}
            _ => {
                self.reconstruct();
                self.insert(tag);
            }
        }
    }

    /// `html` and `body` that come again: what they say counts where nothing was said.
    fn merge_attrs(&mut self, tag: &StartTag) {
        if self.in_template_contents() {
            return;
        }
        let element = match tag.tag {
            Tag::Html => self.stack.get(0),
            _ => self.stack.get(1).filter(|open| open.tag == Tag::Body),
        };
        if let Some(element) = element {
            let attrs = self.take_attrs();
            self.arena.set_attrs_if_none(element.id, attrs);
        }
    }

    fn start_form(&mut self, tag: &StartTag) {
        let in_template = self.in_template_contents();
        if self.form != NONE && !in_template {
            return;
        }
        self.close_p();
        let id = self.insert(tag);
        if !in_template {
            self.form = id;
        }
    }

    fn start_option(&mut self, tag: &StartTag) {
        if self.stack.in_scope(Tag::Select, Scope::Default) {
            let kept = (tag.tag == Tag::Option).then_some(Tag::Optgroup);
            self.close_implied(kept);
        } else if self.stack.top().is_some_and(|top| top.is(Tag::Option)) {
            self.pop();
        }
        self.reconstruct();
        self.insert(tag);
    }

    /// Closes the list item that a new one follows.
    fn close_item(&mut self, items: &[Tag]) {
        if items.iter().all(|item| self.stack.count(*item) == 0) {
            return;
        }
        for nth in (0..self.stack.len()).rev() {
            let Some(open) = self.stack.get(nth) else { return };
            self.steps += 1;
            if let Some(item) = items.iter().find(|item| open.is(**item)) {
                self.close_implied(Some(*item));
                self.pop_until(*item);
                return;
            }
            let special = open.tag.is_special() && open.namespace == Namespace::Html || open.is_integration_point();
            if special && !matches!(open.tag, Tag::Address | Tag::Div | Tag::P) {
                return;
            }
        }
    }

    fn end_in_body(&mut self, tag: &EndTag) -> Step {
        match tag.tag {
            Tag::Template => self.end_template(),
            Tag::Body | Tag::Html => {
                if !self.stack.in_scope(Tag::Body, Scope::Default) {
                    return Step::Done;
                }
                self.mode = Mode::AfterBody;
                if tag.tag == Tag::Html {
                    return Step::Again;
                }
            }
            Tag::Address
            | Tag::Article
            | Tag::Aside
            | Tag::Blockquote
            | Tag::Button
            | Tag::Center
            | Tag::Details
            | Tag::Dialog
            | Tag::Dir
            | Tag::Div
            | Tag::Dl
            | Tag::Fieldset
            | Tag::Figcaption
            | Tag::Figure
            | Tag::Footer
            | Tag::Header
            | Tag::Hgroup
            | Tag::Listing
            | Tag::Main
            | Tag::Menu
            | Tag::Nav
            | Tag::Ol
            | Tag::Pre
            | Tag::Search
            | Tag::Section
            | Tag::Select
            | Tag::Summary
            | Tag::Ul => {
                if self.stack.in_scope(tag.tag, Scope::Default) {
                    self.close_implied(None);
                    self.pop_until(tag.tag);
                }
            }
            Tag::Form => self.end_form(),
            Tag::P => {
                if !self.stack.in_scope(Tag::P, Scope::Button) {
                    self.imply(Tag::P);
                }
                self.close_p();
            }
            Tag::Li | Tag::Dd | Tag::Dt => {
                let scope = if tag.tag == Tag::Li { Scope::ListItem } else { Scope::Default };
                if self.stack.in_scope(tag.tag, scope) {
                    self.close_implied(Some(tag.tag));
                    self.pop_until(tag.tag);
                }
            }
            heading if heading.is_heading() => {
                if self.stack.heading_in_scope() {
                    self.close_implied(None);
                    while let Some(top) = self.stack.top() {
                        self.pop();
                        if top.namespace == Namespace::Html && top.tag.is_heading() {
                            break;
                        }
                    }
                }
            }
            formatting if formatting.is_formatting() => self.adopt(formatting, tag.name),
            Tag::Applet | Tag::Marquee | Tag::Object => {
                if self.stack.in_scope(tag.tag, Scope::Default) {
                    self.close_implied(None);
                    self.pop_until(tag.tag);
                    self.formatting.clear_to_mark();
                }
            }
            Tag::Br => {
                self.reconstruct();
                let id = self.arena.element(Tag::Br, Tag::Br.flow(), tag.name, (0, 0), tag.source);
                self.place(id);
            }
            _ => self.close_any(tag.tag, tag.name),
        }
        Step::Done
    }

    fn end_form(&mut self) {
        if self.in_template_contents() {
            if self.stack.in_scope(Tag::Form, Scope::Default) {
                self.close_implied(None);
                self.pop_until(Tag::Form);
            }
            return;
        }
        let form = std::mem::replace(&mut self.form, NONE);
        if form == NONE || !self.arena.is_open(form) || !self.stack.has_in_scope(form) {
            return;
        }
        self.close_implied(None);
        if let Some(nth) = self.stack.position(form) {
            self.arena.set_open(form, false);
            self.stack.remove(nth);
        }
    }

    /// Any other end tag: closes the nearest element of its name, unless a box stands between.
    pub(super) fn close_any(&mut self, tag: Tag, name: Place) {
        if tag != Tag::Other && self.stack.count(tag) == 0 {
            return;
        }
        let name = name.of(self.html);
        for nth in (0..self.stack.len()).rev() {
            let Some(open) = self.stack.get(nth) else { return };
            self.steps += 1;
            let named = open.is(tag)
                && (tag != Tag::Other || self.arena.name(open.id).of(self.html).eq_ignore_ascii_case(name));
            if named {
                self.close_implied(Some(tag));
                while self.stack.len() > nth {
                    self.pop();
                }
                return;
            }
            if open.tag.is_special() && open.namespace == Namespace::Html || open.is_integration_point() {
                return;
            }
        }
    }
}

//! Foreign content: SVG and MathML, of which only the end is of interest.

use super::stack::Namespace;
use super::{Builder, Step};
use crate::html::tag::Tag;
use crate::html::token::{EndTag, Token};

impl Builder<'_> {
    /// True if a token belongs to SVG or MathML.
    pub(super) fn is_foreign(&self, token: &Token) -> bool {
        let Some(top) = self.stack.top().filter(|top| top.namespace != Namespace::Html) else { return false };
        match token {
            Token::Eof => false,
            Token::Text(_) | Token::Start(_) => !top.is_integration_point(),
            Token::End(_) | Token::Doctype { .. } => true,
        }
    }

    pub(super) fn in_foreign(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) => self.text(*place),
            Token::Start(tag) if breaks_out(tag.tag) => {
                self.leave_foreign();
                return self.by_mode(self.mode, token);
            }
            Token::Start(tag) => {
                let namespace = self.stack.top().map_or(Namespace::Svg, |top| top.namespace);
                let id = self.create(tag);
                self.place(id);
                if !tag.self_closing {
                    self.push(id, tag.tag, namespace);
                }
            }
            Token::End(tag) if matches!(tag.tag, Tag::P | Tag::Br) => {
                self.leave_foreign();
                return self.by_mode(self.mode, token);
            }
            Token::End(tag) => return self.end_foreign(tag),
            Token::Doctype { .. } | Token::Eof => {}
        }
        Step::Done
    }

    /// Opens `svg` or `math`.
    pub(super) fn enter_foreign(&mut self, tag: &crate::html::token::StartTag, namespace: Namespace) {
        self.reconstruct();
        let id = self.create(tag);
        self.place(id);
        if !tag.self_closing {
            self.push(id, tag.tag, namespace);
        }
    }

    fn leave_foreign(&mut self) {
        while self.stack.top().is_some_and(|top| top.namespace != Namespace::Html && !top.is_integration_point()) {
            self.pop();
        }
    }

    fn end_foreign(&mut self, tag: &EndTag) -> Step {
        let mut nth = self.stack.len();
        while let Some(open) = nth.checked_sub(1).and_then(|nth| self.stack.get(nth)) {
            if open.namespace == Namespace::Html {
                return self.by_mode(self.mode, &Token::End(*tag));
            }
            self.steps += 1;
            let name = self.arena.name(open.id);
            if name.of(self.html).eq_ignore_ascii_case(tag.name.of(self.html)) {
                while self.stack.len() >= nth {
                    self.pop();
                }
                return Step::Done;
            }
            nth -= 1;
        }
        Step::Done
    }
}

/// HTML elements that end foreign content, since nobody means them to be in it.
fn breaks_out(tag: Tag) -> bool {
    tag.is_heading()
        || matches!(
            tag,
            Tag::B
                | Tag::Big
                | Tag::Blockquote
                | Tag::Body
                | Tag::Br
                | Tag::Center
                | Tag::Code
                | Tag::Dd
                | Tag::Div
                | Tag::Dl
                | Tag::Dt
                | Tag::Em
                | Tag::Embed
                | Tag::Head
                | Tag::Hr
                | Tag::I
                | Tag::Img
                | Tag::Li
                | Tag::Listing
                | Tag::Menu
                | Tag::Meta
                | Tag::Nobr
                | Tag::Ol
                | Tag::P
                | Tag::Pre
                | Tag::Ruby
                | Tag::S
                | Tag::Small
                | Tag::Span
                | Tag::Strong
                | Tag::Strike
                | Tag::Sub
                | Tag::Sup
                | Tag::Table
                | Tag::Tt
                | Tag::U
                | Tag::Ul
                | Tag::Var
        )
}

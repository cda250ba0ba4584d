//! The modes before the body: root and head, which most pages leave half unsaid, and what follows the body.

use super::{Builder, Mode, NONE, Step};
use crate::html::tag::Tag;
use crate::html::token::Token;

/// What belongs into the head, wherever it stands.
pub(super) fn is_of_head(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Base
            | Tag::Basefont
            | Tag::Bgsound
            | Tag::Link
            | Tag::Meta
            | Tag::Noframes
            | Tag::Script
            | Tag::Style
            | Tag::Template
            | Tag::Title
    )
}

impl Builder<'_> {
    pub(super) fn before_html(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) if self.is_space(*place) => return Step::Done,
            Token::Start(tag) if tag.tag == Tag::Html => {
                self.insert(tag);
                self.mode = Mode::BeforeHead;
                return Step::Done;
            }
            Token::End(tag) if !matches!(tag.tag, Tag::Head | Tag::Body | Tag::Html | Tag::Br) => return Step::Done,
            _ => {}
        }
        self.imply(Tag::Html);
        self.again(Mode::BeforeHead)
    }

    pub(super) fn before_head(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) if self.is_space(*place) => return Step::Done,
            Token::Start(tag) if tag.tag == Tag::Html => return self.in_body(token),
            Token::Start(tag) if tag.tag == Tag::Head => {
                self.head = self.insert(tag);
                self.mode = Mode::InHead;
                return Step::Done;
            }
            Token::End(tag) if !matches!(tag.tag, Tag::Head | Tag::Body | Tag::Html | Tag::Br) => return Step::Done,
            _ => {}
        }
        self.head = self.imply(Tag::Head);
        self.again(Mode::InHead)
    }

    pub(super) fn in_head(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) => {
                if self.takes_space(*place) {
                    return Step::Done;
                }
            }
            Token::Start(tag) => match tag.tag {
                Tag::Html => return self.in_body(token),
                Tag::Base | Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta => {
                    self.insert_void(tag);
                    return Step::Done;
                }
                Tag::Title | Tag::Noframes | Tag::Style | Tag::Script => {
                    self.raw(tag);
                    return Step::Done;
                }
                Tag::Noscript => {
                    self.insert(tag);
                    self.mode = Mode::InHeadNoscript;
                    return Step::Done;
                }
                Tag::Template => {
                    self.insert(tag);
                    self.formatting.mark();
                    self.mode = Mode::InTemplate;
                    self.templates.push(Mode::InTemplate);
                    return Step::Done;
                }
                Tag::Head => return Step::Done,
                _ => {}
            },
            Token::End(tag) => match tag.tag {
                Tag::Head => {
                    self.pop();
                    self.mode = Mode::AfterHead;
                    return Step::Done;
                }
                Tag::Template => {
                    self.end_template();
                    return Step::Done;
                }
                Tag::Body | Tag::Html | Tag::Br => {}
                _ => return Step::Done,
            },
            Token::Doctype { .. } | Token::Eof => {}
        }
        self.pop();
        self.again(Mode::AfterHead)
    }

    /// Closes the nearest template.
    pub(super) fn end_template(&mut self) {
        if !self.in_template_contents() {
            return;
        }
        self.pop_until(Tag::Template);
        self.formatting.clear_to_mark();
        self.templates.pop();
        self.reset_mode();
    }

    pub(super) fn in_head_noscript(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) if self.is_space(*place) => return self.in_head(token),
            Token::Start(tag) => match tag.tag {
                Tag::Html => return self.in_body(token),
                Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta | Tag::Noframes | Tag::Style => {
                    return self.in_head(token);
                }
                Tag::Head | Tag::Noscript => return Step::Done,
                _ => {}
            },
            Token::End(tag) if tag.tag == Tag::Noscript => {
                self.pop();
                self.mode = Mode::InHead;
                return Step::Done;
            }
            Token::End(tag) if tag.tag != Tag::Br => return Step::Done,
            _ => {}
        }
        self.pop();
        self.again(Mode::InHead)
    }

    pub(super) fn after_head(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) => {
                if self.takes_space(*place) {
                    return Step::Done;
                }
            }
            Token::Start(tag) => match tag.tag {
                Tag::Html => return self.in_body(token),
                Tag::Body => {
                    self.insert(tag);
                    self.mode = Mode::InBody;
                    return Step::Done;
                }
                name if is_of_head(name) && self.head != NONE => {
                    // Too late for the head, which takes it all the same.
                    self.arena.lose_order();
                    let head = self.head;
                    self.push(head, Tag::Head, super::Namespace::Html);
                    self.in_head(token);
                    if let Some(nth) = self.stack.position(head) {
                        self.stack.remove(nth);
                    }
                    self.arena.set_open(head, false);
                    return Step::Done;
                }
                Tag::Head | Tag::Frameset => return Step::Done,
                _ => {}
            },
            Token::End(tag) => match tag.tag {
                Tag::Template => {
                    self.end_template();
                    return Step::Done;
                }
                Tag::Body | Tag::Html | Tag::Br => {}
                _ => return Step::Done,
            },
            Token::Doctype { .. } | Token::Eof => {}
        }
        self.imply(Tag::Body);
        self.again(Mode::InBody)
    }

    pub(super) fn after_body(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) if self.is_space(*place) => self.in_body(token),
            Token::Start(tag) if tag.tag == Tag::Html => self.in_body(token),
            Token::End(tag) if tag.tag == Tag::Html => Step::Done,
            Token::Doctype { .. } | Token::Eof => Step::Done,
            _ => self.again(Mode::InBody),
        }
    }

    pub(super) fn in_template(&mut self, token: &Token) -> Step {
        let mode = match token {
            Token::Text(_) | Token::Doctype { .. } => return self.in_body(token),
            Token::Start(tag) => match tag.tag {
                name if is_of_head(name) => return self.in_head(token),
                Tag::Caption | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => Mode::InTable,
                Tag::Col => Mode::InColumnGroup,
                Tag::Tr => Mode::InTableBody,
                Tag::Td | Tag::Th => Mode::InRow,
                _ => Mode::InBody,
            },
            Token::End(tag) => {
                if tag.tag == Tag::Template {
                    self.end_template();
                }
                return Step::Done;
            }
            // What is left open at the end is closed, so that the page gets its body.
            Token::Eof if self.in_template_contents() => {
                self.end_template();
                return Step::Again;
            }
            Token::Eof => return Step::Done,
        };
        if let Some(last) = self.templates.last_mut() {
            *last = mode;
        }
        self.again(mode)
    }
}

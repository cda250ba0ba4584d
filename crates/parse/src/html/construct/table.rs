//! Tables: rows and cells that nobody opened, and text between cells, which belongs before the table.

use super::stack::Scope;
use super::{Builder, Mode, NONE, Step};
use crate::html::attr::AttrName;
use crate::html::tag::Tag;
use crate::html::token::Token;

impl Builder<'_> {
    pub(super) fn in_table(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) => {
                let in_structure = self.stack.top().is_some_and(|top| {
                    matches!(top.tag, Tag::Table | Tag::Tbody | Tag::Template | Tag::Tfoot | Tag::Thead | Tag::Tr)
                });
                if in_structure && self.is_space(*place) {
                    self.text(*place);
                    return Step::Done;
                }
            }
            Token::Start(tag) => match tag.tag {
                Tag::Caption => {
                    self.clear_to(&[Tag::Table]);
                    self.formatting.mark();
                    self.insert(tag);
                    self.mode = Mode::InCaption;
                    return Step::Done;
                }
                Tag::Colgroup => {
                    self.clear_to(&[Tag::Table]);
                    self.insert(tag);
                    self.mode = Mode::InColumnGroup;
                    return Step::Done;
                }
                Tag::Col => {
                    self.clear_to(&[Tag::Table]);
                    self.imply(Tag::Colgroup);
                    return self.again(Mode::InColumnGroup);
                }
                Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                    self.clear_to(&[Tag::Table]);
                    self.insert(tag);
                    self.mode = Mode::InTableBody;
                    return Step::Done;
                }
                Tag::Td | Tag::Th | Tag::Tr => {
                    self.clear_to(&[Tag::Table]);
                    self.imply(Tag::Tbody);
                    return self.again(Mode::InTableBody);
                }
                Tag::Table => {
                    if !self.stack.in_scope(Tag::Table, Scope::Table) {
                        return Step::Done;
                    }
                    self.pop_until(Tag::Table);
                    self.reset_mode();
                    return Step::Again;
                }
                Tag::Style | Tag::Script | Tag::Template => return self.in_head(token),
                Tag::Input if self.is_hidden_input() => {
                    self.insert_void(tag);
                    return Step::Done;
                }
                Tag::Form => {
                    if self.form == NONE && !self.in_template_contents() {
                        self.form = self.insert(tag);
                        self.pop();
                    }
                    return Step::Done;
                }
                _ => {}
            },
            Token::End(tag) => match tag.tag {
                Tag::Table => {
                    if self.stack.in_scope(Tag::Table, Scope::Table) {
                        self.pop_until(Tag::Table);
                        self.reset_mode();
                    }
                    return Step::Done;
                }
                Tag::Body
                | Tag::Caption
                | Tag::Col
                | Tag::Colgroup
                | Tag::Html
                | Tag::Tbody
                | Tag::Td
                | Tag::Tfoot
                | Tag::Th
                | Tag::Thead
                | Tag::Tr => return Step::Done,
                Tag::Template => return self.in_head(token),
                _ => {}
            },
            Token::Doctype { .. } | Token::Eof => {}
        }
        self.foster = true;
        let step = self.in_body(token);
        self.foster = false;
        step
    }

    fn is_hidden_input(&self) -> bool {
        let mut attrs = self.tokens.attrs.iter();
        attrs.any(|attr| attr.name == AttrName::Type && attr.value.of(self.html).eq_ignore_ascii_case("hidden"))
    }

    /// Pops down to one of these, a template or the root.
    fn clear_to(&mut self, tags: &[Tag]) {
        while let Some(top) = self.stack.top()
            && !(tags.iter().any(|tag| top.is(*tag)) || top.is(Tag::Template) || top.is(Tag::Html))
        {
            self.pop();
        }
    }

    pub(super) fn in_caption(&mut self, token: &Token) -> Step {
        let ends = match token {
            Token::Start(tag) => is_part(tag.tag),
            Token::End(tag) => match tag.tag {
                Tag::Caption | Tag::Table => true,
                Tag::Body
                | Tag::Col
                | Tag::Colgroup
                | Tag::Html
                | Tag::Tbody
                | Tag::Td
                | Tag::Tfoot
                | Tag::Th
                | Tag::Thead
                | Tag::Tr => return Step::Done,
                _ => false,
            },
            _ => false,
        };
        if !ends {
            return self.in_body(token);
        }
        if !self.stack.in_scope(Tag::Caption, Scope::Table) {
            return Step::Done;
        }
        self.close_implied(None);
        self.pop_until(Tag::Caption);
        self.formatting.clear_to_mark();
        self.mode = Mode::InTable;
        if matches!(token, Token::End(tag) if tag.tag == Tag::Caption) { Step::Done } else { Step::Again }
    }

    pub(super) fn in_column_group(&mut self, token: &Token) -> Step {
        match token {
            Token::Text(place) => {
                if self.takes_space(*place) {
                    return Step::Done;
                }
            }
            Token::Start(tag) => match tag.tag {
                Tag::Html => return self.in_body(token),
                Tag::Col => {
                    self.insert_void(tag);
                    return Step::Done;
                }
                Tag::Template => return self.in_head(token),
                _ => {}
            },
            Token::End(tag) => match tag.tag {
                Tag::Colgroup => {
                    if self.stack.top().is_some_and(|top| top.is(Tag::Colgroup)) {
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    return Step::Done;
                }
                Tag::Col => return Step::Done,
                Tag::Template => return self.in_head(token),
                _ => {}
            },
            Token::Eof => return self.in_body(token),
            Token::Doctype { .. } => return Step::Done,
        }
        if !self.stack.top().is_some_and(|top| top.is(Tag::Colgroup)) {
            return Step::Done;
        }
        self.pop();
        self.again(Mode::InTable)
    }

    pub(super) fn in_table_body(&mut self, token: &Token) -> Step {
        const BODIES: [Tag; 3] = [Tag::Tbody, Tag::Tfoot, Tag::Thead];
        match token {
            Token::Start(tag) => match tag.tag {
                Tag::Tr => {
                    self.clear_to(&BODIES);
                    self.insert(tag);
                    self.mode = Mode::InRow;
                    return Step::Done;
                }
                Tag::Th | Tag::Td => {
                    self.clear_to(&BODIES);
                    self.imply(Tag::Tr);
                    return self.again(Mode::InRow);
                }
                Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                    return self.leave_table_body();
                }
                _ => {}
            },
            Token::End(tag) => match tag.tag {
                Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                    if self.stack.in_scope(tag.tag, Scope::Table) {
                        self.clear_to(&BODIES);
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    return Step::Done;
                }
                Tag::Table => return self.leave_table_body(),
                Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html | Tag::Td | Tag::Th | Tag::Tr => {
                    return Step::Done;
                }
                _ => {}
            },
            _ => {}
        }
        self.in_table(token)
    }

    fn leave_table_body(&mut self) -> Step {
        const BODIES: [Tag; 3] = [Tag::Tbody, Tag::Tfoot, Tag::Thead];
        if !BODIES.iter().any(|body| self.stack.in_scope(*body, Scope::Table)) {
            return Step::Done;
        }
        self.clear_to(&BODIES);
        self.pop();
        self.again(Mode::InTable)
    }

    pub(super) fn in_row(&mut self, token: &Token) -> Step {
        match token {
            Token::Start(tag) => match tag.tag {
                Tag::Th | Tag::Td => {
                    self.clear_to(&[Tag::Tr]);
                    self.insert(tag);
                    self.formatting.mark();
                    self.mode = Mode::InCell;
                    return Step::Done;
                }
                Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                    return if self.leave_row() { Step::Again } else { Step::Done };
                }
                _ => {}
            },
            Token::End(tag) => match tag.tag {
                Tag::Tr => {
                    self.leave_row();
                    return Step::Done;
                }
                Tag::Table => return if self.leave_row() { Step::Again } else { Step::Done },
                Tag::Tbody | Tag::Tfoot | Tag::Thead => {
                    let known = self.stack.in_scope(tag.tag, Scope::Table);
                    return if known && self.leave_row() { Step::Again } else { Step::Done };
                }
                Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html | Tag::Td | Tag::Th => {
                    return Step::Done;
                }
                _ => {}
            },
            _ => {}
        }
        self.in_table(token)
    }

    fn leave_row(&mut self) -> bool {
        if !self.stack.in_scope(Tag::Tr, Scope::Table) {
            return false;
        }
        self.clear_to(&[Tag::Tr]);
        self.pop();
        self.mode = Mode::InTableBody;
        true
    }

    pub(super) fn in_cell(&mut self, token: &Token) -> Step {
        match token {
            Token::Start(tag) if is_part(tag.tag) => {
                return if self.close_cell() { Step::Again } else { Step::Done };
            }
            Token::End(tag) => match tag.tag {
                Tag::Td | Tag::Th => {
                    if self.stack.in_scope(tag.tag, Scope::Table) {
                        self.close_implied(None);
                        self.pop_until(tag.tag);
                        self.formatting.clear_to_mark();
                        self.mode = Mode::InRow;
                    }
                    return Step::Done;
                }
                Tag::Body | Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Html => return Step::Done,
                Tag::Table | Tag::Tbody | Tag::Tfoot | Tag::Thead | Tag::Tr => {
                    let known = self.stack.in_scope(tag.tag, Scope::Table);
                    return if known && self.close_cell() { Step::Again } else { Step::Done };
                }
                _ => {}
            },
            _ => {}
        }
        self.in_body(token)
    }

    fn close_cell(&mut self) -> bool {
        let cell = [Tag::Td, Tag::Th].into_iter().find(|cell| self.stack.in_scope(*cell, Scope::Table));
        if cell.is_none() {
            return false;
        }
        self.close_implied(None);
        while let Some(top) = self.stack.top() {
            self.pop();
            if top.is(Tag::Td) || top.is(Tag::Th) {
                break;
            }
        }
        self.formatting.clear_to_mark();
        self.mode = Mode::InRow;
        true
    }
}

/// Parts of a table, whose start tags end a caption or a cell.
fn is_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Caption | Tag::Col | Tag::Colgroup | Tag::Tbody | Tag::Td | Tag::Tfoot | Tag::Th | Tag::Thead | Tag::Tr
    )
}

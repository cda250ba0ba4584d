//! The stack of open elements, which answers what is in reach.

use crate::html::tag::{COUNT, Tag};

/// Which vocabulary an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    Html,
    Svg,
    Math,
}

/// An open element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) id: u32,
    pub(super) tag: Tag,
    pub(super) namespace: Namespace,
}

impl Open {
    /// True for the HTML element of that name.
    pub(super) fn is(self, tag: Tag) -> bool {
        self.tag == tag && self.namespace == Namespace::Html
    }

    /// True where HTML may stand inside foreign content.
    pub(super) fn is_integration_point(self) -> bool {
        match self.namespace {
            Namespace::Html => false,
            Namespace::Svg => matches!(self.tag, Tag::ForeignObject | Tag::Desc | Tag::Title),
            Namespace::Math => matches!(self.tag, Tag::Mi | Tag::Mo | Tag::Mn | Tag::Ms | Tag::Mtext),
        }
    }
}

/// How far a search for an open element goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Default,
    ListItem,
    Button,
    Table,
}

/// Open elements, the root first.
pub(super) struct Stack {
    open: Vec<Open>,
    /// Open HTML elements by tag: most searches end here.
    counts: [u32; COUNT],
}

impl Stack {
    pub(super) fn new() -> Self {
        Self { open: Vec::with_capacity(64), counts: [0; COUNT] }
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn get(&self, nth: usize) -> Option<Open> {
        self.open.get(nth).copied()
    }

    /// The current node.
    pub(super) fn top(&self) -> Option<Open> {
        self.open.last().copied()
    }

    pub(super) fn push(&mut self, id: u32, tag: Tag, namespace: Namespace) {
        let open = Open { id, tag, namespace };
        self.note(open, true);
        self.open.push(open);
    }

    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.note(open, false);
        Some(open)
    }

    pub(super) fn remove(&mut self, nth: usize) {
        if nth < self.open.len() {
            let open = self.open.remove(nth);
            self.note(open, false);
        }
    }

    pub(super) fn insert(&mut self, nth: usize, open: Open) {
        self.note(open, true);
        self.open.insert(nth.min(self.open.len()), open);
    }

    pub(super) fn replace(&mut self, nth: usize, id: u32) {
        if let Some(open) = self.open.get_mut(nth) {
            open.id = id;
        }
    }

    fn note(&mut self, open: Open, added: bool) {
        if open.namespace == Namespace::Html {
            let count = &mut self.counts[open.tag as usize];
            *count = if added { *count + 1 } else { count.saturating_sub(1) };
        }
    }

    /// Open HTML elements of a tag.
    pub(super) fn count(&self, tag: Tag) -> u32 {
        self.counts[tag as usize]
    }

    /// Position of an element.
    pub(super) fn position(&self, id: u32) -> Option<usize> {
        self.open.iter().rposition(|open| open.id == id)
    }

    /// Position of the nearest HTML element of a tag.
    pub(super) fn rposition(&self, tag: Tag) -> Option<usize> {
        if self.count(tag) == 0 {
            return None;
        }
        self.open.iter().rposition(|open| open.is(tag))
    }

    /// True if an HTML element of that tag is open and nothing stands between.
    pub(super) fn in_scope(&self, tag: Tag, scope: Scope) -> bool {
        self.count(tag) > 0 && self.reach(scope, |open| open.is(tag))
    }

    /// The same for that very element.
    pub(super) fn has_in_scope(&self, id: u32) -> bool {
        self.reach(Scope::Default, |open| open.id == id)
    }

    /// The same for any heading.
    pub(super) fn heading_in_scope(&self) -> bool {
        self.reach(Scope::Default, |open| open.namespace == Namespace::Html && open.tag.is_heading())
    }

    fn reach(&self, scope: Scope, wanted: impl Fn(Open) -> bool) -> bool {
        for &open in self.open.iter().rev() {
            if wanted(open) {
                return true;
            }
            let bound = match (open.namespace, scope) {
                (Namespace::Html, Scope::Table) => matches!(open.tag, Tag::Html | Tag::Table | Tag::Template),
                (Namespace::Html, Scope::ListItem) => open.tag.is_scope() || matches!(open.tag, Tag::Ol | Tag::Ul),
                (Namespace::Html, Scope::Button) => open.tag.is_scope() || open.tag == Tag::Button,
                (Namespace::Html, Scope::Default) => open.tag.is_scope(),
                (_, Scope::Table) => false,
                _ => open.is_integration_point(),
            };
            if bound {
                return false;
            }
        }
        false
    }
}
